//! Lines the figures of a page up with the words of a PDF.
//!
//! In: figures in their order, and the words. Out: the place of each figure, such that the places follow each other
//! and as few figures as possible have none. Where all are there, one reading from the start finds them; else the
//! search goes on with and without each figure side by side, so that a wrong one is left out at once, even if its
//! text happens to stand again a hundred pages on.

use std::ops::Range;

use super::search::{Wanted, Words};

/// How many searches are made side by side at least, which is how many figures in a row can fail without the search
/// losing its place; and how many are worth their time over all figures. Up to 2,000 figures the result is exact.
const LEAST_SEARCHES: usize = 64;
const WORTH: usize = 4_000_000;

/// The place of each figure; none for those that are left out.
pub fn align(words: &Words, figures: &[Wanted]) -> Vec<Option<Range<usize>>> {
    let all = vec![true; figures.len()];
    let places = places(words, figures, &all);
    if places.iter().all(Option::is_some) { places } else { self::places(words, figures, &found(words, figures)) }
}

/// Looks each figure up after the one before, but for those that are left out.
fn places(words: &Words, figures: &[Wanted], found: &[bool]) -> Vec<Option<Range<usize>>> {
    let mut from = 0;
    let look = |(figure, found): (&Wanted, &bool)| {
        let place = found.then(|| words.first(figure, from))??;
        from = place.end;
        Some(place)
    };
    figures.iter().zip(found).map(look).collect()
}

/// What is known of the searches after a figure. Each has left out one figure more than the search before it, and has
/// come less far for it.
struct Step {
    /// How many figures the first search has left out.
    fewest: usize,
    /// For each search, whether it found the figure.
    found: Vec<bool>,
}

/// Which figures are found if as few as possible are left out.
fn found(words: &Words, figures: &[Wanted]) -> Vec<bool> {
    let most = LEAST_SEARCHES.max(WORTH / figures.len().max(1));
    let mut fewest = 0;
    let mut reached = vec![0];
    let mut steps = Vec::with_capacity(figures.len());
    for figure in figures {
        let mut next = Vec::with_capacity(reached.len() + 1);
        for search in 0..=reached.len() {
            let with = reached.get(search).and_then(|from| words.first(figure, *from)).map(|place| (place.end, true));
            let without = search.checked_sub(1).map(|search| (reached[search], false));
            match with.into_iter().chain(without).min_by_key(|(end, _)| *end) {
                Some(earliest) => next.push(earliest),
                None => fewest += 1,
            }
        }
        next.truncate(most);
        let found;
        (reached, found) = next.into_iter().unzip();
        steps.push(Step { fewest, found });
    }
    trace_back(&steps)
}

/// Goes the way back of the search that left out the fewest.
fn trace_back(steps: &[Step]) -> Vec<bool> {
    let mut left_out = steps.last().map_or(0, |step| step.fewest);
    let mut found: Vec<bool> = steps
        .iter()
        .rev()
        .map(|step| {
            let found = step.found[left_out - step.fewest];
            left_out -= usize::from(!found);
            found
        })
        .collect();
    found.reverse();
    found
}
