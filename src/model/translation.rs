//! A report in a further language: `translation.cy.yaml` beside what it translates, and `welcome.cy.md` beside `welcome.md`.
//!
//! Figures are not in it: what is translated are texts, each named by what it was when it was translated, so that a text
//! which has changed since is found by itself. A Markdown file is too long for that and is named by a digest.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::values::Language;
use crate::diagnostic::{FileId, Span};
use crate::record;
use crate::yaml::Text;

record! {
    /// The texts of a folder in another language.
    TranslationFile "a translation" {
        /// Texts of YAML files, each as it was when it was translated.
        optional texts: Vec<TranslatedText>,
        /// Texts that are the same in both languages, such as names of people.
        optional same: Vec<Text>,
        /// Which state of each Markdown file was translated.
        optional prose: Vec<TranslatedProse>,
    }
}

record! {
    /// A text and its translation.
    TranslatedText "a translated text" {
        /// The text as it was when it was translated.
        required text: Text,
        /// The same in the language of the file, with the same figures.
        required says: Text,
    }
}

record! {
    /// The state of a Markdown file that was translated.
    TranslatedProse "a translated file" {
        /// The file in the language of the report: `welcome.md`.
        required file: Text,
        /// Its digest, as the check prints it.
        required digest: Text,
    }
}

/// What a report is that says in a further language what another says.
#[derive(Debug, Clone)]
pub struct Translation {
    /// The id of the report in its first language.
    pub of: String,
    /// Its place among the languages of the report, from 1 for the first translation.
    pub place: usize,
    /// How many languages the report has.
    pub among: usize,
    /// Whether its folder says of the organisation what held then.
    pub has_own_organisation: bool,
    /// What of it has no translation: a draft may lack some.
    pub untranslated: Untranslated,
}

/// Texts that stand in the first language of a report among those of another.
#[derive(Debug, Clone)]
pub struct Untranslated {
    /// The tag of that language.
    pub language: String,
    pub texts: BTreeSet<Span>,
    /// Markdown files.
    pub files: BTreeSet<FileId>,
}

impl Untranslated {
    /// Whether the text at a place is one of them.
    pub fn holds(&self, at: Span) -> bool {
        self.texts.contains(&at) || self.files.contains(&at.file)
    }
}

impl TranslationFile {
    /// A translation of nothing.
    pub fn empty() -> Self {
        let nowhere = Span::new(FileId(0), 0..0);
        Self { at: nowhere, texts: None, same: None, prose: None }
    }

    /// Whether a file of that name is a translation.
    pub fn is_named(name: &str) -> bool {
        name.strip_prefix("translation.").is_some_and(|rest| rest.ends_with(".yaml"))
    }

    /// The name of the file of a language, in the folder of a report and beside `organisation.yaml`.
    pub fn name(language: &Language) -> String {
        format!("translation.{}.yaml", language.tag())
    }
}

/// The address of a report in a further language: `annual-report-cy`.
pub fn translated_id(id: &str, language: &Language) -> String {
    format!("{id}-{}", language.tag().to_lowercase())
}

/// The name of the translation of a Markdown file: `welcome.cy.md`.
pub fn translated_name(name: &str, language: &Language) -> String {
    format!("{}.{}.md", name.strip_suffix(".md").unwrap_or(name), language.tag())
}

/// Twelve letters that say which text a file holds, whatever ends its lines.
pub fn digest_of_prose(text: &str) -> String {
    let mut digest = Sha256::new();
    for line in text.trim_end().lines() {
        digest.update(line.trim_end());
        digest.update([b'\n']);
    }
    let letters: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
}
