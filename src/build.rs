//! The pipeline: from a content folder to a published output.
//!
//! In: [`Options`]. Out: an [`Outcome`]. Each stage is a call; the stages know nothing of each other.

mod pictures;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typst::text::Font;

use crate::check::{Acknowledged, FigureCoverage, Subject, Verdict, check, numbers};
use crate::compile::compile;
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, any_errors, sort};
use crate::fact::{Facts, Passage, Pattern, facts, passages};
use crate::model::values::BaseAddress;
use crate::model::{Project, Report, load};
use crate::mutate::{MutationReport, mutate};
use crate::publish::{Artifact, Input, Manifest, Publication, earlier, publish};
use crate::readback::{self, Expected};
use crate::render::{Renderer, csv, describe, robots, sitemap};
use crate::source::layers::{self, Layer};
use crate::source::{self, SourceTree, fonts};
use crate::view::{
    self, DataLink, Dataset, Desk, Download, FactLine, Page, PartView, Printed, PrintedOrigin, Trace, Tracer,
};
use pictures::{Pictures, prepare_pictures};

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
    pub formats: Formats,
    /// The address under which the output is published; without one, that of organisation.yaml.
    pub base_url: Option<BaseAddress>,
    /// Whether the PDF gets an appendix that says what stands behind every figure.
    pub review: bool,
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
    pub sources: SourceMap,
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
}

/// A stage of the build, told as it begins, for whoever shows the progress.
#[derive(Debug, Clone, Copy)]
pub enum Stage<'a> {
    Reading,
    Checking,
    Building(&'a str),
    Publishing,
}

/// Reads and checks, and writes nothing.
pub fn check_only(options: &Options, progress: &dyn Fn(Stage)) -> Outcome {
    let content = Content::read(options, progress);
    progress(Stage::Checking);
    let mut findings = content.findings.clone();
    let examined = content.examine(options, &mut findings);
    let (acknowledged, coverage) = Examined::told(examined);
    content.project.iter().for_each(|project| drop(prepare_pictures(project, &content.tree, &mut findings)));
    content.outcome(findings, acknowledged, coverage, Vec::new(), None)
}

/// Builds and publishes the reports that are asked for.
pub fn build(options: &Options, progress: &dyn Fn(Stage)) -> Outcome {
    let mut content = Content::read(options, progress);
    progress(Stage::Checking);
    let mut findings = content.findings.clone();
    // The project is lent to its facts, while the texts of templates are added to those of the content.
    let project = content.project.take();
    let examined = project.as_ref().map(|project| content.examine_project(project, options, &mut findings));
    let published = match (&project, &examined) {
        (Some(project), Some(examined)) => content.make(project, examined, options, progress, &mut findings),
        _ => None,
    };
    let (built, manifest) = published.map_or((Vec::new(), None), |(built, manifest)| (built, Some(manifest)));
    let (acknowledged, coverage) = Examined::told(examined);
    content.outcome(findings, acknowledged, coverage, built, manifest)
}

/// The facts whose addresses fit a pattern; all without one. Nothing where the content cannot be read.
pub fn list_facts(options: &Options, pattern: Option<&Pattern>) -> (Outcome, Vec<FactLine>) {
    inspect(options, |examined, tree| Tracer::new(&examined.facts, tree).lines(pattern))
}

/// What stands behind a fact, by its address with or without the report's name; several where reports share it.
pub fn trace_fact(options: &Options, address: &str) -> (Outcome, Vec<Trace>) {
    inspect(options, |examined, tree| {
        let tracer = Tracer::new(&examined.facts, tree);
        let ids = examined.facts.all().filter(|(_, fact)| {
            *fact.address == *address || fact.address.split_once('.').is_some_and(|(_, local)| local == address)
        });
        ids.map(|(id, _)| tracer.trace(id, &examined.passages, &examined.verdict)).collect()
    })
}

/// Changes every figure in turn and counts the changes that the checks notice.
pub fn mutate_content(options: &Options, jobs: usize, seed: u64) -> (Outcome, MutationReport) {
    let content = Content::read(options, &|_| ());
    let mut findings = content.findings.clone();
    let (acknowledged, coverage) = Examined::told(content.examine(options, &mut findings));
    let report = match any_errors(&findings) {
        true => MutationReport::default(),
        false => mutate(&content.tree, jobs, seed),
    };
    (content.outcome(findings, acknowledged, coverage, Vec::new(), None), report)
}

fn inspect<T>(options: &Options, ask: impl Fn(&Examined, &SourceTree) -> Vec<T>) -> (Outcome, Vec<T>) {
    let content = Content::read(options, &|_| ());
    let mut findings = content.findings.clone();
    let examined = content.examine(options, &mut findings);
    let answer = examined.as_ref().map_or_else(Vec::new, |examined| ask(examined, &content.tree));
    let (acknowledged, coverage) = Examined::told(examined);
    (content.outcome(findings, acknowledged, coverage, Vec::new(), None), answer)
}

/// What has been read.
struct Content {
    tree: SourceTree,
    templates: Layer,
    assets: Layer,
    fonts: Vec<Font>,
    project: Option<Project>,
    findings: Findings,
}

/// What is known of the figures of a project.
struct Examined<'p> {
    facts: Facts<'p>,
    passages: Vec<Passage<'p>>,
    verdict: Verdict,
    coverage: FigureCoverage,
}

impl Examined<'_> {
    fn told(examined: Option<Self>) -> (Vec<Acknowledged>, FigureCoverage) {
        examined.map_or_else(Default::default, |examined| (examined.verdict.acknowledged, examined.coverage))
    }
}

impl Content {
    fn read(options: &Options, progress: &dyn Fn(Stage)) -> Self {
        progress(Stage::Reading);
        let (tree, mut findings) = source::read(&options.content);
        let templates = layers::templates(options.templates.as_deref(), &mut findings);
        let assets = layers::assets(options.assets.as_deref(), &mut findings);
        let fonts = fonts::fonts(&assets, &mut findings);
        let project = if tree.reports().next().is_some() { load(&tree, &mut findings) } else { None };
        Self { tree, templates, assets, fonts, project, findings }
    }

    fn examine(&self, options: &Options, findings: &mut Findings) -> Option<Examined<'_>> {
        self.project.as_ref().map(|project| self.examine_project(project, options, findings))
    }

    fn examine_project<'p>(&self, project: &'p Project, options: &Options, findings: &mut Findings) -> Examined<'p> {
        let facts = facts(project, &self.tree.sources, findings);
        let passages = passages(project, &facts, &self.tree.sources, findings);
        let subject = Subject { project, facts: &facts, passages: &passages, tree: &self.tree };
        let mut verdict = check(&subject, &self.fonts);
        findings.append(&mut verdict.findings);
        findings.extend(unknown_reports(options, &self.tree));
        let coverage = numbers::coverage(&passages);
        Examined { facts, passages, verdict, coverage }
    }

    /// Renders, compiles and publishes; nothing where anything stops it.
    fn make(
        &mut self,
        project: &Project,
        examined: &Examined,
        options: &Options,
        progress: &dyn Fn(Stage),
        findings: &mut Findings,
    ) -> Option<(Vec<String>, Manifest)> {
        findings.extend(source::overlap(&options.content, &options.output));
        let pictures = prepare_pictures(project, &self.tree, findings);
        if any_errors(findings) {
            return None;
        }
        let renderer = Renderer::new(&self.templates, &mut self.tree.sources, findings)?;
        let wanted = |report: &&Report| options.reports.is_empty() || options.reports.contains(&report.id);
        let reports: Vec<&Report> = project.reports.iter().filter(wanted).collect();
        let mut artifacts = Vec::new();
        for report in &reports {
            progress(Stage::Building(&report.id));
            let (tree, fonts, renderer, pictures) = (&mut self.tree, &self.fonts, &renderer, &pictures);
            let mut maker = Maker { project, examined, renderer, tree, fonts, pictures, options };
            match maker.report(report) {
                Ok(made) => artifacts.extend(made),
                Err(faults) => findings.extend(faults),
            }
        }
        let former = earlier(&options.output);
        match shared_pages(project, &examined.facts, options, &renderer, &artifacts, &former, &mut self.tree.sources) {
            Ok(shared) => artifacts.extend(shared),
            Err(fault) => findings.push(*fault),
        }
        if any_errors(findings) {
            return None;
        }
        progress(Stage::Publishing);
        let built: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
        let known: Vec<String> = project.reports.iter().map(|report| report.id.clone()).collect();
        let inputs = inputs(&self.tree, &self.templates, &self.assets, &built);
        let publication = Publication { artifacts: &artifacts, reports: &built, inputs, known_reports: &known };
        match publish(&options.output, &publication) {
            Ok(manifest) => Some((built, manifest)),
            Err(faults) => {
                findings.extend(faults);
                None
            }
        }
    }

    fn outcome(
        self,
        mut findings: Findings,
        acknowledged: Vec<Acknowledged>,
        coverage: FigureCoverage,
        built: Vec<String>,
        manifest: Option<Manifest>,
    ) -> Outcome {
        sort(&mut findings);
        let summary = Summary {
            reports: self.tree.reports().count(),
            files: self.tree.texts.len() + self.tree.blobs.len(),
            built,
        };
        Outcome { findings, acknowledged, coverage, sources: self.tree.sources, summary, manifest }
    }
}

fn unknown_reports(options: &Options, tree: &SourceTree) -> Findings {
    let known = || tree.reports();
    let unknown = options.reports.iter().filter(|name| !known().any(|one| one == name.as_str()));
    unknown
        .map(|name| {
            Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{name}`"))
                .did_you_mean(name, known())
                .help(format!("the reports are {}", known().collect::<Vec<_>>().join(", ")))
        })
        .collect()
}

/// Makes the files of one report.
struct Maker<'a> {
    project: &'a Project,
    examined: &'a Examined<'a>,
    renderer: &'a Renderer<'a>,
    tree: &'a mut SourceTree,
    fonts: &'a [Font],
    pictures: &'a Pictures,
    options: &'a Options,
}

impl Maker<'_> {
    fn report(&mut self, report: &Report) -> Result<Vec<Artifact>, Findings> {
        let formats = self.options.formats;
        let desk = Desk::new(self.project, report, &self.examined.facts);
        let mut page = view::page(&desk, self.options.base(self.project));
        let mut artifacts = self.data(&desk, &mut page);
        let printed = desk.printed();
        artifacts.extend(self.schedule(&mut page, &printed));
        artifacts.extend(self.pictures(&page));
        if formats.pdf {
            let pdf = self.pdf(&page, &artifacts)?;
            let file = format!("{}.pdf", report.id);
            page.pdf = Some(Download { file, size: view::size(pdf.bytes.len()), pages: pdf.pages.unwrap_or(0) });
            artifacts.push(pdf);
        }
        let html = self.renderer.page(&page, &mut self.tree.sources).map_err(|fault| vec![*fault])?;
        self.read_back(&page, &printed, &html, &artifacts)?;
        if formats.html {
            artifacts.push(artifact(&report.id, "index.html", html.into_bytes()));
        } else {
            // Pictures lie beside the page; the PDF holds its own.
            artifacts.retain(|artifact| !artifact.path.contains("/pictures/"));
        }
        Ok(artifacts)
    }

    fn data(&self, desk: &Desk, page: &mut Page) -> Vec<Artifact> {
        let mut artifacts = Vec::new();
        for dataset in view::datasets(desk) {
            let (link, files) = self.dataset(&dataset, page);
            page.data.push(link);
            artifacts.extend(files);
        }
        artifacts
    }

    fn dataset(&self, dataset: &Dataset, page: &Page) -> (DataLink, [Artifact; 2]) {
        let licence = self.project.organisation.licence.as_ref().map(|licence| licence.value.as_str());
        let bytes = csv(dataset);
        let link = DataLink {
            title: dataset.title.clone(),
            csv: format!("data/{}.csv", dataset.stem),
            json: format!("data/{}.json", dataset.stem),
            size: view::size(bytes.len()),
        };
        let described = artifact(&page.id, &link.json, describe(dataset, page, licence));
        let files = [artifact(&page.id, &link.csv, bytes), described];
        (link, files)
    }

    /// The tie-out schedule as data; for review it also goes into the PDF.
    fn schedule(&self, page: &mut Page, printed: &[Printed]) -> [Artifact; 2] {
        let tracer = Tracer::new(&self.examined.facts, self.tree);
        let schedule = view::tie_out(&tracer, page, printed, &self.examined.verdict);
        let (link, files) = self.dataset(&view::tie_out_dataset(&schedule), page);
        if self.options.review {
            page.data.push(link);
            page.review = Some(schedule);
        }
        files
    }

    fn pictures(&self, page: &Page) -> Vec<Artifact> {
        let parts = page.sections.iter().flat_map(|section| &section.parts);
        let pictures = parts.filter_map(|part| match part {
            PartView::Picture(picture) => Some(picture),
            _ => None,
        });
        // A picture that is shown twice is published once.
        let mut files = BTreeMap::new();
        for picture in pictures {
            for made in self.pictures.get(&picture.source).into_iter().flatten() {
                if let Some(view) = picture.renditions.iter().find(|view| view.width == made.width) {
                    files.insert(&view.file, &made.bytes);
                }
            }
        }
        files.into_iter().map(|(file, bytes)| artifact(&page.id, file, bytes.clone())).collect()
    }

    fn pdf(&mut self, page: &Page, artifacts: &[Artifact]) -> Result<Artifact, Findings> {
        let main = self.renderer.typst(page, &mut self.tree.sources).map_err(|fault| vec![*fault])?;
        let mut files = self.renderer.typst_library();
        let folder = format!("{}/", page.id);
        files.extend(artifacts.iter().map(|artifact| {
            (artifact.path.strip_prefix(&folder).unwrap_or(&artifact.path).to_owned(), artifact.bytes.clone())
        }));
        let pdf = compile(&page.id, main, files, self.fonts, &mut self.tree.sources)?;
        Ok(Artifact { pages: Some(pdf.pages), ..artifact(&page.id, &format!("{}.pdf", page.id), pdf.bytes) })
    }

    /// Reads the figures back out of the finished files and compares them with those that were to be printed.
    fn read_back(&self, page: &Page, printed: &[Printed], html: &str, artifacts: &[Artifact]) -> Result<(), Findings> {
        let pdf = artifacts.iter().find(|artifact| artifact.pages.is_some()).map(|artifact| artifact.bytes.as_slice());
        let expected: Vec<Expected> = printed
            .iter()
            .filter_map(|one| match one.origin {
                PrintedOrigin::Fact(fact, mark) => {
                    let address = self.examined.facts.local(&page.id, fact);
                    Some(Expected { section: &one.section, mark, address, text: &one.text })
                }
                PrintedOrigin::Stated(_) => None,
            })
            .collect();
        let appendix = page.review.as_ref().map(|schedule| schedule.opening);
        let findings = readback::compare(&page.id, &expected, html, pdf, appendix);
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }
}

fn artifact(report: &str, file: &str, bytes: Vec<u8>) -> Artifact {
    Artifact { path: format!("{report}/{file}"), bytes, report: Some(report.to_owned()), pages: None }
}

impl Options {
    fn base<'o>(&'o self, project: &'o Project) -> Option<&'o str> {
        self.base_url.as_ref().or(project.organisation.base_url.as_ref()).map(|BaseAddress(address)| address.as_str())
    }
}

/// The list of reports, the accessibility statement and the stylesheet; where it is known under which address they are
/// published, also what search engines read. Reports that are not built now are listed as they were built before.
fn shared_pages(
    project: &Project,
    facts: &Facts,
    options: &Options,
    renderer: &Renderer,
    artifacts: &[Artifact],
    former: &Manifest,
    sources: &mut SourceMap,
) -> Result<Vec<Artifact>, Box<Diagnostic>> {
    let built = |report: &Report| {
        let page = format!("{}/index.html", report.id);
        let pdf = format!("{0}/{0}.pdf", report.id);
        let now: Vec<(&str, usize, Option<usize>)> =
            artifacts.iter().map(|one| (one.path.as_str(), one.bytes.len(), one.pages)).collect();
        let is_built = artifacts.iter().any(|one| one.report.as_deref() == Some(&report.id));
        let before: Vec<_> = former.files.iter().map(|one| (one.path.as_str(), one.bytes, one.pages)).collect();
        let files = if is_built { now } else { before };
        let download = files.iter().find(|(path, ..)| *path == pdf).map(|(_, bytes, pages)| Download {
            file: pdf.clone(),
            size: view::size(*bytes),
            pages: pages.unwrap_or(0),
        });
        (files.iter().any(|(path, ..)| *path == page), download)
    };
    let base = options.base(project);
    let index = view::index(project, facts, base, built);
    let statement = renderer.statement(&view::statement(project, base), sources)?;
    let shared = |path: &str, bytes: String| Artifact {
        path: path.to_owned(),
        bytes: bytes.into_bytes(),
        report: None,
        pages: None,
    };
    let mut pages = vec![
        shared("index.html", renderer.index(&index, sources)?),
        shared("accessibility.html", statement),
        shared("assets/report.css", renderer.stylesheet()),
        shared("assets/icon.svg", renderer.icon()),
    ];
    if let Some(base) = base {
        pages.extend([shared("sitemap.xml", sitemap(base, &index)), shared("robots.txt", robots(base))]);
    }
    Ok(pages)
}

/// What the built reports were made from.
fn inputs(tree: &SourceTree, templates: &Layer, assets: &Layer, built: &[String]) -> BTreeMap<String, Vec<Input>> {
    let read = |path: &str| tree.bytes(path).map(|bytes| Input::new(format!("content/{path}"), bytes));
    let mut inputs: BTreeMap<String, Vec<Input>> =
        built.iter().map(|report| (report.clone(), tree.files_in(report).filter_map(read).collect())).collect();
    let layer = |name: &'static str, layer: &Layer| -> Vec<Input> {
        layer.iter().map(|(path, file)| Input::new(format!("{name}/{path}"), &file.bytes)).collect()
    };
    let shared = ["organisation.yaml", "facts.yaml", "checks.yaml"]
        .into_iter()
        .filter_map(read)
        .chain(layer("templates", templates))
        .chain(layer("assets", assets));
    inputs.insert("shared".to_owned(), shared.collect());
    inputs
}

/// The folder of that name beside the content folder, where there is one.
pub fn beside(content: &Path, name: &str) -> Option<PathBuf> {
    let folder = content.parent().unwrap_or(Path::new("")).join(name);
    folder.is_dir().then_some(folder)
}
