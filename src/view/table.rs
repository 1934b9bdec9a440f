//! Tables as they are shown.

use serde::Serialize;

use super::desk::{Desk, Words};
use crate::model::values::{ColumnType, Figure};
use crate::model::{Cell, Column, Row, TableFile};
use crate::yaml::{At, Text};

/// A table.
#[derive(Debug, PartialEq, Serialize)]
pub struct TableView {
    pub id: String,
    pub caption: Words,
    pub unit: Option<String>,
    pub rows_are: Words,
    pub columns: Vec<ColumnView>,
    pub rows: Vec<RowView>,
    pub notes: Vec<Words>,
}

/// A column: its heading, and whether it holds figures.
#[derive(Debug, PartialEq, Serialize)]
pub struct ColumnView {
    pub name: Words,
    pub figures: bool,
}

/// A row.
#[derive(Debug, PartialEq, Serialize)]
pub struct RowView {
    pub name: Words,
    pub is_total: bool,
    pub cells: Vec<CellView>,
}

/// A cell, and whether it holds a figure.
#[derive(Debug, PartialEq, Serialize)]
pub struct CellView {
    pub words: Words,
    pub figure: bool,
}

pub fn table(desk: &Desk, stem: &str, table: &TableFile) -> TableView {
    let cell = |cell: &At<Cell>| match &cell.value {
        // The unit stands with the caption, so that a column of money repeats no pound sign.
        Cell::Figure(Figure::Money(money)) if table.unit.is_some() => {
            CellView { words: desk.typed(cell.at, money.bare()), figure: true }
        }
        Cell::Figure(figure) => CellView { words: desk.typed(cell.at, figure.to_string()), figure: true },
        Cell::Text(text) => CellView { words: desk.words(&Text { value: text.clone(), at: cell.at }), figure: false },
    };
    let column =
        |column: &Column| ColumnView { name: desk.words(&column.name), figures: column.r#type != ColumnType::Text };
    let row = |row: &Row| RowView {
        name: desk.words(&row.name),
        is_total: row.is_total,
        cells: row.values.iter().map(cell).collect(),
    };
    TableView {
        id: format!("table.{stem}"),
        caption: desk.words(&table.caption),
        unit: table.unit.as_ref().map(|unit| desk.plain(unit)),
        rows_are: desk.words(&table.rows_are),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(row).collect(),
        notes: desk.list(&table.notes),
    }
}
