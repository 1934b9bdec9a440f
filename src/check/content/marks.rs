//! stray-mark, notes-by-hand, unfinished, not-printed, broken-placeholder, bad-link: what would be printed and was meant otherwise.
//!
//! One look at every text as it is printed, for marks that should have become something else, for what stands where
//! something is missing still, and for what a comment cuts off.

mod find;
mod list;

use std::collections::HashSet;
use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings, Mend, Severity, SourceMap, Span};
use crate::fact::{Kind, Passage, Word};
use crate::yaml;
use list::{IN_PROSE, IN_VALUES, MARKS, Mark};

pub fn check(subject: &Subject, findings: &mut Findings) {
    let sources = &subject.tree.sources;
    // Reports of a group share their texts.
    let mut seen: HashSet<Span> = HashSet::new();
    for passage in subject.passages.iter().filter(|passage| passage.kind != Kind::ListNumber) {
        if !seen.insert(passage.at) {
            continue;
        }
        let part = |letters| part_of(passage, sources, letters);
        look(sources, &fact_free(passage), passage.is_value(), part, findings);
        if passage.is_value() {
            findings.extend(cut(sources, passage.at));
        }
    }
    for (text, at) in subject.project.texts_beside() {
        // A table that makes reports may be shown in one as well.
        if seen.insert(at) {
            look(sources, text, true, |letters| Some(yaml::part(sources, at, letters)), findings);
            findings.extend(cut(sources, at));
        }
    }
}

/// Where a text stands for something that is still missing.
pub fn gaps(text: &str) -> Vec<Range<usize>> {
    MARKS.iter().filter(|mark| mark.code == Code::Unfinished).flat_map(|mark| all(mark, text)).collect()
}

/// A passage as it is printed. What is printed of a row or in another language is a text like any other; a figure is
/// nothing that could be taken for a mark.
fn fact_free(passage: &Passage) -> String {
    passage.words.iter().map(Word::text).collect()
}

/// Where letters of a passage stand; none where they are no words that somebody typed there.
fn part_of(passage: &Passage, sources: &SourceMap, letters: Range<usize>) -> Option<Span> {
    let mut start = 0;
    for (place, word) in passage.words.iter().enumerate() {
        let end = start + word.text().len();
        if letters.start < end {
            let within = letters.start - start..letters.end.min(end) - start;
            return match word {
                Word::Plain(_) | Word::Foreign { .. } => Some(passage.part(sources, place, within)),
                // The words of a row are looked at where they stand.
                _ => None,
            };
        }
        start = end;
    }
    None
}

fn look(
    sources: &SourceMap,
    text: &str,
    is_value: bool,
    part: impl Fn(Range<usize>) -> Option<Span>,
    findings: &mut Findings,
) {
    let of_the_kind = if is_value { IN_VALUES } else { IN_PROSE };
    let marks = MARKS.iter().map(|mark| (mark, false)).chain(of_the_kind.iter().map(|mark| (mark, true)));
    let found =
        marks.flat_map(|(mark, is_of_the_kind)| all(mark, text).map(move |place| (mark, is_of_the_kind, place)));
    let mut told: Vec<Range<usize>> = Vec::new();
    for (mark, is_of_the_kind, letters) in found {
        // What is one mark, such as two asterisks, is no other.
        if told.iter().any(|other| other.start < letters.end && letters.start < other.end) {
            continue;
        }
        told.push(letters.clone());
        let Some(at) = part(letters) else { continue };
        let range = sources.range(at);
        let source = &sources.file(at.file).text;
        let backslashes = source[..range.start].bytes().rev().take_while(|byte| *byte == b'\\').count();
        let typed = &source[range];
        // Before a letter a backslash would be printed itself.
        let can_be_meant = !is_value && typed.starts_with(|first: char| first.is_ascii_punctuation());
        if can_be_meant && backslashes % 2 == 1 {
            continue; // Its author says that it is meant.
        }
        let is_marked = mark.code == Code::StrayMark;
        let severity = if is_value && is_marked { Severity::Warning } else { mark.severity };
        let message = match mark.code {
            Code::Unfinished => format!("`{typed}` looks as if something were missing here"),
            Code::NotesByHand => format!("`{typed}` looks like the mark of a note that was typed by hand"),
            _ => format!("`{typed}` would be printed as it stands"),
        };
        let finding = Diagnostic { severity, ..Diagnostic::error(mark.code, at, message) };
        let finding = finding.help(match is_value && is_marked && !is_of_the_kind {
            true => "a YAML text is printed as it is typed: take the marks out, or move the text into a Markdown file",
            false => mark.instead,
        });
        findings.push(match can_be_meant {
            true => finding.help("to print it as it stands write a \\ before it"),
            false => finding,
        });
    }
}

/// So many places of one mark are told in one text: whoever mends these sees the others then.
const MOST: usize = 20;

/// The places of a mark in a text: one that is found is blanked out, and the mark looked for again.
fn all(mark: &Mark, text: &str) -> impl Iterator<Item = Range<usize>> {
    // In most texts there is none.
    let mut next = (mark.find)(text);
    let mut rest = next.as_ref().map_or_else(String::new, |_| text.to_owned());
    let find = mark.find;
    // Each round blanks something out, so that there is an end.
    let rounds = std::iter::from_fn(move || {
        let letters = next.take().filter(|letters| !rest[letters.clone()].trim().is_empty())?;
        rest.replace_range(letters.clone(), &" ".repeat(letters.len()));
        next = find(&rest);
        Some(letters)
    });
    rounds.take(MOST)
}

/// A text that a comment cuts short.
fn cut(sources: &SourceMap, value: Span) -> Option<Diagnostic> {
    let at = yaml::comment_after(sources, value)?;
    let comment = &sources.file(at.file).text[sources.range(at)];
    let message = format!("`{comment}` would not be printed: in YAML a # behind a space begins a comment");
    let finding = Diagnostic::error(Code::NotPrinted, at, message)
        .help("put the whole text in quotation marks; a remark for colleagues stands on a line of its own");
    let whole = sources.range(value).start..sources.range(at).end;
    let typed = &sources.file(at.file).text[whole.clone()];
    Some(match typed.contains(['\n', '"', '\\']) {
        true => finding,
        false => {
            let mark = |place| Mend { at: Span::new(at.file, place..place), with: "\"".to_owned() };
            finding.choice("put the whole text in quotation marks", vec![mark(whole.start), mark(whole.end)])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, &'static str)> {
        let mut marks = MARKS.iter().chain(IN_VALUES).chain(IN_PROSE);
        marks.find_map(|mark| Some((&text[all(mark, text).next()?], mark.code.name())))
    }

    #[test]
    fn marks_that_were_meant_otherwise_are_found() {
        for (text, mark) in [
            ("We kept **every promise,**which is rare", "**"),
            ("**bold** in YAML", "**"),
            ("a **bold **word", "**"),
            ("a ** bold** word", "**"),
            ("[our site] (https://example.org)", "] (http"),
            ("#Aims", "#"),
            ("Our aims: • one • two", "•"),
            ("an *emphasised* word", "*"),
            ("an _emphasised_ word", "_"),
            ("a `code` word", "`"),
            ("==marked==", "=="),
            ("~~struck~~", "~~"),
            ("[our site](https://example.org)", "]("),
            ("a note[^1] below", "[^1]"),
            ("Grants¹ and loans", "¹"),
            ("It closed.¹²", "¹²"),
            ("All grants³", "³"),
            ("Grants*", "*"),
            ("Grants** and loans", "**"),
            ("the fund† closed", "†"),
            ("Grants(1) and loans", "(1)"),
            ("the fund[12]", "[12]"),
            ("[[Our plan]]", "[[Our plan]]"),
            ("[!NOTE] Read this", "[!NOTE]"),
            ("::: note", ":::"),
            ("Aims {#aims}", "{#aims}"),
            ("\\newpage We", "\\newpage"),
            ("one<br>two", "<br>"),
            ("R&amp;D", "&amp;"),
            ("## Aims", "##"),
            ("{ facts.staff | words } people", "{ facts.staff | words }"),
            ("see https://me:secret@example.org/a", "me:secret"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("[INSERT figure] people", "[INSERT figure]"),
            ("on [date]", "[date]"),
            ("£XXm", "XX"),
            ("XX% of", "XX"),
            ("xx.x weeks", "xx"),
            ("by XX people", "XX"),
            ("The date is TBC.", "TBC"),
            ("how many??? people", "???"),
            ("…", "…"),
            ("cafÃ©s", "Ã©"),
            ("the CCGâ€™s", "â€"),
            ("• one", "•"),
            ("[our plan]: https://example.org", "[our plan]:"),
            ("See below.\n[1]: Our plan", "[1]:"),
        ] {
            assert_eq!(found(text).map(|(mark, _)| mark), Some(mark), "{text}");
        }
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands_in_a_text() {
        let count = |text: &str| MARKS.iter().flat_map(|mark| all(mark, text)).count();
        assert_eq!(count("**One:**the first, and **two:**the second"), 2);
        assert_eq!(count("XX, XX and TBC"), 3);
        assert_eq!(count("… ???"), 2);
        assert_eq!(count("[[a, b]] and [[Our plan]]"), 1);
    }

    #[test]
    fn a_text_of_nothing_but_marks_comes_to_an_end() {
        for text in ["XX ", "[", "&", "{ ", "TBC? "].map(|mark| mark.repeat(10_000)) {
            assert!(MARKS.iter().all(|mark| all(mark, &text).count() <= MOST));
        }
    }

    #[test]
    fn true_content_is_left_alone() {
        for text in [
            "rated A* and B*",
            "a portrait of Louis XX",
            "Xxk and XXkm",
            "5 * 3 * 2, or 5*3*2",
            "12 m², 5 km², 10³ and 10⁶",
            "a 3* hotel",
            "Ada Reader (†1916)",
            "section 4(1), regulation 12(3)(a) and the plan (1) of it",
            "it rose by 4 (12)",
            "*Provisional figures",
            "C# and #1 in the county",
            "the file annual_report_2016.pdf",
            "as it stood [sic] then, [the] trust said",
            "what it said [sic]: yes",
            "Who knows? Really?!",
            "Aims — and why…",
            "fish & chips; more",
            "Q&A; R&D",
            "less than <5 mins, or > 10",
            "C:\\reports\\new",
            "either/or \\ and",
            "a + b = c == d",
            "{a} or {b.}",
            "Xavier, Xerox, max, XL and X",
            "São Paulo, Ângela, âge",
            "£5 · £6",
            "text (see above)",
            "~ 5 ~ 6",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
