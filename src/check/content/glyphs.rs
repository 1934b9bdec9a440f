//! glyph-missing: every character can be printed.
//!
//! A letter that a typeface lacks is told where it stands. Where a script is missing, whole texts are: that is told once a
//! file, with what to do.

use std::ops::Range;

use typst::text::Font;

use super::Subject;
use super::script::Script;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::markdown::{self, Inline};
use crate::source::fonts::can_show;
use crate::yaml;

pub fn check(subject: &Subject, fonts: &[Font], findings: &mut Findings) {
    let texts = subject.tree.readable_texts().map(|(path, file)| (path.ends_with(".yaml"), file));
    let is_spoken = |tag: &str| {
        let language = tag.split('-').next();
        subject.project.reports.iter().any(|report| Some(report.head.language.value.language.as_str()) == language)
    };
    let words = subject.tree.languages.iter().filter(|(tag, _)| is_spoken(tag)).map(|(_, file)| (true, *file));
    for (is_yaml, file) in texts.chain(words) {
        let text = &subject.tree.sources.file(file).text;
        // A text without foreign characters and without a way to write them has none; most texts end here.
        if !text.contains(if is_yaml { '\\' } else { '&' }) && missing(fonts, text).is_none() {
            continue;
        }
        let sources = &subject.tree.sources;
        let mut missing = Missing { fonts, file: text, told: Vec::new() };
        match is_yaml {
            true => yaml::parse(file, text).into_iter().for_each(|node| {
                node.each_text(&mut |text, at| {
                    missing.report(text, |letters| Some(yaml::part(sources, at, letters)), findings);
                });
            }),
            false => markdown::each_inline(&markdown::parse(file, text, "", &mut Findings::new()), &mut |inline| {
                if let Inline::Text { text, places } = inline {
                    missing.report(text, |letters| places.of(letters), findings);
                }
            }),
        }
    }
}

/// What is missing in a file.
struct Missing<'f> {
    fonts: &'f [Font],
    /// Its whole text.
    file: &'f str,
    /// The scripts that were told.
    told: Vec<Script>,
}

impl Missing<'_> {
    fn report(&mut self, text: &str, at: impl Fn(Range<usize>) -> Option<Span>, findings: &mut Findings) {
        let Some((place, character)) = missing(self.fonts, text) else { return };
        let script = Script::in_text(character, self.file);
        if script.is_some_and(|script| self.told.contains(&script)) {
            return;
        }
        let Some(at) = at(place..place + character.len_utf8()) else { return };
        let shown = if character.is_control() { ' ' } else { character };
        let letter = format!("{shown} (U+{:04X})", u32::from(character));
        let (message, help) = match script {
            Some(script) => (
                format!("no typeface has the {} letters of this file: {letter} is the first", script.name),
                format!(
                    "put one that has them, such as {}, into the folder assets/fonts beside the content, as TTF or OTF files \
                     in regular and bold; it is used where the typeface of the report lacks letters",
                    script.typeface
                ),
            ),
            None => (
                format!("the character {letter} cannot be printed in the PDF"),
                "write it in words, or with letters that the typeface has".to_owned(),
            ),
        };
        self.told.extend(script);
        findings.push(Diagnostic::error(Code::GlyphMissing, at, message).help(help));
    }
}

fn missing(fonts: &[Font], text: &str) -> Option<(usize, char)> {
    // Marks of direction say which way signs beside them go, and are not seen.
    let is_unseen = |c: char| matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    text.char_indices().find(|(_, c)| !c.is_ascii_graphic() && !is_unseen(*c) && !can_show(fonts, *c))
}
