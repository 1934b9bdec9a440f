//! Puts figures into the text of a data file, and changes nothing else.
//!
//! Only the letters of values are replaced, in the quotation marks that YAML then needs. The new text is read again: it must
//! differ from the old one in these values alone.

use crate::diagnostic::{FileId, Span};
use crate::yaml::Draft;

/// A figure, or a part of a line of figures, with what is to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub at: Span,
    /// What is read there now, without quotation marks.
    pub was: String,
    pub is: String,
}

/// The text with all edits made; or those for which YAML leaves no room.
pub fn edited<'e>(file: FileId, text: &str, edits: &'e [Edit]) -> Result<String, Vec<&'e Edit>> {
    let all = || edits.iter().collect::<Vec<&Edit>>();
    let mut draft = Draft::of(file, text).map_err(|_| all())?;
    let refused: Vec<&Edit> = edits.iter().filter(|edit| put(&mut draft, edit).is_none()).collect();
    if !refused.is_empty() {
        return Err(refused);
    }
    draft.written().map_err(|_| all())
}

/// Puts a figure before what follows it in its value, such as a mark or a note.
fn put(draft: &mut Draft, edit: &Edit) -> Option<()> {
    let says = draft.says(&edit.at.letters())?;
    let rest = says.strip_prefix(edit.was.as_str()).filter(|_| !edit.is.contains(['\n', '\r']))?;
    draft.set(edit.at.letters(), &format!("{}{rest}", edit.is)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::SourceMap;
    use crate::yaml;

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
            let mut scalars: Vec<(String, Span)> = Vec::new();
            tree.each_text(&mut |text, at| scalars.push((text.to_owned(), at)));
            let mut spans: Vec<Span> = scalars.iter().map(|(_, at)| *at).collect();
            if form == 1 {
                let mut start = 0;
                let parts = scalars[0].0.split('|').map(|part| {
                    let at = start + part.len() - part.trim_start().len();
                    start += part.len() + 1;
                    scalars[0].1.part(at..at + part.trim().len())
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
