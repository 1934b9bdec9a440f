//! What is known around a place: its file, and the other files of its report.

use std::collections::BTreeSet;

use super::Texts;
use crate::diagnostic::FileId;
use crate::model::Show;
use crate::schema::{FileKind, kind_of_file};
use crate::yaml::{self, Node, Value};

/// A file with the texts around it.
pub struct Surroundings<'a> {
    /// Path of the file in the content folder.
    pub file: &'a str,
    /// What stands in it.
    pub tree: &'a Node,
    pub texts: &'a Texts,
}

impl Surroundings<'_> {
    /// The folder of the report, with its slash; nothing for what all reports share.
    pub fn folder(&self) -> &str {
        self.file.rfind('/').map_or("", |slash| &self.file[..=slash])
    }

    /// A field of the whole file.
    pub fn field(&self, name: &str) -> Option<&Node> {
        field(self.tree, name)
    }

    /// The ids that a list of the file declares; names of its fields where it is a record.
    pub fn ids(&self, list: &str) -> Vec<String> {
        let mut found = Vec::new();
        ids_of(self.tree, list, &mut found);
        found
    }

    /// The ids of the sources that the report can name.
    pub fn sources(&self) -> Vec<String> {
        let mut found = Vec::new();
        for path in [format!("{}facts.yaml", self.folder()), "facts.yaml".to_owned()] {
            if let Some(tree) = self.tree_of(&path) {
                ids_of(&tree, "sources", &mut found);
            }
        }
        found
    }

    /// The data files of the report that can be shown in a way.
    pub fn data(&self, show: Show) -> Vec<String> {
        self.data_of(|kind| kind == FileKind::of_data(show))
    }

    /// The data files of the report of which charts are drawn.
    pub fn drawn(&self) -> Vec<String> {
        self.data_of(|kind| matches!(kind, FileKind::Table | FileKind::Indicators))
    }

    /// The files of the report with an ending that its parts do not name.
    pub fn unshown(&self, ending: &str) -> Vec<String> {
        let mut shown = BTreeSet::new();
        if let Some(tree) = self.tree_of(&format!("{}report.yaml", self.folder())) {
            tree.each_text(&mut |text, _| {
                shown.insert(text.to_owned());
            });
        }
        self.beside(ending).filter(|name| !shown.contains(*name)).map(str::to_owned).collect()
    }

    /// The files of a part or section of the report that nothing else in it names.
    pub fn own_files(&self, node: &Node) -> Vec<String> {
        let count = |node: &Node, name: &str| {
            let mut found = 0;
            node.each_text(&mut |said, _| found += usize::from(said == name));
            found
        };
        let is_own = |path: &&String| {
            let name = path.strip_prefix(self.folder()).unwrap_or(path);
            let own = count(node, name);
            own > 0 && own == count(self.tree, name) && is_of_part(path, &self.texts[*path])
        };
        let beside = self.texts.keys().filter(|path| path.starts_with(self.folder()));
        beside.filter(is_own).cloned().collect()
    }

    /// A name for a new file of the report, made of some words.
    pub fn free_name(&self, words: &str, ending: &str, taken: &[(String, String)]) -> String {
        let stem = crate::model::values::Id::of_name(words).map_or_else(|| "text".to_owned(), |id| id.to_string());
        let is_free = |name: &String| {
            let path = format!("{}{name}", self.folder());
            !self.texts.contains_key(&path) && taken.iter().all(|(other, _)| *other != path)
        };
        let numbered = (2..).map(|number| format!("{stem}-{number}.{ending}"));
        let first = format!("{stem}.{ending}");
        [first.clone()].into_iter().chain(numbered).find(is_free).unwrap_or(first)
    }

    fn data_of(&self, is_wanted: impl Fn(FileKind) -> bool) -> Vec<String> {
        let kind = |name: &str| {
            let path = format!("{}{name}", self.folder());
            kind_of_file(&path, Some(&self.tree_of(&path)?))
        };
        self.beside("yaml").filter(|name| kind(name).is_some_and(&is_wanted)).map(str::to_owned).collect()
    }

    /// The names of the files of the folder with an ending.
    fn beside(&self, ending: &str) -> impl Iterator<Item = &str> {
        let ending = format!(".{ending}");
        let names = self.texts.keys().filter_map(|path| path.strip_prefix(self.folder()));
        names.filter(move |name| !name.contains('/') && name.ends_with(&ending))
    }

    fn tree_of(&self, path: &str) -> Option<Node> {
        yaml::parse(FileId(0), self.texts.get(path)?).ok()
    }
}

/// Whether a file is one that parts show: prose, or data.
pub fn is_of_part(file: &str, text: &str) -> bool {
    let is_data = || {
        let tree = yaml::parse(FileId(0), text).ok();
        let kind = tree.and_then(|tree| kind_of_file(file, Some(&tree)));
        kind.is_some_and(|kind| {
            matches!(kind, FileKind::Table | FileKind::Indicators | FileKind::Survey | FileKind::Deliverables)
        })
    };
    file.contains('/') && (file.ends_with(".md") || file.ends_with(".yaml") && is_data())
}

/// The value of a field of a record.
pub fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Mapping(fields) = &node.value else { return None };
    fields.iter().find(|(one, _)| one.value == name).map(|(_, value)| value)
}

/// A value that is one text.
pub fn text(node: &Node) -> Option<&str> {
    if let Value::Scalar { text, .. } = &node.value { Some(text) } else { None }
}

fn ids_of(node: &Node, list: &str, into: &mut Vec<String>) {
    match &node.value {
        Value::Scalar { .. } => {}
        Value::Sequence(items) => items.iter().for_each(|item| ids_of(item, list, into)),
        Value::Mapping(fields) => {
            for (name, value) in fields {
                match &value.value {
                    Value::Sequence(items) if name.value == list => {
                        into.extend(items.iter().filter_map(|item| Some(text(field(item, "id")?)?.to_owned())));
                    }
                    Value::Mapping(fields) if name.value == list => {
                        into.extend(fields.iter().map(|(name, _)| name.value.clone()));
                    }
                    _ => ids_of(value, list, into),
                }
            }
        }
    }
}
