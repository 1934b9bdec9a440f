//! What several threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes hold of it, also after one of them panicked meanwhile: all that is held so is changed in one step, or compared before it
/// is used.
pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
