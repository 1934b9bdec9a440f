//! Numbers with units, calculated exactly.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::diagnostic::Code;
use crate::model::values::{Amount, Bound, Date, Figure, FigureValue, FinancialYear, Manner, Unit};

/// The value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    Quantity(Quantity),
    Day(Date),
    FinancialYear(FinancialYear),
    /// What figures come to in words, or the name of one of their rows: "Better: higher than expected", "April 2023".
    Words(Arc<str>),
}

/// A number with its unit, and the step of its last printed place: 0.01 for £21.41, nothing where it is exact. One that
/// is not known exactly lies between two ends: `190–195` begins at 190 and is 5 wide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The number, or the lower end of what it lies between.
    pub number: Decimal,
    pub unit: Unit,
    pub step: Decimal,
    /// How far the upper end is above the lower one; nothing where the number is known.
    pub width: Decimal,
}

/// How wide a quantity is that has no upper end: more than any sum of figures of 18 digits.
const WITHOUT_END: Decimal = Decimal::from_parts(0, 0, 1_000_000, false, 0);

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
    #[error("a figure that lies between two can be added, taken away and compared, not multiplied or divided by")]
    Inexact,
}

impl CalculationError {
    /// The code of a finding that says so.
    pub fn code(self) -> Code {
        if self == Self::ByZero { Code::DivisionByZero } else { Code::UnitsDoNotFit }
    }
}

impl Quantity {
    /// A quantity that is known exactly.
    pub fn exact(number: Decimal, unit: Unit) -> Self {
        Self { number, unit, step: Decimal::ZERO, width: Decimal::ZERO }
    }

    /// A number of things, counted.
    pub fn count(number: usize) -> Self {
        Self { step: Decimal::ONE, ..Self::exact(Decimal::from(number), Unit::Number) }
    }

    /// A quantity that was typed: its last place is its step.
    pub fn typed(number: Decimal, unit: Unit) -> Self {
        Self { step: Decimal::new(1, number.scale()), ..Self::exact(number, unit) }
    }

    /// A quantity that was typed as an amount.
    pub fn of(amount: Amount) -> Self {
        Self { step: amount.step(), ..Self::exact(amount.in_full(), amount.unit) }
    }

    /// A figure as a quantity; none where it says that there is none.
    pub fn of_figure(figure: Figure) -> Option<Self> {
        let between = |low: Self, high: Decimal| Self { width: high - low.number, ..low };
        Some(match figure.value {
            FigureValue::Exact(amount) => Self::of(amount),
            FigureValue::Nil(unit) => Self::exact(Decimal::ZERO, unit),
            FigureValue::Band(low, high) => between(Self::of(low), high.in_full()),
            FigureValue::Bounded(bound, amount) => {
                let end = Self::of(amount);
                match bound {
                    Bound::Under | Bound::AtMost if end.number >= Decimal::ZERO => {
                        between(Self { number: Decimal::ZERO, ..end }, end.number)
                    }
                    Bound::Under | Bound::AtMost => {
                        Self { number: end.number - WITHOUT_END, width: WITHOUT_END, ..end }
                    }
                    Bound::Over | Bound::AtLeast => Self { width: WITHOUT_END, ..end },
                    Bound::About => {
                        let half = last_place(end.number) / Decimal::TWO;
                        Self { number: end.number - half, width: half + half, ..end }
                    }
                }
            }
            FigureValue::Absent(_) => return None,
        })
    }

    /// Rounded to whole steps, where it is finer than these.
    pub fn coarsened(self, step: Decimal) -> Self {
        if self.step >= step {
            return self;
        }
        match self.number.checked_div(step) {
            Some(steps) => Self { number: round(steps, 0) * step, step, ..self },
            None => self,
        }
    }

    /// As a plain number in units of another size, such as thousands, with the places that its step has there.
    pub fn in_scale(self, of: Decimal) -> Self {
        if of == Decimal::ONE {
            return self;
        }
        let by = |number: Decimal| number.checked_div(of).unwrap_or(number);
        let step = by(self.step).normalize();
        let number = by(self.number);
        let number = if self.step.is_zero() { number } else { round(number, step.scale()) };
        Self { number, unit: Unit::Number, step, width: by(self.width) }
    }

    /// The upper end of what it lies between.
    fn top(self) -> Decimal {
        self.number.saturating_add(self.width)
    }

    /// Whether it is nought exactly, which has no unit of its own.
    pub(super) fn is_nil(self) -> bool {
        self.unit == Unit::Number && self.number.is_zero() && self.step.is_zero() && self.is_known()
    }

    /// Whether it has neither a lower nor an upper end.
    pub fn is_anything(self) -> bool {
        self.width > WITHOUT_END && self.number < -WITHOUT_END / Decimal::TWO
    }

    /// With something added that is not known; it is not below nought where none of the others is.
    pub fn and_more(self, others_are_positive: bool) -> Self {
        let below = if others_are_positive { Decimal::ZERO } else { WITHOUT_END };
        Self {
            number: self.number.saturating_sub(below),
            width: self.width.saturating_add(WITHOUT_END).saturating_add(below),
            ..self
        }
    }

    /// Whether it can be the sum of others; of percentages where they come to all of it.
    pub fn can_be_a_sum(self) -> bool {
        self.unit.adds_up() || (self.unit == Unit::Percent && self.number == Decimal::ONE_HUNDRED)
    }

    /// Whether it is known exactly, but for what its last place leaves open.
    pub fn is_known(self) -> bool {
        self.width.is_zero()
    }

    /// The same amount in another scale, such as thousands of pounds in pounds.
    pub fn scaled(self, by: Decimal) -> Self {
        let times = |number: Decimal| number.checked_mul(by).unwrap_or(Decimal::MAX).normalize();
        Self { number: times(self.number), step: times(self.step), width: times(self.width), ..self }
    }

    /// The sum. Percentages add up as percentages.
    pub fn plus(self, other: Self) -> Result<Self, CalculationError> {
        let unit = sum_unit(self, other)?;
        let number = self.number.checked_add(other.number).ok_or(CalculationError::TooLarge)?;
        let width = self.width.saturating_add(other.width);
        Ok(Self { number, unit, step: self.step.max(other.step), width })
    }

    /// The difference; that of two percentages is in percentage points.
    pub fn minus(self, other: Self) -> Result<Self, CalculationError> {
        let unit = match (self.unit, other.unit) {
            (Unit::Percent, Unit::Percent) => Unit::Points,
            (Unit::Year, Unit::Year) => Unit::Number,
            _ => sum_unit(self, other)?,
        };
        let number = self.number.checked_sub(other.top()).ok_or(CalculationError::TooLarge)?;
        let width = self.width.saturating_add(other.width);
        Ok(Self { number, unit, step: self.step.max(other.step), width })
    }

    /// The product; one of the two is a count, a ratio or a percentage.
    pub fn times(self, other: Self) -> Result<Self, CalculationError> {
        if !(self.is_known() && other.is_known()) {
            return Err(CalculationError::Inexact);
        }
        let by = |number: Decimal, unit| {
            number.checked_mul(other.number).map(|number| Self::exact(number, unit)).ok_or(CalculationError::TooLarge)
        };
        let hundredth = self.number / Decimal::ONE_HUNDRED;
        match (self.unit, other.unit) {
            (Unit::Number, Unit::Ratio) => by(self.number, Unit::Number),
            (Unit::Percent, Unit::Ratio | Unit::Number) => by(self.number, Unit::Percent),
            (Unit::Ratio, Unit::Percent) => by(self.number, Unit::Percent),
            (Unit::Percent, unit) => by(hundredth, unit),
            (unit, Unit::Percent) => by(self.number / Decimal::ONE_HUNDRED, unit),
            (Unit::Number | Unit::Ratio, unit) => by(self.number, unit),
            (unit, Unit::Number | Unit::Ratio) => by(self.number, unit),
            (one, two) => Err(CalculationError::Units(one, two)),
        }
    }

    /// The quotient: a ratio of two of the same unit, or a part of the first by a count.
    pub fn divided_by(self, other: Self) -> Result<Self, CalculationError> {
        if !(self.is_known() && other.is_known()) {
            return Err(CalculationError::Inexact);
        }
        if other.number.is_zero() {
            return Err(CalculationError::ByZero);
        }
        let unit = match (self.unit, other.unit) {
            (one, two) if one == two => Unit::Ratio,
            (unit, Unit::Number | Unit::Ratio) => unit,
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
                let step = self.step.saturating_mul(Decimal::ONE_HUNDRED);
                let width = self.width.saturating_mul(Decimal::ONE_HUNDRED);
                Ok(Self { number: hundredfold()?, unit: other, step, width })
            }
            (Unit::Points, Unit::Percent) | (Unit::Ratio, Unit::Number) | (Unit::Year, Unit::Number) => {
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

    /// What was calculated, with as many decimals as it takes to be held against what is printed: a quotient has no end.
    pub fn beside(self, printed: Self) -> Self {
        match self.step.is_zero() && self.unit == printed.unit {
            true => self.rounded_as(printed),
            false => self,
        }
    }

    /// Both in one unit.
    fn alike(self, other: Self) -> Result<(Self, Self), CalculationError> {
        if self.is_nil() || other.is_nil() {
            let unit = if self.is_nil() { other.unit } else { self.unit };
            return Ok((Self { unit, ..self }, Self { unit, ..other }));
        }
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
        Ok(one.distance(two)? <= one.step.max(two.step) / Decimal::TWO + DUST)
    }

    /// How far two quantities of one unit are apart; nothing where what they lie between meets.
    fn distance(self, other: Self) -> Result<Decimal, CalculationError> {
        let apart = |low: Decimal, high: Decimal| low.checked_sub(high).ok_or(CalculationError::TooLarge);
        Ok(apart(self.number, other.top())?.max(apart(other.number, self.top())?).max(Decimal::ZERO))
    }

    /// Which of the two is larger, exactly. Of ranges that meet neither is.
    pub fn compared(self, other: Self) -> Result<Ordering, CalculationError> {
        let (one, two) = self.alike(other)?;
        Ok(if one.distance(two)? <= DUST { Ordering::Equal } else { one.number.cmp(&two.number) })
    }
}

fn sum_unit(one: Quantity, two: Quantity) -> Result<Unit, CalculationError> {
    match (one.unit, two.unit) {
        // Nil is nought of whatever stands beside it.
        (Unit::Number, unit) if one.is_nil() => Ok(unit),
        (unit, Unit::Number) if two.is_nil() => Ok(unit),
        // Growth is written `now / before - 1`; a number of things is no part of a ratio.
        (Unit::Ratio, Unit::Number) if two.step.is_zero() => Ok(Unit::Ratio),
        (Unit::Number, Unit::Ratio) if one.step.is_zero() => Ok(Unit::Ratio),
        (one, two) if one == two => Ok(one),
        (Unit::Percent, Unit::Points) | (Unit::Points, Unit::Percent) => Ok(Unit::Percent),
        (Unit::Year, Unit::Number) | (Unit::Number, Unit::Year) => Ok(Unit::Year),
        (one, two) => Err(CalculationError::Units(one, two)),
    }
}

/// Rounded to so many decimals, halves away from zero, as reports round.
pub fn round(number: Decimal, decimals: u32) -> Decimal {
    let mut rounded = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

/// The last place of a number that is not nought: 10 for 40, 0.1 for 2.5.
fn last_place(number: Decimal) -> Decimal {
    let number = number.normalize();
    if number.scale() > 0 || number.is_zero() {
        return Decimal::new(1, number.scale());
    }
    let mut place = Decimal::ONE;
    while (number % (place * Decimal::TEN)).is_zero() {
        place *= Decimal::TEN;
    }
    place
}

impl Quantity {
    /// As it is printed where nothing else is said. What was calculated is rounded: percentages to whole ones, large
    /// sums of money to whole units, the rest to what it has, at most two decimals.
    pub fn shown(self, manner: &Manner) -> String {
        self.rounded().shown(manner)
    }

    /// Without the sign of its unit, where that stands beside it.
    pub fn bare(self, manner: &Manner) -> String {
        self.rounded().bare(manner)
    }

    /// The unit's name in data files: things are counted in whole ones.
    pub fn unit_name(self) -> String {
        match self.unit {
            Unit::Number if self.number.fract().is_zero() && !self.number.is_sign_negative() => "count".to_owned(),
            unit => unit.name(),
        }
    }

    /// As a figure, rounded as it is printed.
    pub fn rounded(self) -> Figure {
        let calculated = self.step.is_zero();
        let is_small = |number: Decimal| number.abs() < Decimal::ONE_THOUSAND;
        let decimals = match self.unit {
            Unit::Money(_) if self.step < Decimal::ONE && (!calculated || is_small(self.number)) => 2,
            Unit::Money(_) => 0,
            _ if !calculated => self.number.scale(),
            Unit::Percent => 0,
            _ => self.number.normalize().scale().min(2),
        };
        let amount = |number: Decimal| match self.unit {
            Unit::Year => Amount::new(number.normalize(), Unit::Year),
            unit => Amount::new(round(number, decimals), unit),
        };
        let value = match self.is_known() {
            true => FigureValue::Exact(amount(self.number)),
            false if self.width >= WITHOUT_END && self.number <= -WITHOUT_END / Decimal::TWO => {
                FigureValue::Bounded(Bound::AtMost, amount(self.top()))
            }
            false if self.width >= WITHOUT_END => FigureValue::Bounded(Bound::AtLeast, amount(self.number)),
            false => FigureValue::Band(amount(self.number), amount(self.top())),
        };
        Figure { value, mark: None }
    }
}

/// As it is printed in messages.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.shown(Manner::of_messages()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::values::TimeUnit;

    fn typed(text: &str, unit: Unit) -> Quantity {
        Quantity::typed(text.parse().unwrap(), unit)
    }

    #[test]
    fn figures_agree_at_the_precision_of_the_coarser_one() {
        let pounds = |text| typed(text, Unit::POUNDS);
        assert_eq!(pounds("16311").scaled(Decimal::ONE_THOUSAND).agrees(pounds("16311499")), Ok(true));
        assert_eq!(pounds("16311").scaled(Decimal::ONE_THOUSAND).agrees(pounds("16311501")), Ok(false));
        assert_eq!(pounds("16311000").agrees(pounds("16311001")), Ok(false), "printed alike, to the last place");
        let third = pounds("1").divided_by(pounds("3")).unwrap();
        assert_eq!(
            third.times(Quantity::count(3)).unwrap().agrees(Quantity::exact(Decimal::ONE, Unit::Ratio)),
            Ok(true)
        );
        let largest = Quantity::exact(Decimal::MAX, Unit::Number);
        assert_eq!(largest.agrees(Quantity::exact(Decimal::MIN, Unit::Number)), Err(CalculationError::TooLarge));
        assert_eq!(typed("78", Unit::Percent).agrees(Quantity::exact("0.784".parse().unwrap(), Unit::Ratio)), Ok(true));
    }

    #[test]
    fn units_that_do_not_go_together_are_refused() {
        let (weeks, pounds) = (typed("2", Unit::Time(TimeUnit::Weeks)), typed("5", Unit::POUNDS));
        assert_eq!(weeks.plus(pounds), Err(CalculationError::Units(Unit::Time(TimeUnit::Weeks), Unit::POUNDS)));
        assert_eq!(pounds.divided_by(Quantity::count(0)), Err(CalculationError::ByZero));
        assert_eq!(
            typed("78", Unit::Percent).minus(typed("73", Unit::Percent)).unwrap().to_string(),
            "5 percentage points"
        );
        assert_eq!(typed("10", Unit::Percent).times(pounds).unwrap().number, "0.5".parse().unwrap());
        let growth = pounds.divided_by(typed("4", Unit::POUNDS)).unwrap();
        let one = Quantity::exact(Decimal::ONE, Unit::Number);
        assert_eq!(growth.minus(one).unwrap().in_unit_of(Unit::Percent).unwrap().to_string(), "25%");
        assert!(growth.minus(Quantity::count(1)).is_err(), "a number of things is no part of a ratio");
    }

    #[test]
    fn what_lies_between_two_is_added_and_compared_as_such() {
        let figure = |text: &str| Quantity::of_figure(Figure::parse_in(text, Unit::POUNDS).unwrap()).unwrap();
        let sum = |parts: &[&str]| {
            let mut parts = parts.iter().map(|part| figure(part));
            let first = parts.next().unwrap();
            parts.fold(first, |sum, part| sum.plus(part).unwrap())
        };
        for (parts, total, agrees) in [
            (&["190–195", "42.5–45.0"][..], "235–240", true),
            (&["190–195", "42.5–45.0"], "230–231", false),
            (&["190–195", "(17.5)–(15.0)"], "170–175", true),
            (&["<5", "7"], "10", true),
            (&["<5", "7"], "13", false),
            (&["over 2,000", "5"], "3,000", true),
            (&["over 2,000", "5"], "1,990", false),
            (&["c. 40", "10"], "54", true),
            (&["c. 40", "10"], "60", false),
            (&["nil", "10"], "10", true),
        ] {
            assert_eq!(sum(parts).agrees(figure(total)), Ok(agrees), "{parts:?} and {total}");
        }
        assert_eq!(figure("<5").times(figure("7")), Err(CalculationError::Inexact));
        assert_eq!(figure("<5").compared(figure("7")), Ok(Ordering::Less));
    }
}
