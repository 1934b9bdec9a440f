//! wrong-value, date-in-future: a period ends after it begins, and before the report on it is published.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};

pub fn check(subject: &Subject, findings: &mut Findings) {
    for report in &subject.project.reports {
        let period = &report.head.period;
        let published = report.head.published;
        if period.to < period.from {
            let message = format!("the period ends on {}, before it begins on {}", period.to, period.from);
            findings.push(Diagnostic::error(Code::WrongValue, period.at, message).help("were the two days exchanged?"));
        } else if published < period.to {
            let message = format!("the period ends on {}, after the report is published on {published}", period.to);
            findings.push(
                Diagnostic::error(Code::DateInFuture, period.at, message)
                    .help("a report states what was known on its day: mend one of the two dates"),
            );
        }
    }
}
