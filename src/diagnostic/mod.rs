//! What can be wrong, as values: a finding with its code, its place and its help.
//!
//! In: faults that any floor meets. Out: text for a terminal ([`human`]) or for other programs ([`json`], [`sarif`], [`github`]).
//! Nothing is printed here; this is the lowest floor, so that every floor can speak in it.

mod codes;
mod gather;
mod github;
mod human;
mod invisible;
mod json;
mod places;
mod repeated;
mod sarif;
mod source_map;

pub use codes::Code;
pub use github::github;
pub use human::human;
pub use invisible::{Invisible, hidden, invisible, made_visible};
pub use json::json;
pub use places::Places;
pub use sarif::sarif;
pub use source_map::{FileId, SourceFile, SourceMap, Span, floor_char};

use std::path::PathBuf;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the report that it is in, or the whole build: nothing of it is written.
    Error,
    /// Worth a look; the build goes on.
    Warning,
}

impl Severity {
    /// The word that stands before the message.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One mistake, where it was made, in words that the author knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// What is wrong: small first letter, no full stop.
    pub message: String,
    /// Where; absent only where no text holds the mistake (an empty folder, a disk that failed).
    pub at: Option<Span>,
    /// How to mend it, a line each.
    pub help: Vec<String>,
    /// Another place that matters, and why.
    pub also: Option<(Span, String)>,
    /// The figures that it is about; only findings about figures can be acknowledged.
    pub about: Option<About>,
    /// The report of a group that it was found in; [`sort`] says so in its help.
    pub found_in: Option<InReport>,
    /// What mends it beyond doubt, all of it together; nothing where its author must choose.
    pub mends: Vec<Mend>,
    /// What may mend it, each in words: whether one of them does, its author says.
    pub choices: Vec<Choice>,
}

/// What somebody may choose to mend a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it does: "add `Ward 7` to the names".
    pub words: String,
    /// All of it together.
    pub mends: Vec<Mend>,
}

/// Letters of a text, and what is to stand in their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    pub at: Span,
    pub with: String,
}

/// A report of a group: the texts that its reports share are looked at once for each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct InReport {
    pub report: String,
    /// The place of its row, and how many reports the group has.
    pub place: usize,
    pub of: usize,
}

impl InReport {
    /// In every report of a group: for what is looked at once for all of them.
    pub const ALL: Self = Self { report: String::new(), place: 0, of: 1 };
}

/// What a finding about figures is about.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Address of the figure that is wrong, or of what it belongs to.
    pub address: String,
    /// All figures of the finding, as they are printed.
    pub figures: Vec<String>,
    /// Addresses of the figures, as far as they have one.
    pub facts: Vec<String>,
    /// The sentence that a figure of a text stands in: each is a finding of its own, however alike their figures are.
    pub sentence: Option<String>,
    /// How it is acknowledged, where it can be.
    pub offered: Option<Offered>,
}

/// The acknowledgement that a finding offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// The checks file, from the content folder.
    pub file: String,
    /// The address, as seen from that file.
    pub address: String,
    /// The fields of the acknowledgement, but for who acknowledges it, when and why.
    pub lines: Vec<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, at: Span, message: impl Into<String>) -> Self {
        Self { at: Some(at), ..Self::error_nowhere(code, message) }
    }

    /// An error that no text holds.
    pub fn error_nowhere(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            at: None,
            help: Vec::new(),
            also: None,
            about: None,
            found_in: None,
            mends: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, at: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, at, message) }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Says what is to stand in the place of some letters, beyond doubt.
    pub fn mend(mut self, at: Span, with: impl Into<String>) -> Self {
        self.mends.push(Mend { at, with: with.into() });
        self
    }

    /// Says what may mend it, for its author to choose.
    pub fn choice(mut self, words: impl Into<String>, mends: Vec<Mend>) -> Self {
        self.choices.push(Choice { words: words.into(), mends });
        self
    }

    pub fn about(mut self, address: impl Into<String>, figures: Vec<String>) -> Self {
        self.about = Some(About { address: address.into(), figures, facts: Vec::new(), sentence: None, offered: None });
        self
    }

    /// Names the sentence that its figure stands in.
    pub fn in_sentence(mut self, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        self.about.iter_mut().for_each(|about| about.sentence = Some(sentence.clone()));
        self
    }

    /// Says that it was found for all reports of a group at once.
    pub fn in_all_reports(mut self) -> Self {
        self.found_in = Some(InReport::ALL);
        self
    }

    /// Names the figures that it is about by their addresses.
    pub fn about_facts(mut self, facts: Vec<String>) -> Self {
        self.about.iter_mut().for_each(|about| about.facts = facts.clone());
        self
    }

    pub fn also(mut self, at: Span, why: impl Into<String>) -> Self {
        self.also = Some((at, why.into()));
        self
    }

    /// Adds "did you mean" where one of the `known` names is near to what was `written`.
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// All findings so far. Reading goes on after a fault, so that every fault is reported at once.
pub type Findings = Vec<Diagnostic>;

/// Puts findings into their fixed order (file, place, code) and drops repetitions. What was found in several reports
/// of a group at one place is said once, or for the first of them, and an address that leads nowhere once.
pub fn sort(findings: &mut Findings, sources: &SourceMap) {
    findings.sort_by_cached_key(|one| {
        // By its path: which number a text has depends on which report was the first to add one.
        let at = one.at.map(|at| (PathBuf::from(&sources.file(at.file).path), at.start, at.end));
        let place = one.found_in.as_ref().map(|report| report.place);
        (at, one.code.name(), one.severity, one.message.clone(), place)
    });
    findings.dedup();
    // What a reader tells of a character that cannot be seen was told of the file, too.
    findings.dedup_by(|next, one| {
        next.code == Code::InvisibleCharacter && (one.code, one.at, &one.message) == (next.code, next.at, &next.message)
    });
    gather::gather(findings);
    repeated::gather(findings, sources);
}

/// Whether any finding stops a build.
pub fn any_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// "1 file", "2 files".
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The name that is nearest to what was written, if one is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        // Names of another length cannot be near, and are not measured.
        .filter(|name| name.len().abs_diff(written.len()) <= 1 + name.len().min(written.len()) / 4)
        .map(|name| (strsim::damerau_levenshtein(&written.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(written.len()) / 4)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("tilte", ["title", "subtitle"]), Some("title"));
        assert_eq!(nearest("Quality", ["quality", "service-delivery"]), Some("quality"));
        assert_eq!(nearest("budget", ["title", "subtitle"]), None);
    }

    #[test]
    fn findings_have_one_order_whichever_text_was_added_first() {
        let told = |paths: [&str; 3]| {
            let sources = SourceMap::default();
            let finding =
                |path: &str| Diagnostic::error(Code::TemplateFailed, sources.place(path, path, 0..1), "failed");
            let mut findings: Findings = paths.into_iter().map(finding).collect();
            sort(&mut findings, &sources);
            findings.iter().map(|finding| human(finding, &sources, false)).collect::<Vec<_>>()
        };
        let paths = ["content/a/report.yaml", "report.typ", "templates/html/part.html"];
        assert_eq!(told(paths), told([paths[2], paths[0], paths[1]]));
    }
}
