//! The figures of one indicator and what they mean: the result of each quarter, what it comes from, and the target.

use rust_decimal::Decimal;

use super::collect::quantity;
use super::{FactId, Facts, Quantity};
use crate::model::values::{Aim, Figure, QuarterColumn, Series as Hang, Target};
use crate::model::{Indicator, IndicatorFile, Quarter};
use crate::yaml::At;

/// The figures of one indicator.
#[derive(Debug)]
pub struct Series<'p> {
    /// Address of the indicator.
    pub address: String,
    pub indicator: &'p Indicator,
    pub file: &'p IndicatorFile,
    /// By quarter, then by column.
    pub quarters: [[Option<FactId>; 3]; 4],
    /// The percentages that follow from number and denominator.
    pub exact: [Option<FactId>; 4],
    pub target: Option<FactId>,
}

/// What the figures of an indicator mean, in every quarter alike.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The column of the results.
    pub result: QuarterColumn,
    /// Whether its numbers are amounts of money, which are not a part of the cases that are counted beside them.
    counts_money: bool,
}

/// A quarter as it is read: the result, and what stands under it.
pub struct QuarterReading<'q> {
    pub result: Option<&'q At<Figure>>,
    pub number: Option<&'q At<Figure>>,
    pub of: Option<&'q At<Figure>>,
    /// The percentage, where it is not the result.
    pub percentage: Option<&'q At<Figure>>,
}

/// A result of a quarter, counted from 0.
#[derive(Debug, Clone, Copy)]
pub struct QuarterResult {
    pub quarter: usize,
    pub fact: FactId,
    pub printed: Quantity,
    /// The percentage that follows from the other figures.
    pub exact: Option<Quantity>,
}

/// A target with its direction.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    pub fact: FactId,
    pub figure: Quantity,
    pub aim: Aim,
}

impl Reading {
    /// A percentage is the result; where money is counted, the count of cases is; otherwise the number is. A target in
    /// the unit of another column is a target for that one, which then is the result.
    pub fn of(indicator: &Indicator) -> Self {
        use QuarterColumn::{Denominator, Number, Percentage};
        let figures = |column| indicator.quarters.iter().filter_map(move |quarter| quarter.figure(column));
        let counts_money = figures(Number).any(|number| matches!(number.value, Figure::Money(_)));
        let order = match counts_money {
            true => [Percentage, Denominator, Number],
            false => [Percentage, Number, Denominator],
        };
        let mut columns = order.into_iter().filter(|column| figures(*column).next().is_some());
        let is_aimed_at = |column: &QuarterColumn| match &indicator.target.value {
            Target::Set { figure, .. } => {
                let unit = |figure: Figure| quantity(figure).map(|quantity| quantity.unit);
                figures(*column).any(|one| unit(one.value).is_some_and(|one| unit(*figure) == Some(one)))
            }
            Target::NotApplicable => false,
        };
        let aimed_at = columns.clone().find(is_aimed_at);
        Self { result: aimed_at.or_else(|| columns.next()).unwrap_or(Number), counts_money }
    }

    /// What the figures of a quarter mean.
    pub fn quarter<'q>(&self, quarter: &'q Quarter) -> QuarterReading<'q> {
        let present =
            |column| quarter.figure(column).filter(|figure| self.result != column && !figure.value.is_absent());
        let (number, denominator) = (present(QuarterColumn::Number), present(QuarterColumn::Denominator));
        let is_part = match self.result {
            QuarterColumn::Percentage => true,
            // Nothing is said of what a figure is of, where there is none.
            _ => quarter.figure(self.result).is_some_and(|result| !result.value.is_absent()),
        };
        let (number, of) = match self.counts_money && self.result != QuarterColumn::Percentage {
            true => (number.or(denominator), None),
            false => (number, denominator.filter(|_| is_part)),
        };
        let percentage = present(QuarterColumn::Percentage);
        QuarterReading { result: quarter.figure(self.result), number, of, percentage }
    }
}

impl Series<'_> {
    /// A figure of a quarter, counted from 0.
    pub fn figure(&self, quarter: usize, column: QuarterColumn) -> Option<FactId> {
        self.quarters[quarter][column as usize]
    }

    /// The figures of a quarter.
    pub fn quarter(&self, quarter: usize) -> impl Iterator<Item = FactId> {
        self.quarters[quarter].iter().flatten().copied()
    }

    /// What its figures mean.
    pub fn reading(&self) -> Reading {
        Reading::of(self.indicator)
    }

    /// The results of the quarters that have one. A percentage of nothing is no result.
    pub fn results(&self, facts: &Facts) -> Vec<QuarterResult> {
        let column = self.reading().result;
        let is_percentage = column == QuarterColumn::Percentage;
        let result = |quarter: usize| {
            let fact = self.figure(quarter, column)?;
            let of = self.figure(quarter, QuarterColumn::Denominator).and_then(|of| facts.quantity(of));
            let of_nothing = is_percentage && of.is_some_and(|of| of.number.is_zero());
            let exact = self.exact[quarter].filter(|_| is_percentage).and_then(|exact| facts.quantity(exact));
            (!of_nothing).then_some(QuarterResult { quarter, fact, printed: facts.quantity(fact)?, exact })
        };
        (0..self.quarters.len()).filter_map(result).collect()
    }

    /// The target with its direction; none where it has none.
    pub fn goal(&self, facts: &Facts) -> Option<Goal> {
        let fact = self.target?;
        Some(Goal { fact, figure: facts.quantity(fact)?, aim: self.indicator.aim.as_ref()?.value })
    }

    /// The results that count against the target: of a cumulative series the last, else every quarter's.
    pub fn results_against(&self, facts: &Facts, goal: Goal) -> Vec<QuarterResult> {
        let mut results = self.results(facts);
        results.retain(|result| result.printed.unit == goal.figure.unit);
        let before_last = results.len().saturating_sub(1);
        match self.indicator.series {
            Hang::Cumulative => results.split_off(before_last),
            Hang::EachQuarter => results,
        }
    }

    /// The figures of a quarter with its result first.
    pub fn figures_of(&self, result: QuarterResult) -> Vec<FactId> {
        let others = self.quarter(result.quarter).filter(|fact| *fact != result.fact);
        [result.fact].into_iter().chain(others).collect()
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

    /// A quarter as it is read, from its denominator, number and percentage; an empty text is a column not used.
    fn read(figures: [&str; 3], result: QuarterColumn, counts_money: bool) -> Vec<Option<String>> {
        let at = Span::new(FileId(0), 0..0);
        let figure = |text: &str| (!text.is_empty()).then(|| At { value: Figure::parse(text).unwrap(), at });
        let [denominator, number, percentage] = figures.map(figure);
        let quarter = Quarter { denominator, number, percentage };
        let reading = Reading { result, counts_money }.quarter(&quarter);
        let all = [reading.result, reading.number, reading.of, reading.percentage];
        all.map(|figure| figure.map(|figure| figure.value.to_string())).to_vec()
    }

    #[test]
    fn a_quarter_means_the_same_whatever_is_absent() {
        use QuarterColumn::{Denominator, Number, Percentage};
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
