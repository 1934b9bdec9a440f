//! What can be changed, where, and what comes of it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::yaml::{NoRoom, Side};

/// The texts of a content folder by their paths in it, without byte order marks: `report/report.yaml`, `report/foreword.md`.
pub type Texts = BTreeMap<String, Arc<str>>;

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path of the text in the content folder.
    pub file: String,
    /// Bytes of the text: those of a value with its quotation marks or without, of one figure on a line of several, or some
    /// of those of a block of prose.
    pub range: Range<usize>,
}

/// What is to become of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A block of prose as Markdown, or a value as plain words. Prose of nothing takes its block out; a value of nothing its
    /// field, where that may be left out.
    Text { at: Place, text: String },
    /// A figure, as typed.
    Figure { at: Place, text: String },
    /// Figures as a spreadsheet has them, a row each, from the cell at a place on. A cell of nothing leaves what is there.
    Cells { at: Place, cells: Vec<Vec<String>> },
    /// A field of the record that a place stands in: a note, a reason. Without a text it is taken out.
    Field { of: Place, name: String, text: Option<String> },
    /// A new entry beside the one that a place stands in, with some of its fields. A list is named by its field (`sections`,
    /// `rows`), else it is the innermost one. In prose the value of `text` is a paragraph, or an entry of its list.
    Insert { beside: Place, list: Option<String>, side: Side, values: Vec<(String, String)> },
    /// A first entry of a list that a record has no field for yet.
    Begin { of: Place, list: String, values: Vec<(String, String)> },
    /// Takes the entry out that a place stands in, with its comments.
    Remove { at: Place, list: Option<String> },
    /// Moves it by so many places, up where they are negative.
    Move { at: Place, list: Option<String>, by: isize },
    /// Writes it twice, with ids of its own.
    Duplicate { at: Place, list: Option<String> },
    /// A text where none is yet.
    File { file: String, text: String },
}

/// A text that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    pub file: String,
    /// None where there was none.
    pub before: Option<Arc<str>>,
    /// None where there is none any more.
    pub after: Option<Arc<str>>,
}

/// A change that cannot be made, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The place of the change among those that were asked for.
    pub change: usize,
    /// Row and column of a cell, from 0, among those that were pasted.
    pub cell: Option<(usize, usize)>,
    /// What is wrong: small first letter, no full stop.
    pub message: String,
    pub help: String,
}

impl Change {
    /// The place that it is made at; none where a text begins.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Change::Text { at, .. }
            | Change::Figure { at, .. }
            | Change::Cells { at, .. }
            | Change::Field { of: at, .. }
            | Change::Insert { beside: at, .. }
            | Change::Begin { of: at, .. }
            | Change::Remove { at, .. }
            | Change::Move { at, .. }
            | Change::Duplicate { at, .. } => Some(at),
            Change::File { .. } => None,
        }
    }

    /// The text that it is made in.
    pub fn file(&self) -> &str {
        match self {
            Change::File { file, .. } => file,
            _ => self.place().map_or("", |at| &at.file),
        }
    }
}

impl Refusal {
    pub(super) fn of(change: usize, why: NoRoom) -> Self {
        Self { change, cell: None, message: why.message, help: why.help }
    }

    pub(super) fn new(change: usize, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { change, cell: None, message: message.into(), help: help.into() }
    }
}
