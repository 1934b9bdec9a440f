//! Reads a content folder from the disk: texts into the source map, everything else as bytes.
//!
//! In: the folder. Out: a [`SourceTree`], sorted by path, and findings for what could not be read.
//! With [`layers`] this is the one place that reads the disk.

#![allow(clippy::disallowed_methods, reason = "the one place that reads the disk")]

mod blob;
mod current;
pub mod fonts;
mod languages;
pub mod layers;
pub mod memory;
pub mod portable;
pub mod reach;
mod repository;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceMap, Span, invisible};
use blob::Blob;
pub use blob::sha256;
pub use current::{path_in, text_now};
pub use languages::folder as languages_folder;
pub use repository::{Repository, Revision};

/// Whether a folder is there.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Larger texts are refused: they are not reports.
const LARGEST_TEXT: u64 = 32 * 1024 * 1024;

/// Larger files that a command names are refused.
const LARGEST_NAMED: u64 = 64 * 1024 * 1024;

/// The content as it was read: every path is relative to the content folder and has forward slashes.
#[derive(Debug, Default, Clone)]
pub struct SourceTree {
    /// The content folder as it is shown in messages.
    folder: String,
    /// The texts, with their paths as shown in messages; and those that are made of them, where these have faults.
    pub sources: Arc<SourceMap>,
    /// YAML and Markdown files.
    pub texts: BTreeMap<String, FileId>,
    /// The files of words that lie beside the content, in the folder `languages`, by the tags that they are named by.
    pub languages: BTreeMap<String, FileId>,
    /// All other files, which are read when something asks for them: a folder may hold what no report shows.
    pub blobs: BTreeMap<String, Blob>,
    /// Files that are there but could not be read; a finding says why. The texts among them are empty, or hold what
    /// could be made out.
    pub unread: BTreeSet<String>,
    /// Files of those who supply figures, which lie in `incoming` beside the content, by their names. They are read when an
    /// import names them, and nothing is made of them.
    incoming: BTreeMap<String, Blob>,
}

/// The folder beside the content in which workbooks lie.
const INCOMING: &str = "incoming";

impl SourceTree {
    /// The bytes of a workbook that an import names; none where it does not lie in `incoming`.
    pub fn incoming(&self, name: &str, named: Span) -> Option<Result<&[u8], Box<Diagnostic>>> {
        let smaller = "copy the sheets that are needed into a new workbook";
        self.incoming.get(name).map(|file| file.read_as(named, smaller))
    }

    /// The SHA-256 of a workbook in `incoming`; none where it is not there or cannot be read.
    pub fn incoming_sha256(&self, name: &str, named: Span) -> Option<&str> {
        self.incoming.get(name)?.sha256(named)
    }

    /// The names of the files in `incoming`.
    pub fn incoming_names(&self) -> impl Iterator<Item = &str> {
        self.incoming.keys().map(String::as_str)
    }

    /// Folders that hold a `report.yaml`, which makes them reports.
    pub fn reports(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().filter_map(|path| path.strip_suffix("/report.yaml")).filter(|folder| !folder.contains('/'))
    }

    /// Paths of the files in one folder and below it.
    pub fn files_in<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let folder = format!("{folder}/");
        let from = || (Bound::Included(folder.as_str()), Bound::Unbounded);
        let texts = self.texts.range::<str, _>(from()).map(|(path, _)| path.as_str());
        let blobs = self.blobs.range::<str, _>(from()).map(|(path, _)| path.as_str());
        let (above, below) = (folder.clone(), folder);
        texts
            .take_while(move |path| path.starts_with(&above))
            .chain(blobs.take_while(move |path| path.starts_with(&below)))
    }

    /// The file of a text that could be read.
    pub fn readable(&self, path: &str) -> Option<FileId> {
        self.texts.get(path).copied().filter(|_| !self.unread.contains(path))
    }

    /// The texts that could be read, with their paths.
    pub fn readable_texts(&self) -> impl Iterator<Item = (&str, FileId)> {
        let readable = self.texts.iter().filter(|(path, _)| !self.unread.contains(*path));
        readable.map(|(path, file)| (path.as_str(), *file))
    }

    /// The YAML files that could be read: those of the content with their paths, and those of words with their tags.
    pub fn readable_yaml(&self) -> impl Iterator<Item = (&str, FileId)> {
        let content = self.readable_texts().filter(|(path, _)| path.ends_with(".yaml"));
        content.chain(self.languages.iter().map(|(tag, file)| (tag.as_str(), *file)))
    }

    /// The same without what lies in some folders.
    pub fn without(&self, folders: &[&str]) -> Self {
        let is_kept = |path: &String| {
            !folders.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
        };
        let mut tree = self.clone();
        tree.texts.retain(|path, _| is_kept(path));
        tree.blobs.retain(|path, _| is_kept(path));
        tree.unread.retain(is_kept);
        tree
    }

    /// Puts bytes in the place of a file that is no text, or beside the others.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.blobs.insert(path.to_owned(), Blob::of_bytes(self.shown(path), bytes));
    }

    /// A path as it is shown in messages.
    pub fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    /// The bytes of a picture that is named at a place, which is read now if it was not before; none where there is no
    /// such file.
    pub fn picture(&self, path: &str, named: Span) -> Option<Result<&[u8], Box<Diagnostic>>> {
        self.blobs.get(path).map(|blob| blob.read(named))
    }

    /// The text of a file that is named at a place and is neither YAML nor Markdown; none where there is no such file. What
    /// cannot be read as a text is told at its own letter.
    pub fn text_of_blob(&self, path: &str, named: Span) -> Option<Result<String, Box<Diagnostic>>> {
        let bytes = match self.blobs.get(path)?.read(named) {
            Ok(bytes) => bytes,
            Err(fault) => return Some(Err(fault)),
        };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let (text, fault) = decoded(bytes);
        Some(match fault {
            None => Ok(text.into_owned()),
            Some((at, message)) => Err(Box::new(
                Diagnostic::error(Code::NotUtf8, self.sources.place(&self.shown(path), &text, at..at + 1), message)
                    .help("save it as UTF-8: spreadsheets call it CSV UTF-8 (comma delimited)"),
            )),
        })
    }

    /// The bytes of a file that was read, whichever kind it is.
    pub fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        let text = self.texts.get(path).map(|id| self.sources.file(*id).text.as_bytes().to_vec().into());
        text.or_else(|| self.blobs.get(path)?.bytes.get().map(|bytes| bytes.as_slice().into()))
    }
}

/// Reads a text that is no part of the content: a record of an edition.
pub fn read_record(path: &Path) -> Result<(Arc<SourceMap>, FileId), Box<Diagnostic>> {
    let shown = slashes(path);
    let length = fs::metadata(path).map_or(0, |data| data.len());
    let bytes = text_of(path, length, &shown)?;
    let sources = Arc::new(SourceMap::default());
    let file = sources.add(shown, String::from_utf8_lossy(&bytes));
    Ok((sources, file))
}

/// Whether a file is there.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Reads the content folder. Hidden files, README files and what editors leave behind are passed over.
pub fn read(content: &Path) -> (SourceTree, Findings) {
    let mut tree = SourceTree { folder: slashes(content), ..SourceTree::default() };
    let mut findings = Findings::new();
    let root = match fs::canonicalize(content) {
        Ok(root) if root.is_dir() => root,
        _ => {
            findings.push(content_empty(content, "does not exist"));
            return (tree, findings);
        }
    };
    for entry in WalkDir::new(content).min_depth(1).sort_by_file_name().into_iter().filter_entry(is_content) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => read_file(&mut tree, &mut findings, content, &root, &entry),
            Err(error) => {
                let path = error.path().map(slashes).unwrap_or_else(|| slashes(content));
                findings.push(unreadable(&path, error.into_io_error().as_ref()));
            }
        }
    }
    languages::read(&mut tree, content, &mut findings);
    if tree.unread.is_empty() && tree.reports().next().is_none() {
        findings.push(content_empty(content, "holds no report"));
    }
    tree.incoming = incoming(content);
    (tree, findings)
}

/// The files in the folder of workbooks; none where there is no such folder.
fn incoming(content: &Path) -> BTreeMap<String, Blob> {
    let folder = content.parent().unwrap_or(Path::new("")).join(INCOMING);
    let files =
        WalkDir::new(&folder).min_depth(1).max_depth(1).sort_by_file_name().into_iter().filter_entry(is_content);
    let files = files.filter_map(Result::ok).filter(|entry| entry.path().is_file());
    files
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, Blob::new(entry.path().to_owned(), slashes(entry.path())))
        })
        .collect()
}

/// Reads a file that a command names by its path.
pub fn read_file_named(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    let shown = slashes(path);
    let length = fs::metadata(path).map_or(0, |data| data.len());
    if length > LARGEST_NAMED {
        let finding = Diagnostic::error_nowhere(Code::FileTooLarge, too_large(&shown, length, LARGEST_NAMED));
        return Err(Box::new(finding.help("copy the sheets that are needed into a new workbook")));
    }
    fs::read(path).map_err(|error| Box::new(unreadable(&shown, Some(&error))))
}

/// An output that lies in the content, or holds it, would mix what is written with what is made of it.
pub fn overlap(content: &Path, output: &Path) -> Option<Diagnostic> {
    let content = fs::canonicalize(content).ok()?;
    let existing = output.ancestors().find(|folder| folder.exists() && !folder.as_os_str().is_empty());
    let output_root = fs::canonicalize(existing.unwrap_or(Path::new("."))).ok()?;
    let inside = output_root.starts_with(&content) || (existing == Some(output) && content.starts_with(&output_root));
    inside.then(|| {
        Diagnostic::error_nowhere(Code::OutputForeign, "the output folder and the content folder lie in each other")
            .help("choose a folder beside the content with --output")
    })
}

fn read_file(tree: &mut SourceTree, findings: &mut Findings, content: &Path, root: &Path, entry: &DirEntry) {
    let path = entry.path();
    let shown = slashes(path);
    let relative = slashes(path.strip_prefix(content).unwrap_or(path));
    let is_text = matches!(path.extension().and_then(|end| end.to_str()), Some("yaml" | "md"));
    let found = place_of(root, entry, &shown);
    let fault = match found {
        Ok((real, _)) if !is_text => {
            tree.blobs.insert(relative, Blob::new(real, shown));
            return;
        }
        Ok((real, length)) => match text_of(&real, length, &shown) {
            Ok(bytes) => return add_content(tree, findings, relative, shown, bytes),
            Err(fault) => fault,
        },
        Err(fault) => fault,
    };
    findings.push(*fault);
    // What names the file finds it: that it cannot be read is its only fault.
    if is_text {
        tree.texts.insert(relative.clone(), tree.sources.add(shown, ""));
    }
    tree.unread.insert(relative);
}

/// Where a file really lies, which must be in the content folder, and how long it is.
fn place_of(root: &Path, entry: &DirEntry, shown: &str) -> Result<(PathBuf, u64), Box<Diagnostic>> {
    // A link is followed only to a file inside the content folder; what is no link lies there.
    let is_link = entry.path_is_symlink();
    let real = if is_link { fs::canonicalize(entry.path()) } else { Ok(entry.path().to_owned()) };
    let (real, data) = real
        .and_then(|real| fs::metadata(&real).map(|data| (real, data)))
        .map_err(|error| Box::new(unreadable(shown, Some(&error))))?;
    if is_link && !real.starts_with(root) || !data.is_file() {
        let message = format!("{shown} leads out of the content folder");
        return Err(Box::new(
            Diagnostic::error_nowhere(Code::OutsideContent, message)
                .help("copy the file itself into the report's folder, instead of a link to it"),
        ));
    }
    Ok((real, data.len()))
}

/// The bytes of a text, which must be of a size that reports have.
fn text_of(real: &Path, length: u64, shown: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    if length > LARGEST_TEXT {
        return Err(Box::new(
            Diagnostic::error_nowhere(Code::FileTooLarge, too_large(shown, length, LARGEST_TEXT))
                .help("was another kind of file saved under this name?"),
        ));
    }
    fs::read(real).map_err(|error| Box::new(unreadable(shown, Some(&error))))
}

fn too_large(shown: &str, length: u64, largest: u64) -> String {
    format!("{shown} has {} MB; a file here may have {} MB", length >> 20, largest >> 20)
}

/// Adds a text of the content by its path.
fn add_content(tree: &mut SourceTree, findings: &mut Findings, relative: String, shown: String, bytes: Vec<u8>) {
    let before = findings.len();
    let id = add_text(tree, findings, shown, bytes);
    let is_unread = findings[before..].iter().any(|finding| finding.code == Code::NotUtf8);
    tree.unread.extend(is_unread.then(|| relative.clone()));
    tree.texts.insert(relative, id);
}

/// Adds a text, and tells what in it cannot be read.
fn add_text(tree: &SourceTree, findings: &mut Findings, shown: String, bytes: Vec<u8>) -> FileId {
    // A byte order mark, as some editors write it, is no part of the text.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let (text, fault) = decoded(bytes);
    let hidden = if fault.is_none() { invisible(&text) } else { Vec::new() };
    let id = tree.sources.add(shown, text);
    findings.extend(hidden.iter().map(|one| one.finding(id)));
    if let Some((at, message)) = fault {
        findings.push(
            Diagnostic::error(Code::NotUtf8, Span::new(id, at..at + 1), message)
                .help("save it as UTF-8: in Notepad choose Save as and the encoding UTF-8, in Excel the type CSV UTF-8; then check £ signs, accents and quotation marks"),
        );
    }
    id
}

/// A text, and where it is not UTF-8, with what can be made out of it then.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<(usize, &'static str)>) {
    const UTF_16: &str = "the file is in UTF-16, not in UTF-8";
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match (bytes, str::from_utf8(bytes)) {
        ([0xff, 0xfe, rest @ ..], _) => (utf_16(rest, u16::from_le_bytes).into(), Some((0, UTF_16))),
        ([0xfe, 0xff, rest @ ..], _) => (utf_16(rest, u16::from_be_bytes).into(), Some((0, UTF_16))),
        (_, Err(fault)) => {
            let fault = (fault.valid_up_to(), "the file is not in UTF-8 from here on");
            (String::from_utf8_lossy(bytes), Some(fault))
        }
        (_, Ok(text)) => {
            let nought = text.find('\0').map(|at| (at, "a byte stands here that is no letter; is the file in UTF-16?"));
            (text.into(), nought)
        }
    }
}

pub(in crate::source) fn is_content(entry: &DirEntry) -> bool {
    is_content_name(&entry.file_name().to_string_lossy())
}

/// Whether a file or folder of that name is read: not what is hidden, explains the folder, or was left behind.
pub fn is_content_name(name: &str) -> bool {
    let left_behind = name.starts_with('.') || name.starts_with('~') || name.ends_with('~');
    let of_the_system = matches!(name, "Thumbs.db" | "desktop.ini" | "README.md");
    !left_behind && !of_the_system
}

fn content_empty(content: &Path, why: &str) -> Diagnostic {
    let message = format!("the content folder {} {why}", slashes(content));
    Diagnostic::error_nowhere(Code::ContentEmpty, message)
        .help("a report is a folder with a report.yaml in it; type the command in the folder that holds `content`, or say where your reports are with --content")
}

pub(in crate::source) fn unreadable(path: &str, error: Option<&std::io::Error>) -> Diagnostic {
    let why = error.map_or("it cannot be reached".to_owned(), |error| plain_words(error).to_owned());
    Diagnostic::error_nowhere(Code::FileUnreadable, format!("{path} cannot be read: {why}"))
        .help("check that it exists and that you are allowed to read it")
}

/// What the system says of a failure, in plain words.
pub fn plain_words(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind::*;
    match error.kind() {
        NotFound => "it does not exist",
        PermissionDenied => "you are not allowed to",
        StorageFull | QuotaExceeded | FileTooLarge => "the disk is full",
        ReadOnlyFilesystem => "the disk can only be read",
        NotADirectory => "a part of its path is a file, not a folder",
        IsADirectory => "it is a folder",
        AlreadyExists => "something of that name is there already",
        ResourceBusy | ExecutableFileBusy => "another program holds it open",
        _ => "the system refused",
    }
}

/// A path as it stands in messages and manifests, alike on every system.
pub fn slashes(path: &Path) -> String {
    let parts: PathBuf = path.components().collect();
    parts.to_string_lossy().replace('\\', "/")
}
