//! Pictures of a report, measured; the files that are published are made of them later.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::picture::{Format, PictureFault, measure};

/// A picture of the content.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Path in the content folder, and where the report names it.
    pub path: String,
    pub at: Span,
    pub format: Format,
    /// Width and height in pixels, standing upright.
    pub size: (u32, u32),
}

impl Picture {
    /// Looks into the bytes; the name's ending does not count.
    pub fn read(path: &str, at: Span, bytes: &[u8]) -> Result<Self, PictureFault> {
        let (format, width, height) = measure(bytes)?;
        Ok(Self { path: path.to_owned(), at, format, size: (width, height) })
    }
}

/// The logo of the organisation, on the grounds that it stands on.
#[derive(Debug, Clone)]
pub struct LogoPictures {
    pub on_light: Picture,
    pub on_dark: Picture,
}

impl LogoPictures {
    pub fn both(&self) -> [&Picture; 2] {
        [&self.on_light, &self.on_dark]
    }
}

/// A picture that cannot be shown, at the place that names it.
pub fn unreadable(name: &str, at: Span, why: &PictureFault) -> Diagnostic {
    Diagnostic::error(Code::PictureUnreadable, at, format!("{name} cannot be shown: {why}"))
        .help("open it in a picture program and save it as PNG, JPEG or SVG")
}
