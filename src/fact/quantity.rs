//! Numbers with units, calculated exactly.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::model::values::number::show_number;
use crate::model::values::{Date, FinancialYear};

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    Quantity(Quantity),
    Day(Date),
    FinancialYear(FinancialYear),
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Count,
    Pounds,
    Percent,
    /// The distance of two percentages.
    Points,
    /// One quantity by another of the same unit: 0.5 is 50 per cent.
    Ratio,
    Weeks,
    Minutes,
    /// A calendar year.
    Year,
}

/// A number with its unit, and the step of its last printed place: 0.01 for £21.41, nothing where it is exact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    pub number: Decimal,
    pub unit: Unit,
    pub step: Decimal,
}

/// Quotients such as a third are kept to 28 digits; what differs by less than this is the same.
const DUST: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

/// Why two quantities cannot be calculated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CalculationError {
    #[error("{0} and {1} do not go together")]
    Units(Unit, Unit),
    #[error("something is divided by zero")]
    ByZero,
    #[error("the result has more digits than can be kept exactly")]
    TooLarge,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Unit::Count => "a count",
            Unit::Pounds => "an amount of money",
            Unit::Percent => "a percentage",
            Unit::Points => "percentage points",
            Unit::Ratio => "a ratio",
            Unit::Weeks => "weeks",
            Unit::Minutes => "minutes",
            Unit::Year => "a year",
        })
    }
}

impl Unit {
    /// The unit's name in data files.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Pounds => "GBP",
            Unit::Percent => "per cent",
            Unit::Points => "percentage points",
            Unit::Ratio => "ratio",
            Unit::Weeks => "weeks",
            Unit::Minutes => "minutes",
            Unit::Year => "year",
        }
    }
}

impl Quantity {
    /// A quantity that is known exactly.
    pub fn exact(number: Decimal, unit: Unit) -> Self {
        Self { number, unit, step: Decimal::ZERO }
    }

    /// A number of things, counted.
    pub fn count(number: usize) -> Self {
        Self { number: Decimal::from(number), unit: Unit::Count, step: Decimal::ONE }
    }

    /// A quantity that was typed: its last place is its step.
    pub fn typed(number: Decimal, unit: Unit) -> Self {
        Self { number, unit, step: Decimal::new(1, number.scale()) }
    }

    /// The same amount in another scale, such as thousands of pounds in pounds.
    pub fn scaled(self, by: Decimal) -> Self {
        let times = |number: Decimal| number.checked_mul(by).unwrap_or(Decimal::MAX).normalize();
        Self { number: times(self.number), step: times(self.step), ..self }
    }

    /// The sum. Percentages add up as percentages.
    pub fn plus(self, other: Self) -> Result<Self, CalculationError> {
        let unit = sum_unit(self.unit, other.unit)?;
        let number = self.number.checked_add(other.number).ok_or(CalculationError::TooLarge)?;
        Ok(Self { number, unit, step: self.step.max(other.step) })
    }

    /// The difference; that of two percentages is in percentage points.
    pub fn minus(self, other: Self) -> Result<Self, CalculationError> {
        let unit = match (self.unit, other.unit) {
            (Unit::Percent, Unit::Percent) => Unit::Points,
            (Unit::Year, Unit::Year) => Unit::Count,
            (one, two) => sum_unit(one, two)?,
        };
        let number = self.number.checked_sub(other.number).ok_or(CalculationError::TooLarge)?;
        Ok(Self { number, unit, step: self.step.max(other.step) })
    }

    /// The product; one of the two is a count, a ratio or a percentage.
    pub fn times(self, other: Self) -> Result<Self, CalculationError> {
        let by = |number: Decimal, unit| {
            number.checked_mul(other.number).map(|number| Self::exact(number, unit)).ok_or(CalculationError::TooLarge)
        };
        let hundredth = self.number / Decimal::ONE_HUNDRED;
        match (self.unit, other.unit) {
            (Unit::Count, Unit::Ratio) => by(self.number, Unit::Count),
            (Unit::Percent, Unit::Ratio | Unit::Count) => by(self.number, Unit::Percent),
            (Unit::Ratio, Unit::Percent) => by(self.number, Unit::Percent),
            (Unit::Percent, unit) => by(hundredth, unit),
            (unit, Unit::Percent) => by(self.number / Decimal::ONE_HUNDRED, unit),
            (Unit::Count | Unit::Ratio, unit) => by(self.number, unit),
            (unit, Unit::Count | Unit::Ratio) => by(self.number, unit),
            (one, two) => Err(CalculationError::Units(one, two)),
        }
    }

    /// The quotient: a ratio of two of the same unit, or a part of the first by a count.
    pub fn divided_by(self, other: Self) -> Result<Self, CalculationError> {
        if other.number.is_zero() {
            return Err(CalculationError::ByZero);
        }
        let unit = match (self.unit, other.unit) {
            (one, two) if one == two => Unit::Ratio,
            (unit, Unit::Count | Unit::Ratio) => unit,
            (one, two) => return Err(CalculationError::Units(one, two)),
        };
        let number = self.number.checked_div(other.number).ok_or(CalculationError::TooLarge)?;
        Ok(Self::exact(number, unit))
    }

    /// The same in the unit of another, where one stands for the other: a ratio for a percentage, points for it.
    pub fn in_unit_of(self, other: Unit) -> Result<Self, CalculationError> {
        let hundredfold = || self.number.checked_mul(Decimal::ONE_HUNDRED).ok_or(CalculationError::TooLarge);
        match (self.unit, other) {
            (one, two) if one == two => Ok(self),
            (Unit::Ratio, Unit::Percent) => {
                Ok(Self { number: hundredfold()?, unit: other, step: self.step.saturating_mul(Decimal::ONE_HUNDRED) })
            }
            (Unit::Points, Unit::Percent) | (Unit::Ratio, Unit::Count) | (Unit::Year, Unit::Count) => {
                Ok(Self { unit: other, ..self })
            }
            (one, two) => Err(CalculationError::Units(one, two)),
        }
    }

    /// Rounded to the last place of another, so that it is shown alike.
    pub fn rounded_as(self, other: Self) -> Self {
        let decimals = other.step.normalize().scale();
        Self { number: round(self.number, decimals), step: other.step, ..self }
    }

    /// Both in one unit.
    fn alike(self, other: Self) -> Result<(Self, Self), CalculationError> {
        match self.in_unit_of(other.unit) {
            Ok(this) => Ok((this, other)),
            Err(_) => other
                .in_unit_of(self.unit)
                .map(|other| (self, other))
                .map_err(|_| CalculationError::Units(self.unit, other.unit)),
        }
    }

    /// Whether two quantities are the same at the precision of the one that is printed more coarsely. Where both are
    /// printed alike, they are the same to the last place.
    pub fn agrees(self, other: Self) -> Result<bool, CalculationError> {
        let (one, two) = self.alike(other)?;
        let distance = one.number.checked_sub(two.number).ok_or(CalculationError::TooLarge)?.abs();
        Ok(distance <= one.step.max(two.step) / Decimal::TWO + DUST)
    }

    /// Which of the two is larger, exactly.
    pub fn compared(self, other: Self) -> Result<Ordering, CalculationError> {
        let (one, two) = self.alike(other)?;
        let distance = one.number.checked_sub(two.number).ok_or(CalculationError::TooLarge)?.abs();
        Ok(if distance <= DUST { Ordering::Equal } else { one.number.cmp(&two.number) })
    }
}

fn sum_unit(one: Unit, two: Unit) -> Result<Unit, CalculationError> {
    match (one, two) {
        (one, two) if one == two => Ok(one),
        (Unit::Percent, Unit::Points) | (Unit::Points, Unit::Percent) => Ok(Unit::Percent),
        (Unit::Year, Unit::Count) | (Unit::Count, Unit::Year) => Ok(Unit::Year),
        (one, two) => Err(CalculationError::Units(one, two)),
    }
}

/// Rounded to so many decimals, halves away from zero, as reports round.
pub fn round(number: Decimal, decimals: u32) -> Decimal {
    let mut rounded = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

/// As it is printed where nothing else is said. What was calculated is rounded: percentages to whole ones, large
/// sums of money to pounds, the rest to what it has, at most two decimals.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let calculated = self.step.is_zero();
        let decimals = match self.unit {
            Unit::Pounds if self.step < Decimal::ONE && (!calculated || self.number.abs() < Decimal::ONE_THOUSAND) => 2,
            Unit::Pounds => 0,
            _ if !calculated => self.number.scale(),
            Unit::Percent => 0,
            _ => self.number.normalize().scale().min(2),
        };
        let number = show_number(round(self.number, decimals));
        match self.unit {
            Unit::Count => f.write_str(&number),
            Unit::Ratio => f.write_str(&number),
            Unit::Pounds => match number.strip_prefix('-') {
                Some(amount) => write!(f, "-£{amount}"),
                None => write!(f, "£{number}"),
            },
            Unit::Percent => write!(f, "{number}%"),
            Unit::Points if number == "1" => f.write_str("1 percentage point"),
            Unit::Points => write!(f, "{number} percentage points"),
            Unit::Weeks => write!(f, "{number} weeks"),
            Unit::Minutes => write!(f, "{number} mins"),
            Unit::Year => write!(f, "{}", self.number.normalize()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, unit: Unit) -> Quantity {
        Quantity::typed(text.parse().unwrap(), unit)
    }

    #[test]
    fn figures_agree_at_the_precision_of_the_coarser_one() {
        let pounds = |text| typed(text, Unit::Pounds);
        assert_eq!(pounds("16311").scaled(Decimal::ONE_THOUSAND).agrees(pounds("16311499")), Ok(true));
        assert_eq!(pounds("16311").scaled(Decimal::ONE_THOUSAND).agrees(pounds("16311501")), Ok(false));
        assert_eq!(pounds("16311000").agrees(pounds("16311001")), Ok(false), "printed alike, to the last place");
        let third = pounds("1").divided_by(pounds("3")).unwrap();
        assert_eq!(
            third.times(Quantity::count(3)).unwrap().agrees(Quantity::exact(Decimal::ONE, Unit::Ratio)),
            Ok(true)
        );
        let largest = Quantity::exact(Decimal::MAX, Unit::Count);
        assert_eq!(largest.agrees(Quantity::exact(Decimal::MIN, Unit::Count)), Err(CalculationError::TooLarge));
        assert_eq!(typed("78", Unit::Percent).agrees(Quantity::exact("0.784".parse().unwrap(), Unit::Ratio)), Ok(true));
    }

    #[test]
    fn units_that_do_not_go_together_are_refused() {
        let (weeks, pounds) = (typed("2", Unit::Weeks), typed("5", Unit::Pounds));
        assert_eq!(weeks.plus(pounds), Err(CalculationError::Units(Unit::Weeks, Unit::Pounds)));
        assert_eq!(pounds.divided_by(Quantity::count(0)), Err(CalculationError::ByZero));
        assert_eq!(
            typed("78", Unit::Percent).minus(typed("73", Unit::Percent)).unwrap().to_string(),
            "5 percentage points"
        );
        assert_eq!(typed("10", Unit::Percent).times(pounds).unwrap().number, "0.5".parse().unwrap());
    }
}
