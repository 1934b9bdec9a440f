//! A text of the content as it is on the disk at this moment, for who is about to change it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Where a text lies whose path in the content folder has forward slashes.
pub fn path_in(content: &Path, file: &str) -> PathBuf {
    file.split('/').fold(content.to_owned(), |path, part| path.join(part))
}

/// The text without its byte order mark; none where there is no such file. A path that goes through a link is refused: it
/// may lead out of the folder.
pub fn text_now(content: &Path, file: &str) -> io::Result<Option<Arc<str>>> {
    let mut path = content.to_owned();
    for part in file.split('/') {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(data) if data.is_symlink() => return Err(io::Error::other("it lies behind a link")),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    let text = fs::read_to_string(&path)?;
    Ok(Some(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text).into()))
}
