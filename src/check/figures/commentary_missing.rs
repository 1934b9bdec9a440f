//! commentary-missing: a red indicator says what is done about it.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::values::Mark;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let indicator = series.indicator;
        if indicator.rating.value.mark == Mark::Red && indicator.note.is_none() {
            let message = format!(
                "“{}” is rated {} without a note",
                indicator.name.value,
                indicator.rating.value.name.to_lowercase()
            );
            audit.push(
                Diagnostic::warning(Code::CommentaryMissing, indicator.rating.at, message)
                    .about(format!("{}.rating", series.address), vec![indicator.rating.value.id.value.to_string()])
                    .help("add a line `note: …`: why the target was missed, and what is done"),
            );
        }
    }
}
