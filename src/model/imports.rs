//! What figures are taken from workbooks, and which cell is which figure: `imports.yaml` in a report's folder.

use super::table::Denomination;
use super::values::Id;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::yaml::{At, Form, Formed, FromNode, Node, Parse, Record, Text, Texts, Value};
use crate::{declared, record};

record! {
    /// An imports file.
    ImportFile "an imports file" {
        /// What is taken from which workbook.
        required imports: Vec<Import>,
    }
}

record! {
    /// Figures that are taken from one workbook.
    RawImport "an import" {
        /// Its name in messages and in the record of what was taken.
        required id: At<Id>,
        /// The name of the file in `incoming`.
        required workbook: Text,
        /// Id of the source that the workbook is.
        required source: At<Id>,
        /// The sheet in which the rows stand; the only one of the workbook where it is left out.
        optional sheet: Text,
        /// A table of the workbook, by its name; or else a sheet.
        optional table: Text,
        /// A block of cells that has a name; or else a sheet.
        optional name: Text,
        /// The rows in which the headings stand, as the program counts them.
        optional headings: At<HeadingRows>,
        /// The data file of this folder that the rows go into.
        optional into: Text,
        /// How the rows of the workbook find those of the data file.
        optional rows: RowNames,
        /// What stands behind the row in the addresses of its figures, with the heading that it has in the workbook.
        optional take: Pairs,
        /// Words of the workbook with what they are typed as here.
        optional reads: Pairs,
        /// How many digits of a figure are taken.
        optional digits: At<Digits>,
        /// What is taken, with the unit that its numbers have in the workbook, where that is another or not clear: £'000, %.
        optional units: Units,
        /// Ids of rows with the names that the workbook has for them.
        optional known_as: Pairs,
        /// Names of rows of the workbook that nobody takes.
        optional leave_out: Vec<Text>,
        /// Names of rows that are new, however near they are to others.
        optional new: Vec<Text>,
        /// Addresses of figures that stay as they are, each with the reason.
        optional keep: Pairs,
        /// Whether hidden cells are taken like others.
        optional hidden: At<HiddenCells>,
        /// Cells that go into single facts, each by its id.
        optional facts: FactCells,
        /// Control totals of checks.yaml, each by the patterns of addresses that it is of, with the cell that has its sum.
        optional totals: FactCells,
        /// What stands before the decimals in a text file.
        optional decimal: At<DecimalSign>,
        /// What parts the cells of a text file.
        optional separator: At<Separator>,
        /// How the letters of a text file are kept.
        optional encoding: At<Encoding>,
    }
}

/// Figures that are taken from one workbook.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: At<Id>,
    /// The name of the file in `incoming`.
    pub workbook: Text,
    /// Id of the source that the workbook is.
    pub source: At<Id>,
    /// The rows of a sheet that go into a data file.
    pub rows: Option<TakenRows>,
    /// Cells that go into single facts, each by its id.
    pub facts: Vec<(Text, FactCell)>,
    /// Cells that go into control totals, each by the patterns of addresses that it is of.
    pub totals: Vec<(Text, FactCell)>,
    /// Words of the workbook with what they are typed as here: `N/A` as `n/a`.
    pub reads: Pairs,
    pub digits: Digits,
    /// Addresses of figures that stay as they are, each with the reason.
    pub keep: Pairs,
    /// Whether hidden cells are taken like others.
    pub takes_hidden: bool,
    pub decimal_comma: bool,
    pub separator: Option<char>,
    pub windows_1252: Option<bool>,
    pub at: Span,
}

/// Rows of a workbook that go into a data file.
#[derive(Debug, Clone)]
pub struct TakenRows {
    pub place: Place,
    /// The data file of this folder.
    pub into: Text,
    pub names: RowNames,
    /// What stands behind the row in the addresses of its figures, with the heading that it has in the workbook.
    pub take: Pairs,
    /// What is taken, with the unit that its numbers have in the workbook.
    pub units: Units,
    /// Ids of rows with the names that the workbook has for them.
    pub known_as: Pairs,
    /// Names of rows of the workbook that nobody takes.
    pub leave_out: Vec<Text>,
    /// Names of rows that are new, however near they are to others.
    pub new: Vec<Text>,
}

/// Where the rows stand.
#[derive(Debug, Clone)]
pub enum Place {
    /// A sheet, with the rows of its headings; the only one of the workbook where it has no name.
    Sheet(Option<Text>, At<HeadingRows>),
    /// A table of the workbook, by its name; its headings are its first row where nothing else is said.
    Table(Text, Option<At<HeadingRows>>),
    /// A block that has a name, likewise.
    Name(Text, Option<At<HeadingRows>>),
}

record! {
    /// How the rows of a workbook find those of a data file.
    RowNames "what rows are found by" {
        /// The heading of the column that says which row it is.
        required by: Text,
        /// What that column says of a row.
        required are: At<RowsAre>,
    }
}

/// A cell that goes into a single fact.
#[derive(Debug, Clone)]
pub struct FactCell {
    /// A name of the workbook, or a sheet and a cell: `Workforce!C12`.
    pub cell: Text,
    /// What stands in the cell to its left, so that a cell which moved is not taken for another.
    pub beside: Option<Text>,
}

declared! {
    /// A cell that goes into a single fact.
    FactCell "a cell for a fact" {
        /// A name of the workbook, or a sheet and a cell: `Workforce!C12`.
        required at: Text,
        /// What stands in the cell to its left, so that a cell which moved is not taken for another.
        optional beside: Text,
    }
}

impl FromNode for FactCell {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let mut record = Record::open(node, &Self::FORM, findings)?;
        let (cell, beside) = (record.required("at", findings), record.optional("beside", findings));
        record.close(findings);
        Some(Self { cell: cell?, beside: beside? })
    }
}

impl Import {
    /// The fields of an import, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = RawImport::FIELDS;
}

impl Formed for Import {
    fn form() -> Form {
        RawImport::form()
    }
}

impl FromNode for Import {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let mut raw = RawImport::from_node(node, findings)?;
        let before = findings.len();
        let facts = raw.facts.take().map(|FactCells(facts)| facts).unwrap_or_default();
        let totals = raw.totals.take().map(|FactCells(totals)| totals).unwrap_or_default();
        let rows = raw.taken_rows(facts.is_empty() && totals.is_empty(), findings);
        (findings.len() == before).then(|| Self {
            id: raw.id,
            workbook: raw.workbook,
            source: raw.source,
            rows,
            facts,
            totals,
            reads: raw.reads.unwrap_or_default(),
            digits: raw.digits.map_or(Digits::Shown, |digits| digits.value),
            keep: raw.keep.unwrap_or_default(),
            takes_hidden: raw.hidden.is_some(),
            decimal_comma: raw.decimal.is_some_and(|sign| sign.value.is_comma),
            separator: raw.separator.map(|separator| separator.value.0),
            windows_1252: raw.encoding.map(|encoding| encoding.value == Encoding::Windows1252),
            at: raw.at,
        })
    }
}

impl RawImport {
    /// What is said of rows: all of it, or nothing.
    fn taken_rows(&mut self, must: bool, findings: &mut Findings) -> Option<TakenRows> {
        let given = [
            self.into.as_ref().map(|into| into.at),
            self.rows.as_ref().map(|rows| rows.at),
            self.take.as_ref().and_then(Pairs::at),
        ];
        let first = given.into_iter().flatten().next();
        let Some(first) = first else {
            if must {
                let message = "this import takes nothing";
                findings.push(Diagnostic::error(Code::MissingField, self.id.at, message).help(
                    "say where rows go with `into`, `rows` and `take`, or which cells are single facts with `facts`, or control totals with `totals`",
                ));
            }
            self.refuse_what_is_of_rows(findings);
            return None;
        };
        for (field, at) in ["into", "rows", "take"].into_iter().zip(given).filter(|(_, at)| at.is_none()) {
            debug_assert!(at.is_none());
            let message = format!("an import of rows needs a field `{field}`");
            findings
                .push(Diagnostic::error(Code::MissingField, first, message).help(format!("add a line `{field}: …`")));
        }
        let place = self.place(findings);
        Some(TakenRows {
            place: place?,
            into: self.into.take()?,
            names: self.rows.take()?,
            take: self.take.take()?,
            units: self.units.take().unwrap_or_default(),
            known_as: self.known_as.take().unwrap_or_default(),
            leave_out: self.leave_out.take().unwrap_or_default(),
            new: self.new.take().unwrap_or_default(),
        })
    }

    fn refuse_what_is_of_rows(&self, findings: &mut Findings) {
        let of_rows = [
            ("headings", self.headings.as_ref().map(|rows| rows.at)),
            ("units", self.units.as_ref().and_then(|units| units.0.first()).map(|(name, _)| name.at)),
            ("known-as", self.known_as.as_ref().and_then(Pairs::at)),
            ("leave-out", self.leave_out.as_ref().and_then(|all| all.first()).map(|one| one.at)),
            ("new", self.new.as_ref().and_then(|all| all.first()).map(|one| one.at)),
        ];
        for (field, at) in of_rows.into_iter().filter_map(|(field, at)| Some((field, at?))) {
            findings.push(
                Diagnostic::error(Code::WrongValue, at, format!("`{field}` is about rows, and this import takes none"))
                    .help("remove it, or add `into`, `rows` and `take`"),
            );
        }
    }

    fn place(&mut self, findings: &mut Findings) -> Option<Place> {
        let headings = self.headings.take();
        match (self.sheet.take(), self.table.take(), self.name.take()) {
            (None, Some(table), None) => Some(Place::Table(table, headings)),
            (None, None, Some(name)) => Some(Place::Name(name, headings)),
            (sheet, None, None) => match headings {
                Some(headings) => Some(Place::Sheet(sheet, headings)),
                None => {
                    let at = sheet.map_or(self.id.at, |sheet| sheet.at);
                    let message = "nothing says in which rows of the sheet the headings stand";
                    findings.push(
                        Diagnostic::error(Code::MissingField, at, message)
                            .help("add `headings: 1`, or `headings: 3-4`"),
                    );
                    None
                }
            },
            (one, other, third) => {
                let second = [one, other, third].into_iter().flatten().nth(1).map_or(self.id.at, |text| text.at);
                let message = "an import names one of `sheet`, `table` and `name`";
                findings.push(Diagnostic::error(Code::WrongValue, second, message).help("remove all but one"));
                None
            }
        }
    }
}

/// Names with what each stands for, in the order of the file; the names may be empty.
#[derive(Debug, Clone, Default)]
pub struct Pairs(pub Vec<(Text, Text)>);

impl Pairs {
    fn at(&self) -> Option<Span> {
        self.0.first().map(|(name, _)| name.at)
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<&Text> {
        self.0.iter().find(|(one, _)| one.value == name).map(|(_, text)| text)
    }
}

impl Formed for Pairs {
    fn form() -> Form {
        Form::Named(Box::new(Text::form()))
    }
}

impl FromNode for Pairs {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        named(node, findings).map(Self)
    }
}

/// What is taken, by what stands behind a row in its addresses, with the unit that it has in the workbook.
#[derive(Debug, Clone, Default)]
pub struct Units(pub Vec<(Text, At<Denomination>)>);

impl Units {
    /// The unit that the numbers of a column have in the workbook, where it is said.
    pub fn get(&self, taken: &str) -> Option<&At<Denomination>> {
        self.0.iter().find(|(one, _)| one.value == taken).map(|(_, unit)| unit)
    }
}

impl Formed for Units {
    fn form() -> Form {
        Form::Named(Box::new(Denomination::form()))
    }
}

impl FromNode for Units {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        named(node, findings).map(Self)
    }
}

/// Cells by the ids of facts.
#[derive(Debug, Clone)]
pub struct FactCells(Vec<(Text, FactCell)>);

impl Formed for FactCells {
    fn form() -> Form {
        Form::Named(Box::new(FactCell::form()))
    }
}

impl FromNode for FactCells {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        named(node, findings).map(Self)
    }
}

/// Reads a record whose names are the author's own, each once.
fn named<T: FromNode>(node: &Node, findings: &mut Findings) -> Option<Vec<(Text, T)>> {
    let Value::Mapping(fields) = &node.value else {
        let message = format!("names with what they stand for are expected here, but {} stands here", node.kind());
        findings.push(
            Diagnostic::error(Code::WrongType, node.at, message).help("write each on a line of its own, `name: value`"),
        );
        return None;
    };
    let before = findings.len();
    let mut all: Vec<(Text, T)> = Vec::new();
    for (name, value) in fields {
        if let Some((first, _)) = all.iter().find(|(first, _)| first.value == name.value) {
            findings.push(
                Diagnostic::error(Code::DuplicateField, name.at, format!("`{}` is given twice", name.value))
                    .also(first.at, "first given here")
                    .help("remove one of the two"),
            );
        }
        all.extend(T::from_node(value, findings).map(|value| (name.clone(), value)));
    }
    (findings.len() == before).then_some(all)
}

/// The rows of a sheet in which headings stand, counted from 1 as the program shows them, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingRows {
    pub first: u32,
    pub last: u32,
}

impl Parse for HeadingRows {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = || {
            "write the row of the headings as the program counts it, `1`, or the first and the last, `3-4`".to_owned()
        };
        let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
        let row = |text: &str| text.trim().parse::<u32>().ok().filter(|row| (1..=1_048_576).contains(row));
        match (row(first), row(last)) {
            (Some(first), Some(last)) if first <= last && last - first < 6 => Ok(Self { first, last }),
            _ => Err(expected()),
        }
    }

    fn texts() -> Texts {
        Texts::like("\\+?[0-9]+ *([-–] *\\+?[0-9]+)?")
    }
}

/// What a column of the workbook says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsAre {
    Name,
    Id,
}

impl Parse for RowsAre {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "name" => Ok(Self::Name),
            "id" => Ok(Self::Id),
            _ => Err("write name or id: what the column says of a row".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["name", "id"])
    }
}

/// How many digits of a figure are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// As the cell shows it.
    Shown,
    /// All that are stored behind it.
    Stored,
    /// So many decimals of what is stored.
    Decimals(u32),
}

impl Parse for Digits {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "shown" => Ok(Self::Shown),
            "stored" => Ok(Self::Stored),
            "0" | "1" | "2" => Ok(Self::Decimals(u32::from(text.as_bytes()[0] - b'0'))),
            _ => Err("write shown, stored, or how many decimals: 0, 1 or 2".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::like("shown|stored|[012]")
    }
}

/// That hidden cells are taken like others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiddenCells;

impl Parse for HiddenCells {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "taken" { Ok(Self) } else { Err("write taken, or remove the line".to_owned()) }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["taken"])
    }
}

/// What stands before the decimals in a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecimalSign {
    pub is_comma: bool,
}

impl Parse for DecimalSign {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "comma" => Ok(Self { is_comma: true }),
            "point" => Ok(Self { is_comma: false }),
            _ => Err("write comma or point".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["comma", "point"])
    }
}

/// What parts the cells of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator(pub char);

impl Parse for Separator {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "comma" | "," => Ok(Self(',')),
            "semicolon" | ";" => Ok(Self(';')),
            "tab" => Ok(Self('\t')),
            "bar" | "|" => Ok(Self('|')),
            _ => Err("write comma, semicolon, tab or bar".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["comma", ",", "semicolon", ";", "tab", "bar", "|"])
    }
}

/// How the letters of a text file are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Windows1252,
}

impl Parse for Encoding {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "utf-8" => Ok(Self::Utf8),
            "windows-1252" => Ok(Self::Windows1252),
            _ => Err("write utf-8 or windows-1252".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["utf-8", "windows-1252"])
    }
}
