//! wrong-value: a period ends after it begins.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};

pub fn check(subject: &Subject, findings: &mut Findings) {
    for report in &subject.project.reports {
        let period = &report.head.period;
        if period.to < period.from {
            let message = format!("the period ends on {}, before it begins on {}", period.to, period.from);
            findings.push(Diagnostic::error(Code::WrongValue, period.at, message).help("were the two days exchanged?"));
        }
    }
}
