//! translation-differs: a text and its translation name the same figures, typed or bound, in whichever order.

use std::collections::BTreeMap;

use super::{Subject, passages_by_report};
use crate::check::numbers::Reader;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::fact::{Passage, Word};
use crate::model::Report;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let all: Vec<(&Report, &[Passage])> = passages_by_report(subject).collect();
    let by_id: BTreeMap<&str, &[Passage]> =
        all.iter().map(|(report, passages)| (report.id.as_str(), *passages)).collect();
    for (report, said) in all.iter().filter(|(report, _)| report.whole) {
        let original = report.translation.as_ref().and_then(|translation| by_id.get(translation.of.as_str()));
        let Some(original) = original else { continue };
        let (ours, theirs) = (texts(subject, report, said), texts(subject, original[0].report, original));
        for (own, other) in ours.into_iter().zip(theirs) {
            findings.extend(difference(own, other));
        }
    }
}

/// A text in one language: a value of a YAML file, or a whole file of running text.
struct Said {
    at: Span,
    /// What it names, each with how often.
    figures: BTreeMap<String, i32>,
}

/// The texts of a report, in their order, which is the same in every language.
fn texts(subject: &Subject, report: &Report, passages: &[Passage]) -> Vec<Said> {
    let is_one = |one: &Passage, next: &Passage| !one.is_value() && !next.is_value() && one.at.file == next.at.file;
    let reader = Reader::of(&report.organisation);
    passages.chunk_by(is_one).map(|passages| said(subject, &reader, report, passages)).collect()
}

fn said(subject: &Subject, reader: &Reader, report: &Report, passages: &[Passage]) -> Said {
    let mut figures = BTreeMap::new();
    let mut note = |figure: String| *figures.entry(figure).or_insert(0) += 1;
    for passage in passages {
        for word in &passage.words {
            match word {
                Word::Bound { fact, .. } => {
                    let address = subject.facts.get(*fact).address.to_string();
                    let own = address.strip_prefix(&format!("{}.", report.id)).map(str::to_owned);
                    note(format!("{{{{ {} }}}}", own.unwrap_or(address)));
                }
                Word::Stated { source, .. } => note(format!("a figure that {source} states")),
                Word::Claimed { relation, .. } => note(format!("what {relation} holds")),
                Word::Note(id) => note(format!("the note {id}")),
                Word::Reference(reference) => note(format!("the reference to {}", reference.to)),
                Word::Plain(_) | Word::Named { .. } | Word::Broken(_) | Word::Foreign { .. } => {}
            }
        }
        reader.loose_values(passage).into_iter().for_each(&mut note);
    }
    Said { at: passages[0].at, figures }
}

/// What one of two texts names more often than the other.
fn difference(own: Said, other: Said) -> Option<Diagnostic> {
    let mut balance = own.figures;
    for (figure, times) in other.figures {
        *balance.entry(figure).or_insert(0) -= times;
    }
    let listed = |is_meant: fn(i32) -> bool| {
        let meant = balance.iter().filter(|(_, times)| is_meant(**times)).map(|(figure, _)| figure.as_str());
        meant.collect::<Vec<_>>().join(", ")
    };
    let (more, fewer) = (listed(|times| times > 0), listed(|times| times < 0));
    let message = match (more.is_empty(), fewer.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("this translation says more than the text: {more}"),
        (true, false) => format!("this translation leaves out what the text says: {fewer}"),
        (false, false) => format!("this translation says {more}, where the text says {fewer}"),
    };
    Some(
        Diagnostic::error(Code::TranslationDiffers, own.at, message)
            .also(other.at, "the text that is translated")
            .help("bring both to the same figures; they may stand in another order"),
    )
}
