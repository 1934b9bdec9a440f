//! The typefaces of the PDF, from the assets: nothing of the machine's own fonts is ever used.

use typst::text::Font;

use super::layers::Layer;
use crate::diagnostic::{Code, Diagnostic, Findings};

/// The fonts in the folder `fonts` of the assets, in the order of their names.
pub fn fonts(assets: &Layer, findings: &mut Findings) -> Vec<Font> {
    let mut fonts = Vec::new();
    for (_, file) in assets.iter().filter(|(path, _)| is_font(path)) {
        let before = fonts.len();
        fonts.extend(Font::iter(file.bytes.clone()));
        if fonts.len() == before {
            findings.push(
                Diagnostic::error_nowhere(Code::FontUnreadable, format!("{} is no font", file.shown))
                    .help("put a font in its place, as a TTF or OTF file, or remove it"),
            );
        }
    }
    if fonts.is_empty() {
        findings.push(
            Diagnostic::error_nowhere(Code::LayoutFailed, "the assets hold no font").help(
                "a folder `assets` beside the content replaces the built-in fonts only by files of the same name",
            ),
        );
    }
    fonts
}

/// Whether a file of the assets is meant to be a font.
pub fn is_font(path: &str) -> bool {
    let path = path.to_lowercase();
    path.starts_with("fonts/") && [".ttf", ".otf", ".ttc", ".otc"].iter().any(|ending| path.ends_with(ending))
}

/// Whether a font can show a character: where one cannot, the next takes its place.
pub fn can_show(fonts: &[Font], character: char) -> bool {
    fonts.iter().any(|font| font.info().coverage.contains(character as u32))
}
