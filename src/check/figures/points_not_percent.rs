//! points-not-percent: the distance of two percentages is in percentage points.

use std::ops::Range;

use super::numbers::numbers_in;
use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic, Severity, floor_char};
use crate::fact::{FactId, Kind, Passage, Word};
use crate::wording::Wording;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose) {
        let mut before = String::new();
        for (place, word) in passage.words.iter().enumerate() {
            match word {
                // Most words hold no percentage, and numbers are looked for slowly.
                _ if !word.text().contains('%') => {}
                Word::Plain(text) => typed(subject, audit, passage, &before, text, place),
                word => {
                    if word.text().ends_with('%') && is_change(passage.report.wording(), &before) {
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
    let wording = passage.report.wording();
    let numbers = numbers_in(text, wording);
    for number in numbers.into_iter().filter(|number| text[number.at.clone()].ends_with('%')) {
        let typed_before = &text[..number.at.start];
        // What says that it is a change may stand behind a figure: {{ year }} was up 5%.
        let is_one = if typed_before.len() < longest_change(wording) {
            is_change(wording, &format!("{before}{typed_before}"))
        } else {
            is_change(wording, typed_before)
        };
        if is_one {
            report(subject, audit, passage, place, number.at, None);
        }
    }
}

/// No words that say that a percentage is a change are longer, with the letter before them, however wide the signs in them
/// are.
fn longest_change(wording: &Wording) -> usize {
    const WIDEST: usize = 4;
    let letters = wording.phrases("phrases.changes").iter().map(|phrase| phrase.chars().count());
    (letters.max().unwrap_or_default() + 1) * WIDEST
}

fn is_change(wording: &Wording, before: &str) -> bool {
    let before = before.trim_end();
    let before = &before[floor_char(before, before.len().saturating_sub(longest_change(wording)))..];
    wording.ends_with_phrase("phrases.changes", before)
}

/// Says that a percentage is a change, where another one stands in its sentence.
fn report(
    subject: &Subject,
    audit: &mut Audit,
    passage: &Passage,
    place: usize,
    letters: Range<usize>,
    fact: Option<FactId>,
) {
    let sentence = passage.sentence(place, letters.clone());
    if sentence.matches('%').count() < 2 {
        return;
    }
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
    let finding = Diagnostic { severity: Severity::Warning, ..finding.in_sentence(sentence) };
    audit.push(finding.help("write `| points`: 5 percentage points"));
}
