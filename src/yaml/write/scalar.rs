//! How a text is typed as a value: as the one that stands there is, where that can hold it; else with as few quotation
//! marks as YAML needs.

use std::ops::Range;

use crate::diagnostic::FileId;
use crate::lines::refilled;
use crate::yaml::{Node, Value, one_line, parse};

/// What is round a value, as far as it says how the value is typed.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// Whether it stands between brackets or braces.
    pub in_flow: bool,
    /// The quotation mark that its neighbours have.
    pub mark: char,
    pub line_end: &'static str,
}

/// The letters of a value that are replaced, and with what.
pub type Letters = (Range<usize>, String);

impl Around {
    /// What is round the values of a text that stand between no brackets.
    pub fn of(text: &str) -> Self {
        let mark = if count_opened(text, '\'') > count_opened(text, '"') { '\'' } else { '"' };
        Self { in_flow: false, mark, line_end: if text.contains("\r\n") { "\r\n" } else { "\n" } }
    }

    /// A text on one line, with the quotation marks that it needs. None where no way of typing it is read as it is.
    pub fn typed(&self, text: &str) -> Option<String> {
        let marks = if text.contains(['"', '\\']) && !text.contains('\'') { ['\'', '"'] } else { self.marks() };
        let plain = (!is_word_of_yaml(text)).then(|| text.to_owned());
        plain.into_iter().chain(marks.map(|mark| quoted(text, mark))).find(|typed| self.reads(typed, text))
    }

    /// A text typed as another one is, whatever lines that has.
    pub fn typed_as(&self, text: &str, typed: &str) -> Option<String> {
        let mark = typed.chars().next().filter(|first| matches!(first, '"' | '\'') && typed.len() > 1);
        if typed.contains('\n') && !typed.contains("\\\n") && !typed.contains("\\\r") {
            let written = self.on_lines(text, typed, mark);
            return self.reads(&written, text).then_some(written).or_else(|| self.typed(text));
        }
        match mark {
            Some(mark) => {
                let own = quoted(text, mark);
                if self.reads(&own, text) { Some(own) } else { self.typed(text) }
            }
            None if is_word_of_yaml(typed) && is_word_of_yaml(text) && !is_nothing(text) => Some(text.to_owned()),
            None => self.typed(text),
        }
    }

    fn marks(&self) -> [char; 2] {
        [self.mark, if self.mark == '"' { '\'' } else { '"' }]
    }

    /// On lines of its own, as the value was.
    fn on_lines(&self, text: &str, typed: &str, mark: Option<char>) -> String {
        let inner = mark.map_or(typed, |_| &typed[1..typed.len() - 1]);
        let old: Vec<&str> = inner.lines().collect();
        let indent = old.iter().skip(1).find(|line| !line.trim().is_empty()).map_or(0, |line| indent_of(line));
        let body = mark.map_or_else(|| text.to_owned(), |mark| escaped(text, mark));
        let lines = refilled(&old, &body, |piece| !piece.starts_with(['#', '-', '?', ':', '|', '>']));
        let between = |line: &String| if line.is_empty() { String::new() } else { " ".repeat(indent) + line };
        let lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(place, line)| if place == 0 { line.clone() } else { between(line) })
            .collect();
        let mark = mark.map(String::from).unwrap_or_default();
        format!("{mark}{}{mark}", lines.join(self.line_end))
    }

    /// Whether a value is read as a text, as the value of a field and as an item of a list.
    fn reads(&self, typed: &str, text: &str) -> bool {
        if typed == text && is_evident(text) {
            return true;
        }
        let sample = match self.in_flow {
            true => format!("a: [{typed}]\nb: {{c: {typed}}}\n"),
            false => format!("a:\n- {typed}\nb: {typed}\n"),
        };
        let Ok(Node { value: Value::Mapping(fields), .. }) = parse(FileId(0), &sample) else { return false };
        let is_read = |node: &Node| match only(node).map(|node| &node.value) {
            Some(Value::Scalar { text: read, plain }) => {
                one_line(read) == one_line(text) && !(*plain && is_nothing(read))
            }
            _ => false,
        };
        fields.len() == 2 && fields.iter().all(|(_, node)| is_read(node))
    }
}

/// A value, or what stands alone in a list or record.
fn only(node: &Node) -> Option<&Node> {
    match &node.value {
        Value::Scalar { .. } => Some(node),
        Value::Sequence(items) => items.first().filter(|_| items.len() == 1),
        Value::Mapping(fields) => fields.first().filter(|_| fields.len() == 1).map(|(_, value)| value),
    }
}

/// The lines of a text in a block that `|` or `>` opens, whose letters begin at a place; they keep its indentation.
pub fn in_block(text: &str, whole: &str, range: Range<usize>, line_end: &str) -> Letters {
    let typed = whole[range.clone()].trim_end();
    let old: Vec<&str> = typed.lines().collect();
    let line = whole[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let indent = &whole[line..range.start];
    let lines = refilled(&old, text, |_| true);
    let lines = lines.iter().enumerate().map(|(place, line)| match place == 0 || line.is_empty() {
        true => line.clone(),
        false => format!("{indent}{line}"),
    });
    (range.start..range.start + typed.len(), lines.collect::<Vec<_>>().join(line_end))
}

/// How often a quotation mark opens a value.
fn count_opened(text: &str, mark: char) -> usize {
    let opens = [format!(": {mark}"), format!("- {mark}"), format!("[{mark}"), format!(", {mark}")];
    opens.iter().map(|open| text.matches(open.as_str()).count()).sum()
}

fn quoted(text: &str, mark: char) -> String {
    format!("{mark}{}{mark}", escaped(text, mark))
}

fn escaped(text: &str, mark: char) -> String {
    match mark {
        '\'' => text.replace('\'', "''"),
        _ => text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t"),
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Texts that need no second look: words and figures.
fn is_evident(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '£')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '£' | '%' | '’' | '–'))
        && !text.ends_with(' ')
}

/// Words that other programs take for a truth or for nothing.
fn is_word_of_yaml(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "no" | "true" | "false" | "on" | "off" | "y" | "n")
        || is_nothing(text)
}

fn is_nothing(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "" | "~" | "null")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn around(in_flow: bool) -> Around {
        Around { in_flow, mark: '"', line_end: "\n" }
    }

    #[test]
    fn a_text_has_the_quotation_marks_that_it_needs() {
        let block = |text: &str| around(false).typed(text).unwrap();
        assert_eq!(block("Bookings – up"), "Bookings – up");
        assert_eq!(block("1,204"), "1,204");
        assert_eq!(around(true).typed("1,204").unwrap(), "\"1,204\"");
        assert_eq!(block("Costs: up"), "\"Costs: up\"");
        assert_eq!(block("we are#1"), "we are#1");
        assert_eq!(block("we are #1"), "\"we are #1\"");
        assert_eq!(block("{{ costs.total }}"), "\"{{ costs.total }}\"");
        assert_eq!(block("{{ a | claim \"b\" }}"), "'{{ a | claim \"b\" }}'");
        assert_eq!(block("No"), "\"No\"");
        assert_eq!(block("null"), "\"null\"");
        assert_eq!(block("*"), "\"*\"");
        assert_eq!(block("- 5"), "\"- 5\"");
        assert_eq!(Around { mark: '\'', ..around(false) }.typed("a: b").unwrap(), "'a: b'");
    }

    #[test]
    fn a_text_is_typed_as_the_one_before_it_where_that_can_hold_it() {
        let typed = |text: &str, was: &str| around(false).typed_as(text, was).unwrap();
        assert_eq!(typed("y", "'x'"), "'y'");
        assert_eq!(typed("it's", "'x'"), "'it''s'");
        assert_eq!(typed("a \"b\"", "\"x\""), "\"a \\\"b\\\"\"");
        assert_eq!(typed("no", "yes"), "no");
        assert_eq!(typed("~", "yes"), "\"~\"");
        assert_eq!(typed("one two\u{a0}three", "\"x\""), "\"one two\u{a0}three\"");
        assert_eq!(typed("one four three", "one two\n    three"), "one four\n    three");
        assert_eq!(typed("one: two three", "\"one two\n  three\""), "\"one: two\n  three\"");
    }

    proptest! {
        /// Whatever is typed is read, or there is no way of typing it.
        #[test]
        fn what_is_written_is_read(text in "[a-zA-Z0-9 :#,'\"{}\\[\\]&*!|>%@`£“”…\\\\?-]{1,24}", was in prop::sample::select(vec!["x", "'x'", "\"x\"", "yes", "x\n    y", "'x\n    y'"]), in_flow in any::<bool>()) {
            let text = one_line(&text);
            prop_assume!(!text.is_empty());
            let typed = around(in_flow).typed_as(&text, was);
            prop_assert!(typed.is_some());
            let sample = if in_flow { format!("a: [1, {}]\n", typed.unwrap()) } else { format!("a: {}\n", typed.unwrap()) };
            let mut read = Vec::new();
            parse(FileId(0), &sample).unwrap().each_text(&mut |text, _| read.push(text.to_owned()));
            prop_assert_eq!(read.last(), Some(&text));
        }
    }
}
