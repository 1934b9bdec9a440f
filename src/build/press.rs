//! Makes reports of a content folder, again and again if need be: what did not change is not made again.
//!
//! In: [`Options`], and an [`Outlet`] for the files. Out: an [`Outcome`]. The one path from the content to finished
//! files: a build on the command line runs a new press once, a preview runs one press after every change.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

use typst::text::Font;

use super::outlet::Outlet;
use super::pictures::Pictures;
use super::progress::{Event, Progress, Stage, step};
use super::report::{Maker, Standing};
use super::shared::{inputs, shared_pages};
use super::{Options, Outcome, Summary};
use crate::check::{Acknowledged, FigureCoverage, Subject, Verdict, check, numbers};
use crate::compile::forget;
use crate::diagnostic::{Code, Diagnostic, Findings, Unfiled, any_errors, sort};
use crate::fact::{Facts, Passage, facts, passages};
use crate::model::{Parsed, Project, Report, load_parsed};
use crate::publish::{Manifest, ManifestFile, Publication};
use crate::render::Renderer;
use crate::source::layers::{self, Layer};
use crate::source::{self, SourceTree, fonts};

/// How many reports, or builds where they are kept, a piece of layout outlives that is not used again.
const USES: usize = 20;
/// Layouts can be nested deeply, in bytes of stack.
const STACK: usize = 32 << 20;

/// What is kept from one run to the next.
#[derive(Default)]
pub struct Press {
    /// Whether there will be a next run.
    keeps: bool,
    materials: Option<Arc<Materials>>,
    renderer: Option<Arc<Renderer>>,
    parsed: Option<(SourceTree, Parsed)>,
    pictures: Pictures,
    standing: BTreeMap<String, Mutex<Standing>>,
}

/// What reports are made with.
pub struct Materials {
    pub templates: Arc<Layer>,
    pub assets: Layer,
    pub fonts: Vec<Font>,
}

/// What has been read.
pub struct Content {
    pub tree: SourceTree,
    pub project: Option<Project>,
    pub materials: Arc<Materials>,
    /// Number of reports, those of groups counted each.
    reports: usize,
    findings: Findings,
}

/// What is asked of one run.
#[derive(Clone, Copy)]
struct Run<'a> {
    options: &'a Options,
    progress: Progress<'a>,
}

/// What is known of the figures of a project.
pub struct Examined<'p> {
    pub project: &'p Project,
    pub facts: Facts<'p>,
    pub passages: Vec<Passage<'p>>,
    pub verdict: Verdict,
    coverage: FigureCoverage,
}

impl Press {
    /// A press that runs after every change.
    pub fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Reads the content, checks it and makes its reports.
    pub fn run(&mut self, options: &Options, outlet: &mut dyn Outlet, progress: Progress) -> Outcome {
        let mut content = step(progress, Stage::Reading, None, || self.read(options));
        let mut findings = content.findings();
        // The project is lent to its facts, while the texts of templates are added to those of the content.
        let project = content.project.take();
        let examined = step(progress, Stage::Checking, None, || {
            let project = project.as_ref()?;
            let examined = content.examine_project(project, options, &mut findings);
            self.pictures.prepare(project, &content.tree, &mut findings);
            Some(examined)
        });
        let made = examined
            .as_ref()
            .and_then(|examined| self.make(&mut content, examined, Run { options, progress }, outlet, &mut findings));
        if self.keeps {
            forget(USES);
        }
        let told = Examined::told(examined);
        content.outcome(findings, told, made)
    }

    /// Reads and checks, and makes nothing.
    pub fn check(&mut self, options: &Options, progress: Progress) -> Outcome {
        let content = step(progress, Stage::Reading, None, || self.read(options));
        let mut findings = content.findings();
        let told = step(progress, Stage::Checking, None, || {
            let told = Examined::told(content.examine(options, &mut findings));
            content.project.iter().for_each(|project| self.pictures.prepare(project, &content.tree, &mut findings));
            told
        });
        content.outcome(findings, told, None)
    }

    /// Reads the content and everything that reports are made with.
    pub fn read(&mut self, options: &Options) -> Content {
        let (tree, mut findings) = source::read(&options.content);
        let materials = self.materials(options, &mut findings);
        let parsed = match self.parsed.take() {
            Some((former, parsed)) => parsed.follow(&former, &tree),
            None => Parsed::read(&tree),
        };
        let project = match tree.reports().next() {
            Some(_) => load_parsed(&tree, &parsed, &mut findings),
            None => None,
        };
        if self.keeps {
            self.parsed = Some((tree.clone(), parsed));
        }
        let reports = project.as_ref().map_or_else(|| tree.reports().count(), |project| project.reports.len());
        Content { tree, project, materials, reports, findings }
    }

    /// Templates, assets and fonts: the former ones, as long as no file of theirs changed.
    fn materials(&mut self, options: &Options, findings: &mut Findings) -> Arc<Materials> {
        let templates = layers::templates(options.templates.as_deref(), findings);
        let assets = layers::assets(options.assets.as_deref(), findings);
        match self.materials.take() {
            Some(former) if *former.templates == templates && former.assets == assets => {
                self.materials = Some(Arc::clone(&former));
                former
            }
            _ => {
                self.renderer = None;
                self.standing.clear();
                let fonts = fonts::fonts(&assets, findings);
                let materials = Arc::new(Materials { templates: Arc::new(templates), assets, fonts });
                // Without a font nothing can be made, which every run must say.
                self.materials = Some(Arc::clone(&materials)).filter(|materials| !materials.fonts.is_empty());
                materials
            }
        }
    }

    /// Renders, compiles and hands over; nothing where anything stops it.
    fn make(
        &mut self,
        content: &mut Content,
        examined: &Examined,
        run: Run,
        outlet: &mut dyn Outlet,
        findings: &mut Findings,
    ) -> Option<(Vec<String>, Manifest)> {
        let Run { options, progress } = run;
        let project = examined.project;
        if any_errors(findings) {
            return None;
        }
        let renderer = self.renderer(content, findings)?;
        let wanted = |report: &&Report| {
            let is_named = options.reports.is_empty() || options.reports.iter().any(|name| report.is_meant_by(name));
            is_named && options.shard.is_none_or(|shard| shard.holds(&report.id))
        };
        let reports: Vec<&Report> = project.reports.iter().filter(wanted).collect();
        let ids: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
        progress(Event::Planned(&ids));
        outlet.open(&ids).map_err(|faults| findings.extend(faults)).ok()?;
        self.standing.retain(|report, _| ids.contains(report));
        if self.keeps {
            for report in &ids {
                self.standing.entry(report.clone()).or_default();
            }
        }
        let maker = Maker {
            examined,
            renderer: &renderer,
            tree: &content.tree,
            materials: &content.materials,
            pictures: &self.pictures,
            options,
            outlet,
            progress,
            keeps: self.keeps,
        };
        let finished = make_each(&maker, &reports, &self.standing);
        let mut files: Vec<ManifestFile> = Vec::new();
        for finished in finished {
            match finished {
                Ok(finished) => files.extend(finished),
                Err(faults) => findings.extend(faults.into_iter().map(|fault| fault.file(&mut content.tree.sources))),
            }
        }
        match shared_pages(project, &examined.facts, options, &renderer, &ids, &files, &outlet.former()) {
            Ok(shared) => match outlet.take(&shared) {
                Ok(taken) => files.extend(taken),
                Err(faults) => findings.extend(faults),
            },
            Err(fault) => findings.push(fault.file(&mut content.tree.sources)),
        }
        if any_errors(findings) {
            return None;
        }
        let known: Vec<String> = project.reports.iter().map(|report| report.id.clone()).collect();
        let inputs = inputs(&content.tree, &content.materials, &reports);
        let publication = Publication { reports: &ids, inputs, known_reports: &known };
        match step(progress, Stage::Publishing, None, || outlet.close(files, &publication)) {
            Ok(manifest) => Some((ids, manifest)),
            Err(faults) => {
                findings.extend(faults);
                None
            }
        }
    }

    fn renderer(&mut self, content: &mut Content, findings: &mut Findings) -> Option<Arc<Renderer>> {
        if self.renderer.is_none() {
            let templates = &content.materials.templates;
            self.renderer = Renderer::new(templates, &mut content.tree.sources, findings).map(Arc::new);
        }
        self.renderer.clone()
    }
}

/// What a report came to: its files as they stand in the manifest.
type Finished = Result<Vec<ManifestFile>, Vec<Unfiled>>;

/// Makes reports side by side, and hands each over as it is finished. What comes back is in the order of the reports.
fn make_each(maker: &Maker, reports: &[&Report], standing: &BTreeMap<String, Mutex<Standing>>) -> Vec<Finished> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        // What is not kept for its report serves the next one.
        let passing = Mutex::new(Standing::default());
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(report) = reports.get(place) else { break done };
            done.push((place, make_one(maker, report, standing.get(&report.id).unwrap_or(&passing))));
        }
    };
    let workers = available_parallelism().map_or(1, NonZeroUsize::get).min(reports.len());
    let mut done: Vec<(usize, Finished)> = scope(|scope| {
        let spawn = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let spawned: Vec<_> = (0..workers).filter_map(spawn).collect();
        if spawned.is_empty() {
            return work();
        }
        spawned.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, finished)| finished).collect()
}

fn make_one(maker: &Maker, report: &Report, standing: &Mutex<Standing>) -> Finished {
    let made = maker.report(report, &mut held(standing));
    let taken = made
        .and_then(|made| maker.outlet.report(&made).map_err(|faults| faults.into_iter().map(Unfiled::from).collect()));
    if !maker.keeps {
        forget(USES);
    }
    (maker.progress)(Event::Finished(&report.id));
    taken
}

/// What a worker that panicked left is as good as any: it is compared before it is used.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Content {
    /// Looks at the figures of the content, where it could be read.
    pub fn examine(&self, options: &Options, findings: &mut Findings) -> Option<Examined<'_>> {
        self.project.as_ref().map(|project| self.examine_project(project, options, findings))
    }

    /// The same for a project that was taken out of the content.
    pub fn examine_project<'p>(
        &self,
        project: &'p Project,
        options: &Options,
        findings: &mut Findings,
    ) -> Examined<'p> {
        Examined::of(project, &self.tree, &self.materials.fonts, options, findings)
    }

    /// What was found while it was read.
    pub fn findings(&self) -> Findings {
        self.findings.clone()
    }

    pub fn outcome(
        self,
        mut findings: Findings,
        told: (Vec<Acknowledged>, FigureCoverage),
        made: Option<(Vec<String>, Manifest)>,
    ) -> Outcome {
        sort(&mut findings);
        let (built, manifest) = made.map_or((Vec::new(), None), |(built, manifest)| (built, Some(manifest)));
        let summary = Summary { reports: self.reports, files: self.tree.texts.len() + self.tree.blobs.len(), built };
        let (acknowledged, coverage) = told;
        Outcome { findings, acknowledged, coverage, sources: self.tree.sources, summary, manifest }
    }
}

impl<'p> Examined<'p> {
    fn of(project: &'p Project, tree: &SourceTree, fonts: &[Font], options: &Options, findings: &mut Findings) -> Self {
        let facts = facts(project, &tree.sources, findings);
        let passages = passages(project, &facts, &tree.sources, findings);
        let subject = Subject { project, facts: &facts, passages: &passages, tree };
        let mut verdict = check(&subject, fonts);
        findings.append(&mut verdict.findings);
        findings.extend(unknown_reports(options, project, tree));
        let coverage = numbers::coverage(&passages);
        Self { project, facts, passages, verdict, coverage }
    }

    pub fn told(examined: Option<Self>) -> (Vec<Acknowledged>, FigureCoverage) {
        examined.map_or_else(Default::default, |examined| (examined.verdict.acknowledged, examined.coverage))
    }
}

fn unknown_reports(options: &Options, project: &Project, tree: &SourceTree) -> Findings {
    // A report that cannot be read is known by its folder.
    let folders = || tree.reports();
    let known = || project.reports.iter().map(|report| report.id.as_str()).chain(folders());
    let unknown = options.reports.iter().filter(|name| !known().any(|one| one == name.as_str()));
    unknown
        .map(|name| {
            Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{name}`"))
                .did_you_mean(name, known())
                .help(format!("the reports are {}", folders().collect::<Vec<_>>().join(", ")))
        })
        .collect()
}
