//! What changed since the last commit, asked again and again while somebody writes.

use super::state::{Place, State, merge_in_progress, read};
use super::{Compared, Refusal, between};
use crate::build::Options;
use crate::source::{Repository, Revision};

/// Compares the content with the last commit. What was read of a commit is kept until another is the last one.
#[derive(Default)]
pub struct SinceLastCommit {
    /// The commit that was compared last, with what the reports said there; nothing where that cannot be read.
    kept: Option<(Revision, Option<State>)>,
}

impl SinceLastCommit {
    /// What changed in each report, by the content as it lies in its folder.
    pub fn compared(&mut self, options: &Options) -> Result<Compared, Refusal> {
        let kept = self.kept.take();
        let commit = Repository::of(&options.content)?.last_commit()?;
        let (_, state) = self.kept.insert((commit.clone(), None));
        let before = match kept {
            Some((known, Some(before))) if known == commit => before,
            _ => read(options, &Place::Revision(commit))?,
        };
        *state = Some(before.clone());
        let notes = merge_in_progress(options)?.into_iter().collect();
        between(options, before, read(options, &Place::Now)?, notes)
    }

    /// Whether the last commit is another one than that which was compared last.
    pub fn has_moved_on(&self, options: &Options) -> bool {
        let now = Repository::of(&options.content).ok().and_then(|repository| repository.head());
        now.as_ref() != self.kept.as_ref().map(|(commit, _)| &commit.id)
    }
}
