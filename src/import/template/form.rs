//! A data file, laid out as a sheet: which cells are to be filled in, and what stands beside them.

use std::collections::BTreeSet;

use super::codes::{self, TEXT};
use super::sums::{Follows, follows};
use crate::check::Subject;
use crate::import::alike::alike;
use crate::import::lines::{Line, Says, Slot};
use crate::letters::capital;
use crate::model::values::Unit;
use crate::model::{Data, Report, TableFile, without_notes};

/// The row of the first heading, counted from 0: above it stand the caption, what to do, and an empty row.
pub const HEADINGS: u32 = 3;

/// A sheet.
pub struct Form {
    pub sheet: String,
    /// The data file, by its name.
    file: String,
    pub caption: String,
    source: Option<String>,
    /// Rows are found by their ids; otherwise by their names.
    by_id: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// Cells to be filled in, with what stands now beside each.
pub struct Column {
    /// What stands behind the row in the addresses.
    pub ending: String,
    /// What it stands under with others.
    pub group: Option<String>,
    pub heading: String,
}

pub struct Row {
    pub id: String,
    pub name: String,
    pub units: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A cell, by what stands in it at first.
pub enum Cell {
    /// The row has no such figure.
    Closed,
    Open {
        code: String,
        before: String,
    },
    /// It is calculated.
    Follows {
        code: String,
        before: String,
        from: Follows,
    },
}

impl Form {
    /// Lays out a data file; the error says why it cannot be one.
    pub fn of(
        subject: &Subject,
        report: &Report,
        stem: &str,
        data: &Data,
        lines: &[Line],
    ) -> Result<Form, &'static str> {
        let by_id = are_apart(lines, |line| &line.id);
        if !by_id && !are_apart(lines, |line| &line.name) {
            return Err("some of its rows are called alike, so that nobody could tell which is which");
        }
        let columns = columns(data, lines);
        if columns.is_empty() {
            return Err("all its figures follow from others");
        }
        let row = |(place, line): (usize, &Line)| Row {
            id: line.id.clone(),
            name: line.name.clone(),
            units: units(data, line),
            cells: columns.iter().map(|column| cell(subject, report, data, lines, place, &column.ending)).collect(),
        };
        let rows = lines.iter().enumerate().map(row).collect();
        let source = match data {
            Data::Table(table, _) => table.source.as_ref(),
            Data::Indicators(file, _) => file.source.as_ref(),
            Data::Survey(survey) => survey.source.as_ref(),
            Data::Deliverables(..) => None,
        };
        Ok(Form {
            sheet: stem.chars().take(MOST_LETTERS).collect(),
            file: format!("{stem}.yaml"),
            caption: bound(subject, report, &without_notes(&data.caption().value)),
            source: source.map(|source| source.value.to_string()),
            by_id,
            columns,
            rows,
        })
    }

    /// How many cells are to be filled in.
    pub fn to_fill(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| matches!(cell, Cell::Open { .. })).count()
    }

    /// Whether headings stand in two rows.
    pub fn is_grouped(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }

    /// What `imports.yaml` says of the sheet.
    pub fn yaml(&self, workbook: &str) -> String {
        let headings = match self.is_grouped() {
            true => format!("{}-{}", HEADINGS + 1, HEADINGS + 2),
            false => (HEADINGS + 1).to_string(),
        };
        let (by, are) = if self.by_id { ("Ref", "id") } else { ("Name", "name") };
        let mut lines = vec![
            format!("  - id: {}", self.file.trim_end_matches(".yaml")),
            format!("    workbook: {workbook}"),
            format!("    source: {}", self.source.as_deref().unwrap_or("…")),
            format!("    sheet: {}", self.sheet),
            format!("    headings: {headings}"),
            format!("    into: {}", self.file),
            format!("    rows: {{by: {by}, are: {are}}}"),
            "    take:".to_owned(),
        ];
        let mut takes: Vec<String> = self.columns.iter().map(Column::take).collect();
        let mut known = BTreeSet::new();
        takes.retain(|take| known.insert(take.clone()));
        lines.extend(takes);
        lines.push("    reads: {n/a: n/a, N/A: n/a, no data: no data, nil: nil, \"-\": nil}".to_owned());
        lines.join("\n")
    }
}

impl Column {
    /// What it is headed with, as the import joins headings.
    fn whole_heading(&self) -> String {
        match &self.group {
            Some(group) => format!("{group} / {}", self.heading),
            None => self.heading.clone(),
        }
    }

    /// The line of `take`: the same word of all periods in one.
    fn take(&self) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        match self.ending.split_once('.') {
            Some((_, word)) if self.group.is_some() => {
                format!("      {}: {}", quoted(&format!("*.{word}")), quoted(&format!("* / {}", self.heading)))
            }
            _ => format!("      {}: {}", self.ending, quoted(&self.whole_heading())),
        }
    }
}

/// The longest name that a sheet can have.
const MOST_LETTERS: usize = 31;

/// Gives sheets whose names were cut to the same letters names of their own.
pub fn name_apart(forms: &mut [Form]) {
    for place in 1..forms.len() {
        let (before, rest) = forms.split_at_mut(place);
        if before.iter().any(|form| form.sheet == rest[0].sheet) {
            let short: String = rest[0].sheet.chars().take(MOST_LETTERS - 4).collect();
            rest[0].sheet = format!("{short}-{}", place + 1);
        }
    }
}

fn are_apart(lines: &[Line], name: fn(&Line) -> &str) -> bool {
    let mut known = BTreeSet::new();
    lines.iter().all(|line| !name(line).trim().is_empty() && known.insert(alike(name(line))))
}

/// The columns in the order of print, each once.
fn columns(data: &Data, lines: &[Line]) -> Vec<Column> {
    let mut slots: Vec<&Slot> = Vec::new();
    for slot in lines.iter().flat_map(|line| &line.slots) {
        if slots.iter().all(|known| known.ending != slot.ending) {
            slots.push(slot);
        }
    }
    match data {
        Data::Table(table, _) => of_table(table, &slots),
        Data::Indicators(..) | Data::Survey(_) | Data::Deliverables(..) => of_indicators(data, slots),
    }
}

fn of_table(table: &TableFile, slots: &[&Slot]) -> Vec<Column> {
    let is_there = |ending: &str| slots.iter().any(|slot| slot.ending == ending);
    let columns = table.columns.iter().enumerate().filter(|(_, column)| is_there(column.id.value.as_str()));
    let group = |place: usize| table.groups.iter().find(|group| group.columns.contains(&place));
    let mut columns: Vec<Column> = columns
        .map(|(place, column)| Column {
            ending: column.id.value.to_string(),
            group: group(place).map(|group| without_notes(&group.name.value)),
            heading: without_notes(&column.name.value),
        })
        .collect();
    let headings: Vec<String> = columns.iter().map(|column| alike(&column.whole_heading())).collect();
    for (place, column) in columns.iter_mut().enumerate() {
        // Columns that are called alike are told apart by their ids.
        if headings.iter().enumerate().any(|(other, heading)| other != place && *heading == headings[place]) {
            column.heading = format!("{} ({})", column.heading, column.ending);
        }
    }
    columns
}

/// Periods in their order, those of the year behind them, and the target last.
fn of_indicators(data: &Data, slots: Vec<&Slot>) -> Vec<Column> {
    let periods: Vec<String> = match data {
        Data::Indicators(file, _) => file.periods.iter().map(|period| period.id.to_string()).collect(),
        Data::Table(..) | Data::Survey(_) | Data::Deliverables(..) => Vec::new(),
    };
    let words = ["denominator", "number", "percentage"];
    let order = |slot: &&Slot| {
        let (period, word) = slot.ending.split_once('.').unwrap_or((slot.ending.as_str(), ""));
        let at = periods.iter().position(|known| known == period);
        let at = at.unwrap_or(periods.len() + usize::from(slot.period.is_none()));
        (at, words.iter().position(|known| *known == word))
    };
    let mut slots = slots;
    slots.sort_by_key(order);
    let column = |slot: &Slot| {
        let word = slot.ending.rsplit('.').next().unwrap_or_default();
        Column { ending: slot.ending.clone(), group: slot.period.clone(), heading: capital(word) }
    };
    slots.into_iter().map(column).collect()
}

fn cell(subject: &Subject, report: &Report, data: &Data, lines: &[Line], place: usize, ending: &str) -> Cell {
    let line = &lines[place];
    let Some(slot) = line.slots.iter().find(|slot| slot.ending == ending) else { return Cell::Closed };
    let word = |ending: &str| ending.rsplit('.').next().map(str::to_owned);
    let in_row = line.slots.iter().filter(|other| other.period.is_some() && word(&other.ending) == word(ending));
    let in_column =
        lines.iter().flat_map(|line| &line.slots).filter(|other| slot.period.is_none() && other.ending == ending);
    let code = codes::code(slot, in_row.chain(in_column));
    let before = before(subject, report, slot);
    match follows(data, lines, place, ending).filter(|_| code != TEXT) {
        Some(from) => Cell::Follows { code, before, from },
        None => Cell::Open { code, before },
    }
}

/// The figure of the edition before; where there is none, what stands in the content now.
fn before(subject: &Subject, report: &Report, slot: &Slot) -> String {
    let facts = subject.facts;
    let last = facts.edition_before(&report.id).and_then(|_| facts.find(&report.id, &format!("last.{}", slot.address)));
    last.map_or_else(|| codes::now(slot), |id| facts.shown(id))
}

/// A text with the figures in it that it names.
fn bound(subject: &Subject, report: &Report, text: &str) -> String {
    let mut pieces = text.split("{{");
    let mut bound = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (address, rest) = piece.split_once("}}").unwrap_or(("", piece));
        let address = address.split('|').next().unwrap_or_default().trim();
        let shown = subject.facts.find(&report.id, address).map(|id| subject.facts.shown(id));
        bound.push_str(&shown.unwrap_or_default());
        bound.push_str(rest);
    }
    bound.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The units of a row, each once.
fn units(data: &Data, line: &Line) -> String {
    let said = |slot: &Slot| match data {
        Data::Table(table, _) => {
            let row = table.rows.iter().find(|row| row.name.at == line.at)?;
            let column = table.columns.iter().find(|column| column.id.value.as_str() == slot.ending)?;
            table.denomination(row, column).map(|unit| unit.value.typed().to_owned())
        }
        Data::Indicators(..) | Data::Survey(_) | Data::Deliverables(..) => None,
    };
    let mut names: Vec<String> = Vec::new();
    for name in line.slots.iter().filter_map(|slot| said(slot).or_else(|| unit(slot))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// The unit of what stands at a place; none of plain numbers.
fn unit(slot: &Slot) -> Option<String> {
    let Says::Figure(figure) = slot.says else { return None };
    match figure.unit().unwrap_or(slot.bare) {
        Unit::Number | Unit::Year => None,
        Unit::Percent => Some("%".to_owned()),
        Unit::Money(currency) => Some(currency.sign().to_string()),
        unit => Some(unit.name()),
    }
}
