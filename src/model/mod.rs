//! The content as typed values: what a report is, before anything is drawn.
//!
//! In: a [`SourceTree`](crate::source::SourceTree). Out: a [`Project`], or nothing and the findings that say why.
//! A file is one kind of content; [`load`] puts them together.

pub mod addresses;
pub mod chart;
mod checks;
mod cover;
mod data;
mod deliverables;
mod editions;
mod facts;
mod group;
mod imports;
mod indicator;
mod indicators;
mod licence;
mod load;
mod notes;
pub mod numbering;
mod organisation;
mod periods;
mod picture;
mod ratings;
mod report;
mod scale;
mod survey;
mod table;
mod taken;
mod target;
mod target_unit;
mod translation;
pub mod values;

pub use chart::{Chart, ChartPart};
pub use checks::{
    Acknowledgement, Base, CheckFile, Compared, Confirmation, ControlTotal, Patterns, Relation, RuleLevel,
    SuppliedFile, SuppliedName,
};
pub use cover::CoverPhoto;
pub use data::{Data, DeliverableShow, IndicatorShow, Show, TableShow, Unshowable};
pub use deliverables::{Deliverable, DeliverableFile, DeliverableGroup, Link, Status, StatusScale, Theme, Wording};
pub use facts::{FactFile, LastAddress, Restatement, SingleFact, SingleFactValue, Source};
pub use group::{ForEach, Group, GroupRow};
pub use imports::{Digits, FactCell, HeadingRows, Import, ImportFile, Pairs, Place, RowNames, RowsAre, TakenRows};
pub use indicator::{Indicator, PeriodFigures, RatingBecause, RatingReason, YearFigures};
pub use indicators::{Area, GroupingName, Groupings, IndicatorFile, IndicatorGroup};
pub use licence::{Licence, NamedLicence};
pub use load::{ORGANISATION_FILE, Parsed, is_reserved, load, load_parsed};
pub use notes::{NOTE, Note, notes_alone, without_notes};
pub use organisation::{
    Abbreviation, Accessibility, AccessibilityTest, Account, DeclaredUnit, Directorate, Logo, Organisation, Population,
};
pub use periods::{MONTHS, PeriodKind, Periods, ReportingPeriod, is_time, short_of_time, year_of_time};
pub use picture::{LogoPictures, Picture, unreadable};
pub use ratings::{NamedRating, Rating, RatingRule, RatingScale, UsualRatings};
pub use report::{
    CaseStudy, Contacts, Figure, FiguresShown, KeyFigure, Part, PartKind, Quotation, Report, ReportHead, Section,
    Signatory, Statements, Term, letter_of,
};
pub use survey::{Response, SurveyFile, SurveyGroup, SurveyResult};
pub use table::{
    Baseline, Cell, Column, ColumnGroup, Denomination, LastColumn, Row, RowKind, TableFile, WatchedColumn,
    WatchedStretch,
};
pub use taken::{TAKEN, TakenFigure, TakenRecord};
pub use target::{Target, TargetStep};
pub use translation::{
    TranslatedProse, TranslatedText, Translation, TranslationFile, Untranslated, digest_of_prose, translated_id,
    translated_name,
};

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::wording::Wordings;
use crate::yaml::Text;
use values::Language;

/// Everything that a content folder holds.
#[derive(Debug)]
pub struct Project {
    pub organisation: Arc<Organisation>,
    pub logo: Option<LogoPictures>,
    /// What Tally says in each language.
    pub wordings: Wordings,
    /// Reports by the name of their folder, in the order of those names; those of a group in the order of its rows.
    pub reports: Vec<Report>,
    /// Folders whose report is made for every row of a table.
    pub groups: Vec<Arc<Group>>,
    /// What is said of the figures of all reports.
    pub statements: Statements,
    /// Whether everything could be read, so that what cannot be found is not there.
    pub whole: bool,
}

/// What a folder says of figures: that of a report, or the one in which all reports lie.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'p> {
    pub report: Option<&'p Report>,
    pub statements: &'p Statements,
}

impl<'p> Stated<'p> {
    /// How what all reports share is called on the command line.
    pub const SHARED: &'static str = "shared";

    /// The folder of the report; none for what all share.
    pub fn folder(self) -> &'p str {
        self.report.map_or("", |report| &report.folder)
    }

    /// What it is called in messages.
    pub fn name(self) -> &'p str {
        self.report.map_or(Self::SHARED, |report| &report.folder)
    }

    /// Where its addresses are looked up first.
    pub fn scope(self) -> &'p str {
        self.report.map_or("", |report| &report.id)
    }

    /// The path of one of its files.
    pub fn path(self, name: &str) -> String {
        self.report.map_or_else(|| name.to_owned(), |report| format!("{}/{name}", report.folder))
    }
}

impl Project {
    /// What is said of figures, folder by folder: what all reports share first.
    pub fn stated(&self) -> impl Iterator<Item = Stated<'_>> {
        let of = |report| Stated { report: Some(report), statements: &report.statements };
        let reports = self.reports.iter().filter(|report: &&Report| report.is_first_of_folder());
        [Stated { report: None, statements: &self.statements }].into_iter().chain(reports.map(of))
    }

    /// The report whose language the pages speak that all reports share: of those that stand in no group the one with the
    /// latest period, else the first.
    pub fn speaker(&self) -> Option<&Report> {
        let alone = self.reports.iter().filter(|report| report.row.is_none() && report.translation.is_none());
        let latest = alone.rev().max_by_key(|report| report.head.period.to);
        latest.or(self.reports.first())
    }

    /// The report in whose language the organisation says what it says: of those that stand in no group the one with the
    /// earliest period, else the first. It stays the same when a later report is added.
    pub fn earliest(&self) -> Option<&Report> {
        let alone = self.reports.iter().filter(|report| report.row.is_none() && report.translation.is_none());
        alone.min_by_key(|report| report.head.period.to).or(self.reports.first())
    }

    /// The languages in which reports are, that of the earliest first.
    pub fn languages(&self) -> Vec<&Language> {
        let mut languages: Vec<&Language> = Vec::new();
        for report in self.earliest().into_iter().chain(&self.reports) {
            let language = &report.head.language.value;
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        languages
    }

    /// A report in each of its languages, the first one first; of any of them.
    pub fn languages_of<'p>(&'p self, report: &'p Report) -> Vec<&'p Report> {
        if report.row.is_some() {
            return vec![report];
        }
        self.reports.iter().filter(|one| one.folder == report.folder).collect()
    }

    /// The reports by their ids.
    pub fn by_id(&self) -> HashMap<&str, &Report> {
        self.reports.iter().map(|report| (report.id.as_str(), report)).collect()
    }

    /// What is said of the organisation: to all reports, to those that say themselves what held then, and in further
    /// languages.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        let is_own = |report: &&Report| {
            let is_first = report.has_own_organisation(self) && report.is_first_of_folder();
            is_first || report.translation.is_some()
        };
        let own = self.reports.iter().filter(is_own).map(|report| &*report.organisation);
        [&*self.organisation].into_iter().chain(own)
    }

    /// Every picture that is shown, as often as it is shown.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let figures = self.reports.iter().flat_map(Report::parts).filter_map(|part| match part {
            Part::Figure(figures) => Some(figures),
            _ => None,
        });
        let shown = figures.flatten().filter_map(|(_, picture)| picture.as_ref());
        let covers = self.reports.iter().filter_map(|report| report.cover_photo.as_ref());
        self.logo.iter().flat_map(LogoPictures::both).chain(covers).chain(shown)
    }

    /// The texts that stand in no report: of the organisation, of the rows that reports are made for, and what is said
    /// of figures; with their places.
    pub fn texts_beside(&self) -> Vec<(&str, Span)> {
        let mut texts: Vec<&Text> = self.organisations().flat_map(Organisation::texts).collect();
        texts.extend(self.statements.texts());
        let mut cells = Vec::new();
        for reports in self.reports.chunk_by(|one, next| one.folder == next.folder) {
            texts.extend(reports[0].statements.texts());
            let translations = reports.iter().filter(|report| report.translation.is_some());
            texts.extend(translations.flat_map(|report| report.statements.texts()));
            texts.extend(reports.iter().flat_map(Report::reasons));
        }
        for row in self.groups.iter().flat_map(|group| &group.table.rows) {
            texts.push(&row.name);
            cells.extend(row.values.iter().filter_map(|cell| match &cell.value {
                Cell::Text(text) => Some((text.as_str(), cell.at)),
                Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => None,
            }));
        }
        let mut all: Vec<(&str, Span)> = texts.iter().map(|text| (text.value.as_str(), text.at)).chain(cells).collect();
        // Reports of a group share their files.
        all.sort_by_key(|(_, at)| *at);
        all.dedup();
        all
    }

    /// Whether every facts and checks file could be read.
    pub fn states_everything(&self) -> bool {
        self.statements.whole && self.reports.iter().all(|report| report.statements.whole)
    }
}
