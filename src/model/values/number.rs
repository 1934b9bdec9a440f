//! Numbers, exactly as they were typed, and whole counts.

use std::fmt;

use rust_decimal::Decimal;
use thiserror::Error;

use super::amount::{Amount, TYPED_MINUS};
use super::figure::Figure;
use super::unit::Unit;
use crate::wording::Wording;
use crate::yaml::{Parse, Texts};

/// Longest number that is taken: more digits than this are a slip of the keyboard.
const MOST_DIGITS: usize = 18;

/// Why a text is no number, as a help for its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NumberError {
    #[error("write a number in digits, such as 1,323 or 9.5")]
    NotDigits,
    #[error("a comma stands before every three digits: 1,323,536")]
    Grouping,
    #[error("a number does not begin with 0; if the nought belongs there, this is text")]
    LeadingZero,
    #[error("nought has no sign: write 0")]
    SignedNought,
    #[error("a figure has at most {MOST_DIGITS} digits")]
    TooLong,
}

/// Reads digits with an optional minus, thousands commas and decimals. Nothing is guessed: `010`, `1,32`, `1:30`
/// and `1e5` are refused. The number of decimals is kept.
pub fn parse_number(text: &str) -> Result<Decimal, NumberError> {
    let unsigned = text.strip_prefix(TYPED_MINUS).unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !whole.split(',').all(all_digits) || !decimals.is_none_or(all_digits) {
        return Err(NumberError::NotDigits);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if whole.contains(',') && (first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return Err(NumberError::Grouping);
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(NumberError::LeadingZero);
    }
    let is_negative = unsigned.len() < text.len();
    let digits: String = unsigned.chars().filter(|c| *c != ',').collect();
    if digits.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return Err(NumberError::TooLong);
    }
    let number = Decimal::from_str_exact(&digits).map_err(|_| NumberError::NotDigits)?;
    match is_negative {
        true if number.is_zero() => Err(NumberError::SignedNought),
        true => Ok(-number),
        false => Ok(number),
    }
}

/// Shows a number as messages and English reports do: with commas at the thousands and its decimals as they were typed; a
/// negative one with the sign that is not parted from it.
pub fn show_number(number: Decimal) -> String {
    Wording::english().number(number)
}

/// What is said of anything else than a number of things.
const WHOLE: &str = "write a whole number in digits that is not negative, such as 1,323";

/// A number of things: whole, not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(pub u64);

impl From<Count> for Figure {
    fn from(count: Count) -> Self {
        Figure::exact(Amount::new(Decimal::from(count.0), Unit::Number))
    }
}

impl Parse for Count {
    fn parse(text: &str) -> Result<Self, String> {
        let number = match parse_number(text) {
            Err(NumberError::NotDigits) => return Err(WHOLE.to_owned()),
            number => number.map_err(|why| why.to_string())?,
        };
        if number.is_sign_negative() || number.scale() > 0 {
            return Err(WHOLE.to_owned());
        }
        u64::try_from(number).map(Count).map_err(|_| "the number is too large".to_owned())
    }

    fn texts() -> Texts {
        Texts::like("[0-9]{1,3}(,[0-9]{3})+|[0-9]+(,[0-9]{3})*")
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&show_number(Decimal::from(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them_and_traps_are_not() {
        for (text, shown) in [
            ("1,323,536", "1,323,536"),
            ("9000", "9,000"),
            ("1.10", "1.10"),
            ("0", "0"),
            ("0.5", "0.5"),
            ("-12", "−12"),
            ("−12", "−12"),
        ] {
            assert_eq!(parse_number(text).map(show_number), Ok(shown.to_owned()), "{text}");
        }
        for text in [
            "",
            "010",
            "1,32",
            "1:30",
            "no",
            "1e5",
            "0x10",
            "1.",
            ".5",
            "--1",
            "-0",
            "1,,000",
            "1234,567",
            "٣",
            &"9".repeat(40),
        ] {
            assert!(parse_number(text).is_err(), "{text} must be refused");
        }
    }

    #[test]
    fn a_count_has_no_decimals_and_no_sign() {
        assert_eq!(Count::parse("1234").map(|count| count.to_string()), Ok("1,234".to_owned()));
        assert!(Count::parse("38.6").is_err() && Count::parse("-4").is_err());
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same_number(digits in -999_999_999_999_i64..999_999_999_999, scale in 0_u32..6) {
            let number = Decimal::new(digits, scale);
            prop_assert_eq!(parse_number(&show_number(number)), Ok(number));
        }
    }
}
