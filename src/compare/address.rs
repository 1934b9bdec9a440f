//! Which address of the new edition a figure of the old one has now.

use std::collections::HashMap;

use super::edition::{Edition, Place};
use super::pairs::Pairs;
use crate::transcript::{Key, Piece, Text};

/// Addresses that changed with the names of rows, columns and what else they are made of.
#[derive(Debug, Default)]
pub struct Readdressed {
    to_new: HashMap<String, String>,
    to_old: HashMap<String, String>,
}

impl Readdressed {
    /// A figure that fills a cell is that of the same cell in the item's partner.
    pub fn of(old: &Edition, new: &Edition, pairs: &Pairs) -> Self {
        let mut readdressed = Self::default();
        for (place, partner) in pairs.of_old.iter().enumerate() {
            let Some(partner) = partner else { continue };
            for text in &old.item(place).texts {
                let now = match &text.key {
                    Key::Cell(column) => new.item(*partner).cell(column),
                    Key::Named(name) if name == "target" => new.item(*partner).named(name),
                    Key::Named(_) => None,
                };
                if let (Some(before), Some(now)) = (address_in(text), now.and_then(address_in))
                    && before != now
                {
                    readdressed.to_new.insert(before.to_owned(), now.to_owned());
                    readdressed.to_old.insert(now.to_owned(), before.to_owned());
                }
            }
        }
        readdressed.columns(old, new, pairs);
        readdressed
    }

    /// Columns have cells in rows: where a column has another id, the cells under it have.
    fn columns(&mut self, old: &Edition, new: &Edition, pairs: &Pairs) {
        let renamed = renamed_columns(old, new, pairs);
        for (place, partner) in pairs.of_old.iter().enumerate() {
            let Some(partner) = partner else { continue };
            let root = old.entries[place].root;
            for (_, before, now) in renamed.iter().filter(|(file, ..)| *file == root) {
                let cells = (old.item(place).cell(before), new.item(*partner).cell(now));
                if let (Some(before), Some(now)) = (cells.0.and_then(address_in), cells.1.and_then(address_in)) {
                    self.to_new.insert(before.to_owned(), now.to_owned());
                    self.to_old.insert(now.to_owned(), before.to_owned());
                }
            }
        }
    }

    /// The address that a figure of the old edition has in the new one.
    pub fn now(&self, address: &str) -> String {
        changed(&self.to_new, address)
    }

    /// The address that a figure of the new edition had in the old one.
    pub fn before(&self, address: &str) -> String {
        changed(&self.to_old, address)
    }
}

/// Columns of files of the old edition that have another id in the new one: the file, both ids.
pub fn renamed_columns<'t>(old: &Edition<'t>, new: &Edition<'t>, pairs: &Pairs) -> Vec<(Place, &'t str, &'t str)> {
    let pair = |(place, partner): (usize, &Option<Place>)| {
        let (before, now) = (old.item(place), new.item((*partner)?));
        let is_renamed = before.kind == crate::transcript::ItemKind::Column && before.id != now.id;
        is_renamed.then_some((old.entries[place].root, before.id.as_str(), now.id.as_str()))
    };
    pairs.of_old.iter().enumerate().filter_map(pair).collect()
}

/// An address, or the address above it, as it is in the other edition.
fn changed(known: &HashMap<String, String>, address: &str) -> String {
    if known.is_empty() {
        return address.to_owned();
    }
    let mut above = address;
    loop {
        if let Some(other) = known.get(above) {
            return format!("{other}{}", &address[above.len()..]);
        }
        match above.rsplit_once('.') {
            Some((shorter, _)) => above = shorter,
            None => return address.to_owned(),
        }
    }
}

/// The address of the one figure of a text.
fn address_in(text: &Text) -> Option<&str> {
    let pieces = text.sentences.iter().flat_map(|sentence| sentence.pieces());
    let mut figures = pieces
        .filter_map(|piece| if let Piece::Figure { address, .. } = piece { Some(address.as_str()) } else { None });
    figures.next().filter(|_| figures.next().is_none())
}
