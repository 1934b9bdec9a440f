//! A block of cells from a spreadsheet: all of them, or none.

use std::ops::Range;

use crate::model::values::Figure;
use crate::yaml::{Draft, NoRoom, Node, Parse, Value};

/// Row and column of a cell among those that were pasted, from 0.
type Cell = (usize, usize);

/// Sets the cells from a place on; those for which there is no room are told.
///
/// A line of cells is a list of values, or one line with `|` between them, as the file has it. The next line is the next such
/// list behind it with the same name: the next row of a table, the next period of an indicator.
pub fn set(draft: &mut Draft, text: &str, at: &Range<usize>, cells: &[Vec<String>]) -> Vec<(Cell, NoRoom)> {
    let mut lines = Vec::new();
    collect(draft.tree(), "", text, &mut lines);
    let first = lines.iter().enumerate().find_map(|(line, (_, cells))| {
        Some((line, cells.iter().position(|(range, _)| range.start <= at.start && at.end <= range.end)?))
    });
    let Some((first, column)) = first else {
        return vec![(
            (0, 0),
            NoRoom::new("no cell of a table stands here", "choose the cell at which the block begins"),
        )];
    };
    let name = lines[first].0.clone();
    let grid: Vec<&Vec<LineCell>> =
        lines[first..].iter().filter(|(one, _)| *one == name).map(|(_, cells)| cells).collect();
    let mut refused = Vec::new();
    for (row, typed) in cells.iter().enumerate() {
        for (place, text) in typed.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let target = grid.get(row).and_then(|line| line.get(column + place));
            let done = match target {
                None => {
                    Err(NoRoom::new("the table has no cell here", "copy fewer cells, or add rows or columns first"))
                }
                Some((range, was)) => check(was, text.trim()).and_then(|()| draft.set(range.clone(), text)),
            };
            refused.extend(done.err().map(|why| ((row, place), why)));
        }
    }
    refused
}

/// A figure gives way to a figure only.
fn check(was: &str, is: &str) -> Result<(), NoRoom> {
    if Figure::parse(was).is_ok()
        && let Err(expected) = Figure::parse(is)
    {
        return Err(NoRoom::new(format!("`{is}` is no figure"), expected));
    }
    Ok(())
}

/// Letters of a cell, and what it says.
type LineCell = (Range<usize>, String);

/// Every line of cells of a tree, with the name of its field.
fn collect(node: &Node, name: &str, text: &str, lines: &mut Vec<(String, Vec<LineCell>)>) {
    match &node.value {
        Value::Scalar { text: says, .. } if says.contains('|') => lines.push((name.to_owned(), parts(node, text))),
        Value::Scalar { .. } => {}
        Value::Sequence(items) => {
            let cells: Option<Vec<LineCell>> = items.iter().map(cell).collect();
            match cells {
                Some(cells) if !cells.is_empty() => lines.push((name.to_owned(), cells)),
                _ => items.iter().for_each(|item| collect(item, name, text, lines)),
            }
        }
        Value::Mapping(fields) => fields.iter().for_each(|(field, value)| collect(value, &field.value, text, lines)),
    }
}

fn cell(node: &Node) -> Option<LineCell> {
    match &node.value {
        Value::Scalar { text, .. } => Some((node.at.letters(), text.clone())),
        Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

/// The figures on one line, between which `|` stands.
fn parts(node: &Node, text: &str) -> Vec<LineCell> {
    let range = node.at.letters();
    let typed = text[range.clone()].trim_end();
    let inner = typed.trim_matches(['"', '\'']);
    let mut start = range.start + typed.len() - typed.trim_start_matches(['"', '\'']).len();
    let parts = inner.split('|').map(|part| {
        let begin = start + part.len() - part.trim_start().len();
        start += part.len() + 1;
        (begin..begin + part.trim().len(), part.trim().to_owned())
    });
    parts.collect()
}
