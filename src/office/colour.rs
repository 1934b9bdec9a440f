//! Ink and paper: whether what is written in a cell can be seen.
//!
//! Two colours are the same where the lightness of one is less than 1.2 times that of the other, as WCAG counts it; so are
//! they when a finished PDF is read back.

use crate::contrast::contrast;

/// A colour of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// How much lighter one colour must be for the other to be seen on it.
const LEAST_CONTRAST: f64 = 1.2;

impl Colour {
    pub const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };

    pub const fn of(number: u32) -> Colour {
        let [_, red, green, blue] = number.to_be_bytes();
        Colour { red, green, blue }
    }

    /// Reads `1F497D`, `FF1F497D` (of which the first two digits are how opaque it is) or `#1f497d`.
    pub fn read(text: &str) -> Option<Colour> {
        let digits = text.trim().trim_start_matches('#');
        let digits = if digits.len() == 8 { digits.get(2..)? } else { digits };
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok().map(Colour::of)
    }

    /// Lighter by a share of what is missing to white, or darker by a share of what it has.
    pub fn tinted(self, tint: f64) -> Colour {
        let tint = tint.clamp(-1.0, 1.0);
        // In the model of hue, lightness and saturation every part moves with the lightness.
        let parts = [self.red, self.green, self.blue].map(|part| f64::from(part) / 255.0);
        let (most, least) = (parts.into_iter().fold(0.0, f64::max), parts.into_iter().fold(1.0, f64::min));
        let before = (most + least) / 2.0;
        let after = if tint < 0.0 { before * (1.0 + tint) } else { before * (1.0 - tint) + tint };
        let room = |lightness: f64| 1.0 - (2.0 * lightness - 1.0).abs();
        let spread = if room(before) > 0.0 { room(after) / room(before) } else { 0.0 };
        let [red, green, blue] = parts.map(|part| ((after + (part - before) * spread) * 255.0).round() as u8);
        Colour { red, green, blue }
    }

    /// Whether ink of this colour is seen on that ground.
    pub fn is_seen_on(self, ground: Colour) -> bool {
        let parts = |colour: Colour| [colour.red, colour.green, colour.blue];
        contrast(parts(self), parts(ground)) >= LEAST_CONTRAST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_not_seen_on_white_nor_nearly_white() {
        assert!(!Colour::WHITE.is_seen_on(Colour::WHITE));
        assert!(!Colour::of(0xF2F2F2).is_seen_on(Colour::WHITE));
        assert!(!Colour::BLACK.is_seen_on(Colour::of(0x0A0A0A)));
        assert!(Colour::WHITE.is_seen_on(Colour::of(0x1F497D)));
        assert!(Colour::of(0xA6A6A6).is_seen_on(Colour::WHITE));
    }

    #[test]
    fn tints_are_those_of_spreadsheets() {
        assert_eq!(Colour::of(0x1F497D).tinted(0.8), Colour::of(0xC6D9F1));
        assert_eq!(Colour::BLACK.tinted(1.0), Colour::WHITE);
        assert_eq!(Colour::WHITE.tinted(-0.25), Colour::of(0xBFBFBF));
        assert_eq!(Colour::WHITE.tinted(0.0), Colour::WHITE);
    }

    #[test]
    fn colours_are_read_with_and_without_how_opaque_they_are() {
        assert_eq!(Colour::read("FFFFFFFF"), Some(Colour::WHITE));
        assert_eq!(Colour::read("#000000"), Some(Colour::BLACK));
        assert_eq!(Colour::read("auto"), None);
        assert_eq!(Colour::read("ééé"), None);
    }
}
