//! Makes reports of a content folder, again and again if need be: what did not change is not made again.
//!
//! In: [`Options`], and an [`Destination`] for the files. Out: an [`Outcome`]. The one path from the content to finished
//! files: a build on the command line runs a new builder once, a preview runs one builder after every change.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{available_parallelism, scope};

use super::destination::Destination;
use super::examined::{Examined, Judgement};
use super::house_style::HouseStyle;
use super::left_out::{Draft, LeftOut, Next};
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
use crate::publish::{Manifest, ManifestFile, Publication, finish};
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
    /// Number of reports, those of groups counted each, and of files.
    reports: usize,
    files: usize,
    findings: Findings,
    /// How many of these were found before anything was understood.
    of_disk: usize,
    /// Where reports are left out: what was found in no report while they were there. Anything else that is found in none
    /// follows from their absence.
    said: Option<Findings>,
}

/// What an attempt to build came to.
#[derive(Default)]
pub struct Attempt {
    pub findings: Findings,
    pub judgement: Judgement,
    /// What kept reports from being made that pass the checks, by their folders.
    pub failed: BTreeMap<String, Findings>,
    made: Option<Made>,
    robots: Option<String>,
}

/// The reports that were made, and all that was put before the public.
type Made = (Vec<String>, Manifest);

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

    /// Reads the content, checks it and makes its reports, those with errors left out. Who sees the reports while they are
    /// written sees all.
    pub fn run(&mut self, options: &Options, destination: &mut dyn Destination, progress: Progress) -> Outcome {
        self.run_and_look(options, destination, progress, &mut |_, _, _| ())
    }

    /// The same; `look` sees everything that was read and what the checks said of it.
    pub fn run_and_look(
        &mut self,
        options: &Options,
        destination: &mut dyn Destination,
        progress: Progress,
        look: &mut dyn FnMut(&Content, &Examined, &Judgement),
    ) -> Outcome {
        let content = step(progress, Stage::Reading, None, || self.read(options));
        let content = self.without_faulty_drafts(content, options);
        let run = Run { options, progress };
        let first = self.attempt(&content, None, run, destination, look);
        if self.keeps {
            return content.finish(first);
        }
        let mut left_out = LeftOut::of(&content, options);
        let mut later: Option<(Box<Content>, Attempt)> = None;
        loop {
            match left_out.after(later.as_ref().map_or(&first, |(_, attempt)| attempt)) {
                Next::Without(rest) => {
                    let rest = Box::new(rest.heeding(&content, &first));
                    let attempt = self.attempt(&rest, Some(&content), run, destination, &mut |_, _, _| ());
                    later = Some((rest, attempt));
                }
                Next::NothingLeft => return content.finish(first),
                Next::Over => break,
            }
        }
        let told = left_out.told;
        match later {
            Some((rest, mut attempt)) => {
                attempt.findings.extend(told);
                Content { reports: content.reports, files: content.files, ..*rest }.finish(attempt)
            }
            None => content.finish(first),
        }
    }

    /// Checks what was read, and makes the reports if nothing is wrong; `all` is the content with those that are left out,
    /// and `look` sees what the checks said.
    fn attempt(
        &mut self,
        content: &Content,
        all: Option<&Content>,
        run: Run,
        destination: &mut dyn Destination,
        look: &mut dyn FnMut(&Content, &Examined, &Judgement),
    ) -> Attempt {
        let Run { options, progress } = run;
        let mut attempt = Attempt { findings: content.findings(), ..Attempt::default() };
        let examined = step(progress, Stage::Collecting, None, || {
            content.prepare_pictures(&mut self.pictures, &mut attempt.findings);
            content.examine(options, &mut attempt.findings)
        });
        if let Some(examined) = &examined {
            let all = all.and_then(|all| all.examine(options, &mut Findings::new()));
            self.judge_and_make(content, (examined, all.as_ref().unwrap_or(examined)), run, destination, &mut attempt);
            look(content, examined, &attempt.judgement);
        }
        let base = content.project.as_ref().and_then(|project| base_of(options, project));
        attempt.robots = base.filter(|_| attempt.made.is_some()).and_then(robots_line);
        attempt
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
        // A write that was stopped in the middle would be read half old and half new.
        let unfinished = finish(&options.content).err().unwrap_or_default();
        let (tree, mut findings) = source::read(&options.content);
        findings.extend(unfinished);
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
        let files = tree.texts.len() + tree.blobs.len();
        Content { tree, project, published, house_style, reports, files, findings, of_disk, said: None }
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
        let folders = faulty.iter().map(|(_, draft)| draft.folder().to_owned()).collect();
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
        (examined, all): (&Examined, &Examined),
        run: Run,
        destination: &mut dyn Destination,
        attempt: &mut Attempt,
    ) {
        let Run { options, progress } = run;
        let findings = &mut attempt.findings;
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
            attempt.judgement = cell.into_inner().unwrap_or_else(|| content.judge(examined, progress));
            return;
        };
        progress(Event::Planned(&ids));
        self.kept.retain(|report, _| ids.contains(report));
        if self.keeps {
            for report in &ids {
                self.kept.entry(report.clone()).or_insert_with(|| Mutex::new(KeptReport::keeping()));
            }
        }
        let with = (&*content.house_style.fonts, &self.pictures);
        let stylesheet = Stylesheet::of(&renderer, with, &content.tree, examined.project, self.keeps);
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
        attempt.judgement = cell.into_inner().unwrap_or_else(|| content.judge(examined, progress));
        // Where the checks forbid to publish, what reports came to is of no matter.
        if attempt.judgement.is_sound() {
            let with = SharedWith {
                sources: &content.tree.sources,
                renderer: &renderer,
                stylesheet: &stylesheet,
                pictures: &self.pictures,
            };
            hand_over(content, all, with, (&reports, ids, finished), run, destination, attempt);
        }
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

/// Adds what reports share to them, and puts everything before the public; nothing where a report could not be made. `all`
/// are the reports with those that are left out, which are listed as they were built before.
fn hand_over(
    content: &Content,
    all: &Examined,
    with: SharedWith,
    (reports, ids, finished): (&[&Report], Vec<String>, Vec<Finished>),
    Run { options, progress }: Run,
    destination: &mut dyn Destination,
    attempt: &mut Attempt,
) {
    let mut files: Vec<ManifestFile> = Vec::new();
    for (report, finished) in reports.iter().zip(finished) {
        match finished {
            Ok(finished) => files.extend(finished),
            Err(faults) => attempt.failed.entry(report.folder.clone()).or_default().extend(faults),
        }
    }
    match shared_pages(all, options, with, &ids, &files, &destination.former()) {
        Ok(shared) => match destination.take(&shared) {
            Ok(taken) => files.extend(taken),
            Err(faults) => attempt.findings.extend(faults),
        },
        Err(fault) => attempt.findings.push(*fault),
    }
    if any_errors(&attempt.findings) || !attempt.failed.is_empty() {
        return;
    }
    let mut known: Vec<String> = all.project.reports.iter().map(|report| report.id.clone()).collect();
    if content.said.is_some() {
        // Which reports a folder has is not known where it cannot be read.
        known.extend(destination.former().files.into_iter().filter_map(|file| file.report));
    }
    let inputs = || inputs(&content.tree, all.project, &content.house_style, reports);
    let publication = Publication { reports: &ids, inputs: &inputs, review: options.review, known_reports: &known };
    match step(progress, Stage::Publishing, None, || destination.close(files, &publication)) {
        Ok(manifest) => attempt.made = Some((ids, manifest)),
        Err(faults) => attempt.findings.extend(faults),
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
    pub fn without(&self, folders: &BTreeSet<String>) -> Self {
        let is_left = |finding: &&Diagnostic| self.folder_of(finding).is_none_or(|folder| !folders.contains(folder));
        let mut findings: Findings = self.findings[..self.of_disk].iter().filter(is_left).cloned().collect();
        let of_disk = findings.len();
        let tree = self.tree.without(&folders.iter().map(String::as_str).collect::<Vec<_>>());
        let project = load_parsed(&tree, &Parsed::read(&tree), &mut findings);
        let published = PublishedEditions::of(&tree, &project, false, &mut findings);
        let reports = project.as_ref().map_or(0, |project| project.reports.len());
        let house_style = Arc::clone(&self.house_style);
        let files = tree.texts.len() + tree.blobs.len();
        Content { tree, project, published, house_style, reports, files, findings, of_disk, said: None }
    }

    /// The same, in which nothing is found that follows from what was left out of `all`.
    fn heeding(mut self, all: &Content, first: &Attempt) -> Self {
        let found = first.findings.iter().chain(&first.judgement.verdict.findings);
        self.said = Some(found.filter(|finding| all.folder_of(finding).is_none()).cloned().collect());
        self
    }

    /// Forgets what follows from what was left out.
    fn heed(&self, findings: &mut Findings) {
        if let Some(said) = &self.said {
            findings.retain(|finding| self.folder_of(finding).is_some() || said.contains(finding));
        }
    }

    /// The folder of the report that a finding is in: in one of its files, or in one of its texts.
    pub fn folder_of(&self, finding: &Diagnostic) -> Option<&str> {
        let within = |path: &str| {
            let folder = path.strip_prefix(&self.tree.shown(""))?.split_once('/')?.0;
            self.tree.reports().find(|one| *one == folder)
        };
        let of_report = |id: &str| {
            let reports = self.project.iter().flat_map(|project| &project.reports);
            reports.filter(|report| report.id == id).map(|report| report.folder.as_str()).next()
        };
        let by_place = finding.at.and_then(|at| within(&self.tree.sources.file(at.file).path));
        by_place.or_else(|| of_report(&finding.found_in.as_ref()?.report))
    }

    /// Collects the figures of the content, where it could be read.
    pub fn examine(&self, options: &Options, findings: &mut Findings) -> Option<Examined<'_>> {
        let examined = self.project.as_ref().map(|project| Examined::of(project, &self.tree, options, findings));
        self.heed(findings);
        examined
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
            self.heed(&mut judgement.verdict.findings);
            judgement
        })
    }

    /// What was found while it was read.
    pub fn findings(&self) -> Findings {
        self.findings.clone()
    }

    /// What an attempt came to.
    fn finish(self, attempt: Attempt) -> Outcome {
        let Attempt { mut findings, judgement, failed, made, robots } = attempt;
        findings.extend(failed.into_values().flatten());
        let mut outcome = self.outcome(findings, judgement, made);
        outcome.summary.robots = robots;
        outcome
    }

    pub fn outcome(self, mut findings: Findings, judgement: Judgement, made: Option<Made>) -> Outcome {
        let Judgement { verdict, coverage } = judgement;
        findings.extend(verdict.findings);
        sort(&mut findings, &self.tree.sources);
        let (built, manifest) = made.map_or((Vec::new(), None), |(built, manifest)| (built, Some(manifest)));
        let summary = Summary { reports: self.reports, files: self.files, built, robots: None };
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
