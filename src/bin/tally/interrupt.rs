//! Ends the program in order when it is interrupted.

use std::io;
use std::process::exit;
use std::thread::Builder;

use tally::publish::give_up;
use tokio::runtime;

/// Exit codes by which shells know what ended a program.
const INTERRUPTED: i32 = 130;
#[cfg(unix)]
const TERMINATED: i32 = 143;

/// From here on a build that is interrupted, by Ctrl-C or by the system, leaves nothing behind. Where the system does
/// not let itself be asked for that, the next build clears up.
pub fn leave_nothing_behind() -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let signals = {
        let _entered = runtime.enter();
        Signals::new()?
    };
    let wait = move || {
        if let Some(code) = runtime.block_on(signals.first()) {
            give_up();
            exit(code);
        }
    };
    Builder::new().spawn(wait).map(drop)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the first, and gives the code to end with.
    async fn first(mut self) -> Option<i32> {
        tokio::select! {
            heard = self.interrupt.recv() => heard.map(|()| INTERRUPTED),
            heard = self.terminate.recv() => heard.map(|()| TERMINATED),
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn first(self) -> Option<i32> {
        tokio::signal::ctrl_c().await.ok().map(|()| INTERRUPTED)
    }
}
