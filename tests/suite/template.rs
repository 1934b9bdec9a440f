//! Workbooks that are filled in come back without a question.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use rust_decimal::Decimal;
use tally::build::{ImportsAsked, list_imports, write_template};
use tally::diagnostic::{Code, any_errors};
use tally::import::{Change, Template};
use tally::office::sheet::{Cell, Position, Sheet, Shown, Workbook};
use tally::office::workbook::{TextForm, read};

use crate::support::Sandbox;

const REPORT: &str = "css-annual-report";
const FILE: &str = "figures.xlsx";

/// The workbook of the shipped report.
fn template(sandbox: &Sandbox, file: &Path) -> Template {
    let (outcome, template) = write_template(&sandbox.options(), REPORT, file);
    assert!(!any_errors(&outcome.findings), "{:?}", outcome.findings);
    template.expect("a workbook")
}

fn opened(bytes: &[u8]) -> Workbook {
    read(FILE, bytes, &TextForm::default()).unwrap_or_else(|error| panic!("{}", error.message))
}

fn text(cell: &Cell) -> &str {
    match &cell.shown {
        Shown::Text(text) | Shown::Number { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

/// What is typed into the cell to the left of each figure so far, by its place: the same figure.
fn typed(sheet: &Sheet) -> BTreeMap<Position, String> {
    let heads = sheet.cells.iter().filter(|(at, cell)| at.row < 5 && text(cell).ends_with(" so far"));
    let columns: Vec<Position> = heads.map(|(at, _)| *at).collect();
    let mut typed = BTreeMap::new();
    for (at, cell) in
        sheet.cells.iter().filter(|(at, _)| columns.iter().any(|head| head.column == at.column && head.row < at.row))
    {
        typed.insert(Position { row: at.row, column: at.column - 1 }, text(cell).to_owned());
    }
    typed
}

/// A cell of a part with a figure in it, as a spreadsheet stores what was typed.
fn filled(place: &Position, before: &str, typed: &str) -> String {
    let style = before.split_once(" s=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("0", |(style, _)| style);
    let digits: String = typed.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let number = digits.parse::<Decimal>().ok().filter(|_| !typed.contains([':', '<', '(']));
    match number {
        Some(number) => {
            let number = if typed.contains('%') { number / Decimal::ONE_HUNDRED } else { number };
            let sign = if typed.starts_with(['-', '−']) { "-" } else { "" };
            format!("<c r=\"{place}\" s=\"{style}\"><v>{sign}{}</v></c>", number.normalize())
        }
        None => {
            let typed = typed.replace('&', "&amp;").replace('<', "&lt;");
            format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t>{typed}</t></is></c>")
        }
    }
}

/// The workbook with the figures so far typed in; those of one row of a sheet are another.
fn filled_in(bytes: &[u8], other: Option<(&str, &str, &str)>) -> Vec<u8> {
    let read = opened(bytes);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let number = name.strip_prefix("xl/worksheets/sheet").and_then(|name| name.strip_suffix(".xml"));
        if let Some(number) = number.and_then(|number| number.parse::<usize>().ok()) {
            let sheet = &read.sheets[number - 1];
            let mut xml = String::from_utf8(text).unwrap();
            for (place, mut typed) in typed(sheet) {
                if let Some((_, _, figure)) =
                    other.filter(|(of, cell, _)| *of == sheet.name && *cell == place.to_string())
                {
                    typed = figure.to_owned();
                }
                let start = xml.find(&format!("<c r=\"{place}\"")).unwrap_or_else(|| panic!("{}!{place}", sheet.name));
                let tag_end = start + xml[start..].find('>').unwrap() + 1;
                let end = match xml[..tag_end].ends_with("/>") {
                    true => tag_end,
                    false => start + xml[start..].find("</c>").unwrap() + "</c>".len(),
                };
                let cell = filled(&place, &xml[start..end], &typed);
                xml.replace_range(start..end, &cell);
            }
            text = xml.into_bytes();
        }
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What the import of a workbook that was filled in lists: how many figures are the same, and those that change.
fn imported(sandbox: &Sandbox, template: &Template, bytes: Vec<u8>) -> (usize, Vec<String>) {
    let incoming = sandbox.content().parent().unwrap().join("incoming");
    fs::create_dir_all(&incoming).unwrap();
    fs::write(incoming.join(FILE), bytes).unwrap();
    sandbox.write(&format!("{REPORT}/imports.yaml"), format!("imports:\n{}\n", template.yaml));
    let asked = ImportsAsked { report: Some(REPORT.to_owned()), ..ImportsAsked::default() };
    let imports = list_imports(&sandbox.options(), &asked);
    let errors: Vec<_> = imports.outcome.findings.iter().filter(|finding| any_errors(&[(*finding).clone()])).collect();
    assert!(errors.is_empty(), "{:?}", errors.iter().map(|error| &error.message).collect::<Vec<_>>());
    let questions = imports.outcome.findings.iter().filter(|finding| finding.code == Code::ImportDoubtful);
    let questions: Vec<_> = questions.map(|finding| &finding.message).collect();
    assert!(questions.is_empty(), "{questions:?}");
    let figures: Vec<_> = imports.listings.iter().flat_map(|(_, listing)| &listing.figures).collect();
    let changed = figures.iter().filter(|figure| figure.change == Change::Changes);
    let changed = changed.map(|figure| format!("{} {} → {}", figure.taken.address, figure.was, figure.is)).collect();
    (figures.iter().filter(|figure| figure.change == Change::Same).count(), changed)
}

#[test]
fn a_workbook_that_was_filled_in_comes_back_without_a_question() {
    let sandbox = Sandbox::shipped();
    let template = template(&sandbox, &sandbox.content().parent().unwrap().join(FILE));
    let all: usize = template.sheets.iter().map(|(_, cells)| cells).sum();
    let (same, changed) = imported(&sandbox, &template, filled_in(&template.bytes, None));
    assert_eq!(changed, Vec::<String>::new());
    assert!(same >= all, "{same} of {all} cells and what follows from them are figures as they stand");
    // One other figure is one change.
    let bytes = filled_in(&template.bytes, Some(("running-costs", "D5", "£1,228,201")));
    let (again, changed) = imported(&sandbox, &template, bytes);
    assert_eq!(changed, ["running-costs.corporate-office.total 1,228,200 → 1,228,201"]);
    assert_eq!(again, same - 1);
}

#[test]
fn a_workbook_shows_what_is_to_be_filled_in() {
    let sandbox = Sandbox::shipped();
    let folder = sandbox.content().parent().unwrap().to_owned();
    let template = template(&sandbox, &folder.join("one.xlsx"));
    let read = opened(&template.bytes);
    let names: Vec<&str> = read.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["programme-and-running-costs", "indicators", "staff-survey", "running-costs"]);
    for sheet in &read.sheets {
        let all: Vec<&str> = sheet.cells.values().map(text).collect();
        assert!(all.iter().any(|text| text.starts_with("Fill in the white cells.")), "{}", sheet.name);
        assert!(all.iter().all(|text| !text.contains("{{")), "{}", sheet.name);
    }
    let costs = &read.sheets[3];
    let total = costs.cells.values().filter_map(|cell| cell.formula.as_ref()).map(|formula| formula.text.as_str());
    assert!(total.into_iter().any(|formula| formula.contains("SUM(D8:D13)")), "a row adds up its parts");
    let shares = read.sheets[1].cells.values().filter_map(|cell| cell.formula.as_ref());
    let says_why = |text: &str| text.contains("IF(ISTEXT(");
    assert!(
        shares.map(|formula| formula.text.as_str()).any(says_why),
        "a word for a figure goes on into its percentage"
    );
    // Nothing that was not calculated is taken for a figure.
    assert!(costs.cells.values().filter(|cell| cell.formula.is_some()).all(|cell| text(cell).trim().is_empty()));
    let (_, again) = write_template(&sandbox.options(), REPORT, &folder.join("two.xlsx"));
    assert_eq!(again.unwrap().bytes, template.bytes, "the same content gives the same file");
    let (outcome, none) = write_template(&sandbox.options(), REPORT, &folder.join("one.xlsx"));
    assert!(none.is_none() && outcome.findings.iter().any(|finding| finding.message.contains("is there already")));
}
