//! Plain text and the Markdown of other programs.

use super::docx::styles::Role;
use super::flat::{Paragraph, Piece, structure};
use super::letters::Counts;
use super::{Block, Document, Inline, Said, markdown};
use crate::office::sheet::Unreadable;

/// Lines that are shorter than the longest by so many letters end a paragraph of their own.
const SHORT_BY: usize = 25;

/// The text of a file: UTF-8 or UTF-16 by its mark, else Windows-1252 as older programs save it.
pub fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| of_windows(*byte)).collect(),
        },
    };
    let strange = text.chars().filter(|letter| letter.is_control() && !letter.is_whitespace()).count();
    match strange * 50 > text.chars().count() {
        true => {
            Err(Unreadable::new("this is no text, whatever its name says", "save it as .docx, or as a text in UTF-8"))
        }
        false => Ok(text),
    }
}

/// A letter of Windows-1252.
fn of_windows(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// Markdown of another program: its headings without gaps, its letters as they may stand in a report.
pub fn of_markdown(text: &str) -> Document {
    let mut document = markdown::read(text);
    let mut counts = Counts::default();
    let mut levels: Vec<u8> = document.blocks.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    for block in &mut document.blocks {
        if let Block::Heading { level, .. } = block
            && let Some(place) = levels.iter().position(|known| known == level)
        {
            *level = place as u8 + 1;
        }
        clean(block, &mut counts);
    }
    document.said.extend(counts.said().into_iter().map(|(about, text)| Said { about, text }));
    document
}

fn level(block: &Block) -> Option<u8> {
    match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

fn clean(block: &mut Block, counts: &mut Counts) {
    match block {
        Block::Heading { inlines, .. } | Block::Paragraph { inlines } => {
            for inline in inlines {
                if let Inline::Text { text, .. } = inline {
                    *text = counts.cleaned(text);
                }
            }
        }
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| clean(block, counts)),
        Block::Quote { blocks } => blocks.iter_mut().for_each(|block| clean(block, counts)),
        Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => {}
    }
}

/// Plain text: an empty line, or one that is much shorter than the others, ends a paragraph.
pub fn of_lines(text: &str) -> Document {
    let mut counts = Counts::default();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let is_filled = |line: &str| longest <= 100 && line.chars().count() + SHORT_BY > longest && longest > SHORT_BY;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<String> = None;
    let mut add = |words: String, pieces: &mut Vec<Piece>| {
        let indent = words
            .chars()
            .take_while(|letter| matches!(letter, ' ' | '\t'))
            .map(|letter| if letter == '\t' { 360 } else { 90 })
            .sum();
        let words = counts.cleaned(words.trim_start());
        let paragraph =
            Paragraph { inlines: vec![Inline::text(words.trim())], indent, role: Role::Text, ..Paragraph::default() };
        pieces.push(Piece::Paragraph(paragraph));
    };
    for line in lines {
        if line.trim().is_empty() {
            if let Some(words) = open.take() {
                add(words, &mut pieces);
            }
            continue;
        }
        let words = match open.take() {
            Some(before) => format!("{before} {}", line.trim_start()),
            None => line.to_owned(),
        };
        match is_filled(line) {
            true => open = Some(words),
            false => add(words, &mut pieces),
        }
    }
    if let Some(words) = open.take() {
        add(words, &mut pieces);
    }
    let mut document = Document::default();
    structure(pieces, 20, &mut document);
    document.said.extend(counts.said().into_iter().map(|(about, text)| Said { about, text }));
    document
}
