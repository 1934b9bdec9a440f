//! The tie-out schedule: every printed figure with what stands behind it, for reviewers.

use serde::Serialize;

use super::Page;
use super::copy_editor::{Printed, PrintedOrigin};
use super::data::{DataColumn, Dataset};
use super::trace::{COMPUTED, Tracer, acknowledgement_of, taken_from};
use crate::check::Verdict;
use crate::fact::FactId;
use crate::wording::Wording;

/// The name of the schedule's data file, without ending.
pub const STEM: &str = "figures";

/// The schedule.
#[derive(Debug, PartialEq, Serialize)]
pub struct TieOutSchedule {
    /// The sentence with which it begins.
    pub opening: String,
    /// Ids and titles of the sources.
    pub sources: Vec<(String, String)>,
    pub sections: Vec<TieOutSection>,
}

/// Figures of one section.
#[derive(Debug, PartialEq, Serialize)]
pub struct TieOutSection {
    pub title: String,
    pub figures: Vec<TieOut>,
}

/// A printed figure, and what stands behind it.
#[derive(Debug, PartialEq, Serialize)]
pub struct TieOut {
    pub figure: String,
    /// The number that stands for its fact on the page; empty where it is a statement.
    pub mark: String,
    /// Address of its fact; empty where it is a statement.
    pub address: String,
    pub unit: String,
    pub origin: TieOutOrigin,
    /// Id of the source that it was taken from.
    pub source: String,
    /// Where in the source it stands, as far as that is said.
    pub in_source: String,
    pub formula: String,
    /// Names of the rules that look at it.
    pub checks: String,
    /// Why a finding about it stands.
    pub acknowledgement: String,
    /// From which cell of which workbook it was taken.
    pub taken: String,
}

/// Where a printed figure comes from.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TieOutOrigin {
    /// Typed, at this place in the content.
    Typed(String),
    Word(&'static str),
}

impl TieOutOrigin {
    fn word(&self) -> &'static str {
        match self {
            Self::Typed(_) => "typed",
            Self::Word(word) => word,
        }
    }

    fn place(&self) -> &str {
        match self {
            Self::Typed(place) => place,
            Self::Word(_) => "",
        }
    }
}

/// Puts the schedule together, in the order of print.
pub fn tie_out(
    tracer: &Tracer,
    page: &Page,
    printed: &[Printed],
    verdict: &Verdict,
    wording: &Wording,
) -> TieOutSchedule {
    let title = |id: &str| {
        let section = page.sections.iter().find(|section| section.id == id);
        section.map_or_else(|| wording.say("report.title-page", &[]), |section| section.title.text.clone())
    };
    let mut sections: Vec<TieOutSection> = Vec::new();
    for group in printed.chunk_by(|one, next| one.section == next.section) {
        let figures = group.iter().map(|printed| figure(tracer, printed, &page.id, verdict)).collect();
        sections.push(TieOutSection { title: title(&group[0].section), figures });
    }
    let mut ids: Vec<&str> =
        sections.iter().flat_map(|section| &section.figures).map(|one| one.source.as_str()).collect();
    ids.sort();
    ids.dedup();
    let titled = |id: &str| Some((id.to_owned(), tracer.facts.source(&page.id, id)?.to_owned()));
    let opening = wording.say("review.opening", &[]);
    TieOutSchedule { opening, sources: ids.into_iter().filter_map(titled).collect(), sections }
}

fn figure(tracer: &Tracer, printed: &Printed, report: &str, verdict: &Verdict) -> TieOut {
    let figure = printed.text.clone();
    match &printed.origin {
        PrintedOrigin::Fact(fact, mark) => of_fact(tracer, figure, *fact, *mark, report, verdict),
        PrintedOrigin::Stated { source, at } => TieOut {
            figure,
            mark: String::new(),
            address: String::new(),
            unit: String::new(),
            origin: TieOutOrigin::Word("stated"),
            source: source.clone(),
            in_source: at.clone().unwrap_or_default(),
            formula: String::new(),
            checks: String::new(),
            acknowledgement: String::new(),
            taken: String::new(),
        },
    }
}

fn of_fact(tracer: &Tracer, figure: String, fact: FactId, mark: usize, report: &str, verdict: &Verdict) -> TieOut {
    let checks = verdict.covered.of(fact).map(|code| code.name()).collect::<Vec<_>>();
    TieOut {
        figure,
        mark: mark.to_string(),
        address: tracer.facts.local(report, fact).to_owned(),
        unit: tracer.unit(fact),
        origin: tracer.typed_at(fact).map_or(TieOutOrigin::Word(COMPUTED), TieOutOrigin::Typed),
        source: tracer.source(fact).unwrap_or_default().to_owned(),
        in_source: String::new(),
        formula: tracer.facts.formula(fact, &tracer.facts.manner(report).wording).unwrap_or_default(),
        checks: checks.join(" "),
        acknowledgement: acknowledgement_of(tracer.facts, fact, verdict).join(" "),
        taken: tracer.facts.taken(fact).map(taken_from).unwrap_or_default(),
    }
}

/// A column of the schedule as data: its name, the message that says what it holds, and what stands in it.
type Column = (&'static str, &'static str, fn(&TieOutSection, &TieOut) -> String);

/// What everybody may know.
const PUBLIC: [Column; 9] = [
    ("section", "data.printed-in", |section, _| section.title.clone()),
    ("figure", "data.printed", |_, one| one.figure.clone()),
    ("mark", "data.mark", |_, one| one.mark.clone()),
    ("address", "data.address", |_, one| one.address.clone()),
    ("unit", "data.unit", |_, one| one.unit.clone()),
    ("origin", "data.origin", |_, one| one.origin.word().to_owned()),
    ("source", "data.source", |_, one| one.source.clone()),
    ("formula", "data.formula", |_, one| one.formula.clone()),
    ("checks", "data.checks", |_, one| one.checks.clone()),
];

/// What stands behind the sources where a statement says it.
const PLACE_IN_SOURCE: Column = ("in_source", "data.in-source", |_, one| one.in_source.clone());

/// What only those who make the report may know.
const INTERNAL: [Column; 2] = [
    ("place", "data.typed-at", |_, one| one.origin.place().to_owned()),
    ("acknowledgement", "data.acknowledgement", |_, one| one.acknowledgement.clone()),
];

/// Where a figure was taken from, where any was: for those who make the report, since it names people.
const TAKEN: Column = ("taken", "data.taken", |_, one| one.taken.clone());

/// The schedule as data; for reviewers with what is not published.
pub fn dataset(schedule: &TieOutSchedule, for_review: bool, wording: &Wording) -> Dataset {
    let figures = || schedule.sections.iter().flat_map(|section| &section.figures);
    let has_places = figures().any(|one| !one.in_source.is_empty());
    let has_taken = figures().any(|one| !one.taken.is_empty());
    let columns: Vec<Column> = PUBLIC
        .into_iter()
        .chain(has_places.then_some(PLACE_IN_SOURCE))
        .chain(INTERNAL.into_iter().filter(|_| for_review))
        .chain((has_taken && for_review).then_some(TAKEN))
        .collect();
    let figures = schedule.sections.iter().flat_map(|section| section.figures.iter().map(move |one| (section, one)));
    Dataset {
        stem: STEM.to_owned(),
        title: wording.say("data.schedule-title", &[]),
        description: wording.say("data.schedule", &[]),
        notes: Vec::new(),
        rows: figures.map(|(section, one)| columns.iter().map(|(_, _, cell)| cell(section, one)).collect()).collect(),
        columns: columns.into_iter().map(|(name, about, _)| DataColumn::text(name, &wording.say(about, &[]))).collect(),
        key: Vec::new(),
        parents: None,
    }
}
