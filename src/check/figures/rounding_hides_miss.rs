//! rounding-hides-miss: a figure reaches its target only because it was rounded.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use rust_decimal::Decimal;

use crate::fact::{Goal, PeriodResult, Quantity, round};
use crate::model::values::Mark;

pub fn check(subject: &Subject, audit: &mut Audit) {
    each_hidden_miss(subject, audit, Code::RoundingHidesMiss, true, |audit, goal, result, exact| {
        format!(
            "{} reaches the target of {} only because it is rounded: it is {}%",
            audit.shown(result.fact),
            goal.shown(audit.facts),
            clearly_missing(goal, result, exact),
        )
    });
}

/// A result with as many decimals as it takes to see that it misses its target.
pub(super) fn clearly_missing(goal: Goal, result: PeriodResult, exact: Decimal) -> Decimal {
    let misses = |number: Decimal| !goal.is_reached_by(Quantity { number, ..result.printed });
    (1..6).map(|decimals| round(exact, decimals)).find(|number| misses(*number)).unwrap_or(exact)
}

/// Every result that is printed as reaching its target and does not, by rounding or otherwise. A red rating hides
/// nothing.
pub(super) fn each_hidden_miss(
    subject: &Subject,
    audit: &mut Audit,
    code: Code,
    by_rounding: bool,
    message: impl Fn(&Audit, Goal, PeriodResult, Decimal) -> String,
) {
    for series in &subject.facts.series {
        for (result, goal) in series.results_against_targets(subject.facts) {
            let Some(exact) = result.exact else { continue };
            let mut all = series.figures_of(result);
            all.extend(goal.facts());
            audit.covers(code, &all);
            let is_red = series.indicator.rating.value.mark == Mark::Red;
            let hidden = !is_red && goal.is_reached_by(result.printed) && !goal.is_reached_by(exact);
            if hidden && (result.printed.agrees(exact) == Ok(true)) == by_rounding {
                let message = message(audit, goal, result, exact.number);
                let finding = audit.error(code, &all, message);
                audit.push(finding.help(format!("{}: {}", series.indicator.name.value, series.called(result.slot))));
            }
        }
    }
}
