//! What was given in answer to a form, as what is written: the twin of [`asked`](super::asked).
//!
//! In: what somebody gave, and the [`Form`] that it was asked by. Out: the entry with its fields in the order of the
//! declaration, and the new files that it names; or what is missing. What was left empty is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Texts;
use super::asked::{CELLS, OF_CELLS, TABLE};
use super::forms::{self, NAMES};
use super::surroundings::Surroundings;
use crate::diagnostic::{FileId, Span};
use crate::model::PartKind;
use crate::model::values::Id;
use crate::schema::{FileKind, kind_of_file};
use crate::yaml::{FieldForm, Form, New, NoRoom, Node, Parse, RecordForm, Value, field_name};

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Given {
    Text(String),
    List(Vec<Given>),
    /// A picture, as it was called and its bytes, two hexadecimal digits each. What writes it gives its name instead.
    Picture(GivenPicture),
    /// By the names of fields; of a choice, by its name alone.
    Record(BTreeMap<String, Given>),
}

/// A picture that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenPicture {
    pub name: String,
    pub bytes: String,
}

/// An entry, and the files that it names and that are not there yet, by their paths in the content folder.
#[derive(Debug)]
pub struct Filled {
    pub new: New,
    pub files: Vec<(String, String)>,
}

/// Whether the values of a row stand in a list there, and not on one line.
pub type InLists = bool;

/// The entry that was given.
pub fn filled(form: &Form, given: &Given, around: &Surroundings, in_lists: InLists) -> Result<Filled, NoRoom> {
    let mut filler = Filler { around, in_lists, title: String::new(), ids: forms::ids(around.tree), files: Vec::new() };
    match filler.value(form, given, "")? {
        Some(new) => Ok(Filled { new, files: filler.files }),
        None => Err(NoRoom::new("nothing was said", "fill in what is asked for")),
    }
}

/// The text of a file that is not there yet, by the form of its name.
pub fn begun(texts: &Texts, file: &str, given: &Given) -> Result<String, NoRoom> {
    let nothing = Node { at: Span::new(FileId(0), 0..0), value: Value::Mapping(Vec::new()) };
    let around = Surroundings { file, tree: &nothing, texts };
    let kind = kind_of_file(file, None).ok_or_else(|| NoRoom::new(format!("{file} is not written here"), ""))?;
    filled(&kind.form(), given, &around, false)?.new.document()
}

struct Filler<'a> {
    around: &'a Surroundings<'a>,
    in_lists: InLists,
    /// The title of the innermost record around, of which names of files are made.
    title: String,
    /// Ids that are taken.
    ids: BTreeSet<String>,
    files: Vec<(String, String)>,
}

impl Given {
    /// Whether nothing was said.
    fn is_empty(&self) -> bool {
        match self {
            Given::Text(text) => text.trim().is_empty(),
            Given::List(items) => items.iter().all(Given::is_empty),
            Given::Picture(_) => false,
            Given::Record(fields) => fields.values().all(Given::is_empty),
        }
    }

    /// Puts something else in the place of each picture; the first that cannot be is told.
    pub fn with_pictures<E>(self, named: &mut impl FnMut(GivenPicture) -> Result<String, E>) -> Result<Self, E> {
        Ok(match self {
            Given::Text(text) => Given::Text(text),
            Given::Picture(picture) => Given::Text(named(picture)?),
            Given::List(items) => {
                Given::List(items.into_iter().map(|item| item.with_pictures(named)).collect::<Result<_, E>>()?)
            }
            Given::Record(fields) => {
                let fields = fields.into_iter().map(|(name, given)| Ok((name, given.with_pictures(named)?)));
                Given::Record(fields.collect::<Result<_, E>>()?)
            }
        })
    }

    fn text(&self) -> Option<&str> {
        if let Given::Text(text) = self { Some(text.trim()) } else { None }
    }
}

impl Filler<'_> {
    /// What a value is to be; none where nothing was said.
    fn value(&mut self, form: &Form, given: &Given, name: &str) -> Result<Option<New>, NoRoom> {
        if given.is_empty() {
            return Ok(None);
        }
        match (form, given) {
            (Form::Either(forms), given) => self.either(forms, given, name),
            (Form::Scalar(_), Given::Text(text)) => Ok(Some(New::Text(text.trim().to_owned()))),
            (Form::List(item, _), Given::List(items)) => self.list(item, items),
            (Form::Record(record), Given::Record(given)) => self.record(record, given, true).map(Some),
            (Form::SomeOf(record, _), Given::Record(given)) => self.record(record, given, false).map(Some),
            (Form::OneField(fields), Given::Record(given)) => self.one_field(fields, given).map(Some),
            _ => Err(NoRoom::new(format!("`{name}` cannot be said so"), "fill in what is asked for")),
        }
    }

    /// Of several forms the one that what was given has.
    fn either(&mut self, forms: &[Form], given: &Given, name: &str) -> Result<Option<New>, NoRoom> {
        let scalar = forms.iter().find(|form| matches!(form, Form::Scalar(_)));
        let list = forms.iter().find(|form| matches!(form, Form::List(..)));
        match given {
            Given::Text(text) if list.is_some() && text.contains('|') => Ok(Some(New::List(parts(text)))),
            Given::List(items) if name == "values" => self.values(items).map(Some),
            Given::Record(_) => {
                let record = forms::said_of(&Form::Either(forms.to_vec()));
                let new = self.value(&record, given, name)?;
                // Where one field alone is said of a record that a text can stand for, the text is enough.
                Ok(match (new, scalar) {
                    (Some(New::Record(mut fields)), Some(_)) if fields.len() == 1 => {
                        fields.pop().map(|(_, value)| value)
                    }
                    (new, _) => new,
                })
            }
            Given::Picture(_) => Err(NoRoom::new(format!("`{name}` takes no picture"), "add the picture by itself")),
            Given::Text(_) => match scalar.or(forms.first()) {
                Some(form) => self.value(form, given, name),
                None => Ok(None),
            },
            Given::List(items) => match (list, scalar, &items[..]) {
                // A single period has its figures alone.
                (Some(Form::List(item, _)), _, [only]) if name == "figures" => self.value(item, only, name),
                (Some(form), ..) => self.value(form, given, name),
                (None, Some(form), [only]) => self.value(form, only, name),
                (None, ..) => Err(NoRoom::new(format!("`{name}` is one value"), "say it in one field")),
            },
        }
    }

    fn list(&mut self, item: &Form, items: &[Given]) -> Result<Option<New>, NoRoom> {
        let mut all = Vec::new();
        for given in items {
            all.extend(self.value(item, given, "")?);
        }
        Ok((!all.is_empty()).then_some(New::List(all)))
    }

    /// The values of a row: all of them, or none.
    fn values(&self, items: &[Given]) -> Result<New, NoRoom> {
        let texts: Vec<&str> = items.iter().map(|item| item.text().unwrap_or_default()).collect();
        if texts.iter().any(|text| text.is_empty()) {
            return Err(NoRoom::new(
                "a value is missing among those of the row",
                "write nil, n/a or no data where there is no figure",
            ));
        }
        let is_line = !self.in_lists && texts.iter().all(|text| !text.contains(['|', '"', '\'', '#', '\\']));
        Ok(match is_line {
            true => New::Text(texts.join(" | ")),
            false => New::List(texts.iter().map(|text| New::Text((*text).to_owned())).collect()),
        })
    }

    /// A record, with what must be there if that `is_whole`.
    fn record(
        &mut self,
        record: &'static RecordForm,
        given: &BTreeMap<String, Given>,
        is_whole: bool,
    ) -> Result<New, NoRoom> {
        let table = (record.what == TABLE).then(|| given.get(CELLS)).flatten().map(table_of).transpose()?;
        let mut given = given.clone();
        given.extend(table.into_iter().flatten());
        given.remove(CELLS);
        known(record, &given)?;
        let title = ["caption"].iter().chain(&NAMES).find_map(|name| given.get(*name)?.text());
        let around = std::mem::replace(&mut self.title, title.unwrap_or_default().to_owned());
        if self.title.is_empty() {
            self.title.clone_from(&around);
        }
        let mut fields = Vec::new();
        for field in record.fields {
            let name = field_name(field.name);
            let value = match given.get(&name) {
                Some(given) => self.field(record, field, given, &name)?,
                None => None,
            };
            match value {
                Some(value) => fields.push((name, value)),
                None if field.must && is_whole => fields.push((name.clone(), self.missing(record, &name, &given)?)),
                None => {}
            }
        }
        self.title = around;
        Ok(New::Record(fields))
    }

    fn field(
        &mut self,
        record: &RecordForm,
        field: &FieldForm,
        given: &Given,
        name: &str,
    ) -> Result<Option<New>, NoRoom> {
        match (record.what, name, given) {
            ("a case study", "text", Given::Record(given)) => self.file("md", None, given).map(Some),
            (_, "id", Given::Text(id)) if !id.trim().is_empty() => {
                self.ids.insert(id.trim().to_owned());
                Ok(Some(New::Text(id.trim().to_owned())))
            }
            _ => self.value(&(field.form)(), given, name),
        }
    }

    /// A field that must be there and of which nothing was said: an id is made of the name.
    fn missing(&mut self, record: &RecordForm, name: &str, given: &BTreeMap<String, Given>) -> Result<New, NoRoom> {
        let of_name = || {
            let words = NAMES.iter().find_map(|name| given.get(*name)?.text().filter(|text| !text.is_empty()))?;
            Some(self.free_id(words))
        };
        match name {
            "id" => of_name().map(|id| {
                self.ids.insert(id.clone());
                New::Text(id)
            }),
            _ => None,
        }
        .ok_or_else(|| NoRoom::new(format!("{} needs `{name}`", record.what), "fill in the field"))
    }

    fn free_id(&self, words: &str) -> String {
        let id = Id::of_name(words).map(|id| id.to_string()).unwrap_or_default();
        let id = if Id::parse(&id).is_ok() { id } else { format!("y{id}") };
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        [id.clone()].into_iter().chain(numbered).find(|id| !self.ids.contains(id)).unwrap_or(id)
    }

    /// A record of one field, such as a part of a section.
    fn one_field(&mut self, fields: &[(&'static str, Form)], given: &BTreeMap<String, Given>) -> Result<New, NoRoom> {
        let names = || fields.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let mut given = given.iter().filter(|(_, given)| !given.is_empty());
        let said = given.next().filter(|_| given.next().is_none());
        let of_name = |name: &str| fields.iter().find(|(one, _)| *one == name);
        let Some(((name, form), given)) = said.and_then(|(name, given)| Some((of_name(name)?, given))) else {
            return Err(NoRoom::new("it is not said what is put here", format!("choose one of {}", names())));
        };
        let value = match (PartKind::named(name), given) {
            (Some(PartKind::Prose), Given::Record(given)) => Some(self.file("md", None, given)?),
            (Some(PartKind::Data(show)), Given::Record(given)) => {
                Some(self.file("yaml", Some(FileKind::of_data(show).form()), given)?)
            }
            (_, given) => match forms::said_of(form) {
                // One of a list that begins with it.
                Form::List(item, _) if matches!(given, Given::Record(_)) => {
                    self.value(&item, given, name)?.map(|item| New::List(vec![item]))
                }
                _ => self.value(form, given, name)?,
            },
        };
        let value = value.ok_or_else(|| NoRoom::new(format!("nothing was said of `{name}`"), "fill in the fields"))?;
        Ok(New::Record(vec![((*name).to_owned(), value)]))
    }

    /// The name of a new file, with what was said of it: prose, or data of a form.
    fn file(&mut self, ending: &str, form: Option<Form>, given: &BTreeMap<String, Given>) -> Result<New, NoRoom> {
        let title = given.get("caption").and_then(Given::text).unwrap_or(&self.title).to_owned();
        let text = match form {
            None => match given.get("text").and_then(Given::text).filter(|text| !text.is_empty()) {
                Some(text) => format!("{}\n", text.replace("\r\n", "\n")),
                None => return Err(NoRoom::new("the text is missing", "write at least a sentence")),
            },
            Some(form) => {
                let ids = std::mem::take(&mut self.ids);
                let new = self.value(&form, &Given::Record(given.clone()), "")?;
                self.ids = ids;
                new.ok_or_else(|| NoRoom::new("nothing was said of the new file", "fill in the fields"))?.document()?
            }
        };
        let name = self.around.free_name(&short(&title), ending, &self.files);
        self.files.push((format!("{}{name}", self.around.folder()), text));
        Ok(New::Text(name))
    }
}

/// The first words of a title, without what is bound in it and without an end that leads on to more.
fn short(title: &str) -> String {
    const MOST: usize = 4;
    const LEADING_ON: [&str; 10] = ["a", "an", "and", "by", "for", "in", "of", "on", "the", "to"];
    let bare: String = title.split("{{").map(|part| part.rsplit("}}").next().unwrap_or_default()).collect();
    let mut words: Vec<&str> = bare.split_whitespace().take(MOST).collect();
    while words.len() > 1 && words.last().is_some_and(|word| LEADING_ON.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Figures between which `|` stands.
fn parts(text: &str) -> Vec<New> {
    text.split('|').map(|part| New::Text(part.trim().to_owned())).collect()
}

/// What the cells of a table say: its heading, its columns and its rows.
fn table_of(cells: &Given) -> Result<BTreeMap<String, Given>, NoRoom> {
    let wrong = |message: &str| NoRoom::new(message, "write headings in the first line and a name before each row");
    let Given::List(lines) = cells else { return Err(wrong("the table has no rows")) };
    let line = |line: &Given| match line {
        Given::List(cells) => cells.iter().map(|cell| cell.text().unwrap_or_default().to_owned()).collect(),
        _ => Vec::new(),
    };
    let lines: Vec<Vec<String>> =
        lines.iter().map(line).filter(|line: &Vec<String>| line.iter().any(|cell| !cell.is_empty())).collect();
    let [heads, rows @ ..] = &lines[..] else { return Err(wrong("the table has no headings")) };
    let width =
        lines.iter().flat_map(|line| line.iter().rposition(|cell| !cell.is_empty())).max().unwrap_or_default() + 1;
    if rows.is_empty() || width < 2 {
        return Err(wrong("the table has no figures"));
    }
    let cell = |line: &[String], place: usize| line.get(place).cloned().unwrap_or_default();
    let missing = (0..width).map(|place| cell(heads, place)).chain(rows.iter().map(|row| cell(row, 0)));
    if missing.into_iter().any(|name| name.is_empty()) {
        return Err(wrong("a row or a column of the table has no name"));
    }
    let record = |fields: Vec<(&str, Given)>| {
        Given::Record(fields.into_iter().map(|(name, given)| (name.to_owned(), given)).collect())
    };
    let column = |place: usize| record(vec![("name", Given::Text(cell(heads, place)))]);
    let row = |row: &Vec<String>| {
        let values = (1..width).map(|place| Given::Text(cell(row, place))).collect();
        record(vec![("name", Given::Text(cell(row, 0))), ("values", Given::List(values))])
    };
    let [heading, columns, all] = OF_CELLS;
    Ok(BTreeMap::from([
        (heading.to_owned(), Given::Text(cell(heads, 0))),
        (columns.to_owned(), Given::List((1..width).map(column).collect())),
        (all.to_owned(), Given::List(rows.iter().map(row).collect())),
    ]))
}

/// Values of fields that a record does not have are refused.
fn known(record: &RecordForm, given: &BTreeMap<String, Given>) -> Result<(), NoRoom> {
    let unknown = given.keys().find(|name| !record.fields.iter().any(|field| field.is_written(name)));
    unknown.map_or(Ok(()), |name| {
        let names: Vec<String> = record.fields.iter().map(|field| field_name(field.name)).collect();
        Err(NoRoom::new(
            format!("{} has no field `{name}`", record.what),
            format!("its fields are {}", names.join(", ")),
        ))
    })
}
