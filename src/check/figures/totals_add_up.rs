//! totals-add-up: a total is the sum of its parts, down and across.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{Casting, Formula, Origin};

/// Sums of more parts than this are not written out in the message.
const MOST_SHOWN: usize = 12;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for casting in &subject.facts.castings {
        let figures: Vec<_> = [casting.total].into_iter().chain(casting.parts.iter().copied()).collect();
        audit.covers(Code::TotalsAddUp, &figures);
        let (Some(total), Some(sum)) = (subject.facts.quantity(casting.total), subject.facts.quantity(casting.sum))
        else {
            continue;
        };
        if total.agrees(sum) == Ok(true) {
            continue;
        }
        let message = match total.agrees(sum) {
            Ok(_) => format!("{} is printed as the total, but its parts come to {sum}", audit.shown(casting.total)),
            Err(_) => format!(
                "{} is printed as the total, but its parts come to {sum}, which has another unit",
                audit.shown(casting.total)
            ),
        };
        let mut finding = audit.error(Code::TotalsAddUp, &figures, message);
        if let Ok(difference) = total.minus(sum) {
            finding = finding.help(format!("the difference is {difference}"));
        }
        audit.push(finding.help(working(casting, audit)));
    }
}

/// The calculation that was made.
fn working(casting: &Casting, audit: &Audit) -> String {
    if casting.parts.len() > MOST_SHOWN {
        return format!(
            "{} figures were added; `tally trace {}` lists them",
            casting.parts.len(),
            audit.facts.get(casting.sum).address
        );
    }
    let sum = audit.shown(casting.sum);
    match &audit.facts.get(casting.sum).origin {
        Origin::Derived(Formula::Sum(parts)) => {
            let parts: Vec<String> = parts.iter().map(|part| audit.shown(*part)).collect();
            format!("{} = {sum}", parts.join(" + "))
        }
        _ => format!("{} = {sum}", audit.facts.formula(casting.sum).unwrap_or_default()),
    }
}
