//! The texts of an item that is in both editions: what became of their words.

use super::TextChange;
use super::change::{ChangeKind, Coming};
use super::draft::Draft;
use super::edition::{Place, addresses_of, words_of};
use super::names::{beginning, counted_words, name_key, name_of_text, named, titled};
use super::walk::Walker;
use super::words::{self, Fate, Reader, SentenceFate, count, text};
use crate::transcript::{Item, ItemKind, Key, Piece, Text};

/// Texts of no more words stand for themselves: a rating, an owner, a unit.
const WORDS_OF_A_LABEL: usize = 6;

impl<'t> Walker<'_, 't> {
    /// The texts of an item that is in both.
    pub(super) fn texts(&mut self, old: Place, new: Place) {
        let (before, now) = (self.old.item(old), self.new.item(new));
        if now.kind == ItemKind::Part {
            self.way_of_showing(before, now, new);
        }
        if now.kind == ItemKind::Picture && before.id != now.id {
            self.word(new, Key::Named("picture".to_owned()), &before.id, &now.id);
        }
        for text in &now.texts {
            addresses_of(text).for_each(|address| self.figure(address));
            let key = self.key_before(old, &text.key);
            let was = before.texts.iter().find(|text| text.key == key);
            if was.is_none() && self.came_with_column(new, &text.key) {
                continue;
            }
            self.text(new, &text.key, was, Some(text));
        }
        for text in &before.texts {
            let key = self.key_now(old, &text.key);
            let is_there = now.texts.iter().any(|text| text.key == key);
            if !is_there && !self.went_with_column(old, &text.key) {
                self.text(new, &key, Some(text), None);
            }
        }
    }

    /// A cell has the key of its column, which may have another id.
    fn key_before(&self, old: Place, key: &Key) -> Key {
        let file = self.old.entries[old].root;
        let renamed = |column: &str| self.columns.iter().find(|(of, _, now)| *of == file && *now == column);
        match key {
            Key::Cell(column) => {
                Key::Cell(renamed(column).map_or(column.clone(), |(_, before, _)| (*before).to_owned()))
            }
            Key::Named(_) => key.clone(),
        }
    }

    fn key_now(&self, old: Place, key: &Key) -> Key {
        let file = self.old.entries[old].root;
        let renamed = |column: &str| self.columns.iter().find(|(of, before, _)| *of == file && *before == column);
        match key {
            Key::Cell(column) => Key::Cell(renamed(column).map_or(column.clone(), |(.., now)| (*now).to_owned())),
            Key::Named(_) => key.clone(),
        }
    }

    fn came_with_column(&self, new: Place, key: &Key) -> bool {
        let root = self.new.entries[new].root;
        let columns = self.new.within(Some(root)).iter().filter(|one| self.pairs.of_new[**one].is_none());
        let mut columns = columns.map(|one| self.new.item(*one));
        columns.any(|item| is_under(item, key))
    }

    fn went_with_column(&self, old: Place, key: &Key) -> bool {
        let root = self.old.entries[old].root;
        let columns = self.old.within(Some(root)).iter().filter(|one| self.pairs.of_old[**one].is_none());
        let mut columns = columns.map(|one| self.old.item(*one));
        columns.any(|item| is_under(item, key))
    }

    /// A file that is shown in another way than before.
    fn way_of_showing(&mut self, before: &Item, now: &Item, new: Place) {
        let wording = self.wording;
        let way = |item: &Item| named("parts", item.id.split(' ').next().unwrap_or_default(), wording);
        let (was, is) = (way(before), way(now));
        if was != is {
            let key = Key::Named("shown".to_owned());
            self.word(new, key, &was, &is);
        }
    }

    fn text(&mut self, new: Place, key: &Key, before: Option<&'t Text>, now: Option<&'t Text>) {
        let (was, is) = (sentences_of(before), sentences_of(now));
        let is_label = is_label(self.new.item(new).kind, before, now);
        let (changed, addresses) = (self.changed, self.addresses);
        let changed_new = |address: &str| changed.get_key_value(address).map(|(address, _)| *address);
        let changed_old = |address: &str| changed_new(&addresses.now(address));
        let reader = Reader { changed_old: &changed_old, changed_new: &changed_new, wording: self.wording };
        if before.is_some() && now.is_some() && reader.says_the_same(was, is) {
            self.same.sentences += usize::from(!is_label) * is.len();
            if was != is {
                let sentences = reader.sentences(was, is).into_iter().map(|fate| (None, fate)).collect();
                self.drafts.marks.texts.insert((new, key.clone()), TextChange { sentences, word: None });
            }
            return;
        }
        if is_label {
            let plain = |text: Option<&Text>| text.map(Text::plain).unwrap_or_default();
            let (was, is) = (plain(before), plain(now));
            return self.word(new, key.clone(), &was, &is);
        }
        let fates = reader.sentences(was, is);
        let sentences = fates.into_iter().map(|fate| (self.sentence(&fate), fate)).collect();
        self.drafts.marks.texts.insert((new, key.clone()), TextChange { sentences, word: None });
    }

    /// The draft of what became of a sentence; none where it stayed.
    fn sentence(&mut self, fate: &SentenceFate) -> Option<usize> {
        let wording = self.wording;
        let words = |count: usize| counted_words(count, wording);
        let (coming, what, difference) = match fate {
            SentenceFate::Kept(_) => {
                self.same.sentences += 1;
                return None;
            }
            SentenceFate::Added(pieces) => (Coming::Added, text(pieces), words(count(pieces))),
            SentenceFate::Removed(pieces) => (Coming::Removed, text(pieces), words(count(pieces))),
            SentenceFate::Changed(stretches) => {
                let of =
                    |fate: Fate| stretches.iter().filter(|one| one.fate == fate).map(|one| count(&one.pieces)).sum();
                let (added, removed): (usize, usize) = (of(Fate::Added), of(Fate::Removed));
                let now = stretches
                    .iter()
                    .filter(|one| one.fate != Fate::Removed)
                    .map(|one| words::text_as_it_stands(&one.pieces));
                let difference = match (added, removed) {
                    (0, 0) => wording.say("changes.marks-alone", &[]),
                    (added, 0) => Coming::Added.of(&words(added), wording),
                    (0, removed) => Coming::Removed.of(&words(removed), wording),
                    (added, removed) => wording.say(
                        "changes.words-added-and-removed",
                        &[("words", &words(added)), ("removed", &wording.number(removed.into()))],
                    ),
                };
                (Coming::Changed, now.collect::<String>().trim().to_owned(), difference)
            }
        };
        let what = wording.say("changes.sentence", &[("words", &beginning(&what))]);
        let draft = self.draft(ChangeKind::Sentence(coming), what);
        let draft = Draft { is: wording.say(coming.key(), &[]), difference, sentence: Some(fate.clone()), ..draft };
        Some(self.drafts.add(draft))
    }

    /// A text that stands for itself. The name of an item is what it is known by.
    fn word(&mut self, new: Place, key: Key, was: &str, is: &str) {
        let item = self.new.item(new);
        let is_name = matches!(&key, Key::Named(name) if Some(name.as_str()) == name_key(item.kind));
        let (kind, what) = match &key {
            _ if is_name => (ChangeKind::Item(item.kind, Coming::Renamed), titled(item, self.wording)),
            Key::Named(name) if name == "rating" || name == "status" => {
                (ChangeKind::Rating, name_of_text(self.new, new, &key, self.wording))
            }
            _ => (ChangeKind::Word, name_of_text(self.new, new, &key, self.wording)),
        };
        let draft = Draft { was: was.to_owned(), is: is.to_owned(), ..self.draft(kind, what) };
        let place = self.drafts.add(draft);
        if is_name {
            self.drafts.marks.new.entry(new).or_default().push(place);
        }
        let word = Some((place, was.to_owned(), is.to_owned()));
        self.drafts.marks.texts.insert((new, key), TextChange { sentences: Vec::new(), word });
    }
}

fn sentences_of(text: Option<&Text>) -> &[crate::transcript::Sentence] {
    text.map_or(&[], |text| &text.sentences)
}

/// Whether what stands there stands for itself, before and now: a name, or few words.
fn is_label(kind: ItemKind, before: Option<&Text>, now: Option<&Text>) -> bool {
    let is_of = |text: &Text, key: &str| matches!(&text.key, Key::Named(name) if name == key);
    let is_name = |text: &Text| name_key(kind).is_some_and(|key| is_of(text, key));
    let is_sentence = |text: &Text| is_of(text, "words") || text.plain().ends_with(['.', '?', '!']);
    let is_short = |text: &Text| words_of(text).count() <= WORDS_OF_A_LABEL && !is_sentence(text);
    // Most cells are one figure, whose words need not be counted.
    let is_figure = |text: &Text| match &text.sentences[..] {
        [only] => matches!(only.pieces(), [Piece::Figure { .. }]),
        _ => false,
    };
    let is_alone = |text: &Text| text.sentences.len() <= 1 && (is_name(text) || is_short(text));
    before.into_iter().chain(now).all(|text| is_figure(text) || is_alone(text))
}

/// Whether a cell stands under that column, or in that period.
fn is_under(column: &Item, key: &Key) -> bool {
    let Key::Cell(cell) = key else { return false };
    match column.kind {
        ItemKind::Column => *cell == column.id,
        ItemKind::Period => cell.split_once('.').is_some_and(|(period, _)| period == column.id),
        _ => false,
    }
}
