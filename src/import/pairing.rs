//! Which row of a workbook is which row of a data file.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{alike, near};
use super::layout::{Layout, single_spaced};
use super::lines::Line;
use super::place::{Placed, shown};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{RowsAre, TakenRows};
use crate::office::sheet::Position;

/// Of more rows than these that nobody knows, another sheet or column is meant.
const MOST_NEW: usize = 200;

/// Rows that belong together, and those that do not.
#[derive(Debug, Default)]
pub struct Pairing {
    /// A row of the sheet, counted from 0, with its name there and the place of the line in the data file.
    pub pairs: Vec<(u32, String, usize)>,
    /// Rows of the sheet that are new.
    pub came: Vec<(u32, String)>,
    /// Places of lines that the sheet no longer has.
    pub gone: Vec<usize>,
}

/// A row of the sheet with what stands in the column that rows are found by.
struct Named {
    row: u32,
    name: String,
    cell: Placed,
}

/// Pairs the rows. What is found twice, or may be another row by a new name, is an error and is in no pair.
pub fn pair(layout: &Layout, file: &str, rows: &TakenRows, lines: &[Line], findings: &mut Findings) -> Pairing {
    let Ok(column) = layout.column(&rows.names.by.value, rows.names.by.at, file).map_err(|fault| findings.push(*fault))
    else {
        return Pairing::default();
    };
    let named = named_rows(layout, column, rows, findings, file);
    let called = called(rows, lines, findings);
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        let name = match (called.get(&place), rows.names.are.value) {
            (Some(name), _) => alike(name),
            (None, RowsAre::Name) => alike(&line.name),
            (None, RowsAre::Id) => alike(&line.id),
        };
        by_name.entry(name).or_default().push(place);
    }
    let mut pairing = Pairing::default();
    let (mut taken, mut unknown) = (BTreeSet::new(), Vec::new());
    for rows_of_name in by_alike(named) {
        let name = alike(&rows_of_name[0].name);
        match (by_name.get(&name).map(Vec::as_slice), &rows_of_name[..]) {
            (Some([place]), [one]) => {
                taken.insert(*place);
                pairing.pairs.push((one.row, one.name.clone(), *place));
            }
            (Some(places), all) if all.len() > 1 || places.len() > 1 => {
                taken.extend(places.iter().copied());
                findings.push(twice(all, places, lines, file, layout, rows));
            }
            (_, all) => unknown.extend(all.iter().map(|one| (one.row, one.name.clone(), one.cell))),
        }
    }
    unnamed_known(&called, &by_name, &taken, lines, rows, file, findings);
    pairing.pairs.sort();
    pairing.gone = (0..lines.len()).filter(|place| !taken.contains(place) && !lines[*place].slots.is_empty()).collect();
    if unknown.len() > MOST_NEW {
        findings.push(too_many_unknown(unknown.len(), layout, rows, file));
        return pairing;
    }
    let mut told = BTreeSet::new();
    for (row, name, cell) in unknown {
        match renamed(&name, lines, &pairing.gone, rows) {
            Some(place) => {
                told.insert(place);
                findings.push(told_as_renamed(&name, cell, &lines[place], layout, rows, file));
            }
            None => pairing.came.push((row, name)),
        }
    }
    pairing.came.sort();
    pairing.gone.retain(|place| !told.contains(place));
    pairing
}

/// The rows below the headings that have a name, but for those that nobody takes.
fn named_rows(layout: &Layout, column: u32, rows: &TakenRows, findings: &mut Findings, file: &str) -> Vec<Named> {
    let mut unused: BTreeMap<String, &crate::yaml::Text> =
        rows.leave_out.iter().map(|text| (alike(&text.value), text)).collect();
    let left_out: BTreeSet<String> = unused.keys().cloned().collect();
    let mut all = Vec::new();
    for row in layout.body.clone() {
        let at = Position { row, column };
        let Some(name) = layout.sheet.cells.get(&at).and_then(shown).map(|text| single_spaced(&text)) else { continue };
        if left_out.contains(&alike(&name)) {
            unused.remove(&alike(&name));
        } else if !name.is_empty() {
            all.push(Named { row, name, cell: Placed::of(at) });
        }
    }
    for text in unused.into_values() {
        let message = format!("no row of {file}, {} is called “{}”", layout.sheet.name, text.value);
        findings.push(
            Diagnostic::warning(Code::ImportDoubtful, text.at, message)
                .help("it need not be left out any more: remove the line"),
        );
    }
    all
}

/// The rows of each name, in the order of the sheet.
fn by_alike(named: Vec<Named>) -> Vec<Vec<Named>> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut all: Vec<Vec<Named>> = Vec::new();
    for one in named {
        let place = *places.entry(alike(&one.name)).or_insert(all.len());
        if place == all.len() {
            all.push(Vec::new());
        }
        all[place].push(one);
    }
    all
}

/// The lines that have another name in the workbook, with that name.
fn called<'t>(rows: &'t TakenRows, lines: &[Line], findings: &mut Findings) -> BTreeMap<usize, &'t str> {
    let mut called = BTreeMap::new();
    for (id, name) in &rows.known_as.0 {
        match lines.iter().position(|line| line.id == id.value) {
            Some(place) => drop(called.insert(place, name.value.as_str())),
            None => findings.push(
                Diagnostic::error(
                    Code::UnknownReference,
                    id.at,
                    format!("{} has no row `{}`", rows.into.value, id.value),
                )
                .did_you_mean(&id.value, lines.iter().map(|line| line.id.as_str()))
                .help("`known-as` has the id of a row, and behind it the name that the workbook has for it"),
            ),
        }
    }
    called
}

/// Names under `known-as` that no row of the sheet has.
fn unnamed_known(
    called: &BTreeMap<usize, &str>,
    by_name: &BTreeMap<String, Vec<usize>>,
    taken: &BTreeSet<usize>,
    lines: &[Line],
    rows: &TakenRows,
    file: &str,
    findings: &mut Findings,
) {
    for (place, name) in called.iter().filter(|(place, _)| !taken.contains(place)) {
        let is_alone = by_name.get(&alike(name)).is_some_and(|places| places.len() == 1);
        let text = rows.known_as.get(&lines[*place].id).filter(|_| is_alone);
        findings.extend(text.map(|text| {
            let message = format!("no row of {file} is called “{}”", text.value);
            Diagnostic::error(Code::ImportRefused, text.at, message)
                .help("write the name that the workbook has now, or remove the line if it has the row's own name again")
        }));
    }
}

fn too_many_unknown(count: usize, layout: &Layout, rows: &TakenRows, file: &str) -> Diagnostic {
    let (by, into) = (&rows.names.by, &rows.into.value);
    let message = format!(
        "{count} rows of {file}, {} are in {into} under no name that stands below “{}”",
        layout.sheet.name, by.value
    );
    Diagnostic::error(Code::ImportRefused, by.at, message)
        .help("is it the right sheet, and the right column? no more than 200 rows can be new at once")
}

fn twice(all: &[Named], places: &[usize], lines: &[Line], file: &str, layout: &Layout, rows: &TakenRows) -> Diagnostic {
    let name = &all[0].name;
    let cells: Vec<String> = all.iter().map(|one| one.cell.to_string()).collect();
    let sheet = format!("{file}, {}", layout.sheet.name);
    let message = match places.len() {
        1 => format!("“{name}” stands twice in {sheet}: in {}", cells.join(" and ")),
        _ => format!(
            "{} has {} rows called “{name}”, which {sheet} has in {}",
            rows.into.value,
            places.len(),
            cells.join(" and ")
        ),
    };
    let at = if places.len() > 1 { lines[places[1]].at } else { rows.names.by.at };
    Diagnostic::error(Code::ImportRefused, at, message).help(format!(
        "nobody can tell which is which by the name: give rows ids in the workbook, or type them by hand and add the name under `leave-out`: \"{name}\""
    ))
}

/// The place of the line that a new name may be meant for.
fn renamed(name: &str, lines: &[Line], gone: &[usize], rows: &TakenRows) -> Option<usize> {
    if rows.new.iter().any(|one| alike(&one.value) == alike(name)) || rows.names.are.value == RowsAre::Id {
        return None;
    }
    let names = gone.iter().map(|place| lines[*place].name.as_str());
    let found = near(name, names)?;
    gone.iter().copied().find(|place| lines[*place].name == found)
}

fn told_as_renamed(name: &str, cell: Placed, line: &Line, layout: &Layout, rows: &TakenRows, file: &str) -> Diagnostic {
    let message = format!("{file}, {}!{cell}: “{name}” is called so nowhere in {}", layout.sheet.name, rows.into.value);
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    Diagnostic::error(Code::ImportRefused, rows.names.by.at, message)
        .also(line.at, "it may be this row")
        .help(format!("if it is, add under `known-as`: {}: \"{name}\"", line.id))
        .help(format!("if it is another, add under `new`: \"{name}\""))
}
