//! Compares editions, or the content with what it was: finds out what two names mean, and reads both.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Options;
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, any_errors, sort};
use crate::fact::{facts, passages};
use crate::model::values::Date;
use crate::model::{Parsed, Project, load_parsed};
use crate::source::{self, Repository, Revision, SourceTree, is_file, is_folder, slashes};
use crate::transcript::{self, Transcript};
use crate::view::{self, ComparisonView, StateView};
use crate::yaml::Parse;

/// What is to be compared.
#[derive(Debug, Clone, Default)]
pub struct Compare {
    /// A report of the content, a content folder, a record of an edition or a revision.
    pub old: Option<String>,
    /// The same; without it the content as it is.
    pub new: Option<String>,
    /// A day, a tag or another revision, in the place of what was before.
    pub since: Option<String>,
}

/// What was compared.
pub struct Compared {
    /// A comparison for each report that both states have, in the order of their ids.
    pub reports: Vec<ComparisonView>,
    /// What has to be known about them, such as reports that only one state has.
    pub notes: Vec<String>,
}

/// Why nothing was compared: findings, and the texts that they point into.
pub struct Refusal {
    pub findings: Findings,
    pub sources: Arc<SourceMap>,
}

impl From<Box<Diagnostic>> for Refusal {
    fn from(fault: Box<Diagnostic>) -> Self {
        Self { findings: vec![*fault], sources: Arc::default() }
    }
}

/// Where a state of reports is found.
enum Place {
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

/// A state of reports: what each says.
struct State {
    shown: StateView,
    reports: Vec<Transcript>,
    /// Whether it is of one report, which is then compared whatever it is called.
    is_one: bool,
}

/// Compares two states of the reports.
pub fn compare(options: &Options, asked: &Compare) -> Result<Compared, Refusal> {
    let mut notes = Vec::new();
    let old = place_of_old(options, asked)?;
    let new = match &asked.new {
        Some(name) => place(options, name)?,
        None => Place::Now,
    };
    if matches!(new, Place::Now) && matches!(old, Place::Revision(_)) {
        notes.extend(merge_in_progress(options)?);
    }
    let needs_name = matches!(old, Place::Report(_)) && matches!(new, Place::Now);
    let old = read(options, &old)?;
    let new = read(options, &new)?;
    if needs_name {
        let named = old.reports.first().map(|one| one.report.clone()).unwrap_or_default();
        let others: Vec<&str> = new.reports.iter().map(|one| one.report.as_str()).filter(|id| *id != named).collect();
        let example = others.first().copied().unwrap_or("next-year");
        return Err(Refusal::from(Box::new(
            Diagnostic::error_nowhere(
                Code::NothingToCompare,
                format!("{named} is a report as it is now, and needs another one to be compared with"),
            )
            .help(format!("name the edition that came after it: tally compare {named} {example}"))
            .help(format!("to see what changed in it, name a revision: tally compare HEAD --report {named}")),
        )));
    }
    let pairs = pairs(options, old, new, &mut notes)?;
    let reports = pairs.iter().map(|(old, new, before, now)| {
        view::comparison(&crate::compare::compare(old, new), before.clone(), now.clone())
    });
    Ok(Compared { reports: reports.collect(), notes })
}

/// Two transcripts of a report, with the states that they are of.
type Pair = (Transcript, Transcript, StateView, StateView);

/// Which report of one state is which of the other: the same one, or the only one.
fn pairs(options: &Options, old: State, new: State, notes: &mut Vec<String>) -> Result<Vec<Pair>, Refusal> {
    let wanted = |id: &str| {
        options.reports.is_empty()
            || options.reports.iter().any(|name| name == id || id.starts_with(&format!("{name}/")))
    };
    let (before, now) = (old.shown, new.shown);
    let with_digest =
        |shown: &StateView, transcript: &Transcript| StateView { digest: transcript.short_digest(), ..shown.clone() };
    let pair = |one: Transcript, other: Transcript| {
        let shown = (with_digest(&before, &one), with_digest(&now, &other));
        (one, other, shown.0, shown.1)
    };
    let news: Vec<Transcript> = new.reports.into_iter().filter(|one| wanted(&one.report) || new.is_one).collect();
    let known = news.iter().map(|one| one.report.clone()).chain(old.reports.iter().map(|one| one.report.clone()));
    let known: Vec<String> = known.collect();
    let unknown = options
        .reports
        .iter()
        .filter(|name| !known.iter().any(|id| id == *name || id.starts_with(&format!("{name}/"))));
    let unknown: Findings = unknown
        .map(|name| {
            Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{name}`"))
                .did_you_mean(name, known.iter().map(String::as_str))
        })
        .collect();
    if !unknown.is_empty() {
        return Err(Refusal { findings: unknown, sources: Arc::default() });
    }
    // A report that was named is compared with the other one, whatever each is called.
    if old.is_one && new.is_one {
        return Ok(old.reports.into_iter().zip(news).map(|(one, other)| pair(one, other)).collect());
    }
    let mut olds: Vec<Transcript> = old.reports;
    if old.is_one
        && let [named] = &options.reports[..]
    {
        return Ok(olds
            .into_iter()
            .zip(news.into_iter().filter(|one| one.report == *named))
            .map(|(one, other)| pair(one, other))
            .collect());
    }
    olds.retain(|one| wanted(&one.report) || old.is_one);
    if new.is_one
        && let ([only], [named]) = (&news[..], &options.reports[..])
        && only.report != *named
    {
        return Ok(olds
            .into_iter()
            .filter(|one| one.report == *named)
            .zip(news.clone())
            .map(|(one, other)| pair(one, other))
            .collect());
    }
    let mut pairs = Vec::new();
    for new in news {
        match olds.iter().position(|one| one.report == new.report) {
            Some(place) => pairs.push(pair(olds.remove(place), new)),
            None if !old.is_one => {
                notes.push(format!("{} is new: there was no report of that name before", new.report))
            }
            None => {}
        }
    }
    for gone in &olds {
        notes.push(match new.is_one {
            true => continue,
            false => format!("{} is gone: there is no report of that name now", gone.report),
        });
    }
    if pairs.is_empty() {
        let message = "the two states have no report in common".to_owned();
        let finding = Diagnostic::error_nowhere(Code::NothingToCompare, message);
        let finding = finding.help(
            "to compare reports of different names, name both: tally compare content/last-year content/this-year",
        );
        return Err(Refusal::from(Box::new(notes.iter().fold(finding, |finding, note| finding.help(note.clone())))));
    }
    Ok(pairs)
}

/// What was before: by its name, or by a time.
fn place_of_old(options: &Options, asked: &Compare) -> Result<Place, Refusal> {
    match (&asked.old, &asked.since) {
        (Some(name), _) => place(options, name),
        (None, Some(since)) => {
            let repository = Repository::of(&options.content)?;
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
fn place(options: &Options, name: &str) -> Result<Place, Refusal> {
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
    let unknown = |why: &Diagnostic| {
        let (tree, _) = source::read(&options.content);
        let finding = Diagnostic::error_nowhere(
            Code::NothingToCompare,
            format!("`{name}` is no report of this content, no folder, no file and no revision: {}", why.message),
        );
        let finding = finding.did_you_mean(name, tree.reports());
        why.help.iter().fold(finding, |finding, help| finding.help(help.clone()))
    };
    let revision = Repository::of(&options.content).and_then(|repository| repository.revision(name));
    revision.map(Place::Revision).map_err(|why| Refusal::from(Box::new(unknown(&why))))
}

/// Refuses content in which a merge has left two versions; a merge without such files is said.
fn merge_in_progress(options: &Options) -> Result<Option<String>, Refusal> {
    let Some(files) = Repository::of(&options.content)?.unmerged() else { return Ok(None) };
    if files.is_empty() {
        return Ok(Some(
            "a merge is going on: what is compared is the content as it lies in the folder, with what both sides have changed".to_owned(),
        ));
    }
    let message = format!("a merge is going on, and has left two versions in {}", files.join(", "));
    Err(Refusal::from(Box::new(
        Diagnostic::error_nowhere(Code::RevisionUnreadable, message)
            .help("choose in these files what is to stay, and finish the merge: then there is one state of now that can be compared")
            .help("two revisions can be compared meanwhile: tally compare HEAD~1 HEAD"),
    )))
}

/// Reads a state.
fn read(options: &Options, place: &Place) -> Result<State, Refusal> {
    let named = |name: String, when: String| StateView { name, when, digest: String::new() };
    match place {
        Place::Now => of_folder(&options.content, None, named("The content as it is".to_owned(), String::new())),
        Place::Folder(folder) => {
            of_folder(folder, None, named(format!("The content in {}", slashes(folder)), String::new()))
        }
        Place::Report(id) => of_folder(&options.content, Some(id), named(format!("The report {id}"), String::new())),
        Place::ReportOfFolder(folder, id) => {
            of_folder(folder, Some(id), named(format!("The report {}", slashes(&folder.join(id))), String::new()))
        }
        Place::Record(path) => {
            let (sources, file) = source::read_record(path)?;
            let text = sources.file(file).text.clone();
            let read = transcript::read_any(file, &text);
            let transcript = read.map_err(|fault| Refusal { findings: vec![*fault], sources })?;
            let shown = named(format!("The record {}", slashes(path)), String::new());
            Ok(State { shown, reports: vec![transcript], is_one: true })
        }
        Place::Revision(revision) => {
            let (tree, findings) = Repository::of(&options.content)?.read(revision);
            let when = day(&revision.day).map_or_else(|| revision.day.clone(), |day| day.to_string());
            let shown = named(format!("Revision {}", revision.short), format!("{when}, {}", revision.time));
            of_tree(tree, findings, None, shown)
        }
    }
}

fn of_folder(folder: &Path, only: Option<&str>, shown: StateView) -> Result<State, Refusal> {
    let (tree, findings) = source::read(folder);
    of_tree(tree, findings, only, shown)
}

/// What the reports of a content say; of one of them, or of all.
fn of_tree(tree: SourceTree, mut findings: Findings, only: Option<&str>, shown: StateView) -> Result<State, Refusal> {
    let project = match tree.reports().next() {
        Some(_) => load_parsed(&tree, &Parsed::read(&tree), &mut findings),
        None => None,
    };
    let reports = project.as_ref().map(|project| transcripts(project, &tree, only, &mut findings)).unwrap_or_default();
    if any_errors(&findings) || project.is_none() {
        findings.retain(|finding| finding.severity == crate::diagnostic::Severity::Error);
        sort(&mut findings, &tree.sources);
        return Err(Refusal { findings, sources: tree.sources });
    }
    let is_one = only.is_some() && reports.len() == 1;
    Ok(State { shown, reports, is_one })
}

/// What the reports of a project say. Findings say which figures and texts cannot be read.
fn transcripts(project: &Project, tree: &SourceTree, only: Option<&str>, findings: &mut Findings) -> Vec<Transcript> {
    let facts = facts(project, &tree.sources, findings);
    let passages = passages(project, &facts, &tree.sources, findings);
    let wanted = project.reports.iter().filter(|report| only.is_none_or(|name| report.is_meant_by(name)));
    wanted.map(|report| view::transcript(project, report, &facts, &passages, &tree.sources)).collect()
}
