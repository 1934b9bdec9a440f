//! States of reports: what a name means, and what the reports say there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Compare, Refusal};
use crate::build::Options;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, any_errors, sort};
use crate::fact::{facts, passages};
use crate::model::values::Date;
use crate::model::{Parsed, Project, Report, load_parsed};
use crate::source::{self, Repository, Revision, SourceTree, is_file, is_folder, slashes};
use crate::transcript::{self, Transcript};
use crate::view::{self, StateView};
use crate::wording::{Wording, Wordings};
use crate::yaml::Parse;

/// Where a state of reports is found.
pub enum Place {
    /// A report of the content.
    Report(String),
    Folder(PathBuf),
    /// One report of another content folder.
    ReportOfFolder(PathBuf, String),
    Record(PathBuf),
    Revision(Revision),
    /// The content as it is.
    Now,
}

/// What a report says, and the folder that it is made from.
pub struct Told {
    pub folder: String,
    /// The folder of the edition that it follows.
    pub follows: Option<String>,
    pub transcript: Transcript,
    /// The words of its language; none where a record is in one that is not built in.
    pub wording: Option<Arc<Wording>>,
}

/// What a state is known by.
#[derive(Clone)]
pub enum Known {
    Now,
    Folder(String),
    Report(String),
    Record(String),
    /// Its id in short, with its day and time.
    Revision(String, String, String),
}

impl Told {
    /// Whether a name given by hand means it: its id, or its folder's name for all reports of a group.
    pub fn is_meant_by(&self, name: &str) -> bool {
        self.folder == name || self.transcript.report == name
    }

    /// The id of the row that it is made for, where it is one of a group.
    pub fn row(&self) -> Option<&str> {
        self.transcript.report.strip_prefix(&self.folder)?.strip_prefix('-')
    }
}

/// Which reports of a content a state is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One, which is then compared whatever it is called.
    One,
    /// Those of a group, which are then compared by the rows that they are made for.
    Group,
    All,
}

/// A state of reports: what each says, which is shared by all that is compared with it.
#[derive(Clone)]
pub struct State {
    pub known: Known,
    pub reports: Vec<Arc<Told>>,
    /// Which reports it is of.
    pub scope: Scope,
}

impl Known {
    /// The state of a report as it is shown in a language.
    pub fn shown(&self, of: &Transcript, wording: &Wording) -> StateView {
        let (name, when) = match self {
            Self::Now => (wording.say("changes.content-now", &[]), String::new()),
            Self::Folder(path) => (wording.say("changes.content-in", &[("path", path)]), String::new()),
            Self::Report(name) => (wording.say("changes.report", &[("name", name)]), String::new()),
            Self::Record(path) => (wording.say("changes.record", &[("path", path)]), String::new()),
            Self::Revision(id, on, time) => {
                let on = day(on).map_or_else(|| on.clone(), |day| wording.day(day.year(), day.month(), day.day()));
                (wording.say("changes.revision", &[("id", id)]), wording.listed([&on, time]))
            }
        };
        StateView { name, when, digest: of.short_digest() }
    }
}

/// What was before: by its name, or by a time.
pub fn place_of_old(options: &Options, asked: &Compare) -> Result<Place, Refusal> {
    match (&asked.old, &asked.since) {
        (Some(name), _) => place(options, name),
        (None, Some(since)) => {
            let repository = repository(options)?;
            let revision = match day(since) {
                Some(day) => repository.before(&day.iso())?,
                None => repository.revision(since)?,
            };
            Ok(Place::Revision(revision))
        }
        (None, None) => Err(Refusal::from(Box::new(
            Diagnostic::error_nowhere(
                Code::NothingToCompare,
                "nothing is named that the content could be compared with",
            )
            .help("name a revision, an edition, a folder or a record: tally compare HEAD")
            .help("or a day: tally compare --since 2017-06-03"),
        ))),
    }
}

/// A day as people and programs write it.
fn day(text: &str) -> Option<Date> {
    Date::parse(text).ok().or_else(|| Date::of_words(text))
}

/// What a name means: a report of the content first, then what lies on the disk, then a revision.
pub fn place(options: &Options, name: &str) -> Result<Place, Refusal> {
    let path = Path::new(name);
    if is_folder(&options.content.join(name)) && is_file(&options.content.join(name).join("report.yaml")) {
        return Ok(Place::Report(name.to_owned()));
    }
    if is_file(&path.join("report.yaml")) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(Place::ReportOfFolder(folder.to_owned(), id));
    }
    if is_folder(path) {
        return Ok(Place::Folder(path.to_owned()));
    }
    if is_file(path) {
        return Ok(Place::Record(path.to_owned()));
    }
    let (tree, _) = source::read(&options.content);
    let unknown = |why: &Diagnostic| {
        let finding = Diagnostic::error_nowhere(
            Code::NothingToCompare,
            format!("`{name}` is no report of this content, no folder, no file and no revision: {}", why.message),
        );
        let finding = finding.did_you_mean(name, tree.reports());
        why.help.iter().fold(finding, |finding, help| finding.help(help.clone()))
    };
    let revision = repository(options).and_then(|repository| repository.revision(name));
    // The report of a row has no folder of its own.
    let is_of_group = |folder: &str| name.strip_prefix(folder).is_some_and(|row| row.starts_with('-'));
    match revision {
        Err(_) if tree.reports().any(is_of_group) => Ok(Place::Report(name.to_owned())),
        revision => revision.map(Place::Revision).map_err(|why| Refusal::from(Box::new(unknown(&why)))),
    }
}

/// The repository of the content, for who can name something else to compare with.
fn repository(options: &Options) -> Result<Repository, Box<Diagnostic>> {
    let or = "or compare with a content folder, a report of this content or a record of an edition";
    Repository::of(&options.content).map_err(|why| Box::new(why.help(or)))
}

/// Refuses content in which a merge has left two versions; a merge without such files is said.
pub fn merge_in_progress(options: &Options) -> Result<Option<String>, Refusal> {
    let Some(files) = Repository::of(&options.content)?.unmerged() else { return Ok(None) };
    if files.is_empty() {
        return Ok(Some(
            "a merge is going on: what is compared is the content as it lies in the folder, with what both sides have changed".to_owned(),
        ));
    }
    let message = format!("a merge is going on, and has left two versions in {}", files.join(", "));
    Err(Refusal::from(Box::new(
        Diagnostic::error_nowhere(Code::RevisionUnreadable, message)
            .help("choose in these files what is to stay, and finish the merge: then there is one state of now that can be compared"),
    )))
}

/// Reads a state.
pub fn read(options: &Options, place: &Place) -> Result<State, Refusal> {
    match place {
        Place::Now => of_folder(&options.content, None, Known::Now),
        Place::Folder(folder) => of_folder(folder, None, Known::Folder(slashes(folder))),
        Place::Report(id) => of_folder(&options.content, Some(id), Known::Report(id.clone())),
        Place::ReportOfFolder(folder, id) => of_folder(folder, Some(id), Known::Report(slashes(&folder.join(id)))),
        Place::Record(path) => {
            let (sources, file) = source::read_record(path)?;
            let text = sources.file(file).text.clone();
            let read = transcript::read_any(file, &text);
            let transcript = read.map_err(|fault| Refusal { findings: vec![*fault], sources })?;
            let tag = transcript.language();
            let (language, region) = tag.split_once('-').map_or((&*tag, None), |(one, region)| (one, Some(region)));
            let wording = Wordings::default().find(language, region).cloned();
            let told = Told { folder: transcript.report.clone(), follows: None, transcript, wording };
            Ok(State { known: Known::Record(slashes(path)), reports: vec![Arc::new(told)], scope: Scope::One })
        }
        Place::Revision(revision) => {
            let (tree, findings) = Repository::of(&options.content)?.read(revision);
            let known = Known::Revision(revision.short.clone(), revision.day.clone(), revision.time.clone());
            of_tree(tree, findings, None, known)
        }
    }
}

fn of_folder(folder: &Path, only: Option<&str>, known: Known) -> Result<State, Refusal> {
    let (tree, findings) = source::read(folder);
    of_tree(tree, findings, only, known)
}

/// What the reports of a content say; of one of them, or of all.
fn of_tree(tree: SourceTree, mut findings: Findings, only: Option<&str>, known: Known) -> Result<State, Refusal> {
    let project = match tree.reports().next() {
        Some(_) => load_parsed(&tree, &Parsed::read(&tree), &mut findings),
        None => None,
    };
    let reports = project.as_ref().map(|project| transcripts(project, &tree, only, &mut findings)).unwrap_or_default();
    if let (Some(name), Some(project), true) = (only, &project, reports.is_empty()) {
        let ids = project.reports.iter().map(|report| report.id.as_str());
        let finding = Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{name}`"));
        findings.push(finding.did_you_mean(name, ids));
    }
    if any_errors(&findings) || project.is_none() {
        findings.retain(|finding| finding.severity == Severity::Error);
        sort(&mut findings, &tree.sources);
        return Err(Refusal { findings, sources: tree.sources });
    }
    let scope = match (only, reports.len()) {
        (None, _) => Scope::All,
        (Some(_), 1) => Scope::One,
        (Some(_), _) => Scope::Group,
    };
    Ok(State { known, reports, scope })
}

/// What the reports of a project say. Findings say which figures and texts cannot be read.
fn transcripts(project: &Project, tree: &SourceTree, only: Option<&str>, findings: &mut Findings) -> Vec<Arc<Told>> {
    let facts = facts(project, &tree.sources, findings);
    let passages = passages(project, &facts, &tree.sources, findings);
    let wanted = project.reports.iter().filter(|report| only.is_none_or(|name| report.is_meant_by(name)));
    let told = |report: &Report| {
        Arc::new(Told {
            folder: report.folder.clone(),
            follows: report.head.follows.as_ref().map(|named| named.value.clone()),
            transcript: view::transcript(project, report, &facts, &passages, &tree.sources),
            wording: Some(Arc::clone(&report.manner.wording)),
        })
    };
    wanted.map(told).collect()
}
