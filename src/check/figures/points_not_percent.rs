//! points-not-percent: the distance of two percentages is in percentage points.

use std::ops::Range;

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fact::{FactId, Kind, Passage, Word, plain};

/// Words after which a percentage is a change.
const CHANGES: &[&str] = &[
    "up",
    "down",
    "rise of",
    "fall of",
    "increase of",
    "decrease of",
    "drop of",
    "gain of",
    "up by",
    "down by",
    "rose by",
    "risen by",
    "fell by",
    "fallen by",
    "grew by",
    "grown by",
    "increased by",
    "decreased by",
    "improved by",
    "dropped by",
    "reduced by",
    "rise by",
    "fall by",
    "increase by",
    "decrease by",
    "improve by",
    "drop by",
];

pub fn check(subject: &Subject, audit: &mut Audit) {
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose) {
        let mut before = String::new();
        for (place, word) in passage.words.iter().enumerate() {
            match word {
                // Most words hold no percentage, and numbers are looked for slowly.
                _ if !word.text().contains('%') => {}
                Word::Plain(text) => typed(subject, audit, passage, &before, text, place),
                word => {
                    if word.text().ends_with('%') && is_change(&before) && beside_another(passage, place, 0) {
                        let fact = if let Word::Bound { fact, .. } = word { Some(*fact) } else { None };
                        report(subject, audit, passage, place, 0..word.text().len(), fact);
                    }
                }
            }
            before.push_str(word.text());
        }
    }
}

/// Percentages that are typed by hand within a piece of plain text.
fn typed(subject: &Subject, audit: &mut Audit, passage: &Passage, before: &str, text: &str, place: usize) {
    for number in super::numbers::numbers(text).into_iter().filter(|number| text[number.at.clone()].ends_with('%')) {
        let so_far = format!("{before}{}", &text[..number.at.start]);
        if is_change(&so_far) && beside_another(passage, place, number.at.end) {
            report(subject, audit, passage, place, number.at, None);
        }
    }
}

fn is_change(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    CHANGES.iter().any(|change| before.strip_suffix(change).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Whether another percentage stands in the same sentence.
fn beside_another(passage: &Passage, place: usize, end: usize) -> bool {
    let before = plain(&passage.words[..place]);
    let own = passage.words[place].text();
    let (so_far, after) = match passage.words[place] {
        Word::Plain(_) => (format!("{before}{}", &own[..end]), own[end..].to_owned()),
        _ => (format!("{before}{own}"), String::new()),
    };
    let after = after + &plain(&passage.words[place + 1..]);
    let sentence_before = so_far.rfind(". ").map_or(so_far.as_str(), |stop| &so_far[stop + 1..]);
    let sentence_after = after.find(". ").map_or(after.as_str(), |stop| &after[..stop]);
    (sentence_before.matches('%').count() + sentence_after.matches('%').count()) > 1
}

fn report(
    subject: &Subject,
    audit: &mut Audit,
    passage: &Passage,
    place: usize,
    letters: Range<usize>,
    fact: Option<FactId>,
) {
    let number = &passage.words[place].text()[letters.clone()];
    let at = passage.part(&subject.tree.sources, place, letters);
    let message = format!("{number} is the distance of two percentages, which is in percentage points");
    let finding = match fact {
        Some(fact) => {
            audit.covers(Code::PointsNotPercent, &[fact]);
            let mut finding = audit.error(Code::PointsNotPercent, &[fact], message);
            finding.at = Some(at);
            finding
        }
        None => {
            let address = format!("{}.{}", passage.report.id, passage.section);
            Diagnostic::error(Code::PointsNotPercent, at, message).about(address, vec![number.to_owned()])
        }
    };
    let finding = Diagnostic { severity: Severity::Warning, ..finding };
    audit.push(finding.help("write `| points`: 5 percentage points"));
}
