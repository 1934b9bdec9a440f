//! What changed since the last commit, the last draft and the edition before, asked again and again while somebody writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::state::{Known, Place, Scope, State, Told, merge_in_progress, read};
use super::{Compared, Refusal, between};
use crate::build::Options;
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::source::{Repository, Revision};

/// An earlier state of the reports with which the content is compared while somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Earlier {
    /// The last commit.
    Commit,
    /// The commit in which the draft of a report got its day; of a report that is final by now, its last draft.
    Draft,
    /// The edition that a report follows.
    Edition,
}

impl Earlier {
    pub const ALL: [Self; 3] = [Self::Commit, Self::Draft, Self::Edition];

    /// What it is called in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Draft => "draft",
            Self::Edition => "edition",
        }
    }
}

/// Compares the content with earlier states. What was read of commits is kept until another is the last one.
#[derive(Default)]
pub struct EarlierStates {
    /// The last commit when it was compared last; none where there was none.
    head: Option<String>,
    /// What the reports said in commits, by their ids, or why these cannot be read.
    read: BTreeMap<String, Result<State, Refusal>>,
    /// The commit of the last draft, by the folders of the reports.
    drafts: BTreeMap<String, Option<Revision>>,
}

impl EarlierStates {
    /// Tells what changed in each report since each earlier state, by the content as it lies in its folder.
    pub fn compare(&mut self, options: &Options, tell: &mut dyn FnMut(Earlier, Result<Compared, Refusal>)) {
        self.follow(options);
        let now = read(options, &Place::Now);
        for earlier in Earlier::ALL {
            let compared = now.clone().and_then(|now| match earlier {
                Earlier::Commit => self.with_last_commit(options, now),
                Earlier::Draft => self.with_last_drafts(options, &now),
                Earlier::Edition => with_editions_before(options, &now),
            });
            tell(earlier, compared);
        }
    }

    /// Whether the last commit is another one than that which was compared last.
    pub fn has_moved_on(&self, options: &Options) -> bool {
        head(options) != self.head
    }

    /// Forgets what was read where there are other commits now.
    fn follow(&mut self, options: &Options) {
        if self.has_moved_on(options) {
            *self = Self { head: head(options), ..Self::default() };
        }
    }

    fn with_last_commit(&mut self, options: &Options, now: State) -> Result<Compared, Refusal> {
        let commit = Repository::of(&options.content)?.last_commit()?;
        let before = self.state(options, &commit)?;
        between(options, before, now, merge_in_progress(options)?.into_iter().collect())
    }

    /// What changed in each report of which a draft was committed.
    fn with_last_drafts(&mut self, options: &Options, now: &State) -> Result<Compared, Refusal> {
        let repository = Repository::of(&options.content)?;
        let mut all = Compared::none(merge_in_progress(options)?.into_iter().collect());
        for report in wanted(options, now) {
            if let Err(why) = self.add_draft(&mut all, options, &repository, (now, report)) {
                all.notes.extend(why.findings.first().map(|finding| finding.message.clone()));
            }
        }
        Ok(all)
    }

    /// Adds what changed in a report since its last draft, if it had one.
    fn add_draft(
        &mut self,
        all: &mut Compared,
        options: &Options,
        repository: &Repository,
        (now, report): (&State, &Arc<Told>),
    ) -> Result<(), Refusal> {
        let draft = match self.drafts.get(&report.folder) {
            Some(known) => known.clone(),
            None => repository.last_draft(&report.folder)?,
        };
        self.drafts.insert(report.folder.clone(), draft.clone());
        let Some(draft) = draft else { return Ok(()) };
        let then = self.state(options, &draft)?;
        add(all, options, &then, (now, report), |one| one.folder == report.folder)
    }

    /// What the reports said in a commit.
    fn state(&mut self, options: &Options, commit: &Revision) -> Result<State, Refusal> {
        if let Some(known) = self.read.get(&commit.id) {
            return known.clone();
        }
        let state = match read(options, &Place::Revision(commit.clone())) {
            Ok(state) => Ok(state),
            // What is wrong in the content of a commit stays so; what git could not do, it may do later.
            Err(why) if why.findings.iter().any(|finding| finding.at.is_some()) => Err(unreadable(commit, &why)),
            Err(why) => return Err(why),
        };
        self.read.insert(commit.id.clone(), state.clone());
        state
    }
}

/// What changed in each report since the edition that it follows, if it does.
fn with_editions_before(options: &Options, now: &State) -> Result<Compared, Refusal> {
    let mut all = Compared::none(Vec::new());
    for report in wanted(options, now) {
        let Some(before) = &report.follows else { continue };
        let then = State { known: Known::Report(before.clone()), ..now.clone() };
        add(&mut all, options, &then, (now, report), |one| one.folder == *before)?;
    }
    Ok(all)
}

/// The reports of a state that the options name.
fn wanted<'s>(options: &'s Options, state: &'s State) -> impl Iterator<Item = &'s Arc<Told>> {
    let is_wanted =
        |one: &&Arc<Told>| options.reports.is_empty() || options.reports.iter().any(|name| one.is_meant_by(name));
    state.reports.iter().filter(is_wanted)
}

/// Adds what changed in one report since a state in which it was one of those that `may_be` it: the one of its row, or the
/// only one.
fn add(
    all: &mut Compared,
    options: &Options,
    then: &State,
    (now, report): (&State, &Arc<Told>),
    may_be: impl Fn(&Told) -> bool,
) -> Result<(), Refusal> {
    let known: Vec<&Arc<Told>> = then.reports.iter().filter(|one| may_be(one)).collect();
    let of_row = known.iter().find(|one| one.row() == report.row());
    let Some(before) = of_row.or(if let [only] = &known[..] { Some(only) } else { None }) else { return Ok(()) };
    let alone = |state: &State, one: &Arc<Told>| State {
        known: state.known.clone(),
        reports: vec![Arc::clone(one)],
        scope: Scope::One,
    };
    let options = Options { reports: Vec::new(), ..options.clone() };
    let compared = between(&options, alone(then, before), alone(now, report), Vec::new())?;
    all.reports.extend(compared.reports);
    Ok(())
}

fn head(options: &Options) -> Option<String> {
    Repository::of(&options.content).ok().and_then(|repository| repository.head())
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
        format!("the commit {} has a fault{}: {message}", commit.short, place.unwrap_or_default()),
    );
    let finding = match why.findings.len() {
        0 | 1 => finding,
        all => finding.help(format!("and {}", counted(all - 1, "other fault", "other faults"))),
    };
    let help = "what changed is shown again once the content is committed without faults";
    Refusal { findings: vec![finding.help(help)], sources: Arc::default() }
}
