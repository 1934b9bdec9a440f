//! Takes figures from workbooks: lists what would change, and writes what was listed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Options, Outcome, ReportBuilder};
use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceMap, any_errors, sort};
use crate::import::{
    Change, Delivered, Edit, Foreseen, Listing, New, Proposal, contents, edited, foresee, list, propose, with_rows,
};
use crate::model::{Import, Report, TAKEN, TakenRecord};
use crate::office::sheet::Unreadable;
use crate::office::workbook::{TextForm, read};
use crate::publish::{Rewrite, rewrite};
use crate::source::{SourceTree, read_file_named, slashes};

/// Which imports are asked for.
#[derive(Debug, Default)]
pub struct ImportsAsked {
    /// The folder of a report; all that have imports where it is not said.
    pub report: Option<String>,
    /// Ids of imports; all where it is empty.
    pub ids: Vec<String>,
    /// What was pasted, which is taken for the workbook of the one import that is asked for.
    pub pasted: Option<Vec<u8>>,
}

/// What imports would do, and what is ready to be written.
pub struct Imports {
    /// With the findings of what is imported, and those that keep it from being listed.
    pub outcome: Outcome,
    pub listings: Vec<(String, Listing)>,
    /// What the checks would say that they do not say now, and what no more.
    pub come: Findings,
    pub go: Findings,
    /// The texts as they would be, into which these findings point.
    pub foreseen: Arc<SourceMap>,
    /// The digest of what would be written and of what it is made from; empty where nothing would be.
    pub digest: String,
    content: PathBuf,
    writes: Vec<Rewrite>,
}

/// Lists what imports would change; writes nothing.
pub fn list_imports(options: &Options, asked: &ImportsAsked) -> Imports {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let examined = content.examine(options, &mut findings);
    let mut drawn = Drawn::default();
    match &examined {
        Some(examined) if !any_errors(&findings) => {
            drawn = Drawn::of(&examined.subject(&content.tree), asked, &mut findings);
        }
        Some(_) | None => {}
    }
    let Drawn { listings, values, texts, records } = drawn;
    let writes = writes(&content.tree, options, &texts, &records);
    let Foreseen { come, go, tree } = match any_errors(&findings) || writes.is_empty() {
        true => Foreseen::default(),
        false => {
            let blobs =
                records.iter().map(|(folder, record)| (format!("{folder}/{TAKEN}"), record.written())).collect();
            foresee(&content.tree, New { texts: values, blobs })
        }
    };
    let digest = if writes.is_empty() { String::new() } else { digest(&writes) };
    drop(examined);
    sort(&mut findings, &content.tree.sources);
    let outcome = content.outcome(findings, Default::default(), None);
    let folder = options.content.clone();
    Imports { outcome, listings, come, go, foreseen: tree.sources, digest, content: folder, writes }
}

impl Imports {
    /// Whether something is refused, so that nothing can be written.
    pub fn is_refused(&self) -> bool {
        any_errors(&self.outcome.findings)
    }

    /// How many figures would change.
    pub fn changes(&self) -> usize {
        let figures = self.listings.iter().flat_map(|(_, listing)| &listing.figures);
        figures.filter(|figure| figure.change == Change::Changes).count()
    }

    /// How many rows would be added.
    pub fn new_rows(&self) -> usize {
        self.listings.iter().map(|(_, listing)| listing.came.len()).sum()
    }

    /// Writes what is listed: all files, or none. Gives how many were written.
    pub fn write(&self) -> Result<usize, Findings> {
        if self.is_refused() {
            return Ok(0);
        }
        rewrite(&self.content, &self.writes)?;
        Ok(self.writes.len())
    }
}

/// What imports come to.
#[derive(Default)]
struct Drawn {
    listings: Vec<(String, Listing)>,
    /// The texts with new figures, before rows are added that still have to be filled.
    values: Vec<(FileId, String)>,
    texts: Vec<(FileId, String)>,
    /// What is taken, by the folders of reports.
    records: BTreeMap<String, TakenRecord>,
}

impl Drawn {
    fn of(subject: &Subject, asked: &ImportsAsked, findings: &mut Findings) -> Self {
        let mut drawn = Self::default();
        for (report, import) in asked_for(subject, asked, findings) {
            let Some(delivered) = delivered(subject.tree, import, asked.pasted.as_deref(), findings) else { continue };
            let mut listing = list(subject, report, import, &delivered);
            findings.append(&mut listing.findings);
            if report.is_published {
                let message = format!("{} is frozen: what is taken now is not what was published", report.folder);
                findings.push(Diagnostic::warning(Code::ImportDoubtful, import.id.at, message).help(format!(
                    "correct it as a new version: remove {} before, and freeze it again after",
                    report.record_path()
                )));
            }
            let record = drawn.records.entry(report.folder.clone()).or_insert_with(|| report.statements.taken.clone());
            for figure in listing.figures.iter().filter(|figure| !matches!(figure.change, Change::Kept(_))) {
                record.figures.insert(figure.taken.address.clone(), figure.taken.clone());
            }
            drawn.listings.push((report.folder.clone(), listing));
        }
        drawn.refuse_twice(findings);
        let mut texts = drawn.with_figures(&subject.tree.sources, findings);
        drawn.values = texts.clone().into_iter().collect();
        drawn.add_rows(&subject.tree.sources, &mut texts, findings);
        drawn.texts = texts.into_iter().collect();
        drawn
    }

    /// A figure that two imports give is given by one of them at most.
    fn refuse_twice(&self, findings: &mut Findings) {
        let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        let figures = self
            .listings
            .iter()
            .flat_map(|(folder, listing)| listing.figures.iter().map(move |figure| (folder, figure)));
        for (folder, figure) in figures {
            let taken = &figure.taken;
            let first = known.insert((folder, &taken.address), &taken.import);
            if let Some(first) = first.filter(|first| *first != taken.import) {
                let message = format!("two imports give {}: {first} and {}", taken.address, taken.import);
                findings.push(
                    Diagnostic::error(Code::ImportRefused, figure.at, message).help("take it out of one of them"),
                );
            }
        }
    }

    /// The texts of the data files with the figures that change.
    fn with_figures(&self, sources: &SourceMap, findings: &mut Findings) -> BTreeMap<FileId, String> {
        let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for figure in self.listings.iter().flat_map(|(_, listing)| &listing.figures) {
            if figure.change == Change::Changes && seen.insert(figure.at) {
                let edit = Edit { at: figure.at, was: figure.was.clone(), is: figure.is.clone() };
                edits.entry(figure.at.file).or_default().push(edit);
            }
        }
        let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
        for (file, edits) in edits {
            match edited(file, &sources.file(file).text, &edits) {
                Ok(text) => drop(texts.insert(file, text)),
                Err(refused) => findings.extend(refused.into_iter().map(|edit| {
                    let message = format!("`{}` cannot be put in the place of `{}` here", edit.is, edit.was);
                    Diagnostic::error(Code::ImportRefused, edit.at, message).help("type it by hand, and import again")
                })),
            }
        }
        texts
    }

    /// Adds the rows that are new to the texts.
    fn add_rows(&self, sources: &SourceMap, texts: &mut BTreeMap<FileId, String>, findings: &mut Findings) {
        for (_, listing) in &self.listings {
            let (Some(file), Some(first)) = (listing.file, listing.came.first()) else { continue };
            let text = texts.get(&file).cloned().unwrap_or_else(|| sources.file(file).text.clone());
            match with_rows(file, &text, &listing.came.iter().collect::<Vec<_>>()) {
                Some(text) => drop(texts.insert(file, text)),
                None => findings.push(
                    Diagnostic::error(
                        Code::ImportRefused,
                        first.at,
                        format!(
                            "{} rows of {} are new, such as “{}”, and {} has no room for them",
                            listing.came.len(),
                            listing.workbook,
                            first.name,
                            first.into
                        ),
                    )
                    .help("type them by hand, or leave them out with `leave-out`"),
                ),
            }
        }
    }
}

/// The imports that are asked for, each with its report.
fn asked_for<'a>(
    subject: &Subject<'a>,
    asked: &ImportsAsked,
    findings: &mut Findings,
) -> Vec<(&'a Report, &'a Import)> {
    let is_named = |report: &&Report| asked.report.as_ref().is_none_or(|name| *name == report.folder);
    let reports = subject.project.reports.iter().filter(|report| report.is_first_of_folder()).filter(is_named);
    let reports: Vec<&Report> = reports.collect();
    if let (Some(name), true) = (&asked.report, reports.is_empty()) {
        findings.push(
            Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{name}`"))
                .did_you_mean(name, subject.tree.reports())
                .help(format!("the reports are {}", subject.tree.reports().collect::<Vec<_>>().join(", "))),
        );
        return Vec::new();
    }
    let imports = |report: &&'a Report| {
        let report: &'a Report = report;
        report.statements.imports.iter().flat_map(|file| &file.imports).map(move |import| (report, import))
    };
    let all: Vec<(&Report, &Import)> = reports.iter().flat_map(imports).collect();
    if all.is_empty() {
        let path = asked.report.as_deref().unwrap_or("REPORT");
        let message = format!("nothing says what is taken from workbooks: there is no {path}/imports.yaml");
        findings.push(
            Diagnostic::error_nowhere(Code::FileMissing, message)
                .help("`tally import WORKBOOK.xlsx` looks into a workbook and proposes one"),
        );
        return Vec::new();
    }
    let known = || all.iter().map(|(_, import)| import.id.value.as_str());
    for id in asked.ids.iter().filter(|id| !known().any(|known| known == id.as_str())) {
        findings.push(
            Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no import `{id}`"))
                .did_you_mean(id, known())
                .help(format!("the imports are {}", known().collect::<Vec<_>>().join(", "))),
        );
    }
    all.into_iter()
        .filter(|(_, import)| asked.ids.is_empty() || asked.ids.iter().any(|id| id == import.id.value.as_str()))
        .collect()
}

/// The workbook of an import, or what was pasted for it.
fn delivered(tree: &SourceTree, import: &Import, pasted: Option<&[u8]>, findings: &mut Findings) -> Option<Delivered> {
    let name = &import.workbook;
    let form = TextForm {
        decimal_comma: import.decimal_comma,
        separator: import.separator,
        windows_1252: import.windows_1252,
    };
    if let Some(bytes) = pasted {
        return Some(Delivered::new(bytes, read("pasted.tsv", bytes, &form)));
    }
    match tree.incoming(&name.value, name.at) {
        Some(Ok(bytes)) => Some(Delivered::new(bytes, read(&name.value, bytes, &form))),
        Some(Err(fault)) => {
            findings.push(*fault);
            None
        }
        None => {
            let finding = Diagnostic::error(
                Code::FileMissing,
                name.at,
                format!("there is no workbook `{}` in incoming/", name.value),
            );
            let finding = finding.did_you_mean(&name.value, tree.incoming_names());
            findings.push(finding.help("copy it into the folder `incoming` beside the content; capital letters count"));
            None
        }
    }
}

/// The files that would be written, with what stands in them now.
fn writes(
    tree: &SourceTree,
    options: &Options,
    texts: &[(FileId, String)],
    records: &BTreeMap<String, TakenRecord>,
) -> Vec<Rewrite> {
    let path_of =
        |file: FileId| tree.texts.iter().find(|(_, one)| **one == file).map(|(path, _)| options.content.join(path));
    let texts = texts.iter().filter_map(|(file, after)| {
        let path: PathBuf = path_of(*file)?;
        Some(Rewrite::of_text(path, &tree.sources.file(*file).text, after.as_str()))
    });
    let records = records.iter().filter_map(|(folder, record)| {
        let path = format!("{folder}/{TAKEN}");
        let before = tree.bytes(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let before = before.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
        let after = record.written();
        let is_new = before.as_ref() != Some(&after);
        is_new.then(|| Rewrite::of(options.content.join(path), before.map(String::into_bytes), after))
    });
    texts.chain(records).collect()
}

/// The first letters of the digest of what would be written and what stands there now.
fn digest(writes: &[Rewrite]) -> String {
    let mut hash = Sha256::new();
    for write in writes {
        for text in [&write.before, &write.after].map(|text| text.as_deref().unwrap_or_default()) {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
    }
    hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// What is in a workbook, and how it could be taken.
pub struct Looked {
    pub outcome: Outcome,
    /// A line each.
    pub contents: Vec<String>,
    pub proposals: Vec<Proposal>,
}

/// Looks into a workbook that is named by its path; the proposals are for the reports of the content, where there are any.
pub fn look_into(options: &Options, path: &Path) -> Looked {
    let content = ReportBuilder::default().read(options);
    let mut findings = Findings::new();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let book = read_file_named(path).and_then(|bytes| {
        read(&name, &bytes, &TextForm::default()).map_err(|Unreadable { message, help }| {
            let message = format!("{}: {message}", slashes(path));
            Box::new(Diagnostic::error_nowhere(Code::ImportRefused, message).help(help))
        })
    });
    let (mut lines, mut proposals) = (Vec::new(), Vec::new());
    match book {
        Ok(book) => {
            lines = contents(&book);
            let examined = content.examine(options, &mut Findings::new());
            proposals = examined.iter().flat_map(|one| propose(&one.subject(&content.tree), &name, &book)).collect();
        }
        Err(fault) => findings.push(*fault),
    }
    Looked { outcome: content.outcome(findings, Default::default(), None), contents: lines, proposals }
}
