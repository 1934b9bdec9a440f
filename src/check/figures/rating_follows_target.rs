//! rating-follows-target: a rating is the one that the file's rule gives, or what it follows, or says why not.

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::check::acknowledge::yaml_list;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fact::{Assurance, FactId, Goal, PeriodResult, Series, Slot};
use crate::model::RatingRule;
use crate::model::values::{Accumulation, Mark};
use crate::yaml::Text;

const TO_FOLLOW: &str = "a rating follows how likely a column that is watched over time meets its target: `TABLE.variation.COLUMN.assurance`, where the table says a target and has twelve figures";

/// What a rating follows from.
struct Basis {
    /// The facts that it rests on.
    facts: Vec<FactId>,
    /// The mark that they give; none where nothing gives one.
    given: Option<Given>,
}

/// A mark that is given, by what and why.
struct Given {
    mark: Mark,
    by: &'static str,
    why: String,
}

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let basis = match &series.indicator.rating_follows {
            Some(address) => of_variation(subject, audit, series, address),
            None => Some(of_targets(audit, series)),
        };
        let Some(Basis { facts, given }) = basis else { continue };
        reason(audit, series, &facts);
        let Some(given) = given else { continue };
        audit.covers(Code::RatingFollowsTarget, &facts);
        compare(audit, series, &given, &facts);
    }
}

/// The results and targets, with what the file's rule gives.
fn of_targets(audit: &Audit, series: &Series) -> Basis {
    let results = series.results_against_targets(audit.facts);
    let goals = series.goals.iter().flat_map(|goal| goal.facts());
    let facts = results.iter().map(|(result, _)| result.fact).chain(goals).collect();
    let given = series.file.rating_rule.as_ref().map(|rule| {
        let (mark, worst) = rating(rule, &results);
        Given { mark, by: "the rule", why: why(audit, series, mark, worst) }
    });
    Basis { facts, given }
}

/// What is said of a watched column, with the mark that it gives; none where nothing is said, which is told.
fn of_variation(subject: &Subject, audit: &mut Audit, series: &Series, address: &Text) -> Option<Basis> {
    let scope = series.address.split_once('.').map_or("", |(scope, _)| scope);
    let Some(fact) = subject.facts.find(scope, &address.value) else {
        // It may stand in what could not be read, which is told.
        if subject.facts.whole {
            let finding = subject.facts.unknown(scope, &address.value);
            audit.push(Diagnostic { at: Some(address.at), ..finding }.help(TO_FOLLOW));
        }
        return None;
    };
    let Some(assurance) = subject.facts.assurance(fact) else {
        let message = format!("a rating does not follow `{}`, which is {}", address.value, audit.shown(fact));
        audit.push(Diagnostic::error(Code::WrongType, address.at, message).help(TO_FOLLOW));
        return None;
    };
    let mark = match assurance {
        Assurance::LikelyToMeet => Mark::Green,
        Assurance::MayMeetOrMiss => Mark::Amber,
        Assurance::LikelyToMiss => Mark::Red,
    };
    let why = format!("it is “{}”", audit.shown(fact));
    Some(Basis { facts: vec![fact], given: Some(Given { mark, by: "what it follows", why }) })
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

/// Why the rule gives a mark.
fn why(audit: &Audit, series: &Series, mark: Mark, worst: Option<(PeriodResult, Goal)>) -> String {
    let Some((worst, goal)) = worst else { return "there is no target or no result".to_owned() };
    let (shown, target) = (audit.shown(worst.fact), goal.shown(audit.facts));
    if worst.slot == Slot::Year {
        return format!("the year's result is {shown}, and the target {target}");
    }
    let is_last = series.indicator.series == Accumulation::Cumulative || mark == Mark::Green;
    let which = if is_last { "the last" } else { "the worst" };
    format!("{which} result is {shown} in {}, and the target {target}", series.called(worst.slot))
}

fn compare(audit: &mut Audit, series: &Series, given: &Given, facts: &[FactId]) {
    let indicator = series.indicator;
    let rated = &indicator.rating.value;
    let finding = |message: String| {
        Diagnostic::error(Code::RatingFollowsTarget, indicator.rating.at, message)
            .about(format!("{}.rating", series.address), figures(audit, series, facts))
    };
    let Given { mark, by, why } = given;
    // A scale with a rule has every rating that the rule gives; what a rating follows may give one that it has not.
    let Some(expected) = series.file.ratings.with(*mark) else {
        let finding = finding(format!("{by} gives {}, but no rating has that mark: {why}", mark.word()));
        return audit
            .push(finding.help("give every one of green, amber and red to a rating, or remove `rating-follows`"));
    };
    match (&indicator.rating_because, indicator.has(expected)) {
        (Some(because), true) => {
            let message = format!("{by} gives {}, so that the reason for another rating is not needed", rated.id.value);
            let finding = Diagnostic { at: Some(because.reason.at), severity: Severity::Warning, ..finding(message) };
            audit.push(finding.help("remove `rating-because`"));
        }
        (None, false) => {
            let finding =
                finding(format!("the rating is {}, but {by} gives {}: {why}", rated.id.value, expected.id.value));
            audit.push(
                finding.help("mend the figure or the rating, or say in `rating-because` why it is rated otherwise"),
            );
        }
        (None, true) | (Some(_), false) => {}
    }
}
