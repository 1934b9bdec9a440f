//! The data files of a report, as they are published: every figure in its line and column, and no number that nobody said.
//!
//! In: the bytes of a CSV file and of the JSON file that describes it, and the lines that it was to have. Out: what is wrong
//! with them. They are read as somebody's spreadsheet and program would read them.

use rust_decimal::Decimal;
use serde_json::Value;

use super::said::Said;
use crate::fact::{DataCell, DataLine};
use crate::model::values::Date;
use crate::spreadsheet;
use crate::yaml::Parse;

/// By this a spreadsheet knows the encoding of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What stands before a text that a spreadsheet would take for a formula.
const TEXT_MARK: char = '\'';

/// What a formula begins with.
const FORMULA_MARKS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What a description says of its own form, in which no figure stands.
const OF_ITS_FORM: [&str; 7] = ["file", "format", "encoding", "byte_order_mark", "text_mark", "rows", "published"];

/// A data file as it is published.
#[derive(Debug, Clone, Copy)]
pub struct DataFile<'a> {
    /// Its name without ending.
    pub stem: &'a str,
    pub csv: &'a [u8],
    /// What describes it.
    pub json: &'a [u8],
}

/// What is wrong with a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataFault {
    /// It cannot be read as what it is.
    Unreadable,
    /// It has another number of lines than were meant.
    Lines { expected: usize, read: usize },
    /// A cell says something else; its line is counted from 1, below the names of the columns.
    Altered { line: usize, column: String, address: String, expected: String, read: String },
    /// It has no such column.
    NoColumn { column: String },
    /// A number that nothing of the content says.
    Number { number: String, words: String },
    /// Its description is not of this file.
    Misdescribed,
}

/// Holds a data file against the lines that it was to have.
pub fn data_faults(file: DataFile, expected: &[DataLine], said: &Said) -> Vec<DataFault> {
    let text = std::str::from_utf8(file.csv).ok();
    let lines = text.and_then(|text| spreadsheet::read(text.trim_start_matches(BYTE_ORDER_MARK)).ok());
    let Some((head, lines)) = lines.as_ref().and_then(|lines| lines.split_first()) else {
        return vec![DataFault::Unreadable];
    };
    let head: Vec<&str> = head.cells.iter().map(|cell| cell.text.as_str()).collect();
    if lines.iter().any(|line| line.cells.len() != head.len()) {
        return vec![DataFault::Unreadable];
    }
    let mut faults = description_faults(file, &head, lines.len(), said);
    if lines.len() != expected.len() {
        faults.push(DataFault::Lines { expected: expected.len(), read: lines.len() });
        return faults;
    }
    for (place, (line, DataLine(expected))) in lines.iter().zip(expected).enumerate() {
        let mut is_known = vec![false; head.len()];
        for cell in expected {
            let column = cell.column.as_deref().map_or(Some(0), |column| head.iter().position(|one| *one == column));
            let Some(column) = column else {
                let fault = DataFault::NoColumn { column: cell.column.clone().unwrap_or_default() };
                faults.extend((!faults.contains(&fault)).then_some(fault));
                continue;
            };
            is_known[column] = true;
            let read = as_written(&line.cells[column].text);
            if !agrees(cell, read) {
                faults.push(DataFault::Altered {
                    line: place + 1,
                    column: head[column].to_owned(),
                    address: cell.address.clone(),
                    expected: cell.says.clone(),
                    read: read.to_owned(),
                });
            }
        }
        let others = line.cells.iter().zip(&is_known).filter(|(_, is_known)| !**is_known);
        others.for_each(|(cell, _)| faults.extend(strays(as_written(&cell.text), said)));
    }
    faults
}

/// Whether a cell says what it should.
fn agrees(cell: &DataCell, read: &str) -> bool {
    let number = |text: &str| text.parse::<Decimal>().ok();
    match cell.address.is_empty() {
        true => single_spaced(&cell.says) == single_spaced(read),
        false => cell.says == read || number(&cell.says).is_some_and(|expected| number(read) == Some(expected)),
    }
}

fn single_spaced(text: &str) -> String {
    super::single_spaced(&text.replace(BYTE_ORDER_MARK, ""))
}

/// A cell without the mark that keeps it from being taken for a formula.
fn as_written(cell: &str) -> &str {
    let rest = cell.strip_prefix(TEXT_MARK);
    rest.filter(|rest| rest.trim_start_matches(TEXT_MARK).starts_with(FORMULA_MARKS)).unwrap_or(cell)
}

/// Numbers of a text that nobody said. A day may be written as programs write it.
fn strays(text: &str, said: &Said) -> Vec<DataFault> {
    let shown = match Date::parse(text) {
        Ok(day) if text.len() == day.iso().len() => day.to_string(),
        _ => text.to_owned(),
    };
    let strays = said.strays_in_data(&shown);
    strays.into_iter().map(|number| DataFault::Number { number, words: super::single_spaced(text) }).collect()
}

/// What is wrong with a description: it names the columns in their order and counts the lines.
fn description_faults(file: DataFile, head: &[&str], lines: usize, said: &Said) -> Vec<DataFault> {
    let Ok(Value::Object(description)) = serde_json::from_slice(file.json) else { return vec![DataFault::Unreadable] };
    let columns = description.get("columns").and_then(Value::as_array);
    let names = columns.into_iter().flatten().map(|column| column["name"].as_str().unwrap_or_default());
    let is_of_it = names.eq(head.iter().copied())
        && description.get("rows").and_then(Value::as_u64) == u64::try_from(lines).ok()
        && description.get("file").and_then(Value::as_str) == Some(&format!("{}.csv", file.stem));
    let mut faults: Vec<DataFault> = (!is_of_it).then_some(DataFault::Misdescribed).into_iter().collect();
    for (_, value) in description.iter().filter(|(field, _)| !OF_ITS_FORM.contains(&field.as_str())) {
        each_text(value, &mut |text| faults.extend(strays(text, said)));
    }
    if let Some(day) = description.get("published").and_then(Value::as_str) {
        faults.extend(strays(day, said));
    }
    faults
}

fn each_text(value: &Value, look: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, look)),
        // The names of columns are those of the file, and made of ids.
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "name").for_each(|(_, value)| each_text(value, look));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "\u{feff}name,count,remark\r\nBooks,12500,\"since 31 May, 2016\"\r\n'=Films,-3,2016-05-31\r\n";
    const JSON: &str = r#"{"title": "Loans in 2016", "file": "loans.csv", "encoding": "utf-8", "rows": 2,
        "columns": [{"name": "name"}, {"name": "count"}, {"name": "remark"}]}"#;

    fn expected() -> Vec<DataLine> {
        let line = |name: &str, address: &str, count: &str| {
            DataLine(vec![
                DataCell { column: None, address: String::new(), says: name.to_owned() },
                DataCell { column: Some("count".to_owned()), address: address.to_owned(), says: count.to_owned() },
            ])
        };
        vec![line("Books", "loans.books.count", "12500"), line("=Films", "loans.films.count", "-3.0")]
    }

    fn faults(csv: &str, json: &str) -> Vec<DataFault> {
        let said = Said::of(
            &serde_json::json!({ "title": "Loans since 31 May 2016" }),
            [],
            crate::wording::Wording::english(),
        );
        data_faults(DataFile { stem: "loans", csv: csv.as_bytes(), json: json.as_bytes() }, &expected(), &said)
    }

    #[test]
    fn a_file_with_the_lines_that_were_meant_is_right() {
        assert_eq!(faults(CSV, JSON), []);
    }

    #[test]
    fn a_figure_in_another_line_or_column_is_told_with_its_address() {
        let altered = |line: usize, address: &str, expected: &str, read: &str| DataFault::Altered {
            line,
            column: "count".to_owned(),
            address: address.to_owned(),
            expected: expected.to_owned(),
            read: read.to_owned(),
        };
        let exchanged = CSV.replace(",12500,", ",x,").replace(",-3,", ",12500,").replace(",x,", ",-3,");
        let [books, films] = ["loans.books.count", "loans.films.count"];
        assert_eq!(faults(&exchanged, JSON), [altered(1, books, "12500", "-3"), altered(2, films, "-3.0", "12500")]);
        assert_eq!(faults(&CSV.replace("12500", "12,500"), JSON), [DataFault::Unreadable], "a cell too many");
        assert_eq!(faults(&CSV.replace("12500", "12501"), JSON), [altered(1, books, "12500", "12501")]);
    }

    #[test]
    fn names_lines_and_columns_are_those_that_were_meant() {
        let fault = &faults(&CSV.replace("Books", "Brooks"), JSON)[0];
        assert!(matches!(fault, DataFault::Altered { line: 1, expected, .. } if expected == "Books"), "{fault:?}");
        let dropped = CSV.replace("'=Films,-3,2016-05-31\r\n", "");
        assert_eq!(faults(&dropped, JSON), [DataFault::Misdescribed, DataFault::Lines { expected: 2, read: 1 }]);
        let renamed = faults(&CSV.replace("count", "amount"), &JSON.replace("count", "amount"));
        assert_eq!(renamed[0], DataFault::NoColumn { column: "count".to_owned() });
    }

    #[test]
    fn a_number_that_nobody_said_is_told() {
        let number =
            |number: &str, words: &str| DataFault::Number { number: number.to_owned(), words: words.to_owned() };
        assert_eq!(faults(&CSV.replace("31 May,", "97 of 31 May,"), JSON), [number("97", "since 97 of 31 May, 2016")]);
        assert_eq!(faults(&CSV.replace("05-31", "05-30"), JSON), [number("30", "2016-05-30")]);
        assert_eq!(faults(CSV, &JSON.replace("in 2016", "in 2017")), [number("2017", "Loans in 2017")]);
        assert_eq!(faults(CSV, &JSON.replace("\"rows\": 2", "\"rows\": 3")), [DataFault::Misdescribed]);
        assert_eq!(faults("\"", JSON), [DataFault::Unreadable]);
    }
}
