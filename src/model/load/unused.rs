//! Files that nothing names are as good as lost; each is told.

use std::collections::{BTreeMap, BTreeSet};

use super::organisation;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, Span};
use crate::model::{Group, Statements, TAKEN};
use crate::source::SourceTree;
use crate::transcript::RECORD;

/// Of more files than these the first are told.
const MOST_TOLD: usize = 5;

/// Files that belong to no report: a report.yaml that is misspelt would otherwise drop the whole report in silence.
/// `named` are the files that `organisation.yaml` names; while it cannot be read, any file beside it may be one.
/// `translations` are those of what all reports share, into the languages of the reports.
pub fn report_strays(
    tree: &SourceTree,
    named: Option<&BTreeSet<String>>,
    translations: &BTreeSet<String>,
    findings: &mut Findings,
) {
    let reports: BTreeSet<&str> = tree.reports().collect();
    let paths = tree.texts.keys().chain(tree.blobs.keys());
    let is_named = |path: &str| named.map_or(!path.contains('/'), |named| named.contains(path));
    let is_translation = |path: &str| translations.contains(path);
    let shared = |path: &str| {
        path == organisation::FILE || Statements::FILES.contains(&path) || is_named(path) || is_translation(path)
    };
    let is_of_a_report = |path: &str| path.split_once('/').is_some_and(|(folder, _)| reports.contains(folder));
    let strays = paths.filter(|path| !shared(path) && !is_of_a_report(path)).map(|path| {
        unused(tree, path, format!("{path} belongs to no report"))
            .help("a report is a folder beside organisation.yaml with a file named report.yaml")
    });
    tell(strays.collect(), findings);
}

/// Tells of the first, and how many more there are: what was left in a folder must not bury what is wrong.
fn tell(mut unused: Findings, findings: &mut Findings) {
    let more = unused.len().saturating_sub(MOST_TOLD);
    unused.truncate(MOST_TOLD);
    if let Some(last) = unused.pop() {
        let counted = |last: Diagnostic| last.help(format!("{more} more files beside it are not used either"));
        unused.push(if more > 0 { counted(last) } else { last });
    }
    findings.append(&mut unused);
}

fn unused(tree: &SourceTree, path: &str, message: String) -> Diagnostic {
    match tree.texts.get(path) {
        Some(file) => Diagnostic::warning(Code::UnusedFile, Span::new(*file, 0..0), message),
        None => Diagnostic { severity: Severity::Warning, ..Diagnostic::error_nowhere(Code::UnusedFile, message) },
    }
}

/// Whether the report names a file that is not there, or a part that is none: which files are not shown follows from that.
fn is_unclear(tree: &SourceTree, folder: &str, findings: &Findings) -> bool {
    let report = tree.texts.get(&format!("{folder}/report.yaml")).copied();
    let names = [Code::FileMissing, Code::PictureMissing, Code::UnknownField, Code::WrongType];
    findings.iter().any(|one| one.at.is_some_and(|at| Some(at.file) == report) && names.contains(&one.code))
}

/// Tells of files of a report's folder that no part shows.
pub fn report_unused(
    tree: &SourceTree,
    folder: &str,
    used: &BTreeSet<String>,
    group: Option<&Group>,
    findings: &mut Findings,
) {
    if is_unclear(tree, folder, findings) {
        return;
    }
    let unshown: Vec<String> = ["report.yaml", organisation::FILE]
        .into_iter()
        .chain(Statements::FILES)
        .chain([Statements::IMPORTS, TAKEN])
        .map(|name| format!("{folder}/{name}"))
        .collect();
    let rows: BTreeSet<&str> = group.iter().flat_map(|group| group.rows()).map(|(_, row)| row.id.as_str()).collect();
    let used_folders: BTreeSet<&str> = used.iter().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    let mut own_files = Findings::new();
    // What lies in the folders of rows is told once, for the first of them.
    let mut lost: BTreeMap<&str, (Diagnostic, usize)> = BTreeMap::new();
    let is_record = |path: &str| path.rsplit('/').next() == Some(RECORD);
    let paths = tree.files_in(folder).filter(|path| !used.contains(*path) && !is_record(path));
    for path in paths.filter(|path| !unshown.iter().any(|one| one == path)) {
        let own = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.split_once('/'));
        let message = format!("{path} is not shown by any part of the report");
        let unshown = unused(tree, path, message).help("name it in report.yaml, or move it out of the folder");
        match (group, own) {
            (Some(_), Some((name, rest))) if rows.contains(name) => {
                lost.entry(rest).and_modify(|(_, more)| *more += 1).or_insert((unshown, 0));
            }
            (Some(group), Some((name, _))) if !used_folders.contains(format!("{folder}/{name}").as_str()) => {
                let message = format!("{path} belongs to no row: {} has no row `{name}`", group.file);
                let finding = unused(tree, path, message)
                    .did_you_mean(name, rows.iter().copied())
                    .help("a row's files lie in a folder of the row's id: rename the folder, or add the row");
                lost.entry(name).or_insert((finding, 0));
            }
            _ => own_files.push(unshown),
        }
    }
    tell(own_files, findings);
    findings.extend(lost.into_values().map(|(finding, more)| match more {
        0 => finding,
        more => finding.help(format!("a file of this name lies unused in the folders of {more} more rows")),
    }));
}
