//! The unit in which a table states its figures: `£'000`, `%`, `working days`, `per 1,000`, or one that the
//! organisation declares.

use rust_decimal::Decimal;

use crate::model::values::number::parse_number;
use crate::model::values::{Currency, Id, TimeUnit, Unit, UnitId};
use crate::yaml::{Parse, Texts};

/// A unit, and how many of it one in the table stands for: 1,000 pounds for `£'000`.
#[derive(Debug, Clone, PartialEq)]
pub struct Denomination {
    pub unit: Unit,
    pub scale: Decimal,
    /// As it was typed.
    typed: String,
}

impl Denomination {
    pub fn is_money(&self) -> bool {
        matches!(self.unit, Unit::Money(_))
    }

    /// Whether the organisation declares it.
    pub fn is_declared(&self) -> bool {
        matches!(self.unit, Unit::Declared(_))
    }

    /// As it is printed; a declared unit goes by its name.
    pub fn typed(&self) -> &str {
        &self.typed
    }
}

impl Parse for Denomination {
    fn parse(text: &str) -> Result<Self, String> {
        let (unit, scale) = read(text).ok_or(
            "a unit is written £, £'000, £m, %, days, working days, ratio, per 1,000, or with the id of a unit that organisation.yaml declares under `units`",
        )?;
        Ok(Self { unit, scale: Decimal::from(scale), typed: text.to_owned() })
    }

    fn texts() -> Texts {
        Texts::All
    }
}

fn read(text: &str) -> Option<(Unit, u32)> {
    let one = |unit| Some((unit, 1));
    match text {
        "%" | "per cent" => return one(Unit::Percent),
        "percentage points" => return one(Unit::Points),
        "number" => return one(Unit::Number),
        "ratio" => return one(Unit::Ratio),
        "pence" => return None,
        _ => {}
    }
    if let Some(money) = money(text) {
        return Some(money);
    }
    if let Some(unit) = TimeUnit::typed(text) {
        return one(Unit::Time(unit));
    }
    if let Some(of) = text.strip_prefix("per ") {
        return one(Unit::Rate(parse_number(of).ok().and_then(|of| u32::try_from(of).ok()).filter(|of| *of > 0)?));
    }
    one(Unit::Declared(UnitId::of(&Id::parse(text).ok()?)?))
}

/// `£`, `£'000`, `$m`, `€ million`, `thousand pounds`.
fn money(text: &str) -> Option<(Unit, u32)> {
    let plain: String = text.to_lowercase().replace(['\'', '’', ',', ' '], "");
    let named = [("pounds", Currency::Pound), ("dollars", Currency::Dollar), ("euros", Currency::Euro)];
    let (currency, scale) = Currency::ALL
        .into_iter()
        .find_map(|currency| Some((currency, plain.strip_prefix(currency.sign())?)))
        .or_else(|| named.into_iter().find_map(|(name, currency)| Some((currency, plain.strip_suffix(name)?))))?;
    let scale = match scale {
        "" => 1,
        "000" | "000s" | "k" | "thousand" | "thousands" => 1_000,
        "m" | "million" | "millions" | "000000" => 1_000_000,
        "bn" | "billion" | "billions" => 1_000_000_000,
        _ => return None,
    };
    Some((Unit::Money(currency), scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_as_tables_print_them() {
        for (text, unit, scale) in [
            ("£'000", Unit::POUNDS, 1_000),
            ("£’000", Unit::POUNDS, 1_000),
            ("£m", Unit::POUNDS, 1_000_000),
            ("$ million", Unit::Money(Currency::Dollar), 1_000_000),
            ("pounds", Unit::POUNDS, 1),
            ("%", Unit::Percent, 1),
            ("working days", Unit::Time(TimeUnit::WorkingDays), 1),
            ("per 1,000", Unit::Rate(1_000), 1),
            ("ratio", Unit::Ratio, 1),
        ] {
            let read = Denomination::parse(text).unwrap();
            assert_eq!((read.unit, read.scale), (unit, Decimal::from(scale)), "{text}");
        }
        assert!(Denomination::parse("tco2e").unwrap().is_declared());
        for text in ["£ish", "Tonnes of CO2e", "per 0", "", "an-id-that-is-far-too-long-for-a-unit"] {
            assert!(Denomination::parse(text).is_err(), "{text}");
        }
    }
}
