//! glyph-missing: every character can be printed.

use typst::text::Font;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span};
use crate::markdown::{self, Inline};
use crate::source::fonts::can_show;
use crate::yaml;

pub fn check(subject: &Subject, fonts: &[Font], findings: &mut Findings) {
    for (path, file) in &subject.tree.texts {
        let text = &subject.tree.sources.file(*file).text;
        let is_yaml = path.ends_with(".yaml");
        // A text without foreign characters and without a way to write them has none; most texts end here.
        if !text.contains(if is_yaml { '\\' } else { '&' }) && missing(fonts, text).is_none() {
            continue;
        }
        let mut look = |text: &str, at: Span| report(fonts, text, at, findings);
        match is_yaml {
            true => yaml::parse(*file, text).into_iter().for_each(|node| node.each_text(&mut look)),
            false => each_prose_text(*file, text, &mut look),
        }
    }
}

fn each_prose_text(file: FileId, text: &str, look: &mut impl FnMut(&str, Span)) {
    let blocks = markdown::parse(file, text, "", &mut Findings::new());
    markdown::each_inline(&blocks, &mut |inline| {
        if let Inline::Text { text, at } = inline {
            look(text, *at);
        }
    });
}

fn report(fonts: &[Font], text: &str, at: Span, findings: &mut Findings) {
    let Some((place, character)) = missing(fonts, text) else { return };
    // In most texts the character stands as it was typed, and the caret can point at it.
    let typed = (at.end - at.start) as usize == text.len();
    let at = if typed { at.part(place..place + character.len_utf8()) } else { at };
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
