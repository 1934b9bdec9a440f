//! Writes a workbook of LibreOffice: `.ods`, for people who read tables and count with them.
//!
//! In: a [`Book`]. Out: the bytes of a package, the same for the same book. Each sheet is a column of cells under each
//! other from its left edge: no cell lies over another, no row or column is hidden, and a table has its head marked, so that
//! those who listen to a sheet know where they are. A number is stored as a number and shown with the decimals that it was
//! given with; how thousands are parted is left to the reader's own program. `cells` writes cells, `fixed` the parts that
//! are the same in every workbook.

mod cells;
mod fixed;

use super::KIND;
use crate::office::pack::{KIND_PART, packed};
use crate::office::sheet::Position;
use crate::office::xml::escaped;
use cells::{Decimals, cell};

/// A workbook that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    pub title: String,
    /// Who publishes it.
    pub creator: String,
    /// The day that it is of, `2017-07-14`; a package has no other.
    pub day: String,
    /// The tag of its language, `en-GB`.
    pub language: String,
    pub is_rtl: bool,
    pub leaves: Vec<Leaf>,
}

/// One sheet of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leaf {
    pub name: String,
    /// How wide its columns are, from the first.
    pub widths: Vec<Width>,
    /// What stands above the table.
    pub above: Vec<Vec<Entry>>,
    /// The names of the table's columns.
    pub head: Vec<String>,
    pub lines: Vec<Vec<Entry>>,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// For figures and marks.
    Narrow,
    /// For names.
    Middle,
    /// For sentences.
    Wide,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Nothing,
    /// The title of a sheet.
    Title(String),
    /// A sentence above a table, in a line of its own.
    Line(String),
    Words(String),
    /// Words that lead to the sheet of a name.
    ToLeaf(String, String),
    /// Words that lead to an address.
    To(String, String),
    /// A number in digits with a point before its decimals, `-1234.50`.
    Number(String),
    /// A number whose digits are never parted: a year, a place in an order.
    Ordinal(String),
    /// A day, `2017-03-31`.
    Day(String),
}

/// The most digits that spreadsheets keep of a number. One with more is written as words, so that no digit is lost.
const MOST_DIGITS: usize = 15;

/// Writes a workbook.
pub fn write(book: &Book) -> Vec<u8> {
    let parts = [
        (KIND_PART, KIND.to_owned()),
        ("META-INF/manifest.xml", fixed::MANIFEST.to_owned()),
        ("meta.xml", fixed::meta(book)),
        ("styles.xml", fixed::styles(book, &Decimals::of(book))),
        ("content.xml", content(book)),
    ];
    packed(parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())))
}

fn content(book: &Book) -> String {
    let direction = if book.is_rtl { "rl-tb" } else { "lr-tb" };
    let mut text = format!("{}{}", fixed::CONTENT_START, fixed::sheet_styles(direction));
    book.leaves.iter().for_each(|leaf| sheet(leaf, &mut text));
    text.push_str("<table:database-ranges>");
    (1..).zip(&book.leaves).for_each(|(number, leaf)| text.push_str(&table(leaf, number)));
    text.push_str("</table:database-ranges></office:spreadsheet></office:body></office:document-content>\n");
    text
}

fn sheet(leaf: &Leaf, text: &mut String) {
    text.push_str(&format!("<table:table table:name=\"{}\" table:style-name=\"sheet\">", escaped(&leaf.name)));
    for width in &leaf.widths {
        text.push_str(&format!("<table:table-column table:style-name=\"{}\"/>", fixed::style_of(*width)));
    }
    leaf.above.iter().for_each(|line| row(line, text));
    if !leaf.head.is_empty() {
        text.push_str("<table:table-header-rows><table:table-row table:style-name=\"row\">");
        leaf.head.iter().for_each(|name| cells::words("head", name, text));
        text.push_str("</table:table-row></table:table-header-rows>");
    }
    leaf.lines.iter().for_each(|line| row(line, text));
    text.push_str("</table:table>");
}

fn row(line: &[Entry], text: &mut String) {
    text.push_str("<table:table-row table:style-name=\"row\">");
    line.iter().for_each(|entry| cell(entry, text));
    text.push_str("</table:table-row>");
}

/// Marks the table of a sheet, its head among it.
fn table(leaf: &Leaf, number: usize) -> String {
    if leaf.head.is_empty() {
        return String::new();
    }
    let place = |row: usize, column: usize| Position::new(row as u32, column as u32).to_string();
    let sheet = format!("'{}'", leaf.name.replace('\'', "''"));
    let (first, last) = (leaf.above.len(), leaf.above.len() + leaf.lines.len());
    let block = format!("{sheet}.{}:{sheet}.{}", place(first, 0), place(last, leaf.head.len() - 1));
    format!(
        "<table:database-range table:name=\"table_{number}\" table:target-range-address=\"{}\" table:contains-header=\"true\"/>",
        escaped(&block)
    )
}

#[cfg(test)]
mod tests;
