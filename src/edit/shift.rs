//! Where the letters of a text stand after other letters of it were changed.

use std::ops::Range;

use super::history::differing;

/// How far a change of a text moves what it leaves alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The letters that changed, in the text before.
    was: Range<usize>,
    /// How many there are now.
    is: usize,
}

impl Shift {
    pub fn between(before: &str, after: &str) -> Self {
        let (was, is) = differing(before, after);
        Self { was, is: is.len() }
    }

    /// Where letters stand now that the change neither meets nor touches: what touches them may have become one word with
    /// them.
    pub fn of(&self, place: &Range<usize>) -> Option<Range<usize>> {
        match (place.end < self.was.start, self.was.end < place.start) {
            (true, _) => Some(place.clone()),
            (_, true) => Some(self.after(place.start)?..self.after(place.end)?),
            _ => None,
        }
    }

    /// The same, and of letters within which the change was made what became of them.
    pub fn around(&self, place: &Range<usize>) -> Option<Range<usize>> {
        match place.start <= self.was.start && self.was.end <= place.end {
            true => Some(place.start..self.after(place.end)?),
            false => self.of(place),
        }
    }

    /// Where a letter behind the change stands now; none where no text is so long.
    fn after(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.was.len())?.checked_add(self.is)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_touches_a_change_is_not_followed() {
        let of = |place: Range<usize>| Shift::between("12 of 500 and 7", "12 of 5,000 and 7").of(&place);
        assert_eq!(of(0..2), Some(0..2));
        assert_eq!(of(14..15), Some(16..17));
        assert_eq!(of(6..9), None);
        assert_eq!(of(14..usize::MAX), None);
        assert_eq!(Shift::between("a 5", "a 51").of(&(2..3)), None);
        assert_eq!(Shift::between("a 5", "a 51").around(&(2..3)), Some(2..4));
    }

    proptest! {
        #[test]
        fn what_is_followed_has_the_same_letters_and_neighbours(
            before in "[ab]{0,9}", after in "[ab]{0,9}", start in 0_usize..10, length in 0_usize..4,
        ) {
            let place = start.min(before.len())..(start + length).min(before.len());
            if let Some(now) = Shift::between(&before, &after).of(&place) {
                prop_assert_eq!(&before[place.clone()], &after[now.clone()]);
                let around = |text: &str, at: &Range<usize>| {
                    (text[..at.start].chars().last(), text[at.end..].chars().next())
                };
                prop_assert_eq!(around(&before, &place), around(&after, &now));
            }
        }
    }
}
