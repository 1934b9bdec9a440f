//! Puts a finished folder in the place of another.

use std::fs;
use std::io;
use std::path::Path;

/// Moves `new` to `place`; what stood there is moved to `old` or removed with the staging folder.
///
/// Where the system can exchange two folders in one step (Linux, macOS), there is no moment without the folder.
/// Elsewhere the old one is moved aside first, and the next build brings it back if it is stopped in between.
pub fn folder(new: &Path, place: &Path, old: &Path) -> io::Result<()> {
    if !new.exists() {
        fs::create_dir_all(new)?;
    }
    if !place.exists() {
        return fs::rename(new, place);
    }
    if exchange(new, place).is_ok() {
        return Ok(());
    }
    if let Some(parent) = old.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(place, old)?;
    fs::rename(new, place).inspect_err(|_| drop(fs::rename(old, place)))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
