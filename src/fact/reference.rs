//! References within a report: `{{ see loans.yaml }}`.

use super::{Facts, Word};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::numbering::Unreferable;

const USAGE: &str = "a reference names a section by its id, {{ see welcome }}, or a table, chart or picture by its file, \
    {{ see loans.yaml }}";

impl Facts<'_> {
    /// What a reference to a section or to what a file shows is printed as, seen from a report: with a capital where it
    /// begins a sentence. The finding that says why there is none still lacks its place.
    pub(super) fn see(&self, scope: &str, name: &str, begins_sentence: bool) -> Result<Word, Box<Diagnostic>> {
        let references = self.scopes.get(scope).map(|scope| &scope.references);
        let fault = |message: String| Diagnostic::error_nowhere(Code::UnknownReference, message);
        let why = match references.and_then(|references| references.get(name)) {
            Some(Ok(reference)) if begins_sentence => return Ok(Word::Reference(reference.clone().capital())),
            Some(Ok(reference)) => return Ok(Word::Reference(reference.clone())),
            Some(Err(why)) => *why,
            None if name.is_empty() => {
                return Err(Box::new(fault("this reference names nothing".to_owned()).help(USAGE)));
            }
            None if name.contains('|') => {
                return Err(Box::new(fault("a reference has no format".to_owned()).help(USAGE)));
            }
            None => {
                let known = references.into_iter().flat_map(|references| references.keys()).map(String::as_str);
                let finding = fault(format!("this report shows nothing called `{name}`"));
                return Err(Box::new(finding.did_you_mean(name, known).help(USAGE)));
            }
        };
        Err(Box::new(match why {
            Unreferable::Unnumbered => fault(format!("`{name}` has no number in this report"))
                .help("write `numbered: yes` in report.yaml, above the sections"),
            Unreferable::Uncaptioned => fault(format!("`{name}` has no number: it is shown without a caption"))
                .help("refer to its section, by the section's id"),
            Unreferable::Twice => fault(format!("`{name}` is shown twice in this report"))
                .help("show it once, or give one of the two a file of its own"),
        }))
    }
}
