//! What could be wrong although it could be read: one rule a file.
//!
//! In: the project, its facts and texts, and the fonts. Out: a [`Verdict`]: findings, those that the team lets stand,
//! and which rules cover which figures. A rule is a function in the lists of [`content`] or [`figures`]; what its
//! finding means stands with its code.

mod acknowledge;
mod content;
mod figures;
mod levels;
pub mod numbers;
mod suspect;

use typst::text::Font;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::{FactId, Facts, Passage, Passages};
use crate::model::{CheckFile, Part, Project, Report};
use crate::source::SourceTree;
use crate::yaml::Text;

pub use acknowledge::Acknowledged;
pub use figures::{NamedIn, Rules, not_named};
pub use numbers::FigureCoverage;

/// What the rules look at.
pub struct Subject<'a> {
    pub project: &'a Project,
    pub facts: &'a Facts<'a>,
    pub passages: &'a Passages<'a>,
    pub tree: &'a SourceTree,
}

impl Subject<'_> {
    /// Says of findings that they were made in a report, where it is one of a group.
    fn mark(&self, report: &str, findings: &mut [Diagnostic]) {
        if let Some(row) = self.facts.row(report).filter(|_| !findings.is_empty()) {
            row.mark(findings);
        }
    }
}

/// What the rules found.
#[derive(Debug, Default)]
pub struct Verdict {
    pub findings: Findings,
    pub acknowledged: Vec<Acknowledged>,
    /// The rules that look at a figure, by figure.
    pub covered: Covered,
    pub left_out: Vec<LeftOut>,
}

/// A figure that a rule could have looked at and did not.
#[derive(Debug, Clone, Copy)]
pub struct LeftOut {
    pub figure: FactId,
    pub rule: Code,
    pub why: &'static str,
}

/// Runs every rule.
pub fn check(subject: &Subject, fonts: &[Font]) -> Verdict {
    let mut verdict = check_figures(subject, Rules::All);
    content::check(subject, fonts, &mut verdict.findings);
    suspect::tell(subject, &mut verdict.findings);
    verdict
}

/// Runs the rules over structure and texts, whatever fonts there are.
pub fn check_structure(subject: &Subject) -> Findings {
    let mut findings = Findings::new();
    content::check_without_fonts(subject, &mut findings);
    findings
}

/// Runs rules over figures.
pub fn check_figures(subject: &Subject, rules: Rules) -> Verdict {
    let mut audit =
        Audit { facts: subject.facts, findings: Findings::new(), covered: Covered::default(), left_out: Vec::new() };
    figures::check(subject, &mut audit, rules);
    let Audit { mut findings, covered, left_out, .. } = audit;
    levels::apply(subject, &mut findings);
    let acknowledged = acknowledge::apply(subject, &mut findings);
    Verdict { findings, acknowledged, covered, left_out }
}

/// Which rules look at which figures: by figure, a bit for each rule in the order of [`Code::RULES`].
#[derive(Debug, Default)]
pub struct Covered(Vec<u32>);

impl Covered {
    fn add(&mut self, code: Code, facts: &[FactId]) {
        let Some(rule) = Code::RULES.iter().position(|one| *one == code) else { return };
        for fact in facts {
            if self.0.len() <= fact.index() {
                self.0.resize(fact.index() + 1, 0);
            }
            self.0[fact.index()] |= 1 << rule;
        }
    }

    /// The rules that look at a figure.
    pub fn of(&self, fact: FactId) -> impl Iterator<Item = Code> {
        let rules = self.0.get(fact.index()).copied().unwrap_or_default();
        let looks = move |rule: &usize| rules & (1 << rule) != 0;
        (0..Code::RULES.len()).filter(looks).map(|rule| Code::RULES[rule])
    }
}

/// Where rules over figures write down what they found and what they looked at.
struct Audit<'a> {
    facts: &'a Facts<'a>,
    findings: Findings,
    covered: Covered,
    left_out: Vec<LeftOut>,
}

impl Audit<'_> {
    /// Notes that a rule looked at figures.
    fn covers(&mut self, code: Code, facts: &[FactId]) {
        self.covered.add(code, facts);
    }

    /// Notes that a rule has nothing to say of figures that it could have looked at, and why.
    fn leaves_out(&mut self, rule: Code, figures: &[FactId], why: &'static str) {
        self.left_out.extend(figures.iter().map(|figure| LeftOut { figure: *figure, rule, why }));
    }

    /// An error at the first of the figures, about all of them.
    fn error(&self, code: Code, facts: &[FactId], message: impl Into<String>) -> Diagnostic {
        let first = self.facts.get(facts[0]);
        let figures = facts.iter().map(|fact| self.facts.shown(*fact)).collect();
        let addresses = facts.iter().map(|fact| self.facts.get(*fact).address.to_string()).collect();
        Diagnostic::error(code, first.at, message).about(first.address.to_string(), figures).about_facts(addresses)
    }

    fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    fn shown(&self, fact: FactId) -> String {
        self.facts.shown(fact)
    }
}

/// Every part of every report.
fn parts<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Part> {
    subject.project.reports.iter().flat_map(|report| &report.sections).flat_map(|section| &section.parts)
}

/// A checks file with the scopes that it holds for: nothing for the project's, or the reports of its folder.
struct Checks<'a> {
    file: &'a CheckFile,
    scopes: Vec<&'a str>,
}

/// Every checks file: the project's, then each folder's.
fn check_files<'a>(subject: &Subject<'a>) -> Vec<Checks<'a>> {
    let shared = subject.project.statements.checks.iter().map(|file| Checks { file, scopes: vec![""] });
    let mut all: Vec<Checks> = shared.collect();
    for reports in subject.project.reports.chunk_by(|one, next| one.folder == next.folder) {
        if let Some(file) = reports.first().and_then(|report| report.statements.checks.as_ref()) {
            all.push(Checks { file, scopes: reports.iter().map(|report| report.id.as_str()).collect() });
        }
    }
    all
}

/// The texts of each report.
fn passages_by_report<'s, 'a>(subject: &'s Subject<'a>) -> impl Iterator<Item = (&'a Report, &'s [Passage<'a>])> {
    let by_report = subject.passages.chunk_by(|one, next| std::ptr::eq(one.report, next.report));
    by_report.filter_map(|passages| Some((passages.first()?.report, passages)))
}

/// A text in quotation marks, for messages.
fn quoted(text: &Text) -> String {
    format!("“{}”", text.value)
}
