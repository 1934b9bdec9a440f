//! share-agrees: a share follows from its amount and the whole at the printed precision.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::ProportionKind;

pub fn check(subject: &Subject, audit: &mut Audit) {
    proportions(subject, audit, ProportionKind::Share, Code::ShareAgrees, "the share of");
}

/// Compares printed proportions of a kind with those that follow.
pub(super) fn proportions(subject: &Subject, audit: &mut Audit, kind: ProportionKind, code: Code, what: &str) {
    for one in subject.facts.proportions.iter().filter(|one| one.kind == kind) {
        let figures = [one.printed, one.part, one.whole];
        audit.covers(code, &figures);
        let (Some(printed), Some(exact)) = (subject.facts.quantity(one.printed), subject.facts.quantity(one.exact))
        else {
            continue;
        };
        if printed.agrees(exact) == Ok(true) {
            continue;
        }
        let follows = exact.rounded_as(printed);
        let (shown, part, whole) = (audit.shown(one.printed), audit.shown(one.part), audit.shown(one.whole));
        let message = format!("{shown} is printed, but {what} {part} in {whole} is {follows}");
        let finding = audit.error(code, &figures, message);
        audit.push(finding);
    }
}
