//! What a plan declares is used throughout, and what is said of its deliverables can be true.

use super::{Subject, parts};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::values::{Id, Square};
use crate::model::{Data, Deliverable, DeliverableFile, DeliverableGroup, Part};

/// What counts under a theme already, in its addresses.
const COUNTED: &[&str] = &["outcomes", "statuses", "count"];

pub fn check(subject: &Subject, findings: &mut Findings) {
    for (_, data) in parts(subject).filter_map(Part::data) {
        let Data::Deliverables(file, _) = data else { continue };
        check_groups(file, findings);
        check_statuses(file, findings);
    }
}

fn check_groups(file: &DeliverableFile, findings: &mut Findings) {
    let groups = file.groups();
    if let Some(one) = groups.get(Square::ALL.len()) {
        let message = format!("there are {} groups", groups.len());
        findings.push(Diagnostic::error(Code::WrongCount, one.at, message).help(format!(
            "a plan has at most {}, which can be told apart; put some of them together",
            Square::ALL.len()
        )));
    }
    let is_of = |one: &Deliverable, group: &DeliverableGroup| {
        one.group.as_ref().is_some_and(|named| named.value == group.id.value)
    };
    // A group that was misspelt where it is named is told there.
    let are_known = file.deliverables.iter().all(|one| groups.iter().any(|group| is_of(one, group)));
    for group in groups {
        let id = group.id.value.as_str();
        if COUNTED.contains(&id) {
            let message = format!("a group cannot be called `{id}`, which is counted under each theme already");
            findings.push(Diagnostic::error(Code::DuplicateId, group.id.at, message).help("choose another id"));
        }
        if are_known && !file.deliverables.iter().any(|one| is_of(one, group)) {
            findings.push(
                Diagnostic::error(Code::WrongValue, group.id.at, format!("no deliverable is of the group `{id}`"))
                    .help("remove the group, or name it under `group` of its deliverables"),
            );
        }
    }
    for one in &file.deliverables {
        let ids = || groups.iter().map(|group| group.id.value.as_str());
        on_all_or_none("group", one.at, &one.id.value, one.group.as_ref().map(|named| named.at), ids(), findings);
    }
}

fn check_statuses(file: &DeliverableFile, findings: &mut Findings) {
    for status in file.statuses() {
        if let (true, Some(late)) = (status.is_done(), status.late.as_ref().filter(|_| status.is_late())) {
            let message = format!("the status `{}` is both done and late", status.id.value);
            findings.push(
                Diagnostic::error(Code::WrongValue, late.at, message)
                    .help("what is done is late no longer: remove `done: yes` or `late: yes`"),
            );
        }
    }
    for one in &file.deliverables {
        let ids = || file.statuses().iter().map(|status| status.id.value.as_str());
        on_all_or_none("status", one.at, &one.id.value, one.status.as_ref().map(|named| named.at), ids(), findings);
    }
}

/// What a file declares (`ids`) every deliverable has one of; what it does not declare none has.
fn on_all_or_none<'a>(
    field: &str,
    deliverable: Span,
    id: &Id,
    named: Option<Span>,
    ids: impl Iterator<Item = &'a str>,
    findings: &mut Findings,
) {
    let ids: Vec<&str> = ids.collect();
    let plural = if field == "group" { "groups" } else { "statuses" };
    match named {
        None if !ids.is_empty() => findings.push(
            Diagnostic::error(
                Code::MissingField,
                Span { end: deliverable.start + 1, ..deliverable },
                format!("the deliverable `{id}` has no {field}"),
            )
            .help(format!("add a line `{field}: …` with one of: {}", ids.join(", "))),
        ),
        Some(at) if ids.is_empty() => findings.push(
            Diagnostic::error(Code::UnknownReference, at, format!("the file declares no {plural}"))
                .help(format!("list them at the top of the file under `{plural}:`, or remove the line")),
        ),
        Some(_) | None => {}
    }
}
