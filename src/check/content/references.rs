//! unknown-reference: whatever is named exists.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::{LAST, Pattern};
use crate::model::values::{Count, Id};
use crate::model::{Data, Deliverable, DeliverableFile, IndicatorFile, Organisation, Part, Report};
use crate::yaml::At;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for (report, stem, data) in subject.project.reports.iter().flat_map(data_of) {
        match data {
            Data::Indicators(file, _) => {
                check_indicators(&report.organisation, file, findings);
                findings.extend(check_last(subject, report, stem, file));
            }
            Data::Deliverables(file, _) => check_deliverables(file, findings),
            Data::Table(..) | Data::Survey(_) => {}
        }
    }
}

fn data_of(report: &Report) -> impl Iterator<Item = (&Report, &str, &Data)> {
    report.parts().filter_map(Part::data).map(move |(stem, data)| (report, stem, data))
}

/// The period of the edition before whose results stand beside.
fn check_last(subject: &Subject, report: &Report, stem: &str, file: &IndicatorFile) -> Option<Diagnostic> {
    let last = file.last.as_ref()?;
    let pattern = Pattern::parse(&format!("{LAST}.{stem}.*.{}.*", last.value))?;
    if !subject.facts.matching(&report.id, &pattern).is_empty() {
        return None;
    }
    let finding = |message: String| Diagnostic::error(Code::UnknownReference, last.at, message);
    Some(match &report.before {
        Some(before) => finding(format!("{before} has no results of `{}` in {stem}.yaml", last.value)).help(
            "write the id of a period of that edition, `last: q4`; or `last: year`, where it has figures of the year",
        ),
        // What is wrong with an edition that is named was told.
        None if report.head.follows.is_some() => return None,
        None => finding(format!("{} follows no edition", report.folder))
            .help("name the edition before in report.yaml: `follows: …`"),
    })
}

fn check_indicators(organisation: &Organisation, file: &IndicatorFile, findings: &mut Findings) {
    let directorates = organisation.directorates();
    for id in file.groups.iter().filter(|group| group.name.is_none()).filter_map(|group| group.id.as_ref()) {
        known(
            "directorate",
            id,
            directorates.iter().map(|one| &one.id.value),
            "a group without a `name` is a directorate of organisation.yaml",
            findings,
        );
    }
    for area in file.indicators().flat_map(|indicator| &indicator.areas) {
        if !file.areas.iter().any(|one| one.number.value == area.value) {
            let numbers: Vec<Count> = file.areas.iter().map(|one| one.number.value).collect();
            let (called, help) = match (&file.called.areas, numbers.first(), numbers.last()) {
                (Some(called), Some(first), Some(last)) => (
                    called.one.value.as_str(),
                    format!("the {} of this file go from {first} to {last}", called.many.value),
                ),
                _ => ("area", "the file names no areas; list them under `areas:`".to_owned()),
            };
            findings.push(
                Diagnostic::error(Code::UnknownReference, area.at, format!("there is no {called} {}", area.value))
                    .help(help),
            );
        }
    }
}

fn check_deliverables(file: &DeliverableFile, findings: &mut Findings) {
    let themes = || file.themes.iter().map(|theme| &theme.id.value);
    for deliverable in &file.deliverables {
        for theme in &deliverable.themes {
            known("theme", theme, themes(), "themes stand at the top of this file", findings);
        }
        if let Some(group) = deliverable.group.as_ref().filter(|_| file.groups.is_some()) {
            let groups = file.groups().iter().map(|group| &group.id.value);
            known("group", group, groups, "groups stand at the top of this file", findings);
        }
        if let Some(status) = deliverable.status.as_ref().filter(|_| file.statuses.is_some()) {
            let statuses = file.statuses().iter().map(|status| &status.id.value);
            known("status", status, statuses, "statuses stand at the top of this file", findings);
        }
        for wording in deliverable.wording.iter().flatten() {
            let served = deliverable.themes.iter().map(|theme| &theme.value);
            known(
                "theme of this deliverable",
                &wording.theme,
                served,
                "a wording belongs to a theme that the deliverable serves",
                findings,
            );
        }
        check_links(deliverable, findings);
    }
}

/// The words of a link stand in every sentence of the deliverable, once: otherwise it would be lost under a theme.
fn check_links(deliverable: &Deliverable, findings: &mut Findings) {
    let links = deliverable.links.as_deref().unwrap_or_default();
    for (place, link) in links.iter().enumerate() {
        let words = &link.text.value;
        if words.contains("{{") {
            findings.push(
                Diagnostic::error(Code::BadLink, link.text.at, "the words of a link hold a figure")
                    .help("choose words of the text that have no figure between them"),
            );
            continue;
        }
        if let Some(other) = links[..place].iter().find(|other| other.text.value.contains(words.as_str())) {
            findings.push(
                Diagnostic::error(
                    Code::UnknownReference,
                    link.text.at,
                    format!("`{words}` stands inside the words of another link"),
                )
                .also(other.text.at, "this link")
                .help("let each link have words of its own"),
            );
        }
        let wordings = deliverable.wording.iter().flatten().map(|wording| &wording.text);
        for text in [&deliverable.text].into_iter().chain(wordings) {
            if !text.value.contains(&link.text.value) {
                findings.push(
                    Diagnostic::error(
                        Code::UnknownReference,
                        link.text.at,
                        format!("`{}` does not stand in the text", link.text.value),
                    )
                    .also(text.at, "this text")
                    .help("a link's words become a link where they stand in the text"),
                );
            }
        }
    }
}

fn known<'a>(what: &str, named: &At<Id>, ids: impl Iterator<Item = &'a Id>, help: &str, findings: &mut Findings) {
    let ids: Vec<&str> = ids.map(Id::as_str).collect();
    if !ids.contains(&named.value.as_str()) {
        findings.push(
            Diagnostic::error(Code::UnknownReference, named.at, format!("there is no {what} `{}`", named.value))
                .did_you_mean(named.value.as_str(), ids.iter().copied())
                .help(help),
        );
    }
}
