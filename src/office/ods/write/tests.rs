//! What is written is read again by our own reader.

use super::*;
use crate::office::sheet::{Sheet, Shown};
use crate::office::workbook::{TextForm, read};

fn book(lines: Vec<Vec<Entry>>) -> Book {
    let leaf = Leaf {
        name: "o'clock".to_owned(),
        widths: vec![Width::Wide, Width::Narrow],
        above: vec![
            vec![Entry::Title("Costs & more".to_owned())],
            vec![Entry::ToLeaf("Back".to_owned(), "o'clock".to_owned())],
        ],
        head: vec!["Name".to_owned(), "Number".to_owned()],
        lines,
    };
    Book {
        title: "Costs".to_owned(),
        creator: "Anytown".to_owned(),
        day: "2017-07-14".to_owned(),
        language: "en-GB".to_owned(),
        is_rtl: false,
        leaves: vec![leaf],
    }
}

fn read_back(book: &Book) -> Sheet {
    let mut workbook = read("costs.ods", &write(book), &TextForm::default()).unwrap();
    assert_eq!(
        (workbook.saved_by.as_deref(), workbook.saved_at.as_deref()),
        (Some("Anytown"), Some("2017-07-14T00:00:00"))
    );
    workbook.sheets.remove(0)
}

fn shown(sheet: &Sheet, place: &str) -> String {
    match &sheet.cells[&Position::read(place).unwrap()].shown {
        Shown::Text(text) | Shown::Number { text, .. } | Shown::Day { text, .. } => text.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_workbook_comes_back_as_it_was_written() {
    let number = |number: &str| Entry::Number(number.to_owned());
    let words = |words: &str| Entry::Words(words.to_owned());
    let lines = vec![
        vec![words("  <Two>  lines\nof \"it\""), number("-1234567.50")],
        vec![words("Staff"), Entry::Ordinal("2016".to_owned())],
        vec![Entry::Nothing, Entry::Day("2017-03-31".to_owned())],
        vec![words("12345678901234567"), number("12345678901234567.5")],
        vec![words("nought"), number("0.00")],
    ];
    let sheet = read_back(&book(lines));
    assert_eq!((sheet.name.as_str(), sheet.tables[0].1.to_string().as_str()), ("o'clock", "A3:B8"));
    assert!(sheet.merged.is_empty() && sheet.hidden_rows.is_empty() && sheet.hidden_columns.is_empty());
    let expected = [
        ("A1", "Costs & more"),
        ("A2", "Back"),
        ("B3", "Number"),
        ("A4", "  <Two>  lines\nof \"it\""),
        ("B4", "-1,234,567.50"),
        ("B5", "2016"),
        ("B6", "2017-03-31"),
        ("B7", "12345678901234567.5"),
        ("B8", "0.00"),
    ];
    for (place, words) in expected {
        assert_eq!(shown(&sheet, place), words, "{place}");
    }
    assert_eq!(sheet.cells[&Position::read("B4").unwrap()].stored, "-1234567.5");
    assert!(!sheet.cells.contains_key(&Position::read("A6").unwrap()));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let book = book(Vec::new());
    assert_eq!(write(&book), write(&book));
    assert!(
        write(&book)[30..].starts_with(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        "it says first what it is"
    );
}
