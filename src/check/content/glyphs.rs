//! glyph-missing: every character can be printed.

use std::ops::Range;

use typst::text::Font;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::markdown::{self, Inline};
use crate::source::fonts::can_show;
use crate::yaml;

pub fn check(subject: &Subject, fonts: &[Font], findings: &mut Findings) {
    for (path, file) in subject.tree.readable_texts() {
        let text = &subject.tree.sources.file(file).text;
        let is_yaml = path.ends_with(".yaml");
        // A text without foreign characters and without a way to write them has none; most texts end here.
        if !text.contains(if is_yaml { '\\' } else { '&' }) && missing(fonts, text).is_none() {
            continue;
        }
        let sources = &subject.tree.sources;
        match is_yaml {
            true => yaml::parse(file, text).into_iter().for_each(|node| {
                node.each_text(&mut |text, at| {
                    report(fonts, text, |letters| Some(yaml::part(sources, at, letters)), findings);
                });
            }),
            false => markdown::each_inline(&markdown::parse(file, text, "", &mut Findings::new()), &mut |inline| {
                if let Inline::Text { text, places } = inline {
                    report(fonts, text, |letters| places.of(letters), findings);
                }
            }),
        }
    }
}

fn report(fonts: &[Font], text: &str, at: impl Fn(Range<usize>) -> Option<Span>, findings: &mut Findings) {
    let Some((place, character)) = missing(fonts, text) else { return };
    let Some(at) = at(place..place + character.len_utf8()) else { return };
    let shown = if character.is_control() { ' ' } else { character };
    findings.push(
        Diagnostic::error(
            Code::GlyphMissing,
            at,
            format!("the character {shown} (U+{:04X}) cannot be printed in the PDF", character as u32),
        )
        .help("write it in words, or with letters that the typeface has"),
    );
}

fn missing(fonts: &[Font], text: &str) -> Option<(usize, char)> {
    text.char_indices()
        .find(|(_, c)| !c.is_ascii_graphic() && !matches!(c, ' ' | '\n' | '\r' | '\t') && !can_show(fonts, *c))
}
