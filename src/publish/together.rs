//! Writes new files and changes texts that are there, for a command that was told to: all of it, or nothing.

use std::fs;
use std::path::Path;

use super::begin::begin;
use super::rewrite::{Rewrite, rewrite};
use crate::diagnostic::Findings;

/// Writes files that are not there yet, by their paths from a folder, and puts texts in the place of others.
pub fn together(folder: &Path, new: &[(String, Vec<u8>)], texts: &[Rewrite]) -> Result<(), Findings> {
    begin(folder, new)?;
    rewrite(texts).inspect_err(|_| new.iter().for_each(|(path, _)| drop(fs::remove_file(folder.join(path)))))
}
