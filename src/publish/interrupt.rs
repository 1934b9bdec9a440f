//! Gives builds up from outside: what they prepared goes, and what they put in place is whole.

use std::fs;
use std::mem::forget;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use super::LOCK;
use crate::hold::held;

/// Held while something is written into an output, by any number of threads; for ever by who gives up.
static WRITING: RwLock<()> = RwLock::new(());

/// What open builds have prepared.
static OPEN: Mutex<Vec<Traces>> = Mutex::new(Vec::new());

/// What a build leaves on the disk until it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Traces {
    pub output: PathBuf,
    pub work: PathBuf,
    pub stage: PathBuf,
    /// Whether the output folder was there before.
    pub is_known: bool,
}

impl Traces {
    /// From here on they are cleared up if the build is given up.
    pub fn note(&self) {
        open().push(self.clone());
    }

    /// Clears up, at the end of the build or before.
    ///
    /// What waits in the staging folder is of no use to anybody. The journal of a build that was stopped while it put its
    /// files in place is; its folder stays, since it is not empty.
    pub fn clear(&self) {
        let _ = fs::remove_dir_all(&self.stage);
        let _ = fs::remove_dir(self.work.join("old"));
        let _ = fs::remove_file(self.work.join(LOCK));
        self.clear_folders();
    }

    /// Removes the folders of a build that did not begin, where they are empty.
    pub fn clear_folders(&self) {
        let _ = fs::remove_dir(&self.work);
        if !self.is_known {
            let _ = fs::remove_dir(&self.output);
        }
    }

    /// The build is at its end.
    pub fn strike(&self) {
        open().retain(|traces| traces != self);
    }
}

/// Whoever writes holds this meanwhile.
pub fn writing() -> RwLockReadGuard<'static, ()> {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Gives up all builds of this process, which must end after that: nothing more is written. What they prepared is
/// removed; one that is putting finished files in place is waited for, which takes no time that anybody would notice.
pub fn give_up() {
    forget(WRITING.write().unwrap_or_else(PoisonError::into_inner));
    open().iter().for_each(Traces::clear);
}

fn open() -> MutexGuard<'static, Vec<Traces>> {
    held(&OPEN)
}
