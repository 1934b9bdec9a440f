//! What two sequences have in common in the same order.

use super::pairs::MOST_TRIED;

/// The places in both of what they have in common, as many as possible in the same order.
pub fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let first = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[first..], &new[first..]);
    let last = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - last], &new_rest[..new_rest.len() - last]);
    let mut all: Vec<(usize, usize)> = (0..first).map(|place| (place, place)).collect();
    all.extend(between(old_rest, new_rest).into_iter().map(|(one, other)| (first + one, first + other)));
    all.extend((0..last).map(|place| (old.len() - last + place, new.len() - last + place)));
    all
}

/// The same of what has neither a beginning nor an end in common: by the shortest way from one to the other (Myers).
fn between<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let (width, height) = (old.len() as isize, new.len() as isize);
    if width == 0 || height == 0 {
        return Vec::new();
    }
    let most = width + height;
    let at = |diagonal: isize| (diagonal + most + 1) as usize;
    let mut furthest = vec![0_isize; 2 * most as usize + 3];
    let mut trail = Vec::new();
    for steps in 0..=most {
        trail.push(furthest.clone());
        for diagonal in (-steps..=steps).step_by(2) {
            let goes_down =
                diagonal == -steps || (diagonal != steps && furthest[at(diagonal - 1)] < furthest[at(diagonal + 1)]);
            let mut x = if goes_down { furthest[at(diagonal + 1)] } else { furthest[at(diagonal - 1)] + 1 };
            let mut y = x - diagonal;
            while x < width && y < height && old[x as usize] == new[y as usize] {
                (x, y) = (x + 1, y + 1);
            }
            furthest[at(diagonal)] = x;
            if x >= width && y >= height {
                return back(&trail, at, (width, height));
            }
        }
    }
    Vec::new()
}

/// Follows the way back from its end.
fn back(trail: &[Vec<isize>], at: impl Fn(isize) -> usize, end: (isize, isize)) -> Vec<(usize, usize)> {
    let (mut x, mut y) = end;
    let mut all = Vec::new();
    for (steps, furthest) in trail.iter().enumerate().rev() {
        let (steps, diagonal) = (steps as isize, x - y);
        let goes_down =
            diagonal == -steps || (diagonal != steps && furthest[at(diagonal - 1)] < furthest[at(diagonal + 1)]);
        let before = if goes_down { diagonal + 1 } else { diagonal - 1 };
        let (from_x, from_y) = match steps {
            0 => (0, 0),
            _ => (furthest[at(before)], furthest[at(before)] - before),
        };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            all.push((x as usize, y as usize));
        }
        (x, y) = (from_x, from_y);
    }
    all.reverse();
    all
}

/// Which of these places stand in an order that rises, as many as possible: those that did not move.
pub fn rising(places: &[usize]) -> Vec<bool> {
    // The places at which the best order of each length ends, and for each place the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (at, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end] < *place);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut is_in = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        is_in[at] = true;
        next = before[at];
    }
    is_in
}

/// Pairs what is alike in two sequences, in order: those pairs whose likeness, from 0 to 1, comes to most. What is less
/// alike than `least` is no pair.
pub fn alike(old: usize, new: usize, least: f64, likeness: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    if old * new > MOST_TRIED {
        return (0..old.min(new))
            .map(|place| (place, place))
            .filter(|(one, other)| likeness(*one, *other) >= least)
            .collect();
    }
    let mut likenesses = vec![0.0; old * new];
    let mut best = vec![0.0_f64; (old + 1) * (new + 1)];
    let at = |one: usize, other: usize| one * (new + 1) + other;
    for one in (0..old).rev() {
        for other in (0..new).rev() {
            let likeness = likeness(one, other);
            likenesses[one * new + other] = likeness;
            let paired = if likeness >= least { likeness + best[at(one + 1, other + 1)] } else { 0.0 };
            best[at(one, other)] = paired.max(best[at(one + 1, other)]).max(best[at(one, other + 1)]);
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Vec::new());
    while one < old && other < new {
        let likeness = likenesses[one * new + other];
        if likeness >= least && best[at(one, other)] <= likeness + best[at(one + 1, other + 1)] {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if best[at(one + 1, other)] >= best[at(one, other + 1)] {
            one += 1;
        } else {
            other += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How much two sequences have in common, the long way.
    fn most(old: &[u8], new: &[u8]) -> usize {
        let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
        for one in (0..old.len()).rev() {
            for other in (0..new.len()).rev() {
                best[one][other] = match old[one] == new[other] {
                    true => best[one + 1][other + 1] + 1,
                    false => best[one + 1][other].max(best[one][other + 1]),
                };
            }
        }
        best[0][0]
    }

    proptest! {
        #[test]
        fn what_is_common_is_as_much_as_can_be(
            old in prop::collection::vec(0..5_u8, 0..14),
            new in prop::collection::vec(0..5_u8, 0..14),
        ) {
            let found = common(&old, &new);
            prop_assert!(found.iter().all(|(one, other)| old[*one] == new[*other]));
            prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
            prop_assert_eq!(found.len(), most(&old, &new));
        }

        #[test]
        fn as_few_as_can_be_have_moved(places in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle()) {
            let stays = rising(&places);
            let kept: Vec<usize> = places.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(place, _)| *place).collect();
            prop_assert!(kept.is_sorted());
            let sorted: Vec<u8> = (0..8).collect();
            let bytes: Vec<u8> = places.iter().map(|place| *place as u8).collect();
            prop_assert_eq!(kept.len(), most(&bytes, &sorted));
        }
    }
}
