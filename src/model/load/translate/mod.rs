//! Says a report in a further language: the same sections, parts and figures, with other texts.
//!
//! `walk` goes over every text that is printed; `shared` has what the reports share. A text is looked for in the translation beside the report, then in the
//! one beside `organisation.yaml`, by what it was when it was translated. Addresses of figures were made of the texts in
//! the first language before, so that they are the same in all.

mod shared;
mod walk;

pub use shared::{SharedTranslations, translation_file};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Severity, Span, nearest};
use crate::model::values::Language;
use crate::model::{
    Data, FactFile, Organisation, Part, ReportHead, Section, Source, Statements, TranslatedProse, TranslatedText,
    TranslationFile, Untranslated, digest_of_prose, translated_name,
};
use crate::source::SourceTree;
use crate::yaml::{At, Text};
use walk::Says;

/// Markdown files of a report in a further language.
#[derive(Default)]
pub struct Proses {
    /// The file in the first language, and its translation.
    pub translated: Vec<(Text, FileId, FileId)>,
    /// Those that have none.
    pub missing: Vec<(Text, FileId)>,
}

/// Says the texts of one report.
pub struct Translator<'a> {
    language: &'a Language,
    folder: &'a str,
    /// A draft may lack translations; they are told all the same.
    severity: Severity,
    own: &'a TranslationFile,
    shared: &'a TranslationFile,
    used: BTreeSet<Span>,
    /// Texts without a translation, each once.
    missing: BTreeMap<String, Span>,
    /// Where all of them stand.
    untranslated: BTreeSet<Span>,
    /// Data files by their names, so that what several parts show is one.
    data: BTreeMap<String, Data>,
}

impl<'a> Translator<'a> {
    /// `own` is the translation beside the report, `shared` the one beside `organisation.yaml`.
    pub fn new(
        language: &'a Language,
        folder: &'a str,
        is_draft: bool,
        own: &'a TranslationFile,
        shared: &'a TranslationFile,
    ) -> Self {
        let severity = if is_draft { Severity::Warning } else { Severity::Error };
        let (used, missing, untranslated, data) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { language, folder, severity, own, shared, used, missing, untranslated, data }
    }

    /// What the report says of itself.
    pub fn of_head(&mut self, head: &ReportHead) -> ReportHead {
        let mut head = head.clone();
        head.language.value = self.language.clone();
        self.head(&mut head);
        head
    }

    pub fn of_organisation(&mut self, organisation: &Organisation) -> Arc<Organisation> {
        let mut organisation = organisation.clone();
        self.organisation(&mut organisation);
        Arc::new(organisation)
    }

    /// What is said of figures; sources that all reports share become the report's own, with their titles.
    pub fn of_statements(&mut self, statements: &Statements, shared: &Statements) -> Arc<Statements> {
        let mut facts = statements.facts.clone();
        let sources = shared.facts.iter().flat_map(|file| file.sources.iter().flatten());
        for source in sources {
            add_source(&mut facts, source);
        }
        facts.iter_mut().for_each(|file| self.facts(file));
        let Statements { checks, imports, taken, whole, .. } = statements.clone();
        Arc::new(Statements { facts, checks, imports, taken, whole })
    }

    /// Every text of the sections, and of the data that they show.
    pub fn sections(&mut self, sections: &mut [Section]) {
        for section in sections {
            self.section(section);
            section.parts.iter_mut().for_each(|part| self.data_of(part));
        }
    }

    fn data_of(&mut self, part: &mut Part) {
        let (stem, data) = match part {
            Part::Data { stem, data } => (stem.clone(), data),
            Part::Chart(chart) => (chart.stem.clone(), &mut chart.data),
            Part::Prose(_)
            | Part::Signatory(_)
            | Part::KeyFigures(_)
            | Part::PullOut(_)
            | Part::CaseStudy(..)
            | Part::Quotation(_)
            | Part::Glossary(_)
            | Part::ListOf(_)
            | Part::Figure(_)
            | Part::Contacts => return,
        };
        let show = data.show();
        let said = match self.data.get(&stem).and_then(|known| known.clone().shown(show)) {
            Some(known) => known,
            None => {
                let mut said = data.clone();
                Says::data(self, &mut said);
                self.data.insert(stem, said.clone());
                said
            }
        };
        *data = said;
    }

    /// The texts that stand in the first language still.
    pub fn untranslated(&self, first: &Language, proses: &Proses) -> Untranslated {
        let files = proses.missing.iter().map(|(_, file)| *file).collect();
        Untranslated { language: first.tag(), texts: self.untranslated.clone(), files }
    }

    /// Whether something is translated that no text says any more, or not as it was; and what has no translation.
    /// Gives back the places of what was used of the translation that all reports share.
    pub fn close(mut self, proses: &Proses, tree: &SourceTree, findings: &mut Findings) -> BTreeSet<Span> {
        self.tell_missing(findings);
        proses.missing.iter().for_each(|(name, _)| findings.push(self.no_prose(name)));
        proses.translated.iter().for_each(|prose| findings.extend(self.prose(prose, tree)));
        findings.extend(unused(self.own, &self.used));
        let names: BTreeSet<&str> = proses.translated.iter().map(|(name, ..)| name.value.as_str()).collect();
        let gone = self.own.prose.iter().flatten().filter(|one| !names.contains(one.file.value.as_str()));
        findings.extend(gone.map(|one| {
            let message = format!("{} is no running text of this report that is translated", one.file.value);
            Diagnostic::warning(Code::TranslationUnused, one.file.at, message)
                .help("remove the entry, or mend the name")
        }));
        self.used
    }

    /// Texts without a translation. What is near to one that no text says any more has changed since it was translated.
    fn tell_missing(&mut self, findings: &mut Findings) {
        let file = self.file();
        for (text, at) in std::mem::take(&mut self.missing) {
            let own = self.own.texts.iter().chain(&self.shared.texts).flatten();
            let left: Vec<&TranslatedText> = own.filter(|one| !self.used.contains(&one.at)).collect();
            let pair = left.iter().find(|one| was(&one.text.value, &text));
            let tag = self.language.tag();
            findings.push(match pair {
                Some(pair) => {
                    self.used.insert(pair.at);
                    let message = format!("this text has changed since it was translated into `{tag}`");
                    self.finding(Code::TranslationOutdated, at, message)
                        .also(pair.text.at, "the text as it was then")
                        .help("see whether `says` still says the same, and write the text into `text` as it is now")
                }
                None => self
                    .finding(Code::TranslationMissing, at, format!("this text has no translation into `{tag}`"))
                    .help(format!("write it into {file}, under `texts`: - {}", entry(&text)))
                    .help("where both languages say the same, such as a name, list it under `same`"),
            });
        }
    }

    fn no_prose(&self, name: &Text) -> Diagnostic {
        let tag = self.language.tag();
        let translated = translated_name(&name.value, self.language);
        self.finding(Code::TranslationMissing, name.at, format!("{} has no translation into `{tag}`", name.value))
            .help(format!("put it beside the file, as {translated}"))
    }

    /// Whether a Markdown file is as it was when it was translated.
    fn prose(&self, (name, original, translated): &(Text, FileId, FileId), tree: &SourceTree) -> Option<Diagnostic> {
        let digest = digest_of_prose(&tree.sources.file(*original).text);
        let said = self.own.prose.iter().flatten().find(|one| one.file.value == name.value);
        let write = format!("- {{file: {}, digest: {digest}}}", name.value);
        match said {
            Some(TranslatedProse { digest: said, .. }) if said.value == digest => None,
            Some(TranslatedProse { digest: said, .. }) => {
                let message = format!("{} has changed since it was translated", name.value);
                let finding = self.finding(Code::TranslationOutdated, said.at, message);
                let finding = finding.also(Span::new(*translated, 0..0), "its translation");
                Some(finding.help(format!("bring the translation up to date, then write `digest: {digest}`")))
            }
            None => {
                let message = format!("it is not said which state of {} this translates", name.value);
                let finding = self.finding(Code::TranslationOutdated, Span::new(*translated, 0..0), message);
                Some(finding.help(format!("compare the two, then write into {}, under `prose`: {write}", self.file(),)))
            }
        }
    }

    /// The file that translations of this report are written into.
    fn file(&self) -> String {
        format!("{}/{}", self.folder, TranslationFile::name(self.language))
    }

    fn finding(&self, code: Code, at: Span, message: String) -> Diagnostic {
        Diagnostic { severity: self.severity, ..Diagnostic::error(code, at, message) }
    }

    /// What a text is in this language; none where it is the same, or where there is no translation.
    fn said(&mut self, text: &str) -> Said {
        for file in [self.own, self.shared] {
            if let Some(pair) = file.texts.iter().flatten().find(|one| one.text.value == text) {
                self.used.insert(pair.at);
                return Said::Otherwise(pair.says.clone());
            }
            if let Some(same) = file.same.iter().flatten().find(|one| one.value == text) {
                self.used.insert(same.at);
                return Said::Same;
            }
        }
        Said::Nowhere
    }
}

/// How a text is said in another language.
enum Said {
    Otherwise(Text),
    Same,
    Nowhere,
}

impl Says for Translator<'_> {
    fn text(&mut self, text: &mut Text) {
        if !has_words(&text.value) {
            return;
        }
        match self.said(&text.value) {
            Said::Otherwise(says) => *text = says,
            Said::Same => {}
            Said::Nowhere => {
                self.untranslated.insert(text.at);
                let first = self.missing.entry(text.value.clone()).or_insert(text.at);
                *first = (*first).min(text.at);
            }
        }
    }

    fn beside(&mut self, text: &mut Text) {
        if let Said::Otherwise(says) = self.said(&text.value) {
            *text = says;
        }
    }
}

/// Whether a text was probably this one before: nearly its letters, or more than half of the words of both.
fn was(former: &str, now: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (before, after) = (words(former), words(now));
    let shared = before.intersection(&after).count();
    nearest(now, [former]).is_some() || shared * 2 > before.len().max(after.len())
}

/// Whether a text has words of its own, besides figures that are bound in it.
fn has_words(text: &str) -> bool {
    let mut rest = text;
    loop {
        let (before, behind) = rest.split_once("{{").unwrap_or((rest, ""));
        if before.chars().any(char::is_alphabetic) {
            return true;
        }
        match behind.split_once("}}") {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
}

/// What is translated and said by no text any more.
pub fn unused(file: &TranslationFile, used: &BTreeSet<Span>) -> Findings {
    let texts = file.texts.iter().flatten().map(|one| (one.at, one.text.at));
    let same = file.same.iter().flatten().map(|one| (one.at, one.at));
    let gone = texts.chain(same).filter(|(at, _)| !used.contains(at));
    gone.map(|(_, at)| {
        Diagnostic::warning(Code::TranslationUnused, at, "no text says this any more")
            .help("remove the entry, or write into it what the text is now")
    })
    .collect()
}

/// An entry that a translator fills in.
fn entry(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("{{text: \"{text}\", says: \"…\"}}")
}

fn add_source(facts: &mut Option<FactFile>, source: &Source) {
    let file = facts.get_or_insert_with(|| FactFile { at: source.at, sources: None, facts: None, restated: None });
    let sources = file.sources.get_or_insert_default();
    if !sources.iter().any(|one| one.id.value == source.id.value) {
        sources.push(source.clone());
    }
}

/// The languages that a report is said in besides its first: each once, and not that one.
pub fn further<'h>(head: &'h ReportHead, findings: &mut Findings) -> Vec<&'h At<Language>> {
    let mut languages: Vec<&At<Language>> = Vec::new();
    for language in head.also_in.iter().flatten() {
        let known = [&head.language].into_iter().chain(languages.iter().copied());
        match known.into_iter().find(|one| one.value == language.value) {
            Some(first) => findings.push(
                Diagnostic::error(Code::DuplicateId, language.at, format!("`{}` is named twice", language.value.tag()))
                    .also(first.at, "first named here")
                    .help("`also-in` lists the languages that the report is translated into"),
            ),
            None => languages.push(language),
        }
    }
    languages
}
