//! Hears of changes in the folders that reports are made from.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::PreviewError;
use crate::build::Options;
use crate::source::{is_content_name, languages_folder};

/// What a program saves comes in several events; so long must it be quiet after a file was closed, after one was moved
/// or removed, which another may replace, and after an event that leaves a file open.
const QUIET: Duration = Duration::from_millis(1);
const QUIET_AFTER_MOVE: Duration = Duration::from_millis(3);
const QUIET_WHILE_OPEN: Duration = Duration::from_millis(20);
/// A stream of events that does not end is answered from time to time.
const LONGEST: Duration = Duration::from_millis(200);
/// How often a folder that vanished is looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// Watches the content, the templates, the assets and the files of words, as far as they are there.
pub struct Watcher {
    system: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// The folders that are watched now.
    folders: Vec<PathBuf>,
}

impl Watcher {
    pub fn new(options: Options) -> Result<Self, PreviewError> {
        let (sender, events) = channel();
        let system = notify::recommended_watcher(sender).map_err(|error| PreviewError::Watch(error.to_string()))?;
        let mut watcher = Self { system, events, folders: Vec::new() };
        watcher.look(&options);
        Ok(watcher)
    }

    /// Waits until something changed, and until the change is over. Fails when nothing can be heard any more.
    pub fn wait(&mut self, options: impl Fn() -> Options) -> Result<(), RecvTimeoutError> {
        if self.look(&options()) {
            return Ok(());
        }
        let mut quiet = loop {
            match self.events.recv_timeout(LOOK_AGAIN) {
                Ok(event) => {
                    if let Some(quiet) = self.hear(event) {
                        break quiet;
                    }
                }
                Err(RecvTimeoutError::Timeout) if self.look(&options()) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
            }
        };
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match self.events.recv_timeout(quiet) {
                Ok(event) => quiet = self.hear(event).unwrap_or(quiet),
                Err(_) => break,
            }
        }
        self.look(&options());
        Ok(())
    }

    /// Watches the folders of a build that are there. Whether one came or went since the last look.
    fn look(&mut self, options: &Options) -> bool {
        let languages = languages_folder(&options.content);
        let wanted = [Some(&options.content), options.templates.as_ref(), options.assets.as_ref(), languages.as_ref()];
        let wanted: Vec<&PathBuf> = wanted.into_iter().flatten().filter(|folder| folder.is_dir()).collect();
        let gone: Vec<PathBuf> = self.folders.iter().filter(|folder| !wanted.contains(folder)).cloned().collect();
        gone.iter().for_each(|folder| self.lose(folder));
        let new: Vec<&PathBuf> = wanted.into_iter().filter(|folder| !self.folders.contains(folder)).collect();
        let mut has_changed = !gone.is_empty();
        for folder in new {
            if self.system.watch(folder, RecursiveMode::Recursive).is_ok() {
                self.folders.push((*folder).clone());
                has_changed = true;
            }
        }
        has_changed
    }

    fn lose(&mut self, folder: &Path) {
        let _ = self.system.unwatch(folder);
        self.folders.retain(|known| known != folder);
    }

    /// How long it must be quiet after an event; none where it is no change.
    fn hear(&mut self, event: notify::Result<Event>) -> Option<Duration> {
        // Of an error, such as too many events at once, all that is known is that something may have changed.
        let Ok(event) = event else { return Some(QUIET) };
        let is_read = |path: &PathBuf| {
            let name = path.file_name().map(OsStr::to_string_lossy);
            self.folders.contains(path) || name.is_none_or(|name| is_content_name(&name))
        };
        if !event.paths.is_empty() && !event.paths.iter().any(is_read) {
            return None;
        }
        let quiet = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => QUIET,
            // What comes from a name that nobody reads takes its place whole.
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if !event.paths.first().is_some_and(is_read) => QUIET,
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => QUIET_AFTER_MOVE,
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => return None,
            _ => QUIET_WHILE_OPEN,
        };
        // A folder that was moved away or replaced is still heard of, at its old name.
        let itself: Vec<PathBuf> = self.folders.iter().filter(|folder| event.paths.contains(folder)).cloned().collect();
        if quiet != QUIET_WHILE_OPEN {
            itself.iter().for_each(|folder| self.lose(folder));
        }
        Some(quiet)
    }
}
