//! Captions find the table or the picture that they stand beside.

use std::collections::BTreeSet;

use super::Piece;
use crate::office::document::docx::styles::Role;
use crate::office::document::{Document, plain};

/// What a caption says that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Table,
    Picture,
    Any,
}

/// Gives captions to tables and pictures, and takes them from the text.
pub fn place(pieces: &mut Vec<Piece>, document: &mut Document) {
    let (mut at, mut captioned) = (0, BTreeSet::new());
    while at < pieces.len() {
        let Some((of, text)) = caption(&pieces[at]) else {
            at += 1;
            continue;
        };
        let before = at.checked_sub(1).map(|place| &pieces[place]);
        // One that has its caption already was captioned from above, as this one then is.
        let fits = |piece: Option<&Piece>| piece.is_some_and(|piece| is_open(piece, of, &captioned));
        let target = match (fits(before), fits(pieces.get(at + 1))) {
            (true, _) => Some(at - 1),
            (false, true) => Some(at + 1),
            (false, false) => None,
        };
        match target.map(|place| &pieces[place]) {
            Some(Piece::Table(number)) => {
                document.tables[*number].caption = Some(text);
                captioned.insert((Of::Table, *number));
            }
            Some(Piece::Picture(number)) => {
                document.pictures[*number].caption = Some(text);
                captioned.insert((Of::Picture, *number));
            }
            _ => {
                at += 1;
                continue;
            }
        }
        pieces.remove(at);
    }
}

/// Whether a piece is what a caption is of, and no other paragraph was its caption.
fn is_open(piece: &Piece, of: Of, captioned: &BTreeSet<(Of, usize)>) -> bool {
    match piece {
        Piece::Table(number) => of != Of::Picture && !captioned.contains(&(Of::Table, *number)),
        Piece::Picture(number) => of != Of::Table && !captioned.contains(&(Of::Picture, *number)),
        _ => false,
    }
}

/// What a paragraph says as a caption: by its style, or since it begins with `Table 1`.
fn caption(piece: &Piece) -> Option<(Of, String)> {
    let Piece::Paragraph(paragraph) = piece else { return None };
    let text = plain(&paragraph.inlines);
    let labelled = labelled(&text);
    let is_caption = paragraph.role == Role::Caption;
    if !is_caption && (paragraph.role != Role::Text || paragraph.in_list.is_some()) {
        return None;
    }
    match labelled {
        Some((of, rest)) => Some((of, rest.to_owned())),
        None if is_caption => Some((Of::Any, text)),
        None => None,
    }
}

/// `Table 1: Loans` is of a table, and says “Loans”.
fn labelled(text: &str) -> Option<(Of, &str)> {
    let (word, rest) = text.split_once(' ')?;
    let of = match word.to_lowercase().as_str() {
        "table" => Of::Table,
        "figure" | "fig." | "fig" | "picture" | "chart" | "graph" | "map" | "photo" | "photograph" | "image" => {
            Of::Picture
        }
        _ => return None,
    };
    let number = rest.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(number);
    if !number.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let rest = match number.ends_with('.') {
        true => rest,
        false => rest.trim_start().strip_prefix([':', '.', '–', '-', '—'])?,
    };
    let rest = rest.trim();
    (!rest.is_empty()).then_some((of, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_lose_their_numbers() {
        assert_eq!(labelled("Table 1: our year in figures"), Some((Of::Table, "our year in figures")));
        assert_eq!(labelled("Figure 2.3 – Referrals"), Some((Of::Picture, "Referrals")));
        assert_eq!(labelled("Table 4. Staff"), Some((Of::Table, "Staff")));
        assert_eq!(labelled("Table 1 shows what we did"), None);
        assert_eq!(labelled("Figures are final"), None);
    }
}
