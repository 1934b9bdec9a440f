//! Imports that were never run, and workbooks that are others than those that figures were taken from.

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::Stated;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for stated in subject.project.stated() {
        let imports = stated.statements.imports.iter().flat_map(|file| &file.imports);
        for import in imports {
            subject.facts.check_source(stated.scope(), &import.source, findings);
            let digests = digests(stated, import.id.value.as_str());
            if digests.is_empty() {
                let message = format!("nothing was taken from {} yet", import.workbook.value);
                findings.push(Diagnostic::warning(Code::ImportNotRun, import.id.at, message).help(format!(
                    "`tally import {} {}` lists what it would change",
                    stated.name(),
                    import.id.value
                )));
                continue;
            }
            let now = subject.tree.incoming_sha256(&import.workbook.value, import.workbook.at);
            if now.is_some_and(|now| !digests.contains(now)) {
                let message = format!("{} in incoming/ is another than the one that was taken", import.workbook.value);
                findings.push(Diagnostic::warning(Code::SourceReplaced, import.workbook.at, message).help(format!(
                    "`tally import {} {}` lists what it would change",
                    stated.name(),
                    import.id.value
                )));
            }
        }
    }
}

/// The digests of the workbooks that an import was taken from.
fn digests<'r>(stated: Stated<'r>, import: &str) -> BTreeSet<&'r str> {
    let figures = stated.statements.taken.figures.values().filter(|figure| figure.import == import);
    figures.map(|figure| figure.sha256.as_str()).collect()
}
