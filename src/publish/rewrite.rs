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
    /// As it was read; none where there is no such file yet.
    pub before: Option<String>,
    pub after: String,
}

/// A text that lies beside the file whose place it is to take.
struct Ready {
    beside: PathBuf,
    real: PathBuf,
}

/// Puts texts in the place of others. If a file is no longer as it was read, none is written; nor is any while one of them
/// cannot be written.
pub fn rewrite(texts: &[Rewrite]) -> Result<(), Findings> {
    let (mut found, mut faults) = (Vec::new(), Findings::new());
    for text in texts {
        match real_and_mark(text) {
            Ok(place) => found.push((text, place)),
            Err(fault) => faults.push(*fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let _writing = writing();
    let mut ready: Vec<Ready> = Vec::new();
    for (text, (real, mark)) in found {
        let beside = beside(&real);
        let written = write_beside(&beside, &real, &format!("{mark}{}", text.after));
        ready.push(Ready { beside, real });
        if let Err(error) = written {
            ready.iter().for_each(|one| drop(fs::remove_file(&one.beside)));
            return Err(vec![unwritable(&text.path, &error)]);
        }
    }
    for (place, one) in ready.iter().enumerate() {
        if let Err(error) = fs::rename(&one.beside, &one.real) {
            ready[place..].iter().for_each(|one| drop(fs::remove_file(&one.beside)));
            return Err(vec![unwritable(&one.real, &error)]);
        }
    }
    Ok(())
}

fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("{} cannot be written: {}", slashes(path), plain_words(error));
    Diagnostic::error_nowhere(Code::OutputUnwritable, message)
        .help("free the disk, allow writing to the file or close the program that holds it, then try again")
}

/// Where a file really lies and the mark that it begins with, as long as it is what was read.
fn real_and_mark(text: &Rewrite) -> Result<(PathBuf, &'static str), Box<Diagnostic>> {
    let read = || -> io::Result<(PathBuf, Vec<u8>)> {
        let real = fs::canonicalize(&text.path)?;
        let bytes = fs::read(&real)?;
        Ok((real, bytes))
    };
    let before = text.before.as_deref().map(str::as_bytes);
    match (read(), before) {
        (Ok((real, bytes)), Some(before)) if bytes == before => Ok((real, "")),
        (Ok((real, bytes)), Some(before)) if bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()) == Some(before) => {
            Ok((real, BYTE_ORDER_MARK))
        }
        (Err(_), None) if text.path.symlink_metadata().is_err() => Ok((text.path.clone(), "")),
        _ => {
            let message = format!("{} was changed in the meantime: nothing was written", slashes(&text.path));
            Err(Box::new(
                Diagnostic::error_nowhere(Code::OutputUnwritable, message)
                    .help("save the file in your editor, then type the command again"),
            ))
        }
    }
}

/// Where a text waits for its place.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.tally"))
}

/// Writes a file beside another one, with the same permissions where there is one.
fn write_beside(beside: &Path, path: &Path, text: &str) -> io::Result<()> {
    write_new(beside, text)?;
    match fs::metadata(path) {
        Ok(data) => fs::set_permissions(beside, data.permissions()),
        Err(_) => Ok(()),
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    // What an earlier attempt left is ours; a link would lead elsewhere.
    let _ = fs::remove_file(path);
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
