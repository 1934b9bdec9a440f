//! Letters as they may stand in a report: no invisible ones, no blanks of other widths, small digits for raised ones.

use std::collections::BTreeMap;

/// What was done to letters, and how often.
#[derive(Debug, Default)]
pub struct Counts(BTreeMap<What, usize>);

/// Each is said in these words, one and several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    NoBreakSpace,
    ThinSpace,
    SoftHyphen,
    NoWidth,
    Direction,
    NoBreakHyphen,
    Underlined,
    Raised,
    Lowered,
    Tab,
    PageBreak,
    ColumnBreak,
    EmptyParagraph,
    Shape,
}

impl What {
    /// Under which word it is said, and how.
    fn said(self) -> (&'static str, &'static str, &'static str) {
        match self {
            What::NoBreakSpace => ("blanks", "non-breaking space became a space", "non-breaking spaces became spaces"),
            What::ThinSpace => {
                ("blanks", "space of another width became a space", "spaces of other widths became spaces")
            }
            What::SoftHyphen => ("characters", "soft hyphen left out", "soft hyphens left out"),
            What::NoWidth => ("characters", "zero-width space left out", "zero-width spaces left out"),
            What::Direction => ("characters", "mark of direction left out", "marks of direction left out"),
            What::NoBreakHyphen => {
                ("characters", "non-breaking hyphen became a hyphen", "non-breaking hyphens became hyphens")
            }
            What::Underlined => ("form", "stretch of words underlined", "stretches of words underlined"),
            What::Raised => ("form", "raised", "raised"),
            What::Lowered => ("form", "lowered", "lowered"),
            What::Tab => ("form", "tab", "tabs"),
            What::PageBreak => ("form", "page break", "page breaks"),
            What::ColumnBreak => ("form", "column break", "column breaks"),
            What::EmptyParagraph => ("form", "empty paragraph", "empty paragraphs"),
            What::Shape => ("form", "drawn shape without words left out", "drawn shapes without words left out"),
        }
    }
}

impl Counts {
    pub fn add(&mut self, what: What) {
        *self.0.entry(what).or_default() += 1;
    }

    /// What there is to say, by what it is about.
    pub fn said(&self) -> BTreeMap<&'static str, String> {
        let mut said: BTreeMap<&'static str, String> = BTreeMap::new();
        for (what, count) in &self.0 {
            let (about, one, several) = what.said();
            let words = format!("{count} {}", if *count == 1 { one } else { several });
            said.entry(about).and_modify(|before| *before += &format!("; {words}")).or_insert(words);
        }
        said
    }

    /// The letters of a text that may stand in a report.
    pub fn cleaned(&mut self, text: &str) -> String {
        text.chars().filter_map(|letter| self.letter(letter)).collect()
    }

    fn letter(&mut self, letter: char) -> Option<char> {
        let (what, instead) = match letter {
            '\u{a0}' => (What::NoBreakSpace, Some(' ')),
            '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => (What::ThinSpace, Some(' ')),
            '\u{ad}' => (What::SoftHyphen, None),
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => (What::NoWidth, None),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' => {
                (What::Direction, None)
            }
            '\u{2011}' => (What::NoBreakHyphen, Some('-')),
            '\t' => (What::Tab, Some(' ')),
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => return Some(' '),
            letter if letter.is_control() => return None,
            letter => return Some(letter),
        };
        self.add(what);
        instead
    }
}

/// Raised or lowered letters by their own signs; nothing where one of them has none.
pub fn small(text: &str, is_raised: bool) -> Option<String> {
    let signs = if is_raised {
        [
            ('0', '⁰'),
            ('1', '¹'),
            ('2', '²'),
            ('3', '³'),
            ('4', '⁴'),
            ('5', '⁵'),
            ('6', '⁶'),
            ('7', '⁷'),
            ('8', '⁸'),
            ('9', '⁹'),
            ('+', '⁺'),
            ('-', '⁻'),
            ('−', '⁻'),
            ('–', '⁻'),
            ('(', '⁽'),
            (')', '⁾'),
            ('n', 'ⁿ'),
            (' ', ' '),
        ]
    } else {
        [
            ('0', '₀'),
            ('1', '₁'),
            ('2', '₂'),
            ('3', '₃'),
            ('4', '₄'),
            ('5', '₅'),
            ('6', '₆'),
            ('7', '₇'),
            ('8', '₈'),
            ('9', '₉'),
            ('+', '₊'),
            ('-', '₋'),
            ('−', '₋'),
            ('–', '₋'),
            ('(', '₍'),
            (')', '₎'),
            ('n', 'ₙ'),
            (' ', ' '),
        ]
    };
    text.chars().map(|letter| signs.iter().find(|(plain, _)| *plain == letter).map(|(_, sign)| *sign)).collect()
}

/// Endings of ordinal numbers are raised for looks alone.
pub fn is_ordinal_ending(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "st" | "nd" | "rd" | "th")
}

/// Whether the letters of a font are signs.
pub fn is_font_of_signs(font: &str) -> bool {
    let font = font.to_lowercase();
    font.starts_with("wingdings") || font.starts_with("webdings") || font == "symbol"
}

/// The sign that a letter of such a font shows, where it is known for certain.
pub fn sign(font: &str, letter: u32) -> Option<&'static str> {
    let code = if (0xf000..=0xf0ff).contains(&letter) { letter - 0xf000 } else { letter };
    match font.to_lowercase().as_str() {
        "wingdings" => Some(match code {
            0x6c | 0x9f => "•",
            0x6e | 0xa7 => "▪",
            0x71 | 0xa8 => "□",
            0x6f => "□",
            0xd8 => "➢",
            0xfc | 0x50 => "✓",
            0xfb | 0x4f => "✗",
            0xfe => "☑",
            0xfd => "☒",
            0xe0 | 0xe8 => "→",
            0xdf | 0xe7 => "←",
            0xe1 | 0xe9 => "↑",
            0xe2 | 0xea => "↓",
            0xf3 => "↔",
            0x28 => "☎",
            0x2a => "✉",
            0x4a => "☺",
            0x4c => "☹",
            _ => return None,
        }),
        "wingdings 2" => Some(match code {
            0x50 => "✓",
            0x4f => "✗",
            0x52 => "☑",
            0x53 => "☒",
            0xa3 => "□",
            _ => return None,
        }),
        "symbol" => Some(match code {
            0xb7 => "•",
            0xb0 => "°",
            0xb1 => "±",
            0xb3 => "≥",
            0xa3 => "≤",
            0xb4 => "×",
            0xb8 => "÷",
            0xb9 => "≠",
            0xbb => "≈",
            0xae => "→",
            0xac => "←",
            0xad => "↑",
            0xaf => "↓",
            0xa5 => "∞",
            0x2d => "−",
            0x6d => "μ",
            0x61 => "α",
            0x62 => "β",
            0x67 => "γ",
            0x44 => "Δ",
            0x53 => "Σ",
            0xe5 => "∑",
            0xd6 => "√",
            _ => return None,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_digits_stay_raised() {
        assert_eq!(small("3", true).as_deref(), Some("³"));
        assert_eq!(small("-12", true).as_deref(), Some("⁻¹²"));
        assert_eq!(small("2", false).as_deref(), Some("₂"));
        assert_eq!(small("TM", true), None);
    }

    #[test]
    fn letters_that_nobody_sees_are_counted() {
        let mut counts = Counts::default();
        assert_eq!(
            counts.cleaned("£16.3\u{a0}million, soft\u{ad}hyphen, a\u{2011}b\u{200b}"),
            "£16.3 million, softhyphen, a-b"
        );
        let said = counts.said();
        assert_eq!(said["blanks"], "1 non-breaking space became a space");
        assert_eq!(
            said["characters"],
            "1 soft hyphen left out; 1 zero-width space left out; 1 non-breaking hyphen became a hyphen"
        );
    }
}
