//! Typefaces that are served with the pages: a font with the letters of some texts alone, packed for the web.
//!
//! In: the bytes of a font, and letters. Out: the bytes of a WOFF2 file. `subset` leaves out the outlines of all other
//! letters where it can, and `woff2` packs what is left. Which fonts are served is decided above.

mod subset;
mod woff2;

use std::collections::BTreeSet;

/// A font with the outlines of these letters alone, as WOFF2, or with all, where they are those of PostScript; the same
/// bytes for the same letters. None where they vary, or where it cannot be read.
pub fn for_the_web(font: &[u8], index: u32, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    woff2::packed(&subset::tables(font, index, letters)?)
}

/// A table of a font.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    tag: [u8; 4],
    bytes: Vec<u8>,
}
