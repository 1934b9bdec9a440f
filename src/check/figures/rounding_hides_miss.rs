//! rounding-hides-miss: a figure reaches its target only because it was rounded.

use super::results::{Goal, QuarterResult, figures, results};
use super::{Audit, Subject};
use crate::diagnostic::Code;
use rust_decimal::Decimal;

use crate::fact::{Quantity, round};
use crate::model::values::Rating;

pub fn check(subject: &Subject, audit: &mut Audit) {
    each_hidden_miss(subject, audit, Code::RoundingHidesMiss, true, |audit, goal, result, exact| {
        let decimals = (1..6).find(|decimals| !goal.is_reached_by(with(result, round(exact, *decimals)))).unwrap_or(6);
        format!(
            "{} reaches the target of {} only because it is rounded: it is {}%",
            audit.shown(result.fact),
            goal.shown(audit.facts),
            round(exact, decimals),
        )
    });
}

fn with(result: QuarterResult, number: Decimal) -> Quantity {
    Quantity { number, ..result.printed }
}

/// Every result that is printed as reaching its target and does not, by rounding or otherwise. A red rating hides
/// nothing.
pub(super) fn each_hidden_miss(
    subject: &Subject,
    audit: &mut Audit,
    code: Code,
    by_rounding: bool,
    message: impl Fn(&Audit, Goal, QuarterResult, Decimal) -> String,
) {
    for series in &subject.facts.series {
        let Some(goal) = Goal::of(subject.facts, series) else { continue };
        for result in results(subject.facts, series, goal) {
            let Some(exact) = result.exact else { continue };
            let mut all = figures(series, result);
            all.push(goal.fact);
            audit.covers(code, &all);
            let is_red = series.indicator.rating.value == Rating::Red;
            let hidden = !is_red && goal.is_reached_by(result.printed) && !goal.is_reached_by(exact);
            if hidden && (result.printed.agrees(exact) == Ok(true)) == by_rounding {
                let message = message(audit, goal, result, exact.number);
                let finding = audit.error(code, &all, message);
                audit.push(finding.help(format!("{}: quarter {}", series.indicator.name.value, result.quarter + 1)));
            }
        }
    }
}
