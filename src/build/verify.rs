//! Reads a page of the live site back: whether it says what was published.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fragment::{self, Verified};
use crate::publish::Manifest;
use crate::source;

/// A saved page, and the output that holds what was published.
#[derive(Debug, Clone)]
pub struct Verify {
    pub saved: PathBuf,
    pub output: PathBuf,
    /// The report that stands on the page; without it, whichever of the output does.
    pub report: Option<String>,
}

/// What of the output's reports stands on the page, and what differs there.
pub fn verify(asked: &Verify) -> Result<Vec<(String, Verified)>, Findings> {
    let saved = text(&asked.saved)?;
    let manifest = Manifest::read(&asked.output)?;
    let pages = manifest.files.iter().filter_map(|file| {
        let report = file.path.strip_suffix("/index.html")?;
        let is_asked = asked.report.as_ref().is_none_or(|one| one == report);
        (is_asked && !report.contains('/')).then_some((report, &file.path))
    });
    let pages: Vec<(&str, &String)> = pages.collect();
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
    for (report, path) in pages {
        let published = text(&asked.output.join(path))?;
        let verified = fragment::verify(report, &published, &saved);
        let verified = verified.filter(|verified| asked.report.is_some() || verified.stands_there());
        all.extend(verified.map(|verified| (report.to_owned(), verified)));
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
