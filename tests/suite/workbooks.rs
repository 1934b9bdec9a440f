//! Workbooks as they are: each cell comes out as a person sees it, or is refused.
//!
//! `tests/fixtures/workbooks` has invented workbooks, and what a spreadsheet shows of each sheet; `DIFFERS.csv` says where
//! that spreadsheet is not to be believed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use tally::office::sheet::{Cell, Position, Refused, Sheet, Shown, Unreadable, Visibility, Workbook};
use tally::office::workbook::{TextForm, read};

use crate::support::root;

fn folder() -> PathBuf {
    root().join("tests/fixtures/workbooks")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn opened(name: &str, form: &TextForm) -> Result<Workbook, Unreadable> {
    read(name, &bytes(name), form)
}

fn workbook(name: &str) -> Workbook {
    opened(name, &TextForm::default()).unwrap_or_else(|error| panic!("{name}: {}", error.message))
}

/// What a cell shows; none if it is refused.
fn shown(cell: &Cell) -> Option<String> {
    match &cell.shown {
        Shown::Text(text) | Shown::Error(text) | Shown::Duration { text } => Some(text.clone()),
        Shown::Number { text, .. } | Shown::Day { text, .. } => Some(text.clone()),
        Shown::Truth(truth) => Some(truth.to_string().to_uppercase()),
        Shown::Refused(_) => None,
    }
}

fn at<'s>(sheet: &'s Sheet, place: &str) -> &'s Cell {
    let place = Position::read(place).expect("a place");
    sheet.cells.get(&place).unwrap_or_else(|| panic!("{}: nothing in {place}", sheet.name))
}

/// The lines of a CSV file; empty ones stand for empty rows.
fn lines(path: &PathBuf) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("the fixture is there");
    // A reader of CSV leaves empty lines out, which are rows here.
    let text = text.replace("\n\n", "\n,\n").replace("\n\n", "\n,\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("the fixture is CSV").iter().map(str::to_owned).collect()).collect()
}

/// The name of a sheet as files are named after it.
fn plain(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Sheets with what a spreadsheet shows of them: the workbook, the sheet, and its rows.
fn expected() -> Vec<(String, String, Vec<Vec<String>>)> {
    let files = fs::read_dir(folder()).expect("the fixtures are there").map(|entry| entry.unwrap().file_name());
    let books: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
    let mut all = Vec::new();
    for entry in fs::read_dir(folder().join("expected")).expect("the fixtures are there") {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let Some((stem, sheet)) = name.split_once("__") else { continue };
        let book = books.iter().find(|book| book.rsplit_once('.').is_some_and(|(book, _)| book == stem));
        all.push((book.expect("a workbook").clone(), sheet.to_owned(), lines(&path)));
    }
    all.sort();
    all
}

/// Where the spreadsheet is not to be believed: what a cell really shows.
fn differs() -> BTreeMap<(String, String, String), String> {
    let mut lines = lines(&folder().join("expected/DIFFERS.csv")).into_iter().skip(1);
    lines.by_ref().map(|line| ((line[0].clone(), plain(&line[1]), line[2].clone()), line[4].clone())).collect()
}

/// Amounts that stand in the file as they were shown (`£1,234.50`), and whose format the spreadsheet lost when it read them
/// back.
fn is_lost(book: &str, sheet: &str, place: &Position) -> bool {
    (book, sheet, place.row) == ("25-number-formats.ods", "money", 7)
}

#[test]
fn every_cell_is_shown_as_a_spreadsheet_shows_it_or_refused() {
    let differs = differs();
    let (mut otherwise, mut seen, mut refused) = (Vec::new(), 0, BTreeMap::<String, usize>::new());
    for (book, sheet, rows) in expected() {
        let Ok(read) = opened(&book, &TextForm::default()) else { continue };
        let found = read.sheets.iter().find(|found| plain(&found.name) == sheet).expect("the sheet is there");
        let mut places: BTreeSet<Position> = found.cells.keys().copied().collect();
        let lengths = rows.iter().map(Vec::len).zip(0u32..);
        places.extend(lengths.flat_map(|(length, row)| (0..length as u32).map(move |column| Position { row, column })));
        for place in places {
            let right = rows.get(place.row as usize).and_then(|row| row.get(place.column as usize));
            let right =
                differs.get(&(book.clone(), sheet.clone(), place.to_string())).or(right).map_or("", |text| text.trim());
            let cell = found.cells.get(&place);
            match cell.map(|cell| (&cell.shown, shown(cell))) {
                Some((Shown::Refused(why), _)) => *refused.entry(format!("{book}, {sheet}: {why:?}")).or_default() += 1,
                Some((_, Some(text))) if text.trim() == right || is_lost(&book, &sheet, &place) => seen += 1,
                None if right.is_empty() => {}
                other => otherwise.push(format!("{book}, {sheet}!{place}: {other:?} instead of {right:?}")),
            }
        }
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
    assert!(seen > 4_800, "only {seen} cells were read");
    let refused: Vec<String> = refused.into_iter().map(|(what, count)| format!("{what}, {count}")).collect();
    insta::assert_snapshot!("refused_cells", refused.join("\n"));
}

#[test]
fn numbers_that_are_suppressed_never_come_out() {
    let read = workbook("04-pay-and-suppression.xlsx");
    let sheet = &read.sheets[1];
    // Behind `<5`, `[c]`, `;;;` and white ink stand the numbers 3, 12, 0, 4 and 1204.
    for (place, cell) in &sheet.cells {
        let is_masked = cell.shown == Shown::Refused(Refused::Masked);
        let must_be = (place.column == 3 || place.column == 4 || place.column == 7) && (1..=5).contains(&place.row);
        assert!(is_masked || !must_be, "{place}: {:?}", cell.shown);
        if is_masked {
            assert_eq!((cell.stored.as_str(), &cell.formula), ("", &None), "{place}");
        }
    }
    assert_eq!(shown(at(sheet, "B3")).as_deref(), Some("12"));
    assert_eq!(shown(at(sheet, "G4")).as_deref(), Some("nil"));
}

#[test]
fn shown_and_stored_are_told_apart() {
    let noise = workbook("09-float-noise.xlsx");
    let stored: Vec<&str> = noise.sheets[0].cells.values().map(|cell| cell.stored.as_str()).collect();
    assert!(stored.contains(&"0.29") && !stored.iter().any(|stored| stored.contains("28999999")));
    let costs = workbook("02-running-costs.xlsx");
    let amount = costs.sheets[0].cells.values().find(
        |cell| matches!(&cell.shown, Shown::Number { text, .. } if text.starts_with('£') && cell.stored.contains('.')),
    );
    let amount = amount.expect("an amount whose pence are not shown");
    assert!(shown(amount).is_some_and(|shown| !shown.contains(&amount.stored)));
    let names: Vec<String> = costs.names.iter().map(|name| format!("{} {}", name.name, name.block)).collect();
    assert_eq!(names, ["Population B44", "Total B40"]);
}

#[test]
fn what_is_hidden_or_was_commented_is_said() {
    let read = workbook("06-untidy.xlsx");
    let kinds: Vec<_> = read.sheets.iter().map(|sheet| (sheet.visibility, sheet.is_chart)).collect();
    assert_eq!(kinds.iter().filter(|kind| kind.0 == Visibility::VeryHidden).count(), 1);
    assert!(kinds[kinds.len() - 1].1);
    let (data, filtered) = (&read.sheets[0], &read.sheets[1]);
    assert_eq!(data.hidden_rows.iter().copied().collect::<Vec<_>>(), [40, 41, 42]);
    assert_eq!(data.hidden_columns.iter().copied().collect::<Vec<_>>(), [4]);
    assert_eq!(filtered.filtered_rows.iter().copied().collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(data.merged.iter().map(ToString::to_string).collect::<Vec<_>>(), ["G1:H2", "G3:G6"]);
    let comment = &at(data, "B30").comments[0];
    assert_eq!((comment.by.as_deref(), comment.text.as_str()), (Some("B Khan"), "Restated"));
    let dashboard = workbook("01-kpi-dashboard.xlsx");
    assert_eq!(at(&dashboard.sheets[0], "G7").comments[0].text, "Provisional until the June return. JS");
}

#[test]
fn a_day_is_the_same_day_in_both_systems() {
    let [one, other] = ["07-dates.xlsx", "08-dates-1904.xlsx"].map(workbook);
    let days = |read: &Workbook| -> Vec<String> {
        let cells = read.sheets[0].cells.values();
        cells
            .filter_map(|cell| if let Shown::Day { iso, .. } = &cell.shown { Some(iso.clone()) } else { None })
            .collect()
    };
    assert!(days(&one).contains(&"2017-03-31".to_owned()));
    assert_eq!(days(&one), days(&other));
}

#[test]
fn text_files_are_read_in_every_form_that_spreadsheets_save() {
    let comma = TextForm { decimal_comma: true, ..TextForm::default() };
    for (name, form) in [
        ("18-windows-1252.csv", &comma),
        ("20-pasted-from-excel.tsv", &TextForm::default()),
        ("21-utf8-with-mark.csv", &TextForm::default()),
    ] {
        let read = opened(name, form).unwrap();
        let sheet = &read.sheets[0];
        let told = ["A2", "C2", "D2", "E2", "E3"].map(|place| shown(at(sheet, place)).unwrap_or_default());
        assert_eq!(
            told,
            ["Café – north", "1,204", "98.7%", "£1,250.00", "-£45.00"].map(|text| match name {
                // Its currency stands in the heading of some, and before the sign of none.
                "18-windows-1252.csv" => text.replace("-£", "-"),
                _ => text.to_owned(),
            }),
            "{name}"
        );
    }
    // Nobody said that a comma parts decimals.
    let read = workbook("18-windows-1252.csv");
    assert_eq!(at(&read.sheets[0], "C2").shown, Shown::Refused(Refused::DecimalInDoubt));
    assert_eq!(at(&read.sheets[0], "D2").shown, Shown::Refused(Refused::DecimalInDoubt));
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let names =
        ["14-encrypted.xlsx", "22-binary.xlsb", "24-statement.xls", "26-number-formats.xls", "32-cut-short.xlsx"];
    let mut told: Vec<String> = names
        .iter()
        .map(|name| {
            let error = opened(name, &TextForm::default()).unwrap_err();
            format!("{name}: {}\n  help: {}", error.message, error.help)
        })
        .collect();
    for (name, bytes) in
        [("page.xlsx", b"<html>".as_slice()), ("letter.xlsx", b"%PDF-1.7"), ("empty.xlsx", b""), ("text.xlsx", b"a,b")]
    {
        let error = read(name, bytes, &TextForm::default()).unwrap_err();
        told.push(format!("{name}: {}\n  help: {}", error.message, error.help));
    }
    insta::assert_snapshot!("unreadable_workbooks", told.join("\n"));
}

/// Numbers that are the same in each run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

/// Changes one byte: another one, one more, or one less.
fn change(bytes: &mut Vec<u8>, chance: &mut Chance) {
    const LIKELY: &[u8] = b"0123456789<>\"/= ;#%[]ABCe-.&";
    let at = chance.below(bytes.len());
    match chance.below(3) {
        _ if bytes.len() < 2 => bytes.push(b'<'),
        0 => bytes[at] = LIKELY[chance.below(LIKELY.len())],
        1 => drop(bytes.remove(at)),
        _ => bytes.insert(at, bytes[at]),
    }
}

#[test]
fn no_byte_of_a_file_makes_the_reader_panic() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for (name, times) in [
        ("15-sheet-protected.xlsx", 2_500),
        ("23-statement.ods", 100),
        ("22-binary.xlsb", 1_000),
        ("24-statement.xls", 400),
        ("18-windows-1252.csv", 1_500),
    ] {
        let whole = bytes(name);
        for _ in 0..times {
            let mut changed = whole.clone();
            (0..=chance.below(4)).for_each(|_| change(&mut changed, &mut chance));
            let _ = read(name, &changed, &TextForm::default());
        }
    }
}

#[test]
fn no_byte_within_a_part_makes_the_reader_panic() {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes("15-sheet-protected.xlsx"))).unwrap();
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        // The theme is long, and of no kind of its own.
        parts.extend((!name.contains("theme")).then_some((name, text)));
    }
    let mut readable = 0;
    for _ in 0..5_000 {
        let mut changed = parts.clone();
        let part = chance.below(changed.len());
        (0..=chance.below(3)).for_each(|_| change(&mut changed[part].1, &mut chance));
        readable += usize::from(read("changed.xlsx", &packed(&changed), &TextForm::default()).is_ok());
    }
    assert!((500..4_500).contains(&readable), "{readable} of 5,000 can still be read");
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        writer.start_file(name.as_str(), plain).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
