//! The typefaces of the PDF, from the assets: nothing of the machine's own fonts is ever used.

use typst::text::Font;

use super::layers::Layer;
use crate::diagnostic::{Code, Diagnostic, Findings};

/// The fonts in the folder `fonts` of the assets, in the order of their names.
pub fn fonts(assets: &Layer, findings: &mut Findings) -> Vec<Font> {
    let files = assets
        .iter()
        .filter(|(path, _)| path.starts_with("fonts/") && (path.ends_with(".ttf") || path.ends_with(".otf")));
    let fonts: Vec<Font> = files.flat_map(|(_, file)| Font::iter(file.bytes.clone())).collect();
    if fonts.is_empty() {
        findings.push(
            Diagnostic::error_nowhere(Code::LayoutFailed, "the assets hold no font").help(
                "a folder `assets` beside the content replaces the built-in fonts only by files of the same name",
            ),
        );
    }
    fonts
}

/// Whether every font can show a character.
pub fn can_show(fonts: &[Font], character: char) -> bool {
    fonts.iter().all(|font| font.info().coverage.contains(character as u32))
}
