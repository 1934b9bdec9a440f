//! One cell of a workbook, as it is written.

use std::collections::BTreeSet;

use super::{Book, Entry, MOST_DIGITS};
use crate::office::xml::escaped;

/// How many decimals the numbers of a workbook have, each once.
pub struct Decimals(pub BTreeSet<usize>);

impl Decimals {
    pub fn of(book: &Book) -> Self {
        let entries = book.leaves.iter().flat_map(|leaf| leaf.lines.iter().chain(&leaf.above)).flatten();
        let decimals = entries.filter_map(|entry| match entry {
            Entry::Number(number) if is_kept(number) => Some(decimals_of(number)),
            _ => None,
        });
        Self(decimals.collect())
    }
}

/// Writes a cell.
pub fn cell(entry: &Entry, text: &mut String) {
    match entry {
        Entry::Nothing => text.push_str("<table:table-cell/>"),
        Entry::Title(title) => words("title", title, text),
        Entry::Line(line) => words("line", line, text),
        Entry::Words(said) => words("words", said, text),
        Entry::ToLeaf(said, leaf) => link(said, &format!("#'{}'.A1", leaf.replace('\'', "''")), text),
        Entry::To(said, address) => link(said, address, text),
        Entry::Number(number) | Entry::Ordinal(number) if !is_kept(number) => words("words", number, text),
        Entry::Number(number) => {
            value(&style_of(decimals_of(number)), ("float", "value", number), &grouped(number), text);
        }
        Entry::Ordinal(number) => value("ordinal", ("float", "value", number), number, text),
        Entry::Day(day) => value("day", ("date", "date-value", day), day, text),
    }
}

/// Writes a cell of words.
pub fn words(style: &str, said: &str, text: &mut String) {
    if said.is_empty() {
        return text.push_str("<table:table-cell/>");
    }
    text.push_str(&format!("<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\">"));
    said.lines().for_each(|line| text.push_str(&format!("<text:p>{}</text:p>", spaced(line))));
    text.push_str("</table:table-cell>");
}

fn link(said: &str, to: &str, text: &mut String) {
    text.push_str(&format!(
        "<table:table-cell table:style-name=\"link\" office:value-type=\"string\"><text:p><text:a xlink:type=\"simple\" xlink:href=\"{}\">{}</text:a></text:p></table:table-cell>",
        escaped(to),
        spaced(said)
    ));
}

fn value(style: &str, (kind, name, value): (&str, &str, &str), shown: &str, text: &mut String) {
    text.push_str(&format!(
        "<table:table-cell table:style-name=\"{style}\" office:value-type=\"{kind}\" office:{name}=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
    ));
}

/// The name of the style that shows so many decimals.
pub fn style_of(decimals: usize) -> String {
    format!("number-{decimals}")
}

/// Whether spreadsheets keep every digit of a number.
fn is_kept(number: &str) -> bool {
    let digits = number.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    digits <= MOST_DIGITS
}

fn decimals_of(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// A number with its thousands parted.
fn grouped(number: &str) -> String {
    let whole_from = usize::from(number.starts_with('-'));
    let whole_to = number.find('.').unwrap_or(number.len());
    let mut grouped = String::with_capacity(number.len() + number.len() / 3);
    for (place, letter) in number.char_indices() {
        let is_start = place > whole_from && place < whole_to && (whole_to - place).is_multiple_of(3);
        grouped.extend(is_start.then_some(','));
        grouped.push(letter);
    }
    grouped
}

/// Words in which each space is kept: of several in a row, and at the front, this format keeps those alone that are marked.
fn spaced(line: &str) -> String {
    let mut spaced = String::with_capacity(line.len());
    let mut is_after_space = true;
    for piece in escaped(line).split_inclusive(' ') {
        let (letters, has_space) = piece.strip_suffix(' ').map_or((piece, false), |letters| (letters, true));
        spaced.push_str(letters);
        is_after_space &= letters.is_empty();
        if has_space {
            spaced.push_str(if is_after_space { "<text:s/>" } else { " " });
            is_after_space = true;
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_and_decimals_are_kept() {
        for (number, shown) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.50", "-1,234,567.50"),
            ("-100", "-100"),
            ("0.1234", "0.1234"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }

    #[test]
    fn spaces_in_a_row_are_marked() {
        assert_eq!(spaced(" a  b & c "), "<text:s/>a <text:s/>b &amp; c ");
    }

    #[test]
    fn a_number_of_which_a_digit_would_be_lost_is_no_number() {
        assert!(is_kept("-0.00123456789012345") && !is_kept("1234567890123456"));
    }
}
