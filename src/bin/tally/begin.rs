//! `tally new`, `tally roll-forward` and `tally freeze`: editions begin, and are published.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use tally::begin::Asked;
use tally::build::{Begun, begin_action, begin_first, begin_next, freeze as freeze_report};
use tally::diagnostic::SourceMap;
use tally::model::values::Date;
use tally::source::slashes;

use crate::arguments::{FreezeArguments, InitActionArguments, NewArguments, RollForwardArguments};
use crate::show::{Show, counted};
use crate::{FINDINGS, exit_code};

/// Makes a first report.
pub fn new(asked: &NewArguments, show: &Show) -> ExitCode {
    let options = asked.options();
    match begin_first(&options, &asked.report, today()) {
        Ok(begun) => {
            tell(&begun, show);
            let content = slashes(&options.content);
            show.say(&format!(
                "  {} in {content}/; see them with `tally preview --open`",
                counted(begun.files.len(), "file")
            ));
            ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &SourceMap::default()));
            ExitCode::from(FINDINGS)
        }
    }
}

/// Makes the workflow for the machines of a repository.
pub fn init_action(asked: &InitActionArguments, show: &Show) -> ExitCode {
    match begin_action(&asked.options(), &asked.from) {
        Ok(begun) => {
            tell(&begun, show);
            ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &SourceMap::default()));
            ExitCode::from(FINDINGS)
        }
    }
}

/// Makes the next edition of a report.
pub fn roll_forward(asked: &RollForwardArguments, show: &Show) -> ExitCode {
    let of = Asked { old: &asked.old, new: &asked.new, period: asked.period(), today: today() };
    let (outcome, begun) = begin_next(&asked.options(), &of);
    show.findings(&outcome);
    if let Some((begun, status)) = begun {
        tell(&begun, show);
        match status {
            Some(_) if show.is_quiet() => {}
            Some(status) => {
                show.say(&format!("  due: {}; `tally status {}` lists them", status.due_in_words(), asked.new));
            }
            None => show.say(&format!("  `tally check {}` says what is wrong with it", asked.new)),
        }
    }
    exit_code(&outcome)
}

/// Writes down what is published of a report.
pub fn freeze(asked: &FreezeArguments, show: &Show) -> ExitCode {
    let (outcome, records) = freeze_report(&asked.options(), &asked.report);
    show.findings(&outcome);
    for record in records {
        show.say(&format!(
            "  {record} says what is published: from now on a build that would print it otherwise stops"
        ));
    }
    exit_code(&outcome)
}

fn tell(begun: &Begun, show: &Show) {
    let done = begun.done.iter().filter(|_| !show.is_quiet());
    done.for_each(|done| show.say(&format!("  {done}")));
}

/// The day on which the command is typed, in Greenwich.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::of_unix_day((seconds / 86_400) as i64)
}
