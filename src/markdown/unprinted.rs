//! Nothing that was typed is lost: what a Markdown text holds is printed or refused.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span};

/// Tells of words in none of the stretches that were read.
pub fn report(file: FileId, text: &str, mut read: Vec<Range<usize>>, findings: &mut Findings) {
    read.push(text.len()..text.len());
    read.sort_by_key(|range| range.start);
    let mut end = 0;
    for range in read {
        if end < range.start {
            report_between(file, text, end..range.start, findings);
        }
        end = end.max(range.end);
    }
}

fn report_between(file: FileId, text: &str, between: Range<usize>, findings: &mut Findings) {
    // What stands between is mostly marks: of quotations, lists and strong words.
    let is_word = |c: char| c.is_alphanumeric();
    let Some(first) = text[between.clone()].find(is_word) else { return };
    let last = text[between.clone()].rfind(is_word).unwrap_or(first);
    let before = &text[..between.start + first];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let definition =
        before[line_start..].rfind('[').map(|bracket| line_start + bracket).filter(|at| *at >= between.start);
    let end = between.start + last + text[between.start + last..].chars().next().map_or(1, char::len_utf8);
    let at = Span::new(file, definition.unwrap_or(between.start + first)..end);
    findings.push(match definition {
        Some(_) => Diagnostic::error(
            Code::NotPrinted,
            at,
            "this would not be printed: words in square brackets with a colon behind them are the address of a link, which no link names",
        )
        .help("to print it write \\[ in place of [; remove it if it is an address that is no longer used"),
        None => Diagnostic::error(Code::NotPrinted, at, "these words would not be printed")
            .help("write them as a paragraph of their own"),
    });
}
