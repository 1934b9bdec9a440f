//! Drafts that have faults are left out, so that they stop nobody else's report.

use std::collections::BTreeSet;

use super::Options;
use super::builder::Content;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, Span};
use crate::model::Report;
use crate::source::SourceTree;

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
        let tree = &content.tree;
        let own = tree.shown(&format!("{}/", self.folder));
        let reports = content.project.iter().flat_map(|project| &project.reports);
        let reports: BTreeSet<&str> =
            reports.filter(|report| report.folder == self.folder).map(|report| report.id.as_str()).collect();
        let is_own = |finding: &&Diagnostic| match (&finding.at, &finding.found_in) {
            (Some(at), _) if tree.sources.file(at.file).path.starts_with(&own) => true,
            (_, Some(report)) => reports.contains(&*report.report),
            _ => false,
        };
        findings.iter().filter(|finding| finding.severity == Severity::Error).filter(is_own).count()
    }

    /// Says that it is left out.
    pub fn left_out(&self, errors: usize) -> Diagnostic {
        let has = if errors == 1 { "it has an error".to_owned() } else { format!("it has {errors} errors") };
        Diagnostic::warning(Code::DraftLeftOut, self.at, format!("the draft {} is left out: {has}", self.folder))
            .help(format!("`tally check {}` shows them", self.folder))
    }
}
