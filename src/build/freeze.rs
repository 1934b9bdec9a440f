//! Freezes an edition: writes the record of what is published.

use std::sync::Mutex;

use super::destination::Destination;
use super::published::digests;
use super::{Formats, Options, Outcome, ReportBuilder, base_of};
use crate::diagnostic::{Code, Diagnostic, Findings, any_errors};
use crate::hold::held;
use crate::model::{Project, Report};
use crate::publish::{self, Artifact, Manifest, ManifestFile, Publication};
use crate::transcript::PublishedEdition;
use crate::view;

/// Keeps in memory what would be published.
#[derive(Default)]
struct Held(Mutex<Vec<Artifact>>);

impl Destination for Held {
    fn open(&mut self, _: &[String]) -> Result<(), Findings> {
        held(&self.0).clear();
        Ok(())
    }

    fn former(&self) -> Manifest {
        Manifest::default()
    }

    fn take(&self, files: &[Artifact]) -> Result<Vec<ManifestFile>, Findings> {
        held(&self.0).extend_from_slice(files);
        Ok(files.iter().map(ManifestFile::of).collect())
    }

    fn close(&mut self, _: Vec<ManifestFile>, _: &Publication) -> Result<Manifest, Findings> {
        Ok(Manifest::default())
    }
}

/// Writes the records of a report, or of all reports of a group. Gives their paths from the content folder.
pub fn freeze(options: &Options, folder: &str) -> (Outcome, Vec<String>) {
    let options = Options {
        reports: vec![folder.to_owned()],
        formats: Formats { html: true, pdf: true },
        review: false,
        shard: None,
        ..options.clone()
    };
    let mut builder = ReportBuilder::default();
    let content = builder.read(&options);
    let refused = content.project.as_ref().map(|project| refusals(project, folder)).unwrap_or_default();
    if !refused.is_empty() {
        return (content.outcome(refused, Default::default(), None), Vec::new());
    }
    let mut held_files = Held::default();
    let outcome = builder.run(&options, &mut held_files, &|_| ());
    if any_errors(&outcome.findings) {
        return (outcome, Vec::new());
    }
    let files = held_files.0.into_inner().unwrap_or_default();
    let mut findings = Findings::new();
    let Some(examined) = content.examine(&options, &mut findings) else { return (outcome, Vec::new()) };
    let record = |report: &Report| {
        let own: Vec<Artifact> =
            files.iter().filter(|file| file.report.as_ref() == Some(&report.id)).cloned().collect();
        let transcript =
            view::transcript(examined.project, report, &examined.facts, &examined.passages, &content.tree.sources);
        let edition = PublishedEdition {
            address: base_of(&options, examined.project).map(str::to_owned),
            files: digests(&own),
            transcript: transcript.without_places(),
        };
        (report.record_path(), edition.written().into_bytes())
    };
    let reports = examined.project.reports.iter().filter(|report| report.is_meant_by(folder));
    let records: Vec<(String, Vec<u8>)> = reports.map(record).collect();
    let written = publish::begin(&options.content, &records);
    match written {
        Ok(()) => (outcome, records.into_iter().map(|(path, _)| path).collect()),
        Err(faults) => (Outcome { findings: faults, ..outcome }, Vec::new()),
    }
}

/// Why an edition cannot be frozen. That it does not exist is told by who builds it.
fn refusals(project: &Project, folder: &str) -> Findings {
    let reports = project.reports.iter().filter(|report| report.is_meant_by(folder) && report.is_first_of_folder());
    let refusal = |report: &Report| {
        let (message, help) = match (report.is_draft(), report.is_published) {
            (true, _) => {
                (format!("{folder} is a draft"), "take the line `draft:` away when the report is final".to_owned())
            }
            (_, true) => (
                format!("{folder} is frozen already"),
                format!("to publish another version, remove {} and freeze it again", report.record_path()),
            ),
            _ => return None,
        };
        let finding = Diagnostic::error_nowhere(Code::PublishedOtherwise, message).help(help);
        Some(Diagnostic { at: Some(report.head.title.at), ..finding })
    };
    reports.filter_map(refusal).collect()
}
