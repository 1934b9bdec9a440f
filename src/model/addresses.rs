//! Where things stand on a report's page: the addresses that links and contents lead to.

use super::values::Id;
use super::{Organisation, Part, Project, Report};
use crate::diagnostic::Span;
use crate::markdown::{Block, slug};

/// A directorate's place in the dashboard.
pub fn of_directorate(name: &str) -> String {
    format!("dashboard-{}", slug(name))
}

/// An indicator's place in the dashboard.
pub fn of_indicator(id: &Id) -> String {
    format!("indicator-{id}")
}

/// A theme's place.
pub fn of_theme(id: &Id) -> String {
    format!("theme-{id}")
}

/// A directorate's name; its id where the name is not known, which a check reports.
pub fn directorate_name(organisation: &Organisation, id: &Id) -> String {
    organisation.directorate(id).map_or_else(|| id.to_string(), |directorate| directorate.name.value.clone())
}

/// Every address on a report's page that a link may lead to, with the place that gives it.
pub fn all(project: &Project, report: &Report) -> Vec<(String, Span)> {
    let mut all: Vec<(String, Span)> =
        report.sections.iter().map(|section| (section.id.value.to_string(), section.id.at)).collect();
    for part in report.sections.iter().flat_map(|section| &section.parts) {
        match part {
            Part::Prose(blocks) => all.extend(blocks.iter().filter_map(|block| match block {
                Block::Heading { id, at, .. } => Some((id.clone(), *at)),
                _ => None,
            })),
            Part::Dashboard(_, file) => {
                let name = |id| directorate_name(&project.organisation, id);
                let directorates = file.directorates.iter().map(|one| &one.directorate);
                all.extend(directorates.map(|one| (of_directorate(&name(&one.value)), one.at)));
                all.extend(file.indicators().map(|one| (of_indicator(&one.id.value), one.id.at)));
            }
            Part::Themes(_, file) => all.extend(file.themes.iter().map(|one| (of_theme(&one.id.value), one.id.at))),
            _ => {}
        }
    }
    all
}
