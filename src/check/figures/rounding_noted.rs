//! rounding-noted: where rounded figures do not add up, a note tells the reader why.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::{FactId, Quantity};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for group in subject.facts.rounded_sums.iter().filter(|group| !group.has_note) {
        let off: Vec<&(FactId, Vec<FactId>)> =
            group.sums.iter().filter(|(total, parts)| differs(subject, *total, parts)).collect();
        let Some((first, _)) = off.first() else { continue };
        let totals: Vec<FactId> = off.iter().map(|(total, _)| *total).collect();
        let names: Vec<String> = totals.iter().map(|total| subject.facts.get(*total).address.to_string()).collect();
        let message = match totals.len() {
            1 => "a rounded figure is not the sum of the rounded figures under it, and no note says why".to_owned(),
            many => format!(
                "{many} rounded figures are not the sums of the rounded figures under them, and no note says why"
            ),
        };
        let mut finding =
            audit.error(Code::RoundingNoted, &totals, message).also(subject.facts.get(*first).at, "the first of them");
        finding.at = Some(group.at);
        finding.severity = Severity::Warning;
        audit.push(
            finding
                .help("add a line `rounding-note: …` to the file, such as: Figures may not add up because of rounding.")
                .help(format!("they are {}", names.join(", "))),
        );
    }
}

fn differs(subject: &Subject, total: FactId, parts: &[FactId]) -> bool {
    let step = subject.facts.step_of_sum(total, parts);
    let of = |id: FactId| {
        let quantity = subject.facts.quantity(id)?;
        Some(Quantity { step: step.unwrap_or(quantity.step), ..quantity })
    };
    let quantities: Option<Vec<Quantity>> = parts.iter().map(|part| of(*part)).collect();
    let sum = quantities.and_then(|all| {
        let (first, rest) = all.split_first()?;
        rest.iter().try_fold(*first, |sum, next| sum.plus(*next)).ok()
    });
    of(total).zip(sum).is_some_and(|(total, sum)| total.agrees(sum) == Ok(false))
}
