//! The data files of a report, as they are published: every figure in its line and column, and no number that nobody said.
//!
//! In: the bytes of a CSV file, of the metadata that describe it and of the package that lists all of them, and the lines
//! that it was to have. Out: what is wrong with them. They are read as somebody's spreadsheet and program would read them.

use std::borrow::Cow;

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

/// What a description says of its own form, of names and of addresses, in which no figure stands.
const OF_ITS_FORM: [&str; 19] = [
    "@context",
    "@id",
    "url",
    "dialect",
    "null",
    "name",
    "titles",
    "primaryKey",
    "foreignKeys",
    "datatype",
    "separator",
    "schema:unitCode",
    "path",
    "hash",
    "id",
    "homepage",
    "constraints",
    "encoding",
    "profile",
];

/// A day as programs write it.
const DAY: &str = "2016-05-31";

/// The end of one that is written as a point in time.
const MIDNIGHT: &str = "T00:00:00Z";

/// A CSV file as it was read: the names of its columns, and its lines, each with a cell for every column.
#[derive(Debug)]
pub struct ReadCsv {
    pub head: Vec<String>,
    pub lines: Vec<Vec<String>>,
}

/// A data file as it is published.
#[derive(Debug, Clone, Copy)]
pub struct DataFile<'a> {
    /// Its name without ending.
    pub stem: &'a str,
    /// None where it cannot be read.
    pub csv: Option<&'a ReadCsv>,
    /// What describes it.
    pub metadata: &'a [u8],
}

/// A data file as the package lists it.
#[derive(Debug, Clone)]
pub struct PackagedFile<'a> {
    /// Its name beside the package.
    pub path: &'a str,
    pub bytes: &'a [u8],
    /// The same as it was read, where it can be.
    pub csv: Option<&'a ReadCsv>,
    /// In hexadecimal digits.
    pub sha256: String,
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
    let Some(ReadCsv { head, lines }) = file.csv else { return vec![DataFault::Unreadable] };
    let mut faults = description_faults(file, head, said);
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
            let read = as_written(&line[column]);
            if !agrees(cell, read) {
                faults.push(DataFault::Altered {
                    line: place + 1,
                    column: head[column].clone(),
                    address: cell.address.clone(),
                    expected: cell.says.clone(),
                    read: read.to_owned(),
                });
            }
        }
        let others = line.iter().zip(&is_known).filter(|(_, is_known)| !**is_known);
        others.for_each(|(cell, _)| faults.extend(strays(as_written(cell), said)));
    }
    faults
}

impl ReadCsv {
    /// None where it is no such file.
    pub fn of(csv: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(csv).ok()?.trim_start_matches(BYTE_ORDER_MARK);
        let lines = spreadsheet::read(text).ok()?.into_iter();
        let mut lines = lines.map(|line| line.cells.into_iter().map(|cell| cell.text).collect::<Vec<_>>());
        let (head, lines) = (lines.next()?, lines.collect::<Vec<_>>());
        lines.iter().all(|line| line.len() == head.len()).then_some(Self { head, lines })
    }
}

/// The columns of a data file, as it is described.
pub struct Columns<'a>(Vec<&'a Value>);

impl<'a> Columns<'a> {
    pub fn of(description: &'a Value) -> Self {
        Self(description["tableSchema"]["columns"].as_array().into_iter().flatten().collect())
    }

    /// The places of the columns that some headings say, in their order: the words of a column, with the unit of its
    /// numbers. None where one says no column, or a column of numbers has none.
    pub fn shown_as(&self, headings: &[String]) -> Option<Vec<usize>> {
        let says = |heading: &str, column: &Value| {
            let words = column["dc:description"].as_str().unwrap_or_default();
            let unit = column["schema:unitText"].as_str().map(|unit| format!(" ({unit})"));
            match unit.filter(|unit| !words.ends_with(unit.as_str())) {
                Some(unit) => heading.strip_suffix(unit.as_str()) == Some(words),
                None => heading == words,
            }
        };
        let mut left = self.0.iter().enumerate();
        let place = |heading: &String| left.find(|(_, column)| says(heading, column)).map(|(place, _)| place);
        let places = headings.iter().map(place).collect::<Option<Vec<usize>>>()?;
        let has_numbers = |column: &Value| column["datatype"]["base"] == "decimal";
        let is_left_out = |place: usize| has_numbers(self.0[place]) && !places.contains(&place);
        (!(0..self.0.len()).any(is_left_out)).then_some(places)
    }
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
pub fn as_written(cell: &str) -> &str {
    let rest = cell.strip_prefix(TEXT_MARK);
    rest.filter(|rest| rest.trim_start_matches(TEXT_MARK).starts_with(FORMULA_MARKS)).unwrap_or(cell)
}

/// Numbers of a text that nobody said. Days may be written as programs write them, one or two for a time.
pub fn strays(text: &str, said: &Said) -> Vec<DataFault> {
    // Nearly all texts are none, which their length tells.
    let day = |text: &str| (text.len() == DAY.len()).then(|| Date::parse(text).ok()).flatten();
    let time = text.strip_suffix(MIDNIGHT).unwrap_or(text).split('/').map(day).collect::<Option<Vec<_>>>();
    let shown = match time {
        Some(days) => Cow::Owned(days.iter().map(|day| day.to_string()).collect::<Vec<_>>().join(" ")),
        None => Cow::Borrowed(text),
    };
    let strays = said.strays_in_data(&shown);
    strays.into_iter().map(|number| DataFault::Number { number, words: super::single_spaced(text) }).collect()
}

/// What is wrong with a description: it names the columns in their order, and says no number of its own.
fn description_faults(file: DataFile, head: &[String], said: &Said) -> Vec<DataFault> {
    let Ok(description) = serde_json::from_slice::<Value>(file.metadata) else { return vec![DataFault::Unreadable] };
    let columns = description["tableSchema"]["columns"].as_array();
    let titles = columns.into_iter().flatten().map(|column| column["titles"].as_str().unwrap_or_default());
    let is_of_it = titles.eq(head.iter().map(String::as_str)) && description["url"] == format!("{}.csv", file.stem);
    let mut faults: Vec<DataFault> = (!is_of_it).then_some(DataFault::Misdescribed).into_iter().collect();
    each_text(&description, &mut |text| faults.extend(strays(text, said)));
    faults
}

/// What is wrong with a package: it lists these files, with their sizes, digests and columns.
pub fn package_faults(package: &[u8], files: &[PackagedFile], said: &Said) -> Vec<DataFault> {
    let Ok(package) = serde_json::from_slice::<Value>(package) else { return vec![DataFault::Unreadable] };
    let resources = package["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
    let describes = |file: &PackagedFile, resource: &Value| {
        let head = file.csv.into_iter().flat_map(|csv| &csv.head).map(String::as_str);
        let fields = resource["schema"]["fields"].as_array();
        let names = fields.into_iter().flatten().map(|field| field["name"].as_str().unwrap_or_default());
        resource["bytes"] == file.bytes.len() && resource["hash"] == format!("sha256:{}", file.sha256) && names.eq(head)
    };
    let is_listed = |file: &PackagedFile| {
        let mut of_path = resources.iter().filter(|resource| resource["path"] == file.path);
        of_path.next().is_some_and(|resource| describes(file, resource)) && of_path.next().is_none()
    };
    let is_of_them = resources.len() == files.len() && files.iter().all(is_listed);
    let mut faults: Vec<DataFault> = (!is_of_them).then_some(DataFault::Misdescribed).into_iter().collect();
    each_text(&package, &mut |text| faults.extend(strays(text, said)));
    faults
}

fn each_text(value: &Value, look: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, look)),
        Value::Object(fields) => {
            let said = fields.iter().filter(|(name, _)| !OF_ITS_FORM.contains(&name.as_str()));
            said.for_each(|(_, value)| each_text(value, look));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "\u{feff}name,count,remark\r\nBooks,12500,\"since 31 May, 2016\"\r\n'=Films,-3,2016-05-31\r\n";
    const JSON: &str = r#"{"@context": "http://www.w3.org/ns/csvw97", "dc:title": "Loans in 2016", "url": "loans.csv",
        "dc:issued": {"@value": "2016-05-31"}, "dc:temporal": "2016-05-31/2016-05-31",
        "tableSchema": {"columns": [{"titles": "name"}, {"titles": "count"}, {"titles": "remark"}]}}"#;

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
        let csv = ReadCsv::of(csv.as_bytes());
        data_faults(DataFile { stem: "loans", csv: csv.as_ref(), metadata: json.as_bytes() }, &expected(), &said)
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
        assert_eq!(faults(&dropped, JSON), [DataFault::Lines { expected: 2, read: 1 }]);
        assert_eq!(faults(CSV, &JSON.replace("\"remark\"", "\"mark\"")), [DataFault::Misdescribed]);
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
        assert_eq!(faults(CSV, &JSON.replace("loans.csv", "loan.csv")), [DataFault::Misdescribed]);
        assert_eq!(faults(CSV, &JSON.replace("-31/2016-05-31", "-31/2016-05-30")).len(), 1);
        assert_eq!(faults("\"", JSON), [DataFault::Unreadable]);
    }

    #[test]
    fn a_package_lists_the_files_as_they_are() {
        let package = format!(
            r#"{{"created": "2016-05-31T00:00:00Z", "resources": [{{"path": "loans.csv", "bytes": {}, "hash": "sha256:9f",
                "schema": {{"fields": [{{"name": "name"}}, {{"name": "count"}}, {{"name": "remark"}}]}}}}]}}"#,
            CSV.len()
        );
        let said = Said::of(
            &serde_json::json!({ "title": "Loans since 31 May 2016" }),
            [],
            crate::wording::Wording::english(),
        );
        let csv = ReadCsv::of(CSV.as_bytes());
        let file = |path: &'static str| PackagedFile {
            path,
            bytes: CSV.as_bytes(),
            csv: csv.as_ref(),
            sha256: "9f".to_owned(),
        };
        let faults = |package: &str, files: &[PackagedFile]| package_faults(package.as_bytes(), files, &said);
        assert_eq!(faults(&package, &[file("loans.csv")]), []);
        for (from, to) in
            [("\"count\"", "\"amount\""), (":9f", ":9e"), ("\"bytes\": ", "\"bytes\": 1"), ("loans.", "loan.")]
        {
            assert_eq!(faults(&package.replace(from, to), &[file("loans.csv")]), [DataFault::Misdescribed], "{to}");
        }
        assert_eq!(faults(&package, &[file("loans.csv"), file("more.csv")]), [DataFault::Misdescribed]);
        assert!(matches!(
            &faults(&package.replace("-31T", "-30T"), &[file("loans.csv")])[..],
            [DataFault::Number { .. }]
        ));
    }
}
