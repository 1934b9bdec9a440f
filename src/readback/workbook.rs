//! The workbook of a report, as it is published: every cell as the data files have it.
//!
//! In: its bytes, and the data files, which are held against the facts ([`super::data`]). Out: what is wrong with it, sheet
//! by sheet. It is read as a spreadsheet shows it, by the reader that takes figures from workbooks which others send.

use rust_decimal::Decimal;
use serde_json::Value;

use super::data::{Columns, DataFault, DataFile, ReadCsv, as_written, strays};
use super::said::Said;
use crate::office::sheet::{Position, Sheet, Shown, Visibility};
use crate::office::workbook::{TextForm, read};

/// What is wrong with a workbook, each with the name of its sheet. The first sheet leads to the others, which stand in the
/// order of the files, and the last has notes.
pub fn workbook_faults(bytes: &[u8], files: &[DataFile], said: &Said) -> Vec<(String, DataFault)> {
    let Ok(workbook) = read("tables.ods", bytes, &TextForm::default()) else {
        return vec![(String::new(), DataFault::Unreadable)];
    };
    let [contents, tables @ .., notes] = workbook.sheets.as_slice() else {
        return vec![(String::new(), DataFault::Unreadable)];
    };
    if tables.len() != files.len() {
        return vec![(String::new(), DataFault::Misdescribed)];
    }
    let of_tables = tables.iter().zip(files).flat_map(|(sheet, file)| of(sheet, table_faults(sheet, *file)));
    let of_words = [contents, notes].into_iter().flat_map(|sheet| {
        let shown = sheet.cells.values().flat_map(|cell| strays(&shown(&cell.shown), said)).collect();
        of(sheet, shown)
    });
    let unseen = workbook.sheets.iter().filter(|sheet| {
        sheet.visibility != Visibility::Visible || !sheet.hidden_rows.is_empty() || !sheet.hidden_columns.is_empty()
    });
    let unseen = unseen.map(|sheet| (sheet.name.clone(), DataFault::Unreadable));
    of_tables.chain(of_words).chain(unseen).collect()
}

fn of(sheet: &Sheet, faults: Vec<DataFault>) -> impl Iterator<Item = (String, DataFault)> {
    faults.into_iter().map(|fault| (sheet.name.clone(), fault))
}

/// Holds a sheet against the data file that it shows.
fn table_faults(sheet: &Sheet, file: DataFile) -> Vec<DataFault> {
    let (Some(ReadCsv { head, lines }), Ok(description)) = (file.csv, serde_json::from_slice::<Value>(file.metadata))
    else {
        return vec![DataFault::Unreadable];
    };
    let Some((_, block)) = sheet.tables.first() else { return vec![DataFault::Unreadable] };
    let at = |row: u32, column: u32| sheet.cells.get(&Position { row, column }).map(|cell| &cell.shown);
    let titled = at(0, 0).map(shown).is_some_and(|title| description["dc:title"] == title);
    let headings: Vec<String> = (block.first.column..=block.last.column)
        .map(|column| at(block.first.row, column).map(shown).unwrap_or_default())
        .collect();
    let columns = Columns::of(&description);
    let Some(places) = columns.shown_as(&headings).filter(|_| titled) else { return vec![DataFault::Misdescribed] };
    let read = (block.last.row - block.first.row) as usize;
    if read != lines.len() {
        return vec![DataFault::Lines { expected: lines.len(), read }];
    }
    let mut faults = Vec::new();
    for (row, line) in (block.first.row + 1..).zip(lines) {
        for (column, place) in (block.first.column..).zip(&places) {
            let expected = as_written(&line[*place]);
            if !agrees(at(row, column), expected) {
                faults.push(DataFault::Altered {
                    line: (row - block.first.row) as usize,
                    column: head[*place].clone(),
                    address: String::new(),
                    expected: expected.to_owned(),
                    read: at(row, column).map(shown).unwrap_or_default(),
                });
            }
        }
    }
    faults
}

/// Whether a cell shows what a cell of the file says: a number with the same digits, whatever parts its thousands.
fn agrees(cell: Option<&Shown>, expected: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match cell {
        None => expected.is_empty(),
        Some(Shown::Number { text, .. }) => {
            expected.parse::<Decimal>().is_ok()
                && digits(text) == digits(expected)
                && text.starts_with('-') == expected.starts_with('-')
        }
        Some(Shown::Day { iso, .. }) => iso == expected,
        Some(Shown::Text(text)) => super::single_spaced(text) == super::single_spaced(expected),
        Some(_) => false,
    }
}

fn shown(shown: &Shown) -> String {
    match shown {
        Shown::Text(text) | Shown::Number { text, .. } | Shown::Day { text, .. } => text.clone(),
        Shown::Duration { .. } | Shown::Truth(_) | Shown::Error(_) | Shown::Refused(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::ods::write::{Book, Entry, Leaf, write};
    use crate::wording::Wording;

    const CSV: &str = "\u{feff}id,name,count\r\nbooks,Books,12500.50\r\nfilms,'=Films,-3\r\nmusic,Music,\r\n";
    const JSON: &str = r#"{"dc:title": "Loans", "tableSchema": {"columns": [
        {"titles": "id", "dc:description": "Id", "datatype": {"base": "string", "format": "[a-z0-9.-]+"}},
        {"titles": "name", "dc:description": "Kind", "datatype": "string"},
        {"titles": "count", "dc:description": "Loans", "schema:unitText": "count", "datatype": {"base": "decimal"}}]}}"#;

    fn book() -> Book {
        let (words, number) =
            (|words: &str| Entry::Words(words.to_owned()), |digits: &str| Entry::Number(digits.to_owned()));
        let leaf = |name: &str, above: &str| Leaf {
            name: name.to_owned(),
            above: vec![vec![Entry::Title(above.to_owned())]],
            head: vec!["Kind".to_owned(), "Loans (count)".to_owned()],
            ..Leaf::default()
        };
        let lines = vec![
            vec![words("Books"), number("12500.50")],
            vec![words("=Films"), number("-3")],
            vec![words("Music"), Entry::Nothing],
        ];
        let table = Leaf { lines, ..leaf("loans", "Loans") };
        Book {
            title: "Loans".to_owned(),
            creator: "Anytown".to_owned(),
            day: "2017-07-14".to_owned(),
            language: "en".to_owned(),
            is_rtl: false,
            leaves: vec![leaf("Contents", "Loans in 2016"), table, leaf("Notes", "Notes")],
        }
    }

    fn faults(change: impl Fn(&mut Book)) -> Vec<(String, DataFault)> {
        let mut book = book();
        change(&mut book);
        let said = Said::of(&serde_json::json!({ "title": "Loans in 2016" }), [], Wording::english());
        let csv = ReadCsv::of(CSV.as_bytes());
        let file = DataFile { stem: "loans", csv: csv.as_ref(), metadata: JSON.as_bytes() };
        workbook_faults(&write(&book), &[file], &said)
    }

    #[test]
    fn a_workbook_of_the_data_is_right() {
        assert_eq!(faults(|_| {}), []);
    }

    #[test]
    fn what_is_not_as_in_the_data_is_told_with_its_sheet() {
        type Change = fn(&mut Book);
        let altered: [Change; 5] = [
            |book| book.leaves[1].lines[0][1] = Entry::Number("12500.5".to_owned()),
            |book| book.leaves[1].lines[1][1] = Entry::Number("3".to_owned()),
            |book| book.leaves[1].lines[2][1] = Entry::Number("0".to_owned()),
            |book| book.leaves[1].lines.swap(0, 1),
            |book| book.leaves[1].lines[0][0] = Entry::Words("Brooks".to_owned()),
        ];
        for (number, change) in altered.into_iter().enumerate() {
            let all = faults(change);
            let is_told =
                |(sheet, fault): &(String, DataFault)| sheet == "loans" && matches!(fault, DataFault::Altered { .. });
            assert!(!all.is_empty() && all.iter().all(is_told), "{number}: {all:?}");
        }
        let others: [Change; 4] = [
            |book| book.leaves[1].head[1] = "Loans".to_owned() + " (GBP)",
            |book| drop(book.leaves[1].lines.pop()),
            |book| drop(book.leaves.remove(1)),
            |book| book.leaves[0].above[0][0] = Entry::Title("Loans in 2017".to_owned()),
        ];
        for (number, change) in others.into_iter().enumerate() {
            assert_eq!(faults(change).len(), 1, "{number}");
        }
    }
}
