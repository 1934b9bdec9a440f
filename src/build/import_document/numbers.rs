//! Which numbers of new texts have nothing behind them, and which figures of the content they may be.
//!
//! The texts are put into the content in memory, and looked at as `tally bind` looks at those that are there.

use std::collections::BTreeMap;

use super::{FileState, ImportedFile};
use crate::bind::propose;
use crate::check::Subject;
use crate::diagnostic::{FileId, Findings};
use crate::fact::{facts, passages};
use crate::model;
use crate::source::SourceTree;

/// A number with nothing behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundNumber {
    /// The file, from the content folder, and the line in it.
    pub file: String,
    pub line: usize,
    pub typed: String,
    /// The sentence that it stands in.
    pub sentence: String,
    /// What may be written in its place, the most likely first.
    pub bindings: Vec<String>,
}

/// The numbers of new and changed prose. Nothing is found where the content cannot be read.
pub fn find(tree: &SourceTree, report: &str, files: &[ImportedFile], notes: &str) -> Vec<FoundNumber> {
    let mut tree = tree.clone();
    let mut added: BTreeMap<FileId, String> = BTreeMap::new();
    let mut new = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md") && is_written(file)) {
        let id = tree.sources.add(tree.shown(&file.path), String::from_utf8_lossy(&file.bytes));
        tree.texts.insert(file.path.clone(), id);
        added.insert(id, file.path.clone());
        new.extend((file.state == FileState::New).then(|| file.path.rsplit('/').next().unwrap_or_default().to_owned()));
    }
    if name_in_report(&mut tree, report, &new, notes).is_none() {
        return Vec::new();
    }
    let mut findings = Findings::new();
    let Some(project) = model::load(&tree, &mut findings) else { return Vec::new() };
    let facts = facts(&project, &tree.sources, &mut findings);
    let passages = passages(&project, &facts, &tree.sources, &mut findings);
    let subject = Subject { project: &project, facts: &facts, passages: &passages, tree: &tree };
    let proposals = propose(&subject, |one| one.folder == report);
    let numbers = proposals.into_iter().filter(|proposal| proposal.is_asked).filter_map(|proposal| {
        Some(FoundNumber {
            file: added.get(&proposal.at.file)?.clone(),
            line: tree.sources.line_column(proposal.at).0,
            typed: proposal.typed,
            sentence: proposal.sentence,
            bindings: proposal.candidates.into_iter().map(|candidate| candidate.binding).collect(),
        })
    });
    numbers.collect()
}

fn is_written(file: &ImportedFile) -> bool {
    matches!(file.state, FileState::New | FileState::Changed { .. })
}

/// Names new prose in a section of its own, at the top of the report's sections, and adds the notes.
fn name_in_report(tree: &mut SourceTree, report: &str, new: &[String], notes: &str) -> Option<()> {
    if new.is_empty() {
        return Some(());
    }
    let path = format!("{report}/report.yaml");
    let text = tree.sources.file(*tree.texts.get(&path)?).text.clone();
    let start = text.find("\nsections:")? + 1;
    let line_end = start + text[start..].find('\n')? + 1;
    let item = text[line_end..].lines().find(|line| line.trim_start().starts_with("- "))?;
    let room = " ".repeat(item.len() - item.trim_start().len());
    let parts: String = new.iter().map(|file| format!("{room}    - prose: {file}\n")).collect();
    let section = format!("{room}- id: imported-just-now\n{room}  title: Imported\n{room}  parts:\n{parts}");
    let text = with_notes(format!("{}{section}{}", &text[..line_end], &text[line_end..]), notes);
    let id = tree.sources.add(tree.shown(&path), text);
    tree.texts.insert(path, id);
    Some(())
}

/// A report with more notes, among those that it has.
fn with_notes(text: String, notes: &str) -> String {
    if notes.is_empty() {
        return text;
    }
    match text.find("\nnotes:\n") {
        Some(start) => {
            let end = start + "\nnotes:\n".len();
            format!("{}{notes}{}", &text[..end], &text[end..])
        }
        None => format!("{}\nnotes:\n{notes}", text.trim_end()),
    }
}
