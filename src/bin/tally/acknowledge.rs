//! `tally acknowledge`: shows how a finding is let stand, and writes it when it is told to.

use std::process::ExitCode;

use tally::build::find_acknowledgements;

use crate::arguments::AcknowledgeArguments;
use crate::begin::today;
use crate::show::{Show, counted};
use crate::{FINDINGS, SYSTEM_FAILED, WRONG_USE};

/// Lists what can be acknowledged, shows what would be written, or writes it.
pub fn acknowledge(asked: &AcknowledgeArguments, show: &Show) -> ExitCode {
    let of = asked.acknowledging();
    let found = match find_acknowledgements(&asked.options(), &of, asked.date.unwrap_or_else(today)) {
        Ok(found) => found,
        Err((faults, sources)) => {
            faults.iter().for_each(|fault| show.finding(fault, &sources));
            show.tell("nothing was written");
            return ExitCode::from(FINDINGS);
        }
    };
    let findings = || found.found.iter().filter_map(|place| found.outcome.findings.get(*place));
    if found.found.is_empty() {
        show.wrong_use("no finding fits: `tally acknowledge` lists those that can be acknowledged, `tally check` all");
        return ExitCode::from(FINDINGS);
    }
    if of.rule.is_none() || (of.address.is_none() && found.found.len() > 1) {
        for finding in findings() {
            let address =
                finding.about.as_ref().and_then(|about| about.offered.as_ref()).map(|offered| &offered.address);
            show.say(&format!(
                "{} {}: {}",
                finding.code.name(),
                address.map_or("", |address| address),
                finding.message
            ));
        }
        show.say("`tally acknowledge RULE ADDRESS --reason \"…\" --by \"…\"` shows what would be written for one");
        return ExitCode::SUCCESS;
    }
    if found.found.len() > 1 {
        for (place, finding) in findings().enumerate() {
            let sentence = finding.about.as_ref().and_then(|about| about.sentence.as_deref());
            let figures = finding.about.as_ref().map(|about| about.figures.join(", ")).unwrap_or_default();
            show.say(&format!("{}  {figures}: {}", place + 1, sentence.unwrap_or(&finding.message)));
        }
        show.say("name the one that is meant, `--only 1`");
        return ExitCode::from(if asked.write { WRONG_USE } else { 0 });
    }
    findings().for_each(|finding| show.say(&format!("{}: {}", finding.code.name(), finding.message)));
    found.lines.iter().for_each(|(file, lines)| show.say(&format!("{file}:\n{}", added(lines))));
    if of.reason.is_none() || of.by.is_none() {
        show.say("nothing was written: say why it stands and who says so, with `--reason \"…\" --by \"…\"`");
        return ExitCode::from(if asked.write { WRONG_USE } else { 0 });
    }
    if !asked.write {
        show.say("nothing was written: the same with `--write` writes this, and nothing else");
        return ExitCode::SUCCESS;
    }
    match found.write() {
        Ok(()) => {
            show.say(&format!(
                "acknowledged {}; it holds for these figures alone",
                counted(found.found.len(), "finding")
            ));
            ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &found.outcome.sources));
            ExitCode::from(SYSTEM_FAILED)
        }
    }
}

fn added(lines: &str) -> String {
    lines.lines().map(|line| format!("  + {line}")).collect::<Vec<_>>().join("\n")
}
