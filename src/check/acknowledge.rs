//! Findings that the team lets stand: `acknowledgements` in checks.yaml.

use super::levels::{rule_named, with_rules};
use super::{Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::Acknowledgement;

/// A finding that stands, and why.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    pub finding: Diagnostic,
    pub reason: String,
    pub by: String,
    /// As it is printed.
    pub date: String,
}

/// Takes the findings out that are acknowledged. An acknowledgement whose figures have changed, or that matches
/// nothing, is a finding itself.
pub fn apply(subject: &Subject, findings: &mut Findings) -> Vec<Acknowledged> {
    if !subject.project.states_everything() {
        // Without the acknowledgements nobody could tell what is new.
        findings.retain(|finding| finding.about.is_none());
        return Vec::new();
    }
    let mut acknowledged = Vec::new();
    let mut faults = Findings::new();
    for (scope, file) in check_files(subject) {
        for one in file.acknowledgements.iter().flatten() {
            let Some(code) = rule_named(&one.rule.value) else {
                let finding = Diagnostic::error(
                    Code::UnknownReference,
                    one.rule.at,
                    format!("there is no rule `{}`", one.rule.value),
                );
                faults.push(with_rules(finding, &one.rule.value));
                continue;
            };
            let address =
                if scope.is_empty() { one.address.value.clone() } else { format!("{scope}.{}", one.address.value) };
            let meant = |finding: &Diagnostic| {
                let about = finding.about.as_ref().filter(|_| finding.code == code);
                about.is_some_and(|about| about.address == address || about.address == one.address.value)
            };
            let figures: Vec<&str> = one.figures.value.iter().map(|figure| figure.value.as_str()).collect();
            let holds = |finding: &Diagnostic| finding.about.as_ref().is_some_and(|about| about.figures == figures);
            let found = findings.iter().any(meant);
            let stands: Vec<Diagnostic> = findings.extract_if(.., |finding| meant(finding) && holds(finding)).collect();
            match stands.is_empty() {
                false => acknowledged.extend(stands.into_iter().map(|finding| Acknowledged {
                    finding,
                    reason: one.reason.value.clone(),
                    by: one.by.value.clone(),
                    date: one.date.to_string(),
                })),
                true if found => faults.push(void(one, findings.iter().find(|finding| meant(finding)))),
                true if subject.project.whole => faults.push(unused(one)),
                true => {}
            }
        }
    }
    findings.iter_mut().for_each(|finding| offer(subject, finding));
    findings.extend(faults);
    acknowledged
}

fn void(one: &Acknowledgement, finding: Option<&Diagnostic>) -> Diagnostic {
    let message =
        format!("the figures of {} have changed since {} was acknowledged", one.address.value, one.rule.value);
    let fault = Diagnostic::error(Code::AcknowledgementVoid, one.figures.at, message);
    let now = finding.and_then(|finding| finding.about.as_ref()).map(|about| list(&about.figures));
    now.into_iter().fold(fault, |fault, now| {
        fault.help(format!("the figures are now {now}; mend the finding, or acknowledge it anew"))
    })
}

fn unused(one: &Acknowledgement) -> Diagnostic {
    let message = format!("{} finds nothing at {} to acknowledge", one.rule.value, one.address.value);
    Diagnostic::error(Code::AcknowledgementUnused, one.address.at, message)
        .help("remove the acknowledgement if the finding was mended, or mend its rule or address")
}

/// Tells how to let a finding stand.
fn offer(subject: &Subject, finding: &mut Diagnostic) {
    let Some(about) = &finding.about else { return };
    let report = subject.project.reports.iter().find(|report| about.address.starts_with(&format!("{}.", report.id)));
    let (folder, address) = match report {
        Some(report) => (format!("{}/", report.id), &about.address[report.id.len() + 1..]),
        None => (String::new(), about.address.as_str()),
    };
    finding.help.push(format!(
        "to let it stand, acknowledge it in {folder}checks.yaml: {{rule: {}, address: {address}, figures: {}, reason: …, by: …, date: …}}",
        finding.code.name(),
        list(&about.figures),
    ));
}

/// Figures as a YAML list.
fn list(figures: &[String]) -> String {
    let plain = |figure: &String| figure.chars().all(|c| c.is_alphanumeric() || " .%£-".contains(c));
    let quote = |figure: &String| if plain(figure) { figure.clone() } else { format!("\"{figure}\"") };
    format!("[{}]", figures.iter().map(quote).collect::<Vec<_>>().join(", "))
}
