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

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, counted};
use crate::fact::Restated;
use crate::model::Report;
use crate::model::values::Date;

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
    /// Figures of the edition before that it restates, in the order of their places.
    pub restatements: Vec<Restatement>,
}

/// A figure of the edition before that is no longer what that published.
#[derive(Debug, Clone)]
pub struct Restatement {
    /// Where it is restated.
    pub at: Span,
    /// Its address, with `last`.
    pub address: String,
    /// As it was published; none of what was not published in this form.
    pub was: Option<String>,
    pub is: String,
    pub reason: String,
    /// Who says so, and when.
    pub by: String,
    pub date: Date,
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

/// Whether something has been looked at, from what is done to what is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Takes in another report of the same folder. What both have typed is one thing, which is due if it is for either.
    fn add(&mut self, other: Self) {
        self.items.extend(other.items);
        self.items.sort_by_key(|item| (item.at, item.kind, Reverse(item.state)));
        self.items.dedup_by_key(|item| (item.at, item.kind));
        self.restatements.extend(other.restatements);
        self.restatements.sort_by_key(|one| one.at);
        self.restatements.dedup_by_key(|one| one.at);
    }

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

/// How far the reports are that follow another and are asked for, one status for each folder.
pub fn statuses(subject: &Subject, is_asked: impl Fn(&Report) -> bool) -> Vec<EditionStatus> {
    let reports = subject.project.reports.iter().filter(|report| is_asked(report));
    of_folders(reports.filter_map(|report| Editions::of(subject, report)))
        .into_iter()
        .map(|(_, status)| status)
        .collect()
}

/// The status of each folder, with a report of it: those of a group share one, in which things are told once.
fn of_folders<'s, 'a: 's>(all: impl Iterator<Item = Editions<'s, 'a>>) -> Vec<(&'a Report, EditionStatus)> {
    let mut folders: Vec<(&Report, EditionStatus)> = Vec::new();
    for editions in all {
        let status = editions.status();
        match folders.iter_mut().find(|(_, known)| known.report == status.report) {
            Some((_, known)) => known.add(status),
            None => folders.push((editions.report, status)),
        }
    }
    folders
}

/// What the editions of a project have due: of a final one each file is an error, of a draft there is one warning.
pub fn findings(subject: &Subject) -> Findings {
    let mut findings = Findings::new();
    // What is published was looked at.
    let reports = || subject.project.reports.iter().filter(|report| !report.is_published);
    let all = || reports().filter_map(|report| Editions::of(subject, report));
    for editions in all() {
        let before = findings.len();
        findings.extend(comparatives::findings(&editions));
        editions.report.mark(&mut findings[before..]);
    }
    for (report, status) in of_folders(all()) {
        findings.extend(confirmed::faults(subject, report, &status));
        findings.extend(if status.is_draft { of_draft(report, &status) } else { of_final(&status) });
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
        EditionStatus { report, before, is_draft: self.report.is_draft(), items, restatements: self.restatements() }
    }

    fn restatements(&self) -> Vec<Restatement> {
        let facts = self.subject.facts;
        let one = |one: &Restated| Restatement {
            at: one.said.of.at,
            address: facts.relative(&self.report.id, one.restated),
            was: one.published.map(|published| facts.printed(&self.before.id, published)),
            is: facts.printed(&self.report.id, one.restated),
            reason: one.said.reason.value.clone(),
            by: one.said.by.value.clone(),
            date: one.said.date,
        };
        facts.restatements(&self.report.id).iter().map(one).collect()
    }
}
