//! Lists that were typed: a sign, a dash, a number or a letter before the words of each paragraph or line.

use std::collections::BTreeMap;

use super::{InList, Paragraph, Piece};
use crate::office::document::docx::numbering::Mark;
use crate::office::document::docx::styles::Role;
use crate::office::document::{Document, Inline};

/// Signs that nobody types but before an item.
const SIGNS: &[char] = &['•', '·', '▪', '●', '○', '◦', '‣', '⁃', '■', '□', '➢', '➤', '►', '▶', '❖', '✓', '✔', '☑'];

/// What stands before the words of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed {
    Sign(char),
    /// A dash, or the letter o as Word's second bullet.
    Dash(char),
    Number(u64),
    Letter(u64),
}

/// Makes lists of paragraphs that begin like items.
pub fn lists(pieces: Vec<Piece>, document: &mut Document) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = pieces.into_iter().flat_map(by_lines).collect();
    let marks: Vec<Option<(Typed, usize)>> = pieces.iter().map(mark).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut run = 0;
    let mut place = 0;
    while place < pieces.len() {
        let end = place + marks[place..].iter().take_while(|mark| mark.is_some()).count();
        if end == place {
            place += 1;
            continue;
        }
        // What was typed one below the other, with the signs of the levels that are open.
        let mut signs: Vec<Typed> = Vec::new();
        for at in place..end {
            let Some((typed, letters)) = marks[at] else { continue };
            if !is_item(typed, &marks[place..end], at - place) {
                signs.clear();
                continue;
            }
            let kind = typed.family();
            if signs.first().is_none_or(|first| !first.can_hold(typed)) {
                signs.clear();
                run += 1;
            }
            let level = match signs.iter().position(|sign| sign.is_like(typed)) {
                Some(level) => level,
                None => signs.len(),
            };
            signs.truncate(level);
            signs.push(typed);
            *counts.entry(kind).or_default() += 1;
            if let Piece::Paragraph(paragraph) = &mut pieces[at] {
                strip(&mut paragraph.inlines, letters);
                let mark = typed.mark();
                paragraph.in_list =
                    Some(InList { list: format!("typed {run}"), level, indent: paragraph.indent, mark });
            }
        }
        place = end;
    }
    say(&counts, document);
    pieces
}

fn say(counts: &BTreeMap<&str, usize>, document: &mut Document) {
    let order = ["bullet", "number", "letter", "dash"];
    let told: Vec<String> = order
        .iter()
        .filter_map(|kind| counts.get(kind).map(|count| (kind, count)))
        .map(|(kind, count)| match (count, *kind) {
            (1, _) => format!("1 {kind}"),
            (count, "dash") => format!("{count} dashes"),
            (count, kind) => format!("{count} {kind}s"),
        })
        .collect();
    if let Some((last, first)) = told.split_last() {
        let all = if first.is_empty() { last.clone() } else { format!("{} and {last}", first.join(", ")) };
        document.say("lists", format!("{all} that were typed became lists"));
    }
}

impl Typed {
    fn family(self) -> &'static str {
        match self {
            Typed::Sign(_) => "bullet",
            Typed::Dash(_) => "dash",
            Typed::Number(_) => "number",
            Typed::Letter(_) => "letter",
        }
    }

    fn is_like(self, other: Typed) -> bool {
        match (self, other) {
            (Typed::Sign(one), Typed::Sign(other)) | (Typed::Dash(one), Typed::Dash(other)) => one == other,
            (one, other) => one.family() == other.family(),
        }
    }

    /// Whether an item so marked stands in a list that began with this mark, beside it or below it.
    fn can_hold(self, other: Typed) -> bool {
        match (self, other) {
            (Typed::Sign(_), Typed::Sign(_) | Typed::Dash(_)) | (Typed::Number(_), Typed::Letter(_)) => true,
            (one, other) => one.is_like(other),
        }
    }

    fn mark(self) -> Mark {
        match self {
            Typed::Sign(_) | Typed::Dash(_) => Mark::Bullet,
            Typed::Number(number) | Typed::Letter(number) => Mark::Number(number, None),
        }
    }
}

/// Whether a mark makes an item, in the row of marks that stand one below the other: a sign does; a dash, a number and a
/// letter only beside another, since a sentence may begin so.
fn is_item(typed: Typed, row: &[Option<(Typed, usize)>], place: usize) -> bool {
    let others =
        || row.iter().enumerate().filter(|(at, _)| *at != place).filter_map(|(_, mark)| mark.map(|(typed, _)| typed));
    match typed {
        Typed::Sign(_) => true,
        Typed::Dash(_) => others().any(|other| other.is_like(typed)),
        Typed::Number(number) => {
            others().any(|other| matches!(other, Typed::Number(other) if other == number + 1 || other + 1 == number))
        }
        Typed::Letter(number) => {
            others().any(|other| matches!(other, Typed::Letter(other) if other == number + 1 || other + 1 == number))
        }
    }
}

/// The mark that a paragraph begins with, and how many letters it takes with what follows it.
fn mark(piece: &Piece) -> Option<(Typed, usize)> {
    let Piece::Paragraph(paragraph) = piece else { return None };
    if paragraph.in_list.is_some() || !matches!(paragraph.role, Role::Text | Role::Continues) {
        return None;
    }
    let text = beginning(&paragraph.inlines);
    let (typed, rest) = typed(text.trim_start())?;
    let rest = rest.trim_start();
    (!rest.is_empty() || paragraph.inlines.len() > 1).then(|| (typed, text.chars().count() - rest.chars().count()))
}

fn typed(text: &str) -> Option<(Typed, &str)> {
    let first = text.chars().next()?;
    let behind = &text[first.len_utf8()..];
    if SIGNS.contains(&first) {
        return Some((Typed::Sign(first), behind));
    }
    let is_apart = behind.starts_with(char::is_whitespace);
    if matches!(first, '-' | '–' | '—' | '*' | 'o' | '+') && is_apart {
        return Some((Typed::Dash(first), behind));
    }
    if first == '-' && behind.starts_with(char::is_alphabetic) {
        return Some((Typed::Dash(first), behind));
    }
    let (inside, behind) = match text.strip_prefix('(') {
        Some(text) => text.split_once(')')?,
        None => text.split_at(text.find([')', '.'])?),
    };
    let behind = behind.strip_prefix([')', '.']).unwrap_or(behind);
    if !behind.starts_with(char::is_whitespace) {
        return None;
    }
    if (1..=2).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((Typed::Number(inside.parse().ok()?), behind));
    }
    Some((Typed::Letter(letter(inside)?), behind))
}

/// Which letter it is, from 1, or which Roman number; `i` is the first, since few lists have nine items.
fn letter(text: &str) -> Option<u64> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let lower = text.to_lowercase();
    if let Some(place) = ROMAN.iter().position(|roman| *roman == lower) {
        return Some(place as u64 + 1);
    }
    match lower.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u64::from(letter - b'a') + 1),
        _ => None,
    }
}

/// The words that a paragraph begins with, up to what is no text.
fn beginning(inlines: &[Inline]) -> String {
    let texts = inlines.iter().map_while(|inline| match inline {
        Inline::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Takes letters from the beginning.
fn strip(inlines: &mut Vec<Inline>, mut letters: usize) {
    while letters > 0 {
        let Some(Inline::Text { text, .. }) = inlines.first_mut() else { return };
        let count = text.chars().count();
        if count <= letters {
            inlines.remove(0);
            letters -= count;
        } else {
            *text = text.chars().skip(letters).collect();
            letters = 0;
        }
    }
}

/// A paragraph whose lines begin like items is one paragraph a line.
fn by_lines(piece: Piece) -> Vec<Piece> {
    let Piece::Paragraph(paragraph) = &piece else { return vec![piece] };
    let lines: Vec<&[Inline]> = paragraph.inlines.split(|inline| *inline == Inline::Break).collect();
    let as_piece = |inlines: &[Inline]| Piece::Paragraph(Paragraph { inlines: inlines.to_vec(), ..paragraph.clone() });
    let marks: Vec<Option<(Typed, usize)>> = lines.iter().map(|line| mark(&as_piece(line))).collect();
    let items = marks.iter().enumerate().filter(|(at, one)| one.is_some_and(|(typed, _)| is_item(typed, &marks, *at)));
    match lines.len() > 1 && items.count() > 1 {
        true => lines.into_iter().filter(|line| !line.is_empty()).map(as_piece).collect(),
        false => vec![piece],
    }
}
