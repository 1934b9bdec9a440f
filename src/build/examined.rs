//! The figures of a project, looked at from every side.

use typst::text::Font;

use super::Options;
use crate::check::{FigureCoverage, Subject, Verdict, check, numbers};
use crate::diagnostic::{Code, Diagnostic, Findings, any_errors};
use crate::due;
use crate::fact::{Facts, Passages, facts, passages};
use crate::model::Project;
use crate::source::SourceTree;

/// What is known of the figures of a project.
pub struct Examined<'p> {
    pub project: &'p Project,
    pub facts: Facts<'p>,
    pub passages: Passages<'p>,
}

/// What the checks say of it; of nothing that was examined, nothing.
#[derive(Default)]
pub struct Judgement {
    pub verdict: Verdict,
    pub coverage: FigureCoverage,
}

impl<'p> Examined<'p> {
    /// Collects the figures and the texts that hold them.
    pub fn of(project: &'p Project, tree: &SourceTree, options: &Options, findings: &mut Findings) -> Self {
        let facts = facts(project, &tree.sources, findings);
        let passages = passages(project, &facts, &tree.sources, findings);
        findings.extend(unknown_reports(options, project, tree));
        Self { project, facts, passages }
    }

    /// What rules look at.
    pub fn subject<'s>(&'s self, tree: &'s SourceTree) -> Subject<'s> {
        Subject { project: self.project, facts: &self.facts, passages: &self.passages, tree }
    }

    /// Runs every check.
    pub fn judge(&self, tree: &SourceTree, fonts: &[Font]) -> Judgement {
        let subject = self.subject(tree);
        let mut verdict = check(&subject, fonts);
        verdict.findings.extend(due::findings(&subject));
        Judgement { verdict, coverage: numbers::coverage(&self.passages, &self.project.organisation) }
    }
}

impl Judgement {
    /// Whether nothing that was found forbids to publish.
    pub fn is_sound(&self) -> bool {
        !any_errors(&self.verdict.findings)
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
