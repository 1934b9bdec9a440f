//! Lengths of time, in weeks or minutes.

use std::fmt;

use rust_decimal::Decimal;

use super::number::{parse_number, show_number};
use crate::yaml::Parse;

/// A length of time in the unit in which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    pub amount: Decimal,
    pub unit: TimeUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    Weeks,
    Minutes,
}

impl TimeUnit {
    /// The unit's name in data files.
    pub fn name(self) -> &'static str {
        match self {
            TimeUnit::Weeks => "weeks",
            TimeUnit::Minutes => "minutes",
        }
    }
}

impl Parse for Duration {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "a time is written 9.5 weeks or 5 mins";
        let (amount, unit) = text.split_once(' ').ok_or(expected)?;
        let unit = match unit.trim() {
            "week" | "weeks" => TimeUnit::Weeks,
            "min" | "mins" | "minute" | "minutes" => TimeUnit::Minutes,
            _ => return Err(expected.to_owned()),
        };
        let amount = parse_number(amount).map_err(|why| format!("{expected}; {why}"))?;
        if amount.is_sign_negative() { Err("a time is not negative".to_owned()) } else { Ok(Self { amount, unit }) }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (one, many) = match self.unit {
            TimeUnit::Weeks => ("week", "weeks"),
            TimeUnit::Minutes => ("min", "mins"),
        };
        write!(f, "{} {}", show_number(self.amount), if self.amount == Decimal::ONE { one } else { many })
    }
}
