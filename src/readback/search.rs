//! Finds a figure among words, as itself and not as a part of another.
//!
//! In: a text, and the text of a figure. Out: where the figure stands. Both are taken apart into pieces (a number, a
//! word, a single sign), and a figure stands where its pieces follow each other: so `9` is not found in `39`, nor
//! `rate` in `rated`. A space in the figure may be any space in the text or none, for a line may end there; where the
//! figure has none the text must have none.

use std::collections::HashMap;
use std::ops::Range;

use super::plain;

/// A number without its signs, a word, or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece<'a> {
    text: &'a str,
    kind: Kind,
    /// Where it begins in the whole text, in bytes.
    at: usize,
    /// Whether a space stands before it.
    spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Letters,
    Sign,
}

/// A text in which figures are looked for. Places are counted in pieces.
pub struct Words<'a> {
    text: &'a str,
    pieces: Vec<Piece<'a>>,
    /// Where each piece stands, in rising order.
    places: HashMap<&'a str, Vec<usize>>,
}

/// A figure that is looked for.
pub struct Wanted<'w> {
    pieces: Vec<Piece<'w>>,
    /// Which of its pieces is the rarest in the text, and where that stands: the figure can be nowhere else.
    rarest: usize,
    places: &'w [usize],
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Self {
        let pieces = pieces(text);
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, piece) in pieces.iter().enumerate() {
            places.entry(piece.text).or_default().push(place);
        }
        Self { text, pieces, places }
    }

    /// Makes a figure ready to be looked for; none where it has no words.
    pub fn want<'w>(&'w self, figure: &'w str) -> Option<Wanted<'w>> {
        let pieces = pieces(figure);
        let places = |piece: &Piece| self.places.get(piece.text).map_or(&[][..], Vec::as_slice);
        let (rarest, places) = pieces.iter().map(places).enumerate().min_by_key(|(_, places)| places.len())?;
        Some(Wanted { pieces, rarest, places })
    }

    /// The first place of a figure that does not begin before `from`.
    pub fn first(&self, wanted: &Wanted, from: usize) -> Option<Range<usize>> {
        let passed = wanted.places.partition_point(|place| *place < from + wanted.rarest);
        wanted.places[passed..].iter().find_map(|place| self.stands(wanted, *place))
    }

    /// The last place of a figure that does not end after `until`.
    pub fn last(&self, wanted: &Wanted, until: usize) -> Option<Range<usize>> {
        let passed = wanted.places.partition_point(|place| *place < until);
        let mut found = wanted.places[..passed].iter().rev().filter_map(|place| self.stands(wanted, *place));
        found.find(|found| found.end <= until)
    }

    /// The words from one place to another.
    pub fn between(&self, range: Range<usize>) -> &'a str {
        let at = |place: usize| self.pieces.get(place).map_or(self.text.len(), |piece| piece.at);
        self.text.get(at(range.start)..at(range.end)).unwrap_or_default().trim()
    }

    /// Where the figure stands if its rarest piece is the one at this place.
    fn stands(&self, wanted: &Wanted, place: usize) -> Option<Range<usize>> {
        let start = place.checked_sub(wanted.rarest)?;
        let found = start..start + wanted.pieces.len();
        let pieces = self.pieces.get(found.clone())?;
        let same = |(piece, wanted): (&Piece, &Piece)| piece.text == wanted.text;
        let joined = |(piece, wanted): (&Piece, &Piece)| wanted.spaced || !piece.spaced;
        let is_there = pieces.iter().zip(&wanted.pieces).all(same)
            && pieces.iter().zip(&wanted.pieces).skip(1).all(joined)
            && !self.goes_on_before(found.start)
            && !self.goes_on_after(found.end);
        is_there.then_some(found)
    }

    /// Whether an amount that begins here is the rest of a longer one, such as `187` in `2,187`, `45` in `£45` or `£45`
    /// in `-£45`.
    fn goes_on_before(&self, start: usize) -> bool {
        let before = self.touching(start);
        let further = before.and_then(|_| self.touching(start - 1)).map(|piece| piece.kind);
        match (before.map(|piece| piece.text), self.pieces[start].kind) {
            (Some("." | ","), Kind::Digits) => further == Some(Kind::Digits),
            (Some("£"), Kind::Digits) => true,
            (Some("-" | "−"), _) => self.is_amount(start) && matches!(further, None | Some(Kind::Sign)),
            _ => false,
        }
    }

    /// Whether a number that ends here goes on, such as `2` in `2,187` or `45` in `45%`.
    fn goes_on_after(&self, end: usize) -> bool {
        let touching = |place: usize| self.pieces.get(place).filter(|piece| !piece.spaced);
        let further = touching(end + 1).map(|piece| piece.kind);
        self.pieces[end - 1].kind == Kind::Digits
            && match touching(end).map(|piece| piece.text) {
                Some("%") => true,
                Some("." | ",") => further == Some(Kind::Digits),
                _ => false,
            }
    }

    fn is_amount(&self, place: usize) -> bool {
        self.pieces[place].kind == Kind::Digits || self.pieces[place].text == "£"
    }

    /// The piece before a place, where no space parts them.
    fn touching(&self, place: usize) -> Option<&Piece<'a>> {
        let parted = self.pieces.get(place)?.spaced;
        self.pieces.get(place.checked_sub(1)?).filter(|_| !parted)
    }
}

/// Takes a text apart.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut spaced = true;
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        let kind = kind(char);
        match (pieces.last_mut(), plain(char)) {
            (_, Some(char)) if char.is_whitespace() => spaced = true,
            (_, None) => {}
            (Some(last), _)
                if !spaced && kind != Kind::Sign && last.kind == kind && last.at + last.text.len() == at =>
            {
                last.text = &text[last.at..end];
            }
            (_, Some(plain)) => {
                let text = if plain == char { &text[at..end] } else { "-" };
                pieces.push(Piece { text, kind, at, spaced });
                spaced = false;
            }
        }
    }
    pieces
}

fn kind(char: char) -> Kind {
    match char {
        _ if char.is_numeric() => Kind::Digits,
        _ if char.is_alphabetic() => Kind::Letters,
        _ => Kind::Sign,
    }
}
