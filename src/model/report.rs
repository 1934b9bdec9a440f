//! A report: its head, and its sections with their parts.

use std::sync::Arc;

use super::values::{Cover, Date, Id, Language, Period};
use super::{CostFile, DeliverableFile, IndicatorFile, Picture, SurveyFile, TableFile};
use crate::diagnostic::Span;
use crate::markdown::Block;
use crate::record;
use crate::yaml::{At, Node, Text};

/// A report, ready to be checked and shown.
#[derive(Debug)]
pub struct Report {
    /// Name of its folder, which is its address.
    pub id: String,
    /// Where its `report.yaml` begins.
    pub at: Span,
    pub title: Text,
    pub subtitle: Text,
    pub description: Text,
    pub language: Language,
    pub period: Period,
    pub published: Date,
    pub cover: Cover,
    pub sections: Vec<Section>,
}

/// A section of a report.
#[derive(Debug)]
pub struct Section {
    pub id: At<Id>,
    pub title: Text,
    /// One sentence that states the finding.
    pub standfirst: Option<Text>,
    pub parts: Vec<Part>,
}

/// What a section shows. Data files carry the name of their file without its ending, for the data beside the page.
#[derive(Debug, Clone)]
pub enum Part {
    Prose(Vec<Block>),
    Signatory(Signatory),
    /// A picture; `None` while its slot is empty.
    Figure(Figure, Option<Picture>),
    Table(String, Arc<TableFile>),
    Cycle(String, Arc<IndicatorFile>),
    Directorates(String, Arc<IndicatorFile>),
    Ratings(String, Arc<IndicatorFile>),
    Key(String, Arc<IndicatorFile>),
    Dashboard(String, Arc<IndicatorFile>),
    Survey(String, Arc<SurveyFile>),
    Costs(String, Arc<CostFile>),
    Themes(String, Arc<DeliverableFile>),
    Matrix(String, Arc<DeliverableFile>),
    Contacts,
}

/// The kinds of part, by their names in `report.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Prose,
    Signatory,
    Figure,
    Table,
    Cycle,
    Directorates,
    Ratings,
    Key,
    Dashboard,
    Survey,
    Costs,
    Themes,
    Matrix,
    Contacts,
}

impl PartKind {
    /// Every kind with its name.
    pub const ALL: &[(&str, PartKind)] = &[
        ("prose", PartKind::Prose),
        ("signatory", PartKind::Signatory),
        ("figure", PartKind::Figure),
        ("table", PartKind::Table),
        ("cycle", PartKind::Cycle),
        ("directorates", PartKind::Directorates),
        ("ratings", PartKind::Ratings),
        ("key", PartKind::Key),
        ("dashboard", PartKind::Dashboard),
        ("survey", PartKind::Survey),
        ("costs", PartKind::Costs),
        ("themes", PartKind::Themes),
        ("matrix", PartKind::Matrix),
        ("contacts", PartKind::Contacts),
    ];
}

record! {
    /// Who signs.
    Signatory "a signatory" {
        required name: Text,
        required role: Text,
        required organisation: Text,
    }
}

record! {
    /// A picture with its words.
    Figure "a figure" {
        required caption: Text,
        /// What the picture shows, for people who cannot see it.
        required alt: Text,
        /// File in the report's folder; the slot stays empty without it.
        optional picture: Text,
    }
}

record! {
    /// A report as `report.yaml` gives it, before its files are read.
    ReportFile "a report" {
        required title: Text,
        required subtitle: Text,
        required description: Text,
        required language: Language,
        required period: Period,
        required published: Date,
        required cover: Cover,
        required sections: Vec<SectionRecord>,
    }
}

record! {
    /// A section as `report.yaml` gives it.
    SectionRecord "a section" {
        required id: At<Id>,
        required title: Text,
        required parts: Vec<RawPart>,
        optional standfirst: Text,
    }
}

/// A part as it stands in the file.
#[derive(Debug, Clone)]
pub struct RawPart(pub Node);

impl crate::yaml::FromNode for RawPart {
    fn from_node(node: &Node, _: &mut crate::diagnostic::Findings) -> Option<Self> {
        Some(RawPart(node.clone()))
    }
}
