//! Work that is done side by side.

use std::io;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

use crate::diagnostic::Findings;
use crate::hold::held;
use crate::patience::STACK;

/// Begins a piece of work; an error where the system has no thread for it.
pub fn begin<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    Builder::new().stack_size(STACK).spawn_scoped(scope, work)
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
    let (here, there) = scope(|scope| {
        let thread = begin(scope, work);
        let here = here();
        let there = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => work(),
        };
        (here, there)
    });
    together(here, there.unwrap_or_else(|| Err(Findings::new())))
}

/// What two things come to, or the faults of both.
pub fn together<A, B>(one: Result<A, Findings>, other: Result<B, Findings>) -> Result<(A, B), Findings> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};

    #[test]
    fn the_faults_of_both_are_told() {
        let fault = |message: &str| vec![Diagnostic::error_nowhere(Code::LayoutFailed, message)];
        let (page, pdf) = (fault("the page"), fault("the PDF"));
        assert_eq!(together::<(), ()>(Err(page.clone()), Err(pdf.clone())), Err([page.clone(), pdf].concat()));
        assert_eq!(together::<(), ()>(Err(page.clone()), Ok(())), Err(page));
        assert_eq!(together(Ok(1), Ok(2)), Ok((1, 2)));
    }
}
