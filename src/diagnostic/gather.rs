//! Findings of a group: a thousand reports that share a text share its faults, which are told once.

use super::{Diagnostic, Findings};

/// Of faults that differ from report to report so many are told.
const MOST_TOLD: usize = 3;
/// So many reports are named where one fault is in several.
const MOST_NAMED: usize = 3;

/// Gathers findings, which are in order, by what was found at one place in the reports of a group.
pub fn gather(findings: &mut Findings) {
    if findings.iter().all(|finding| finding.found_in.is_none()) {
        return;
    }
    let mut gathered = Findings::new();
    let mut rest = std::mem::take(findings).into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut here = vec![first];
        while let Some(next) = rest.next_if(|next| is_at_one_place(&here[0], next)) {
            here.push(next);
        }
        let (alone, mut grouped) = here.into_iter().partition::<Findings, _>(|finding| finding.found_in.is_none());
        grouped.retain(|finding| !alone.iter().any(|one| one.message == finding.message));
        gathered.extend(alone);
        gathered.extend(of_one_place(grouped));
    }
    *findings = gathered;
}

fn is_at_one_place(one: &Diagnostic, next: &Diagnostic) -> bool {
    one.at.is_some() && (one.at, one.code, one.severity) == (next.at, next.code, next.severity)
}

/// What was found at one place, by message, since findings of one message stand together.
fn of_one_place(findings: Findings) -> Findings {
    let mut faults: Vec<Findings> = Vec::new();
    for finding in findings {
        match faults.last_mut() {
            Some(same) if same[0].message == finding.message => same.push(finding),
            _ => faults.push(vec![finding]),
        }
    }
    faults.sort_by_key(|same| place(&same[0]));
    let untold: usize = faults.iter().skip(MOST_TOLD).map(Vec::len).sum();
    let mut told: Findings = faults.into_iter().take(MOST_TOLD).filter_map(as_one).collect();
    if let Some(last) = told.last_mut().filter(|_| untold > 0) {
        last.help.push(format!("the same is found in {untold} more reports of the group"));
    }
    told
}

/// One finding for those of one message, with the reports that it is in; a fault of all reports needs no names.
fn as_one(same: Findings) -> Option<Diagnostic> {
    let mut reports: Vec<&str> =
        same.iter().filter_map(|finding| finding.found_in.as_ref()).map(|one| one.report.as_str()).collect();
    reports.dedup();
    let of = same[0].found_in.as_ref().map_or(0, |one| one.of);
    let named = reports.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let help = match (reports.len(), reports.len().saturating_sub(MOST_NAMED)) {
        (many, _) if many == of => None,
        (1, _) => Some(format!("in the report {named}")),
        (_, 0) => Some(format!("in the reports {named}")),
        (_, more) => Some(format!("in the reports {named} and {more} more")),
    };
    let mut first = same.into_iter().next()?;
    first.help.extend(help);
    Some(first)
}

fn place(finding: &Diagnostic) -> Option<usize> {
    finding.found_in.as_ref().map(|report| report.place)
}
