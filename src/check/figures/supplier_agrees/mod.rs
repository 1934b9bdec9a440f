//! supplier-agrees: a table or a file of indicators says, cell by cell, what the file says that their supplier gave.
//!
//! `supplied` reads the supplier's file, `printed` says what a data file has in each cell, `pairing` finds the rows and
//! columns of the one in the other by their names, and `cells` holds a cell against its twin.

mod cells;
mod pairing;
mod printed;
mod supplied;

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::SuppliedFile;
use crate::wording::Wording;
use crate::yaml::Text;
use pairing::Pairing;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for Checks { file, scopes } in check_files(subject) {
        for one in file.compare_with.iter().flatten() {
            let folder = folder_of(subject, one);
            let scope = scopes.first().copied().unwrap_or_default();
            subject.facts.check_source(scope, &one.source, &mut audit.findings);
            let report = subject.project.reports.iter().find(|report| scope == report.id);
            let wording = report.map_or(&**Wording::english(), |report| report.wording());
            let supplied = supplied::read(subject, wording, &folder, one);
            let printed = printed::find(subject, &scopes, &format!("{folder}{}", one.file.value));
            let printed = printed.ok_or_else(|| no_data(subject, &folder, &one.file));
            match (supplied, printed) {
                (Ok(supplied), Ok(lines)) => Pairing::new(subject, one, &supplied).compare(&lines, audit),
                (supplied, printed) => {
                    audit.findings.extend(supplied.err().into_iter().flatten().chain(printed.err()));
                }
            }
        }
    }
}

fn no_data(subject: &Subject, folder: &str, file: &Text) -> Diagnostic {
    let message = format!("`{}` is no table and no file of indicators that a report of this folder shows", file.value);
    let beside =
        subject.tree.texts.keys().filter_map(|path| path.strip_prefix(folder)).filter(|path| **path != *file.value);
    Diagnostic::error(Code::UnknownReference, file.at, message)
        .did_you_mean(&file.value, beside)
        .help("name a YAML file of this folder that a part of the report shows")
}

/// The folder of the checks file, with a stroke behind it.
fn folder_of(subject: &Subject, one: &SuppliedFile) -> String {
    let checks = subject.tree.texts.iter().find(|(_, file)| **file == one.csv.at.file).map(|(path, _)| path);
    checks.and_then(|path| path.rsplit_once('/')).map_or(String::new(), |(folder, _)| format!("{folder}/"))
}

/// An error about the supplied file, at a place of it or at its name.
fn error(at: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::SupplierAgrees, at, message)
}
