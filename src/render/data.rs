//! Datasets as CSV (RFC 4180), each with a JSON file that describes it.

use serde::Serialize;

use crate::view::{Dataset, Page};

/// Writes a dataset as CSV, lines ended as the standard asks.
pub fn csv(dataset: &Dataset) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let head: Vec<&str> = dataset.columns.iter().map(|column| column.name.as_str()).collect();
    let records = [head].into_iter().chain(dataset.rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    for record in records {
        // Writing into memory fails only for rows of unequal length, and rows are made with their columns.
        debug_assert_eq!(record.len(), dataset.columns.len());
        let _ = writer.write_record(record);
    }
    writer.into_inner().unwrap_or_default()
}

#[derive(Serialize)]
struct Description<'a> {
    title: &'a str,
    file: String,
    format: &'static str,
    encoding: &'static str,
    report: String,
    period: &'a str,
    published: &'a str,
    publisher: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    rows: usize,
    columns: Vec<ColumnDescription<'a>>,
}

#[derive(Serialize)]
struct ColumnDescription<'a> {
    name: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
}

/// Writes what a person needs to know to use a dataset, as JSON.
pub fn describe(dataset: &Dataset, page: &Page, licence: Option<&str>) -> Vec<u8> {
    let description = Description {
        title: &dataset.title,
        file: format!("{}.csv", dataset.stem),
        format: "text/csv",
        encoding: "utf-8",
        report: format!("{}: {}", page.title.text, page.subtitle.text),
        period: &page.period.text,
        published: &page.published_iso,
        publisher: &page.organisation.name,
        licence,
        rows: dataset.rows.len(),
        columns: dataset
            .columns
            .iter()
            .map(|column| ColumnDescription { name: &column.name, title: &column.title, unit: column.unit })
            .collect(),
    };
    // A struct of strings and numbers always has a JSON form.
    let mut text = serde_json::to_vec_pretty(&description).unwrap_or_default();
    text.push(b'\n');
    text
}
