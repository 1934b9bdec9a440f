//! Published editions: what was published is what is built, or the build says what would differ, and stops.

use std::collections::BTreeMap;

use typst::foundations::Bytes;

use super::destination::{Destination, FinishedReport};
use super::examined::Examined;
use super::{Formats, Options, base_of};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::model::{Project, Report};
use crate::publish::{Artifact, digest, named_in, without_digests};
use crate::source::SourceTree;
use crate::transcript::{Figure, PublishedEdition, Transcript};
use crate::view;

/// The ways to editions and translations on a page, which go on to those that are younger than the page.
const WAYS: [(&str, &str); 3] = [
    ("<nav class=editions", "</nav>"),
    ("<nav class=\"editions languages\"", "</nav>"),
    ("<link rel=alternate hreflang", ">"),
];

/// Of more figures than these that differ the first are told.
const MOST_TOLD: usize = 3;

/// The records of the published editions, by the ids of their reports.
#[derive(Debug, Default)]
pub struct PublishedEditions {
    all: BTreeMap<String, PublishedEdition>,
    /// Whether the reports are shown while they are written: then nothing is published, and a difference stops nothing.
    is_preview: bool,
}

impl PublishedEditions {
    /// Reads the records. A finding says why one cannot be read.
    pub fn of(tree: &SourceTree, project: &Option<Project>, is_preview: bool, findings: &mut Findings) -> Self {
        let mut editions = Self { is_preview, ..Self::default() };
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
                Ok(edition) => drop(editions.all.insert(report.id.clone(), edition)),
                Err(fault) => findings.push(*fault),
            }
        }
        editions
    }

    /// What published editions would say otherwise than they did.
    pub fn differences(&self, examined: &Examined, tree: &SourceTree) -> Findings {
        let reports = examined.project.reports.iter();
        let published = reports.filter_map(|report| Some((report, self.all.get(&report.id)?)));
        let all = published.filter_map(|(report, edition)| difference(examined, tree, report, edition));
        let severity = if self.is_preview { Severity::Warning } else { Severity::Error };
        all.map(|finding| Diagnostic { severity, ..finding }).collect()
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
        let edition = self.all.get(&report.id).filter(|_| is_whole && !self.is_preview);
        let Some(edition) = edition.filter(|edition| edition.address.as_deref() == base_of(options, project)) else {
            return Ok(made);
        };
        let differs =
            |file: &&Artifact| edition.files.get(path_in(&file.path)) != Some(&digest_of(&file.path, &file.bytes));
        let is_made = |path: &&str| made.files.iter().any(|file| path_in(&file.path) == *path);
        let gone = edition.files.keys().map(String::as_str).filter(|path| !is_made(path));
        let differing = made.files.iter().filter(differs).map(|file| path_in(&file.path));
        let differing: Vec<&str> = differing.chain(gone).collect();
        if differing.is_empty() {
            return Ok(with_own_assets(made, edition, destination));
        }
        let kept = edition.files.iter().map(|(path, digest)| {
            let path = format!("{}/{path}", report.id);
            let bytes = destination.published(&path).filter(|bytes| digest_of(&path, bytes) == *digest)?;
            let pages = made.files.iter().find(|file| file.path == path).and_then(|file| file.pages);
            Some(Artifact { path, bytes: Bytes::new(bytes), report: Some(report.id.clone()), pages })
        });
        match kept.collect::<Option<Vec<Artifact>>>() {
            Some(files) => Ok(FinishedReport { files, ..made }),
            None => Err(vec![other_bytes(report, &differing)]),
        }
    }
}

/// The folder of what all pages share, whose files are named by their digests.
const ASSETS: &str = "assets/";

/// A published edition with the style sheet, the icon and the logo that its page has in the output, as long as they are
/// there: no later ones change how it looks.
fn with_own_assets(
    mut made: FinishedReport,
    edition: &PublishedEdition,
    destination: &dyn Destination,
) -> FinishedReport {
    for file in made.files.iter_mut().filter(|file| is_page(&file.path)) {
        let known = edition.files.get(path_in(&file.path));
        let former = destination.published(&file.path).filter(|former| known == Some(&digest_of(&file.path, former)));
        let former = former.map(|former| String::from_utf8_lossy(&former).into_owned());
        if let (Some(former), Ok(page)) = (former, str::from_utf8(&file.bytes)) {
            let mut own = named_in(&former, ASSETS);
            own.retain(|path, _| destination.published(path).is_some());
            file.bytes = Bytes::from_string(with_assets(page, &own));
        }
    }
    made
}

/// The digests of the files of a report, by their paths in its folder.
pub fn digests(files: &[Artifact]) -> BTreeMap<String, String> {
    files.iter().map(|file| (path_in(&file.path).to_owned(), digest_of(&file.path, &file.bytes))).collect()
}

/// The path of a file in the folder of its report.
fn path_in(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, path)| path)
}

/// The digest of a file; of a page without the ways to other editions and languages, and whichever style sheet, icon and
/// logo it names: which there are depends on what other reports show, and on the house style.
fn digest_of(path: &str, bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(page) if is_page(path) => digest(without_digests(&without_ways(page), ASSETS).as_bytes()),
        _ => digest(bytes),
    }
}

fn is_page(path: &str) -> bool {
    path.ends_with("index.html")
}

/// A page that names these files, each by its own name, in the place of those that are called the same but for the digest.
fn with_assets(page: &str, own: &BTreeMap<&str, String>) -> String {
    let named = named_in(page, ASSETS);
    let other = |(path, plain): (&&str, &String)| {
        let own = own.iter().find(|(_, known)| *known == plain)?;
        Some((path.to_string(), own.0.to_string()))
    };
    let others: Vec<(String, String)> = named.iter().filter_map(other).collect();
    others.iter().fold(page.to_owned(), |page, (path, own)| page.replace(path, own))
}

fn without_ways(page: &str) -> String {
    WAYS.iter().fold(page.to_owned(), |page, way| without(page, *way))
}

/// A text without all that begins and ends so.
fn without(mut page: String, (start, end): (&str, &str)) -> String {
    while let Some((before, rest)) = page.split_once(start) {
        let Some((_, after)) = rest.split_once(end) else { break };
        page = format!("{before}{}", after.strip_prefix('\n').unwrap_or(after));
    }
    page
}

/// What a published edition would say otherwise, in one finding.
fn difference(
    examined: &Examined,
    tree: &SourceTree,
    report: &Report,
    edition: &PublishedEdition,
) -> Option<Diagnostic> {
    let Examined { project, facts, passages } = examined;
    let now = view::transcript(project, report, facts, passages, &tree.sources);
    let was: BTreeMap<&str, &Figure> = by_address(&edition.transcript);
    let is: BTreeMap<&str, &Figure> = by_address(&now);
    let changed = is.iter().filter_map(|(address, figure)| {
        let words = match was.get(address) {
            Some(former) if former.shown == figure.shown => return None,
            Some(former) => format!("{address} was {} and is {}", former.shown, figure.shown),
            None => format!("{address} was not there and is {}", figure.shown),
        };
        Some((figure.is_computed(), words))
    });
    let gone = was.iter().filter(|(address, _)| !is.contains_key(*address));
    let gone =
        gone.map(|(address, former)| (former.is_computed(), format!("{address} was {} and is gone", former.shown)));
    // What was typed comes before what follows from it.
    let mut all: Vec<(bool, String)> = changed.chain(gone).collect();
    all.sort_by_key(|(is_computed, _)| *is_computed);
    let mut all: Vec<String> = all.into_iter().map(|(_, words)| words).collect();
    if all.is_empty() && now.clone().without_places() == edition.transcript {
        return None;
    }
    if let Some(more @ 1..) = all.len().checked_sub(MOST_TOLD) {
        all.truncate(MOST_TOLD);
        all.push(format!("and {more} more figures"));
    }
    let message = match all.is_empty() {
        true => format!("{} is published, and has other words now", report.id),
        false => format!("{} is published, and has other figures now: {}", report.id, all.join("; ")),
    };
    let (record, folder) = (report.record_path(), &report.folder);
    Some(
        Diagnostic::error(Code::PublishedOtherwise, report.head.title.at, message)
            .help(format!("`tally compare {}` shows all that would be different", tree.shown(&record)))
            .help(format!("bring it back; what the organisation said then stands in {folder}/organisation.yaml, and single facts of then in its facts.yaml"))
            .help(format!("to publish another version, remove {record} and freeze the report again")),
    )
}

fn by_address(transcript: &Transcript) -> BTreeMap<&str, &Figure> {
    transcript.figures.iter().map(|figure| (figure.address.as_str(), figure)).collect()
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
