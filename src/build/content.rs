//! What was read of a content folder, and what came of it.
//!
//! In: texts and pictures, with what they say. Out: what the checks say of them, and the [`Outcome`] of an [`Attempt`] to make
//! reports of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::examined::{Examined, Judgement};
use super::house_style::HouseStyle;
use super::pictures::Pictures;
use super::progress::{Progress, Stage, step};
use super::published::PublishedEditions;
use super::{Options, Outcome, Summary};
use crate::diagnostic::{Diagnostic, Findings, sort};
use crate::model::{Parsed, Project, load_parsed};
use crate::publish::Manifest;
use crate::source::SourceTree;

/// What has been read.
pub struct Content {
    pub tree: SourceTree,
    pub project: Option<Project>,
    /// What was published of its editions.
    pub(super) published: PublishedEditions,
    pub house_style: Arc<HouseStyle>,
    /// Number of reports, those of groups counted each, and of files.
    pub(super) reports: usize,
    pub(super) files: usize,
    pub(super) findings: Findings,
    /// How many of these were found before anything was understood.
    pub(super) of_disk: usize,
    /// Where reports are left out: what was found in no report while they were there. Anything else that is found in none
    /// follows from their absence.
    pub(super) said: Option<Findings>,
}

/// What an attempt to build came to.
#[derive(Default)]
pub struct Attempt {
    pub findings: Findings,
    pub judgement: Judgement,
    /// What kept reports from being made that pass the checks, by their folders.
    pub failed: BTreeMap<String, Findings>,
    pub(super) made: Option<Made>,
    pub(super) robots: Option<String>,
}

/// The reports that were made, and all that was put before the public.
pub(super) type Made = (Vec<String>, Manifest);

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
    pub(super) fn heeding(mut self, all: &Content, first: &Attempt) -> Self {
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
    pub(super) fn prepare_pictures(&self, pictures: &mut Pictures, findings: &mut Findings) {
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
    pub(super) fn finish(self, attempt: Attempt) -> Outcome {
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
