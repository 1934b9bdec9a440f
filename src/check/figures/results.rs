//! Results of indicators against their targets, as several rules need them.

use rust_decimal::Decimal;

use crate::fact::{FactId, Facts, Quantity, Series, Unit};
use crate::model::values::{Aim, QuarterColumn, Series as Hang};

/// A result of a quarter, counted from 0.
#[derive(Clone, Copy)]
pub struct QuarterResult {
    pub quarter: usize,
    pub fact: FactId,
    pub printed: Quantity,
    /// The percentage that follows from the other figures.
    pub exact: Option<Quantity>,
}

/// A target with its direction.
#[derive(Clone, Copy)]
pub struct Goal {
    pub fact: FactId,
    pub figure: Quantity,
    pub aim: Aim,
}

impl Goal {
    /// The target of an indicator; none where it has none.
    pub fn of(facts: &Facts, series: &Series) -> Option<Self> {
        let fact = series.target?;
        Some(Self { fact, figure: facts.quantity(fact)?, aim: series.indicator.aim.as_ref()?.value })
    }

    /// Whether a result reaches it, exactly.
    pub fn is_reached_by(self, result: Quantity) -> bool {
        let (result, target) = (result.number, self.figure.number);
        match self.aim {
            Aim::AtLeast => result >= target,
            Aim::AtMost => result <= target,
            Aim::Under => result < target,
        }
    }

    /// By how much a result misses it, as a share of the target; none where it is reached.
    pub fn miss_of(self, result: Quantity) -> Option<Decimal> {
        if self.is_reached_by(result) {
            return None;
        }
        let distance = (result.number - self.figure.number).abs();
        Some(distance.checked_div(self.figure.number.abs()).unwrap_or(Decimal::MAX))
    }

    /// As it is said: "at least 95%".
    pub fn shown(self, facts: &Facts) -> String {
        format!("{} {}", self.aim.shown(), facts.shown(self.fact))
    }
}

/// The results that count against a target: of a cumulative series the last, else every quarter's. A percentage of
/// nothing is no result.
pub fn results(facts: &Facts, series: &Series, goal: Goal) -> Vec<QuarterResult> {
    let column = if goal.figure.unit == Unit::Percent { QuarterColumn::Percentage } else { QuarterColumn::Number };
    let result = |quarter: usize| {
        let fact = series.figure(quarter, column)?;
        let printed = facts.quantity(fact).filter(|printed| printed.unit == goal.figure.unit)?;
        let of_nothing = column == QuarterColumn::Percentage
            && series
                .figure(quarter, QuarterColumn::Denominator)
                .and_then(|of| facts.quantity(of))
                .is_some_and(|of| of.number.is_zero());
        let exact = if column == QuarterColumn::Percentage {
            series.exact[quarter].and_then(|exact| facts.quantity(exact))
        } else {
            None
        };
        (!of_nothing).then_some(QuarterResult { quarter, fact, printed, exact })
    };
    let mut all: Vec<QuarterResult> = (0..4).filter_map(result).collect();
    if series.indicator.series == Hang::Cumulative {
        all = all.pop().into_iter().collect();
    }
    all
}

/// The figures of a quarter with its result first.
pub fn figures(series: &Series, result: QuarterResult) -> Vec<FactId> {
    let others = series.quarter(result.quarter).filter(|fact| *fact != result.fact);
    [result.fact].into_iter().chain(others).collect()
}
