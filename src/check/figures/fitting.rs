//! The figures that the patterns of checks.yaml fit, in the reports that they are meant for.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic, InReport};
use crate::fact::{FactId, Formula, Origin, Pattern};
use crate::model::Patterns;

/// Looks in every report that has figures of its own which the patterns fit. What is no report's own is looked at once
/// for all.
pub fn in_each_scope(
    subject: &Subject,
    audit: &mut Audit,
    scopes: &[&str],
    patterns: &Patterns,
    look: impl Fn(&mut Audit, &str),
) {
    // Most files are of one report, where all is looked up once anyway.
    let own = if scopes.len() == 1 { scopes.to_vec() } else { scopes_with_own(subject, patterns, scopes) };
    own.iter().for_each(|scope| look(audit, scope));
    if let (true, Some(first)) = (own.is_empty(), scopes.first()) {
        let before = audit.findings.len();
        look(audit, first);
        audit.findings[before..].iter_mut().for_each(|finding| finding.found_in = Some(InReport::ALL));
    }
}

fn scopes_with_own<'a>(subject: &Subject, patterns: &Patterns, scopes: &[&'a str]) -> Vec<&'a str> {
    let patterns: Vec<Pattern> = patterns.0.iter().filter_map(|text| Pattern::parse(&text.value)).collect();
    let has_own =
        |scope: &&str| patterns.iter().any(|pattern| !subject.facts.local_matching(scope, pattern).is_empty());
    scopes.iter().copied().filter(has_own).collect()
}

/// The typed figures that the patterns fit. A pattern that fits none is a finding.
pub fn typed(subject: &Subject, audit: &mut Audit, scope: &str, patterns: &Patterns) -> Option<Vec<FactId>> {
    let typed = |fitting: &[FactId]| of_origin(subject, fitting, is_typed);
    fitting(subject, audit, scope, patterns, "typed figure", typed)
}

/// The typed figures that the patterns fit; of a pattern that fits none, what it fits that was counted.
pub fn typed_or_counted(subject: &Subject, audit: &mut Audit, scope: &str, patterns: &Patterns) -> Option<Vec<FactId>> {
    let figures = |fitting: &[FactId]| {
        let numbers: Vec<FactId> =
            fitting.iter().copied().filter(|fact| subject.facts.quantity(*fact).is_some()).collect();
        let typed = of_origin(subject, &numbers, is_typed);
        if typed.is_empty() { of_origin(subject, &numbers, is_counted) } else { typed }
    };
    fitting(subject, audit, scope, patterns, "typed figure and no count", figures)
}

fn is_typed(origin: &Origin) -> bool {
    matches!(origin, Origin::Typed(_))
}

fn is_counted(origin: &Origin) -> bool {
    matches!(origin, Origin::Derived(Formula::Counted(_)))
}

fn of_origin(subject: &Subject, facts: &[FactId], is: fn(&Origin) -> bool) -> Vec<FactId> {
    facts.iter().copied().filter(|fact| is(&subject.facts.get(*fact).origin)).collect()
}

/// The figures that are taken of those that the patterns fit. A pattern of which none is taken is a finding.
fn fitting(
    subject: &Subject,
    audit: &mut Audit,
    scope: &str,
    patterns: &Patterns,
    what: &str,
    taken: impl Fn(&[FactId]) -> Vec<FactId>,
) -> Option<Vec<FactId>> {
    let mut all = Vec::new();
    for text in &patterns.0 {
        let facts =
            Pattern::parse(&text.value).map_or_else(Vec::new, |pattern| subject.facts.matching(scope, &pattern));
        let taken = taken(&facts);
        if taken.is_empty() {
            if subject.project.whole {
                let message = format!("no {what} fits the pattern `{}`", text.value);
                audit.push(
                    Diagnostic::error(Code::UnknownFact, text.at, message)
                        .help("in a pattern * stands for one segment of an address and ** for several; `tally facts PATTERN` shows what fits"),
                );
            }
            return None;
        }
        all.extend(taken);
    }
    all.sort();
    all.dedup();
    Some(all)
}
