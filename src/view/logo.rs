//! The organisation's logo as it is published.

use serde::Serialize;

use crate::model::{LogoPictures, Picture};

/// The logo, on the grounds that it stands on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogoView {
    pub on_light: LogoFile,
    pub on_dark: LogoFile,
}

/// A picture of the logo.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogoFile {
    /// Path in the content folder, and in the output.
    pub source: String,
    pub file: String,
    /// Its own size, which gives its shape.
    pub width: u32,
    pub height: u32,
}

impl LogoView {
    pub fn both(&self) -> [&LogoFile; 2] {
        [&self.on_light, &self.on_dark]
    }
}

/// The logo, whose files all pages share.
pub fn logo(pictures: &LogoPictures) -> LogoView {
    let file = |ground: &str, picture: &Picture| LogoFile {
        source: picture.path.clone(),
        file: format!("assets/logo-{ground}.{}", picture.format.ending()),
        width: picture.size.0,
        height: picture.size.1,
    };
    LogoView { on_light: file("on-light", &pictures.on_light), on_dark: file("on-dark", &pictures.on_dark) }
}
