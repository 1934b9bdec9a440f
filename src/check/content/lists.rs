//! unknown-reference: a list of tables lists some.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{Part, numbering};

pub fn check(subject: &Subject, findings: &mut Findings) {
    for report in subject.project.reports.iter().filter(|report| report.whole) {
        let before = findings.len();
        let numbered = numbering::numbered(report);
        for kind in report.parts().filter_map(|part| if let Part::ListOf(kind) = part { Some(kind) } else { None }) {
            if numbered.iter().any(|one| one.kind == kind.value) {
                continue;
            }
            let kinds = kind.value.word();
            let finding = |message: String| Diagnostic::error(Code::UnknownReference, kind.at, message);
            findings.push(match report.is_numbered() {
                true => finding(format!("this report has no {kinds}")).help("remove the list"),
                false => finding(format!("the {kinds} of this report have no numbers"))
                    .help("write `numbered: yes` in report.yaml, above the sections"),
            });
        }
        report.mark(&mut findings[before..]);
    }
}
