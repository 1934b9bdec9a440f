//! Writes into a Markdown text, and changes nothing else: the twin of its reader.
//!
//! In: a text, the block that stands at a place, and what is to become of it. Out: the new text, or why Markdown leaves no
//! room for it. Each new text is read again: every other block must say what it said, and the new one what was meant.

mod arrange;

pub use arrange::{duplicate, insert, remove, shift};

use std::ops::Range;

use super::outline::{Piece, Within, definitions, outline};
use crate::lines::{refilled, start_of_line};

/// Why a change cannot be made, in the author's words.
pub type NoRoom = String;

/// Nothing stands where a change was to be made.
const GONE: &str = "no paragraph, heading or entry stands here any more";

/// What to expect where a text is read otherwise than it is meant.
const OTHERWISE: &str = "the text would be read otherwise than it is meant, or would change what stands beside it";

/// The block that some letters stand in.
pub fn block_at(text: &str, letters: &Range<usize>) -> Option<Piece> {
    outline(text).into_iter().find(|piece| piece.at.start <= letters.start && letters.end <= piece.at.end)
}

/// The source of a block, without the signs of the lists and quotations that it stands in.
pub fn source_of(text: &str, piece: &Piece) -> String {
    lines_of(text, piece).join("\n")
}

/// Puts Markdown in the place of a block, or of several that follow each other: what was typed as one may have become more. A
/// text of nothing takes them out.
pub fn set(text: &str, letters: &Range<usize>, new: &str) -> Result<String, NoRoom> {
    let before = outline(text);
    let holds = |at: usize| move |piece: &Piece| piece.at.start <= at && at <= piece.at.end;
    let place = before.iter().position(holds(letters.start)).ok_or(GONE)?;
    let last = place + before[place..].iter().position(holds(letters.end)).ok_or(GONE)?;
    let own = &Piece { at: before[place].at.start..before[last].at.end, ..before[place].clone() };
    let new = new.replace("\r\n", "\n");
    let new = new.trim_matches('\n').trim_end();
    if new.trim().is_empty() {
        let out = |text: String, place| arrange::take_out(&text, &outline(&text), place);
        return (place..=last).rev().try_fold(text.to_owned(), out);
    }
    if new == source_of(text, own) {
        return Ok(text.to_owned());
    }
    let old = lines_of(text, own);
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let lines = arranged(&old, is_wrapped(text, &before, own), new);
    let prefix = prefix_of(text, own.at.start);
    let lead = |line: &String| if line.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{line}") };
    let lines: Vec<String> =
        lines.iter().enumerate().map(|(place, line)| if place == 0 { line.clone() } else { lead(line) }).collect();
    let written = format!("{}{}{}", &text[..own.at.start], lines.join(line_end(text)), &text[own.at.end..]);
    let after = outline(&written);
    let meant = outline(new);
    let expected = before[..place].iter().chain(&meant).chain(&before[last + 1..]);
    let depths = before[..place].iter().map(depth).chain(meant.iter().map(|one| depth(own) + depth(one)));
    let depths = depths.chain(before[last + 1..].iter().map(depth));
    let is_meant = !meant.is_empty()
        && after.iter().map(said).eq(expected.map(said))
        && after.iter().map(depth).eq(depths)
        && definitions(text) == definitions(&written);
    if is_meant { Ok(written) } else { Err(OTHERWISE.to_owned()) }
}

/// Puts other letters in the place of some of a block: a figure that a text states.
pub fn set_letters(text: &str, letters: &Range<usize>, new: &str) -> Result<String, NoRoom> {
    let own = block_at(text, letters).ok_or(GONE)?;
    let before = &text[own.at.start..letters.start];
    let new = format!("{before}{}{}", new.trim(), &text[letters.end..own.at.end]);
    let prefix = prefix_of(text, own.at.start);
    let bare: Vec<&str> = new.lines().map(|line| line.strip_prefix(prefix.as_str()).unwrap_or(line)).collect();
    set(text, &own.at, &bare.join("\n"))
}

/// What a block says, and as what.
fn said(piece: &Piece) -> (Option<u8>, &str) {
    (piece.heading, &piece.says)
}

fn depth(piece: &Piece) -> usize {
    piece.within.len()
}

/// The lines of new words: those before where these were wrapped, and on one line each paragraph where they were not.
fn arranged(old: &[&str], is_wrapped: bool, new: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (place, paragraph) in new.split("\n\n").enumerate() {
        lines.extend((place > 0).then(String::new));
        let own: Vec<&str> = paragraph.lines().collect();
        // What is typed as a list, or ends its lines on purpose, keeps the lines that it was typed in.
        let is_formed = own.iter().any(|line| begins_block(line) || line.ends_with('\\') || line.ends_with("  "));
        let words = || own.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        match (is_formed, is_wrapped) {
            (true, _) => lines.extend(own.iter().map(|line| (*line).to_owned())),
            (false, false) => lines.push(words()),
            (false, true) => {
                let old = if place == 0 { old } else { &[] };
                lines.extend(refilled(old, &words(), |piece| !begins_block(piece)));
            }
        }
    }
    lines
}

/// Whether a block is wrapped by hand: it is, or it has room on one line where others are.
fn is_wrapped(text: &str, all: &[Piece], own: &Piece) -> bool {
    let has_lines =
        |piece: &&Piece| piece.heading.is_none() && !piece.says.contains('\n') && text[piece.at.clone()].contains('\n');
    let is_long = |piece: &Piece| text[piece.at.clone()].lines().any(|line| line.chars().count() > 120);
    own.heading.is_none() && (has_lines(&own) || all.iter().any(|piece| has_lines(&piece)) && !all.iter().any(is_long))
}

/// Whether a word, or a line, begins a block of its own where it begins a line.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    let word = line.split(' ').next().unwrap_or_default();
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_rule = !word.is_empty() && word.chars().all(|c| matches!(c, '=' | '-' | '*' | '_'));
    matches!(word, "-" | "*" | "+") || is_number || is_rule || line.starts_with(['#', '>', '|'])
}

/// The lines of a block without what they begin with in lists and quotations.
fn lines_of(text: &str, piece: &Piece) -> Vec<String> {
    let prefix = prefix_of(text, piece.at.start);
    let bare = |line: &str| {
        let common = line.bytes().zip(prefix.bytes()).take_while(|(one, other)| one == other).count();
        line[common..].to_owned()
    };
    text[piece.at.clone()]
        .lines()
        .enumerate()
        .map(|(place, line)| if place == 0 { line.to_owned() } else { bare(line) })
        .collect()
}

/// What the lines behind the first of a block begin with: spaces for the signs of lists, the signs of quotations.
fn prefix_of(text: &str, start: usize) -> String {
    text[start_of_line(text, start)..start].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect()
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, at: &str, new: &str) -> Result<String, NoRoom> {
        let start = text.find(at).unwrap();
        set(text, &(start..start + at.len()), new)
    }

    fn expect(text: &str, at: &str, new: &str, after: &str) {
        assert_eq!(with(text, at, new).as_deref(), Ok(after), "{text}");
    }

    #[test]
    fn a_block_changes_and_its_neighbours_do_not() {
        let text = "## One\n\nTwo **three**.\n\n- four\n  - five\n- six\n\n> seven\n> eight\n";
        expect(text, "Two", "Two *and* three.", &text.replace("Two **three**.", "Two *and* three."));
        expect(text, "One", "### Two", &text.replace("## One", "### Two"));
        expect(text, "five", "fifty", &text.replace("five", "fifty"));
        expect(text, "seven", "seven\nnine", &text.replace("eight", "nine"));
        expect(text, "six", "six\n\nand more", &text.replace("- six", "- six\n\n  and more"));
        expect("a\r\n\r\nb\r\n", "b", "b c", "a\r\n\r\nb c\r\n");
        expect("a\n\nb", "a", "a\n\n- c\n- d", "a\n\n- c\n- d\n\nb");
    }

    /// Who types on in what has become several blocks has all of them before them.
    #[test]
    fn several_blocks_are_typed_on_as_one() {
        let text = "a\n\none\n\n- two\n- three\n\nb\n";
        let typed = "one\n\n- two\n- three";
        expect(text, typed, "one\n\n- two\n- three and", "a\n\none\n\n- two\n- three and\n\nb\n");
        expect(text, typed, "one\n\ntwo", "a\n\none\n\ntwo\n\nb\n");
        expect(text, typed, typed, text);
        expect(text, typed, "", "a\n\nb\n");
        expect("> a\n>\n> b\n", "a\n>\n> b", "a\n\nc", "> a\n>\n> c\n");
        expect("a\r\n\r\nb\r\n", "a\r\n\r\nb", "a\n\nbc", "a\r\n\r\nbc\r\n");
    }

    #[test]
    fn a_paragraph_keeps_its_way_of_being_wrapped() {
        let wrapped =
            "The bus stops in five villages and carries many books,\nfilms and newspapers to everybody.\n\nMore.\n";
        let text = "The bus stops in six villages and carries many books, films and newspapers to everybody.";
        expect(wrapped, "The bus", text, &wrapped.replace("five", "six"));
        expect("One line stays.\n", "One", "One line\nstays one.", "One line stays one.\n");
        expect("a\\\nb\n", "a", "a\\\nc", "a\\\nc\n");
        expect("it grew\nby much\n", "it", "it grew by - 5", "it grew\nby - 5\n");
    }

    #[test]
    fn what_would_be_read_otherwise_is_refused() {
        assert!(with("a\n\nb\n", "a", "```").is_err());
        assert!(with("a\n\n[x] b\n", "a", "[x]: https://example.org").is_err());
    }

    #[test]
    fn an_emptied_block_goes_with_one_empty_line() {
        expect("a\n\nb\n\nc\n", "b", "", "a\n\nc\n");
        expect("a\n\nb\n", "b", " ", "a\n");
        expect("- a\n- b\n", "a", "", "- b\n");
        expect("> a\n>\n> b\n>\n> c\n", "b", "", "> a\n>\n> c\n");
        expect("> a\n>\n> b\n", "a", "", "> b\n");
        expect("- a\n\n  b\n- c\n", "b", "", "- a\n- c\n");
        assert!(with("- a\n  - b\n", "a", "").is_err(), "what stands under an entry does not go with its words");
    }

    #[test]
    fn the_source_of_a_block_has_no_signs_of_others() {
        let text = "> - a\n>   b\n";
        assert_eq!(source_of(text, &outline(text)[0]), "a\nb");
    }
}
