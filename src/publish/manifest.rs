//! The manifest: what the output holds, and what it was made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::plain::{self, Unread};
use super::{Artifact, Publication, foreign_file, in_the_way};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::portable::is_plain_path;
use crate::source::slashes;

/// The name of the file in which a manifest stands.
pub const MANIFEST: &str = "manifest.json";

/// No manifest is longer, in bytes: that of ten thousand reports takes a tenth.
const LONGEST: u64 = 256 << 20;

/// How every generator begins.
const TALLY: &str = "Tally ";

/// Every file of an output, in the order of their paths.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub generator: String,
    pub files: Vec<ManifestFile>,
    /// A digest of everything that each report was made from; of what all reports share under "shared". The first
    /// manifests had none, but named every file; what they say of the output is as good.
    #[serde(default)]
    pub made_from: BTreeMap<String, String>,
    /// The files that it was made from. Their paths are internal, so that they stand in a build for review alone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: Inputs,
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

/// The files that each report was made from; those that all reports share stand under "shared".
pub type Inputs = BTreeMap<String, Vec<Input>>;

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
    /// Whether its path leads into the folder of the report that it belongs to.
    fn lies_with_its_report(&self) -> bool {
        let is_of = |report: &String| self.path.split_once('/').is_some_and(|(folder, _)| folder == report);
        self.report.as_ref().is_none_or(is_of)
    }

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
    /// The manifest of an earlier build; an output without one is no earlier build. It may come from anywhere, so what
    /// it says is believed only of files in its own folder.
    pub fn read(output: &Path) -> Result<Self, Findings> {
        let path = output.join(MANIFEST);
        let bytes = match plain::bytes(&path, LONGEST) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return Ok(Self::default()),
            Err(unread) => return Err(vec![in_the_way(&path, &unread.words())]),
        };
        let manifest = Self::parse(&path, &bytes).map_err(|fault| vec![*fault])?;
        let inside = Inside { output, list: &path };
        let mut findings = inside.refuse(manifest.files.iter().map(|file| file.path.as_str()));
        let strangers = manifest.files.iter().filter(|file| !file.lies_with_its_report());
        findings.extend(strangers.map(|file| inside.finding(&file.path, "lies in the folder of another report")));
        if findings.is_empty() { Ok(manifest) } else { Err(findings) }
    }

    /// Reads a manifest of this or an earlier form, or says what else it is.
    fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        /// What the manifests of all versions say.
        #[derive(Deserialize)]
        struct Any {
            generator: String,
        }
        let generator = match serde_json::from_slice::<Any>(bytes) {
            Ok(any) if any.generator.starts_with(TALLY) => any.generator,
            _ => return Err(Box::new(foreign_file(path))),
        };
        serde_json::from_slice(bytes).map_err(|_| {
            let message = format!(
                "{} was written by {generator} in a form that {} does not know, so that files of Tally cannot be told from others",
                slashes(path),
                Self::generator()
            );
            Box::new(Diagnostic::error_nowhere(Code::OutputForeign, message).help(
                "choose another folder with --output; or move this one away and build again, which makes everything anew",
            ))
        })
    }

    fn generator() -> String {
        format!("{TALLY}{}", env!("CARGO_PKG_VERSION"))
    }

    /// The manifest after a publication: its files, and those of reports that were not built again.
    pub(super) fn of(made: Vec<ManifestFile>, publication: &Publication, former: &Manifest) -> Self {
        let stays =
            |report: &String| !publication.reports.contains(report) && publication.known_reports.contains(report);
        let mut files: Vec<ManifestFile> =
            former.files.iter().filter(|file| file.report.as_ref().is_some_and(stays)).cloned().collect();
        files.extend(made);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let mut inputs = (publication.inputs)();
        let mut made_from = made_from(&inputs);
        made_from.extend(
            former
                .made_from
                .iter()
                .filter(|(report, _)| stays(report))
                .map(|(report, digest)| (report.clone(), digest.clone())),
        );
        match publication.review {
            true => inputs.extend(
                former
                    .inputs
                    .iter()
                    .filter(|(report, _)| stays(report))
                    .map(|(report, list)| (report.clone(), list.clone())),
            ),
            false => inputs.clear(),
        }
        Self { generator: Self::generator(), files, made_from, inputs }
    }

    /// Lists files of earlier builds that stay.
    pub(super) fn keep(&mut self, files: Vec<ManifestFile>) {
        self.files.extend(files);
        self.files.sort_by(|one, other| one.path.cmp(&other.path));
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Strings and numbers always have a JSON form.
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }
}

/// Digests of what reports were made from: the same where every file is.
pub fn made_from(inputs: &Inputs) -> BTreeMap<String, String> {
    let line = |input: &Input| format!("{}  {}\n", input.sha256, input.path);
    let digest_of = |list: &[Input]| digest(list.iter().map(line).collect::<String>().as_bytes());
    inputs.iter().map(|(report, list)| (report.clone(), digest_of(list))).collect()
}

/// SHA-256 in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    in_digits(&Sha256::digest(bytes))
}

pub(super) fn in_digits(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Holds paths that a file of an output names against the folder that they must lie in.
pub(super) struct Inside<'a> {
    pub output: &'a Path,
    /// The file that names the paths.
    pub list: &'a Path,
}

impl Inside<'_> {
    /// Refuses paths that lead out of the output, by their steps or over a symbolic link. Nothing is touched before.
    pub fn refuse<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Findings {
        let mut looked_at: BTreeSet<PathBuf> = BTreeSet::new();
        let mut findings = Findings::new();
        for path in paths {
            if !is_plain_path(path) {
                findings.push(self.finding(path, "does not lie in the output folder"));
                continue;
            }
            let mut steps = Path::new(path).ancestors().filter(|step| !step.as_os_str().is_empty());
            let leads_away = |step: &Path| {
                looked_at.insert(step.to_owned())
                    && fs::symlink_metadata(self.output.join(step)).is_ok_and(|data| data.is_symlink())
            };
            if steps.any(leads_away) {
                findings.push(self.finding(path, "is reached over a symbolic link"));
            }
        }
        findings
    }

    fn finding(&self, path: &str, why: &str) -> Diagnostic {
        let message = format!("{} names `{path}`, which {why}", slashes(self.list));
        Diagnostic::error_nowhere(Code::OutsideOutput, message).help(
            "nothing was touched; this did not come from Tally alone: look at the folder, move it away and build again",
        )
    }
}
