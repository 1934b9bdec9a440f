//! The forms in which a fact can stand in a sentence.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::quantity::{FactValue, Quantity, round};
use crate::letters::capital;
use crate::model::values::{Amount, Currency, Manner, Unit};

/// The formats, and what each makes of a figure.
pub const FORMATS: &[(&str, &str)] = &[
    ("pounds", "£16,311,000; `dollars` and `euros` likewise"),
    ("dollars", "$16,311,000"),
    ("euros", "€16,311,000"),
    ("thousands", "£16,311k"),
    ("millions", "£16.3m; `millions 0` and `millions 2` have no or two decimals"),
    ("billions", "£1.2bn; `billions 0` and `billions 2` have no or two decimals"),
    ("percent", "89.7% as it was typed; `percent 0`, `percent 1` and `percent 2` round it"),
    ("points", "5 percentage points"),
    (
        "change",
        "Up 1,234, `Down …` where it is negative, `No change` where it is nothing; `change points` for a percentage that is a difference",
    ),
    ("count", "1,234"),
    ("plain", "1234"),
    ("words", "five"),
    ("Words", "Five"),
    ("ordinal", "4th"),
    ("ordinal-words", "fourth"),
    ("date", "31 March 2017"),
    ("day-month", "31 March"),
    ("month-year", "March 2017"),
    ("year", "2017"),
    ("financial-year", "2016/17; `financial-year long` is 2016/2017"),
    ("out-of", "30 out of 39: `out-of` and another address"),
    ("of", "30 of 39: `of` and another address"),
];

/// What can stand behind the name of a format that takes no address.
const ARGUMENTS: [Option<&str>; 6] = [None, Some("0"), Some("1"), Some("2"), Some("long"), Some("points")];

/// Every format in which a fact can be written, and what it makes of it.
pub fn forms<'m>(value: &'m FactValue, manner: &'m Manner) -> impl Iterator<Item = (String, String)> + 'm {
    let all = FORMATS.iter().flat_map(|(name, _)| ARGUMENTS.map(|argument| (*name, argument)));
    all.filter_map(move |(name, argument)| {
        let form = argument.map_or(name.to_owned(), |argument| format!("{name} {argument}"));
        Some((form, format(value, name, argument, manner)?))
    })
}

/// Writes a fact in a format. `None` where the format does not fit what the fact is.
pub fn format(value: &FactValue, name: &str, argument: Option<&str>, manner: &Manner) -> Option<String> {
    match value {
        FactValue::Quantity(quantity) => format_quantity(*quantity, name, argument, manner),
        FactValue::Day(day) => match (name, argument) {
            ("date", None) => Some(day.shown(&manner.wording)),
            ("day-month", None) => Some(manner.wording.day_of_month(day.month(), day.day())),
            ("month-year", None) => Some(manner.wording.month_of_year(day.year(), day.month())),
            ("year", None) => Some(day.year().to_string()),
            _ => None,
        },
        FactValue::FinancialYear(year) => match (name, argument) {
            ("financial-year", None) => Some(year.to_string()),
            ("financial-year", Some("long")) => Some(year.long()),
            _ => None,
        },
        FactValue::Words(_) => None,
    }
}

fn format_quantity(quantity: Quantity, name: &str, argument: Option<&str>, manner: &Manner) -> Option<String> {
    if !quantity.is_known() {
        return None; // What lies between two is printed as it was typed.
    }
    if name == "change" {
        return change(quantity, argument, manner);
    }
    let decimals = match argument {
        None => None,
        Some(digit @ ("0" | "1" | "2")) => digit.parse().ok(),
        Some(_) => return None,
    };
    let quantity = match (name, quantity.unit) {
        ("percent" | "points", Unit::Ratio) => {
            Quantity::exact(quantity.number.checked_mul(Decimal::ONE_HUNDRED)?, Unit::Percent)
        }
        _ => quantity,
    };
    // Nothing is printed to more places than it was typed to: £4.5M is not £4,500,000.
    if smallest_shown(name, decimals).is_some_and(|shown| quantity.step > shown) {
        return None;
    }
    let number = quantity.number;
    let pence = if number.fract().is_zero() { 0 } else { 2 };
    match (name, quantity.unit, decimals) {
        ("pounds", Unit::Money(Currency::Pound), None) => money(Currency::Pound, number, pence, "", manner),
        ("dollars", Unit::Money(Currency::Dollar), None) => money(Currency::Dollar, number, pence, "", manner),
        ("euros", Unit::Money(Currency::Euro), None) => money(Currency::Euro, number, pence, "", manner),
        ("thousands", Unit::Money(currency), None) => {
            money(currency, number / Decimal::ONE_THOUSAND, 0, "scale.k", manner)
        }
        ("millions", Unit::Money(currency), decimals) => {
            money(currency, number / Decimal::from(1_000_000), decimals.unwrap_or(1), "scale.m", manner)
        }
        ("billions", Unit::Money(currency), decimals) => {
            money(currency, number / Decimal::from(1_000_000_000), decimals.unwrap_or(1), "scale.bn", manner)
        }
        ("percent", Unit::Percent, None) => Some(Quantity { unit: Unit::Percent, ..quantity }.shown(manner)),
        // A figure that was typed has no more decimals than were typed.
        ("percent", Unit::Percent, Some(decimals)) if quantity.step.is_zero() || decimals <= number.scale() => {
            Some(Amount::new(round(number, decimals), Unit::Percent).shown(manner))
        }
        ("points", Unit::Percent | Unit::Points, None) => {
            Some(Quantity { unit: Unit::Points, ..quantity }.shown(manner))
        }
        ("count", Unit::Number, None) if number.fract().is_zero() => {
            Some(Amount::new(number.trunc(), Unit::Number).shown(manner))
        }
        ("plain", Unit::Number | Unit::Year, None) if number.fract().is_zero() => Some(number.normalize().to_string()),
        ("year", Unit::Number | Unit::Year, None) => Some(number.normalize().to_string()),
        ("words", Unit::Number, None) => manner.wording.in_words(whole(number)?),
        ("Words", Unit::Number, None) => manner.wording.in_words(whole(number)?).map(|words| capital(&words)),
        ("ordinal", Unit::Number, None) => whole(number).map(|place| manner.wording.place(place)),
        ("ordinal-words", Unit::Number, None) => manner.wording.place_in_words(whole(number)?),
        _ => None,
    }
}

/// The least amount of money that a format tells apart; none of other formats. Pence are printed where there are any.
pub fn smallest_shown(name: &str, decimals: Option<u32>) -> Option<Decimal> {
    let of = |scale: i64, decimals: u32| Decimal::from(scale) * Decimal::new(1, decimals);
    match name {
        "pounds" | "dollars" | "euros" => Some(Decimal::ONE),
        "thousands" => Some(of(1_000, 0)),
        "millions" => Some(of(1_000_000, decimals.unwrap_or(1))),
        "billions" => Some(of(1_000_000_000, decimals.unwrap_or(1))),
        _ => None,
    }
}

/// A difference, with the word for its direction. A percentage could be growth; that it is in points must be said.
fn change(quantity: Quantity, argument: Option<&str>, manner: &Manner) -> Option<String> {
    let unit = match (quantity.unit, argument) {
        (Unit::Percent | Unit::Points, Some("points")) => Unit::Points,
        (Unit::Percent, _) | (_, Some(_)) => return None,
        (unit, None) => unit,
    };
    let size = Quantity { number: quantity.number.abs(), unit, ..quantity }.shown(manner);
    let wording = &manner.wording;
    Some(match quantity.number.cmp(&Decimal::ZERO) {
        Ordering::Greater => wording.say("format.up", &[("size", &size)]),
        Ordering::Less => wording.say("format.down", &[("size", &size)]),
        Ordering::Equal => wording.say("format.no-change", &[]),
    })
}

/// An amount of money, with the message that says thousands, millions or billions; none where it would be rounded to
/// nothing.
fn money(currency: Currency, amount: Decimal, decimals: u32, scale: &str, manner: &Manner) -> Option<String> {
    let number = round(amount, decimals);
    let wording = &manner.wording;
    let scale = if scale.is_empty() { String::new() } else { wording.say(scale, &[]) };
    let shown = || currency.written(&wording.number(number.abs()), &scale, wording);
    (amount.is_zero() || !number.is_zero()).then(|| match number < Decimal::ZERO {
        true => manner.negative(shown()),
        false => shown(),
    })
}

fn whole(number: Decimal) -> Option<u64> {
    number.fract().is_zero().then(|| number.to_u64()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::model::values::{Date, FinancialYear};
    use crate::wording::Wordings;
    use crate::yaml::Parse;

    #[test]
    fn every_format_writes_what_its_name_says() {
        let money = FactValue::Quantity(Quantity::typed("16311000".parse().unwrap(), Unit::POUNDS));
        let share = FactValue::Quantity(Quantity::typed("89.75".parse().unwrap(), Unit::Percent));
        let count = FactValue::Quantity(Quantity::count(1234));
        let pence = FactValue::Quantity(Quantity::typed("4.50".parse().unwrap(), Unit::POUNDS));
        let fewer = FactValue::Quantity(Quantity::typed("-5".parse().unwrap(), Unit::Points));
        let few = FactValue::Quantity(Quantity::count(4));
        let day = FactValue::Day(Date::parse("2017-03-31").unwrap());
        let year = FactValue::FinancialYear(FinancialYear(2016));
        for (value, name, argument, shown) in [
            (&money, "pounds", None, "£16,311,000"),
            (&pence, "pounds", None, "£4.50"),
            (&money, "thousands", None, "£16,311k"),
            (&money, "millions", None, "£16.3m"),
            (&money, "millions", Some("0"), "£16m"),
            (&money, "millions", Some("2"), "£16.31m"),
            (&share, "percent", None, "89.75%"),
            (&share, "percent", Some("1"), "89.8%"),
            (&share, "percent", Some("0"), "90%"),
            (&share, "points", None, "89.75 percentage points"),
            (&count, "change", None, "Up 1,234"),
            (&fewer, "change", None, "Down 5 percentage points"),
            (&share, "change", Some("points"), "Up 89.75 percentage points"),
            (&count, "count", None, "1,234"),
            (&count, "plain", None, "1234"),
            (&few, "words", None, "four"),
            (&few, "Words", None, "Four"),
            (&few, "ordinal", None, "4th"),
            (&few, "ordinal-words", None, "fourth"),
            (&day, "date", None, "31 March 2017"),
            (&day, "day-month", None, "31 March"),
            (&day, "month-year", None, "March 2017"),
            (&day, "year", None, "2017"),
            (&year, "financial-year", None, "2016/17"),
            (&year, "financial-year", Some("long"), "2016/2017"),
        ] {
            assert_eq!(
                format(value, name, argument, Manner::of_messages()).as_deref(),
                Some(shown),
                "{name} {argument:?}"
            );
        }
        for (value, name) in [
            (&share, "change"),
            (&money, "percent"),
            (&share, "words"),
            (&day, "count"),
            (&year, "date"),
            (&few, "pounds"),
            (&count, "words"),
        ] {
            assert_eq!(format(value, name, None, Manner::of_messages()), None, "{name} must not fit");
        }
    }

    /// The word for a rise or a fall follows the sign of the figure, in each language.
    #[test]
    fn the_direction_of_a_change_follows_from_its_sign() {
        for (language, rise, fall, none) in [
            ("en", "Up 1,234.5", "Down 1,234.5", "No change"),
            ("cy", "I fyny 1,234.5", "I lawr 1,234.5", "Dim newid"),
            ("fr", "En hausse de 1\u{a0}234,5", "En baisse de 1\u{a0}234,5", "Sans changement"),
        ] {
            let wording = Arc::clone(Wordings::default().find(language, None).unwrap());
            let manner = Manner { wording, ..Manner::of_messages().clone() };
            for (number, shown) in [("1234.5", rise), ("-1234.5", fall), ("0", none)] {
                let value = FactValue::Quantity(Quantity::typed(number.parse().unwrap(), Unit::Number));
                assert_eq!(format(&value, "change", None, &manner).as_deref(), Some(shown));
            }
        }
    }
}
