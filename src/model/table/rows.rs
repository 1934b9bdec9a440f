//! The rows of a table: named, nested, with a value for each column, or with none where they only head others.

use super::{Cell, Column, Denomination, YesNo, cells};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::values::{Id, misparted};
use crate::model::{notes_alone, without_notes};
use crate::record;
use crate::yaml::{At, Form, Formed, FromNode, Node, Text, Value};

/// A row, in the order of print: rows stand before their parts.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its address in the table; made of its name where it is not given.
    pub id: Id,
    pub name: Text,
    pub kind: RowKind,
    /// How deep it lies in others, from 0.
    pub level: usize,
    /// The place of the row that it is a part of, or stands under.
    pub above: Option<usize>,
    /// Whether it is some of what that row consists of, and not one of the parts that add up to it.
    pub is_some_of_above: bool,
    /// The unit of its figures, where it is not that of the column.
    pub unit: Option<At<Denomination>>,
    /// A value for each column; none where the row only heads others.
    pub values: Vec<At<Cell>>,
    /// The notes beside its values, each with the place of its column.
    pub notes: Vec<(usize, Text)>,
    /// What the row is, as an expression over the ids of the others.
    pub is: Option<Text>,
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Figures,
    /// The total of the rows above it.
    Total,
    /// The total of its parts.
    Whole,
    /// The name of those that follow.
    Heading,
}

impl Row {
    /// The fields of a row, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = RawRow::FIELDS;

    /// Whether it is a total of the rows above it.
    pub fn is_total(&self) -> bool {
        self.kind == RowKind::Total
    }

    pub fn is_heading(&self) -> bool {
        self.kind == RowKind::Heading
    }
}

record! {
    RawRow "a row" {
        /// As it is printed; its address is made of it.
        required name: Text,
        /// A value for each column: a list, or one line with `|` between them.
        optional values: At<Values>,
        optional id: Id,
        optional total: At<YesNo>,
        /// What the row is, as an expression over the ids of the others.
        optional is: Text,
        optional unit: At<Denomination>,
        /// Rows that add up to this one, or that it is the heading of.
        optional rows: Vec<RawRow>,
        /// Some of what it consists of.
        optional of_which: Vec<RawRow>,
    }
}

/// The values of a row: a list, or one line with `|` between them.
#[derive(Debug, Clone)]
pub struct Values(pub Vec<Text>);

impl Formed for Values {
    fn form() -> Form {
        Form::Either(vec![Text::form(), Vec::<Text>::form()])
    }
}

impl FromNode for Values {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let Value::Scalar { text, .. } = &node.value else { return Vec::from_node(node, findings).map(Self) };
        if !text.contains('|') {
            // A single value is a row of one column, or a list that was forgotten.
            return Text::from_node(node, findings).map(|value| Self(vec![value]));
        }
        // Letters stand where they were typed, perhaps in quotation marks, unless the line was folded or escaped.
        let quotes = node.at.length().checked_sub(text.len()).filter(|more| matches!(more, 0 | 2)).map(|more| more / 2);
        let is_as_typed = quotes.is_some();
        let mut start = quotes.unwrap_or_default();
        let mut values = Vec::new();
        for part in text.split('|') {
            let value = part.trim();
            let begins = start + part.len() - part.trim_start().len();
            let at = if is_as_typed { node.at.part(begins..begins + value.len()) } else { node.at };
            if value.is_empty() {
                let message = "a value is missing between two `|`";
                findings.push(
                    Diagnostic::error(Code::EmptyField, at, message)
                        .help("write nil, n/a or no data where there is no figure"),
                );
                return None;
            }
            values.push(Text { value: value.to_owned(), at });
            start += part.len() + 1;
        }
        if !is_as_typed {
            findings.push(
                Diagnostic::error(Code::WrongType, node.at, "values with `|` between them stand on one line")
                    .help("write the row's values on one line, or as a list"),
            );
            return None;
        }
        Some(Self(values))
    }
}

/// Reads nested rows into one list, in the order of print.
pub(super) fn flatten(
    raw: Vec<RawRow>,
    columns: &[Column],
    unit: Option<&At<Denomination>>,
    findings: &mut Findings,
) -> Option<Vec<Row>> {
    let mut reader = Reader { columns, unit, rows: Vec::new(), whole: true, findings };
    reader.add(raw, 0, None, false, None);
    let Reader { rows, whole, .. } = reader;
    whole.then_some(rows)
}

/// The cells of a row, and the notes beside them with the places of their columns.
type CellsWithNotes = (Vec<At<Cell>>, Vec<(usize, Text)>);

/// How deep rows lie in others at most: deeper ones cannot be told apart by their indent.
const DEEPEST: usize = 5;

struct Reader<'r> {
    columns: &'r [Column],
    unit: Option<&'r At<Denomination>>,
    rows: Vec<Row>,
    /// Whether every row could be read.
    whole: bool,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    /// Rows under one, whose unit they have where they say none.
    fn add(
        &mut self,
        raw: Vec<RawRow>,
        level: usize,
        above: Option<usize>,
        some_of_it: bool,
        unit: Option<&At<Denomination>>,
    ) {
        if let Some(first) = raw.first().filter(|_| level > DEEPEST) {
            let message = format!("rows lie at most {DEEPEST} deep in others");
            self.refuse(Diagnostic::error(Code::WrongValue, first.name.at, message).help("make two tables of it"));
        }
        for mut one in raw {
            let place = self.rows.len();
            let (parts, some) = (one.rows.take(), one.of_which.take());
            one.unit = one.unit.or_else(|| unit.cloned());
            let unit = one.unit.clone();
            if let (Some(_), Some(some)) = (&parts, some.as_ref().and_then(|some| some.first())) {
                self.refuse(
                    Diagnostic::error(Code::WrongValue, some.at, "a row has `rows` or `of-which`, not both")
                        .help("`rows` are all its parts, which add up to it; `of-which` are some of them"),
                );
            }
            match self.row(one, parts.is_some(), level, above) {
                Some(row) => self.rows.push(Row { is_some_of_above: some_of_it, ..row }),
                None => self.whole = false,
            }
            // What stands under a row that cannot be read is read all the same, so that its faults are told.
            self.add(parts.unwrap_or_default(), level + 1, Some(place), false, unit.as_ref());
            self.add(some.unwrap_or_default(), level + 1, Some(place), true, unit.as_ref());
        }
    }

    fn refuse(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
        self.whole = false;
    }

    fn row(&mut self, raw: RawRow, has_parts: bool, level: usize, above: Option<usize>) -> Option<Row> {
        let is_total = raw.total.as_ref().is_some_and(|total| total.value.0);
        let kind = match (is_total, has_parts, &raw.values, &raw.is) {
            (true, true, ..) => RowKind::Whole,
            (true, false, ..) => RowKind::Total,
            (false, true, None, None) => RowKind::Heading,
            (false, true, _, None) => RowKind::Whole,
            (false, ..) => RowKind::Figures,
        };
        let follows = is_total || raw.is.is_some();
        let (values, notes) = match (raw.values, kind) {
            (None, RowKind::Heading) => (Vec::new(), Vec::new()),
            (None, _) if follows => (self.computed(&raw.name), Vec::new()),
            (None, _) => {
                let message = format!("the row `{}` has no values", raw.name.value);
                self.findings.push(Diagnostic::error(Code::MissingField, raw.name.at, message).help(
                    "write `values: …`, or what it follows from: `is: …` or `total: yes`; a row with `rows` and no values is their heading",
                ));
                return None;
            }
            (Some(values), _) => self.values(values, raw.unit.as_ref())?,
        };
        let id = match raw.id {
            Some(id) => id,
            None => self.address_of(&raw.name)?,
        };
        Some(Row {
            id,
            name: raw.name,
            kind,
            level,
            above,
            is_some_of_above: false,
            unit: raw.unit,
            values,
            notes,
            is: raw.is,
        })
    }

    /// Cells that follow from others stand where the row's name does.
    fn computed(&self, name: &Text) -> Vec<At<Cell>> {
        self.columns.iter().map(|_| At { value: Cell::Computed, at: name.at }).collect()
    }

    /// A value for every column, and the notes beside them. Values of columns that follow from others may be left out, all
    /// of them.
    fn values(&mut self, values: At<Values>, unit: Option<&At<Denomination>>) -> Option<CellsWithNotes> {
        let count = |is: fn(&Column) -> bool| self.columns.iter().filter(|column| is(column)).count();
        // What the edition before published is never typed again.
        let (own, typed) = (count(|column| column.last.is_none()), count(|column| !column.follows()));
        let At { value: Values(texts), at } = values;
        let given = texts.len();
        if given != own && given != typed {
            match misparted(&texts) {
                Some(finding) => self.findings.push(finding),
                None => self.wrong_count(given, at),
            }
            return None;
        }
        let leaves_out = given < own;
        let before = self.findings.len();
        let mut texts = texts.into_iter();
        let (mut cells, mut notes) = (Vec::new(), Vec::new());
        for (place, column) in self.columns.iter().enumerate() {
            let cell = match column.last.is_some() || leaves_out && column.is.is_some() {
                true => Some(At { value: Cell::Computed, at }),
                false => {
                    let denomination = super::denomination_of(unit, column, self.unit);
                    texts.next().and_then(|text| self.value(text, column, denomination)).map(|(cell, beside)| {
                        notes.extend(beside.map(|beside| (place, beside)));
                        cell
                    })
                }
            };
            cells.push(cell);
        }
        let cells = cells.into_iter().collect::<Option<_>>();
        if leaves_out && self.findings.len() > before {
            // A row of fewer values may be one of which a value was forgotten.
            let of = own;
            let help = format!(
                "the row has {given} values for {of} columns, and is read as one that leaves out what follows from others"
            );
            self.findings[before..].iter_mut().for_each(|finding| finding.help.push(help.clone()));
        }
        Some((cells?, notes))
    }

    /// A value, and the notes beside it; words keep theirs where they stand among them.
    fn value(
        &mut self,
        text: Text,
        column: &Column,
        denomination: Option<&At<Denomination>>,
    ) -> Option<(At<Cell>, Option<Text>)> {
        let at = text.at;
        let Some(beside) = notes_alone(&text.value) else {
            return cells::read(text, column, denomination, self.findings).map(|cell| (cell, None));
        };
        let bare = without_notes(&text.value);
        if bare.is_empty() && column.has_figures() {
            let message = "this cell has a note and no value";
            self.findings.push(
                Diagnostic::error(Code::EmptyField, at, message)
                    .help("write nil, n/a or no data before the note where there is no figure"),
            );
            return None;
        }
        match cells::read(At { value: bare, at }, column, denomination, self.findings)?.value {
            Cell::Text(_) => Some((At { value: Cell::Text(text.value), at }, None)),
            value => Some((At { value, at }, Some(At { value: beside, at }))),
        }
    }

    fn wrong_count(&mut self, given: usize, at: Span) {
        let ids = |is: fn(&Column) -> bool| -> Vec<&str> {
            self.columns.iter().filter(|column| is(column)).map(|column| column.id.value.as_str()).collect()
        };
        let (derived, repeated) = (ids(|column| column.is.is_some()), ids(|column| column.last.is_some()));
        let values = if given == 1 { "value" } else { "values" };
        let message = format!("this row has {given} {values}, but the table has {} columns", self.columns.len());
        let finding = Diagnostic::error(Code::WrongCount, at, message).help(
            "a figure with commas is put in quotation marks here, or on a line of its own after `- `; or write the values on one line with `|` between them",
        );
        let finding = match repeated[..] {
            [] => finding,
            _ => finding.help(format!("what repeats the edition before is not typed: {}", repeated.join(", "))),
        };
        self.findings.push(match derived[..] {
            [] => finding,
            _ => finding.help(format!("what follows from others can be left out: {}", derived.join(", "))),
        });
    }

    /// The id that a row's name makes.
    fn address_of(&mut self, name: &Text) -> Option<Id> {
        let id = Id::of_name(&without_notes(&name.value));
        if id.is_none() {
            self.findings.push(
                Diagnostic::error(Code::MissingField, name.at, format!("no address can be made of {}", name.value))
                    .help("give the row an `id` of small letters, digits and hyphens"),
            );
        }
        id
    }
}
