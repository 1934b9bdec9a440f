//! What is beyond doubt: a figure that prints just what was typed, that its sentence names, and named much better than
//! any other. The rule names-agree is asked too, so that nothing is bound of its own accord that it would object to.

use super::{Candidate, Proposal};
use crate::check::{NamedIn, Subject, not_named};
use crate::fact::{Naming, Passage, Word};

/// How much better than the next one a figure must be named.
const CLEAR_LEAD: f64 = 1.6;
/// How well a figure must be named.
const WELL_NAMED: f64 = 2.0;
/// What the next one counts at least: of two that are hardly named neither leads.
const LEAST: f64 = 0.5;

/// Whether the first of some figures leads the others clearly.
pub fn leads(candidates: &[Candidate]) -> bool {
    let Some(first) = candidates.first() else { return false };
    let is_clear = candidates.get(1).is_none_or(|next| first.score > next.score.max(LEAST) * CLEAR_LEAD);
    first.is_exact && !first.named_by.is_empty() && first.score >= WELL_NAMED && is_clear
}

/// Doubts what names-agree would not let stand if all that is beyond doubt in a passage were bound.
pub fn doubt_what_is_not_named(subject: &Subject, naming: &Naming, passage: &Passage, proposals: &mut [Proposal]) {
    let undoubted: Vec<&Candidate> =
        proposals.iter().filter(|one| one.is_beyond_doubt).filter_map(|one| one.candidates.first()).collect();
    if undoubted.is_empty() {
        return;
    }
    let (words, places) = bound(&passage.words, &undoubted);
    let text = NamedIn { words: &words, about: &passage.about, standfirst: passage.standfirst.as_deref() };
    let objected = not_named(subject.facts, naming, &text);
    let places: Vec<usize> = places.into_iter().filter(|place| objected.contains(place)).collect();
    let mut place = 0;
    for proposal in proposals.iter_mut().filter(|one| one.is_beyond_doubt) {
        proposal.is_beyond_doubt = !places.contains(&place);
        place += 1;
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
            all.push(Word::Plain(text[from.min(end) - start..figure.letters.start.max(from).min(end) - start].to_owned()));
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
