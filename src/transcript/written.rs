//! The written form: a text file, an entry a line, that people read and compare line by line.
//!
//! ```text
//! tally transcript 1
//! sha256 3f0c…
//! of css-annual-report
//! section running-costs
//!   title: "Running costs"
//!   part prose running-costs.md
//!     paragraph
//!       words: "We spent [£16,311,000](running-costs.subtotal.total) in {{ 2016/17 }}."
//!       + "The next sentence of the same text.[^baseline]"
//! file running-costs
//!   row projects
//!     name: "Projects"
//!     total = "[77,846](running-costs.projects.total)"
//! figures
//!   running-costs.projects.total "£77,846" is 77846 GBP; typed accounts; printed running-costs "77,846"
//! ```

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{Figure, Item, Key, Number, Origin, Piece, Printed, Sentence, Text, Transcript, VERSION};

/// What the first line begins with.
pub(super) const FORM: &str = "tally transcript ";
/// What the second line begins with.
pub(super) const DIGEST: &str = "sha256 ";
/// What the first line of the body begins with.
pub(super) const OF: &str = "of ";
/// The line above the figures.
pub(super) const FIGURES: &str = "figures";
/// What a further sentence of a text begins with.
pub(super) const FURTHER: &str = "+ ";

pub(super) fn write(transcript: &Transcript) -> String {
    let body = body(transcript);
    format!("{FORM}{VERSION}\n{DIGEST}{}\n{body}", digest(&body))
}

/// The digest of a body.
pub(super) fn digest(body: &str) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Everything below the two lines that say what the file is.
pub(super) fn body(transcript: &Transcript) -> String {
    let mut body = format!("{OF}{}\n", quoted_if_needed(&transcript.report));
    transcript.items.iter().for_each(|one| item(&mut body, one, 0));
    let _ = writeln!(body, "{FIGURES}");
    transcript.figures.iter().for_each(|one| figure(&mut body, one));
    body
}

fn item(body: &mut String, item: &Item, depth: usize) {
    let room = "  ".repeat(depth);
    let _ = match item.id.as_str() {
        "" => writeln!(body, "{room}{}", item.kind.word()),
        id => writeln!(body, "{room}{} {}", item.kind.word(), quoted_if_needed(id)),
    };
    item.texts.iter().for_each(|one| text(body, one, &room));
    item.items.iter().for_each(|one| self::item(body, one, depth + 1));
}

fn text(body: &mut String, text: &Text, room: &str) {
    let _ = match &text.key {
        Key::Named(name) => write!(body, "{room}  {name}: "),
        Key::Cell(column) => write!(body, "{room}  {column} = "),
    };
    for (place, sentence) in text.sentences.iter().enumerate() {
        if place > 0 {
            let _ = write!(body, "{room}  {FURTHER}");
        }
        let _ = writeln!(body, "\"{}\"", pieces(sentence));
    }
    if text.sentences.is_empty() {
        body.push_str("\"\"\n");
    }
}

fn pieces(sentence: &Sentence) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(text) => escaped(text),
        Piece::Figure { text, address } => format!("[{}]({address})", escaped(text)),
        Piece::Stated { text, source } => format!("[{}](={source})", escaped(text)),
        Piece::Note(id) => format!("[^{id}]"),
    };
    sentence.pieces().iter().map(piece).collect()
}

fn figure(body: &mut String, figure: &Figure) {
    let Figure { address, shown, number, origin, printed, restated } = figure;
    let _ = write!(body, "  {address} \"{}\"", escaped(shown));
    if let Some(Number { value, width, unit }) = number {
        let to = if width.is_zero() { String::new() } else { format!(" wide {width}") };
        let _ = write!(body, " is {value}{to} {unit}");
    }
    body.push_str("; ");
    let _ = match origin {
        Origin::Typed(None) => write!(body, "typed"),
        Origin::Typed(Some(source)) => write!(body, "typed {source}"),
        Origin::Computed(from) => write!(body, "computed {}", from.join(" ")),
        Origin::Counted(what) => write!(body, "counted \"{}\"", escaped(what)),
        Origin::Follows(what) => write!(body, "follows \"{}\"", escaped(what)),
    };
    if let Some(Printed { section, forms }) = printed {
        let _ = write!(body, "; printed {}", if section.is_empty() { "-" } else { section });
        for form in forms {
            let _ = write!(body, " \"{}\"", escaped(form));
        }
    }
    if let Some(reason) = restated {
        let _ = write!(body, "; restated \"{}\"", escaped(reason));
    }
    body.push('\n');
}

/// A name as it stands on a line; in quotation marks where it could be taken for something else.
fn quoted_if_needed(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/' | ' ');
    match name.chars().all(is_plain) && name.trim() == name && !name.is_empty() {
        true => name.to_owned(),
        false => format!("\"{}\"", escaped(name)),
    }
}

/// A text within quotation marks: what would end it or cannot be seen is written so that it can.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '[' | ']' | '^' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            _ if letter.is_control() || (letter.is_whitespace() && letter != ' ') || is_hidden(letter) => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(letter));
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Letters without a shape, which would be lost on whoever reads the file.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
