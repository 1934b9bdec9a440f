//! Facts of the table whose rows make reports: each row's figures belong to its report, and stand in the table too.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Collector;
use super::table::Grid;
use crate::fact::{Fact, FactId, Origin};
use crate::model::{Cell, Group, Row, Statements};

impl<'p> Collector<'p, '_> {
    /// The figures of a table as `REPORT.row.COLUMN`, its totals as `FOLDER.ROW.COLUMN`, which leads to the others too.
    pub(super) fn rows_of(&mut self, group: &'p Group, statements: Option<&'p Statements>) {
        self.scope = format!("{}.", group.folder);
        statements.into_iter().for_each(|statements| self.note_sources(statements));
        self.enter(group.table.source.as_ref());
        let Some(scale) = self.scale(&group.table) else { return };
        let mut seen = BTreeSet::new();
        let mut grid = Grid::new();
        for row in &group.table.rows {
            // A second row of one id has no report; that is said where it stands.
            let is_first = seen.insert(row.id.as_str());
            let cells = group.table.columns.iter().zip(&row.values).map(|(column, cell)| {
                let Cell::Figure(figure) = cell.value else { return None };
                let (value, typed) = Self::scaled(figure, scale).filter(|_| is_first)?;
                let (address, also) = addresses(group, row, column.id.value.as_str());
                let origin = Origin::Typed(self.source.clone());
                Some(self.facts.add(Fact { address, also, value, typed, at: cell.at, origin }, self.findings))
            });
            let cells: Vec<Option<FactId>> = cells.collect();
            grid.push(cells);
        }
        if seen.len() == group.table.rows.len() {
            self.cast_grid(&group.table, &grid);
        }
        self.source = None;
    }
}

/// The address of a figure, and the one that it has among all rows where it belongs to a report.
fn addresses(group: &Group, row: &Row, column: &str) -> (Arc<str>, Option<Arc<str>>) {
    let in_table = Arc::from(format!("{}.{}.{column}", group.folder, row.id));
    match row.is_total {
        true => (in_table, None),
        false => (Arc::from(format!("{}.row.{column}", group.report_id(row))), Some(in_table)),
    }
}
