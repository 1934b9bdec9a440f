//! Where finished files go.

use std::path::Path;

use typst::foundations::Bytes;

use crate::compile::PageMark;
use crate::diagnostic::{Findings, SourceMap};
use crate::publish::{self, Artifact, Manifest, ManifestFile, Publication, Staging};

/// The files of a report.
#[derive(Debug, Clone)]
pub struct FinishedReport {
    pub report: String,
    pub title: String,
    pub files: Vec<Artifact>,
    /// The pages of the PDF, where whoever takes it asks which of them are new.
    pub marks: Vec<PageMark>,
}

/// What of a report is shown before it is read back.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The page, which names the size of the former PDF still, and the data and pictures beside it.
    Page { page: &'a Artifact, beside: &'a [Artifact] },
    /// The PDF and its pages.
    Pdf { file: &'a Artifact, marks: &'a [PageMark] },
}

/// Takes the files of a build as they are finished, from several threads, and puts them before the public as a whole.
pub trait Destination: Sync {
    /// Begins with these reports.
    fn open(&mut self, reports: &[String]) -> Result<(), Findings>;

    /// What was put before the public last.
    fn former(&self) -> Manifest;

    /// Is shown a page or a PDF of a report before it is read back, where earlier builds are kept.
    fn proof(&self, _report: &str, _proof: Proof) {}

    /// Is told what was found, as soon as everything is checked and before reports are finished.
    fn found(&self, _findings: &Findings, _sources: &SourceMap) {}

    /// Is shown what typst is given for a report: the text, and the files that it may import or show.
    fn source(&self, _report: &str, _main: &str, _files: &[(String, Bytes)]) {}

    /// Takes the files of a finished report.
    fn report(&self, made: &FinishedReport) -> Result<Vec<ManifestFile>, Findings> {
        self.take(&made.files)
    }

    /// Takes finished files.
    fn take(&self, files: &[Artifact]) -> Result<Vec<ManifestFile>, Findings>;

    /// A file as it was put before the public, where that can be looked up.
    fn published(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }

    /// Puts everything that was taken before the public.
    fn close(&mut self, files: Vec<ManifestFile>, publication: &Publication) -> Result<Manifest, Findings>;
}

/// A folder on the disk.
pub struct Disk<'a> {
    output: &'a Path,
    staging: Option<Staging<'a>>,
}

impl<'a> Disk<'a> {
    pub fn new(output: &'a Path) -> Self {
        Self { output, staging: None }
    }
}

impl Destination for Disk<'_> {
    fn open(&mut self, reports: &[String]) -> Result<(), Findings> {
        // What another attempt left behind goes first, and with it its hold on the folder.
        self.staging = None;
        self.staging = Some(Staging::open(self.output, reports)?);
        Ok(())
    }

    fn former(&self) -> Manifest {
        self.staging.as_ref().map_or_else(Manifest::default, |staging| staging.former().clone())
    }

    fn published(&self, path: &str) -> Option<Vec<u8>> {
        publish::published(self.output, path)
    }

    fn take(&self, files: &[Artifact]) -> Result<Vec<ManifestFile>, Findings> {
        let Some(staging) = &self.staging else { return Ok(Vec::new()) };
        let (mut taken, mut findings) = (Vec::new(), Findings::new());
        for file in files {
            match staging.put(file) {
                Ok(file) => taken.push(file),
                Err(faults) => findings.extend(faults),
            }
        }
        if findings.is_empty() { Ok(taken) } else { Err(findings) }
    }

    fn close(&mut self, files: Vec<ManifestFile>, publication: &Publication) -> Result<Manifest, Findings> {
        match self.staging.take() {
            Some(staging) => staging.publish(files, publication),
            None => Ok(Manifest::default()),
        }
    }
}
