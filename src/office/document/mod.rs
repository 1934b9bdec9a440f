//! A text as a person reads it in a word processor: headings, paragraphs, lists, tables and pictures, what stands beside
//! them, and what of it could not be kept.
//!
//! In: the bytes of a .docx, a web page, or plain text. Out: a [`Document`], or why there is none
//! ([`Unreadable`](super::sheet::Unreadable)). [`markdown`] writes its blocks as Markdown, and [`word`] as a .docx.

mod docx;
mod flat;
mod html;
mod letters;
pub mod markdown;
mod text;
pub mod word;

pub use docx::read as read_docx;

use super::sheet::Unreadable;

/// A text with what belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// What the notes say, by their numbers from 0.
    pub notes: Vec<Vec<Inline>>,
    /// The ids of the notes in their report, where there is one.
    pub note_names: Vec<String>,
    /// The tables, by their numbers from 0.
    pub tables: Vec<Table>,
    /// The pictures, by their numbers from 0.
    pub pictures: Vec<Picture>,
    /// Changes that nobody has decided about yet; what the text says depends on the choice that was made for all of them.
    pub changes: Vec<Change>,
    /// What readers remarked at its side and nobody has marked as done.
    pub comments: Vec<Comment>,
    /// What was not kept, or was kept otherwise than it stood.
    pub said: Vec<Said>,
    /// Whether Tally wrote the document that it was read from.
    pub is_own: bool,
}

/// What to do with changes that nobody has decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    Accepted,
    Rejected,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Level 0 is the title of the document, 1 the first below it. Levels that are not used are passed over.
    Heading {
        level: u8,
        inlines: Vec<Inline>,
    },
    Paragraph {
        inlines: Vec<Inline>,
    },
    /// A list, with bullets or numbered from `start`; each item begins with a paragraph.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    /// The table of that number.
    Table(usize),
    /// The picture of that number.
    Picture(usize),
    /// What stands in a box of its own, beside the text.
    Box {
        text: String,
    },
    /// What follows is the text of this file, in a document that Tally wrote; an empty name ends it.
    Begin {
        file: String,
    },
}

/// A stretch of text within a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    Text {
        text: String,
        form: Form,
    },
    /// A figure or whatever else Tally puts in: as its author wrote it, `{{ facts.visits }}`, and as it is printed.
    Placeholder {
        source: String,
        printed: String,
        form: Form,
    },
    /// The mark of the note of that number.
    Note(usize),
    /// The end of a line within a paragraph.
    Break,
}

/// How a stretch of text stands out, as far as it means something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub bold: bool,
    pub italic: bool,
    /// Where a link leads: an address, or `#` and the words of a heading made to an address.
    pub link: Option<String>,
    /// The language, where it is another than that of the document: `cy`.
    pub language: Option<String>,
}

/// A table: rows of cells, the first of them headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub caption: Option<String>,
    /// How many of the rows are headings.
    pub headings: usize,
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell. One that is merged with that to its left or above has no text of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableCell {
    pub inlines: Vec<Inline>,
    /// It belongs to the cell to its left, or above it.
    pub is_merged: bool,
}

/// A picture, with its bytes as they lie in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The ending of its name: `png`, `jpg`, `svg`.
    pub ending: String,
    pub bytes: Vec<u8>,
    pub alt: Option<String>,
    pub caption: Option<String>,
}

/// A change that nobody has decided about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub by: String,
    /// The day, `2026-05-02`; empty where the file does not say.
    pub day: String,
    pub what: Changed,
}

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    Added(String),
    Removed(String),
    Replaced {
        was: String,
        is: String,
    },
    Moved(String),
    /// The form of a text: "became bold".
    Form {
        text: String,
        became: String,
    },
}

/// A remark at the side of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub by: String,
    /// The words that it is about.
    pub on: String,
    pub text: String,
}

/// What has to be said about the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it is about, in a word: `headings`.
    pub about: &'static str,
    pub text: String,
}

/// Reads a file by its ending: a .docx, a web page, Markdown, or plain text. Of changes that nobody has decided about, those
/// that are to be accepted or rejected.
pub fn read(file_name: &str, bytes: &[u8], changes: Changes) -> Result<Document, Unreadable> {
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "md" | "markdown" | "txt" | "text" | "html" | "htm" | "xhtml" => plain_file(&ending, bytes),
        _ => read_docx(bytes, changes),
    }
}

fn plain_file(ending: &str, bytes: &[u8]) -> Result<Document, Unreadable> {
    let text = text::decoded(bytes)?;
    Ok(match ending {
        "md" | "markdown" => text::of_markdown(&text),
        "txt" | "text" => text::of_lines(&text),
        _ => html::read(&text),
    })
}

impl Block {
    pub fn paragraph(text: &str) -> Block {
        Block::Paragraph { inlines: vec![Inline::text(text)] }
    }
}

impl Inline {
    /// A text without any form.
    pub fn text(text: &str) -> Inline {
        Inline::Text { text: text.to_owned(), form: Form::default() }
    }
}

impl Document {
    /// Says something about the text.
    pub(super) fn say(&mut self, about: &'static str, text: impl Into<String>) {
        self.said.push(Said { about, text: text.into() });
    }
}

/// The words of a text without their form; a break is a space, and notes are left out.
pub fn plain(inlines: &[Inline]) -> String {
    let texts = inlines.iter().map(|inline| match inline {
        Inline::Text { text, .. } => text.as_str(),
        Inline::Placeholder { printed, .. } => printed.as_str(),
        Inline::Note(_) => "",
        Inline::Break => " ",
    });
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address made of words: small letters, digits and single hyphens.
pub fn address(words: &str) -> String {
    let letters = words.to_lowercase();
    letters
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
