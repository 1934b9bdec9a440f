//! Words that say that the number before them measures or counts something.

/// What makes a figure of any number before it.
const MEASURES: &[&str] = &[
    "percent",
    "percentage",
    "pc",
    "points",
    "times",
    "out",
    "hours",
    "days",
    "weeks",
    "months",
    "minutes",
    "seconds",
    "years",
    "miles",
    "km",
    "kilometres",
    "metres",
    "hectares",
    "acres",
    "tonnes",
    "kg",
    "litres",
    "pounds",
    "pence",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "bn",
    "m",
    "wte",
    "fte",
    "higher",
    "lower",
    "more",
    "fewer",
    "less",
    "per",
];

/// What is counted, but may also belong to a name that is written with a capital: "Band 5 staff", "Year 7 pupils".
const COUNTED: &[&str] = &[
    "people",
    "persons",
    "men",
    "women",
    "children",
    "staff",
    "patients",
    "residents",
    "households",
    "members",
    "pupils",
    "students",
    "officers",
    "employees",
    "volunteers",
    "beds",
    "calls",
    "visits",
    "cases",
    "complaints",
    "incidents",
    "crimes",
    "deaths",
    "homes",
    "jobs",
    "posts",
    "appointments",
    "referrals",
    "schools",
    "practices",
];

/// Whether a word in small letters is a measure of the number before it.
pub fn is_measure(word: &str) -> bool {
    MEASURES.contains(&word)
}

/// Whether a word in small letters says that the number before it measures or counts.
pub fn is_counted(word: &str) -> bool {
    is_measure(word) || COUNTED.contains(&word)
}
