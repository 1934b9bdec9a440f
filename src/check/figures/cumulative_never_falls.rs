//! cumulative-never-falls: what is called cumulative does not become smaller.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::FactId;
use crate::model::values::{QuarterColumn, Series as Hang};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in subject.facts.series.iter().filter(|series| series.indicator.series == Hang::Cumulative) {
        // Percentages may fall where what they are of grows; without numbers they are what is cumulative.
        let has_numbers = (0..4).any(|quarter| series.figure(quarter, QuarterColumn::Number).is_some());
        let column = if has_numbers { QuarterColumn::Number } else { QuarterColumn::Percentage };
        let facts: Vec<FactId> = (0..4).filter_map(|quarter| series.figure(quarter, column)).collect();
        audit.covers(Code::CumulativeNeverFalls, &facts);
        for pair in facts.windows(2) {
            let [before, now] = pair else { continue };
            let (Some(was), Some(is)) = (subject.facts.quantity(*before), subject.facts.quantity(*now)) else {
                continue;
            };
            if is.compared(was).is_ok_and(|order| order.is_lt()) {
                let message = format!(
                    "the series is cumulative, but falls from {} to {}",
                    audit.shown(*before),
                    audit.shown(*now)
                );
                let finding = audit.error(Code::CumulativeNeverFalls, &[*now, *before], message);
                audit.push(
                    finding
                        .also(subject.facts.get(*before).at, "the quarter before")
                        .help("mend the figure, or write `series: each-quarter`"),
                );
            }
        }
    }
}
