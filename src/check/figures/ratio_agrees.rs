//! ratio-agrees: a percentage follows from its number and denominator at the printed precision.

use super::{Audit, Subject, cumulative_not_summed};
use crate::diagnostic::Code;
use crate::fact::{Contradiction, FactId, Series, Slot, SlotFacts, plain};
use crate::model::values::{IndicatorColumn, Manner, PercentageMeaning};

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
        for (slot, figures) in series.slots() {
            without_figures(series, (slot, figures), audit);
            let column = |column| figures.figure(column);
            let compared = [IndicatorColumn::Percentage, IndicatorColumn::Number, IndicatorColumn::Denominator];
            let compared: Vec<FactId> = compared.into_iter().filter_map(column).collect();
            if figures.exact.is_some() {
                audit.covers(Code::RatioAgrees, &compared);
            }
        }
        // Where running sums explain the whole series, that is said once.
        if cumulative_not_summed::is_summed(subject, series) {
            continue;
        }
        for one in series.contradictions(subject.facts).filter(Contradiction::has_result) {
            let follows = plain(&one.words(Manner::of_messages(), |fact| audit.shown(fact)));
            let message = format!("{} is printed, but {follows}", audit.shown(one.printed));
            let finding = audit.error(Code::RatioAgrees, &one.figures(), message);
            audit.push(finding.help(format!("{}: {}", series.indicator.name.value, series.called(one.slot))));
        }
    }
}
