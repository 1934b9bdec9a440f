//! The words that say what figures do, and what looks like them.

use std::ops::Range;

use crate::fact::sentence_around;

/// What words say of figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Claim {
    /// A part of a whole, in hundredths: more than so many.
    MoreThan(u32),
    /// A part of a whole, in hundredths: less than so many.
    LessThan(u32),
    Rise,
    Fall,
    /// What no sentence holds the figures for: superlatives and comparisons with other years.
    Compares,
    /// On, above or below a target, of what the sentence counts or not.
    Target,
}

/// The words, in small letters.
const PHRASES: &[(&str, Claim)] = &[
    ("most of", Claim::MoreThan(50)),
    ("a majority", Claim::MoreThan(50)),
    ("the majority", Claim::MoreThan(50)),
    ("vast majority", Claim::MoreThan(75)),
    ("more than half", Claim::MoreThan(50)),
    ("over half", Claim::MoreThan(50)),
    ("nearly all", Claim::MoreThan(85)),
    ("almost all", Claim::MoreThan(85)),
    ("nearly every", Claim::MoreThan(85)),
    ("almost every", Claim::MoreThan(85)),
    ("less than half", Claim::LessThan(50)),
    ("fewer than half", Claim::LessThan(50)),
    ("under half", Claim::LessThan(50)),
    ("a minority", Claim::LessThan(50)),
    ("rose", Claim::Rise),
    ("has risen", Claim::Rise),
    ("have risen", Claim::Rise),
    ("grew", Claim::Rise),
    ("went up", Claim::Rise),
    ("up from", Claim::Rise),
    ("an increase", Claim::Rise),
    ("a rise", Claim::Rise),
    ("increased to", Claim::Rise),
    ("increased by", Claim::Rise),
    ("increased from", Claim::Rise),
    ("fell", Claim::Fall),
    ("has fallen", Claim::Fall),
    ("have fallen", Claim::Fall),
    ("went down", Claim::Fall),
    ("down from", Claim::Fall),
    ("declined", Claim::Fall),
    ("dropped", Claim::Fall),
    ("a decrease", Claim::Fall),
    ("a reduction", Claim::Fall),
    ("a fall of", Claim::Fall),
    ("decreased to", Claim::Fall),
    ("decreased by", Claim::Fall),
    ("decreased from", Claim::Fall),
    ("reduced to", Claim::Fall),
    ("reduced by", Claim::Fall),
    ("reduced from", Claim::Fall),
    ("unchanged", Claim::Compares),
    ("stayed the same", Claim::Compares),
    ("remained the same", Claim::Compares),
    ("more than in", Claim::Compares),
    ("fewer than in", Claim::Compares),
    ("less than in", Claim::Compares),
    ("higher than in", Claim::Compares),
    ("lower than in", Claim::Compares),
    ("more than last year", Claim::Compares),
    ("fewer than last year", Claim::Compares),
    ("higher than last year", Claim::Compares),
    ("lower than last year", Claim::Compares),
    ("than the year before", Claim::Compares),
    ("than ever before", Claim::Compares),
    ("the highest", Claim::Compares),
    ("the lowest", Claim::Compares),
    ("the largest", Claim::Compares),
    ("the smallest", Claim::Compares),
    ("the biggest", Claim::Compares),
    ("the fewest", Claim::Compares),
    ("the most of", Claim::Compares),
    ("on or close to target", Claim::Target),
    ("met its target", Claim::Compares),
    ("met their targets", Claim::Compares),
    ("met the target", Claim::Compares),
    ("missed its target", Claim::Compares),
    ("missed their targets", Claim::Compares),
    ("missed the target", Claim::Compares),
    ("exceeded its target", Claim::Compares),
    ("exceeded the target", Claim::Compares),
    ("above target", Claim::Target),
    ("below target", Claim::Target),
];

/// Words that say in which way a figure went, where one of [`MANNERS`] stands behind them.
const MOVES: &[(&str, Claim)] = &[
    ("increased", Claim::Rise),
    ("improved", Claim::Rise),
    ("decreased", Claim::Fall),
    ("reduced", Claim::Fall),
    ("worsened", Claim::Fall),
];

/// How much a figure went up or down.
const MANNERS: &[&str] =
    &["sharply", "slightly", "steadily", "significantly", "markedly", "considerably", "substantially", "marginally"];

/// What may follow without a figure being meant: "the highest standards", "a reduction in waste".
const IDIOMS: &[&str] = &[
    "standard",
    "quality",
    "possible",
    "level of care",
    "priority",
    "regard",
    "common",
    "the time",
    "the year",
    "the day",
    "the week",
    "the month",
    "the spring",
    "the summer",
    "the autumn",
    "the winter",
];

/// What may stand before them: "making the most of".
const MAKING: &[&str] = &["make", "makes", "making", "made", "get", "getting"];

/// The words that say what figures do, each with its letters and what it says. The longest phrase at a place counts.
pub fn claims(text: &str) -> Vec<(Range<usize>, Claim)> {
    // The phrases are plain letters, and places stay where they are.
    let small = text.to_ascii_lowercase();
    let mut found: Vec<(Range<usize>, Claim)> = Vec::new();
    for start in word_starts(&small) {
        for (phrase, claim) in PHRASES.iter().filter(|(phrase, _)| small[start..].starts_with(phrase)) {
            let end = start + phrase.len();
            let before = small[..start].trim_end();
            let before = before.strip_suffix(" the").unwrap_or(before);
            let is_making = MAKING.iter().any(|make| before.ends_with(make));
            let is_idiom = is_making || IDIOMS.iter().any(|idiom| small[end..].trim_start().starts_with(idiom));
            if !is_idiom && !small[end..].starts_with(char::is_alphanumeric) {
                found.push((start..end, *claim));
            }
        }
    }
    for start in word_starts(&small) {
        let moved = MOVES.iter().find_map(|(word, claim)| Some((small[start..].strip_prefix(word)?, claim)));
        let manner = moved.and_then(|(rest, claim)| {
            let manner =
                MANNERS.iter().find(|manner| rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(**manner)))?;
            Some((text.len() - rest.len() + 1 + manner.len(), claim))
        });
        found.extend(manner.map(|(end, claim)| (start..end, *claim)));
    }
    found.extend(most_of_many(text).map(|at| (at, Claim::MoreThan(50))));
    found.sort_by_key(|(at, _)| (at.start, usize::MAX - at.end));
    let mut end = 0;
    found.retain(|(at, _)| {
        let is_apart = at.start >= end;
        end = end.max(at.end);
        is_apart
    });
    found
}

/// Where words begin that phrases may begin with.
fn word_starts(small: &str) -> impl Iterator<Item = usize> {
    let mut is_within = false;
    small.char_indices().filter_map(move |(at, c)| {
        let was_within = std::mem::replace(&mut is_within, c.is_alphanumeric());
        (!was_within && c.is_ascii_lowercase()).then_some(at)
    })
}

/// "Most", where it begins a sentence and several things follow: "Most visits were made by bus."
fn most_of_many(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("Most ").map(|(start, _)| start..start + 4).filter(|at| {
        let begins = sentence_around(text, at).start == at.start;
        let mut words = text[at.end..].split_whitespace();
        let is_many = |word: &str| word.ends_with('s') || matches!(word, "people" | "staff" | "children");
        begins && words.next().is_some_and(is_many)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_about_figures_are_told_from_others() {
        let found = |text: &str| claims(text).into_iter().map(|(at, _)| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("Most of the work was inside, and nearly all staff took part."), ["Most of", "nearly all"]);
        assert_eq!(found("Most visits were made by bus. Most important was the bus."), ["Most"]);
        assert_eq!(found("Was it so? Most visits were. Costs decreased sharply."), ["Most", "decreased sharply"]);
        assert_eq!(found("Quality has 18, the most of the five."), ["the most of"]);
        assert_eq!(
            found("Visits rose, the highest for five years, on or close to target."),
            ["rose", "the highest", "on or close to target"]
        );
        let none: [&str; 0] = [];
        assert_eq!(
            found("The highest standards, the rosette, our most recent almost-all-day event, making the most of it."),
            none
        );
    }
}
