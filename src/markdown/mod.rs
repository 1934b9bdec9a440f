//! Prose as a small tree of blocks and inlines, parsed once and written by both renderings.
//!
//! In: a Markdown text. Out: its [`Block`]s with places, and findings for what reports do not have.

mod outline;
mod parse;
mod pasted;
mod unprinted;
pub mod write;

pub use outline::{Piece, Within, outline};
pub use parse::parse;
pub use pasted::BULLETS;

use serde::Serialize;

use crate::diagnostic::{Places, Span};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    Paragraph {
        inlines: Vec<Inline>,
    },
    /// A subheading; `level` 2 is the first under a section's title.
    Heading {
        level: u8,
        id: String,
        inlines: Vec<Inline>,
        #[serde(skip)]
        at: Span,
    },
    /// A list, bulleted or numbered from `start`.
    List {
        ordered: bool,
        start: u64,
        items: Vec<Item>,
        /// Where the number or sign of the first item stands.
        #[serde(skip)]
        number: Places,
    },
    Quote {
        blocks: Vec<Block>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    pub blocks: Vec<Block>,
}

/// A stretch of text within a block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    Text {
        text: String,
        #[serde(skip)]
        places: Places,
    },
    Strong {
        inlines: Vec<Inline>,
    },
    Emphasis {
        inlines: Vec<Inline>,
    },
    Link {
        to: String,
        inlines: Vec<Inline>,
        #[serde(skip)]
        at: Span,
    },
    /// A figure that was bound in the text, as it is printed: with the address of its fact, or the id of the source
    /// that states it.
    Figure {
        text: String,
        fact: Option<String>,
        source: Option<String>,
    },
    /// A reference to something that is numbered: what is printed, and the id of what it names.
    Reference {
        text: String,
        to: String,
    },
    /// The mark of a note.
    Note {
        note: NoteMark,
    },
    /// Words in another language, with its tag.
    Foreign {
        text: String,
        language: String,
    },
    Break,
}

/// The mark of a note as it is printed, right behind what the note says more of.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NoteMark {
    /// A number in running text, a letter in a table.
    pub mark: String,
    pub is_letter: bool,
    /// The ids of the mark, and of the note to which it leads.
    pub id: String,
    pub to: String,
    /// Whether it is the first of its note there.
    pub is_first: bool,
    /// Whether it stands behind a figure, of which it is not to be read as a part.
    pub is_apart: bool,
}

impl Inline {
    /// Where it begins, or what in it is the first with a place.
    pub fn at(&self) -> Option<Span> {
        match self {
            Inline::Text { places, .. } => places.whole(),
            Inline::Link { at, .. } => Some(*at),
            Inline::Strong { inlines } | Inline::Emphasis { inlines } => inlines.iter().find_map(Inline::at),
            Inline::Figure { .. }
            | Inline::Reference { .. }
            | Inline::Note { .. }
            | Inline::Foreign { .. }
            | Inline::Break => None,
        }
    }
}

/// Calls `visit` with every text of the inlines and its places, in reading order; a break is a space.
pub fn each_text<'i>(inlines: &'i [Inline], visit: &mut impl FnMut(&'i str, &'i Places)) {
    for inline in inlines {
        match inline {
            Inline::Text { text, places } => visit(text, places),
            Inline::Strong { inlines } | Inline::Emphasis { inlines } | Inline::Link { inlines, .. } => {
                each_text(inlines, visit);
            }
            Inline::Break => visit(" ", Places::NOWHERE),
            Inline::Figure { .. } | Inline::Reference { .. } | Inline::Note { .. } | Inline::Foreign { .. } => {}
        }
    }
}

/// The text of inlines without their form.
pub fn plain_text(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Strong { inlines } | Inline::Emphasis { inlines } | Inline::Link { inlines, .. } => {
                plain_text(inlines)
            }
            Inline::Figure { text, .. } | Inline::Reference { text, .. } | Inline::Foreign { text, .. } => text.clone(),
            Inline::Note { .. } => String::new(),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

/// Calls `visit` with every inline of the blocks, outer ones first.
pub fn each_inline<'b>(blocks: &'b [Block], visit: &mut impl FnMut(&'b Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines } | Block::Heading { inlines, .. } => each_inline_of(inlines, visit),
            Block::List { items, .. } => items.iter().for_each(|item| each_inline(&item.blocks, visit)),
            Block::Quote { blocks } => each_inline(blocks, visit),
        }
    }
}

/// The same for a text.
pub fn each_inline_of<'b>(inlines: &'b [Inline], visit: &mut impl FnMut(&'b Inline)) {
    for inline in inlines {
        visit(inline);
        if let Inline::Strong { inlines } | Inline::Emphasis { inlines } | Inline::Link { inlines, .. } = inline {
            each_inline_of(inlines, visit);
        }
    }
}

/// An address made of a title: small letters, digits and single hyphens.
pub fn slug(title: &str) -> String {
    let letters = title.to_lowercase();
    letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
