//! Rules over figures. Each says with its code which figures it looks at, and reports what does not agree.

mod commentary_missing;
mod control_total_agrees;
mod copied_values;
mod counts_agree;
mod cumulative_never_falls;
mod cumulative_not_summed;
mod duplicate_text;
mod per_head_agrees;
mod points_not_percent;
mod prose_agrees;
mod rating_follows_target;
mod ratio_agrees;
mod relation_holds;
mod results;
mod rounding_hides_miss;
mod rounding_noted;
mod same_fact_same_value;
mod share_agrees;
mod target_missed;
mod totals_add_up;
mod unit_mixed;
mod unused_fact;
mod zero_denominator;

use super::{Audit, Subject, check_files, numbers, parts};

const RULES: &[fn(&Subject, &mut Audit)] = &[
    commentary_missing::check,
    control_total_agrees::check,
    copied_values::check,
    counts_agree::check,
    cumulative_never_falls::check,
    cumulative_not_summed::check,
    duplicate_text::check,
    per_head_agrees::check,
    points_not_percent::check,
    prose_agrees::check,
    rating_follows_target::check,
    ratio_agrees::check,
    relation_holds::check,
    rounding_hides_miss::check,
    rounding_noted::check,
    same_fact_same_value::check,
    share_agrees::check,
    target_missed::check,
    totals_add_up::check,
    unit_mixed::check,
    unused_fact::check,
    zero_denominator::check,
];

pub fn check(subject: &Subject, audit: &mut Audit) {
    RULES.iter().for_each(|rule| rule(subject, audit));
}
