//! What a place stands in, from the entry of its list to the section of the report; and what a new one beside each takes.
//!
//! In: a place, and the texts around it. Out: the [`Level`]s, the innermost first: an entry of a list that can be moved,
//! copied and taken out, with the form of another beside it and the fields that it has itself. The part that shows a file
//! stands in `report.yaml`; so the levels of a data file or a prose go on there.

use std::ops::Range;

use serde::Serialize;

use super::asked::{Asked, AskedField, asked, asked_of_text};
use super::columns;
use super::forms::{field_of, fields_of, fit, item_of, of_file, said_of};
use super::surroundings::{Surroundings, field, text};
use super::{Place, Texts};
use crate::diagnostic::FileId;
use crate::yaml::{self, Form, Node, Texts as Taken, Value, field_name};

/// Something that a place stands in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// Its letters.
    #[serde(skip)]
    pub at: Place,
    /// The name of the list that it is an entry of; nothing for a whole file, which is neither moved nor taken out.
    pub list: String,
    /// What it is: "row", "indicator", "section".
    pub what: String,
    /// What it is called.
    pub name: String,
    /// Its place in the list, from 0, and how many entries that has.
    pub place: usize,
    pub of: usize,
    /// What a new one beside it takes.
    pub beside: Option<Asked>,
    /// The fields of it that are one text each.
    pub fields: Vec<OwnField>,
    /// The lists that it has or could have, with what a new entry takes.
    pub lists: Vec<AskedField>,
    /// Of a part or a section of a report the files that it alone shows, by their paths.
    #[serde(skip)]
    pub files: Vec<String>,
}

/// A field of an entry that is one text, or could be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnField {
    #[serde(flatten)]
    pub asked: AskedField,
    /// What it says; nothing where it is left out.
    pub says: String,
}

/// Lists whose items stand in the order of something else are no levels of their own.
const IN_ORDER: [&str; 3] = columns::IN_ORDER;

/// Everything that a place stands in.
pub fn levels(texts: &Texts, place: &Place) -> Vec<Level> {
    let mut all = of_file_at(texts, &place.file, &place.range);
    if let Some((report, range)) = shown_at(texts, &place.file) {
        all.extend(of_file_at(texts, &report, &range));
    }
    all
}

/// All of a YAML file, as a place.
pub fn whole(texts: &Texts, file: &str) -> Place {
    let text = texts.get(file).map(|text| &**text).unwrap_or_default();
    let tree = yaml::parse(FileId(0), text).ok();
    let range = tree.map_or(0..0, |tree| tree.at.start as usize..tree.end_of(text));
    Place { file: file.to_owned(), range }
}

/// The notes of the report that a file belongs to, each with its id.
pub fn notes(texts: &Texts, file: &str) -> Vec<(String, String)> {
    let report = file.rsplit_once('/').map(|(folder, _)| format!("{folder}/report.yaml"));
    let tree = report.and_then(|report| yaml::parse(FileId(0), texts.get(&report)?).ok());
    let Some(Value::Sequence(all)) = tree.as_ref().and_then(|tree| field(tree, "notes")).map(|notes| &notes.value)
    else {
        return Vec::new();
    };
    let said = |note: &Node, name: &str| Some(text(field(note, name)?)?.to_owned());
    all.iter().filter_map(|note| Some((said(note, "id")?, said(note, "text")?))).collect()
}

/// The levels in one YAML file; none in prose.
fn of_file_at(texts: &Texts, file: &str, range: &Range<usize>) -> Vec<Level> {
    let Some(text) = texts.get(file).filter(|_| file.ends_with(".yaml")) else { return Vec::new() };
    let Ok(tree) = yaml::parse(FileId(0), text) else { return Vec::new() };
    let around = Surroundings { file, tree: &tree, texts };
    let form = of_file(file, &tree);
    let mut walk = Walk { around: &around, text, range, all: Vec::new() };
    walk.column();
    walk.value(&tree, form.as_ref(), "");
    walk.all.reverse();
    if let Some(form) = form {
        walk.all.push(walk.whole(&form));
    }
    walk.all
}

/// The report and the letters of the part in it that shows a file.
fn shown_at(texts: &Texts, file: &str) -> Option<(String, Range<usize>)> {
    let (folder, name) = file.rsplit_once('/')?;
    let report = format!("{folder}/report.yaml");
    if report == file {
        return None;
    }
    let tree = yaml::parse(FileId(0), texts.get(&report)?).ok()?;
    let mut found = None;
    field(&tree, "sections")?.each_text(&mut |said, at| {
        if said == name && found.is_none() {
            found = Some(at.letters());
        }
    });
    Some((report, found?))
}

struct Walk<'a> {
    around: &'a Surroundings<'a>,
    text: &'a str,
    range: &'a Range<usize>,
    /// The outermost first.
    all: Vec<Level>,
}

impl Walk<'_> {
    fn holds(&self, node: &Node) -> bool {
        (node.at.start as usize) <= self.range.start && self.range.end <= node.end_of(self.text)
    }

    fn value(&mut self, node: &Node, form: Option<&Form>, name: &str) {
        let form = form.map(|form| fit(form, node));
        match &node.value {
            Value::Scalar { .. } => {}
            Value::Mapping(fields) => {
                if let Some((name, value)) = fields.iter().find(|(_, value)| self.holds(value)) {
                    let form = form.and_then(|form| field_of(&form, &name.value));
                    self.value(value, form.as_ref(), &name.value);
                }
            }
            Value::Sequence(items) => {
                let Some(place) = items.iter().position(|item| self.holds(item)) else { return };
                let item = form.and_then(item_of);
                if !IN_ORDER.contains(&name) {
                    self.all.push(self.level(&items[place], item.as_ref(), name, (place, items.len())));
                }
                self.value(&items[place], item.as_ref(), name);
            }
        }
    }

    /// The column of a table that a cell stands in.
    fn column(&mut self) {
        let Some(column) = columns::at(self.around.tree, self.text, self.range) else { return };
        let form = of_file(self.around.file, self.around.tree).and_then(|form| field_of(&form, "columns"));
        let mut beside = Walk { around: self.around, text: self.text, range: &column, all: Vec::new() };
        if let Some(list) = self.around.field("columns") {
            beside.value(list, form.as_ref(), "columns");
        }
        self.all.extend(beside.all);
    }

    fn level(&self, node: &Node, form: Option<&Form>, list: &str, (place, of): (usize, usize)) -> Level {
        let mut beside = form.and_then(|form| asked(&said_of(form), self.around));
        if let (Some(Asked::Record { fields }), "columns") = (&mut beside, list) {
            fields.extend(columns::asked_values(self.around.tree));
        }
        Level {
            at: Place { file: self.around.file.to_owned(), range: node.at.start as usize..node.end_of(self.text) },
            list: list.to_owned(),
            what: what(form, list),
            name: name_of(node),
            place,
            of,
            beside,
            fields: form.map(|form| self.own(node, &fit(form, node))).unwrap_or_default(),
            lists: form.map(|form| self.lists(node, &fit(form, node))).unwrap_or_default(),
            files: if ["parts", "sections"].contains(&list) { self.around.own_files(node) } else { Vec::new() },
        }
    }

    /// A whole file, with its own fields.
    fn whole(&self, form: &Form) -> Level {
        let tree = self.around.tree;
        Level {
            at: Place { file: self.around.file.to_owned(), range: tree.at.start as usize..tree.end_of(self.text) },
            list: String::new(),
            what: what(Some(form), "file"),
            name: name_of(tree),
            place: 0,
            of: 1,
            beside: None,
            fields: self.own(tree, form),
            lists: self.lists(tree, form),
            files: Vec::new(),
        }
    }

    /// The fields of a record that are one text each, in the order of the declaration.
    fn own(&self, node: &Node, form: &Form) -> Vec<OwnField> {
        let own = |form: &'static yaml::FieldForm| {
            let name = field_name(form.name);
            let says = match field(node, &name) {
                Some(value) => text(value)?.to_owned(),
                None => String::new(),
            };
            let about = form.about.trim().to_owned();
            let asked = asked_of_text(form, self.around).filter(|_| name != "id" && name != "values")?;
            Some(OwnField { asked: AskedField { name, about, must: form.must, asked }, says })
        };
        fields_of(form).into_iter().filter_map(own).collect()
    }
}

impl Walk<'_> {
    /// The lists of a record to which something can be added; those that hold the place itself are levels of their own.
    fn lists(&self, node: &Node, form: &Form) -> Vec<AskedField> {
        let is_elsewhere = |name: &str| {
            let is_level = field(node, name).is_some_and(|value| self.holds(value));
            is_level || IN_ORDER.contains(&name)
        };
        let list = |form: &'static yaml::FieldForm| {
            let name = field_name(form.name);
            let item = entry_of((form.form)()).filter(|_| !is_elsewhere(&name))?;
            let asked = asked(&said_of(&item), self.around)?;
            Some(AskedField { name, about: form.about.trim().to_owned(), must: form.must, asked })
        };
        fields_of(form).into_iter().filter_map(list).collect()
    }
}

/// What an entry of a list is, where entries can be added one by one. Ids and words of a few are chosen together, and what
/// can be said in one text is one answer: the columns of an indicator, the areas that it is about, its target.
fn entry_of(form: Form) -> Option<Form> {
    let Form::List(item, _) = said_of(&form) else { return None };
    let is_chosen = |form: &Form| matches!(form, Form::Scalar(scalar) if scalar.texts != Taken::All);
    Some(*item).filter(|item| !is_chosen(&said_of(item)))
}

/// What an entry is called in messages, without its article.
fn what(form: Option<&Form>, list: &str) -> String {
    match form.map(said_of) {
        Some(Form::Record(record)) => {
            record.what.trim_start_matches("an ").trim_start_matches("a ").trim_start_matches("the ").to_owned()
        }
        Some(Form::OneField(_)) => "part".to_owned(),
        _ => format!("entry of {list}"),
    }
}

/// By what an entry is known.
fn name_of(node: &Node) -> String {
    const NAMES: [&str; 9] = ["title", "name", "caption", "label", "key", "group", "term", "is", "id"];
    match &node.value {
        Value::Scalar { text, .. } => text.clone(),
        Value::Sequence(_) => String::new(),
        Value::Mapping(fields) => match (NAMES.iter().find_map(|name| text(field(node, name)?)), &fields[..]) {
            (Some(name), _) => name.to_owned(),
            // A part is known by what it shows.
            (None, [(kind, value)]) => format!("{} {}", kind.value, name_of(value)).trim_end().to_owned(),
            (None, _) => String::new(),
        },
    }
}
