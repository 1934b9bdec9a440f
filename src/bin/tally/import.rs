//! `tally import`: shows what workbooks would change, and has it written.

use std::io::{Read, stdin};
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use tally::build::{Imports, ImportsAsked, list_imports, look_into};
use tally::diagnostic::{Diagnostic, SourceMap, any_errors, json as finding_json};
use tally::import::{Change, ListedFigure, Listing, NewRow, Proposal};

use crate::arguments::{ImportArguments, MessageFormat};
use crate::import_document;
use crate::show::{Show, counted};
use crate::{FINDINGS, SYSTEM_FAILED, WRONG_USE};

/// The endings of files that are looked into; no report has one in its name.
const ENDINGS: [&str; 10] = ["xlsx", "xlsm", "ods", "csv", "tsv", "txt", "xls", "xlsb", "xltx", "numbers"];

/// A paste is no larger than this.
const LARGEST_PASTE: u64 = 16 * 1024 * 1024;

/// Looks into a workbook, or lists and writes what is taken from those of a report.
pub fn import(asked: &ImportArguments, show: &Show) -> ExitCode {
    if let Some(document) = asked.document() {
        return import_document::import(&asked.options(), &document, asked.write, show);
    }
    let what = asked.what.as_deref();
    if let Some(path) = what.filter(|what| is_document(what)) {
        show.wrong_use(&format!(
            "where is {path} to go?\n  help: a document becomes files of a report: tally import {path} --into REPORT/NAME"
        ));
        return ExitCode::from(WRONG_USE);
    }
    if let Some(path) = what.filter(|what| is_workbook(what)) {
        return look(Path::new(path), asked, show);
    }
    let imports_asked = match what {
        Some("-") => match pasted(asked) {
            Ok(of) => of,
            Err(message) => {
                show.wrong_use(message);
                return ExitCode::from(WRONG_USE);
            }
        },
        _ => ImportsAsked { report: asked.what.clone(), ids: asked.more.clone(), pasted: None },
    };
    let imports = list_imports(&asked.options(), &imports_asked);
    show.findings(&imports.outcome);
    listed(&imports, show);
    if imports.is_refused() {
        show.tell("nothing was written: what is refused must be settled first");
        return ExitCode::from(FINDINGS);
    }
    match asked.write {
        true => write(&imports, asked, show),
        false => {
            if show.format() == MessageFormat::Human && !show.is_quiet() {
                show.say(&next(&imports, &imports_asked));
            }
            ExitCode::SUCCESS
        }
    }
}

fn is_document(what: &str) -> bool {
    let ending = Path::new(what).extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| import_document::ENDINGS.contains(&ending.as_str()))
}

fn is_workbook(what: &str) -> bool {
    let ending = Path::new(what).extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Says what is in a workbook, and what could be copied into an imports file.
fn look(path: &Path, asked: &ImportArguments, show: &Show) -> ExitCode {
    let looked = look_into(&asked.options(), path);
    show.findings(&looked.outcome);
    if any_errors(&looked.outcome.findings) {
        return ExitCode::from(FINDINGS);
    }
    if show.format() == MessageFormat::Json {
        let proposal = |one: &Proposal| json!({"report": one.report, "rows": one.rows, "of": one.of, "yaml": one.yaml});
        let proposals: Vec<_> = looked.proposals.iter().map(proposal).collect();
        show.say(&json!({"contents": looked.contents, "proposals": proposals}).to_string());
        return ExitCode::SUCCESS;
    }
    show.say(&looked.contents.join("\n"));
    for Proposal { report, rows, of, yaml } in &looked.proposals {
        show.say(&format!("\n{rows} of its rows are among the {of} of {report}; for {report}/imports.yaml, once you have looked at each line:\n\nimports:\n{yaml}"));
    }
    show.say(match looked.proposals.is_empty() {
        true => "\nno data file of a report has rows that are called as those of the workbook; docs/reference/imports.md says how cells are taken one by one",
        false => "\ncopy the workbook into incoming/, beside the content; then `tally import REPORT` lists what it would change",
    });
    ExitCode::SUCCESS
}

/// The import that a paste is for.
fn pasted(asked: &ImportArguments) -> Result<ImportsAsked, &'static str> {
    let [report, id] = &asked.more[..] else {
        return Err("a paste is for one import: tally import - REPORT ID");
    };
    let mut bytes = Vec::new();
    let read = stdin().lock().take(LARGEST_PASTE + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() as u64 > LARGEST_PASTE => {
            Err("so much cannot be pasted: save it as a workbook in incoming/")
        }
        Ok(_) => Ok(ImportsAsked { report: Some(report.clone()), ids: vec![id.clone()], pasted: Some(bytes) }),
        Err(_) => Err("what was pasted cannot be read"),
    }
}

fn write(imports: &Imports, asked: &ImportArguments, show: &Show) -> ExitCode {
    if asked.listed.as_ref().is_some_and(|listed| *listed != imports.digest) {
        show.wrong_use(
            "a workbook or the content was changed since that was listed: nothing was written; look at the new list",
        );
        return ExitCode::from(FINDINGS);
    }
    match imports.write() {
        Ok(0) => {
            show.say("everything is written already");
            ExitCode::SUCCESS
        }
        Ok(files) => {
            let figures = counted(imports.changes(), "figure");
            let rows = match imports.new_rows() {
                0 => String::new(),
                rows => format!(" and {}, whose fields with … are for you to fill,", counted(rows, "new row")),
            };
            show.say(&format!("wrote {figures}{rows} in {}; `tally check` looks at all of it", counted(files, "file")));
            ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &imports.outcome.sources));
            ExitCode::from(SYSTEM_FAILED)
        }
    }
}

/// What can be typed next.
fn next(imports: &Imports, asked: &ImportsAsked) -> String {
    if imports.digest.is_empty() {
        return "everything is as the workbooks have it, and nothing has to be written".to_owned();
    }
    let report = asked.report.as_deref().map(|report| format!(" {report}")).unwrap_or_default();
    let ids: String = asked.ids.iter().map(|id| format!(" {id}")).collect();
    let lead = if asked.pasted.is_some() { " -" } else { "" };
    format!(
        "nothing was written; to write just this: tally import{lead}{report}{ids} --write --listed {}",
        imports.digest
    )
}

fn listed(imports: &Imports, show: &Show) {
    for (folder, listing) in &imports.listings {
        match show.format() {
            MessageFormat::Json => listing.figures.iter().for_each(|figure| show.say(&line_of(folder, figure))),
            _ if show.is_quiet() => {}
            _ => show.say(&text_of(folder, listing)),
        }
    }
    if show.format() == MessageFormat::Json {
        for (lead, findings, sources) in
            [("would_come", &imports.come, &imports.foreseen), ("would_go", &imports.go, &imports.outcome.sources)]
        {
            findings.iter().for_each(|finding| show.say(&format!("{{\"{lead}\":{}}}", finding_json(finding, sources))));
        }
    } else if !show.is_quiet() {
        foreseen("would come", &imports.come, &imports.foreseen, show);
        foreseen("would go", &imports.go, &imports.outcome.sources, show);
    }
}

fn text_of(folder: &str, listing: &Listing) -> String {
    let mut lines = vec![format!("{folder}, {} from {}", listing.import, listing.workbook)];
    let told = |figure: &&ListedFigure| figure.change != Change::Same || !figure.comments.is_empty();
    let told: Vec<&ListedFigure> = listing.figures.iter().filter(told).collect();
    let widest = told.iter().map(|figure| figure.taken.address.chars().count()).max().unwrap_or(0);
    lines.extend(told.into_iter().map(|figure| figure_text(figure, widest)));
    lines.extend(listing.came.iter().map(new_row));
    lines.extend(
        listing.gone.iter().map(|name| format!("  gone from the workbook: “{name}”; its figures stay as they are")),
    );
    let of = |is: fn(&Change) -> bool| listing.figures.iter().filter(|figure| is(&figure.change)).count();
    lines.push(format!(
        "  {} {}, {} stay as they are",
        counted(of(|change| *change == Change::Changes), "figure"),
        if of(|change| *change == Change::Changes) == 1 { "changes" } else { "change" },
        of(|change| *change != Change::Changes),
    ));
    lines.join("\n")
}

fn figure_text(figure: &ListedFigure, widest: usize) -> String {
    let taken = &figure.taken;
    let change = match &figure.change {
        Change::Changes => format!("{} → {}", figure.was, figure.is),
        Change::Same => format!("{}, as it is", figure.was),
        Change::Kept(reason) => format!("{} is kept, {} is in the cell: {reason}", figure.was, taken.shown),
    };
    let stored = figure.stored.as_ref().map(|stored| format!("  stored {stored}")).unwrap_or_default();
    let comments: String =
        figure.comments.iter().map(|comment| format!("\n      comment: {}", comment.replace('\n', " "))).collect();
    format!("  {:<widest$}  {change}  ({}!{}){stored}{comments}", taken.address, taken.sheet, taken.cell)
}

fn new_row(row: &NewRow) -> String {
    let figures: Vec<String> = row.figures.iter().map(|(ending, figure)| format!("{ending} {figure}")).collect();
    format!("  new in the workbook: “{}” ({}): {}", row.name, row.place, figures.join(", "))
}

/// Findings that come or go, in short.
fn foreseen(lead: &str, findings: &[Diagnostic], sources: &SourceMap, show: &Show) {
    if findings.is_empty() {
        return;
    }
    show.say(&format!("the checks: {} {lead}", counted(findings.len(), "finding")));
    for finding in findings {
        let place = finding.at.map(|at| format!("{}:{}: ", sources.file(at.file).path, sources.line_column(at).0));
        show.say(&format!(
            "  {}[{}] {}{}",
            finding.severity.word(),
            finding.code.name(),
            place.unwrap_or_default(),
            finding.message
        ));
    }
}

/// A figure for programs.
fn line_of(report: &str, figure: &ListedFigure) -> String {
    let (taken, kept) = (
        &figure.taken,
        match &figure.change {
            Change::Kept(reason) => Some(reason),
            Change::Same | Change::Changes => None,
        },
    );
    json!({
        "report": report,
        "import": taken.import,
        "address": taken.address,
        "was": figure.was,
        "is": figure.is,
        "changes": figure.change == Change::Changes,
        "kept": kept,
        "workbook": taken.workbook,
        "sha256": taken.sha256,
        "sheet": taken.sheet,
        "cell": taken.cell,
        "headings": taken.headings,
        "row": taken.row,
        "shown": taken.shown,
        "stored": taken.stored,
        "format": taken.format,
        "formula": taken.formula,
        "comments": figure.comments,
    })
    .to_string()
}
