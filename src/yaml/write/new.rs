//! What is written where nothing was: texts, lists and records, in lines or between brackets and braces.

use super::{Around, Draft, NoRoom};
use crate::diagnostic::Span;
use crate::yaml::{Node, Text, Value, one_line};

/// Records that are longer on one line stand on several.
const LONGEST: usize = 100;

/// A value that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    Text(String),
    List(Vec<New>),
    /// Fields by their names in YAML, in their order.
    Record(Vec<(String, New)>),
}

impl New {
    /// As it is to be read.
    pub(super) fn node(&self, at: Span) -> Node {
        let at = Draft::nowhere(at);
        let value = match self {
            New::Text(text) => Value::Scalar { text: one_line(text), plain: false },
            New::List(items) => Value::Sequence(items.iter().map(|item| item.node(at)).collect()),
            New::Record(fields) => Value::Mapping(
                fields.iter().map(|(name, value)| (Text { value: name.clone(), at }, value.node(at))).collect(),
            ),
        };
        Node { at, value }
    }

    /// As a file of its own.
    pub fn document(&self) -> Result<String, NoRoom> {
        let around = Around::of("");
        let lines = match self {
            New::Record(fields) => record(fields, around)?,
            New::Text(_) | New::List(_) => self.item(around)?,
        };
        Ok(format!("{}\n", lines.join(around.line_end)))
    }

    /// On one line, between brackets and braces.
    pub(super) fn in_flow(&self, around: Around) -> Result<String, NoRoom> {
        let around = Around { in_flow: true, ..around };
        let joined = |parts: Result<Vec<String>, NoRoom>| parts.map(|parts| parts.join(", "));
        match self {
            New::Text(text) => typed(text, around),
            New::List(items) => Ok(format!("[{}]", joined(items.iter().map(|item| item.in_flow(around)).collect())?)),
            New::Record(fields) => {
                let field = |(name, value): &(String, New)| Ok(format!("{name}: {}", value.in_flow(around)?));
                Ok(format!("{{{}}}", joined(fields.iter().map(field).collect())?))
            }
        }
    }

    /// As lines: an item with its hyphen, its fields under each other.
    pub(super) fn item(&self, around: Around) -> Result<Vec<String>, NoRoom> {
        let lines = match self {
            New::Text(text) => vec![typed(text, around)?],
            New::List(_) => vec![self.in_flow(around)?],
            New::Record(fields) => record(fields, around)?,
        };
        Ok(indented(lines, "- ", "  "))
    }

    /// As lines: one of several items of a new list. A short record of single texts stands on one line.
    fn item_of_list(&self, around: Around) -> Result<Vec<String>, NoRoom> {
        let is_flat = |fields: &[(String, New)]| {
            fields.len() > 1 && fields.iter().all(|(_, value)| matches!(value, New::Text(_)))
        };
        match self {
            New::Record(fields) if is_flat(fields) => {
                let line = format!("- {}", self.in_flow(around)?);
                if line.chars().count() <= LONGEST { Ok(vec![line]) } else { self.item(around) }
            }
            _ => self.item(around),
        }
    }

    /// As lines: a field with its name.
    pub(super) fn field(&self, name: &str, around: Around) -> Result<Vec<String>, NoRoom> {
        let under = match self {
            New::Text(text) => return Ok(vec![format!("{name}: {}", typed(text, around)?)]),
            // Values stand in brackets, the lists of several periods on a line each.
            New::List(items) if items.iter().all(|item| matches!(item, New::Text(_))) => {
                return Ok(vec![format!("{name}: {}", self.in_flow(around)?)]);
            }
            New::List(items) => {
                let items: Result<Vec<Vec<String>>, NoRoom> =
                    items.iter().map(|item| item.item_of_list(around)).collect();
                items?.concat()
            }
            New::Record(fields) => record(fields, around)?,
        };
        Ok([vec![format!("{name}:")], indented(under, "  ", "  ")].concat())
    }
}

fn record(fields: &[(String, New)], around: Around) -> Result<Vec<String>, NoRoom> {
    let fields: Result<Vec<Vec<String>>, NoRoom> =
        fields.iter().map(|(name, value)| value.field(name, around)).collect();
    Ok(fields?.concat())
}

fn indented(lines: Vec<String>, first: &str, others: &str) -> Vec<String> {
    let lead = |place: usize| if place == 0 { first } else { others };
    lines.into_iter().enumerate().map(|(place, line)| format!("{}{line}", lead(place))).collect()
}

fn typed(text: &str, around: Around) -> Result<String, NoRoom> {
    around.typed(&one_line(text)).ok_or_else(|| {
        NoRoom::new(format!("YAML has no way of writing `{text}`"), "leave out what cannot be seen in it")
    })
}
