//! A block of cells from a spreadsheet: all of them, or none.
//!
//! In: the cell at which the block begins, and its texts. Out: a draft with all of them, or the cells for which there is no
//! room. What a line of cells is follows from the file: a row of a table, with its columns as they are printed, the figures
//! of an indicator, a field of the entries of a list. Where a line leaves out what follows from others it has no cell there,
//! so that no figure comes to stand under another heading.

use std::ops::Range;

use super::columns;
use crate::model::values::Figure;
use crate::yaml::{Draft, NoRoom, Node, Parse, Value};

/// Row and column of a cell among those that were pasted, from 0.
type Cell = (usize, usize);

/// The letters of a cell, and what it says; none where its figure follows from others.
pub type LineCell = Option<(Range<usize>, String)>;

/// Sets the cells from a place on; those for which there is no room are told.
pub fn set(draft: &mut Draft, text: &str, at: &Range<usize>, cells: &[Vec<String>]) -> Vec<(Cell, NoRoom)> {
    let grid = grid(draft.tree(), text, at);
    let holds =
        |cell: &LineCell| cell.as_ref().is_some_and(|(range, _)| range.start <= at.start && at.end <= range.end);
    let first = grid.iter().enumerate().find_map(|(line, cells)| Some((line, cells.iter().position(holds)?)));
    let Some((line, column)) = first else {
        return vec![(
            (0, 0),
            NoRoom::new("no cell of a table stands here", "choose the cell at which the block begins"),
        )];
    };
    let mut refused = Vec::new();
    for (row, typed) in cells.iter().enumerate() {
        for (place, text) in typed.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let done = match grid.get(line + row).and_then(|line| line.get(column + place)) {
                None => {
                    Err(NoRoom::new("the table has no cell here", "copy fewer cells, or add rows or columns first"))
                }
                Some(None) => Err(NoRoom::new(
                    format!("nothing is typed where `{}` would stand: it follows from others", text.trim()),
                    "leave this cell empty, or copy what stands on each side of it by itself",
                )),
                Some(Some((range, was))) => check(was, text.trim()).and_then(|()| draft.set(range.clone(), text)),
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

/// The lines of cells among which one stands.
fn grid(tree: &Node, text: &str, at: &Range<usize>) -> Vec<Vec<LineCell>> {
    let mut path = Vec::new();
    if !leads_to(tree, "", at, &mut path) {
        return Vec::new();
    }
    let is_of_row = path.iter().any(|(name, _)| *name == "values");
    if let Some(rows) = columns::rows(tree, text).filter(|_| is_of_row) {
        return rows;
    }
    // From the innermost: the cell, and what it stands in.
    path.reverse();
    let node = |above: usize| path.get(above).map(|(_, node)| *node);
    let is_list = |above: usize| node(above).is_some_and(|node| matches!(node.value, Value::Sequence(_)));
    match (path[0].1, is_list(1), is_list(2)) {
        // One of several lists, such as the figures of a period.
        (_, true, true) => {
            node(2).map(|list| items(list).iter().map(|one| line(one, text)).collect()).unwrap_or_default()
        }
        // One of a list of its own, or a field, of the entries of a list.
        (_, is_listed, _) => {
            let (name, entries) = if is_listed { (path[1].0, node(3)) } else { (path[0].0, node(2)) };
            let list = path.get(if is_listed { 3 } else { 2 }).map_or("", |(name, _)| name);
            match entries.filter(|node| matches!(node.value, Value::Sequence(_))) {
                Some(_) if is_listed => {
                    entries_of(tree, "", list).into_iter().map(|one| field_line(one, name, text)).collect()
                }
                Some(entries) => items(entries).iter().map(|one| field_line(one, name, text)).collect(),
                None => vec![line(path[usize::from(is_listed)].1, text)],
            }
        }
    }
}

/// The values from the whole tree to the one that some letters are a part of, each with the name of its field.
fn leads_to<'n>(node: &'n Node, name: &'n str, at: &Range<usize>, path: &mut Vec<(&'n str, &'n Node)>) -> bool {
    path.push((name, node));
    let found = match &node.value {
        Value::Scalar { .. } => (node.at.start as usize) <= at.start && at.end <= node.at.end as usize,
        Value::Sequence(items) => items.iter().any(|item| leads_to(item, name, at, path)),
        Value::Mapping(fields) => fields.iter().any(|(name, value)| leads_to(value, &name.value, at, path)),
    };
    if !found {
        path.pop();
    }
    found
}

/// The entries of all lists of a name, in their order.
fn entries_of<'n>(node: &'n Node, name: &str, list: &str) -> Vec<&'n Node> {
    match &node.value {
        Value::Scalar { .. } => Vec::new(),
        Value::Sequence(items) if name == list => items.iter().collect(),
        Value::Sequence(items) => items.iter().flat_map(|item| entries_of(item, name, list)).collect(),
        Value::Mapping(fields) => {
            fields.iter().flat_map(|(name, value)| entries_of(value, &name.value, list)).collect()
        }
    }
}

/// The cells of a field of an entry; none where it has several lists of them.
fn field_line(entry: &Node, name: &str, text: &str) -> Vec<LineCell> {
    let Value::Mapping(fields) = &entry.value else { return Vec::new() };
    fields.iter().find(|(field, _)| field.value == name).map(|(_, value)| line(value, text)).unwrap_or_default()
}

/// The cells of a list of values, or of one line with `|` between them.
pub fn line(node: &Node, text: &str) -> Vec<LineCell> {
    let cell = |node: &Node| match &node.value {
        Value::Scalar { text, .. } => Some((node.at.letters(), text.clone())),
        Value::Sequence(_) | Value::Mapping(_) => None,
    };
    match &node.value {
        Value::Scalar { text: says, .. } if says.contains('|') => parts(node, text),
        Value::Scalar { .. } => vec![cell(node)],
        Value::Sequence(items) => {
            let cells: Vec<LineCell> = items.iter().map(cell).collect();
            if cells.iter().all(Option::is_some) { cells } else { Vec::new() }
        }
        Value::Mapping(_) => Vec::new(),
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
        Some((begin..begin + part.trim().len(), part.trim().to_owned()))
    });
    parts.collect()
}

fn items(node: &Node) -> &[Node] {
    if let Value::Sequence(items) = &node.value { items } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    fn with(text: &str, at: &str, cells: &[&[&str]]) -> Result<String, Vec<Cell>> {
        let start = text.find(at).unwrap();
        let mut draft = Draft::of(FileId(0), text).unwrap();
        let cells: Vec<Vec<String>> =
            cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let refused = set(&mut draft, text, &(start..start + at.len()), &cells);
        if refused.is_empty() {
            Ok(draft.written().unwrap())
        } else {
            Err(refused.into_iter().map(|(cell, _)| cell).collect())
        }
    }

    const TABLE: &str = "columns:\n  - {id: a, name: A}\n  - {id: b, name: B, is: a + c}\n  - {id: c, name: C}\nrows:\n  - {name: One, values: 1 | 3}\n  - {name: Both, total: yes}\n  - {name: Two, values: [4, 5, 6]}\n";

    #[test]
    fn what_follows_from_others_has_no_cell() {
        let rows: [&[&str]; 3] = [&["10", "", "30"], &[], &["40", "50", "60"]];
        let expected = TABLE.replace("1 | 3", "10 | 30").replace("4, 5, 6", "40, 50, 60");
        assert_eq!(with(TABLE, "1", &rows), Ok(expected));
        let dense: [&[&str]; 2] = [&["10", "20", "30"], &["40", "50", "60"]];
        assert_eq!(with(TABLE, "1", &dense), Err(vec![(0, 1), (1, 0), (1, 1), (1, 2)]));
    }

    #[test]
    fn the_figures_of_an_indicator_stay_its_own() {
        let text = "groups:\n  - indicators:\n      - figures:\n          - [1, 2]\n          - [3, 4]\n      - figures:\n          - [5, 6]\n  - indicators:\n      - figures: [7, 8]\n";
        assert_eq!(with(text, "4", &[&["40"]]).unwrap(), text.replace('4', "40"));
        assert_eq!(with(text, "3", &[&["30", "40"], &["50"]]), Err(vec![(1, 0)]));
    }

    #[test]
    fn a_field_of_the_entries_of_a_list_is_a_column() {
        let text = "results:\n  - {percentage: 91%, statement: of A}\n  - {percentage: 92%, statement: of B}\n";
        assert_eq!(with(text, "91%", &[&["81%"], &["82%"]]).unwrap(), text.replace("91%", "81%").replace("92%", "82%"));
        assert_eq!(with(text, "91%", &[&["81%", "x"], &["many"]]), Err(vec![(0, 1), (1, 0)]));
    }
}
