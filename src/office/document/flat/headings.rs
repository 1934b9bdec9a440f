//! Which paragraphs are headings: by their styles; where no style says so, those that stand alone in bold or larger
//! letters, by their size.

use std::collections::BTreeMap;

use super::{Paragraph, Piece};
use crate::office::document::docx::styles::Role;
use crate::office::document::{Document, plain};

/// No heading has more letters.
const LONGEST: usize = 90;
/// Letters that are larger by so many half points stand out without being bold.
const LARGER: u32 = 4;
/// So many lines that were left alone are named.
const MOST_NAMED: usize = 5;

/// Gives every heading its role with its level, from 1, without gaps; the title of the document has its own role.
pub fn find(mut pieces: Vec<Piece>, usual_size: u32, document: &mut Document) -> Vec<Piece> {
    let has_styles = paragraphs(&pieces).any(|paragraph| matches!(paragraph.role, Role::Heading(_)));
    let usual_size = size_of_text(&pieces).unwrap_or(usual_size);
    let last = pieces
        .iter()
        .rposition(|piece| !matches!(piece, Piece::Paragraph(paragraph) if looks_so(paragraph, usual_size)));
    let is_before_text = |place: usize| last.is_some_and(|last| place < last);
    let candidates: Vec<usize> = (0..pieces.len())
        .filter(|place| is_before_text(*place))
        .filter(|place| matches!(&pieces[*place], Piece::Paragraph(paragraph) if looks_so(paragraph, usual_size)))
        .collect();
    match has_styles {
        true => say_left(&pieces, &candidates, document),
        false => by_size(&mut pieces, &candidates, usual_size, document),
    }
    without_gaps(&mut pieces);
    pieces
}

fn paragraphs(pieces: &[Piece]) -> impl Iterator<Item = &Paragraph> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    })
}

/// The size that most letters of the text have.
fn size_of_text(pieces: &[Piece]) -> Option<u32> {
    let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
    for paragraph in paragraphs(pieces).filter(|paragraph| !paragraph.is_bold && paragraph.size > 0) {
        *letters.entry(paragraph.size).or_default() += plain(&paragraph.inlines).chars().count();
    }
    letters.into_iter().max_by_key(|(size, count)| (*count, *size)).map(|(size, _)| size)
}

/// Whether a paragraph looks like a heading, whatever it is.
fn looks_so(paragraph: &Paragraph, usual_size: u32) -> bool {
    let text = plain(&paragraph.inlines);
    let stands_out = paragraph.is_bold || paragraph.size >= usual_size + LARGER;
    stands_out
        && paragraph.role == Role::Text
        && paragraph.in_list.is_none()
        && text.chars().count() <= LONGEST
        && text.contains(char::is_alphabetic)
        && !text.ends_with(['.', ',', ';'])
}

/// Larger letters make a higher heading.
fn by_size(pieces: &mut [Piece], candidates: &[usize], usual_size: u32, document: &mut Document) {
    let mut sizes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for place in candidates {
        if let Piece::Paragraph(paragraph) = &pieces[*place] {
            sizes.entry(paragraph.size).or_default().push(format!("“{}”", plain(&paragraph.inlines)));
        }
    }
    let order: Vec<u32> = sizes.keys().rev().copied().collect();
    for place in candidates {
        if let Piece::Paragraph(paragraph) = &mut pieces[*place] {
            let level = order.iter().position(|size| *size == paragraph.size).unwrap_or(0);
            paragraph.role = Role::Heading(level.min(8) as u8 + 1);
        }
    }
    if candidates.is_empty() {
        return;
    }
    let told = sizes.iter().rev().map(|(size, texts)| {
        let as_text = if *size == usual_size { ", as the text" } else { "" };
        format!("{} ({}{as_text})", texts.join(", "), points(*size))
    });
    let what = if candidates.len() == 1 {
        "1 whole paragraph in bold or large letters became a heading".to_owned()
    } else {
        format!("{} whole paragraphs in bold or large letters became headings, by their size", candidates.len())
    };
    document.say("headings", format!("{what}: {}", told.collect::<Vec<_>>().join("; ")));
}

fn points(size: u32) -> String {
    let half = if size % 2 == 1 { ".5" } else { "" };
    format!("{}{half} pt", size / 2)
}

/// Where headings have styles, a line in bold may be one that was forgotten.
fn say_left(pieces: &[Piece], candidates: &[usize], document: &mut Document) {
    let texts: Vec<String> = candidates.iter().filter_map(|place| pieces[*place].text()).collect();
    if texts.is_empty() {
        return;
    }
    let named: Vec<String> = texts.iter().take(MOST_NAMED).map(|text| format!("“{text}”")).collect();
    let more = match texts.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let look = if texts.len() == 1 { "looks like a heading and was" } else { "look like headings and were" };
    document.say(
        "headings",
        format!("{}{more} {look} left in the text: for a heading write ## before the words", named.join(", ")),
    );
}

/// Levels that no heading has are passed over. A second title is a heading.
fn without_gaps(pieces: &mut [Piece]) {
    let mut has_title = false;
    for piece in pieces.iter_mut() {
        let Piece::Paragraph(paragraph) = piece else { continue };
        if paragraph.role == Role::Title && std::mem::replace(&mut has_title, true) {
            paragraph.role = Role::Heading(1);
        }
    }
    let mut levels: Vec<u8> = paragraphs(pieces).filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    for piece in pieces {
        let Piece::Paragraph(paragraph) = piece else { continue };
        if let Some(place) = level(paragraph).and_then(|level| levels.iter().position(|known| *known == level)) {
            paragraph.role = Role::Heading(place as u8 + 1);
        }
    }
}

fn level(paragraph: &Paragraph) -> Option<u8> {
    match paragraph.role {
        Role::Heading(level) => Some(level),
        _ => None,
    }
}
