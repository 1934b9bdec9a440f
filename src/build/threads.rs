//! Work that is done side by side.

use std::io;
use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

use crate::diagnostic::Unfiled;

/// Layouts can be nested deeply, in bytes of stack.
const STACK: usize = 32 << 20;

/// Begins a piece of work; an error where the system has no thread for it.
pub fn begin<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    Builder::new().stack_size(STACK).spawn_scoped(scope, work)
}

/// Does two things at once; the faults of both are told.
pub fn side_by_side<A: Send, B>(
    one: impl Fn() -> Result<A, Vec<Unfiled>> + Sync,
    other: impl FnOnce() -> Result<B, Vec<Unfiled>>,
) -> Result<(A, B), Vec<Unfiled>> {
    let both = scope(|scope| {
        let thread = begin(scope, &one);
        let other = other();
        let one = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => one(),
        };
        (one, other)
    });
    match both {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}
