//! What stands right beside a figure: the figure that it is of, and a unit in words.

use super::is_figure;
use crate::check::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{Passage, Word};
use crate::model::values::Unit;

/// A figure "of" or "out of" another: a number is of its own denominator.
pub fn pairs(subject: &Subject, audit: &mut Audit, passage: &Passage) {
    for (place, words) in passage.words.windows(3).enumerate() {
        let [Word::Bound { fact, .. }, Word::Plain(between), Word::Bound { fact: whole, .. }] = words else { continue };
        let [part, of] =
            [fact, whole].map(|fact| subject.facts.get(*fact).address.rsplit_once('.').unwrap_or_default());
        let is_ratio = passage.report.wording().is_base(between.trim()) && part.1 == "number" && of.1 == "denominator";
        if is_ratio && part.0 != of.0 {
            let [part, of] = [fact, whole].map(|fact| subject.facts.local(&passage.report.id, *fact));
            let message = format!("`{part}` is a number of its own denominator, and not of `{of}`");
            let at = Some(passage.place(&subject.tree.sources, place + 2));
            let finding = audit.error(Code::NamesAgree, &[*fact, *whole], message);
            audit.push(Diagnostic { at, ..finding }.help("bind both figures of one row and one period"));
        }
    }
}

/// Whether a word fits a figure of some unit.
type Fits = fn(Unit) -> bool;

/// Units that are typed behind a figure, each with whether a unit fits it. A figure with a unit prints it itself.
const UNIT_WORDS: [(&str, Fits); 3] = [
    ("phrases.units", |_| false),
    ("phrases.units-of-counts", |unit| unit == Unit::Number),
    ("phrases.people", |unit| matches!(unit, Unit::Number | Unit::Declared(_))),
];

/// A figure of another unit than the word behind it says: "£4,500 people".
pub fn units(subject: &Subject, audit: &mut Audit, passage: &Passage) {
    for (place, words) in passage.words.windows(2).enumerate() {
        let [Word::Bound { fact, text }, Word::Plain(after)] = words else { continue };
        let unit = subject.facts.quantity(*fact).map(|quantity| quantity.unit);
        let Some(unit) = unit.filter(|_| is_figure(subject.facts, *fact, text)) else { continue };
        let wording = passage.report.wording();
        let misfits = UNIT_WORDS.iter().filter(|(_, fits)| !fits(unit));
        let Some(word) = misfits.filter_map(|(list, _)| wording.phrase_at(list, after.trim_start())).next() else {
            continue;
        };
        let message = format!(
            "“{word}” stands behind {text}, which is no figure of {word} ({})",
            subject.facts.local(&passage.report.id, *fact)
        );
        let at = Some(passage.place(&subject.tree.sources, place));
        let finding =
            audit.error(Code::NamesAgree, &[*fact], message).in_sentence(passage.sentence(place, 0..text.len()));
        audit.push(
            Diagnostic { at, ..finding }
                .help("a figure prints its own unit: take the word away, or bind another figure"),
        );
    }
}
