//! Sections with their changes in place: what changed in full, what did not shortened to a line.

use super::blocks::{Block, EntryView};
use super::items::Writer;
use super::passage::Passage;
use super::{ChangedSection, counted, id_of, title_of};
use crate::compare::{Area, Comparison, Merged, called, name_of};
use crate::letters::capital;
use crate::transcript::{ItemKind, Key, Text};
use crate::wording::Wording;

/// The texts by which an item may be known, the likeliest first.
const NAMES: [&str; 8] = ["name", "title", "label", "term", "key-phrase", "heading", "words", "caption"];

/// The sections in which something changed. What stands behind the report no reader sees: the list has it.
pub fn sections(comparison: &Comparison) -> Vec<ChangedSection> {
    let writer = Writer { comparison };
    let all = comparison.merged(None, None);
    let section = |area: &Area| {
        let is_it = |one: &&Merged| {
            let item = writer.item(**one);
            match area {
                Area::Head => item.kind == ItemKind::Report,
                Area::Section { id, .. } => item.kind == ItemKind::Section && item.id == *id,
                Area::Organisation => item.kind == ItemKind::Organisation,
                Area::Behind => false,
            }
        };
        // What is there now goes before what had the same name.
        let one = all.iter().filter(is_it).min_by_key(|one| matches!(one, Merged::Removed(_)))?;
        Some(ChangedSection { id: id_of(area), title: writer.title(*one), blocks: writer.section(*one) })
    };
    comparison.areas().filter_map(|(area, _)| section(area)).collect()
}

impl Writer<'_, '_> {
    fn title(&self, one: Merged) -> Passage {
        match self.item(one).kind {
            ItemKind::Section => self.name(self.about(one), "title"),
            ItemKind::Organisation => Passage::plain(&title_of(&Area::Organisation, self.comparison.wording)),
            _ => Passage::plain(&title_of(&Area::Head, self.comparison.wording)),
        }
    }

    fn section(&self, one: Merged) -> Vec<Block> {
        let is = self.fate(one);
        let mut blocks = Vec::new();
        if !is.is_empty() {
            blocks.push(Block::Title { words: Passage::default(), is });
        }
        let is_section = self.item(one).kind == ItemKind::Section;
        let lines = self.lines(self.about(one), |key| is_section && key == "title");
        blocks.extend(lines.into_iter().map(|line| match &line.key {
            Key::Named(field) if field == "standfirst" => Block::text(line.words, String::new()),
            _ => Block::from(line),
        }));
        blocks.extend(self.blocks(self.within(one)));
        blocks
    }

    /// Items one after the other; those in which nothing changed are counted.
    pub fn blocks(&self, items: Vec<Merged>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut same: Vec<(ItemKind, usize)> = Vec::new();
        for one in items {
            let inner = self.block(one);
            let kind = self.item(one).kind;
            if !inner.is_empty() {
                blocks.extend(as_before(&mut same, self.comparison.wording));
                blocks.extend(inner);
            } else if is_frame(kind) {
                continue;
            } else if let Some((_, count)) = same.iter_mut().find(|(other, _)| *other == kind) {
                *count += 1;
            } else {
                same.push((kind, 1));
            }
        }
        if !blocks.is_empty() {
            blocks.extend(as_before(&mut same, self.comparison.wording));
        }
        blocks
    }

    /// An item with its changes; nothing where it has none.
    fn block(&self, one: Merged) -> Vec<Block> {
        match self.item(one).kind {
            ItemKind::Part => self.part(one),
            ItemKind::Paragraph | ItemKind::Heading | ItemKind::Note | ItemKind::Outcome | ItemKind::Point => {
                self.paragraph(one)
            }
            ItemKind::List | ItemKind::Quote => self.blocks(self.within(one)),
            ItemKind::ListItem => self.list_item(one),
            _ => self.entry(one),
        }
    }

    fn paragraph(&self, one: Merged) -> Vec<Block> {
        let (about, item) = (self.about(one), self.item(one));
        let is_words = |key: &Key| matches!(key, Key::Named(name) if name == "words");
        let text = item.texts.iter().find(|text| is_words(&text.key));
        let words = self.marked(one, text.map(|text| self.passage(about, text)).unwrap_or_default());
        let (inner, is) = (self.blocks(self.within(one)), self.fate(one));
        if !words.is_changed() && is.is_empty() && inner.is_empty() {
            return Vec::new();
        }
        let is_heading = item.kind == ItemKind::Heading;
        [Block::Paragraph { words, is_heading, is_item: false, is }].into_iter().chain(inner).collect()
    }

    fn list_item(&self, one: Merged) -> Vec<Block> {
        let is = self.fate(one);
        let as_item = |block| match block {
            Block::Paragraph { words, is_heading, is, .. } => Block::Paragraph { words, is_heading, is_item: true, is },
            other => other,
        };
        let mut blocks: Vec<Block> = self.blocks(self.within(one)).into_iter().map(as_item).collect();
        match blocks.first_mut() {
            _ if is.is_empty() => {}
            Some(Block::Paragraph { words, is: own, .. }) => {
                *words = self.marked(one, std::mem::take(words));
                *own = is;
            }
            _ => {
                let words = self.marked(one, Passage::plain(&name_of(self.item(one), self.comparison.wording)));
                blocks.insert(0, Block::Paragraph { words, is_heading: false, is_item: true, is });
            }
        }
        blocks
    }

    /// A part: its own words, and the file that it shows first.
    fn part(&self, one: Merged) -> Vec<Block> {
        let (about, item, is) = (self.about(one), self.item(one), self.fate(one));
        let mut blocks: Vec<Block> = Vec::new();
        blocks.extend(self.lines(about, |_| false).into_iter().map(|line| match &line.key {
            Key::Named(field) if field == "words" => Block::text(line.words, String::new()),
            _ => Block::from(line),
        }));
        blocks.extend(self.blocks(self.within(one)));
        blocks.extend(self.file(one));
        // What a running text or a table is, it says itself.
        let says_itself = item.id.starts_with("prose") || matches!(blocks.first(), Some(Block::Table(_)));
        if !is.is_empty() || !blocks.is_empty() && !says_itself {
            let mut words = Passage::default();
            words.push("kept", &self.part_name(one), self.moved(one).or(about.number));
            blocks.insert(0, Block::Title { words, is });
        }
        blocks
    }

    /// What a part is called: by the caption of the file that it shows, or by its kind.
    fn part_name(&self, one: Merged) -> String {
        let (edition, place) = self.shown_in(one);
        let file = edition.shown_file(place).and_then(|stem| edition.transcript.file(stem));
        let caption = file.and_then(|file| file.named("caption")).map(Text::plain);
        caption.unwrap_or_else(|| capital(&name_of(self.item(one), self.comparison.wording)))
    }

    /// The file that a part shows first.
    fn file(&self, part: Merged) -> Vec<Block> {
        let (edition, place) = self.shown_in(part);
        let is_gone = |one: &Merged| matches!(one, Merged::Removed(_));
        let is_it = |one: &Merged, stem: &str| {
            let item = self.item(*one);
            item.kind == ItemKind::File && item.id == stem && is_gone(one) == is_gone(&part)
        };
        let stem = edition.shown_file(place).filter(|stem| edition.part_of_file(stem) == Some(place));
        let all = self.comparison.merged(None, None);
        let Some(file) = stem.and_then(|stem| all.into_iter().find(|one| is_it(one, stem))) else { return Vec::new() };
        let is_table = self.item(file).of_kind(ItemKind::Row).next().is_some();
        let lines = self.lines(self.about(file), |key| is_table && matches!(key, "caption" | "heading-of-rows"));
        let mut blocks: Vec<Block> = lines.into_iter().map(Block::from).collect();
        if is_table {
            blocks.extend(self.table(file).map(Block::Table));
        }
        let is_in_table = |kind| matches!(kind, ItemKind::Row | ItemKind::Column);
        let others = self.within(file).into_iter().filter(|one| !is_in_table(self.item(*one).kind));
        blocks.extend(self.blocks(others.collect()));
        blocks
    }

    fn entry(&self, one: Merged) -> Vec<Block> {
        let (about, item, is) = (self.about(one), self.item(one), self.fate(one));
        let key = NAMES.into_iter().find(|key| item.named(key).is_some());
        let lines = self.lines(about, |name| Some(name) == key);
        let inner = self.blocks(self.within(one));
        let name = self.name(about, key.unwrap_or_default());
        if lines.is_empty() && inner.is_empty() && is.is_empty() && !name.is_changed() {
            return Vec::new();
        }
        let entry = EntryView { called: capital(&called(item.kind, 1, self.comparison.wording)), name, is, lines };
        [Block::Entry(entry)].into_iter().chain(inner).collect()
    }
}

/// Whether an item only helps to read others, so that nobody misses it where it did not change.
fn is_frame(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Period
            | ItemKind::Rating
            | ItemKind::Area
            | ItemKind::Status
            | ItemKind::ColumnGroup
            | ItemKind::Watched
            | ItemKind::Address
            | ItemKind::Directorate
    )
}

/// What did not change, in a line.
fn as_before(same: &mut Vec<(ItemKind, usize)>, wording: &Wording) -> Option<Block> {
    let same = std::mem::take(same);
    let all: usize = same.iter().map(|(_, count)| count).sum();
    let counts = same.iter().map(|(kind, count)| counted(*count, &called(*kind, *count, wording), wording));
    let words = || wording.say_of(all, "changes.as-before", &[("list", &wording.and(counts))]);
    (all > 0).then(words).map(|words| Block::Same { words })
}
