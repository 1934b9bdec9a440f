//! Makes files of a report of a document: shows what would be written, and writes it when told to.

mod alongside;
mod numbers;

use std::path::{Path, PathBuf};

use super::compare::Refusal;
use super::examined::Examined;
use super::export::document_of;
use super::{Options, ReportBuilder};
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap};
use crate::fact::Facts;
use crate::manuscript::{Destination, Manuscript, WordChange, divide, revised};
use crate::model::Report;
use crate::model::values::Id;
use crate::office::document::markdown::{Manner, read as read_markdown, write};
use crate::office::document::{Block, Change, Changes, Comment, Document, Said, read as read_document};
use crate::publish::{self, Rewrite};
use crate::source::{self, slashes};
use crate::yaml::Parse;

pub use numbers::FoundNumber;

/// What is asked of the import of a document.
#[derive(Debug, Clone)]
pub struct DocumentAsked {
    pub file: PathBuf,
    /// `REPORT/NAME`: the report, and the name that the files begin with; of a document that Tally wrote the report alone.
    pub into: String,
    /// What to do with changes that nobody has decided about.
    pub changes: Option<Changes>,
    /// Whether each of its highest headings begins a section.
    pub by_section: bool,
}

/// What a document would become.
pub struct ImportedDocument {
    pub files: Vec<ImportedFile>,
    /// Lines for the sections and the notes of report.yaml; empty where there are none.
    pub sections: String,
    pub notes: String,
    pub said: Vec<Said>,
    /// Changes that nobody has decided about.
    pub changes: Vec<Change>,
    pub comments: Vec<Comment>,
    /// Numbers that are neither bound nor stated, with the figures that they may be.
    pub numbers: Vec<FoundNumber>,
    /// Whether it can be written: all changes are decided about.
    pub is_decided: bool,
    content: PathBuf,
}

/// A file that would be written.
pub struct ImportedFile {
    /// From the content folder.
    pub path: String,
    pub bytes: Vec<u8>,
    pub state: FileState,
}

/// What there is of a file already.
#[derive(Debug, Clone, PartialEq)]
pub enum FileState {
    New,
    /// It says the same already.
    Same,
    /// It is no prose and says something else: it stays as it is.
    Kept,
    /// Prose that would be replaced, with what changes word by word.
    Changed {
        before: String,
        changes: Vec<WordChange>,
    },
}

/// Reads a document and says what it would become.
pub fn import_document(options: &Options, asked: &DocumentAsked) -> Result<ImportedDocument, Refusal> {
    let document = document(asked)?;
    let content = ReportBuilder::default().read(options);
    let refuse = |finding: Diagnostic| Refusal { findings: vec![finding], sources: content.tree.sources.clone() };
    let into = into(asked, document.is_own).map_err(|finding| refuse(*finding))?;
    let mut findings = Findings::new();
    let examined = content.examine(options, &mut findings);
    let translation = examined.as_ref().filter(|_| document.is_own).and_then(|examined| translation(examined, into.0));
    let folder = translation.map_or(into.0, |report| report.folder.as_str());
    if !content.tree.reports().any(|report| report == folder) {
        let message = format!("there is no report `{folder}`");
        let finding =
            Diagnostic::error_nowhere(Code::UnknownReference, message).did_you_mean(folder, content.tree.reports());
        return Err(refuse(finding.help("`tally new REPORT` begins one")));
    }
    let of_folder = || examined.as_ref().and_then(|examined| scope(examined, folder));
    let scope = translation.map(|report| report.id.clone()).or_else(of_folder).unwrap_or_else(|| folder.to_owned());
    let prints =
        |placeholder: &str| examined.as_ref().and_then(|examined| printed(&examined.facts, &scope, placeholder));
    let is_decided = document.changes.is_empty() || asked.changes.is_some();
    let (changes, comments) = (document.changes.clone(), document.comments.clone());
    let manuscript = match document.is_own {
        true => {
            let report = examined.as_ref().and_then(|examined| {
                let report = examined.project.reports.iter().find(|report| report.id == scope)?;
                Some(document_of(examined, &content.tree, report))
            });
            let mut document = document;
            alongside::say(&mut document, report.as_deref());
            own_files(document)
        }
        false => divide(document, Destination { name: into.1, by_section: asked.by_section }),
    };
    let Manuscript { files, sections, notes, said } = manuscript;
    let files: Vec<ImportedFile> = files
        .into_iter()
        .map(|(name, bytes)| {
            let path = format!("{folder}/{name}");
            let text = content.tree.texts.get(&path).map(|file| content.tree.sources.file(*file).text.clone());
            let there =
                text.map(String::into_bytes).or_else(|| content.tree.bytes(&path).map(|bytes| bytes.into_owned()));
            file(path, bytes, there, source::is_file(&options.content.join(folder).join(&name)), &prints)
        })
        .collect();
    let numbers = numbers::find(&content.tree, folder, &files, &notes);
    Ok(ImportedDocument {
        files,
        sections,
        notes,
        said,
        changes,
        comments,
        numbers,
        is_decided,
        content: options.content.clone(),
    })
}

/// Reads the document.
fn document(asked: &DocumentAsked) -> Result<Document, Refusal> {
    let refuse = |finding: Diagnostic| Refusal { findings: vec![finding], sources: SourceMap::default().into() };
    let bytes = source::read_file_named(&asked.file).map_err(|finding| refuse(*finding))?;
    let name = asked.file.file_name().unwrap_or_default().to_string_lossy();
    read_document(&name, &bytes, asked.changes.unwrap_or(Changes::Accepted)).map_err(|unreadable| {
        let message = format!("{}: {}", slashes(&asked.file), unreadable.message);
        refuse(Diagnostic::error_nowhere(Code::FileUnreadable, message).help(unreadable.help))
    })
}

/// The report and the name that files begin with.
fn into(asked: &DocumentAsked, is_own: bool) -> Result<(&str, &str), Box<Diagnostic>> {
    let into = asked.into.trim_end_matches('/');
    let (report, name) = into.split_once('/').unwrap_or((into, ""));
    let name = name.strip_suffix(".md").unwrap_or(name);
    if is_own && name.is_empty() {
        return Ok((report, name));
    }
    match Id::parse(name) {
        Ok(_) => Ok((report, name)),
        Err(_) => {
            let message = format!("`--into {into}` does not say which report and which name");
            let finding = Diagnostic::error_nowhere(Code::FileName, message).help("write the folder of the report, a slash, and a name of small letters, digits and hyphens for the files: annual-report-2025-26/foreword");
            Err(Box::new(finding))
        }
    }
}

/// The report in another language that has this id; its texts lie in the folder of the report that it says otherwise.
fn translation<'e>(examined: &Examined<'e>, id: &str) -> Option<&'e Report> {
    examined.project.reports.iter().find(|report| report.id == id && report.folder != id)
}

/// The id of the first report that a folder makes.
fn scope(examined: &Examined, folder: &str) -> Option<String> {
    examined.project.reports.iter().find(|report| report.folder == folder).map(|report| report.id.clone())
}

/// What a placeholder prints. A statement whose source stands elsewhere prints its words.
pub(super) fn printed(facts: &Facts, scope: &str, placeholder: &str) -> Option<String> {
    facts.prints(scope, placeholder).or_else(|| {
        let inside = placeholder.trim_start_matches('{').trim_end_matches('}').trim();
        let (text, _) = inside.rsplit_once('|')?;
        let text = text.trim();
        let quotes = [('"', '"'), ('“', '”'), ('\'', '\'')];
        quotes.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close)).map(str::to_owned)
    })
}

/// The files whose texts a document of Tally's own holds.
fn own_files(document: Document) -> Manuscript {
    let mut files: Vec<(String, Vec<Block>)> = Vec::new();
    let mut is_open = false;
    for block in document.blocks {
        match block {
            Block::Begin { file } => {
                is_open = !file.is_empty();
                files.extend(is_open.then(|| (file, Vec::new())));
            }
            block if is_open => {
                if let Some((_, blocks)) = files.last_mut() {
                    blocks.push(block);
                }
            }
            _ => {}
        }
    }
    let files = files.into_iter().map(|(file, blocks)| (file, write(&blocks, &MANNER).into_bytes())).collect();
    Manuscript { files, said: document.said, ..Manuscript::default() }
}

/// Levels and notes of prose stand as they are.
const MANNER: Manner = Manner { level: &levels_stay, note: &unknown_note };

fn levels_stay(level: u8) -> usize {
    usize::from(level)
}

fn unknown_note(number: usize) -> String {
    format!("note-{}", number + 1)
}

/// What becomes of a file, of which something may be there.
fn file(
    path: String,
    bytes: Vec<u8>,
    there: Option<Vec<u8>>,
    is_there: bool,
    prints: &dyn Fn(&str) -> Option<String>,
) -> ImportedFile {
    let Some(before) = there else {
        let state = if is_there { FileState::Kept } else { FileState::New };
        return ImportedFile { path, bytes, state };
    };
    if before == bytes {
        return ImportedFile { path, bytes, state: FileState::Same };
    }
    if !path.ends_with(".md") {
        return ImportedFile { path, bytes, state: FileState::Kept };
    }
    let before = String::from_utf8_lossy(&before).into_owned();
    let blocks = read_markdown(&String::from_utf8_lossy(&bytes)).blocks;
    let revision = revised(&before, &blocks, &MANNER, prints);
    let state = match revision.changes.is_empty() {
        true => FileState::Same,
        false => FileState::Changed { before, changes: revision.changes },
    };
    ImportedFile { path, bytes: revision.text.into_bytes(), state }
}

impl ImportedDocument {
    /// Writes what is new or changed: all of it, or nothing.
    pub fn write(&self) -> Result<(), Findings> {
        let new: Vec<(String, Vec<u8>)> = (self.files.iter())
            .filter(|file| file.state == FileState::New)
            .map(|file| (file.path.clone(), file.bytes.clone()))
            .collect();
        let changed = self.files.iter().filter_map(|file| rewrite(&self.content, file));
        publish::together(&self.content, &new, changed.collect())
    }
}

fn rewrite(content: &Path, file: &ImportedFile) -> Option<Rewrite> {
    let FileState::Changed { before, .. } = &file.state else { return None };
    Some(Rewrite::of_text(content.join(&file.path), before, file.bytes.clone()))
}
