//! Makes reports of a content folder, again and again if need be: what did not change is not made again.
//!
//! In: [`Options`], and an [`Destination`] for the files. Out: an [`Outcome`]. The one path from the content to finished
//! files: a build on the command line runs a new builder once, a preview runs one builder after every change.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{available_parallelism, scope};

use super::destination::Destination;
use super::drafts::Draft;
use super::examined::{Examined, Judgement};
use super::house_style::HouseStyle;
use super::maker::Maker;
use super::pictures::Pictures;
use super::progress::{Event, Progress, Stage, step};
use super::published::PublishedEditions;
use super::report::KeptReport;
use super::shared::{SharedWith, Stylesheet, inputs, shared_pages};
use super::threads::{begin, held};
use super::{Options, Outcome, Summary, base_of};
use crate::compile::forget;
use crate::diagnostic::{Diagnostic, Findings, any_errors, sort};
use crate::model::{Parsed, Project, Report, load_parsed};
use crate::publish::{Manifest, ManifestFile, Publication};
use crate::readback::Style;
use crate::render::{Renderer, robots_line};
use crate::source::{self, SourceTree};

/// How many reports, or builds where they are kept, a piece of layout outlives that is not used again.
const USES: usize = 20;

/// What is kept from one run to the next.
#[derive(Default)]
pub struct ReportBuilder {
    /// Whether there will be a next run.
    keeps: bool,
    house_style: Option<Arc<HouseStyle>>,
    renderer: Option<Arc<Renderer>>,
    parsed: Option<(SourceTree, Parsed)>,
    pictures: Pictures,
    kept: BTreeMap<String, Mutex<KeptReport>>,
}

/// What has been read.
pub struct Content {
    pub tree: SourceTree,
    pub project: Option<Project>,
    /// What was published of its editions.
    published: PublishedEditions,
    pub house_style: Arc<HouseStyle>,
    /// Number of reports, those of groups counted each.
    reports: usize,
    findings: Findings,
    /// How many of these were found before anything was understood.
    of_disk: usize,
}

/// What is asked of one run.
#[derive(Clone, Copy)]
struct Run<'a> {
    options: &'a Options,
    progress: Progress<'a>,
}

impl ReportBuilder {
    /// A builder that runs after every change.
    pub fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Reads the content, checks it and makes its reports.
    pub fn run(&mut self, options: &Options, destination: &mut dyn Destination, progress: Progress) -> Outcome {
        let content = step(progress, Stage::Reading, None, || self.read(options));
        let content = self.without_faulty_drafts(content, options);
        let mut findings = content.findings();
        let examined = step(progress, Stage::Collecting, None, || {
            content.prepare_pictures(&mut self.pictures, &mut findings);
            content.examine(options, &mut findings)
        });
        let run = Run { options, progress };
        let (judgement, made) = match &examined {
            Some(examined) => self.judge_and_make(&content, examined, run, destination, &mut findings),
            None => Default::default(),
        };
        let base = content.project.as_ref().and_then(|project| base_of(options, project));
        let robots = base.filter(|_| made.is_some()).and_then(robots_line);
        let mut outcome = content.outcome(findings, judgement, made);
        outcome.summary.robots = robots;
        outcome
    }

    /// Forgets what has not been used for long, when nobody waits.
    pub fn tidy(&self) {
        forget(USES);
    }

    /// Reads and checks, and makes nothing.
    pub fn check(&mut self, options: &Options, progress: Progress) -> Outcome {
        let (content, mut findings) = step(progress, Stage::Reading, None, || {
            let content = self.read(options);
            let content = self.without_faulty_drafts(content, options);
            let mut findings = content.findings();
            content.prepare_pictures(&mut self.pictures, &mut findings);
            (content, findings)
        });
        let examined = step(progress, Stage::Collecting, None, || content.examine(options, &mut findings));
        let judgement = examined.as_ref().map(|examined| content.judge(examined, progress)).unwrap_or_default();
        content.outcome(findings, judgement, None)
    }

    /// Reads the content and everything that reports are made with.
    pub fn read(&mut self, options: &Options) -> Content {
        let (tree, mut findings) = source::read(&options.content);
        let house_style = self.house_style(options, &mut findings);
        let of_disk = findings.len();
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
        let published = PublishedEditions::of(&tree, &project, self.keeps, &mut findings);
        Content { tree, project, published, house_style, reports, findings, of_disk }
    }

    /// Leaves out drafts that have faults, where nobody asked for them: they must not stop other reports. Who sees the
    /// reports while they are written sees all.
    fn without_faulty_drafts(&mut self, content: Content, options: &Options) -> Content {
        let drafts = Draft::all(&content, options);
        if self.keeps || drafts.is_empty() {
            return content;
        }
        let mut findings = content.findings();
        content.prepare_pictures(&mut self.pictures, &mut findings);
        if let Some(examined) = content.examine(options, &mut findings) {
            findings.extend(content.judge(&examined, &|_| ()).verdict.findings);
        }
        let faulty = drafts.into_iter().map(|draft| (draft.errors(&content, &findings), draft));
        let faulty: Vec<(usize, Draft)> = faulty.filter(|(errors, _)| *errors > 0).collect();
        if faulty.is_empty() {
            return content;
        }
        let folders: Vec<&str> = faulty.iter().map(|(_, draft)| draft.folder()).collect();
        let mut content = content.without(&folders);
        content.findings.extend(faulty.iter().map(|(errors, draft)| draft.left_out(*errors)));
        content
    }

    /// Templates, assets and fonts: the former ones, as long as no file of theirs changed.
    fn house_style(&mut self, options: &Options, findings: &mut Findings) -> Arc<HouseStyle> {
        let (templates, assets) = HouseStyle::layers(options, findings);
        match self.house_style.take() {
            Some(former) if *former.templates == templates && former.assets == assets => {
                self.house_style = Some(Arc::clone(&former));
                former
            }
            _ => {
                self.renderer = None;
                self.kept.clear();
                let before = findings.len();
                let house_style = Arc::new(HouseStyle::of(templates, assets, findings));
                // What is wrong with the fonts must be said in every run.
                self.house_style = Some(Arc::clone(&house_style)).filter(|_| findings.len() == before);
                house_style
            }
        }
    }

    /// Checks, renders, compiles and hands over; makes nothing where anything stops it. A preview draws reports up while
    /// they are being checked, and shows nothing of them before; a build begins when the checks are passed.
    fn judge_and_make(
        &mut self,
        content: &Content,
        examined: &Examined,
        run: Run,
        destination: &mut dyn Destination,
        findings: &mut Findings,
    ) -> (Judgement, Option<(Vec<String>, Manifest)>) {
        let Run { options, progress } = run;
        let cell = OnceLock::new();
        let may_begin =
            !any_errors(findings) && (self.keeps || cell.get_or_init(|| content.judge(examined, progress)).is_sound());
        let renderer = if may_begin { self.renderer(content, options, findings) } else { None };
        let wanted = |report: &&Report| {
            let is_named = options.reports.is_empty() || options.reports.iter().any(|name| report.is_meant_by(name));
            is_named && options.shard.is_none_or(|shard| shard.holds(&report.id))
        };
        let reports: Vec<&Report> = examined.project.reports.iter().filter(wanted).collect();
        let ids: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
        let is_open = renderer.is_some() && destination.open(&ids).map_err(|faults| findings.extend(faults)).is_ok();
        let (Some(renderer), true) = (renderer, is_open) else {
            return (cell.into_inner().unwrap_or_else(|| content.judge(examined, progress)), None);
        };
        progress(Event::Planned(&ids));
        self.kept.retain(|report, _| ids.contains(report));
        if self.keeps {
            for report in &ids {
                self.kept.entry(report.clone()).or_insert_with(|| Mutex::new(KeptReport::keeping()));
            }
        }
        let stylesheet = Stylesheet::of(&renderer, examined.project, self.keeps);
        let finished = {
            let judged = || cell.get_or_init(|| content.judge(examined, progress));
            let style = Style::of(&stylesheet.text);
            let maker = Maker {
                examined,
                judged: &judged,
                is_refused: &|| cell.get().is_some_and(|judgement| !judgement.is_sound()),
                renderer: &renderer,
                stylesheet: &stylesheet,
                style: &style,
                tree: &content.tree,
                house_style: &content.house_style,
                pictures: &self.pictures,
                options,
                published: &content.published,
                destination,
                progress,
                keeps: self.keeps,
                forgets: !self.keeps && reports.len() > USES,
            };
            scope(|scope| {
                // Without a thread, who asks first runs the checks.
                let _ = begin(scope, judged);
                make_each(&maker, &reports, &self.kept)
            })
        };
        let judgement = cell.into_inner().unwrap_or_else(|| content.judge(examined, progress));
        let made = match judgement.is_sound() {
            true => {
                let with = SharedWith {
                    sources: &content.tree.sources,
                    renderer: &renderer,
                    stylesheet: &stylesheet,
                    pictures: &self.pictures,
                };
                hand_over(content, examined, with, (&reports, ids, finished), run, destination, findings)
            }
            // What reports came to is of no matter.
            false => None,
        };
        (judgement, made)
    }

    fn renderer(&mut self, content: &Content, options: &Options, findings: &mut Findings) -> Option<Arc<Renderer>> {
        if self.renderer.is_none() {
            let HouseStyle { templates, fonts, .. } = &*content.house_style;
            let renderer = Renderer::new(templates, fonts, options.patience.writing, &content.tree.sources, findings);
            if let Some(renderer) = &renderer {
                renderer.check_typefaces(fonts, findings);
            }
            self.renderer = renderer.map(Arc::new);
        }
        self.renderer.clone()
    }
}

/// Adds what reports share to them, and puts everything before the public; nothing where a report could not be made.
fn hand_over(
    content: &Content,
    examined: &Examined,
    with: SharedWith,
    (reports, ids, finished): (&[&Report], Vec<String>, Vec<Finished>),
    Run { options, progress }: Run,
    destination: &mut dyn Destination,
    findings: &mut Findings,
) -> Option<(Vec<String>, Manifest)> {
    let project = examined.project;
    let mut files: Vec<ManifestFile> = Vec::new();
    for finished in finished {
        match finished {
            Ok(finished) => files.extend(finished),
            Err(faults) => findings.extend(faults),
        }
    }
    match shared_pages(examined, options, with, &ids, &files, &destination.former()) {
        Ok(shared) => match destination.take(&shared) {
            Ok(taken) => files.extend(taken),
            Err(faults) => findings.extend(faults),
        },
        Err(fault) => findings.push(*fault),
    }
    if any_errors(findings) {
        return None;
    }
    let known: Vec<String> = project.reports.iter().map(|report| report.id.clone()).collect();
    let inputs = || inputs(&content.tree, project, &content.house_style, reports);
    let publication = Publication { reports: &ids, inputs: &inputs, review: options.review, known_reports: &known };
    match step(progress, Stage::Publishing, None, || destination.close(files, &publication)) {
        Ok(manifest) => Some((ids, manifest)),
        Err(faults) => {
            findings.extend(faults);
            None
        }
    }
}

/// What a report came to: its files as they stand in the manifest.
type Finished = Result<Vec<ManifestFile>, Findings>;

/// Makes reports side by side, and hands each over as it is finished. What comes back is in the order of the reports.
fn make_each(maker: &Maker, reports: &[&Report], kept: &BTreeMap<String, Mutex<KeptReport>>) -> Vec<Finished> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        // What is not kept for its report serves the next one.
        let passing = Mutex::new(KeptReport::default());
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(report) = reports.get(place) else { break done };
            done.push((place, make_one(maker, report, kept.get(&report.id).unwrap_or(&passing))));
        }
    };
    let workers = available_parallelism().map_or(1, NonZeroUsize::get).min(reports.len());
    let mut done: Vec<(usize, Finished)> = scope(|scope| {
        let spawn = |_| begin(scope, work).ok();
        let spawned: Vec<_> = (0..workers).filter_map(spawn).collect();
        if spawned.is_empty() {
            return work();
        }
        spawned.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, finished)| finished).collect()
}

fn make_one(maker: &Maker, report: &Report, kept: &Mutex<KeptReport>) -> Finished {
    let made = maker.report(report, &mut held(kept));
    let made = made.and_then(|made| {
        maker.published.hold(made, report, (maker.options, maker.examined.project), maker.destination)
    });
    let made = made.and_then(|made| maker.with_fragment(report, made));
    let made = made.map(|made| maker.in_chapters(report, made));
    let taken = made.and_then(|made| maker.destination.report(&made));
    if maker.forgets {
        forget(USES);
    }
    (maker.progress)(Event::Finished(&report.id));
    taken
}

impl Content {
    /// The same without the reports of some folders.
    fn without(mut self, folders: &[&str]) -> Self {
        let is_left = |finding: &Diagnostic| {
            let path = finding.at.map(|at| self.tree.sources.file(at.file).path.clone()).unwrap_or_default();
            !folders.iter().any(|folder| path.starts_with(&self.tree.shown(&format!("{folder}/"))))
        };
        self.findings.truncate(self.of_disk);
        self.findings.retain(is_left);
        self.tree = self.tree.without(folders);
        self.project = load_parsed(&self.tree, &Parsed::read(&self.tree), &mut self.findings);
        self.published = PublishedEditions::of(&self.tree, &self.project, false, &mut self.findings);
        self.reports = self.project.as_ref().map_or(0, |project| project.reports.len());
        self
    }

    /// Collects the figures of the content, where it could be read.
    pub fn examine(&self, options: &Options, findings: &mut Findings) -> Option<Examined<'_>> {
        self.project.as_ref().map(|project| Examined::of(project, &self.tree, options, findings))
    }

    /// Makes the pictures of the content ready to be published.
    fn prepare_pictures(&self, pictures: &mut Pictures, findings: &mut Findings) {
        let named = self.project.iter().flat_map(Project::pictures);
        pictures.prepare(named, &self.house_style.fonts, &self.tree, findings);
    }

    /// Runs every check.
    pub fn judge(&self, examined: &Examined, progress: Progress) -> Judgement {
        step(progress, Stage::Checking, None, || {
            let mut judgement = examined.judge(&self.tree, &self.house_style.fonts);
            judgement.verdict.findings.extend(self.published.differences(examined, &self.tree));
            judgement
        })
    }

    /// What was found while it was read.
    pub fn findings(&self) -> Findings {
        self.findings.clone()
    }

    pub fn outcome(
        self,
        mut findings: Findings,
        judgement: Judgement,
        made: Option<(Vec<String>, Manifest)>,
    ) -> Outcome {
        let Judgement { verdict, coverage } = judgement;
        findings.extend(verdict.findings);
        sort(&mut findings, &self.tree.sources);
        let (built, manifest) = made.map_or((Vec::new(), None), |(built, manifest)| (built, Some(manifest)));
        let files = self.tree.texts.len() + self.tree.blobs.len();
        let summary = Summary { reports: self.reports, files, built, robots: None };
        Outcome {
            findings,
            acknowledged: verdict.acknowledged,
            coverage,
            sources: self.tree.sources,
            summary,
            manifest,
        }
    }
}
