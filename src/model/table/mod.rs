//! A table: rows and columns of figures, both of which may nest.

mod cells;
mod denomination;
mod rows;
mod shows;
mod sums;
mod variation;

pub use denomination::Denomination;
pub use rows::{Row, RowKind};
pub use variation::{Baseline, WatchedColumn, WatchedStretch};

use std::ops::Range;

use super::values::{ColumnSign, ColumnType, Date, Figure, Id};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::record;
use crate::yaml::{At, Form, Formed, FromNode, Node, Parse, Text, Texts, Value};
use rows::RawRow;
use variation::RawWatched;

/// A table, its rows and columns in the order of print.
#[derive(Debug, Clone)]
pub struct TableFile {
    pub caption: Text,
    /// The unit of all figures that have no other, printed with the caption.
    pub unit: Option<At<Denomination>>,
    /// Heading of the first column.
    pub rows_are: Text,
    pub columns: Vec<Column>,
    /// Names over several columns.
    pub groups: Vec<ColumnGroup>,
    pub rows: Vec<Row>,
    /// The columns that are watched over time.
    pub variation: Vec<WatchedColumn>,
    /// Whether figures were rounded one by one, so that sums may be out by what that makes.
    pub rounded: Option<At<YesNo>>,
    pub notes: Option<Vec<Text>>,
    /// Printed under the table where rounded figures do not add up.
    pub rounding_note: Option<Text>,
    /// Id of the source that the figures and names are taken from.
    pub source: Option<At<Id>>,
}

record! {
    /// A column of values.
    Column "a column" {
        required id: At<Id>,
        /// Its heading.
        required name: Text,
        /// What its cells hold; figures of any kind where it is left out.
        optional r#type: ColumnType,
        /// The unit of its figures.
        optional unit: At<Denomination>,
        /// What the column is, as an expression over the ids of the others.
        optional is: Text,
        /// The column of the edition before whose figures it repeats.
        optional last: At<LastColumn>,
        /// The one sign that its figures have.
        optional sign: At<ColumnSign>,
        /// The decimals with which its computed figures are printed.
        optional decimals: At<Decimals>,
    }
}

/// A name over several columns.
#[derive(Debug, Clone)]
pub struct ColumnGroup {
    pub name: Text,
    /// Their places among all columns.
    pub columns: Range<usize>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Figure(Figure),
    Text(String),
    Day(Date),
    /// A figure that stands elsewhere, by its address: `{{ money.costs.total }}`.
    Bound(String),
    /// Nothing was typed: it follows from others.
    Computed,
}

record! {
    /// Rows and columns of figures, both of which may nest.
    RawTable "a table" {
        /// What the table shows, as it stands over it.
        required caption: Text,
        /// Heading of the first column.
        required rows_are: Text,
        /// The columns, in the order of print; some may stand under one name.
        required columns: Vec<ColumnEntry>,
        /// The rows, in the order of print.
        required rows: Vec<RawRow>,
        /// The columns that are watched over time.
        optional variation: Vec<RawWatched>,
        optional unit: At<Denomination>,
        optional rounded: At<YesNo>,
        /// Printed under the table.
        optional notes: Vec<Text>,
        /// Printed under the table where rounded figures do not add up.
        optional rounding_note: Text,
        optional source: At<Id>,
    }
}

record! {
    /// Columns under one name.
    RawGroup "a group of columns" {
        /// The name over the columns.
        required group: Text,
        /// The columns under it.
        required columns: Vec<Column>,
    }
}

/// An entry of the list of columns.
#[derive(Debug, Clone)]
pub enum ColumnEntry {
    One(Box<Column>),
    Group(RawGroup),
}

impl Formed for ColumnEntry {
    fn form() -> Form {
        Form::Either(vec![Column::form(), RawGroup::form()])
    }
}

impl FromNode for ColumnEntry {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let is_group =
            matches!(&node.value, Value::Mapping(fields) if fields.iter().any(|(name, _)| name.value == "group"));
        match is_group {
            true => RawGroup::from_node(node, findings).map(Self::Group),
            false => Column::from_node(node, findings).map(Box::new).map(Self::One),
        }
    }
}

/// A column of the edition before: of the table of the same name, `total`, or of another, `running-costs.total`.
#[derive(Debug, Clone)]
pub struct LastColumn {
    /// The name of the other file, without its ending.
    pub file: Option<Id>,
    pub column: Id,
}

impl Parse for LastColumn {
    fn parse(text: &str) -> Result<Self, String> {
        let expected =
            |_| "name a column of the edition before by its id, `total`, or with its file, `costs.total`".to_owned();
        match text.split_once('.') {
            Some((file, column)) => Ok(Self {
                file: Some(Id::parse(file).map_err(expected)?),
                column: Id::parse(column).map_err(expected)?,
            }),
            None => Ok(Self { file: None, column: Id::parse(text).map_err(expected)? }),
        }
    }

    fn texts() -> Texts {
        Texts::like("[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)?")
    }
}

/// The decimals of a figure, at most six.
#[derive(Debug, Clone, Copy)]
pub struct Decimals(pub u32);

impl Parse for Decimals {
    fn parse(text: &str) -> Result<Self, String> {
        let decimals = text.parse().ok().filter(|decimals| *decimals <= 6);
        decimals.map(Self).ok_or_else(|| "write how many decimals are printed: 0 to 6".to_owned())
    }

    fn texts() -> Texts {
        Texts::like("[+]?0*[0-6]")
    }
}

/// A yes or a no.
#[derive(Debug, Clone, Copy)]
pub struct YesNo(pub bool);

impl Parse for YesNo {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "yes" => Ok(YesNo(true)),
            "no" => Ok(YesNo(false)),
            _ => Err("write yes or no".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["yes", "no"])
    }
}

impl Column {
    /// What its cells hold.
    pub fn holds(&self) -> ColumnType {
        self.r#type.unwrap_or(ColumnType::Figure)
    }

    /// Whether its figures follow from others, so that they may be left out.
    pub fn follows(&self) -> bool {
        self.is.is_some() || self.last.is_some()
    }

    /// Whether its cells are figures, which stand on the right.
    pub fn has_figures(&self) -> bool {
        !matches!(self.holds(), ColumnType::Text | ColumnType::Date)
    }
}

impl TableFile {
    /// The fields of a table file, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = RawTable::FIELDS;

    /// The fields of a group of columns, and whether they must be there.
    pub const GROUP_FIELDS: &[(&str, bool)] = RawGroup::FIELDS;

    pub fn is_rounded(&self) -> bool {
        self.rounded.as_ref().is_some_and(|rounded| rounded.value.0)
    }

    /// Whether a note tells the reader that rounded figures may not add up.
    pub fn says_it_is_rounded(&self) -> bool {
        self.is_rounded() || self.rounding_note.is_some()
    }

    /// The unit of the figures of a place: the row's, the column's, or the table's.
    pub fn denomination<'t>(&'t self, row: &'t Row, column: &'t Column) -> Option<&'t At<Denomination>> {
        denomination_of(row.unit.as_ref(), column, self.unit.as_ref())
    }

    /// Every unit that it names.
    pub fn units(&self) -> impl Iterator<Item = &At<Denomination>> {
        let columns = self.columns.iter().filter_map(|column| column.unit.as_ref());
        self.unit.iter().chain(columns).chain(self.rows.iter().filter_map(|row| row.unit.as_ref()))
    }

    /// Its columns from the first to the last of one group, or of those that have none.
    pub fn spans(&self) -> Vec<(Option<&Text>, Range<usize>)> {
        let mut spans = Vec::new();
        let mut at = 0;
        for group in &self.groups {
            if at < group.columns.start {
                spans.push((None, at..group.columns.start));
            }
            spans.push((Some(&group.name), group.columns.clone()));
            at = group.columns.end;
        }
        if at < self.columns.len() {
            spans.push((None, at..self.columns.len()));
        }
        spans
    }
}

/// The unit of a column comes before that of a row, and that before the table's; the last two hold for figures that are
/// not of a type with a unit of its own.
fn denomination_of<'t>(
    row: Option<&'t At<Denomination>>,
    column: &'t Column,
    table: Option<&'t At<Denomination>>,
) -> Option<&'t At<Denomination>> {
    let fits = |one: &&At<Denomination>| takes(column.holds(), &one.value);
    column.unit.as_ref().or(row.filter(fits)).or(table.filter(fits))
}

/// Whether the figures of a column of this type can stand in a unit.
fn takes(holds: ColumnType, unit: &Denomination) -> bool {
    match holds {
        ColumnType::Figure => true,
        ColumnType::Money => unit.is_money(),
        ColumnType::Number => unit.is_declared(),
        ColumnType::Count | ColumnType::Percentage | ColumnType::Duration | ColumnType::Text | ColumnType::Date => {
            false
        }
    }
}

/// A column has no unit that its type does not take; only figures have a sign and decimals.
fn check_column(column: &Column, findings: &mut Findings) -> bool {
    let before = findings.len();
    if let Some(last) = column.last.as_ref().filter(|_| column.is.is_some() || !column.has_figures()) {
        let message = match column.is {
            Some(_) => "a column has `last` or `is`, not both".to_owned(),
            None => format!("a column of {}s has no `last`", column.holds().shown()),
        };
        findings.push(
            Diagnostic::error(Code::WrongValue, last.at, message).help(
                "`last` repeats the figures of a column of the edition before; remove it, or what does not fit it",
            ),
        );
    }
    if let Some(unit) = column.unit.as_ref().filter(|unit| !takes(column.holds(), &unit.value)) {
        let message = format!("a column of {}s does not stand in `{}`", column.holds().shown(), unit.value.typed());
        findings.push(
            Diagnostic::error(Code::WrongValue, unit.at, message)
                .help("remove its `type`, so that the unit says what it holds, or its `unit`"),
        );
    }
    let of_figures =
        [("sign", column.sign.as_ref().map(|sign| sign.at)), ("decimals", column.decimals.as_ref().map(|one| one.at))];
    for (field, at) in
        of_figures.into_iter().filter_map(|(field, at)| Some((field, at?))).filter(|_| !column.has_figures())
    {
        let message = format!("a column of {}s has no `{field}`", column.holds().shown());
        findings.push(Diagnostic::error(Code::WrongValue, at, message).help(format!("remove `{field}`")));
    }
    findings.len() == before
}

impl Formed for TableFile {
    fn form() -> Form {
        RawTable::form()
    }
}

impl FromNode for TableFile {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let raw = RawTable::from_node(node, findings)?;
        let (mut columns, mut groups) = (Vec::new(), Vec::new());
        for entry in raw.columns {
            match entry {
                ColumnEntry::One(column) => columns.push(*column),
                ColumnEntry::Group(group) => {
                    let first = columns.len();
                    columns.extend(group.columns);
                    groups.push(ColumnGroup { name: group.group, columns: first..columns.len() });
                }
            }
        }
        let misfits = columns.iter().filter(|column| !check_column(column, findings)).count();
        let rows = rows::flatten(raw.rows, &columns, raw.unit.as_ref(), findings).filter(|_| misfits == 0)?;
        let watched = raw.variation.unwrap_or_default();
        let variation = variation::read(watched, &columns, &rows, raw.unit.as_ref(), findings)?;
        Some(Self {
            caption: raw.caption,
            unit: raw.unit,
            rows_are: raw.rows_are,
            columns,
            groups,
            rows,
            variation,
            rounded: raw.rounded,
            notes: raw.notes,
            rounding_note: raw.rounding_note,
            source: raw.source,
        })
    }
}

impl Cell {
    /// Whether it says that there is no figure.
    pub fn is_absent(&self) -> bool {
        matches!(self, Cell::Figure(figure) if figure.is_absent())
    }

    /// As it was typed, for messages.
    pub fn typed(&self) -> String {
        match self {
            Cell::Figure(figure) => figure.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
            Cell::Bound(address) => format!("{{{{ {address} }}}}"),
            Cell::Computed => String::new(),
        }
    }
}
