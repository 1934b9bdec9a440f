//! What may be a slip in a text in quotation marks: letters behind the mark that closes it, and backslashes.

use std::ops::Range;

use super::Slip;
use super::line::Line;
use super::open::Open;

/// The letters that mean something behind a backslash in double quotation marks, in YAML.
const KNOWN: &str = "0abtnvfre \"/\\N_LPxuU\t";

impl Line<'_> {
    /// `"Loans" in 2016`: a mark that was meant to be printed is read as one that closes the text.
    pub(super) fn behind_quotation(&self) -> Vec<Slip> {
        let mut slips = Vec::new();
        for start in self.quotations() {
            let rest = &self.letters[start..];
            let Some(close) = end_of_quotation(rest) else { continue };
            let behind = &rest[close..];
            let letters = behind.trim_start();
            let is_in_list = !Open::after(&self.letters[..start]).brackets.is_empty();
            if letters.is_empty() || letters.starts_with(':') || (is_in_list && letters.starts_with([',', ']', '}'])) {
                continue;
            }
            // In a list the value ends before a comma or a bracket, which may be the text's own.
            let commas = behind.match_indices([',', ']', '}']).filter(|_| is_in_list).map(|(at, _)| close + at);
            let ends: Vec<usize> = commas.chain([rest.trim_end().len()]).collect();
            let at = start + close + (behind.len() - letters.len());
            if is_in_list && is_figure(&rest[1..close]) && letters.starts_with(|c: char| c.is_ascii_digit() || c == '"')
            {
                slips.push(self.slip(
                    at..at + 1,
                    "a comma is missing before this".to_owned(),
                    format!("write {}, {letters}", &rest[..close]),
                    (start + close..start + close, ",".to_owned()),
                ));
            }
            slips.extend(ends.into_iter().map(|end| {
                let whole = in_marks(&rest[..end]);
                self.slip(
                    at..at + letters.chars().next().map_or(1, char::len_utf8),
                    "the quotation mark before this ends the text, and more stands behind it".to_owned(),
                    format!("to print the marks, put the whole text in others: {whole}; else delete what stands behind the mark, or move the mark to the end"),
                    (start..start + end, whole),
                )
            }));
        }
        slips
    }

    /// `"R\&D"`: a backslash that means nothing there.
    pub(super) fn backslash(&self) -> Vec<Slip> {
        let mut slips = Vec::new();
        for start in self.quotations().filter(|start| self.letters[*start..].starts_with('"')) {
            let rest = &self.letters[start..];
            let inside = &rest[..end_of_quotation(rest).unwrap_or(rest.len())];
            let unknown: Vec<Range<usize>> = escapes(inside)
                .filter(|at| !is_known(&inside[at.start..]))
                .map(|at| start + at.start..start + at.end)
                .collect();
            let Some(first) = unknown.first().cloned() else { continue };
            let typed = &self.letters[first.clone()];
            let mends = unknown.iter().map(|at| (at.start..at.start + 1, "\\\\".to_owned())).collect();
            slips.push(self.slip_of(
                first.clone(),
                format!("`{typed}` means nothing in double quotation marks"),
                format!("write `\\{typed}` to print a backslash, or leave it out: {}", &typed[1..]),
                mends,
            ));
        }
        slips
    }

    /// Where texts in quotation marks begin in it.
    fn quotations(&self) -> impl Iterator<Item = usize> + '_ {
        let mut end = 0;
        let marks = self.letters.match_indices(['"', '\'']).map(|(at, _)| at);
        marks.filter(move |at| {
            let before = self.letters[..*at].trim_end_matches(' ');
            let opens = *at >= end
                && (before.is_empty() || before.ends_with([':', '[', '{', ',', '-']))
                && (before.len() < *at || before.ends_with(['[', '{', ',']) || before.is_empty());
            if opens {
                end = *at + end_of_quotation(&self.letters[*at..]).unwrap_or(self.letters.len() - at);
            }
            opens
        })
    }
}

/// Where a text in quotation marks is closed: behind its mark.
fn end_of_quotation(text: &str) -> Option<usize> {
    let mark = text.chars().next()?;
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        match letter {
            '\\' if mark == '"' => drop(letters.next()),
            // Two single quotation marks within a text are one.
            '\'' if letter == mark && next == Some('\'') => drop(letters.next()),
            _ if letter == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The backslashes of a text in double quotation marks, each with the letter behind it.
pub fn escapes(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut letters = text.char_indices();
    std::iter::from_fn(move || {
        let (at, _) = letters.find(|(_, letter)| *letter == '\\')?;
        let (behind, letter) = letters.next()?;
        Some(at..behind + letter.len_utf8())
    })
}

/// Whether YAML knows what a backslash and what is behind it mean.
fn is_known(escape: &str) -> bool {
    let Some(letter) = escape.chars().nth(1) else { return true };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return KNOWN.contains(letter),
    };
    let behind = escape.chars().skip(2).take(digits);
    behind.filter(char::is_ascii_hexdigit).count() == digits
}

fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '£' | '-' | '(' | '<'))
}

/// A text of which a part stands in quotation marks, with marks round all of it.
fn in_marks(typed: &str) -> String {
    let typed = typed.trim_end();
    let (mark, rest) = typed.split_at(1);
    // Where the text ends in the mark that it begins with, those are the outer ones, unless each is one of a pair.
    let is_outer = |inside: &str| {
        let opens = |at: usize| inside[..at].ends_with([' ', '(']);
        inside.matches(mark).count() % 2 == 1 || inside.find(mark).is_some_and(opens)
    };
    let text = rest.strip_suffix(mark).filter(|inside| is_outer(inside)).unwrap_or(typed);
    match text.contains('\'') || text.contains('\\') {
        true => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        false => format!("'{text}'"),
    }
}
