//! Writes the workbook of a report in which figures are filled in.

use std::path::Path;

use super::{Options, Outcome, ReportBuilder};
use crate::diagnostic::{Code, Diagnostic, Findings, any_errors};
use crate::import::{Template, template};
use crate::publish;

/// Writes the workbook of a report to a file that is not there yet. Nothing where a finding says why not.
pub fn write_template(options: &Options, report: &str, file: &Path) -> (Outcome, Option<Template>) {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let examined = content.examine(options, &mut findings);
    let made = examined.filter(|_| !any_errors(&findings)).map(|examined| {
        let subject = examined.subject(&content.tree);
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut reports = subject.project.reports.iter().filter(|one| one.is_first_of_folder());
        match reports.find(|one| one.folder == report) {
            Some(report) => template(&subject, report, &name).map_err(|fault| vec![*fault]),
            None => Err(vec![unknown(report, content.tree.reports())]),
        }
    });
    let written = made.map(|made| {
        made.and_then(|made| {
            let folder = file.parent().unwrap_or(Path::new(""));
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            publish::begin(folder, &[(name, made.bytes.clone())]).map(|()| made)
        })
    });
    let written = written.and_then(|written| written.map_err(|faults: Findings| findings.extend(faults)).ok());
    (content.outcome(findings, Default::default(), None), written)
}

fn unknown<'t>(report: &str, known: impl Iterator<Item = &'t str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{report}`"))
        .did_you_mean(report, known.iter().copied())
        .help(format!("the reports are {}", known.join(", ")))
}
