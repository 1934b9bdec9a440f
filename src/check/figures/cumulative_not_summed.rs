//! cumulative-not-summed: percentages that are cumulative already are not added up again.

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{FactId, Quantity, Series, SlotFacts, round};
use crate::model::values::{Accumulation, IndicatorColumn};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in subject.facts.series.iter().filter(|series| series.indicator.series == Accumulation::Cumulative) {
        let periods = printed_and_exact(subject, series);
        let mut figures: Vec<FactId> = periods.iter().rev().map(|(printed, ..)| *printed).collect();
        figures.extend(
            series
                .periods
                .iter()
                .flat_map(|period| period.all())
                .filter(|fact| !periods.iter().any(|(printed, ..)| printed == fact)),
        );
        audit.covers(Code::CumulativeNotSummed, &figures);
        if !is_summed(subject, series) {
            continue;
        }
        let Some((last, is, exact)) = periods.last() else { continue };
        let each: Vec<String> =
            periods.iter().map(|(_, is, exact)| format!("{}%", round(exact.number, is.number.scale()))).collect();
        let message = format!(
            "{} is printed, but {}% follows from its figures: the percentages of the periods were added up, although each is cumulative",
            audit.shown(*last),
            round(exact.number, is.number.scale()),
        );
        let finding = audit.error(Code::CumulativeNotSummed, &figures, message);
        audit.push(finding.help(format!("{}: they are {}", series.indicator.name.value, each.join(", "))));
    }
}

/// Whether the printed percentages are running sums of those that follow, in at least one period wrongly.
pub(super) fn is_summed(subject: &Subject, series: &Series) -> bool {
    if series.indicator.series != Accumulation::Cumulative {
        return false;
    }
    let periods = printed_and_exact(subject, series);
    let mut sum = Decimal::ZERO;
    let mut wrong = false;
    periods.len() > 1
        && periods.iter().all(|(_, is, exact)| {
            sum += exact.number;
            wrong |= is.agrees(*exact) == Ok(false);
            is.agrees(Quantity { number: sum, ..*exact }) == Ok(true)
        })
        && wrong
}

/// The printed percentage of each period, and the one that follows.
fn printed_and_exact(subject: &Subject, series: &Series) -> Vec<(FactId, Quantity, Quantity)> {
    let period = |period: &SlotFacts| {
        let printed = period.figure(IndicatorColumn::Percentage)?;
        Some((printed, subject.facts.quantity(printed)?, subject.facts.quantity(period.exact?)?))
    };
    series.periods.iter().filter_map(period).collect()
}
