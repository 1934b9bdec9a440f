//! Templates and assets in two layers: what is built into the program, and a folder that overrides it file by file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use walkdir::WalkDir;

use super::{plain_words, slashes};
use crate::diagnostic::{Code, Diagnostic, Findings};

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static ASSETS: Dir = include_dir!("$CARGO_MANIFEST_DIR/assets");

// Kept, for `Bytes` keep their digest, and every edition of a preview compares the layers with the last.
static TEMPLATE_LAYER: LazyLock<Layer> = LazyLock::new(|| built_in("built-in templates", &TEMPLATES));
static ASSET_LAYER: LazyLock<Layer> = LazyLock::new(|| built_in("built-in assets", &ASSETS));

/// One file of a layer: its bytes, and the path by which a person finds it.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerFile {
    pub shown: String,
    pub bytes: Bytes,
}

/// Files by their path in the folder, sorted, with forward slashes.
pub type Layer = BTreeMap<String, LayerFile>;

/// A template that is built into the program.
pub fn built_in_template(path: &str) -> Option<&'static str> {
    TEMPLATES.get_file(path)?.contents_utf8()
}

/// The templates, those of `folder` before the built-in ones.
pub fn templates(folder: Option<&Path>, findings: &mut Findings) -> Layer {
    over(&TEMPLATE_LAYER, folder, findings)
}

/// Fonts and pictures, those of `folder` before the built-in ones.
pub fn assets(folder: Option<&Path>, findings: &mut Findings) -> Layer {
    over(&ASSET_LAYER, folder, findings)
}

fn over(built_in: &Layer, folder: Option<&Path>, findings: &mut Findings) -> Layer {
    let mut layer = built_in.clone();
    let Some(folder) = folder else { return layer };
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok) {
        if !entry.file_type().is_file() || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let shown = slashes(entry.path());
        let path = slashes(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
        match fs::read(entry.path()) {
            Ok(bytes) => drop(layer.insert(path, LayerFile { shown, bytes: Bytes::new(bytes) })),
            Err(error) => findings.push(Diagnostic::error_nowhere(
                Code::FileUnreadable,
                format!("{shown} cannot be read: {}", plain_words(&error)),
            )),
        }
    }
    layer
}

fn built_in(name: &str, dir: &'static Dir) -> Layer {
    let mut layer = Layer::new();
    collect(dir, name, &mut layer);
    layer
}

fn collect(dir: &'static Dir, name: &str, layer: &mut Layer) {
    for file in dir.files() {
        let path = slashes(file.path());
        let shown = format!("{name}/{path}");
        layer.insert(path, LayerFile { shown, bytes: Bytes::new(file.contents()) });
    }
    for inner in dir.dirs() {
        collect(inner, name, layer);
    }
}
