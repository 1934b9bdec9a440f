//! The pipeline: from a content folder to a published output.
//!
//! In: [`Options`]. Out: an [`Outcome`]. [`ReportBuilder`] is the pipeline itself, stage by stage; the functions here ask one
//! thing each of it.

mod acknowledge;
mod begin;
mod bind;
mod builder;
mod card;
mod compare;
mod content;
mod destination;
mod examined;
mod export;
mod export_tables;
mod fix;
mod form;
mod fragments;
mod freeze;
mod hand_over;
mod house_style;
mod import;
mod import_document;
mod join;
mod left_out;
mod maker;
mod pictures;
mod progress;
mod published;
mod report;
mod schema;
mod served;
mod shard;
mod shared;
mod template;
mod threads;
mod verify;
mod whereabouts;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{Acknowledged, FigureCoverage};
use crate::diagnostic::{Findings, SourceMap, any_errors};
use crate::due::{self, EditionStatus};
use crate::fact::Pattern;
use crate::model::values::BaseAddress;
use crate::model::{Project, Report};
use crate::mutate::{MutationReport, mutate};
use crate::publish::Manifest;
use crate::source::{self, SourceTree, is_folder};
use crate::view::{FactLine, Trace, Tracer};
use destination::Disk;

pub use crate::patience::Patience;
pub use acknowledge::{Acknowledgements, Acknowledging, NotAcknowledged, find_acknowledgements};
pub use begin::{Begun, begin_action, begin_first, begin_next};
pub use bind::{Bindings, Written, find_bindings};
pub use builder::{Look, ReportBuilder};
pub use compare::{Compare, Compared, ComparisonPages, Earlier, EarlierStates, Refusal, compare, write_comparison};
pub use content::Content;
pub use destination::{Destination, FinishedReport, Proof};
pub use examined::{Examined, Judgement};
pub use export::export_document;
pub use fix::{Mends, find_mends};
pub use fragments::{FragmentOptions, Uploads};
pub use freeze::freeze;
pub use import::{Imports, ImportsAsked, Looked, list_imports, look_into};
pub use import_document::{DocumentAsked, FileState, FoundNumber, ImportedDocument, ImportedFile, import_document};
pub use join::join;
pub use progress::{Event, Progress, Stage};
pub use schema::{Schemas, find_schemas};
pub use shard::Shard;
pub use template::write_template;
pub use verify::{Verify, verify};

/// Everything that a build needs to be told.
#[derive(Debug, Clone)]
pub struct Options {
    pub content: PathBuf,
    /// Folders that override the built-in templates and assets, where they exist.
    pub templates: Option<PathBuf>,
    pub assets: Option<PathBuf>,
    pub output: PathBuf,
    /// Reports to build; all where it is empty.
    pub reports: Vec<String>,
    /// Of these a share, where several machines divide the work.
    pub shard: Option<Shard>,
    pub formats: Formats,
    /// The address under which the output is published; without one, that of organisation.yaml.
    pub base_url: Option<BaseAddress>,
    /// Whether the PDF gets an appendix that says what stands behind every figure.
    pub review: bool,
    /// The fragment that is made of each page, for a site that is there already.
    pub fragment: Option<FragmentOptions>,
    /// Whether each section has a page of its own.
    pub in_chapters: bool,
    pub patience: Patience,
}

impl Options {
    /// Everything of a content folder, in every format, with the templates and assets that are built in.
    pub fn of(content: impl Into<PathBuf>, output: impl Into<PathBuf>) -> Self {
        Self {
            content: content.into(),
            templates: None,
            assets: None,
            output: output.into(),
            reports: Vec::new(),
            shard: None,
            formats: Formats { html: true, pdf: true },
            base_url: None,
            review: false,
            fragment: None,
            in_chapters: false,
            patience: Patience::default(),
        }
    }
}

/// The formats of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    pub html: bool,
    pub pdf: bool,
}

/// What happened.
pub struct Outcome {
    pub findings: Findings,
    /// Findings that the team lets stand.
    pub acknowledged: Vec<Acknowledged>,
    pub coverage: FigureCoverage,
    /// Texts that the findings point into.
    pub sources: Arc<SourceMap>,
    pub summary: Summary,
    /// What was published; none where nothing was written.
    pub manifest: Option<Manifest>,
}

/// What was read.
#[derive(Debug, Default, Clone)]
pub struct Summary {
    pub reports: usize,
    pub files: usize,
    /// Names of the reports that were built.
    pub built: Vec<String>,
    /// The line that the `robots.txt` of the site needs, where the output lies in a folder of it.
    pub robots: Option<String>,
}

/// Reads and checks, and writes nothing.
pub fn check_only(options: &Options, progress: Progress) -> Outcome {
    ReportBuilder::default().check(options, progress)
}

/// Builds and publishes the reports that are asked for.
pub fn build(options: &Options, progress: Progress) -> Outcome {
    if let Some(overlap) = source::overlap(&options.content, &options.output) {
        let mut outcome = check_only(options, progress);
        outcome.findings.insert(0, overlap);
        return outcome;
    }
    ReportBuilder::default().run(options, &mut Disk::new(&options.output), progress)
}

/// The facts whose addresses fit a pattern; all without one. Nothing where the content cannot be read.
pub fn list_facts(options: &Options, pattern: Option<&Pattern>) -> (Outcome, Vec<FactLine>) {
    inspect(options, |examined, _, tree| Tracer::new(&examined.facts, tree).lines(pattern))
}

/// What stands behind a fact, by its address with or without the report's name; several where reports share it.
pub fn trace_fact(options: &Options, address: &str) -> (Outcome, Vec<Trace>) {
    inspect(options, |examined, judgement, tree| {
        let tracer = Tracer::new(&examined.facts, tree);
        let ids = examined.facts.all().filter(|(_, fact)| {
            let is_also = fact.also.as_ref().is_some_and(|also| **also == *address);
            is_also
                || *fact.address == *address
                || fact.address.split_once('.').is_some_and(|(_, local)| local == address)
        });
        ids.map(|(id, _)| tracer.trace(id, &examined.passages, &judgement.verdict)).collect()
    })
}

/// Changes every figure in turn and counts the changes that the checks notice.
pub fn mutate_content(options: &Options, jobs: usize, seed: u64) -> (Outcome, MutationReport) {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let judgement =
        content.examine(options, &mut findings).map(|examined| content.judge(&examined, &|_| ())).unwrap_or_default();
    let report = match any_errors(&findings) || !judgement.is_sound() {
        true => MutationReport::default(),
        false => mutate(&content.tree, jobs, seed),
    };
    (content.outcome(findings, judgement, None), report)
}

/// How far the reports are that are asked for and follow another.
pub fn status(options: &Options) -> (Outcome, Vec<EditionStatus>) {
    inspect(options, |examined, _, tree| {
        let subject = examined.subject(tree);
        let is_asked =
            |report: &Report| options.reports.is_empty() || options.reports.iter().any(|name| report.is_meant_by(name));
        due::statuses(&subject, is_asked)
    })
}

fn inspect<T>(options: &Options, ask: impl Fn(&Examined, &Judgement, &SourceTree) -> Vec<T>) -> (Outcome, Vec<T>) {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let examined = content.examine(options, &mut findings);
    let judgement = examined.as_ref().map(|examined| content.judge(examined, &|_| ())).unwrap_or_default();
    let answer = examined.as_ref().map_or_else(Vec::new, |examined| ask(examined, &judgement, &content.tree));
    (content.outcome(findings, judgement, None), answer)
}

/// The address under which everything is published, where one is known.
fn base_of<'o>(options: &'o Options, project: &'o Project) -> Option<&'o str> {
    options.base_url.as_ref().or(project.organisation.base_url.as_ref()).map(|BaseAddress(address)| address.as_str())
}

/// The folder of that name beside the content folder, where there is one.
pub fn beside(content: &Path, name: &str) -> Option<PathBuf> {
    let folder = content.parent().unwrap_or(Path::new("")).join(name);
    is_folder(&folder).then_some(folder)
}
