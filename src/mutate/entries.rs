//! Slips in what stands round figures: lines exchanged or dropped, fields exchanged with those of the next line, and
//! numbers that are no figures.

use std::collections::BTreeSet;
use std::ops::Range;

use super::figures::{Typed, moved};
use super::{Change, Mutant, SlipKind};
use crate::check::Subject;
use crate::diagnostic::{FileId, Span};
use crate::fact::Word;
use crate::model::Parsed;
use crate::source::SourceTree;
use crate::yaml::{Node, Value};

/// Fields that only name something, which a finding follows when it changes.
const NAMING: &[&str] = &["id", "source", "is", "formula", "same-as", "section", "prose", "type"];

/// Lists whose order and length are the editors' to choose: a section that is moved says what it said before.
const EDITED: &[&str] = &["sections", "parts", "figure"];

/// What the team says of its figures is no content.
const NOT_PRINTED: &str = "checks.yaml";

/// Slips in every file that is printed.
pub fn mutants(subject: &Subject, parsed: &Parsed, figures: &[Typed]) -> Vec<Mutant> {
    let tree = subject.tree;
    let figures: BTreeSet<Span> = figures.iter().map(|figure| figure.at).collect();
    let mut all = Vec::new();
    for (file, node) in parsed.trees().filter(|(file, _)| !tree.sources.file(*file).path.ends_with(NOT_PRINTED)) {
        let mut slips = Slips { tree, file, figures: &figures, all: &mut all };
        slips.visit(node, "");
    }
    stated(subject, &mut all);
    all
}

struct Slips<'a> {
    tree: &'a SourceTree,
    file: FileId,
    figures: &'a BTreeSet<Span>,
    all: &'a mut Vec<Mutant>,
}

impl Slips<'_> {
    fn visit(&mut self, node: &Node, field: &str) {
        match &node.value {
            Value::Scalar { text, .. } => self.number(node, field, text),
            Value::Sequence(items) => {
                if !EDITED.contains(&field) {
                    items.windows(2).for_each(|pair| self.exchange(&pair[0], &pair[1], field));
                    (0..items.len()).for_each(|place| self.drop(items, place, field));
                }
                items.iter().for_each(|item| self.visit(item, field));
            }
            Value::Mapping(fields) => {
                let is_content = |name: &str| !NAMING.contains(&name);
                fields
                    .iter()
                    .filter(|(name, _)| is_content(&name.value))
                    .for_each(|(name, value)| self.visit(value, &name.value));
            }
        }
    }

    /// Two lines, and each of their fields.
    fn exchange(&mut self, one: &Node, next: &Node, field: &str) {
        let (Value::Mapping(fields), Value::Mapping(others)) = (&one.value, &next.value) else { return };
        self.push(SlipKind::Entries, Change::LinesExchanged, field, one, next);
        for (name, value) in fields.iter().filter(|(name, _)| !NAMING.contains(&name.value.as_str())) {
            let other = others.iter().find(|(other, _)| other.value == name.value).map(|(_, other)| other);
            if let Some(other) =
                other.filter(|other| !self.figures.contains(&value.at) && content(other) != content(value))
            {
                self.push(SlipKind::Fields, Change::FieldsExchanged, &name.value, value, other);
            }
        }
    }

    fn push(&mut self, kind: SlipKind, change: Change, field: &str, one: &Node, next: &Node) {
        let [from, to] = [one, next].map(|node| self.range(node));
        let text = &self.tree.sources.file(self.file).text;
        if from.end > to.start || text[from.clone()] == text[to.clone()] {
            return;
        }
        let [first, second] = [&text[from.clone()], &text[to.clone()]].map(str::to_owned);
        let edits = vec![(from, second.clone()), (to, first.clone())];
        let address = self.address(one, field);
        self.all.push(Mutant {
            kind,
            address,
            change,
            from: shortened(&first),
            to: shortened(&second),
            file: self.file,
            edits,
        });
    }

    /// A whole line of a list of lines, with the hyphen before it.
    fn drop(&mut self, items: &[Node], place: usize, field: &str) {
        let text = &self.tree.sources.file(self.file).text;
        let line = |node: &Node| {
            let start = self.range(node).start;
            let start = text[..start].rfind('\n').map_or(0, |end| end + 1);
            text[start..].trim_start().starts_with("- ").then_some(start)
        };
        let (Some(node), Value::Mapping(_)) = (items.get(place), &items[place].value) else { return };
        let (Some(start), Some(end)) = (line(node), items.get(place + 1).map_or(Some(self.range(node).end), line))
        else {
            return;
        };
        if start >= end {
            return;
        }
        let (from, address) = (shortened(&text[start..end]), self.address(node, field));
        let (kind, change, edits) = (SlipKind::Entries, Change::LineDropped, vec![(start..end, String::new())]);
        self.all.push(Mutant { kind, address, change, from, to: "nothing".to_owned(), file: self.file, edits });
    }

    /// The last number of a text that is no figure.
    fn number(&mut self, node: &Node, field: &str, text: &str) {
        let range = self.range(node);
        let typed = &self.tree.sources.file(self.file).text[range.clone()];
        let is_figure =
            self.figures.iter().any(|figure| figure.file == self.file && range.contains(&(figure.start as usize)));
        let Some(digits) = digits(typed).filter(|_| !is_figure && !text.contains("{{")) else { return };
        let (from, to) = (typed[digits.clone()].to_owned(), moved(&typed[digits.clone()], true));
        let edits = vec![(range.start + digits.start..range.start + digits.end, to.clone())];
        let (kind, address, change) = (SlipKind::Numbers, self.address(node, field), Change::LastPlaceMoved);
        self.all.push(Mutant { kind, address, change, from, to, file: self.file, edits });
    }

    fn range(&self, node: &Node) -> Range<usize> {
        self.tree.sources.range(node.at)
    }

    fn address(&self, node: &Node, field: &str) -> String {
        format!("{} ({field})", super::place_of(self.tree, node.at))
    }
}

/// What a value says, wherever it stands.
fn content(node: &Node) -> Vec<String> {
    let mut texts = Vec::new();
    node.each_text(&mut |text, _| texts.push(text.to_owned()));
    texts
}

/// Numbers that a text states from its source.
fn stated(subject: &Subject, all: &mut Vec<Mutant>) {
    let sources = &subject.tree.sources;
    let mut seen = BTreeSet::new();
    for passage in subject.passages.iter() {
        for (place, word) in passage.words.iter().enumerate() {
            let Word::Stated { .. } = word else { continue };
            let at = passage.place(sources, place);
            let range = sources.range(at);
            let typed = &sources.file(at.file).text[range.clone()];
            let Some(digits) = digits(typed).filter(|_| seen.insert(at)) else { continue };
            let (from, to) = (typed[digits.clone()].to_owned(), moved(&typed[digits.clone()], true));
            let edits = vec![(range.start + digits.start..range.start + digits.end, to.clone())];
            let address = format!("{} (stated)", super::place_of(subject.tree, at));
            let (kind, change) = (SlipKind::Numbers, Change::LastPlaceMoved);
            all.push(Mutant { kind, address, change, from, to, file: at.file, edits });
        }
    }
}

/// The last run of digits of a text.
fn digits(text: &str) -> Option<Range<usize>> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = text[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    Some(start..end)
}

/// A text in one short line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
