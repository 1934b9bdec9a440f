//! Reads files of an output, which may hold anything: plain files alone, and no more of one than Tally can have written.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::source::plain_words;

/// Files that are longer than this Tally does not make.
const LARGEST: u64 = 1 << 30;

/// How much is read at a time.
const PIECE: usize = 1 << 16;

/// Why a file is not read.
#[derive(Debug)]
pub enum Unread {
    Missing,
    /// It is something else than a plain file.
    Strange(&'static str),
    TooLarge,
    Failed(io::Error),
}

impl Unread {
    /// What is the matter with it, behind its name.
    pub fn words(&self) -> String {
        match self {
            Self::Missing => "is not there".to_owned(),
            Self::Strange(kind) => format!("is {kind} and no plain file"),
            Self::TooLarge => "is larger than anything that Tally writes there".to_owned(),
            Self::Failed(error) => format!("cannot be read: {}", plain_words(error)),
        }
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // A step on the way that is a file leads nowhere, too.
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing,
            _ => Self::Failed(error),
        }
    }
}

/// Whether anything stands at a path, be it a link that leads nowhere.
pub fn is_taken(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path).map_err(Unread::from), Err(Unread::Missing))
}

/// A file that is at most so long.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    if plain(path)?.len() > most {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(Unread::TooLarge) } else { Ok(bytes) }
}

/// Whether a file is exactly this.
pub fn holds(path: &Path, wanted: &[u8]) -> bool {
    bytes(path, wanted.len() as u64).is_ok_and(|bytes| bytes == wanted)
}

/// SHA-256 of a file of any length, in hexadecimal digits.
pub fn digest_of(path: &Path) -> Result<String, Unread> {
    plain(path)?;
    let (mut file, mut hash, mut piece) = (File::open(path)?, Sha256::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(super::manifest::in_digits(&hash.finalize())),
            Ok(length) => hash.update(piece.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// What is known of a plain file. A pipe would be waited for without end, and a link leads elsewhere.
fn plain(path: &Path) -> Result<Metadata, Unread> {
    let data = fs::symlink_metadata(path)?;
    match data.file_type() {
        kind if kind.is_file() => Ok(data),
        kind if kind.is_dir() => Err(Unread::Strange("a folder")),
        kind if kind.is_symlink() => Err(Unread::Strange("a link")),
        _ => Err(Unread::Strange("a pipe or a device")),
    }
}

/// A file of the output as it was published; none where it cannot be read.
pub fn published(output: &Path, path: &str) -> Option<Vec<u8>> {
    bytes(&output.join(path), LARGEST).ok()
}
