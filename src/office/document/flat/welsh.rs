//! Welsh that nobody marked: a screen reader would read it as English.

use super::Piece;
use crate::office::document::{Document, Inline, plain};

/// Words that are frequent in Welsh and are none in English.
const WORDS: [&str; 30] = [
    "yn",
    "mae",
    "yr",
    "gan",
    "gyda",
    "wedi",
    "ein",
    "eich",
    "bawb",
    "croeso",
    "gyfer",
    "cymru",
    "gymraeg",
    "cymraeg",
    "hefyd",
    "sydd",
    "oedd",
    "bod",
    "neu",
    "hyn",
    "ar",
    "ac",
    "eu",
    "hwn",
    "hon",
    "diolch",
    "gwasanaeth",
    "iechyd",
    "blwyddyn",
    "pobl",
];
/// So many of them, and so many of a hundred words, make a text Welsh.
const LEAST: usize = 3;
const SHARE: usize = 20;
/// The most letters of a text that are repeated.
const MOST_LETTERS: usize = 80;

/// Says which paragraphs seem to be in Welsh and are not marked so.
pub fn say(pieces: &[Piece], document: &mut Document) {
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Paragraph(paragraph) if !paragraph.inlines.iter().any(is_marked) => Some(plain(&paragraph.inlines)),
        _ => None,
    });
    for text in texts.filter(|text| is_welsh(text)).collect::<Vec<_>>() {
        let start: String = text.chars().take(MOST_LETTERS).collect();
        let more = if start.len() < text.len() { "…" } else { "" };
        document.say("language", format!("“{start}{more}” seems to be Welsh: write {{{{ \"…\" | in cy }}}} round it"));
    }
}

fn is_marked(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { form, .. } if form.language.is_some())
}

fn is_welsh(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let known = words.iter().filter(|word| WORDS.contains(&word.as_str())).count();
    known >= LEAST && known * 100 >= words.len() * SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_is_told_from_english() {
        assert!(is_welsh("Mae darllen i bawb, ac mae croeso i chi yn y llyfrgell."));
        assert!(!is_welsh("The year was a good one for reading, and for all who do it."));
        assert!(!is_welsh("Croeso i bawb is what the sign over the door of the library in the market square says."));
    }
}
