//! What of an edition is still as in the edition before: the list of what is due before it is final.
//!
//! In: the project, its facts and texts. Out: for each report that follows another an [`EditionStatus`]: every figure,
//! sentence and statement that its author types, file by file, and whether it is new, confirmed, or due; and the
//! findings of it. A copy of last year's folder has no fault that any other rule could see: each figure adds up, and
//! every sentence was true once.

mod carried;
mod comparatives;
mod confirmed;
mod figures;
mod sentences;

use std::collections::BTreeMap;

use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, counted};
use crate::model::Report;

/// How far an edition is.
#[derive(Debug, Default)]
pub struct EditionStatus {
    /// The report's folder.
    pub report: String,
    /// The folder of the edition before it.
    pub before: String,
    pub is_draft: bool,
    /// Everything that is typed, in the order of files and places.
    pub items: Vec<Item>,
}

/// Something that an author types.
#[derive(Debug, Clone)]
pub struct Item {
    pub kind: ItemKind,
    pub at: Span,
    /// The address of a figure.
    pub address: Option<String>,
    /// As it is printed or typed.
    pub says: String,
    pub state: State,
}

/// What an author types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    Figure,
    Sentence,
    Statement,
    AlternativeText,
    /// The time that a single fact is about.
    Period,
    /// A year in a heading or a name.
    Year,
    Acknowledgement,
    ControlTotal,
}

/// Whether something has been looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is not what the edition before says.
    New,
    /// It is as in the edition before, and somebody said that it still holds.
    Confirmed,
    /// It is as in the edition before.
    Due,
}

/// Of one file how many things are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    pub confirmed: usize,
    pub due: usize,
}

impl ItemKind {
    /// What one of them is called, and several.
    pub fn called(self, count: usize) -> &'static str {
        let (one, several) = match self {
            Self::Figure => ("figure", "figures"),
            Self::Sentence => ("sentence", "sentences"),
            Self::Statement => ("statement", "statements"),
            Self::AlternativeText => ("alternative text", "alternative texts"),
            Self::Period => ("period of a fact", "periods of facts"),
            Self::Year => ("year in a name", "years in names"),
            Self::Acknowledgement => ("acknowledgement", "acknowledgements"),
            Self::ControlTotal => ("control total", "control totals"),
        };
        if count == 1 { one } else { several }
    }
}

impl Counts {
    fn of<'i>(items: impl IntoIterator<Item = &'i Item>) -> Self {
        let mut counts = Self::default();
        for item in items {
            match item.state {
                State::New => counts.new += 1,
                State::Confirmed => counts.confirmed += 1,
                State::Due => counts.due += 1,
            }
        }
        counts
    }
}

impl EditionStatus {
    /// All that is due.
    pub fn due(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.state == State::Due)
    }

    /// The counts of each file, in the order of the files.
    pub fn by_file(&self) -> BTreeMap<FileId, Counts> {
        let files = self.items.chunk_by(|one, next| one.at.file == next.at.file);
        files.map(|items| (items[0].at.file, Counts::of(items))).collect()
    }

    /// The counts of all files.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.items)
    }

    /// "12 figures, 3 sentences and 1 control total".
    pub fn due_in_words(&self) -> String {
        let mut by_kind: BTreeMap<ItemKind, usize> = BTreeMap::new();
        self.due().for_each(|item| *by_kind.entry(item.kind).or_default() += 1);
        let parts: Vec<String> =
            by_kind.iter().map(|(kind, count)| format!("{count} {}", kind.called(*count))).collect();
        match &parts[..] {
            [] => "nothing".to_owned(),
            [one] => one.clone(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
        }
    }
}

/// How far a report is; none where it follows no other.
pub fn status(subject: &Subject, report: &Report) -> Option<EditionStatus> {
    Editions::of(subject, report).map(|editions| editions.status())
}

/// What the editions of a project have due: of a final one each file is an error, of a draft there is one warning.
pub fn findings(subject: &Subject) -> Findings {
    let mut findings = Findings::new();
    // What is published was looked at.
    for report in subject.project.reports.iter().filter(|report| !report.is_published) {
        let Some(editions) = Editions::of(subject, report) else { continue };
        let status = editions.status();
        let before = findings.len();
        findings.extend(comparatives::findings(&editions));
        findings.extend(confirmed::faults(subject, report, &status));
        findings.extend(if status.is_draft { of_draft(report, &status) } else { of_final(&status) });
        report.mark(&mut findings[before..]);
    }
    findings
}

fn of_draft(report: &Report, status: &EditionStatus) -> Findings {
    let Some(follows) = report.head.follows.as_ref().filter(|_| status.due().next().is_some()) else {
        return Findings::new();
    };
    let are = if status.due().count() == 1 { "is" } else { "are" };
    let message = format!("{} of this draft {are} still as in {}", status.due_in_words(), status.before);
    vec![
        Diagnostic::warning(Code::AsLastYear, follows.at, message)
            .help(format!("`tally status {}` lists them file by file", status.report)),
    ]
}

fn of_final(status: &EditionStatus) -> Findings {
    let due: Vec<&Item> = status.due().collect();
    let files = due.chunk_by(|one, next| one.at.file == next.at.file);
    files
        .map(|items| {
            let first = items[0];
            let of = match items.len() {
                1 => "is".to_owned(),
                more => format!("and {} more in this file are", counted(more - 1, "thing", "things")),
            };
            let message = format!("this {} {of} still as in {}", first.kind.called(1), status.before);
            Diagnostic::error(Code::AsLastYear, first.at, message).help(format!(
                "`tally status {}` lists all of them; change them, or confirm in its checks.yaml what still holds",
                status.report
            ))
        })
        .collect()
}

/// A report and the edition that it follows.
struct Editions<'s, 'a> {
    subject: &'s Subject<'a>,
    report: &'a Report,
    before: &'a Report,
}

impl<'s, 'a> Editions<'s, 'a> {
    fn of(subject: &'s Subject<'a>, report: &'a Report) -> Option<Self> {
        let before = subject.project.edition_before(report)?;
        Some(Self { subject, report, before })
    }

    fn status(&self) -> EditionStatus {
        let mut items = figures::items(self);
        items.extend(sentences::items(self));
        items.extend(carried::items(self));
        items.sort_by_key(|item| (item.at, item.kind));
        // Reports of a group share texts, and a text that several parts show is one.
        items.dedup_by(|next, one| (next.at, next.kind) == (one.at, one.kind));
        confirmed::apply(self, &mut items);
        // Reports of a group have one folder, of which things are told once.
        let (report, before) = (self.report.folder.clone(), self.before.folder.clone());
        EditionStatus { report, before, is_draft: self.report.is_draft(), items }
    }
}
