//! cumulative-not-summed: percentages that are cumulative already are not added up again.

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{FactId, Quantity, Series, round};
use crate::model::values::{QuarterColumn, Series as Hang};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in subject.facts.series.iter().filter(|series| series.indicator.series == Hang::Cumulative) {
        let quarters = printed_and_exact(subject, series);
        let mut figures: Vec<FactId> = quarters.iter().rev().map(|(printed, ..)| *printed).collect();
        figures.extend(
            (0..4)
                .flat_map(|quarter| series.quarter(quarter))
                .filter(|fact| !quarters.iter().any(|(printed, ..)| printed == fact)),
        );
        audit.covers(Code::CumulativeNotSummed, &figures);
        if !is_summed(subject, series) {
            continue;
        }
        let Some((last, is, exact)) = quarters.last() else { continue };
        let each: Vec<String> =
            quarters.iter().map(|(_, is, exact)| format!("{}%", round(exact.number, is.number.scale()))).collect();
        let message = format!(
            "{} is printed, but {}% follows from its figures: the percentages of the quarters were added up, although each is cumulative",
            audit.shown(*last),
            round(exact.number, is.number.scale()),
        );
        let finding = audit.error(Code::CumulativeNotSummed, &figures, message);
        audit.push(finding.help(format!("{}: the quarters are {}", series.indicator.name.value, each.join(", "))));
    }
}

/// Whether the printed percentages are running sums of those that follow, in at least one quarter wrongly.
pub(super) fn is_summed(subject: &Subject, series: &Series) -> bool {
    if series.indicator.series != Hang::Cumulative {
        return false;
    }
    let quarters = printed_and_exact(subject, series);
    let mut sum = Decimal::ZERO;
    let mut wrong = false;
    quarters.len() > 1
        && quarters.iter().all(|(_, is, exact)| {
            sum += exact.number;
            wrong |= is.agrees(*exact) == Ok(false);
            is.agrees(Quantity { number: sum, ..*exact }) == Ok(true)
        })
        && wrong
}

/// The printed percentage of each quarter, and the one that follows.
fn printed_and_exact(subject: &Subject, series: &Series) -> Vec<(FactId, Quantity, Quantity)> {
    let quarter = |quarter: usize| {
        let printed = series.figure(quarter, QuarterColumn::Percentage)?;
        Some((printed, subject.facts.quantity(printed)?, subject.facts.quantity(series.exact[quarter]?)?))
    };
    (0..4).filter_map(quarter).collect()
}
