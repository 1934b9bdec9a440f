//! standfirst-length: a standfirst fits on the band that opens a section.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::{Word, plain};

/// Characters that fit on two lines.
const LONGEST: usize = 95;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for report in &subject.project.reports {
        let before = findings.len();
        let texts = subject.passages.texts(&report.id);
        for text in report.sections.iter().filter_map(|section| section.standfirst.as_ref()) {
            let words = texts.words(text.at);
            let length = plain(words).chars().count();
            // Where a figure is not known, what is printed has no length.
            let is_known = !words.iter().any(|word| matches!(word, Word::Broken(_)));
            if is_known && length > LONGEST {
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
        report.mark(&mut findings[before..]);
    }
}
