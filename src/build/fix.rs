//! Mends what is beyond doubt: finds the mends of findings, and writes them into their files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Options, Outcome, check_only};
use crate::diagnostic::{Diagnostic, FileId, Findings, Mend};
use crate::publish::{Rewrite, rewrite};
use crate::source;

/// What was found in the content.
pub struct Mends {
    /// With all findings, also those that are left to their authors.
    pub outcome: Outcome,
    /// The findings that are mended, by their places in the outcome.
    pub mended: Vec<usize>,
    /// The texts that change, each as it is then.
    texts: BTreeMap<FileId, String>,
    files: BTreeMap<FileId, PathBuf>,
    content: PathBuf,
}

/// Finds what can be mended beyond doubt in a content folder.
pub fn find_mends(options: &Options) -> Mends {
    let outcome = check_only(options, &|_| ());
    let (mut mended, mut mends): (Vec<usize>, Vec<&Mend>) = Default::default();
    for (place, finding) in outcome.findings.iter().enumerate().filter(|(_, one)| !one.mends.is_empty()) {
        if has_room(finding, &mends) {
            mended.push(place);
            mends.extend(finding.mends.iter().filter(|mend| !mends.contains(mend)).collect::<Vec<_>>());
        }
    }
    mends.sort_by_key(|mend| mend.at);
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    // From the end, so that places before it stay what they were.
    for mend in mends.into_iter().rev() {
        let file = mend.at.file;
        let text = texts.entry(file).or_insert_with(|| outcome.sources.file(file).text.clone());
        text.replace_range(mend.at.letters(), &mend.with);
    }
    let (tree, _) = source::read(&options.content);
    let path_of = |file: &FileId| {
        let shown = &outcome.sources.file(*file).path;
        let path = tree.texts.keys().find(|path| tree.shown(path) == *shown)?;
        Some((*file, options.content.join(path)))
    };
    let files = texts.keys().filter_map(path_of).collect();
    Mends { outcome, mended, texts, files, content: options.content.clone() }
}

/// Whether what mends a finding stands in the way of nothing that is mended already; the same mend may be asked for
/// twice.
fn has_room(finding: &Diagnostic, mends: &[&Mend]) -> bool {
    let is_apart = |one: &Mend, other: &Mend| {
        one.at.file != other.at.file || one.at.end <= other.at.start || other.at.end <= one.at.start
    };
    let is_alone = |one: &Mend| mends.iter().all(|other| *other == one || is_apart(one, other));
    finding.mends.iter().all(is_alone)
}

impl Mends {
    /// The findings that are mended.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.mended.iter().filter_map(|place| self.outcome.findings.get(*place))
    }

    /// How many files change.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// Writes what is mended; nothing else in any file changes.
    pub fn write(&self) -> Result<(), Findings> {
        let texts = self.texts.iter().filter_map(|(file, after)| {
            let before = &self.outcome.sources.file(*file).text;
            Some(Rewrite::of_text(self.files.get(file)?.clone(), before, after.as_str()))
        });
        rewrite(&self.content, &texts.collect::<Vec<_>>())
    }
}
