//! Writes texts of the content anew, for a command that was told to: whole, or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::interrupt::writing;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{plain_words, slashes};

/// What some editors write before a text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text of the content with what is to stand there instead.
pub struct Rewrite {
    pub path: PathBuf,
    /// As it was read.
    pub before: String,
    pub after: String,
}

/// Puts texts in the place of others. If a file is no longer as it was read, none is written.
pub fn rewrite(texts: &[Rewrite]) -> Result<(), Findings> {
    let (mut ready, mut faults) = (Vec::new(), Findings::new());
    for text in texts {
        match real_and_mark(text) {
            Ok(found) => ready.push((text, found)),
            Err(fault) => faults.push(*fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let _writing = writing();
    for (text, (real, mark)) in ready {
        replace(&real, &format!("{mark}{}", text.after)).map_err(|error| {
            let message = format!("{} cannot be written: {}", slashes(&text.path), plain_words(&error));
            vec![
                Diagnostic::error_nowhere(Code::OutputUnwritable, message).help(
                    "free the disk, allow writing to the file or close the program that holds it, then try again",
                ),
            ]
        })?;
    }
    Ok(())
}

/// Where a file really lies and the mark that it begins with, as long as it is what was read.
fn real_and_mark(text: &Rewrite) -> Result<(PathBuf, &'static str), Box<Diagnostic>> {
    let read = || -> io::Result<(PathBuf, Vec<u8>)> {
        let real = fs::canonicalize(&text.path)?;
        let bytes = fs::read(&real)?;
        Ok((real, bytes))
    };
    match read() {
        Ok((real, bytes)) if bytes == text.before.as_bytes() => Ok((real, "")),
        Ok((real, bytes)) if bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()) == Some(text.before.as_bytes()) => {
            Ok((real, BYTE_ORDER_MARK))
        }
        _ => {
            let message = format!("{} was changed in the meantime: nothing was written", slashes(&text.path));
            Err(Box::new(
                Diagnostic::error_nowhere(Code::OutputUnwritable, message)
                    .help("save the file in your editor, then type the command again"),
            ))
        }
    }
}

/// Writes a file beside another one, which it then takes the place of, with the same permissions.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    by_one_beside(path, text, |beside| fs::set_permissions(beside, fs::metadata(path)?.permissions()))
}

/// Writes a file in one step, whether one is there or not.
pub(super) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    by_one_beside(path, text, |_| Ok(()))
}

fn by_one_beside(path: &Path, text: &str, prepare: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.tally"));
    let written = write_new(&beside, text).and_then(|()| prepare(&beside)).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    // What an earlier attempt left is ours; a link would lead elsewhere.
    let _ = fs::remove_file(path);
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
