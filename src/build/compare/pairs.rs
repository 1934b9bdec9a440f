//! Which report of one state is which of the other.

use std::sync::Arc;

use super::Refusal;
use super::state::{Scope, Told};
use crate::build::Options;
use crate::diagnostic::{Code, Diagnostic, Findings};

/// What a report said, and what it says.
type Pair = (Arc<Told>, Arc<Told>);

/// Which report of one state is which of the other: the one of the same name; or where a state is of one report, that one
/// whatever it is called; or where both are of a group, the one of the same row.
pub fn pairs(
    options: &Options,
    old: Vec<Arc<Told>>,
    new: Vec<Arc<Told>>,
    scopes: (Scope, Scope),
    notes: &mut Vec<String>,
) -> Result<Vec<Pair>, Refusal> {
    refuse_unknown(options, old.iter().chain(&new).map(Arc::as_ref))?;
    let named = |one: &Told| options.reports.is_empty() || options.reports.iter().any(|name| one.is_meant_by(name));
    let partner = |mut many: Vec<Arc<Told>>, one: &Told| {
        let wanted = match &options.reports[..] {
            [name] => name,
            _ => &one.transcript.report,
        };
        let by_name = many.iter().position(|other| other.is_meant_by(wanted));
        let place = by_name.or_else(|| many.iter().position(|other| is_of_one_row(other, one)))?;
        Some(many.swap_remove(place))
    };
    let pairs: Vec<Pair> = match scopes {
        (Scope::One, Scope::One) => old.into_iter().zip(new).collect(),
        (Scope::One, _) => old
            .into_iter()
            .next()
            .and_then(|one| Some((partner(new, &one)?, one)))
            .into_iter()
            .map(|(new, old)| (old, new))
            .collect(),
        (_, Scope::One) => {
            new.into_iter().next().and_then(|one| Some((partner(old, &one)?, one))).into_iter().collect()
        }
        (Scope::Group, Scope::Group) => alike(old, new, is_of_one_row, named, notes),
        _ => alike(old, new, is_of_one_name, named, notes),
    };
    if !pairs.is_empty() {
        return Ok(pairs);
    }
    let finding = Diagnostic::error_nowhere(Code::NothingToCompare, "the two states have no report in common");
    let finding = notes.iter().fold(finding, |finding, note| finding.help(note.clone()));
    Err(Refusal::from(Box::new(finding)))
}

fn is_of_one_name(one: &Told, other: &Told) -> bool {
    one.transcript.report == other.transcript.report
}

/// Whether both are made for one row of their groups.
fn is_of_one_row(one: &Told, other: &Told) -> bool {
    one.row().is_some() && one.row() == other.row()
}

/// The reports of both states that are alike, and of which one is named; of the others it is said that they came or went.
fn alike(
    mut old: Vec<Arc<Told>>,
    new: Vec<Arc<Told>>,
    are_alike: impl Fn(&Told, &Told) -> bool,
    is_named: impl Fn(&Told) -> bool,
    notes: &mut Vec<String>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for new in new {
        match old.iter().position(|one| are_alike(one, &new)) {
            Some(place) => {
                let old = old.remove(place);
                pairs.extend((is_named(&old) || is_named(&new)).then_some((old, new)));
            }
            None if !is_named(&new) => {}
            None => notes.push(format!("{} is new: there was no report like it before", new.transcript.report)),
        }
    }
    let gone = old.iter().filter(|gone| is_named(gone)).map(|gone| &gone.transcript.report);
    notes.extend(gone.map(|id| format!("{id} is gone: there is no report like it now")));
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
