//! stray-mark, unfinished, not-printed, broken-placeholder, bad-link: what would be printed and was meant otherwise.
//!
//! One look at every text as it is printed, for marks that should have become something else, for what stands where
//! something is missing still, and for what a comment cuts off.

use std::collections::HashSet;
use std::ops::Range;

use super::Subject;
use crate::diagnostic::Severity::{self, Error, Warning};
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, Span};
use crate::fact::{Kind, Passage, Word, is_address};
use crate::markdown::BULLETS;
use crate::yaml;

/// A mark that is looked for in what is printed.
struct Mark {
    code: Code,
    /// In Markdown it is an error unless a warning is enough: there a backslash says that it is meant. A YAML text has
    /// no other way to say so.
    severity: Severity,
    find: fn(&str) -> Option<Range<usize>>,
    instead: &'static str,
}

const MARKDOWN: &str = "marks stand right at the words, and punctuation outside of them: **Note**: and *so on*";
const NO_DIALECT: &str = "reports know paragraphs, **strong**, *emphasised*, lists, subheadings, quotations and links";
const MISSING: &str = "write what is missing, or take the words out until it is known";

const fn stray(find: fn(&str) -> Option<Range<usize>>, instead: &'static str) -> Mark {
    Mark { code: Code::StrayMark, severity: Error, find, instead }
}

const fn unfinished(severity: Severity, find: fn(&str) -> Option<Range<usize>>, instead: &'static str) -> Mark {
    Mark { code: Code::Unfinished, severity, find, instead }
}

const MARKS: &[Mark] = &[
    stray(|text| pair(text, "**"), MARKDOWN),
    stray(|text| pair(text, "__"), MARKDOWN),
    stray(|text| pair(text, "*"), MARKDOWN),
    stray(|text| pair(text, "_"), MARKDOWN),
    stray(|text| pair(text, "`"), "leave out the backticks"),
    stray(|text| pair(text, "~~"), "remove what is struck out"),
    stray(|text| pair(text, "=="), "write **strong** words in a Markdown file"),
    stray(|text| words(text, "]("), "a link is written [words](https://…), without spaces in the address"),
    stray(|text| words(text, "] (http"), "a link is written [words](https://…), without a space between its brackets"),
    stray(|text| bracket(text, "[^"), "write the note as a sentence of its own"),
    stray(|text| bracket(text, "[["), "a link is written [words](https://…)"),
    stray(|text| bracket(text, "[!"), "write it as a quotation: a > before each line"),
    stray(|text| words(text, "[TOC]"), "a report has its contents by itself"),
    stray(|text| words(text, ":::"), NO_DIALECT),
    stray(attribute, "an id is given to a section in report.yaml; other attributes there are none"),
    stray(command, "a page begins with a section that has a standfirst; other commands there are none"),
    stray(tag, "HTML is printed as it stands"),
    stray(entity, "write the character itself"),
    stray(|text| text.starts_with("##").then_some(0..2), "a subheading is written `## Words` in a Markdown file"),
    Mark {
        code: Code::BrokenPlaceholder,
        severity: Error,
        find: figure_in_one_brace,
        instead: "a figure is written with two braces, {{ address }}",
    },
    Mark {
        code: Code::BadLink,
        severity: Error,
        find: password,
        instead: "leave out what stands before the @: everybody can read a report",
    },
    unfinished(Error, |text| small(text, "lorem ipsum"), MISSING),
    unfinished(Error, |text| small(text, "click or tap here to enter"), MISSING),
    unfinished(Error, gap_in_brackets, MISSING),
    unfinished(Warning, word_in_brackets, MISSING),
    unfinished(Error, crossed_figure, MISSING),
    unfinished(Error, |text| nothing_but(text, &["…", "...", "???"]), MISSING),
    unfinished(
        Warning,
        nothing_but_signs,
        "write what is missing, or `n/a` or `no data` where there is nothing to say",
    ),
    unfinished(Warning, crossed_word, MISSING),
    unfinished(Warning, |text| word(text, &["TBC", "TBA", "TBD", "TODO", "FIXME"]), MISSING),
    unfinished(Warning, |text| words(text, "???"), MISSING),
    unfinished(Error, lost_letter, "a program has misread letters here: compare with the original and type them again"),
];

/// Looked for in YAML texts alone: in Markdown these are told where they are read, line by line.
const IN_VALUES: &[Mark] = &[stray(bullet, "a list is written in a Markdown file, or as a list of the file")];

/// Looked for in Markdown alone, where whoever means them can say so.
const IN_PROSE: &[Mark] = &[
    stray(unpaired, MARKDOWN),
    Mark { severity: Warning, ..stray(heading, "a subheading is written ## and a space before its words") },
];

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
    let mut told: Vec<Range<usize>> = Vec::new();
    for (mark, letters) in MARKS.iter().chain(of_the_kind).flat_map(|mark| all(mark, text)) {
        // What is one mark, such as two asterisks, is no other.
        if told.iter().any(|other| other.start < letters.end && letters.start < other.end) {
            continue;
        }
        told.push(letters.clone());
        let Some(at) = part(letters) else { continue };
        let range = sources.range(at);
        let source = &sources.file(at.file).text;
        let backslashes = source[..range.start].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if !is_value && backslashes % 2 == 1 {
            continue; // Its author says that it is meant.
        }
        let typed = &source[range];
        let is_marked = mark.code == Code::StrayMark;
        let severity = if is_value && is_marked { Warning } else { mark.severity };
        let message = match mark.code {
            Code::Unfinished => format!("`{typed}` looks as if something were missing here"),
            _ => format!("`{typed}` would be printed as it stands"),
        };
        let finding = Diagnostic { severity, ..Diagnostic::error(mark.code, at, message) };
        let finding = match (is_marked, is_value) {
            (true, true) => finding.help(
                "a YAML text is printed as it is typed: take the marks out, or move the text into a Markdown file",
            ),
            (true, false) => finding.help(mark.instead).help("to print it as it stands write a \\ before it"),
            _ => finding.help(mark.instead),
        };
        findings.push(finding);
    }
}

/// So many places of one mark are told in one text: whoever mends these sees the others then.
const MOST: usize = 20;

/// What belongs together in brackets is no longer, in letters.
const LONGEST: usize = 200;

/// Where a letter stands next, not far behind the beginning.
fn near(text: &str, letter: char) -> Option<usize> {
    text.char_indices().take(LONGEST).find(|(_, found)| *found == letter).map(|(at, _)| at)
}

/// The places of a mark in a text: one that is found is blanked out, and the mark looked for again.
fn all<'m>(mark: &'m Mark, text: &str) -> Vec<(&'m Mark, Range<usize>)> {
    let mut places = Vec::new();
    // In most texts there is none.
    let mut rest = if (mark.find)(text).is_some() { text.to_owned() } else { return places };
    // Each round blanks something out, so that there is an end.
    while let Some(letters) = (mark.find)(&rest).filter(|letters| !rest[letters.clone()].trim().is_empty()) {
        if places.len() == MOST {
            break;
        }
        rest.replace_range(letters.clone(), &" ".repeat(letters.len()));
        places.push((mark, letters));
    }
    places
}

/// A text that a comment cuts short.
fn cut(sources: &SourceMap, at: Span) -> Option<Diagnostic> {
    let at = yaml::comment_after(sources, at)?;
    let comment = &sources.file(at.file).text[sources.range(at)];
    let message = format!("`{comment}` would not be printed: in YAML a # behind a space begins a comment");
    Some(
        Diagnostic::error(Code::NotPrinted, at, message)
            .help("put the whole text in quotation marks; a remark for colleagues stands on a line of its own"),
    )
}

fn words(text: &str, words: &str) -> Option<Range<usize>> {
    text.find(words).map(|start| start..start + words.len())
}

/// Words in whatever letters.
fn small(text: &str, small: &str) -> Option<Range<usize>> {
    words(&text.to_ascii_lowercase(), small)
}

/// A mark before a word and the same behind one: what it makes strong or struck out elsewhere.
fn pair(text: &str, mark: &str) -> Option<Range<usize>> {
    let single = mark.chars().next()?;
    let places = || {
        text.match_indices(mark).filter(|(start, _)| {
            let is_longer = text[..*start].ends_with(single) || text[start + mark.len()..].starts_with(single);
            !is_longer
        })
    };
    let opens = |start: &usize| {
        let after = text[start + mark.len()..].chars().next();
        !text[..*start].ends_with(char::is_alphanumeric) && after.is_some_and(|c| !c.is_whitespace())
    };
    let closes = |start: &usize| {
        let before = text[..*start].chars().next_back();
        // Between letters an underline is one of a name.
        let is_within = mark == "_" && text[start + mark.len()..].starts_with(char::is_alphanumeric);
        before.is_some_and(|c| !c.is_whitespace()) && !is_within
    };
    let open = places().map(|(start, _)| start).find(opens)?;
    let close = places().map(|(start, _)| start).filter(|start| *start > open + mark.len()).find(closes)?;
    // The one that stands in the way is the one between two words.
    let stray = if text[close + mark.len()..].starts_with(char::is_alphanumeric) { close } else { open };
    Some(stray..stray + mark.len())
}

/// Two asterisks that make no pair, where a space stands within them or one of them is missing.
fn unpaired(text: &str) -> Option<Range<usize>> {
    if pair(text, "**").is_some() { None } else { words(text, "**") }
}

/// Something in brackets that begins with a sign: `[^1]`, `[!NOTE]`.
fn bracket(text: &str, opening: &str) -> Option<Range<usize>> {
    text.match_indices(opening).find_map(|(start, _)| {
        let inside = &text[start + opening.len()..];
        let end = near(inside, ']')?;
        let is_name = end > 0 && inside[..end].chars().all(|c| c.is_alphanumeric() || " -_|#.".contains(c));
        let doubled = usize::from(opening == "[[" && inside[end..].starts_with("]]"));
        is_name.then_some(start..start + opening.len() + end + 1 + doubled)
    })
}

/// `{#id}`, `{.class}`, `{: #id}`.
fn attribute(text: &str) -> Option<Range<usize>> {
    let openings = text.match_indices('{').filter(|(start, _)| text[start + 1..].starts_with(['#', '.', ':']));
    let mut places = openings.filter_map(|(start, _)| Some(start..start + near(&text[start..], '}')? + 1));
    places.next()
}

/// `\\newpage`
fn command(text: &str) -> Option<Range<usize>> {
    let (start, _) = text.match_indices('\\').find(|(start, _)| {
        let begins = !text[..*start].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        begins && letters_from(text, start + 1) >= 3
    })?;
    Some(start..start + 1 + letters_from(text, start + 1))
}

/// `<br>`, `</p>`
fn tag(text: &str) -> Option<Range<usize>> {
    text.match_indices('<').find_map(|(start, _)| {
        let rest = &text[start + 1..];
        let is_tag = rest.starts_with("br")
            || rest.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        let end = is_tag.then(|| near(rest, '>')).flatten()?;
        Some(start..start + end + 2)
    })
}

/// `&amp;`, `&#8203;`
fn entity(text: &str) -> Option<Range<usize>> {
    text.match_indices('&').find_map(|(start, _)| {
        let rest = text[start + 1..].strip_prefix('#').unwrap_or(&text[start + 1..]);
        let end = near(rest, ';').filter(|end| (2..=10).contains(end))?;
        let is_name = rest[..end].bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_name.then(|| start..text.len() - rest.len() + end + 1)
    })
}

/// `{ facts.staff }`
fn figure_in_one_brace(text: &str) -> Option<Range<usize>> {
    text.match_indices('{').find_map(|(start, _)| {
        let rest = &text[start + 1..];
        let end = near(rest, '}')?;
        let address = rest[..end].split('|').next().unwrap_or_default().trim();
        let is_one = !text[..start].ends_with('{') && !rest[end + 1..].starts_with('}');
        (is_one && address.contains('.') && is_address(address)).then_some(start..start + end + 2)
    })
}

/// `https://name:password@example.org`
fn password(text: &str) -> Option<Range<usize>> {
    text.match_indices("://").find_map(|(start, _)| {
        let host = text[start + 3..].split(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#')).next()?;
        let name = host.rsplit_once('@')?.0;
        name.contains(':').then(|| start + 3..start + 3 + name.len())
    })
}

/// `[INSERT figure]`
fn gap_in_brackets(text: &str) -> Option<Range<usize>> {
    const BEGIN: &[&str] = &["insert", "enter", "tbc", "tba", "todo", "placeholder", "xx", "xxx"];
    in_brackets(text, |inside| BEGIN.contains(&inside.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()))
}

/// `[name]`, which may also stand for a name that is not told.
fn word_in_brackets(text: &str) -> Option<Range<usize>> {
    const ALONE: &[&str] = &["date", "name", "number", "figure", "figures", "title", "amount", "year", "text", "link"];
    in_brackets(text, |inside| ALONE.contains(&inside))
}

/// The first brackets that hold such words; the words are given in small letters.
fn in_brackets(text: &str, is_meant: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    text.match_indices(['[', '<']).find_map(|(start, opening)| {
        let closing = if opening == "[" { ']' } else { '>' };
        let end = near(&text[start..], closing)?;
        let inside = text[start + 1..start + end].trim().to_ascii_lowercase();
        is_meant(&inside).then_some(start..start + end + 1)
    })
}

/// `£XX`, `XX%`, `xx.x`
fn crossed_figure(text: &str) -> Option<Range<usize>> {
    crosses(text).find(|range| {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let joins = |rest: &str| rest.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(['x', 'X']));
        let is_unit =
            |rest: &str| rest.strip_prefix(['m', 'k']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        before.ends_with(['£', '€', '$']) || after.starts_with('%') || is_unit(after) || joins(after)
    })
}

/// `XX`
fn crossed_word(text: &str) -> Option<Range<usize>> {
    // Behind a name it is a number: Louis XX.
    let is_number = |start: usize| {
        let before = text[..start].trim_end();
        before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    crosses(text).find(|range| !text[range.end..].starts_with(char::is_alphanumeric) && !is_number(range.start))
}

/// Runs of crosses that begin a word.
fn crosses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_cross = |c: char| matches!(c, 'x' | 'X');
    text.char_indices().filter_map(move |(start, c)| {
        let begins = is_cross(c) && !text[..start].ends_with(char::is_alphanumeric);
        let length = text[start..].find(|other| other != c).unwrap_or(text.len() - start);
        (begins && length >= 2).then_some(start..start + length)
    })
}

/// A text that is one of these signs and nothing else.
fn nothing_but(text: &str, signs: &[&str]) -> Option<Range<usize>> {
    signs.contains(&text.trim()).then_some(0..text.len())
}

/// Such as `..`, which statistics also use for what is not available.
fn nothing_but_signs(text: &str) -> Option<Range<usize>> {
    let is_signs = !text.trim().is_empty() && text.chars().all(|c| matches!(c, '.' | '…' | '?' | '_' | ' '));
    is_signs.then_some(0..text.len())
}

/// A whole word.
fn word(text: &str, known: &[&str]) -> Option<Range<usize>> {
    known.iter().find_map(|word| {
        let (start, _) = text.match_indices(word).find(|(start, _)| {
            let joins = char::is_alphanumeric;
            !text[..*start].ends_with(joins) && !text[start + word.len()..].starts_with(joins)
        })?;
        Some(start..start + word.len())
    })
}

/// Letters in UTF-8 that were read as another encoding.
fn lost_letter(text: &str) -> Option<Range<usize>> {
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let is_misread = match (letter, next) {
            ('Ã' | 'Â', Some(next)) => ('\u{80}'..='\u{bf}').contains(&next),
            ('â', Some(next)) => next == '€',
            _ => false,
        };
        if let (true, Some(next)) = (is_misread, next) {
            return Some(start..start + letter.len_utf8() + next.len_utf8());
        }
    }
    None
}

/// A bullet at the beginning, or behind the colon that ends what introduces a list.
fn bullet(text: &str) -> Option<Range<usize>> {
    let places = [0].into_iter().chain(text.match_indices(": ").map(|(start, _)| start + 2));
    let bullet = |start: usize| text[start..].chars().next().filter(|first| BULLETS.contains(first));
    places.filter_map(|start| bullet(start).map(|bullet| start..start + bullet.len_utf8())).next()
}

/// `#Aims`, which makes no heading.
fn heading(text: &str) -> Option<Range<usize>> {
    text.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphabetic)).then_some(0..1)
}

/// How many ASCII letters stand from a place on.
fn letters_from(text: &str, start: usize) -> usize {
    text[start..].bytes().take_while(u8::is_ascii_alphabetic).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, &'static str)> {
        let found = MARKS.iter().chain(IN_VALUES).chain(IN_PROSE).flat_map(|mark| all(mark, text)).next();
        found.map(|(mark, at)| (&text[at], mark.code.name()))
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
            assert!(MARKS.iter().all(|mark| all(mark, &text).len() <= MOST));
        }
    }

    #[test]
    fn true_content_is_left_alone() {
        for text in [
            "rated A* and B*",
            "a portrait of Louis XX",
            "Xxk and XXkm",
            "5 * 3 * 2, or 5*3*2",
            "*Provisional figures",
            "C# and #1 in the county",
            "the file annual_report_2016.pdf",
            "as it stood [sic] then, [the] trust said",
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
