//! The marks that are looked for in texts: how each is found, how much it matters, and what to write instead.

use std::ops::Range;

use super::find::{
    attribute, bracket, bullet, command, crossed_figure, crossed_word, definition, entity, figure_in_one_brace,
    gap_in_brackets, heading, lost_letter, nothing_but, nothing_but_signs, number_behind_word, pair, password,
    raised_digits, sign_behind_word, small, tag, unpaired, word, word_in_brackets, words,
};
use crate::diagnostic::Code;
use crate::diagnostic::Severity::{self, Error, Warning};

/// A mark that is looked for in what is printed.
pub struct Mark {
    pub code: Code,
    /// In Markdown it is an error unless a warning is enough: there a backslash says that a sign is meant. A YAML text
    /// has no other way to say so.
    pub severity: Severity,
    pub find: fn(&str) -> Option<Range<usize>>,
    pub instead: &'static str,
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

const fn by_hand(find: fn(&str) -> Option<Range<usize>>) -> Mark {
    let instead = "write {{ note id }} in its place, and the note in report.yaml: `notes: [{id: …, text: …}]`";
    Mark { code: Code::NotesByHand, severity: Warning, find, instead }
}

/// Looked for in every text.
pub const MARKS: &[Mark] = &[
    stray(|text| pair(text, "**"), MARKDOWN),
    stray(|text| pair(text, "__"), MARKDOWN),
    stray(|text| pair(text, "*"), MARKDOWN),
    stray(|text| pair(text, "_"), MARKDOWN),
    stray(|text| pair(text, "`"), "leave out the backticks"),
    stray(|text| pair(text, "~~"), "remove what is struck out"),
    stray(|text| pair(text, "=="), "write **strong** words in a Markdown file"),
    stray(|text| words(text, "]("), "a link is written [words](https://…), without spaces in the address"),
    stray(|text| words(text, "] (http"), "a link is written [words](https://…), without a space between its brackets"),
    Mark { severity: Error, ..by_hand(|text| bracket(text, "[^")) },
    by_hand(raised_digits),
    by_hand(sign_behind_word),
    by_hand(number_behind_word),
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
pub const IN_VALUES: &[Mark] = &[
    stray(bullet, "a list is written in a Markdown file, or as a list of the file"),
    stray(definition, "in a Markdown file a link is written [words](https://…); here write the words alone"),
];

/// Looked for in Markdown alone, where whoever means them can say so.
pub const IN_PROSE: &[Mark] = &[
    stray(unpaired, MARKDOWN),
    Mark { severity: Warning, ..stray(heading, "a subheading is written ## and a space before its words") },
];
