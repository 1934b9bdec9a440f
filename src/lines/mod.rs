//! The lines of a text that people write by hand: where they begin and end, and how words are put into them.

mod ends;
mod refill;

pub use ends::{with_ends_of, with_one_end};
pub use refill::refilled;

use std::ops::Range;

/// Where the line of a letter begins.
pub fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line of a letter ends, before its line end.
pub fn end_of_line(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The lines from one letter to another, with the comments right above them, which may begin no earlier than some letter.
pub fn with_comments(text: &str, letters: Range<usize>, earliest: usize) -> Range<usize> {
    let mut start = start_of_line(text, letters.start);
    while start > earliest {
        let above = start_of_line(text, start - 1);
        if above < earliest || !text[above..start].trim_start().starts_with('#') || above == 0 && is_schema(text) {
            break;
        }
        start = above;
    }
    start..end_of_line(text, letters.end)
}

/// Whether a text begins with the line that names its schema.
fn is_schema(text: &str) -> bool {
    text.starts_with("# yaml-language-server:")
}

/// What goes with lines that are taken out: their line end, and the empty lines behind them or, behind the last, above.
pub fn cut(text: &str, lines: Range<usize>, is_last: bool) -> Range<usize> {
    let behind = next_line(text, lines.end);
    let after = behind + empty(&text[behind..]);
    let above = text[..lines.start].trim_end_matches([' ', '\t', '\r', '\n']);
    let above = next_line(text, above.len()).min(lines.start);
    match (is_last, after == text.len()) {
        (true, true) => above..text.len(),
        (true, false) if above < lines.start => above..behind,
        (true, false) => lines.start..behind,
        (false, _) => lines.start..after,
    }
}

/// Where the line behind a letter begins.
pub fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// How long the empty lines are that a text begins with.
fn empty(text: &str) -> usize {
    text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum()
}

/// Whether an empty line stands right behind some letters of a line.
pub fn is_parted(text: &str, at: usize) -> bool {
    let behind = next_line(text, at);
    text[behind..].split_inclusive('\n').next().is_some_and(|line| line.trim().is_empty() && line.ends_with('\n'))
}
