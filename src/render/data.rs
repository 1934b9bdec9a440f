//! Datasets as CSV (RFC 4180).

use std::borrow::Cow;

use crate::view::Dataset;

/// By this a spreadsheet that opens the file on a double click knows its encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// What stands before a text that a spreadsheet would take for a formula.
const TEXT_MARK: char = '\'';
/// What a formula can begin with, the wide forms of some keyboards among them.
const FORMULA_MARKS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Writes a dataset as CSV, lines ended as the standard asks.
pub fn csv(dataset: &Dataset) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    let head: Vec<&str> = dataset.columns.iter().map(|column| column.name.as_str()).collect();
    let records = [head].into_iter().chain(dataset.rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    for record in records {
        // Writing into memory fails only for rows of unequal length, and rows are made with their columns.
        debug_assert_eq!(record.len(), dataset.columns.len());
        let _ = writer.write_record(record.into_iter().map(|cell| as_text(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell with a mark before it where a spreadsheet would take it for a formula and run it. Whoever takes one mark away
/// from a cell that begins like this has what was typed; a number below nought is none.
pub fn as_text(cell: &str) -> Cow<'_, str> {
    let is_formula = cell.trim_start_matches(TEXT_MARK).starts_with(FORMULA_MARKS);
    if is_formula && !is_below_nought(cell) { Cow::Owned(format!("{TEXT_MARK}{cell}")) } else { Cow::Borrowed(cell) }
}

/// Whether a cell is a figure such as -1200, -£1,200 or -4.5%, which a spreadsheet may count with.
fn is_below_nought(cell: &str) -> bool {
    let is_of_a_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '£' | '%');
    cell.strip_prefix('-')
        .is_some_and(|number| number.chars().all(is_of_a_number) && number.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::DataColumn;

    #[test]
    fn a_text_that_begins_like_a_formula_stays_text_and_a_figure_stays_a_figure() {
        for text in
            ["=1+1", "+44 1202 541400", "-none", "- none", "@sum", "\t=1", "\r=1", "-1+1", "'=1", "＝1", "-", "-5p&x"]
        {
            assert_eq!(as_text(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "-5", "-1,234.50", "-£1,200", "-4.5%", "'tis", "a=b", "−5", "£3"] {
            assert_eq!(as_text(text), text);
        }
    }

    #[test]
    fn a_spreadsheet_is_told_the_encoding() {
        let column = |name: &str| DataColumn::text(name, name);
        let dataset = Dataset {
            stem: "places".to_owned(),
            title: "Places".to_owned(),
            description: String::new(),
            notes: Vec::new(),
            columns: vec![column("name"), column("change")],
            rows: vec![vec!["Tŷ’r £, =".to_owned(), "-5".to_owned()], vec!["=A1".to_owned(), "+2".to_owned()]],
            key: Vec::new(),
            parents: None,
        };
        let text = String::from_utf8(csv(&dataset)).unwrap();
        assert_eq!(text, "\u{feff}name,change\r\n\"Tŷ’r £, =\",-5\r\n'=A1,'+2\r\n");
    }
}
