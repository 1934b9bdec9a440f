//! A comparison as both formats and the terminal show it, with every string final.
//!
//! In: a [`Comparison`]. Out: a [`ComparisonView`]: what was compared, counts, the list of changes by section, and the
//! sections in which something changed, with their changes in place.

mod blocks;
mod items;
mod list;
mod passage;
mod places;
mod rows;
mod sections;

pub use list::{AreaView, ChangeView};
pub use passage::Passage;

use serde::Serialize;

use blocks::Block;
use list::CountView;

use crate::compare::{Area, Comparison, Same};
use crate::model::values::Date;
use crate::transcript::ItemKind;
use crate::view::{DataColumn, Dataset};
use crate::wording::Wording;

/// From so many changes on the list on the page is folded, section by section.
const MANY: usize = 60;
/// So many sections of a folded list stand open.
const OPEN: usize = 3;

/// What changed in a report.
#[derive(Debug, PartialEq, Serialize)]
pub struct ComparisonView {
    /// Id of the report as it is now.
    pub report: String,
    pub title: String,
    pub organisation: NamedOrganisation,
    /// The day on which the report is published, which dates the PDF, in numbers.
    pub published_ymd: [i32; 3],
    /// The full address of the page is not known: it is for those who make the report.
    pub address: Option<String>,
    pub language: String,
    /// Its parts, as typst takes them; the region is empty where there is none.
    pub language_code: String,
    pub region_code: String,
    pub before: StateView,
    pub now: StateView,
    /// "14 changes".
    pub total: String,
    pub counts: Vec<CountView>,
    /// Whether the list is folded on the page.
    pub is_folded: bool,
    pub areas: Vec<AreaView>,
    /// What has not changed, as a sentence.
    pub rest: String,
    /// Sections with their changes in place.
    pub sections: Vec<ChangedSection>,
}

/// The organisation, as the frame of a page names it.
#[derive(Debug, PartialEq, Serialize)]
pub struct NamedOrganisation {
    pub name: String,
}

/// A state of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateView {
    /// "Revision 1a2b3c4", "The content as it is".
    pub name: String,
    /// "3 June 2017, 09:12"; empty where it is not known.
    pub when: String,
    /// A few letters that only this content has.
    pub digest: String,
}

impl StateView {
    /// Its name, and of when it is.
    pub fn in_words(&self) -> String {
        let parts = [&self.name, &self.when].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// A section in which something changed.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChangedSection {
    /// An id that no other section has.
    pub id: String,
    pub title: Passage,
    pub blocks: Vec<Block>,
}

/// Shows a comparison in the language in which its changes are told, by its tag.
pub fn comparison(comparison: &Comparison, language: &str, before: StateView, now: StateView) -> ComparisonView {
    let new = comparison.new.transcript;
    let text = |kind: ItemKind, key: &str| {
        let item = new.items.iter().find(|item| item.kind == kind);
        item.and_then(|item| item.named(key)).map(crate::transcript::Text::plain).unwrap_or_default()
    };
    let wording = comparison.wording;
    let (code, region) = language.split_once('-').unwrap_or((language, ""));
    let total = comparison.changes.len();
    let published = Date::of_words(&text(ItemKind::Report, "published"));
    let mut areas = list::areas(comparison, if total > MANY { OPEN } else { usize::MAX });
    let mut sections = sections::sections(comparison);
    places::find(comparison, &mut sections, &mut areas);
    ComparisonView {
        report: new.report.clone(),
        title: new.title(),
        organisation: NamedOrganisation { name: text(ItemKind::Organisation, "name") },
        published_ymd: published.map_or([2000, 1, 1], |day| [day.year(), day.month().into(), day.day().into()]),
        address: None,
        language_code: code.to_owned(),
        region_code: region.to_owned(),
        before,
        now,
        total: wording.say_of(total, "changes.total", &[("n", &wording.number(total.into()))]),
        counts: list::counts(comparison),
        is_folded: total > MANY,
        areas,
        rest: rest(comparison),
        sections,
        language: language.to_owned(),
    }
}

/// The figures that changed, as data.
pub fn comparison_dataset(comparison: &ComparisonView, wording: &Wording) -> Dataset {
    let all = comparison.areas.iter().flat_map(|area| area.changes.iter().map(move |change| (area, change)));
    let figures = all.filter(|(_, change)| change.address.is_some());
    let row = |(area, change): (&AreaView, &ChangeView)| {
        vec![
            change.number.to_string(),
            area.title.clone(),
            change.what.clone(),
            change.address.clone().unwrap_or_default(),
            change.was.clone(),
            change.is.clone(),
            change.difference.clone(),
            change.why.clone(),
        ]
    };
    let say = |key: &str| wording.say(key, &[]);
    Dataset {
        stem: "changed-figures".to_owned(),
        title: say("changes.figures"),
        description: say("data.changes"),
        notes: Vec::new(),
        columns: vec![
            DataColumn::text("number", &say("data.change-number")),
            DataColumn::text("section", &say("data.change-section")),
            DataColumn::text("figure", &say("data.change-figure")),
            DataColumn::text("address", &say("data.change-address")),
            DataColumn::text("was", &say("data.change-was")),
            DataColumn::text("is", &say("data.change-is")),
            DataColumn::text("difference", &say("data.change-difference")),
            DataColumn::text("why", &say("data.change-why")),
        ],
        rows: figures.map(row).collect(),
        key: vec!["number".to_owned()],
        parents: None,
    }
}

/// "Nothing else changed: 603 figures, 212 sentences and 41 rows are as they were."
fn rest(comparison: &Comparison) -> String {
    let Same { figures, sentences, rows, indicators, deliverables, parts } = comparison.same;
    let wording = comparison.wording;
    let counts = [
        (figures, "kinds.figure"),
        (sentences, "kinds.sentence"),
        (rows, "kinds.row"),
        (indicators, "kinds.indicator"),
        (deliverables, "kinds.deliverable"),
        (parts, "kinds.part"),
    ];
    let counts: Vec<(usize, &str)> = counts.into_iter().filter(|(count, _)| *count > 0).collect();
    let all: usize = counts.iter().map(|(count, _)| count).sum();
    let list = || {
        let counts = counts.iter().map(|(count, key)| counted(*count, &wording.say_of(*count, key, &[]), wording));
        wording.and(counts)
    };
    match (comparison.changes.is_empty(), all) {
        (true, 0) => wording.say("changes.nothing", &[]),
        (false, 0) => wording.say("changes.nothing-else", &[]),
        (true, all) => wording.say_of(all, "changes.nothing-of", &[("list", &list())]),
        (false, all) => wording.say_of(all, "changes.nothing-else-of", &[("list", &list())]),
    }
}

/// What an area is called.
fn title_of(area: &Area, wording: &Wording) -> String {
    match area {
        Area::Head => wording.say("changes.title-and-description", &[]),
        Area::Section { title, .. } => title.clone(),
        Area::Behind => wording.say("changes.behind", &[]),
        Area::Organisation => wording.say("changes.the-organisation", &[]),
    }
}

/// An id that no other area has: those of sections have no full stop.
fn id_of(area: &Area) -> String {
    match area {
        Area::Head => "head.changes".to_owned(),
        Area::Section { id, .. } => format!("in-{id}"),
        Area::Behind => "behind.changes".to_owned(),
        Area::Organisation => "organisation.changes".to_owned(),
    }
}

/// "1,204 rows", "1 row".
fn counted(count: usize, what: &str, wording: &Wording) -> String {
    wording.say("changes.count", &[("n", &wording.number(count.into())), ("what", what)])
}
