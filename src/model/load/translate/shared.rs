//! The translations of what all reports share, which each report uses a part of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::unused;
use crate::diagnostic::{Findings, Span};
use crate::model::TranslationFile;
use crate::model::load::parsed::Parsed;
use crate::model::values::Language;
use crate::source::SourceTree;

/// The translations beside `organisation.yaml`, by the names of their files.
#[derive(Default)]
pub struct SharedTranslations(BTreeMap<String, Shared>);

struct Shared {
    file: Option<Arc<TranslationFile>>,
    used: BTreeSet<Span>,
    /// Whether every report that may use it could be read.
    whole: bool,
}

impl SharedTranslations {
    /// The translation into a language; an empty one where there is none, and nothing where it cannot be read.
    pub fn of(
        &mut self,
        tree: &SourceTree,
        parsed: &Parsed,
        language: &Language,
        findings: &mut Findings,
    ) -> Option<Arc<TranslationFile>> {
        let name = TranslationFile::name(language);
        let read = || {
            let file = translation_file(tree, parsed, &name, findings).map(Arc::new);
            Shared { file, used: BTreeSet::new(), whole: true }
        };
        self.0.entry(name.clone()).or_insert_with(read).file.clone()
    }

    /// Notes what a report used of the translation into its language.
    pub fn note(&mut self, language: &Language, used: BTreeSet<Span>, whole: bool) {
        if let Some(shared) = self.0.get_mut(&TranslationFile::name(language)) {
            shared.used.extend(used);
            shared.whole &= whole;
        }
    }

    /// The names of the files.
    pub fn names(&self) -> BTreeSet<String> {
        self.0.keys().cloned().collect()
    }

    /// Tells of what no report uses.
    pub fn tell_unused(&self, findings: &mut Findings) {
        let whole = self.0.values().filter(|shared| shared.whole);
        findings.extend(whole.flat_map(|shared| Some(unused(shared.file.as_ref()?, &shared.used))).flatten());
    }
}

/// Reads a translation; one that is not there says nothing.
pub fn translation_file(
    tree: &SourceTree,
    parsed: &Parsed,
    path: &str,
    findings: &mut Findings,
) -> Option<TranslationFile> {
    match tree.texts.get(path) {
        Some(file) => parsed.value(*file, findings),
        None => Some(TranslationFile::empty()),
    }
}
