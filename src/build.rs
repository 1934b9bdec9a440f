//! The pipeline: from a content folder to a published output.
//!
//! In: [`Options`]. Out: an [`Outcome`]. Each stage is a call; the stages know nothing of each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typst::text::Font;

use crate::check::{Acknowledged, FigureCoverage, Subject, check, numbers};
use crate::compile::compile;
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, any_errors, sort};
use crate::model::{Project, Report, load};
use crate::publish::{Artifact, Input, Manifest, Publication, earlier, publish};
use crate::render::{Renderer, csv, describe};
use crate::source::layers::{self, Layer};
use crate::source::{self, SourceTree, fonts};
use crate::fact::{Facts, facts, passages};
use crate::view::{self, DataLink, Desk, Download, Page, PartView};

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
    let mut work = Work::read(options, progress);
    sort(&mut work.findings);
    work.outcome(Vec::new(), None)
}

/// Builds and publishes the reports that are asked for.
pub fn build(options: &Options, progress: &dyn Fn(Stage)) -> Outcome {
    let mut work = Work::read(options, progress);
    let published = work.make(options, progress);
    sort(&mut work.findings);
    match published {
        Some((built, manifest)) => work.outcome(built, Some(manifest)),
        None => work.outcome(Vec::new(), None),
    }
}

/// What has been read, and what was found on the way.
struct Work {
    tree: SourceTree,
    templates: Layer,
    assets: Layer,
    fonts: Vec<Font>,
    project: Option<Project>,
    findings: Findings,
    acknowledged: Vec<Acknowledged>,
    coverage: FigureCoverage,
}

impl Work {
    fn read(options: &Options, progress: &dyn Fn(Stage)) -> Self {
        progress(Stage::Reading);
        let (tree, mut findings) = source::read(&options.content);
        let templates = layers::templates(options.templates.as_deref(), &mut findings);
        let assets = layers::assets(options.assets.as_deref(), &mut findings);
        let fonts = fonts::fonts(&assets, &mut findings);
        let project = if tree.reports().next().is_some() { load(&tree, &mut findings) } else { None };
        progress(Stage::Checking);
        let (mut acknowledged, mut coverage) = (Vec::new(), FigureCoverage::default());
        if let Some(project) = &project {
            let facts = facts(project, &tree.sources, &mut findings);
            let passages = passages(project, &facts, &tree.sources, &mut findings);
            let verdict = check(&Subject { project, facts: &facts, passages: &passages, tree: &tree }, &fonts);
            findings.extend(verdict.findings);
            acknowledged = verdict.acknowledged;
            coverage = numbers::coverage(&passages);
            findings.extend(unknown_reports(options, &tree));
        }
        Self { tree, templates, assets, fonts, project, findings, acknowledged, coverage }
    }

    /// Renders, compiles and publishes; nothing where anything stops it.
    fn make(&mut self, options: &Options, progress: &dyn Fn(Stage)) -> Option<(Vec<String>, Manifest)> {
        self.findings.extend(source::overlap(&options.content, &options.output));
        let project = self.project.as_ref().filter(|_| !any_errors(&self.findings))?;
        let renderer = Renderer::new(&self.templates, &mut self.tree.sources, &mut self.findings)?;
        let wanted = |report: &&Report| options.reports.is_empty() || options.reports.contains(&report.id);
        let reports: Vec<&Report> = project.reports.iter().filter(wanted).collect();
        let facts = facts(project, &self.tree.sources, &mut Findings::new());
        let mut artifacts = Vec::new();
        for report in &reports {
            progress(Stage::Building(&report.id));
            let mut maker = Maker {
                project,
                facts: &facts,
                renderer: &renderer,
                tree: &mut self.tree,
                fonts: &self.fonts,
                formats: options.formats,
            };
            match maker.report(report) {
                Ok(made) => artifacts.extend(made),
                Err(faults) => self.findings.extend(faults),
            }
        }
        let former = earlier(&options.output);
        match shared_pages(project, &facts, &renderer, &artifacts, &former, &mut self.tree.sources) {
            Ok(shared) => artifacts.extend(shared),
            Err(fault) => self.findings.push(*fault),
        }
        if any_errors(&self.findings) {
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
                self.findings.extend(faults);
                None
            }
        }
    }

    fn outcome(self, built: Vec<String>, manifest: Option<Manifest>) -> Outcome {
        let summary = Summary {
            reports: self.tree.reports().count(),
            files: self.tree.texts.len() + self.tree.blobs.len(),
            built,
        };
        let (acknowledged, coverage) = (self.acknowledged, self.coverage);
        Outcome { findings: self.findings, acknowledged, coverage, sources: self.tree.sources, summary, manifest }
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
    facts: &'a Facts<'a>,
    renderer: &'a Renderer<'a>,
    tree: &'a mut SourceTree,
    fonts: &'a [Font],
    formats: Formats,
}

impl Maker<'_> {
    fn report(&mut self, report: &Report) -> Result<Vec<Artifact>, Findings> {
        let desk = Desk::new(self.project, report, self.facts);
        let mut page = view::page(&desk);
        let mut artifacts = self.data(&desk, &mut page);
        artifacts.extend(self.pictures(&page));
        if self.formats.pdf {
            let pdf = self.pdf(&page, &artifacts)?;
            let file = format!("{}.pdf", report.id);
            page.pdf = Some(Download { file, size: view::size(pdf.bytes.len()), pages: pdf.pages.unwrap_or(0) });
            artifacts.push(pdf);
        }
        if self.formats.html {
            let html = self.renderer.page(&page, &mut self.tree.sources).map_err(|fault| vec![*fault])?;
            artifacts.push(artifact(&report.id, "index.html", html.into_bytes()));
        } else {
            // Pictures lie beside the page; the PDF holds its own.
            artifacts.retain(|artifact| !artifact.path.contains("/pictures/"));
        }
        Ok(artifacts)
    }

    fn data(&self, desk: &Desk, page: &mut Page) -> Vec<Artifact> {
        let licence = self.project.organisation.licence.as_ref().map(|licence| licence.value.as_str());
        let mut artifacts = Vec::new();
        for dataset in view::datasets(desk) {
            let bytes = csv(&dataset);
            let link = DataLink {
                title: dataset.title.clone(),
                csv: format!("data/{}.csv", dataset.stem),
                json: format!("data/{}.json", dataset.stem),
                size: view::size(bytes.len()),
            };
            artifacts.push(artifact(&page.id, &link.csv, bytes));
            artifacts.push(artifact(&page.id, &link.json, describe(&dataset, page, licence)));
            page.data.push(link);
        }
        artifacts
    }

    fn pictures(&self, page: &Page) -> Vec<Artifact> {
        let parts = page.sections.iter().flat_map(|section| &section.parts);
        let pictures = parts.filter_map(|part| match part {
            PartView::Picture(picture) => Some(picture),
            _ => None,
        });
        pictures
            .filter_map(|picture| Some(artifact(&page.id, &picture.file, self.tree.bytes(&picture.source)?.to_vec())))
            .collect()
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
}

fn artifact(report: &str, file: &str, bytes: Vec<u8>) -> Artifact {
    Artifact { path: format!("{report}/{file}"), bytes, report: Some(report.to_owned()), pages: None }
}

/// The list of reports and the stylesheet. Reports that are not built now are listed as they were built before.
fn shared_pages(
    project: &Project,
    facts: &Facts,
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
    let index = renderer.index(&view::index(project, facts, built), sources)?;
    let shared = |path: &str, bytes: String| Artifact {
        path: path.to_owned(),
        bytes: bytes.into_bytes(),
        report: None,
        pages: None,
    };
    Ok(vec![shared("index.html", index), shared("assets/report.css", renderer.stylesheet())])
}

/// What the built reports were made from.
fn inputs(tree: &SourceTree, templates: &Layer, assets: &Layer, built: &[String]) -> BTreeMap<String, Vec<Input>> {
    let read = |path: &str| tree.bytes(path).map(|bytes| Input::new(format!("content/{path}"), bytes));
    let mut inputs: BTreeMap<String, Vec<Input>> =
        built.iter().map(|report| (report.clone(), tree.files_in(report).filter_map(read).collect())).collect();
    let layer = |name: &'static str, layer: &Layer| -> Vec<Input> {
        layer.iter().map(|(path, file)| Input::new(format!("{name}/{path}"), &file.bytes)).collect()
    };
    let shared =
        read("organisation.yaml").into_iter().chain(layer("templates", templates)).chain(layer("assets", assets));
    inputs.insert("shared".to_owned(), shared.collect());
    inputs
}

/// The folder of that name beside the content folder, where there is one.
pub fn beside(content: &Path, name: &str) -> Option<PathBuf> {
    let folder = content.parent().unwrap_or(Path::new("")).join(name);
    folder.is_dir().then_some(folder)
}
