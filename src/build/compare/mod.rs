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
use crate::wording::Wording;
use pairs::{Pair, pairs};
use state::{Known, Place, State, Told, merge_in_progress, place, place_of_old, read};

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
#[derive(Default)]
pub struct Compared {
    /// The reports that both states have, in the order of their ids.
    pub reports: Vec<ComparedReport>,
    /// What has to be known about them, such as reports that only one state has.
    pub notes: Vec<String>,
}

/// A report in both states.
pub struct ComparedReport {
    before: InState,
    now: InState,
}

/// What a report says in a state, and what that is known by.
struct InState {
    known: Known,
    told: Told,
}

/// A comparison as a page and a PDF show it, in the language of the report.
pub struct PrintedComparison {
    pub view: ComparisonView,
    pub wording: Arc<Wording>,
}

impl Compared {
    /// A comparison for each report, told in English, as the command line speaks.
    pub fn in_english(&self) -> Vec<ComparisonView> {
        self.reports.iter().map(ComparedReport::in_english).collect()
    }

    /// A comparison for each report in its own language, as it is now; in English where there are no words for it.
    pub fn printed(&self) -> Vec<PrintedComparison> {
        self.reports.iter().map(ComparedReport::printed).collect()
    }
}

impl ComparedReport {
    /// How it was before, in English: "Revision 1a2b3c4, 3 June 2017, 09:12".
    pub fn since(&self) -> String {
        self.before.shown(Wording::english()).in_words()
    }

    fn in_english(&self) -> ComparisonView {
        self.told(Wording::english(), &english_or(&self.now.told.transcript.language()))
    }

    fn printed(&self) -> PrintedComparison {
        let (before, now) = (&self.before.told, &self.now.told);
        let tag = now.transcript.language();
        let of_old = || before.wording.as_ref().filter(|_| before.transcript.language() == tag);
        let own = now.wording.as_ref().or_else(of_old);
        let (wording, tag) = own.map_or_else(|| (Wording::english(), english_or(&tag)), |own| (own, tag.clone()));
        PrintedComparison { view: self.told(wording, &tag), wording: Arc::clone(wording) }
    }

    fn told(&self, wording: &Wording, language: &str) -> ComparisonView {
        let comparison = compare::compare(&self.before.told.transcript, &self.now.told.transcript, wording);
        view::comparison(&comparison, language, self.before.shown(wording), self.now.shown(wording))
    }
}

impl InState {
    fn shown(&self, wording: &Wording) -> StateView {
        self.known.shown(&self.told.transcript, wording)
    }
}

/// The tag of a report's language where it is a kind of English, or that of the words in which Tally speaks.
fn english_or(tag: &str) -> String {
    let is_english = tag.split('-').next() == Some("en");
    if is_english { tag.to_owned() } else { "en-GB".to_owned() }
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
    let pairs = pairs(options, old.reports, new.reports, (old.scope, new.scope), &mut notes)?;
    let report = |(before, now): Pair| ComparedReport {
        before: InState { known: old.known.clone(), told: before },
        now: InState { known: new.known.clone(), told: now },
    };
    Ok(Compared { reports: pairs.into_iter().map(report).collect(), notes })
}
