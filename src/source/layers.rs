//! Templates and assets in two layers: what is built into the program, and a folder that overrides it file by file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use walkdir::{DirEntry, WalkDir};

use super::fonts::is_font;
use super::{is_content, slashes, unreadable};
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

/// A template that is built into the program.
pub fn built_in_template(path: &str) -> Option<&'static str> {
    TEMPLATES.get_file(path)?.contents_utf8()
}

/// The templates, those of `folder` before the built-in ones.
pub fn templates(folder: Option<&Path>, findings: &mut Findings) -> Layer {
    over(&TEMPLATE_LAYER, folder, is_named_template, findings)
}

/// Fonts and pictures, those of `folder` before the built-in ones.
pub fn assets(folder: Option<&Path>, findings: &mut Findings) -> Layer {
    // Fonts lie beside their licences.
    over(&ASSET_LAYER, folder, |path, _| is_font(path) || path.ends_with(".txt") || path.ends_with(".md"), findings)
}

/// A layer with the files of a folder over it. Those that replace no file of it are told if nothing uses them.
fn over(built_in: &Layer, folder: Option<&Path>, is_used: fn(&str, &Layer) -> bool, findings: &mut Findings) -> Layer {
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
    let added = layer.iter().filter(|(path, _)| !built_in.contains_key(*path));
    findings.extend(added.filter(|(path, _)| !is_used(path, &layer)).map(|(_, file)| unused(file)));
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

fn unused(file: &LayerFile) -> Diagnostic {
    let message = format!("{} is not used: it replaces no built-in file, and no other names it", file.shown);
    let finding = Diagnostic::error_nowhere(Code::UnusedFile, message)
        .help("give it the path of the file that it should replace, or move it out of the folder");
    Diagnostic { severity: Severity::Warning, ..finding }
}

/// Whether a template that is no built-in one is used: style sheets all are, others where another template names their
/// path, their file name in the library, or a component that they define.
fn is_named_template(path: &str, layer: &Layer) -> bool {
    if path.ends_with(".css") {
        return true;
    }
    if !path.ends_with(".html") && !path.ends_with(".typ") {
        return false;
    }
    let text = |file: &LayerFile| String::from_utf8_lossy(&file.bytes).into_owned();
    let own = layer.get(path).map(text).unwrap_or_default();
    let component = |piece: &str| {
        let name = piece.trim_start().split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).next();
        name.filter(|name| !name.is_empty()).map(|name| format!("<{name}"))
    };
    let mut names: Vec<String> = own.split("component").skip(1).filter_map(component).collect();
    names.push(path.strip_prefix("pdf/lib/").unwrap_or(path).to_owned());
    let others = layer.iter().filter(|(other, _)| *other != path);
    others.map(|(_, file)| text(file)).any(|text| names.iter().any(|name| text.contains(name.as_str())))
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
