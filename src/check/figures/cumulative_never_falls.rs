//! cumulative-never-falls: what is called cumulative does not become smaller.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{FactId, Series};
use crate::model::values::{Accumulation, IndicatorColumn};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in subject.facts.series.iter().filter(|series| series.indicator.series == Accumulation::Cumulative) {
        for column in counting(series) {
            let facts: Vec<FactId> = series.over_periods(column).collect();
            falls(subject, audit, &facts);
        }
    }
}

/// The columns that are cumulative: percentages may fall where what they are of grows, and so may what they are of.
fn counting(series: &Series) -> Vec<IndicatorColumn> {
    let has_numbers = series.over_periods(IndicatorColumn::Number).next().is_some();
    let result = series.reading().result;
    let numbers = has_numbers.then_some(IndicatorColumn::Number);
    let counted = (result != IndicatorColumn::Number && !(has_numbers && result == IndicatorColumn::Percentage))
        .then_some(result);
    numbers.into_iter().chain(counted).collect()
}

fn falls(subject: &Subject, audit: &mut Audit, facts: &[FactId]) {
    audit.covers(Code::CumulativeNeverFalls, facts);
    for pair in facts.windows(2) {
        let [before, now] = pair else { continue };
        let (Some(was), Some(is)) = (subject.facts.quantity(*before), subject.facts.quantity(*now)) else {
            continue;
        };
        if is.compared(was).is_ok_and(|order| order.is_lt()) {
            let message =
                format!("the series is cumulative, but falls from {} to {}", audit.shown(*before), audit.shown(*now));
            let finding = audit.error(Code::CumulativeNeverFalls, &[*now, *before], message);
            audit.push(
                finding
                    .also(subject.facts.get(*before).at, "the period before")
                    .help("mend the figure, or write `series: each-period`"),
            );
        }
    }
}
