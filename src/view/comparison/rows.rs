//! Tables in which something changed.

use super::blocks::{CellView, RowView, TableView};
use super::items::{About, Writer};
use super::passage::{Passage, of_change};
use crate::compare::{Merged, Place};
use crate::transcript::{ItemKind, Piece, Text};
use crate::wording::Wording;

impl Writer<'_, '_> {
    /// A table with the rows in which something changed; none where nothing did.
    pub fn table(&self, file: Merged) -> Option<TableView> {
        let (about, item, within) = (self.about(file), self.item(file), self.within(file));
        let of_kind = |kind: ItemKind| within.iter().copied().filter(move |one| self.item(*one).kind == kind);
        let columns: Vec<Merged> = of_kind(ItemKind::Column).collect();
        let heads: Vec<Passage> = columns.iter().map(|column| self.name(self.about(*column), "name")).collect();
        let wording = self.comparison.wording;
        let mut rows = Rows { columns: &columns, wording, list: Vec::new(), same: 0 };
        of_kind(ItemKind::Row).for_each(|row| self.add_rows(row, 0, &mut rows));
        rows.shorten();
        let text = |key: &str| item.named(key).map(|text| self.passage(about, text)).unwrap_or_default();
        let (caption, rows_are) = (text("caption"), text("heading-of-rows"));
        let is_changed = heads.iter().chain([&caption, &rows_are]).any(Passage::is_changed)
            || rows.list.iter().any(|row| row.same.is_none());
        is_changed.then(|| TableView {
            id: String::new(),
            caption,
            rows_are: rows_are.text(),
            columns: heads,
            rows: rows.list,
        })
    }

    fn add_rows(&self, one: Merged, level: usize, rows: &mut Rows) {
        let about = self.about(one);
        let (name, is) = (self.name(about, "name"), self.fate(one));
        let cells: Vec<CellView> = rows.columns.iter().map(|column| self.cell(about, *column)).collect();
        let is_changed = |cell: &CellView| cell.number.is_some() || cell.was.is_some();
        if name.is_changed() || !is.is_empty() || cells.iter().any(is_changed) {
            rows.shorten();
            rows.list.push(RowView { name, is, level, cells, same: None });
        } else {
            rows.same += 1;
        }
        let inner = self.within(one).into_iter().filter(|one| self.item(*one).kind == ItemKind::Row);
        inner.for_each(|one| self.add_rows(one, level + 1, rows));
    }

    /// The cell of a row under a column, each of either edition.
    fn cell(&self, row: About, column: Merged) -> CellView {
        let (old, new) = (&self.comparison.old, &self.comparison.new);
        let (id_before, id_now) = match column {
            Merged::Both { old: before, new: now } => (Some(&old.item(before).id), Some(&new.item(now).id)),
            Merged::Added(now) => (None, Some(&new.item(now).id)),
            Merged::Removed(before) => (Some(&old.item(before).id), None),
        };
        let before = |row: Place| id_before.and_then(|id| old.item(row).cell(id));
        let now = |row: Place| id_now.and_then(|id| new.item(row).cell(id));
        let cell = match row.one {
            Merged::Added(row) => now(row).map(|text| whole(text, "added")),
            Merged::Removed(row) => before(row).map(|text| whole(text, "removed")),
            Merged::Both { old, new } => match (before(old), now(new)) {
                (None, Some(text)) if matches!(column, Merged::Added(_)) => Some(whole(text, "added")),
                (Some(text), None) if matches!(column, Merged::Removed(_)) => Some(whole(text, "removed")),
                (_, now) => now.map(|text| self.changed_cell(new, text)),
            },
        };
        cell.unwrap_or(CellView { fate: "kept", ..CellView::default() })
    }

    fn changed_cell(&self, row: Place, text: &Text) -> CellView {
        let kept = whole(text, "kept");
        let Some(change) = self.comparison.of_text(row, &text.key) else { return kept };
        if let Some((number, was, _)) = &change.word {
            return CellView { was: Some(was.clone()), number: Some(*number), fate: "added", ..kept };
        }
        let passage = of_change(self.comparison, change);
        let was = passage.pieces.iter().filter(|piece| piece.fate != "added").map(|piece| piece.text.as_str());
        let was = was.collect::<String>().trim().to_owned();
        CellView { was: Some(was), number: passage.numbers.first().copied(), fate: "added", ..kept }
    }
}

/// The rows of a table as they are put together.
struct Rows<'c> {
    columns: &'c [Merged],
    wording: &'c Wording,
    list: Vec<RowView>,
    /// How many rows before the next one have not changed.
    same: usize,
}

impl Rows<'_> {
    fn shorten(&mut self) {
        if self.same > 0 {
            let number = self.wording.number(self.same.into());
            let words = self.wording.say_of(self.same, "changes.rows-as-before", &[("n", &number)]);
            self.list.push(RowView { same: Some(words), ..RowView::default() });
            self.same = 0;
        }
    }
}

/// A cell that came, stayed or went as it is.
fn whole(text: &Text, fate: &'static str) -> CellView {
    let mut pieces = text.sentences.iter().flat_map(|sentence| sentence.pieces());
    let is_figure = pieces.any(|piece| matches!(piece, Piece::Figure { .. }));
    CellView { text: text.plain(), fate, is_figure, ..CellView::default() }
}
