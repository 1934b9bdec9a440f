//! duplicate-id: an address leads to one place, and an id names one record.

use std::collections::BTreeMap;

use super::{Subject, parts};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::{Data, DeliverableFile, IndicatorFile, Part, TableFile, addresses};

/// Addresses that every page has for itself.
const TAKEN: &[&str] = &["main", "contents", "downloads"];

pub fn check(subject: &Subject, findings: &mut Findings) {
    let project = subject.project;
    for organisation in project.organisations() {
        let directorates = organisation.directorates().iter();
        unique("directorate", directorates.map(|one| (one.id.value.to_string(), one.id.at)), findings);
    }
    for report in &project.reports {
        let all = addresses::all(report);
        for (address, at) in all.iter().filter(|(address, _)| TAKEN.contains(&address.as_str())) {
            let message = format!("the address `{address}` is used by every page for itself");
            findings.push(Diagnostic::error(Code::DuplicateId, *at, message).help("choose another id"));
        }
        unique("address", all.into_iter(), findings);
    }
    for (_, data) in parts(subject).filter_map(Part::data) {
        match data {
            Data::Table(file, _) => check_table(file, findings),
            Data::Indicators(file, _) => check_indicators(file, findings),
            Data::Deliverables(file, _) => check_deliverables(file, findings),
            Data::Survey(_) => {}
        }
    }
}

fn check_table(file: &TableFile, findings: &mut Findings) {
    unique("column", file.columns.iter().map(|one| (one.id.value.to_string(), one.id.at)), findings);
}

fn check_indicators(file: &IndicatorFile, findings: &mut Findings) {
    for indicator in file.indicators() {
        let areas = indicator.areas.iter().map(|one| (one.value.to_string(), one.at));
        unique("area", areas, findings);
    }
    // In the words of the page's own check, so that one mistake is one message.
    let indicators = file.indicators().map(|one| (addresses::of_indicator(&one.id.value), one.id.at));
    unique("address", indicators, findings);
    let areas = file.areas.iter().map(|one| (one.number.value.to_string(), one.number.at));
    unique("area", areas, findings);
}

fn check_deliverables(file: &DeliverableFile, findings: &mut Findings) {
    let numbers = file.themes.iter().map(|one| (one.number.value.to_string(), one.number.at));
    unique("theme number", numbers, findings);
    let themes = file.themes.iter().map(|one| (addresses::of_theme(&one.id.value), one.id.at));
    unique("address", themes, findings);
    let groups = file.groups().iter().map(|one| (one.id.value.to_string(), one.id.at));
    unique("group", groups, findings);
    let deliverables = file.deliverables.iter().map(|one| (one.id.value.to_string(), one.id.at));
    unique("deliverable", deliverables, findings);
    for deliverable in &file.deliverables {
        let themes = deliverable.themes.iter().map(|one| (one.value.to_string(), one.at));
        unique("theme", themes, findings);
        let wordings = deliverable.wording.iter().flatten();
        let wordings = wordings.map(|one| (one.theme.value.to_string(), one.theme.at));
        unique("wording for", wordings, findings);
    }
}

fn unique(what: &str, ids: impl Iterator<Item = (String, Span)>, findings: &mut Findings) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (id, at) in ids {
        match seen.get(&id) {
            Some(first) => findings.push(
                Diagnostic::error(Code::DuplicateId, at, format!("the {what} `{id}` is there already"))
                    .also(*first, "first used here")
                    .help("give one of them another id or title"),
            ),
            None => drop(seen.insert(id, at)),
        }
    }
}
