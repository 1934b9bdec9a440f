//! The data of a report as one package (Data Package of Frictionless Data): `datapackage.json`, beside the data files.
//!
//! In: a description of each data file, and the page. Out: JSON that lists the files with their sizes and digests, by which
//! a copy is known to be whole, and with the columns of each.

use serde_json::{Value, json};

use super::data::as_text;
use super::describe::{ID, add, to_bytes};
use crate::view::{Bounds, DataColumn, Dataset, Holds, Page, bounds};

/// Describes a data file of so many bytes, with their SHA-256 in hexadecimal digits.
pub fn resource(dataset: &Dataset, bytes: usize, sha256: &str) -> Value {
    let fields: Vec<Value> = dataset.columns_with_cells().map(|(column, cells)| field(column, cells)).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    let key = dataset.tells_apart();
    add(&mut schema, "primaryKey", (!key.is_empty()).then(|| json!(key)));
    add(
        &mut schema,
        "foreignKeys",
        dataset
            .parents()
            .map(|[parent, id]| json!([{ "fields": [parent], "reference": { "resource": "", "fields": [id] } }])),
    );
    json!({
        "name": dataset.stem,
        "path": format!("{}.csv", dataset.stem),
        "profile": "tabular-data-resource",
        "title": dataset.title,
        "description": dataset.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": bytes,
        "hash": format!("sha256:{sha256}"),
        "dialect": { "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n", "header": true },
        "schema": schema,
    })
}

fn field<'c>(column: &DataColumn, cells: impl Iterator<Item = &'c str> + Clone) -> Value {
    let mut constraints = json!({});
    add(&mut constraints, "required", cells.clone().all(|cell| !cell.is_empty()).then_some(json!(true)));
    let Bounds { from_nought, to_hundred } = bounds(column, cells);
    let kind = match &column.holds {
        Holds::Text | Holds::Unit | Holds::Several => "string",
        Holds::Id => {
            add(&mut constraints, "pattern", Some(json!(ID)));
            "string"
        }
        Holds::OneOf(words) => {
            add(&mut constraints, "enum", Some(words.iter().map(|word| as_text(word)).collect()));
            "string"
        }
        Holds::Code(codes) => {
            add(&mut constraints, "enum", Some(codes.iter().map(|(word, _)| as_text(word)).collect()));
            "string"
        }
        Holds::Number | Holds::Whole => {
            add(&mut constraints, "minimum", from_nought.then_some(json!(0)));
            add(&mut constraints, "maximum", to_hundred.then_some(json!(100)));
            if column.holds == Holds::Whole { "integer" } else { "number" }
        }
        Holds::Day => "date",
    };
    let has_any = constraints.as_object().is_some_and(|constraints| !constraints.is_empty());
    let mut field = json!({ "name": column.name, "title": column.title, "type": kind });
    add(&mut field, "constraints", has_any.then_some(constraints));
    add(&mut field, "unit", column.unit.as_ref().map(|unit| json!(unit)));
    field
}

/// Writes the package of a report's data files.
pub fn package(resources: &[Value], page: &Page) -> Vec<u8> {
    let title = format!("{}: {}", page.title.text, page.subtitle.text);
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": page.id,
        "title": title,
        "description": page.description.text,
        "created": format!("{}T00:00:00Z", page.published_iso),
        "contributors": [{ "title": page.organisation.name, "role": "publisher" }],
        "resources": resources,
    });
    let address = || page.address.as_ref().map(|address| json!(address));
    add(&mut package, "id", address());
    add(&mut package, "homepage", address());
    if let Some(licence) = &page.licence {
        let known = licence.code.map(|code| json!(code));
        let mut said = json!({ "title": licence.name });
        add(&mut said, "name", known);
        add(&mut said, "path", licence.to.as_ref().map(|to| json!(to)));
        // Without a name that programs know, or an address, it is none for them.
        let is_known = licence.code.is_some() || licence.to.is_some();
        add(&mut package, "licenses", is_known.then(|| json!([said])));
        add(&mut package, "rights", Some(json!(licence.name)));
    }
    to_bytes(&package)
}
