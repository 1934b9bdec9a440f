//! counts-agree: what a text counts (39 indicators, five directorates) is what stands in the report.

use std::ops::Range;

use super::numbers::{Number, numbers_in};
use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{FactId, Kind, Origin, Passage, Quantity, Word};
use crate::model::{Part, Rating, Report};
use crate::wording::Wording;

/// What can be counted: how its word is called in the files of languages, the list of other words for it, and the facts that
/// count it, after a data file's name or of the organisation.
struct Counts {
    what: &'static str,
    also: &'static str,
    facts: &'static [&'static str],
}

const COUNTED: [Counts; 5] = [
    Counts { what: "indicator", also: "phrases.indicators", facts: &["*.count"] },
    Counts { what: "directorate", also: "phrases.directorates", facts: &["organisation.directorates.count"] },
    Counts { what: "theme", also: "phrases.themes", facts: &["*.themes.count"] },
    Counts { what: "deliverable", also: "phrases.deliverables", facts: &["*.count", "*.entries"] },
    Counts { what: "outcome", also: "phrases.outcomes", facts: &["*.outcomes"] },
];

impl Counts {
    /// What a noun of a text means. What an organisation calls its indicators counts as they do.
    fn of(wording: &Wording, noun: &str) -> Option<&'static Self> {
        COUNTED.iter().find(|counts| match wording.meaning(noun) {
            Some(meaning) => counts.what == meaning,
            None => wording.is_phrase(counts.also, noun),
        })
    }
}

pub fn check(subject: &Subject, audit: &mut Audit) {
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose) {
        for (place, word) in passage.words.iter().enumerate() {
            for counted in counted(subject, passage.report.wording(), word) {
                let rest = &word.text()[counted.letters.end..];
                let after =
                    [rest].into_iter().chain(passage.words[place + 1..].iter().map(Word::text)).collect::<String>();
                compare(subject, audit, passage, place, &counted, &after);
            }
        }
    }
}

/// The whole numbers of a word of a text in a language.
fn counted(subject: &Subject, wording: &Wording, word: &Word) -> Vec<Counted> {
    match word {
        Word::Bound { text, fact } => {
            use rust_decimal::prelude::ToPrimitive;
            let whole = subject.facts.quantity(*fact).filter(|one: &Quantity| one.number.fract().is_zero());
            whole
                .and_then(|one| one.number.to_u64())
                .map(|value| Counted { number: text.clone(), letters: 0..text.len(), value, fact: Some(*fact) })
                .into_iter()
                .collect()
        }
        Word::Broken(_) | Word::Named { .. } | Word::Claimed { .. } | Word::Reference(_) | Word::Note(_) => Vec::new(),
        Word::Stated { text, .. } | Word::Foreign { text, .. } | Word::Plain(text) => {
            let of = |number: Number| {
                let written = text[number.at.clone()].to_owned();
                Some(Counted { number: written, value: number.value?, letters: number.at, fact: None })
            };
            numbers_in(text, wording).into_iter().filter_map(of).collect()
        }
    }
}

/// A number of a word: as it is written, the letters that it is, what it means, and the fact that is bound.
struct Counted {
    number: String,
    letters: Range<usize>,
    value: u64,
    fact: Option<FactId>,
}

fn compare(subject: &Subject, audit: &mut Audit, passage: &Passage, place: usize, counted: &Counted, after: &str) {
    let Counted { number, letters, value, fact } = counted;
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if !after.starts_with(' ') {
        return;
    }
    let wording = passage.report.wording();
    let mut words =
        after.split_whitespace().skip_while(|word| wording.is_phrase("phrases.before-counted", &bare(word)));
    let Some(first) = words.next() else { return };
    let ratings = || passage.report.parts().filter_map(Part::indicators).flat_map(|(_, file)| file.ratings.iter());
    let named = |word: &str| ratings().find(|rating| rating.name.to_lowercase() == word).map(|rating| &**rating);
    let (noun, rating) = match named(&bare(first)) {
        Some(rating) => (words.next().map(bare).unwrap_or_default(), Some(rating)),
        None => (bare(first), rating_behind(wording, first, words).and_then(|next| named(&bare(next)))),
    };
    let Some(facts) = counts(subject, passage.report, &noun, rating) else { return };
    // A figure that is bound to another count is what its author meant: five of the nine indicators.
    let bound_elsewhere = fact.is_some_and(|fact| !is_count_of_a_whole(subject, fact));
    let agrees =
        facts.iter().any(|fact| subject.facts.quantity(*fact).is_some_and(|one| one.number == (*value).into()));
    if facts.is_empty() || agrees || bound_elsewhere {
        return;
    }
    let shown: Vec<String> = facts.iter().map(|fact| audit.shown(*fact)).collect();
    let at = passage.part(&subject.tree.sources, place, letters.clone());
    let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
    let mut figures = vec![number.to_owned()];
    figures.extend(shown.iter().cloned());
    let message = format!("the text says {number} {noun}, but the report has {}", shown.join(" or "));
    let name = subject.facts.local(&passage.report.id, facts[0]).to_owned();
    audit.push(
        Diagnostic::error(Code::CountsAgree, at, message)
            .about(address, figures)
            .in_sentence(passage.sentence(place, letters.clone()))
            .help(format!("bind the count, so that it is always right: {{{{ {name} }}}}")),
    );
}

/// The word behind a noun where the language has its ratings there, 12 indicateurs verts: not where a sign parts them, and
/// not the first of several.
fn rating_behind<'t>(wording: &Wording, noun: &str, mut words: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let next = words.next().filter(|_| wording.is_phrase("phrases.before-ratings", noun))?;
    let goes_on = next.ends_with(',') || words.next().is_some_and(|word| wording.is_phrase("phrases.joins-list", word));
    (!goes_on).then_some(next)
}

/// The facts that count what a noun means; none where it is nothing that is counted.
fn counts(subject: &Subject, report: &Report, noun: &str, rating: Option<&Rating>) -> Option<Vec<FactId>> {
    let counted = Counts::of(report.wording(), noun)?;
    let stems = |kind: &str| -> Vec<String> {
        let parts = report.sections.iter().flat_map(|section| &section.parts);
        let stem = |part| match kind.starts_with("indicator") {
            true => Part::indicators(part).map(|(stem, _)| stem),
            false => Part::deliverables(part).map(|(stem, _)| stem),
        };
        let mut stems: Vec<String> = Vec::new();
        for stem in parts.filter_map(stem) {
            if !stems.iter().any(|known| known == stem) {
                stems.push(stem.to_owned());
            }
        }
        stems
    };
    let find = |address: &str| subject.facts.find(&report.id, address);
    if let Some(rating) = rating {
        return Some(
            stems("indicator").iter().filter_map(|stem| find(&format!("{stem}.ratings.{}", rating.id.value))).collect(),
        );
    }
    let fact = |address: &&str| -> Vec<FactId> {
        match address.strip_prefix('*') {
            Some(rest) => stems(counted.what).iter().filter_map(|stem| find(&format!("{stem}{rest}"))).collect(),
            None => find(address).into_iter().collect(),
        }
    };
    Some(counted.facts.iter().flat_map(fact).collect())
}

/// Whether a fact counts all of something, and not some of it, as far as the report knows.
fn is_count_of_a_whole(subject: &Subject, fact: FactId) -> bool {
    let address = &subject.facts.get(fact).address;
    let segments: Vec<&str> = address.split('.').collect();
    // A figure that was typed counts what it says.
    if matches!(subject.facts.get(fact).origin, Origin::Typed(_)) {
        return true;
    }
    matches!(segments[..], [.., "count"]) && !matches!(segments[..], [_, _, _, _, "count"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Wordings;

    /// Only where the language has ratings behind their noun, nothing parts them, and no others follow.
    #[test]
    fn a_rating_stands_behind_its_noun_in_some_languages() {
        let all = Wordings::default();
        for (language, text, rating) in [
            ("en", "indicators. Green ones met their aims", None),
            ("en", "indicators: red, amber and green", None),
            ("en", "indicators green", None),
            ("cy", "dangosydd gwyrdd.", Some("gwyrdd.")),
            ("cy", "dangosydd. Gwyrdd yw", None),
            ("cy", "dangosydd coch, melyn a gwyrdd", None),
            ("cy", "thema gwyrdd", None),
            ("fr", "indicateurs : vert et rouge", None),
            ("fr", "indicateurs vert et rouge", None),
            ("fr", "indicateurs vert cette année", Some("vert")),
        ] {
            let mut words = text.split_whitespace();
            let noun = words.next().unwrap();
            let found = rating_behind(all.find(language, None).unwrap(), noun, words);
            // A sign of its own is no rating's name.
            assert_eq!(found.filter(|word| word.contains(char::is_alphabetic)), rating, "{text}");
        }
        let welsh = all.find("cy", None).unwrap();
        assert!(
            welsh.is_phrase("phrases.before-counted", "o") && welsh.is_phrase("phrases.indicators", "ddangosyddion")
        );
    }
}
