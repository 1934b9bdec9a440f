//! Compares editions, or the content with what it was.
//!
//! In: two names. Out: what changed in each report that both states have, and the files that say so.

mod earlier;
mod pairs;
mod state;
mod write;

use std::sync::Arc;

use super::Options;
use crate::compare;
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap};
use crate::view::{self, ComparisonView, StateView};
use pairs::pairs;
use state::{Place, State, Told, merge_in_progress, place, place_of_old, read};

pub use earlier::{Earlier, EarlierStates};
pub use write::{comparison_pages, write_comparison};

/// What is to be compared.
#[derive(Debug, Clone, Default)]
pub struct Compare {
    /// A report of the content, a content folder, a record of an edition or a revision.
    pub old: Option<String>,
    /// The same; without it the content as it is.
    pub new: Option<String>,
    /// A day, a tag or another revision, in the place of what was before.
    pub since: Option<String>,
}

/// What was compared.
pub struct Compared {
    /// A comparison for each report that both states have, in the order of their ids.
    pub reports: Vec<ComparisonView>,
    /// What has to be known about them, such as reports that only one state has.
    pub notes: Vec<String>,
}

/// Why nothing was compared: findings, and the texts that they point into.
#[derive(Clone)]
pub struct Refusal {
    pub findings: Findings,
    pub sources: Arc<SourceMap>,
}

impl From<Box<Diagnostic>> for Refusal {
    fn from(fault: Box<Diagnostic>) -> Self {
        Self { findings: vec![*fault], sources: Arc::default() }
    }
}

/// Compares two states of the reports.
pub fn compare(options: &Options, asked: &Compare) -> Result<Compared, Refusal> {
    let mut notes = Vec::new();
    let old = place_of_old(options, asked)?;
    let new = match &asked.new {
        Some(name) => place(options, name)?,
        None => Place::Now,
    };
    if matches!(new, Place::Now) && matches!(old, Place::Revision(_)) {
        notes.extend(merge_in_progress(options)?);
    }
    let is_alone = matches!(old, Place::Report(_)) && matches!(new, Place::Now);
    let old = read(options, &old)?;
    match is_alone {
        true => with_the_edition_before(options, old),
        false => between(options, old, read(options, &new)?, notes),
    }
}

/// Compares a report that is named alone with the edition that it follows.
fn with_the_edition_before(options: &Options, named: State) -> Result<Compared, Refusal> {
    let before = named.reports.iter().find_map(|one| one.follows.clone());
    if let Some(before) = before {
        return between(options, read(options, &Place::Report(before))?, named, Vec::new());
    }
    let ids = |state: &State| state.reports.iter().map(|one| one.transcript.report.clone()).collect::<Vec<_>>();
    let id = ids(&named).first().cloned().unwrap_or_default();
    let others = ids(&read(options, &Place::Now)?);
    let example = others.into_iter().find(|other| *other != id).unwrap_or_else(|| "next-year".to_owned());
    Err(Refusal::from(Box::new(
        Diagnostic::error_nowhere(
            Code::NothingToCompare,
            format!("{id} follows no other edition, and needs one to be compared with"),
        )
        .help(format!("name the edition that came after it: tally compare {id} {example}"))
        .help(format!("to see what changed in it, name a revision: tally compare HEAD --report {id}")),
    )))
}

/// What changed from one state to another.
fn between(options: &Options, old: State, new: State, mut notes: Vec<String>) -> Result<Compared, Refusal> {
    let scopes = (old.scope, new.scope);
    let pairs = pairs(options, old.reports, new.reports, scopes, &mut notes)?;
    let shown = |state: &StateView, of: &Told| StateView { digest: of.transcript.short_digest(), ..state.clone() };
    let reports = pairs.iter().map(|(before, now)| {
        let states = (shown(&old.shown, before), shown(&new.shown, now));
        view::comparison(&compare::compare(&before.transcript, &now.transcript), states.0, states.1)
    });
    Ok(Compared { reports: reports.collect(), notes })
}
