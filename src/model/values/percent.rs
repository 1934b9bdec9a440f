//! Percentages.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::amount::Amount;
use super::figure::Figure;
use super::number::{parse_number, show_number};
use super::unit::Unit;
use crate::yaml::{Parse, Texts};

/// A percentage with the decimals that it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub struct Percent(pub Decimal);

impl Percent {
    /// The share of `part` in `whole`, rounded half up to whole per cent; none of nothing is no percentage.
    pub fn share(part: usize, whole: usize) -> Option<Self> {
        let exact = (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(whole))?;
        Some(Self(exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)))
    }
}

impl From<Percent> for Figure {
    fn from(percent: Percent) -> Self {
        Figure::exact(Amount::new(percent.0, Unit::Percent))
    }
}

impl Parse for Percent {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "a percentage is written 98% or 99.55%";
        let digits = text.strip_suffix('%').ok_or(expected)?.trim_end();
        parse_number(digits).map(Percent).map_err(|why| format!("{expected}; {why}"))
    }

    fn texts() -> Texts {
        Texts::like(".*[0-9] *%")
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}%", show_number(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up() {
        let share = |part, whole| Percent::share(part, whole).map(|share| share.to_string());
        assert_eq!(share(21, 39).as_deref(), Some("54%"));
        assert_eq!(share(1, 8).as_deref(), Some("13%"));
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn decimals_stay_as_they_were_written() {
        assert_eq!(Percent::parse("99.50%").unwrap().to_string(), "99.50%");
        assert!(Percent::parse("98").is_err());
    }
}
