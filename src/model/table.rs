//! A table of figures with typed columns.

use super::values::{ColumnType, Count, Duration, Figure, Id, Money, Number, Percent};
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
    /// Id of the source that the figures and names are taken from.
    pub source: Option<At<Id>>,
}

record! {
    /// A column of values.
    Column "a column" {
        required id: At<Id>,
        required name: Text,
        required r#type: ColumnType,
        /// What the column is, as an expression over the ids of the others.
        optional is: Text,
    }
}

/// A row: its name and a value for each column.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its address in the table; made of its name where it is not given.
    pub id: Id,
    pub name: Text,
    pub values: Vec<At<Cell>>,
    pub is_total: bool,
    /// What the row is, as an expression over the ids of the others.
    pub is: Option<Text>,
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
        optional source: At<Id>,
    }
}

record! {
    RawRow "a row" {
        required name: Text,
        required values: At<Vec<Text>>,
        optional id: Id,
        optional total: At<YesNo>,
        optional is: Text,
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
            source: raw.source,
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
    let id = match raw.id {
        Some(id) => id,
        None => address_of(&raw.name, findings)?,
    };
    Some(Row {
        id,
        name: raw.name,
        values: cells.into_iter().collect::<Option<_>>()?,
        is_total: raw.total.is_some_and(|total| total.value.0),
        is: raw.is,
    })
}

/// The id that a row's name makes.
fn address_of(name: &Text, findings: &mut Findings) -> Option<Id> {
    match Id::of_name(&name.value) {
        Some(id) => Some(id),
        None => {
            findings.push(
                Diagnostic::error(Code::MissingField, name.at, format!("no address can be made of {}", name.value))
                    .help("give the row an `id` of small letters, digits and hyphens"),
            );
            None
        }
    }
}

fn read_cell(text: Text, column: &Column, has_unit: bool, findings: &mut Findings) -> Option<At<Cell>> {
    let figure = |figure: Result<Figure, String>| figure.map(Cell::Figure);
    let cell = match (column.r#type, text.value.as_str()) {
        (_, "n/a" | "N/A") => Ok(Cell::Figure(Figure::NotApplicable)),
        (_, "no data") => Ok(Cell::Figure(Figure::NoData)),
        (ColumnType::Text, text) => Ok(Cell::Text(text.to_owned())),
        (ColumnType::Count, text) => figure(read_count(text)),
        (ColumnType::Number, text) => figure(Number::parse(text).map(Figure::Number)),
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

/// A count; what is none but could be another number is told the type for that.
fn read_count(text: &str) -> Result<Figure, String> {
    let count = Count::parse(text).map(|count| Figure::Number(count.into()));
    count.map_err(|why| match Number::parse(text) {
        Ok(_) => format!("{why}, or give the column `type: number`, which takes decimals and negatives: 38.6, -4"),
        Err(_) => why,
    })
}
