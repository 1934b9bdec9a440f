//! Tables as they are shown.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use super::as_published;
use super::charts::{self, Bar, BarView};
use super::copy_editor::{CopyEditor, Words};
use super::drawn::DrawnMark;
use super::notes::NoteView;
use super::restated;
use crate::fact::{FactId, Quantity};
use crate::markdown::NoteMark;
use crate::model::values::{Figure, FigureMark, FigureValue};
use crate::model::{Cell, Column, Denomination, Row, RowKind, TableFile};
use crate::yaml::{At, Text};

/// A table.
#[derive(Debug, PartialEq, Serialize)]
pub struct TableView {
    pub id: String,
    pub caption: Words,
    /// The unit of all figures that have no other.
    pub unit: Option<String>,
    pub rows_are: Words,
    /// The columns under the names that stand over several of them. Empty where there are no groups.
    pub groups: Vec<GroupView>,
    /// All columns.
    pub columns: Vec<ColumnView>,
    pub rows: Vec<RowView>,
    /// The notes that its names and cells name, by letters.
    pub lettered: Vec<NoteView>,
    pub notes: Vec<Words>,
    /// What the letters beside its figures mean.
    pub marks: Vec<MarkView>,
    /// Whether something stands outside the columns of digits: closing brackets, or marks.
    pub hangs: bool,
}

/// Columns under one name, or under none.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupView {
    pub name: Option<Words>,
    pub columns: Vec<ColumnView>,
}

/// A column: its heading, and whether it holds figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnView {
    pub name: Words,
    /// The unit of its figures, where it is not that of the table.
    pub unit: Option<String>,
    pub figures: bool,
    /// Whether it is the first of a group.
    pub begins: bool,
}

/// A row.
#[derive(Debug, PartialEq, Serialize)]
pub struct RowView {
    pub name: Words,
    pub kind: &'static str,
    /// How deep it lies in others, from 0.
    pub level: usize,
    /// The name of the row with figures that it is a part of.
    pub part_of: Option<String>,
    /// Whether it is under no heading of the row before it.
    pub begins: bool,
    pub cells: Vec<CellView>,
}

/// A cell, and whether it holds a figure.
#[derive(Debug, PartialEq, Serialize)]
pub struct CellView {
    pub words: Words,
    pub figure: bool,
    pub mark: Option<MarkView>,
    /// The notes beside a figure, which stand outside the column of digits.
    pub notes: Vec<NoteMark>,
    /// Whether it is in brackets, which say minus, and whose closing one stands outside the column of digits.
    pub in_brackets: bool,
    /// Whether it says that there is no figure, or nil.
    pub quiet: bool,
    /// The decimals that others of its column have more, whose room is left free, so that points stand under points.
    pub fewer_decimals: usize,
}

impl CellView {
    /// Whether something of it stands outside the column of digits.
    fn hangs(&self) -> bool {
        self.in_brackets || self.mark.is_some() || !self.notes.is_empty()
    }
}

/// The letters of a mark, and what they mean.
#[derive(Debug, PartialEq, Serialize)]
pub struct MarkView {
    pub letters: &'static str,
    pub meaning: String,
}

pub fn table(editor: &CopyEditor, stem: &str, file: &TableFile) -> TableView {
    let marks = marks(editor, stem, file);
    let letters = marks.iter().map(|mark| mark.letters).collect();
    let (view, lettered) = editor.with_letters(stem, letters, || drawn(editor, stem, file));
    TableView { lettered, notes: notes(editor, file), marks, ..view }
}

/// The table without what stands under it.
fn drawn(editor: &CopyEditor, stem: &str, file: &TableFile) -> TableView {
    let caption = editor.caption(&file.caption);
    let rows_are = editor.name(&file.rows_are);
    let spans = file.spans().into_iter().map(|(name, places)| (name.map(|name| editor.name(name)), places));
    let spans: Vec<(Option<Words>, Range<usize>)> = spans.collect();
    let has_units = file.rows.iter().any(|row| row.unit.is_some());
    let mut columns: Vec<ColumnView> = Vec::new();
    if has_units {
        columns.push(ColumnView {
            name: Words::plain(editor.say("table.unit")),
            unit: None,
            figures: false,
            begins: false,
        });
    }
    columns.extend(self::columns(editor, file));
    let mut groups: Vec<GroupView> = Vec::new();
    if !file.groups.is_empty() {
        let before = columns.len() - file.columns.len();
        let under = |(name, places): (Option<Words>, Range<usize>)| GroupView {
            name,
            columns: columns[before + places.start..before + places.end].to_vec(),
        };
        groups = spans.into_iter().map(under).collect();
        if before > 0 {
            groups.insert(0, GroupView { name: None, columns: columns[..before].to_vec() });
        }
    }
    let some = |place: usize, row: &Row| row.is_some_of_above && !file.rows[place - 1].is_some_of_above;
    let row = |(place, row): (usize, &Row)| RowView {
        name: match some(place, row) {
            true => editor.phrase("table.of-which", [("name", editor.name(&row.name))]),
            false => editor.name(&row.name),
        },
        kind: match row.kind {
            RowKind::Figures if row.is.is_some() => "subtotal",
            RowKind::Figures => "figures",
            RowKind::Total => "total",
            RowKind::Whole => "whole",
            RowKind::Heading => "heading",
        },
        level: row.level,
        part_of: part_of(editor, file, row),
        begins: false,
        cells: cells(editor, stem, file, row, has_units),
    };
    let mut rows: Vec<RowView> = file.rows.iter().enumerate().map(row).collect();
    for place in 1..rows.len() {
        rows[place].begins = rows[place].kind == "heading" || rows[place - 1].level > rows[place].level;
    }
    // Figures of several units in one column have no point in common.
    if !has_units {
        (0..columns.len()).for_each(|column| align(&mut rows, column, editor.wording().decimal_sign()));
    }
    let hangs = rows.iter().flat_map(|row| &row.cells).any(CellView::hangs);
    TableView {
        id: format!("table_{stem}"),
        caption,
        unit: file.unit.as_ref().map(|unit| editor.unit(&unit.value)),
        rows_are,
        groups,
        columns,
        rows,
        hangs,
        lettered: Vec::new(),
        notes: Vec::new(),
        marks: Vec::new(),
    }
}

/// The name of the row with figures that a row is a part of.
pub fn part_of(editor: &CopyEditor, file: &TableFile, row: &Row) -> Option<String> {
    let above = file.rows.get(row.above?).filter(|above| !above.is_heading())?;
    Some(editor.plain(&above.name))
}

/// The columns as they are headed.
pub fn columns(editor: &CopyEditor, file: &TableFile) -> Vec<ColumnView> {
    let begins =
        |place| file.groups.iter().any(|group| group.columns.start == place || group.columns.end == place) && place > 0;
    let column = |(place, column): (usize, &Column)| ColumnView {
        name: editor.name(&column.name),
        unit: column.unit.as_ref().map(|unit| editor.unit(&unit.value)),
        figures: column.has_figures(),
        begins: begins(place),
    };
    file.columns.iter().enumerate().map(column).collect()
}

/// The notes under a table, the last of which says that rounded figures may not add up.
pub fn notes(editor: &CopyEditor, file: &TableFile) -> Vec<Words> {
    let notes = file.notes.iter().flatten().chain(&file.rounding_note).map(|note| editor.words(note));
    let rounding =
        (file.is_rounded() && file.rounding_note.is_none()).then(|| Words::plain(editor.say("table.rounded")));
    notes.chain(rounding).collect()
}

fn cells(editor: &CopyEditor, stem: &str, file: &TableFile, row: &Row, has_units: bool) -> Vec<CellView> {
    if row.values.is_empty() {
        return Vec::new();
    }
    let unit = || text_cell(Words::plain(unit_of(editor, file, row)));
    let values = (0..row.values.len()).map(|place| cell(editor, stem, file, row, place));
    has_units.then(unit).into_iter().chain(values).collect()
}

/// What stands in the column of units: of a row without one of its own that of the table, and else a dash, since the
/// units of columns stand at their heads.
fn unit_of(editor: &CopyEditor, file: &TableFile, row: &Row) -> String {
    let unit = row.unit.as_ref().or(file.unit.as_ref());
    unit.map_or_else(|| "–".to_owned(), |unit| editor.unit(&unit.value))
}

fn text_cell(words: Words) -> CellView {
    CellView {
        words,
        figure: false,
        mark: None,
        notes: Vec::new(),
        in_brackets: false,
        quiet: false,
        fewer_decimals: 0,
    }
}

/// What stands in a row that has values, in the column of that place, with its notes.
pub fn cell(editor: &CopyEditor, stem: &str, file: &TableFile, row: &Row, place: usize) -> CellView {
    let mut view = cell_alone(editor, stem, file, row, place);
    let total = fact(editor, stem, row, &file.columns[place]);
    let as_published = total.and_then(|total| editor.letter(as_published::of_total(editor, total)?));
    let restated = total.and_then(|figure| editor.letter(restated::note(editor, figure)?));
    if restated.is_some() {
        view.mark = None; // The note says so.
    }
    let notes = row.notes.iter().find(|(column, _)| *column == place);
    let beside = notes.map(|(_, notes)| editor.name(notes)).unwrap_or_default();
    match view.figure {
        true => {
            let named = beside.pieces.into_iter().filter_map(|piece| piece.note);
            CellView { notes: named.chain(as_published).chain(restated).collect(), ..view }
        }
        false => CellView { words: Words::join([view.words, beside]), ..view },
    }
}

/// The same without notes beside it.
pub fn cell_alone(editor: &CopyEditor, stem: &str, file: &TableFile, row: &Row, place: usize) -> CellView {
    let (column, cell) = (&file.columns[place], &row.values[place]);
    let denomination = file.denomination(row, column).map(|one| &one.value);
    match &cell.value {
        Cell::Figure(figure) => typed(editor, *figure, cell, denomination),
        Cell::Text(text) => text_cell(editor.name(&Text { value: text.clone(), at: cell.at })),
        Cell::Day(day) => text_cell(editor.typed(cell.at, day.shown(editor.wording()))),
        // Texts and days have no total.
        Cell::Computed if !column.has_figures() => text_cell(Words::default()),
        Cell::Bound(_) | Cell::Computed => computed(editor, stem, row, column, denomination),
    }
}

/// The figure of a row in a column with its unit, as texts print it, and its number in full.
pub fn figure(editor: &CopyEditor, stem: &str, row: &Row, column: &Column) -> Option<(Decimal, Words)> {
    let address = format!("{stem}.{}.{}", row.id, column.id.value);
    Some((number(editor, stem, row, column)?, editor.fact(&address)))
}

/// The figure of a row in a column as a bar draws it.
pub fn drawn_bar(editor: &CopyEditor, stem: &str, row: &Row, column: &Column) -> Option<DrawnMark> {
    let fact = editor.facts.find(&editor.report.id, &format!("{stem}.{}.{}", row.id, column.id.value))?;
    let number = number(editor, stem, row, column)?;
    Some(DrawnMark::from_nought(fact, editor.facts.printed(&editor.report.id, fact), number, 0))
}

/// The rows above the first total, and those from it on.
pub fn lines_and_sums(file: &TableFile) -> (&[Row], &[Row]) {
    let first = file.rows.iter().position(|row| row.is_total() && row.level == 0);
    file.rows.split_at(first.unwrap_or(file.rows.len()))
}

/// The rows under no other, up to the first total, as bars of a column, with what stands in another beside them; solid where the table has their parts.
pub fn bars(editor: &CopyEditor, stem: &str, file: &TableFile, column: usize, share: Option<usize>) -> Vec<BarView> {
    let (lines, _) = lines_and_sums(file);
    let bar = |(place, row): (usize, &Row)| {
        let name = editor.name_alone(&row.name);
        let (number, figure) = figure(editor, stem, row, &file.columns[column])?;
        let share = share.map(|column| cell_alone(editor, stem, file, row, column).words);
        let solid = lines.iter().any(|part| part.above == Some(place));
        Some((number, BarView { name, figure, share, bar: Bar::default(), solid, is_below: false }))
    };
    let bars = charts::bars(lines.iter().enumerate().filter(|(_, row)| row.level == 0).filter_map(bar));
    let drawn = lines.iter().filter(|row| row.level == 0);
    let drawn = drawn.filter_map(|row| drawn_bar(editor, stem, row, &file.columns[column]));
    let mut drawn: Vec<DrawnMark> = drawn.collect();
    drawn.sort_by_key(|mark| Reverse(mark.to));
    editor.draw_on_page(drawn, None);
    bars
}

/// The fact of a row in a column.
pub fn fact(editor: &CopyEditor, stem: &str, row: &Row, column: &Column) -> Option<FactId> {
    editor.facts.find(&editor.report.id, &format!("{stem}.{}.{}", row.id, column.id.value))
}

/// The number of a row in a column, in full.
pub fn number(editor: &CopyEditor, stem: &str, row: &Row, column: &Column) -> Option<Decimal> {
    Some(editor.facts.quantity(fact(editor, stem, row, column)?)?.number)
}

/// A figure as it is drawn.
pub struct DrawnFigure {
    pub fact: FactId,
    /// Its number in the unit in which it is printed.
    pub number: Decimal,
    pub text: String,
    pub mark: Option<FigureMark>,
    /// The unit that is not printed with it, which stands beside it.
    pub unit: Option<String>,
    /// In its own unit.
    pub quantity: Quantity,
}

/// The figure of a row in the column of a place, printed as in the table; none where there is none.
pub fn drawn_figure(editor: &CopyEditor, stem: &str, file: &TableFile, row: &Row, place: usize) -> Option<DrawnFigure> {
    let (column, cell) = (&file.columns[place], row.values.get(place)?);
    let address = format!("{stem}.{}.{}", row.id, column.id.value);
    let fact = editor.facts.find(&editor.report.id, &address)?;
    let quantity = editor.facts.quantity(fact)?;
    let typed = match cell.value {
        Cell::Figure(figure) => Some(figure),
        Cell::Bound(_) => bound(editor, &address),
        Cell::Text(_) | Cell::Day(_) | Cell::Computed => None,
    };
    let denomination = file.denomination(row, column).map(|one| &one.value);
    let beside = denomination.filter(|one| quantity.unit == one.unit);
    let text = match (typed, beside) {
        (Some(figure), _) => shown(editor, figure, denomination),
        (None, Some(one)) => quantity.in_scale(one.scale).bare(editor.manner()),
        (None, None) => quantity.shown(editor.manner()),
    };
    Some(DrawnFigure {
        fact,
        number: beside.and_then(|one| quantity.number.checked_div(one.scale)).unwrap_or(quantity.number),
        text,
        mark: typed.and_then(|figure| figure.mark),
        unit: beside.map(|one| editor.unit(one)),
        quantity,
    })
}

/// A figure; without its unit where that stands beside it, so that a column of money repeats no pound sign.
fn typed(editor: &CopyEditor, figure: Figure, cell: &At<Cell>, denomination: Option<&Denomination>) -> CellView {
    of_figure(editor, figure, editor.typed(cell.at, shown(editor, figure, denomination)))
}

fn shown(editor: &CopyEditor, figure: Figure, denomination: Option<&Denomination>) -> String {
    let bare = figure.unmarked();
    match denomination {
        Some(one) if figure.unit() == Some(one.unit) => bare.bare(editor.manner()),
        _ => bare.shown(editor.manner()),
    }
}

fn of_figure(editor: &CopyEditor, figure: Figure, words: Words) -> CellView {
    CellView {
        in_brackets: words.text.ends_with(')'),
        quiet: matches!(figure.value, FigureValue::Nil(_) | FigureValue::Absent(_)),
        mark: figure.mark.map(|mark| MarkView { letters: mark.letters(), meaning: editor.say(mark.meaning()) }),
        words,
        notes: Vec::new(),
        figure: true,
        fewer_decimals: 0,
    }
}

/// A figure that was left out, as it was computed, or as it was typed where it is bound to another.
fn computed(
    editor: &CopyEditor,
    stem: &str,
    row: &Row,
    column: &Column,
    denomination: Option<&Denomination>,
) -> CellView {
    let manner = editor.manner();
    let address = format!("{stem}.{}.{}", row.id, column.id.value);
    if let Some(figure) = bound(editor, &address) {
        return of_figure(editor, figure, editor.computed(&address, |_| shown(editor, figure, denomination)));
    }
    let words = editor.computed(&address, |quantity| match denomination {
        Some(one) if quantity.unit == one.unit => quantity.in_scale(one.scale).bare(manner),
        _ => quantity.shown(manner),
    });
    CellView {
        in_brackets: words.text.ends_with(')'),
        figure: true,
        words,
        mark: None,
        notes: Vec::new(),
        quiet: false,
        fewer_decimals: 0,
    }
}

/// The figure to which a cell is bound, where it says the same there.
fn bound(editor: &CopyEditor, address: &str) -> Option<Figure> {
    editor.facts.get(editor.facts.find(&editor.report.id, address)?).typed
}

/// Notes how many decimals each figure of a column has fewer than the one with the most.
fn align(rows: &mut [RowView], column: usize, sign: &str) {
    let decimals = |row: &RowView| {
        row.cells.get(column).filter(|cell| cell.figure).and_then(|cell| decimals(&cell.words.text, sign))
    };
    let most = rows.iter().filter_map(decimals).max().unwrap_or_default();
    for row in rows {
        if let Some(own) = decimals(row)
            && let Some(cell) = row.cells.get_mut(column)
        {
            cell.fewer_decimals = most - own;
        }
    }
}

/// The decimals of a figure that ends with its digits.
fn decimals(shown: &str, sign: &str) -> Option<usize> {
    let digits = shown.trim_end_matches(')');
    let after = digits.rsplit(|c: char| !c.is_ascii_digit()).next()?.len();
    match digits[..digits.len() - after].ends_with(sign) {
        _ if after == 0 => None,
        true => Some(after),
        false => Some(0),
    }
}

/// The marks of its figures, and what is printed in the shorthand of statistics, each once.
fn marks(editor: &CopyEditor, stem: &str, file: &TableFile) -> Vec<MarkView> {
    let mut marks = BTreeMap::new();
    for row in &file.rows {
        for (column, cell) in file.columns.iter().zip(&row.values) {
            let figure = match cell.value {
                Cell::Figure(figure) => Some(figure),
                Cell::Bound(_) => bound(editor, &format!("{stem}.{}.{}", row.id, column.id.value)),
                Cell::Text(_) | Cell::Day(_) | Cell::Computed => None,
            };
            let Some(figure) = figure else { continue };
            marks.extend(figure.mark.map(|mark| (mark.letters(), mark.meaning())));
            if let FigureValue::Absent(absence) = figure.value {
                marks.extend(absence.meaning().map(|meaning| (absence.shorthand(), meaning)));
            }
        }
    }
    marks.into_iter().map(|(letters, meaning)| MarkView { letters, meaning: editor.say(meaning) }).collect()
}
