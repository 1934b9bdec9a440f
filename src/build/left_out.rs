//! Reports that have errors are left out, so that they stop nobody else's.
//!
//! In: what an attempt to build found. Out: the content without the folders that hold errors, for another attempt, and
//! what is said of them. A draft that nobody asked for is left out with a warning before anything is built, and what
//! refers to it is an error. Any other report is left out of a build with its errors, and with it what takes figures from
//! it; what an earlier build made of them stays.

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::content::{Attempt, Content};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, Span};
use crate::model::Report;
use crate::source::SourceTree;

/// The reports that are left out of a build.
pub struct LeftOut<'a> {
    /// The content with all reports.
    all: &'a Content,
    options: &'a Options,
    /// The folders that were asked for by name, and those that these follow; where there are none, all are.
    asked: BTreeSet<&'a str>,
    folders: BTreeSet<String>,
    /// What is said of them.
    pub told: Findings,
}

/// What follows from an attempt.
pub enum Next {
    /// Another one, with what is left.
    Without(Box<Content>),
    /// Nothing: everything was made, or an error is in no report.
    Over,
    /// Nothing: no report is left.
    NothingLeft,
}

impl<'a> LeftOut<'a> {
    pub fn of(all: &'a Content, options: &'a Options) -> Self {
        Self { all, options, asked: Draft::asked(all, options), folders: BTreeSet::new(), told: Findings::new() }
    }

    fn is_asked(&self, folder: &str) -> bool {
        self.asked.is_empty() || self.asked.contains(folder)
    }

    /// Leaves out the reports in which an attempt found errors.
    pub fn after(&mut self, attempt: &Attempt) -> Next {
        let errors = self.errors_by_folder(attempt).unwrap_or_default();
        if errors.is_empty() {
            return Next::Over;
        }
        let causes = self.folders.iter().map(String::as_str).collect::<Vec<_>>().join(" or ");
        for (folder, errors) in errors {
            // What the checks say now, and did not say of the whole content, follows from what was left out.
            let is_own = causes.is_empty() || attempt.failed.contains_key(&folder);
            self.tell(&folder, errors, Some(causes.as_str()).filter(|_| !is_own));
            self.folders.insert(folder);
        }
        match self.all.tree.reports().any(|folder| !self.folders.contains(folder) && self.is_wanted(folder)) {
            true => Next::Without(Box::new(self.all.without(&self.folders))),
            false => Next::NothingLeft,
        }
    }

    /// Whether reports of a folder are to be built.
    fn is_wanted(&self, folder: &str) -> bool {
        let named = &self.options.reports;
        let mut own = self.all.project.iter().flat_map(|project| &project.reports).filter(|one| one.folder == folder);
        named.is_empty() || own.any(|report| named.iter().any(|name| report.is_meant_by(name)))
    }

    /// The first line of what makes a folder a report.
    fn first_line(&self, folder: &str) -> Option<Span> {
        let file = self.all.tree.readable(&format!("{folder}/report.yaml"))?;
        let text = &self.all.tree.sources.file(file).text;
        Some(Span::new(file, 0..text.lines().next().map_or(0, str::len)))
    }

    /// The errors of an attempt by the folders of the reports that they are in; none where one is in no report.
    fn errors_by_folder(&self, attempt: &Attempt) -> Option<BTreeMap<String, Findings>> {
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let mut errors: BTreeMap<String, Findings> = BTreeMap::new();
        for error in attempt.findings.iter().chain(&attempt.judgement.verdict.findings).filter(is_error) {
            errors.entry(self.all.folder_of(error)?.to_owned()).or_default().push(error.clone());
        }
        for (folder, faults) in &attempt.failed {
            if faults.iter().any(|fault| matches!(fault.code, Code::FileUnreadable | Code::OutputUnwritable)) {
                return None;
            }
            errors.entry(folder.clone()).or_default().extend(faults.iter().filter(is_error).cloned());
        }
        Some(errors)
    }

    /// Says why a report is left out: its own errors, or what it takes from those that were left out before.
    fn tell(&mut self, folder: &str, errors: Findings, causes: Option<&str>) {
        let is_asked = self.is_asked(folder);
        let at = match causes {
            Some(_) => errors.first().and_then(|error| error.at),
            None => self.first_line(folder),
        };
        let has = match causes {
            Some(causes) => format!("it takes what stands here from {causes}"),
            None if errors.len() == 1 => "it has an error".to_owned(),
            None => format!("it has {} errors", errors.len()),
        };
        let message = format!("the report {folder} is left out: {has}");
        let severity = if is_asked && causes.is_some() { Severity::Error } else { Severity::Warning };
        let finding = Diagnostic { at, severity, ..Diagnostic::error_nowhere(Code::ReportLeftOut, message) };
        self.told.push(match causes {
            Some(causes) => finding.help(format!("mend the errors of {causes} first, and build again")),
            None if is_asked => {
                finding.help("the others are built; what an earlier build made of it stays in the output")
            }
            None => finding.help(format!("`tally check {folder}` tells what is wrong")),
        });
        if is_asked && causes.is_none() {
            self.told.extend(errors);
        }
    }
}

/// A draft, by its folder.
pub struct Draft {
    folder: String,
    /// The place that says it is one.
    at: Span,
}

impl Draft {
    /// The drafts that nobody asked for by name, beside reports that are none. One whose report.yaml cannot be read is
    /// known by a line.
    pub fn all(content: &Content, options: &Options) -> Vec<Self> {
        let tree = &content.tree;
        let drafts: Vec<Self> = tree.reports().filter_map(|folder| Self::of(tree, folder)).collect();
        let asked = Self::asked(content, options);
        match drafts.len() < tree.reports().count() {
            true => drafts.into_iter().filter(|draft| !asked.contains(draft.folder.as_str())).collect(),
            false => Vec::new(),
        }
    }

    /// The folders of the reports that were asked for, and of the editions that these follow.
    fn asked<'a>(content: &'a Content, options: &'a Options) -> BTreeSet<&'a str> {
        let mut asked: BTreeSet<&str> = options.reports.iter().map(String::as_str).collect();
        let Some(project) = &content.project else { return asked };
        let is_named = |report: &&Report| options.reports.iter().any(|name| report.is_meant_by(name));
        for report in project.reports.iter().filter(is_named) {
            let mut edition = Some(report);
            while let Some(one) = edition.filter(|one| asked.insert(&one.folder) || one.folder == report.folder) {
                edition = project.edition_before(one);
            }
        }
        asked
    }

    fn of(tree: &SourceTree, folder: &str) -> Option<Self> {
        let file = tree.readable(&format!("{folder}/report.yaml"))?;
        let text = &tree.sources.file(file).text;
        let mut starts = text.match_indices("draft:").map(|(at, _)| at);
        let at = starts.find(|at| *at == 0 || text[..*at].ends_with('\n'))?;
        Some(Self { folder: folder.to_owned(), at: Span::new(file, at..at + "draft".len()) })
    }

    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// How many errors stand in its files, or were made in its reports.
    pub fn errors(&self, content: &Content, findings: &Findings) -> usize {
        let is_own = |finding: &&Diagnostic| content.folder_of(finding) == Some(&self.folder);
        findings.iter().filter(|finding| finding.severity == Severity::Error).filter(is_own).count()
    }

    /// Says that it is left out.
    pub fn left_out(&self, errors: usize) -> Diagnostic {
        let has = if errors == 1 { "it has an error".to_owned() } else { format!("it has {errors} errors") };
        Diagnostic::warning(Code::DraftLeftOut, self.at, format!("the draft {} is left out: {has}", self.folder))
            .help(format!("`tally check {}` shows them", self.folder))
    }
}
