//! copied-values: the same figures in every quarter were perhaps copied.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::{FactId, Unit};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let figures = |quarter| series.quarter(quarter).map(|fact| subject.facts.quantity(fact));
        if series.quarter(0).next().is_none() || !(1..4).all(|quarter| figures(0).eq(figures(quarter))) {
            continue;
        }
        let quarters: Vec<Vec<FactId>> = (0..4).map(|quarter| series.quarter(quarter).collect()).collect();
        if quarters[0].iter().all(|fact| is_bound(subject, *fact)) {
            continue;
        }
        // All or nothing, quarter after quarter, is what good and quiet years look like.
        if quarters[0].iter().any(|fact| {
            subject.facts.quantity(*fact).is_some_and(|one| one.unit == Unit::Percent) && is_bound(subject, *fact)
        }) {
            continue;
        }
        let facts = quarters.concat();
        let first: Vec<String> = quarters[0].iter().map(|fact| audit.shown(*fact)).collect();
        let message = format!("{} stands in every quarter", first.join(", "));
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
