//! Writes files of the content anew, for a command that was told to: all of them, or none.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::interrupt::writing;
use super::journal::{Entry, Journal, finish, unwritable};
use super::manifest::digest;
use super::stop_at;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{path_in, slashes};

/// What some editors write before a text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file of the content with what is to stand there instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewrite {
    pub path: PathBuf,
    /// As it was read, without a byte order mark; none where there is no such file yet.
    pub before: Option<Vec<u8>>,
    /// None where there is to be no such file any more.
    pub after: Option<Vec<u8>>,
}

impl Rewrite {
    /// What is to stand in a file.
    pub fn of(path: PathBuf, before: Option<Vec<u8>>, after: impl Into<Vec<u8>>) -> Self {
        Self { path, before, after: Some(after.into()) }
    }

    /// A text that was read, with what is to stand in its place.
    pub fn of_text(path: PathBuf, before: &str, after: impl Into<Vec<u8>>) -> Self {
        Self::of(path, Some(before.into()), after)
    }
}

/// A file that is as it was read, with what comes there.
struct Found {
    entry: Entry,
    bytes: Option<Vec<u8>>,
}

/// Puts files of a folder in the place of others, or takes them away. If one is no longer as it was read, none is written;
/// nor is any while one of them cannot be written. Where the program is killed in between, [`finish`] makes an end of it.
pub fn rewrite(folder: &Path, files: &[Rewrite]) -> Result<(), Findings> {
    finish(folder)?;
    let _writing = writing();
    match files {
        [] => Ok(()),
        // One file takes its place in one step.
        [one] => {
            let found = found(folder, one).map_err(|fault| vec![*fault])?;
            found.stage(folder).inspect_err(|_| found.entry.give_up(folder))?;
            found.entry.put(folder).map_err(|error| {
                found.entry.give_up(folder);
                vec![unwritable(&one.path, &error)]
            })
        }
        several => Journal::begin(folder)?.write(folder, several),
    }
}

impl Journal {
    fn write(mut self, folder: &Path, files: &[Rewrite]) -> Result<(), Findings> {
        let (mut all, mut faults) = (Vec::new(), Findings::new());
        for file in files {
            match found(folder, file) {
                Ok(found) => all.push(found),
                Err(fault) => faults.push(*fault),
            }
        }
        let entries: Vec<Entry> = all.iter().map(|one| one.entry.clone()).collect();
        let staged = stop_at(faults)
            .and_then(|()| self.note(&entries))
            .and_then(|()| all.iter().try_for_each(|one| one.stage(folder)));
        if staged.is_err() {
            entries.iter().for_each(|entry| entry.give_up(folder));
        } else {
            self.put(&entries)?;
        }
        self.end();
        staged
    }
}

/// A file and what comes there, as long as it is what was read.
fn found(folder: &Path, file: &Rewrite) -> Result<Found, Box<Diagnostic>> {
    let stands = match fs::read(&file.path) {
        Ok(bytes) => Some(bytes),
        Err(_) if file.path.symlink_metadata().is_err() => None,
        Err(error) => return Err(Box::new(unwritable(&file.path, &error))),
    };
    let mark = match (&stands, &file.before) {
        (Some(stands), Some(before)) if stands == before => Some(&b""[..]),
        (Some(stands), Some(before)) => {
            stands.strip_prefix(BYTE_ORDER_MARK).filter(|rest| rest == before).map(|_| BYTE_ORDER_MARK)
        }
        (None, None) => Some(&b""[..]),
        _ => None,
    };
    let mark = mark.ok_or_else(|| Box::new(changed(&file.path)))?;
    let bytes = file.after.as_ref().map(|after| [mark, after].concat());
    let digest_of = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(digest);
    let entry = Entry { path: real_path(folder, &file.path), was: digest_of(&stands), is: digest_of(&bytes) };
    Ok(Found { entry, bytes })
}

fn changed(path: &Path) -> Diagnostic {
    let message = format!("{} was changed in the meantime: nothing was written", slashes(path));
    Diagnostic::error_nowhere(Code::OutputUnwritable, message)
        .help("save the file in your editor, then type the command again")
}

/// The path from the folder to a file, where links of the content lead to it.
fn real_path(folder: &Path, path: &Path) -> String {
    let real = fs::canonicalize(folder).and_then(|folder| Ok((fs::canonicalize(path)?, folder)));
    let inside = real.ok().and_then(|(path, folder)| path.strip_prefix(folder).map(slashes).ok());
    inside.unwrap_or_else(|| slashes(path.strip_prefix(folder).unwrap_or(path)))
}

impl Found {
    /// Writes what comes beside its place, with the permissions of what stands there.
    fn stage(&self, folder: &Path) -> Result<(), Findings> {
        let Some(bytes) = &self.bytes else { return Ok(()) };
        let (place, beside) = (path_in(folder, &self.entry.path), self.entry.beside(folder));
        let staged = || {
            beside.parent().map_or(Ok(()), fs::create_dir_all)?;
            write_new(&beside, bytes)?;
            fs::metadata(&place).map_or(Ok(()), |data| fs::set_permissions(&beside, data.permissions()))
        };
        staged().map_err(|error| vec![unwritable(&place, &error)])
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What an earlier attempt left is ours; a link would lead elsewhere.
    let _ = fs::remove_file(path);
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
