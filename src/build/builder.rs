//! Makes reports of a content folder, again and again if need be: what did not change is not made again.
//!
//! In: [`Options`], and an [`Destination`] for the files. Out: an [`Outcome`]. The one path from the content to finished
//! files: a build on the command line runs a new builder once, a preview runs one builder after every change.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::scope;

use super::content::{Attempt, Content};
use super::destination::Destination;
use super::examined::{Examined, Judgement};
use super::hand_over::{USES, hand_over, make_each};
use super::house_style::HouseStyle;
use super::left_out::{Draft, LeftOut, Next};
use super::maker::Maker;
use super::pictures::Pictures;
use super::progress::{Event, Progress, Stage, step};
use super::published::PublishedEditions;
use super::report::KeptReport;
use super::shared::{SharedWith, Stylesheet};
use super::threads::begin;
use super::{Options, Outcome, base_of};
use crate::compile::forget;
use crate::diagnostic::{Findings, any_errors, sort};
use crate::model::{Parsed, Report, load_parsed};
use crate::publish::finish;
use crate::readback::Style;
use crate::render::{Renderer, robots_line};
use crate::source::{self, SourceTree};

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

/// Is shown what was read, with its figures and what the checks said of them where it could be understood.
pub type Look<'l> = dyn FnMut(&Content, Option<(&Examined, &Judgement)>) + 'l;

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
        self.run_and_look(options, destination, progress, &mut |_, _| ())
    }

    /// The same; `look` sees everything that was read and, where it could be understood, what the checks said of it.
    pub fn run_and_look(
        &mut self,
        options: &Options,
        destination: &mut dyn Destination,
        progress: Progress,
        look: &mut Look,
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
                    let attempt = self.attempt(&rest, Some(&content), run, destination, &mut |_, _| ());
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
        look: &mut Look,
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
        }
        look(content, examined.as_ref().map(|examined| (examined, &attempt.judgement)));
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
        let layers = HouseStyle::layers(options, findings);
        match self.house_style.take() {
            Some(former) if former.is_of(&layers) => {
                self.house_style = Some(Arc::clone(&former));
                former
            }
            _ => {
                self.renderer = None;
                self.kept.clear();
                let before = findings.len();
                let house_style = Arc::new(HouseStyle::of(layers, findings));
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
        let read = findings.clone();
        let sheet = OnceCell::new();
        let finished = {
            let judged = || cell.get_or_init(|| content.judge(examined, progress));
            let tell = || {
                let mut found = [&read[..], &judged().verdict.findings].concat();
                sort(&mut found, &content.tree.sources);
                destination.found(&found, &content.tree.sources);
            };
            scope(|scope| {
                // Without a thread, who asks first runs the checks; those of a build are over.
                let _ = self.keeps.then(|| begin(scope, tell));
                let (stylesheet, style) = sheet.get_or_init(|| {
                    let with = (&*content.house_style.fonts, &self.pictures);
                    let sheet = Stylesheet::of(&renderer, with, &content.tree, examined.project, self.keeps);
                    let style = Style::of(&sheet.text);
                    (sheet, style)
                });
                let maker = Maker {
                    examined,
                    judged: &judged,
                    renderer: &renderer,
                    stylesheet,
                    style,
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
                make_each(&maker, &reports, &self.kept)
            })
        };
        attempt.judgement = cell.into_inner().unwrap_or_else(|| content.judge(examined, progress));
        // Where the checks forbid to publish, what reports came to is of no matter.
        if let (true, Some((stylesheet, _))) = (attempt.judgement.is_sound(), sheet.get()) {
            let with = SharedWith {
                sources: &content.tree.sources,
                renderer: &renderer,
                stylesheet,
                pictures: &self.pictures,
            };
            hand_over(content, all, with, (&reports, ids, finished), (options, progress), destination, attempt);
        }
    }

    fn renderer(&mut self, content: &Content, options: &Options, findings: &mut Findings) -> Option<Arc<Renderer>> {
        if self.renderer.is_none() {
            let HouseStyle { templates, fonts, .. } = &*content.house_style;
            let renderer = Renderer::new(templates, fonts, options.patience.writing, &content.tree.sources, findings);
            self.renderer = renderer.map(Arc::new);
        }
        // What is said of the typefaces holds as long as they do, and not for the first build alone.
        if let Some(renderer) = &self.renderer {
            renderer.check_typefaces(&content.house_style.fonts, findings);
        }
        self.renderer.clone()
    }
}
