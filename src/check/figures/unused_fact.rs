//! unused-fact: a single fact is there to be used.

use std::collections::{BTreeSet, HashSet};

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Severity, Span, nearest};
use crate::fact::{Expression, FactId, Word};

pub fn check(subject: &Subject, audit: &mut Audit) {
    if audit.findings.iter().any(|finding| finding.code == Code::BrokenExpression) {
        return; // What a broken relation uses is not known.
    }
    // The reports of a group share their facts.yaml: what one of them uses is used.
    let place = |fact: FactId| subject.facts.get(fact).at;
    let mut used: HashSet<Span> = used(subject).into_iter().map(place).collect();
    let unused = |fact: &&FactId| subject.project.whole && used.insert(place(**fact));
    // A fact whose address is mistyped somewhere is used as soon as that is mended, which is told there.
    let broken = |word: &Word| if let Word::Broken(text) = word { Some(text.clone()) } else { None };
    let mistyped: Vec<String> =
        subject.passages.iter().flat_map(|passage| passage.words.iter().filter_map(broken)).collect();
    let is_mistyped = |fact: &&FactId| {
        let address = subject.facts.get(**fact).address.to_string();
        mistyped.iter().any(|text| {
            nearest(
                text.split('|').next().unwrap_or_default().trim_matches(['{', '}', ' ']),
                [address.as_str(), address.split_once('.').map_or("", |(_, local)| local)],
            )
            .is_some()
        })
    };
    for fact in subject.facts.single.iter().filter(unused).filter(|fact| !is_mistyped(fact)) {
        let message =
            format!("{} is printed nowhere and used by no formula or relation", subject.facts.get(*fact).address);
        let mut finding = audit.error(Code::UnusedFact, &[*fact], message);
        finding.severity = Severity::Warning;
        audit.push(finding.help("use it, or remove it from facts.yaml").in_all_reports());
    }
}

fn used(subject: &Subject) -> BTreeSet<FactId> {
    let words = subject.passages.iter().flat_map(|passage| &passage.words);
    let bound = words.filter_map(|word| if let Word::Bound { fact, .. } = word { Some(*fact) } else { None });
    let relations = check_files(subject).into_iter().flat_map(|Checks { file, scopes }| {
        let texts = file.relations.iter().flatten().map(|relation| &relation.holds.value);
        let expressions: Vec<Expression> = texts.filter_map(|text| Expression::parse(text).ok()).collect();
        let named = |scope| expressions.iter().flat_map(move |one| subject.facts.named_in(scope, one));
        scopes.into_iter().flat_map(named).collect::<Vec<_>>()
    });
    bound.chain(relations).chain(subject.facts.used_in_formulas.iter().copied()).collect()
}
