//! The record of a published edition: what it says, and digests of its files.
//!
//! ```text
//! tally published 1
//! sha256 3f0c…
//! address https://www.example.org/reports
//! file 9b1e… data/running-costs.csv
//! file 55c0… index.html
//!
//! tally transcript 1
//! …
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use super::written::{DIGEST, digest};
use super::{Transcript, read};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// The name of the record in the folder of a report.
pub const RECORD: &str = "published.lock";

const VERSION: u32 = 1;
const FORM: &str = "tally published ";
const ADDRESS: &str = "address ";
const FILE: &str = "file ";

/// What was published.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedEdition {
    /// The address under which the output was published, where one was known.
    pub address: Option<String>,
    /// The digest of each file, by its path in the report's folder.
    pub files: BTreeMap<String, String>,
    pub transcript: Transcript,
}

/// The transcript of a file: of one alone, or of the record of a published edition.
pub fn read_any(file: FileId, text: &str) -> Result<Transcript, Box<Diagnostic>> {
    match text.starts_with(FORM) {
        true => PublishedEdition::read(file, text).map(|published| published.transcript),
        false => read(file, text),
    }
}

impl PublishedEdition {
    /// Its written form.
    pub fn written(&self) -> String {
        let mut body = String::new();
        let _ = self.address.iter().try_for_each(|address| writeln!(body, "{ADDRESS}{address}"));
        for (path, digest) in &self.files {
            let _ = writeln!(body, "{FILE}{digest} {path}");
        }
        let _ = write!(body, "\n{}", self.transcript.written());
        format!("{FORM}{VERSION}\n{DIGEST}{}\n{body}", digest(&body))
    }

    /// Reads a record. A finding says why a text is none: it is something else, of another version, or was edited.
    pub fn read(file: FileId, text: &str) -> Result<Self, Box<Diagnostic>> {
        let plain = text.replace("\r\n", "\n");
        let refused = |message: String, help: &str| {
            let end = text.find('\n').unwrap_or(text.len());
            Box::new(Diagnostic::error(Code::TranscriptUnreadable, Span::new(file, 0..end), message).help(help))
        };
        let Some((version, rest)) = plain.strip_prefix(FORM).and_then(|rest| rest.split_once('\n')) else {
            return Err(refused(
                "this is no record of a published edition".to_owned(),
                "`tally freeze` writes it; bring it back from a copy or the repository",
            ));
        };
        if version.trim() != VERSION.to_string() {
            return Err(refused(
                format!("this record has version {}, and this program reads version {VERSION}", version.trim()),
                "use the program that wrote it, or freeze the report again",
            ));
        }
        let body = rest.split_once('\n').and_then(|(line, body)| Some((line.strip_prefix(DIGEST)?, body)));
        let Some((_, body)) = body.filter(|(said, body)| said.trim() == digest(body)) else {
            return Err(refused(
                "this record was changed after Tally wrote it".to_owned(),
                "a record says what was published, and is not edited: bring the file back as it was, from a copy or the repository",
            ));
        };
        let (head, transcript) =
            body.split_once("\n\n").or_else(|| Some(("", body.strip_prefix('\n')?))).unwrap_or((body, ""));
        let mut published = Self { address: None, files: BTreeMap::new(), transcript: read(file, transcript)? };
        for line in head.lines() {
            if let Some((digest, path)) = line.strip_prefix(FILE).and_then(|rest| rest.split_once(' ')) {
                published.files.insert(path.to_owned(), digest.to_owned());
            } else if let Some(address) = line.strip_prefix(ADDRESS) {
                published.address = Some(address.to_owned());
            } else {
                return Err(refused(format!("`{line}` is not understood"), "freeze the report again"));
            }
        }
        Ok(published)
    }
}
