//! Notes of a report: `{{ note baseline }}`.

use super::{Facts, Word};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Text;

const USAGE: &str = "a note is named by its id, {{ note baseline }}; notes stand in report.yaml, above the sections: \
    `notes: [{id: baseline, text: \"…\"}]`";

impl Facts<'_> {
    /// The mark of a note, seen from a report. The finding that says why there is none still lacks its place.
    pub(super) fn note(&self, scope: &str, name: &str) -> Result<Word, Box<Diagnostic>> {
        if self.note_text(scope, name).is_some() {
            return Ok(Word::Note(name.to_owned()));
        }
        let fault = |message: String| Diagnostic::error_nowhere(Code::UnknownReference, message);
        let known = self.scopes.get(scope).into_iter().flat_map(|scope| scope.notes.keys().copied());
        Err(Box::new(match name {
            "" => fault("no note is named here".to_owned()).help(USAGE),
            _ if name.contains('|') => fault("a note has no format".to_owned()).help(USAGE),
            _ => fault(format!("this report has no note `{name}`")).did_you_mean(name, known).help(USAGE),
        }))
    }

    /// The text of a note of a report.
    pub fn note_text(&self, scope: &str, name: &str) -> Option<&Text> {
        self.scopes.get(scope)?.notes.get(name).copied()
    }
}
