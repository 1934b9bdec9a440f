//! A stored number as the decimal that it stands for.
//!
//! Spreadsheets store binary numbers and count in them, but keep 15 digits: 0.29 may stand in a file as
//! `0.28999999999999998`. So the number is read as it was stored, written with the fewest digits that mean it, and cut to
//! 15. From there on everything is done with its digits, and halves are rounded away from nought.

/// How many digits a spreadsheet keeps.
pub const DIGITS_KEPT: usize = 15;

/// A decimal: 0.d₁d₂d₃… × 10^`point`, without zeros at its end; nought has no digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    pub is_negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// The decimal that a stored number stands for; none if it is none (infinite, not a number).
    pub fn of(stored: f64) -> Option<Decimal> {
        if !stored.is_finite() {
            return None;
        }
        let written = format!("{:e}", stored.abs());
        let (digits, exponent) = written.split_once('e')?;
        let digits = digits.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let decimal = Decimal { is_negative: stored < 0.0, digits, point: exponent.parse::<i32>().ok()? + 1 };
        Some(decimal.kept(DIGITS_KEPT as i32))
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// How many digits stand before its point; nought or less if it is below 1.
    pub fn whole_digits(&self) -> i32 {
        self.point
    }

    /// Times ten, as often as that.
    pub fn shifted(&self, places: i32) -> Decimal {
        Decimal { point: self.point + places, ..self.clone() }
    }

    /// Rounded to so many decimals, halves away from nought.
    pub fn rounded(&self, decimals: usize) -> Decimal {
        self.clone().kept(self.point.saturating_add(decimals as i32))
    }

    /// With its first digits alone, so many of them.
    fn kept(mut self, count: i32) -> Decimal {
        let count = usize::try_from(count).ok();
        let rounds_up = count.and_then(|count| self.digits.get(count)).is_some_and(|digit| *digit >= 5);
        self.digits.truncate(count.unwrap_or_default());
        if rounds_up {
            let nines = self.digits.iter().rev().take_while(|digit| **digit == 9).count();
            self.digits.truncate(self.digits.len() - nines);
            match self.digits.last_mut() {
                Some(digit) => *digit += 1,
                None => {
                    self.digits.push(1);
                    self.point += 1;
                }
            }
        }
        let zeros = self.digits.iter().rev().take_while(|digit| **digit == 0).count();
        self.digits.truncate(self.digits.len() - zeros);
        self
    }

    /// Its digits before and after the point, without zeros that need not stand: of 0.5 nothing and `5`.
    pub fn parts(&self) -> (String, String) {
        let at = usize::try_from(self.point).unwrap_or_default();
        let letters = |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
        let mut whole = letters(&self.digits[..at.min(self.digits.len())]);
        if self.is_zero() {
            return (String::new(), String::new());
        }
        whole.extend(std::iter::repeat_n('0', at.saturating_sub(self.digits.len())));
        let zeros = usize::try_from(-self.point).unwrap_or_default();
        let fraction = "0".repeat(zeros) + &letters(self.digits.get(at..).unwrap_or_default());
        (whole, fraction)
    }
}

/// Plainly: `-0.075`, `1234567.891`.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (whole, fraction) = self.parts();
        let sign = if self.is_negative && !self.is_zero() { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        match fraction.is_empty() {
            true => write!(f, "{sign}{whole}"),
            false => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::{Decimal as Exact, RoundingStrategy};

    use super::*;

    #[test]
    fn noise_of_binary_numbers_is_cut() {
        for (stored, shown) in [
            ("0.28999999999999998", "0.29"),
            ("0.97777777777777775", "0.977777777777778"),
            ("1234567890123456", "1234567890123460"),
            ("-0", "0"),
            ("1E-7", "0.0000001"),
            ("9.9999999999999999E22", "100000000000000000000000"),
            ("0.99999999999999989", "1"),
        ] {
            assert_eq!(Decimal::of(stored.parse().unwrap()).unwrap().to_string(), shown);
        }
        assert_eq!(Decimal::of(f64::NAN), None);
    }

    #[test]
    fn halves_go_away_from_nought() {
        let rounded = |stored: f64, decimals| Decimal::of(stored).unwrap().rounded(decimals).to_string();
        assert_eq!(rounded(0.5, 0), "1");
        assert_eq!(rounded(-0.5, 0), "-1");
        assert_eq!(rounded(1.005, 2), "1.01");
        assert_eq!(rounded(99.95, 1), "100");
        assert_eq!(rounded(0.04, 1), "0");
        assert_eq!(rounded(0.004, 1), "0");
    }

    proptest! {
        /// As exact decimals count, for every number of up to 15 digits.
        #[test]
        fn rounding_agrees_with_exact_decimals(
            digits in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..15, shift in -6i32..=6, decimals in 0usize..6,
        ) {
            let exact = Exact::new(digits, scale);
            let stored: f64 = exact.to_string().parse().unwrap();
            let ours = Decimal::of(stored).unwrap();
            prop_assert_eq!(ours.to_string(), exact.normalize().to_string());
            let moved = match shift < 0 {
                true => exact.checked_div(Exact::new(10i64.pow(shift.unsigned_abs()), 0)).unwrap(),
                false => exact * Exact::new(10i64.pow(shift.unsigned_abs()), 0),
            };
            let expected = moved.round_dp_with_strategy(decimals as u32, RoundingStrategy::MidpointAwayFromZero);
            prop_assert_eq!(ours.shifted(shift).rounded(decimals).to_string(), expected.normalize().to_string());
        }
    }
}
