//! The words of a text, as numbers and names are read from them.

use std::ops::Range;

use crate::letters::{is_of_a_word, is_unspaced};
use crate::wording::Wording;

/// A word of a text: letters and digits, with the commas and points inside a number, its currency and its `%`. Numbers
/// in words and months of another language stand here as the English ones that mean the same. Where a script has no spaces
/// between words, what it writes between others is one word: "来館者は20,000人" has three.
#[derive(Debug)]
pub struct Token<'t> {
    pub text: &'t str,
    pub at: Range<usize>,
    /// In small letters.
    pub lower: String,
    /// What stands between it and the word before it.
    pub joint: Joint,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// The text begins, or something else stands there.
    Other,
    Space,
    /// A hyphen of any kind.
    Hyphen,
    /// A dash without spaces.
    Dash,
    Slash,
    Colon,
    /// What says that a figure follows: a colon and a space, or an equals sign.
    Announces,
    /// A comma and a space.
    Comma,
    /// An apostrophe, with which a word goes on.
    Apostrophe,
}

impl Joint {
    fn of(between: &str) -> Self {
        match between {
            "-" | "\u{2010}" | "\u{2011}" | "\u{ad}" => Self::Hyphen,
            "–" | "—" | "‒" => Self::Dash,
            "/" | "⁄" | "∕" => Self::Slash,
            ":" => Self::Colon,
            ": " | "=" | " = " => Self::Announces,
            ", " => Self::Comma,
            // "16- and 17-year-olds"
            "- " => Self::Space,
            "'" | "’" => Self::Apostrophe,
            _ if !between.is_empty() && between.chars().all(char::is_whitespace) => Self::Space,
            _ => Self::Other,
        }
    }
}

impl Token<'_> {
    pub fn has_digit(&self) -> bool {
        self.text.contains(char::is_numeric)
    }

    /// Whether it is digits alone.
    pub fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether it stands right behind another, without anything between.
    pub fn touches(&self, before: &Self) -> bool {
        before.at.end == self.at.start
    }

    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// The words of a text in a language, in their order.
pub fn tokens_in<'t>(text: &'t str, wording: &'t Wording) -> Vec<Token<'t>> {
    let spaces =
        Spaces { in_thousands: wording.has_spaces_in_thousands(), before_percent: wording.has_space_before_percent() };
    let mut all = cut(text, spaces);
    if wording.reads_more_than_english() {
        for token in &mut all {
            if let Some(english) = wording.in_english(&token.lower) {
                token.text = english;
                token.lower = english.to_lowercase();
            }
        }
    }
    all
}

/// The words of an English text in their order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    cut(text, Spaces::default())
}

/// Where spaces may stand in a number.
#[derive(Clone, Copy, Default)]
struct Spaces {
    in_thousands: bool,
    before_percent: bool,
}

/// The words of a text, in whose numbers such spaces may stand.
fn cut(text: &str, spaces: Spaces) -> Vec<Token<'_>> {
    let mut all: Vec<Token> = Vec::new();
    let mut letters = text.char_indices().peekable();
    let mut end = 0;
    while let Some((start, first)) = letters.next() {
        let is_currency = "£$€".contains(first);
        let begins =
            first.is_alphanumeric() || (is_currency && letters.peek().is_some_and(|(_, next)| next.is_numeric()));
        if !begins {
            continue;
        }
        let mut last = (start, first);
        while let Some(&(place, letter)) = letters.peek() {
            let after = || text[place + letter.len_utf8()..].chars().next();
            let is_inside = (is_of_a_word(letter) && is_unspaced(letter) == is_unspaced(last.1))
                || (matches!(letter, '.' | ',')
                    && last.1.is_ascii_digit()
                    && after().is_some_and(|c| c.is_ascii_digit()))
                || (letter == '%' && last.1.is_numeric());
            let is_space = last.1.is_ascii_digit() && spaces.go_on(letter, &text[place + letter.len_utf8()..]);
            if !is_inside && !is_space {
                break;
            }
            last = (place, if is_space { last.1 } else { letter });
            letters.next();
        }
        let at = start..last.0 + last.1.len_utf8();
        let joint = if all.is_empty() { Joint::Other } else { Joint::of(&text[end..start]) };
        end = at.end;
        all.push(Token { text: &text[at.clone()], lower: text[at.clone()].to_lowercase(), at, joint });
    }
    all
}

impl Spaces {
    /// Whether a number goes on behind a space: with a percent sign, or with three digits behind one at which no line
    /// ends.
    fn go_on(self, space: char, behind: &str) -> bool {
        let is_unbroken = matches!(space, '\u{a0}' | '\u{202f}');
        let digits = || behind.chars().take_while(char::is_ascii_digit).count();
        (self.before_percent && (is_unbroken || space == ' ') && behind.starts_with('%'))
            || (self.in_thousands && is_unbroken && digits() == 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Wordings;

    #[test]
    fn a_word_keeps_what_belongs_to_its_number() {
        let words = |text| tokens(text).iter().map(|one| one.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(words("£16.3m, 1,323,536 (98%) at 9.30am."), ["£16.3m", "1,323,536", "98%", "at", "9.30am"]);
        let french = Wordings::default().find("fr", None).unwrap().clone();
        let words_in_french = |text| tokens_in(text, &french).iter().map(|one| one.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(words_in_french("1\u{a0}060 (12,5 %) en 2016 250"), ["1\u{a0}060", "12,5 %", "in", "2016", "250"]);
        assert_eq!(
            words_in_french("1\u{202f}060 12\u{202f}% 2016\u{202f}2505"),
            ["1\u{202f}060", "12\u{202f}%", "2016", "2505"]
        );
        let german = Spaces { in_thousands: false, before_percent: true };
        let words_in_german = |text| cut(text, german).iter().map(|one| one.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(words_in_german("1.060 (12,5 %) 1\u{a0}060"), ["1.060", "12,5 %", "1", "060"]);
        assert_eq!(words("8 अप्रैल, फ़रवरी से"), ["8", "अप्रैल", "फ़रवरी", "से"]);
        assert_eq!(words("来館者は20,000人、2025年"), ["来館者は", "20,000", "人", "2025", "年"]);
        assert_eq!(words("thirty‑nine two-thirds 24/7 £"), ["thirty", "nine", "two", "thirds", "24", "7"]);
    }
}
