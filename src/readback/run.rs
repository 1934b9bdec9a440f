//! Words that are written from right to left, in the order of reading.
//!
//! A PDF draws the words of a line one piece after the other as they are read, but each piece from left to right: the eye
//! does not mind. Of pieces that are drawn from the end of their words the file says so (`ReversedChars`), but for single
//! letters, and for signs between them. In: glyphs that follow each other from left to right without room between them, a
//! run. Out: the same as they are read.

use super::place::Place;
use super::surface::Ink;

/// A glyph that is heard when its run is whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    pub letters: String,
    pub place: Place,
    pub ink: Ink,
    /// Whether the file says that it is drawn from the end of its words.
    pub is_reversed: bool,
    pub of: Of,
}

/// The marked content that a glyph is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Of {
    /// The number by which tags name it.
    pub id: Option<i32>,
    pub is_artifact: bool,
    /// Its place among those of the page.
    pub content: usize,
}

/// Glyphs from left to right.
#[derive(Debug, Default)]
pub struct Run(Vec<Heard>);

impl Heard {
    /// Whether it says by itself that it is written from left to right.
    fn is_ltr(&self) -> bool {
        !self.is_reversed && self.letters.chars().any(char::is_alphanumeric)
    }
}

impl Run {
    /// Whether a glyph goes on with it. In a file that is written from left to right, letters that are so end it.
    pub fn takes(&self, letters: &str, place: &Place, is_rtl: bool) -> bool {
        let may = is_rtl || !letters.chars().any(char::is_alphanumeric);
        may && self.0.last().is_some_and(|last| last.place.goes_on(place))
    }

    /// Whether a glyph is drawn a second time, for its outline.
    pub fn ends_at(&self, place: &Place) -> bool {
        self.0.last().is_some_and(|last| last.place == *place)
    }

    pub fn push(&mut self, glyph: Heard) {
        self.0.push(glyph);
    }

    /// Where it begins and ends, from left to right. A sign that is not seen at its end takes no room that is known.
    pub fn ends(&self) -> Option<(Place, Place)> {
        let last = self.0.iter().rfind(|one| !one.letters.is_empty()).or(self.0.last())?;
        Some((self.0.first()?.place, last.place))
    }

    /// Its glyphs in the order of reading; it is empty after that. Where all of it may be written from right to left, it
    /// is turned round; else what lies from the first to the last of those that are, with no others between them.
    pub fn in_order(&mut self, is_rtl: bool) -> Vec<Heard> {
        let mut glyphs = with_spaces(std::mem::take(&mut self.0));
        if is_rtl && !glyphs.iter().any(Heard::is_ltr) {
            glyphs.reverse();
            return glyphs;
        }
        let mut from = 0;
        while let Some(start) = glyphs[from..].iter().position(|one| one.is_reversed).map(|start| from + start) {
            let end = glyphs[start..].iter().position(Heard::is_ltr).map_or(glyphs.len(), |end| start + end);
            let words =
                glyphs[start..end].iter().rposition(|one| one.is_reversed).map_or(start, |last| start + last + 1);
            glyphs[start..words].reverse();
            from = end.max(words);
        }
        glyphs
    }
}

/// Signs that are not seen, and have no letters here, are drawn with the glyph of the space: those are spaces that leave
/// room before the next glyph.
fn with_spaces(glyphs: Vec<Heard>) -> Vec<Heard> {
    let next: Vec<Option<Place>> = glyphs.iter().skip(1).map(|one| Some(one.place)).chain([None]).collect();
    let seen = |(mut glyph, next): (Heard, Option<Place>)| {
        if glyph.letters.is_empty() {
            next.filter(|next| glyph.place.is_wide_before(next))?;
            glyph.letters.push(' ');
        }
        Some(glyph)
    };
    glyphs.into_iter().zip(next).filter_map(seen).collect()
}

#[cfg(test)]
mod tests {
    use kurbo::Affine;
    use proptest::prelude::*;

    use super::*;

    /// A run of one-letter glyphs; what stands between `‹` and `›` is drawn from the end of its words.
    fn run(drawn: &str) -> Run {
        let mut run = Run::default();
        let mut is_reversed = false;
        for letter in drawn.chars() {
            match letter {
                '‹' => is_reversed = true,
                '›' => is_reversed = false,
                _ => run.push(Heard {
                    letters: letter.to_string(),
                    place: Place::at(Affine::IDENTITY),
                    ink: Ink::Unknown,
                    is_reversed,
                    of: Of::default(),
                }),
            }
        }
        run
    }

    fn read(drawn: &str, is_rtl: bool) -> String {
        run(drawn).in_order(is_rtl).into_iter().map(|one| one.letters).collect()
    }

    #[test]
    fn words_are_read_from_their_beginning() {
        assert_eq!(read("‹םולש›", true), "שלום");
        // Each piece is of another font.
        assert_eq!(read(".‹ךל› ‹םולש›", true), "שלום לך.");
        assert_eq!(read("12,400", true), "12,400");
        assert_eq!(read("a ‹ךל› ‹םולש› b, c", false), "a שלום לך b, c");
        assert_eq!(read("‹םולש›, b ‹ךל›", false), "שלום, b לך");
        assert_eq!(read("a (b) c", true), "a (b) c");
    }

    proptest! {
        #[test]
        fn no_glyph_is_lost(drawn in "[ab1 ,.‹›שלם]{0,24}", is_rtl: bool) {
            let sorted = |text: &str| {
                let mut all: Vec<char> = text.chars().filter(|c| !matches!(c, '‹' | '›')).collect();
                all.sort_unstable();
                all
            };
            prop_assert_eq!(sorted(&read(&drawn, is_rtl)), sorted(&drawn));
        }
    }
}
