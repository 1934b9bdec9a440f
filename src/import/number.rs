//! The number in what a cell shows, and the one that is stored behind it.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::fact::round;
use crate::model::Digits;
use crate::model::values::number::show_number;

/// How many powers of ten a format may show a number higher or lower: in thousands, millions and billions.
const SCALES: [i32; 4] = [0, -3, -6, -9];

/// A number that is shown, with the same number as it is stored, in the scale in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    pub shown: Decimal,
    pub stored: Decimal,
    /// How many powers of ten what is shown is higher than what is stored: 2 of a percentage, -3 of thousands.
    pub scale: i32,
}

impl Behind {
    /// Reads both, without their signs; none where the one is not the other rounded, whatever the scale.
    pub fn of(text: &str, stored: &str) -> Option<Self> {
        let digits = digits(text)?;
        let shown: Decimal = text[digits.clone()].replace(',', "").parse().ok()?;
        let full = decimal(stored)?.abs();
        let step = Decimal::new(1, shown.scale());
        let fits = |stored: &Decimal| (*stored - shown).abs() * Decimal::TWO <= step;
        let scaled = |scale: i32| scaled(full, scale).filter(fits).map(|stored| Self { shown, stored, scale });
        match text[digits.end..].trim_start().starts_with('%') {
            true => scaled(2),
            false => SCALES.into_iter().find_map(scaled),
        }
    }

    /// So many of what is stored are one of what is shown, where nothing beside the number says so: 1,000 where a format
    /// shows thousands as plain numbers.
    pub fn unsaid(self, text: &str) -> Option<u64> {
        let says = text.chars().any(char::is_alphabetic);
        (self.scale < 0 && !says && !self.shown.is_zero()).then(|| 10_u64.pow(self.scale.unsigned_abs()))
    }

    /// How far what is shown is from what is stored.
    pub fn difference(self) -> Decimal {
        (self.shown - self.stored).abs().normalize()
    }
}

/// What a cell shows, with as many digits as are asked for; none where what is stored is another number than what is shown.
pub fn with_digits(text: &str, stored: &str, digits_wanted: Digits) -> Option<String> {
    if digits_wanted == Digits::Shown {
        return Some(text.to_owned());
    }
    let behind = Behind::of(text, stored)?;
    // Thousands that are shown without saying so are taken in full.
    let full =
        behind.unsaid(text).map_or(Some(behind.stored), |size| behind.stored.checked_mul(Decimal::from(size)))?;
    let number = match digits_wanted {
        Digits::Shown | Digits::Stored => full.normalize(),
        Digits::Decimals(decimals) => {
            let mut number = round(full, decimals);
            number.rescale(decimals);
            number
        }
    };
    let at = digits(text)?;
    Some(format!("{}{}{}", &text[..at.start], show_number(number), &text[at.end..]))
}

/// A figure with commas between its thousands.
pub fn with_commas(text: &str) -> String {
    let at = digits(text).filter(|at| !text[at.clone()].contains(','));
    let number = at.and_then(|at| Some((at.clone(), text[at].parse::<Decimal>().ok()?)));
    match number {
        Some((at, number)) => format!("{}{}{}", &text[..at.start], show_number(number), &text[at.end..]),
        None => text.to_owned(),
    }
}

/// The first number of a text.
fn digits(text: &str) -> Option<Range<usize>> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    Some(start..start + rest[..end].trim_end_matches([',', '.']).len())
}

/// A decimal, perhaps with a power of ten.
fn decimal(text: &str) -> Option<Decimal> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

fn scaled(number: Decimal, scale: i32) -> Option<Decimal> {
    let power = Decimal::from(10_u64.pow(scale.unsigned_abs()));
    if scale < 0 { number.checked_div(power) } else { number.checked_mul(power) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_finds_what_is_stored_in_its_own_scale() {
        let behind =
            |text: &str, stored: &str| Behind::of(text, stored).map(|behind| behind.stored.normalize().to_string());
        assert_eq!(behind("98%", "0.977777777777778").as_deref(), Some("97.7777777777778"));
        assert_eq!(behind("£1,228,200", "1228199.62").as_deref(), Some("1228199.62"));
        assert_eq!(behind("(1,204)", "-1203.7").as_deref(), Some("1203.7"));
        assert_eq!(behind("£4.5M", "4500000").as_deref(), Some("4.5"));
        assert_eq!(behind("1,116", "1116026000").as_deref(), Some("1116.026"));
        assert_eq!(behind("1,117", "1116026000"), None);
        assert_eq!(Behind::of("1,116", "1116026000").and_then(|behind| behind.unsaid("1,116")), Some(1_000_000));
        assert_eq!(Behind::of("£4.5M", "4500000").and_then(|behind| behind.unsaid("£4.5M")), None);
        assert_eq!(behind("£1", "2500000"), None);
        assert_eq!(behind("3%", "0.05"), None);
    }

    #[test]
    fn digits_are_those_that_are_asked_for() {
        let with = |text: &str, stored: &str, digits| with_digits(text, stored, digits);
        assert_eq!(with("90%", "0.8965", Digits::Decimals(1)).as_deref(), Some("89.7%"));
        assert_eq!(with("£1,228", "1228.456", Digits::Decimals(2)).as_deref(), Some("£1,228.46"));
        assert_eq!(with("£5", "4.5", Digits::Decimals(2)).as_deref(), Some("£4.50"));
        assert_eq!(with("(1,204)", "-1203.71", Digits::Stored).as_deref(), Some("(1,203.71)"));
        assert_eq!(with("30 weeks", "30", Digits::Shown).as_deref(), Some("30 weeks"));
        assert_eq!(with("7", "12", Digits::Stored), None);
        assert_eq!(with("1,116", "1116026000", Digits::Stored).as_deref(), Some("1,116,026,000"));
        assert_eq!(with("£1.1m", "1116026", Digits::Stored).as_deref(), Some("£1.116026m"));
        assert_eq!(
            ["£1885663", "£1,885", "980", "1234.50%"].map(with_commas),
            ["£1,885,663", "£1,885", "980", "1,234.50%"]
        );
    }
}
