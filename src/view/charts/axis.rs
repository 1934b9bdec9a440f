//! The axis of a chart: from where to where it goes, in steps that are easily read.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Cut, nought_hides};
use crate::fact::round;

/// So many steps an axis has at most.
const MOST_STEPS: i64 = 4;

/// An axis; both ends are whole steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    low: Decimal,
    high: Decimal,
    step: Decimal,
}

impl Axis {
    /// From nought, or from below it, to the most of some numbers. What is counted has whole steps.
    pub fn from_nought(numbers: impl Iterator<Item = Decimal> + Clone) -> Self {
        let are_whole = numbers.clone().all(|number| number.fract().is_zero());
        let ends = numbers.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), one| (low.min(one), high.max(one)));
        Self::between(ends, are_whole)
    }

    /// As near to the numbers as can be.
    pub fn close_to(numbers: impl Iterator<Item = Decimal> + Clone) -> Self {
        let are_whole = numbers.clone().all(|number| number.fract().is_zero());
        let (low, high) = (numbers.clone().min().unwrap_or_default(), numbers.max().unwrap_or_default());
        Self::between((low, high), are_whole)
    }

    /// As near to the numbers as can be, where an axis from nought would hide how they move: all of them lie in its last
    /// part. None where it would not.
    pub fn cut(numbers: impl Iterator<Item = Decimal> + Clone) -> Option<Self> {
        let are_whole = numbers.clone().all(|number| number.fract().is_zero());
        let (low, high) = (numbers.clone().min()?, numbers.max()?);
        nought_hides(low, high).then(|| Self::between((low, high), are_whole))
    }

    /// With room below its lowest column for the figure of it.
    pub fn with_room_below(self, lowest: Decimal) -> Self {
        let is_near = lowest < Decimal::ZERO && lowest.saturating_sub(self.low) < self.step / Decimal::TWO;
        Self { low: if is_near { self.low.saturating_sub(self.step) } else { self.low }, ..self }
    }

    fn between((low, high): (Decimal, Decimal), are_whole: bool) -> Self {
        let range = high.saturating_sub(low);
        let step = match step(range / Decimal::from(MOST_STEPS)) {
            _ if range.is_zero() => Decimal::ONE,
            step if are_whole => step.max(Decimal::ONE),
            step => step,
        };
        // An end that has more digits than steps can be counted in stays as it is.
        let whole = |end: Decimal, round: fn(&Decimal) -> Decimal| {
            end.checked_div(step).map_or(end, |steps| round(&steps).saturating_mul(step))
        };
        let (low, high) = (whole(low, Decimal::floor), whole(high, Decimal::ceil));
        Self { low, high: if low == high { high.saturating_add(step) } else { high }, step }
    }

    /// Where its lines stand, from the lowest to the highest, with the decimals of its steps.
    pub fn lines(self) -> Vec<Decimal> {
        let decimals = self.step.normalize().scale();
        let next =
            |line: &Decimal| Some(line.saturating_add(self.step)).filter(|next| *next > *line && *next <= self.high);
        std::iter::successors(Some(self.low), next).map(|line| round(line, decimals)).collect()
    }

    /// How far below its upper end a number stands, in per cent with two decimals; at an end where it is beyond.
    pub fn down(self, number: Decimal) -> f64 {
        let share =
            self.high.saturating_sub(number).checked_div(self.high.saturating_sub(self.low)).unwrap_or_default();
        round(share.clamp(Decimal::ZERO, Decimal::ONE) * Decimal::ONE_HUNDRED, 2).to_f64().unwrap_or_default()
    }

    /// Where bars begin: at nought.
    pub fn foot(self) -> f64 {
        self.down(Decimal::ZERO)
    }

    /// Where nought lies that is not on it.
    pub fn nought_lies(self) -> Option<Cut> {
        match () {
            () if self.low > Decimal::ZERO => Some(Cut::Below),
            () if self.high < Decimal::ZERO => Some(Cut::Above),
            () => None,
        }
    }
}

/// The least of 1, 2, 5, 10, 20 … that is not below a size; likewise below 1.
fn step(size: Decimal) -> Decimal {
    let mut ten = Decimal::ONE;
    while ten < size {
        ten = ten.saturating_mul(Decimal::TEN);
    }
    while ten / Decimal::TEN >= size && ten.scale() < 20 {
        ten /= Decimal::TEN;
    }
    let steps = [ten / Decimal::TEN, ten / Decimal::from(5), ten / Decimal::TWO, ten];
    steps.into_iter().find(|step| *step >= size).unwrap_or(ten).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(numbers: &[&str]) -> Axis {
        Axis::from_nought(numbers.iter().map(|one| one.parse::<Decimal>().unwrap()))
    }

    fn lines(numbers: &[&str]) -> Vec<String> {
        axis(numbers).lines().iter().map(Decimal::to_string).collect()
    }

    #[test]
    fn an_axis_has_few_lines_that_are_easily_read() {
        assert_eq!(lines(&["552", "735"]), ["0", "200", "400", "600", "800"]);
        assert_eq!(lines(&["2.1", "-3.8", "2.6"]), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(lines(&["1", "3"]), ["0", "1", "2", "3"], "what is counted has whole steps");
        assert_eq!(lines(&["0.012"]), ["0.000", "0.005", "0.010", "0.015"]);
        assert_eq!(lines(&["0"]), ["0", "1"]);
        assert_eq!(lines(&["-5"]), ["-6", "-4", "-2", "0"]);
        assert_eq!(lines(&["79228162514264337593543950335"]).len(), 3, "the largest number has an axis");
        let near = ["7922816251426433759354395033", "7922816251426433759354395033.5"];
        let close = Axis::close_to(near.iter().map(|one| one.parse::<Decimal>().unwrap()));
        assert!(!close.lines().is_empty(), "and so have two that differ in their last digit");
    }

    #[test]
    fn numbers_stand_on_it_by_their_size() {
        let from_nought = axis(&["100"]);
        assert_eq!((from_nought.down(Decimal::ZERO), from_nought.foot()), (100.0, 100.0));
        assert_eq!(from_nought.down(Decimal::from(25)), 75.0);
        assert_eq!(from_nought.down(Decimal::from(500)), 0.0, "what is beyond stands at the end");
        assert_eq!(axis(&["-50", "50"]).foot(), 50.0);
    }

    #[test]
    fn an_axis_is_cut_where_it_would_hide_all_movement() {
        let cut = |numbers: &[i64]| Axis::cut(numbers.iter().map(|one| Decimal::from(*one)));
        assert_eq!(
            cut(&[94, 97, 99]).unwrap().lines().iter().map(|one| one.to_string()).collect::<Vec<_>>(),
            ["94", "96", "98", "100"]
        );
        assert_eq!(cut(&[94, 97, 99]).unwrap().nought_lies(), Some(Cut::Below));
        let close = |numbers: [i64; 2]| Axis::close_to(numbers.into_iter().map(Decimal::from)).nought_lies();
        assert_eq!((close([-95, -90]), close([-5, 5]), close([-8, 0])), (Some(Cut::Above), None, None));
        assert_eq!(cut(&[10, 97]), None);
        assert_eq!(cut(&[97, 97]), None, "nothing moves");
        assert_eq!(cut(&[-3, 97]), None);
    }
}
