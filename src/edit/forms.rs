//! What an entry or a field of a file is, by the declaration that the file is read by.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::model::values::Id;
use crate::schema::kind_of_file;
use crate::yaml::{Entry, FieldForm, Form, New, NoRoom, Node, Parse, RecordForm, Value, field_name};

/// What stands for something that nobody said yet: an error until it is filled in.
const OPEN: &str = "…";

/// What a file takes; none where nothing is known of it.
pub fn of_file(path: &str, tree: &Node) -> Option<Form> {
    kind_of_file(path, Some(tree)).map(|kind| kind.form())
}

/// A new entry beside another one: the values that are given and what must be there, in the order of the declaration. What
/// stands in the order of columns or periods has as many values as beside it.
pub fn new_entry(form: Option<&Form>, tree: &Node, beside: Entry, values: &[(String, String)]) -> Result<New, NoRoom> {
    let item = form.and_then(|form| form_of(form, tree, beside.list, is_list)).and_then(item_of);
    let mut new = made(item.clone(), &with_id(item.as_ref(), tree, values))?;
    if let (Some(Form::Record(record)), New::Record(fields)) = (item.map(chosen), &mut new) {
        let given = |name: &str| values.iter().any(|(one, _)| one == name);
        for name in ["columns", "values", "figures"].into_iter().filter(|name| !given(name)) {
            let shape = beside_has(tree, beside, name).filter(|_| record.field(name).is_some());
            if let Some(shape) = shape {
                put(fields, record, name, if name == "columns" { as_it_is(shape) } else { shaped(shape) });
            }
        }
    }
    Ok(new)
}

/// What the entries of a list take.
pub fn item_beside(form: Option<&Form>, tree: &Node, beside: Entry) -> Option<Form> {
    form.and_then(|form| form_of(form, tree, beside.list, is_list)).and_then(item_of)
}

/// What the entries of a list of a record take, which need not be there.
pub fn item_within(form: Option<&Form>, tree: &Node, record: Span, list: &str) -> Option<Form> {
    let of_record = form.and_then(|form| form_of(form, tree, record, is_record));
    of_record.and_then(|form| field_of(&form, list)).and_then(item_of)
}

/// The fields of a record in the order of its declaration; an error where it has no such field.
pub fn order(form: Option<&Form>, tree: &Node, record: Span, name: &str) -> Result<Vec<String>, NoRoom> {
    let of_record = form.and_then(|form| form_of(form, tree, record, is_record));
    let Some(of_record) = of_record else { return Ok(Vec::new()) };
    let fields = fields_of(&of_record);
    let names: Vec<String> = fields.iter().map(|field| field_name(field.name)).collect();
    match names.iter().any(|one| one == name) || names.is_empty() {
        true => Ok(names),
        false => Err(NoRoom::new(
            format!("no field `{name}` can stand here"),
            format!("its fields are {}", names.join(", ")),
        )),
    }
}

/// Whether a field of a record may be left out.
pub fn may_be_left_out(form: Option<&Form>, tree: &Node, record: Span, name: &str) -> bool {
    let of_record = form.and_then(|form| form_of(form, tree, record, is_record));
    of_record.is_some_and(|form| match &form {
        Form::Record(record) => record.fields.iter().any(|field| field.is_written(name) && !field.must),
        Form::SomeOf(..) => true,
        _ => false,
    })
}

/// An entry of a form with some values.
fn made(form: Option<Form>, values: &[(String, String)]) -> Result<New, NoRoom> {
    let given = |name: &str| values.iter().find(|(one, _)| one == name).map(|(_, value)| New::Text(value.clone()));
    let text = || values.first().map_or(OPEN, |(_, value)| value.as_str()).to_owned();
    match form.map(|form| chosen_for(form, values)) {
        Some(Form::Scalar(_)) => Ok(New::Text(text())),
        Some(Form::Record(record)) => {
            known(record, values)?;
            let field = |field: &FieldForm| {
                let name = field_name(field.name);
                let value = given(&name).or_else(|| field.must.then(|| opened(&(field.form)())))?;
                Some((name, value))
            };
            Ok(New::Record(record.fields.iter().filter_map(field).collect()))
        }
        Some(Form::OneField(fields)) => {
            let part =
                values.iter().find_map(|(name, value)| Some((fields.iter().find(|(one, _)| one == name)?, value)));
            let Some(((name, form), value)) = part else {
                let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
                return Err(NoRoom::new(
                    "it is not said what is put here",
                    format!("choose one of {}", names.join(", ")),
                ));
            };
            let rest: Vec<(String, String)> = values.iter().filter(|(one, _)| one != name).cloned().collect();
            let is_text = !value.trim().is_empty() && rest.is_empty();
            let value = if is_text { New::Text(value.clone()) } else { of_part(form, &rest)? };
            Ok(New::Record(vec![((*name).to_owned(), value)]))
        }
        _ if values.len() == 1 && values[0].0.is_empty() => Ok(New::Text(text())),
        _ => Ok(New::Record(values.iter().map(|(name, value)| (name.clone(), New::Text(value.clone()))).collect())),
    }
}

/// With an id that is made of the name, where one must be there and none is given.
fn with_id(form: Option<&Form>, tree: &Node, values: &[(String, String)]) -> Vec<(String, String)> {
    let needs = |form: &Form| match chosen(form.clone()) {
        Form::Record(record) => record.fields.iter().any(|field| field.name == "id" && field.must),
        _ => false,
    };
    let has_id = values.iter().any(|(name, _)| name == "id");
    let named = |name: &&str| values.iter().find(|(one, _)| one == name).and_then(|(_, value)| Id::of_name(value));
    let named = |name: &&str| named(name).filter(|id| Id::parse(id.as_str()).is_ok());
    let id = NAMES.iter().find_map(named);
    match (form.is_some_and(needs) && !has_id, id) {
        (true, Some(id)) => {
            let taken = ids(tree);
            let id = id.to_string();
            let numbered = (2..).map(|number| format!("{id}-{number}"));
            let free = [id.clone()].into_iter().chain(numbered).find(|id| !taken.contains(id));
            [vec![("id".to_owned(), free.unwrap_or(id))], values.to_vec()].concat()
        }
        _ => values.to_vec(),
    }
}

/// Every id of a file.
pub fn ids(node: &Node) -> BTreeSet<String> {
    match &node.value {
        Value::Scalar { .. } => BTreeSet::new(),
        Value::Sequence(items) => items.iter().flat_map(ids).collect(),
        Value::Mapping(fields) => fields
            .iter()
            .flat_map(|(name, value)| match &value.value {
                Value::Scalar { text, .. } if name.value == "id" => BTreeSet::from([text.clone()]),
                _ => ids(value),
            })
            .collect(),
    }
}

/// A field of the entry beside which a new one stands, or of the nearest that has it.
pub fn beside_has<'n>(tree: &'n Node, beside: Entry, name: &str) -> Option<&'n Node> {
    let items = list_at(tree, beside.list)?;
    let has = |node: &'n Node| match &node.value {
        Value::Mapping(fields) => fields.iter().find(|(one, _)| one.value == name).map(|(_, value)| value),
        _ => None,
    };
    let mut near: Vec<usize> = (0..items.len()).collect();
    near.sort_by_key(|place| place.abs_diff(beside.place));
    near.into_iter().find_map(|place| has(&items[place]))
}

fn list_at(node: &Node, at: Span) -> Option<&[Node]> {
    match &node.value {
        Value::Sequence(items) if node.at == at => Some(items),
        Value::Sequence(items) => items.iter().find_map(|item| list_at(item, at)),
        Value::Mapping(fields) => fields.iter().find_map(|(_, value)| list_at(value, at)),
        Value::Scalar { .. } => None,
    }
}

/// As many values as another one has, of which nobody said anything yet.
fn shaped(node: &Node) -> New {
    match &node.value {
        Value::Sequence(items) => New::List(items.iter().map(shaped).collect()),
        Value::Scalar { text, .. } => New::Text(vec![OPEN; text.split('|').count()].join(" | ")),
        Value::Mapping(_) => New::Text(OPEN.to_owned()),
    }
}

fn as_it_is(node: &Node) -> New {
    match &node.value {
        Value::Sequence(items) => New::List(items.iter().map(as_it_is).collect()),
        Value::Scalar { text, .. } => New::Text(text.clone()),
        Value::Mapping(fields) => {
            New::Record(fields.iter().map(|(name, value)| (name.value.clone(), as_it_is(value))).collect())
        }
    }
}

/// Puts a field into a record, in the order of its declaration.
fn put(fields: &mut Vec<(String, New)>, record: &RecordForm, name: &str, value: New) {
    let rank = |name: &str| record.fields.iter().position(|field| field.is_written(name));
    fields.retain(|(one, _)| one != name);
    let place = fields.iter().position(|(one, _)| rank(one) > rank(name)).unwrap_or(fields.len());
    fields.insert(place, (name.to_owned(), value));
}

/// What a part of a section says, where that is more than one text.
fn of_part(form: &Form, values: &[(String, String)]) -> Result<New, NoRoom> {
    match chosen(form.clone()) {
        Form::List(item, _) => Ok(New::List(vec![made(Some(*item), values)?])),
        form => made(Some(form), values),
    }
}

/// Values of fields that a record does not have are refused.
fn known(record: &RecordForm, values: &[(String, String)]) -> Result<(), NoRoom> {
    let unknown = values.iter().find(|(name, _)| !record.fields.iter().any(|field| field.is_written(name)));
    unknown.map_or(Ok(()), |(name, _)| {
        let names: Vec<String> = record.fields.iter().map(|field| field_name(field.name)).collect();
        Err(NoRoom::new(
            format!("{} has no field `{name}`", record.what),
            format!("its fields are {}", names.join(", ")),
        ))
    })
}

/// What stands in a field that must be there, until somebody says more.
fn opened(form: &Form) -> New {
    match chosen(form.clone()) {
        Form::List(item, _) => New::List(vec![opened(&item)]),
        Form::Record(record) => New::Record(
            record
                .fields
                .iter()
                .filter(|field| field.must)
                .map(|field| (field_name(field.name), opened(&(field.form)())))
                .collect(),
        ),
        Form::OneField(fields) => match fields.first() {
            Some((name, form)) => New::Record(vec![((*name).to_owned(), opened(form))]),
            None => New::Text(OPEN.to_owned()),
        },
        Form::Scalar(_) | Form::SomeOf(..) | Form::Named(_) | Form::Either(_) => New::Text(OPEN.to_owned()),
    }
}

/// Of several forms the one that is asked for: the first, unless it is a text in the place of a record that needs no more.
pub fn said_of(form: &Form) -> Form {
    let Form::Either(forms) = form else { return form.clone() };
    let needs_one = |form: &&Form| match form {
        Form::Record(record) => record.fields.iter().filter(|field| field.must).count() == 1,
        _ => false,
    };
    let first = forms.iter().find(needs_one).or(forms.first());
    first.map_or_else(|| form.clone(), said_of)
}

/// Whether an id of a record can be made of its name.
pub fn is_named(record: &RecordForm) -> bool {
    record.fields.iter().any(|field| field.must && NAMES.contains(&field.name))
}

/// The fields of which ids are made, the first that is there.
pub const NAMES: [&str; 5] = ["title", "name", "key", "is", "label"];

/// Of several forms the first that is a record with the fields that are given.
fn chosen_for(form: Form, values: &[(String, String)]) -> Form {
    let takes = |form: &&Form| match form {
        Form::Record(record) => values.iter().all(|(name, _)| record.fields.iter().any(|field| field.is_written(name))),
        _ => false,
    };
    match &form {
        Form::Either(forms) if !values.is_empty() => forms.iter().find(takes).cloned().unwrap_or_else(|| chosen(form)),
        _ => chosen(form),
    }
}

/// Of several forms the first that is a record, else the first.
fn chosen(form: Form) -> Form {
    match form {
        Form::Either(forms) => {
            let record = forms.iter().find(|form| matches!(form, Form::Record(_))).or(forms.first()).cloned();
            record.map_or(Form::Either(forms), chosen)
        }
        form => form,
    }
}

/// The form of the value at a place, of the kind that is asked for.
pub fn form_of(form: &Form, node: &Node, at: Span, is_kind: fn(&Value) -> bool) -> Option<Form> {
    if node.at == at && is_kind(&node.value) {
        return Some(fit(form, node));
    }
    match (fit(form, node), &node.value) {
        (Form::List(item, _), Value::Sequence(items)) => items.iter().find_map(|one| form_of(&item, one, at, is_kind)),
        (form, Value::Mapping(fields)) => fields.iter().find_map(|(name, value)| {
            let inside = value.at.start <= at.start && at.end <= value.at.end;
            inside.then(|| form_of(&field_of(&form, &name.value)?, value, at, is_kind)).flatten()
        }),
        _ => None,
    }
}

/// Of several forms the one that a value has.
pub fn fit(form: &Form, node: &Node) -> Form {
    let Form::Either(forms) = form else { return form.clone() };
    let fits = |form: &&Form| match (form, &node.value) {
        (Form::Scalar(_), Value::Scalar { .. }) | (Form::List(..), Value::Sequence(_)) => true,
        (Form::Record(record), Value::Mapping(fields)) => {
            fields.iter().all(|(name, _)| record.fields.iter().any(|field| field.is_written(&name.value)))
        }
        (Form::SomeOf(..) | Form::OneField(_) | Form::Named(_), Value::Mapping(_)) => true,
        _ => false,
    };
    forms.iter().find(fits).map_or_else(|| form.clone(), |form| fit(form, node))
}

pub fn fields_of(form: &Form) -> Vec<&'static FieldForm> {
    match form {
        Form::Record(record) => record.fields.iter().collect(),
        Form::SomeOf(record, without) => {
            record.fields.iter().filter(|field| !without.contains(&&*field_name(field.name))).collect()
        }
        _ => Vec::new(),
    }
}

pub fn field_of(form: &Form, name: &str) -> Option<Form> {
    match form {
        Form::OneField(fields) => fields.iter().find(|(one, _)| *one == name).map(|(_, form)| form.clone()),
        Form::Named(value) => Some((**value).clone()),
        form => fields_of(form).into_iter().find(|field| field.is_written(name)).map(|field| (field.form)()),
    }
}

pub fn item_of(form: Form) -> Option<Form> {
    match form {
        Form::List(item, _) => Some(*item),
        Form::Either(forms) => forms.into_iter().find_map(item_of),
        _ => None,
    }
}

pub fn is_list(value: &Value) -> bool {
    matches!(value, Value::Sequence(_))
}

pub fn is_record(value: &Value) -> bool {
    matches!(value, Value::Mapping(_))
}
