//! The accessibility statement claims no more than was tested.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::values::Compliance;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(statement) = &subject.project.organisation.accessibility else { return };
    let compliance = &statement.compliance;
    let is_tested = statement.tests.as_ref().is_some_and(|tests| !tests.is_empty());
    let has_issues = statement.issues.as_ref().is_some_and(|issues| !issues.is_empty());
    let mut say = |message: &str, help: &str| {
        findings.push(Diagnostic::error(Code::WrongValue, compliance.at, message).help(help));
    };
    if compliance.value != Compliance::NotAssessed && !is_tested {
        say(
            "compliance is claimed, but no test is named",
            "say under `tests` when and how it was tested, or write `compliance: not-assessed`",
        );
    }
    let latest = statement.reviewed.map_or(statement.prepared, |reviewed| reviewed.max(statement.prepared));
    if statement.reviewed.is_some_and(|reviewed| reviewed < statement.prepared)
        || statement.tests.iter().flatten().any(|test| test.on > latest)
    {
        say(
            "the statement was reviewed before it was prepared, or names a test that was made after both",
            "mend the dates: `prepared` comes first, then `reviewed`; a test is told when the statement is reviewed",
        );
    }
    match (compliance.value, has_issues) {
        (Compliance::Full, true) => say(
            "issues are listed, so the reports do not comply fully",
            "write `compliance: partial`, or remove the issues that were mended",
        ),
        (Compliance::Partial | Compliance::None, false) => {
            say("it is not said what does not comply", "list under `issues` what does not comply, and why");
        }
        _ => {}
    }
}
