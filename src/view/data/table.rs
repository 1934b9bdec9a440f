//! A table as data.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{DataColumn, Dataset, Holds, column, figure_of_fact, number, said};
use crate::model::values::{ColumnType, Figure, Id, Unit};
use crate::model::{Cell, Column, Row, RowKind, TableFile};
use crate::view::CopyEditor;
use crate::yaml::Text;

/// A table whose rows are written.
struct TableData<'a> {
    editor: &'a CopyEditor<'a>,
    stem: &'a str,
    file: &'a TableFile,
    /// What stands beside the figures of each column.
    beside: Vec<Beside>,
    has: Has,
}

/// What rows have columns for, where some row has it.
struct Has {
    kinds: bool,
    levels: bool,
    units: bool,
    notes: bool,
}

/// The columns that a column of figures brings along.
#[derive(Default)]
struct Beside {
    /// For units, where the figures have several.
    units: Option<String>,
    /// For what is to be known of the figures, where there is anything.
    status: Option<String>,
}

/// One row for each row of the table.
pub fn dataset(editor: &CopyEditor, stem: &str, file: &TableFile) -> Dataset {
    let notes: Vec<String> = file.rows.iter().map(|row| notes_of(editor, file, row)).collect();
    let has = Has {
        kinds: file.rows.iter().any(|row| row.kind != RowKind::Figures),
        levels: file.rows.iter().any(|row| row.above.is_some()),
        units: file.rows.iter().any(|row| row.unit.is_some()),
        notes: notes.iter().any(|notes| !notes.is_empty()),
    };
    let mut data = TableData { editor, stem, file, beside: Vec::new(), has };
    data.beside = (0..file.columns.len()).map(|place| data.beside(place)).collect();
    let heads = [&file.caption, &file.rows_are].into_iter().chain(file.groups.iter().map(|group| &group.name));
    let heads = heads.chain(file.columns.iter().map(|column| &column.name));
    let id = file.beside("id");
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        description: editor.say("data.table"),
        notes: said(editor, heads.map(|name| (name, name))),
        rows: file.rows.iter().zip(notes).map(|(row, notes)| data.row(row, notes)).collect(),
        columns: data.columns(),
        key: vec![id.clone()],
        parents: data.has.levels.then(|| [file.beside("part_of_id"), id]),
    }
}

impl TableData<'_> {
    fn columns(&self) -> Vec<DataColumn> {
        let Self { editor, file, has, .. } = self;
        let text = |name: &str, title: &str| DataColumn::text(&file.beside(name), title);
        let mut columns = vec![
            text("name", &editor.plain(&file.rows_are)),
            text("id", &editor.say("data.row-id")).holding(Holds::Id),
        ];
        if has.levels {
            columns.push(text("part_of", &editor.say("data.part-of")));
            columns.push(text("part_of_id", &editor.say("data.part-of-id")).holding(Holds::Id));
        }
        if has.kinds {
            let kinds = KINDS.map(|(_, word, means)| (word, editor.say(means)));
            columns.push(text("row_is", &editor.say("data.row-is")).holding(Holds::Code(kinds.to_vec())));
        }
        if has.units {
            columns.push(text("unit", &editor.say("data.unit-of-row")));
        }
        for (place, (one, beside)) in file.columns.iter().zip(&self.beside).enumerate() {
            let group = file.groups.iter().find(|group| group.columns.contains(&place));
            let title = match group {
                Some(group) => format!("{}: {}", editor.plain(&group.name), editor.plain(&one.name)),
                None => editor.plain(&one.name),
            };
            columns.push(self.column(place, one, &title));
            let more = |name: &String, about: &str| {
                DataColumn::text(name, &editor.wording().say(about, &[("column", &title)]))
            };
            columns.extend(beside.units.as_ref().map(|name| more(name, "data.unit-of").holding(Holds::Unit)));
            columns.extend(beside.status.as_ref().map(|name| more(name, "data.status-of")));
        }
        columns.extend(has.notes.then(|| text("notes", &editor.say("data.notes-of-row"))));
        columns
    }

    fn column(&self, place: usize, one: &Column, title: &str) -> DataColumn {
        let (name, title) = (data_name(&one.id.value), self.titled(one, title));
        match one.holds() {
            ColumnType::Text => DataColumn::text(&name, &title),
            ColumnType::Date => DataColumn::text(&name, &title).holding(Holds::Day),
            _ => DataColumn::number(&name, &title, self.unit_of(place, one).as_deref()),
        }
    }

    /// What stands beside the figures of a column.
    fn beside(&self, place: usize) -> Beside {
        let column = &self.file.columns[place];
        if !column.has_figures() {
            return Beside::default();
        }
        let figures: Vec<Figure> = self.file.rows.iter().filter_map(|row| self.figure(row, place)).collect();
        let name = |word: &str| {
            let name = format!("{}_{word}", data_name(&column.id.value));
            let is_taken = self.file.columns.iter().any(|one| data_name(&one.id.value) == name);
            if is_taken { format!("figure_{name}") } else { name }
        };
        Beside {
            units: (self.units(place).len() > 1).then(|| name("unit")),
            status: figures.iter().any(|figure| !figure.shorthand().is_empty()).then(|| name("status")),
        }
    }

    fn row(&self, row: &Row, notes: String) -> Vec<String> {
        let Self { editor, file, has, .. } = self;
        let mut cells = vec![editor.plain(&row.name), row.id.to_string()];
        if has.levels {
            let above = row.above.map(|above| &file.rows[above]);
            cells.push(above.map(|above| editor.plain(&above.name)).unwrap_or_default());
            cells.push(above.map(|above| above.id.to_string()).unwrap_or_default());
        }
        if has.kinds {
            cells.push(kind(row).to_owned());
        }
        if has.units {
            cells.push(row.unit.as_ref().map(|unit| editor.unit(&unit.value)).unwrap_or_default());
        }
        for (place, beside) in self.beside.iter().enumerate() {
            let figure = self.figure(row, place);
            cells.push(self.cell(row, place));
            cells.extend(
                beside
                    .units
                    .as_ref()
                    .map(|_| figure.and_then(Figure::unit).map(|unit| unit.name()).unwrap_or_default()),
            );
            cells.extend(beside.status.as_ref().map(|_| figure.map(Figure::shorthand).unwrap_or_default()));
        }
        cells.extend(has.notes.then_some(notes));
        cells
    }

    fn cell(&self, row: &Row, place: usize) -> String {
        let Some(cell) = row.values.get(place) else { return String::new() };
        match &cell.value {
            Cell::Figure(_) | Cell::Bound(_) | Cell::Computed => number(self.figure(row, place)),
            Cell::Day(day) => day.iso(),
            Cell::Text(text) => self.editor.plain(&Text { value: text.clone(), at: cell.at }),
        }
    }

    /// The figure of a place, in the unit of its column; of one that was left out, what was computed.
    fn figure(&self, row: &Row, place: usize) -> Option<Figure> {
        let (cell, column) = (row.values.get(place)?, &self.file.columns[place]);
        match cell.value {
            Cell::Figure(figure) => Some(figure),
            Cell::Text(_) | Cell::Day(_) => None,
            Cell::Bound(_) | Cell::Computed => {
                let address = format!("{}.{}.{}", self.stem, row.id, column.id.value);
                let scale = self.file.denomination(row, column).map_or(Decimal::ONE, |one| one.value.scale);
                figure_of_fact(self.editor, self.editor.facts.find(&self.editor.report.id, &address)?, scale)
            }
        }
    }

    /// The title of a column; with the unit in which its figures stand, where that is no unit of its own in data.
    fn titled(&self, column: &Column, title: &str) -> String {
        match self.scaled(column) {
            Some(unit) => format!("{title} ({unit})"),
            None => title.to_owned(),
        }
    }

    /// The unit of a column that is none of those that everybody knows: thousands of them, or one that was declared.
    fn scaled(&self, column: &Column) -> Option<String> {
        let takes_unit = matches!(column.holds(), ColumnType::Money | ColumnType::Figure | ColumnType::Number);
        let said = column.unit.as_ref().or(self.file.unit.as_ref()).filter(|_| takes_unit)?;
        (said.value.scale > Decimal::ONE || said.value.is_declared()).then(|| self.editor.unit(&said.value))
    }

    /// The unit of a column in data, where all its figures have one.
    fn unit_of(&self, place: usize, column: &Column) -> Option<String> {
        let said = column.unit.as_ref().or(self.file.unit.as_ref()).map(|unit| unit.value.unit);
        let known = match (column.holds(), said) {
            (ColumnType::Percentage, _) | (ColumnType::Figure, Some(Unit::Percent)) => column::PER_CENT,
            (ColumnType::Money, None) => "GBP",
            (ColumnType::Money | ColumnType::Figure, Some(Unit::Money(currency))) => currency.code(),
            (ColumnType::Duration, _) | (ColumnType::Figure, None) => {
                let mut units = self.units(place);
                return units.pop_first().filter(|unit| units.is_empty() && *unit != Unit::Number.name());
            }
            _ => return self.scaled(column),
        };
        Some(self.scaled(column).unwrap_or_else(|| known.to_owned()))
    }

    /// The units of the figures of a column, each with its own, where neither the column nor their row says one.
    fn units(&self, place: usize) -> BTreeSet<String> {
        let column = &self.file.columns[place];
        if !matches!(column.holds(), ColumnType::Figure | ColumnType::Duration) {
            return BTreeSet::new();
        }
        let alone = self.file.rows.iter().filter(|row| self.file.denomination(row, column).is_none());
        alone.filter_map(|row| self.figure(row, place)?.unit()).map(|unit| unit.name()).collect()
    }
}

/// What rows are, so that nobody counts a figure twice; each with the message that says so.
const KINDS: [(RowKind, &str, &str); 4] = [
    (RowKind::Figures, "figures", "data.row-has-figures"),
    (RowKind::Whole, "whole", "data.row-is-whole"),
    (RowKind::Total, "total", "data.row-is-total"),
    (RowKind::Heading, "heading", "data.row-is-heading"),
];

fn kind(row: &Row) -> &'static str {
    KINDS.iter().find(|(kind, ..)| *kind == row.kind).map_or("", |(_, word, _)| word)
}

/// What the notes of a row say: of its name, and of its cells behind the names of their columns.
fn notes_of(editor: &CopyEditor, file: &TableFile, row: &Row) -> String {
    let texts = file.columns.iter().zip(&row.values).filter_map(|(column, cell)| match &cell.value {
        Cell::Text(text) => Some((column, Text { value: text.clone(), at: cell.at })),
        Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => None,
    });
    let beside = row.notes.iter().map(|(place, notes)| (&file.columns[*place], notes.clone()));
    let cells: Vec<(&Column, Text)> = texts.chain(beside).collect();
    let of_cells = said(editor, cells.iter().map(|(column, text)| (&column.name, text)));
    editor.said_in_notes(&row.name).into_iter().chain(of_cells).collect::<Vec<_>>().join(" / ")
}

/// The name of a column in data files.
fn data_name(id: &Id) -> String {
    id.as_str().replace('-', "_")
}
