//! Texts as they are printed: words in pieces, of which some are figures, lead somewhere or are heard alone.

use serde::Serialize;

use crate::markdown::NoteMark;
use crate::wording::Spoken;

/// A text as it is printed, whole and in pieces; what is only heard stands in the pieces alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Words {
    pub text: String,
    pub pieces: Vec<Piece>,
    /// Whether a piece leads somewhere, references lead to it, it is set strong, or it is in another language.
    pub has_links: bool,
}

/// A piece of a text: a figure with the mark of its fact, one with the id of the source that states it, or words.
/// Words may lead somewhere. Marks are short, since a page holds hundreds; the tie-out schedule says what they stand for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Piece {
    pub text: String,
    pub fact: Option<String>,
    pub source: Option<String>,
    pub to: Option<String>,
    /// The id of what on this page they refer to.
    pub see: Option<String>,
    /// Tag of the language, where it is another than the report's.
    pub language: Option<String>,
    /// The id of what they name, to which references lead.
    pub anchor: Option<String>,
    pub note: Option<NoteMark>,
    /// Whether they are for those who listen to the page, and not seen.
    pub is_heard: bool,
    /// Whether they are set strong, or stay on one line.
    pub is_strong: bool,
    pub is_whole: bool,
}

impl Spoken for Words {
    fn said(words: &str) -> Self {
        Self::plain(words)
    }

    fn heard(self) -> Self {
        Self::join(self.pieces.into_iter().map(|piece| Self::one(Piece { is_heard: true, ..piece })))
    }
}

impl Words {
    /// The tag of the language that they are in, where it is another than the report's.
    pub fn language(&self) -> Option<&str> {
        self.pieces.iter().find_map(|piece| piece.language.as_deref())
    }

    /// Words that hold no figure.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::one(Piece { text: text.into(), ..Piece::default() })
    }

    /// What is heard alone in one piece, where several follow each other.
    pub fn with_whole_asides(self) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces {
            match pieces.last_mut().filter(|last| last.is_heard && piece.is_heard) {
                Some(last) => last.text.push_str(&piece.text),
                None => pieces.push(piece),
            }
        }
        Self { pieces, ..self }
    }

    /// A single piece.
    pub fn one(piece: Piece) -> Self {
        let leads = piece.to.is_some() || piece.see.is_some() || piece.anchor.is_some() || piece.note.is_some();
        let has_links = leads || piece.is_strong || piece.language.is_some();
        let text = if piece.is_heard { String::new() } else { piece.text.clone() };
        Self { text, pieces: vec![piece], has_links }
    }

    /// Words one after the other.
    pub fn join(all: impl IntoIterator<Item = Words>) -> Self {
        all.into_iter().fold(Self::default(), |mut joined, mut words| {
            let is_note = joined.pieces.last().is_some_and(|piece| piece.note.is_some());
            if let Some(note) = words.pieces.first_mut().and_then(|piece| piece.note.as_mut()) {
                note.is_apart |= is_note || is_apart_from(&joined.text);
            }
            joined.text.push_str(&words.text);
            joined.pieces.extend(words.pieces);
            joined.has_links |= words.has_links;
            joined
        })
    }
}

/// Whether the mark of a note is set apart from the words before it: behind a figure it would be read as a part of it.
pub fn is_apart_from(before: &str) -> bool {
    let last = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    last.ends_with(char::is_numeric)
}
