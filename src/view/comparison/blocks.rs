//! What a section with its changes in place is made of.

use serde::Serialize;

use super::passage::Passage;
use crate::transcript::Key;

/// What stands in a section. `is` says what became of it, in words, and is empty where it only has changes within it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// The name of a part, or what became of it.
    Title {
        words: Passage,
        is: String,
    },
    /// Running text.
    Paragraph {
        words: Passage,
        is_heading: bool,
        is_item: bool,
        is: String,
    },
    Table(TableView),
    Entry(EntryView),
    /// What did not change: "4 paragraphs as they were before".
    Same {
        words: String,
    },
}

/// A table, in which rows that did not change are shortened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableView {
    /// An id that nothing else has.
    pub id: String,
    pub caption: Passage,
    pub rows_are: String,
    pub columns: Vec<Passage>,
    pub rows: Vec<RowView>,
}

/// A row, or rows that did not change.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RowView {
    pub name: Passage,
    /// "row added", "moved up by 2".
    pub is: String,
    pub level: usize,
    pub cells: Vec<CellView>,
    /// "4 rows as they were"; then there is nothing else.
    pub same: Option<String>,
}

/// A cell: what is, and what was.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CellView {
    pub text: String,
    pub was: Option<String>,
    pub number: Option<usize>,
    /// Whether the list leads here.
    pub is_first: bool,
    /// `kept`, `added` or `removed`.
    pub fate: &'static str,
    pub is_figure: bool,
}

/// Something with texts that have names: an indicator, a deliverable, a key figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryView {
    /// "Indicator"; empty where the name says it.
    pub called: String,
    pub name: Passage,
    /// "indicator added".
    pub is: String,
    pub lines: Vec<LineView>,
}

/// A text with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineView {
    /// What it is of its item.
    #[serde(skip)]
    pub key: Key,
    pub name: String,
    pub words: Passage,
}

impl Block {
    /// A running text.
    pub fn text(words: Passage, is: String) -> Self {
        Self::Paragraph { words, is_heading: false, is_item: false, is }
    }
}

impl From<LineView> for Block {
    /// A text that stands by itself, under its name.
    fn from(LineView { key, name, words }: LineView) -> Self {
        let line = LineView { key, name: String::new(), words };
        Self::Entry(EntryView {
            called: String::new(),
            name: Passage::plain(&name),
            is: String::new(),
            lines: vec![line],
        })
    }
}
