//! zero-denominator: a percentage of nothing is no figure.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::model::values::IndicatorColumn;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        for (_, slot) in series.slots() {
            let column = |column| slot.figure(column);
            let (Some(printed), Some(denominator)) =
                (column(IndicatorColumn::Percentage), column(IndicatorColumn::Denominator))
            else {
                continue;
            };
            let figures: Vec<_> =
                [printed].into_iter().chain(column(IndicatorColumn::Number)).chain([denominator]).collect();
            audit.covers(Code::ZeroDenominator, &figures);
            if subject.facts.quantity(denominator).is_some_and(|of| of.number.is_zero()) {
                let message = format!("{} is printed as a share of nothing", audit.shown(printed));
                let finding = audit.error(Code::ZeroDenominator, &figures, message);
                audit.push(finding.help("write n/a: nothing was measured, which is not the same as none"));
            }
        }
    }
}
