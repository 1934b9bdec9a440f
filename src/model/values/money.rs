//! Amounts in pounds.

use std::fmt;

use rust_decimal::Decimal;

use super::number::{parse_number, show_number};
use crate::yaml::Parse;

/// An amount in pounds, with the scale in which it was written (`£4.5M`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    amount: Decimal,
    scale: Scale,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Pounds,
    Thousands,
    Millions,
}

impl Scale {
    fn mark(self) -> &'static str {
        match self {
            Scale::Pounds => "",
            Scale::Thousands => "k",
            Scale::Millions => "M",
        }
    }

    fn pounds(self) -> u32 {
        match self {
            Scale::Pounds => 1,
            Scale::Thousands => 1_000,
            Scale::Millions => 1_000_000,
        }
    }
}

impl Money {
    /// The amount in pounds, with the decimals that were typed.
    pub fn pounds(self) -> Decimal {
        match self.scale {
            Scale::Pounds => self.amount,
            scale => (self.amount * Decimal::from(scale.pounds())).normalize(),
        }
    }

    /// One in the last place that was typed, in pounds: 100,000 for £4.5M.
    pub fn step(self) -> Decimal {
        (Decimal::new(1, self.amount.scale()) * Decimal::from(self.scale.pounds())).normalize()
    }

    /// The amount as it was typed, in whatever unit the table gives; none where it was typed in thousands or millions.
    pub fn amount(self) -> Option<Decimal> {
        (self.scale == Scale::Pounds).then_some(self.amount)
    }

    /// What stands after the figure for its scale: nothing, k or M.
    pub fn mark(self) -> &'static str {
        self.scale.mark()
    }

    /// The figure without the pound sign, for columns whose heading gives the unit.
    pub fn bare(self) -> String {
        format!("{}{}", show_number(self.amount), self.scale.mark())
    }
}

impl Parse for Money {
    fn parse(text: &str) -> Result<Self, String> {
        let (sign, text) = text.strip_prefix("-£").map_or(("", text), |rest| ("-", rest));
        let digits = format!("{sign}{}", text.strip_prefix('£').map(str::trim_start).unwrap_or(text));
        let digits = digits.as_str();
        let (digits, scale) = match digits.chars().last() {
            Some('k') => (&digits[..digits.len() - 1], Scale::Thousands),
            Some('m' | 'M') => (&digits[..digits.len() - 1], Scale::Millions),
            _ => (digits, Scale::Pounds),
        };
        match parse_number(digits) {
            Ok(amount) => Ok(Self { amount, scale }),
            Err(why) => Err(format!("an amount of money is written £1,323,536, £21.41 or £4.5M; {why}")),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let bare = self.bare();
        match bare.strip_prefix('-') {
            Some(amount) => write!(f, "-£{amount}"),
            None => write!(f, "£{bare}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_keeps_the_form_in_which_it_was_written() {
        for (text, shown, pounds) in [
            ("£4.5M", "£4.5M", 4_500_000),
            ("4,873,500", "£4,873,500", 4_873_500),
            ("£ 1", "£1", 1),
            ("-£5", "-£5", -5),
        ] {
            let money = Money::parse(text).unwrap();
            assert_eq!((money.to_string().as_str(), money.pounds()), (shown, Decimal::from(pounds)));
        }
        assert!(Money::parse("$5").is_err());
        assert!(Money::parse("£").is_err());
    }
}
