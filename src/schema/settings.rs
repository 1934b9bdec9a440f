//! Settings of VS Code that name the schemas of files which do not name theirs.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Named, NamedFile, path_of};

/// The settings of a content folder of that name, with their path from the folder that it lies in; none where every file
/// names its schema.
pub fn settings(folder: &str, files: &[NamedFile]) -> Option<(String, String)> {
    let mut by_schema: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.named == Named::Frozen) {
        by_schema
            .entry(format!("./{folder}/{}", path_of(file.kind)))
            .or_default()
            .push(format!("{folder}/{}", file.path));
    }
    let text = format!("{:#}\n", json!({"yaml.schemas": by_schema}));
    (!by_schema.is_empty()).then(|| (".vscode/settings.json".to_owned(), text))
}
