//! Lines the figures of a page up with the words of a PDF.
//!
//! In: figures in their order, and the words. Out: the place of each figure, such that the places follow each other
//! and as few figures as possible have none. Where all are there, one reading from the start finds them; else the
//! search goes on with and without each figure side by side, so that a wrong one is left out at once, even if its
//! text happens to stand again a hundred pages on.

use std::ops::Range;

use super::search::{Wanted, Words};

/// How many searches go side by side at first, and how many are worth their time over all figures. As long as fewer
/// figures are left out than searches go on, no fewer could be: for reports of up to 4,000 figures that is certain. In
/// longer ones, when more fail in a row, the search can lose its place, and reports what follows as well.
const FEW: usize = 64;
const WORTH: usize = 20_000_000;

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

/// Which figures are found if as few as possible are left out.
fn found(words: &Words, figures: &[Wanted]) -> Vec<bool> {
    let mut most = FEW;
    loop {
        let steps = search(words, figures, most);
        if steps.last().is_none_or(|last| last.fewest < most) || most * figures.len() >= WORTH {
            return trace_back(&steps);
        }
        most *= 4;
    }
}

/// What is known of the searches after a figure. Each has left out one figure more than the search before it, and has
/// come less far for it.
struct Step {
    /// How many figures the first search has left out.
    fewest: usize,
    /// For each search, whether it found the figure.
    found: Vec<bool>,
}

/// Goes through all figures with at most so many searches.
fn search(words: &Words, figures: &[Wanted], most: usize) -> Vec<Step> {
    let mut fewest = 0;
    let mut reached = vec![0];
    let mut step = |figure: &Wanted| {
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
        Step { fewest, found }
    };
    figures.iter().map(&mut step).collect()
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
