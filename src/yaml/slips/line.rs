//! What may be a slip in one line of YAML, each with its mend.

use std::ops::Range;

use super::open::{Open, closing};
use super::{LINES, Slip};
use crate::diagnostic::{Code, hidden};

/// So many lines a text in quotation marks may have, where its end is looked for.
const LINES_OF_A_TEXT: usize = 6;

/// A line of a text.
pub struct Line<'t> {
    /// Where it begins.
    pub start: usize,
    /// Its letters, without its comment and the end of the line.
    pub letters: &'t str,
    /// Its letters with its comment.
    pub whole: &'t str,
}

impl<'t> Line<'t> {
    /// The lines up to the one after a place, from the first that is looked at.
    pub fn all(text: &'t str, at: usize) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut start = 0;
        for whole in text.split_inclusive('\n') {
            let letters = whole.trim_end_matches(['\n', '\r']);
            lines.push(Line { start, letters: &letters[..Open::default().read(letters)], whole: letters });
            if start > at {
                break;
            }
            start += whole.len();
        }
        lines.split_off(lines.len().saturating_sub(LINES))
    }

    /// What may be a slip in it.
    pub fn slips(&self) -> Vec<Slip> {
        [
            self.tab(),
            self.no_space_behind_colon(),
            self.no_colon(),
            self.no_space_behind_dash(),
            self.no_dash(),
            self.sign(),
            self.bracket_in_value(),
            self.nothing_between_commas(),
            self.behind_quotation(),
            self.backslash(),
            self.open_quotation(),
            self.comment_in_brackets(),
            self.open_bracket(),
            self.colon_in_value(),
        ]
        .concat()
    }

    pub fn indent(&self) -> usize {
        self.letters.len() - self.letters.trim_start_matches(' ').len()
    }

    /// Where its field begins, behind the dashes of lists.
    pub fn field(&self) -> usize {
        self.letters.len() - self.letters.trim_start_matches([' ', '-']).len()
    }

    /// The name at its beginning, as fields have one.
    fn name(&self) -> &'t str {
        let rest = &self.letters[self.field()..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        let name = &rest[..end.unwrap_or(rest.len())];
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { "" }
    }

    /// Where its value begins: behind the name, or behind the dashes.
    fn value(&self) -> usize {
        let behind = self.field() + self.name().len();
        match self.letters[behind..].strip_prefix(": ") {
            Some(rest) => self.letters.len() - rest.trim_start().len(),
            None => self.field(),
        }
    }

    pub fn slip(&self, at: Range<usize>, message: String, help: String, mend: (Range<usize>, String)) -> Slip {
        self.slip_of(at, message, help, vec![mend])
    }

    pub fn slip_of(&self, at: Range<usize>, message: String, help: String, mends: Vec<(Range<usize>, String)>) -> Slip {
        let shift = |range: Range<usize>| self.start + range.start..self.start + range.end;
        let mends = mends.into_iter().map(|(range, words)| (shift(range), words)).collect();
        Slip { code: Code::BrokenYaml, at: shift(at), message, help, is_sure: false, mends, is_beyond_doubt: false }
    }

    /// Other letters in the place of each of some.
    fn exchanged(&self, is_one: impl Fn(char) -> bool, words: &str) -> Vec<(Range<usize>, String)> {
        let found = self.letters.char_indices().filter(|(_, letter)| is_one(*letter));
        found.map(|(place, letter)| (place..place + letter.len_utf8(), words.to_owned())).collect()
    }

    /// Spaces that are none, in the indent and behind colons and dashes.
    pub fn invisible(&self) -> Vec<Slip> {
        let Some((place, letter)) = self.letters.char_indices().find(|(_, letter)| is_other_space(*letter)) else {
            return Vec::new();
        };
        let slip = self.slip_of(
            place..place + letter.len_utf8(),
            format!("a character that cannot be seen stands here: {}", hidden(letter).unwrap_or_default()),
            "delete it and type a space; such characters come with what is copied from Word or a web page".to_owned(),
            self.exchanged(is_other_space, " "),
        );
        vec![Slip { code: Code::InvisibleCharacter, is_sure: true, is_beyond_doubt: true, ..slip }]
    }

    fn tab(&self) -> Vec<Slip> {
        let Some(place) = self.letters.find('\t') else { return Vec::new() };
        let slip = |width: usize| {
            self.slip_of(
                place..place + 1,
                "a tab stands here".to_owned(),
                "indent with spaces: delete the tab, and type as many spaces as the lines beside it have".to_owned(),
                self.exchanged(|letter| letter == '\t', &" ".repeat(width)),
            )
        };
        [2, 4, 6, 8, 1, 3].into_iter().map(slip).map(|slip| Slip { is_sure: true, ..slip }).collect()
    }

    /// `target:90%`
    fn no_space_behind_colon(&self) -> Vec<Slip> {
        let (field, name) = (self.field(), self.name());
        let behind = field + name.len();
        let value = match self.letters[behind..].strip_prefix(':') {
            Some(value) if !name.is_empty() && !value.starts_with([' ', '/']) && !value.is_empty() => value,
            _ => return Vec::new(),
        };
        let slip = self.slip(
            behind..behind + 1,
            format!("a space is missing behind the colon of `{name}`"),
            format!("write `{name}: {value}`"),
            (behind + 1..behind + 1, " ".to_owned()),
        );
        vec![Slip { is_beyond_doubt: true, ..slip }]
    }

    /// `target 90%`, `target; 90%`, `target= 90%`, `target`
    fn no_colon(&self) -> Vec<Slip> {
        let (field, name) = (self.field(), self.name());
        let behind = field + name.len();
        let rest = &self.letters[behind..];
        if name.is_empty() {
            return Vec::new();
        }
        if let Some(value) = rest.strip_prefix([';', '=']) {
            let sign = &rest[..1];
            return vec![self.slip(
                behind..behind + 1,
                format!("`{sign}` stands where `{name}` needs a colon"),
                format!("write `{name}: {}`", value.trim_start()),
                (behind..self.letters.len() - value.trim_start().len(), ": ".to_owned()),
            )];
        }
        if rest.trim().is_empty() {
            return vec![self.slip(
                field..behind,
                format!("`{name}` stands alone, without a colon and a value"),
                format!("write `{name}: ` and its value, or delete the line"),
                (behind..behind, ":".to_owned()),
            )];
        }
        let Some(value) = rest.strip_prefix(' ').map(str::trim_start) else { return Vec::new() };
        vec![self.slip(
            field..behind,
            format!("a colon is missing behind `{name}`"),
            format!(
                "write `{name}: {value}`; a text that goes on from the line above is indented further than its field"
            ),
            (behind..behind, ":".to_owned()),
        )]
    }

    /// `-prose: welcome.md`, `– prose: welcome.md`
    fn no_space_behind_dash(&self) -> Vec<Slip> {
        let indent = self.indent();
        if let Some(sign) = self.letters[indent..].chars().next().filter(|sign| matches!(sign, '–' | '—' | '•')) {
            let behind = indent + sign.len_utf8();
            return vec![self.slip(
                indent..behind,
                format!("`{sign}` begins this line, where the items of a list begin with a hyphen"),
                format!("write `- {}`", self.letters[behind..].trim_start()),
                (indent..behind, "-".to_owned()),
            )];
        }
        let item = match self.letters[indent..].strip_prefix('-') {
            Some(item) if item.starts_with(|c: char| c.is_alphanumeric() || c == '{') => item,
            _ => return Vec::new(),
        };
        let slip = self.slip(
            indent..indent + 1,
            "a space is missing behind the dash of this item".to_owned(),
            format!("write `- {item}`"),
            (indent + 1..indent + 1, " ".to_owned()),
        );
        let is_beyond_doubt = !item.starts_with(|c: char| c.is_ascii_digit());
        vec![Slip { is_beyond_doubt, ..slip }]
    }

    /// `{rule: …}` at the beginning of a line, as a message offers it.
    fn no_dash(&self) -> Vec<Slip> {
        let whole = self.letters.trim_end();
        if !(whole.starts_with('{') && whole.ends_with('}') && whole.contains(": ")) {
            return Vec::new();
        }
        let slip = |dash: &str| {
            let slip = self.slip(
                0..1,
                "a record stands alone here, where a list is expected to go on".to_owned(),
                format!("write `{dash}` before it, as the items above have it"),
                (0..0, dash.to_owned()),
            );
            Slip { is_beyond_doubt: true, ..slip }
        };
        ["  - ", "- "].map(slip).to_vec()
    }

    /// A value that is or begins with a sign which means something in YAML: `*`, `-`, `%`, `@`.
    fn sign(&self) -> Vec<Slip> {
        let stops = |letter: char| matches!(letter, ',' | ']' | '}' | '[' | '{');
        let mut slips = Vec::new();
        let mut place = self.value();
        while place < self.letters.len() {
            let rest = &self.letters[place..];
            let end = match place == self.value() && !rest.starts_with(['[', '{']) {
                true => rest.len(),
                false => rest.find(stops).unwrap_or(rest.len()),
            };
            let item = &rest[..end];
            let typed = item.trim();
            let typed = typed.split_once(": ").map_or(typed, |(_, value)| value.trim());
            if matches!(typed, "-" | "?") || typed.starts_with(['*', '&', '!', '@', '`', '%']) || is_cut_short(typed) {
                let at = place + item.rfind(typed).unwrap_or_default();
                let help = match typed {
                    "-" => "write it in quotation marks, \"-\": as a figure it is nil; where there is none write n/a or no data".to_owned(),
                    "?" => "a figure that is not known yet is written no data".to_owned(),
                    "*" => "write it in quotation marks, \"*\"; a figure that is kept back is written \"[c]\"".to_owned(),
                    _ => format!("put the value in quotation marks: \"{}\"", typed.replace('"', "\\\"")),
                };
                let slip = self.slip(
                    at..at + typed.len(),
                    format!(
                        "`{}` has a meaning of its own at the beginning of a value",
                        typed.chars().next().unwrap_or(' ')
                    ),
                    help,
                    (at..at + typed.len(), quoted(typed)),
                );
                // A sign alone stands for a figure, and which one its author must say.
                slips.push(Slip { is_beyond_doubt: typed.len() > 1, ..slip });
            }
            place += end + 1;
        }
        slips
    }

    /// `[100 [p], 12]`: a mark in brackets within a list in brackets.
    fn bracket_in_value(&self) -> Vec<Slip> {
        let mark = |at: usize| {
            let inside = self.letters[at + 2..].split_once(']')?.0;
            let is_mark = (1..=2).contains(&inside.len()) && inside.bytes().all(|letter| letter.is_ascii_lowercase());
            is_mark.then_some(at + 2 + inside.len() + 1)
        };
        let found = self.letters.match_indices(" [").filter_map(|(at, _)| {
            let end = mark(at)?;
            let before = &self.letters[..at];
            let start = before.rfind(['[', '{', ',', ':'])? + 1;
            let start = start + before[start..].len() - before[start..].trim_start().len();
            (start < at).then_some((start, at, end))
        });
        let slip = |(start, at, end): (usize, usize, usize)| {
            let whole = quoted(&self.letters[start..end]);
            let slip = self.slip(
                at + 1..at + 2,
                "a value with brackets in it stands without quotation marks".to_owned(),
                format!("write {whole}"),
                (start..end, whole),
            );
            Slip { is_sure: true, is_beyond_doubt: true, ..slip }
        };
        found.map(slip).collect()
    }

    /// `[12,, 10]`
    fn nothing_between_commas(&self) -> Vec<Slip> {
        let commas: Vec<usize> = self.letters.match_indices(',').map(|(at, _)| at).collect();
        let empty = commas.windows(2).filter(|pair| self.letters[pair[0] + 1..pair[1]].trim().is_empty());
        let slip = |pair: &[usize]| {
            let slip = self.slip(
                pair[1]..pair[1] + 1,
                "nothing stands between these two commas".to_owned(),
                "write the value that belongs there, `no data` where there is none, or delete a comma".to_owned(),
                (pair[1]..pair[1] + 1, String::new()),
            );
            Slip { is_sure: true, ..slip }
        };
        empty.map(slip).collect()
    }

    /// A quotation mark that is not closed on its line.
    fn open_quotation(&self) -> Vec<Slip> {
        let open = Open::after(self.letters);
        let Some((place, mark)) = open.quotation else { return Vec::new() };
        let rest = self.letters[place..].trim_end();
        // It closes at the end of the line, or before the brackets there, or before the next field; or the brackets do, too.
        let mut ends: Vec<(usize, String)> = vec![(rest.trim_end_matches([']', '}']).len(), mark.to_string())];
        ends.extend(rest.match_indices(", ").map(|(comma, _)| (comma, mark.to_string())));
        ends.push((rest.len(), mark.to_string()));
        ends.push((rest.len(), format!("{mark}{}", open.closing())));
        let slip = |(end, words): (usize, String)| {
            let example = format!("{}{words}", &rest[..end]);
            self.slip(
                place..place + 1,
                NOT_CLOSED.to_owned(),
                format!("close it: {example}"),
                (place + end..place + end, words),
            )
        };
        ends.into_iter().map(slip).collect()
    }

    /// `{name: Ward #2, values: 12}`: what closes the brace is taken for a comment.
    fn comment_in_brackets(&self) -> Vec<Slip> {
        let open = Open::after(self.letters);
        let Some((bracket, _)) = self.unclosed(&open) else { return Vec::new() };
        let comment = &self.whole[self.letters.len()..];
        let Some(end) = comment.find([',', ']', '}']) else { return Vec::new() };
        let before = &self.letters[bracket + 1..];
        let start = [": ", ", "].iter().filter_map(|sign| Some(before.rfind(sign)? + sign.len())).max().unwrap_or(0);
        let value = bracket + 1 + start..self.letters.len() + end;
        let sign = self.whole.len() - comment.trim_start().len();
        let text = quoted(self.whole[value.clone()].trim());
        vec![self.slip(
            sign..value.end,
            "a # behind a space begins a comment, and the rest of the line is not read".to_owned(),
            format!("put the text in quotation marks: {text}"),
            (value, text),
        )]
    }

    /// A bracket or brace that is not closed: before those that are, or at the end of the line.
    fn open_bracket(&self) -> Vec<Slip> {
        let open = Open::after(self.letters);
        let Some((place, bracket)) = self.unclosed(&open) else { return Vec::new() };
        let (closing, called) = (closing(bracket), if bracket == '[' { "bracket" } else { "brace" });
        let whole = self.letters.trim_end().trim_end_matches(',');
        let slip = |end: usize| {
            self.slip(
                place..place + 1,
                format!("the {called} that opens here is not closed"),
                format!("close it with `{closing}`: {}{closing}", &self.letters[place..end]),
                (end..if end == whole.len() { self.letters.len() } else { end }, closing.to_string()),
            )
        };
        [whole.trim_end_matches([']', '}']).len(), whole.len()].into_iter().map(slip).collect()
    }

    /// The last bracket that is not closed by its like.
    fn unclosed(&self, open: &Open) -> Option<(usize, char)> {
        if open.quotation.is_some() {
            return None;
        }
        let closed = self.letters.trim_end().trim_end_matches([',', ' ']);
        let without = &closed[..closed.trim_end_matches([']', '}']).len()];
        let inside = Open::after(without);
        let ends = &closed[without.len()..];
        // What closes at the end is not what closes the last one that opened.
        match (inside.brackets.last(), ends.chars().next()) {
            (Some((place, bracket)), Some(end)) if closing(*bracket) != end => Some((*place, *bracket)),
            _ => open.brackets.last().copied(),
        }
    }

    /// `title: Libraries: a story`
    fn colon_in_value(&self) -> Vec<Slip> {
        let value = self.value();
        let typed = self.letters[value..].trim_end();
        let is_bare = !typed.starts_with(['"', '\'', '[', '{', '|', '>']);
        if value == self.field() || !is_bare || !(typed.contains(": ") || typed.ends_with(':')) {
            return self.colon_in_a_list();
        }
        let slip = self.slip(
            value..value + typed.len(),
            "a value with a colon in it stands without quotation marks".to_owned(),
            format!("write {}: {}", self.name(), quoted(typed)),
            (value..value + typed.len(), quoted(typed)),
        );
        vec![Slip { is_beyond_doubt: true, ..slip }]
    }

    /// `{value: 3 source: staff-list}`: a figure, behind which another field begins.
    fn no_comma(&self, at: usize, value: &str) -> Option<Slip> {
        let (head, _) = value.split_once(": ")?;
        let (figure, name) = head.rsplit_once(' ')?;
        let is_whole = figure.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '"' | ')'));
        let start = at + figure.len();
        (is_whole && is_field_name(name)).then(|| {
            self.slip(
                start + 1..start + 1 + name.len(),
                format!("a comma is missing before `{name}`"),
                format!("write {figure}, {name}:"),
                (start..start, ",".to_owned()),
            )
        })
    }

    /// `{title: Libraries: a story}`
    fn colon_in_a_list(&self) -> Vec<Slip> {
        let mut slips = Vec::new();
        let mut place = 0;
        for piece in self.letters.split_inclusive([',', '{', '[', '}', ']']) {
            let bare = piece.trim_end_matches([',', '{', '[', '}', ']']);
            if let Some((name, value)) = bare.split_once(": ") {
                let value = value.trim();
                if value.contains(": ") && !value.starts_with(['"', '\'']) {
                    let at = place + name.len() + bare[name.len()..].find(value).unwrap_or_default();
                    slips.extend(self.no_comma(at, value));
                    slips.push(self.slip(
                        at..at + value.len(),
                        "a value with a colon in it stands without quotation marks".to_owned(),
                        format!("write {}: {}", name.trim(), quoted(value)),
                        (at..at + value.len(), quoted(value)),
                    ));
                }
            }
            place += piece.len();
        }
        slips
    }
}

/// `>95%` opens a text of several lines in YAML, and `#REF!` a remark.
fn is_cut_short(typed: &str) -> bool {
    let behind = |sign: char| typed.strip_prefix(sign).map(|rest| rest.trim_start_matches(['+', '-', '=']));
    behind('>')
        .or_else(|| behind('|'))
        .is_some_and(|rest| !rest.trim_start_matches(|c: char| c.is_ascii_digit()).is_empty())
        || behind('>').is_some_and(|rest| rest.len() > 1)
        || typed.starts_with("#") && typed.ends_with(['!', '?', 'A'])
}

/// Whether a text is a name as fields have one.
fn is_field_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// What is said of a quotation mark that opens and does not close.
const NOT_CLOSED: &str = "the quotation mark that opens here is not closed";

/// Quotation marks that are not closed on their lines, each closed at the end of one of the next lines, from the last.
pub fn open_quotations(lines: &[Line]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (place, line) in lines.iter().enumerate().rev() {
        let Some((at, mark)) = Open::after(line.letters).quotation else { continue };
        let following = lines[place + 1..].iter().take(LINES_OF_A_TEXT);
        for next in following.take_while(|next| !next.letters.contains(mark)) {
            let end = next.start + next.letters.trim_end().len() - line.start;
            slips.push(line.slip(
                at..at + 1,
                NOT_CLOSED.to_owned(),
                format!("close it where its text ends: {}{mark}", next.letters.trim()),
                (end..end, mark.to_string()),
            ));
        }
    }
    slips
}

/// Whether a letter is a space that is none, which no file of a report needs outside of texts.
fn is_other_space(letter: char) -> bool {
    // Ends of lines part what stands before and after them, and are no spaces.
    !matches!(letter, '\t' | '\u{85}' | '\u{2028}' | '\u{2029}') && hidden(letter).is_some()
}

/// A value in quotation marks.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
