//! What is wrong in a drawing, at its place.

use std::ops::Range;

/// A fault of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands in the text of the drawing.
    pub at: Range<usize>,
    pub kind: FaultKind,
    /// What is wrong: small first letter, no full stop.
    pub message: String,
    pub help: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Something that is not seen is left out.
    LeftOut,
    /// The page and the PDF would not show the same, or something would be lost.
    NotAlike,
    /// A character cannot be printed.
    Character,
    /// The drawing shows nothing, or takes too long to be shown.
    Unfit,
}

impl Fault {
    pub fn left_out(at: Range<usize>, what: &str) -> Self {
        let help = "a drawing is published without scripts, movement and what it would load from elsewhere";
        Self { at, kind: FaultKind::LeftOut, message: format!("{what} is left out of the drawing"), help }
    }

    pub fn not_alike(at: Range<usize>, what: &str) -> Self {
        let help = "export the drawing as plain SVG 1.1 with colours such as #005eb8, or as PNG";
        let message = format!("the page and the PDF would not show {what} alike");
        Self { at, kind: FaultKind::NotAlike, message, help }
    }

    pub fn lost(at: Range<usize>, what: &str, help: &'static str) -> Self {
        Self { at, kind: FaultKind::NotAlike, message: format!("{what} cannot be shown"), help }
    }

    pub fn character(at: Range<usize>, character: char) -> Self {
        let code = u32::from(character);
        let message = match (unseen(character), character.is_control()) {
            (Some(name), _) => format!("an invisible character, {name} (U+{code:04X}), stands here"),
            (None, true) => format!("a control character (U+{code:04X}) stands here"),
            (None, false) => format!("the character {character} (U+{code:04X}) cannot be printed in the PDF"),
        };
        let help = "write it in words or draw it as a shape, in the program that made the drawing";
        Self { at, kind: FaultKind::Character, message, help }
    }

    pub fn unfit(at: Range<usize>, message: impl Into<String>, help: &'static str) -> Self {
        Self { at, kind: FaultKind::Unfit, message: message.into(), help }
    }
}

/// The name of a character that is not seen and would break words in two, or turn them round.
pub fn unseen(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' | '\u{2060}' => "a zero-width joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a mark of direction",
        '\u{2028}' | '\u{2029}' => "a line separator",
        '\u{fe00}'..='\u{fe0f}' => "a variation selector",
        '\u{feff}' => "a byte order mark",
        _ => return None,
    })
}
