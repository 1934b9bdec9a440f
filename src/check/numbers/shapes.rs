//! Names that are known by their letters and digits: codes, postcodes, telephone numbers, clock times, addresses.

use super::token::{Joint, Token};
use super::units;

/// Capitals that make no code of the digits behind them: money, years, and words of a headline.
const NO_CODES: &[&str] = &[
    "GBP", "EUR", "USD", "AUD", "CAD", "CHF", "WTE", "FTE", "FY", "N", "X", "UP", "DOWN", "TOP", "PLUS", "MINUS",
    "OVER", "UNDER", "ONLY", "ALL", "TO", "BY",
];

/// Places in a sequence.
const ORDINALS: &[&str] = &["first", "second", "third", "fourth", "fifth", "sixth", "last", "final"];

/// What has a first, a second and a third.
const SEQUENCES: &[&str] = &[
    "quarter", "quarters", "half", "year", "month", "week", "day", "phase", "stage", "round", "meeting", "section",
    "chapter", "part", "event", "session", "wave", "report", "strand", "theme", "step",
];

/// How many words a name has that begins at a place of a text; none where none does.
pub fn name(text: &str, tokens: &[Token], place: usize) -> Option<usize> {
    let rest = &tokens[place..];
    link(text, rest)
        .or_else(|| postcode(rest))
        .or_else(|| code(rest))
        .or_else(|| telephone(rest))
        .or_else(|| clock(rest))
        .or_else(|| one_of_a_sequence(tokens, place))
}

/// "The first quarter …, and in the third": an ordinal whose noun stands before, at another one.
fn one_of_a_sequence(tokens: &[Token], place: usize) -> Option<usize> {
    let is_ordinal = |one: &Token| ORDINALS.contains(&one.lower.as_str());
    let before = |place: usize| place.checked_sub(1).map_or("", |before| tokens[before].lower.as_str());
    let next = tokens.get(place + 1).filter(|next| matches!(next.joint, Joint::Space | Joint::Hyphen));
    let is_one = is_ordinal(&tokens[place])
        && before(place) == "the"
        && next.is_none_or(|next| !next.has_digit() && !matches!(next.lower.as_str(), "of" | "per"));
    let is_begun = (0..place.saturating_sub(1)).any(|place| {
        let noun = tokens.get(place + 1).filter(|noun| noun.joint == Joint::Space);
        is_ordinal(&tokens[place]) && noun.is_some_and(|noun| SEQUENCES.contains(&noun.lower.as_str()))
    });
    (is_one && is_begun).then_some(1)
}

/// "COVID-19", "CO2", "A35", "H1N1", "Q1": capitals with digits behind them.
fn code(rest: &[Token]) -> Option<usize> {
    let first = rest.first()?;
    let capitals = first.text.chars().take_while(char::is_ascii_uppercase).count();
    let (letters, digits) = first.text.split_at(capitals);
    if !(1..=6).contains(&capitals) || NO_CODES.contains(&letters) {
        return None;
    }
    let is_short = |digits: &str| {
        digits.starts_with(char::is_numeric)
            && digits.chars().all(|c| c.is_alphanumeric() || c == '.')
            && digits.chars().count() <= 6
            // "E5.5m" is money.
            && !(digits.contains('.') && digits.ends_with(char::is_alphabetic))
    };
    if letters == "Q" {
        let is_quarter = matches!(digits, "1" | "2" | "3" | "4");
        return is_quarter.then_some(1);
    }
    if is_short(digits) {
        return Some(1);
    }
    let next = rest.get(1).filter(|next| next.joint == Joint::Hyphen && digits.is_empty() && capitals > 1)?;
    (is_short(next.text) && next.text.len() <= 4).then_some(2)
}

/// "DT1 1TG".
fn postcode(rest: &[Token]) -> Option<usize> {
    let [outward, inward, ..] = rest else { return None };
    let letters = outward.text.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_outward = (1..=2).contains(&letters)
        && (letters + 1..=letters + 2).contains(&outward.text.len())
        && outward.text.as_bytes().get(letters).is_some_and(u8::is_ascii_digit);
    let is_inward = matches!(inward.text.as_bytes(), [digit, first, second]
        if digit.is_ascii_digit() && first.is_ascii_uppercase() && second.is_ascii_uppercase());
    (inward.joint == Joint::Space && is_outward && is_inward).then_some(2)
}

/// "01305 368900", "0300 123 4567", "44 20 7946 0000" behind a plus: ten or eleven digits that begin with nought.
fn telephone(rest: &[Token]) -> Option<usize> {
    let first = rest.first().filter(|first| first.is_digits())?;
    let begins = first.text.starts_with('0') || (first.text == "44" && first.joint != Joint::Space);
    let follow = |one: &&Token| one.is_digits() && matches!(one.joint, Joint::Space | Joint::Hyphen);
    let words = 1 + rest[1..].iter().take(4).take_while(follow).count();
    let digits: usize = rest[..words].iter().map(|one| one.text.len()).sum();
    (begins && (10..=12).contains(&digits)).then_some(words)
}

/// "9am", "9.30 pm", "17:30", "8 to 6pm".
fn clock(rest: &[Token]) -> Option<usize> {
    if let [from, to, ..] = rest
        && is_hour(&from.lower)
    {
        let has_to = matches!(to.lower.as_str(), "to" | "and" | "until") && to.joint == Joint::Space;
        let place = if has_to { 2 } else { 1 };
        let is_joined = has_to || matches!(to.joint, Joint::Hyphen | Joint::Dash);
        if let Some(words) = rest.get(place..).and_then(with_half_of_day).filter(|_| is_joined) {
            return Some(place + words);
        }
    }
    with_half_of_day(rest).or_else(|| of_24_hours(rest))
}

/// "9am", "9.30 pm", "12 noon".
fn with_half_of_day(rest: &[Token]) -> Option<usize> {
    let first = rest.first()?;
    if ["am", "pm"].iter().any(|half| first.lower.strip_suffix(half).is_some_and(is_hour)) {
        return Some(1);
    }
    let next = rest.get(1).filter(|next| next.joint == Joint::Space && is_hour(&first.lower))?;
    matches!(next.lower.as_str(), "am" | "pm" | "noon" | "midnight").then_some(2)
}

/// "9", "9.30", "12".
fn is_hour(text: &str) -> bool {
    let (hour, minutes) = text.split_once('.').unwrap_or((text, "00"));
    let is_below = |text: &str, below: u32| text.len() <= 2 && text.parse::<u32>().is_ok_and(|number| number < below);
    is_below(hour, 13) && minutes.len() == 2 && is_below(minutes, 60)
}

/// "17:30".
fn of_24_hours(rest: &[Token]) -> Option<usize> {
    let [hour, minutes, ..] = rest else { return None };
    let is_below = |one: &Token, below: u32| one.is_digits() && one.text.parse::<u32>().is_ok_and(|one| one < below);
    let is_time = minutes.joint == Joint::Colon && minutes.text.len() == 2 && hour.text.len() <= 2;
    let is_counted = rest.get(2).is_some_and(|next| next.joint == Joint::Space && units::is_counted(&next.lower));
    (is_time && !is_counted && is_below(hour, 24) && is_below(minutes, 60)).then_some(2)
}

/// A mail address, the address of a website, `@name` or `#name`.
fn link(text: &str, rest: &[Token]) -> Option<usize> {
    let start = rest.first()?.at.start;
    let space = text[..start].char_indices().rev().find(|(_, letter)| letter.is_whitespace());
    let from = space.map_or(0, |(place, space)| place + space.len_utf8());
    let to = text[start..].find(char::is_whitespace).map_or(text.len(), |place| start + place);
    let chunk = text[from..to].trim_start_matches(['(', '[', '“', '‘', '"']);
    let has_letters = |part: &str| part.contains(char::is_alphabetic);
    let is_link = chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk.split_once('@').is_some_and(|(_, host)| has_letters(host))
        || chunk.strip_prefix('#').is_some_and(has_letters)
        || [".gov.uk", ".nhs.uk", ".org.uk", ".ac.uk", ".police.uk"].iter().any(|end| chunk.contains(end));
    is_link.then(|| rest.iter().take_while(|one| one.at.start < to).count())
}
