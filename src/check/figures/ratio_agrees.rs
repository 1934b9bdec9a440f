//! ratio-agrees: a percentage follows from its number and denominator at the printed precision.

use super::{Audit, Subject, cumulative_not_summed};
use crate::diagnostic::Code;
use crate::fact::{Series, Slot, SlotFacts, round};
use crate::model::values::{IndicatorColumn, PercentageMeaning};

/// A percentage that should follow from two figures does not stand there without them.
fn without_figures(series: &Series, (slot, figures): (Slot, &SlotFacts), audit: &mut Audit) {
    let follows = series.indicator.percentage_is.as_ref().is_some_and(|one| one.value != PercentageMeaning::NotDerived);
    let Some(printed) = figures.figure(IndicatorColumn::Percentage) else { return };
    if !follows {
        return audit.leaves_out(
            Code::RatioAgrees,
            &[printed],
            "the file does not say that it follows from its figures",
        );
    }
    if figures.all().count() < IndicatorColumn::ALL.len() {
        let message = format!("{} is printed without the figures that it follows from", audit.shown(printed));
        let finding = audit.error(Code::RatioAgrees, &[printed], message);
        audit.push(finding.help(format!("{}: {}", series.indicator.name.value, series.called(slot))));
    }
}

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let summed = cumulative_not_summed::is_summed(subject, series);
        for (slot, figures) in series.slots() {
            let column = |column| figures.figure(column);
            without_figures(series, (slot, figures), audit);
            let Some(exact) = figures.exact else { continue };
            let (Some(printed), Some(number), Some(denominator)) = (
                column(IndicatorColumn::Percentage),
                column(IndicatorColumn::Number),
                column(IndicatorColumn::Denominator),
            ) else {
                continue;
            };
            let compared = [printed, number, denominator];
            audit.covers(Code::RatioAgrees, &compared);
            let (Some(is), Some(follows)) = (subject.facts.quantity(printed), subject.facts.quantity(exact)) else {
                continue;
            };
            // Where running sums explain the whole series, that is said once.
            if is.agrees(follows) == Ok(true) || summed {
                continue;
            }
            let (number, denominator) = (audit.shown(number), audit.shown(denominator));
            let growth = series
                .indicator
                .percentage_is
                .as_ref()
                .is_some_and(|one| one.value == PercentageMeaning::GrowthOverDenominator);
            let of = if growth {
                format!("the growth from {denominator} to {number}")
            } else {
                format!("{number} of {denominator}")
            };
            let follows = round(follows.number, is.number.scale());
            let message = format!("{} is printed, but {of} is {follows}%", audit.shown(printed));
            let finding = audit.error(Code::RatioAgrees, &compared, message);
            audit.push(finding.help(format!("{}: {}", series.indicator.name.value, series.called(slot))));
        }
    }
}
