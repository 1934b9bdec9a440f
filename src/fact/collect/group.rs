//! Facts of the table whose rows make reports: each row's figures belong to its report, and stand in the table too.

use std::collections::BTreeSet;

use super::Collector;
use super::table::Addresses;
use crate::model::{Group, Statements};

impl<'p> Collector<'p, '_> {
    /// The figures of a table as `REPORT.row.COLUMN`, its totals as `FOLDER.ROW.COLUMN`, which leads to the others too.
    pub(super) fn rows_of(&mut self, group: &'p Group, statements: Option<&'p Statements>) {
        self.scope = format!("{}.", group.folder);
        statements.into_iter().for_each(|statements| self.note_sources(statements));
        self.enter(group.table.source.as_ref());
        self.open(&group.table, Addresses::Rows(group), group.folder.clone());
        let mut seen = BTreeSet::new();
        let rows = &group.table.rows;
        if !(rows.iter().all(|row| seen.insert(row.id.as_str())) && rows.iter().any(|row| !row.is_total())) {
            self.open_tables.pop(); // What adds up cannot be told while a row is there twice, or none is there.
        }
        self.source = None;
    }
}
