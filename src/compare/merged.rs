//! The items of both editions in one order.

use std::collections::HashMap;

use super::edition::{Edition, Place};
use super::pairs::Pairs;

/// An item of one edition or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// In both, wherever it stood in the old one.
    Both {
        old: Place,
        new: Place,
    },
    Added(Place),
    Removed(Place),
}

/// The items of the new edition in their order, with those that are gone behind what they stood behind.
pub fn merged(
    old: &Edition,
    new: &Edition,
    pairs: &Pairs,
    above_old: Option<Place>,
    above_new: Option<Place>,
) -> Vec<Merged> {
    let news = new.within(above_new);
    let places: HashMap<Place, usize> = news.iter().enumerate().map(|(place, one)| (*one, place)).collect();
    // Behind how many of the new ones each that is gone stands.
    let mut gone: Vec<(usize, Place)> = Vec::new();
    let mut behind = 0;
    for one in old.within(above_old) {
        match pairs.of_old[*one] {
            Some(partner) => behind = places.get(&partner).map_or(behind, |place| place + 1),
            None => gone.push((behind, *one)),
        }
    }
    gone.sort_by_key(|(behind, _)| *behind);
    let mut gone = gone.into_iter().peekable();
    let mut all = Vec::new();
    for (place, one) in news.iter().enumerate() {
        while let Some((_, one)) = gone.next_if(|(behind, _)| *behind <= place) {
            all.push(Merged::Removed(one));
        }
        all.push(match pairs.of_new[*one] {
            Some(old) => Merged::Both { old, new: *one },
            None => Merged::Added(*one),
        });
    }
    all.extend(gone.map(|(_, one)| Merged::Removed(one)));
    all
}
