//! Reading typed values from a YAML tree, all faults at once.
//!
//! A record is declared once with [`record!`](crate::record): its fields, their types and whether they must be
//! there. Reading goes on after a fault; whoever needs the value gets `None` and the finding is already noted.

use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Findings, Span, made_visible, nearest};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct At<T> {
    pub value: T,
    pub at: Span,
}

/// A text and where it stands.
pub type Text = At<String>;

/// What can be read from a node. `None` means that a finding says why not.
pub trait FromNode: Sized {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self>;
}

/// A small value that is written as one scalar and knows how to read it.
pub trait Parse: Sized {
    /// Reads the text as typed. The error says what is expected, in the author's words.
    fn parse(text: &str) -> Result<Self, String>;
}

impl<T: Parse> FromNode for T {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let Value::Scalar { text, plain } = &node.value else {
            let message = format!("a single value is expected here, but {} stands here", node.kind());
            findings.push(Diagnostic::error(Code::WrongType, node.at, message));
            return None;
        };
        if text.trim().is_empty() || (*plain && matches!(text.as_str(), "~" | "null")) {
            findings.push(
                Diagnostic::error(Code::EmptyField, node.at, "a value is missing here")
                    .help("write the value, or remove the field if it is not needed; a value that begins with # is put in quotation marks"),
            );
            return None;
        }
        match T::parse(text.trim()) {
            Ok(value) => Some(value),
            Err(expected) => {
                findings.push(
                    Diagnostic::error(Code::WrongValue, node.at, format!("`{}` is not understood", shorten(text)))
                        .help(expected),
                );
                None
            }
        }
    }
}

impl<T: FromNode> FromNode for At<T> {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        T::from_node(node, findings).map(|value| At { value, at: node.at })
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        list_of(node, findings, T::from_node)
    }
}

/// Reads a list with a reader of its own for the items. An empty list is a field without a value.
pub fn list_of<T>(
    node: &Node,
    findings: &mut Findings,
    mut read: impl FnMut(&Node, &mut Findings) -> Option<T>,
) -> Option<Vec<T>> {
    let Value::Sequence(nodes) = &node.value else {
        let code = if is_empty(node) { Code::EmptyField } else { Code::WrongType };
        let message = format!("a list is expected here, but {} stands here", node.kind());
        findings.push(
            Diagnostic::error(code, node.at, message).help("write the items on lines of their own, each after `- `"),
        );
        return None;
    };
    if nodes.is_empty() {
        findings.push(
            Diagnostic::error(Code::EmptyField, node.at, "the list is empty").help("add an item, or remove the field"),
        );
        return None;
    }
    let items: Vec<Option<T>> = nodes.iter().map(|node| read(node, findings)).collect();
    items.into_iter().collect()
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
}

/// A text of at least one character; line breaks inside it are spaces.
impl Parse for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(one_line(text))
    }
}

/// A text with spaces for its line breaks.
pub(super) fn one_line(text: &str) -> String {
    const ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];
    // Nearly all values are figures and names on one line.
    if text.is_ascii() && !text.contains(['\n', '\r']) {
        return text.trim().to_owned();
    }
    let lines = text.split(ENDS).map(str::trim);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A record that is being read: remembers which fields were asked for, so that the others can be reported.
pub struct Record<'n> {
    at: Span,
    what: &'static str,
    fields: Vec<(&'n Text, &'n Node)>,
    known: Vec<String>,
    missing: Vec<String>,
}

impl<'n> Record<'n> {
    /// Opens a record. `what` names it in messages ("an indicator").
    pub fn open(node: &'n Node, what: &'static str, findings: &mut Findings) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            let message = format!("{what} with its fields is expected here, but {} stands here", node.kind());
            findings.push(
                Diagnostic::error(Code::WrongType, node.at, message)
                    .help("write each field on a line of its own, `name: value`"),
            );
            return None;
        };
        let mut fields: Vec<(&Text, &Node)> = Vec::new();
        for (name, value) in entries {
            match fields.iter().find(|(earlier, _)| earlier.value == name.value) {
                Some((earlier, _)) => findings.push(
                    Diagnostic::error(Code::DuplicateField, name.at, format!("`{}` is given twice", name.value))
                        .also(earlier.at, "first given here")
                        .help("remove one of the two; a new item of a list begins with `- `"),
                ),
                None => fields.push((name, value)),
            }
        }
        Some(Self { at: node.at, what, fields, known: Vec::new(), missing: Vec::new() })
    }

    /// Reads a field that must be there.
    pub fn required<T: FromNode>(&mut self, name: &str, findings: &mut Findings) -> Option<T> {
        self.must(name).and_then(|node| T::from_node(node, findings))
    }

    /// Reads a field that may be left out. The outer `None` means that it is there and faulty.
    pub fn optional<T: FromNode>(&mut self, name: &str, findings: &mut Findings) -> Option<Option<T>> {
        match self.node(name) {
            Some(node) => T::from_node(node, findings).map(Some),
            None => Some(None),
        }
    }

    /// The node of a field that must be there, for a reader of its own.
    pub fn must(&mut self, name: &str) -> Option<&'n Node> {
        let node = self.node(name);
        if node.is_none() {
            self.missing.push(name.to_owned());
        }
        node
    }

    /// The node of a field that may be left out, for a reader of its own.
    pub fn node(&mut self, name: &str) -> Option<&'n Node> {
        if !self.known.iter().any(|known| known == name) {
            self.known.push(name.to_owned());
        }
        self.fields.iter().find(|(field, _)| field.value == name).map(|(_, node)| *node)
    }

    /// Reports the fields that nobody asked for, and those that are missing. A name that was misspelt is both, and
    /// is reported once.
    pub fn close(mut self, findings: &mut Findings) {
        for (name, _) in &self.fields {
            if self.known.contains(&name.value) {
                continue;
            }
            let near = nearest(&name.value, self.known.iter().map(String::as_str));
            self.missing.retain(|missing| Some(missing.as_str()) != near);
            findings.push(
                Diagnostic::error(
                    Code::UnknownField,
                    name.at,
                    format!("{} has no field `{}`", self.what, shorten(&name.value)),
                )
                .did_you_mean(&name.value, self.known.iter().map(String::as_str))
                .help(format!("its fields are {}", self.known.join(", "))),
            );
        }
        let start = Span { end: self.at.start + 1, ..self.at };
        for name in &self.missing {
            findings.push(
                Diagnostic::error(Code::MissingField, start, format!("{} needs a field `{name}`", self.what))
                    .help(format!("add a line `{name}: …`")),
            );
        }
    }
}

fn shorten(text: &str) -> String {
    let text = &made_visible(text);
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.clone(),
    }
}

/// Declares a record of the content: a struct, how it is read, and the list of its fields.
///
/// `required` fields must be there, `optional` ones become an `Option`. A field's name in YAML has hyphens where
/// the struct has underscores. Every record also knows where it stands, `at`.
#[macro_export]
macro_rules! record {
    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@must required) => { true };
    (@must optional) => { false };
    ($(#[$meta:meta])* $name:ident $what:literal {
        $($(#[$field_meta:meta])* $must:ident $field:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// Where the record stands; not every reader needs it.
            #[allow(dead_code)]
            pub at: $crate::diagnostic::Span,
            $($(#[$field_meta])* pub $field: $crate::record!(@type $must $type),)*
        }

        impl $name {
            /// Names of the fields as they are written in YAML, and whether they must be there.
            pub const FIELDS: &[(&str, bool)] = &[$((stringify!($field), $crate::record!(@must $must)),)*];
        }

        impl $crate::yaml::FromNode for $name {
            fn from_node(node: &$crate::yaml::Node, findings: &mut $crate::diagnostic::Findings) -> Option<Self> {
                let mut record = $crate::yaml::Record::open(node, $what, findings)?;
                $(let $field = record.$must(&$crate::yaml::field_name(stringify!($field)), findings);)*
                record.close(findings);
                Some(Self { at: node.at, $($field: $field?,)* })
            }
        }
    };
}

/// A field's name in YAML, from its name in the struct.
pub fn field_name(field: &str) -> String {
    field.trim_start_matches("r#").replace('_', "-")
}
