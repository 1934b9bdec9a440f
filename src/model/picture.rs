//! Pictures, looked into as far as is needed to know that they can be shown.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};
use thiserror::Error;

/// Why a file is no picture that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureError {
    #[error("it is neither a PNG nor a JPEG picture")]
    OtherKind,
    #[error("it is damaged")]
    Damaged,
}

/// A picture of the content.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Path in the content folder.
    pub path: String,
    pub format: PictureFormat,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    Png,
    Jpeg,
}

impl PictureFormat {
    /// The ending of the file's name in the output.
    pub fn ending(self) -> &'static str {
        match self {
            PictureFormat::Png => "png",
            PictureFormat::Jpeg => "jpg",
        }
    }
}

impl Picture {
    /// Looks into the bytes; the name's ending does not count. The error says what is wrong.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, PictureError> {
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureError::Damaged)?;
        let format = match reader.format() {
            Some(ImageFormat::Png) => PictureFormat::Png,
            Some(ImageFormat::Jpeg) => PictureFormat::Jpeg,
            _ => return Err(PictureError::OtherKind),
        };
        let picture = reader.decode().map_err(|_| PictureError::Damaged)?;
        Ok(Self { path: path.to_owned(), format, size: (picture.width(), picture.height()) })
    }
}
