//! What describes a data file to programs: metadata of CSV on the Web (W3C), which lie beside it under its own name.
//!
//! In: a [`Dataset`] and the page that it is of. Out: JSON that says of each column its name, its words, its unit and what
//! it holds, and of the file who published it, of which time it is, and under which licence, where one is said.

use serde_json::{Map, Value, json};

use super::data::as_text;
use crate::view::{Bounds, DataColumn, Dataset, Holds, Page, bounds};

/// The letters of ids, and the dots between the parts of an address, as a pattern.
pub const ID: &str = "[a-z0-9.-]+";

/// The name of the file that describes a CSV file of that name, without its folder: where programs look for it.
pub fn described(csv: &str) -> String {
    format!("{csv}-metadata.json")
}

/// Writes what describes a dataset.
pub fn describe(dataset: &Dataset, page: &Page) -> Vec<u8> {
    let columns: Vec<Value> =
        dataset.columns_with_cells().map(|(column, cells)| described_column(column, cells)).collect();
    let mut schema = json!({ "columns": columns });
    let key = dataset.tells_apart();
    add(&mut schema, "primaryKey", (!key.is_empty()).then(|| json!(key)));
    // That a row of the top has no parent is known to packages alone: here every foreign key must be filled.
    let notes: Vec<Value> = dataset
        .notes
        .iter()
        .cloned()
        .chain([page.wording.say("data.text-mark", &[])])
        .map(|note| json!({ "schema:text": note }))
        .collect();
    let mut metadata = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": page.language }],
        "url": format!("{}.csv", dataset.stem),
        "dc:title": dataset.title,
        "dc:description": dataset.description,
        "dc:source": format!("{}: {}", page.title.text, page.subtitle.text),
        "dc:publisher": page.organisation.name,
        "dc:language": page.language,
        "dc:issued": { "@value": page.published_iso, "@type": "xsd:date" },
        "dc:temporal": page.period_iso.join("/"),
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "quoteChar": "\"", "lineTerminators": ["\r\n"] },
        "null": [""],
        "notes": notes,
        "tableSchema": schema,
    });
    let licence = page.licence.as_ref();
    add(&mut metadata, "dc:license", licence.and_then(|licence| licence.to.as_ref()).map(|to| json!({ "@id": to })));
    add(&mut metadata, "dc:rights", licence.map(|licence| json!(licence.name)));
    add(&mut metadata, "dc:isPartOf", page.address.as_ref().map(|address| json!({ "@id": address })));
    to_bytes(&metadata)
}

fn described_column<'c>(column: &DataColumn, cells: impl Iterator<Item = &'c str> + Clone) -> Value {
    let is_full = cells.clone().all(|cell| !cell.is_empty());
    let mut described = json!({
        "name": column.name,
        "titles": column.name,
        "dc:description": column.title,
        "datatype": datatype(column, bounds(column, cells)),
    });
    add(&mut described, "required", is_full.then_some(json!(true)));
    add(&mut described, "separator", (column.holds == Holds::Several).then_some(json!(" ")));
    add(&mut described, "schema:unitText", column.unit_said.as_ref().map(|unit| json!(unit)));
    add(&mut described, "schema:unitCode", column.unit_code().map(|code| json!(code)));
    described
}

fn datatype(column: &DataColumn, bounds: Bounds) -> Value {
    let pattern = |pattern: &str| json!({ "base": "string", "format": pattern });
    let number = |base: &str| {
        let mut datatype = json!({ "base": base });
        add(&mut datatype, "minimum", bounds.from_nought.then_some(json!(0)));
        add(&mut datatype, "maximum", bounds.to_hundred.then_some(json!(100)));
        datatype
    };
    match &column.holds {
        Holds::Text | Holds::Unit | Holds::Several => json!("string"),
        Holds::Id => pattern(ID),
        Holds::OneOf(words) => pattern(&any_of(words.iter().map(String::as_str))),
        Holds::Code(codes) => pattern(&any_of(codes.iter().map(|(word, _)| *word))),
        Holds::Number => number("decimal"),
        Holds::Whole => number("integer"),
        Holds::Day => json!({ "base": "date", "format": "yyyy-MM-dd" }),
    }
}

/// A pattern that these words alone fit.
fn any_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| literally(&as_text(word))).collect::<Vec<_>>().join("|")
}

/// A word as a pattern that it alone fits.
fn literally(word: &str) -> String {
    let is_meant = |c: char| c.is_alphanumeric() || c == ' ' || !c.is_ascii();
    word.chars().flat_map(|c| (!is_meant(c)).then_some('\\').into_iter().chain([c])).collect()
}

/// Adds a field where it has a value.
pub fn add(object: &mut Value, name: &str, value: Option<Value>) {
    let fields: Option<&mut Map<String, Value>> = object.as_object_mut();
    fields.zip(value).into_iter().for_each(|(fields, value)| drop(fields.insert(name.to_owned(), value)));
}

/// JSON for files, which people may read, too.
pub fn to_bytes(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_pattern_of_itself() {
        assert_eq!(literally("On track (p), £5 – 100%"), "On track \\(p\\)\\, £5 – 100\\%");
    }

    #[test]
    fn numbers_have_bounds_and_words_a_list() {
        let of = |column: DataColumn, from_nought, to_hundred| datatype(&column, Bounds { from_nought, to_hundred });
        let share = DataColumn::number("share", "Share", Some("per cent"));
        assert_eq!(of(share.clone(), true, true), json!({ "base": "decimal", "minimum": 0, "maximum": 100 }));
        assert_eq!(of(share, false, false), json!({ "base": "decimal" }));
        let kind = DataColumn::text("kind", "Kind").holding(Holds::OneOf(vec!["a".to_owned(), "+b".to_owned()]));
        assert_eq!(of(kind, true, false), json!({ "base": "string", "format": "a|\\'\\+b" }));
    }
}
