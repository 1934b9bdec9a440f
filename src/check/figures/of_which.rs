//! of-which: some of what a figure consists of is no more than the figure.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{FactId, Quantity};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for portion in &subject.facts.portions {
        let figures: Vec<FactId> = [portion.total].into_iter().chain(portion.parts.iter().copied()).collect();
        let Some((whole, some)) = subject.facts.cast(portion) else { continue };
        // Where income stands among costs, some of a figure may be more than all of it.
        let quantities = || figures.iter().filter_map(|figure| subject.facts.quantity(*figure));
        let one_sign = quantities().all(|one| one.number >= Decimal::ZERO)
            || quantities().all(|one| one.is_known() && one.number <= Decimal::ZERO);
        if !one_sign {
            audit.leaves_out(
                Code::OfWhich,
                &figures,
                "some of a figure can be more than all of it where both signs stand in it",
            );
            continue;
        }
        audit.covers(Code::OfWhich, &figures);
        let is_more = size(some).compared(size(whole)) == Ok(Ordering::Greater);
        if !is_more || some.agrees(whole) == Ok(true) {
            continue;
        }
        let message =
            format!("{} is printed, but the rows under `of-which` come to {some}", audit.shown(portion.total));
        let finding = audit.error(Code::OfWhich, &figures, message);
        audit.push(finding.help("`of-which` rows are some of what the row consists of, and no more than it; rows that stand for themselves are no part of it"));
    }
}

/// Without its sign.
fn size(quantity: Quantity) -> Quantity {
    match quantity.is_known() {
        true => Quantity { number: quantity.number.abs(), ..quantity },
        false => quantity,
    }
}
