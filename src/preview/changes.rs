//! What changed since the last commit, the last draft and the edition before, as the third thing that is shown beside page and
//! PDF.
//!
//! It is compared after a build, by a thread of its own that begins while nothing is being built, so that neither page nor
//! PDF waits for it, and once more when somebody commits; a comparison that has begun is finished. Content with faults is not
//! compared: then the last comparison stays, as the page and the PDF do. Where there is nothing to compare with, the reason
//! stands in its place. With which earlier state somebody looks at the content is for each window to choose: all of them are
//! compared.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde::Serialize;
use typst::foundations::Bytes;

use super::editions::digest;
use crate::build::{Compared, ComparisonPages, Earlier, EarlierStates, Options, Refusal};
use crate::publish::Artifact;
use crate::render::STYLESHEET;
use crate::view::{AreaView, ChangeView, ComparisonView};

/// So long nothing may have been built before it is compared: who writes saves again and again.
const QUIET: Duration = Duration::from_millis(200);
/// How often it is looked whether somebody committed.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// So many changes are listed beside the page.
const MOST_LINES: usize = 100;

/// The pages that say what changed, by their paths.
#[derive(Default)]
pub struct ShownChanges(RwLock<BTreeMap<String, Bytes>>);

impl ShownChanges {
    /// The file of that path.
    pub fn file(&self, path: &str) -> Option<Bytes> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// Shows other pages in the place of those of one earlier state.
    fn show(&self, earlier: Earlier, files: Vec<Artifact>) {
        let folder = format!("{}/", earlier.name());
        let mut shown = self.0.write().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|path, _| !path.starts_with(&folder));
        shown.extend(files.into_iter().map(|file| (folder.clone() + &file.path, file.bytes)));
    }
}

/// What the browser is told of the changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChangesState {
    /// The number of the build after which all was compared.
    edition: u64,
    since: BTreeMap<Earlier, ChangesSince>,
}

/// What changed since an earlier state.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct ChangesSince {
    stylesheet_digest: Option<String>,
    /// By the ids of the reports.
    reports: BTreeMap<String, ReportChanges>,
    /// What has to be known besides: why there is nothing and what helps, or a merge that is going on.
    notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ReportChanges {
    digest: String,
    /// What it was compared with: "Revision 1a2b3c4, 3 June 2017, 09:12".
    before: String,
    /// How many changes there are.
    number: usize,
    /// The first of them.
    lines: Vec<ChangeLine>,
}

/// A change in a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ChangeLine {
    section: String,
    what: String,
    was: String,
    is: String,
    /// "+£18,000", "14 words".
    difference: String,
    /// The address of a figure.
    address: Option<String>,
}

/// What the builder does.
pub enum Work {
    Begins,
    Ended(Built),
}

/// A build that has ended.
pub struct Built {
    /// Its number.
    pub edition: u64,
    pub is_good: bool,
}

/// Compares after every good build, and after every commit.
pub fn compare_after_every_build(
    options: &impl Fn() -> Options,
    builder: &Receiver<Work>,
    shown: &ShownChanges,
    tell: impl Fn(ChangesState),
) {
    let (mut states, mut now) = (EarlierStates::default(), ChangesState::default());
    let mut pages = ComparisonPages::default();
    let mut last = Built { edition: 0, is_good: false };
    loop {
        let mut heard = builder.recv_timeout(LOOK_AGAIN);
        match heard {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) if last.is_good && states.has_moved_on(&options()) => {}
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        }
        // No comparison begins while something is being built.
        while let Ok(work) = heard {
            heard = match work {
                Work::Begins => builder.recv().map_err(RecvTimeoutError::from),
                Work::Ended(built) => {
                    last = built;
                    builder.recv_timeout(QUIET)
                }
            };
        }
        if last.is_good {
            let options = options();
            states.compare(&options, &mut |earlier, compared| {
                let (since, files) = match compared.and_then(|compared| changes_since(compared, &options, &mut pages)) {
                    Ok(changes) => changes,
                    Err(refusal) => (ChangesSince { notes: words(&refusal), ..ChangesSince::default() }, Vec::new()),
                };
                shown.show(earlier, files);
                now.since.insert(earlier, since);
                tell(now.clone());
            });
            now.edition = last.edition;
            tell(now.clone());
        }
    }
}

/// What a comparison comes to, and its pages.
fn changes_since(
    compared: Compared,
    options: &Options,
    pages: &mut ComparisonPages,
) -> Result<(ChangesSince, Vec<Artifact>), Refusal> {
    let printed = compared.printed();
    let pages = if printed.is_empty() { Vec::new() } else { pages.write(options, &printed)? };
    let views = printed.iter().map(|one| &one.view);
    let reports = views.zip(compared.since()).zip(&pages).map(|((report, before), page)| {
        let number = report.areas.iter().map(|area| area.changes.len()).sum();
        (report.report.clone(), ReportChanges { digest: digest(&page.bytes), before, number, lines: lines(report) })
    });
    let since = ChangesSince {
        stylesheet_digest: pages.iter().find(|page| page.path == STYLESHEET).map(|sheet| digest(&sheet.bytes)),
        reports: reports.collect(),
        notes: compared.notes,
    };
    Ok((since, pages))
}

/// The first changes of a report, a line each; the comparison itself shows all of them in their places.
fn lines(report: &ComparisonView) -> Vec<ChangeLine> {
    let all = report.areas.iter().flat_map(|area| area.changes.iter().map(move |change| (area, change)));
    let line = |(area, change): (&AreaView, &ChangeView)| ChangeLine {
        section: area.title.clone(),
        what: change.what.clone(),
        was: change.was.clone(),
        is: change.is.clone(),
        difference: change.difference.clone(),
        address: change.address.clone(),
    };
    all.take(MOST_LINES).map(line).collect()
}

/// What is wrong, and what helps.
fn words(refusal: &Refusal) -> Vec<String> {
    let all = refusal.findings.iter().flat_map(|finding| [&finding.message].into_iter().chain(&finding.help));
    all.cloned().collect()
}
