//! A table in which one row is one record, and which needs neither columns over columns nor ids to be understood.
//!
//! In: a table of a page, of one of two makes: rows under one or two lines of headings; or groups of rows, each with a name and
//! with cells that name their headings by id. Out: a table with one line of headings and one heading a row, and under it
//! what was noted of single rows.

use super::plain::trimmed;
use crate::dom::{Element, Node, text_of};

/// How words of a cell become words of the fragment.
type Words<'a> = &'a dyn Fn(&[Node]) -> Vec<Node>;

/// The table, and the notes of its rows.
pub fn of_table(table: &Element, words: Words) -> Vec<Node> {
    let rows_of = |name: &str| -> Vec<Vec<&Element>> {
        table
            .elements()
            .filter(|one| one.is(name))
            .map(|group| group.elements().filter(|one| one.is("tr")).collect())
            .collect()
    };
    let (heads, bodies) = (rows_of("thead").concat(), rows_of("tbody"));
    let names_headings = bodies.iter().any(|rows| rows.first().is_some_and(|row| is_named(row)));
    let (headings, records, notes) = match names_headings {
        true => grouped(&heads, &bodies, words),
        false => (flat_headings(&heads, words), flat_rows(&bodies.concat(), words), Vec::new()),
    };
    let caption =
        table.elements().find(|one| one.is("caption")).map(|one| Node::element("caption", words(&one.children)));
    let cell = |name: &str, scope: Option<&str>, words: Vec<Node>| {
        Node::Element(scope.into_iter().fold(Element::new(name, words), |cell, scope| cell.with("scope", scope)))
    };
    let head = headings.into_iter().map(|heading| cell("th", Some("col"), heading)).collect();
    let rows = records.into_iter().map(|record| {
        let mut cells = record.into_iter();
        let first = cells.next().map(|name| cell("th", Some("row"), name));
        Node::element("tr", first.into_iter().chain(cells.map(|words| cell("td", None, words))).collect())
    });
    let mut inside: Vec<Node> = caption.into_iter().collect();
    inside.push(Node::element("thead", vec![Node::element("tr", head)]));
    inside.push(Node::element("tbody", rows.collect()));
    std::iter::once(Node::element("table", inside)).chain(notes).collect()
}

/// Whether a row is the name of those below it, by which their cells go.
fn is_named(row: &Element) -> bool {
    row.elements().next().is_some_and(|cell| {
        cell.is("th") && cell.attribute("scope") == Some("rowgroup") && cell.attribute("id").is_some()
    })
}

type Table = (Vec<Vec<Node>>, Vec<Vec<Vec<Node>>>, Vec<Node>);

/// Records of groups of rows: the name of the group, then a cell for each heading that has an id.
fn grouped(heads: &[&Element], bodies: &[Vec<&Element>], words: Words) -> Table {
    let headings: Vec<&Element> = heads.iter().flat_map(|row| row.elements()).collect();
    let ids: Vec<&str> = headings.iter().filter_map(|one| one.attribute("id")).collect();
    let (mut records, mut notes) = (Vec::new(), Vec::new());
    for rows in bodies {
        let cells = || rows.iter().flat_map(|row| row.elements());
        let Some(name) = cells().next() else { continue };
        let own = name.attribute("id").unwrap_or_default();
        let of = |cell: &Element| -> Vec<String> {
            let named = cell.attribute("headers").unwrap_or_default().split_whitespace();
            named.filter(|id| *id != own).map(str::to_owned).collect()
        };
        let mut record = vec![words(&name.children)];
        record.extend(ids.iter().map(|id| {
            let cell = cells().skip(1).find(|cell| of(cell).iter().any(|one| one == id));
            cell.map_or_else(Vec::new, |cell| words(&cell.children))
        }));
        let title = text_of(&words(&name.children));
        for note in cells().skip(1).filter(|cell| of(cell).is_empty()) {
            let mut line = vec![Node::element("strong", vec![Node::text(format!("{title}:"))]), Node::text(" ")];
            line.extend(words(&without_summaries(note)));
            notes.push(Node::element("p", trimmed(line)));
        }
        records.push(record);
    }
    let first = headings.iter().find(|one| one.attribute("id").is_none()).map(|one| words(&one.children));
    let named = headings.iter().filter(|one| one.attribute("id").is_some()).map(|one| words(&one.children));
    (std::iter::once(first.unwrap_or_default()).chain(named).collect(), records, notes)
}

/// A note without the words that open it, which name the row again.
fn without_summaries(cell: &Element) -> Vec<Node> {
    let kept = |node: &Node| match node {
        Node::Element(element) if element.is("summary") => None,
        Node::Element(element) => {
            Some(Node::Element(Element { children: without_summaries(element), ..element.clone() }))
        }
        Node::Text(_) => Some(node.clone()),
    };
    cell.children.iter().filter_map(kept).collect()
}

/// Headings on one line: what stands over several columns is said before each of them.
fn flat_headings(heads: &[&Element], words: Words) -> Vec<Vec<Node>> {
    let grid = grid(heads, true);
    let columns = grid.first().map_or(0, Vec::len);
    let heading = |column: usize| {
        let mut over: Vec<&Element> = grid.iter().filter_map(|row| row.get(column).copied().flatten()).collect();
        over.dedup_by(|one, other| std::ptr::eq(*one, *other));
        let mut line: Vec<Node> = Vec::new();
        for cell in over {
            let own = words(&cell.children);
            if !line.is_empty() && !own.is_empty() {
                line.push(Node::text(": "));
            }
            line.extend(own);
        }
        trimmed(line)
    };
    (0..columns).map(heading).collect()
}

fn flat_rows(rows: &[&Element], words: Words) -> Vec<Vec<Vec<Node>>> {
    let cell = |cell: Option<&Element>| cell.map_or_else(Vec::new, |cell| words(&cell.children));
    grid(rows, false).into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
}

/// Rows with a place for every column. A cell that reaches over several rows stands in each; one that reaches over several
/// columns stands in each of them where `repeats`, and else in the first.
fn grid<'e>(rows: &[&'e Element], repeats: bool) -> Vec<Vec<Option<&'e Element>>> {
    let span = |cell: &Element, name: &str| {
        cell.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(1usize).clamp(1, 1000)
    };
    let mut grid: Vec<Vec<Option<&Element>>> = Vec::new();
    // What reaches down into the next rows: a column, how many rows yet, and the cell.
    let mut above: Vec<(usize, usize, &Element)> = Vec::new();
    for row in rows {
        let mut places: Vec<Option<&Element>> = Vec::new();
        let from_above = |places: &mut Vec<Option<&'e Element>>, above: &mut Vec<(usize, usize, &'e Element)>| {
            while let Some(one) = above.iter_mut().find(|(column, left, _)| *column == places.len() && *left > 0) {
                one.1 -= 1;
                places.push(Some(one.2));
            }
        };
        for cell in row.elements().filter(|one| matches!(one.name.as_str(), "td" | "th")) {
            from_above(&mut places, &mut above);
            for across in 0..span(cell, "colspan") {
                if span(cell, "rowspan") > 1 {
                    above.push((places.len(), span(cell, "rowspan") - 1, cell));
                }
                places.push((across == 0 || repeats).then_some(cell));
            }
        }
        from_above(&mut places, &mut above);
        above.retain(|(_, left, _)| *left > 0);
        grid.push(places);
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    grid.iter_mut().for_each(|row| row.resize(width, None));
    grid
}
