//! Shows the reports in a browser while they are written, and shows them anew after every change.
//!
//! In: the options of a build, and a port. Four parts work side by side: [`watch`] hears of changes on the disk, a
//! [`ReportBuilder`] makes what changed, on the same path as a build, [`changes`] compares it with earlier states, and
//! [`server`] shows the [`editions`] and the changes to browsers on this machine. Nothing is written to the disk, so that no
//! full disk, no second preview and no request can harm what is published; only where it was asked for (`--edit`) [`edit`]
//! writes what a browser changes into the content. [`state`] is what the browser is told.

#![allow(
    clippy::disallowed_methods,
    reason = "it waits for what is saved to settle, and says how long it took; none of that is in a file"
)]

mod changes;
mod edit;
mod editions;
mod excerpt;
mod server;
mod state;
mod watch;

use std::net::SocketAddr;
use std::sync::mpsc::{Sender, channel as queue};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::watch as channel;

use crate::build::{Options, Outcome, ReportBuilder};
use crate::diagnostic::any_errors;
use crate::readback::pdf::Reader;
use changes::{Built, ShownChanges, Work, compare_after_every_build};
use edit::Session;
use edit::routes::{Editing, token};
use editions::{ShownEditions, Soon};
use state::{State, Status};
use watch::Watcher;

pub use server::{PORTS, PreviewError};

/// What happens while a preview runs.
pub enum Told<'a> {
    /// Browsers can look now.
    Listening(SocketAddr),
    /// Everything was made that could be.
    Built(&'a Outcome, Duration),
}

/// What a preview is asked to do.
pub struct Preview<O> {
    /// The options of a build, found anew each time: folders come and go.
    pub options: O,
    /// The port to listen on; without one the first of [`PORTS`] that is free.
    pub port: Option<u16>,
    /// Whether the content can be changed from the browser.
    pub edits: bool,
}

impl<O: Fn() -> Options + Send + Sync + 'static> Preview<O> {
    /// Runs until it is interrupted.
    pub fn run(self, tell: impl Fn(Told) + Send + 'static) -> Result<(), PreviewError> {
        let (states, seen) = channel::channel(Arc::new(State::default()));
        let editions = Arc::new(ShownEditions::default());
        let listener = server::listen(self.port)?;
        tell(Told::Listening(listener.local_addr().map_err(PreviewError::Server)?));
        // Watching begins before reading does, so that no change falls between the two.
        let watcher = Watcher::new((self.options)())?;
        let changes = Arc::new(ShownChanges::default());
        let options = Arc::new(self.options);
        let session = self.edits.then(Arc::<Session>::default);
        let board = Arc::new(Board { editions: Arc::clone(&editions), states, session });
        let editing = board.editing(&options)?;
        let (work, builder) = queue();
        {
            let (options, board, changes) = (Arc::clone(&options), Arc::clone(&board), Arc::clone(&changes));
            let tell = move |state| _ = board.states.send_if_modified(|known| Arc::make_mut(known).learn(state));
            std::thread::spawn(move || compare_after_every_build(&*options, &builder, &changes, tell));
        }
        std::thread::spawn(move || make_after_every_change(&*options, watcher, &board, &work, tell));
        server::serve(listener, editions, changes, seen, editing)
    }
}

/// Makes the reports, and makes them again whenever something changes, for as long as changes can be heard.
fn make_after_every_change(
    options: &impl Fn() -> Options,
    mut watcher: Watcher,
    board: &Board,
    work: &Sender<Work>,
    tell: impl Fn(Told),
) {
    let mut builder = ReportBuilder::keeping();
    for edition in 1.. {
        let begun = Instant::now();
        // Nobody compares any more only when the program ends.
        let _ = work.send(Work::Begins);
        board.show(edition, Status::Building);
        let saved = board.session.as_ref().map_or(0, |session| session.state().saved);
        let mut destination = board.editions.destination(|soon| match soon {
            Soon::Found(findings, sources) => board.show(edition, Status::Checked { findings, sources }),
            Soon::Proof => board.show(edition, Status::Proof),
        });
        let outcome = builder.run_and_look(&options(), &mut destination, &|_| (), &mut |content, understood| {
            if let Some(session) = &board.session {
                session.learn().learn((edition, saved), content, understood);
            }
        });
        destination.end();
        let time = begun.elapsed();
        board.show(edition, Status::Ended { outcome: &outcome, time });
        tell(Told::Built(&outcome, time));
        let _ = work.send(Work::Ended(Built { edition, is_good: !any_errors(&outcome.findings) }));
        builder.tidy();
        if watcher.wait(options).is_err() {
            return;
        }
    }
}

/// Where browsers look.
struct Board {
    editions: Arc<ShownEditions>,
    states: channel::Sender<Arc<State>>,
    /// What is edited; none where nothing can be.
    session: Option<Arc<Session>>,
}

impl Board {
    /// Tells how far an edition is, after its files are shown.
    fn show(&self, edition: u64, status: Status) {
        self.states.send_modify(|state| {
            *state = Arc::new(state.next(edition, status, &self.editions, self.session.as_deref()))
        });
    }

    /// What the routes of the editing work with.
    fn editing<O: Fn() -> Options + Send + Sync + 'static>(
        self: &Arc<Self>,
        options: &Arc<O>,
    ) -> Result<Option<Arc<Editing>>, PreviewError> {
        let Some(session) = &self.session else { return Ok(None) };
        let (board, options) = (Arc::clone(self), Arc::clone(options));
        Ok(Some(Arc::new(Editing {
            session: Arc::clone(session),
            content: Box::new(move || options().content),
            tell: Box::new(move |edit| board.states.send_modify(|state| Arc::make_mut(state).edited(edit))),
            editions: Arc::clone(&self.editions),
            reader: Mutex::new(Reader::keeping()),
            found: Mutex::default(),
            token: token().map_err(PreviewError::Token)?,
            nonce: token().map_err(PreviewError::Token)?,
        })))
    }
}
