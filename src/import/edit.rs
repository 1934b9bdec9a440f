//! Puts figures into the text of a data file, and changes nothing else.
//!
//! Only the letters of values are replaced, in the quotation marks that YAML then needs. The new text is read again: it must
//! differ from the old one in these values alone.

use std::collections::BTreeMap;

use crate::diagnostic::{FileId, Span};
use crate::yaml::{self, Node, Value};

/// A figure, or a part of a line of figures, with what is to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub at: Span,
    /// What is read there now, without quotation marks.
    pub was: String,
    pub is: String,
}

/// A value of a YAML text.
struct Scalar<'n> {
    at: Span,
    text: &'n str,
    /// Whether it stands between brackets or braces.
    in_flow: bool,
}

/// The text with all edits made; or those for which YAML leaves no room.
pub fn edited<'e>(file: FileId, text: &str, edits: &'e [Edit]) -> Result<String, Vec<&'e Edit>> {
    let all: Vec<&Edit> = edits.iter().collect();
    let Ok(tree) = yaml::parse(file, text) else { return Err(all) };
    let mut scalars = Vec::new();
    collect(&tree, text, false, &mut scalars);
    let mut meant: Vec<String> = scalars.iter().map(|scalar| scalar.text.to_owned()).collect();
    let places: BTreeMap<u32, usize> =
        scalars.iter().enumerate().map(|(place, scalar)| (scalar.at.start, place)).collect();
    let (mut changes, mut refused) = (Vec::new(), Vec::new());
    let mut sorted = all.clone();
    sorted.sort_by_key(|edit| std::cmp::Reverse(edit.at));
    for edit in sorted {
        let scalar = places.range(..=edit.at.start).next_back().map(|(_, place)| *place);
        let scalar = scalar.filter(|place| scalars[*place].at.end >= edit.at.end);
        match scalar.and_then(|place| Some((place, change(file, text, &scalars[place], edit)?))) {
            Some((place, (letters, read))) => {
                // From the end, so that earlier letters of a line of figures stay where they are.
                meant[place].replace_range(read, &edit.is);
                changes.push((edit.at.letters(), letters));
            }
            None => refused.push(edit),
        }
    }
    if !refused.is_empty() {
        refused.reverse();
        return Err(refused);
    }
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for (range, letters) in changes.iter().rev() {
        new.push_str(text.get(from..range.start).ok_or_else(|| all.clone())?);
        new.push_str(letters);
        from = range.end;
    }
    new.push_str(&text[from..]);
    if reads_as(file, &new, &tree, &meant) { Ok(new) } else { Err(all) }
}

/// What is to stand in the place of an edit, and the letters of the value as it is read that it stands for.
fn change(file: FileId, text: &str, scalar: &Scalar, edit: &Edit) -> Option<(String, std::ops::Range<usize>)> {
    let typed = text.get(edit.at.letters())?;
    if edit.is.contains(['\n', '\r']) {
        return None;
    }
    if edit.at == scalar.at {
        let quoted = ['"', '\''].into_iter().find(|mark| typed.len() > 1 && typed.starts_with(*mark));
        let bare = quoted.map_or(typed, |_| &typed[1..typed.len() - 1]);
        let rest = bare.strip_prefix(edit.was.as_str()).filter(|_| scalar.text.starts_with(&edit.was))?;
        let whole = format!("{}{rest}", edit.is);
        let letters =
            written(file, &whole, &format!("{}{}", edit.is, &scalar.text[edit.was.len()..]), quoted, scalar.in_flow)?;
        return Some((letters, 0..edit.was.len()));
    }
    // A part of a line of figures: it stands as it is read there.
    let start = edit.at.start - scalar.at.start;
    let quotes = u32::from(text[scalar.at.letters()].starts_with(['"', '\'']));
    let read = start.checked_sub(quotes)? as usize;
    let range = read..read + typed.len();
    let is_plain = !edit.is.contains(['"', '\'', '\\', '|', '#']) && scalar.text.get(range.clone()) == Some(typed);
    let rest = typed.strip_prefix(edit.was.as_str()).filter(|_| is_plain)?;
    Some((format!("{}{rest}", edit.is), read..read + edit.was.len()))
}

/// A value as it is typed: in the quotation marks that it had, else without any where YAML reads it so.
fn written(file: FileId, typed: &str, read: &str, quoted: Option<char>, in_flow: bool) -> Option<String> {
    // Nearly all figures need no quotation marks anywhere.
    if quoted.is_none() && typed == read && is_plain_figure(typed) {
        return Some(typed.to_owned());
    }
    let forms = match quoted {
        Some(mark) => vec![format!("{mark}{typed}{mark}")],
        None => vec![typed.to_owned(), format!("\"{typed}\""), format!("'{typed}'")],
    };
    let reads = |form: &String| {
        let sample = if in_flow { format!("- [{form}]\n") } else { format!("- a: {form}\n") };
        yaml::parse(file, &sample).is_ok_and(|node| {
            let mut texts = Vec::new();
            collect(&node, &sample, false, &mut texts);
            matches!(&texts[..], [one] if one.text == read)
        })
    };
    forms.into_iter().find(reads)
}

fn is_plain_figure(typed: &str) -> bool {
    typed.starts_with(|c: char| c.is_ascii_digit() || c == '£')
        && typed.chars().all(|c| c.is_ascii_digit() || ".£%".contains(c))
}

/// Whether a text is read like another one, but for its values.
fn reads_as(file: FileId, text: &str, before: &Node, meant: &[String]) -> bool {
    let Ok(tree) = yaml::parse(file, text) else { return false };
    let mut scalars = Vec::new();
    collect(&tree, text, false, &mut scalars);
    has_one_form(&tree, before) && scalars.iter().map(|scalar| scalar.text).eq(meant.iter().map(String::as_str))
}

/// Whether two trees have the same lists and records.
fn has_one_form(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Scalar { .. }, Value::Scalar { .. }) => true,
        (Value::Sequence(own), Value::Sequence(theirs)) => {
            own.len() == theirs.len() && own.iter().zip(theirs).all(|(one, other)| has_one_form(one, other))
        }
        (Value::Mapping(own), Value::Mapping(theirs)) => {
            let is_same = |((name, one), (other_name, other)): (&(yaml::Text, Node), &(yaml::Text, Node))| {
                name.value == other_name.value && has_one_form(one, other)
            };
            own.len() == theirs.len() && own.iter().zip(theirs).all(is_same)
        }
        _ => false,
    }
}

/// Every value of a tree, in its order.
fn collect<'n>(node: &'n Node, text: &str, in_flow: bool, scalars: &mut Vec<Scalar<'n>>) {
    let in_flow = in_flow
        || text
            .get(node.at.letters())
            .is_some_and(|typed| typed.starts_with(['[', '{']) && !matches!(node.value, Value::Scalar { .. }));
    match &node.value {
        Value::Scalar { text, .. } => scalars.push(Scalar { at: node.at, text, in_flow }),
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, text, in_flow, scalars)),
        Value::Mapping(fields) => fields.iter().for_each(|(_, value)| collect(value, text, in_flow, scalars)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::SourceMap;

    /// Puts words in the place of the first of others.
    fn with(text: &str, was: &str, is: &str) -> Option<String> {
        let file = SourceMap::default().add("a.yaml", text);
        let start = text.find(was).unwrap();
        let before = text[..start].chars().next_back().filter(|c| matches!(c, '"' | '\''));
        let is_whole = before.is_some_and(|mark| text[start + was.len()..].starts_with(mark));
        let range = if is_whole { start - 1..start + was.len() + 1 } else { start..start + was.len() };
        let edit = Edit { at: Span::new(file, range), was: was.to_owned(), is: is.to_owned() };
        edited(file, text, &[edit]).ok()
    }

    #[test]
    fn a_figure_keeps_its_quotation_marks_and_gets_those_that_it_needs() {
        let expect = |text: &str, was: &str, is: &str, after: &str| {
            assert_eq!(with(text, was, is).as_deref(), Some(after), "{text}");
        };
        expect("f: [37, \"£1,858,663\"]  # so\r\n", "£1,858,663", "£1,885,663", "f: [37, \"£1,885,663\"]  # so\r\n");
        expect("f: [37, 41%]\n", "41%", "42%", "f: [37, 42%]\n");
        expect("f: [980, 41%]\n", "980", "1,204", "f: [\"1,204\", 41%]\n");
        expect("f: '980'\n", "980", "1,204", "f: '1,204'\n");
        expect("f: 980 # was 12\n", "980", "1,204", "f: 1,204 # was 12\n");
        expect("f: 980 | £1.61 | 7%\n", "£1.61", "£1.62", "f: 980 | £1.62 | 7%\n");
        expect("f: \"980 | £1.61\"\n", "£1.61", "£1.62", "f: \"980 | £1.62\"\n");
        expect("f: 12\n", "12", "*", "f: \"*\"\n");
        expect("f:\n  - 12\n  - 13\n", "13", "a: b", "f:\n  - 12\n  - \"a: b\"\n");
    }

    #[test]
    fn what_has_no_room_is_refused() {
        assert_eq!(with("f: 980 | £1.61\n", "£1.61", "a | b"), None);
        assert_eq!(with("f: 12\n", "12", "one\ntwo"), None);
        assert_eq!(with("f: 12 | 13\n", "12", "\"x"), None);
    }

    proptest! {
        /// Whatever is put in a place, every letter outside it stays, and it is read as it was meant.
        #[test]
        fn nothing_outside_the_figures_changes(
            figures in prop::collection::vec("[0-9]{1,4}%?", 4),
            new in prop::collection::vec("[-£<(]?[0-9]{1,3}(,[0-9]{3})?%?[)]?( weeks| \\(p\\))?", 4),
            form in 0..4,
        ) {
            let [a, b, c, d] = [&figures[0], &figures[1], &figures[2], &figures[3]];
            let text = match form {
                0 => format!("x: [{a}, \"{b}\"] # 1\ny: '{c}'\n\nz: {d}\n"),
                1 => format!("x: {a} | {b} | {c} | {d} # | 2\r\n"),
                2 => format!("- {{a: {a}, b: '{b}'}}\n-  a:   {c}\n   b: {d}   \n"),
                _ => format!("x:\n  - [{a},{b}]\n  - [ {c} , {d} ] # [3]"),
            };
            let file = SourceMap::default().add("a.yaml", text.as_str());
            let tree = yaml::parse(file, &text).unwrap();
            let mut scalars = Vec::new();
            collect(&tree, &text, false, &mut scalars);
            let mut spans: Vec<Span> = scalars.iter().map(|scalar| scalar.at).collect();
            if form == 1 {
                let mut start = 0;
                let parts = scalars[0].text.split('|').map(|part| {
                    let at = start + part.len() - part.trim_start().len();
                    start += part.len() + 1;
                    scalars[0].at.part(at..at + part.trim().len())
                });
                spans = parts.collect();
            }
            let edits: Vec<Edit> = spans.iter().zip(&figures).zip(&new)
                .map(|((at, was), is)| Edit { at: *at, was: was.clone(), is: is.clone() }).collect();
            let Ok(after) = edited(file, &text, &edits) else { return Ok(()) };
            let (mut rest, mut from) = (after.as_str(), 0);
            for span in &spans {
                let kept = &text[from..span.letters().start];
                prop_assert!(rest.starts_with(kept), "{text:?} {after:?}");
                rest = &rest[kept.len()..];
                let next = spans.iter().find(|next| next.start > span.start);
                let kept = &text[span.letters().end..next.map_or(text.len(), |next| next.letters().start)];
                let end = if kept.is_empty() { rest.len() } else { rest.find(kept).unwrap() };
                rest = &rest[end..];
                from = span.letters().end;
            }
            prop_assert_eq!(rest, &text[from..]);
        }
    }
}
