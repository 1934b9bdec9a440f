//! What stands in the output before a build: what Tally wrote there, and what others did with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::manifest::{Inside, Manifest, ManifestFile};
use super::plain::{self, Unread};
use super::{in_the_way, stop_at};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::slashes;

/// Of more files than these the first are named.
const MOST_NAMED: usize = 5;

/// No journal is longer, in bytes: it says less of each file than a manifest does.
const LONGEST_JOURNAL: u64 = 256 << 20;

/// What earlier builds wrote into an output.
///
/// The journal of a build that was interrupted while it put its files in place says which of them may be new already;
/// it has a line for each file, with its digest and its path.
#[derive(Default)]
pub struct Former {
    pub manifest: Manifest,
    /// Digests of every file that Tally wrote, by its path: of the last build, and of one that was interrupted.
    written: BTreeMap<String, Vec<String>>,
}

impl Former {
    /// Reads what an output says of itself, and refuses what could harm anything outside it.
    pub fn read(output: &Path, journal: &Path) -> Result<Self, Findings> {
        let manifest = Manifest::read(output)?;
        let text = match plain::bytes(journal, LONGEST_JOURNAL) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(Unread::Missing) => String::new(),
            Err(unread) => return Err(vec![in_the_way(journal, &unread.words())]),
        };
        let noted: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once("  ")).collect();
        stop_at(Inside { output, list: journal }.refuse(noted.iter().map(|(_, path)| *path)))?;
        let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let listed = manifest.files.iter().map(|file| (file.sha256.as_str(), file.path.as_str()));
        for (digest, path) in listed.chain(noted) {
            written.entry(path.to_owned()).or_default().push(digest.to_owned());
        }
        Ok(Self { manifest, written })
    }

    /// Whether Tally wrote the file of that path.
    pub fn wrote(&self, path: &str) -> bool {
        self.written.contains_key(path)
    }

    /// Whether Tally wrote anything into the folder of that path.
    pub fn wrote_into(&self, folder: &str) -> bool {
        let folder = format!("{folder}/");
        self.written.range(folder.clone()..).next().is_some_and(|(path, _)| path.starts_with(&folder))
    }

    /// Refuses to write over what a person changed: files of these reports, and those that all reports share.
    pub fn refuse_changed(&self, output: &Path, reports: &[String]) -> Result<(), Findings> {
        let stay: BTreeSet<&str> = self
            .manifest
            .files
            .iter()
            .filter_map(|file| file.report.as_deref())
            .filter(|one| !reports.iter().any(|report| report == one))
            .collect();
        let is_written = |path: &str| path.split_once('/').is_none_or(|(folder, _)| !stay.contains(folder));
        let is_changed = |path: &str, digests: &[String]| match plain::digest_of(&output.join(path)) {
            Ok(digest) => !digests.contains(&digest),
            // What is gone is made again; what cannot be read is nothing that Tally wrote.
            Err(unread) => !matches!(unread, Unread::Missing),
        };
        let written = self.written.iter().filter(|(path, _)| is_written(path));
        let changed: Vec<&str> =
            written.filter(|(path, digests)| is_changed(path, digests)).map(|(path, _)| path.as_str()).collect();
        let Some((first, others)) = changed.split_first() else { return Ok(()) };
        let named = others.iter().take(MOST_NAMED - 1).map(|path| format!("{path} was changed as well"));
        let more = others.len().saturating_sub(MOST_NAMED - 1);
        let finding = Diagnostic::error_nowhere(
            Code::OutputChanged,
            format!("{} was changed after it was built", slashes(&output.join(first))),
        );
        let finding = named.fold(finding, |finding, also| finding.help(also));
        let finding = if more > 0 { finding.help(format!("and {more} more files")) } else { finding };
        Err(vec![finding.help(
            "a build would write over the change: make it in the content or the templates, delete the changed file and build again; or move it out of the output to keep it",
        )])
    }

    /// What is noted before files are put in place: those that come, and all that Tally wrote before.
    pub fn journal(&self, files: &[ManifestFile]) -> String {
        let noted = self.written.iter().flat_map(|(path, digests)| digests.iter().map(move |digest| (digest, path)));
        let next = files.iter().map(|file| (&file.sha256, &file.path));
        noted.chain(next).map(|(digest, path)| format!("{digest}  {path}\n")).collect()
    }
}
