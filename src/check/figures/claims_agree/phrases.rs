//! The words that say what figures do, and what looks like them.

use std::ops::Range;

use crate::fact::sentence_around;
use crate::wording::{Wording, begins_with};

/// What words say of figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Claim {
    /// A part of a whole, in hundredths: more than so many.
    MoreThan(u32),
    /// A part of a whole, in hundredths: less than so many.
    LessThan(u32),
    Rise,
    Fall,
    /// What no sentence holds the figures for: comparisons with other years, and superlatives.
    Same,
    More,
    Less,
    Highest,
    Lowest,
    /// On, above or below a target, of what the sentence counts or not.
    Target,
}

/// The lists of phrases, each with what its words say.
const CLAIMS: [(&str, Claim); 12] = [
    ("phrases.more-than-half", Claim::MoreThan(50)),
    ("phrases.large-majority", Claim::MoreThan(75)),
    ("phrases.nearly-all", Claim::MoreThan(85)),
    ("phrases.less-than-half", Claim::LessThan(50)),
    ("phrases.rose", Claim::Rise),
    ("phrases.fell", Claim::Fall),
    ("phrases.same", Claim::Same),
    ("phrases.more", Claim::More),
    ("phrases.less", Claim::Less),
    ("phrases.highest", Claim::Highest),
    ("phrases.lowest", Claim::Lowest),
    ("phrases.target", Claim::Target),
];

/// Words that say in which way a figure went, where one of the manners stands behind them.
const MOVES: [(&str, Claim); 2] = [("phrases.moved-up", Claim::Rise), ("phrases.moved-down", Claim::Fall)];
const MANNERS: &str = "phrases.manners";

/// The words of a text in a language that say what figures do, each with its letters and what it says. The longest phrase at
/// a place counts.
pub fn claims(wording: &Wording, text: &str) -> Vec<(Range<usize>, Claim)> {
    let mut found: Vec<(Range<usize>, Claim)> = Vec::new();
    for start in word_starts(text) {
        let rest = &text[start..];
        for (list, claim) in CLAIMS {
            let Some(phrase) = wording.phrase_at(list, rest) else { continue };
            if !is_idiom(wording, &text[..start], &rest[phrase.len()..]) {
                found.push((start..start + phrase.len(), claim));
            }
        }
        for (list, claim) in MOVES {
            let Some(moved) = wording.phrase_at(list, rest) else { continue };
            let manner = rest[moved.len()..].strip_prefix(' ').and_then(|behind| wording.phrase_at(MANNERS, behind));
            found.extend(manner.map(|manner| (start..start + moved.len() + 1 + manner.len(), claim)));
        }
    }
    found.extend(most_of_many(wording, text).map(|at| (at, Claim::MoreThan(50))));
    found.sort_by_key(|(at, _)| (at.start, usize::MAX - at.end));
    let mut end = 0;
    found.retain(|(at, _)| {
        let is_apart = at.start >= end;
        end = end.max(at.end);
        is_apart
    });
    found
}

/// Whether a phrase is meant of no figure where it stands: "the highest standards", "making the most of".
fn is_idiom(wording: &Wording, before: &str, behind: &str) -> bool {
    let behind = behind.trim_start();
    wording.phrases("phrases.idioms-after").iter().any(|idiom| begins_with(behind, idiom).is_some())
        || wording.ends_with_phrase("phrases.idioms-before", before.trim_end())
}

/// Where words begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut is_within = false;
    text.char_indices().filter_map(move |(at, c)| {
        let was_within = std::mem::replace(&mut is_within, c.is_alphanumeric());
        (!was_within && c.is_alphabetic()).then_some(at)
    })
}

/// "Most", where it begins a sentence and several things follow: "Most visits were made by bus."
fn most_of_many<'t>(wording: &'t Wording, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let all = wording
        .phrases("phrases.most-of-many")
        .iter()
        .flat_map(move |most| text.match_indices(most.as_str()).map(|(start, found)| start..start + found.len()));
    all.filter(move |at| {
        let begins = sentence_around(text, at).start == at.start;
        let mut words = text[at.end..].strip_prefix(' ').unwrap_or_default().split_whitespace();
        let is_many = |word: &str| wording.phrases("phrases.of-many").iter().any(|end| word.ends_with(end.as_str()));
        begins && words.next().is_some_and(is_many)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Wordings;

    fn found_in(language: &str, text: &str) -> Vec<String> {
        let all = Wordings::default();
        let claims = claims(all.find(language, None).unwrap(), text);
        claims.into_iter().map(|(at, _)| text[at].to_owned()).collect()
    }

    #[test]
    fn each_language_says_in_its_own_words_what_figures_do() {
        for (language, text, said) in [
            (
                "cy",
                "Cododd y nifer i 7, y ffigur uchaf ers 2010; gostyngodd costau. Nid oedd y rhan fwyaf o’r staff yno.",
                &["Cododd", "y ffigur uchaf", "gostyngodd", "y rhan fwyaf o’r"][..],
            ),
            ("cy", "Cyrhaeddwyd y safonau uchaf, a gwellodd yn sylweddol.", &["gwellodd yn sylweddol"]),
            (
                "fr",
                "Les visites sont passées de 5 à 7, le nombre le plus élevé. La plupart des agences ont baissé l’effectif.",
                &["le plus élevé", "La plupart des", "ont baissé"],
            ),
            (
                "fr",
                "Le nombre a augmenté, les coûts ont diminué, et l'activité est restée stable.",
                &["a augmenté", "ont diminué", "est restée stable"],
            ),
            // English phrases say nothing in other languages.
            ("fr", "Visits rose, the highest for five years.", &[]),
        ] {
            assert_eq!(found_in(language, text), said, "{text}");
        }
    }

    /// "o" and "de" stand before most figures: they say by how much only right behind what rose or fell.
    #[test]
    fn by_how_much_is_said_right_behind_what_rose() {
        let all = Wordings::default();
        for (language, before, is_by) in [
            ("en", "Visits rose in all branches by", true),
            ("cy", "Cynyddodd ymweliadau mewn cangen o", false),
            ("cy", "Gwelwyd cynnydd o", true),
            ("fr", "Les visites ont augmenté dans les agences de", false),
            ("fr", "Les visites ont augmenté de", true),
        ] {
            let wording = all.find(language, None).unwrap();
            assert_eq!(wording.ends_with_phrase("phrases.by", before), is_by, "{before}");
        }
    }

    /// "7 allan o 10" and "7 sur un total de 10" are parts of a whole, and no way from 10 to 7.
    #[test]
    fn a_part_of_a_whole_is_no_way_between_figures() {
        let all = Wordings::default();
        for (language, between, is_way) in
            [("en", "visits from", true), ("cy", "allan o", false), ("fr", "sur un total de", false)]
        {
            let wording = all.find(language, None).unwrap();
            assert_eq!(wording.ends_with_phrase("phrases.from-behind", between), is_way, "{between}");
        }
    }

    #[test]
    fn words_about_figures_are_told_from_others() {
        let found = |text: &str| found_in("en", text);
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
