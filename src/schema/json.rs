//! Writes a form as JSON Schema, in the draft that editors take (draft 07).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::MADE;
use crate::letters::capital;
use crate::yaml::{FieldForm, Form, Numbers, RecordForm, Scalar, Texts, field_name};

/// The schema of a file of a form. `name` says what such a file is called.
pub fn schema(name: &str, form: &Form) -> String {
    let mut writer = Writer::default();
    let mut schema = writer.form(form);
    if let Some(Value::String(reference)) = schema.remove("$ref") {
        // A file's own record stands at the top, where every program looks for it.
        schema = writer.definitions.remove(reference.trim_start_matches(DEFINITIONS)).unwrap_or_default();
    }
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("$comment".to_owned(), json!(MADE));
    schema.insert("title".to_owned(), json!(name));
    schema.insert("definitions".to_owned(), writer.definitions.into_iter().collect());
    format!("{:#}\n", Value::Object(schema))
}

type Schema = Map<String, Value>;

/// Where records are defined that others hold.
const DEFINITIONS: &str = "#/definitions/";

#[derive(Default)]
struct Writer {
    /// The records by the words that they are called by, each once: rows hold rows.
    definitions: BTreeMap<String, Schema>,
}

impl Writer {
    fn form(&mut self, form: &Form) -> Schema {
        match form {
            Form::Scalar(one) => scalar(one),
            Form::List(item, most) => {
                let mut schema = object(json!({"type": "array", "items": self.form(item), "minItems": 1}));
                schema.extend(most.map(|most| ("maxItems".to_owned(), json!(most))));
                schema
            }
            Form::Record(record) => self.reference(record),
            Form::SomeOf(record, without) => {
                let fields = record.fields.iter().filter(|field| !without.contains(&&*field_name(field.name)));
                let mut schema = self.record(record, fields);
                schema.remove("required");
                schema
            }
            Form::OneField(fields) => {
                let fields: Schema =
                    fields.iter().map(|(name, form)| ((*name).to_owned(), self.form(form).into())).collect();
                object(json!({
                    "type": "object",
                    "properties": fields,
                    "additionalProperties": false,
                    "minProperties": 1,
                    "maxProperties": 1,
                }))
            }
            Form::Named(value) => object(json!({"type": "object", "additionalProperties": self.form(value)})),
            Form::Either(forms) => {
                object(json!({"anyOf": forms.iter().map(|form| self.form(form)).collect::<Vec<_>>()}))
            }
        }
    }

    /// Leads to the definition of a record, which is written where it is met first.
    fn reference(&mut self, record: &'static RecordForm) -> Schema {
        let name = name_of(record);
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), Schema::new());
            let schema = self.record(record, record.fields.iter());
            self.definitions.insert(name.clone(), schema);
        }
        object(json!({"$ref": format!("{DEFINITIONS}{name}")}))
    }

    fn record<'f>(&mut self, record: &RecordForm, fields: impl Iterator<Item = &'f FieldForm> + Clone) -> Schema {
        let properties: Schema =
            fields.clone().map(|field| (field_name(field.name), self.field(field).into())).collect();
        let must: Vec<String> = fields.filter(|field| field.must).map(|field| field_name(field.name)).collect();
        let mut schema = object(json!({"type": "object", "properties": properties, "additionalProperties": false}));
        if !must.is_empty() {
            schema.insert("required".to_owned(), json!(must));
        }
        described(schema, record.about)
    }

    fn field(&mut self, field: &FieldForm) -> Schema {
        let schema = self.form(&(field.form)());
        match (schema.contains_key("$ref"), field.about.is_empty()) {
            // Beside a reference nothing else is read.
            (true, false) => described(object(json!({"allOf": [schema]})), field.about),
            _ => described(schema, field.about),
        }
    }
}

fn scalar(scalar: &Scalar) -> Schema {
    let mut types = vec!["string"];
    types.extend(match scalar.numbers {
        Numbers::None => None,
        Numbers::Whole => Some("integer"),
        Numbers::NotNegative | Numbers::All => Some("number"),
    });
    types.extend(scalar.truths.then_some("boolean"));
    let mut schema = match types[..] {
        [one] => object(json!({"type": one})),
        _ => object(json!({"type": types})),
    };
    if matches!(scalar.numbers, Numbers::Whole | Numbers::NotNegative) {
        schema.insert("minimum".to_owned(), json!(0));
    }
    match &scalar.texts {
        Texts::All => schema.insert("pattern".to_owned(), json!("\\S")),
        Texts::Words(words) => schema.insert("enum".to_owned(), json!(words)),
        Texts::Like(pattern) => schema.insert("pattern".to_owned(), json!(format!("^\\s*(?:{pattern})\\s*$"))),
    };
    described(schema, &scalar.written.as_deref().map(sentence).unwrap_or_default())
}

/// With a sentence before what is said of it already.
fn described(mut schema: Schema, about: &str) -> Schema {
    let before = schema.get("description").and_then(Value::as_str).map(str::to_owned);
    let sentences: Vec<String> =
        [about.trim().to_owned()].into_iter().chain(before).filter(|one| !one.is_empty()).collect();
    if !sentences.is_empty() {
        schema.insert("description".to_owned(), json!(sentences.join("\n\n")));
    }
    schema
}

/// Words of a message as a sentence.
fn sentence(words: &str) -> String {
    format!("{}.", capital(words))
}

/// What a record is called, without its article: `row` for "a row".
fn name_of(record: &RecordForm) -> String {
    let what = ["a ", "an ", "the "].iter().find_map(|article| record.what.strip_prefix(article));
    what.unwrap_or(record.what).replace(' ', "-")
}

fn object(value: Value) -> Schema {
    if let Value::Object(object) = value { object } else { Schema::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::FileKind;

    /// Two records of one name would have the fields of one stand for those of the other.
    #[test]
    fn no_two_records_go_by_one_name() {
        let mut known: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut forms: Vec<Form> = FileKind::ALL.iter().map(|kind| kind.form()).collect();
        while let Some(form) = forms.pop() {
            match form {
                Form::Scalar(_) => {}
                Form::List(item, _) | Form::Named(item) => forms.push(*item),
                Form::Either(all) => forms.extend(all),
                Form::OneField(all) => forms.extend(all.into_iter().map(|(_, form)| form)),
                Form::Record(record) | Form::SomeOf(record, _) => {
                    let fields: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
                    match known.get(&name_of(record)) {
                        Some(others) => assert_eq!(*others, fields, "two records are called {}", record.what),
                        None => {
                            known.insert(name_of(record), fields);
                            forms.extend(record.fields.iter().map(|field| (field.form)()));
                        }
                    }
                }
            }
        }
        assert!(known.len() > 50, "the records were not found");
    }
}
