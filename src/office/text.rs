//! Reads a table that is a plain text: `.csv`, `.tsv`, or what was copied from a spreadsheet.
//!
//! In: bytes. Out: a workbook of one sheet. Three things are settled, in this order: which letters the bytes are, what
//! stands between cells, and whether a point or a comma parts decimals. The last is never guessed: what could be either is
//! refused.

mod letters;
mod lines;
mod numbers;

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Cell, Position, Sheet, Shown, Unreadable, Visibility, Workbook};
use super::workbook::{Room, TextForm};
use numbers::Decimals;

/// Reads a text file. Its sheet has the name of the file.
pub(super) fn read(stem: &str, ending: &str, bytes: &[u8], form: &TextForm) -> Result<Workbook, Unreadable> {
    let text = letters::decoded(bytes, form.windows_1252)?;
    let (separator, text) = lines::separator(&text, ending, form)?;
    let lines = lines::read(text, separator)?;
    let mut room = Room::new();
    lines.iter().flatten().filter(|cell| !cell.is_empty()).try_for_each(|cell| room.take(cell.len()))?;
    let decimals = match form.decimal_comma {
        true => Decimals::Comma,
        false => Decimals::told_from(lines.iter().flatten().map(String::as_str), separator),
    };
    let cells = cells(lines, decimals);
    Ok(Workbook {
        sheets: vec![Sheet {
            name: stem.to_owned(),
            visibility: Visibility::Visible,
            is_chart: false,
            cells,
            hidden_rows: BTreeSet::new(),
            hidden_columns: BTreeSet::new(),
            filtered_rows: BTreeSet::new(),
            merged: Vec::new(),
            tables: Vec::new(),
        }],
        names: Vec::new(),
        saved_by: None,
        saved_at: None,
        computed_by_hand: false,
    })
}

/// The cells that hold something.
fn cells(lines: Vec<Vec<String>>, decimals: Decimals) -> BTreeMap<Position, Cell> {
    let mut cells = BTreeMap::new();
    for (row, line) in (0u32..).zip(lines) {
        for (column, text) in (0u32..).zip(line) {
            if !text.is_empty() {
                cells.insert(Position { row, column }, cell(text, decimals));
            }
        }
    }
    cells
}

fn cell(text: String, decimals: Decimals) -> Cell {
    let (shown, stored) = match decimals.number(&text) {
        Some(Ok(number)) => (Shown::Number { text: number.shown, from_region: false }, number.stored),
        Some(Err(refused)) => (Shown::Refused(refused), text),
        None if is_error(&text) => (Shown::Error(text.trim().to_owned()), text),
        None => (Shown::Text(text.clone()), text),
    };
    Cell { shown, stored, format: None, formula: None, comments: Vec::new(), struck_through: false }
}

/// Whether a cell says that its formula came to nothing.
fn is_error(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('#') && (text.ends_with('!') || matches!(text, "#N/A" | "#NAME?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::sheet::Refused;

    fn sheet(ending: &str, bytes: &[u8], form: &TextForm) -> Vec<Vec<String>> {
        let workbook = read("file", ending, bytes, form).unwrap();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (place, cell) in &workbook.sheets[0].cells {
            rows.resize(place.row as usize + 1, Vec::new());
            let row = rows.last_mut().unwrap();
            row.resize(place.column as usize, String::new());
            row.push(match &cell.shown {
                Shown::Text(text) => text.clone(),
                Shown::Number { text, .. } => format!("{text}={}", cell.stored),
                Shown::Error(text) => format!("!{text}"),
                Shown::Refused(refused) => format!("{refused:?}"),
                other => panic!("{other:?}"),
            });
        }
        rows
    }

    #[test]
    fn a_file_with_decimal_commas_is_read_as_it_was_declared() {
        let form = TextForm { decimal_comma: true, ..TextForm::default() };
        let bytes =
            b"Name;Count;Share;Cost \xA3\r\nCaf\xE9 \x96 north;1.204;98,7%;\xA31.250,00\r\n\"a;b\";960;;(45,00)\r\n";
        assert_eq!(
            sheet("csv", bytes, &form),
            [
                vec!["Name", "Count", "Share", "Cost £"],
                vec!["Café – north", "1,204=1204", "98.7%=0.987", "£1,250.00=1250"],
                vec!["a;b", "960=960", "", "(45.00)=-45"],
            ]
        );
    }

    #[test]
    fn a_decimal_comma_that_nobody_declared_is_no_figure() {
        let shown = sheet("csv", b"Count;Share\n1.204;98,7%\n960;12.5\n", &TextForm::default());
        assert_eq!(shown[1], [format!("{:?}", Refused::DecimalInDoubt), format!("{:?}", Refused::DecimalInDoubt)]);
        assert_eq!(shown[2], ["960=960", "DecimalInDoubt"]);
        // Nothing but 1.204 between semicolons may be either, too; between commas it is what it says.
        assert_eq!(sheet("csv", b"a;b\n1.204;2", &TextForm::default())[1][0], "DecimalInDoubt");
        assert_eq!(sheet("csv", b"a,b\n1.204,2", &TextForm::default())[1][0], "1.204=1.204");
    }

    #[test]
    fn a_paste_has_tabs_and_line_ends_within_cells() {
        let pasted = "Name\tCount\tShare\n\"Two\nlines\"\t1,204\t-\u{A3}45.00\n\"Said \"\"yes\"\"\"\t#DIV/0!\t0.5%\n";
        assert_eq!(
            sheet("", pasted.as_bytes(), &TextForm::default()),
            [
                vec!["Name", "Count", "Share"],
                vec!["Two\nlines", "1,204=1204", "-£45.00=-45"],
                vec!["Said \"yes\"", "!#DIV/0!", "0.5%=0.005"],
            ]
        );
    }
}
