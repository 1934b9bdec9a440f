//! Words of running text that belong to the figure before them.

/// Words that belong to the figure before them, one or two.
const UNITS: &[&str] = &[
    "%",
    "bn",
    "billion",
    "calendar day",
    "calendar days",
    "calendar month",
    "calendar months",
    "calendar year",
    "calendar years",
    "day",
    "days",
    "financial year",
    "financial years",
    "hour",
    "hours",
    "k",
    "m",
    "million",
    "min",
    "mins",
    "minute",
    "minutes",
    "month",
    "months",
    "pence",
    "per",
    "per cent",
    "percentage",
    "percentage point",
    "percentage points",
    "thousand",
    "trillion",
    "week",
    "weeks",
    "working day",
    "working days",
    "working hour",
    "working hours",
    "working week",
    "working weeks",
    "year",
    "years",
];

/// The unit with which a text begins that stands after a figure, behind a space: up to the next space, so that it takes
/// along the comma behind it.
pub fn unit_after_figure(text: &str) -> Option<&str> {
    let words = text.strip_prefix(' ')?;
    let ends = [words.match_indices(' ').nth(1), words.match_indices(' ').next()];
    let stretches = ends.map(|end| &words[..end.map_or(words.len(), |(at, _)| at)]);
    let is_unit = |words: &&str| UNITS.contains(&words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%'));
    stretches.into_iter().find(is_unit)
}
