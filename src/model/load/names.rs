//! Finds the files that the parts of a report name.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::Ids;
use super::translate::Proses;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span};
use crate::model::values::{Id, Language};
use crate::model::{GroupRow, translated_name, without_notes};
use crate::source::SourceTree;
use crate::source::portable::objection;
use crate::yaml::{Parse, Text};

/// A name that not every system can make a file of.
pub fn file_name(at: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::FileName, at, format!("`{name}` {why}, so that not every computer can have such a file"))
        .help("rename the file or folder: small letters, digits and hyphens are understood everywhere")
}

/// The names that the parts of one report give to files.
pub struct Names<'a> {
    tree: &'a SourceTree,
    ids: &'a Ids,
    folder: &'a str,
    /// The row that the report is made for.
    row: Option<&'a GroupRow>,
    /// The language that the report is translated into.
    language: Option<&'a Language>,
    /// Running text in that language.
    pub proses: Proses,
    /// Files that a part names, with the first place of each.
    named: BTreeMap<String, Span>,
    /// The data files by their names without ending.
    stems: BTreeMap<String, Text>,
}

impl<'a> Names<'a> {
    pub fn new(tree: &'a SourceTree, ids: &'a Ids, folder: &'a str, row: Option<&'a GroupRow>) -> Self {
        let (named, stems, proses) = (BTreeMap::new(), BTreeMap::new(), Proses::default());
        Self { tree, ids, folder, row, language: None, proses, named, stems }
    }

    /// Running text is that in another language, where there is one.
    pub fn in_language(self, language: &'a Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// The translation of a Markdown file; the file itself where it has none, or where nothing is translated.
    pub fn said(&mut self, name: Text, file: FileId) -> (Text, FileId) {
        let Some(language) = self.language else { return (name, file) };
        let translated = translated_name(&name.value, language);
        let found = self.tree.texts.get(&self.path(&translated)).copied();
        let Some(said) = found.filter(|_| !self.tree.unread.contains(&self.path(&translated))) else {
            if found.is_none() {
                self.proses.missing.push((name.clone(), file));
            }
            return (name, file);
        };
        self.named.entry(translated.clone()).or_insert(name.at);
        let at = name.at;
        self.proses.translated.push((name, file, said));
        (Text { value: translated, at }, said)
    }

    /// Paths of the files that were named.
    pub fn used(&self) -> BTreeSet<String> {
        self.named.keys().map(|name| self.path(name)).collect()
    }

    /// Where a file was named first.
    pub fn first(&self, name: &Text) -> Option<Span> {
        self.named.get(&name.value).copied()
    }

    /// The name of a file as a part gives it, with the row's id where it stands in the folder of a row.
    pub fn resolve(&self, name: Text, findings: &mut Findings) -> Option<Text> {
        let Some((opened, rest)) = name.value.strip_prefix("{{").and_then(|rest| rest.split_once("}}/")) else {
            if name.value.contains("{{") {
                let message = format!("`{}` is no name of a file", name.value);
                findings.push(Diagnostic::error(Code::BrokenPlaceholder, name.at, message).help(
                    "only the folder of a row is named by an address, before the name: \"{{ row.id }}/comment.md\"",
                ));
                return None;
            }
            return Some(name);
        };
        let finding = match (opened.trim(), self.row) {
            ("row.id", Some(row)) => return Some(Text { value: format!("{}/{rest}", row.row().id), at: name.at }),
            ("row.id", None) => {
                Diagnostic::error(Code::BrokenPlaceholder, name.at, "this report is not made for a row")
                    .help("write `for-each: {row-of: FILE.yaml, called: …}` in report.yaml, or name the file alone")
            }
            (other, _) => {
                Diagnostic::error(Code::BrokenPlaceholder, name.at, format!("`{other}` names no folder of a row"))
                    .did_you_mean(other, ["row.id"])
                    .help("the files of a row lie in a folder of the row's id: \"{{ row.id }}/comment.md\"")
            }
        };
        findings.push(finding);
        None
    }

    /// The name of a file without the folder of the row.
    fn bare<'n>(&self, name: &'n str) -> &'n str {
        let own = self.row.and_then(|row| name.strip_prefix(row.row().id.as_str())?.strip_prefix('/'));
        own.unwrap_or(name)
    }

    /// The name of a data file without its ending. Files of the output and addresses on the page are made of it.
    pub fn stem(&mut self, name: &Text, findings: &mut Findings) -> Option<String> {
        let bare = self.bare(&name.value);
        let stem = bare.strip_suffix(".yaml").unwrap_or(bare);
        match Id::parse(stem) {
            Ok(stem) if !self.is_taken(stem.as_str()) => self.own_stem(stem.to_string(), name, findings),
            Ok(_) | Err(_) => {
                findings.push(
                    Diagnostic::error(Code::WrongValue, name.at, format!("{} cannot name a data file", name.value))
                        .help("rename it: small letters, digits and hyphens, such as running-costs.yaml; figures, facts, report, row, relations, organisation and the names of reports mean something else"),
                );
                None
            }
        }
    }

    /// Whether an address that begins with a name would mean something else.
    fn is_taken(&self, stem: &str) -> bool {
        let is_kind = matches!(stem, "figures" | "facts" | "report" | "row" | "relations" | "organisation");
        is_kind || self.ids.has(stem)
    }

    /// A file of the folder and one of the row's folder may not have one name: their figures would have one address.
    fn own_stem(&mut self, stem: String, name: &Text, findings: &mut Findings) -> Option<String> {
        let first = self.stems.entry(stem.clone()).or_insert_with(|| name.clone());
        if first.value == name.value {
            return Some(stem);
        }
        findings.push(
            Diagnostic::error(Code::DuplicateId, name.at, format!("two data files have the name {stem}.yaml"))
                .also(first.at, "the other one")
                .help("rename one of them: the addresses of figures begin with the name, whatever the folder"),
        );
        None
    }

    /// Finds a text file that a part names, and notes that it is used.
    pub fn text_file(&mut self, name: &Text, ending: &str, findings: &mut Findings) -> Option<FileId> {
        let path = self.inside(name, findings)?;
        self.named.entry(name.value.clone()).or_insert(name.at);
        match self.tree.texts.get(&path) {
            Some(_) if self.tree.unread.contains(&path) => None,
            Some(file) if path.ends_with(&format!(".{ending}")) => Some(*file),
            Some(_) => {
                findings.push(
                    Diagnostic::error(Code::WrongType, name.at, format!("{} is not a .{ending} file", name.value))
                        .help(format!("this part shows a file whose name ends in .{ending}")),
                );
                None
            }
            None => {
                self.missing(name, Code::FileMissing, findings);
                None
            }
        }
    }

    /// Finds a picture that a part names, and notes that it is used.
    pub fn picture(&mut self, name: &Text, findings: &mut Findings) -> Option<(String, &'a [u8])> {
        let path = self.inside(name, findings)?;
        self.named.entry(name.value.clone()).or_insert(name.at);
        match self.tree.picture(&path, name.at) {
            Some(Ok(bytes)) => Some((path, bytes)),
            Some(Err(fault)) => {
                findings.push(*fault);
                None
            }
            None => {
                if !self.tree.unread.contains(&path) {
                    self.missing(name, Code::PictureMissing, findings);
                }
                None
            }
        }
    }

    /// The path of a named file, which must lie in the report's folder.
    fn inside(&self, name: &Text, findings: &mut Findings) -> Option<String> {
        // Data files give their names to files of the output, so they lie in one folder, or in that of the row.
        let leaves = (name.value.ends_with(".yaml") && self.bare(&name.value).contains('/'))
            || name.value.starts_with('/')
            || name.value.contains(':')
            || name.value.contains('\\')
            || name.value.split('/').any(|part| matches!(part, "" | "." | ".."));
        if leaves {
            findings.push(
                Diagnostic::error(
                    Code::OutsideContent,
                    name.at,
                    format!("{} does not lie in the report's folder", name.value),
                )
                .help("copy the file into the folder and write its name alone"),
            );
            return None;
        }
        if let Some((part, why)) = name.value.split('/').find_map(|part| Some((part, objection(part)?))) {
            findings.push(file_name(name.at, part, why));
            return None;
        }
        Some(self.path(&name.value))
    }

    fn missing(&self, name: &Text, code: Code, findings: &mut Findings) {
        let bare = self.bare(&name.value);
        let row = self.row.filter(|_| bare != name.value);
        let folder = row.map_or_else(|| self.folder.to_owned(), |row| format!("{}/{}", self.folder, row.row().id));
        let there: Vec<&str> =
            self.tree.files_in(&folder).filter_map(|path| path.strip_prefix(&folder)?.strip_prefix('/')).collect();
        let message = match row {
            Some(row) => {
                format!("there is no file {bare} in {folder}, for the row {}", without_notes(&row.row().name.value))
            }
            None => format!("there is no file {bare} in {folder}"),
        };
        let finding = Diagnostic::error(code, name.at, message).did_you_mean(bare, there);
        let finding = row.iter().fold(finding, |finding, row| finding.also(row.row().name.at, "the row"));
        findings.push(finding.help(help_for(bare, code)));
    }

    /// The path of a file of that name in the content folder.
    pub fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }
}

/// What to do about a file that is not there, by what its name says that it is.
fn help_for(name: &str, code: Code) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    match ending.to_lowercase().as_str() {
        "xlsx" | "xlsm" | "xls" | "ods" | "csv" | "tsv" if code == Code::FileMissing => format!(
            "a table is a YAML file, {stem}.yaml: `tally import {name}` looks into a workbook, and takes its figures into such a file"
        ),
        "docx" | "doc" | "odt" | "rtf" | "pdf" | "txt" | "html" if code == Code::FileMissing => format!(
            "a text is a Markdown file, {stem}.md: `tally import {stem}.docx --into REPORT/{stem}` makes one of a document"
        ),
        "yml" => format!("the files of a report end in .yaml: rename it to {stem}.yaml"),
        "" => format!("the name has its ending, such as {name}.yaml or {name}.md"),
        _ => "add the file, or mend its name; capital letters count".to_owned(),
    }
}
