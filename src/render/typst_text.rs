//! Writes texts of a view as Typst string literals, and says in them where a line may end.
//!
//! A figure and its sign or the first word of its unit are never parted by the end of a line, and a word that is longer than
//! any line may go on in the next. What is put in for that is not seen, and is no part of the text.

use std::cell::RefCell;
use std::io::{Result, Write};
use std::sync::Arc;

use tera::{Kwargs, TeraResult};

use super::line_ends::begin_of_unit;
use crate::letters::stands_alone;
use crate::wording::Wording;

/// Lets no line end where it stands.
const JOINER: char = '\u{2060}';
/// Lets a line end where it stands.
const BREAK: char = '\u{200b}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// Words of so many letters are broken where a line ends; no word of a dictionary is so long.
const LONG: usize = 30;

thread_local! {
    /// The words of the language that a template writes in. The engine's function that writes literals is given the text
    /// alone; a template is written by a thread of its own.
    static WRITING: RefCell<Arc<Wording>> = RefCell::new(Arc::clone(Wording::english()));
}

/// From here on this thread writes texts of a language, whose units stay with their figures.
pub fn write_in(wording: Arc<Wording>) {
    WRITING.set(wording);
}

/// Writes a text as a string literal: nothing inside it can become markup or code.
pub fn write_literal(text: &str, out: &mut dyn Write) -> Result<()> {
    out.write_all(b"\"")?;
    match needs_no_word(text) {
        true => write_escaped(text, out)?,
        false => write_escaped(&WRITING.with_borrow(|wording| with_line_ends(wording, text)), out)?,
    }
    out.write_all(b"\"")
}

/// A name as a string literal, letter by letter.
pub fn name_literal(name: &str) -> String {
    let mut written = Vec::new();
    // Memory can always be written.
    let _ = write_escaped(name, &mut written);
    format!("\"{}\"", String::from_utf8_lossy(&written))
}

/// Whether nothing has to be put in: most texts are short words, and addresses and paths stay as they are.
fn needs_no_word(text: &str) -> bool {
    let is_address = !text.contains(' ') && text.contains(['/', ':', '@', '#', '.']);
    let has_figure = || text.bytes().any(|byte| byte.is_ascii_digit());
    is_address && !has_sign(text) || text.len() < LONG && !has_figure()
}

fn has_sign(text: &str) -> bool {
    text.starts_with(['-', '−', '+'])
}

/// The text with what says where lines may and may not end.
fn with_line_ends(wording: &Wording, text: &str) -> String {
    let mut joined = String::with_capacity(text.len() + 8);
    let mut letters = 0;
    let mut before = None;
    for (at, char) in text.char_indices() {
        let rest = &text[at + char.len_utf8()..];
        letters = if stands_alone(char) { letters + 1 } else { 0 };
        // In a word that is too long a line may end anywhere, so that what comes before it fills its line.
        if letters == 1 && is_long(&text[at..]) || letters > 1 && joined.ends_with(BREAK) {
            joined.push(char);
            if rest.starts_with(stands_alone) {
                joined.push(BREAK);
            }
        } else if char == ' ' {
            let after_figure = before.is_some_and(|before: char| before.is_ascii_digit());
            let is_kept = after_figure && begin_of_unit(wording, &text[at..]).is_some();
            joined.push(if is_kept { NO_BREAK_SPACE } else { char });
        } else {
            joined.push(char);
            if parts_a_figure(before, char, rest) {
                joined.push(JOINER);
            }
        }
        before = Some(char);
    }
    joined
}

/// The filter `line_ends` of templates: a text that is written as it stands or, with `after`, right after a figure.
pub fn filter(wording: &Wording, text: &str, arguments: &Kwargs) -> TeraResult<String> {
    let after = arguments.get::<bool>("after")?.unwrap_or_default();
    let is_unit = after && begin_of_unit(wording, text).is_some();
    Ok(if is_unit { text.replacen(' ', NO_BREAK_SPACE.encode_utf8(&mut [0; 2]), 1) } else { text.to_owned() })
}

fn is_long(text: &str) -> bool {
    text.chars().take_while(|char| stands_alone(*char)).take(LONG).count() == LONG
}

/// Whether a line must not end behind this sign: a plus or minus before an amount, or the dash of a range.
fn parts_a_figure(before: Option<char>, sign: char, rest: &str) -> bool {
    let amount = rest.strip_prefix(['£', '$', '€']).unwrap_or(rest);
    let is_amount = amount.starts_with(|first: char| first.is_ascii_digit());
    match sign {
        '-' | '−' | '+' => is_amount && !before.is_some_and(char::is_alphanumeric),
        '–' => is_amount && before.is_some_and(|before| before.is_ascii_digit()),
        _ => false,
    }
}

fn write_escaped(text: &str, out: &mut dyn Write) -> Result<()> {
    for piece in text.split_inclusive(['"', '\\']) {
        let (plain, special) = match piece.strip_suffix(['"', '\\']) {
            Some(plain) => (plain, &piece[plain.len()..]),
            None => (piece, ""),
        };
        out.write_all(plain.as_bytes())?;
        if !special.is_empty() {
            write!(out, "\\{special}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn literal(text: &str) -> String {
        let mut written = Vec::new();
        write_literal(text, &mut written).expect("memory can be written");
        String::from_utf8(written).expect("a text")
    }

    /// `~` stands for a space at which no line ends, `^` for what joins, `|` for where a long word may be broken.
    fn check(text: &str, expected: &str) {
        let shown = literal(text).replace(NO_BREAK_SPACE, "~").replace(JOINER, "^").replace(BREAK, "|");
        assert_eq!(shown, format!("\"{expected}\""), "{text}");
    }

    #[test]
    fn a_figure_stays_with_its_sign_and_its_unit() {
        check("a loss of -£5,250 in May", "a loss of -^£5,250 in May");
        check("(−3%) and 10–12", "(−^3%) and 10–^12");
        check("12.4 weeks, £4.5 million and 5 %", "12.4~weeks, £4.5~million and 5~%");
        check("Up 11.7 percentage points on 20 working days", "Up 11.7~percentage points on 20~working days");
        check("-£5.50", "-^£5.50");
        check("was £540,000, +£18,000", "was £540,000, +^£18,000");
    }

    #[test]
    fn what_is_no_figure_stays_as_it_is() {
        check("2016-17, mid-17 and 3 weekly returns", "2016-17, mid-17 and 3 weekly returns");
        check("a “quoted” \"word\" \\ here", "a “quoted” \\\"word\\\" \\\\ here");
        check("https://example.org/an-address-with-12-parts", "https://example.org/an-address-with-12-parts");
    }

    #[test]
    fn a_word_that_is_longer_than_any_line_may_be_broken_and_no_other() {
        let long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
        let broken: Vec<String> = long.chars().map(String::from).collect();
        check(&format!("in {long}, Wales"), &format!("in {}, Wales", broken.join("|")));
        check("internationalisation of counter-revolutionaries", "internationalisation of counter-revolutionaries");
        // These have ends of lines of their own, or shapes that go by their neighbours.
        let unspaced = "図書館はこれからもだれもが気軽に立ち寄り静かに本を読み新しいことを学べる場所です";
        check(unspaced, unspaced);
        check("pictures/averyveryveryverylongnameofafile.svg", "pictures/averyveryveryverylongnameofafile.svg");
    }

    proptest! {
        #[test]
        fn nothing_that_is_seen_is_added_or_lost(text in "[a-zA-Z0-9 £%.,()−–/\"\\\\-]{0,80}") {
            let shown = literal(&text).replace([JOINER, BREAK], "").replace(NO_BREAK_SPACE, " ");
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            prop_assert_eq!(shown, format!("\"{escaped}\""));
        }
    }
}
