//! The languages of a report, and the way between them.

use serde::Serialize;

use crate::model::{Project, Report};

/// A language that a report is published in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LanguageView {
    /// Language tag.
    pub tag: String,
    /// Its name in itself: Cymraeg.
    pub name: String,
    /// The id of the report in it.
    pub id: String,
    /// Address of its page from the page in another language; none where it is this one.
    pub to: Option<String>,
    /// The same for programs: a full address where one is known.
    pub address: String,
    /// The full address, by which a PDF leads there, since it may lie anywhere; none where it is not known.
    pub link: Option<String>,
}

/// The languages of a report, its first one first; none where it has no other.
pub fn languages(project: &Project, report: &Report, base: Option<&str>) -> Vec<LanguageView> {
    let languages = project.languages_of(report);
    if languages.len() < 2 {
        return Vec::new();
    }
    let view = |one: &Report| {
        let to = format!("../{}/index.html", one.id);
        let link = base.map(|base| format!("{base}/{}/", one.id));
        LanguageView {
            tag: one.head.language.value.tag(),
            name: one.wording().say("report.language-name", &[]),
            id: one.id.clone(),
            address: link.clone().unwrap_or_else(|| to.clone()),
            link,
            to: (one.id != report.id).then_some(to),
        }
    };
    languages.into_iter().map(view).collect()
}
