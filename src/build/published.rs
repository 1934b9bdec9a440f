//! Published editions: what was published is what is built, or the build says what would differ, and stops.

use std::collections::BTreeMap;

use super::destination::{Destination, FinishedReport};
use super::examined::Examined;
use super::{Formats, Options, base_of};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::{Project, Report};
use crate::publish::{Artifact, digest};
use crate::source::SourceTree;
use crate::transcript::PublishedEdition;
use crate::view;

/// The way between editions on a page, which goes on to editions that are younger than the page.
const WAY: (&str, &str) = ("<nav class=editions", "</nav>");

/// Of more figures than these that differ the first are told.
const MOST_TOLD: usize = 10;

/// The records of the published editions, by the ids of their reports.
#[derive(Debug, Default)]
pub struct PublishedEditions(BTreeMap<String, PublishedEdition>);

impl PublishedEditions {
    /// Reads the records. A finding says why one cannot be read.
    pub fn of(tree: &SourceTree, project: &Option<Project>, findings: &mut Findings) -> Self {
        let mut editions = Self::default();
        let reports = project.iter().flat_map(|project| &project.reports);
        for report in reports.filter(|report| report.is_published) {
            let path = report.record_path();
            let text = match tree.picture(&path, report.head.title.at) {
                Some(Ok(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
                Some(Err(fault)) => {
                    findings.push(*fault);
                    continue;
                }
                None => continue,
            };
            let file = tree.sources.add(tree.shown(&path), text.as_str());
            match PublishedEdition::read(file, &text) {
                Ok(edition) => drop(editions.0.insert(report.id.clone(), edition)),
                Err(fault) => findings.push(*fault),
            }
        }
        editions
    }

    /// What published editions would say otherwise than they did.
    pub fn differences(&self, examined: &Examined, tree: &SourceTree) -> Findings {
        let reports = examined.project.reports.iter();
        let published = reports.filter_map(|report| Some((report, self.0.get(&report.id)?)));
        published.flat_map(|(report, edition)| differences(examined, tree, report, edition)).collect()
    }

    /// The files of a published edition as they were published: as they are made, or else as the output has them.
    pub fn hold(
        &self,
        made: FinishedReport,
        report: &Report,
        (options, project): (&Options, &Project),
        destination: &dyn Destination,
    ) -> Result<FinishedReport, Findings> {
        let is_whole = options.formats == Formats { html: true, pdf: true } && !options.review;
        let edition = self.0.get(&report.id).filter(|_| is_whole);
        let Some(edition) = edition.filter(|edition| edition.address.as_deref() == base_of(options, project)) else {
            return Ok(made);
        };
        let differs =
            |file: &&Artifact| edition.files.get(path_in(&file.path)) != Some(&digest_of(&file.path, &file.bytes));
        let gone = edition.files.keys().any(|path| !made.files.iter().any(|file| path_in(&file.path) == path));
        let differing: Vec<&str> = made.files.iter().filter(differs).map(|file| path_in(&file.path)).collect();
        if differing.is_empty() && !gone {
            return Ok(made);
        }
        let kept = edition.files.iter().map(|(path, digest)| {
            let path = format!("{}/{path}", report.id);
            let bytes = destination.published(&path).filter(|bytes| digest_of(&path, bytes) == *digest)?;
            let pages = made.files.iter().find(|file| file.path == path).and_then(|file| file.pages);
            Some(Artifact {
                path,
                bytes: typst::foundations::Bytes::new(bytes),
                report: Some(report.id.clone()),
                pages,
            })
        });
        match kept.collect::<Option<Vec<Artifact>>>() {
            Some(files) => Ok(FinishedReport { files, ..made }),
            None => Err(vec![other_bytes(report, &differing)]),
        }
    }
}

/// The digests of the files of a report, by their paths in its folder.
pub fn digests(files: &[Artifact]) -> BTreeMap<String, String> {
    files.iter().map(|file| (path_in(&file.path).to_owned(), digest_of(&file.path, &file.bytes))).collect()
}

/// The path of a file in the folder of its report.
fn path_in(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, path)| path)
}

/// The digest of a file; of a page without the way to other editions.
fn digest_of(path: &str, bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(page) if path.ends_with("index.html") => digest(without_way(page).as_bytes()),
        _ => digest(bytes),
    }
}

fn without_way(page: &str) -> String {
    let (start, end) = WAY;
    match page.split_once(start).and_then(|(before, rest)| Some((before, rest.split_once(end)?.1))) {
        Some((before, after)) => format!("{}{}", before.trim_end(), after.trim_start()),
        None => page.to_owned(),
    }
}

fn differences(examined: &Examined, tree: &SourceTree, report: &Report, edition: &PublishedEdition) -> Vec<Diagnostic> {
    let Examined { project, facts, passages } = examined;
    let now = view::transcript(project, report, facts, passages, &tree.sources);
    if now.clone().without_places() == edition.transcript {
        return Vec::new();
    }
    let told = |at: Option<Span>, message: String| {
        let finding = Diagnostic::error_nowhere(Code::PublishedOtherwise, message);
        Diagnostic { at, ..finding }.help(format!(
            "bring it back; what the organisation said then stands in {}/organisation.yaml; to publish another version, remove {} and freeze the report again",
            report.folder,
            report.record_path()
        ))
    };
    let was = |address: &str| edition.transcript.figures.iter().find(|figure| figure.address == address);
    let place = |address: &str| facts.find(&report.id, address).map(|fact| facts.get(fact).at);
    let mut findings: Vec<Diagnostic> = Vec::new();
    for figure in &now.figures {
        match was(&figure.address) {
            Some(former) if former.shown == figure.shown => {}
            Some(former) => findings.push(told(
                place(&figure.address),
                format!("{} published {} here, and this is {} now", report.id, former.shown, figure.shown),
            )),
            None if figure.printed.is_some() => findings.push(told(
                place(&figure.address),
                format!("{} was published without this figure, {}", report.id, figure.address),
            )),
            None => {}
        }
    }
    findings.truncate(MOST_TOLD);
    if findings.is_empty() {
        let message = format!("{} was published with other words than it has now", report.id);
        findings.push(
            told(Some(report.head.title.at), message)
                .help(format!("`tally compare {}` shows them", report.record_path())),
        );
    }
    findings
}

fn other_bytes(report: &Report, files: &[&str]) -> Diagnostic {
    let message = format!(
        "{} says what was published, but these files would not be as they were: {}",
        report.id,
        files.join(", ")
    );
    let finding = Diagnostic::error_nowhere(Code::PublishedOtherwise, message);
    Diagnostic { at: Some(report.head.title.at), ..finding }.help(format!(
        "templates, fonts or the program changed since: put the published files into the output, which are then kept; or remove {} and freeze the report again",
        report.record_path()
    ))
}
