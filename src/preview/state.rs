//! What the browser is told: the whole state, each time that anything changes.

use std::time::Duration;

use serde::Serialize;

use super::changes::ChangesState;
use super::edit::{EditState, Session};
use super::editions::{Edition, ShownEditions, ShownReport};
use super::excerpt::excerpt;
use crate::build::Outcome;
use crate::compile::PageMark;
use crate::diagnostic::{Diagnostic, Findings, SourceMap, Span, any_errors};
use crate::places::{Offer, offers};
use crate::render::STYLESHEET;

/// The state of a preview.
#[derive(Debug, Clone, Default, Serialize)]
pub struct State {
    /// Counts the builds that began.
    edition: u64,
    state: &'static str,
    /// How long the last build took; none while one runs.
    milliseconds: Option<u128>,
    reports: Vec<ReportState>,
    stylesheet_digest: Option<String>,
    findings: Vec<FindingState>,
    /// The edition in which they were found: they are told as soon as it is checked.
    checked: u64,
    acknowledged: usize,
    changes: ChangesState,
    /// What was edited; none where nothing can be.
    edit: Option<EditState>,
}

/// How far the work has come.
pub enum Status<'a> {
    Building,
    /// Everything is checked.
    Checked {
        findings: &'a Findings,
        sources: &'a SourceMap,
    },
    /// A page or a PDF is shown that has not been read back yet.
    Proof,
    Ended {
        outcome: &'a Outcome,
        time: Duration,
    },
}

#[derive(Debug, Clone, Serialize)]
struct ReportState {
    id: String,
    title: String,
    page: String,
    page_digest: Option<String>,
    page_is_proof: bool,
    pictures_digest: String,
    pdf: String,
    pdf_digest: Option<String>,
    pdf_is_proof: bool,
    pdf_pages: Vec<PageState>,
}

#[derive(Debug, Clone, Serialize)]
struct PageState {
    digest: String,
    width: f64,
    height: f64,
    section: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct FindingState {
    severity: &'static str,
    code: &'static str,
    message: String,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    excerpt: String,
    help: Vec<String>,
    /// The letters that it is about, as they stand there, for who may change them.
    place: Option<PlaceState>,
    /// What can be done about it at once, each in words.
    offers: Vec<OfferState>,
}

/// A way to mend a finding.
#[derive(Debug, Clone, Serialize)]
struct OfferState {
    words: String,
    changes: Vec<PlaceState>,
}

/// Letters of a file as changes name them, and what stands, or is offered to stand, there.
#[derive(Debug, Clone, Serialize)]
struct PlaceState {
    id: String,
    revision: String,
    text: String,
}

impl State {
    /// The state that follows.
    pub fn next(&self, edition: u64, status: Status, editions: &ShownEditions, session: Option<&Session>) -> Self {
        match status {
            Status::Building => Self { edition, state: "building", milliseconds: None, ..self.clone() },
            Status::Checked { findings, sources } => Self {
                findings: FindingState::all(findings, sources, (edition, session)),
                checked: edition,
                ..self.clone()
            },
            Status::Proof => Self { edition, state: "proof", ..self.showing(&editions.edition()) },
            Status::Ended { outcome, time } => Self {
                edition,
                state: if any_errors(&outcome.findings) { "faulty" } else { "done" },
                milliseconds: Some(time.as_millis()),
                findings: FindingState::all(&outcome.findings, &outcome.sources, (edition, session)),
                checked: edition,
                edit: session.map(Session::state),
                acknowledged: outcome.acknowledged.len(),
                ..self.showing(&editions.edition())
            },
        }
    }

    /// Takes in what changed since earlier states; whether that is new.
    pub fn learn(&mut self, changes: ChangesState) -> bool {
        let is_new = self.changes != changes;
        self.changes = changes;
        is_new
    }

    /// Takes in what was edited.
    pub fn edited(&mut self, edit: EditState) {
        self.edit = Some(edit);
    }

    fn showing(&self, edition: &Edition) -> Self {
        Self {
            reports: edition.reports.iter().map(|report| ReportState::of(report, edition)).collect(),
            stylesheet_digest: edition.digest(STYLESHEET),
            ..self.clone()
        }
    }
}

impl ReportState {
    fn of(report: &ShownReport, edition: &Edition) -> Self {
        let (page, pdf) = (format!("{}/index.html", report.id), format!("{0}/{0}.pdf", report.id));
        Self {
            id: report.id.clone(),
            title: report.title.clone(),
            page_digest: edition.digest(&page),
            page_is_proof: report.page_is_proof,
            pictures_digest: edition.digest_of_folder(&format!("{}/pictures/", report.id)),
            pdf_digest: edition.digest(&pdf),
            pdf_is_proof: report.pdf_is_proof,
            pdf_pages: report.marks.iter().map(PageState::of).collect(),
            page,
            pdf,
        }
    }
}

impl PageState {
    fn of(mark: &PageMark) -> Self {
        let [width, height] = mark.size;
        Self { digest: mark.name(), width, height, section: mark.section.clone() }
    }
}

impl FindingState {
    fn all(findings: &Findings, sources: &SourceMap, known: (u64, Option<&Session>)) -> Vec<Self> {
        findings.iter().map(|finding| Self::of(finding, sources, known)).collect()
    }

    fn of(finding: &Diagnostic, sources: &SourceMap, (edition, session): (u64, Option<&Session>)) -> Self {
        let letters = |at: Span| {
            let stands = sources.file(at.file).text.get(sources.range(at)).unwrap_or_default().to_owned();
            PlaceState::of(at, stands, sources, session?)
        };
        let place = finding.at.map(|at| sources.line_column(at));
        Self {
            severity: finding.severity.word(),
            code: finding.code.name(),
            message: finding.message.clone(),
            file: finding.at.map(|at| sources.file(at.file).path.clone()),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            excerpt: finding.at.map_or_else(String::new, |at| excerpt(sources, at)),
            help: finding.help.clone(),
            place: finding.at.and_then(letters),
            offers: session.map_or_else(Vec::new, |session| OfferState::all(finding, sources, (edition, session))),
        }
    }
}

impl OfferState {
    /// Those of a finding. What a number may be is known of the edition alone that was examined.
    fn all(finding: &Diagnostic, sources: &SourceMap, (edition, session): (u64, &Session)) -> Vec<Self> {
        let offers = {
            let known = session.known();
            offers(finding, sources, if known.edition == edition { &known.proposals[..] } else { &[] })
        };
        let offer = |Offer { words, edits }: Offer| {
            let change = |(at, with): &(Span, String)| PlaceState::of(*at, with.clone(), sources, session);
            let changes: Option<Vec<PlaceState>> = edits.iter().map(change).collect();
            Some(Self { words, changes: changes? })
        };
        offers.into_iter().filter_map(offer).collect()
    }
}

impl PlaceState {
    fn of(at: Span, text: String, sources: &SourceMap, session: &Session) -> Option<Self> {
        let file = sources.file(at.file);
        let (id, revision) = session.known().id_at(&file.path, sources.range(at), &file.text)?;
        Some(Self { id, revision, text })
    }
}
