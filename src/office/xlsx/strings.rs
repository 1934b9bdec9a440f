//! The texts that cells share, and texts of several looks.

use super::palette::Palette;
use super::styles::is_on;
use crate::office::colour::Colour;
use crate::office::tags::{Element, Event, Fault, Tags};

/// A text of a cell, with what its pieces say of their own look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub text: String,
    /// A piece of it is struck through.
    pub is_struck: bool,
    /// The inks of its pieces, where they have their own.
    pub inks: Vec<Colour>,
}

/// The texts of a workbook, by their numbers.
pub struct Strings(Vec<Text>);

impl Strings {
    pub fn read(text: Option<&str>, palette: &Palette) -> Result<Strings, Fault> {
        let mut strings = Vec::new();
        let mut tags = Tags::new(text.unwrap_or("<sst/>"));
        while let Some(event) = tags.next() {
            if let Event::Open(tag) = event?
                && tag.name == "si"
            {
                strings.push(Text::of(&tags.element(tag)?, palette));
            }
        }
        Ok(Strings(strings))
    }

    pub fn get(&self, number: usize) -> Option<&Text> {
        self.0.get(number)
    }
}

impl Text {
    /// The text of an element, without how it is pronounced.
    pub fn of(element: &Element, palette: &Palette) -> Text {
        let mut whole = Text::default();
        for piece in &element.children {
            match piece.name() {
                "t" => whole.text.push_str(&escaped(&piece.text)),
                "r" => {
                    let text = piece.child("t").map(|text| escaped(&text.text)).unwrap_or_default();
                    if !text.trim().is_empty() {
                        let look = piece.child("rPr");
                        let own = |name: &str| look.and_then(|look| look.child(name));
                        whole.is_struck |= own("strike").is_some_and(is_on);
                        whole.inks.extend(own("color").and_then(|colour| palette.colour(colour)));
                    }
                    whole.text.push_str(&text);
                }
                _ => {}
            }
        }
        whole
    }
}

/// A text with the letters that XML cannot hold, which are written `_x000D_`.
pub fn escaped(text: &str) -> String {
    let (mut letters, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).and_then(|code| code.strip_suffix('_'));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let end = at + if letter.is_some() { 7 } else { 2 };
        letters.push_str(&rest[..if letter.is_some() { at } else { end }]);
        letters.extend(letter.filter(|letter| *letter != '\r'));
        rest = &rest[end..];
    }
    letters + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_xml_cannot_hold_are_read() {
        assert_eq!(escaped("a_x000D_\nb_x0041_ _x00 _xZZZZ_ _x005F_x0041_"), "a\nbA _x00 _xZZZZ_ _x0041_");
        assert_eq!(escaped("_xé_x0041"), "_xé_x0041");
    }

    #[test]
    fn pronunciation_is_no_text() {
        let text = "<si><r><t>a</t></r><rPh sb='0' eb='1'><t>A</t></rPh><r><rPr><strike/></rPr><t>b</t></r></si>";
        let palette = Palette::read(None).unwrap();
        let read = Text::of(&Element::read(text).unwrap(), &palette);
        assert_eq!((read.text.as_str(), read.is_struck), ("ab", true));
    }
}
