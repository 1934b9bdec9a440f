//! The words of a PDF that stand on none of its pages: its title, and its bookmarks.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, String as Words};

/// More bookmarks are not looked at; a file in which they lead to each other would go in circles.
const MOST: usize = 100_000;

/// The title and the bookmarks, in their order.
pub fn titles(pdf: &Pdf) -> Vec<String> {
    let xref = pdf.xref();
    let mut titles: Vec<String> = pdf.metadata().title.iter().map(|title| decoded(title)).collect();
    let root = xref.get::<Dict>(xref.root_id()).and_then(|root| root.get::<Dict>("Outlines"));
    // What stands below a bookmark comes before what stands behind it.
    let mut waiting: Vec<Dict> = root.and_then(|root| root.get::<Dict>("First")).into_iter().collect();
    while let Some(bookmark) = waiting.pop().filter(|_| titles.len() < MOST) {
        titles.extend(bookmark.get::<Words>("Title").map(|title| decoded(&title)));
        waiting.extend(bookmark.get::<Dict>("Next"));
        waiting.extend(bookmark.get::<Dict>("First"));
    }
    titles
}

/// A text of the file: UTF-16 where it begins with its mark, else a letter a byte.
pub fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
