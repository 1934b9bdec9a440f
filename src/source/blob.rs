//! A file of the content that is no text.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::{too_large, unreadable};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};

/// Larger pictures are refused: they would make a page that nobody can load.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// The SHA-256 of some bytes, in letters.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that is read once, when something asks for it.
#[derive(Debug, Clone)]
pub struct Blob {
    real: PathBuf,
    /// Its path as it is shown in messages.
    shown: String,
    pub(super) bytes: OnceLock<Vec<u8>>,
    /// The SHA-256 of its bytes, found when it is first asked for.
    sha256: OnceLock<String>,
}

impl Blob {
    pub(super) fn new(real: PathBuf, shown: String) -> Self {
        Self { real, shown, bytes: OnceLock::new(), sha256: OnceLock::new() }
    }

    /// One whose bytes are known.
    pub(super) fn of_bytes(shown: String, bytes: Vec<u8>) -> Self {
        Self { real: PathBuf::new(), shown, bytes: OnceLock::from(bytes), sha256: OnceLock::new() }
    }

    /// Its bytes, for a part that names it at a place.
    pub(super) fn read(&self, named: Span) -> Result<&[u8], Box<Diagnostic>> {
        self.read_as(named, "save it smaller: a picture across a whole page needs no more than 2,400 pixels")
    }

    /// The same of another kind of file, with what helps where it is too large.
    pub(super) fn read_as(&self, named: Span, smaller: &str) -> Result<&[u8], Box<Diagnostic>> {
        if let Some(bytes) = self.bytes.get() {
            return Ok(bytes);
        }
        let length = fs::metadata(&self.real).map_or(0, |data| data.len());
        if length > LARGEST_PICTURE {
            let message = too_large(&self.shown, length, LARGEST_PICTURE);
            return Err(Box::new(Diagnostic::error(Code::FileTooLarge, named, message).help(smaller)));
        }
        let bytes = self.bytes_on_disk().map_err(|error| {
            let finding = unreadable(&self.shown, Some(&error));
            Box::new(Diagnostic { at: Some(named), severity: Severity::Error, ..finding })
        })?;
        Ok(self.bytes.get_or_init(|| bytes))
    }

    /// The SHA-256 of its bytes; none where it cannot be read.
    pub(super) fn sha256(&self, named: Span) -> Option<&str> {
        let bytes = self.read(named).ok()?;
        Some(self.sha256.get_or_init(|| sha256(bytes)))
    }

    /// No more than the largest picture has, whatever the file becomes meanwhile.
    fn bytes_on_disk(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(&self.real)?.take(LARGEST_PICTURE + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
