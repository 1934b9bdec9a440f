//! Which report of one state is which of the other.

use std::sync::Arc;

use super::Refusal;
use super::state::Told;
use crate::build::Options;
use crate::diagnostic::{Code, Diagnostic, Findings};

/// What a report said, and what it says.
pub type Pair = (Told, Told);

/// Which report of one state is which of the other: the one of the same name, or where a state is of one report, that one
/// whatever it is called.
pub fn pairs(
    options: &Options,
    old: Vec<Told>,
    new: Vec<Told>,
    of_one: [bool; 2],
    notes: &mut Vec<String>,
) -> Result<Vec<Pair>, Refusal> {
    refuse_unknown(options, old.iter().chain(&new))?;
    let named = |one: &Told| options.reports.is_empty() || options.reports.iter().any(|name| one.is_meant_by(name));
    let partner = |many: Vec<Told>, one: &Told| {
        let wanted = match &options.reports[..] {
            [name] => name.clone(),
            _ => one.transcript.report.clone(),
        };
        many.into_iter().find(|other| other.is_meant_by(&wanted))
    };
    let pairs: Vec<Pair> = match of_one {
        [true, true] => old.into_iter().zip(new).collect(),
        [true, false] => old
            .into_iter()
            .next()
            .and_then(|one| Some((partner(new, &one)?, one)))
            .into_iter()
            .map(|(new, old)| (old, new))
            .collect(),
        [false, true] => new.into_iter().next().and_then(|one| Some((partner(old, &one)?, one))).into_iter().collect(),
        [false, false] => {
            let keep = |reports: Vec<Told>| reports.into_iter().filter(|one| named(one)).collect();
            of_one_name(keep(old), keep(new), notes)
        }
    };
    if !pairs.is_empty() {
        return Ok(pairs);
    }
    let finding = Diagnostic::error_nowhere(Code::NothingToCompare, "the two states have no report in common");
    let finding = notes.iter().fold(finding, |finding, note| finding.help(note.clone()));
    Err(Refusal::from(Box::new(
        finding.help(
            "to compare reports of different names, name both: tally compare content/last-year content/this-year",
        ),
    )))
}

/// The reports that have one name in both states; of the others it is said that they came or went.
fn of_one_name(mut old: Vec<Told>, new: Vec<Told>, notes: &mut Vec<String>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for new in new {
        let id = &new.transcript.report;
        match old.iter().position(|one| one.transcript.report == *id) {
            Some(place) => pairs.push((old.remove(place), new)),
            None => notes.push(format!("{id} is new: there was no report of that name before")),
        }
    }
    let gone = old.iter().map(|gone| &gone.transcript.report);
    notes.extend(gone.map(|id| format!("{id} is gone: there is no report of that name now")));
    pairs
}

/// Refuses names of reports that neither state has.
fn refuse_unknown<'t>(options: &Options, known: impl Iterator<Item = &'t Told>) -> Result<(), Refusal> {
    let known: Vec<&Told> = known.collect();
    let unknown = options.reports.iter().filter(|name| !known.iter().any(|one| one.is_meant_by(name)));
    let finding = |name: &String| {
        let finding = Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{name}`"));
        finding.did_you_mean(name, known.iter().map(|one| one.transcript.report.as_str()))
    };
    let findings: Findings = unknown.map(finding).collect();
    if findings.is_empty() { Ok(()) } else { Err(Refusal { findings, sources: Arc::default() }) }
}
