//! The manifest: what the output holds, and what it was made from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Artifact, Publication};

/// Every file of an output, in the order of their paths.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub generator: String,
    pub files: Vec<ManifestFile>,
    /// What each report was made from; what all reports share stands under "shared".
    pub inputs: BTreeMap<String, Vec<Input>>,
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Path in the output folder, with forward slashes.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: usize,
    /// Pages of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// The report that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

/// A file that a report was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    pub path: String,
    pub sha256: String,
}

impl Input {
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self { path: path.into(), sha256: digest(bytes) }
    }
}

impl ManifestFile {
    pub fn of(artifact: &Artifact) -> Self {
        Self { sha256: digest(&artifact.bytes), ..Self::without_digest(artifact) }
    }

    /// For a file that is not published.
    pub fn without_digest(artifact: &Artifact) -> Self {
        Self {
            path: artifact.path.clone(),
            sha256: String::new(),
            bytes: artifact.bytes.len(),
            pages: artifact.pages,
            report: artifact.report.clone(),
        }
    }
}

impl Manifest {
    /// The manifest after a publication: its files, and those of reports that were not built again.
    pub(super) fn of(made: Vec<ManifestFile>, publication: &Publication, former: &Manifest) -> Self {
        let stays =
            |report: &String| !publication.reports.contains(report) && publication.known_reports.contains(report);
        let mut files: Vec<ManifestFile> =
            former.files.iter().filter(|file| file.report.as_ref().is_some_and(stays)).cloned().collect();
        files.extend(made);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let mut inputs = (publication.inputs)();
        inputs.extend(
            former
                .inputs
                .iter()
                .filter(|(report, _)| stays(report))
                .map(|(report, list)| (report.clone(), list.clone())),
        );
        Self { generator: concat!("Tally ", env!("CARGO_PKG_VERSION")).to_owned(), files, inputs }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Strings and numbers always have a JSON form.
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }
}

/// SHA-256 in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
