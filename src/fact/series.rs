//! The figures of one indicator and what they mean: the result of each period and of the year, what it comes from, and
//! the target.

use rust_decimal::Decimal;

use super::{FactId, Facts, Quantity};
use crate::model::values::{Accumulation, Aim, Figure, IndicatorColumn, Unit};
use crate::model::{Indicator, IndicatorFile, PeriodFigures, TargetStep};
use crate::yaml::At;

/// The figures of one indicator.
#[derive(Debug)]
pub struct Series<'p> {
    /// Address of the indicator.
    pub address: String,
    pub indicator: &'p Indicator,
    pub file: &'p IndicatorFile,
    pub periods: Vec<SlotFacts>,
    pub year: Option<SlotFacts>,
    /// The targets one after the other.
    pub goals: Vec<Goal>,
}

/// What an indicator has figures of: a period by its place, or the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Period(usize),
    Year,
}

/// The figures of a period, or of the year.
#[derive(Debug, Clone, Copy, Default)]
pub struct SlotFacts {
    /// By column.
    pub figures: [Option<FactId>; 3],
    /// The percentage that follows from number and denominator.
    pub exact: Option<FactId>,
}

/// What the figures of an indicator mean, in every period alike.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The column of the results.
    pub result: IndicatorColumn,
    /// Whether its numbers are amounts of money, which are not a part of the cases that are counted beside them.
    counts_money: bool,
}

/// The figures of a period as they are read: the result, and what stands under it.
pub struct PeriodReading<'q> {
    pub result: Option<&'q At<Figure>>,
    pub number: Option<&'q At<Figure>>,
    pub of: Option<&'q At<Figure>>,
    /// The percentage, where it is not the result.
    pub percentage: Option<&'q At<Figure>>,
}

/// The result of a period, or of the year.
#[derive(Debug, Clone, Copy)]
pub struct PeriodResult {
    pub slot: Slot,
    pub fact: FactId,
    pub printed: Quantity,
    /// The percentage that follows from the other figures.
    pub exact: Option<Quantity>,
}

/// A target with its direction, from a period on.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// The place of the period.
    pub from: usize,
    pub fact: FactId,
    pub figure: Quantity,
    /// The upper end of a range.
    pub to: Option<(FactId, Quantity)>,
    pub aim: Aim,
}

impl Reading {
    /// A percentage is the result; where money is counted, the count of cases is; otherwise the number is. A target in
    /// the unit of another column is a target for that one, which then is the result.
    pub fn of(indicator: &Indicator) -> Self {
        use IndicatorColumn::{Denominator, Number, Percentage};
        let figures = |column| indicator.all_figures().filter_map(move |period| period.figure(column));
        let counts_money = figures(Number).any(|number| matches!(number.value.unit(), Some(Unit::Money(_))));
        let order = match counts_money {
            true => [Percentage, Denominator, Number],
            false => [Percentage, Number, Denominator],
        };
        let mut columns = order.into_iter().filter(|column| figures(*column).next().is_some());
        let is_unit_of = |column: IndicatorColumn, aimed: Figure| {
            figures(column).any(|one| one.value.unit().is_some_and(|one| aimed.unit() == Some(one)))
        };
        let is_aimed_at = |column: &IndicatorColumn| {
            indicator.target.steps().iter().any(|step: &TargetStep| is_unit_of(*column, step.figure.value))
        };
        let aimed_at = columns.clone().find(is_aimed_at);
        Self { result: aimed_at.or_else(|| columns.next()).unwrap_or(Number), counts_money }
    }

    /// What the figures of a period mean.
    pub fn period<'q>(&self, period: &'q PeriodFigures) -> PeriodReading<'q> {
        let present =
            |column| period.figure(column).filter(|figure| self.result != column && !figure.value.is_absent());
        let (number, denominator) = (present(IndicatorColumn::Number), present(IndicatorColumn::Denominator));
        let is_part = match self.result {
            IndicatorColumn::Percentage => true,
            // Nothing is said of what a figure is of, where there is none.
            _ => period.figure(self.result).is_some_and(|result| !result.value.is_absent()),
        };
        let (number, of) = match self.counts_money && self.result != IndicatorColumn::Percentage {
            true => (number.or(denominator), None),
            false => (number, denominator.filter(|_| is_part)),
        };
        let percentage = present(IndicatorColumn::Percentage);
        PeriodReading { result: period.figure(self.result), number, of, percentage }
    }
}

impl SlotFacts {
    /// The figure of a column.
    pub fn figure(&self, column: IndicatorColumn) -> Option<FactId> {
        self.figures[column as usize]
    }

    /// The figures that there are.
    pub fn all(&self) -> impl Iterator<Item = FactId> + use<> {
        self.figures.into_iter().flatten()
    }
}

impl Series<'_> {
    /// Its periods, and the year where it has figures of the year.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &SlotFacts)> {
        let year = self.year.iter().map(|year| (Slot::Year, year));
        self.periods.iter().enumerate().map(|(place, period)| (Slot::Period(place), period)).chain(year)
    }

    /// The figures of a column, period after period.
    pub fn over_periods(&self, column: IndicatorColumn) -> impl Iterator<Item = FactId> {
        self.periods.iter().filter_map(move |period| period.figure(column))
    }

    /// What a period is called, or "the year".
    pub fn called(&self, slot: Slot) -> &str {
        match slot {
            Slot::Period(place) => self.file.periods.get(place).map_or("", |period| &period.name),
            Slot::Year => "the year",
        }
    }

    /// What its figures mean.
    pub fn reading(&self) -> Reading {
        Reading::of(self.indicator)
    }

    /// The results of the periods that have one, and of the year. A percentage of nothing is no result.
    pub fn results(&self, facts: &Facts) -> Vec<PeriodResult> {
        let column = self.reading().result;
        let is_percentage = column == IndicatorColumn::Percentage;
        let result = |(slot, figures): (Slot, &SlotFacts)| {
            let fact = figures.figure(column)?;
            let of = figures.figure(IndicatorColumn::Denominator).and_then(|of| facts.quantity(of));
            let of_nothing = is_percentage && of.is_some_and(|of| of.number.is_zero());
            let exact = figures.exact.filter(|_| is_percentage).and_then(|exact| facts.quantity(exact));
            (!of_nothing).then_some(PeriodResult { slot, fact, printed: facts.quantity(fact)?, exact })
        };
        self.slots().filter_map(result).collect()
    }

    /// The target that holds in a period; for the year the last. None where it has none.
    pub fn goal(&self, slot: Slot) -> Option<Goal> {
        match slot {
            Slot::Period(place) => self.goals.iter().rev().find(|goal| goal.from <= place).copied(),
            Slot::Year => self.goals.last().copied(),
        }
    }

    /// The results that count against the target, each with the target of its time: that of the year; else of a
    /// cumulative series the last, else every period's.
    pub fn results_against_targets(&self, facts: &Facts) -> Vec<(PeriodResult, Goal)> {
        let results = self.results(facts).into_iter();
        let held = |result: PeriodResult| self.goal(result.slot).map(|goal| (result, goal));
        let mut all: Vec<_> =
            results.filter_map(held).filter(|(result, goal)| result.printed.unit == goal.figure.unit).collect();
        let year = all.iter().position(|(result, _)| result.slot == Slot::Year);
        let before_last = all.len().saturating_sub(1);
        match (year, self.indicator.series) {
            (Some(place), _) => all.split_off(place),
            (None, Accumulation::Cumulative) => all.split_off(before_last),
            (None, Accumulation::EachPeriod) => all,
        }
    }

    /// The figures that stand beside a result, after it.
    pub fn figures_of(&self, result: PeriodResult) -> Vec<FactId> {
        let all = self.slots().filter(|(slot, _)| *slot == result.slot).flat_map(|(_, figures)| figures.all());
        [result.fact].into_iter().chain(all.filter(|fact| *fact != result.fact)).collect()
    }
}

impl Goal {
    /// Whether a result reaches it, exactly.
    pub fn is_reached_by(self, result: Quantity) -> bool {
        let (result, target) = (result.number, self.figure.number);
        match self.aim {
            Aim::AtLeast => result >= target,
            Aim::AtMost => result <= target,
            Aim::Under => result < target,
            Aim::Over => result > target,
            Aim::Within => result >= target && self.to.is_none_or(|(_, to)| result <= to.number),
        }
    }

    /// By how much a result misses it, as a share of the target (of the end of a range that is nearer); none where it is
    /// reached.
    pub fn miss_of(self, result: Quantity) -> Option<Decimal> {
        if self.is_reached_by(result) {
            return None;
        }
        let end = match self.to {
            Some((_, to)) if result.number > to.number => to,
            _ => self.figure,
        };
        let distance = (result.number - end.number).abs();
        Some(distance.checked_div(end.number.abs()).unwrap_or(Decimal::MAX))
    }

    /// Its figures.
    pub fn facts(self) -> impl Iterator<Item = FactId> {
        [self.fact].into_iter().chain(self.to.map(|(to, _)| to))
    }

    /// As it is said: "at least 95%", "5 to 10".
    pub fn shown(self, facts: &Facts) -> String {
        let figure = facts.shown(self.fact);
        match self.to {
            Some((to, _)) => format!("{figure} to {}", facts.shown(to)),
            None => format!("{} {figure}", self.aim.shown()),
        }
    }
}

impl<'p> Facts<'p> {
    /// Takes in the figures of an indicator.
    pub(super) fn add_series(&mut self, series: Series<'p>) {
        self.series_places.entry(series.address.clone()).or_insert(self.series.len());
        self.series.push(series);
    }

    /// The figures of an indicator by its local address in a report.
    pub fn series_of(&self, report: &str, address: &str) -> Option<&Series<'p>> {
        self.series_places.get(&format!("{report}.{address}")).map(|place| &self.series[*place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::yaml::Parse;

    /// A period as it is read, from its denominator, number and percentage; an empty text is a column not used.
    fn read(figures: [&str; 3], result: IndicatorColumn, counts_money: bool) -> Vec<Option<String>> {
        let at = Span::new(FileId(0), 0..0);
        let figure = |text: &str| (!text.is_empty()).then(|| At { value: Figure::parse(text).unwrap(), at });
        let [denominator, number, percentage] = figures.map(figure);
        let period = PeriodFigures { denominator, number, percentage };
        let reading = Reading { result, counts_money }.period(&period);
        let all = [reading.result, reading.number, reading.of, reading.percentage];
        all.map(|figure| figure.map(|figure| figure.value.to_string())).to_vec()
    }

    #[test]
    fn a_period_means_the_same_whatever_is_absent() {
        use IndicatorColumn::{Denominator, Number, Percentage};
        let expect = |figures, result, counts_money, expected: [&str; 4]| {
            let expected = expected.map(|text| (!text.is_empty()).then(|| text.to_owned())).to_vec();
            assert_eq!(read(figures, result, counts_money), expected, "{figures:?}");
        };
        expect(["9000", "8778", "98%"], Percentage, false, ["98%", "8,778", "9,000", ""]);
        expect(["0", "0", "0%"], Percentage, false, ["0%", "0", "0", ""]);
        expect(["n/a", "n/a", "n/a"], Percentage, false, ["n/a", "", "", ""]);
        expect(["n/a", "50", "50%"], Percentage, false, ["50%", "50", "", ""]);
        expect(["100", "n/a", "n/a"], Percentage, false, ["n/a", "", "100", ""]);
        expect(["", "", "99.55%"], Percentage, false, ["99.55%", "", "", ""]);
        expect(["", "9.5 weeks", ""], Number, false, ["9.5 weeks", "", "", ""]);
        expect(["0", "0", ""], Number, false, ["0", "", "0", ""]);
        expect(["50", "no data", ""], Number, false, ["No data", "", "", ""]);
        expect(["45", "£2,187,920", ""], Denominator, true, ["45", "£2,187,920", "", ""]);
        expect(["100", "no data", ""], Denominator, true, ["100", "", "", ""]);
        expect(["n/a", "£5", ""], Denominator, true, ["n/a", "£5", "", ""]);
        // A target in pounds makes the money the result, one in cases the count; nothing is lost.
        expect(["45", "£2,187,920", ""], Number, true, ["£2,187,920", "45", "", ""]);
        expect(["9000", "8778", "98%"], Number, false, ["8,778", "", "9,000", "98%"]);
    }
}
