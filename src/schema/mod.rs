//! Schemas for editors: what every kind of YAML file takes, and which file of a content folder is of which kind.
//!
//! In: the declarations that the files are read by ([`Form`](crate::yaml::Form)), and a content folder. Out: JSON
//! Schemas, and the line at the beginning of each file that names the one of its kind. An editor that knows both
//! completes the names of fields, explains them, and marks what does not fit while it is typed.

mod json;
mod lines;
mod settings;

pub use json::schema;
pub use lines::{Named, NamedFile, kind_of_file, named};
pub use settings::settings;

use crate::model::{
    CheckFile, DeliverableFile, FactFile, ImportFile, IndicatorFile, Organisation, ReportHead, Show, SurveyFile,
    TableFile, TranslationFile,
};
use crate::yaml::{Form, Formed};

/// The folder of the schemas in the content folder. Reports are not looked for in hidden folders.
pub const FOLDER: &str = ".schemas";

/// What every schema says of its origin.
pub const MADE: &str = "made by `tally schema`, which writes it anew: changes are lost";

/// A kind of YAML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    Organisation,
    /// What held of the organisation in the period of one report, in its folder.
    OrganisationThen,
    Report,
    Facts,
    Checks,
    /// What a report says of its own figures; levels are set for all together.
    ChecksOfReport,
    Table,
    Indicators,
    Survey,
    Deliverables,
    Imports,
    /// Texts in a further language.
    Translation,
}

impl FileKind {
    pub const ALL: [FileKind; 12] = [
        FileKind::Organisation,
        FileKind::OrganisationThen,
        FileKind::Report,
        FileKind::Facts,
        FileKind::Checks,
        FileKind::ChecksOfReport,
        FileKind::Table,
        FileKind::Indicators,
        FileKind::Survey,
        FileKind::Deliverables,
        FileKind::Imports,
        FileKind::Translation,
    ];

    /// The kind of a data file.
    pub fn of_data(show: Show) -> Self {
        match show {
            Show::Table(_) => FileKind::Table,
            Show::Indicators(_) => FileKind::Indicators,
            Show::Survey => FileKind::Survey,
            Show::Deliverables(_) => FileKind::Deliverables,
        }
    }

    /// The name of its schema, without ending.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Organisation => "organisation",
            FileKind::OrganisationThen => "organisation-then",
            FileKind::Report => "report",
            FileKind::Facts => "facts",
            FileKind::Checks => "checks",
            FileKind::ChecksOfReport => "checks-of-report",
            FileKind::Table => "table",
            FileKind::Indicators => "indicators",
            FileKind::Survey => "survey",
            FileKind::Deliverables => "deliverables",
            FileKind::Imports => "imports",
            FileKind::Translation => "translation",
        }
    }

    /// What a file of the kind takes.
    pub fn form(self) -> Form {
        match self {
            FileKind::Organisation => Organisation::form(),
            FileKind::OrganisationThen => Form::SomeOf(&Organisation::FORM, &Organisation::OF_ALL),
            FileKind::Report => ReportHead::form(),
            FileKind::Facts => FactFile::form(),
            FileKind::Checks => CheckFile::form(),
            FileKind::ChecksOfReport => Form::SomeOf(&CheckFile::FORM, &["levels"]),
            FileKind::Table => TableFile::form(),
            FileKind::Indicators => IndicatorFile::form(),
            FileKind::Survey => SurveyFile::form(),
            FileKind::Deliverables => DeliverableFile::form(),
            FileKind::Imports => ImportFile::form(),
            FileKind::Translation => TranslationFile::form(),
        }
    }

    /// Its schema: JSON Schema, draft 07.
    pub fn schema(self) -> String {
        json::schema(self.name(), &self.form())
    }
}

/// The schemas of all kinds, with their paths from the content folder.
pub fn schemas() -> Vec<(String, String)> {
    FileKind::ALL.iter().map(|kind| (path_of(*kind), kind.schema())).collect()
}

fn path_of(kind: FileKind) -> String {
    format!("{FOLDER}/{}.json", kind.name())
}
