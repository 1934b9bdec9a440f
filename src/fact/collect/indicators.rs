//! Facts of an indicator file.

use super::Collector;
use crate::fact::{FactId, Formula, Quantity, Series, Unit};
use crate::model::values::{Count, PercentageMeaning, QuarterColumn, Rating, Target};
use crate::model::{Indicator, IndicatorFile};

impl<'p> Collector<'p, '_> {
    pub(super) fn indicators(&mut self, stem: &str, file: &'p IndicatorFile) {
        self.enter(file.source.as_ref());
        self.counts(stem, file);
        for indicator in file.indicators() {
            self.series(stem, file, indicator);
        }
    }

    fn counts(&mut self, stem: &str, file: &IndicatorFile) {
        let all = self.counted(&format!("{stem}.count"), file.indicators().count(), "indicators", file.at);
        self.counted(&format!("{stem}.areas.count"), file.areas.len(), "areas of the cycle", file.at);
        self.counted(&format!("{stem}.directorates.count"), file.directorates.len(), "directorates", file.at);
        let places = file.indicators().map(|one| one.areas.len()).sum();
        self.counted(&format!("{stem}.areas.places"), places, "indicators, once for each of their areas", file.at);
        for area in &file.areas {
            let number: Count = area.number.value;
            let belongs = |one: &&Indicator| one.areas.iter().any(|area| area.value == number);
            let count = file.indicators().filter(belongs).count();
            self.counted(&format!("{stem}.areas.{}.count", number.0), count, "indicators in the area", area.at);
        }
        for rating in Rating::ALL {
            let count = file.indicators().filter(|one| one.rating.value == *rating).count();
            let address = format!("{stem}.ratings.{}", rating.word());
            let part = self.counted(&address, count, "indicators with the rating", file.at);
            self.quotient(&format!("{address}.share"), part, all);
        }
        for one in &file.directorates {
            let address = format!("{stem}.directorates.{}", one.directorate.value);
            self.counted(&format!("{address}.count"), one.indicators.len(), "indicators of the directorate", one.at);
            for rating in Rating::ALL {
                let count = one.indicators.iter().filter(|one| one.rating.value == *rating).count();
                let address = format!("{address}.{}", rating.word());
                self.counted(&address, count, "indicators of the directorate with the rating", one.at);
            }
        }
    }

    fn series(&mut self, stem: &str, file: &'p IndicatorFile, indicator: &'p Indicator) {
        let address = format!("{stem}.{}", indicator.id.value);
        let mut quarters = [[None; 3]; 4];
        let mut exact = [None; 4];
        for (place, quarter) in indicator.quarters.iter().enumerate() {
            for column in QuarterColumn::ALL {
                let Some(figure) = quarter.figure(*column) else { continue };
                let address = format!("{address}.q{}.{}", place + 1, column.word());
                quarters[place][*column as usize] = self.typed(&address, figure.value, figure.at);
            }
            exact[place] = self.exact(indicator, quarters[place]);
        }
        let target = match &indicator.target.value {
            Target::Set { figure, .. } => self.typed(&format!("{address}.target"), *figure, indicator.target.at),
            Target::NotApplicable => None,
        };
        let address = format!("{}{address}", self.scope);
        self.facts.add_series(Series { address, indicator, file, quarters, exact, target });
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
pub(super) fn percentage(ratio: Quantity) -> Option<Quantity> {
    let hundredfold = ratio.number.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?;
    Some(Quantity::exact(hundredfold, Unit::Percent))
}
