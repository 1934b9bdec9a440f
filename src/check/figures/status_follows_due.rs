//! status-follows-due: a deliverable whose day has passed is done, or said to be late; one whose day is to come is not.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Deliverable, DeliverableFile, Report};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for report in &subject.project.reports {
        let mut seen = Vec::new();
        for part in report.parts() {
            let Some((stem, file)) = part.deliverables() else { continue };
            if !seen.contains(&stem) {
                seen.push(stem);
                file.deliverables.iter().for_each(|one| check_one(subject, audit, report, stem, file, one));
            }
        }
    }
}

fn check_one(
    subject: &Subject,
    audit: &mut Audit,
    report: &Report,
    stem: &str,
    file: &DeliverableFile,
    one: &Deliverable,
) {
    let Some(((due, named), status)) = one.due.as_ref().zip(one.status.as_ref()).zip(file.status_of(one)) else {
        return;
    };
    let address = format!("{}.{stem}.{}.due", report.id, one.id.value);
    audit.covers(
        Code::StatusFollowsDue,
        subject.facts.find(&report.id, &format!("{stem}.{}.due", one.id.value)).as_slice(),
    );
    let (end, published) = (report.head.period.to, report.head.published);
    let (key, due_on, name) = (&one.key.value, due.value, &status.name.value);
    let (against, message, help) = if file.is_overdue(one, end) && !status.is_late() {
        (
            end,
            format!("“{key}” was due on {due_on}, but is said to be “{name}” at the end of {end}"),
            "give it a status with `late: yes` or `done: yes`, or the day that was agreed since",
        )
    } else if due_on > published.max(end) && status.is_late() {
        (
            published,
            format!("“{key}” is due on {due_on}, but is said to be “{name}” in a report of {published}"),
            "give it a status without `late: yes`, or the day that was missed",
        )
    } else {
        return;
    };
    audit.push(
        Diagnostic::error(Code::StatusFollowsDue, named.at, message)
            .about(address, vec![due_on.to_string(), status.id.value.to_string(), against.to_string()])
            .also(due.at, "due on this day")
            .help(help),
    );
}
