//! Work that is done side by side.

use std::io;
use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

use crate::diagnostic::Findings;
use crate::patience::STACK;

/// Begins a piece of work; an error where the system has no thread for it.
pub fn begin<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    Builder::new().stack_size(STACK).spawn_scoped(scope, work)
}

/// Takes hold of what threads share. What one that panicked left is as good as any: it is compared before it is used.
pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does two things at once: what is waited for most here, without the time that a thread takes to begin, and the other
/// on a thread of its own. The faults of both are told.
pub fn side_by_side<A, B: Send>(
    here: impl FnOnce() -> Result<A, Findings>,
    there: impl FnOnce() -> Result<B, Findings> + Send,
) -> Result<(A, B), Findings> {
    // Without a thread it is still to be done; whoever takes it does it, and holds no lock meanwhile.
    let there = Mutex::new(Some(there));
    let work = || {
        let there = held(&there).take();
        there.map(|there| there())
    };
    let both = scope(|scope| {
        let thread = begin(scope, work);
        let here = here();
        let there = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => work(),
        };
        (here, there)
    });
    match both {
        (Ok(here), Some(Ok(there))) => Ok((here, there)),
        (here, there) => Err([here.err(), there.and_then(Result::err)].into_iter().flatten().flatten().collect()),
    }
}
