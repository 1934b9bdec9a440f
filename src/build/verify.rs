//! Reads a page of the live site back: whether it says what was published.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fragment::{self, Verified};
use crate::publish::Manifest;
use crate::source;

/// The page with which a report begins.
const FIRST: &str = "index.html";

/// A saved page, and the output that holds what was published.
#[derive(Debug, Clone)]
pub struct Verify {
    pub saved: PathBuf,
    pub output: PathBuf,
    /// The report that stands on the page; without it, whichever of the output does.
    pub report: Option<String>,
}

/// What of the output's reports stands on the page, and what differs there: of each the page that has most in common with it,
/// by its name where it is not the first of the report.
pub fn verify(asked: &Verify) -> Result<Vec<(String, Verified)>, Findings> {
    let saved = text(&asked.saved)?;
    let manifest = Manifest::read(&asked.output)?;
    let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in &manifest.files {
        let page = file.path.split_once('/').filter(|(_, name)| !name.contains('/') && name.ends_with(".html"));
        if let Some((report, name)) = page.filter(|(report, _)| asked.report.as_ref().is_none_or(|one| one == report)) {
            pages.entry(report).or_default().push(name);
        }
    }
    if pages.is_empty() {
        let what =
            asked.report.as_ref().map_or_else(|| "no report".to_owned(), |report| format!("no page of {report}"));
        let message = format!("{} holds {what}", source::slashes(&asked.output));
        return Err(vec![
            Diagnostic::error_nowhere(Code::NotAsPublishedThere, message)
                .help("build the reports first, as they were published, or name their folder with --output"),
        ]);
    }
    let mut all = Vec::new();
    for (report, names) in pages {
        let mut nearest: Option<(&str, Verified)> = None;
        for name in names {
            let published = text(&asked.output.join(report).join(name))?;
            let verified = fragment::verify(report, &published, &saved);
            let verified = verified.filter(|verified| asked.report.is_some() || verified.stands_there());
            let is_nearer = |verified: &Verified| {
                nearest.as_ref().is_none_or(|(_, nearest)| nearest.in_common() < verified.in_common())
            };
            nearest = verified.filter(is_nearer).map(|verified| (name, verified)).or(nearest);
        }
        all.extend(nearest.map(|(name, verified)| match name {
            FIRST => (report.to_owned(), verified),
            other => (format!("{report}/{other}"), verified),
        }));
    }
    if all.is_empty() {
        let message =
            format!("no report of {} stands on {}", source::slashes(&asked.output), source::slashes(&asked.saved));
        return Err(vec![
            Diagnostic::error_nowhere(Code::NotAsPublishedThere, message)
                .help("save the whole page from the browser: File, Save page as, “Web page, HTML only”"),
        ]);
    }
    Ok(all)
}

fn text(path: &Path) -> Result<String, Findings> {
    let (sources, file) = source::read_record(path).map_err(|fault| vec![*fault])?;
    Ok(sources.file(file).text.to_string())
}
