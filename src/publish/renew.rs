//! Keeps files of the content folder that Tally makes for other programs as they should be: new, renewed, or as they are.

use std::fs;
use std::path::Path;

use super::plain::{self, Unread};
use super::rewrite::{Rewrite, rewrite};
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
    let mut texts = Vec::new();
    for ((path, text), renewal) in files.iter().zip(found).filter(|(_, renewal)| *renewal != Renewal::Kept) {
        let path = folder.join(path);
        let before = match renewal {
            Renewal::New => path.parent().map_or(Ok(()), fs::create_dir_all).map(|()| None),
            Renewal::Renewed | Renewal::Kept => fs::read(&path).map(Some),
        };
        let before =
            before.map_err(|error| vec![foreign(&path, &format!("is not written: {}", plain_words(&error)))])?;
        texts.push(Rewrite::of(path, before, text.as_str()));
    }
    rewrite(folder, &texts)
}

fn foreign(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error_nowhere(Code::OutputForeign, format!("{} {why}: nothing was written", slashes(path)))
        .help("move it away, then type the command again")
}
