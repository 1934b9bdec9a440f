//! A table of figures with typed columns.

use super::values::{ColumnType, Count, Duration, Figure, Id, Money, Percent};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::record;
use crate::yaml::{At, FromNode, Node, Parse, Text};

/// A table.
#[derive(Debug, Clone)]
pub struct TableFile {
    pub caption: Text,
    /// The unit of all figures, printed with the caption.
    pub unit: Option<Text>,
    /// Heading of the first column.
    pub rows_are: Text,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub notes: Option<Vec<Text>>,
}

record! {
    /// A column of values.
    Column "a column" {
        required id: At<Id>,
        required name: Text,
        required r#type: ColumnType,
    }
}

/// A row: its name and a value for each column.
#[derive(Debug, Clone)]
pub struct Row {
    pub name: Text,
    pub values: Vec<At<Cell>>,
    pub is_total: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Figure(Figure),
    Text(String),
}

record! {
    RawTable "a table" {
        required caption: Text,
        required rows_are: Text,
        required columns: Vec<Column>,
        required rows: Vec<RawRow>,
        optional unit: Text,
        optional notes: Vec<Text>,
    }
}

record! {
    RawRow "a row" {
        required name: Text,
        required values: At<Vec<Text>>,
        optional total: At<YesNo>,
    }
}

/// A yes or a no.
#[derive(Debug, Clone, Copy)]
pub struct YesNo(bool);

impl Parse for YesNo {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "yes" => Ok(YesNo(true)),
            "no" => Ok(YesNo(false)),
            _ => Err("write yes or no".to_owned()),
        }
    }
}

impl TableFile {
    /// The fields of a table file, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = RawTable::FIELDS;
}

impl Row {
    /// The fields of a row, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = RawRow::FIELDS;
}

impl FromNode for TableFile {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let raw = RawTable::from_node(node, findings)?;
        let rows: Vec<Option<Row>> =
            raw.rows.into_iter().map(|row| read_row(row, &raw.columns, raw.unit.is_some(), findings)).collect();
        Some(Self {
            caption: raw.caption,
            unit: raw.unit,
            rows_are: raw.rows_are,
            rows: rows.into_iter().collect::<Option<_>>()?,
            columns: raw.columns,
            notes: raw.notes,
        })
    }
}

fn read_row(raw: RawRow, columns: &[Column], has_unit: bool, findings: &mut Findings) -> Option<Row> {
    if raw.values.value.len() != columns.len() {
        findings.push(
            Diagnostic::error(
                Code::WrongCount,
                raw.values.at,
                format!("this row has {} values, but the table has {} columns", raw.values.value.len(), columns.len()),
            )
            .help("a figure with commas is put in quotation marks here, or on a line of its own after `- `"),
        );
        return None;
    }
    let cells: Vec<Option<At<Cell>>> = raw
        .values
        .value
        .into_iter()
        .zip(columns)
        .map(|(text, column)| read_cell(text, column, has_unit, findings))
        .collect();
    Some(Row {
        name: raw.name,
        values: cells.into_iter().collect::<Option<_>>()?,
        is_total: raw.total.is_some_and(|total| total.value.0),
    })
}

fn read_cell(text: Text, column: &Column, has_unit: bool, findings: &mut Findings) -> Option<At<Cell>> {
    let figure = |figure: Result<Figure, String>| figure.map(Cell::Figure);
    let cell = match (column.r#type, text.value.as_str()) {
        (_, "n/a" | "N/A") => Ok(Cell::Figure(Figure::NotApplicable)),
        (_, "no data") => Ok(Cell::Figure(Figure::NoData)),
        (ColumnType::Text, text) => Ok(Cell::Text(text.to_owned())),
        (ColumnType::Count, text) => figure(Count::parse(text).map(Figure::Count)),
        (ColumnType::Money, text) => figure(Money::parse(text).and_then(|money| match money.amount() {
            None if has_unit => {
                Err("the table has a unit already: write the amount in that unit, without k or M".to_owned())
            }
            _ => Ok(Figure::Money(money)),
        })),
        (ColumnType::Percentage, text) => figure(Percent::parse(text).map(Figure::Percent)),
        (ColumnType::Duration, text) => figure(Duration::parse(text).map(Figure::Duration)),
    };
    match cell {
        Ok(value) => Some(At { value, at: text.at }),
        Err(expected) => {
            findings.push(
                Diagnostic::error(
                    Code::WrongValue,
                    text.at,
                    format!("`{}` is no {}", text.value, column.r#type.shown()),
                )
                .help(expected),
            );
            None
        }
    }
}
