//! relation-holds: what the team says of its figures in checks.yaml is true of them.

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::values::Unit;
use rust_decimal::Decimal;

use crate::fact::{Expression, FactId, Operand, Quantity, Term, Word, evaluate, report_expression, round};
use crate::model::Relation;
use crate::yaml;

pub fn check(subject: &Subject, audit: &mut Audit) {
    let shared: Vec<&Relation> =
        subject.project.statements.checks.iter().flat_map(|file| file.relations.iter().flatten()).collect();
    for Checks { file, scopes } in check_files(subject) {
        let relations: Vec<&Relation> = file.relations.iter().flatten().collect();
        let is_of_all = scopes.contains(&"");
        for (place, relation) in relations.iter().enumerate() {
            // A claim of a report can name its own relations, and those of all reports.
            let mut earlier = shared.iter().filter(|_| !is_of_all).chain(&relations[..place]);
            if let Some(first) = earlier.find(|one| one.id.value == relation.id.value) {
                let message = format!("two relations have the id `{}`", relation.id.value);
                audit.push(
                    Diagnostic::error(Code::DuplicateId, relation.id.at, message)
                        .also(first.id.at, "the other one")
                        .help("give one of them another id"),
                );
            }
            check_relation(subject, audit, &scopes, relation);
        }
    }
}

fn check_relation(subject: &Subject, audit: &mut Audit, scopes: &[&str], relation: &Relation) {
    let text = &relation.holds;
    let sources = &subject.tree.sources;
    let expression = match Expression::parse(&text.value) {
        Ok(expression) if expression.compares => expression,
        Ok(_) => {
            let finding = Diagnostic::error(Code::BrokenExpression, text.at, "a relation compares two sides");
            return audit.push(finding.help("use one of == != <= >= < >"));
        }
        Err(fault) => {
            let at = yaml::part(sources, text.at, fault.at);
            return audit.push(Diagnostic::error(Code::BrokenExpression, at, fault.message));
        }
    };
    for scope in scopes {
        check_in(subject, audit, scope, relation, &expression);
    }
}

fn check_in(subject: &Subject, audit: &mut Audit, scope: &str, relation: &Relation, expression: &Expression) {
    let facts = subject.facts.named_in(scope, expression);
    if expression.operands.iter().all(|(operand, _)| matches!(operand, Operand::Number(_))) {
        let finding = Diagnostic::error(Code::BrokenExpression, relation.holds.at, "this relation names no figure");
        return audit.push(finding.help("compare figures by their addresses; `tally facts` lists them"));
    }
    audit.covers(Code::RelationHolds, &facts);
    let outcome = evaluate(subject.facts, scope, expression);
    match &outcome {
        Ok(Term::Truth { holds: true, .. }) => {}
        Ok(Term::Truth { left, right, .. }) => {
            let finding = failed(audit, scope, relation, [*left, *right], &facts);
            audit.push(at_its_claim(subject, scope, relation, finding));
        }
        _ => {
            let (text, sources) = (&relation.holds, &subject.tree.sources);
            let before = audit.findings.len();
            audit.findings.extend(report_expression(subject.facts, scope, text, &outcome, sources));
            subject.mark(scope, &mut audit.findings[before..]);
        }
    }
}

/// Two quantities as they are shown, with more decimals where they would look alike.
fn told_apart(left: Quantity, right: Quantity) -> (String, String) {
    let shown = (left.to_string(), right.to_string());
    if shown.0 != shown.1 && left.unit == right.unit {
        return shown;
    }
    let at = |one: Quantity, decimals| {
        let hundredfold = if one.unit == Unit::Ratio { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let number = round(one.number.checked_mul(hundredfold).unwrap_or(one.number), decimals);
        let unit = if one.unit == Unit::Ratio { Unit::Percent } else { one.unit };
        Quantity { number, unit, step: Decimal::new(1, decimals), ..one }.to_string()
    };
    let decimals = (0..8).find(|decimals| at(left, *decimals) != at(right, *decimals)).unwrap_or(8);
    (at(left, decimals), at(right, decimals))
}

/// A relation that no longer holds is told where a text rests on it, if one does; of several at the first.
fn at_its_claim(subject: &Subject, scope: &str, relation: &Relation, finding: Diagnostic) -> Diagnostic {
    let id = relation.id.value.as_str();
    let passages = subject.passages.iter().filter(|passage| scope.is_empty() || passage.report.id == scope);
    let claims = passages.flat_map(|passage| passage.words.iter().enumerate().map(move |word| (passage, word)));
    let mut claims = claims.filter_map(|(passage, (place, word))| match word {
        Word::Claimed { text, relation } if relation == id => Some((passage, place, text)),
        _ => None,
    });
    let Some((passage, place, text)) = claims.next() else { return finding };
    let at = Some(passage.place(&subject.tree.sources, place));
    let message = format!("“{text}” is no longer true: {}", finding.message);
    let finding = Diagnostic { at, message, ..finding }.also(relation.holds.at, "the relation that it is tied to");
    let finding = finding.help(format!("the sentence is “{}”", passage.sentence(place, 0..text.len())));
    claims.fold(finding, |finding, (passage, place, text)| {
        finding.help(format!("nor is “{text}” in “{}”", passage.sentence(place, 0..text.len())))
    })
}

fn failed(
    audit: &Audit,
    scope: &str,
    relation: &Relation,
    [left, right]: [Quantity; 2],
    facts: &[FactId],
) -> Diagnostic {
    let prefix = if scope.is_empty() { String::new() } else { format!("{scope}.") };
    let figures = facts.iter().map(|fact| audit.shown(*fact)).collect();
    let (left, right) = told_apart(left, right);
    let message = format!("`{}` does not hold: the left side is {left}, the right side {right}", relation.id.value);
    let finding = Diagnostic::error(Code::RelationHolds, relation.holds.at, message)
        .about(format!("{prefix}relations.{}", relation.id.value), figures)
        .about_facts(facts.iter().map(|fact| audit.facts.get(*fact).address.to_string()).collect());
    let finding = relation.because.iter().fold(finding, |finding, because| finding.help(because.value.clone()));
    match facts.first() {
        Some(fact) => finding.also(audit.facts.get(*fact).at, "the first figure"),
        None => finding,
    }
}
