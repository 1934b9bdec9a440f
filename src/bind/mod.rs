//! Which figures the numbers of a text are, that were typed by hand.
//!
//! In: the project with its facts and texts. Out: for each number a [`Proposal`]: the figures that are printed just so,
//! the one first that its sentence names, and whether it is beyond doubt. [`edited`] puts bindings into the texts
//! of the files and change nothing else.

mod advice;
mod answer;
mod doubt;
mod edit;
mod printed;
mod ranking;

use std::collections::HashMap;
use std::ops::Range;

pub use answer::{Answer, answer};
pub use edit::{Edit, edited};

use crate::check::Subject;
use crate::check::numbers::{Reader, Typed};
use crate::diagnostic::Span;
use crate::fact::{FactId, Kind, Naming, Origin, Passage, plain, sentence_around};
use crate::model::Report;
use advice::{advice, is_share};
use doubt::{doubt_what_is_not_named, is_named_by_words, leads};
use printed::{Fit, Printed, one_space};
use ranking::{Named, Surroundings, Words};

/// At most so many figures are offered for one number.
const MOST_OFFERED: usize = 6;
/// What the year and the days of the report itself are given.
const OF_THE_REPORT: f64 = 1.0;
/// What is taken from a day of which only the year is typed, and from a computed sum.
const IN_PART: f64 = 1.5;

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
    /// What can be done with a number that no format prints, such as "about a third".
    pub advice: Option<String>,
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
    /// Whether the sentence names every part of its address that is one of many.
    is_whole: bool,
    /// Whether it was typed, and not computed.
    is_typed: bool,
    fact: FactId,
    /// The letters of the passage that it stands for.
    letters: Range<usize>,
    score: f64,
    /// What the words alone come to.
    words_score: f64,
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
        let mut new: Vec<Proposal> = Vec::new();
        for typed in reader.typed_by_hand(passage) {
            let at = passage.stretch(&subject.tree.sources, typed.at.clone());
            if let Some((shared, wanted)) = places.get(&at).and_then(|place| all.get_mut(*place)) {
                *wanted |= is_wanted(report);
                shared.keep(|one| subject.facts.prints(&report.id, &one.binding).as_ref() == Some(&one.prints));
                continue;
            }
            let known = known.entry(&report.id).or_insert_with(|| Known {
                printed: Printed::of(subject.facts, &report.id),
                words: Words::of(subject.facts, &naming, &report.id),
            });
            places.insert(at, all.len() + new.len());
            new.push(proposal(subject, known, passage, &typed, at));
        }
        doubt_what_is_not_named(subject, &naming, passage, &mut new);
        all.extend(new.into_iter().map(|one| (one, is_wanted(report))));
    }
    let mut wanted: Vec<Proposal> = all.into_iter().filter_map(|(one, is_wanted)| is_wanted.then_some(one)).collect();
    wanted.sort_by_cached_key(|one| (subject.tree.sources.file(one.at.file).path.clone(), one.at));
    wanted
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
    let mut candidates = candidates(subject, known, &around, passage, (&text, &typed.at));
    let is_undoubted = |first: &Candidate| {
        !typed.is_date && leads(&candidates) && is_named_by_words(subject.facts, &known.words, &around, first)
    };
    let is_beyond_doubt = candidates.first().is_some_and(is_undoubted);
    candidates.truncate(MOST_OFFERED);
    Proposal {
        at,
        typed: one_space(&text[typed.at.clone()]),
        sentence: text[sentence_around(&text, &typed.at)].trim().to_owned(),
        is_asked: typed.is_asked,
        advice: advice(subject, known, &around, passage, (&text, &typed.at)).filter(|_| candidates.is_empty()),
        is_beyond_doubt,
        candidates,
    }
}

/// The figures that a number of a text may be, the most likely first.
fn candidates(
    subject: &Subject,
    known: &Known,
    around: &Surroundings,
    passage: &Passage,
    (text, number): (&str, &Range<usize>),
) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let is_share = is_share(text, number);
    for Fit { way, at, is_exact } in known.printed.fitting(text, number) {
        if is_share && way.binding.ends_with("ordinal-words") {
            continue; // "a third of"
        }
        let Some(edit) = Edit::of(subject, passage, text, &at, &way.binding) else { continue };
        let Named { score, words, is_whole } = known.words.named(way.fact, around);
        let fact = subject.facts.get(way.fact);
        all.push(Candidate {
            address: subject.facts.local(&passage.report.id, way.fact).to_owned(),
            binding: edit.with.clone(),
            prints: way.prints.clone(),
            is_exact,
            named_by: words,
            edit,
            is_whole,
            is_typed: matches!(fact.origin, Origin::Typed(_)),
            fact: way.fact,
            letters: at,
            words_score: score,
            score: score + unnamed_likelihood(&fact.address, &way.binding),
        });
    }
    let typed: Vec<String> = all.iter().filter(|one| one.is_typed).map(|one| one.address.clone()).collect();
    // What is computed to be compared with a figure is no other figure.
    let is_of_another =
        |one: &Candidate| one.address.rsplit_once('.').is_some_and(|(to, _)| typed.iter().any(|one| one == to));
    all.retain(|one| one.is_typed || !is_of_another(one));
    all.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.address.cmp(&other.address)));
    all
}

/// What speaks for a figure, or against it, whatever the sentence names: the report's own year and days are mostly
/// meant, a day is seldom meant by its year, and what is typed comes before the sum that it is compared with.
fn unnamed_likelihood(address: &str, binding: &str) -> f64 {
    let of_the_report = if address.contains(".report.") { OF_THE_REPORT } else { 0.0 };
    let is_beside_another = address.ends_with("sum") || address.ends_with(".exact");
    let in_part = if binding.ends_with("| year") || is_beside_another { IN_PART } else { 0.0 };
    of_the_report - in_part
}
