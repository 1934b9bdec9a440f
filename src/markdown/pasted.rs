//! Lists that were pasted from a word processor: their marks make no list, and their lines run into each other.

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span};

/// Signs that word processors put before an item.
pub const BULLETS: &[char] = &[
    '•', '·', '▪', '●', '○', '◦', '‣', '⁃', '■', '□', '➢', '➤', '►', '▶', '✓', '✔', '❖', '\u{f0b7}', '\u{f0a7}',
    '\u{f0d8}',
];

/// What a line begins with that looks like the mark of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet,
    Dash,
    /// `-one`, without a space.
    Hyphen,
    /// `a)`, `(2)`, `iv.`
    Letter,
}

/// Tells of the first line of each pasted list.
pub fn report(file: FileId, text: &str, findings: &mut Findings) {
    let lines = text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line))
    });
    let written: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
    let marks: Vec<Option<(Mark, usize, &str)>> = written.iter().map(|(start, line)| mark(*start, line)).collect();
    for (place, found) in marks.iter().enumerate() {
        let Some((mark, start, sign)) = found else { continue };
        let is_like = |other: Option<&Option<(Mark, usize, &str)>>| {
            other.is_some_and(|other| other.is_some_and(|(other, ..)| other == *mark))
        };
        let follows = place > 0 && is_like(marks.get(place - 1));
        // A letter, a tick or a long dash at the beginning of one line may stand there by chance, and a dash before a name
        // or after one.
        let is_item = *sign == "–" && is_paragraph(text, *start);
        let is_list = is_like(marks.get(place + 1)) || is_item || matches!(*sign, "•" | "·" | "o");
        if follows || !is_list {
            continue;
        }
        let at = Span::new(file, *start..*start + sign.len());
        findings.push(
            Diagnostic::error(
                Code::StrayMark,
                at,
                format!("`{sign}` makes no list: the lines would run into each other"),
            )
            .help("begin each item of a list with `- `, or with `1. ` if the items are counted"),
        );
    }
}

/// Whether a line that is no quotation, and names nobody who said what stands before it, is a paragraph of its own, with no
/// second dash that makes a parenthesis of it.
fn is_paragraph(text: &str, start: usize) -> bool {
    let lines = || text[..start].trim_end_matches([' ', '\t']).lines().rev();
    let said = lines().find(|line| !line.trim().is_empty()).map(str::trim);
    if said.is_some_and(|line| line.starts_with('>') || line.ends_with(['”', '’', '"', '\''])) {
        return false;
    }
    let before = lines().next();
    let mut own = text[start..].lines().take_while(|line| !line.trim().is_empty());
    before.is_none_or(|line| line.trim().is_empty())
        && own.all(|line| !line.contains(" – ") && !line.trim_end().ends_with(" –"))
}

/// The mark that a line begins with, its place, and how it is written.
fn mark(start: usize, line: &str) -> Option<(Mark, usize, &str)> {
    let words = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let start = start + line.len() - words.len();
    let first = words.chars().next()?;
    if BULLETS.contains(&first) {
        return Some((Mark::Bullet, start, &words[..first.len_utf8()]));
    }
    let sign = words.split(char::is_whitespace).next()?;
    if sign.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        return Some((Mark::Hyphen, start, &sign[..1]));
    }
    let mark = match sign {
        "–" | "—" => Mark::Dash,
        "o" if words.starts_with("o\t") => Mark::Bullet,
        _ if is_letter(sign) => Mark::Letter,
        _ => return None,
    };
    Some((mark, start, sign))
}

/// `a)`, `(a)`, `a.`, `iv)`, `(2)`; `2.` and `2)` make lists.
fn is_letter(sign: &str) -> bool {
    let inside = sign.strip_prefix('(').and_then(|sign| sign.strip_suffix(')'));
    let counted = inside.is_some_and(|inside| !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit()));
    let letter = inside.or(sign.strip_suffix(')')).or(sign.strip_suffix('.')).unwrap_or_default();
    let is_roman = letter.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let is_one = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase());
    counted || is_one || (!letter.is_empty() && letter.len() <= 4 && is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;

    fn found(text: &str) -> Vec<usize> {
        let sources = SourceMap::default();
        let file = sources.add("a.md", text);
        let mut findings = Findings::new();
        report(file, text, &mut findings);
        findings.iter().filter_map(|finding| finding.at).map(|at| sources.line_column(at).0).collect()
    }

    #[test]
    fn a_pasted_list_is_told_once_and_a_sentence_is_none() {
        assert_eq!(found("Our aims:\n• one\n• two\n\n• three\n"), [2]);
        assert_eq!(found("a) one\nb) two\n"), [1]);
        assert_eq!(found("(i) one\n\n(ii) two\n"), [1]);
        assert_eq!(found("– one\n– two\n"), [1]);
        assert_eq!(found("Our aims:\n\n– one alone\n\nAnd so on.\n"), [3]);
        assert_eq!(found("o\tone\n"), [1]);
        assert_eq!(found("-one\n-two or\n"), [1]);
        for text in [
            "> Reading is for all.\n>\n> – A reader\n",
            "We did a) this and\nb) that.\n",
            "– as we said –\nagain\n",
            "A sentence\n– as we said\n",
            "— A reader\n",
            "> Reading is for all.\n\n– A reader\n",
            "“Reading is for all.”\n\n– A reader\n",
            "- a list\n- of two\n",
            "1) one\n2) two\n",
            "of old\no that we knew\n",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
