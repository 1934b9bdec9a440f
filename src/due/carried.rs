//! What is said of last year's figures and was copied: acknowledgements and control totals.

use super::{Editions, Item, ItemKind, State};
use crate::model::{Acknowledgement, CheckFile, ControlTotal, Report};

/// The acknowledgements and control totals of the report.
pub fn items(Editions { report, before, .. }: &Editions) -> Vec<Item> {
    let Some(own) = checks(report) else { return Vec::new() };
    let state = |is_as_before: bool| if is_as_before { State::Due } else { State::New };
    let former = checks(before);
    let acknowledgements = own.acknowledgements.iter().flatten().map(|one| Item {
        kind: ItemKind::Acknowledgement,
        at: one.rule.at,
        address: Some(one.address.value.clone()),
        says: format!("{}: {}", one.rule.value, one.reason.value),
        state: state(
            former.iter().flat_map(|file| file.acknowledgements.iter().flatten()).any(|other| is_same(one, other)),
        ),
    });
    let totals = own.control_totals.iter().flatten().map(|one| Item {
        kind: ItemKind::ControlTotal,
        at: one.is.at,
        address: None,
        says: one.is.value.0.normalize().to_string(),
        state: state(
            former.iter().flat_map(|file| file.control_totals.iter().flatten()).any(|other| is_same_total(one, other)),
        ),
    });
    acknowledgements.chain(totals).collect()
}

fn checks(report: &Report) -> Option<&CheckFile> {
    report.statements.checks.as_ref()
}

/// Somebody who looks again says when.
fn is_same(one: &Acknowledgement, other: &Acknowledgement) -> bool {
    let names = |one: &Acknowledgement| (one.rule.value.clone(), one.address.value.clone(), one.reason.value.clone());
    names(one) == names(other) && one.date == other.date
}

fn is_same_total(one: &ControlTotal, other: &ControlTotal) -> bool {
    let of = |one: &ControlTotal| one.of.0.iter().map(|pattern| pattern.value.clone()).collect::<Vec<_>>();
    of(one) == of(other) && one.is.value.0 == other.is.value.0
}
