//! Where the letters of a value stand in its file.
//!
//! A text is printed otherwise than it is typed: its lines are joined, its quotation marks fall away and what is
//! escaped is written out. The parsers keep no places within a value, so it is read once more, letter by letter, when
//! a message needs one.

use std::ops::Range;

use crate::diagnostic::{SourceMap, Span};

/// The place of some letters of a text that was read from a value.
pub fn part(sources: &SourceMap, at: Span, letters: Range<usize>) -> Span {
    let range = sources.range(at);
    let text = &sources.file(at.file).text;
    let source = &text[range.clone()];
    let typed = if is_block(&text[..range.start]) { bare(source, 0) } else { typed(source) };
    let (mut start, mut end, mut read) = (None, None, 0);
    for letter in joined(typed) {
        if read >= letters.start && (start.is_none() || read < letters.end) {
            start = start.or(Some(letter.at.start));
            end = Some(letter.at.end);
        }
        read += letter.shown.len_utf8();
    }
    match (start, end) {
        (Some(start), Some(end)) => Span::new(at.file, range.start + start..range.start + end),
        _ => at,
    }
}

/// What follows a value on its line as a comment. YAML cuts a text short there that was typed without quotation marks.
pub fn comment_after(sources: &SourceMap, at: Span) -> Option<Span> {
    let range = sources.range(at);
    let text = &sources.file(at.file).text;
    if text[range.clone()].starts_with(['"', '\'']) || is_block(&text[..range.start]) {
        return None;
    }
    let line = text[range.end..].lines().next().unwrap_or_default();
    let comment = line.trim_start();
    let start = range.end + line.len() - comment.len();
    comment.starts_with('#').then(|| Span::new(at.file, start..start + comment.trim_end().len()))
}

/// Whether a value that begins behind some text is a block, which `|` or `>` opens on the line above.
pub(super) fn is_block(before: &str) -> bool {
    let Some((above, indent)) = before.rsplit_once('\n') else { return false };
    let opening = above.trim_end().lines().next_back().unwrap_or_default();
    let opening = opening.split(" #").next().unwrap_or_default().trim_end();
    let signs = opening.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    indent.trim().is_empty() && signs.ends_with(['|', '>'])
}

/// A letter as it is printed, and where it was typed.
struct Letter {
    shown: char,
    at: Range<usize>,
}

/// The letters of a value, whichever way it is typed.
fn typed(source: &str) -> Vec<Letter> {
    match source.chars().next() {
        Some('"') => double_quoted(source),
        Some('\'') => single_quoted(source),
        _ => bare(source, 0),
    }
}

fn bare(source: &str, from: usize) -> Vec<Letter> {
    let letters = source[from..].char_indices();
    letters.map(|(at, shown)| Letter { shown, at: from + at..from + at + shown.len_utf8() }).collect()
}

/// Two quotation marks stand for one.
fn single_quoted(source: &str) -> Vec<Letter> {
    let inside = source[1..].strip_suffix('\'').unwrap_or(&source[1..]);
    let mut letters: Vec<Letter> = Vec::new();
    for letter in bare(&source[..1 + inside.len()], 1) {
        match letters.last_mut() {
            Some(last) if last.shown == '\'' && letter.shown == '\'' && last.at.len() == 1 => {
                last.at.end = letter.at.end
            }
            _ => letters.push(letter),
        }
    }
    letters
}

fn double_quoted(source: &str) -> Vec<Letter> {
    let inside = source[1..].strip_suffix('"').unwrap_or(&source[1..]);
    let mut letters = Vec::new();
    let mut all = bare(&source[..1 + inside.len()], 1).into_iter().peekable();
    while let Some(letter) = all.next() {
        let (start, mut end) = (letter.at.start, letter.at.end);
        if letter.shown != '\\' {
            letters.push(letter);
            continue;
        }
        let Some(escaped) = all.next() else { break };
        end = end.max(escaped.at.end);
        let digits = match escaped.shown {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            // The line goes on: neither its end nor what the next one is indented by is read.
            '\n' | '\r' => {
                while all.next_if(|next| next.shown.is_whitespace()).is_some() {}
                continue;
            }
            _ => 0,
        };
        let mut code = 0;
        for _ in 0..digits {
            let Some(digit) = all.next() else { break };
            code = code * 16 + digit.shown.to_digit(16).unwrap_or(0);
            end = digit.at.end;
        }
        let shown = match escaped.shown {
            'x' | 'u' | 'U' => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '_' => '\u{a0}',
            'N' => '\u{85}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            '0' | 'a' | 'b' | 'e' | 'f' | 'v' => '\u{7}',
            other => other,
        };
        letters.push(Letter { shown, at: start..end });
    }
    letters
}

/// Line ends and the spaces round them are one space, and none at either end, as a text is read.
fn joined(letters: Vec<Letter>) -> impl Iterator<Item = Letter> {
    let ends_line = |letter: &Letter| matches!(letter.shown, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    let (mut joined, mut spaces) = (Vec::<Letter>::new(), Vec::<Letter>::new());
    for letter in letters {
        if letter.shown.is_whitespace() {
            spaces.push(letter);
            continue;
        }
        match (spaces.first(), spaces.last()) {
            _ if joined.is_empty() => {}
            (Some(first), Some(last)) if spaces.iter().any(ends_line) => {
                joined.push(Letter { shown: ' ', at: first.at.start..last.at.end });
            }
            _ => joined.append(&mut spaces),
        }
        spaces.clear();
        joined.push(letter);
    }
    joined.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::yaml::{FromNode, Text, Value, parse};

    /// What stands at the place that is found for some words of a text.
    fn found(yaml: &str, words: &str) -> String {
        let sources = SourceMap::default();
        let file = sources.add("a.yaml", yaml);
        let Value::Mapping(fields) = parse(file, yaml).unwrap().value else { panic!("no record") };
        let text = Text::from_node(&fields[0].1, &mut Findings::new()).unwrap();
        let start = text.value.rfind(words).unwrap_or_else(|| panic!("no “{words}” in “{}”", text.value));
        let at = part(&sources, text.at, start..start + words.len());
        sources.file(file).text[sources.range(at)].to_owned()
    }

    #[test]
    fn letters_are_found_however_a_text_is_typed() {
        for yaml in [
            "a: it rose from 5 to 15 in 5 years\nb: 1\n",
            "a: it rose\n  from 5 to\n\n  15 in 5 years\nb: 1\n",
            "a: \"it rose \\u2014 from \\\"5\\\" to \\\n   15 in 5 years\"\nb: 1\n",
            "a: 'it''s ''5'' to 15\n  in 5 years'\nb: 1\n",
            "a: |\n\n  \"it\" rose from 5\n    to 15\n  in 5 years\nb: 1\n",
            "a: >-\n  it rose from 5\n  to 15\n\n  in 5 years\nb: 1\n",
        ] {
            for words in ["5 years", "15", "years"] {
                assert_eq!(found(yaml, words), words, "{yaml}");
            }
        }
        assert_eq!(found("a: \"R\\x26D, 5\"\n", "&D, 5"), "\\x26D, 5");
    }

    #[test]
    fn a_comment_cuts_only_what_has_no_quotation_marks() {
        let comment = |yaml: &str| {
            let sources = SourceMap::default();
            let file = sources.add("a.yaml", yaml);
            let Value::Mapping(fields) = parse(file, yaml).unwrap().value else { panic!("no record") };
            comment_after(&sources, fields[0].1.at).map(|at| sources.file(file).text[sources.range(at)].to_owned())
        };
        assert_eq!(comment("a: we are #1  # of all\n").as_deref(), Some("#1  # of all"));
        assert_eq!(comment("a: we\n  are # one\nb: 1\n").as_deref(), Some("# one"));
        assert_eq!(comment("a: \"we are\" # one\n"), None);
        assert_eq!(comment("a: |\n  we # are\n# one\n"), None);
        assert_eq!(comment("a: we are\n# one\n"), None);
    }
}
