//! target-missed: what is said to reach its target does not.

use super::rounding_hides_miss::{clearly_missing, each_hidden_miss};
use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::{Goal, Series};
use crate::model::values::Mark;

pub fn check(subject: &Subject, audit: &mut Audit) {
    each_hidden_miss(subject, audit, Code::TargetMissed, false, |audit, goal, result, exact| {
        let (printed, target) = (audit.shown(result.fact), goal.shown(audit.facts));
        format!(
            "{printed} is printed and reaches the target of {target}, but {}% follows from its figures and misses it",
            clearly_missing(goal, result, exact)
        )
    });
    green_without_reason(subject, audit);
    of_another_unit(subject, audit);
}

/// Where nothing says how a rating follows, a green indicator at least reaches its target in the end.
fn green_without_reason(subject: &Subject, audit: &mut Audit) {
    let rated_alone = |series: &&Series| series.file.rating_rule.is_none() && series.indicator.rating_follows.is_none();
    for series in subject.facts.series.iter().filter(rated_alone) {
        let indicator = series.indicator;
        let Some((last, goal)) = series.results_against_targets(subject.facts).pop() else { continue };
        let mut all = series.figures_of(last);
        all.extend(goal.facts());
        audit.covers(Code::TargetMissed, &all);
        if indicator.rating.value.mark == Mark::Green
            && indicator.rating_because.is_none()
            && !goal.is_reached_by(last.printed)
        {
            let message = format!(
                "the rating is {}, but {} misses the target of {}",
                indicator.rating.value.name.to_lowercase(),
                audit.shown(last.fact),
                goal.shown(audit.facts)
            );
            let finding = audit.error(Code::TargetMissed, &all, message).also(indicator.rating.at, "the rating");
            audit.push(finding.help("mend the figure or the rating, or say in `rating-because` why it is rated so"));
        }
    }
}

/// A target that no result is in the unit of can be neither reached nor missed.
fn of_another_unit(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let results = series.results(subject.facts);
        let Some(last) = results.last() else { continue };
        let is_apart = |goal: &&Goal| results.iter().all(|result| result.printed.unit != goal.figure.unit);
        let Some(goal) = series.goals.iter().find(is_apart) else { continue };
        let (target, result) = (audit.shown(goal.fact), audit.shown(last.fact));
        let message = format!("the target is {target}, which no result can be held against: the last is {result}");
        let mut finding = audit.error(Code::TargetMissed, &[goal.fact, last.fact], message);
        finding.severity = Severity::Warning;
        audit.push(finding.help("write the target in the unit of the results, or add the figures that it is about"));
    }
}
