//! The fields of a record: added where the declaration has them, and taken out.

use std::ops::Range;

use super::new::New;
use super::{Around, Draft, NoRoom, end_of, find};
use crate::diagnostic::Span;
use crate::lines::{cut, end_of_line, start_of_line, with_comments};
use crate::yaml::{Node, Text, Value};

impl Draft<'_> {
    /// The value of a field of a record.
    pub fn field(&self, record: Span, name: &str) -> Option<&Node> {
        self.fields(record).ok()?.iter().find(|(field, _)| field.value == name).map(|(_, value)| value)
    }

    /// The name of the field of a record that holds some letters.
    pub fn field_name(&self, record: Span, letters: &Range<usize>) -> Option<&str> {
        let holds = |(name, value): &&(Text, Node)| {
            (name.at.start as usize) <= letters.start
                && letters.end <= end_of(value, self.text).max(name.at.end as usize + 1)
        };
        self.fields(record).ok()?.iter().find(holds).map(|(name, _)| name.value.as_str())
    }

    /// Gives a record a field that it does not have: behind those of its fields that are declared before it.
    pub fn add_field(&mut self, record: Span, name: &str, order: &[String], new: &New) -> Result<(), NoRoom> {
        let fields = self.fields(record)?;
        let rank = |name: &str| order.iter().position(|one| one == name);
        let own = rank(name);
        let before =
            fields.iter().rposition(|(field, _)| own.is_none() || rank(&field.value).is_some_and(|at| Some(at) < own));
        let flow = self.text[record.letters()].starts_with('{');
        let around = Around { in_flow: flow, ..self.around };
        let edit = match (flow, before.map(|place| &fields[place]), fields.first()) {
            (true, Some((_, value)), _) => {
                let end = end_of(value, self.text);
                (end..end, format!(", {name}: {}", new.in_flow(around)?))
            }
            (true, None, Some((first, _))) => {
                let start = first.at.start as usize;
                (start..start, format!("{name}: {}, ", new.in_flow(around)?))
            }
            (true, None, None) => {
                let start = record.start as usize + 1;
                (start..start, format!("{name}: {}", new.in_flow(around)?))
            }
            (false, before, Some((first, _))) => {
                let start = first.at.start as usize;
                let between =
                    format!("{}{}", self.around.line_end, " ".repeat(start - start_of_line(self.text, start)));
                let lines = new.field(name, around)?.join(&between);
                match before {
                    Some((_, value)) => {
                        let end = end_of_line(self.text, end_of(value, self.text));
                        (end..end, format!("{between}{lines}"))
                    }
                    None => (start..start, format!("{lines}{between}")),
                }
            }
            (false, _, None) => return Err(NoRoom::gone()),
        };
        self.edits.push(edit);
        let field = (Text { value: name.to_owned(), at: Draft::nowhere(record) }, new.node(record));
        let place = before.map_or(0, |place| place + 1);
        self.mean_fields(record, |fields| fields.insert(place.min(fields.len()), field))
    }

    /// Takes a field out, with the comments right above it.
    pub fn remove_field(&mut self, record: Span, name: &str) -> Result<(), NoRoom> {
        let fields = self.fields(record)?;
        let place = fields.iter().position(|(field, _)| field.value == name).ok_or_else(NoRoom::gone)?;
        if fields.len() == 1 {
            return Err(NoRoom::new(format!("`{name}` is all that stands here"), "remove what it stands in"));
        }
        let range = self.cut_field(fields, place, record)?;
        self.edits.push((range, String::new()));
        self.mean_fields(record, |fields| fields.retain(|(field, _)| field.value != name))
    }

    /// The letters that go with a field.
    fn cut_field(&self, fields: &[(Text, Node)], place: usize, record: Span) -> Result<Range<usize>, NoRoom> {
        let (name, value) = &fields[place];
        let own = name.at.start as usize..end_of(value, self.text).max(name.at.end as usize + 1);
        let next = fields.get(place + 1).map(|(next, _)| next.at.start as usize);
        let above = place
            .checked_sub(1)
            .map(|above| end_of(&fields[above].1, self.text).max(fields[above].0.at.end as usize + 1));
        let begins_line = self.text[start_of_line(self.text, own.start)..own.start].trim().is_empty();
        let range = match (self.text[record.letters()].starts_with('{'), next, above) {
            (true, Some(next), _) => own.start..next,
            (true, None, Some(above)) => above..own.end,
            (false, Some(next), _) if !begins_line => own.start..next,
            _ => {
                let lines = with_comments(self.text, own, above.map_or(0, |above| end_of_line(self.text, above)));
                return Ok(cut(self.text, lines, next.is_none()));
            }
        };
        let has_comment = self.text[range.clone()].lines().skip(1).any(|line| line.trim_start().starts_with('#'));
        if has_comment {
            return Err(NoRoom::new("a comment stands between the fields", "remove the field in the file itself"));
        }
        Ok(range)
    }

    fn fields(&self, record: Span) -> Result<&Vec<(Text, Node)>, NoRoom> {
        match find(&self.tree, record, is_mapping).map(|node| &node.value) {
            Some(Value::Mapping(fields)) => Ok(fields),
            _ => Err(NoRoom::gone()),
        }
    }

    fn mean_fields(&mut self, record: Span, change: impl FnOnce(&mut Vec<(Text, Node)>)) -> Result<(), NoRoom> {
        self.mean_of(record, is_mapping, |record| {
            if let Value::Mapping(fields) = &mut record.value {
                change(fields);
            }
        })
    }
}

fn is_mapping(value: &Value) -> bool {
    matches!(value, Value::Mapping(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    /// The record that begins with some words, and a change of it.
    fn edited(text: &str, at: &str, edit: impl Fn(&mut Draft, Span) -> Result<(), NoRoom>) -> String {
        let mut draft = Draft::of(FileId(0), text).unwrap();
        let start = text.find(at).unwrap();
        let record = draft.record(&(start..start + 1)).unwrap();
        edit(&mut draft, record).unwrap();
        draft.written().unwrap()
    }

    fn added(text: &str, at: &str, name: &str) -> String {
        let order = ["id", "name", "note", "rows"].map(str::to_owned);
        edited(text, at, |draft, record| draft.add_field(record, name, &order, &New::Text("1: 2".to_owned())))
    }

    #[test]
    fn a_field_stands_where_it_is_declared() {
        let text = "- id: a  # so\n  name: A\n  rows:\n    - {id: b, rows: [c]}\n";
        assert_eq!(added(text, "id: a", "note"), text.replace("name: A\n", "name: A\n  note: \"1: 2\"\n"));
        assert_eq!(added(text, "id: b", "note"), text.replace("id: b", "id: b, note: \"1: 2\""));
        assert_eq!(added("name: A\nrows: []\n", "name", "id"), "id: \"1: 2\"\nname: A\nrows: []\n");
        assert_eq!(added("{name: A}", "name", "id"), "{id: \"1: 2\", name: A}");
    }

    #[test]
    fn a_field_goes_with_its_line() {
        let without =
            |text: &str, at: &str, name: &str| edited(text, at, |draft, record| draft.remove_field(record, name));
        let text = "- id: a\n  # Why.\n  note: >-\n    one\n    two\n\n  name: A  # so\n- {id: b, note: x, name: B}\n";
        assert_eq!(without(text, "id: a", "note"), text.replace("  # Why.\n  note: >-\n    one\n    two\n\n", ""));
        assert_eq!(without(text, "id: a", "name"), text.replace("\n  name: A  # so\n", ""));
        assert_eq!(without(text, "id: b", "note"), text.replace("note: x, ", ""));
        assert_eq!(without(text, "id: b", "name"), text.replace(", name: B", ""));
        assert_eq!(without("- id: a\n  name: A\n", "id: a", "id"), "- name: A\n");
    }
}
