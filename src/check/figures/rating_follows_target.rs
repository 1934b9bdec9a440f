//! rating-follows-target: a rating is the one that the file's rule gives, or says why not.

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::check::acknowledge::yaml_list;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fact::{FactId, Goal, PeriodResult, Series, Slot};
use crate::model::values::{Accumulation, Mark};
use crate::model::{Rating, RatingRule};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let results = series.results_against_targets(subject.facts);
        let facts: Vec<FactId> = results
            .iter()
            .map(|(result, _)| result.fact)
            .chain(series.goals.iter().flat_map(|goal| goal.facts()))
            .collect();
        reason(audit, series, &facts);
        let Some(rule) = &series.file.rating_rule else { continue };
        audit.covers(Code::RatingFollowsTarget, &facts);
        let (mark, worst) = rating(rule, &results);
        // A scale with a rule has every rating that the rule gives.
        let Some(expected) = series.file.ratings.with(mark) else { continue };
        compare(audit, series, expected, worst, &facts);
    }
}

/// The figures that a rating follows from, with the rating itself.
fn figures(audit: &Audit, series: &Series, facts: &[FactId]) -> Vec<String> {
    let rating = series.indicator.rating.value.id.value.to_string();
    facts.iter().map(|fact| audit.shown(*fact)).chain([rating]).collect()
}

/// The reason for a rating holds for the figures that it was written for.
fn reason(audit: &mut Audit, series: &Series, facts: &[FactId]) {
    let Some(because) = &series.indicator.rating_because else { return };
    let now = figures(audit, series, facts);
    let (at, message) = match &because.figures {
        Some(named) if named.value.iter().map(|figure| &figure.value).eq(&now) => return,
        Some(named) => (named.at, "the figures have changed since the reason for the rating was written"),
        None => (because.reason.at, "the reason for the rating does not name the figures that it was written for"),
    };
    audit.push(
        Diagnostic::error(Code::RatingFollowsTarget, at, message)
            .about(format!("{}.rating-because", series.address), now.clone())
            .help(format!("if the reason holds for them, write `figures: {}` beside `reason: …`", yaml_list(&now))),
    );
}

/// The rating that the rule gives, and the result that it rests on.
fn rating(rule: &RatingRule, results: &[(PeriodResult, Goal)]) -> (Mark, Option<(PeriodResult, Goal)>) {
    let misses = results.iter().filter_map(|(result, goal)| Some((goal.miss_of(result.printed)?, (*result, *goal))));
    match misses.reduce(|worst, next| if next.0 > worst.0 { next } else { worst }) {
        None if results.is_empty() => (Mark::NoTarget, None),
        None => (Mark::Green, results.last().copied()),
        Some((miss, worst)) if miss <= rule.amber_within.value.0 / Decimal::ONE_HUNDRED => (Mark::Amber, Some(worst)),
        Some((_, worst)) => (Mark::Red, Some(worst)),
    }
}

fn compare(
    audit: &mut Audit,
    series: &Series,
    expected: &Rating,
    worst: Option<(PeriodResult, Goal)>,
    facts: &[FactId],
) {
    let indicator = series.indicator;
    let given = &indicator.rating.value;
    let address = format!("{}.rating", series.address);
    let finding = |message: String| {
        Diagnostic::error(Code::RatingFollowsTarget, indicator.rating.at, message)
            .about(address.clone(), figures(audit, series, facts))
    };
    if indicator.has(expected) {
        if let Some(because) = &indicator.rating_because {
            let mut finding = finding(format!(
                "the rule gives {}, so that the reason for another rating is not needed",
                given.id.value
            ));
            (finding.severity, finding.at) = (Severity::Warning, Some(because.reason.at));
            audit.push(finding.help("remove `rating-because`"));
        }
        return;
    }
    if indicator.rating_because.is_some() {
        return;
    }
    let why = match worst {
        Some((worst, goal)) if worst.slot == Slot::Year => {
            format!("the year's result is {}, and the target {}", audit.shown(worst.fact), goal.shown(audit.facts))
        }
        Some((worst, goal)) => {
            let which = if indicator.series == Accumulation::Cumulative || expected.mark == Mark::Green {
                "the last"
            } else {
                "the worst"
            };
            let (shown, period) = (audit.shown(worst.fact), series.called(worst.slot));
            format!("{which} result is {shown} in {period}, and the target {}", goal.shown(audit.facts))
        }
        _ => "there is no target or no result".to_owned(),
    };
    let finding = finding(format!("the rating is {}, but the rule gives {}: {why}", given.id.value, expected.id.value));
    audit.push(finding.help("mend the figure or the rating, or say in `rating-because` why it is rated otherwise"));
}
