//! The first line of a YAML file, which names its schema to editors.

use std::collections::BTreeSet;

use super::{FileKind, path_of};
use crate::diagnostic::FileId;
use crate::model::{ORGANISATION_FILE, Parsed, Show, TranslationFile};
use crate::source::SourceTree;
use crate::transcript::RECORD;
use crate::yaml::Node;

/// What editors look for in a comment.
const MARK: &str = "# yaml-language-server: $schema=";

/// A YAML file of a known kind.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFile {
    /// From the content folder.
    pub path: String,
    pub file: FileId,
    pub kind: FileKind,
    pub named: Named,
}

/// Whether its first line names its schema.
#[derive(Debug, Clone, PartialEq)]
pub enum Named {
    /// It does, or names another one that somebody chose.
    Already,
    /// It is to begin with this line; the text is that of the whole file then.
    ByLine { line: String, text: String },
    /// It stays as it is: an edition that is published says of each figure in which line it was typed.
    Frozen,
}

/// The YAML files of a content folder whose kind is known, in the order of their paths.
pub fn named(tree: &SourceTree, parsed: &Parsed) -> Vec<NamedFile> {
    let frozen: BTreeSet<&str> = tree
        .blobs
        .keys()
        .filter(|path| path.ends_with(RECORD))
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    let files = tree.readable_texts().filter(|(path, _)| path.ends_with(".yaml"));
    let kinds = files.filter_map(|(path, file)| Some((path, file, kind_of_file(path, parsed.tree(file))?)));
    let is_frozen = |path: &str| match path.split_once('/') {
        Some((folder, _)) => frozen.contains(folder),
        // What all reports share is a part of each.
        None => !frozen.is_empty(),
    };
    let named = kinds.map(|(path, file, kind)| {
        let text = &tree.sources.file(file).text;
        let named = match is_frozen(path) {
            true if !text.contains(MARK) => Named::Frozen,
            _ => by_line(text, &line_of(path, kind)),
        };
        NamedFile { path: path.to_owned(), file, kind, named }
    });
    named.collect()
}

/// The kind of a file, by its name and place, or by what stands in it.
pub fn kind_of_file(path: &str, tree: Option<&Node>) -> Option<FileKind> {
    match path.split('/').collect::<Vec<_>>()[..] {
        [ORGANISATION_FILE] => Some(FileKind::Organisation),
        [_, ORGANISATION_FILE] => Some(FileKind::OrganisationThen),
        [_, "report.yaml"] => Some(FileKind::Report),
        ["facts.yaml"] | [_, "facts.yaml"] => Some(FileKind::Facts),
        ["checks.yaml"] => Some(FileKind::Checks),
        [_, "checks.yaml"] => Some(FileKind::ChecksOfReport),
        ["imports.yaml"] | [_, "imports.yaml"] => Some(FileKind::Imports),
        [name] | [_, name] if TranslationFile::is_named(name) => Some(FileKind::Translation),
        [_] => None,
        _ => tree.and_then(Show::of_file).map(FileKind::of_data),
    }
}

/// The line that names the schema of a file, from where the file lies.
fn line_of(path: &str, kind: FileKind) -> String {
    format!("{MARK}{}{}", "../".repeat(path.matches('/').count()), path_of(kind))
}

/// A text that begins with the line: before all else, or for the one that named the schema of another kind.
fn by_line(text: &str, line: &str) -> Named {
    let first = text.lines().next().unwrap_or_default();
    let is_ours = |named: &str| named.starts_with(".schemas/") || named.starts_with("../");
    match first.strip_prefix(MARK) {
        Some(_) if first == line => Named::Already,
        Some(other) if is_ours(other) => {
            Named::ByLine { line: line.to_owned(), text: format!("{line}{}", &text[first.len()..]) }
        }
        Some(_) => Named::Already,
        None if text.contains(MARK) => Named::Already,
        None => {
            let end = if text.split('\n').next().is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
            Named::ByLine { line: line.to_owned(), text: format!("{line}{end}{text}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "# yaml-language-server: $schema=../.schemas/table.json";

    #[test]
    fn a_text_gets_one_line_before_all_else_and_keeps_its_line_ends() {
        let becomes = |text: &str| match by_line(text, LINE) {
            Named::ByLine { text, .. } => text,
            Named::Already | Named::Frozen => text.to_owned(),
        };
        assert_eq!(becomes("a: 1\n"), format!("{LINE}\na: 1\n"));
        assert_eq!(becomes("a: 1\r\nb: 2\r\n"), format!("{LINE}\r\na: 1\r\nb: 2\r\n"));
        assert_eq!(
            becomes("# yaml-language-server: $schema=../.schemas/survey.json\r\na: 1"),
            format!("{LINE}\r\na: 1")
        );
        for text in [format!("{LINE}\na: 1\n"), "# yaml-language-server: $schema=https://example.org/own.json\n".into()]
        {
            assert_eq!(becomes(&text), text);
            assert_eq!(becomes(&becomes("a: 1\n")), becomes("a: 1\n"));
        }
    }
}
