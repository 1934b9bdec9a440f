//! Writes the files of a new report, beside whatever is there: all of them, or none.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::interrupt::writing;
use super::stop_at;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{plain_words, slashes};

/// Writes files that are not there yet, by their paths from a folder. If one is there, nothing is written.
pub fn begin(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Findings> {
    let paths: Vec<PathBuf> = files.iter().map(|(path, _)| folder.join(path)).collect();
    refuse_taken(paths.iter().cloned())?;
    let _writing = writing();
    for (place, (path, (_, bytes))) in paths.iter().zip(files).enumerate() {
        if let Err(error) = write_new(path, bytes) {
            // What is half there would be taken for a report.
            paths[..place].iter().for_each(|path| drop(fs::remove_file(path)));
            let message = format!("{} cannot be written: {}; nothing was kept", slashes(path), plain_words(&error));
            return Err(vec![
                Diagnostic::error_nowhere(Code::OutputUnwritable, message)
                    .help("free the disk or allow writing to the folder, then try again"),
            ]);
        }
    }
    Ok(())
}

/// Refuses places where something is already.
pub fn refuse_taken(paths: impl Iterator<Item = PathBuf>) -> Result<(), Findings> {
    stop_at(paths.filter(|path| path.symlink_metadata().is_ok()).map(|path| taken(&path)).collect())
}

fn taken(path: &Path) -> Diagnostic {
    let message = format!("{} is there already: nothing was written", slashes(path));
    Diagnostic::error_nowhere(Code::OutputForeign, message).help("choose another name, or another folder")
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}
