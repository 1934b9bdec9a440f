//! commentary-missing: a red indicator says what is done about it.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::values::Rating;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let indicator = series.indicator;
        if indicator.rating.value == Rating::Red && indicator.note.is_none() {
            let message = format!("“{}” is rated red without a note", indicator.name.value);
            audit.push(
                Diagnostic::warning(Code::CommentaryMissing, indicator.rating.at, message)
                    .about(format!("{}.rating", series.address), vec![Rating::Red.word().to_owned()])
                    .help("add a line `note: …`: why the target was missed, and what is done"),
            );
        }
    }
}
