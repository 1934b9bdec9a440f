//! What is beyond doubt: a figure that prints just what was typed, that its sentence names as no other one, and much better
//! than any. The rule names-agree is asked too, so that nothing is bound of its own accord that it would object to.

use super::ranking::{Surroundings, Words};
use super::{Candidate, Proposal};
use crate::check::{NamedIn, Subject, not_named};
use crate::fact::{FactId, Facts, Naming, Passage, Word};
use crate::model::values::Unit;

/// How much better than the next one a figure must be named.
const CLEAR_LEAD: f64 = 1.6;
/// How well a figure must be named.
const WELL_NAMED: f64 = 2.0;
/// How much better than any figure of another value a figure must be named by the words round the number.
const AHEAD: f64 = 1.1;
/// The same beside other figures, with which it may have been exchanged.
const AHEAD_BESIDE_OTHERS: f64 = 1.5;
/// What the next one counts at least: of two that are hardly named neither leads.
const LEAST: f64 = 0.5;

/// Whether the first of some figures leads the others clearly.
pub fn leads(candidates: &[Candidate]) -> bool {
    let Some(first) = candidates.first() else { return false };
    let is_clear = candidates.get(1).is_none_or(|next| first.score > next.score.max(LEAST) * CLEAR_LEAD);
    let is_alone = candidates.iter().skip(1).all(|other| !other.is_whole);
    first.is_exact && first.is_whole && is_alone && first.score >= WELL_NAMED && is_clear
}

/// Whether the words round a number name no other figure of the same unit that is printed otherwise as well as this
/// one: they say which figure stands here, and its value says that it does.
pub fn is_named_by_words(facts: &Facts, words: &Words, around: &Surroundings, first: &Candidate) -> bool {
    let unit = |fact| facts.quantity(fact).map(|quantity| comparable(quantity.unit));
    let ahead = if around.has_others { AHEAD_BESIDE_OTHERS } else { AHEAD };
    let value = |fact| facts.quantity(fact).map(|quantity| quantity.number);
    let is_other = |other: &FactId| unit(*other) == unit(first.fact) && value(*other) != value(first.fact);
    !words.named_better(first.words_score / ahead, around).any(|other| is_other(&other))
}

/// A unit as one of those that are taken for each other.
fn comparable(unit: Unit) -> Unit {
    match unit {
        Unit::Points | Unit::Ratio => Unit::Percent,
        unit => unit,
    }
}

/// Doubts what names-agree would not let stand if all that is beyond doubt in a passage were bound.
pub fn doubt_what_is_not_named(subject: &Subject, naming: &Naming, passage: &Passage, proposals: &mut [Proposal]) {
    let undoubted: Vec<&Candidate> =
        proposals.iter().filter(|one| one.is_beyond_doubt).filter_map(|one| one.candidates.first()).collect();
    if undoubted.is_empty() {
        return;
    }
    let (words, places) = bound(&passage.words, &undoubted);
    let text = NamedIn::of(passage, &words);
    let objected = not_named(subject.facts, naming, &text);
    let undoubted = proposals.iter_mut().filter(|one| one.is_beyond_doubt);
    for (proposal, place) in undoubted.zip(places) {
        proposal.is_beyond_doubt = !objected.contains(&place);
    }
}

/// Words with figures bound in them, and the place of each of these.
fn bound(words: &[Word], figures: &[&Candidate]) -> (Vec<Word>, Vec<usize>) {
    let (mut all, mut places, mut start) = (Vec::new(), Vec::new(), 0);
    let mut figures = figures.iter().peekable();
    for word in words {
        let (text, end) = (word.text(), start + word.text().len());
        let mut from = start;
        while let Some(figure) = figures.next_if(|figure| figure.letters.start < end) {
            all.push(Word::Plain(
                text[from.min(end) - start..figure.letters.start.max(from).min(end) - start].to_owned(),
            ));
            places.push(all.len());
            all.push(Word::Bound { text: figure.prints.clone(), fact: figure.fact });
            from = figure.letters.end;
        }
        match from == start {
            true => all.push(word.clone()),
            false => all.push(Word::Plain(text[from.min(end) - start..].to_owned())),
        }
        start = end;
    }
    (all, places)
}
