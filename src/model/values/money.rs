//! An amount of money where nothing else may stand.

use super::amount::Amount;
use super::unit::Unit;
use crate::yaml::{Parse, Texts};

/// An amount of money; in pounds where no currency is typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money(pub Amount);

impl Parse for Money {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "an amount of money is written £1,323,536, £21.41 or £4.5M";
        match Amount::parse(text, Unit::POUNDS) {
            Ok(amount) if matches!(amount.unit, Unit::Money(_)) => Ok(Self(amount)),
            Ok(_) => Err(expected.to_owned()),
            Err(why) if why.starts_with(expected) => Err(why),
            Err(why) => Err(format!("{expected}; {why}")),
        }
    }

    fn texts() -> Texts {
        Texts::like(".*[0-9].*")
    }
}
