//! Whether a number of a workbook counts what the place counts that it goes to: £1,250 is not £1,250 thousand, and 0.12 is
//! not 12%. What contradicts is refused until the imports file says what the workbook has; then it is calculated, exactly.

use rust_decimal::Decimal;

use super::cell::NotGiven;
use super::lines::{Says as Stands, Slot};
use super::number::Behind;
use crate::fact::{Quantity, round};
use crate::model::values::number::show_number;
use crate::model::values::{Amount, Unit};
use crate::model::{Denomination, Digits};
use crate::yaml::Parse;

/// One number is about a thousand times another from a third of that to three times that: figures of two years differ by less.
const NEAR: u32 = 3;

/// What the sheet and the imports file say of the unit of a column.
#[derive(Debug, Clone, Copy)]
pub struct Says<'a> {
    pub heading: &'a str,
    pub unit: Option<&'a Denomination>,
}

/// A number as a cell shows it, with what is stored behind it, where it is stored as a number.
#[derive(Debug, Clone, Copy)]
pub struct Number<'a> {
    pub text: &'a str,
    pub stored: Option<&'a str>,
}

impl Number<'_> {
    pub fn is_one(self) -> bool {
        self.amount().is_some()
    }

    /// What is shown, with the sign of money or per cent and the word for thousands that stand beside it.
    fn amount(self) -> Option<Amount> {
        let text = super::layout::single_spaced(self.text);
        Amount::parse(&text, Unit::Number).or_else(|_| Amount::parse(&text, Unit::POUNDS)).ok()
    }

    /// Whether it is shown in thousands or millions, by its format or by a word beside it.
    fn is_scaled(self) -> bool {
        let by_format =
            self.stored.and_then(|stored| Behind::of(self.text, stored)).is_some_and(|behind| behind.scale < 0);
        by_format || self.amount().is_some_and(|amount| !amount.is_in_full())
    }
}

/// Why a number may count something else than its place does; none where nothing contradicts.
pub fn doubt(number: Number, heading: &str, slot: &Slot) -> Option<NotGiven> {
    let Stands::Figure(_) = slot.says else { return None };
    let amount = number.amount()?;
    let headed = denominations(heading).next();
    let own = unit(slot);
    let is_money = matches!(own, Unit::Money(_));
    let shown = number.text;
    let here = called(own, slot.size);
    let refuse = |why: String, as_it_is: &str| {
        let help = format!(
            "say under `units` what the numbers of the column are: `{}: {as_it_is}`; they are then calculated into {here}",
            slot.ending
        );
        Some(NotGiven { why, help })
    };
    if let Some(other) =
        headed.as_ref().filter(|_| is_money).filter(|one| one.is_money() && (one.unit, one.scale) != (own, slot.size))
    {
        return refuse(
            format!("shows {shown} under a heading with {}, where {here} is meant", other.typed()),
            &quoted(other.typed()),
        );
    }
    match (own, amount.unit) {
        (Unit::Money(_), Unit::Percent) => return refuse(format!("shows {shown}, where {here} is meant"), "\"£\""),
        (Unit::Money(_), Unit::Money(_)) if slot.size != Decimal::ONE && headed.is_none() => {
            let what = if number.is_scaled() { "" } else { ", in full" };
            return refuse(format!("shows {shown}{what}, where {here} is meant"), "£");
        }
        (Unit::Percent, Unit::Number) => return of_a_percentage(number, amount, headed.as_ref(), slot, refuse),
        _ => {}
    }
    match headed.is_none() && is_money && amount.unit == Unit::Number {
        true => of_another_size(number, amount, slot, &here),
        false => None,
    }
}

/// A plain number where a percentage is meant: 12 may be 12%, and 0.12 as well.
fn of_a_percentage(
    number: Number,
    amount: Amount,
    headed: Option<&Denomination>,
    slot: &Slot,
    refuse: impl Fn(String, &str) -> Option<NotGiven>,
) -> Option<NotGiven> {
    let is_part = amount.in_full().abs() <= Decimal::ONE && !amount.in_full().is_zero();
    let (is_said, has_own_unit) = (headed.is_some_and(|one| one.unit == Unit::Percent), slot.bare == Unit::Percent);
    if is_part {
        let why = format!("shows {}, which may be {}% or {}%", number.text, amount, times_100(amount.in_full()));
        return refuse(why, "ratio` or `%");
    }
    match is_said || has_own_unit {
        true => None,
        false => refuse(format!("shows {} without a per cent sign, where a percentage is meant", number.text), "\"%\""),
    }
}

/// A number that is about a thousand times what stands there, or a thousandth: of another unit, as long as nobody says so.
fn of_another_size(number: Number, amount: Amount, slot: &Slot, here: &str) -> Option<NotGiven> {
    let Stands::Figure(now) = slot.says else { return None };
    let before = Quantity::of_figure(now)?.number.abs();
    let before = if now.amount().is_some_and(Amount::is_in_full) { before } else { before.checked_div(slot.size)? };
    let is_about = |larger: Decimal, smaller: Decimal, size: u32| {
        let of = smaller.checked_mul(size.into())?;
        Some(!of.is_zero() && larger.checked_mul(NEAR.into())? >= of && larger <= of.checked_mul(NEAR.into())?)
    };
    let (new, sizes) = (amount.in_full().abs(), [1_000, 1_000_000]);
    let size = sizes
        .into_iter()
        .find(|size| is_about(new, before, *size) == Some(true) || is_about(before, new, *size) == Some(true))?;
    let (size, more) = (show_number(size.into()), new > before);
    let why = match more {
        true => format!("shows {}, about {size} times the {} that stands here", number.text, now),
        false => format!("shows {}, which the {} that stands here is about {size} times", number.text, now),
    };
    let other = if more { "£" } else { "£'000" };
    let help = format!(
        "if the workbook has another unit than {here}, say so under `units`: `{0}: \"{other}\"`; if the figure is right, `{0}: {here}`",
        slot.ending
    );
    Some(NotGiven { why, help })
}

/// A number as it is typed at its place, calculated from the unit that the workbook has.
pub fn converted(number: Number, said: &Denomination, digits: Digits, slot: &Slot) -> Result<String, NotGiven> {
    let own = unit(slot);
    let refuse = |why: String| {
        let help = format!("`units` says what the numbers of the workbook are: mend it under `{}`", slot.ending);
        NotGiven { why, help }
    };
    let too_long = || refuse(format!("shows {}, which is too long to be calculated with", number.text));
    let amount = number.amount().ok_or_else(|| refuse(format!("shows {}, which is no number", number.text)))?;
    let shows_another = amount.unit != Unit::Number && amount.unit != said.unit;
    let is_part = said.unit == Unit::Ratio && own == Unit::Percent;
    if shows_another || (said.unit != own && !is_part) {
        let here = called(own, slot.size);
        return Err(refuse(format!("shows {}, and `units` says {}, where {here} is meant", number.text, said.typed())));
    }
    // What is shown in thousands by its format alone has its own size in what is stored.
    let stored =
        number.stored.and_then(|stored| stored.parse::<Decimal>().or_else(|_| Decimal::from_scientific(stored)).ok());
    let full = match (digits, stored) {
        (Digits::Stored | Digits::Decimals(_), Some(stored)) if amount.unit == Unit::Percent => {
            stored.checked_mul(Decimal::ONE_HUNDRED)
        }
        (Digits::Stored | Digits::Decimals(_), Some(stored)) => Some(stored),
        _ => Some(amount.in_full()),
    };
    let here = full.and_then(|full| full.checked_mul(said.scale)?.checked_div(slot.size));
    let here = if is_part { here.and_then(|part| part.checked_mul(Decimal::ONE_HUNDRED)) } else { here };
    let here = here.ok_or_else(too_long)?;
    let here = match digits {
        Digits::Decimals(decimals) => {
            let mut rounded = round(here, decimals);
            rounded.rescale(decimals);
            rounded
        }
        // As many digits as the cell shows, where nothing has to be calculated.
        Digits::Shown if said.scale == slot.size && !is_part => here,
        Digits::Shown | Digits::Stored => here.normalize(),
    };
    let sign = if own == Unit::Percent { "%" } else { "" };
    Ok(format!("{}{sign}", show_number(here)))
}

/// What a place counts: what stands there, or what is typed there without a unit.
fn unit(slot: &Slot) -> Unit {
    match &slot.says {
        Stands::Figure(figure) => figure.unit().unwrap_or(slot.bare),
        Stands::Day(_) | Stands::Words(_) => slot.bare,
    }
}

/// `£'000`
fn called(unit: Unit, size: Decimal) -> String {
    match (unit, size.normalize().to_string().as_str()) {
        (Unit::Money(currency), "1") => currency.sign().to_string(),
        (Unit::Money(currency), "1000") => format!("{}'000", currency.sign()),
        (Unit::Money(currency), "1000000") => format!("{}m", currency.sign()),
        (Unit::Money(currency), _) => format!("{}bn", currency.sign()),
        (Unit::Percent, _) => "%".to_owned(),
        (unit, _) => unit.name(),
    }
}

/// As it stands in YAML.
fn quoted(unit: &str) -> String {
    format!("\"{unit}\"")
}

fn times_100(part: Decimal) -> String {
    part.checked_mul(Decimal::ONE_HUNDRED).map(|hundred| hundred.normalize().to_string()).unwrap_or_default()
}

/// The units of money and percentages that a heading says: `Spent (£'000)`, `£ million`, `% of all`.
fn denominations(heading: &str) -> impl Iterator<Item = Denomination> {
    let words: Vec<&str> = heading
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '/' | ',' | ':'))
        .filter(|word| !word.is_empty())
        .collect();
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let all: Vec<String> = pairs.into_iter().chain(words.into_iter().map(str::to_owned)).collect();
    all.into_iter()
        .filter_map(|word| Denomination::parse(&word).ok())
        .filter(|one| one.is_money() || one.unit == Unit::Percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::model::values::Figure;

    fn slot(unit: &str, now: &str) -> Slot {
        let unit = Denomination::parse(unit).unwrap();
        let says = Stands::Figure(Figure::parse_in(now, unit.unit).unwrap());
        let (ending, address) = ("total".to_owned(), "costs.a.total".to_owned());
        Slot { ending, period: None, address, at: Span::new(FileId(0), 0..0), says, bare: unit.unit, size: unit.scale }
    }

    #[test]
    fn what_contradicts_its_place_is_refused() {
        for (unit, now, shown, stored, heading) in [
            ("£'000", "1,200", "£1,250", "1250", "Spent"),
            ("£'000", "no data", "£1,250", "1250", "Spent"),
            ("£'000", "1,200", "£1.2M", "1200000", "Spent"),
            ("£'000", "1,200", "1,250", "1250", "Spent (£)"),
            ("£'000", "1,200", "1.3", "1.3", "Spent £m"),
            ("£'000", "1,200", "1,250,000", "1250000", "Spent"),
            ("£", "1,228,200", "1,228", "1228", "Spent"),
            ("£", "1,228,200", "1,228", "1228", "Spent (£'000)"),
            ("£", "no data", "12%", "0.12", "Spent"),
            ("%", "12%", "0.12", "0.12", "Share"),
            ("%", "no data", "0.12", "0.12", "Share of all in %"),
        ] {
            let number = Number { text: shown, stored: Some(stored) };
            assert!(doubt(number, heading, &slot(unit, now)).is_some(), "{shown} under {heading} for {unit}");
        }
    }

    #[test]
    fn what_fits_its_place_is_taken() {
        for (unit, now, shown, stored, heading) in [
            ("£'000", "1,200", "1,250", "1250", "Spent"),
            ("£'000", "1,200", "£1,250", "1250", "Spent (£'000)"),
            ("£'000", "no data", "1,250", "1250", "Spent"),
            ("£", "1,200", "£1,250", "1250", "Spent"),
            ("£", "1,200", "14", "14", "Spent"),
            ("%", "12%", "13%", "0.13", "Share"),
            ("%", "12%", "13", "13", "Share"),
            ("%", "12%", "0.4%", "0.004", "Share"),
            // The largest number that can be calculated with.
            ("£", "1,200", "79,228,162,514,264,337,593,543,950,335", "79228162514264337593543950335", "Spent"),
        ] {
            let number = Number { text: shown, stored: Some(stored) };
            assert_eq!(doubt(number, heading, &slot(unit, now)), None, "{shown} under {heading} for {unit}");
        }
    }

    #[test]
    fn a_number_is_calculated_from_the_unit_that_the_workbook_has() {
        for (unit, shown, stored, said, digits, typed) in [
            ("£'000", "£1,228,200", "1228199.62", "£", Digits::Shown, "1,228.2"),
            ("£'000", "£1,228,200", "1228199.62", "£", Digits::Decimals(0), "1,228"),
            ("£'000", "(£1,500)", "-1500", "£", Digits::Decimals(0), "−2"),
            ("£", "1,250", "1250", "£'000", Digits::Shown, "1,250,000"),
            ("£'000", "£1.2M", "1234000", "£", Digits::Shown, "1,200"),
            ("%", "0.125", "0.125", "ratio", Digits::Shown, "12.5%"),
            ("%", "0.12", "0.12", "%", Digits::Shown, "0.12%"),
            ("£'000", "1,250.0", "1250", "£'000", Digits::Shown, "1,250.0"),
        ] {
            let number = Number { text: shown, stored: Some(stored) };
            let said = Denomination::parse(said).unwrap();
            assert_eq!(converted(number, &said, digits, &slot(unit, "no data")).as_deref(), Ok(typed), "{shown}");
        }
        let pounds = Denomination::parse("£").unwrap();
        let percentage = Number { text: "12%", stored: Some("0.12") };
        assert!(converted(percentage, &pounds, Digits::Shown, &slot("£", "5")).is_err());
        assert!(converted(percentage, &pounds, Digits::Shown, &slot("%", "5%")).is_err());
    }
}
