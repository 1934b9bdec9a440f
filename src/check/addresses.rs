//! duplicate-id: an address leads to one record.

use std::collections::BTreeMap;

use super::{Subject, parts};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::markdown::Block;
use crate::model::Part;

/// Addresses that every page has for itself.
const TAKEN: &[&str] = &["main", "contents", "downloads", "top"];

pub fn check(subject: &Subject, findings: &mut Findings) {
    let organisation = &subject.project.organisation;
    unique(
        "directorate",
        organisation.directorates().iter().map(|one| (one.id.value.to_string(), one.id.at)),
        findings,
    );
    for report in &subject.project.reports {
        let sections = report.sections.iter().map(|section| (section.id.value.to_string(), section.id.at));
        unique("section", sections, findings);
        for section in report.sections.iter().filter(|section| TAKEN.contains(&section.id.value.as_str())) {
            let message = format!("the id `{}` is used by every page for itself", section.id.value);
            findings.push(Diagnostic::error(Code::DuplicateId, section.id.at, message).help("choose another id"));
        }
        for section in &report.sections {
            let blocks = section.parts.iter().filter_map(|part| match part {
                Part::Prose(blocks) => Some(blocks),
                _ => None,
            });
            let headings = blocks.flatten().filter_map(|block| match block {
                Block::Heading { id, at, .. } => Some((id.clone(), *at)),
                _ => None,
            });
            unique("subheading with the address", headings, findings);
        }
    }
    for part in parts(subject) {
        match part {
            Part::Dashboard(_, file) => {
                unique("indicator", file.indicators().map(|one| (one.id.value.to_string(), one.id.at)), findings);
                unique(
                    "cycle area",
                    file.areas.iter().map(|one| (one.number.value.to_string(), one.number.at)),
                    findings,
                );
                let directorates =
                    file.directorates.iter().map(|one| (one.directorate.value.to_string(), one.directorate.at));
                unique("list of indicators of", directorates, findings);
            }
            Part::Table(_, table) => {
                unique("column", table.columns.iter().map(|one| (one.id.value.to_string(), one.id.at)), findings);
            }
            Part::Themes(_, file) | Part::Matrix(_, file) => {
                unique("theme", file.themes.iter().map(|one| (one.id.value.to_string(), one.id.at)), findings);
                unique(
                    "theme number",
                    file.themes.iter().map(|one| (one.number.value.to_string(), one.number.at)),
                    findings,
                );
                unique(
                    "deliverable",
                    file.deliverables.iter().map(|one| (one.id.value.to_string(), one.id.at)),
                    findings,
                );
                for deliverable in &file.deliverables {
                    unique("theme", deliverable.themes.iter().map(|one| (one.value.to_string(), one.at)), findings);
                }
            }
            _ => {}
        }
    }
}

fn unique(what: &str, ids: impl Iterator<Item = (String, Span)>, findings: &mut Findings) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (id, at) in ids {
        match seen.get(&id) {
            Some(first) => findings.push(
                Diagnostic::error(Code::DuplicateId, at, format!("the {what} `{id}` is there already"))
                    .also(*first, "first used here")
                    .help("give one of them another id"),
            ),
            None => drop(seen.insert(id, at)),
        }
    }
}
