//! One of the two editions that are compared, its items in a list with what is above each.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::transcript::{Figure, Item, ItemKind, Piece, Text, Transcript};

/// Ways in which everything of a file is shown; the others draw some of it, or count it.
const SHOW_ALL: [&str; 6] = ["table", "costs", "dashboard", "survey", "themes", "board"];

/// An item, by its place in [`Edition::entries`].
pub type Place = usize;

/// An edition, looked at item by item.
pub struct Edition<'t> {
    pub transcript: &'t Transcript,
    /// Every item in the order of print, each before those within it.
    pub entries: Vec<Entry<'t>>,
    /// The items that stand in no other.
    pub roots: Vec<Place>,
    figures: HashMap<&'t str, &'t Figure>,
}

/// An item with its neighbourhood.
pub struct Entry<'t> {
    pub item: &'t Item,
    pub above: Option<Place>,
    /// The outermost item that it stands in, which may be itself.
    pub root: Place,
    pub within: Vec<Place>,
    /// What it says with all that is within it, as a number that is the same for the same.
    pub digest: u64,
}

impl<'t> Edition<'t> {
    pub fn of(transcript: &'t Transcript) -> Self {
        let mut edition = Self {
            transcript,
            entries: Vec::new(),
            roots: Vec::new(),
            figures: transcript.figures.iter().map(|figure| (figure.address.as_str(), figure)).collect(),
        };
        edition.roots = transcript.items.iter().map(|item| edition.add(item, None)).collect();
        edition
    }

    fn add(&mut self, item: &'t Item, above: Option<Place>) -> Place {
        let place = self.entries.len();
        let root = above.map_or(place, |above| self.entries[above].root);
        self.entries.push(Entry { item, above, root, within: Vec::new(), digest: 0 });
        let within: Vec<Place> = item.items.iter().map(|inner| self.add(inner, Some(place))).collect();
        let mut hasher = DefaultHasher::new();
        item.kind.hash(&mut hasher);
        for text in &item.texts {
            (&text.key, &text.sentences).hash(&mut hasher);
        }
        within.iter().for_each(|inner| self.entries[*inner].digest.hash(&mut hasher));
        self.entries[place].digest = hasher.finish();
        self.entries[place].within = within;
        place
    }

    /// The items within one, or those that stand in no other.
    pub fn within(&self, above: Option<Place>) -> &[Place] {
        above.map_or(&self.roots, |above| &self.entries[above].within)
    }

    pub fn item(&self, place: Place) -> &'t Item {
        self.entries[place].item
    }

    pub fn figure(&self, address: &str) -> Option<&'t Figure> {
        self.figures.get(address).copied()
    }

    /// The part in which a file is read: the first that shows all of it, or else the first that shows it at all.
    pub fn part_of_file(&self, stem: &str) -> Option<Place> {
        let sections = self.roots.iter().filter(|root| self.item(**root).kind == ItemKind::Section);
        let parts = sections.flat_map(|section| self.within(Some(*section))).copied();
        let showing: Vec<Place> = parts.filter(|part| self.shown_file(*part) == Some(stem)).collect();
        let shows_all = |part: &&Place| {
            let way = self.item(**part).id.split(' ').next().unwrap_or_default();
            SHOW_ALL.contains(&way)
        };
        showing.iter().find(shows_all).or(showing.first()).copied()
    }

    /// The name of the file that a part shows.
    pub fn shown_file(&self, part: Place) -> Option<&'t str> {
        let item = self.item(part);
        let stem = item.id.split_once(' ').map(|(_, stem)| stem)?;
        (item.kind == ItemKind::Part).then_some(stem).filter(|stem| self.transcript.file(stem).is_some())
    }

    /// The words of an item and of all within it.
    pub fn words(&self, place: Place) -> Vec<&'t str> {
        let mut words = Vec::new();
        self.item(place).each(&mut |item| {
            words.extend(item.texts.iter().flat_map(words_of));
        });
        words
    }

    /// The addresses of the figures that are printed in an item and in all within it.
    pub fn addresses(&self, place: Place) -> Vec<&'t str> {
        let mut all = Vec::new();
        self.item(place).each(&mut |item| all.extend(item.texts.iter().flat_map(addresses_of)));
        all
    }
}

/// The words of a text; a figure is one.
pub fn words_of(text: &Text) -> impl Iterator<Item = &str> {
    let pieces = text.sentences.iter().flat_map(|sentence| sentence.pieces());
    pieces.flat_map(|piece| match piece {
        Piece::Words(words) => words.split_whitespace().collect::<Vec<_>>(),
        Piece::Figure { text, .. } | Piece::Stated { text, .. } => vec![text.as_str()],
        Piece::Note(_) => Vec::new(),
    })
}

/// The addresses of the figures of a text.
pub fn addresses_of(text: &Text) -> impl Iterator<Item = &str> {
    let pieces = text.sentences.iter().flat_map(|sentence| sentence.pieces());
    pieces.filter_map(|piece| if let Piece::Figure { address, .. } = piece { Some(address.as_str()) } else { None })
}
