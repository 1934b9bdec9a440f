//! The YAML of a content folder, parsed once for everything that reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, FileId, Findings};
use crate::model::Show;
use crate::source::SourceTree;
use crate::wording::Wordings;
use crate::yaml::{self, FromNode, Node};

/// The YAML files of a content folder as trees, each with its fault where it is no YAML.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    files: BTreeMap<FileId, ParsedFile>,
    /// Of a group no more than so many reports are read; all without it.
    pub(super) most_rows: Option<usize>,
}

/// One file as a tree, or what is wrong with it.
pub type ParsedFile = Result<Arc<Node>, Findings>;

impl Parsed {
    /// Parses every YAML file.
    pub fn read(tree: &SourceTree) -> Self {
        let mut parsed = Self::default();
        for (_, file) in tree.readable_yaml() {
            parsed.renew(tree, file);
        }
        parsed
    }

    /// Follows the content to what it has become: files that did not change are not parsed again.
    pub fn follow(mut self, former: &SourceTree, tree: &SourceTree) -> Self {
        let mut parsed = Self::default();
        let before: BTreeSet<(&str, FileId)> = former.readable_yaml().collect();
        for (path, file) in tree.readable_yaml() {
            // Trees name their places by the file's number, which moves when files come and go.
            let is_same =
                before.contains(&(path, file)) && former.sources.file(file).text == tree.sources.file(file).text;
            match self.files.remove(&file).filter(|_| is_same) {
                Some(known) => drop(parsed.files.insert(file, known)),
                None => drop(parsed.renew(tree, file)),
            }
        }
        parsed
    }

    /// What Tally says in each language: the built-in words, and what the files of words beside the content say.
    pub(super) fn wordings(&self, tree: &SourceTree, findings: &mut Findings) -> Wordings {
        let files = tree.languages.iter().filter_map(|(tag, file)| Some((tag.as_str(), self.node(*file, findings)?)));
        let files: Vec<(&str, &Node)> = files.collect();
        if files.is_empty() { Wordings::default() } else { Wordings::of(files, findings) }
    }

    /// The files that could be read, with their trees.
    pub fn trees(&self) -> impl Iterator<Item = (FileId, &Node)> {
        self.files.iter().filter_map(|(file, tree)| Some((*file, &**tree.as_ref().ok()?)))
    }

    /// Lets no more than so many rows of a group, spread over its table, become reports.
    pub fn with_most_rows(self, most: usize) -> Self {
        Self { most_rows: Some(most), ..self }
    }

    /// Parses one file again, whose text has changed, and gives back what it was.
    pub fn renew(&mut self, tree: &SourceTree, file: FileId) -> Option<ParsedFile> {
        self.files.insert(file, yaml::parse(file, &tree.sources.file(file).text).map(Arc::new))
    }

    /// The tree of a file that could be read.
    pub fn tree(&self, file: FileId) -> Option<&Node> {
        self.files.get(&file)?.as_ref().ok().map(|node| &**node)
    }

    /// The kind of a data file, by what stands in it.
    pub fn kind_of(&self, file: FileId) -> Option<Show> {
        self.tree(file).and_then(Show::of_file)
    }

    /// Puts back what a file was.
    pub fn restore(&mut self, file: FileId, parsed: Option<ParsedFile>) {
        self.files.extend(parsed.map(|parsed| (file, parsed)));
    }

    /// The tree of a file; its fault is told where it is no YAML. Why a file could not be read was told before.
    pub(super) fn node(&self, file: FileId, findings: &mut Findings) -> Option<&Node> {
        match self.files.get(&file)? {
            Ok(node) => Some(node),
            Err(faults) => {
                // What keeps the file from being read is told once.
                let is_told =
                    |known: &Diagnostic| faults.iter().any(|fault| (fault.code, fault.at) == (known.code, known.at));
                findings.retain(|known| !is_told(known));
                findings.extend(faults.iter().cloned());
                None
            }
        }
    }

    /// What a file holds, as a value of its kind.
    pub(super) fn value<T: FromNode>(&self, file: FileId, findings: &mut Findings) -> Option<T> {
        T::from_node(self.node(file, findings)?, findings)
    }
}
