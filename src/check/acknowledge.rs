//! Findings that the team lets stand: `acknowledgements` in checks.yaml.

use std::collections::{HashMap, HashSet};

use super::levels::{rule_named, with_rules};
use super::{Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{Acknowledgement, Report};

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
    let mut found = Found::new(std::mem::take(findings));
    let mut acknowledged = Vec::new();
    let mut faults = Findings::new();
    for Checks { file, scopes } in check_files(subject) {
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
            // What stands in the folder of a group holds for each of its reports; one that needs it is enough.
            let meant = found.meant(code, &one.address.value, &scopes);
            let figures: Vec<&str> = one.figures.value.iter().map(|figure| figure.value.as_str()).collect();
            let holds =
                |place: &&usize| found.all[**place].about.as_ref().is_some_and(|about| about.figures == figures);
            let stands: Vec<usize> = meant.iter().filter(holds).copied().collect();
            match (stands.is_empty(), meant.first()) {
                (false, _) => acknowledged.extend(stands.into_iter().map(|place| Acknowledged {
                    finding: found.take(place),
                    reason: one.reason.value.clone(),
                    by: one.by.value.clone(),
                    date: one.date.to_string(),
                })),
                (true, Some(first)) => faults.push(void(one, &found.all[*first])),
                (true, None) if subject.project.whole => faults.push(unused(one)),
                (true, None) => {}
            }
        }
    }
    *findings = found.left();
    let reports = subject.project.by_id();
    let groups = subject.project.groups.iter().map(|group| group.folder.as_str()).collect();
    findings.iter_mut().for_each(|finding| offer(&reports, &groups, finding));
    findings.extend(faults);
    acknowledged
}

/// The findings by what they are about, so that a thousand reports are not searched for each acknowledgement.
struct Found {
    all: Findings,
    /// By address.
    places: HashMap<String, Vec<usize>>,
    taken: Vec<bool>,
}

impl Found {
    fn new(all: Findings) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, finding) in all.iter().enumerate() {
            let about = finding.about.iter();
            about.for_each(|about| places.entry(about.address.clone()).or_default().push(place));
        }
        Self { taken: vec![false; all.len()], all, places }
    }

    /// The findings of a rule at an address, as seen from each scope, that nobody has taken.
    fn meant(&self, code: Code, address: &str, scopes: &[&str]) -> Vec<usize> {
        let own = scopes.iter().filter(|scope| !scope.is_empty()).map(|scope| format!("{scope}.{address}"));
        let addresses = own.chain([address.to_owned()]);
        let places = addresses.filter_map(|address| self.places.get(&address)).flatten().copied();
        let mut meant: Vec<usize> =
            places.filter(|place| !self.taken[*place] && self.all[*place].code == code).collect();
        meant.sort();
        meant
    }

    fn take(&mut self, place: usize) -> Diagnostic {
        self.taken[place] = true;
        self.all[place].clone()
    }

    fn left(self) -> Findings {
        self.all.into_iter().zip(self.taken).filter(|(_, taken)| !taken).map(|(finding, _)| finding).collect()
    }
}

fn void(one: &Acknowledgement, finding: &Diagnostic) -> Diagnostic {
    let message =
        format!("the figures of {} have changed since {} was acknowledged", one.address.value, one.rule.value);
    let fault = Diagnostic::error(Code::AcknowledgementVoid, one.figures.at, message);
    let now = finding.about.as_ref().map(|about| list(&about.figures));
    now.into_iter().fold(fault, |fault, now| {
        fault.help(format!("the figures are now {now}; mend the finding, or acknowledge it anew"))
    })
}

fn unused(one: &Acknowledgement) -> Diagnostic {
    let message = format!("{} finds nothing at {} to acknowledge", one.rule.value, one.address.value);
    Diagnostic::error(Code::AcknowledgementUnused, one.address.at, message)
        .help("remove the acknowledgement if the finding was mended, or mend its rule or address")
}

/// Tells how to let a finding stand, and in which report of a group it is.
fn offer(reports: &HashMap<&str, &Report>, groups: &HashSet<&str>, finding: &mut Diagnostic) {
    let Some(about) = &finding.about else { return };
    let local = about.address.split_once('.').and_then(|(id, local)| Some((*reports.get(id)?, local.to_owned())));
    if let Some((report, _)) = &local {
        report.mark(std::slice::from_mut(finding));
    }
    let Some(about) = &finding.about else { return };
    let (folder, address) = match local {
        Some((report, local)) => (format!("{}/", report.folder), local),
        None => {
            // The figures of all rows are their folder's.
            let group = about.address.split_once('.').map(|(group, _)| group).filter(|group| groups.contains(group));
            (group.map_or_else(String::new, |group| format!("{group}/")), about.address.clone())
        }
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
