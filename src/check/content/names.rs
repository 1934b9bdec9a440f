//! wrong-value: a name of the organisation's list is a name, and hides no figure.

use super::{Subject, quoted};
use crate::check::numbers::hides_a_figure;
use crate::diagnostic::{Code, Diagnostic, Findings};

pub fn check(subject: &Subject, findings: &mut Findings) {
    for name in subject.project.organisation.names.iter().flatten() {
        if let Some(why) = hides_a_figure(&name.value) {
            findings.push(
                Diagnostic::error(Code::WrongValue, name.at, format!("{} {why}", quoted(name))).help(
                    "a name stands here as it is printed, with its number: \"Ward 7\"; a figure is bound or stated where it is used",
                ),
            );
        }
    }
}
