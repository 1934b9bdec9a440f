//! unused-fact: a single fact is there to be used.

use std::collections::BTreeSet;

use super::{Audit, Subject, check_files};
use crate::diagnostic::{Code, Severity};
use crate::fact::{Expression, FactId, Word};

pub fn check(subject: &Subject, audit: &mut Audit) {
    if audit.findings.iter().any(|finding| finding.code == Code::BrokenExpression) {
        return; // What a broken relation uses is not known.
    }
    let used = used(subject);
    for fact in subject.facts.single.iter().filter(|fact| !used.contains(fact) && subject.project.whole) {
        let message =
            format!("{} is printed nowhere and used by no formula or relation", subject.facts.get(*fact).address);
        let mut finding = audit.error(Code::UnusedFact, &[*fact], message);
        finding.severity = Severity::Warning;
        audit.push(finding.help("use it, or remove it from facts.yaml"));
    }
}

fn used(subject: &Subject) -> BTreeSet<FactId> {
    let words = subject.passages.iter().flat_map(|passage| &passage.words);
    let bound = words.filter_map(|word| if let Word::Bound { fact, .. } = word { Some(*fact) } else { None });
    let relations = check_files(subject).into_iter().flat_map(|(scope, file)| {
        let texts = file.relations.iter().flatten().map(|relation| &relation.holds.value);
        texts
            .filter_map(|text| Expression::parse(text).ok())
            .flat_map(|one| subject.facts.named_in(scope, &one))
            .collect::<Vec<_>>()
    });
    bound.chain(relations).chain(subject.facts.used_in_formulas.iter().copied()).collect()
}
