//! What tells the editions of a report apart: the way between them, and the mark of a draft.

use serde::Serialize;

use crate::model::values::Date;
use crate::model::{Project, Report};

/// An edition in the list of all that a series has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionView {
    /// The time that it is about: `2016/17`, or its first and last day.
    pub name: String,
    /// Address of its page from the page of another edition; none where it is this one.
    pub to: Option<String>,
}

/// The mark of a draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DraftView {
    /// The day of the draft, as it is printed.
    pub day: String,
    /// A few letters that differ between drafts which say different things.
    pub digest: String,
}

/// The editions of a report's series, the oldest first; none where it is the only one. Drafts are listed on drafts alone.
pub fn editions(project: &Project, report: &Report) -> Vec<EditionView> {
    let shown = |one: &&Report| !one.is_draft() || report.is_draft();
    let series: Vec<&Report> = project.series(report).into_iter().filter(shown).collect();
    if series.len() < 2 {
        return Vec::new();
    }
    let view = |one: &Report| EditionView {
        name: one.head.period.name(),
        to: (one.id != report.id).then(|| format!("../{}/index.html", one.id)),
    };
    series.into_iter().map(view).collect()
}

/// The mark of a draft of that day.
pub fn draft(day: Date, digest: String) -> DraftView {
    DraftView { day: day.to_string(), digest }
}
