//! The texts of the content, each read for what can be edited in it; what did not change is not read again.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::known::revision;
use crate::diagnostic::FileId;
use crate::markdown::{Piece, outline};
use crate::source::SourceTree;
use crate::yaml::{self, Node, Value};

/// A text, with what is edited in it.
#[derive(Debug)]
pub struct ReadText {
    pub text: Arc<str>,
    pub revision: String,
    pub parts: Parts,
}

/// What is edited in a text.
#[derive(Debug)]
pub enum Parts {
    /// The words of each value of a YAML file, by the letter at which it begins.
    Values(BTreeMap<usize, String>),
    /// The blocks of a Markdown file.
    Blocks(Vec<Piece>),
    /// Nothing that has a place of its own.
    None,
}

/// The readable texts of a content by their paths, of which the former ones are taken that are the same.
pub fn read(tree: &SourceTree, mut former: BTreeMap<String, ReadText>) -> BTreeMap<String, ReadText> {
    let read = |(path, file): (&str, FileId)| {
        let source = tree.sources.file(file);
        let text = source.text.as_str();
        let read = former.remove(path).filter(|former| *former.text == *text);
        (path.to_owned(), read.unwrap_or_else(|| ReadText::of(path, text)))
    };
    tree.readable_texts().map(read).collect()
}

impl ReadText {
    fn of(path: &str, text: &str) -> Self {
        let parts = match path.rsplit('.').next() {
            Some("yaml") => Parts::Values(values(text)),
            Some("md") => Parts::Blocks(outline(text)),
            _ => Parts::None,
        };
        Self { text: text.into(), revision: revision(text), parts }
    }

    /// A figure as somebody types it, without the quotation marks that YAML needs around it. One of several on a line,
    /// between which `|` stands, has none of its own.
    pub fn figure(&self, at: &Range<usize>) -> Option<String> {
        let typed = self.text.get(at.clone())?;
        let said = match &self.parts {
            Parts::Values(values) if typed.starts_with(['"', '\'']) => values.get(&at.start),
            _ => None,
        };
        Some(said.map_or(typed, String::as_str).to_owned())
    }
}

/// The words of each value of a YAML text.
fn values(text: &str) -> BTreeMap<usize, String> {
    fn gather(node: &Node, into: &mut BTreeMap<usize, String>) {
        match &node.value {
            Value::Scalar { text, .. } => drop(into.insert(node.at.letters().start, text.clone())),
            Value::Sequence(entries) => entries.iter().for_each(|entry| gather(entry, into)),
            Value::Mapping(fields) => fields.iter().for_each(|(_, value)| gather(value, into)),
        }
    }
    let mut found = BTreeMap::new();
    if let Ok(tree) = yaml::parse(FileId(0), text) {
        gather(&tree, &mut found);
    }
    found
}
