//! `tally bind`: asks which figures the numbers are that were typed by hand, and has them bound.

use std::io::{IsTerminal, stdin};
use std::process::ExitCode;

use serde_json::json;
use tally::bind::{Answer, Candidate, Edit, Proposal, answer};
use tally::build::{Bindings, Written, find_bindings};
use tally::diagnostic::{SourceMap, Span, any_errors};

use crate::arguments::{BindArguments, MessageFormat};
use crate::show::{Show, counted};
use crate::{FINDINGS, SYSTEM_FAILED};

/// Finds, asks or lists, and writes.
pub fn bind(asked: &BindArguments, show: &Show) -> ExitCode {
    let bindings = find_bindings(&asked.options());
    show.findings(&bindings.outcome);
    if any_errors(&bindings.outcome.findings) {
        show.tell("mend these errors first: until then figures are missing among those that a number could be");
        return ExitCode::from(FINDINGS);
    }
    let is_for_people = show.format() != MessageFormat::Json;
    let chosen = match (asked.yes, is_for_people && stdin().is_terminal()) {
        (true, _) => undoubted(&bindings, show),
        (false, true) => asked_for(&bindings, show),
        (false, false) => return listed(&bindings, show),
    };
    let written = match bindings.write(&chosen) {
        Ok(written) => written,
        Err(faults) => {
            for fault in &faults {
                show.finding(fault, &bindings.outcome.sources);
            }
            return ExitCode::from(SYSTEM_FAILED);
        }
    };
    show_written(&bindings, &written, show);
    ExitCode::SUCCESS
}

/// The first figure of each number that is beyond doubt, said as it is taken.
fn undoubted(bindings: &Bindings, show: &Show) -> Vec<Edit> {
    let mut chosen = Vec::new();
    for proposal in &bindings.proposals {
        if show.format() == MessageFormat::Json {
            show.say(&line_of(proposal, &bindings.outcome.sources));
        }
        let Some(first) = proposal.candidates.first().filter(|_| proposal.is_beyond_doubt) else { continue };
        if show.format() != MessageFormat::Json && !show.is_quiet() {
            show.say(&format!(
                "{}: {}  {}",
                place(&bindings.outcome.sources, proposal.at),
                proposal.typed,
                first.binding
            ));
        }
        chosen.push(first.edit.clone());
    }
    chosen
}

/// What a person chooses, number by number.
fn asked_for(bindings: &Bindings, show: &Show) -> Vec<Edit> {
    let mut chosen = Vec::new();
    for proposal in bindings.proposals.iter().filter(|one| !one.candidates.is_empty()) {
        show.say(&question(proposal, &bindings.outcome.sources));
        loop {
            show.ask("number of the figure, Enter to leave it as it is, q to stop: ");
            let mut line = String::new();
            let read = stdin().read_line(&mut line).unwrap_or(0);
            match answer((read > 0).then_some(&line), proposal.candidates.len()) {
                Answer::Take(place) => chosen.extend(proposal.candidates.get(place).map(|one| one.edit.clone())),
                Answer::Skip => {}
                Answer::Stop => return chosen,
                Answer::NotUnderstood => {
                    show.say(&format!("type a number from 1 to {}, or nothing", proposal.candidates.len()));
                    continue;
                }
            }
            break;
        }
    }
    chosen
}

/// Lists what could be bound, and writes nothing.
fn listed(bindings: &Bindings, show: &Show) -> ExitCode {
    let sources = &bindings.outcome.sources;
    for proposal in &bindings.proposals {
        match show.format() {
            MessageFormat::Json => show.say(&line_of(proposal, sources)),
            _ if proposal.is_asked || !proposal.candidates.is_empty() => show.say(&question(proposal, sources)),
            _ => {}
        }
    }
    if show.format() != MessageFormat::Json {
        let with = bindings.proposals.iter().filter(|one| !one.candidates.is_empty()).count();
        let undoubted = bindings.proposals.iter().filter(|one| one.is_beyond_doubt).count();
        let without = bindings.proposals.iter().filter(|one| one.is_asked && one.candidates.is_empty()).count();
        show.say(&format!(
            "numbers that may be figures of the content: {with}, beyond doubt: {undoubted}; numbers that no figure is printed like: {without}\nnothing was written: type `tally bind` in a terminal to be asked for each, or `tally bind --yes` to bind those that are beyond doubt",
        ));
    }
    ExitCode::SUCCESS
}

/// A number in its sentence, with what it may be.
fn question(proposal: &Proposal, sources: &SourceMap) -> String {
    let mut lines =
        vec![format!("{}: {}", place(sources, proposal.at), proposal.typed), format!("  {}", proposal.sentence)];
    if proposal.candidates.is_empty() {
        lines.push("  -  no figure of the content is printed like this".to_owned());
    }
    for (number, candidate) in proposal.candidates.iter().enumerate() {
        let doubt = if number == 0 && proposal.is_beyond_doubt { "  beyond doubt" } else { "" };
        lines.push(format!("  {}  {}{}{doubt}", number + 1, candidate.binding, why(candidate)));
    }
    lines.extend(proposal.advice.iter().map(|advice| format!("  {advice}")));
    lines.push(String::new());
    lines.join("\n")
}

/// What speaks for a figure, and what would be printed otherwise than it was typed.
fn why(candidate: &Candidate) -> String {
    let prints = if candidate.is_exact { String::new() } else { format!("  prints “{}”", candidate.prints) };
    let named: Vec<String> = candidate.named_by.iter().map(|word| format!("“{word}”")).collect();
    let named = if named.is_empty() { String::new() } else { format!("  named by {}", named.join(", ")) };
    prints + &named
}

fn show_written(bindings: &Bindings, written: &Written, show: &Show) {
    let bound =
        |proposal: &&Proposal| proposal.candidates.iter().any(|candidate| written.bound.contains(&candidate.edit));
    let left = bindings.proposals.iter().filter(|one| one.is_asked).filter(|one| !bound(one)).count();
    if show.format() == MessageFormat::Json {
        let summary = json!({"summary": {"bound": written.bound.len(), "files": written.files, "left": left}});
        return show.say(&summary.to_string());
    }
    for edit in &written.refused {
        show.tell(&format!(
            "{}: this value of YAML has no room for the braces: put it in quotation marks, then type `tally bind` again",
            place(&bindings.outcome.sources, edit.at)
        ));
    }
    let next = match (written.bound.is_empty(), left) {
        (_, 0) => "`tally check` looks at all of it",
        (true, _) => {
            "`tally bind` in a terminal asks for each, `tally check` says what to do with numbers that are no figures"
        }
        (false, _) => "`tally check` says what to do with those that are left",
    };
    show.say(&format!(
        "bound {} in {}; {left} left that have nothing behind them; {next}",
        counted(written.bound.len(), "number"),
        counted(written.files, "file"),
    ));
}

fn place(sources: &SourceMap, at: Span) -> String {
    format!("{}:{}", sources.file(at.file).path, sources.line_column(at).0)
}

/// A number for editors: where it stands, what it may be, and what would be written in its place. Lines and columns
/// count from 1, columns in characters; offsets are in bytes.
fn line_of(proposal: &Proposal, sources: &SourceMap) -> String {
    let where_is = |at: Span| {
        let (line, column) = sources.line_column(at);
        let range = sources.range(at);
        json!({"file": sources.file(at.file).path, "line": line, "column": column, "start": range.start, "end": range.end})
    };
    let candidate = |one: &Candidate| {
        json!({
            "address": one.address,
            "binding": one.binding,
            "prints": one.prints,
            "exact": one.is_exact,
            "named_by": one.named_by,
            "place": where_is(one.edit.at),
        })
    };
    json!({
        "number": proposal.typed,
        "sentence": proposal.sentence,
        "place": where_is(proposal.at),
        "needs_one": proposal.is_asked,
        "beyond_doubt": proposal.is_beyond_doubt,
        "candidates": proposal.candidates.iter().map(candidate).collect::<Vec<_>>(),
        "advice": proposal.advice,
    })
    .to_string()
}
