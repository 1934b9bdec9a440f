//! Where things stand on a report's page: the addresses that links and contents lead to.

use super::data::Addressed;
use super::values::Id;
use super::{Data, IndicatorGroup, Organisation, Part, Report};
use crate::diagnostic::Span;
use crate::markdown::{Block, slug};
use crate::yaml::Text;

/// The place of a group of indicators in the dashboard, by its name; without one that of all indicators of a file, by the
/// file's name.
pub fn of_group(stem: &str, name: &str) -> String {
    if name.is_empty() { format!("dashboard-{stem}") } else { format!("dashboard-{}", slug(name)) }
}

/// An indicator's place in the dashboard.
pub fn of_indicator(id: &Id) -> String {
    format!("indicator-{id}")
}

/// The place of the reasons for ratings.
pub fn of_reasons(stem: &str) -> String {
    format!("reasons_{stem}")
}

/// A theme's place.
pub fn of_theme(id: &Id) -> String {
    format!("theme-{id}")
}

/// What a group of indicators is called: by its own name, or that of the directorate whose id it has; its id where that is
/// not known, which a check reports; nothing where it is all indicators of a file.
pub fn group_name(organisation: &Organisation, group: &IndicatorGroup) -> String {
    let id = || group.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
    group_text(organisation, group).map_or_else(id, |name| name.value.clone())
}

/// The text that is the name of a group: its own, or that of the directorate whose id it has.
pub fn group_text<'o>(organisation: &'o Organisation, group: &'o IndicatorGroup) -> Option<&'o Text> {
    let id = &group.id.as_ref()?.value;
    group.name.as_ref().or_else(|| organisation.directorate(id).map(|directorate| &directorate.name))
}

/// A case study's place.
pub fn of_case_study(title: &str) -> String {
    format!("case-study-{}", slug(title))
}

/// Every address on a report's page that a link may lead to, with the place that gives it.
pub fn all(report: &Report) -> Vec<(String, Span)> {
    let mut all: Vec<(String, Span)> =
        report.sections.iter().map(|section| (section.id.value.to_string(), section.id.at)).collect();
    for part in report.sections.iter().flat_map(|section| &section.parts) {
        let headings = part.prose().unwrap_or_default().iter().filter_map(|block| match block {
            Block::Heading { id, at, .. } => Some((id.clone(), *at)),
            _ => None,
        });
        all.extend(headings);
        if let Part::CaseStudy(study, _) = part {
            all.push((of_case_study(&study.title.value), study.title.at));
        }
        if let Part::Data { stem, data } = part {
            all.extend(of_data(&report.organisation, stem, data));
        }
    }
    all
}

/// The addresses that data gives in the way in which it is shown.
fn of_data(organisation: &Organisation, stem: &str, data: &Data) -> Vec<(String, Span)> {
    match (data.show().addressed(), data) {
        (Addressed::Indicators, Data::Indicators(file, _)) => {
            let name = |group| group_name(organisation, group);
            let groups = file.groups.iter().map(|one| (of_group(stem, &name(one)), one.at));
            groups.chain(file.indicators().map(|one| (of_indicator(&one.id.value), one.id.at))).collect()
        }
        (Addressed::Themes, Data::Deliverables(file, _)) => {
            file.themes.iter().map(|one| (of_theme(&one.id.value), one.id.at)).collect()
        }
        (Addressed::Nothing | Addressed::Indicators | Addressed::Themes, _) => Vec::new(),
    }
}
