//! Finds the words of a report's language: a page that claims to be in a language has no words of Tally's in another.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::values::Language;
use crate::wording::{Wording, Wordings};
use crate::yaml::At;

/// The words of a language; none where there are none, which is told.
pub fn of(wordings: &Wordings, language: &At<Language>, findings: &mut Findings) -> Option<Arc<Wording>> {
    let Language { language: tag, region } = &language.value;
    let found = wordings.find(tag, region.as_deref()).cloned();
    if found.is_none() {
        let message = format!("Tally has no words in `{}` for what it prints itself", language.value.tag());
        let tags = wordings.tags().collect::<Vec<_>>().join(", ");
        let help = format!(
            "there are words in {tags}; put a translation of languages/en-GB.yaml beside the content, as languages/{tag}.yaml; \
             single words of another language are marked in the text, {{{{ \"Croeso\" | in cy }}}}",
        );
        findings.push(Diagnostic::error(Code::WrongValue, language.at, message).help(help));
    }
    found
}
