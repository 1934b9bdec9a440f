//! A document as a .docx, for those who comment on it in Word.
//!
//! In: a [`Document`]. Out: the bytes of a package, the same for the same document. What Tally puts in, and the files that
//! texts belong to, stand in content controls; a part of its own says what each of them is, so that the document can be read
//! back.

mod body;
mod fixed;
mod lists;
mod own;

use super::Document;
use crate::office::pack::packed;
use body::Body;

/// What the part of Tally's own is called inside.
pub const OWN_PART: &str = "urn:tally:document";
/// Its outermost element.
pub const OWN_ROOT: &str = "tally";

/// Writes a document in a language, `en-GB`.
pub fn write(document: &Document, language: &str) -> Vec<u8> {
    let mut body = Body::new(document);
    body.blocks(&document.blocks);
    let parts = [
        ("[Content_Types].xml", fixed::content_types(&document.pictures)),
        ("_rels/.rels", fixed::RELATIONS.to_owned()),
        ("word/document.xml", body.text()),
        ("word/_rels/document.xml.rels", body.relations()),
        ("word/styles.xml", fixed::styles(language)),
        ("word/numbering.xml", body.numbering()),
        ("word/footnotes.xml", body.notes()),
        ("word/_rels/footnotes.xml.rels", body.relations_of_notes()),
        ("word/settings.xml", fixed::SETTINGS.to_owned()),
        ("customXml/item1.xml", body.own()),
        ("customXml/_rels/item1.xml.rels", fixed::OWN_RELATIONS.to_owned()),
        ("customXml/itemProps1.xml", fixed::OWN_PROPERTIES.to_owned()),
    ];
    let texts = parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let shown = document.pictures.iter().enumerate().filter(|(_, picture)| !picture.bytes.is_empty());
    let pictures = shown.map(|(number, picture)| (fixed::picture_name(number, picture), picture.bytes.clone()));
    packed(texts.chain(pictures))
}

#[cfg(test)]
mod tests;
