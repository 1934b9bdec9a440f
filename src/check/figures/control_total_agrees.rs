//! control-total-agrees: figures add up to the sum that their supplier gave.

use rust_decimal::Decimal;

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, InReport};
use crate::fact::{FactId, Origin, Pattern};
use crate::model::ControlTotal;
use crate::model::values::number::show_number;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for Checks { file, scopes } in check_files(subject) {
        for total in file.control_totals.iter().flatten() {
            // Most files are of one report, where all is looked up once anyway.
            let own = if scopes.len() == 1 { scopes.clone() } else { scopes_with_own(subject, total, &scopes) };
            own.iter().for_each(|scope| check_total(subject, audit, scope, total));
            // What is no report's own is added up once for all.
            if let (true, Some(first)) = (own.is_empty(), scopes.first()) {
                let before = audit.findings.len();
                check_total(subject, audit, first, total);
                audit.findings[before..].iter_mut().for_each(|finding| finding.found_in = Some(InReport::ALL));
            }
        }
    }
}

/// The reports in which a control total adds up figures of their own.
fn scopes_with_own<'a>(subject: &Subject, total: &ControlTotal, scopes: &[&'a str]) -> Vec<&'a str> {
    let patterns: Vec<Pattern> = total.of.0.iter().filter_map(|text| Pattern::parse(&text.value)).collect();
    let has_own =
        |scope: &&str| patterns.iter().any(|pattern| !subject.facts.local_matching(scope, pattern).is_empty());
    scopes.iter().copied().filter(has_own).collect()
}

fn check_total(subject: &Subject, audit: &mut Audit, scope: &str, total: &ControlTotal) {
    if subject.facts.whole && subject.facts.source(scope, total.source.value.as_str()).is_none() {
        let finding = Diagnostic::error(
            Code::UnknownReference,
            total.source.at,
            format!("there is no source `{}`", total.source.value),
        );
        audit.push(
            finding
                .did_you_mean(total.source.value.as_str(), subject.facts.source_ids(scope))
                .help("sources stand at the top of facts.yaml"),
        );
    }
    if let Some(facts) = matching(subject, audit, scope, total) {
        compare(subject, audit, scope, total, &facts);
    }
}

/// The typed figures that the patterns fit. A pattern that fits none is a finding.
fn matching(subject: &Subject, audit: &mut Audit, scope: &str, total: &ControlTotal) -> Option<Vec<FactId>> {
    let mut all = Vec::new();
    for text in &total.of.0 {
        let facts =
            Pattern::parse(&text.value).map_or_else(Vec::new, |pattern| subject.facts.matching(scope, &pattern));
        let typed = facts.into_iter().filter(|fact| matches!(subject.facts.get(*fact).origin, Origin::Typed(_)));
        let typed: Vec<FactId> = typed.collect();
        if typed.is_empty() {
            if subject.project.whole {
                let message = format!("no typed figure fits the pattern `{}`", text.value);
                audit.push(
                    Diagnostic::error(Code::UnknownFact, text.at, message)
                        .help("in a pattern * stands for one segment of an address and ** for several; `tally facts PATTERN` shows what fits"),
                );
            }
            return None;
        }
        all.extend(typed);
    }
    all.sort();
    all.dedup();
    Some(all)
}

fn compare(subject: &Subject, audit: &mut Audit, scope: &str, total: &ControlTotal, facts: &[FactId]) {
    audit.covers(Code::ControlTotalAgrees, facts);
    let numbers = facts.iter().filter_map(|fact| subject.facts.quantity(*fact));
    let Some(sum) = numbers.map(|quantity| quantity.number).try_fold(Decimal::ZERO, Decimal::checked_add) else {
        return;
    };
    let stated = total.is.value.0;
    if sum == stated {
        return;
    }
    let (sum, shown) = (show_number(sum.normalize()), show_number(stated));
    let names: Vec<&str> = total.of.0.iter().map(|one| one.value.as_str()).collect();
    let address = match (scope, names.join("+")) {
        ("", names) => names,
        (scope, names) => format!("{scope}.{names}"),
    };
    let fit = match names[..] {
        [one] => format!("that fit `{one}`"),
        _ => "of this control total".to_owned(),
    };
    let message = format!("the {} figures {fit} come to {sum}, but should come to {shown}", facts.len());
    let difference = show_number(
        (stated - facts.iter().filter_map(|fact| subject.facts.quantity(*fact)).map(|one| one.number).sum::<Decimal>())
            .normalize(),
    );
    audit.push(
        Diagnostic::error(Code::ControlTotalAgrees, total.is.at, message).about(address, vec![sum, shown]).help(
            format!(
                "the difference is {difference}: compare the figures with {}",
                subject.facts.source(scope, total.source.value.as_str()).unwrap_or("their source")
            ),
        ),
    );
}
