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
mod supplier_agrees;
mod taken_differs;
mod target_missed;
mod total_undeclared;
mod totals_add_up;
mod unit_mixed;
mod unused_fact;
mod wrong_sign;
mod zero_denominator;

pub use names_agree::{NamedIn, not_named};

use super::{Audit, Checks, Subject, check_files, numbers, parts};

/// Rules over the texts round figures, which find nothing in a figure by itself; those first that find most slips.
const OF_TEXTS: &[fn(&Subject, &mut Audit)] = &[
    names_agree::check,
    duplicate_text::check,
    commentary_missing::check,
    drawings_agree::check,
    points_not_percent::check,
    claims_agree::check,
    base_agrees::check_texts,
    counts_agree::check,
    prose_agrees::check,
];

/// Rules over figures and what they follow from, which need no text.
const OF_FIGURES: &[fn(&Subject, &mut Audit)] = &[
    base_agrees::check,
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
    supplier_agrees::check,
    taken_differs::check,
    target_missed::check,
    total_undeclared::check,
    totals_add_up::check,
    unit_mixed::check,
    wrong_sign::check,
    zero_denominator::check,
];

/// Rules over what texts use and state.
const OF_USES: &[fn(&Subject, &mut Audit)] = &[changed_since_compared::check, unused_fact::check];

/// Which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    All,
    /// Those that need no text.
    OfFigures,
    /// Those over what texts use and state.
    OfUses,
    /// One of those over the texts round figures, by its place in their list.
    OfTexts(usize),
}

impl Rules {
    /// Each of the rules over texts by itself.
    pub fn of_texts() -> impl Iterator<Item = Self> {
        (0..OF_TEXTS.len()).map(Self::OfTexts)
    }
}

/// Runs the rules.
pub fn check(subject: &Subject, audit: &mut Audit, rules: Rules) {
    let run =
        |rules: &[fn(&Subject, &mut Audit)], audit: &mut Audit| rules.iter().for_each(|rule| rule(subject, audit));
    match rules {
        Rules::All => [OF_TEXTS, OF_FIGURES, OF_USES].into_iter().for_each(|rules| run(rules, audit)),
        Rules::OfFigures => run(OF_FIGURES, audit),
        Rules::OfUses => run(OF_USES, audit),
        Rules::OfTexts(place) => run(OF_TEXTS.get(place..=place).unwrap_or_default(), audit),
    }
}
