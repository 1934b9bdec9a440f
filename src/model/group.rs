//! A group: one report for every row of a table, made from one folder.

use std::sync::Arc;

use super::table::{Cell, Row, TableFile};
use crate::diagnostic::{Diagnostic, InReport};
use crate::record;
use crate::source::SourceTree;
use crate::yaml::{At, Text};

record! {
    /// For what the report of a folder is made again and again.
    ForEach "for-each" {
        /// The table file.
        required row_of: Text,
        /// Name of the group in the list of reports.
        required called: Text,
    }
}

/// The reports of a folder that are made for the rows of a table.
#[derive(Debug)]
pub struct Group {
    pub folder: String,
    pub called: Text,
    /// Name of the table's file, as the folder's `report.yaml` gives it.
    pub file: String,
    pub table: Arc<TableFile>,
    /// How many reports it has.
    pub size: usize,
    /// Paths of the files that all its reports may show: all but those in the rows' own folders.
    pub shared: Vec<String>,
}

/// The row that a report is made for.
#[derive(Debug, Clone)]
pub struct GroupRow {
    pub group: Arc<Group>,
    /// Its place in the table.
    pub place: usize,
}

impl Group {
    /// The id of the report that a row makes, which is its address on the web and the folder of its output.
    pub fn report_id(&self, row: &Row) -> String {
        format!("{}-{}", self.folder, row.id)
    }

    /// The rows that make reports. A total is none.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.table.rows.iter().enumerate().filter(|(_, row)| !row.is_total() && !row.is_heading())
    }
}

impl GroupRow {
    pub fn row(&self) -> &Row {
        &self.group.table.rows[self.place]
    }

    /// Whether no row of the table makes a report before it.
    pub fn is_first(&self) -> bool {
        self.group.rows().next().is_some_and(|(place, _)| place == self.place)
    }

    /// What the row says under a column.
    pub fn cell(&self, column: &str) -> Option<&At<Cell>> {
        let place = self.group.table.columns.iter().position(|one| one.id.value.as_str() == column)?;
        self.row().values.get(place)
    }

    /// Everything of the row that a text can name: `name`, `id`, and the columns.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        ["name", "id"].into_iter().chain(self.group.table.columns.iter().map(|column| column.id.value.as_str()))
    }

    /// Says of findings that they were made in the row's report.
    pub fn mark(&self, findings: &mut [Diagnostic]) {
        if findings.is_empty() {
            return;
        }
        let group = &self.group;
        let found_in = InReport { report: group.report_id(self.row()), place: self.place, of: group.size };
        let unmarked = findings.iter_mut().filter(|finding| finding.found_in.is_none());
        unmarked.for_each(|finding| finding.found_in = Some(found_in.clone()));
    }

    /// Paths of the files that the row's report may show: those that all share, and those in its own folder.
    pub fn files<'a>(&'a self, tree: &'a SourceTree) -> Vec<&'a str> {
        let own = tree.files_in(&format!("{}/{}", self.group.folder, self.row().id));
        self.group.shared.iter().map(String::as_str).chain(own).collect()
    }
}
