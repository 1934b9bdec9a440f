//! rating-follows-target: a rating is the one that the file's rule gives, or says why not.

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::{FactId, Goal, QuarterResult, Series};
use crate::model::RatingRule;
use crate::model::values::{Rating, Series as Hang};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let Some(rule) = &series.file.rating_rule else { continue };
        let goal = series.goal(subject.facts);
        let results = goal.map_or_else(Vec::new, |goal| series.results_against(subject.facts, goal));
        let facts: Vec<FactId> = results.iter().map(|result| result.fact).chain(goal.map(|goal| goal.fact)).collect();
        audit.covers(Code::RatingFollowsTarget, &facts);
        let (expected, worst) = rating(rule, goal, &results);
        compare(audit, series, goal, expected, worst, &facts);
    }
}

/// The rating that the rule gives, and the result that it rests on.
fn rating(rule: &RatingRule, goal: Option<Goal>, results: &[QuarterResult]) -> (Rating, Option<QuarterResult>) {
    let Some(goal) = goal else { return (Rating::NoTarget, None) };
    let misses = results.iter().filter_map(|result| goal.miss_of(result.printed).map(|miss| (miss, *result)));
    match misses.reduce(|worst, next| if next.0 > worst.0 { next } else { worst }) {
        None if results.is_empty() => (Rating::NoTarget, None),
        None => (Rating::Green, results.last().copied()),
        Some((miss, worst)) if miss <= rule.amber_within.value.0 / Decimal::ONE_HUNDRED => (Rating::Amber, Some(worst)),
        Some((_, worst)) => (Rating::Red, Some(worst)),
    }
}

fn compare(
    audit: &mut Audit,
    series: &Series,
    goal: Option<Goal>,
    expected: Rating,
    worst: Option<QuarterResult>,
    facts: &[FactId],
) {
    let indicator = series.indicator;
    let given = indicator.rating.value;
    let figures =
        || -> Vec<String> { facts.iter().map(|fact| audit.shown(*fact)).chain([given.word().to_owned()]).collect() };
    let address = format!("{}.rating", series.address);
    let finding = |message: String| {
        crate::diagnostic::Diagnostic::error(Code::RatingFollowsTarget, indicator.rating.at, message)
            .about(address.clone(), figures())
    };
    if expected == given {
        if let Some(because) = &indicator.rating_because {
            let mut finding = finding(format!(
                "the rule gives {}, so that the reason for another rating is not needed",
                given.word()
            ));
            (finding.severity, finding.at) = (Severity::Warning, Some(because.at));
            audit.push(finding.help("remove `rating-because`"));
        }
        return;
    }
    if indicator.rating_because.is_some() {
        return;
    }
    let why = match (goal, worst) {
        (Some(goal), Some(worst)) => {
            let which = if indicator.series == Hang::Cumulative || expected == Rating::Green {
                "the last"
            } else {
                "the worst"
            };
            let (shown, quarter) = (audit.shown(worst.fact), worst.quarter + 1);
            format!("{which} result is {shown} in quarter {quarter}, and the target {}", goal.shown(audit.facts))
        }
        _ => "there is no target or no result".to_owned(),
    };
    let finding = finding(format!("the rating is {}, but the rule gives {}: {why}", given.word(), expected.word()));
    audit.push(finding.help("mend the figure or the rating, or say in `rating-because` why it is rated otherwise"));
}
