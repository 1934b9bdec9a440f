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
use pairs::pairs;
use state::{Known, Place, State, Told, merge_in_progress, place, place_of_old, read};

pub use earlier::{Earlier, EarlierStates};
pub use write::{ComparisonPages, write_comparison};

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
    /// The reports that both states have, in the order of their ids: as it was, and as it is.
    reports: Vec<[Stated; 2]>,
    /// What has to be known about them, such as reports that only one state has.
    pub notes: Vec<String>,
}

/// A comparison as a page and a PDF show it, in the language of the report.
pub struct PrintedComparison {
    pub view: ComparisonView,
    pub wording: Arc<Wording>,
}

/// What a report says in a state, and which state that is.
struct Stated {
    state: Known,
    told: Arc<Told>,
}

impl Stated {
    fn shown(&self, wording: &Wording) -> StateView {
        self.state.shown(&self.told.transcript, wording)
    }
}

impl Compared {
    /// Nothing yet, with what has to be known of it.
    fn none(notes: Vec<String>) -> Self {
        Self { reports: Vec::new(), notes }
    }

    /// A comparison for each report, told in English, as the command line speaks.
    pub fn in_english(&self) -> Vec<ComparisonView> {
        let tag = |report: &[Stated; 2]| english_or(&report[1].told.transcript.language());
        self.reports.iter().map(|report| comparison(report, Wording::english(), &tag(report))).collect()
    }

    /// A comparison for each report in its own language, as it is now; in English where there are no words for it.
    pub fn printed(&self) -> Vec<PrintedComparison> {
        let one = |report: &[Stated; 2]| {
            let [before, now] = report.each_ref().map(|stated| &*stated.told);
            let of_old =
                || before.wording.as_ref().filter(|_| before.transcript.language() == now.transcript.language());
            let own = now.wording.as_ref().or_else(of_old);
            let tag = now.transcript.language();
            let (wording, tag) = own.map_or_else(|| (Wording::english(), english_or(&tag)), |own| (own, tag.clone()));
            PrintedComparison { view: comparison(report, wording, &tag), wording: Arc::clone(wording) }
        };
        self.reports.iter().map(one).collect()
    }

    /// What each report was compared with, in English: "Revision 1a2b3c4, 3 June 2017, 09:12".
    pub fn since(&self) -> Vec<String> {
        self.reports.iter().map(|[before, _]| before.shown(Wording::english()).in_words()).collect()
    }
}

fn comparison(report: &[Stated; 2], wording: &Wording, language: &str) -> ComparisonView {
    let [before, now] = report.each_ref().map(|stated| &stated.told.transcript);
    let [was, is] = report.each_ref().map(|stated| stated.shown(wording));
    let [before, now] = [before, now].map(|transcript| compare::told_in(transcript, wording));
    view::comparison(&compare::compare(&before, &now, wording), language, was, is)
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

impl Refusal {
    /// Adds what helps besides whoever named what is compared, where a finding is of this kind.
    fn help(mut self, of: Code, help: &str) -> Self {
        for finding in self.findings.iter_mut().filter(|finding| finding.code == of) {
            finding.help.push(help.to_owned());
        }
        self
    }
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
        let or = "two revisions can be compared meanwhile: tally compare HEAD~1 HEAD";
        notes.extend(merge_in_progress(options).map_err(|why| why.help(Code::RevisionUnreadable, or))?);
    }
    let is_alone = matches!(old, Place::Report(_)) && matches!(new, Place::Now);
    let old = read(options, &old)?;
    match is_alone {
        true => with_the_edition_before(options, old),
        false => {
            let or =
                "to compare reports of different names, name both: tally compare content/last-year content/this-year";
            between(options, old, read(options, &new)?, notes).map_err(|why| why.help(Code::NothingToCompare, or))
        }
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
fn between(options: &Options, mut old: State, mut new: State, mut notes: Vec<String>) -> Result<Compared, Refusal> {
    let scopes = (old.scope, new.scope);
    let (before, now) = (std::mem::take(&mut old.reports), std::mem::take(&mut new.reports));
    let pairs = pairs(options, before, now, scopes, &mut notes)?;
    let stated = |(before, now)| {
        [Stated { state: old.known.clone(), told: before }, Stated { state: new.known.clone(), told: now }]
    };
    Ok(Compared { reports: pairs.into_iter().map(stated).collect(), notes })
}
