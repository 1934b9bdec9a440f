//! Reading typed values from a YAML tree, all faults at once.
//!
//! A record is declared once with [`record!`](crate::record): its fields, their types and whether they must be
//! there. Reading goes on after a fault; whoever needs the value gets `None` and the finding is already noted.

use super::form::{Formed, RecordForm, Texts};
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
pub trait FromNode: Formed + Sized {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self>;
}

/// A small value that is written as one scalar and knows how to read it.
pub trait Parse: Sized {
    /// Reads the text as typed. The error says what is expected, in the author's words.
    fn parse(text: &str) -> Result<Self, String>;

    /// Which texts it takes, as far as that can be said without reading them.
    fn texts() -> Texts;
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
        let help = match &node.value {
            Value::Scalar { text, plain: true } if text.contains([',', ';']) => {
                format!("write the items in square brackets, with commas between them: [{}]", items_of(text))
            }
            _ => "write the items on lines of their own, each after `- `".to_owned(),
        };
        findings.push(Diagnostic::error(code, node.at, message).help(help));
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

/// Items that were typed on a line, without the brackets of another form.
fn items_of(text: &str) -> String {
    let inside = text.trim_start_matches(['(', '{']).trim_end_matches([')', '}']);
    shorten(&inside.split([',', ';']).map(str::trim).collect::<Vec<_>>().join(", "))
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
}

/// A text of at least one character; line breaks inside it are spaces.
impl Parse for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(one_line(text))
    }

    fn texts() -> Texts {
        Texts::All
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

/// A record that is being read, held against its declaration.
pub struct Record<'n> {
    at: Span,
    form: &'static RecordForm,
    fields: Vec<(&'n Text, &'n Node)>,
    missing: Vec<String>,
}

impl<'n> Record<'n> {
    /// Opens a record of a form.
    pub fn open(node: &'n Node, form: &'static RecordForm, findings: &mut Findings) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            let message = format!("{} with its fields is expected here, but {} stands here", form.what, node.kind());
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
        Some(Self { at: node.at, form, fields, missing: Vec::new() })
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
            self.missing.push(field_name(name));
        }
        node
    }

    /// The node of a field that may be left out, for a reader of its own; the field is declared.
    pub fn node(&mut self, name: &str) -> Option<&'n Node> {
        let declared = self.form.field(name);
        debug_assert!(declared.is_some(), "{} has no field `{name}` in its declaration", self.form.what);
        let (_, node) =
            self.fields.iter().find(|(field, _)| declared.is_some_and(|one| one.is_written(&field.value)))?;
        Some(node)
    }

    /// Reports the fields that are not declared, and those that are missing. A name that was misspelt is both, and
    /// is reported once.
    pub fn close(mut self, findings: &mut Findings) {
        for (place, (name, _)) in self.fields.iter().enumerate() {
            if self.is_declared(name) {
                continue;
            }
            if self.is_rest_of_value(place) {
                findings.extend((!self.is_rest_of_value(place - 1)).then(|| self.parted_by_comma(place)));
                continue;
            }
            let known: Vec<String> = self.form.fields.iter().map(|field| field_name(field.name)).collect();
            let near = nearest(&name.value, known.iter().map(String::as_str));
            self.missing.retain(|missing| Some(missing.as_str()) != near);
            findings.push(
                Diagnostic::error(
                    Code::UnknownField,
                    name.at,
                    format!("{} has no field `{}`", self.form.what, shorten(&name.value)),
                )
                .did_you_mean(&name.value, known.iter().map(String::as_str))
                .help(format!("its fields are {}", known.join(", "))),
            );
        }
        let start = Span { end: self.at.start + 1, ..self.at };
        for name in &self.missing {
            findings.push(
                Diagnostic::error(Code::MissingField, start, format!("{} needs a field `{name}`", self.form.what))
                    .help(format!("add a line `{name}: …`")),
            );
        }
    }

    fn is_declared(&self, name: &Text) -> bool {
        self.form.fields.iter().any(|field| field.is_written(&name.value))
    }

    /// Whether a field is none, but what stands behind a comma in the value before it: between braces a comma ends a
    /// value, so that `{values: 12,400}` has a field `400` without a value.
    fn is_rest_of_value(&self, place: usize) -> bool {
        let (name, node) = self.fields[place];
        let is_between_braces = self.fields[0].0.at.start > self.at.start;
        let is_empty = matches!(&node.value, Value::Scalar { text, plain: true } if text.is_empty());
        let follows_text = || matches!(self.fields[place - 1].1.value, Value::Scalar { .. });
        is_between_braces && is_empty && place > 0 && !self.is_declared(name) && follows_text()
    }

    /// Tells a value between braces that ends at a comma, with all that was taken for fields behind it.
    fn parted_by_comma(&self, place: usize) -> Diagnostic {
        let (field, value) = self.fields[place - 1];
        let last = (place..self.fields.len()).take_while(|rest| self.is_rest_of_value(*rest)).last().unwrap_or(place);
        let mut whole = match &value.value {
            Value::Scalar { text, .. } => text.clone(),
            _ => String::new(),
        };
        let mut end = value.at.end;
        for (rest, _) in &self.fields[place..=last] {
            whole.push_str(if rest.at.start > end + 1 { ", " } else { "," });
            whole.push_str(&rest.value);
            end = rest.at.end;
        }
        let whole = whole.trim_matches(['“', '”', '"']);
        let message = format!("the comma ends the value of `{}`, so that a field begins here", field.value);
        let help = format!("write it in quotation marks, as straight ones: {}: \"{}\"", field.value, shorten(whole));
        Diagnostic::error(Code::UnknownField, self.fields[place].0.at, message).help(help)
    }
}

fn shorten(text: &str) -> String {
    let text = &made_visible(text);
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.clone(),
    }
}

/// Declares a record of the content: a struct, how it is read, and its form.
///
/// `required` fields must be there, `optional` ones become an `Option`. A field's name in YAML has hyphens where
/// the struct has underscores. Every record also knows where it stands, `at`. The sentences over the record and over its
/// fields are what editors show of them.
#[macro_export]
macro_rules! record {
    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    ($(#[doc = $about:literal])* $name:ident $what:literal {
        $($(#[doc = $field_about:literal])* $must:ident $field:ident: $type:ty,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// Where the record stands; not every reader needs it.
            #[allow(dead_code)]
            pub at: $crate::diagnostic::Span,
            $($(#[doc = $field_about])* pub $field: $crate::record!(@type $must $type),)*
        }

        $crate::declared! {
            $(#[doc = $about])*
            $name $what { $($(#[doc = $field_about])* $must $field: $type,)* }
        }

        impl $crate::yaml::FromNode for $name {
            fn from_node(node: &$crate::yaml::Node, findings: &mut $crate::diagnostic::Findings) -> Option<Self> {
                let mut record = $crate::yaml::Record::open(node, &Self::FORM, findings)?;
                $(let $field = record.$must(stringify!($field), findings);)*
                record.close(findings);
                Some(Self { at: node.at, $($field: $field?,)* })
            }
        }
    };
}

/// Declares the form of a record that has a reader of its own: what [`record!`](crate::record) takes, and the type of each
/// field says what is taken there, not what is kept of it.
#[macro_export]
macro_rules! declared {
    (@must required) => { true };
    (@must optional) => { false };
    ($(#[doc = $about:literal])* $name:ident $what:literal {
        $($(#[doc = $field_about:literal])* $must:ident $field:ident: $type:ty,)*
    }) => {
        impl $name {
            /// The record as it is declared.
            pub const FORM: $crate::yaml::RecordForm = $crate::yaml::RecordForm {
                what: $what,
                about: concat!($($about),*),
                fields: &[$($crate::yaml::FieldForm {
                    name: stringify!($field),
                    must: $crate::declared!(@must $must),
                    about: concat!($($field_about),*),
                    form: <$type as $crate::yaml::Formed>::form,
                }),*],
            };

            /// Names of the fields as the program has them, and whether they must be there.
            pub const FIELDS: &[(&str, bool)] = &[$((stringify!($field), $crate::declared!(@must $must)),)*];
        }

        impl $crate::yaml::Formed for $name {
            fn form() -> $crate::yaml::Form {
                $crate::yaml::Form::Record(&Self::FORM)
            }
        }
    };
}

/// A field's name in YAML, from its name in the struct.
pub fn field_name(field: &str) -> String {
    field.trim_start_matches("r#").replace('_', "-")
}
