//! Words with what came and what went.

use serde::Serialize;

use crate::compare::{ChangeKind, Coming, Comparison, Fate, Place, SentenceFate, Shown, TextChange};
use crate::transcript::{Piece, Sentence, Text};
use crate::wording::Wording;

/// A text in which changes are shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Passage {
    pub pieces: Vec<StretchView>,
    /// The numbers of the changes in it, each once.
    #[serde(skip)]
    pub numbers: Vec<usize>,
    /// What is said of these changes beside the text.
    pub notes: Vec<BesideView>,
}

/// A change in few words: "Figure. was £540,000, −£18,000".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BesideView {
    pub number: usize,
    pub kind: String,
    pub words: String,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StretchView {
    /// `kept`, `added` or `removed`.
    pub fate: &'static str,
    pub text: String,
    /// The number of the change that begins here.
    pub number: Option<usize>,
    /// Whether the list leads here.
    pub is_first: bool,
}

impl Passage {
    /// Words that stayed.
    pub fn plain(text: &str) -> Self {
        let mut passage = Self::default();
        passage.push("kept", text, None);
        passage
    }

    /// Whether a change is shown in it.
    pub fn is_changed(&self) -> bool {
        self.pieces.iter().any(|piece| piece.fate != "kept" || piece.number.is_some())
    }

    /// The words alone, with what went.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Adds words, behind the number of a change where one begins.
    pub fn push(&mut self, fate: &'static str, text: &str, number: Option<usize>) {
        self.numbers.extend(number.filter(|number| !self.numbers.contains(number)));
        match self.pieces.last_mut() {
            _ if text.is_empty() && number.is_none() => {}
            Some(last) if last.fate == fate && number.is_none() => last.text.push_str(text),
            _ => self.pieces.push(StretchView { fate, text: text.to_owned(), number, is_first: false }),
        }
    }

    /// The same behind the number of a change.
    pub fn behind(self, number: usize) -> Self {
        let mut marked = Self::default();
        marked.push("kept", "", Some(number));
        self.pieces.iter().for_each(|piece| marked.push(piece.fate, &piece.text, piece.number));
        marked
    }

    /// What was, struck out, and what is.
    pub fn replaced(&mut self, was: &str, is: &str, number: Option<usize>) {
        if was.is_empty() {
            return self.push("added", is, number);
        }
        self.push("removed", was, number);
        if !is.is_empty() {
            self.push("kept", " ", None);
            self.push("added", is, None);
        }
    }

    /// Adds words as they came, stayed or went. Figures in them may have changed by themselves.
    fn shown(&mut self, comparison: &Comparison, fate: &'static str, pieces: &[Shown], mut number: Option<usize>) {
        for piece in pieces {
            match piece {
                Shown::Words(text) => {
                    // A space at the end of a line belongs to what stays.
                    let bare = text.trim_start();
                    let space = &text[..text.len() - bare.len()];
                    if fate == "kept" {
                        self.push(fate, text, number.take());
                    } else {
                        self.push("kept", space, None);
                        self.push(fate, bare, number.take());
                    }
                }
                Shown::Changed { was, is, address } => self.replaced(was, is, comparison.of_figure(address)),
            }
        }
    }

    /// Adds a sentence with what became of it.
    fn sentence(&mut self, comparison: &Comparison, number: Option<usize>, fate: &SentenceFate) {
        if !self.pieces.is_empty() {
            self.push("kept", " ", None);
        }
        match fate {
            SentenceFate::Kept(pieces) => self.shown(comparison, "kept", pieces, None),
            SentenceFate::Added(pieces) => self.shown(comparison, "added", pieces, number),
            SentenceFate::Removed(pieces) => self.shown(comparison, "removed", pieces, number),
            SentenceFate::Changed(stretches) => {
                let mut number = number;
                for (place, stretch) in stretches.iter().enumerate() {
                    let fate = match stretch.fate {
                        Fate::Kept => "kept",
                        Fate::Added => "added",
                        Fate::Removed => "removed",
                    };
                    // What came in the place of what went stands apart from it.
                    let follows = place > 0 && stretches[place - 1].fate == Fate::Removed && fate == "added";
                    if follows && !begins_apart(&stretch.pieces) {
                        self.push("kept", " ", None);
                    }
                    let own = if fate == "kept" { None } else { number.take() };
                    self.shown(comparison, fate, &stretch.pieces, own);
                }
            }
        }
    }
}

fn begins_apart(pieces: &[Shown]) -> bool {
    matches!(pieces.first(), Some(Shown::Words(text)) if text.starts_with(' '))
}

/// A sentence by itself.
pub fn of_sentence(comparison: &Comparison, number: usize, fate: &SentenceFate) -> Passage {
    let mut passage = Passage::default();
    passage.sentence(comparison, Some(number), fate);
    passage
}

/// A text of an item that is in both editions, or its text now where nothing changed.
pub fn of_text(comparison: &Comparison, place: Place, text: &Text) -> Passage {
    match comparison.of_text(place, &text.key) {
        Some(change) => of_change(comparison, change),
        None => of_whole(comparison.wording, text, "kept", None),
    }
}

fn piece_text(wording: &Wording, piece: &Piece) -> String {
    match piece {
        Piece::Note(id) => format!(" {}", wording.say("changes.note", &[("id", id)])),
        Piece::Words(_) | Piece::Figure { .. } | Piece::Stated { .. } => piece.text().to_owned(),
    }
}

/// What became of a text.
pub fn of_change(comparison: &Comparison, change: &TextChange) -> Passage {
    let mut passage = Passage::default();
    if let Some((number, was, is)) = &change.word {
        passage.replaced(was, is, Some(*number));
    }
    for (number, fate) in &change.sentences {
        let is_moved = number.and_then(|number| comparison.change(number)).map(|change| change.kind)
            == Some(ChangeKind::Sentence(Coming::Moved));
        passage.sentence(comparison, *number, fate);
        if is_moved {
            let is_here = matches!(fate, SentenceFate::Added(_));
            let words = if is_here { "changes.moved-here" } else { "changes.moved-away" };
            passage.push("kept", &format!(" {}", comparison.wording.say(words, &[])), None);
        }
    }
    passage
}

/// A text that came, stayed or went as a whole.
pub fn of_whole(wording: &Wording, text: &Text, fate: &'static str, number: Option<usize>) -> Passage {
    let mut passage = Passage::default();
    let sentence = |sentence: &Sentence| sentence.pieces().iter().map(|piece| piece_text(wording, piece)).collect();
    let words: Vec<String> = text.sentences.iter().map(sentence).collect();
    passage.push(fate, &words.join(" "), number);
    passage
}
