//! What could be wrong although it could be read: one rule a file.
//!
//! In: the project, its texts and the fonts. Out: findings. A rule is a function in the list [`RULES`]; what its
//! finding means stands with its code.

mod addresses;
mod alternatives;
mod glyphs;
mod headings;
mod levels;
mod links;
mod periods;
mod references;
mod standfirsts;
mod widths;

use typst::text::Font;

use crate::diagnostic::Findings;
use crate::model::{Part, Project};
use crate::source::SourceTree;
use crate::yaml::Text;

/// What the rules look at.
pub struct Subject<'a> {
    pub project: &'a Project,
    pub tree: &'a SourceTree,
    pub fonts: &'a [Font],
}

/// All rules.
const RULES: &[fn(&Subject, &mut Findings)] = &[
    addresses::check,
    alternatives::check,
    glyphs::check,
    headings::check,
    levels::check,
    links::check,
    periods::check,
    references::check,
    standfirsts::check,
    widths::check,
];

/// Runs every rule.
pub fn check(subject: &Subject) -> Findings {
    let mut findings = Findings::new();
    RULES.iter().for_each(|rule| rule(subject, &mut findings));
    findings
}

/// Every part of every report.
fn parts<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a Part> {
    subject.project.reports.iter().flat_map(|report| &report.sections).flat_map(|section| &section.parts)
}

/// A text in quotation marks, for messages.
fn quoted(text: &Text) -> String {
    format!("“{}”", text.value)
}
