//! Gives each number the place to which the list leads, and says beside texts what changed in them.

use std::collections::BTreeSet;

use super::ChangedSection;
use super::blocks::{Block, TableView};
use super::list::AreaView;
use super::passage::{BesideView, Passage};
use crate::compare::{Change, ChangeKind, Coming, Comparison};
use crate::letters::capital;
use crate::wording::Wording;

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
        passage.notes = changes.map(|change| beside(change, self.comparison.wording)).collect();
    }
}

/// A change in few words.
fn beside(change: &Change, wording: &Wording) -> BesideView {
    let say = |key: &str| wording.say(key, &[]);
    let kind = |key: &str| capital(&wording.say_of(1, key, &[]));
    let was =
        || Some(&change.was).filter(|words| !words.is_empty()).map(|was| wording.say("changes.was", &[("words", was)]));
    let difference = || Some(change.difference.clone()).filter(|words| !words.is_empty());
    let (kind, words) = match change.kind {
        ChangeKind::Figure(_) => (kind("kinds.figure"), [was(), difference()]),
        ChangeKind::Rating => (kind("kinds.rating"), [was(), None]),
        ChangeKind::Word => (say("changes.in-words"), [was(), None]),
        ChangeKind::Sentence(Coming::Changed) => (say("changes.in-words"), [difference(), None]),
        ChangeKind::Sentence(coming) => (kind("kinds.sentence"), [Some(say(coming.key())), difference()]),
        ChangeKind::Item(_, Coming::Renamed) => (say("changes.in-name"), [was(), None]),
        ChangeKind::Item(_, coming) => (say("changes.in-text"), [Some(say(coming.key())), difference()]),
    };
    BesideView { number: change.number, kind, words: wording.listed(words.into_iter().flatten()) }
}
