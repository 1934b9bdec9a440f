//! `tally status`: how far editions are, and what is due.

use std::process::ExitCode;

use tally::build::{self, Outcome};
use tally::diagnostic::{Code, Diagnostic, FileId, Severity, SourceMap, Span, any_errors};
use tally::due::{Counts, EditionStatus, Item, Restatement};

use crate::arguments::StatusArguments;
use crate::show::{Show, counted};

/// A text of a list is cut to so many letters.
const WIDEST: usize = 72;

/// Tells how far the editions are. What is due of one that was named is listed.
pub fn status(asked: &StatusArguments, show: &Show) -> ExitCode {
    let options = asked.options();
    let (outcome, editions) = build::status(&options);
    if editions.is_empty() && any_errors(&outcome.findings) {
        show.findings(&outcome);
        return crate::exit_code(&outcome);
    }
    if editions.is_empty() {
        let which = match &options.reports[..] {
            [] => "no report follows another".to_owned(),
            named => format!("{} follows no other report", named.join(" and ")),
        };
        show.say(&format!("{which}: give the next edition a line `follows: …` in its report.yaml, or make it with `tally roll-forward`"));
    }
    for edition in &editions {
        show.say(&summary(edition, &outcome));
        if !options.reports.is_empty() {
            let lines = [listed(edition, &outcome.sources), restated(edition, &outcome.sources)].concat();
            lines.iter().for_each(|line| show.say(line));
        }
    }
    translations(&outcome).iter().for_each(|line| show.say(line));
    ExitCode::SUCCESS
}

/// What translators have to do, file by file, each with its line.
fn translations(outcome: &Outcome) -> Vec<String> {
    let is_of_translators = |code| {
        matches!(
            code,
            Code::TranslationMissing | Code::TranslationOutdated | Code::TranslationDiffers | Code::TranslationUnused
        )
    };
    let all = outcome.findings.iter().filter(|finding| is_of_translators(finding.code));
    let all: Vec<(Span, &Diagnostic)> = all.filter_map(|finding| Some((finding.at?, finding))).collect();
    let files = all.chunk_by(|(one, _), (next, _)| one.file == next.file);
    files
        .flat_map(|findings| {
            let line = |(at, finding): &(Span, &Diagnostic)| {
                let (number, _) = outcome.sources.line_column(*at);
                format!("  {number:>5}  {:<20}  {}", finding.code.name(), finding.message)
            };
            let head = format!("\n{}, to translate", path(&outcome.sources, findings[0].0.file));
            [head].into_iter().chain(findings.iter().map(line)).collect::<Vec<_>>()
        })
        .collect()
}

fn summary(edition: &EditionStatus, outcome: &Outcome) -> String {
    let kind = if edition.is_draft { "a draft" } else { "final" };
    let files: Vec<(String, Counts)> =
        edition.by_file().into_iter().map(|(file, counts)| (path(&outcome.sources, file), counts)).collect();
    let widest = files.iter().map(|(path, _)| path.len()).max().unwrap_or(0).max("in all".len());
    let line = |name: &str, counts: Counts| {
        format!("  {name:<widest$}  {:>6}  {:>9}  {:>6}", counts.new, counts.confirmed, counts.due)
    };
    let mut lines = vec![
        format!("{} ({kind}), after {}", edition.report, edition.before),
        format!("  {:<widest$}  {:>6}  {:>9}  {:>6}", "", "new", "confirmed", "due"),
    ];
    lines.extend(files.iter().map(|(path, counts)| line(path, *counts)));
    lines.push(line("in all", edition.counts()));
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let checks = match errors {
        0 => format!("no errors, {} acknowledged", outcome.acknowledged.len()),
        errors => {
            format!(
                "{} (`tally check` shows them), {} acknowledged",
                counted(errors, "error"),
                outcome.acknowledged.len()
            )
        }
    };
    lines.push(format!("  due: {}; all reports: {checks}", edition.due_in_words()));
    if !edition.restatements.is_empty() {
        lines.push(format!("  restated: {} of {}", counted(edition.restatements.len(), "figure"), edition.before));
    }
    lines.join("\n")
}

/// The figures of the edition before that are restated, each with who says why.
fn restated(edition: &EditionStatus, sources: &SourceMap) -> Vec<String> {
    let line = |one: &Restatement| {
        let (number, _) = sources.line_column(one.at);
        let was =
            one.was.as_ref().map_or_else(|| "not published in this form".to_owned(), |was| format!("{was} before"));
        let Restatement { address, is, reason, by, date, .. } = one;
        format!("  {number:>5}  {address}: {is}, {was}; {by}, {date}: {reason}")
    };
    let files = edition.restatements.chunk_by(|one, next| one.at.file == next.at.file);
    files
        .flat_map(|all| {
            let head = format!("\n{}, restated", path(sources, all[0].at.file));
            [head].into_iter().chain(all.iter().map(line)).collect::<Vec<_>>()
        })
        .collect()
}

/// What is due, file by file, each with its line.
fn listed(edition: &EditionStatus, sources: &SourceMap) -> Vec<String> {
    let due: Vec<&Item> = edition.due().collect();
    let files = due.chunk_by(|one, next| one.at.file == next.at.file);
    files
        .flat_map(|items| {
            let line = |item: &&Item| {
                let (number, _) = sources.line_column(item.at);
                let address = item.address.as_ref().map(|address| format!("{address}: ")).unwrap_or_default();
                let says: String = format!("{address}{}", item.says).chars().take(WIDEST).collect();
                format!("  {number:>5}  {:<16}  {says}", item.kind.called(1))
            };
            let head = format!("\n{}", path(sources, items[0].at.file));
            [head].into_iter().chain(items.iter().map(line)).collect::<Vec<_>>()
        })
        .collect()
}

fn path(sources: &SourceMap, file: FileId) -> String {
    sources.file(file).path.clone()
}
