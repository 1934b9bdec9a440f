//! A table: its cells in rows and columns, the merged ones in all the places that they take.

use roxmltree::Node;

use super::reader::Reader;
use super::tracked::Kind;
use super::xml::{at_path, attribute, child, elements, is, letters, switch, value};
use crate::office::document::flat::Piece;
use crate::office::document::{Changes, Table, TableCell, plain};

/// The most columns that a merged cell takes.
const MOST_COLUMNS: usize = 64;

impl Reader<'_> {
    pub fn table(&mut self, node: Node) {
        if let Some(alone) = only_cell(node) {
            self.find("framed", String::new());
            return self.blocks(alone);
        }
        let mut table = Table { caption: caption(node), ..Table::default() };
        let mut beside = Vec::new();
        let (mut marked, mut is_spread) = (0, false);
        for row in rows(node) {
            if !self.has_row(row) {
                continue;
            }
            let properties = child(row, "trPr");
            if properties.is_some_and(|properties| switch(properties, "tblHeader") == Some(true))
                && marked == table.rows.len()
            {
                marked += 1;
            }
            let (cells, spreads) = self.row(row, &mut beside);
            is_spread |= spreads && table.rows.is_empty();
            table.rows.push(cells);
        }
        let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        table.rows.iter_mut().for_each(|row| row.resize_with(widest, TableCell::default));
        table.headings = match marked {
            0 if is_spread => 2,
            0 => 1,
            marked => marked,
        };
        table.headings = table.headings.min(table.rows.len());
        let is_empty = table.rows.iter().flatten().all(|cell| plain(&cell.inlines).is_empty());
        if !is_empty {
            self.pieces.push(Piece::Table(self.document.tables.len()));
            self.document.tables.push(table);
        }
        self.pieces.append(&mut beside);
    }

    /// Whether a row stands in the table, which a change may have added or removed.
    fn has_row(&mut self, row: Node) -> bool {
        let Some(properties) = child(row, "trPr") else { return true };
        let (added, removed) = (child(properties, "ins"), child(properties, "del"));
        if let Some(change) = added.or(removed) {
            let kind = if added.is_some() { Kind::Adds } else { Kind::Removes };
            self.tracked.pass();
            self.tracked.meet(change, kind, &format!("{} (a row)", letters(row)));
        }
        match self.changes {
            Changes::Accepted => removed.is_none(),
            Changes::Rejected => added.is_none(),
        }
    }

    /// The cells of a row, and whether one of them takes several columns.
    fn row(&mut self, row: Node, beside: &mut Vec<Piece>) -> (Vec<TableCell>, bool) {
        let mut cells = Vec::new();
        let skipped = at_path(row, &["trPr", "gridBefore"]).and_then(|before| attribute(before, "val"));
        let skipped = skipped.and_then(|count| count.parse().ok()).unwrap_or(0).min(MOST_COLUMNS);
        cells.resize_with(skipped, TableCell::default);
        let mut spreads = false;
        for cell in cells_of(row) {
            let properties = child(cell, "tcPr");
            let span =
                properties.and_then(|properties| value(properties, "gridSpan")).and_then(|span| span.parse().ok());
            let span = span.unwrap_or(1).clamp(1, MOST_COLUMNS);
            let is_below = properties
                .and_then(|properties| child(properties, "vMerge"))
                .is_some_and(|merge| attribute(merge, "val") != Some("restart"));
            spreads |= span > 1;
            let mut words = self.words_alone(cell);
            beside.append(&mut words.beside);
            if within_table(cell) {
                self.find("nested tables", String::new());
            }
            cells.push(TableCell { inlines: words.inlines, is_merged: is_below });
            cells.extend((1..span).map(|_| TableCell { inlines: Vec::new(), is_merged: true }));
        }
        (cells, spreads)
    }
}

/// The cell of a table that has no other: such a table is a frame round text.
fn only_cell<'a, 'i>(table: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let mut cells = rows(table).flat_map(cells_of);
    cells.next().filter(|_| cells.next().is_none())
}

/// Rows, also those in content controls.
fn rows<'a, 'i>(table: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    unwrapped(table, "tr").into_iter()
}

fn cells_of<'a, 'i>(row: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    unwrapped(row, "tc").into_iter()
}

fn unwrapped<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut all = Vec::new();
    for node in elements(parent) {
        if is(node, name) {
            all.push(node);
        } else if matches!(node.tag_name().name(), "sdt" | "sdtContent" | "customXml") {
            all.extend(unwrapped(node, name));
        }
    }
    all
}

fn within_table(cell: Node) -> bool {
    elements(cell).any(|inner| is(inner, "tbl"))
}

/// What the properties of a table call it.
fn caption(node: Node) -> Option<String> {
    let caption = child(node, "tblPr").and_then(|properties| value(properties, "tblCaption"))?;
    let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
    (!caption.is_empty()).then_some(caption)
}
