//! status-follows-due: a deliverable whose day has passed is done, or said to be late.

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
    let end = report.head.period.to;
    if !file.is_overdue(one, end) || status.is_late() {
        return;
    }
    let (due_on, name) = (due.value, &status.name.value);
    let message = format!("“{}” was due on {due_on}, but is said to be “{name}” at the end of {end}", one.key.value);
    audit.push(
        Diagnostic::error(Code::StatusFollowsDue, named.at, message)
            .about(address, vec![due_on.to_string(), status.id.value.to_string(), end.to_string()])
            .also(due.at, "due on this day")
            .help("give it a status with `late: yes` or `done: yes`, or the day that was agreed since"),
    );
}
