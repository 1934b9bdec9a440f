//! duplicate-id, unused-note: each note has an id of its own and is named by a text.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::Word;
use crate::model::Report;
use crate::model::values::Id;
use crate::yaml::At;

pub fn check(subject: &Subject, findings: &mut Findings) {
    // The reports of a group share their notes.
    for reports in subject.project.reports.chunk_by(|one, next| one.folder == next.folder) {
        let Some(report) = reports.first() else { continue };
        if report.notes().is_empty() {
            continue;
        }
        tell_twins(report, findings);
        if reports.iter().all(|report| report.whole) && subject.project.whole {
            tell_unused(report, &named(subject, &report.folder), findings);
        }
    }
}

fn tell_twins(report: &Report, findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &At<Id>> = BTreeMap::new();
    for note in report.notes() {
        if let Some(first) = seen.insert(note.id.value.as_str(), &note.id) {
            let message = format!("two notes have the id `{}`", note.id.value);
            findings.push(
                Diagnostic::error(Code::DuplicateId, note.id.at, message)
                    .also(first.at, "the other one")
                    .help("give one of them another id"),
            );
        }
    }
}

fn tell_unused(report: &Report, named: &BTreeSet<&str>, findings: &mut Findings) {
    for note in report.notes().iter().filter(|note| !named.contains(note.id.value.as_str())) {
        let id = &note.id.value;
        findings.push(
            Diagnostic::warning(
                Code::UnusedNote,
                note.id.at,
                format!("nothing that the report prints names the note `{id}`"),
            )
            .help(format!("write {{{{ note {id} }}}} behind the words that it says more of, or remove it")),
        );
    }
}

/// The ids of the notes that texts of a folder's reports name.
fn named<'s>(subject: &Subject<'s>, folder: &str) -> BTreeSet<&'s str> {
    let passages = subject.passages.iter().filter(|passage| passage.report.folder == folder);
    let words = passages.flat_map(|passage| &passage.words);
    words.filter_map(|word| if let Word::Note(id) = word { Some(id.as_str()) } else { None }).collect()
}
