//! Facts of an indicator file.

use super::Collector;
use crate::fact::{FactId, Formula, Goal, Quantity, Series, SlotFacts};
use crate::model::values::{Count, IndicatorColumn, PercentageMeaning, Unit, YearIs};
use crate::model::{Indicator, IndicatorFile, PeriodFigures, TargetStep};

impl<'p> Collector<'p, '_> {
    pub(super) fn indicators(&mut self, stem: &str, file: &'p IndicatorFile) {
        self.enter(file.source.as_ref());
        self.counts(stem, file);
        for indicator in file.indicators() {
            self.series(stem, file, indicator);
        }
    }

    fn counts(&mut self, stem: &str, file: &IndicatorFile) {
        let all = self.counted(&format!("{stem}.count"), file.indicators().count(), "counted.indicators", file.at);
        if let Some(called) = &file.called.areas {
            self.areas(&format!("{stem}.{}", called.segment("areas")), file);
        }
        for rating in file.ratings.iter() {
            let count = file.indicators().filter(|one| one.has(rating)).count();
            let address = format!("{stem}.ratings.{}", rating.id.value);
            let part = self.counted(&address, count, "counted.indicators-with-the-rating", file.at);
            self.quotient(&format!("{address}.share"), part, all);
        }
        if let Some(called) = &file.called.groups {
            self.groups(&format!("{stem}.{}", called.segment("groups")), file);
        }
    }

    fn areas(&mut self, address: &str, file: &IndicatorFile) {
        self.counted(&format!("{address}.count"), file.areas.len(), "counted.areas-of-the-file", file.at);
        let places = file.indicators().map(|one| one.areas.len()).sum();
        self.counted(&format!("{address}.places"), places, "counted.indicators-once-for-each-of-their-areas", file.at);
        for area in &file.areas {
            let number: Count = area.number.value;
            let belongs = |one: &&Indicator| one.areas.iter().any(|area| area.value == number);
            let count = file.indicators().filter(belongs).count();
            self.counted(&format!("{address}.{}.count", number.0), count, "counted.indicators-in-the-area", area.at);
        }
    }

    fn groups(&mut self, address: &str, file: &IndicatorFile) {
        self.counted(&format!("{address}.count"), file.groups.len(), "counted.groups-of-indicators", file.at);
        for group in &file.groups {
            let Some(id) = &group.id else { continue };
            let address = format!("{address}.{}", id.value);
            self.counted(
                &format!("{address}.count"),
                group.indicators.len(),
                "counted.indicators-of-the-group",
                group.at,
            );
            for rating in file.ratings.iter() {
                let count = group.indicators.iter().filter(|one| one.has(rating)).count();
                let address = format!("{address}.{}", rating.id.value);
                self.counted(&address, count, "counted.indicators-of-the-group-with-the-rating", group.at);
            }
        }
    }

    fn series(&mut self, stem: &str, file: &'p IndicatorFile, indicator: &'p Indicator) {
        let address = format!("{stem}.{}", indicator.id.value);
        let periods: Vec<SlotFacts> = file
            .periods
            .iter()
            .zip(&indicator.periods)
            .map(|(period, figures)| self.slot(&format!("{address}.{}", period.id), indicator, figures))
            .collect();
        let year = indicator.year.as_ref().map(|year| {
            let facts = self.slot(&format!("{address}.year"), indicator, &year.figures);
            self.cast_year(year.is, facts, &periods);
            facts
        });
        let steps = indicator.target.steps();
        let goals = steps.iter().enumerate().filter_map(|(place, step)| {
            // The target is the one that holds at the end; earlier ones are those of the period from which they hold.
            let earlier = file.periods.get(step.from).filter(|_| place + 1 < steps.len());
            let address = match earlier {
                Some(period) => format!("{address}.{}.target", period.id),
                None => format!("{address}.target"),
            };
            self.goal(&address, step)
        });
        let goals = goals.collect();
        let address = format!("{}{address}", self.scope);
        self.facts.add_series(Series { address, indicator, file, periods, year, goals });
    }

    /// The figures of a period, or of the year.
    fn slot(&mut self, address: &str, indicator: &Indicator, figures: &PeriodFigures) -> SlotFacts {
        let mut facts = SlotFacts::default();
        for column in IndicatorColumn::ALL {
            let Some(figure) = figures.figure(*column) else { continue };
            facts.figures[*column as usize] =
                self.typed(&format!("{address}.{}", column.word()), figure.value, figure.at);
        }
        facts.exact = self.exact(indicator, facts.figures);
        facts
    }

    /// What the figures of the year should be of those of the periods.
    fn cast_year(&mut self, is: YearIs, year: SlotFacts, periods: &[SlotFacts]) {
        for column in IndicatorColumn::ALL {
            let Some(total) = year.figure(*column) else { continue };
            let mut parts: Vec<FactId> = periods.iter().filter_map(|period| period.figure(*column)).collect();
            match is {
                YearIs::Sum if *column != IndicatorColumn::Percentage => self.cast(total, parts),
                YearIs::Last => self.cast(total, parts.pop().into_iter().collect()),
                // The percentage of the year follows from its own figures.
                YearIs::Sum | YearIs::NotDerived => {}
            }
        }
    }

    fn goal(&mut self, address: &str, step: &TargetStep) -> Option<Goal> {
        let (fact, to) = match &step.to {
            None => (self.typed(address, step.figure.value, step.figure.at)?, None),
            Some(to) => (
                self.typed(&format!("{address}.low"), step.figure.value, step.figure.at)?,
                Some(self.typed(&format!("{address}.high"), to.value, to.at)?),
            ),
        };
        let figure = self.facts.quantity(fact)?;
        let to = to.and_then(|to| Some((to, self.facts.quantity(to)?)));
        Some(Goal { from: step.from, fact, figure, to, aim: step.aim })
    }

    /// The percentage that follows from number and denominator, exactly; none of nothing is no percentage.
    fn exact(&mut self, indicator: &Indicator, [denominator, number, printed]: [Option<FactId>; 3]) -> Option<FactId> {
        let (denominator, number, printed) = (denominator?, number?, printed?);
        let (base, reached) = (self.facts.quantity(denominator)?, self.facts.quantity(number)?);
        let (ratio, formula) = match indicator.percentage_is.as_ref()?.value {
            PercentageMeaning::OfDenominator => {
                (reached.divided_by(base).ok()?, Formula::Quotient(number, denominator))
            }
            PercentageMeaning::GrowthOverDenominator => {
                (reached.minus(base).ok()?.divided_by(base).ok()?, Formula::Growth(number, denominator))
            }
            PercentageMeaning::NotDerived => return None,
        };
        Some(self.beside(printed, "exact", percentage(ratio)?, formula))
    }

    /// The percentage that one fact is of another.
    pub(super) fn quotient(&mut self, address: &str, part: FactId, whole: FactId) -> Option<FactId> {
        let ratio = self.facts.quantity(part)?.divided_by(self.facts.quantity(whole)?).ok()?;
        let at = self.facts.get(part).at;
        Some(self.derived(address, percentage(ratio)?, Formula::Quotient(part, whole), at))
    }

    /// A fact that is computed beside a printed one.
    pub(super) fn beside(&mut self, printed: FactId, name: &str, value: Quantity, formula: Formula) -> FactId {
        let fact = self.facts.get(printed);
        let local = fact.address.strip_prefix(self.scope.as_str()).unwrap_or(&fact.address);
        let (address, at) = (format!("{local}.{name}"), fact.at);
        self.derived(&address, value, formula, at)
    }
}

/// A ratio as a percentage that is known exactly.
fn percentage(ratio: Quantity) -> Option<Quantity> {
    let hundredfold = ratio.number.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?;
    Some(Quantity::exact(hundredfold, Unit::Percent))
}
