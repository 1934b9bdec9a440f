//! Reads the written form of a transcript.

use std::str::Lines;

use rust_decimal::Decimal;

use super::written::{DIGEST, FIGURES, FORM, FURTHER, OF, digest};
use super::{Figure, Item, ItemKind, Key, Number, Origin, Piece, Printed, Sentence, Text, Transcript, VERSION};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// Reads a transcript. A finding says why a text is none: it is something else, of another version, or was edited.
pub fn read(file: FileId, text: &str) -> Result<Transcript, Box<Diagnostic>> {
    // A checkout on Windows may have changed the ends of lines.
    let plain = text.replace("\r\n", "\n");
    let refused = |message: String| {
        let end = text.find('\n').unwrap_or(text.len());
        Box::new(Diagnostic::error(Code::TranscriptUnreadable, Span::new(file, 0..end), message))
    };
    let Some((version, rest)) = plain.strip_prefix(FORM).and_then(|rest| rest.split_once('\n')) else {
        return Err(Box::new(
            refused("this is no record of an edition".to_owned())
                .help(format!("a record that Tally wrote begins with `{FORM}{VERSION}`")),
        ));
    };
    if version.trim() != VERSION.to_string() {
        return Err(Box::new(
            refused(format!("this record has version {}, and this program reads version {VERSION}", version.trim()))
                .help("use the program that wrote it, or make the record again from the content of that edition"),
        ));
    }
    let body = rest.split_once('\n').and_then(|(line, body)| Some((line.strip_prefix(DIGEST)?, body)));
    let Some((_, body)) = body.filter(|(said, body)| said.trim() == digest(body)) else {
        return Err(Box::new(
            refused("this record was changed after Tally wrote it".to_owned()).help(
                "a record says what was published, and is not edited: bring the file back as it was, from a copy or the repository",
            ),
        ));
    };
    let mut reader = Reader { lines: body.lines(), next: None, number: 2 };
    reader.advance();
    reader.transcript().ok_or_else(|| {
        Box::new(
            refused(format!("line {} of this record is not understood", reader.number)).help("make the record again"),
        )
    })
}

/// Reads line by line.
struct Reader<'t> {
    lines: Lines<'t>,
    /// How deep the next line stands, and what it says.
    next: Option<(usize, &'t str)>,
    /// The number of that line.
    number: usize,
}

impl<'t> Reader<'t> {
    fn advance(&mut self) {
        self.next = self.lines.next().map(|line| {
            let bare = line.trim_start_matches(' ');
            ((line.len() - bare.len()) / 2, bare)
        });
        self.number += 1;
    }

    fn transcript(&mut self) -> Option<Transcript> {
        let report = name(self.next?.1.strip_prefix(OF)?)?;
        self.advance();
        let mut items = Vec::new();
        while self.next?.1 != FIGURES {
            items.push(self.item(0)?);
        }
        self.advance();
        let mut figures = Vec::new();
        while let Some((1, line)) = self.next {
            figures.push(figure(line)?);
            self.advance();
        }
        self.next.is_none().then_some(Transcript { report, items, figures })
    }

    /// An item at a depth, with all that stands deeper.
    fn item(&mut self, depth: usize) -> Option<Item> {
        let (_, line) = self.next.filter(|(at, _)| *at == depth)?;
        let (kind, id) = line.split_once(' ').map_or((line, None), |(kind, id)| (kind, Some(id)));
        let (kind, id) = (ItemKind::of(kind)?, id.map_or(Some(String::new()), name)?);
        let mut item = Item { kind, id, texts: Vec::new(), items: Vec::new(), at: None };
        self.advance();
        while let Some((at, line)) = self.next.filter(|(at, _)| *at > depth) {
            if at > depth + 1 {
                return None;
            }
            if let Some(further) = line.strip_prefix(FURTHER) {
                item.texts.last_mut()?.sentences.push(sentence(further)?);
                self.advance();
            } else if let Some((key, rest)) = key(line) {
                item.texts.push(Text { key, sentences: vec![sentence(rest)?], at: None });
                self.advance();
            } else {
                item.items.push(self.item(depth + 1)?);
            }
        }
        Some(item)
    }
}

/// What a line of a text begins with, and the rest; none where the line is that of an item.
fn key(line: &str) -> Option<(Key, &str)> {
    let end = line.find([' ', ':'])?;
    let (key, rest) = line.split_at(end);
    let named = rest.strip_prefix(": ").map(|rest| (Key::Named(key.to_owned()), rest));
    named.or_else(|| rest.strip_prefix(" = ").map(|rest| (Key::Cell(key.to_owned()), rest)))
}

/// A name, which may be in quotation marks.
fn name(text: &str) -> Option<String> {
    match text.starts_with('"') {
        true => quoted(text).filter(|(_, rest)| rest.is_empty()).map(|(name, _)| name),
        false => Some(text.to_owned()),
    }
}

/// The letters of a text up to one that ends it, and what follows from there on.
fn letters<'t>(text: &'t str, ends: &[char]) -> Option<(String, &'t str)> {
    let mut plain = String::new();
    let mut rest = text;
    loop {
        let mut letters = rest.chars();
        match letters.next() {
            Some('\\') => {
                let (letter, after) = unescaped(letters.as_str())?;
                plain.push(letter);
                rest = after;
            }
            Some(letter) if !ends.contains(&letter) => {
                plain.push(letter);
                rest = letters.as_str();
            }
            Some(_) | None => return Some((plain, rest)),
        }
    }
}

/// The letter that stands behind a backslash, and what follows it.
fn unescaped(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    match letters.next()? {
        'n' => Some(('\n', letters.as_str())),
        'u' => {
            let (code, rest) = letters.as_str().strip_prefix('{')?.split_once('}')?;
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest))
        }
        letter => Some((letter, letters.as_str())),
    }
}

/// A text in quotation marks, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let (plain, rest) = letters(text.strip_prefix('"')?, &['"'])?;
    Some((plain, rest.strip_prefix('"')?))
}

/// A sentence in quotation marks, with its pieces.
fn sentence(text: &str) -> Option<Sentence> {
    let mut sentence = Sentence::default();
    let mut rest = text.strip_prefix('"')?;
    loop {
        let (words, from) = letters(rest, &['"', '['])?;
        sentence.push(Piece::Words(words));
        match from.strip_prefix('[') {
            Some(inside) => {
                let (piece, after) = piece(inside)?;
                sentence.push(piece);
                rest = after;
            }
            None => return (from == "\"").then_some(sentence),
        }
    }
}

/// What stands behind an opening bracket, and what follows it.
fn piece(text: &str) -> Option<(Piece, &str)> {
    let is_note = text.starts_with('^');
    let (plain, rest) = letters(text, &[']'])?;
    let rest = rest.strip_prefix(']')?;
    if is_note {
        return Some((Piece::Note(plain[1..].to_owned()), rest));
    }
    let (behind, rest) = rest.strip_prefix('(')?.split_once(')')?;
    let piece = match behind.strip_prefix('=') {
        Some(source) => Piece::Stated { text: plain, source: source.to_owned() },
        None => Piece::Figure { text: plain, address: behind.to_owned() },
    };
    Some((piece, rest))
}

/// A line of a figure.
fn figure(line: &str) -> Option<Figure> {
    let (address, rest) = line.split_once(' ')?;
    let (shown, rest) = quoted(rest)?;
    let (number, rest) = match rest.strip_prefix(" is ") {
        Some(rest) => {
            let (number, rest) = rest.split_once("; ")?;
            (Some(self::number(number)?), rest)
        }
        None => (None, rest.strip_prefix("; ")?),
    };
    let (origin, rest) = origin(rest)?;
    let (printed, rest) = match rest.strip_prefix("; printed ") {
        Some(rest) => {
            let (printed, rest) = self::printed(rest)?;
            (Some(printed), rest)
        }
        None => (None, rest),
    };
    let restated = match rest.strip_prefix("; restated ") {
        Some(reason) => Some(name(reason)?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some(Figure { address: address.to_owned(), shown, number, origin, printed, restated })
}

fn number(text: &str) -> Option<Number> {
    let (value, rest) = text.split_once(' ')?;
    let (width, unit) = match rest.strip_prefix("wide ") {
        Some(rest) => {
            let (width, unit) = rest.split_once(' ')?;
            (width.parse().ok()?, unit)
        }
        None => (Decimal::ZERO, rest),
    };
    Some(Number { value: value.parse().ok()?, width, unit: unit.to_owned() })
}

fn origin(text: &str) -> Option<(Origin, &str)> {
    if let Some(rest) = text.strip_prefix("counted ") {
        return quoted(rest).map(|(what, rest)| (Origin::Counted(what), rest));
    }
    if let Some(rest) = text.strip_prefix("follows ") {
        return quoted(rest).map(|(what, rest)| (Origin::Follows(what), rest));
    }
    let (words, rest) = text.split_at(text.find(';').unwrap_or(text.len()));
    let mut words = words.split(' ').filter(|word| !word.is_empty());
    match words.next()? {
        "typed" => Some((Origin::Typed(words.next().map(str::to_owned)), rest)),
        "computed" => Some((Origin::Computed(words.map(str::to_owned).collect()), rest)),
        _ => None,
    }
}

fn printed(text: &str) -> Option<(Printed, &str)> {
    let (section, mut rest) = text.split_once(' ').map(|(section, _)| (section, &text[section.len()..]))?;
    let mut forms = Vec::new();
    while let Some(next) = rest.strip_prefix(' ') {
        let (form, after) = quoted(next)?;
        forms.push(form);
        rest = after;
    }
    let section = if section == "-" { String::new() } else { section.to_owned() };
    Some((Printed { section, forms }, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A digest can be forged, and is then all that can be trusted.
        #[test]
        fn no_text_makes_it_panic(text in "([a-z]{1,9}|  |\n|\"|\\[|\\]|\\(|\\)|=|: |\\^|\\+ |\\\\|é|row|figures\n|typed|printed|;){0,30}") {
            let body = format!("of x\n{text}");
            let _ = read(FileId(0), &format!("{FORM}{VERSION}\n{DIGEST}{}\n{body}", digest(&body)));
        }
    }
}
