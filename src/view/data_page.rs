//! What the data files of a report hold, for people: the page that lies beside them.

use serde::Serialize;

use super::{DataColumn, Dataset, Holds, LicenceView, OrganisationView, Page};

/// The page about the data of a report.
#[derive(Debug, PartialEq, Serialize)]
pub struct DataPage<'p> {
    pub organisation: &'p OrganisationView,
    pub language: &'p str,
    /// Full address of the page, where it is known under which address the output is published.
    pub address: Option<String>,
    pub cover: &'static str,
    /// Where the accessibility statement in its language lies in the output.
    pub statement: &'p str,
    /// Title and subtitle of the report.
    pub report: String,
    pub licence: Option<&'p LicenceView>,
    pub files: &'p [DescribedFile],
}

/// A data file with what it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribedFile {
    pub title: String,
    /// What a line of it is.
    pub description: String,
    /// Name of the file, in the folder of the page.
    pub csv: String,
    pub notes: Vec<String>,
    pub columns: Vec<DescribedColumn>,
}

/// A column with what it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribedColumn {
    pub name: String,
    pub title: String,
    pub unit: Option<String>,
    /// The codes that may stand in it, each with what it means.
    pub codes: Vec<(&'static str, String)>,
}

impl DescribedFile {
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            title: dataset.title.clone(),
            description: dataset.description.clone(),
            csv: format!("{}.csv", dataset.stem),
            notes: dataset.notes.clone(),
            columns: dataset.columns.iter().map(DescribedColumn::of).collect(),
        }
    }
}

impl DescribedColumn {
    fn of(column: &DataColumn) -> Self {
        // Codes that are the words of the language explain themselves.
        let is_word = |(code, means): &(&'static str, String)| means.to_lowercase() == code.to_lowercase();
        let codes = match &column.holds {
            Holds::Code(codes) if !codes.iter().all(is_word) => codes.clone(),
            _ => Vec::new(),
        };
        Self { name: column.name.clone(), title: column.title.clone(), unit: column.unit_said.clone(), codes }
    }
}

/// The page about the data of the report that a page shows.
pub fn data_page<'p>(page: &'p Page, files: &'p [DescribedFile]) -> DataPage<'p> {
    let (title, subtitle) = (page.title.text.as_str(), page.subtitle.text.as_str());
    DataPage {
        organisation: &page.organisation,
        language: &page.language,
        address: page.address.as_ref().map(|address| format!("{address}data/")),
        cover: page.cover,
        statement: &page.statement,
        report: page.wording.say("page.report-title", &[("title", title), ("subtitle", subtitle)]),
        licence: page.licence.as_ref(),
        files,
    }
}
