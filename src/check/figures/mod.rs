//! Rules over figures. Each says with its code which figures it looks at, and reports what does not agree.

mod base_agrees;
mod changed_since_compared;
mod claims_agree;
mod commentary_missing;
mod control_total_agrees;
mod copied_values;
mod counts_agree;
mod cumulative_never_falls;
mod cumulative_not_summed;
mod drawings_agree;
mod duplicate_text;
mod fitting;
mod names_agree;
mod of_which;
mod points_not_percent;
mod prose_agrees;
mod rating_follows_target;
mod ratio_agrees;
mod relation_holds;
mod rounding_hides_miss;
mod rounding_noted;
mod same_fact_same_value;
mod status_follows_due;
mod target_missed;
mod total_undeclared;
mod totals_add_up;
mod unit_mixed;
mod unused_fact;
mod wrong_sign;
mod zero_denominator;

pub use names_agree::{NamedIn, not_named};

use super::{Audit, Checks, Subject, check_files, numbers, parts};

/// Rules over the texts round figures, which find nothing in a figure by itself.
const OF_TEXTS: &[fn(&Subject, &mut Audit)] = &[
    base_agrees::check_texts,
    claims_agree::check,
    commentary_missing::check,
    counts_agree::check,
    drawings_agree::check,
    duplicate_text::check,
    names_agree::check,
    points_not_percent::check,
    prose_agrees::check,
];

/// Rules over figures and what they follow from.
const OF_FIGURES: &[fn(&Subject, &mut Audit)] = &[
    base_agrees::check,
    changed_since_compared::check,
    control_total_agrees::check,
    copied_values::check,
    cumulative_never_falls::check,
    cumulative_not_summed::check,
    of_which::check,
    rating_follows_target::check,
    ratio_agrees::check,
    relation_holds::check,
    rounding_hides_miss::check,
    rounding_noted::check,
    same_fact_same_value::check,
    status_follows_due::check,
    target_missed::check,
    total_undeclared::check,
    totals_add_up::check,
    unit_mixed::check,
    unused_fact::check,
    wrong_sign::check,
    zero_denominator::check,
];

/// Runs the rules; `texts` says whether those over texts are among them.
pub fn check(subject: &Subject, audit: &mut Audit, texts: bool) {
    let of_texts = if texts { OF_TEXTS } else { &[] };
    of_texts.iter().chain(OF_FIGURES).for_each(|rule| rule(subject, audit));
}
