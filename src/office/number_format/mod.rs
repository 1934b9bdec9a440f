//! What a cell shows of a number, by the code of its number format; or that it is not known.
//!
//! In: a code and the stored number. Out: the text that a person sees, in exact decimals ([`decimal`]), or why it may not be
//! taken. Nothing is guessed: a code of which any part is not known for certain ([`code`]) is refused, and so is one that
//! hides the number. Rounding is the spreadsheet's: halves away from nought, of the decimal and not of the binary number.

mod built_in;
mod code;
mod days;
mod decimal;
mod digits;

pub use built_in::{code as built_in, is_from_region};
pub use code::Condition;
pub use days::{DateSystem, number_of};
pub use decimal::{DIGITS_KEPT, Decimal};

use super::sheet::Refused;
use code::{Code, Section, Token};

/// A number format.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    /// None if it is not known.
    code: Option<Code>,
}

/// What a number is seen as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    Number { text: String },
    Day { text: String, iso: String },
    Duration { text: String },
}

/// The section that shows a number.
struct Chosen<'c> {
    section: &'c Section,
    /// It is there for numbers below nought, and says so by itself.
    is_of_negatives: bool,
    /// It is there for nought alone.
    is_of_zero: bool,
}

/// How nought is written in words. A section for nought that says anything else hides it.
const NIL: [&str; 7] = ["-", "–", "—", "−", "nil", "zero", "none"];

impl NumberFormat {
    pub fn read(code: &str) -> NumberFormat {
        NumberFormat { code: Code::read(code) }
    }

    /// What a number is seen as.
    pub fn number(&self, stored: f64, system: DateSystem) -> Result<Seen, Refused> {
        let number = Decimal::of(stored).ok_or(Refused::UnknownFormat)?;
        let code = self.code.as_ref().ok_or(Refused::UnknownFormat)?;
        if code.numbers.is_empty() {
            return code.as_text(&number).map(|text| Seen::Number { text }).ok_or(Refused::UnknownFormat);
        }
        let chosen = code.choose(stored).ok_or(Refused::UnknownFormat)?;
        if chosen.section.is_white {
            return Err(Refused::Masked);
        }
        if chosen.section.is_date() {
            let known = Some(chosen.section).filter(|section| !section.is_foreign && !chosen.is_of_negatives);
            return known.and_then(|section| days::shown(section, stored, system)).ok_or(Refused::UnknownFormat);
        }
        let text = chosen.text(&number)?;
        if number.whole_digits() > DIGITS_KEPT as i32 {
            return Err(Refused::TooManyDigits);
        }
        if number.is_negative && chosen.is_of_negatives && !code.tells_negatives(chosen.section) {
            return Err(Refused::SignNotShown);
        }
        if number.is_negative && !chosen.is_of_negatives && code.has_conditions() {
            return Err(Refused::SignNotShown);
        }
        Ok(Seen::Number { text })
    }

    /// What a text is seen as.
    pub fn text(&self, stored: &str) -> Result<String, Refused> {
        let code = self.code.as_ref().ok_or(Refused::UnknownFormat)?;
        let Some(section) = &code.text else { return Ok(stored.to_owned()) };
        if section.is_white || !section.has(|token| *token == Token::Text) {
            return Err(Refused::Masked);
        }
        section.filled(stored).ok_or(Refused::UnknownFormat)
    }
}

impl Code {
    fn has_conditions(&self) -> bool {
        self.numbers.iter().any(|section| section.condition.is_some())
    }

    /// The section for a number; none if programs choose differently.
    fn choose(&self, stored: f64) -> Option<Chosen<'_>> {
        if self.has_conditions() {
            return self.choose_by_condition(stored);
        }
        let at = match self.numbers.len() {
            3 if stored == 0.0 => 2,
            2 | 3 if stored < 0.0 => 1,
            _ => 0,
        };
        let section = self.numbers.get(at)?;
        Some(Chosen { section, is_of_negatives: at == 1, is_of_zero: at == 2 })
    }

    /// Conditions hold from the left, and the last section takes what is left.
    fn choose_by_condition(&self, stored: f64) -> Option<Chosen<'_>> {
        let (last, before) = self.numbers.split_last()?;
        if before.is_empty() || before.iter().any(|section| section.condition.is_none()) {
            return None;
        }
        let section = before.iter().find(|section| section.condition.is_some_and(|condition| condition.holds(stored)));
        let section = match (section, last.condition) {
            (Some(section), _) => section,
            (None, Some(condition)) if !condition.holds(stored) => return None,
            (None, _) => last,
        };
        let condition = section.condition;
        Some(Chosen {
            section,
            is_of_negatives: condition.is_some_and(|condition| condition.is_of_negatives()),
            is_of_zero: condition.is_some_and(|condition| condition.is_of_zero()),
        })
    }

    /// Whether the section for numbers below nought shows that they are: by a sign, brackets, or words that the others do not
    /// have. What stands for nought alone may have them.
    fn tells_negatives(&self, section: &Section) -> bool {
        let words = section.words();
        let others = self.numbers.iter().take(2).filter(|other| !std::ptr::eq(*other, section));
        !words.is_empty() && others.map(Section::words).all(|other| other != words)
    }

    /// A number in a format for texts.
    fn as_text(&self, number: &Decimal) -> Option<String> {
        let section = self.text.as_ref().filter(|section| section.tokens == [Token::Text])?;
        section.filled(&general(number)?)
    }
}

impl Chosen<'_> {
    /// The text of a number that is no day.
    fn text(&self, number: &Decimal) -> Result<String, Refused> {
        let section = self.section;
        let (text, shows_digits) =
            match section.tokens.iter().find(|token| matches!(token, Token::Digit(_) | Token::General)) {
                Some(Token::General) => self.general(number).map(|text| (text, true)),
                Some(_) => digits::shown(section, number, !self.is_of_negatives),
                None => section.filled("").map(|text| (text, false)),
            }
            .ok_or(Refused::UnknownFormat)?;
        match shows_digits || (self.is_of_zero && number.is_zero() && is_nil(&text)) {
            true => Ok(text),
            false => Err(Refused::Masked),
        }
    }

    fn general(&self, number: &Decimal) -> Option<String> {
        let text = general(number)?;
        let bare = text.trim_start_matches('-');
        let shown = if self.is_of_negatives { bare } else { &text };
        // A minus stands before the words of a format, not before the number.
        let is_plain = self.section.tokens.len() == 1 || self.is_of_negatives || bare.len() == text.len();
        is_plain.then(|| self.section.filled(shown)).flatten()
    }
}

impl Section {
    /// Its words, with a text in the place of `@` or `General`.
    fn filled(&self, text: &str) -> Option<String> {
        let mut filled = String::new();
        for token in &self.tokens {
            match token {
                Token::Literal(words) => filled.push_str(words),
                Token::Space => filled.push(' '),
                Token::Slash => filled.push('/'),
                Token::Point => filled.push('.'),
                Token::Percent => filled.push('%'),
                Token::Comma => {}
                Token::General | Token::Text => filled.push_str(text),
                _ => return None,
            }
        }
        Some(filled)
    }
}

/// A number with all its digits. What is below a ten thousandth is shown as a power, where there is no room.
fn general(number: &Decimal) -> Option<String> {
    (number.is_zero() || number.whole_digits() >= -3).then(|| number.to_string())
}

/// Whether a text says nought: in words, with or without a currency.
pub fn is_nil(text: &str) -> bool {
    let bare = text.trim().trim_matches(|letter: char| "£$€ \u{A0}".contains(letter));
    NIL.contains(&bare.to_lowercase().as_str())
}

#[cfg(test)]
mod tests;
