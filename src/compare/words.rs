//! Texts compared sentence by sentence, and sentences word by word.

use std::borrow::Cow;

use super::pairs::likeness;
use super::sequence::{alike, common};
use crate::transcript::{Piece, Sentence};
use crate::wording::Wording;

/// Sentences that have this share of their words in common are one that was changed.
const LEAST: f64 = 0.4;

/// What became of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Kept,
    Added,
    Removed,
}

/// Words that stayed, came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub fate: Fate,
    pub pieces: Vec<Shown>,
}

/// A piece of a text as it is shown in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Words(String),
    /// A figure that has changed by itself, with what it was and the address by which its change is found.
    Changed {
        was: String,
        is: String,
        address: String,
    },
}

/// What became of a sentence. The first is its place in the old text or in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentenceFate {
    Kept(Vec<Shown>),
    Changed(Vec<Stretch>),
    Added(Vec<Shown>),
    Removed(Vec<Shown>),
}

/// A word or a figure, with the space before it.
#[derive(Debug, Clone)]
struct Token<'t> {
    text: &'t str,
    printed: Cow<'t, str>,
    is_apart: bool,
    kind: TokenKind<'t>,
}

#[derive(Debug, Clone, PartialEq)]
enum TokenKind<'t> {
    Word,
    /// A figure whose change is told by itself, by its address in the new edition.
    Figure(&'t str),
    Note,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.is_apart == other.is_apart
            && (matches!(self.kind, TokenKind::Figure(_)) || self.text == other.text)
    }
}

/// Compares texts, where it is known which figures have changed.
pub struct Reader<'c> {
    /// The address in the new edition of a figure of the old one whose change is told by itself.
    pub changed_old: &'c dyn Fn(&str) -> Option<&'c str>,
    /// The same of a figure of the new one.
    pub changed_new: &'c dyn Fn(&str) -> Option<&'c str>,
    /// The language in which the mark of a note is told.
    pub wording: &'c Wording,
}

impl<'c> Reader<'c> {
    /// What became of the sentences of a text.
    pub fn sentences(&self, old: &'c [Sentence], new: &'c [Sentence]) -> Vec<SentenceFate> {
        let olds: Vec<Vec<Token>> = old.iter().map(|one| tokens(one, self.changed_old, self.wording)).collect();
        let news: Vec<Vec<Token>> = new.iter().map(|one| tokens(one, self.changed_new, self.wording)).collect();
        let mut pairs = common(&olds, &news);
        pairs.push((olds.len(), news.len()));
        let (mut from_old, mut from_new, mut fates) = (0, 0, Vec::new());
        for (one, other) in pairs {
            gap(&olds[from_old..one], &news[from_new..other], &mut fates);
            if let (Some(old), Some(new)) = (olds.get(one), news.get(other)) {
                fates.push(SentenceFate::Kept(kept(old, new)));
            }
            (from_old, from_new) = (one + 1, other + 1);
        }
        fates
    }

    /// Whether two texts say the same, but for figures whose changes are told by themselves.
    pub fn says_the_same(&self, old: &'c [Sentence], new: &'c [Sentence]) -> bool {
        old == new
            || old.len() == new.len()
                && old.iter().zip(new).all(|(one, other)| {
                    tokens(one, self.changed_old, self.wording) == tokens(other, self.changed_new, self.wording)
                })
    }
}

/// Sentences between two that stayed: those that are alike were changed, the others came or went.
fn gap(olds: &[Vec<Token>], news: &[Vec<Token>], fates: &mut Vec<SentenceFate>) {
    fn words<'a>(texts: &'a [Vec<Token>]) -> Vec<Vec<&'a str>> {
        texts.iter().map(|tokens| tokens.iter().map(Token::identity).collect()).collect()
    }
    let (old_words, new_words) = (words(olds), words(news));
    let likeness = |one: usize, other: usize| likeness(&old_words[one], &new_words[other]);
    let mut pairs = alike(olds.len(), news.len(), LEAST, likeness);
    pairs.push((olds.len(), news.len()));
    let (mut from_old, mut from_new) = (0, 0);
    for (one, other) in pairs {
        fates.extend(olds[from_old..one].iter().map(|tokens| SentenceFate::Removed(shown(tokens))));
        fates.extend(news[from_new..other].iter().map(|tokens| SentenceFate::Added(shown(tokens))));
        if let (Some(old), Some(new)) = (olds.get(one), news.get(other)) {
            fates.push(SentenceFate::Changed(stretches(old, new)));
        }
        (from_old, from_new) = (one + 1, other + 1);
    }
}

impl<'t> Token<'t> {
    fn of(text: &'t str, is_apart: bool, kind: TokenKind<'t>) -> Self {
        Self { text, printed: Cow::Borrowed(text), is_apart, kind }
    }

    /// What it is recognised by.
    fn identity(&self) -> &str {
        match self.kind {
            TokenKind::Figure(address) => address,
            TokenKind::Word | TokenKind::Note => self.text,
        }
    }
}

/// The words of a sentence; marks at their ends stand alone, so that a full stop is no part of a changed word.
fn tokens<'t>(sentence: &'t Sentence, changed: &dyn Fn(&str) -> Option<&'t str>, wording: &Wording) -> Vec<Token<'t>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut is_apart = false;
    for piece in sentence.pieces() {
        match piece {
            Piece::Words(text) => {
                for part in text.split_inclusive(' ') {
                    let word = part.trim_end_matches(' ');
                    let bare = word.trim_end_matches(['.', ',', ';', ':', '?', '!', ')']);
                    for text in [bare, &word[bare.len()..]].into_iter().filter(|text| !text.is_empty()) {
                        tokens.push(Token::of(text, std::mem::take(&mut is_apart), TokenKind::Word));
                    }
                    is_apart |= part.len() > word.len();
                }
            }
            Piece::Figure { text, address } => {
                let kind = changed(address).map_or(TokenKind::Word, TokenKind::Figure);
                tokens.push(Token::of(text, std::mem::take(&mut is_apart), kind));
            }
            Piece::Stated { text, .. } => {
                tokens.push(Token::of(text, std::mem::take(&mut is_apart), TokenKind::Word));
            }
            Piece::Note(id) => {
                let printed = Cow::Owned(format!(" {}", wording.say("changes.note", &[("id", id)])));
                tokens.push(Token { printed, ..Token::of(id, false, TokenKind::Note) });
            }
        }
    }
    tokens
}

/// Words as they are printed; of a note nothing is said but where its mark stands.
fn shown(tokens: &[Token]) -> Vec<Shown> {
    let mut pieces = Vec::new();
    tokens.iter().for_each(|token| push(&mut pieces, token.is_apart, token.printed.to_string()));
    pieces
}

fn push(pieces: &mut Vec<Shown>, is_apart: bool, text: String) {
    let space = if is_apart { " " } else { "" };
    match pieces.last_mut() {
        Some(Shown::Words(before)) => {
            before.push_str(space);
            before.push_str(&text);
        }
        _ => pieces.push(Shown::Words(format!("{space}{text}"))),
    }
}

/// Words that stayed, in which figures may have changed by themselves.
fn kept(old: &[Token], new: &[Token]) -> Vec<Shown> {
    let mut pieces = Vec::new();
    for (one, other) in old.iter().zip(new) {
        match other.kind {
            TokenKind::Figure(address) if one.text != other.text => {
                if other.is_apart {
                    push(&mut pieces, true, String::new());
                }
                pieces.push(Shown::Changed {
                    was: one.text.to_owned(),
                    is: other.text.to_owned(),
                    address: address.to_owned(),
                });
            }
            TokenKind::Figure(_) | TokenKind::Word | TokenKind::Note => {
                push(&mut pieces, other.is_apart, other.printed.to_string())
            }
        }
    }
    pieces
}

/// What became of the words of a sentence that was changed. What went stands before what came.
fn stretches(old: &[Token], new: &[Token]) -> Vec<Stretch> {
    let mut pairs = common(old, new);
    pairs.push((old.len(), new.len()));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut add = |fate: Fate, pieces: Vec<Shown>| match stretches.last_mut() {
        _ if pieces.is_empty() => {}
        Some(last) if last.fate == fate => join(&mut last.pieces, pieces),
        _ => stretches.push(Stretch { fate, pieces }),
    };
    let (mut from_old, mut from_new) = (0, 0);
    for (one, other) in pairs {
        add(Fate::Removed, shown(&old[from_old..one]));
        add(Fate::Added, shown(&new[from_new..other]));
        if one < old.len() && other < new.len() {
            add(Fate::Kept, kept(&old[one..=one], &new[other..=other]));
        }
        (from_old, from_new) = (one + 1, other + 1);
    }
    stretches
}

fn join(pieces: &mut Vec<Shown>, more: Vec<Shown>) {
    for piece in more {
        match (pieces.last_mut(), piece) {
            (Some(Shown::Words(before)), Shown::Words(text)) => before.push_str(&text),
            (_, piece) => pieces.push(piece),
        }
    }
}

/// How many words there are.
pub fn count(pieces: &[Shown]) -> usize {
    let words = pieces.iter().map(|piece| match piece {
        Shown::Words(text) => text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count(),
        Shown::Changed { .. } => 1,
    });
    words.sum()
}

/// The words alone, as they are now.
pub fn text(pieces: &[Shown]) -> String {
    text_as_it_stands(pieces).trim().to_owned()
}

/// The same with the spaces at its ends.
pub fn text_as_it_stands(pieces: &[Shown]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Shown::Words(text) => text.as_str(),
        Shown::Changed { is, .. } => is,
    });
    texts.collect()
}
