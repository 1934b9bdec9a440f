//! What somebody is asked who adds something: a form, made from the declaration by which the file is read.
//!
//! In: a [`Form`] and the texts around it. Out: an [`Asked`], in the order of the declaration, with its sentences. What only
//! data can say is looked up: ids that a field may name, files that a part may show, the columns and periods that figures
//! stand under. [`filled`](super::filled) reads what was given, by the same form.

use serde::Serialize;

use super::columns;
use super::forms::{is_named, said_of};
use super::surroundings::Surroundings;
use crate::model::{PartKind, Periods};
use crate::schema::FileKind;
use crate::yaml::{FieldForm, Form, FromNode, RecordForm, Scalar, Texts, field_name};

/// A question, or several.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Asked {
    /// One text.
    Text {
        /// The words of which it must be one, if it must.
        words: Vec<String>,
        /// What it may name, where others are possible.
        known: Vec<String>,
        /// How it is written, in the words of its reader.
        written: Option<String>,
        /// Whether it is running text.
        is_long: bool,
    },
    /// Some of a few words, in their order.
    Some {
        words: Vec<String>,
    },
    /// A text for each of these; a line each where it is not known how many there are.
    Lines {
        labels: Vec<String>,
    },
    /// The names of rows and columns, with a figure for each.
    Cells,
    Record {
        fields: Vec<AskedField>,
    },
    List {
        of: Box<Asked>,
        most: Option<usize>,
    },
    /// One of several, by its name.
    Choice {
        ways: Vec<Way>,
    },
    /// A photograph or drawing, which comes from the person who adds it.
    Picture,
    /// A file that is there, or a new one.
    File {
        files: Vec<String>,
        new: Option<Box<Asked>>,
    },
}

/// A field that is asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedField {
    /// Its name in YAML.
    pub name: String,
    /// What it says; empty where its name says it.
    pub about: String,
    pub must: bool,
    pub asked: Asked,
}

/// One of several things that can be added.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    pub name: String,
    pub about: String,
    pub asked: Asked,
}

/// Fields of texts that name an id, with the list of the same file that declares it.
const NAMES_IDS: [(&str, &str); 6] = [
    ("rating", "ratings"),
    ("themes", "themes"),
    ("theme", "themes"),
    ("group", "groups"),
    ("status", "statuses"),
    ("from", "periods"),
];

/// What is needed though it can be left out: there is another field for it that is not asked for, or it is rare.
const ASKED_FOR: [(&str, &str); 2] = [("an indicator file", "indicators"), ("a row", "values")];

/// What a form asks for; none where there is nothing that could be answered.
pub fn asked(form: &Form, around: &Surroundings) -> Option<Asked> {
    Asker { around, open: Vec::new() }.form(form, "")
}

/// What a field that holds one text asks for; none of any other.
pub fn asked_of_text(field: &FieldForm, around: &Surroundings) -> Option<Asked> {
    let form = (field.form)();
    let asked = Asker { around, open: Vec::new() }.form(&form, &field_name(field.name));
    asked.filter(|asked| matches!(asked, Asked::Text { .. }))
}

struct Asker<'a> {
    around: &'a Surroundings<'a>,
    /// What the records are called that are being asked for: those that hold themselves are asked for once.
    open: Vec<&'static str>,
}

impl Asker<'_> {
    fn form(&mut self, form: &Form, name: &str) -> Option<Asked> {
        match said_of(form) {
            Form::Scalar(scalar) => Some(self.scalar(&scalar, name)),
            Form::List(item, most) => self.list(&item, most, name),
            Form::Record(record) => self.record(record, &[], true),
            Form::SomeOf(record, without) => self.record(record, without, false),
            Form::OneField(fields) => self.choice(&fields),
            Form::Named(_) | Form::Either(_) => None,
        }
    }

    fn scalar(&self, scalar: &Scalar, name: &str) -> Asked {
        let words = match &scalar.texts {
            Texts::Words(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            Texts::All | Texts::Like(_) => Vec::new(),
        };
        let known = match NAMES_IDS.iter().find(|(field, _)| *field == name) {
            Some((_, list)) => self.around.ids(list),
            None if name == "source" => self.around.sources(),
            None if name == "of" => self.around.drawn(),
            None => Vec::new(),
        };
        Asked::Text { words, known, written: scalar.written.clone(), is_long: false }
    }

    fn list(&mut self, item: &Form, most: Option<usize>, name: &str) -> Option<Asked> {
        let of = self.form(item, name)?;
        Some(match of {
            Asked::Text { words, .. } if !words.is_empty() => Asked::Some { words },
            Asked::Text { known, .. } if !known.is_empty() => Asked::Some { words: known },
            Asked::Text { .. } => Asked::Lines { labels: Vec::new() },
            of => Asked::List { of: Box::new(of), most },
        })
    }

    fn record(&mut self, record: &'static RecordForm, without: &[&str], all: bool) -> Option<Asked> {
        if self.open.contains(&record.what) {
            return None;
        }
        self.open.push(record.what);
        let fields = record.fields.iter().filter(|field| !without.contains(&&*field_name(field.name)));
        let fields = fields.filter_map(|field| self.field(record, field, all)).collect();
        self.open.pop();
        Some(Asked::Record { fields: if record.what == TABLE { with_cells(fields) } else { fields } })
    }

    fn field(&mut self, record: &RecordForm, field: &FieldForm, all: bool) -> Option<AskedField> {
        let name = field_name(field.name);
        let asked = match (record.what, &*name) {
            ("a row", "values") => Asked::Lines { labels: columns::typed_names(self.around.tree) },
            ("an indicator", "figures") => Asked::Lines { labels: self.periods() },
            ("a case study", "text") => self.prose(),
            ("a figure", "picture") => Asked::Picture,
            _ => self.form(&(field.form)(), &name)?,
        };
        // An id is made of the name where there is one.
        let must = all && field.must && !(name == "id" && is_named(record));
        let must = must || ASKED_FOR.contains(&(record.what, &*name));
        Some(AskedField { name, about: field.about.trim().to_owned(), must, asked })
    }

    fn choice(&mut self, fields: &[(&'static str, Form)]) -> Option<Asked> {
        Some(Asked::Choice { ways: fields.iter().filter_map(|(name, form)| self.way(name, form)).collect() })
    }

    fn way(&mut self, name: &str, form: &Form) -> Option<Way> {
        let asked = match PartKind::named(name) {
            Some(PartKind::Prose) => self.prose(),
            Some(PartKind::Data(show)) => {
                let new = if show.usual() == show { self.form(&FileKind::of_data(show).form(), "") } else { None };
                Asked::File { files: self.around.data(show), new: new.map(Box::new) }
            }
            _ => self.form(form, name)?,
        };
        let about = match said_of(form) {
            Form::Record(record) => record.about.trim().to_owned(),
            _ => String::new(),
        };
        Some(Way { name: name.to_owned(), about, asked })
    }

    /// A file of prose: a new one, since each is shown once.
    fn prose(&self) -> Asked {
        let text = Asked::Text { words: Vec::new(), known: Vec::new(), written: None, is_long: true };
        let field =
            AskedField { name: "text".to_owned(), about: "The text, in Markdown.".to_owned(), must: true, asked: text };
        Asked::File { files: self.around.unshown("md"), new: Some(Box::new(Asked::Record { fields: vec![field] })) }
    }

    /// The names of the periods of the file.
    fn periods(&self) -> Vec<String> {
        let node = self.around.field("periods");
        let periods = node.and_then(|node| Periods::from_node(node, &mut Vec::new()));
        periods.iter().flat_map(Periods::iter).map(|period| period.name.clone()).collect()
    }
}

/// What a table file is called in its declaration.
pub const TABLE: &str = "a table";
/// The fields of a table that its rows and columns say at once, and what they are asked for as.
pub const OF_CELLS: [&str; 3] = ["rows-are", "columns", "rows"];
pub const CELLS: &str = "cells";

/// A table is asked for as it is printed.
fn with_cells(fields: Vec<AskedField>) -> Vec<AskedField> {
    let is_of_cells = |field: &AskedField| OF_CELLS.contains(&&*field.name);
    let first = fields.iter().position(is_of_cells).unwrap_or_default();
    let mut fields: Vec<AskedField> = fields.into_iter().filter(|field| !is_of_cells(field)).collect();
    let about = "Headings in the first line, the names of the rows in the first column; a block of a spreadsheet can be pasted.";
    let cells = AskedField { name: CELLS.to_owned(), about: about.to_owned(), must: true, asked: Asked::Cells };
    fields.insert(first, cells);
    fields
}
