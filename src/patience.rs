//! Waits for work that may never end, such as that of a template which goes in circles.

use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::Duration;

/// How long templates may work on one text before they are given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For writing it, which takes a few milliseconds.
    pub writing: Duration,
    /// For laying it out; for each kilobyte a second is added, of which it needs a hundredth.
    pub layout: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { writing: Duration::from_secs(30), layout: Duration::from_secs(120) }
    }
}

/// Layouts can be nested deeply, in bytes of stack.
pub const STACK: usize = 32 << 20;

/// What work comes to, or nothing where it takes longer than it may.
///
/// No thread can be stopped from outside: work that does not end is left alone, holds up nothing and ends with the
/// process. That is why it owns all that it works with.
pub fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (send, receive) = channel();
    let thread = Builder::new().stack_size(STACK).spawn(move || drop(send.send(work()))).ok()?;
    match receive.recv_timeout(limit) {
        Ok(done) => Some(done),
        Err(RecvTimeoutError::Timeout) => None,
        // Without a word only work ends that panicked.
        Err(RecvTimeoutError::Disconnected) => thread.join().map_or_else(|panic| resume_unwind(panic), |()| None),
    }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;

    use super::*;

    #[test]
    fn work_that_does_not_end_is_not_waited_for() {
        assert_eq!(within(Duration::from_secs(60), || 7), Some(7));
        assert_eq!(within(Duration::from_millis(20), || sleep(Duration::from_secs(600))), None);
    }

    #[test]
    #[should_panic(expected = "told")]
    fn work_that_panics_is_heard() {
        let _: Option<()> = within(Duration::from_secs(60), || panic!("told"));
    }
}
