//! Characters that nobody can see: they come along when text is pasted, and make a message a riddle.

use std::ops::Range;

use super::{Code, Diagnostic, FileId, Severity, Span};

/// A character that cannot be seen, or not told from another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Invisible {
    /// Where it stands in the text.
    pub letters: Range<usize>,
    /// Where it stands again on its line.
    again: Vec<Range<usize>>,
    character: char,
    /// Whether it may be meant: it keeps a figure and what belongs to it on one line.
    may_be_meant: bool,
}

impl Invisible {
    /// What it is, for a message: `space without width (U+200B)`.
    pub fn name(&self) -> String {
        hidden(self.character).unwrap_or_else(|| format!("a control character ({})", code_point(self.character)))
    }

    /// The finding for it.
    pub fn finding(&self, file: FileId) -> Diagnostic {
        let at = Span::new(file, self.letters.clone());
        let message = format!("a character that cannot be seen stands here: {}", self.name());
        let finding = Diagnostic::error(Code::InvisibleCharacter, at, message);
        let finding = match self.in_its_place() {
            Some(with) => [&self.letters]
                .into_iter()
                .chain(&self.again)
                .fold(finding, |finding, letters| finding.mend(Span::new(file, letters.clone()), with)),
            None => finding,
        };
        match self.may_be_meant {
            true => Diagnostic { severity: Severity::Warning, ..finding }
                .help("type an ordinary space in its place; beside a figure, where it is of use, it is not told"),
            false => finding.help("delete it together with the letters beside it, and type these again"),
        }
    }
}

impl Invisible {
    /// What stands in its place without a doubt: a space for one, and nothing for what has neither width nor meaning.
    fn in_its_place(&self) -> Option<&'static str> {
        match self.character {
            _ if self.may_be_meant => Some(" "),
            '\u{ad}' | '\u{200b}' | '\u{180e}' | '\u{2060}' | '\u{feff}' => Some(""),
            _ => None,
        }
    }
}

/// The invisible characters of a text, the first of each kind on each line. A space that does not break is none beside
/// a figure: there it keeps the figure and its unit together.
pub fn invisible(text: &str) -> Vec<Invisible> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found: Vec<Invisible> = Vec::new();
    let mut line = 0;
    for (start, character) in text.char_indices() {
        if character == '\n' {
            line = start;
        }
        let letters = start..start + character.len_utf8();
        let may_be_meant = is_fixed_space(character);
        let keeps_figure = may_be_meant && is_beside_figure(text, &letters);
        if kind(character).is_none() || keeps_figure {
            continue;
        }
        let mut on_line = found.iter_mut().rev().take_while(|one| one.letters.start > line);
        match on_line.find(|one| one.character == character) {
            Some(told) => told.again.push(letters),
            None => found.push(Invisible { letters, again: Vec::new(), character, may_be_meant }),
        }
    }
    found
}

/// What a character is that cannot be seen, or is a space of another kind: `a space that does not break (U+00A0)`.
pub fn hidden(character: char) -> Option<String> {
    let is_other_space = (character.is_whitespace() && character != ' ') || character.is_control();
    let kind = kind(character).or(is_other_space.then_some("a space of another kind"))?;
    Some(format!("{kind} ({})", code_point(character)))
}

/// A text for a message, with the names of what could not be seen in it.
pub fn made_visible(text: &str) -> String {
    text.chars().map(|c| if hidden(c).is_some() { format!("⟨{}⟩", code_point(c)) } else { c.to_string() }).collect()
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", character as u32)
}

fn is_fixed_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// A digit stands beside it, or a placeholder, of which a figure is made.
fn is_beside_figure(text: &str, letters: &Range<usize>) -> bool {
    let (before, after) = (&text[..letters.start], &text[letters.end..]);
    let is_figure = |c: char| c.is_numeric();
    before.ends_with(is_figure) || before.ends_with("}}") || after.starts_with(is_figure) || after.starts_with("{{")
}

/// What an invisible character is; none where it can be seen.
fn kind(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => "a space that does not break",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' | '\u{180e}' => "a space without width",
        '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{34f}' => "a joiner without width",
        '\u{feff}' => "a byte order mark",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            "a mark of the direction of writing"
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => "a line end that editors do not show",
        '\u{2061}'..='\u{2065}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => "an empty letter",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "a mark for a variant of a letter",
        '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e007f}' => "the place of something that was left out",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_named_and_what_keeps_a_figure_together_is_not() {
        let found = |text: &str| -> Vec<String> {
            invisible(text).iter().map(|one| format!("{}: {}", one.letters.start, code_point(one.character))).collect()
        };
        assert_eq!(found("a\u{200b}b\u{200b}\n\u{feff}c"), ["1: U+200B", "9: U+FEFF"]);
        assert_eq!(found("the\u{a0}trust"), ["3: U+00A0"]);
        assert_eq!(found("5\u{a0}km, {{ facts.way }}\u{a0}miles, No.\u{a0}5, £5\u{202f}million — “café”"), [""; 0]);
        assert_eq!(made_visible("1\u{a0}000 a"), "1⟨U+00A0⟩000 a");
    }
}
