//! wrong-count: a table fits on a page.

use super::{Subject, parts};
use crate::diagnostic::{Code, Diagnostic, Findings};

/// Columns that fit beside the names of the rows on a page that lies on its side.
const MOST_COLUMNS: usize = 14;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for part in parts(subject) {
        let Some((_, table)) = part.table() else { continue };
        if let Some(column) = table.columns.get(MOST_COLUMNS) {
            let message = format!("a table has at most {MOST_COLUMNS} columns; this one has {}", table.columns.len());
            findings.push(
                Diagnostic::error(Code::WrongCount, column.at, message)
                    .help("split it into several tables: a wide table cannot be read on paper or on a phone"),
            );
        }
    }
}
