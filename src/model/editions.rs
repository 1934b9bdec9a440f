//! Editions: a report of one period, and those before and after it.

use std::sync::Arc;

use super::{Project, Report};

impl Project {
    /// The edition that a report follows.
    pub fn edition_before(&self, report: &Report) -> Option<&Report> {
        let before = report.before.as_deref()?;
        self.reports.iter().find(|one| one.id == before)
    }

    /// The edition that follows a report.
    pub fn edition_after(&self, report: &Report) -> Option<&Report> {
        let mut after = self.reports.iter().filter(|one| one.before.as_deref() == Some(&report.id));
        // Where the edition before has one language alone, its translations follow it too.
        after.find(|one| one.translation.is_some() == report.translation.is_some())
    }

    /// All editions of a report's series, the oldest first; the report alone where it follows none and none follows it.
    pub fn series<'p>(&'p self, report: &'p Report) -> Vec<&'p Report> {
        // Each lies before the next, so that no way leads round.
        let mut series = vec![report];
        while let Some(before) = self.edition_before(series[0]) {
            series.insert(0, before);
        }
        while let Some(after) = series.last().and_then(|last| self.edition_after(last)) {
            series.push(after);
        }
        series
    }
}

impl Report {
    /// Whether it is a draft: marked on every page, kept from search engines, and in nobody's way.
    pub fn is_draft(&self) -> bool {
        self.head.draft.is_some()
    }

    /// Whether its folder says of the organisation what held then.
    pub fn has_own_organisation(&self, project: &Project) -> bool {
        let own = || !Arc::ptr_eq(&self.organisation, &project.organisation);
        self.translation.as_ref().map_or_else(own, |translation| translation.has_own_organisation)
    }

    /// Whether it stands for its folder: of a group, the report of the first row; of several languages, the first.
    pub fn is_first_of_folder(&self) -> bool {
        self.translation.is_none() && self.row.as_ref().is_none_or(|row| row.is_first())
    }
}
