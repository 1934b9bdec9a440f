//! What an import would change: every figure that a cell gives, rows that came and went, and what is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::added::{List, lines};
use super::cell::{self, Given, NotGiven};
use super::columns::{Column, columns};
use super::layout::Layout;
use super::lines::{DataFile, Line, Slot, data_file};
use super::number::Behind;
use super::pairing::{Pairing, pair};
use super::place::Placed;
use super::single::facts_of;
use super::total::totals_of;
use super::units::Says;
use super::warnings::{Doubts, of_another};
use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, any_errors};
use crate::model::{Denomination, Import, Report, TakenFigure, TakenRows};
use crate::office::sheet::{Cell, Position, Sheet, Shown, Unreadable, Visibility, Workbook};
use crate::source::sha256;
use crate::yaml;

/// A workbook as it lies in `incoming`, or why it cannot be read.
pub struct Delivered {
    pub sha256: String,
    pub book: Result<Workbook, Unreadable>,
}

impl Delivered {
    pub fn new(bytes: &[u8], book: Result<Workbook, Unreadable>) -> Self {
        Self { sha256: sha256(bytes), book }
    }
}

/// What one import would do.
#[derive(Debug, Default)]
pub struct Listing {
    pub import: String,
    pub workbook: String,
    /// The figures that cells give, in the order of the workbook.
    pub figures: Vec<ListedFigure>,
    /// Rows that the data file does not have.
    pub came: Vec<NewRow>,
    /// The data file that they go to.
    pub file: Option<FileId>,
    /// Rows that the workbook does not have, by their names.
    pub gone: Vec<String>,
    pub findings: Findings,
}

/// A figure that a cell gives.
#[derive(Debug, Clone)]
pub struct ListedFigure {
    /// Where the figure was typed.
    pub at: Span,
    /// As it was typed.
    pub was: String,
    /// As it would be typed.
    pub is: String,
    pub change: Change,
    /// What is written down of it.
    pub taken: TakenFigure,
    /// What is stored behind the cell, where that has more digits than are shown.
    pub stored: Option<String>,
    /// What people wrote on the cell.
    pub comments: Vec<String>,
}

/// What becomes of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Same,
    Changes,
    /// It stays as it is, for this reason.
    Kept(String),
}

/// A row that is new, with what it gives for each column of the data file that is taken.
#[derive(Debug, Clone)]
pub struct NewRow {
    pub name: String,
    pub place: String,
    /// By what would stand behind the row in an address.
    pub figures: Vec<(String, String)>,
    /// The file that it goes to, and where the imports file says so.
    pub into: String,
    pub at: Span,
    /// Its lines in that file, and the list that they belong to; none where there is no room for them.
    pub block: Option<(List, Vec<String>)>,
}

/// Lists what an import would change in a report.
pub fn list(subject: &Subject, report: &Report, import: &Import, delivered: &Delivered) -> Listing {
    let (id, workbook) = (import.id.value.to_string(), import.workbook.value.clone());
    let mut listing = Listing { import: id, workbook, ..Listing::default() };
    subject.facts.check_source(&report.id, &import.source, &mut listing.findings);
    let book = match &delivered.book {
        Ok(book) => book,
        Err(Unreadable { message, help }) => {
            let message = format!("{}: {message}", import.workbook.value);
            listing
                .findings
                .push(Diagnostic::error(Code::ImportRefused, import.workbook.at, message).help(help.clone()));
            return listing;
        }
    };
    of_another(&report.statements.taken, import, delivered, &mut listing.findings);
    let mut lister = Lister { subject, report, import, delivered, book, doubts: Doubts::default(), listing };
    if let Some(rows) = &import.rows {
        lister.rows(rows);
    }
    facts_of(&mut lister);
    totals_of(&mut lister);
    lister.finish()
}

/// Lists one import.
pub(super) struct Lister<'a> {
    pub subject: &'a Subject<'a>,
    pub report: &'a Report,
    pub import: &'a Import,
    pub delivered: &'a Delivered,
    pub book: &'a Workbook,
    pub doubts: Doubts,
    pub listing: Listing,
}

/// A cell with what it stands under and beside.
pub(super) struct Source<'a> {
    pub sheet: &'a Sheet,
    pub at: Position,
    pub headings: &'a str,
    pub row: &'a str,
    /// The place in the imports file that asks for it.
    pub asked: Span,
    /// The unit that its number has, where the imports file says so.
    pub unit: Option<&'a Denomination>,
}

impl Source<'_> {
    /// What the sheet and the imports file say of its unit.
    fn says(&self) -> Says<'_> {
        Says { heading: self.headings, unit: self.unit }
    }
}

impl<'a> Lister<'a> {
    fn rows(&mut self, rows: &TakenRows) {
        let file = self.import.workbook.value.as_str();
        let data = data_file(self.subject, self.report, &rows.into.value);
        let layout = Layout::of(self.book, file, rows, self.import.takes_hidden);
        let (data, layout) = match (data, layout) {
            (Ok(data), Ok(layout)) => (data, layout),
            (data, layout) => {
                self.listing.findings.extend(data.err().map(|why| self.no_data(rows, why)));
                self.listing.findings.extend(layout.err().map(|fault| *fault));
                return;
            }
        };
        self.listing.file = Some(data.file);
        let findings = &mut self.listing.findings;
        let columns = columns(&layout, rows, &data.lines, file, findings);
        let is_faulty = any_errors(findings);
        let Pairing { pairs, came, gone } = pair(&layout, file, rows, &data.lines, findings);
        for (row, name, place) in &pairs {
            self.line(&layout, (*row, name), &data.lines[*place], &columns);
        }
        self.listing.gone.extend(
            gone.iter()
                .map(|place| &data.lines[*place])
                .filter(|line| is_taken(line, &columns))
                .map(|line| line.name.clone()),
        );
        self.unnamed(&layout, rows, &columns);
        for (row, name) in came {
            self.new_row(&layout, (row, name), &data, &columns, rows);
        }
        // Of columns that are not found nobody knows whether they are taken.
        if !is_faulty {
            self.doubts.columns_nobody_takes(&layout, rows, &columns, file);
        }
    }

    fn no_data(&self, rows: &TakenRows, why: &str) -> Diagnostic {
        let folder = &self.report.folder;
        let beside = self.subject.tree.files_in(folder).filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
        let finding = Diagnostic::error(
            Code::UnknownReference,
            rows.into.at,
            format!("nothing can be taken into `{}`: {why}", rows.into.value),
        );
        finding.did_you_mean(&rows.into.value, beside.filter(|name| name.ends_with(".yaml")))
    }

    /// The figures of a row that both have.
    fn line(&mut self, layout: &Layout<'a>, (row, name): (u32, &str), line: &Line, columns: &[Column]) {
        for column in columns {
            let at = Position { row, column: column.column };
            let unit = column.unit.as_ref().map(|unit| &unit.value);
            let (headings, asked) = (column.heading.as_str(), column.asked);
            let source = Source { sheet: layout.sheet, at, headings, row: name, asked, unit };
            match line.slots.iter().find(|slot| slot.ending == column.ending) {
                Some(slot) => self.figure(&source, slot),
                None => self.doubts.nobody_takes(&source, line, &column.ending, self.import),
            }
        }
    }

    /// A figure that a cell gives, or why it gives none.
    pub(super) fn figure(&mut self, source: &Source, slot: &Slot) {
        let cell = source.sheet.cells.get(&source.at);
        if let Some(fault) = self.hidden(source, cell) {
            return self.listing.findings.push(fault);
        }
        let kept = self.import.keep.get(&slot.address).map(|reason| reason.value.clone());
        let given = match (cell::read(cell, self.import, slot, source.says()), &kept) {
            (Ok(given), _) => given,
            // Of a figure that stays as it is nothing has to be known.
            (Err(_), Some(_)) => return,
            (Err(NotGiven { why, help }), None) => {
                let message = format!("{} {why} ({})", self.named(source), self.meant_for(slot, source));
                self.listing.findings.push(Diagnostic::error(Code::ImportRefused, source.asked, message).help(help));
                return;
            }
        };
        self.doubts.of_cell(source, cell, &given, self.import);
        self.give(source, cell, slot, &given, kept);
    }

    /// Lists what a cell gives for a place.
    pub(super) fn give(
        &mut self,
        source: &Source,
        cell: Option<&Cell>,
        slot: &Slot,
        given: &Given,
        kept: Option<String>,
    ) {
        let sources = &self.subject.tree.sources;
        let was = typed_at(&sources.file(slot.at.file).text, slot.at);
        let is_same = cell::is_same(&given.says, &slot.says);
        let is = if is_same { was.clone() } else { cell::in_manner_of(given, &was, slot) };
        let change = match (is_same, kept) {
            (_, Some(reason)) => Change::Kept(reason),
            (true, None) => Change::Same,
            (false, None) => Change::Changes,
        };
        let comments = cell.iter().flat_map(|cell| &cell.comments).map(|comment| match &comment.by {
            Some(by) => format!("{by}: {}", comment.text),
            None => comment.text.clone(),
        });
        let comments = comments.collect();
        let taken = self.taken(source, cell, slot, &is);
        let stored = cell.filter(|cell| is_rounded(cell)).map(|cell| cell.stored.clone());
        self.listing.figures.push(ListedFigure { at: slot.at, was, is, change, taken, stored, comments });
    }

    fn taken(&self, source: &Source, cell: Option<&Cell>, slot: &Slot, written: &str) -> TakenFigure {
        let text = |text: Option<&String>| text.map(|text| super::layout::single_spaced(text)).unwrap_or_default();
        TakenFigure {
            address: slot.address.clone(),
            import: self.listing.import.clone(),
            workbook: self.listing.workbook.clone(),
            sha256: self.delivered.sha256.clone(),
            saved_at: text(self.book.saved_at.as_ref()),
            saved_by: text(self.book.saved_by.as_ref()),
            sheet: source.sheet.name.clone(),
            cell: Placed::of(source.at).to_string(),
            headings: source.headings.to_owned(),
            row: source.row.to_owned(),
            stored: text(cell.map(|cell| &cell.stored)),
            format: text(cell.and_then(|cell| cell.format.as_ref())),
            shown: text(cell.and_then(super::place::shown).as_ref()),
            formula: text(cell.and_then(|cell| cell.formula.as_ref()).map(|formula| &formula.text)),
            written: written.to_owned(),
        }
    }

    /// A cell that is hidden is not what its sender wanted to show.
    pub(super) fn hidden(&self, source: &Source, cell: Option<&Cell>) -> Option<Diagnostic> {
        cell.filter(|_| !self.import.takes_hidden)?;
        let (sheet, at) = (source.sheet, source.at);
        let why = match () {
            () if sheet.visibility != Visibility::Visible => "stands on a hidden sheet",
            () if sheet.filtered_rows.contains(&at.row) => "is left out by a filter",
            () if sheet.hidden_rows.contains(&at.row) => "stands in a hidden row",
            () if sheet.hidden_columns.contains(&at.column) => "stands in a hidden column",
            () => return None,
        };
        let message = format!("{} {why}", self.named(source));
        Some(
            Diagnostic::error(Code::ImportRefused, source.asked, message)
                .help("ask its sender whether it is meant; to take what is hidden all the same, add `hidden: taken`"),
        )
    }

    /// A cell in messages: file, sheet and place.
    pub(super) fn named(&self, source: &Source) -> String {
        format!("{}, {}!{}", self.listing.workbook, source.sheet.name, Placed::of(source.at))
    }

    fn meant_for(&self, slot: &Slot, source: &Source) -> String {
        let address = &slot.address;
        match (source.row.is_empty(), source.headings.is_empty()) {
            (true, _) => address.clone(),
            (false, true) => format!("{address}, beside “{}”", source.row),
            (false, false) => format!("{address}, “{}” under “{}”", source.row, source.headings),
        }
    }

    /// Rows without a name that have something in a column which is taken.
    fn unnamed(&mut self, layout: &Layout, rows: &TakenRows, columns: &[Column]) {
        let Ok(by) = layout.column(&rows.names.by.value, rows.names.by.at, "") else { return };
        let has = |row: u32, column: u32| {
            layout
                .sheet
                .cells
                .get(&Position { row, column })
                .and_then(super::place::shown)
                .is_some_and(|text| !text.trim().is_empty())
        };
        for row in layout.body.clone().filter(|row| !has(*row, by)) {
            let Some(column) = columns.iter().find(|column| has(row, column.column)) else { continue };
            let at = Position { row, column: column.column };
            let message = format!(
                "{}, {}!{} has a figure, and nothing stands beside it under “{}”",
                self.listing.workbook,
                layout.sheet.name,
                Placed::of(at),
                rows.names.by.value
            );
            self.listing.findings.push(
                Diagnostic::error(Code::ImportRefused, rows.names.by.at, message)
                    .help("ask its sender which row it is, or empty the cell in a copy"),
            );
        }
    }

    fn new_row(
        &mut self,
        layout: &Layout,
        (row, name): (u32, String),
        data: &DataFile,
        columns: &[Column],
        rows: &TakenRows,
    ) {
        let mut figures = Vec::new();
        for column in columns {
            let alike = data.lines.iter().flat_map(|line| &line.slots).find(|slot| slot.ending == column.ending);
            let cell = layout.sheet.cells.get(&Position { row, column: column.column });
            let (Some(slot), Some(_)) = (alike, cell) else { continue };
            // What kind of figure the new row has, its author says.
            let open = Slot { says: super::lines::Says::Figure(crate::model::values::Figure::NO_DATA), ..slot.clone() };
            let says = Says { heading: &column.heading, unit: column.unit.as_ref().map(|unit| &unit.value) };
            if let Ok(given) = cell::read(cell, self.import, &open, says) {
                figures.push((column.ending.clone(), given.typed));
            }
        }
        let place = format!("{}!row {}", layout.sheet.name, row + 1);
        let block = data.list.and_then(|list| {
            let text = &self.subject.tree.sources.file(data.file).text;
            let tree = yaml::parse(data.file, text).ok()?;
            Some((list.kind(), lines(list, &tree, &name, &figures)?))
        });
        let into = rows.into.value.clone();
        self.listing.came.push(NewRow { name, place, figures, into, at: rows.into.at, block });
    }

    fn finish(self) -> Listing {
        let Self { mut listing, doubts, import, book, subject, .. } = self;
        doubts.tell(import, book, &mut listing.findings);
        twice(&listing.figures, import, &mut listing.findings);
        let known: BTreeSet<&str> = listing.figures.iter().map(|one| one.taken.address.as_str()).collect();
        let unused = import.keep.0.iter().filter(|(address, _)| !known.contains(address.value.as_str()));
        let unused: Vec<Diagnostic> = unused
            .filter(|(address, _)| subject.facts.find(&self.report.id, &address.value).is_none())
            .map(|(address, _)| {
                Diagnostic::error(
                    Code::UnknownReference,
                    address.at,
                    format!("`keep` names `{}`, which is no figure of this import", address.value),
                )
                .did_you_mean(&address.value, known.iter().copied())
            })
            .collect();
        listing.findings.extend(unused);
        listing
    }
}

/// Whether any of the columns goes into a line.
fn is_taken(line: &Line, columns: &[Column]) -> bool {
    line.slots.iter().any(|slot| columns.iter().any(|column| column.ending == slot.ending))
}

/// Whether a number has more digits than its cell shows.
fn is_rounded(cell: &Cell) -> bool {
    let Shown::Number { text, .. } = &cell.shown else { return false };
    Behind::of(text, &cell.stored).is_some_and(|behind| !behind.difference().is_zero())
}

/// Figures that more than one cell gives.
fn twice(figures: &[ListedFigure], import: &Import, findings: &mut Findings) {
    let mut cells: BTreeMap<&str, &str> = BTreeMap::new();
    for TakenFigure { address, cell, .. } in figures.iter().map(|one| &one.taken) {
        if let Some(first) = cells.insert(address, cell) {
            let message = format!("two cells of {} go into {address}: {first} and {cell}", import.workbook.value);
            findings.push(
                Diagnostic::error(Code::ImportRefused, import.id.at, message)
                    .help("say of one of them that it goes elsewhere, or nowhere"),
            );
        }
    }
}

/// What was typed at a place, without its quotation marks.
fn typed_at(text: &str, at: Span) -> String {
    let typed = text.get(at.letters()).unwrap_or_default();
    let bare = ['"', '\''].into_iter().find_map(|mark| typed.strip_prefix(mark)?.strip_suffix(mark));
    bare.unwrap_or(typed).to_owned()
}
