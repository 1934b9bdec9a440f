//! abbreviation: a short form is explained where a report uses it first.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::{Subject, marks, passages_by_report};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::fact::{Kind, Passage, Word};
use crate::model::Abbreviation;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(known) = &subject.project.organisation.abbreviations else { return };
    check_list(known, findings);
    let known: BTreeMap<&str, &Abbreviation> = known.iter().map(|one| (one.short.value.as_str(), one)).collect();
    for (report, passages) in passages_by_report(subject) {
        let before = findings.len();
        let mut met: Vec<String> = Vec::new();
        let in_sections = |passage: &&Passage| passage.kind == Kind::Prose && !passage.section.is_empty();
        let passages: Vec<&Passage> = passages.iter().filter(in_sections).collect();
        let texts: Vec<String> = passages.iter().map(|passage| typed(passage)).collect();
        for (place, passage) in passages.iter().enumerate() {
            let text = &texts[place];
            let next = texts.get(place + 1).map_or("", String::as_str);
            let gaps = LazyCell::new(|| marks::gaps(text));
            for (at, short) in short_forms(text) {
                let name = single(short);
                if met.iter().any(|one| one == name) {
                    continue;
                }
                // What stands for something that is missing is told as that.
                let is_within = |gap: &Range<usize>| gap.start <= at && at + short.len() <= gap.end;
                if !known.contains_key(name) && gaps.iter().any(is_within) {
                    continue;
                }
                met.push(name.to_owned());
                let (message, help) = match known.get(name).map(|one| one.long.as_ref()) {
                    Some(None) => continue,
                    Some(Some(long)) if is_explained(text, at, short, &long.value) => continue,
                    // A key phrase or a heading may leave that to the text under it.
                    Some(Some(long)) if is_explained_in(next, name, &long.value) => continue,
                    Some(Some(long)) => (
                        format!("`{short}` is not explained where {} uses it first", report.folder),
                        format!("write `{} ({short})` here", long.value),
                    ),
                    None => (
                        format!("`{short}` is not in the list of abbreviations"),
                        "add it under `abbreviations` in organisation.yaml; leave out `long` if every reader knows it"
                            .to_owned(),
                    ),
                };
                let at = place_of(subject, passage, short);
                findings.push(Diagnostic::warning(Code::Abbreviation, at, message).help(help));
            }
        }
        report.mark(&mut findings[before..]);
    }
}

/// Where a short form stands first in a passage.
fn place_of(subject: &Subject, passage: &Passage, short: &str) -> Span {
    let found = passage.words.iter().enumerate().filter(|(_, word)| is_typed(word)).find_map(|(place, word)| {
        short_forms(word.text()).find(|(_, one)| *one == short).map(|(start, _)| (place, start))
    });
    let part = |(place, start)| passage.part(&subject.tree.sources, place, start..start + short.len());
    found.map_or(passage.at, part)
}

/// A text without the words of a row, which are names as those of a table are.
fn typed(passage: &Passage) -> String {
    passage.words.iter().filter(|word| is_typed(word)).map(Word::text).collect()
}

fn is_typed(word: &Word) -> bool {
    !matches!(word, Word::Named { .. })
}

/// Every entry of the list can be found in a text, and says what it means once.
fn check_list(known: &[Abbreviation], findings: &mut Findings) {
    for (place, one) in known.iter().enumerate() {
        let short = &one.short;
        if !short_forms(&short.value).any(|(_, found)| found == short.value) {
            let message = format!("`{}` is no short form that can be found in a text", short.value);
            findings.push(
                Diagnostic::error(Code::WrongValue, short.at, message)
                    .help("a short form has two or more capital letters and nothing else but `&`; leave others out"),
            );
        }
        if let Some(first) = known[..place].iter().find(|other| other.short.value == short.value) {
            findings.push(
                Diagnostic::error(Code::DuplicateId, short.at, format!("`{}` is in the list twice", short.value))
                    .also(first.short.at, "first here")
                    .help("remove one of the two"),
            );
        }
    }
}

/// Words of two or more capital letters, with their places.
fn short_forms(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let joins = |c: char| c.is_alphanumeric() || c == '&';
    let mut end = 0;
    let words = text.split_inclusive(move |c| !joins(c)).map(move |piece| {
        let start = end;
        end += piece.len();
        (start, piece.trim_end_matches(|c| !joins(c)))
    });
    words.filter(|(_, word)| {
        let name = single(word);
        name.chars().filter(char::is_ascii_uppercase).count() >= 2
            && name.chars().all(|c| c.is_ascii_uppercase() || c == '&')
    })
}

fn is_explained_in(text: &str, name: &str, long: &str) -> bool {
    short_forms(text)
        .filter(|(_, short)| single(short) == name)
        .take(1)
        .any(|(at, short)| is_explained(text, at, short, long))
}

/// `KPI` for `KPIs`.
fn single(short: &str) -> &str {
    short.strip_suffix('s').unwrap_or(short)
}

/// Whether the meaning stands right before the short form, which is in brackets, or in brackets behind it.
fn is_explained(text: &str, at: usize, short: &str, long: &str) -> bool {
    let (before, after) = (text[..at].to_lowercase(), text[at + short.len()..].to_lowercase());
    let long = long.to_lowercase();
    let meaning = before.strip_suffix(" (").unwrap_or_default();
    meaning.ends_with(&long)
        || meaning.strip_suffix('s').is_some_and(|meaning| meaning.ends_with(&long))
        || after.strip_prefix(" (").is_some_and(|after| after.starts_with(&long))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_words_of_capitals() {
        let found: Vec<&str> =
            short_forms("The CCG's KPIs, IM&T and a GP; not A, Q4 or McDonald.").map(|(_, word)| word).collect();
        assert_eq!(found, ["CCG", "KPIs", "IM&T", "GP"]);
    }

    #[test]
    fn an_explanation_stands_right_beside() {
        let explained =
            |text: &str, short: &str, long: &str| is_explained(text, text.find(short).unwrap(), short, long);
        assert!(explained("the Clinical Commissioning Group (CCG) said", "CCG", "clinical commissioning group"));
        assert!(explained("key performance indicators (KPIs)", "KPIs", "key performance indicator"));
        assert!(explained(
            "PUPOC (previously unassessed periods of care)",
            "PUPOC",
            "previously unassessed periods of care"
        ));
        assert!(!explained("the CCG, a clinical commissioning group", "CCG", "clinical commissioning group"));
    }
}
