//! Tables: columns and rows, nested as they are in the content.

use super::{Gatherer, item, said};
use crate::model::{Cell, Row, RowKind, TableFile, WatchedColumn};
use crate::transcript::{Item, ItemKind, Key, Piece, Sentence, Text, sentences};
use crate::view::{as_published, table};
use crate::yaml;

impl Gatherer<'_> {
    pub(super) fn table(&self, stem: &str, file: &TableFile) -> Item {
        let mut texts = vec![self.text("caption", &file.caption), self.text("heading-of-rows", &file.rows_are)];
        texts.extend(file.unit.as_ref().map(|unit| said("unit", &self.editor.unit(&unit.value), unit.at)));
        texts.extend(self.optional("note-on-rounding", &file.rounding_note));
        texts.extend(file.rounded.as_ref().map(|one| said("rounded", if one.value.0 { "yes" } else { "no" }, one.at)));
        let mut items: Vec<Item> = file
            .groups
            .iter()
            .map(|group| {
                let ids = file.columns[group.columns.clone()].iter().map(|column| column.id.value.as_str());
                let over = said("over", &ids.collect::<Vec<_>>().join(", "), group.name.at);
                Item { texts: vec![self.text("name", &group.name), over], ..item(ItemKind::ColumnGroup, group.name.at) }
            })
            .collect();
        items.extend(file.columns.iter().map(|column| {
            let unit = column.unit.as_ref().map(|unit| said("unit", &self.editor.unit(&unit.value), unit.at));
            Item {
                id: column.id.value.to_string(),
                texts: [self.text("name", &column.name)].into_iter().chain(unit).collect(),
                ..item(ItemKind::Column, column.name.at)
            }
        }));
        items.extend(self.rows(stem, file, None));
        items.extend(file.variation.iter().map(|watched| self.watched(file, watched)));
        items.extend(
            file.notes
                .iter()
                .flatten()
                .map(|note| Item { texts: vec![self.text("words", note)], ..item(ItemKind::Note, note.at) }),
        );
        Item { texts, items, ..item(ItemKind::File, file.caption.at) }
    }

    /// The rows under one of them, or under none.
    fn rows(&self, stem: &str, file: &TableFile, above: Option<usize>) -> Vec<Item> {
        let under = file.rows.iter().enumerate().filter(|(_, row)| row.above == above);
        under.map(|(place, row)| self.row(stem, file, place, row)).collect()
    }

    fn row(&self, stem: &str, file: &TableFile, place: usize, row: &Row) -> Item {
        let mut texts = vec![self.text("name", &row.name)];
        let is = match row.kind {
            RowKind::Figures => None,
            RowKind::Total => Some("total"),
            RowKind::Whole => Some("total of its parts"),
            RowKind::Heading => Some("heading"),
        };
        texts.extend(is.map(|is| said("is", is, row.name.at)));
        texts.extend(row.is_some_of_above.then(|| said("of-which", "yes", row.name.at)));
        texts.extend(row.unit.as_ref().map(|unit| said("unit", &self.editor.unit(&unit.value), unit.at)));
        for (place, column) in file.columns.iter().enumerate().take(row.values.len()) {
            texts.push(self.table_cell(stem, file, row, place));
            let total = table::fact(&self.editor, stem, row, column);
            let note = total.and_then(|total| as_published::of_total(&self.editor, total));
            texts.extend(self.as_published(&format!("as-published-{}", column.id.value), note, row.name.at));
        }
        Item {
            id: row.id.to_string(),
            texts,
            items: self.rows(stem, file, Some(place)),
            ..item(ItemKind::Row, row.name.at)
        }
    }

    fn table_cell(&self, stem: &str, file: &TableFile, row: &Row, place: usize) -> Text {
        let (column, cell) = (&file.columns[place], &row.values[place]);
        let mut pieces: Vec<Piece> = match &cell.value {
            Cell::Text(text) => {
                let text = yaml::Text { value: text.clone(), at: cell.at };
                self.pieces(self.texts.words(text.at)).collect()
            }
            Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => {
                let shown = table::cell_alone(&self.editor, stem, file, row, place);
                let mark = shown.mark.map(|mark| Piece::Words(format!(" {}", mark.letters)));
                let figure = match table::fact(&self.editor, stem, row, column) {
                    Some(fact) => self.figure(fact, shown.words.text),
                    None => Piece::Words(shown.words.text),
                };
                [figure].into_iter().chain(mark).collect()
            }
        };
        let notes = row.notes.iter().filter(|(column, _)| *column == place);
        pieces.extend(notes.flat_map(|(_, notes)| self.pieces(self.texts.words(notes.at))).filter(is_note));
        let sentences = match &cell.value {
            Cell::Text(_) => sentences(pieces),
            Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => vec![Sentence::from_iter(pieces)],
        };
        Text { key: Key::Cell(column.id.value.to_string()), sentences, at: Some(cell.at) }
    }

    /// How a column is held against what is expected of it, which its chart says.
    fn watched(&self, file: &TableFile, watched: &WatchedColumn) -> Item {
        let row = |place: usize| file.rows.get(place).map_or("", |row| row.id.as_str());
        let mut texts = vec![said("better", watched.better.shown(), watched.at)];
        let target = watched.target.as_ref().and_then(|target| match &target.value {
            Cell::Figure(figure) => Some(said("target", &figure.shown(self.editor.manner()), target.at)),
            Cell::Bound(address) => {
                let fact = self.facts.find(&self.report.id, address)?;
                let piece = self.figure(fact, self.facts.printed(&self.report.id, fact));
                Some(Text { sentences: vec![[piece].into_iter().collect()], ..said("target", "", target.at) })
            }
            Cell::Text(_) | Cell::Day(_) | Cell::Computed => None,
        });
        texts.extend(target);
        for stretch in &watched.stretches {
            texts.extend(
                stretch.reason.as_ref().map(|reason| self.text(&format!("from-{}", row(stretch.rows.start)), reason)),
            );
            texts.extend(stretch.baseline.as_ref().map(|baseline| {
                let last = row(baseline.rows.end.saturating_sub(1));
                self.text(&format!("baseline-{}-to-{last}", row(baseline.rows.start)), &baseline.reason)
            }));
        }
        let id = file.columns.get(watched.column).map(|column| column.id.value.to_string()).unwrap_or_default();
        Item { id, texts, ..item(ItemKind::Watched, watched.at) }
    }
}

fn is_note(piece: &Piece) -> bool {
    matches!(piece, Piece::Note(_))
}
