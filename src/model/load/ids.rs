//! The names that reports have taken.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::source::SourceTree;
use crate::yaml::Text;

/// The ids of reports, each with the row that made it; the names of the folders are taken too.
pub struct Ids(BTreeMap<String, Option<Span>>);

impl Ids {
    pub fn of(tree: &SourceTree) -> Self {
        Self(tree.reports().map(|folder| (folder.to_owned(), None)).collect())
    }

    /// Takes an id for a row; it must not be there.
    pub fn take(&mut self, id: String, row: &Text, findings: &mut Findings) -> bool {
        let Some(first) = self.0.get(&id) else {
            self.0.insert(id, Some(row.at));
            return true;
        };
        let message = format!("the row {} would make the report `{id}`, which is there already", row.value);
        let finding = Diagnostic::error(Code::DuplicateId, row.at, message);
        let finding = first.iter().fold(finding, |finding, first| finding.also(*first, "made by this row"));
        let help = match first {
            Some(_) => "give the row an `id` of its own".to_owned(),
            None => format!("give the row an `id` of its own, or rename the folder {id}"),
        };
        findings.push(finding.help(help));
        false
    }

    /// Takes an id for a report in a further language; it must not be there.
    pub fn take_translation(&mut self, id: &str, at: Span, findings: &mut Findings) -> bool {
        let is_free = !self.0.contains_key(id);
        if is_free {
            self.0.insert(id.to_owned(), Some(at));
        } else {
            let message = format!("the translation would be the report `{id}`, which is there already");
            findings.push(
                Diagnostic::error(Code::DuplicateId, at, message)
                    .help(format!("rename the other folder or row, so that {id} is free")),
            );
        }
        is_free
    }

    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}
