//! A sentence with what stands behind its words.

/// A sentence, or what stands for one: a title, a name, a figure alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentence(Vec<Piece>);

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    Words(String),
    /// A figure as it is printed here, with its address.
    Figure {
        text: String,
        address: String,
    },
    /// What the source of that id states.
    Stated {
        text: String,
        source: String,
    },
    /// The mark of the note of that id.
    Note(String),
}

impl Piece {
    /// What is printed.
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Figure { text, .. } | Self::Stated { text, .. } => text,
            Self::Note(_) => "",
        }
    }
}

impl Sentence {
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// As it is printed, without the marks of its notes.
    pub fn plain(&self) -> String {
        self.0.iter().map(Piece::text).collect()
    }

    /// Adds a piece. Words go on those before them, so that equal sentences have equal pieces.
    pub fn push(&mut self, piece: Piece) {
        match (self.0.last_mut(), piece) {
            (_, Piece::Words(text)) if text.is_empty() => {}
            (Some(Piece::Words(before)), Piece::Words(text)) => before.push_str(&text),
            (_, piece) => self.0.push(piece),
        }
    }
}

impl FromIterator<Piece> for Sentence {
    fn from_iter<T: IntoIterator<Item = Piece>>(pieces: T) -> Self {
        let mut sentence = Self::default();
        pieces.into_iter().for_each(|piece| sentence.push(piece));
        sentence
    }
}

/// The sentences of a text. One ends at `.`, `?` or `!` before a space, unless a small letter follows ("e.g. this").
/// Joined with spaces they are the text again.
pub fn sentences(pieces: impl IntoIterator<Item = Piece>) -> Vec<Sentence> {
    let mut all = vec![Sentence::default()];
    let mut is_ended = false;
    for piece in pieces {
        let Piece::Words(text) = piece else {
            // The mark of a note may stand behind the full stop.
            is_ended &= matches!(piece, Piece::Note(_));
            if let Some(last) = all.last_mut() {
                last.push(piece);
            }
            continue;
        };
        let mut from = 0;
        for (place, letter) in text.char_indices() {
            let follows = || text[place + letter.len_utf8()..].chars().next();
            if letter == ' ' && is_ended && !follows().is_some_and(char::is_lowercase) {
                add(&mut all, &text[from..place]);
                all.push(Sentence::default());
                from = place + 1;
            }
            is_ended = matches!(letter, '.' | '?' | '!');
        }
        add(&mut all, &text[from..]);
    }
    // What ends with a space has begun no sentence.
    if all.len() > 1 && all.last().is_some_and(|last| last.0.is_empty()) {
        all.pop();
    }
    all
}

fn add(all: &mut [Sentence], text: &str) {
    if let Some(last) = all.last_mut() {
        last.push(Piece::Words(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Piece {
        Piece::Words(text.to_owned())
    }

    #[test]
    fn a_text_is_cut_between_its_sentences_and_nowhere_else() {
        let text = "Staff, e.g. nurses, answered. Did 3.5% not? No. See below.";
        let cut: Vec<String> = sentences([words(text)]).iter().map(Sentence::plain).collect();
        assert_eq!(cut, ["Staff, e.g. nurses, answered.", "Did 3.5% not?", "No.", "See below."]);
        assert_eq!(cut.join(" "), text);
    }

    #[test]
    fn a_note_behind_the_full_stop_belongs_to_the_sentence_before() {
        let figure = Piece::Figure { text: "£5".to_owned(), address: "facts.cost".to_owned() };
        let pieces = [words("It cost "), figure.clone(), words("."), Piece::Note("a".to_owned()), words(" "), figure];
        let cut = sentences(pieces);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut[0].pieces().last(), Some(&Piece::Note("a".to_owned())));
    }
}
