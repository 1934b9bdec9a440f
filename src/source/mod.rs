//! Reads a content folder from the disk: texts into the source map, everything else as bytes.
//!
//! In: the folder. Out: a [`SourceTree`], sorted by path, and findings for what could not be read.
//! With [`layers`] this is the one place that reads the disk.

pub mod fonts;
pub mod layers;
pub mod memory;
pub mod portable;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceMap, Span};

/// Larger texts are refused: they are not reports.
const LARGEST_TEXT: u64 = 32 * 1024 * 1024;
/// Larger pictures are refused: they would make a page that nobody can load.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// The content as it was read: every path is relative to the content folder and has forward slashes.
#[derive(Debug, Default, Clone)]
pub struct SourceTree {
    /// The texts, with their paths as shown in messages.
    pub sources: SourceMap,
    /// YAML and Markdown files.
    pub texts: BTreeMap<String, FileId>,
    /// All other files.
    pub blobs: BTreeMap<String, Vec<u8>>,
}

impl SourceTree {
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

    /// The bytes of a file, whichever kind it is.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        let text = self.texts.get(path).map(|id| self.sources.file(*id).text.as_bytes());
        text.or_else(|| self.blobs.get(path).map(Vec::as_slice))
    }
}

/// Reads the content folder. Hidden files, README files and what editors leave behind are passed over.
pub fn read(content: &Path) -> (SourceTree, Findings) {
    let mut tree = SourceTree::default();
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
    if findings.is_empty() && tree.reports().next().is_none() {
        findings.push(content_empty(content, "holds no report"));
    }
    (tree, findings)
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
    // A link is followed only to a file inside the content folder; what is no link lies there.
    let is_link = entry.path_is_symlink();
    let real = if is_link { fs::canonicalize(path) } else { Ok(path.to_owned()) };
    let (real, data) = match real.and_then(|real| fs::metadata(&real).map(|data| (real, data))) {
        Ok(found) => found,
        Err(error) => return findings.push(unreadable(&shown, Some(&error))),
    };
    if is_link && !real.starts_with(root) || !data.is_file() {
        let message = format!("{shown} leads out of the content folder");
        return findings.push(
            Diagnostic::error_nowhere(Code::OutsideContent, message)
                .help("copy the file itself into the report's folder, instead of a link to it"),
        );
    }
    let is_text = matches!(path.extension().and_then(|end| end.to_str()), Some("yaml" | "md"));
    let largest = if is_text { LARGEST_TEXT } else { LARGEST_PICTURE };
    if data.len() > largest {
        let message = format!("{shown} has {} MB; a file here may have {} MB", data.len() >> 20, largest >> 20);
        return findings.push(
            Diagnostic::error_nowhere(Code::FileTooLarge, message)
                .help("was another kind of file saved under this name?"),
        );
    }
    match fs::read(&real) {
        Ok(bytes) if is_text => add_text(tree, findings, relative, shown, bytes),
        Ok(bytes) => drop(tree.blobs.insert(relative, bytes)),
        Err(error) => findings.push(unreadable(&shown, Some(&error))),
    }
}

fn add_text(tree: &mut SourceTree, findings: &mut Findings, relative: String, shown: String, bytes: Vec<u8>) {
    match String::from_utf8(bytes) {
        Ok(text) => {
            // A byte order mark, as some editors write it, is no part of the text.
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            let id = tree.sources.add(shown, text);
            tree.texts.insert(relative, id);
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let id = tree.sources.add(shown, String::from_utf8_lossy(error.as_bytes()));
            findings.push(
                Diagnostic::error(Code::NotUtf8, Span::new(id, at..at + 1), "the file is not in UTF-8 from here on")
                    .help("open it in an editor and save it as UTF-8; then check £ signs, accents and quotation marks"),
            );
        }
    }
}

fn is_content(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let left_behind = name.starts_with('.') || name.starts_with('~') || name.ends_with('~');
    let of_the_system = matches!(name.as_ref(), "Thumbs.db" | "desktop.ini" | "README.md");
    !left_behind && !of_the_system
}

fn content_empty(content: &Path, why: &str) -> Diagnostic {
    let message = format!("the content folder {} {why}", slashes(content));
    Diagnostic::error_nowhere(Code::ContentEmpty, message)
        .help("a report is a folder with a report.yaml in it; say where your reports are with --content")
}

fn unreadable(path: &str, error: Option<&std::io::Error>) -> Diagnostic {
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
