//! What was probably meant where a text is no YAML.
//!
//! A parser notices a slip where it can no longer go on, which may be lines behind it, and says so in words of its own.
//! So the slips that people make are looked for in the lines up to there, from the nearest, each with its mend; and one
//! is told only where the text, mended so, can be read further than before.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, FileId, Span, floor_char, hidden};

/// So many lines before the one that cannot be read are looked at: an open bracket or quotation mark is noticed later.
const LINES: usize = 60;
/// So many mends are tried for one slip: each is read from the beginning.
const MOST_TRIES: usize = 60;
/// So many slips are told of one text.
const MOST_SLIPS: usize = 20;

/// A slip, and how it is mended.
#[derive(Clone)]
struct Slip {
    code: Code,
    /// Where it is told.
    at: Range<usize>,
    message: String,
    help: String,
    /// What is put in the place of what.
    mend: (Range<usize>, String),
}

impl Slip {
    /// The text without the slip.
    fn mended(&self, text: &str) -> String {
        let (range, words) = &self.mend;
        format!("{}{words}{}", &text[..range.start], &text[range.end..])
    }

    /// What its author is told.
    fn told(&self, file: FileId, at: Range<usize>) -> Diagnostic {
        let at = Span::new(file, at.start..at.end.max(at.start + 1));
        Diagnostic::error(self.code, at, self.message.clone()).help(self.help.clone())
    }
}

/// The slips of a text that cannot be read because of a fault, each in its place. `reread` says what is wrong with
/// another text.
pub fn slips(
    file: FileId,
    text: &str,
    fault: &Diagnostic,
    reread: impl Fn(&str) -> Option<Box<Diagnostic>>,
) -> Vec<Diagnostic> {
    // What is readable and not used in reports is no slip.
    let place = |fault: &Diagnostic| {
        let at = fault.at.filter(|_| fault.code == Code::BrokenYaml);
        at.map_or(usize::MAX, |at| at.letters().start)
    };
    let read_to = |text: &str| reread(text).map_or(usize::MAX, |fault| place(&fault));
    let (mut mended, mut mends, mut told) = (text.to_owned(), Vec::new(), Vec::new());
    let mut at = place(fault);
    while let Some(slip) = slip(&mended, at, read_to).filter(|_| told.len() < MOST_SLIPS) {
        let at_first = mends.iter().rev().fold(slip.at.clone(), before);
        told.push(slip.told(file, at_first));
        mended = slip.mended(&mended);
        at = read_to(&mended);
        mends.push(slip.mend);
    }
    told
}

/// Where a place was before a text was mended.
fn before(place: Range<usize>, (range, words): &(Range<usize>, String)) -> Range<usize> {
    let at = |place: usize| match place {
        place if place <= range.start => place,
        place if place < range.start + words.len() => place.min(range.end),
        place => place + range.len() - words.len(),
    };
    at(place.start)..at(place.end)
}

/// The slip because of which a text cannot be read further than to a place; none where it can be read whole. `read_to`
/// gives the place to which another text can be read.
fn slip(text: &str, at: usize, read_to: impl Fn(&str) -> usize) -> Option<Slip> {
    if at > text.len() {
        return None;
    }
    let at = floor_char(text, at);
    let end_of_line = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let lines: Vec<Line> = Line::all(text, at);
    let reached = |slip: &Slip| {
        let mended = slip.mended(text);
        (read_to(&mended).saturating_add(text.len())).saturating_sub(mended.len())
    };
    // A character that nobody sees comes before what it looks like.
    let unseen = lines.iter().rev().flat_map(|line| line.invisible());
    let others = lines.iter().rev().flat_map(Line::slips);
    let indents = indents(&lines);
    let mut tried = unseen.chain(others).chain(indents).take(MOST_TRIES).map(|slip| (reached(&slip), slip));
    let (first, slip) = tried.find(|(reached, _)| *reached > end_of_line)?;
    // Of several mends for one slip it is the one that leads furthest.
    let others = tried.take_while(|(_, other)| other.at == slip.at && other.message == slip.message);
    let best = others.filter(|(reached, _)| *reached > first).max_by_key(|(reached, _)| *reached);
    Some(best.map_or(slip.clone(), |(_, other)| other))
}

/// A line of a text.
struct Line<'t> {
    /// Where it begins.
    start: usize,
    /// Its letters, without the end of the line.
    letters: &'t str,
}

impl<'t> Line<'t> {
    /// The lines up to the one after a place, from the first that is looked at.
    fn all(text: &'t str, at: usize) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut start = 0;
        for whole in text.split_inclusive('\n') {
            lines.push(Line { start, letters: whole.trim_end_matches(['\n', '\r']) });
            if start > at {
                break;
            }
            start += whole.len();
        }
        lines.split_off(lines.len().saturating_sub(LINES))
    }

    /// What may be a slip in it.
    fn slips(&self) -> Vec<Slip> {
        [
            self.tab(),
            self.no_space_behind_colon(),
            self.no_colon(),
            self.no_space_behind_dash(),
            self.sign(),
            self.open_quotation(),
            self.open_bracket(),
            self.colon_in_value(),
        ]
        .concat()
    }

    fn indent(&self) -> usize {
        self.letters.len() - self.letters.trim_start_matches(' ').len()
    }

    /// Where its field begins, behind the dashes of lists.
    fn field(&self) -> usize {
        self.letters.len() - self.letters.trim_start_matches([' ', '-']).len()
    }

    /// The name at its beginning, as fields have one.
    fn name(&self) -> &'t str {
        let rest = &self.letters[self.field()..];
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_'));
        let name = &rest[..end.unwrap_or(rest.len())];
        if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { "" }
    }

    /// Where its value begins: behind the name, or behind the dashes.
    fn value(&self) -> usize {
        let behind = self.field() + self.name().len();
        match self.letters[behind..].strip_prefix(": ") {
            Some(rest) => self.letters.len() - rest.trim_start().len(),
            None => self.field(),
        }
    }

    fn slip(&self, at: Range<usize>, message: String, help: String, mend: (Range<usize>, String)) -> Slip {
        let shift = |range: Range<usize>| self.start + range.start..self.start + range.end;
        Slip { code: Code::BrokenYaml, at: shift(at), message, help, mend: (shift(mend.0), mend.1) }
    }

    /// Spaces that are none, in the indent and behind colons and dashes.
    fn invisible(&self) -> Vec<Slip> {
        let Some((place, letter)) = self.letters.char_indices().find(|(_, letter)| is_other_space(*letter)) else {
            return Vec::new();
        };
        let plain: String =
            self.letters.chars().map(|letter| if is_other_space(letter) { ' ' } else { letter }).collect();
        let slip = self.slip(
            place..place + letter.len_utf8(),
            format!("a character that cannot be seen stands here: {}", hidden(letter).unwrap_or_default()),
            "delete it and type a space; such characters come with what is copied from Word or a web page".to_owned(),
            (0..self.letters.len(), plain),
        );
        vec![Slip { code: Code::InvisibleCharacter, ..slip }]
    }

    fn tab(&self) -> Vec<Slip> {
        let Some(place) = self.letters.find('\t') else { return Vec::new() };
        let slip = |width: usize| {
            self.slip(
                place..place + 1,
                "a tab stands here".to_owned(),
                "indent with spaces: delete the tab, and type as many spaces as the lines beside it have".to_owned(),
                (0..self.letters.len(), self.letters.replace('\t', &" ".repeat(width))),
            )
        };
        [2, 4, 6, 8, 1, 3].into_iter().map(slip).collect()
    }

    /// `target:90%`
    fn no_space_behind_colon(&self) -> Vec<Slip> {
        let (field, name) = (self.field(), self.name());
        let behind = field + name.len();
        let value = match self.letters[behind..].strip_prefix(':') {
            Some(value) if !name.is_empty() && !value.starts_with([' ', '/']) && !value.is_empty() => value,
            _ => return Vec::new(),
        };
        vec![self.slip(
            behind..behind + 1,
            format!("a space is missing behind the colon of `{name}`"),
            format!("write `{name}: {value}`"),
            (behind + 1..behind + 1, " ".to_owned()),
        )]
    }

    /// `target 90%`
    fn no_colon(&self) -> Vec<Slip> {
        let (field, name) = (self.field(), self.name());
        let behind = field + name.len();
        let value = match self.letters[behind..].strip_prefix(' ') {
            Some(value) if !name.is_empty() => value.trim_start(),
            _ => return Vec::new(),
        };
        vec![self.slip(
            field..behind,
            format!("a colon is missing behind `{name}`"),
            format!(
                "write `{name}: {value}`; a text that goes on from the line above is indented further than its field"
            ),
            (behind..behind, ":".to_owned()),
        )]
    }

    /// `-prose: welcome.md`
    fn no_space_behind_dash(&self) -> Vec<Slip> {
        let indent = self.indent();
        let item = match self.letters[indent..].strip_prefix('-') {
            Some(item) if item.starts_with(|c: char| c.is_alphanumeric() || c == '{') => item,
            _ => return Vec::new(),
        };
        vec![self.slip(
            indent..indent + 1,
            "a space is missing behind the dash of this item".to_owned(),
            format!("write `- {item}`"),
            (indent + 1..indent + 1, " ".to_owned()),
        )]
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
            if typed == "-" || typed.starts_with(['*', '&', '!', '@', '`', '%']) {
                let at = place + item.rfind(typed).unwrap_or_default();
                let help = match typed {
                    "-" => "write it in quotation marks, \"-\": as a figure it is nil; where there is none write n/a or no data".to_owned(),
                    "*" => "write it in quotation marks, \"*\"; a figure that is kept back is written \"[c]\"".to_owned(),
                    _ => format!("put the value in quotation marks: \"{}\"", typed.replace('"', "\\\"")),
                };
                slips.push(self.slip(
                    at..at + typed.len(),
                    format!(
                        "`{}` has a meaning of its own at the beginning of a value",
                        typed.chars().next().unwrap_or(' ')
                    ),
                    help,
                    (at..at + typed.len(), quoted(typed)),
                ));
            }
            place += end + 1;
        }
        slips
    }

    /// A quotation mark that is not closed on its line.
    fn open_quotation(&self) -> Vec<Slip> {
        let Some((place, mark)) = open_quotation(self.letters) else { return Vec::new() };
        let rest = &self.letters[place..];
        // It closes at the end of the line, or before the brackets there, or before the next field.
        let bare = rest.trim_end();
        let mut ends: Vec<usize> = vec![bare.trim_end_matches([']', '}']).len()];
        ends.extend(bare.match_indices(", ").map(|(comma, _)| comma));
        ends.push(bare.len());
        let slip = |end: usize| {
            let example = format!("{}{mark}", &rest[..end]);
            self.slip(
                place..place + 1,
                "the quotation mark that opens here is not closed on this line".to_owned(),
                format!("close it: {example}"),
                (place + end..place + end, mark.to_string()),
            )
        };
        ends.into_iter().map(slip).collect()
    }

    /// A bracket or brace that is not closed.
    fn open_bracket(&self) -> Vec<Slip> {
        let Some((place, bracket)) = open_bracket(self.letters) else { return Vec::new() };
        let (closing, called) = if bracket == '[' { (']', "bracket") } else { ('}', "brace") };
        let end = self.letters.trim_end().trim_end_matches(',').len();
        vec![self.slip(
            place..place + 1,
            format!("the {called} that opens here is not closed"),
            format!("close it with `{closing}`: {}{closing}", &self.letters[place..end]),
            (end..self.letters.len(), closing.to_string()),
        )]
    }

    /// `title: Libraries: a story`
    fn colon_in_value(&self) -> Vec<Slip> {
        let value = self.value();
        let typed = self.letters[value..].trim_end();
        let is_bare = !typed.starts_with(['"', '\'', '[', '{', '|', '>']);
        if value == self.field() || !is_bare || !(typed.contains(": ") || typed.ends_with(':')) {
            return self.colon_in_a_list();
        }
        vec![self.slip(
            value..value + typed.len(),
            "a value with a colon in it stands without quotation marks".to_owned(),
            format!("write {}: {}", self.name(), quoted(typed)),
            (value..value + typed.len(), quoted(typed)),
        )]
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

/// Lines whose indent is that of none of the lines before them.
fn indents(lines: &[Line]) -> Vec<Slip> {
    let full = |line: &&Line| {
        let typed = line.letters.trim_start();
        !typed.is_empty() && !typed.starts_with('#')
    };
    let all: Vec<&Line> = lines.iter().filter(full).collect();
    let mut slips = Vec::new();
    for (place, line) in all.iter().enumerate().rev().take(3) {
        let own = line.indent();
        // The indents of the lines that it may stand beside, from the nearest; and one step further in.
        let mut wanted: Vec<usize> = Vec::new();
        for before in all[..place].iter().rev() {
            for indent in [before.indent(), before.field()] {
                if indent != own && !wanted.contains(&indent) {
                    wanted.push(indent);
                }
            }
        }
        wanted.sort_by_key(|indent| indent.abs_diff(own));
        let slip = |indent: usize| {
            let spaces = |count: usize| if count == 1 { "one space".to_owned() } else { format!("{count} spaces") };
            line.slip(
                0..own.max(1),
                format!(
                    "this line is indented by {}, which fits no line above it",
                    if own == 0 { "no space".to_owned() } else { spaces(own) }
                ),
                format!(
                    "indent it by {}, as its neighbours are",
                    if indent == 0 { "no space".to_owned() } else { spaces(indent) }
                ),
                (0..own, " ".repeat(indent)),
            )
        };
        slips.extend(wanted.into_iter().map(slip));
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

/// The quotation mark that a line opens and does not close.
fn open_quotation(line: &str) -> Option<(usize, char)> {
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (place, letter) in line.char_indices() {
        match open {
            Some((_, mark)) if letter == mark && (mark == '\'' || before != '\\') => open = None,
            None if matches!(letter, '"' | '\'') && (matches!(before, ' ' | '[' | '{' | ',') || place == 0) => {
                open = Some((place, letter));
            }
            None if letter == '#' && before == ' ' => return None,
            _ => {}
        }
        before = letter;
    }
    open
}

/// The first bracket that a line opens and does not close, outside of quotation marks.
fn open_bracket(line: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut quotation, mut before) = (None, ' ');
    for (place, letter) in line.char_indices() {
        match (quotation, letter) {
            (Some(mark), _) if letter == mark => quotation = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quotation = Some(letter),
            (None, '#') if before == ' ' => break,
            (None, '[' | '{') => open.push((place, letter)),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
        before = letter;
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceMap;
    use crate::yaml::parse;

    /// What is told of a text: the letters that each slip is shown at, and the first help.
    fn told(text: &str) -> Vec<(String, String)> {
        let faults = parse(SourceMap::default().add("a.yaml", text), text).expect_err(text);
        let place = |fault: &crate::diagnostic::Diagnostic| {
            let at = fault.at.map_or(0..0, |at| at.letters());
            text.get(at).unwrap_or_default().to_owned()
        };
        faults.iter().map(|fault| (place(fault), fault.help.first().cloned().unwrap_or_default())).collect()
    }

    #[test]
    fn each_slip_is_told_at_its_own_place_with_what_to_type() {
        let expect = |text: &str, place: &str, help: &str| {
            let told = told(text);
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert_eq!(told[0].0, place, "{text}");
            assert!(told[0].1.starts_with(help), "{text}: {}", told[0].1);
        };
        expect("id: a\ntarget 90%\nname: b\n", "target", "write `target: 90%`");
        expect("- id: a\n  target:90%\n  name: b\n", ":", "write `target: 90%`");
        expect("id: a\nvalue:\u{a0}2\nname: b\n", "\u{a0}", "delete it and type a space");
        expect("- id: a\n\u{a0} value: 2\n  name: b\n", "\u{a0}", "delete it and type a space");
        expect("- id: a\n\tvalue: 2\n", "\t", "indent with spaces");
        expect("figures:\n  - [12, 13%\n  - [14, 15%]\n  - [16, 17%]\nname: b\n", "[", "close it with `]`: [12, 13%]");
        expect("rows:\n  - {name: Films, values: 12\n  - {name: Books, values: 13}\n", "{", "close it with `}`");
        expect("a: \"Films\nb: \"Books\"\nc: d\n", "\"", "close it: \"Films\"");
        expect(
            "rows:\n  - {name: Films, values: \"7 | 8}\n  - {name: Books, values: \"9 | 1\"}\n",
            "\"",
            "close it: \"7 | 8\"",
        );
        expect("figures: [*, 12]\n", "*", "write it in quotation marks, \"*\"; a figure");
        expect("figures: [-, 12]\nname: a\n", "-", "write it in quotation marks, \"-\"");
        expect("value: *\nname: a\n", "*", "write it in quotation marks, \"*\"");
        expect("value: -\nname: a\n", "-", "write it in quotation marks, \"-\"");
        expect("name: @home\n", "@home", "put the value in quotation marks: \"@home\"");
        expect("title: Libraries: a story\n", "Libraries: a story", "write title: \"Libraries: a story\"");
        expect("- {title: Libraries: a story, id: b}\n", "Libraries: a story", "write title: \"Libraries: a story\"");
        expect("parts:\n  - prose: a.md\n   - prose: b.md\n", "   ", "indent it by 2 spaces");
        expect("parts:\n  -prose: a.md\n  - prose: b.md\n", "-", "write `- prose: a.md`");
    }

    #[test]
    fn all_slips_of_a_text_are_told_at_once() {
        let text = "target 90%\nfigures:\n  - [12, 13%\n  - [14, 15%]\nname:Films\n";
        let places: Vec<String> = told(text).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["target", "[", ":"]);
    }

    #[test]
    fn a_text_that_nothing_mends_is_told_as_its_reader_says_it() {
        for text in ["a: ]\n", "}}}\n", "a: b\n{{{\n"] {
            assert!(!told(text).is_empty(), "{text}");
        }
    }
}
