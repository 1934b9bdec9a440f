//! Templates and assets in two layers: what is built into the program, and a folder that overrides it file by file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use walkdir::{DirEntry, WalkDir};

use super::fonts::is_font;
use super::{is_content, reach, slashes, unreadable};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};

/// How the paths of what is built in begin.
const BUILT_IN: &str = "built-in ";

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static ASSETS: Dir = include_dir!("$CARGO_MANIFEST_DIR/assets");

// Kept, for `Bytes` keep their digest, and every edition of a preview compares the layers with the last.
static TEMPLATE_LAYER: LazyLock<Layer> = LazyLock::new(|| built_in("templates", &TEMPLATES));
static ASSET_LAYER: LazyLock<Layer> = LazyLock::new(|| built_in("assets", &ASSETS));

/// One file of a layer: its bytes, and the path by which a person finds it.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerFile {
    pub shown: String,
    pub bytes: Bytes,
}

/// Files by their path in the folder, sorted, with forward slashes.
pub type Layer = BTreeMap<String, LayerFile>;

/// No template, font or style sheet is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// Whether a file is built into the program, by the path that is shown.
pub fn is_built_in(shown: &str) -> bool {
    shown.starts_with(BUILT_IN)
}

/// The files of a folder of one's own that lie over what is built in, by the paths by which a person finds them.
pub fn own(layer: &Layer) -> Vec<&str> {
    layer.values().map(|file| file.shown.as_str()).filter(|shown| !is_built_in(shown)).collect()
}

/// What helps where one of these templates is at fault and none is named: which of them are one's own, if any are.
pub fn own_in_words(templates: &Layer, ending: &str) -> Option<String> {
    let own: Vec<&str> = own(templates).into_iter().filter(|shown| shown.ends_with(ending)).collect();
    (!own.is_empty()).then(|| format!("the templates of your own are {}", own.join(", ")))
}

/// A template that is built into the program.
pub fn built_in_template(path: &str) -> Option<&'static str> {
    TEMPLATES.get_file(path)?.contents_utf8()
}

/// The templates, those of `folder` before the built-in ones.
pub fn templates(folder: Option<&Path>, findings: &mut Findings) -> Layer {
    over(&TEMPLATE_LAYER, folder, reach::reached, findings)
}

/// Fonts and pictures, those of `folder` before the built-in ones.
pub fn assets(folder: Option<&Path>, findings: &mut Findings) -> Layer {
    // Fonts lie beside their licences.
    let is_used = |path: &&String| is_font(path) || path.ends_with(".txt") || path.ends_with(".md");
    over(&ASSET_LAYER, folder, |layer| layer.keys().filter(is_used).cloned().collect(), findings)
}

/// A layer with the files of a folder over it. Those that replace no file of it and that nothing uses are told, and left
/// out.
fn over(
    built_in: &Layer,
    folder: Option<&Path>,
    used: impl Fn(&Layer) -> BTreeSet<String>,
    findings: &mut Findings,
) -> Layer {
    let mut layer = built_in.clone();
    let Some(folder) = folder else { return layer };
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(is_content) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match read(&entry) {
                Ok(file) => {
                    let path = slashes(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
                    layer.insert(path, file);
                }
                Err(fault) => findings.push(*fault),
            },
            Err(error) => {
                let path = error.path().map_or_else(|| slashes(folder), slashes);
                findings.push(unreadable(&path, error.into_io_error().as_ref()));
            }
        }
    }
    let used = used(&layer);
    layer.retain(|path, file| {
        let is_kept = built_in.contains_key(path) || used.contains(path);
        findings.extend((!is_kept).then(|| unused(path, file)));
        is_kept
    });
    layer
}

fn read(entry: &DirEntry) -> Result<LayerFile, Box<Diagnostic>> {
    let shown = slashes(entry.path());
    if !entry.file_type().is_file() {
        let message = format!("{shown} is no file but a link or a device, which is not followed");
        let finding = Diagnostic::error_nowhere(Code::OutsideContent, message)
            .help("copy the file itself into the folder, instead of a link to it");
        return Err(Box::new(finding));
    }
    let length = entry.metadata().map_or(0, |data| data.len());
    if length > LARGEST {
        let message = format!("{shown} is larger than {} MB", LARGEST >> 20);
        let finding = Diagnostic::error_nowhere(Code::FileTooLarge, message)
            .help("templates, fonts and style sheets are small: move it out of the folder");
        return Err(Box::new(finding));
    }
    match fs::read(entry.path()) {
        Ok(bytes) => Ok(LayerFile { shown, bytes: Bytes::new(bytes) }),
        Err(error) => Err(Box::new(unreadable(&shown, Some(&error)))),
    }
}

fn unused(path: &str, file: &LayerFile) -> Diagnostic {
    let (why, help) = match path.ends_with(".css") {
        true => (
            "it replaces no built-in file, and lies beside no template that is used",
            "move it to the top of the folder, or out of it",
        ),
        false => (
            "it replaces no built-in file, and no other that is used names it",
            "give it the path of the file that it should replace, or move it out of the folder",
        ),
    };
    let finding = Diagnostic::error_nowhere(Code::UnusedFile, format!("{} is not used: {why}", file.shown)).help(help);
    Diagnostic { severity: Severity::Warning, ..finding }
}

fn built_in(name: &str, dir: &'static Dir) -> Layer {
    let mut layer = Layer::new();
    collect(dir, name, &mut layer);
    layer
}

fn collect(dir: &'static Dir, name: &str, layer: &mut Layer) {
    for file in dir.files() {
        let path = slashes(file.path());
        let shown = format!("{BUILT_IN}{name}/{path}");
        layer.insert(path, LayerFile { shown, bytes: Bytes::new(file.contents()) });
    }
    for inner in dir.dirs() {
        collect(inner, name, layer);
    }
}
