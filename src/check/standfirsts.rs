//! standfirst-length: a standfirst fits on the band that opens a section.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};

/// Characters that fit on two lines.
const LONGEST: usize = 95;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for section in subject.project.reports.iter().flat_map(|report| &report.sections) {
        let Some(text) = &section.standfirst else { continue };
        let length = text.value.chars().count();
        if length > LONGEST {
            findings.push(
                Diagnostic::error(
                    Code::StandfirstLength,
                    text.at,
                    format!("this standfirst has {length} characters; {LONGEST} fit"),
                )
                .help("shorten it to one sentence that states the finding"),
            );
        }
    }
}
