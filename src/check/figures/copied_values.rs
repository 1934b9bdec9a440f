//! copied-values: the same figures in every period were perhaps copied.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::FactId;
use crate::model::values::Unit;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let periods: Vec<Vec<FactId>> = series.periods.iter().map(|period| period.all().collect()).collect();
        let figures = |period: &[FactId]| period.iter().map(|fact| subject.facts.quantity(*fact)).collect::<Vec<_>>();
        let [first, others @ ..] = &periods[..] else { continue };
        // Two periods alike are no surprise.
        if first.is_empty() || others.len() < 2 || others.iter().any(|other| figures(first) != figures(other)) {
            continue;
        }
        if first.iter().all(|fact| is_bound(subject, *fact)) {
            continue;
        }
        // All or nothing, period after period, is what good and quiet years look like.
        if first.iter().any(|fact| {
            subject.facts.quantity(*fact).is_some_and(|one| one.unit == Unit::Percent) && is_bound(subject, *fact)
        }) {
            continue;
        }
        let facts = periods.concat();
        let first: Vec<String> = first.iter().map(|fact| audit.shown(*fact)).collect();
        let message = format!("{} stands in every period", first.join(", "));
        let mut finding = audit.error(Code::CopiedValues, &facts, message);
        finding.severity = Severity::Warning;
        audit.push(finding.help(format!(
            "{}: compare with the source, whether the figures were copied",
            series.indicator.name.value
        )));
    }
}

/// Whether a figure cannot be larger or smaller: nothing, or 100 per cent.
fn is_bound(subject: &Subject, fact: FactId) -> bool {
    subject.facts.quantity(fact).is_some_and(|one| {
        one.number.is_zero() || (one.unit == Unit::Percent && one.number == rust_decimal::Decimal::ONE_HUNDRED)
    })
}
