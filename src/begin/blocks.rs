//! Changes of a YAML text that leave all of its other letters as they are.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::yaml::{Node, Value};

/// A YAML text with what is to stand in the place of some of its letters.
pub struct Edited<'t> {
    text: &'t str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'t> Edited<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, edits: Vec::new() }
    }

    /// Puts words in the place of a value, in its quotation marks where it has some.
    pub fn replace(&mut self, value: Span, words: &str) {
        let range = value.letters();
        let typed = &self.text[range.clone()];
        let quotes = typed.starts_with(['"', '\'']) && typed.len() > 1;
        let inner = if quotes { range.start + 1..range.end - 1 } else { range };
        self.edits.push((inner, words.to_owned()));
    }

    /// Gives a record another field beside the value of one.
    pub fn add_field_beside(&mut self, value: Span, field: &str) {
        let end = value.letters().end;
        let is_in_braces = self.text[end..].trim_start_matches(' ').starts_with([',', '}']);
        let words = match is_in_braces {
            true => format!(", {field}"),
            false => format!("{}{}{field}", self.line_end(), self.indent_of(value.letters().start)),
        };
        self.edits.push((end..end, words));
    }

    /// What a line of the same record begins with.
    fn indent_of(&self, at: usize) -> String {
        let line = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        let own = self.text[line..at].len() - self.text[line..at].trim_start_matches([' ', '-']).len();
        " ".repeat(own)
    }

    /// A value as it was typed, with its quotation marks.
    pub fn typed(&self, value: Span) -> &'t str {
        &self.text[value.letters()]
    }

    /// Puts words in the place of some letters.
    pub fn replace_letters(&mut self, letters: Range<usize>, words: &str) {
        self.edits.push((letters, words.to_owned()));
    }

    /// Puts a line under that of a value.
    pub fn add_line_under(&mut self, value: &Node, line: &str) {
        let end = self.text[value.at.letters().end..].find('\n').map(|end| value.at.letters().end + end);
        let (at, line) = match end {
            Some(end) => (end + 1, format!("{line}{}", self.line_end())),
            None => (self.text.len(), format!("{}{line}", self.line_end())),
        };
        self.edits.push((at..at, line));
    }

    /// Takes a field away that begins a line, with the comments above it.
    pub fn remove_field(&mut self, record: &Node, name: &str) -> bool {
        let Value::Mapping(fields) = &record.value else { return false };
        let Some(place) = fields.iter().position(|(field, _)| field.value == name) else { return false };
        let start = self.start_of(fields[place].0.at.letters().start);
        let end = fields.get(place + 1).map_or(self.text.len(), |(next, _)| self.start_of(next.at.letters().start));
        self.edits.push((start..end, String::new()));
        true
    }

    /// Takes a value out of a list: `[1, 2]`, `1 | 2`, or one on a line of its own. A value alone stays, and it is said
    /// whether it went.
    pub fn remove_item(&mut self, letters: Range<usize>) -> bool {
        const BETWEEN: [char; 2] = ['|', ','];
        let (before, after) = (&self.text[..letters.start], &self.text[letters.end..]);
        let is_there = |kept: &&str| !self.edits.iter().any(|(range, _)| range.contains(&kept.len()));
        let parted = |before: &'t str| before.trim_end().strip_suffix(BETWEEN).filter(is_there);
        // A comma in a comment parts nothing.
        let plain = without_comment(before);
        let is_commented = plain.len() < before.len();
        let range = match (parted(plain), after.trim_start().strip_prefix(BETWEEN)) {
            (Some(kept), _) if !is_commented => kept.trim_end().len()..letters.end,
            (_, Some(rest)) => letters.start..self.text.len() - rest.trim_start_matches(' ').len(),
            // What is said of the value before stays beside it.
            (Some(kept), None) => {
                self.edits.push((kept.len()..kept.len() + 1, String::new()));
                letters.clone()
            }
            (None, None) if self.is_alone_on_its_line(&letters) => self.line_of(letters.start),
            (None, None) => return false,
        };
        self.edits.push((range, String::new()));
        true
    }

    /// Whether a value is an item of a list of lines; a comment behind it is about it.
    fn is_alone_on_its_line(&self, letters: &Range<usize>) -> bool {
        let line = self.line_of(letters.start);
        let after = self.text[letters.end..line.end].trim_start();
        self.text[line.start..letters.start].trim() == "-" && (after.is_empty() || after.starts_with('#'))
    }

    /// A whole line, with its end.
    fn line_of(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        start..self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// The text as it is now.
    pub fn text(mut self) -> String {
        self.edits.sort_by_key(|(range, _)| range.start);
        let (mut text, mut at) = (String::new(), 0);
        for (range, words) in self.edits.iter().filter(|(range, _)| range.start <= range.end) {
            if range.start < at {
                continue; // It lies in what was taken away.
            }
            text.push_str(&self.text[at..range.start]);
            text.push_str(words);
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        text
    }

    /// Where a line begins, or the comments right above it.
    fn start_of(&self, at: usize) -> usize {
        let mut start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        while let Some(above) = self.text[..start].strip_suffix('\n') {
            let line = above.rfind('\n').map_or(0, |at| at + 1);
            if !above[line..].starts_with('#') {
                break;
            }
            start = line;
        }
        start
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

/// A text up to a comment that ends its last full line.
fn without_comment(text: &str) -> &str {
    let full = text.trim_end();
    let line = full.rfind('\n').map_or(0, |at| at + 1);
    let is_over = text[full.len()..].contains('\n');
    full[line..].find(" #").filter(|_| is_over).map_or(text, |at| &full[..line + at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;
    use crate::yaml;

    fn edited(text: &str, edit: impl Fn(&mut Edited, &Node)) -> String {
        let node = yaml::parse(SourceMap::default().add("a.yaml", text), text).unwrap();
        let mut edited = Edited::new(text);
        edit(&mut edited, &node);
        edited.text()
    }

    #[test]
    fn a_field_goes_with_its_comments_and_nothing_else_changes() {
        let text = "# What holds.\nrelations:\n  - a  # first\n\n# Last year's.\n# All of it.\ncontrol-totals:\n  - b\n\n# More.\nbases: []\n";
        let without = edited(text, |edited, node| assert!(edited.remove_field(node, "control-totals")));
        assert_eq!(without, "# What holds.\nrelations:\n  - a  # first\n\n# More.\nbases: []\n");
    }

    #[test]
    fn a_value_leaves_a_list_with_what_stands_between() {
        let without = |text: &str, item: &str| {
            let start = text.find(item).unwrap();
            edited(text, |edited, _| assert!(edited.remove_item(start..start + item.len())))
        };
        assert_eq!(without("v: 12 | 34 | 56\n", "34"), "v: 12 | 56\n");
        assert_eq!(without("v: 12 | 34 | 56\n", "56"), "v: 12 | 34\n");
        assert_eq!(without("v: 12 | 34 | 56\n", "12"), "v: 34 | 56\n");
        assert_eq!(without("v: [\"1,2\", 34]\n", "\"1,2\""), "v: [34]\n");
        assert_eq!(without("v: [12, 34]\n", "34"), "v: [12]\n");
        assert_eq!(without("v:\n  - 12\n  - 34\n", "12"), "v:\n  - 34\n");
        assert_eq!(without("v:\n  - 12\n  - 34 # so\n", "34"), "v:\n  - 12\n");
        assert_eq!(without("v: [12,\n  34, # was 33\n  56]\n", "56"), "v: [12,\n  34 # was 33\n  ]\n");
        assert_eq!(without("v: [12, # was 11,\n  56]\n", "56"), "v: [12 # was 11,\n  ]\n");
    }

    #[test]
    fn a_record_takes_another_field_in_its_own_form() {
        let added = |text: &str| {
            let start = text.find("b1").unwrap();
            edited(text, |edited, node| edited.add_field_beside(Span::new(node.at.file, start..start + 2), "last: x"))
        };
        assert_eq!(added("- {id: b1, name: B}\n"), "- {id: b1, last: x, name: B}\n");
        assert_eq!(added("a:\n  - id: b1\n    name: B\n"), "a:\n  - id: b1\n    last: x\n    name: B\n");
    }

    #[test]
    fn a_value_keeps_its_quotation_marks_and_a_line_stands_under_it() {
        let replaced = edited("a: \"x\"\r\nb: y", |edited, node| {
            let Value::Mapping(fields) = &node.value else { panic!() };
            edited.replace(fields[0].1.at, "z");
            edited.add_line_under(&fields[0].1, "c: 1");
            edited.add_line_under(&fields[1].1, "d: 2");
        });
        assert_eq!(replaced, "a: \"z\"\r\nc: 1\r\nb: y\r\nd: 2");
    }
}
