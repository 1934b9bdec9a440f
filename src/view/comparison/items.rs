//! What is known of an item of either edition while it is shown.

use super::blocks::LineView;
use super::passage::{Passage, of_change, of_text, of_whole};
use crate::compare::{Change, ChangeKind, Coming, Comparison, Edition, Merged, Place, called, name_in_item, name_of};
use crate::transcript::{Item, Key, Text};

/// Shows the items of a comparison.
pub struct Writer<'a, 't> {
    pub comparison: &'a Comparison<'t>,
}

/// An item, and the change that it came or went with.
#[derive(Clone, Copy)]
pub struct About {
    pub one: Merged,
    pub number: Option<usize>,
}

impl<'t> Writer<'_, 't> {
    pub fn item(&self, one: Merged) -> &'t Item {
        let (edition, place) = self.shown_in(one);
        edition.item(place)
    }

    /// The edition in which an item is shown, and its place there.
    pub fn shown_in(&self, one: Merged) -> (&Edition<'t>, Place) {
        match one {
            Merged::Both { new, .. } | Merged::Added(new) => (&self.comparison.new, new),
            Merged::Removed(old) => (&self.comparison.old, old),
        }
    }

    pub fn about(&self, one: Merged) -> About {
        let number = match one {
            Merged::Both { .. } => None,
            Merged::Added(new) => self.comparison.of_item(new).first().copied(),
            Merged::Removed(old) => self.comparison.of_gone(old),
        };
        About { one, number }
    }

    /// The items within one. What was elsewhere before or is now stays where it is now.
    pub fn within(&self, one: Merged) -> Vec<Merged> {
        match one {
            Merged::Both { old, new } => self.comparison.merged(Some(old), Some(new)),
            Merged::Added(new) => {
                let partner = |new| match self.comparison.partner(new) {
                    Some(old) => Merged::Both { old, new },
                    None => Merged::Added(new),
                };
                self.comparison.new.within(Some(new)).iter().copied().map(partner).collect()
            }
            Merged::Removed(old) => {
                let within = self.comparison.old.within(Some(old)).iter().copied();
                within.filter(|one| self.comparison.of_gone(*one).is_some()).map(Merged::Removed).collect()
            }
        }
    }

    /// What became of an item, in words: "row added", "moved up by 2"; nothing where it stayed.
    pub fn fate(&self, one: Merged) -> String {
        let wording = self.comparison.wording;
        let called = || called(self.item(one).kind, 1, wording);
        match one {
            Merged::Added(_) => Coming::Added.of(&called(), wording),
            Merged::Removed(_) => Coming::Removed.of(&called(), wording),
            Merged::Both { .. } => {
                let change = self.moved(one).and_then(|number| self.comparison.change(number));
                let how = |change: &Change| wording.say("changes.moved-how", &[("how", &change.difference)]);
                change.map_or_else(String::new, how)
            }
        }
    }

    /// The number of the change by which an item moved.
    pub fn moved(&self, one: Merged) -> Option<usize> {
        let Merged::Both { new, .. } = one else { return None };
        let is_moved = |number: &&usize| {
            let change = self.comparison.change(**number);
            change.is_some_and(|change| matches!(change.kind, ChangeKind::Item(_, Coming::Moved)))
        };
        self.comparison.of_item(new).iter().find(is_moved).copied()
    }

    /// A text of an item with its changes.
    pub fn passage(&self, About { one, number }: About, text: &Text) -> Passage {
        match one {
            Merged::Both { new, .. } => of_text(self.comparison, new, text),
            Merged::Added(_) => of_whole(self.comparison.wording, text, "added", number),
            Merged::Removed(_) => of_whole(self.comparison.wording, text, "removed", number),
        }
    }

    /// The text by which an item is known, or how it begins, behind the number of its move.
    pub fn name(&self, about: About, key: &str) -> Passage {
        let item = self.item(about.one);
        let name = match item.named(key) {
            Some(text) => self.passage(about, text),
            None => Passage::plain(&name_of(item, self.comparison.wording)),
        };
        self.marked(about.one, name)
    }

    /// A passage behind the number by which its item moved.
    pub fn marked(&self, one: Merged, passage: Passage) -> Passage {
        match self.moved(one) {
            Some(number) => passage.behind(number),
            None => passage,
        }
    }

    /// The texts of an item in which something changed, or all of one that came or went.
    pub fn lines(&self, about: About, is_elsewhere: impl Fn(&str) -> bool) -> Vec<LineView> {
        let line = |text: &Text| {
            let (Key::Named(name) | Key::Cell(name)) = &text.key;
            let words = self.passage(about, text);
            (!is_elsewhere(name) && words.is_changed()).then(|| self.line(self.shown_in(about.one), &text.key, words))
        };
        let mut lines: Vec<LineView> = self.item(about.one).texts.iter().filter_map(line).collect();
        lines.extend(self.gone_texts(about.one, is_elsewhere));
        lines
    }

    /// Texts that an item had and has no more, and what of it is no text.
    fn gone_texts(&self, one: Merged, is_elsewhere: impl Fn(&str) -> bool) -> Vec<LineView> {
        let Merged::Both { old, new } = one else { return Vec::new() };
        let (before, now) = (self.comparison.old.item(old), self.comparison.new.item(new));
        let no_texts = ["shown", "picture"].map(|name| Key::Named(name.to_owned()));
        let keys = before.texts.iter().map(|text| &text.key).chain(&no_texts);
        let gone = keys.filter(|key| now.texts.iter().all(|text| text.key != **key));
        let line = |key: &Key| {
            let (Key::Named(name) | Key::Cell(name)) = key;
            let change = self.comparison.of_text(new, key).filter(|_| !is_elsewhere(name))?;
            Some(self.line((&self.comparison.old, old), key, of_change(self.comparison, change)))
        };
        gone.filter_map(line).collect()
    }

    /// A text of an item with its name: "alternative text", "Q1 number".
    fn line(&self, (edition, place): (&Edition<'t>, Place), key: &Key, words: Passage) -> LineView {
        LineView { key: key.clone(), name: name_in_item(edition, place, key, self.comparison.wording), words }
    }
}
