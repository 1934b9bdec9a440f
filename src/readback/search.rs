//! Finds a figure among words, as itself and not as a part of another.
//!
//! In: a text, and the text of a figure. Out: where the figure stands. Both are taken apart into pieces (a number, a
//! word, a single sign), and a figure stands where its pieces follow each other: so `9` is not found in `39`, nor
//! `rate` in `rated`. A space in the figure may be any space in the text or none, for a line may end there; where the
//! figure has none the text has none, or a line ends there.

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
    /// What stands before it.
    gap: Gap,
}

/// What parts a piece from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    EndOfLine,
    Space,
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
        self.text.get(self.at(range.start)..self.at(range.end)).unwrap_or_default().trim()
    }

    /// Where a place is in the text, in bytes.
    pub fn at(&self, place: usize) -> usize {
        self.pieces.get(place).map_or(self.text.len(), |piece| piece.at)
    }

    /// Where the figure stands if its rarest piece is the one at this place.
    fn stands(&self, wanted: &Wanted, place: usize) -> Option<Range<usize>> {
        let start = place.checked_sub(wanted.rarest)?;
        let found = start..start + wanted.pieces.len();
        let pieces = self.pieces.get(found.clone())?;
        let same = |(piece, wanted): (&Piece, &Piece)| piece.text == wanted.text;
        let joined = |(piece, wanted): (&Piece, &Piece)| wanted.gap != Gap::None || piece.gap != Gap::Space;
        let is_there = pieces.iter().zip(&wanted.pieces).all(same)
            && pieces.iter().zip(&wanted.pieces).skip(1).all(joined)
            && !self.goes_on_before(found.start)
            && !self.goes_on_after(found.end);
        is_there.then_some(found)
    }

    /// Whether an amount that begins here is the rest of a longer one, such as `187` in `2,187` or `45` in `-45`, or a
    /// dash the middle of a range.
    fn goes_on_before(&self, start: usize) -> bool {
        let Some(before) = self.touching_before(start) else { return false };
        let further = self.touching_before(start - 1);
        let first = &self.pieces[start];
        match before.text {
            "." | "," => first.is_number() && further.is_some_and(Piece::is_number),
            "£" => first.is_number(),
            "-" | "−" if first.is_number() || first.text == "£" => !further.is_some_and(Piece::is_word),
            _ => first.is_dash() && before.is_word(),
        }
    }

    /// Whether a number that ends here goes on, such as `2` in `2,187` or `45` in `45%`, or a dash is the middle of a
    /// range.
    fn goes_on_after(&self, end: usize) -> bool {
        let Some(after) = self.touching_after(end) else { return false };
        let further = self.touching_after(end + 1);
        let last = &self.pieces[end - 1];
        match after.text {
            "." | "," => last.is_number() && further.is_some_and(Piece::is_number),
            "%" => last.is_number(),
            _ if last.text == "%" => after.is_number(),
            _ => last.is_dash() && after.is_word(),
        }
    }

    /// The piece before a place, where nothing parts them.
    fn touching_before(&self, place: usize) -> Option<&Piece<'a>> {
        self.touching_after(place)?;
        self.pieces.get(place.checked_sub(1)?)
    }

    /// The piece at a place, where nothing parts it from the one before.
    fn touching_after(&self, place: usize) -> Option<&Piece<'a>> {
        self.pieces.get(place).filter(|piece| piece.gap == Gap::None)
    }
}

impl Piece<'_> {
    fn is_number(&self) -> bool {
        self.kind == Kind::Digits
    }

    fn is_word(&self) -> bool {
        self.kind != Kind::Sign
    }

    fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "−" | "–" | "—")
    }
}

/// Takes a text apart.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = Gap::Space;
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        let kind = kind(char);
        match (pieces.last_mut(), plain(char)) {
            (_, Some('\n')) => gap = gap.max(Gap::EndOfLine),
            (_, Some(char)) if char.is_whitespace() => gap = Gap::Space,
            (_, None) => {}
            (Some(last), _)
                if gap == Gap::None && kind != Kind::Sign && last.kind == kind && last.at + last.text.len() == at =>
            {
                last.text = &text[last.at..end];
            }
            (_, Some(plain)) => {
                let text = if plain == char { &text[at..end] } else { "-" };
                pieces.push(Piece { text, kind, at, gap });
                gap = Gap::None;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The figure is found as often as it stands between `«` and `»` in the text, and there.
    fn check(figure: &str, marked: &str) {
        let text = marked.replace(['«', '»'], "");
        let words = Words::new(&text);
        let wanted = words.want(figure).expect("a figure with words");
        let mut found = Vec::new();
        while let Some(place) = words.first(&wanted, found.last().map_or(0, |last: &Range<usize>| last.end)) {
            found.push(place);
        }
        let shown: Vec<&str> = found.iter().map(|place| words.between(place.clone())).collect();
        let marked: Vec<&str> = marked.split('«').skip(1).filter_map(|part| part.split('»').next()).collect();
        assert_eq!(shown, marked, "{figure} in {text}");
        assert_eq!(words.last(&wanted, usize::MAX), found.last().cloned(), "the last {figure} in {text}");
    }

    #[test]
    fn a_number_is_no_part_of_a_longer_one() {
        check("9", "39 90 «9» 9.5 1.9 9,000 2,009 («9»). «9», «9»: 9% £9 -9 −£9 Q«9» «9»m");
        check("187", "2,187 187,920 «187» 187.5");
        check("£45", "£45.50 -£45 «£45» of «£45», 1£450");
        check("45%", "145% «45%», 4.45% -45% «45%»");
        check("-45", "45 «-45» -45%");
        check("½", "4½ «½»");
    }

    #[test]
    fn a_hyphen_is_a_minus_only_where_nothing_stands_before_it() {
        check("17", "2016-«17» mid-«17» -17 (-17) «17»-18");
        check("12", "10–«12» – «12»");
        check("-45", "2016-45 «-45»");
    }

    #[test]
    fn a_dash_for_no_figure_is_none_of_a_range() {
        check("–", "10–12 «–» («–») Q–");
    }

    #[test]
    fn a_word_is_no_part_of_a_longer_one() {
        check("rate", "rated «rate» prorate «rate»-payer «rate»’s Rate");
        check("N/A", "N/AB «N/A» NN/A («N/A»)");
    }

    #[test]
    fn a_space_may_be_any_or_none_and_no_space_must_be_none() {
        check("75 of 182", "«75 of 182» «75  of 182» 75 of 1,182 175 of 182");
        check("2016 – 17", "«2016 –17» «2016–17»");
        check("2016–17", "2016 – 17 «2016–17»");
        check("1 2", "12 «1 2»");
    }

    #[test]
    fn a_figure_goes_on_over_the_end_of_a_line() {
        check("-£5,250", "«-\n£5,250» - £5,250 «-£5,\n250»");
        check("2016/17", "«2016/\n17» 2016/ 17");
        check("45", "«45»\n17 «45»\n%");
    }

    #[test]
    fn all_hyphens_are_alike_and_what_is_not_seen_is_no_sign() {
        check("2016\u{2011}17", "«2016-17»");
        check("10\u{2060}–\u{2060}12", "«10–12»");
    }

    #[test]
    fn a_text_without_words_is_no_figure() {
        assert!(Words::new("a b").want(" \u{a0}").is_none());
    }
}
