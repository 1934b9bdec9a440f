//! A document as the row of paragraphs that word processors keep, and the way from it to blocks.
//!
//! Word processors know no lists, quotations or captions, only paragraphs that look so. In: the [`Piece`]s in their order.
//! Out: blocks. The steps: what lists the contents goes; marks that were typed make lists; paragraphs become headings;
//! captions find what they name; lists are nested; links to bookmarks find their headings.

mod captions;
mod headings;
mod links;
mod lists;
mod typed;
mod welsh;

use super::docx::numbering::Mark;
use super::docx::styles::Role;
use super::{Block, Document, Inline, plain};

pub use links::BOOKMARK;

/// A piece of a document as word processors keep it.
#[derive(Debug, Clone)]
pub enum Piece {
    Paragraph(Paragraph),
    /// The table of that number.
    Table(usize),
    /// The picture of that number.
    Picture(usize),
    /// The text of a box.
    Box(String),
    /// A list of contents stood here.
    Contents,
    /// A file of a report begins here; without a name, it ends.
    Begin(String),
}

/// A paragraph, with what decides what it is.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub inlines: Vec<Inline>,
    pub role: Role,
    pub in_list: Option<InList>,
    /// How far it is indented, in twentieths of a point.
    pub indent: i32,
    /// Whether all its letters are bold.
    pub is_bold: bool,
    /// The size of its largest letters in half points; 0 where it has none.
    pub size: u32,
    pub bookmarks: Vec<String>,
    /// What tells quotations apart that stand one after the other, in documents that Tally wrote.
    pub quote: i32,
}

/// The place of a paragraph in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InList {
    /// What its neighbours in the same list share.
    pub list: String,
    pub level: usize,
    pub indent: i32,
    pub mark: Mark,
}

impl Default for Paragraph {
    fn default() -> Self {
        let (inlines, bookmarks) = (Vec::new(), Vec::new());
        Self { inlines, role: Role::Text, in_list: None, indent: 0, is_bold: false, size: 0, bookmarks, quote: 0 }
    }
}

impl Piece {
    /// What a paragraph says.
    pub fn text(&self) -> Option<String> {
        match self {
            Piece::Paragraph(paragraph) => Some(plain(&paragraph.inlines)).filter(|text| !text.is_empty()),
            _ => None,
        }
    }
}

/// Makes the blocks of a document from its pieces. Tables, pictures and notes stand in the document already.
pub fn structure(mut pieces: Vec<Piece>, usual_size: u32, document: &mut Document) {
    if !document.is_own {
        leave_out_contents(&mut pieces, document);
        pieces = typed::lists(pieces, document);
        pieces = headings::find(pieces, usual_size, document);
        captions::place(&mut pieces, document);
        welsh::say(&pieces, document);
    }
    links::resolve(&mut pieces, document);
    document.blocks = lists::blocks(pieces, document.is_own);
}

/// A list of contents goes with the heading right before it.
fn leave_out_contents(pieces: &mut Vec<Piece>, document: &mut Document) {
    let is_contents = |piece: &Piece| matches!(piece, Piece::Contents);
    let Some(place) = pieces.iter().position(is_contents) else { return };
    pieces.retain(|piece| !is_contents(piece));
    let is_its_heading = |piece: &Piece| match piece {
        Piece::Paragraph(paragraph) => {
            matches!(paragraph.role, Role::Heading(_)) || paragraph.is_bold || names_contents(&paragraph.inlines)
        }
        _ => false,
    };
    let before = place.checked_sub(1).filter(|before| pieces.get(*before).is_some_and(is_its_heading));
    let its_heading = match before {
        Some(before) => {
            pieces.remove(before);
            "the list of contents and its heading were left out"
        }
        None => "the list of contents was left out",
    };
    document.say("contents", format!("{its_heading}: Tally makes its own"));
}

fn names_contents(inlines: &[Inline]) -> bool {
    matches!(plain(inlines).to_lowercase().as_str(), "contents" | "table of contents" | "list of contents")
}

/// What a piece becomes that is no paragraph.
fn block_of(piece: &Piece) -> Option<Block> {
    match piece {
        Piece::Table(number) => Some(Block::Table(*number)),
        Piece::Picture(number) => Some(Block::Picture(*number)),
        Piece::Box(text) => Some(Block::Box { text: text.clone() }),
        Piece::Begin(file) => Some(Block::Begin { file: file.clone() }),
        Piece::Contents | Piece::Paragraph(_) => None,
    }
}
