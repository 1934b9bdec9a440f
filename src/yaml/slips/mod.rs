//! What was probably meant where a text is no YAML.
//!
//! A parser notices a slip where it can no longer go on, which may be lines behind it, and says so in words of its own.
//! So the slips that people make are looked for in the lines up to there, from the nearest, each with its mend; and one
//! is told only where the text, mended so, can be read further than before.

mod indents;
mod line;
mod open;
mod quotes;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, FileId, Span, floor_char};
use indents::indents;
use line::{Line, open_quotations};
pub use quotes::escapes;

/// So many lines before the one that cannot be read are looked at: an open bracket or quotation mark is noticed later.
const LINES: usize = 60;
/// So many mends are tried for one slip: each is read from the beginning.
const MOST_TRIES: usize = 60;
/// So many slips are told of one text.
const MOST_SLIPS: usize = 20;

/// A slip, and how it is mended.
#[derive(Clone)]
pub struct Slip {
    code: Code,
    /// Where it is told.
    at: Range<usize>,
    message: String,
    help: String,
    /// Whether it cannot be right, whatever stands round it.
    is_sure: bool,
    /// What is put in the place of what, in the order of the text.
    mends: Vec<(Range<usize>, String)>,
    /// Whether nothing else can have been meant, once the text can be read so.
    is_beyond_doubt: bool,
}

impl Slip {
    /// The text without the slip.
    fn mended(&self, text: &str) -> String {
        let mut mended = text.to_owned();
        for (range, words) in self.mends.iter().rev() {
            mended.replace_range(range.clone(), words);
        }
        mended
    }

    /// Whether a word before a colon in it is a field elsewhere: a line may have lost its end.
    fn names_a_field(&self, text: &str) -> bool {
        let letters = text.get(self.at.clone()).unwrap_or_default();
        let heads = letters.match_indices(": ").map(|(colon, _)| &letters[..colon]);
        let mut words = heads.filter_map(|head| head.rsplit(' ').next());
        words.any(|word| {
            let field = format!("{word}:");
            text.lines().any(|line| line.trim_start_matches([' ', '-', '{']).starts_with(&field))
        })
    }

    /// What its author is told; `at_first` says where a place was before other slips were mended.
    fn told(&self, file: FileId, at_first: impl Fn(Range<usize>) -> Range<usize>) -> Diagnostic {
        let at = at_first(self.at.clone());
        let at = Span::new(file, at.start..at.end.max(at.start + 1));
        let finding = Diagnostic::error(self.code, at, self.message.clone()).help(self.help.clone());
        let mends = self.mends.iter().filter(|_| self.is_beyond_doubt);
        mends.fold(finding, |finding, (range, words)| {
            finding.mend(Span::new(file, at_first(range.clone())), words.clone())
        })
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
        let slip = Slip { is_beyond_doubt: slip.is_beyond_doubt && !slip.names_a_field(&mended), ..slip };
        told.push(slip.told(file, |place| mends.iter().rev().fold(place, before)));
        mended = slip.mended(&mended);
        at = read_to(&mended);
        mends.extend(slip.mends.into_iter().rev());
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
    // What can be read whole is read as far as anything: of several such mends it is the first.
    let reached = |slip: &Slip| {
        let mended = slip.mended(text);
        match read_to(&mended) {
            usize::MAX => usize::MAX,
            place => slip.mends.iter().fold(place..place, before).start,
        }
    };
    // A character that nobody sees comes before what it looks like.
    let unseen = lines.iter().rev().flat_map(|line| line.invisible());
    let others = lines.iter().rev().flat_map(Line::slips);
    let indents = indents(&lines);
    let mut tried = unseen
        .chain(others)
        .chain(open_quotations(&lines))
        .chain(indents)
        .take(MOST_TRIES)
        .map(|slip| (reached(&slip), slip));
    // What cannot be right is told, too, where another slip stands behind it on its line.
    let mut sure: Option<(usize, Slip)> = None;
    let first = tried.find(|(reached, slip)| {
        let leads_on = |(furthest, known): &(usize, Slip)| known.at == slip.at && reached > furthest;
        if slip.is_sure && *reached > at && sure.as_ref().is_none_or(leads_on) {
            sure = Some((*reached, slip.clone()));
        }
        *reached > end_of_line
    });
    let Some((first, slip)) = first else { return sure.map(|(_, slip)| slip) };
    // Of several mends for one slip it is the one that leads furthest.
    let others = tried.take_while(|(_, other)| other.at == slip.at && other.message == slip.message);
    let best = others.filter(|(reached, _)| *reached > first).max_by_key(|(reached, _)| *reached);
    Some(best.map_or(slip.clone(), |(_, other)| other))
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
        let columns = |name: usize, kind: usize| {
            format!("columns:\n  - id: a\n{}name: A\n{}type: count\n", " ".repeat(name), " ".repeat(kind))
        };
        expect(&columns(4, 5), "     ", "indent it by 4 spaces");
        expect(&columns(4, 3), "   ", "indent it by 4 spaces");
        expect(&columns(5, 4), "     ", "indent it by 4 spaces");
        expect(&columns(3, 4), "   ", "indent it by 4 spaces");
        expect(
            "caption: \"A long one that goes\n  on here\nrows-are: Row\nsource: \"x\"\n",
            "\"",
            "close it where its text ends: on here\"",
        );
        expect("- [1, \"1\n- [2, \"2\"]\n", "\"", "close it: \"1\"]");
        expect("- {name: X, values: [\"1\"}\n- {name: Y, values: [\"1\"]}\n", "[", "close it with `]`: [\"1\"]");
        expect(
            "title: Libraries: a story # to be agreed\n",
            "Libraries: a story",
            "write title: \"Libraries: a story\"",
        );
        expect(
            "- {name: Ward #2, value: 6}\n- {name: Ward, value: 5}\n",
            "#2",
            "put the text in quotation marks: \"Ward #2\"",
        );
        expect("value: * # kept back: see note\nname: a\n", "*", "write it in quotation marks, \"*\"");
        expect(
            "- is: Staff\n  value: 5\n  Source staff-list\n  period: 2025\n",
            "Source",
            "write `Source: staff-list`",
        );
        expect("- is: Staff\n  source; staff-list\n  period: 2025\n", ";", "write `source: staff-list`");
        expect("- is: Staff\n  value= 5\n  period: 2025\n", "=", "write `value: 5`");
        expect("- is: Staff\n  value\n  period: 2025\n", "value", "write `value: ` and its value");
        expect("- id: staff\n– id: next\n", "–", "write `- id: next`");
        expect("- {id: a, value: 3 source: list, period: 2025}\n", "source", "write 3, source:");
        expect("a: 'it''s, [\"x'\nb: [1\nc: d\n", "[", "close it with `]`: [1]");
        expect("all:\n  - {rule: a, by: b}\n{rule: c, by: d}\n", "{", "write `  - ` before it");
        expect("all:\n- {rule: a, by: b}\n{rule: c, by: d}\n", "{", "write `- ` before it");
        expect("a: \"Loans\" in 2016\n", "i", "to print the marks, put the whole text in others: '\"Loans\" in 2016'");
        expect(
            "a: \"They said \"yes\" to all\"\n",
            "y",
            "to print the marks, put the whole text in others: 'They said",
        );
        expect("a: 'It's all'\nb: c\n", "s", "to print the marks, put the whole text in others: \"It's all\"");
        expect(
            "- {a: \"Loans\" (all), b: c}\n",
            "(",
            "to print the marks, put the whole text in others: '\"Loans\" (all)'",
        );
        expect("a: [\"12\" books, 3]\n", "b", "to print the marks, put the whole text in others: '\"12\" books'");
        expect(
            "a: \"Loans\", and more\nb: c\n",
            ",",
            "to print the marks, put the whole text in others: '\"Loans\", and",
        );
        expect(
            "a: \"Loans\" in \"2016\"\nb: c\n",
            "i",
            "to print the marks, put the whole text in others: '\"Loans\" in",
        );
        expect("a: [\"7,500\" 10.5, 3]\n", "1", "write \"7,500\", 10.5");
        expect("a: [100 [p], 12]\nb: c\n", "[", "write \"100 [p]\"");
        expect("- {name: A, values: [100 [p], 12]}\n", "[", "write \"100 [p]\"");
        expect("a: [12,, 10]\nb: c\n", ",", "write the value that belongs there");
        expect("a: [>95%, 10]\nb: c\n", ">95%", "put the value in quotation marks: \">95%\"");
        expect("a: >95%\nb: c\n", ">95%", "put the value in quotation marks: \">95%\"");
        expect("a: [#REF!, 10]\nb: c\n", "#REF!", "put the value in quotation marks: \"#REF!\"");
        expect("a: \"R\\&D\"\nb: c\n", "\\&", "write `\\\\&` to print a backslash, or leave it out: &");
        expect("a: \"C:\\users\"\nb: c\n", "\\u", "write `\\\\u` to print");
        expect("a: {b: \"S:\\reports\", c: d}\n", "\\r", "write `\\\\r` where");
        expect("parts:\n  -prose: a.md\n  - prose: b.md\n", "-", "write `- prose: a.md`");
    }

    #[test]
    fn all_slips_of_a_text_are_told_at_once() {
        let text = "target 90%\nfigures:\n  - [12, 13%\n  - [14, 15%]\nname:Films\n";
        let places: Vec<String> = told(text).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["target", "[", ":"]);
        let places: Vec<String> =
            told("a:\n\t\tname: @home\n\t\tid: @b\n").into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["\t", "@home", "\t", "@b"]);
    }

    #[test]
    fn a_text_that_nothing_mends_is_told_as_its_reader_says_it() {
        for text in ["a: ]\n", "}}}\n", "a: b\n{{{\n"] {
            assert!(!told(text).is_empty(), "{text}");
        }
    }
}
