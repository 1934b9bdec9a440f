//! Reads the files of words that lie beside the content: `languages/cy.yaml`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{SourceTree, add_text, slashes, text_of, unreadable};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};

/// The folder of the files of words of a content folder, if it is there.
pub fn folder(content: &Path) -> Option<PathBuf> {
    content.file_name()?;
    let folder = content.with_file_name("languages");
    folder.is_dir().then_some(folder)
}

/// Reads them into the tree, each by the tag that its name is.
pub fn read(tree: &mut SourceTree, content: &Path, findings: &mut Findings) {
    let Some(folder) = folder(content) else { return };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) => return findings.push(unreadable(&slashes(&folder), Some(&error))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !super::is_content_name(&name) {
            continue;
        }
        match name.strip_suffix(".yaml").filter(|_| path.is_file()) {
            Some(tag) => add(tree, &path, tag, findings),
            None => findings.push(unused(&slashes(&path))),
        }
    }
}

fn add(tree: &mut SourceTree, path: &Path, tag: &str, findings: &mut Findings) {
    let shown = slashes(path);
    let length = fs::metadata(path).map_or(0, |data| data.len());
    match text_of(path, length, &shown) {
        Ok(bytes) => {
            let mut faults = Findings::new();
            let text = add_text(tree, &mut faults, shown, bytes);
            // A space at which no line ends is meant: French has it before signs.
            faults.retain(|fault| fault.severity == Severity::Error);
            if faults.iter().all(|fault| fault.code != Code::NotUtf8) {
                tree.languages.insert(tag.to_owned(), text);
            }
            findings.append(&mut faults);
        }
        Err(fault) => findings.push(*fault),
    }
}

fn unused(shown: &str) -> Diagnostic {
    let finding = Diagnostic::error_nowhere(Code::UnusedFile, format!("{shown} is not used: it holds no words"))
        .help("the files of this folder are named by a language: cy.yaml, en-GB.yaml");
    Diagnostic { severity: Severity::Warning, ..finding }
}
