//! Pictures of a report, measured; the files that are published are made of them later.

use crate::diagnostic::Span;
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
