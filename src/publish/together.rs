//! Writes new files and changes those that are there, for a command that was told to: all of it, or nothing.

use std::path::Path;

use super::begin::refuse_taken;
use super::rewrite::{Rewrite, rewrite};
use crate::diagnostic::Findings;

/// Writes files that are not there yet, by their paths from a folder, and puts others in the place of those that are.
pub fn together(folder: &Path, new: &[(String, Vec<u8>)], changed: Vec<Rewrite>) -> Result<(), Findings> {
    refuse_taken(new.iter().map(|(path, _)| folder.join(path)))?;
    let new = new.iter().map(|(path, bytes)| Rewrite::of(folder.join(path), None, bytes.clone()));
    rewrite(folder, &new.chain(changed).collect::<Vec<_>>())
}
