//! Dates and years of a text, and whether they are those of the report.

use std::ops::Range;

use super::token::{Joint, Token};
use super::units;
use crate::model::MONTHS;
use crate::model::values::Period;

/// Words before four digits that make no year of them: what is counted, and what rises and falls.
const COUNTING: &[&str] = &[
    "about",
    "almost",
    "approximately",
    "around",
    "average",
    "came",
    "climbed",
    "cost",
    "decrease",
    "decreased",
    "down",
    "drop",
    "dropped",
    "exactly",
    "fall",
    "fallen",
    "fell",
    "grew",
    "grown",
    "increase",
    "increased",
    "least",
    "most",
    "nearly",
    "number",
    "out",
    "over",
    "population",
    "reduced",
    "reduction",
    "rise",
    "risen",
    "rose",
    "some",
    "sum",
    "than",
    "total",
    "under",
    "up",
    "went",
    "amounted",
    "only",
    "just",
];

/// Words before which a year may stand.
const BEFORE_A_YEAR: &[&str] = &[
    "in",
    "of",
    "by",
    "since",
    "from",
    "during",
    "until",
    "till",
    "to",
    "for",
    "and",
    "or",
    "before",
    "after",
    "through",
    "throughout",
    "between",
    "early",
    "late",
    "mid",
    "year",
    "years",
    "spring",
    "summer",
    "autumn",
    "winter",
    "end",
    "beginning",
    "start",
    "the",
    "this",
    "last",
    "next",
    "per",
    "on",
    "against",
    "christmas",
    "easter",
    "our",
    "its",
];

/// Words behind which it is said when something was: "registered in 2016 who live here".
const BEFORE_A_TIME: &[&str] = &["after", "before", "by", "during", "from", "in", "since", "through", "until"];

/// Words before "2016 results" that make a year of it.
const DETERMINERS: &[&str] = &["the", "our", "its", "their", "these"];

/// What a year has many of: "the 2016 results".
const OF_A_YEAR: &[&str] =
    &["accounts", "awards", "elections", "figures", "levels", "prices", "reports", "results", "returns"];

/// So many words lie between two numbers of a list of names with a number each.
const LIST_STEP: usize = 4;

/// What may follow the verb "may": "of 12 May be" is no day.
const AFTER_THE_VERB: &[&str] = &["apply", "be", "become", "differ", "have", "lead", "need", "not", "vary"];

/// Words behind which a day stands, whatever follows it.
const BEFORE_A_DAY: &[&str] = &["after", "at", "before", "by", "from", "on", "since", "till", "to", "until"];

/// Small words that end as plurals do.
const NO_PLURALS: &[&str] =
    &["as", "has", "is", "its", "plus", "this", "thus", "us", "was", "across", "versus", "always", "sees", "does"];

/// A stretch of time, in months since the beginning of our reckoning: from the first, up to the one after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months(Range<i32>);

impl Months {
    fn year(year: i32) -> Self {
        Self(year * 12..year * 12 + 12)
    }

    /// Whether it lies in the period or next to it: where it begins and where it ends is no more than a year away.
    pub fn is_near(&self, period: &Period) -> bool {
        let month = |date: crate::model::values::Date| date.year() * 12 + i32::from(date.month()) - 1;
        let (lower, upper) = (month(period.from) - 12, month(period.to) + 1 + 12);
        let year = 12.min(self.0.end - self.0.start);
        self.0.start + year > lower && self.0.start < upper && self.0.end > lower && self.0.end - year < upper
    }
}

/// A date at a place of a text: how many words it has, and when it is; nothing is known of a day without a year, which
/// is the report's own.
pub fn date(tokens: &[Token], place: usize) -> Option<(usize, Option<Months>)> {
    let rest = &tokens[place..];
    day_of_a_month(tokens, place)
        .or_else(|| month_of_a_year(rest))
        .or_else(|| in_figures(rest))
        .or_else(|| in_characters(rest))
        .or_else(|| span_of_years(rest))
        .or_else(|| decade(rest))
        .or_else(|| year_alone(tokens, place))
}

/// "30 June 2017", "1st March", "5 to 9 May": as many words as there are.
fn day_of_a_month(tokens: &[Token], place: usize) -> Option<(usize, Option<Months>)> {
    let rest = &tokens[place..];
    let is_day = |place: usize| rest.get(place).is_some_and(|one| day(&one.lower).is_some());
    let is_to = |place: usize| rest.get(place).is_some_and(|one| matches!(one.lower.as_str(), "to" | "and"));
    let first = is_day(0).then_some(1)?;
    let days = match rest.get(1).map(|one| one.joint) {
        Some(Joint::Hyphen | Joint::Dash) if is_day(1) => 2,
        Some(Joint::Space) if is_to(1) && is_day(2) => 3,
        _ => first,
    };
    let days = if rest.get(days).is_some_and(|one| one.lower == "of") { days + 1 } else { days };
    let month = rest.get(days).filter(|one| one.joint == Joint::Space).and_then(|one| month(one))?;
    let is_led = place.checked_sub(1).is_some_and(|before| BEFORE_A_DAY.contains(&tokens[before].lower.as_str()));
    let is_verb = !is_led
        && rest.get(days + 1).is_some_and(|next| {
            rest[days].text == "May" && next.joint == Joint::Space && AFTER_THE_VERB.contains(&next.lower.as_str())
        });
    if is_verb {
        return None;
    }
    match rest
        .get(days + 1)
        .filter(|one| matches!(one.joint, Joint::Space | Joint::Comma))
        .and_then(|one| year(one.text))
    {
        Some(year) => Some((days + 2, Some(Months(year * 12 + month..year * 12 + month + 1)))),
        None => Some((days + 1, None)),
    }
}

/// "June 2017", "June 30, 2017".
fn month_of_a_year(rest: &[Token]) -> Option<(usize, Option<Months>)> {
    let month = month(rest.first()?)?;
    let year_at = |place: usize| rest.get(place).and_then(|one| year(one.text));
    let has_day = rest.get(1).is_some_and(|one| one.joint == Joint::Space && day(&one.lower).is_some());
    let (words, year) = match (year_at(1), year_at(2)) {
        (Some(year), _) if rest[1].joint == Joint::Space && !counts(rest, 1, OF_A_YEAR) => (2, year),
        (_, Some(year)) if has_day && rest[2].joint == Joint::Comma => (3, year),
        _ => return None,
    };
    Some((words, Some(Months(year * 12 + month..year * 12 + month + 1))))
}

/// "2017-03-31", "31/03/2017".
fn in_figures(rest: &[Token]) -> Option<(usize, Option<Months>)> {
    let [first, second, third, ..] = rest else { return None };
    let month = second.text.parse::<i32>().ok().filter(|month| (1..=12).contains(month))? - 1;
    let (year, _) = match (second.joint, third.joint) {
        (Joint::Hyphen, Joint::Hyphen) => (year(first.text)?, day(third.text)?),
        (Joint::Slash, Joint::Slash) => (year(third.text)?, day(first.text)?),
        _ => return None,
    };
    Some((3, Some(Months(year * 12 + month..year * 12 + month + 1))))
}

/// "2025年4月1日", "2025年4月", "2025年", "4月1日": in Chinese, Japanese and, with other signs, in Korean.
fn in_characters(rest: &[Token]) -> Option<(usize, Option<Months>)> {
    let unit = |place: usize, units: [&str; 2]| {
        let next = rest.get(place + 1).filter(|next| next.touches(&rest[place]))?;
        units.iter().any(|unit| next.text.starts_with(unit)).then_some(())
    };
    let follows = |place: usize| rest.get(place).is_some_and(|one| one.touches(&rest[place - 1]));
    let month_at = |place: usize| {
        let month = rest.get(place)?.text.parse::<i32>().ok().filter(|month| (1..=12).contains(month))?;
        unit(place, ["月", "월"]).map(|()| month - 1)
    };
    let day_at = |place: usize| day(rest.get(place)?.text).and_then(|_| unit(place, ["日", "일"]));
    let Some(year) = year(rest.first()?.text).filter(|_| unit(0, ["年", "년"]).is_some()) else {
        return month_at(0).filter(|_| follows(2)).and_then(|_| day_at(2)).map(|()| (4, None));
    };
    let Some(month) = Some(2).filter(|_| follows(2)).and_then(month_at) else {
        return Some((2, Some(Months::year(year))));
    };
    let words = if follows(4) && day_at(4).is_some() { 6 } else { 4 };
    Some((words, Some(Months(year * 12 + month..year * 12 + month + 1))))
}

/// "2016/17", "2016–2021".
fn span_of_years(rest: &[Token]) -> Option<(usize, Option<Months>)> {
    let [first, second, ..] = rest else { return None };
    let from = year(first.text)?;
    if !matches!(second.joint, Joint::Slash | Joint::Hyphen | Joint::Dash) || !second.is_digits() {
        return None;
    }
    let to = match second.text.len() {
        2 => from / 100 * 100 + second.text.parse::<i32>().ok()?,
        _ => year(second.text)?,
    };
    let to = if to < from && from % 100 == 99 { to + 100 } else { to };
    // A financial year begins in April.
    (to > from && !counts(rest, 1, OF_A_YEAR)).then(|| (2, Some(Months(from * 12 + 3..to * 12 + 3))))
}

/// "the 1990s".
fn decade(rest: &[Token]) -> Option<(usize, Option<Months>)> {
    let from = year(rest.first()?.text.strip_suffix("0s").map(|start| format!("{start}0"))?.as_str())?;
    Some((1, Some(Months(from * 12..from * 12 + 120))))
}

/// Four digits that are a year by what stands around them: "in 2016", "(2016)", "the 2016 results".
fn year_alone(tokens: &[Token], place: usize) -> Option<(usize, Option<Months>)> {
    let token = &tokens[place];
    let year = year_of(token)?;
    let before = |back: usize| place.checked_sub(back).map(|place| &tokens[place]);
    let named = if before(1).is_some_and(|one| DETERMINERS.contains(&one.lower.as_str())) { OF_A_YEAR } else { &[] };
    let stands_alone = token.joint == Joint::Other || token.joint == Joint::Comma;
    let is_led = before(1).is_some_and(|one| {
        let is_counted = COUNTING.contains(&one.lower.as_str())
            || (matches!(one.lower.as_str(), "to" | "of" | "by" | "and" | "from")
                && one.joint == Joint::Space
                && before(2).is_some_and(|one| COUNTING.contains(&one.lower.as_str())));
        // "rose from 1,950 to 2016"
        let is_end = one.lower == "to" && before(2).is_some_and(|from| from.has_digit() && year_of(from).is_none());
        let leads = BEFORE_A_YEAR.contains(&one.lower.as_str()) || month(one).is_some() || one.is_capital();
        leads && !is_counted && !is_end && matches!(token.joint, Joint::Space | Joint::Hyphen)
    });
    let is_year = (stands_alone || is_led) && !counts(tokens, place, named) && !is_among_counts(tokens, place);
    is_year.then(|| (1, Some(Months::year(year))))
}

/// Whether a number stands among others that are no years as they do: "Corfe 2016, Wareham 1,950", "by 2016 to 4,000",
/// "of 2016 who came".
fn is_among_counts(tokens: &[Token], place: usize) -> bool {
    let at = |place: usize| tokens.get(place);
    let is_count = |one: &Token| {
        let is_plain = one.text.chars().all(|c| c.is_ascii_digit() || c == ',');
        one.has_digit() && is_plain && year_of(one).is_none()
    };
    let lower = |place: Option<usize>| place.and_then(at).map_or("", |one| one.lower.as_str());
    let before = lower(place.checked_sub(1));
    let goes_on = at(place + 1).is_some_and(|one| one.joint == Joint::Space);
    if !BEFORE_A_TIME.contains(&before) && goes_on && matches!(lower(Some(place + 1)), "who" | "whom") {
        return true;
    }
    let is_count_there = |place: usize| at(place).is_some_and(is_count) && day_of_a_month(tokens, place).is_none();
    let goes_on_to = |word: &str| lower(Some(place + 1)) == word && is_count_there(place + 2);
    match before {
        "from" | "by" => goes_on_to("to"),
        "between" => goes_on_to("and"),
        _ => {
            // A name before each number of a list.
            let is_name =
                |one: &Token| one.is_capital() && month(one).is_none() && !BEFORE_A_YEAR.contains(&one.lower.as_str());
            let is_named = |place: usize| {
                place.checked_sub(1).and_then(at).is_some_and(is_name)
                    && at(place).is_some_and(|one| one.joint == Joint::Space)
            };
            let is_listed = |other: usize| {
                let between = tokens.get(place.min(other) + 1..=place.max(other)).unwrap_or_default();
                between.iter().any(|one| one.joint == Joint::Comma || one.lower == "and")
            };
            let near = place.saturating_sub(LIST_STEP)..=place + LIST_STEP;
            let is_like = |other: usize| at(other).is_some_and(is_count) && is_named(other) && is_listed(other);
            is_named(place) && near.into_iter().any(is_like)
        }
    }
}

/// Whether a number counts what is named behind it: "2016 patients"; not some words, which are named by their year.
fn counts(tokens: &[Token], place: usize, named: &[&str]) -> bool {
    tokens.get(place + 1).filter(|next| matches!(next.joint, Joint::Space | Joint::Hyphen)).is_some_and(|next| {
        let word = next.lower.as_str();
        units::is_counted(word)
            || (word.ends_with('s') && !next.is_capital() && !NO_PLURALS.contains(&word) && !named.contains(&word))
    })
}

fn month(token: &Token) -> Option<i32> {
    let is_short = |month: &str| token.text == &month[..3] || token.text == "Sept" && month == "September";
    let place = MONTHS.iter().position(|month| token.text == *month || is_short(month))?;
    i32::try_from(place).ok()
}

fn day(text: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let is_short = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|day| is_short && (1..=31).contains(day))
}

fn year_of(token: &Token) -> Option<i32> {
    year(token.text)
}

fn year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && (1000..=2199).contains(year))
}
