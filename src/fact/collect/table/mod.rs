//! Facts of a table: its figures by row and column, those that follow from others, and what its totals should be, down
//! and across.
//!
//! A table is opened when it is found, and closed when all typed figures of the project are known, so that what it
//! calculates with may stand elsewhere: in a table that is closed for it, if need be.

mod closing;
mod follows;
mod rule;
mod variation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Collector;
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{Fact, FactId, FactValue, Origin, Quantity};
use crate::model::values::Figure;
use crate::model::{Cell, Column, Denomination, Group, Row, TableFile};
use crate::yaml::{At, Text};
use closing::Closing;

/// A table whose typed figures are facts already.
pub(super) struct OpenTable<'p> {
    file: &'p TableFile,
    addresses: Addresses<'p>,
    /// The report that it stands in, or the folder of a group.
    scope: String,
    source: Option<Arc<str>>,
    /// The facts by row and column.
    grid: Vec<Vec<Option<FactId>>>,
}

/// How the addresses of a table's figures are made.
pub(super) enum Addresses<'p> {
    /// Of a part: `REPORT.STEM.ROW.COLUMN`.
    Part(String),
    /// Of the table that makes reports: `REPORT.row.COLUMN`, and `FOLDER.ROW.COLUMN` too.
    Rows(&'p Group),
}

impl Addresses<'_> {
    fn of(&self, row: &Row, column: &Column) -> (Arc<str>, Option<Arc<str>>) {
        let column = column.id.value.as_str();
        match self {
            Self::Part(stem) => (Arc::from(format!("{stem}.{}.{column}", row.id)), None),
            Self::Rows(group) => {
                let in_table = Arc::from(format!("{}.{}.{column}", group.folder, row.id));
                match row.is_total() {
                    true => (in_table, None),
                    false => (Arc::from(format!("{}.row.{column}", group.report_id(row))), Some(in_table)),
                }
            }
        }
    }
}

impl<'p> Collector<'p, '_> {
    pub(super) fn table(&mut self, stem: &str, file: &'p TableFile) {
        self.enter(file.source.as_ref());
        let addresses = Addresses::Part(format!("{}{stem}", self.scope));
        let scope = self.scope.trim_end_matches('.').to_owned();
        self.open(file, addresses, scope);
        if !self.are_told_apart(file) {
            self.open_tables.pop(); // What adds up cannot be told while a row is there twice.
        }
    }

    /// Whether its rows and its columns have addresses of their own. Of rows it is told here, of columns elsewhere.
    fn are_told_apart(&mut self, file: &TableFile) -> bool {
        let before = self.findings.len();
        let mut seen: BTreeMap<&str, &Text> = BTreeMap::new();
        for row in file.rows.iter().filter(|row| !row.is_heading()) {
            match seen.get(row.id.as_str()) {
                Some(first) => self.findings.push(
                    Diagnostic::error(
                        Code::DuplicateId,
                        row.name.at,
                        format!("two rows have the address `{}`", row.id),
                    )
                    .also(first.at, "the other one")
                    .help("give one of them an `id` of its own: without one, the name makes the address"),
                ),
                None => drop(seen.insert(row.id.as_str(), &row.name)),
            }
        }
        let columns: BTreeSet<&str> = file.columns.iter().map(|one| one.id.value.as_str()).collect();
        self.findings.len() == before && columns.len() == file.columns.len()
    }

    /// Adds the figures that were typed in a table; of rows and columns that have one address, those of the first.
    pub(super) fn open(&mut self, file: &'p TableFile, addresses: Addresses<'p>, scope: String) {
        // A unit that the organisation does not declare has no name to be printed.
        file.units().for_each(|unit| self.facts.check_unit(unit, self.findings));
        let mut grid = Vec::new();
        let mut taken = BTreeSet::new();
        for row in &file.rows {
            let cell = |(column, cell): (&'p Column, &'p At<Cell>)| {
                if !taken.insert((row.id.as_str(), column.id.value.as_str())) {
                    return None;
                }
                let denomination = file.denomination(row, column);
                let (value, typed) = value_of(&cell.value, denomination)?;
                let (address, also) = addresses.of(row, column);
                let origin = Origin::Typed(self.source.clone());
                Some(self.facts.add(Fact { address, also, value, typed, at: cell.at, origin }, self.findings))
            };
            let mut cells: Vec<Option<FactId>> = file.columns.iter().zip(&row.values).map(cell).collect();
            cells.resize(file.columns.len(), None);
            grid.push(cells);
        }
        self.open_tables.push(OpenTable { file, addresses, scope, source: self.source.clone(), grid });
    }

    /// Computes what the tables leave out, and what their totals should be.
    pub(super) fn close_tables(&mut self) {
        while !self.open_tables.is_empty() {
            let table = self.open_tables.remove(0);
            self.close_table(table);
        }
    }

    fn close_table(&mut self, table: OpenTable<'p>) {
        let before = self.findings.len();
        let scope = table.scope.clone();
        let source = std::mem::replace(&mut self.source, table.source.clone());
        self.being_closed.push(table.stem().to_owned());
        Closing::of(self, table).close();
        self.being_closed.pop();
        if let Some(row) = self.facts.row(&scope) {
            row.mark(&mut self.findings[before..]);
        }
        self.source = source;
    }

    /// Closes the table to which an address belongs, seen from a report, so that what it computes is known.
    fn close_table_of(&mut self, scope: &str, address: &str) {
        let address = self.facts.without_last(scope, address).into_owned();
        let belongs = |table: &OpenTable| is_of(table.stem(), scope, &address);
        if let Some(place) = self.open_tables.iter().position(belongs) {
            let table = self.open_tables.remove(place);
            self.close_table(table);
        }
    }

    /// Whether an address belongs to a table that waits for another to be closed.
    fn is_being_closed(&self, scope: &str, address: &str) -> bool {
        let address = self.facts.without_last(scope, address);
        self.being_closed.iter().any(|stem| is_of(stem, scope, &address))
    }
}

/// Whether an address, seen from a report, is one of the table whose addresses begin with a stem.
fn is_of(stem: &str, scope: &str, address: &str) -> bool {
    super::is_below(address, stem) || super::is_below(&format!("{scope}.{address}"), stem)
}

impl OpenTable<'_> {
    /// What the addresses of its figures begin with.
    fn stem(&self) -> &str {
        match &self.addresses {
            Addresses::Part(stem) => stem,
            Addresses::Rows(group) => &group.folder,
        }
    }

    /// The same without the report's name.
    fn local_stem(&self) -> &str {
        let stem = self.stem();
        stem.strip_prefix(self.scope.as_str()).map_or(stem, |rest| rest.trim_start_matches('.'))
    }

    /// The row and the column that an address means, seen from its report.
    fn place_of(&self, address: &str) -> Option<(usize, usize)> {
        let whole = format!("{}.{address}", self.scope);
        let is_it = |row: &Row, column: &Column| {
            let (own, also) = self.addresses.of(row, column);
            [Some(own), also].into_iter().flatten().any(|own| *own == *address || *own == *whole)
        };
        let rows = self.file.rows.iter().enumerate().filter(|(_, row)| !row.is_heading());
        rows.flat_map(|(place, row)| {
            self.file.columns.iter().enumerate().map(move |(at, column)| (place, row, at, column))
        })
        .find(|(_, row, _, column)| is_it(row, column))
        .map(|(row, _, column, _)| (row, column))
    }
}

/// The value of a cell, and the figure itself where it says enough outside the table.
fn value_of(cell: &Cell, denomination: Option<&At<Denomination>>) -> Option<(FactValue, Option<Figure>)> {
    match cell {
        Cell::Figure(figure) => {
            let quantity = Quantity::of_figure(*figure)?;
            let scale = denomination.map_or(Decimal::ONE, |one| one.value.scale);
            match scale == Decimal::ONE {
                true => Some((FactValue::Quantity(quantity), Some(*figure))),
                // In thousands, the figure as it was typed says too little outside its table.
                false => Some((FactValue::Quantity(quantity.scaled(scale)), None)),
            }
        }
        Cell::Day(day) => Some((FactValue::Day(*day), None)),
        Cell::Text(_) | Cell::Bound(_) | Cell::Computed => None,
    }
}

/// Whether what stands in a cell is found elsewhere.
fn is_left_out(cell: &Cell) -> bool {
    matches!(cell, Cell::Bound(_) | Cell::Computed)
}
