//! totals-add-up: a total is the sum of its parts, down and across.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{Casting, Formula, Origin, Quantity};

/// Sums of more parts than this are not written out in the message.
const MOST_SHOWN: usize = 12;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for casting in &subject.facts.castings {
        let figures: Vec<_> = [casting.total].into_iter().chain(casting.parts.iter().copied()).collect();
        audit.covers(Code::TotalsAddUp, &figures);
        let Some((total, sum)) = subject.facts.cast(casting) else { continue };
        let agrees = total.agrees(sum);
        if agrees == Ok(true) {
            continue;
        }
        let sum = beside(total, sum);
        let unit = if agrees.is_err() { ", which has another unit" } else { "" };
        let shown = audit.shown(casting.total);
        let message = format!("{shown} is printed as the total, but its parts come to {sum}{unit}");
        let mut finding = audit.error(Code::TotalsAddUp, &figures, message);
        if let Ok(difference) = total.minus(sum) {
            finding = finding.help(format!("the difference is {difference}"));
        }
        audit.push(finding.help(working(casting, sum, audit)));
    }
    for one in &subject.facts.uncast {
        let figures: Vec<_> = [one.total].into_iter().chain(one.parts.iter().copied()).collect();
        audit.covers(Code::TotalsAddUp, &figures);
        let message = format!("{} is printed, but {}", audit.shown(one.total), one.why);
        let finding = audit.error(Code::TotalsAddUp, &figures, message);
        audit.push(finding.help("write n/a for what cannot be calculated, and 0 for what is nothing"));
    }
}

/// What was calculated, with as many decimals as it takes to be held against what is printed: a quotient has no end.
fn beside(printed: Quantity, calculated: Quantity) -> Quantity {
    match calculated.step.is_zero() && calculated.unit == printed.unit {
        true => calculated.rounded_as(printed),
        false => calculated,
    }
}

/// The calculation that was made.
fn working(casting: &Casting, sum: Quantity, audit: &Audit) -> String {
    if casting.parts.len() > MOST_SHOWN {
        return format!(
            "{} figures were added; `tally trace {}` lists them",
            casting.parts.len(),
            audit.facts.get(casting.sum).address
        );
    }
    match &audit.facts.get(casting.sum).origin {
        Origin::Derived(Formula::Sum(parts)) => {
            let parts: Vec<String> = parts.iter().map(|part| audit.shown(*part)).collect();
            format!("{} = {sum}", parts.join(" + "))
        }
        _ => format!("{} = {sum}", audit.facts.formula(casting.sum).unwrap_or_default()),
    }
}
