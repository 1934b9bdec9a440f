//! A YAML text as a tree in which every value knows where it stands.
//!
//! In: one text. Out: a [`Node`], or what is wrong with the text. Two readers work on it: `granit-parser` says
//! what stands where ([`outline`]), and `serde_yaml` reads the values along that outline, each scalar as the text
//! that was typed, so that `1.10` keeps its nought and `010` is no eight. Where the two do not agree nothing is
//! read: a figure must not depend on whose parser one asks.

mod form;
mod letters;
mod outline;
mod record;
mod slips;
mod write;

pub use form::{FieldForm, Form, Formed, Numbers, RecordForm, Scalar, Texts};
pub use letters::{comment_after, part};
use record::one_line;
pub use record::{At, FromNode, Parse, Record, Text, field_name, list_of};
pub use write::{Draft, Entry, New, NoRoom, Side, Slot};

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, floor_char};
use outline::{Outline, Shape};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub at: Span,
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text or figure as it was typed; `plain` without quotation marks.
    Scalar {
        text: String,
        plain: bool,
    },
    Sequence(Vec<Node>),
    /// Fields in their order, each with the place of its name.
    Mapping(Vec<(Text, Node)>),
}

impl Node {
    /// The words for this kind of value in a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Scalar { .. } => "a single value",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a record with fields",
        }
    }

    /// A record with the fields of another that it does not have itself. What is no record stays as it is.
    pub fn laid_over(&self, under: &Node) -> Node {
        let (Value::Mapping(own), Value::Mapping(others)) = (&self.value, &under.value) else { return self.clone() };
        let is_own = |name: &Text| own.iter().any(|(one, _)| one.value == name.value);
        let others = others.iter().filter(|(name, _)| !is_own(name));
        Node { at: self.at, value: Value::Mapping(own.iter().chain(others).cloned().collect()) }
    }

    /// The values of a list that are texts.
    pub fn texts(&self) -> Vec<Text> {
        let Value::Sequence(items) = &self.value else { return Vec::new() };
        let text = |item: &Node| match &item.value {
            Value::Scalar { text, .. } => Some(Text { value: text.clone(), at: item.at }),
            Value::Sequence(_) | Value::Mapping(_) => None,
        };
        items.iter().filter_map(text).collect()
    }

    /// Where its letters end in the text of its file, brackets included.
    pub fn end_of(&self, text: &str) -> usize {
        let at = self.at.letters();
        let is_flow = text[at.clone()].starts_with(['[', '{']);
        match &self.value {
            Value::Sequence(items) if !is_flow => items.last().map_or(at.end, |last| last.end_of(text)),
            Value::Mapping(fields) if !is_flow => fields.last().map_or(at.end, |(_, last)| last.end_of(text)),
            _ => at.start + text[at].trim_end().len(),
        }
    }

    /// Calls `visit` with every text in the tree, on one line, and its place; names of fields are left out.
    pub fn each_text(&self, visit: &mut impl FnMut(&str, Span)) {
        match &self.value {
            Value::Scalar { text, .. } => visit(&one_line(text), self.at),
            Value::Sequence(items) => items.iter().for_each(|item| item.each_text(visit)),
            Value::Mapping(fields) => fields.iter().for_each(|(_, value)| value.each_text(visit)),
        }
    }
}

/// A text in double quotation marks, in which it is read as it is.
pub fn in_quotation_marks(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text on one line in the quotation marks that it needs.
pub fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " ()’‘,.–".contains(c);
    match text.chars().all(is_plain) && text.starts_with(char::is_alphabetic) && !text.ends_with(' ') {
        true => text.to_owned(),
        false => in_quotation_marks(text),
    }
}

/// What a text is expected to be; where the two readers do not agree this is what the second one says.
const ALIKE: &str = "what both readers read alike";

/// Reads one YAML text; or tells all slips in it that can be told apart, or what its reader says.
pub fn parse(file: FileId, text: &str) -> Result<Node, Findings> {
    let outline = outline::outline(file, text).map_err(|fault| {
        let slips = slips::slips(file, text, &fault, |mended| outline::outline(file, mended).err());
        if slips.is_empty() { vec![*fault] } else { slips }
    })?;
    let node = DeserializeSeed::deserialize(&outline, serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let at = error.location().map_or(0, |place| place.index());
        vec![broken(file, text, at, &error.to_string())]
    })?;
    let unseen = unseen(&node, text);
    if unseen.is_empty() { Ok(node) } else { Err(unseen) }
}

/// Backslashes that make a character which nobody sees, as in `"S:\reports"`: what was typed would be lost without a word.
fn unseen(node: &Node, text: &str) -> Findings {
    let mut found = Findings::new();
    if !text.contains('\\') {
        return found;
    }
    node.each_text(&mut |_, at| {
        let typed = &text[at.letters()];
        if !typed.starts_with('"') {
            return;
        }
        for escape in slips::escapes(typed) {
            let letters = &typed[escape.clone()];
            if letters.ends_with(|letter| "0abtnvfreNLP".contains(letter)) {
                let start = at.letters().start + escape.start;
                let message = format!("`{letters}` in double quotation marks is a character that cannot be seen");
                let finding = Diagnostic::error(
                    Code::InvisibleCharacter,
                    Span::new(at.file, start..start + letters.len()),
                    message,
                );
                found.push(finding.help(format!(
                    "write `\\{letters}` where a backslash is meant, or put the text in single quotation marks"
                )));
            }
        }
    });
    found
}

/// What is wrong with a text that is no YAML, in the author's words; `why` is what the reader said of it.
fn broken(file: FileId, text: &str, at: usize, why: &str) -> Diagnostic {
    let at = floor_char(text, at);
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| why.contains(word));
    let help = if says(&[ALIKE]) && text[at..].starts_with('?') {
        "write a question mark in quotation marks, \"?\"; a figure that is not known yet is written no data"
    } else if says(&[ALIKE]) {
        "this can be read in two ways: type it again on one line, with each value in quotation marks"
    } else if says(&["tab"]) || line.contains('\t') {
        "a tab stands here or on the next line: indent with spaces"
    } else if lines_above(text, at).any(lacks_a_space) {
        "a space stands behind the colon of a field, here or on the line above: `title: Libraries`"
    } else if line.matches(": ").count() > 1 && !line.contains('{') {
        "a value that contains `: ` is put in quotation marks"
    } else if says(&["quoted"]) {
        "a quotation mark that opens above or on this line is not closed"
    } else if says(&["flow", "','", "']'", "'}'"]) {
        "a bracket or brace that opens above or on this line is not closed, or a comma is missing"
    } else {
        "compare the indentation of this line and the one above with their neighbours"
    };
    Diagnostic::error(Code::BrokenYaml, Span::new(file, at..at + 1), "this is not readable as YAML").help(help)
}

/// The line of a place and the one above it.
fn lines_above(text: &str, at: usize) -> impl Iterator<Item = &str> {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    text[..end].rsplit('\n').take(2)
}

/// Whether a line is a field whose colon has no space behind it, `title:Libraries`.
fn lacks_a_space(line: &str) -> bool {
    let field = line.trim_start().trim_start_matches("- ");
    field.split_once(':').is_some_and(|(name, value)| {
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        is_name && !value.is_empty() && !value.starts_with([' ', '\r', '/'])
    })
}

/// Reads the values along the outline: what serde_yaml is asked for is what the outline says is there.
impl<'de> DeserializeSeed<'de> for &Outline {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        match &self.shape {
            Shape::Scalar { .. } => deserializer.deserialize_str(self),
            Shape::Sequence(_) => deserializer.deserialize_seq(self),
            Shape::Mapping(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for &Outline {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(ALIKE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        match &self.shape {
            Shape::Scalar { text: outlined, plain } if outlined == text => {
                Ok(Node { at: self.at, value: Value::Scalar { text: text.to_owned(), plain: *plain } })
            }
            _ => Err(E::custom(ALIKE)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let Shape::Sequence(outlines) = &self.shape else { return Err(de::Error::custom(ALIKE)) };
        let mut nodes = Vec::with_capacity(outlines.len());
        for outline in outlines {
            nodes.extend(items.next_element_seed(outline)?);
        }
        if nodes.len() != outlines.len() || items.next_element::<IgnoredAny>()?.is_some() {
            return Err(de::Error::custom(ALIKE));
        }
        Ok(Node { at: self.at, value: Value::Sequence(nodes) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let Shape::Mapping(outlines) = &self.shape else { return Err(de::Error::custom(ALIKE)) };
        let mut fields = Vec::with_capacity(outlines.len());
        for (name, outline) in outlines {
            let Some(key) = entries.next_key::<String>()? else { break };
            if key != name.value {
                return Err(de::Error::custom(ALIKE));
            }
            fields.push((name.clone(), entries.next_value_seed(outline)?));
        }
        if fields.len() != outlines.len() || entries.next_key::<IgnoredAny>()?.is_some() {
            return Err(de::Error::custom(ALIKE));
        }
        Ok(Node { at: self.at, value: Value::Mapping(fields) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;

    /// What a reader makes of one text along the outline that the other makes of another: they agree, or it is refused.
    fn agree(outlined: &str, read: &str) -> bool {
        let outline = outline::outline(SourceMap::default().add("a.yaml", outlined), outlined).unwrap();
        let node = DeserializeSeed::deserialize(&outline, serde_yaml::Deserializer::from_str(read));
        node.map_err(|error| assert!(error.to_string().contains(ALIKE), "{read}: {error}")).is_ok()
    }

    #[test]
    fn nothing_is_read_that_the_two_readers_read_differently() {
        let text = "a: 1\nb: [x, y]\nc: {d: 2, e: 3}\n";
        assert!(agree(text, text));
        for (same, other) in [
            ("1", "1.0"),
            ("1", "[1]"),
            ("1", "{d: 1}"),
            ("a", "z"),
            ("x, y", "y, x"),
            ("x, y", "x"),
            ("x, y", "x, y, y"),
            ("[x, y]", "x"),
            ("[x, y]", "{x: 1, y: 2}"),
            ("d: 2, e: 3", "e: 3, d: 2"),
            ("d: 2, e: 3", "d: 2"),
            ("d: 2, e: 3", "d: 2, e: 3, f: 4"),
            ("{d: 2, e: 3}", "d"),
            ("{d: 2, e: 3}", "[d, e]"),
        ] {
            let read = text.replacen(same, other, 1);
            assert!(!agree(text, &read) && !agree(&read, text), "{read}");
        }
    }

    /// A question mark, a line end that only older YAML knows, and empty lines that are kept at the end of a text.
    #[test]
    fn texts_that_the_two_readers_do_read_differently_are_refused() {
        let (quoted, two_ways) = ("write a question mark in quotation marks", "this can be read in two ways");
        for (text, help) in [
            ("a: [5, ?]\n", quoted),
            ("a: {?}\n", two_ways),
            ("a: \"one\u{85}two\"\n", two_ways),
            ("a: |+\n  ", two_ways),
        ] {
            let fault = parse(SourceMap::default().add("a.yaml", text), text).unwrap_err();
            assert_eq!(fault[0].code, Code::BrokenYaml);
            assert!(fault[0].help[0].starts_with(help), "{text}: {:?}", fault[0].help);
        }
    }
}
