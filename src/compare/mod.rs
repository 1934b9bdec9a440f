//! What has changed between two editions, or two states of one.
//!
//! In: two [`Transcript`]s. Out: a [`Comparison`]: every figure by its address, every sentence word by word, and whatever
//! came, went, moved or was renamed, each change once, numbered in the order of print. Nothing is guessed from pages:
//! two transcripts that say the same have no changes, and what differs in them is in the list.

mod address;
mod change;
mod difference;
mod draft;
mod edition;
mod figures;
mod merged;
mod moved;
mod names;
mod pairs;
mod sequence;
mod texts;
mod told;
mod values;
mod walk;
mod why;
mod words;

pub use change::{Area, Change, ChangeKind, Coming, Why, called, listed};
pub use edition::{Edition, Place};
pub use merged::Merged;
pub use names::{name_in_item, name_of};
pub use values::told_in;
pub use words::{Fate, SentenceFate, Shown, Stretch};

use std::collections::{BTreeMap, HashMap};

use crate::transcript::{Key, Piece, Transcript, sentences};
use crate::wording::Wording;
use pairs::Pairs;

/// What became of the sentences of a text in which nothing is known of figures.
pub fn changed_words(old: &str, new: &str) -> Vec<SentenceFate> {
    fn unknown<'c>(_: &str) -> Option<&'c str> {
        None
    }
    let sentences = |text: &str| sentences([Piece::Words(text.to_owned())]);
    let (old, new) = (sentences(old), sentences(new));
    words::Reader { changed_old: &unknown, changed_new: &unknown, wording: Wording::english() }.sentences(&old, &new)
}

/// What has changed from one transcript to another.
pub struct Comparison<'t> {
    pub old: Edition<'t>,
    pub new: Edition<'t>,
    /// The language in which changes are told.
    pub wording: &'t Wording,
    pairs: Pairs,
    /// In the order of print.
    pub changes: Vec<Change>,
    /// What has not changed.
    pub same: Same,
    marks: Marks,
}

/// How much is as it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Same {
    /// Figures that are printed.
    pub figures: usize,
    pub sentences: usize,
    pub rows: usize,
    pub indicators: usize,
    pub deliverables: usize,
    pub parts: usize,
}

/// Where changes are found: their numbers by what they are about.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Items of the new edition that were added, moved or renamed.
    new: HashMap<Place, Vec<usize>>,
    /// Items of the old one that were removed.
    old: HashMap<Place, usize>,
    /// Texts of pairs, by the item of the new edition.
    texts: HashMap<(Place, Key), TextChange>,
    /// Figures by their addresses in the new edition, or in the old one where they are gone.
    figures: HashMap<String, usize>,
}

/// What has become of a text.
#[derive(Debug, Clone, Default)]
pub struct TextChange {
    /// Each sentence, with the number of the change that is about it.
    pub sentences: Vec<(Option<usize>, SentenceFate)>,
    /// The number of the change of a word that stands for itself, with what it was and is.
    pub word: Option<(usize, String, String)>,
}

/// Compares two transcripts, and tells the changes in a language; what they keep in English words is told in it by [`told_in`].
pub fn compare<'t>(old: &'t Transcript, new: &'t Transcript, wording: &'t Wording) -> Comparison<'t> {
    let (old, new) = (Edition::of(old), Edition::of(new));
    let pairs = pairs::pairs(&old, &new);
    let walk::Walked { changes, marks, same } = walk::walk(&old, &new, &pairs, wording);
    Comparison { old, new, wording, pairs, changes, same, marks }
}

impl<'t> Comparison<'t> {
    /// How many changes there are of each kind, figures first.
    pub fn counts(&self) -> Vec<(ChangeKind, usize)> {
        let mut counts: BTreeMap<ChangeKind, usize> = BTreeMap::new();
        for change in &self.changes {
            *counts.entry(change.kind).or_default() += 1;
        }
        counts.into_iter().collect()
    }

    /// The changes by where they stand, in the order of print.
    pub fn areas(&self) -> impl Iterator<Item = (&Area, &[Change])> {
        self.changes.chunk_by(|one, next| one.section == next.section).map(|changes| (&changes[0].section, changes))
    }

    /// The items within a pair, or those that stand in no other, with those that are gone where they stood.
    pub fn merged(&self, old: Option<Place>, new: Option<Place>) -> Vec<Merged> {
        merged::merged(&self.old, &self.new, &self.pairs, old, new)
    }

    /// The partner in the old edition of an item of the new one.
    pub fn partner(&self, new: Place) -> Option<Place> {
        self.pairs.of_new[new]
    }

    /// The numbers of the changes of an item of the new edition by itself: that it came, moved or was renamed.
    pub fn of_item(&self, new: Place) -> &[usize] {
        self.marks.new.get(&new).map_or(&[], Vec::as_slice)
    }

    /// The number of the change by which an item of the old edition is gone.
    pub fn of_gone(&self, old: Place) -> Option<usize> {
        self.marks.old.get(&old).copied()
    }

    /// What has become of a text of an item that is in both editions; none where it says the same.
    pub fn of_text(&self, new: Place, key: &Key) -> Option<&TextChange> {
        self.marks.texts.get(&(new, key.clone()))
    }

    /// The number of the change of a figure.
    pub fn of_figure(&self, address: &str) -> Option<usize> {
        self.marks.figures.get(address).copied()
    }

    /// A change by its number.
    pub fn change(&self, number: usize) -> Option<&Change> {
        self.changes.get(number.checked_sub(1)?)
    }
}
