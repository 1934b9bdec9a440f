//! Gives each number the place to which the list leads, and says beside texts what changed in them.

use std::collections::BTreeSet;

use super::ChangedSection;
use super::blocks::{Block, TableView};
use super::list::AreaView;
use super::passage::{BesideView, Passage};
use crate::compare::{Change, ChangeKind, Coming, Comparison};

/// Finds the first place of each number, and lets the list lead there.
pub fn find(comparison: &Comparison, sections: &mut [ChangedSection], areas: &mut [AreaView]) {
    let mut finder = Finder { comparison, found: BTreeSet::new(), tables: 0 };
    for section in sections.iter_mut() {
        finder.passage(&mut section.title);
        section.blocks.iter_mut().for_each(|block| finder.block(block));
    }
    for area in areas {
        area.is_shown = sections.iter().any(|section| section.id == area.id);
        for change in &mut area.changes {
            change.is_shown = finder.found.contains(&change.number);
        }
    }
}

struct Finder<'a, 't> {
    comparison: &'a Comparison<'t>,
    found: BTreeSet<usize>,
    tables: usize,
}

impl Finder<'_, '_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Title { words, .. } | Block::Paragraph { words, .. } => self.passage(words),
            Block::Table(table) => self.table(table),
            Block::Entry(entry) => {
                self.passage(&mut entry.name);
                entry.lines.iter_mut().for_each(|line| self.passage(&mut line.words));
            }
            Block::Same { .. } => {}
        }
    }

    fn table(&mut self, table: &mut TableView) {
        self.tables += 1;
        table.id = format!("table_{}", self.tables);
        self.passage(&mut table.caption);
        table.columns.iter_mut().for_each(|column| self.passage(column));
        for row in &mut table.rows {
            self.passage(&mut row.name);
            for cell in &mut row.cells {
                cell.is_first = cell.number.is_some_and(|number| self.found.insert(number));
            }
        }
    }

    fn passage(&mut self, passage: &mut Passage) {
        for piece in &mut passage.pieces {
            piece.is_first = piece.number.is_some_and(|number| self.found.insert(number));
        }
        let changes = passage.numbers.iter().filter_map(|number| self.comparison.change(*number));
        passage.notes = changes.map(beside).collect();
    }
}

/// A change in few words.
fn beside(change: &Change) -> BesideView {
    let was = |words: &str| if words.is_empty() { String::new() } else { format!("was {words}") };
    let and = |one: String, other: &str| match (one.is_empty(), other.is_empty()) {
        (false, false) => format!("{one}, {other}"),
        (true, _) => other.to_owned(),
        (_, true) => one,
    };
    let (kind, words) = match change.kind {
        ChangeKind::Figure(_) => ("Figure", and(was(&change.was), &change.difference)),
        ChangeKind::Rating => ("Rating", was(&change.was)),
        ChangeKind::Word => ("Words", was(&change.was)),
        ChangeKind::Sentence(Coming::Changed) => ("Words", change.difference.clone()),
        ChangeKind::Sentence(coming) => ("Sentence", and(coming.word().to_owned(), &change.difference)),
        ChangeKind::Item(_, Coming::Renamed) => ("Name", was(&change.was)),
        ChangeKind::Item(_, coming) => ("Text", and(coming.word().to_owned(), &change.difference)),
    };
    BesideView { number: change.number, kind, words }
}
