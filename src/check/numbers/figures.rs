//! Where a number stands in a text, in digits or in words, and how far it reaches.

use super::token::{Joint, Token};
use crate::fact::numerals::{is_large, is_part, is_quantity, meant_by};

/// How many words a number has that begins at a place; none where none begins. What belongs to one figure is one
/// number: "thirty-nine", "10 per cent", "two hundred and fifty", "five-year", "10–12".
pub fn reach(tokens: &[Token], place: usize) -> Option<usize> {
    let first = &tokens[place];
    let mut words =
        if first.has_digit() || is_number_word(tokens, place) { 1 } else { begins_with_one(&tokens[place..])? };
    while let Some(more) = goes_on(&tokens[place..], words) {
        words += more;
    }
    Some(words)
}

fn is_one(word: &str) -> bool {
    word == "one"
}

/// "one per cent", "a percentage point", "one third", "one million": how many words that is. "One" alone means too much else.
fn begins_with_one(rest: &[Token]) -> Option<usize> {
    let next = rest.get(1).filter(|next| matches!(next.joint, Joint::Space | Joint::Hyphen))?;
    let is_multiplied = is_large(&next.lower) || is_part(&next.lower);
    let more = is_percent(rest, 1).or(is_multiplied.then_some(1))?;
    let is_a = rest[0].lower == "a" && is_percent(rest, 1).is_some();
    (is_one(&rest[0].lower) || is_a).then_some(1 + more)
}

fn is_number_word(tokens: &[Token], place: usize) -> bool {
    let word = tokens[place].lower.as_str();
    match word {
        "quarter" | "quarters" => is_share(tokens, place),
        "percentage" | "per" => false,
        _ => meant_by(word).is_some() || is_quantity(word),
    }
}

/// Whether a quarter is a part of a whole, and no part of a year: "a quarter", "by a quarter", "quarter of".
fn is_share(tokens: &[Token], place: usize) -> bool {
    let before = |back: usize| place.checked_sub(back).map(|place| tokens[place].lower.as_str());
    let is_of = tokens.get(place + 1).is_some_and(|next| next.lower == "of" && next.joint == Joint::Space);
    match before(1) {
        Some("a" | "one") => !matches!(before(2), Some("once" | "twice" | "times" | "in" | "per")),
        Some("first" | "second" | "third" | "fourth" | "last" | "final" | "each" | "every" | "this") => false,
        _ => is_of,
    }
}

/// How many words more a number has that has some already.
fn goes_on(rest: &[Token], words: usize) -> Option<usize> {
    let next = rest.get(words)?;
    let last = &rest[words - 1];
    let both_digits = last.has_digit() && next.has_digit();
    match next.joint {
        Joint::Hyphen => Some(1),
        Joint::Dash | Joint::Slash | Joint::Colon => both_digits.then_some(1),
        Joint::Space => {
            if let Some(more) = is_percent(rest, words) {
                return Some(more);
            }
            let is_whole = last.has_digit() || is_one(&last.lower) || meant_by(&last.lower).is_some();
            let is_multiplied = is_whole && (is_large(&next.lower) || matches!(next.lower.as_str(), "bn"));
            let parts = next.lower.strip_suffix('s').is_some_and(is_part) || next.lower == "halves";
            let is_more = is_large(&last.lower) && meant_by(&next.lower).is_some();
            if is_multiplied || (is_whole && parts) || is_more {
                return Some(1);
            }
            let after = rest.get(words + 1).filter(|after| after.joint == Joint::Space)?;
            let is_rest = is_large(&last.lower) && meant_by(&after.lower).is_some();
            let is_half =
                matches!(after.lower.as_str(), "a") && rest.get(words + 2).is_some_and(|one| is_part(&one.lower));
            match next.lower.as_str() {
                "and" if is_rest => Some(2),
                "and" if is_half => Some(3),
                _ => None,
            }
        }
        Joint::Other | Joint::Announces | Joint::Comma | Joint::Apostrophe => None,
    }
}

/// "percent", "per cent", "percentage points" at a place: how many words that is.
fn is_percent(rest: &[Token], place: usize) -> Option<usize> {
    let word = |place: usize| rest.get(place).map_or("", |one| one.lower.as_str());
    match (word(place), word(place + 1)) {
        ("per", "cent") | ("percentage", "point" | "points") => Some(2),
        ("percent", _) => Some(1),
        _ => None,
    }
}
