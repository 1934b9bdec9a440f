//! Puts editions in their order: each names the one that it follows.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::Report;
use crate::source::SourceTree;
use crate::yaml::Text;

/// Gives each report the edition before it. What cannot be followed is told, and followed by nothing.
pub fn follow(tree: &SourceTree, reports: &mut [Report], findings: &mut Findings) {
    let before: Vec<Option<usize>> = reports.iter().map(|report| before(reports, report)).collect();
    // Reports of a group are in their folder's series; what is wrong with that is told once.
    for place in (0..reports.len()).filter(|place| reports[*place].is_first_of_folder()) {
        let report = &reports[place];
        let Some(follows) = &report.head.follows else { continue };
        findings.extend(fault(tree, reports, report, follows));
    }
    findings.extend(branches(reports, &before));
    let ids: Vec<Option<String>> = before
        .iter()
        .zip(reports.iter())
        .map(|(before, report)| Some(&reports[(*before)?]).filter(|before| comes_before(before, report)))
        .map(|before| before.map(|before| before.id.clone()))
        .collect();
    reports.iter_mut().zip(ids).for_each(|(report, before)| report.before = before);
}

/// The place of the report that one names: of a group, that of the same row; of a translation, that in its language, or
/// else in the first one.
fn before(reports: &[Report], report: &Report) -> Option<usize> {
    let named = &report.head.follows.as_ref()?.value;
    let row = |report: &Report| report.row.as_ref().map(|row| row.row().id.clone());
    let is_before = |other: &Report| other.folder == *named && row(other) == row(report);
    let language = &report.head.language.value;
    let first = reports.iter().position(is_before);
    let translated = reports.iter().position(|other| is_before(other) && other.head.language.value == *language);
    report.translation.as_ref().and(translated).or(first)
}

fn comes_before(before: &Report, report: &Report) -> bool {
    let (before, period) = (&before.head.period, &report.head.period);
    before.from < period.from && before.to < period.to
}

/// What is wrong with the edition that a report names.
fn fault(tree: &SourceTree, reports: &[Report], report: &Report, follows: &Text) -> Option<Diagnostic> {
    let named = follows.value.as_str();
    if named == report.folder {
        let message = format!("{named} cannot follow itself");
        return Some(
            Diagnostic::error(Code::EditionOrder, follows.at, message)
                .help("write the folder of the edition before it: last year's"),
        );
    }
    if !tree.reports().any(|folder| folder == named) {
        let others = tree.reports().filter(|folder| *folder != report.folder);
        return Some(
            Diagnostic::error(Code::UnknownReference, follows.at, format!("there is no edition `{named}`"))
                .did_you_mean(named, others)
                .help("`follows` is the folder of the edition before this one, beside organisation.yaml"),
        );
    }
    // One that cannot be read has faults of its own.
    let before = reports.iter().find(|other| other.folder == named)?;
    let is_group = |report: &Report| report.row.is_some();
    if is_group(before) != is_group(report) {
        let message = format!("{named} is {}", if is_group(before) { "a report for every row" } else { "one report" });
        return Some(
            Diagnostic::error(Code::EditionOrder, follows.at, message)
                .help("an edition for every row follows one for every row, and one report follows one report"),
        );
    }
    let is_earlier = comes_before(before, report);
    (!is_earlier).then(|| {
        let message = format!("{named} does not lie before this edition: it is about {}", before.head.period);
        Diagnostic::error(Code::EditionOrder, follows.at, message)
            .also(report.head.period.at, "this edition's period")
            .help("an edition follows one whose period begins and ends before its own; mend the period or the name")
    })
}

/// Two editions that follow one: a series is a line.
fn branches(reports: &[Report], before: &[Option<usize>]) -> Findings {
    let mut firsts: BTreeMap<usize, (&str, Span)> = BTreeMap::new();
    let mut findings = Findings::new();
    for (report, before) in reports.iter().zip(before).filter(|(report, _)| report.is_first_of_folder()) {
        let (Some(before), Some(follows)) = (before, &report.head.follows) else { continue };
        match firsts.get(before) {
            Some((first, at)) => findings.push(
                Diagnostic::error(Code::EditionOrder, follows.at, format!("two editions follow {}", follows.value))
                    .also(*at, format!("{first} follows it too"))
                    .help("let one of them follow the other, or give the second a series of its own without `follows`"),
            ),
            None => drop(firsts.insert(*before, (&report.folder, follows.at))),
        }
    }
    findings
}
