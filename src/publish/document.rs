//! Writes one document into a folder, in the place of the one that was written there before.

use std::fs;
use std::path::Path;

use super::interrupt::writing;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{plain_words, slashes};

/// Writes a document; gives its path. It is whole before it takes its place.
pub fn document(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, Findings> {
    let (path, beside) = (folder.join(name), folder.join(format!(".{name}.tally")));
    let _writing = writing();
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&beside, bytes))
        .and_then(|()| fs::rename(&beside, &path))
        .inspect_err(|_| drop(fs::remove_file(&beside)));
    match written {
        Ok(()) => Ok(slashes(&path)),
        Err(error) => {
            let message = format!("{} cannot be written: {}", slashes(&path), plain_words(&error));
            Err(vec![
                Diagnostic::error_nowhere(Code::OutputUnwritable, message)
                    .help("free the disk, allow writing to the folder, or close the document in Word, then try again"),
            ])
        }
    }
}
