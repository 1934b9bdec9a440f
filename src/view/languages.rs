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
        language_of_page(one, (to, link), one.id == report.id)
    };
    languages.into_iter().map(view).collect()
}

/// The language of a report as that of a page: with the way there from pages in other languages and, where it is known, its
/// full address.
pub fn language_of_page(report: &Report, (to, link): (String, Option<String>), is_this: bool) -> LanguageView {
    LanguageView {
        tag: report.head.language.value.tag(),
        name: report.wording().say("report.language-name", &[]),
        id: report.id.clone(),
        address: link.clone().unwrap_or_else(|| to.clone()),
        link,
        to: (!is_this).then_some(to),
    }
}
