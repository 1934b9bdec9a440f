//! Goes through both editions in the order of print and drafts what has changed.

use std::collections::{HashMap, HashSet};

use super::address::{Readdressed, renamed_columns};
use super::change::{Area, Change, ChangeKind, Coming};
use super::difference::difference;
use super::draft::{Draft, Drafts};
use super::edition::{Edition, Place, addresses_of, words_of};
use super::figures::{Changed, changed_figures, printed_otherwise};
use super::merged::{Merged, merged};
use super::moved::moved;
use super::names::{FigureNames, beginning, extent, name_key, name_of, name_of_text, titled};
use super::pairs::Pairs;
use super::why::Reasons;
use super::words::{self, Fate, Reader, SentenceFate, count, text};
use super::{Marks, Same, TextChange};
use crate::transcript::{Figure, Item, ItemKind, Key, Origin, Text};

/// Texts of no more words stand for themselves: a rating, an owner, a unit.
const WORDS_OF_A_LABEL: usize = 6;

/// What was found.
pub struct Walked {
    pub changes: Vec<Change>,
    pub marks: Marks,
    pub same: Same,
}

/// Goes through both editions.
pub fn walk(old: &Edition, new: &Edition, pairs: &Pairs) -> Walked {
    let addresses = Readdressed::of(old, new, pairs);
    let changed = changed_figures(old, new, &addresses);
    let mut walker = Walker {
        old,
        new,
        pairs,
        names: [FigureNames::of(old), FigureNames::of(new)],
        columns: renamed_columns(old, new, pairs),
        moved: moved(old, new, pairs),
        addresses: &addresses,
        changed: &changed,
        drafts: Drafts::default(),
        area: Area::Head,
        file: None,
        came: HashMap::new(),
        went: HashMap::new(),
        same: Same::default(),
    };
    walker.edition();
    let Walker { drafts, came, went, same, .. } = walker;
    let told = drafts.marks.figures.clone();
    let reasons = Reasons { old, new, addresses: &addresses, changed: &told, came: &came, went: &went };
    let (changes, marks) = drafts.numbered(|drafts, place, number| reasons.why(drafts, place, number));
    Walked { changes, marks, same }
}

struct Walker<'a, 't> {
    old: &'a Edition<'t>,
    new: &'a Edition<'t>,
    pairs: &'a Pairs,
    /// Of the old edition and of the new one.
    names: [FigureNames<'t>; 2],
    /// Columns that have another id now: their file in the old edition, both ids.
    columns: Vec<(Place, &'t str, &'t str)>,
    moved: HashMap<Place, String>,
    addresses: &'a Readdressed,
    changed: &'a Changed<'t>,
    drafts: Drafts,
    area: Area,
    /// The file that is being read.
    file: Option<String>,
    /// Drafts of what figures came and went with, by their addresses.
    came: HashMap<String, usize>,
    went: HashMap<String, usize>,
    same: Same,
}

impl<'a, 't> Walker<'a, 't> {
    fn edition(&mut self) {
        for one in merged(self.old, self.new, self.pairs, None, None) {
            let kind = match one {
                Merged::Both { new, .. } | Merged::Added(new) => self.new.item(new).kind,
                Merged::Removed(old) => self.old.item(old).kind,
            };
            match kind {
                ItemKind::File | ItemKind::Organisation => continue,
                ItemKind::Section => self.area = self.section_area(one),
                _ => self.area = Area::Head,
            }
            self.merged(one);
            self.figures_of_area();
        }
        self.area = Area::Behind;
        self.behind();
        self.area = Area::Organisation;
        for one in merged(self.old, self.new, self.pairs, None, None) {
            if matches!(one, Merged::Both { new, .. } if self.new.item(new).kind == ItemKind::Organisation) {
                self.merged(one);
            }
        }
        let told = &self.drafts.marks.figures;
        let printed = self.new.transcript.figures.iter().filter(|figure| figure.printed.is_some());
        let is_same = |figure: &&Figure| {
            !told.contains_key(&figure.address) && self.old.figure(&self.addresses.before(&figure.address)).is_some()
        };
        self.same.figures = printed.filter(is_same).count();
    }

    fn section_area(&self, one: Merged) -> Area {
        let item = match one {
            Merged::Both { new, .. } | Merged::Added(new) => self.new.item(new),
            Merged::Removed(old) => self.old.item(old),
        };
        Area::Section { id: item.id.clone(), title: name_of(item) }
    }

    fn merged(&mut self, one: Merged) {
        match one {
            Merged::Both { old, new } => self.both(old, new),
            Merged::Added(new) => self.added(new),
            Merged::Removed(old) => self.removed(old),
        }
    }

    fn both(&mut self, old: Place, new: Place) {
        let before = self.drafts.list.len();
        self.moved(new);
        self.texts(old, new);
        let is_as_it_was = self.drafts.list.len() == before;
        match self.new.item(new).kind {
            ItemKind::Row => self.same.rows += usize::from(is_as_it_was),
            ItemKind::Indicator => self.same.indicators += usize::from(is_as_it_was),
            ItemKind::Deliverable => self.same.deliverables += usize::from(is_as_it_was),
            ItemKind::Part => self.same.parts += usize::from(is_as_it_was),
            _ => {}
        }
        for one in merged(self.old, self.new, self.pairs, Some(old), Some(new)) {
            self.merged(one);
        }
        self.shown_first(new);
    }

    /// Reads the file of the part that shows it first.
    fn shown_first(&mut self, part: Place) {
        let Some(stem) = self.new.shown_file(part).filter(|stem| self.new.part_of_file(stem) == Some(part)) else {
            return;
        };
        let root = self.new.roots.iter().copied().find(|root| {
            let item = self.new.item(*root);
            item.kind == ItemKind::File && item.id == stem
        });
        if let Some((old, new)) = root.and_then(|new| Some((self.pairs.of_new[new]?, new))) {
            self.file = Some(stem.to_owned());
            self.both(old, new);
            self.file = None;
        }
    }

    fn draft(&self, kind: ChangeKind, what: String) -> Draft {
        Draft {
            area: self.area.clone(),
            kind,
            what,
            was: String::new(),
            is: String::new(),
            difference: String::new(),
            address: None,
            sentence: None,
            file: self.file.clone(),
        }
    }

    fn moved(&mut self, new: Place) {
        let Some(how) = self.moved.get(&new).cloned() else { return };
        let item = self.new.item(new);
        let draft = self.draft(ChangeKind::Item(item.kind, Coming::Moved), titled(item));
        let draft = Draft { is: Coming::Moved.word().to_owned(), difference: how, ..draft };
        let place = self.drafts.add(draft);
        self.drafts.marks.new.entry(new).or_default().push(place);
    }

    /// An item that came: one change, whatever is in it, but for what was elsewhere before.
    fn added(&mut self, new: Place) {
        let item = self.new.item(new);
        let draft = self.draft(ChangeKind::Item(item.kind, Coming::Added), titled(item));
        let draft = Draft { is: Coming::Added.word().to_owned(), difference: extent(item), ..draft };
        let place = self.drafts.add(draft);
        self.with_added(new, place);
    }

    fn with_added(&mut self, new: Place, draft: usize) {
        self.drafts.marks.new.entry(new).or_default().push(draft);
        for text in &self.new.item(new).texts {
            for address in addresses_of(text) {
                self.figure(address);
                if self.old.figure(&self.addresses.before(address)).is_none() {
                    self.came.entry(address.to_owned()).or_insert(draft);
                }
            }
        }
        for one in self.new.within(Some(new)).to_vec() {
            match self.pairs.of_new[one] {
                Some(old) => self.both(old, one),
                None => self.with_added(one, draft),
            }
        }
        if let Some(stem) = self.new.shown_file(new).filter(|stem| self.new.part_of_file(stem) == Some(new)) {
            let is_it = |root: &Place| self.new.item(*root).kind == ItemKind::File && self.new.item(*root).id == stem;
            match self.new.roots.iter().copied().find(is_it) {
                Some(file) if self.pairs.of_new[file].is_none() => self.with_added(file, draft),
                _ => self.shown_first(new),
            }
        }
    }

    fn removed(&mut self, old: Place) {
        let item = self.old.item(old);
        let draft = self.draft(ChangeKind::Item(item.kind, Coming::Removed), titled(item));
        let draft = Draft { is: Coming::Removed.word().to_owned(), difference: extent(item), ..draft };
        let place = self.drafts.add(draft);
        self.with_removed(old, place);
    }

    fn with_removed(&mut self, old: Place, draft: usize) {
        self.drafts.marks.old.insert(old, draft);
        for address in self.old.item(old).texts.iter().flat_map(addresses_of) {
            if self.new.figure(&self.addresses.now(address)).is_none() {
                self.went.entry(address.to_owned()).or_insert(draft);
            }
        }
        for one in self.old.within(Some(old)).to_vec() {
            if self.pairs.of_old[one].is_none() {
                self.with_removed(one, draft);
            }
        }
        if let Some(stem) = self.old.shown_file(old) {
            let is_it = |root: &Place| self.old.item(*root).kind == ItemKind::File && self.old.item(*root).id == stem;
            if let Some(file) =
                self.old.roots.iter().copied().find(is_it).filter(|file| self.pairs.of_old[*file].is_none())
            {
                self.with_removed(file, draft);
            }
        }
    }

    /// The texts of an item that is in both.
    fn texts(&mut self, old: Place, new: Place) {
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
        let way = |item: &Item| item.id.split(' ').next().unwrap_or_default().replace('-', " ");
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
        let reader = Reader { changed_old: &changed_old, changed_new: &changed_new };
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
        let words = |count: usize| format!("{count} {}", if count == 1 { "word" } else { "words" });
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
                    (0, 0) => "marks alone".to_owned(),
                    (added, 0) => format!("{} added", words(added)),
                    (0, removed) => format!("{} removed", words(removed)),
                    (added, removed) => format!("{} added, {removed} removed", words(added)),
                };
                (Coming::Changed, now.collect::<String>().trim().to_owned(), difference)
            }
        };
        let what = format!("Sentence “{}”", beginning(&what));
        let draft = self.draft(ChangeKind::Sentence(coming), what);
        let draft = Draft { is: coming.word().to_owned(), difference, sentence: Some(fate.clone()), ..draft };
        Some(self.drafts.add(draft))
    }

    /// A text that stands for itself. The name of an item is what it is known by.
    fn word(&mut self, new: Place, key: Key, was: &str, is: &str) {
        let item = self.new.item(new);
        let is_name = matches!(&key, Key::Named(name) if Some(name.as_str()) == name_key(item.kind));
        let (kind, what) = match &key {
            _ if is_name => (ChangeKind::Item(item.kind, Coming::Renamed), titled(item)),
            Key::Named(name) if name == "rating" || name == "status" => {
                (ChangeKind::Rating, name_of_text(self.new, new, &key))
            }
            _ => (ChangeKind::Word, name_of_text(self.new, new, &key)),
        };
        let draft = Draft { was: was.to_owned(), is: is.to_owned(), ..self.draft(kind, what) };
        let place = self.drafts.add(draft);
        if is_name {
            self.drafts.marks.new.entry(new).or_default().push(place);
        }
        let word = Some((place, was.to_owned(), is.to_owned()));
        self.drafts.marks.texts.insert((new, key), TextChange { sentences: Vec::new(), word });
    }

    /// Drafts the change of a figure where it is met first.
    fn figure(&mut self, address: &str) {
        let Some((&address, (before, now))) = self.changed.get_key_value(address) else { return };
        if self.drafts.marks.figures.contains_key(address) {
            return;
        }
        let (was, is) = printed_otherwise(before, now);
        let what = self.names[1].name(self.new, address);
        let difference = difference(before, now, &was, &is);
        let draft = self.draft(ChangeKind::Figure(Coming::Changed), what);
        let draft = Draft { was, is, difference, address: Some(address.to_owned()), ..draft };
        let place = self.drafts.add(draft);
        self.drafts.marks.figures.insert(address.to_owned(), place);
    }

    /// The figures of a section that no text holds: those that are counted and drawn.
    fn figures_of_area(&mut self) {
        let section = match &self.area {
            Area::Head => "",
            Area::Section { id, .. } => id.as_str(),
            Area::Behind | Area::Organisation => return,
        };
        let printed_here = |figure: &&Figure| figure.printed.as_ref().is_some_and(|printed| printed.section == section);
        let new = self.new;
        let here: Vec<&str> =
            new.transcript.figures.iter().filter(printed_here).map(|figure| figure.address.as_str()).collect();
        here.into_iter().for_each(|address| self.figure(address));
    }

    /// Figures that stand behind others: those that changed, came and went.
    fn behind(&mut self) {
        let new = self.new;
        new.transcript.figures.iter().for_each(|figure| self.figure(&figure.address));
        let held = |edition: &Edition<'t>| -> HashSet<&'t str> {
            edition.entries.iter().flat_map(|entry| entry.item.texts.iter().flat_map(addresses_of)).collect()
        };
        let (held_old, held_new) = (held(self.old), held(self.new));
        let is_alone = |figure: &Figure, held: &HashSet<&str>| {
            matches!(figure.origin, Origin::Typed(_)) && !held.contains(figure.address.as_str())
        };
        for figure in new.transcript.figures.iter().filter(|figure| is_alone(figure, &held_new)) {
            if self.old.figure(&self.addresses.before(&figure.address)).is_none() {
                self.lone(figure, Coming::Added);
            }
        }
        let old = self.old;
        for figure in old.transcript.figures.iter().filter(|figure| is_alone(figure, &held_old)) {
            if self.new.figure(&self.addresses.now(&figure.address)).is_none() {
                self.lone(figure, Coming::Removed);
            }
        }
    }

    fn lone(&mut self, figure: &Figure, coming: Coming) {
        let is_added = coming == Coming::Added;
        let edition = if is_added { self.new } else { self.old };
        let what = self.names[usize::from(is_added)].name(edition, &figure.address);
        let draft = self.draft(ChangeKind::Figure(coming), what);
        let draft = Draft {
            was: if is_added { String::new() } else { figure.shown.clone() },
            is: if is_added { figure.shown.clone() } else { coming.word().to_owned() },
            address: Some(figure.address.clone()),
            ..draft
        };
        let place = self.drafts.add(draft);
        let (came, went) = (&mut self.came, &mut self.went);
        if is_added { came } else { went }.insert(figure.address.clone(), place);
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
    before.into_iter().chain(now).all(|text| text.sentences.len() <= 1 && (is_name(text) || is_short(text)))
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
