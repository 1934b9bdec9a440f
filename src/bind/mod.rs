//! Which figures the numbers of a text are, that were typed by hand.
//!
//! In: the project with its facts and texts. Out: for each number a [`Proposal`]: the figures that are printed just so,
//! the one first that its sentence names, and whether it is beyond doubt. [`edits`](edited) put bindings into the texts
//! of the files and change nothing else.

mod edit;
mod printed;
mod ranking;

use std::collections::HashMap;

pub use edit::{Edit, edited};

use crate::check::Subject;
use crate::check::numbers::{Reader, Typed};
use crate::diagnostic::Span;
use crate::fact::{FactId, FactValue, Kind, Naming, Passage, plain};
use crate::model::Report;
use printed::{Printed, one_space};
use ranking::{Named, Surroundings, Words};

/// At most so many figures are offered for one number.
pub const MOST_OFFERED: usize = 9;
/// How much better than the next one a figure must be named to be beyond doubt.
const CLEAR_LEAD: f64 = 1.6;
/// How well a figure must be named to be beyond doubt.
const WELL_NAMED: f64 = 2.0;

/// A number that was typed by hand, with the figures that it may be.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Where it was typed.
    pub at: Span,
    pub typed: String,
    /// The sentence that it stands in, as it is printed.
    pub sentence: String,
    /// Whether it needs a figure or a source; a date of the report's time does not.
    pub is_asked: bool,
    /// The most likely first.
    pub candidates: Vec<Candidate>,
    /// Whether the first is meant without a doubt.
    pub is_beyond_doubt: bool,
}

/// A figure that a number may be.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// As it is written in the report: without its name.
    pub address: String,
    /// What is to be written in the place of the number, with its braces.
    pub binding: String,
    /// What is printed then.
    pub prints: String,
    /// Whether that is just what was typed.
    pub is_exact: bool,
    /// Words near the number that name the figure.
    pub named_by: Vec<String>,
    /// The letters of the file that it stands for: the number, with its unit where the figure brings that along.
    pub edit: Edit,
    score: f64,
}

/// What each report's figures can be printed as and are called.
struct Known {
    printed: Printed,
    words: Words,
}

/// For every number that is typed by hand in the reports that are wanted, the figures that it may be. What several
/// reports share is asked once, and only figures are offered that print the same in all of them.
pub fn propose(subject: &Subject, is_wanted: impl Fn(&Report) -> bool) -> Vec<Proposal> {
    let reader = Reader::of(&subject.project.organisation);
    let naming = Naming::new(subject.project);
    let mut known: HashMap<&str, Known> = HashMap::new();
    let mut places: HashMap<Span, usize> = HashMap::new();
    let mut all: Vec<(Proposal, bool)> = Vec::new();
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose) {
        let report = &passage.report;
        for typed in reader.typed_by_hand(passage) {
            let at = passage.stretch(&subject.tree.sources, typed.at.clone());
            if let Some((shared, wanted)) = places.get(&at).map(|place| &mut all[*place]) {
                *wanted |= is_wanted(report);
                shared.keep(|one| subject.facts.prints(&report.id, &one.binding).as_ref() == Some(&one.prints));
                continue;
            }
            let known = known.entry(&report.id).or_insert_with(|| Known {
                printed: Printed::of(subject.facts, &report.id),
                words: Words::of(subject.facts, &naming, &report.id),
            });
            places.insert(at, all.len());
            all.push((proposal(subject, known, passage, &typed, at), is_wanted(report)));
        }
    }
    all.into_iter().filter_map(|(one, is_wanted)| is_wanted.then_some(one)).collect()
}

impl Proposal {
    /// Keeps some of its figures; what was beyond doubt is so no longer if it is not among them.
    fn keep(&mut self, is_kept: impl Fn(&Candidate) -> bool) {
        let first = self.candidates.first().map(|one| one.binding.clone());
        self.candidates.retain(is_kept);
        self.is_beyond_doubt &= first == self.candidates.first().map(|one| one.binding.clone());
    }
}

fn proposal(subject: &Subject, known: &Known, passage: &Passage, typed: &Typed, at: Span) -> Proposal {
    let text = plain(&passage.words);
    let around = Surroundings::of(passage, &text, &typed.at);
    let mut candidates: Vec<Candidate> = Vec::new();
    for fit in known.printed.fitting(&text, &typed.at) {
        let Some(edit) = Edit::of(subject, passage, &text, &fit.at, &fit.way.binding) else { continue };
        let Named { score, words } = known.words.named(fit.way.fact, &around);
        candidates.push(Candidate {
            address: subject.facts.local(&passage.report.id, fit.way.fact).to_owned(),
            binding: format!("{{{{ {} }}}}", fit.way.binding),
            prints: fit.way.prints.clone(),
            is_exact: fit.is_exact,
            named_by: words,
            edit,
            score: score + if is_period(subject, fit.way.fact) { 0.5 } else { 0.0 },
        });
    }
    candidates.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.address.cmp(&other.address)));
    Proposal {
        at,
        typed: one_space(&text[typed.at.clone()]),
        sentence: text[ranking::sentence(&text, &typed.at)].trim().to_owned(),
        is_asked: typed.is_asked,
        is_beyond_doubt: !typed.is_date && is_beyond_doubt(&candidates),
        candidates,
    }
}

/// Whether a figure is a day or a year.
fn is_period(subject: &Subject, fact: FactId) -> bool {
    matches!(subject.facts.get(fact).value, FactValue::Day(_) | FactValue::FinancialYear(_))
}

/// Whether the first of some figures is meant without a doubt: it prints just what was typed, is named by the sentence,
/// and much better than any other.
fn is_beyond_doubt(candidates: &[Candidate]) -> bool {
    let Some(first) = candidates.first() else { return false };
    let is_clear = candidates.get(1).is_none_or(|next| first.score > f64::max(next.score, 0.5) * CLEAR_LEAD);
    first.is_exact && !first.named_by.is_empty() && first.score >= WELL_NAMED && is_clear
}
