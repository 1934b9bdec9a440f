//! Keeps files of the content folder that Tally makes for other programs as they should be: new, renewed, or as they are.

use std::fs;
use std::path::Path;

use super::interrupt::writing;
use super::plain::{self, Unread};
use super::rewrite::write_whole;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{plain_words, slashes};

/// Larger files are none that Tally makes for other programs.
const LARGEST: u64 = 1 << 20;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    New,
    Renewed,
    /// It is as it should be.
    Kept,
}

/// What would become of files, by their paths from a folder. A file is Tally's where it holds the `mark` that those
/// which are to be written have; another one of that name is told and left.
pub fn renewals(folder: &Path, files: &[(String, String)], mark: &str) -> Result<Vec<Renewal>, Findings> {
    let mut faults = Findings::new();
    let found = files.iter().filter_map(|(path, text)| {
        let path = folder.join(path);
        match plain::bytes(&path, LARGEST) {
            Ok(bytes) if bytes == text.as_bytes() => Some(Renewal::Kept),
            Ok(bytes) if String::from_utf8_lossy(&bytes).contains(mark) => Some(Renewal::Renewed),
            Err(Unread::Missing) => Some(Renewal::New),
            Ok(_) => {
                faults.push(foreign(&path, "was not made by Tally"));
                None
            }
            Err(why) => {
                faults.push(foreign(&path, &why.words()));
                None
            }
        }
    });
    let found = found.collect();
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// Writes those of the files that are not as they should be.
pub fn renew(folder: &Path, files: &[(String, String)], mark: &str) -> Result<(), Findings> {
    let found = renewals(folder, files, mark)?;
    let _writing = writing();
    for ((path, text), _) in files.iter().zip(found).filter(|(_, renewal)| *renewal != Renewal::Kept) {
        let path = folder.join(path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| write_whole(&path, text));
        written.map_err(|error| {
            let message = format!("{} cannot be written: {}", slashes(&path), plain_words(&error));
            vec![
                Diagnostic::error_nowhere(Code::OutputUnwritable, message)
                    .help("free the disk or allow writing to the folder, then try again"),
            ]
        })?;
    }
    Ok(())
}

fn foreign(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error_nowhere(Code::OutputForeign, format!("{} {why}: nothing was written", slashes(path)))
        .help("move it away, then type the command again")
}
