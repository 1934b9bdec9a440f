//! What tells the editions of a report apart: the way between them, and the mark of a draft.

use serde::Serialize;

use super::copy_editor::{Piece, Words};
use crate::model::values::Date;
use crate::model::{Project, Report};
use crate::wording::Wording;

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
    /// "Draft of 4 May 2026, 7f3a, not for publication", at the head of the page.
    pub notice: Words,
    /// "Draft of 4 May 2026, 7f3a".
    pub name: String,
    /// "Draft of 4 May 2026, 7f3a, not for publication".
    pub strip: String,
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
        name: one.head.period.name(report.wording()),
        to: (one.id != report.id).then(|| format!("../{}/index.html", one.id)),
    };
    series.into_iter().map(view).collect()
}

/// The mark of a draft of that day.
pub fn draft(day: Date, digest: String, wording: &Wording) -> DraftView {
    let day = day.shown(wording);
    let of = |key: &str| wording.say(key, &[("day", &day), ("digest", &digest)]);
    let strong = Piece { text: wording.say("report.draft", &[]), is_strong: true, ..Piece::default() };
    let whole = Piece { text: digest.clone(), is_whole: true, ..Piece::default() };
    let fills = [("draft", Words::one(strong)), ("day", Words::plain(&day)), ("digest", Words::one(whole))];
    let notice = wording.pieces("report.draft-notice", None, fills.map(|(place, words)| (place, vec![words])));
    let (name, strip) = (of("report.draft-foot"), of("report.draft-strip"));
    DraftView { notice: Words::join(notice), name, strip, day, digest }
}
