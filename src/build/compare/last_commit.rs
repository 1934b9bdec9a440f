//! What changed since the last commit, asked again and again while somebody writes.

use std::sync::Arc;

use super::state::{Place, State, merge_in_progress, read};
use super::{Compared, Refusal, between};
use crate::build::Options;
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::source::{Repository, Revision};

/// Compares the content with the last commit. What was read of a commit is kept until another is the last one.
#[derive(Default)]
pub struct SinceLastCommit {
    /// The commit that was compared last, with what the reports said there, or why that cannot be read.
    kept: Option<(Revision, Result<State, Refusal>)>,
}

impl SinceLastCommit {
    /// What changed in each report, by the content as it lies in its folder.
    pub fn compared(&mut self, options: &Options) -> Result<Compared, Refusal> {
        let kept = self.kept.take();
        let commit = Repository::of(&options.content)?.last_commit()?;
        let before = match kept {
            Some((known, before)) if known == commit => before,
            _ => match read(options, &Place::Revision(commit.clone())) {
                Ok(state) => Ok(state),
                // What is wrong in the content of a commit stays so; what git could not do, it may do later.
                Err(why) if why.findings.iter().any(|finding| finding.at.is_some()) => Err(unreadable(&commit, &why)),
                Err(why) => return Err(why),
            },
        };
        let (_, before) = self.kept.insert((commit, before));
        let before = before.clone()?;
        let notes = merge_in_progress(options)?.into_iter().collect();
        between(options, before, read(options, &Place::Now)?, notes)
    }

    /// Whether the last commit is another one than that which was compared last.
    pub fn has_moved_on(&self, options: &Options) -> bool {
        let now = Repository::of(&options.content).ok().and_then(|repository| repository.head());
        now.as_ref() != self.kept.as_ref().map(|(commit, _)| &commit.id)
    }
}

/// Why nothing can be compared with a commit: the content that it holds, which nobody sees now, had faults.
fn unreadable(commit: &Revision, why: &Refusal) -> Refusal {
    let first = why.findings.first();
    let place = first.and_then(|finding| finding.at).map(|at| {
        let line = why.sources.line_column(at).0;
        format!(" at {}:{line}", why.sources.file(at.file).path)
    });
    let message = first.map(|finding| finding.message.as_str()).unwrap_or_default();
    let finding = Diagnostic::error_nowhere(
        Code::RevisionUnreadable,
        format!("the last commit has a fault{}: {message}", place.unwrap_or_else(|| format!(" ({})", commit.short))),
    );
    let finding = match why.findings.len() {
        0 | 1 => finding,
        all => finding.help(format!("and {}", counted(all - 1, "other fault", "other faults"))),
    };
    let help = "what changed is shown again once the content is committed without faults";
    Refusal { findings: vec![finding.help(help)], sources: Arc::default() }
}
