//! Writes into a YAML text, and changes nothing else: the twin of its reader.
//!
//! In: a text and what is to become of its values. Out: the text with these changes, or why YAML leaves no room for them. A
//! [`Draft`] keeps the letters that change beside the tree that they mean; the new text is read again, and must be that
//! tree.

mod entries;
mod fields;

mod new;
mod scalar;
mod values;

pub use entries::{Entry, Side};
pub use new::New;
pub use scalar::Around;
pub use values::Slot;

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Node, Text, Value, letters, one_line, parse};
use crate::diagnostic::{FileId, Findings, Span};

/// Why a change cannot be made, in the author's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRoom {
    pub message: String,
    pub help: String,
}

impl NoRoom {
    /// With what to do about it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    fn twice() -> Self {
        Self::new("two changes are made of one place", "make one of them, then the other")
    }

    /// Nothing stands where a change was to be made.
    fn gone() -> Self {
        Self::new("nothing that can be changed stands here", "load the page again: the file may have changed meanwhile")
    }
}

/// A YAML text that is being changed.
pub struct Draft<'t> {
    text: &'t str,
    /// As it was read.
    tree: Node,
    /// As it is to be read. Places are those of the text as it was; what is new stands [nowhere](Draft::nowhere).
    meant: Node,
    /// What single values are to say, by their places; of a line of figures all its letters count.
    values: BTreeMap<Span, Meant>,
    edits: Vec<(Range<usize>, String)>,
    around: Around,
}

/// What a value is to say.
enum Meant {
    Words(String),
    Line(String),
}

impl<'t> Draft<'t> {
    /// Begins with a text that can be read.
    pub fn of(file: FileId, text: &'t str) -> Result<Self, Findings> {
        let tree = parse(file, text)?;
        let around = Around::of(text);
        Ok(Self { text, meant: tree.clone(), tree, values: BTreeMap::new(), edits: Vec::new(), around })
    }

    /// The text as it was read.
    pub fn tree(&self) -> &Node {
        &self.tree
    }

    /// The innermost record that some letters stand in.
    pub fn record(&self, letters: &Range<usize>) -> Option<Span> {
        record_at(&self.tree, self.text, letters)
    }

    /// What is read at the letters of a value, or of one of several figures on its line; none where they are neither.
    pub fn says(&self, letters: &Range<usize>) -> Option<String> {
        let node = scalar_at(&self.tree, self.text, letters, false)?.node;
        let Value::Scalar { text, .. } = &node.value else { return None };
        match self.is_whole(node, letters) {
            true => Some(one_line(text)),
            false => Some(text.split('|').nth(self.part_at(node, letters)?)?.trim().to_owned()),
        }
    }

    /// Puts a text in the place of a value, or of one of several figures on its line, between which `|` stands.
    pub fn set(&mut self, letters: Range<usize>, text: &str) -> Result<(), NoRoom> {
        let text = one_line(text);
        let scalar = scalar_at(&self.tree, self.text, &letters, false).ok_or_else(NoRoom::gone)?;
        let (node, in_flow) = (scalar.node.clone(), scalar.in_flow);
        if text.is_empty() {
            return Err(NoRoom::new(
                "nothing is left of the value",
                "write the value, or remove the field or the entry",
            ));
        }
        if self.says(&letters).ok_or_else(NoRoom::gone)? == text {
            return Ok(());
        }
        if !self.is_whole(&node, &letters) {
            return self.set_part(&node, letters, &text);
        }
        self.edits.push(self.value(&node, in_flow, &text)?);
        self.values.insert(node.at, Meant::Words(text));
        Ok(())
    }

    /// Whether some letters are those of a whole value, with its quotation marks or without.
    fn is_whole(&self, node: &Node, letters: &Range<usize>) -> bool {
        let whole = self.whole(node);
        let typed = &self.text[whole.clone()];
        let inner = match typed.starts_with(['"', '\'']) && typed.len() > 1 {
            true => whole.start + 1..whole.end - 1,
            false => whole.clone(),
        };
        let trimmed = letters.start..letters.start + self.text[letters.clone()].trim_end().len();
        *letters == node.at.letters() || trimmed == whole || trimmed == inner || *letters == inner
    }

    /// Which of several figures on a line some letters are.
    fn part_at(&self, node: &Node, letters: &Range<usize>) -> Option<usize> {
        let whole = self.whole(node);
        let before = self.text.get(whole.start..letters.start)?;
        let after = self.text.get(letters.end..whole.end)?;
        let begins = before.trim_end().ends_with('|') || before.trim_matches(['"', '\'', ' ']).is_empty();
        let ends = after.trim_start().starts_with('|') || after.trim_matches(['"', '\'', ' ']).is_empty();
        let is_one = !self.text[letters.clone()].contains('|');
        (begins && ends && is_one).then(|| before.matches('|').count())
    }

    /// The letters of a value with other words.
    fn value(&self, node: &Node, in_flow: bool, text: &str) -> Result<scalar::Letters, NoRoom> {
        let around = Around { in_flow, ..self.around };
        let range = node.at.letters();
        if letters::is_block(&self.text[..range.start]) {
            return Ok(scalar::in_block(text, self.text, range, self.around.line_end));
        }
        let range = self.whole(node);
        let typed = around.typed_as(text, &self.text[range.clone()]).ok_or_else(|| {
            NoRoom::new(format!("YAML has no way of writing `{text}`"), "leave out what cannot be seen in it")
        })?;
        // A value that was not there needs the space behind its colon or hyphen.
        let room = if range.is_empty() && !self.text[..range.start].ends_with(' ') { " " } else { "" };
        Ok((range, format!("{room}{typed}")))
    }

    /// Puts a figure in the place of one of several on a line.
    fn set_part(&mut self, node: &Node, range: Range<usize>, text: &str) -> Result<(), NoRoom> {
        let place = self.part_at(node, &range).ok_or_else(NoRoom::gone)?;
        let typed = self.text[range.clone()].trim();
        if text.contains(['|', '"', '\'', '\\', '#']) {
            return Err(NoRoom::new(
                format!("`{text}` has no room among figures on one line"),
                "write the figure without quotation marks, # and |",
            ));
        }
        let line = match (self.values.get(&node.at), &node.value) {
            (Some(Meant::Line(line)), _) => line,
            (None, Value::Scalar { text, .. }) => text,
            _ => return Err(NoRoom::twice()),
        };
        let mut parts: Vec<String> = line.split('|').map(str::to_owned).collect();
        let own = parts.get_mut(place).filter(|own| own.trim() == typed).ok_or_else(NoRoom::gone)?;
        *own = own.replace(typed, text);
        self.values.insert(node.at, Meant::Line(parts.join("|")));
        let start = range.start + self.text[range.clone()].len() - self.text[range].trim_start().len();
        self.edits.push((start..start + typed.len(), text.to_owned()));
        Ok(())
    }

    /// The letters of a value with its quotation marks, without what follows it. The reader finds a value that is not there
    /// before its colon.
    fn whole(&self, node: &Node) -> Range<usize> {
        let range = node.at.letters();
        if range.is_empty() && self.text[range.start..].starts_with(':') {
            return range.start + 1..range.start + 1;
        }
        range.start..range.start + self.text[range].trim_end().len()
    }

    /// Changes what the tree is to be at a place.
    fn mean(&mut self, at: Span, change: impl FnOnce(&mut Node)) -> Result<(), NoRoom> {
        self.mean_of(at, |_| true, change)
    }

    /// The same for a value of a kind: a list and its first item can have one place.
    fn mean_of(&mut self, at: Span, is_kind: fn(&Value) -> bool, change: impl FnOnce(&mut Node)) -> Result<(), NoRoom> {
        let node = find_mut(&mut self.meant, at, is_kind).ok_or_else(NoRoom::twice)?;
        change(node);
        Ok(())
    }

    /// The place of what is new.
    fn nowhere(at: Span) -> Span {
        Span { start: u32::MAX, end: u32::MAX, ..at }
    }

    /// The new text, as long as it is read as it is meant.
    pub fn written(mut self) -> Result<String, NoRoom> {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut text, mut from) = (String::with_capacity(self.text.len() + 64), 0);
        for (range, letters) in &self.edits {
            let kept = self.text.get(from..range.start).ok_or_else(NoRoom::twice)?;
            text.push_str(kept);
            text.push_str(letters);
            from = range.end;
        }
        text.push_str(&self.text[from..]);
        let read = parse(self.tree.at.file, &text).ok().filter(|read| self.is_meant(read, &self.meant));
        read.map(|_| text).ok_or_else(|| {
            NoRoom::new(
                "YAML leaves no room for this here: the file would be read otherwise than it is meant",
                "make the change in the file itself",
            )
        })
    }

    /// Whether a tree is read as it is meant.
    fn is_meant(&self, read: &Node, meant: &Node) -> bool {
        match (&read.value, &meant.value) {
            (Value::Scalar { text, plain }, Value::Scalar { text: other, plain: other_plain }) => {
                match self.values.get(&meant.at) {
                    Some(Meant::Words(words)) => one_line(text) == *words,
                    Some(Meant::Line(line)) => text == line,
                    None if meant.at.start == u32::MAX => one_line(text) == *other,
                    None => text == other && plain == other_plain,
                }
            }
            (Value::Sequence(own), Value::Sequence(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(own, other)| self.is_meant(own, other))
            }
            (Value::Mapping(own), Value::Mapping(others)) => {
                let is_same = |((name, own), (other_name, other)): (&(Text, Node), &(Text, Node))| {
                    name.value == other_name.value && self.is_meant(own, other)
                };
                own.len() == others.len() && own.iter().zip(others).all(is_same)
            }
            _ => false,
        }
    }
}

/// A value of a text, and whether it stands between brackets or braces.
struct ScalarAt<'n> {
    node: &'n Node,
    in_flow: bool,
}

/// The value that some letters are, or are a part of. Values stand in their order.
fn scalar_at<'n>(node: &'n Node, text: &str, letters: &Range<usize>, in_flow: bool) -> Option<ScalarAt<'n>> {
    let begins = |at: Span| at.start as usize <= letters.start;
    let inner = match &node.value {
        Value::Scalar { .. } => {
            let at = node.at.letters();
            let colon = usize::from(at.is_empty() && text[at.start..].starts_with(':'));
            let is_within = at.start <= letters.start && letters.end <= at.end + colon;
            return is_within.then_some(ScalarAt { node, in_flow });
        }
        Value::Sequence(items) => items[..items.partition_point(|item| begins(item.at))].last(),
        Value::Mapping(fields) => {
            fields[..fields.partition_point(|(name, _)| begins(name.at))].last().map(|(_, value)| value)
        }
    };
    scalar_at(inner?, text, letters, in_flow || is_flow(node, text))
}

fn record_at(node: &Node, text: &str, letters: &Range<usize>) -> Option<Span> {
    let is_within = (node.at.start as usize) <= letters.start && letters.end <= end_of(node, text);
    match &node.value {
        Value::Scalar { .. } => None,
        Value::Sequence(items) => items.iter().find_map(|item| record_at(item, text, letters)),
        Value::Mapping(fields) => fields
            .iter()
            .find_map(|(_, value)| record_at(value, text, letters))
            .or_else(|| is_within.then_some(node.at)),
    }
}

/// Whether a list or record stands between brackets or braces.
fn is_flow(node: &Node, text: &str) -> bool {
    let is_opened = text.get(node.at.letters()).is_some_and(|typed| typed.starts_with(['[', '{']));
    is_opened && !matches!(node.value, Value::Scalar { .. })
}

/// Where the letters of a value end, without the lines that follow it.
fn end_of(node: &Node, text: &str) -> usize {
    let at = node.at.letters();
    match &node.value {
        Value::Sequence(items) if !is_flow(node, text) => items.last().map_or(at.end, |last| end_of(last, text)),
        Value::Mapping(fields) if !is_flow(node, text) => fields.last().map_or(at.end, |(_, last)| end_of(last, text)),
        _ => at.start + text[at].trim_end().len(),
    }
}

fn find(node: &Node, at: Span, is_kind: fn(&Value) -> bool) -> Option<&Node> {
    if node.at == at && is_kind(&node.value) {
        return Some(node);
    }
    match &node.value {
        Value::Scalar { .. } => None,
        Value::Sequence(items) => items.iter().find_map(|item| find(item, at, is_kind)),
        Value::Mapping(fields) => fields.iter().find_map(|(_, value)| find(value, at, is_kind)),
    }
}

fn find_mut(node: &mut Node, at: Span, is_kind: fn(&Value) -> bool) -> Option<&mut Node> {
    if node.at == at && is_kind(&node.value) {
        return Some(node);
    }
    match &mut node.value {
        Value::Scalar { .. } => None,
        Value::Sequence(items) => items.iter_mut().find_map(|item| find_mut(item, at, is_kind)),
        Value::Mapping(fields) => fields.iter_mut().find_map(|(_, value)| find_mut(value, at, is_kind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts a text in the place of the letters of another.
    fn with(text: &str, was: &str, is: &str) -> Result<String, NoRoom> {
        let start = text.find(was).unwrap();
        let mut draft = Draft::of(FileId(0), text).unwrap();
        draft.set(start..start + was.len(), is)?;
        draft.written()
    }

    fn expect(text: &str, was: &str, is: &str, after: &str) {
        assert_eq!(with(text, was, is).as_deref(), Ok(after), "{text}");
    }

    #[test]
    fn a_value_changes_and_nothing_else_does() {
        expect("a: x  # so\r\nb: y\r\n", "x", "z", "a: z  # so\r\nb: y\r\n");
        expect("a: 'x'\n\n# c\nb: y", "'x'", "it’s", "a: 'it’s'\n\n# c\nb: y");
        expect("- {a: x, b: [1, 2]}\n", "2", "1,204", "- {a: x, b: [1, \"1,204\"]}\n");
        expect(
            "a: >-\n  one two\n  three\n\nb: y\n",
            "one two\n  three",
            "one four three",
            "a: >-\n  one four\n  three\n\nb: y\n",
        );
        expect(
            "a:\n  - |\n    one\n    two\n  - x\n",
            "one\n    two",
            "one: # two",
            "a:\n  - |\n    one: #\n    two\n  - x\n",
        );
    }

    #[test]
    fn a_part_of_a_line_of_figures_changes_alone() {
        expect("v: 980 | £1.61 | 7%  # so\n", "£1.61", "£1.62 (p)", "v: 980 | £1.62 (p) | 7%  # so\n");
        expect("v: \"980 | £1.61\"\n", "980", "1,024", "v: \"1,024 | £1.61\"\n");
        assert!(with("v: 980 | £1.61\n", "£1.61", "a | b").is_err());
        assert!(with("v: 980 | £1.61\n", "1.61", "1.62").is_err(), "a part of a figure is no figure");
        assert!(with("v: one two\n", "two", "three").is_err(), "a part of a text is no value");
    }

    #[test]
    fn what_is_set_to_what_it_was_is_not_written_anew() {
        expect("a: >-\n   one\n   two\n", "one\n   two", "one two", "a: >-\n   one\n   two\n");
        expect("a:   \"x\"\n", "\"x\"", "x", "a:   \"x\"\n");
    }

    #[test]
    fn an_empty_value_is_filled_beside_its_name() {
        let filled = |text: &str, at: usize| {
            let mut draft = Draft::of(FileId(0), text).unwrap();
            draft.set(at..at, "x").unwrap();
            draft.written().unwrap()
        };
        assert_eq!(filled("a:\nb: 1\n", 2), "a: x\nb: 1\n");
        assert_eq!(filled("a:  # so\nb: 1\n", 2), "a: x  # so\nb: 1\n");
        assert_eq!(filled("a:\n  -\n  - y\n", 6), "a:\n  - x\n  - y\n");
    }

    #[test]
    fn nothing_is_not_written_into_a_value() {
        assert!(with("a: x\n", "x", " ").is_err());
    }
}
