//! What the parts of a report are made with, and what they are made of.

use serde_json::Value;
use typst::foundations::Bytes;

use super::Options;
use super::destination::Destination;
use super::examined::{Examined, Judgement};
use super::house_style::HouseStyle;
use super::pictures::Pictures;
use super::progress::{Progress, Stage, step};
use super::published::PublishedEditions;
use super::shared::Stylesheet;
use super::threads::side_by_side;
use crate::diagnostic::Findings;
use crate::model::Report;
use crate::publish::Artifact;
use crate::readback::Style;
use crate::render::Renderer;
use crate::source::SourceTree;
use crate::view::{DescribedFile, DrawnChart, Page, Printed};

/// Makes reports out of what was read.
pub struct Maker<'a> {
    pub examined: &'a Examined<'a>,
    /// What the checks say. They may still be running; then this waits for them.
    pub judged: &'a (dyn Fn() -> &'a Judgement + Sync),
    pub renderer: &'a Renderer,
    /// The style sheet of the pages, and what it hides and moves.
    pub stylesheet: &'a Stylesheet,
    pub style: &'a Style,
    pub tree: &'a SourceTree,
    pub house_style: &'a HouseStyle,
    pub pictures: &'a Pictures,
    pub options: &'a Options,
    /// What was published of its editions.
    pub published: &'a PublishedEditions,
    pub destination: &'a dyn Destination,
    pub progress: Progress<'a>,
    /// Whether what is made is kept, to be compared with what comes.
    pub keeps: bool,
    /// Whether there are so many reports that what one leaves behind must be forgotten.
    pub forgets: bool,
}

impl Maker<'_> {
    pub fn step<T>(&self, stage: Stage, report: &Report, work: impl FnOnce() -> T) -> T {
        step(self.progress, stage, Some(&report.id), work)
    }

    /// Does two things: side by side where somebody waits, and else in turn, for in a build other reports are made
    /// beside this one, and memory is shared by all.
    pub fn both<A, B: Send>(
        &self,
        here: impl FnOnce() -> Result<A, Findings>,
        there: impl FnOnce() -> Result<B, Findings> + Send,
    ) -> Result<(A, B), Findings> {
        if self.keeps { side_by_side(here, there) } else { Ok((here()?, there()?)) }
    }

    /// Fails without a word where the checks forbid to publish: what they found is told by who asked for them.
    pub fn require_soundness(&self) -> Result<(), Findings> {
        if (self.judged)().is_sound() { Ok(()) } else { Err(Findings::new()) }
    }
}

/// What is said in a report, before it has a form.
#[derive(PartialEq)]
pub struct Drawn {
    pub page: Page,
    pub printed: Vec<Printed>,
    pub charts: Vec<DrawnChart>,
    /// The files beside the page: data and pictures.
    pub beside: Vec<Artifact>,
    /// Its data files as they are described in their package.
    pub resources: Vec<Value>,
    /// And as they are described to people.
    pub described: Vec<DescribedFile>,
    /// What it shows of the files that all reports share: the logo; and the path of the style sheet.
    pub shared: Vec<Artifact>,
    pub stylesheet: String,
}

/// The page of a report, as a file.
pub fn page_file(report: &Report, html: Vec<u8>) -> Artifact {
    artifact(&report.id, "index.html", html)
}

/// A file of a report, by its path in the report's folder.
pub fn artifact(report: &str, file: &str, bytes: Vec<u8>) -> Artifact {
    Artifact {
        path: format!("{report}/{file}"),
        bytes: Bytes::new(bytes),
        report: Some(report.to_owned()),
        pages: None,
    }
}
