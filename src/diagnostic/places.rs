//! Where the letters of a text stand in the source that it was read from.

use std::ops::Range;

use super::Span;

/// The pieces of a source that a text was put together from, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
struct Piece {
    /// Its letters, as the text counts them.
    letters: Range<usize>,
    at: Span,
}

impl Places {
    /// Of a text that stands nowhere.
    pub const NOWHERE: &'static Self = &Self(Vec::new());

    /// Adds the piece that follows: letters of the text, and where they were typed.
    pub fn push(&mut self, letters: Range<usize>, at: Span) {
        self.0.push(Piece { letters, at });
    }

    /// Takes the letters from there on back.
    pub fn truncate(&mut self, end: usize) {
        self.0.retain(|piece| piece.letters.start < end);
        if let Some(last) = self.0.last_mut().filter(|last| last.letters.end > end) {
            last.at = last.of(last.letters.start..end);
            last.letters.end = end;
        }
    }

    /// Where the whole text stands; none where it was typed nowhere.
    pub fn whole(&self) -> Option<Span> {
        let (first, last) = (self.0.first()?, self.0.last()?);
        Some(Span { end: last.at.end, ..first.at })
    }

    /// Where some of its letters stand.
    pub fn of(&self, letters: Range<usize>) -> Option<Span> {
        let at = |place: usize| self.0.iter().find(|piece| piece.letters.contains(&place));
        let first = at(letters.start).or(self.0.last())?;
        let last = at(letters.end.saturating_sub(1).max(letters.start)).unwrap_or(first);
        Some(Span { end: last.of(letters.clone()).end, ..first.of(letters) })
    }
}

impl Piece {
    /// Where those of its letters stand that are among these; the whole piece where it was not typed letter by letter,
    /// as `&amp;` is not.
    fn of(&self, letters: Range<usize>) -> Span {
        if self.letters.len() != (self.at.end - self.at.start) as usize {
            return self.at;
        }
        let within = |place: usize| place.clamp(self.letters.start, self.letters.end) - self.letters.start;
        self.at.part(within(letters.start)..within(letters.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    #[test]
    fn letters_are_found_in_the_piece_that_they_were_typed_in() {
        let span = |range| Span::new(FileId(0), range);
        let mut places = Places::default();
        places.push(0..4, span(10..14)); // "R&D " is typed "R&amp;D ": three pieces.
        places.push(4..5, span(14..19));
        places.push(5..9, span(19..23));
        assert_eq!(places.of(1..3), Some(span(11..13)));
        assert_eq!(places.of(4..5), Some(span(14..19)));
        assert_eq!(places.of(2..7), Some(span(12..21)));
        assert_eq!(places.whole(), Some(span(10..23)));
        places.truncate(2);
        assert_eq!(places.whole(), Some(span(10..12)));
        assert_eq!(Places::NOWHERE.of(0..1), None);
    }
}
