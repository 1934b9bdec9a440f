//! `tally import FILE.docx --into REPORT/NAME`: shows what a document would become, and writes it when told to; and
//! `tally export REPORT`, the way there.

use std::process::ExitCode;

use serde_json::json;
use tally::build::{
    DocumentAsked, FileState, FoundNumber, ImportedDocument, ImportedFile, Options, export_document, import_document,
};
use tally::compare::{Fate, SentenceFate, Shown, Stretch};
use tally::diagnostic::SourceMap;
use tally::manuscript::WordChange;
use tally::office::document::{Change, Changed};
use tally::source::slashes;
use tally::view::size;
use tally::wording::Wording;

use crate::arguments::MessageFormat;
use crate::show::{Show, counted};
use crate::{FINDINGS, SYSTEM_FAILED};

/// Endings of files that no workbook has.
pub const ENDINGS: [&str; 9] = ["docx", "docm", "dotx", "doc", "odt", "rtf", "md", "html", "htm"];

/// So many figures are offered for a number; `tally bind` offers more, with what speaks for each.
const MOST_BINDINGS: usize = 3;

/// Reads, lists and writes.
pub fn import(options: &Options, asked: &DocumentAsked, writes: bool, show: &Show) -> ExitCode {
    let imported = match import_document(options, asked) {
        Ok(imported) => imported,
        Err(refusal) => {
            refusal.findings.iter().for_each(|finding| show.finding(finding, &refusal.sources));
            return ExitCode::from(FINDINGS);
        }
    };
    let is_listed = show.format() == MessageFormat::Human && !show.is_quiet();
    match is_listed {
        true => show.say(&listed(&imported, asked)),
        false if show.format() == MessageFormat::Json => lines(&imported, show),
        false => {}
    }
    if !imported.is_decided {
        let count = imported.changes.len();
        show.wrong_use(&format!(
            "{} in the document {} not decided about: nothing was written\n  help: say --changes accepted or --changes rejected; or decide about them in Word, and save it",
            counted(count, "change"),
            if count == 1 { "is" } else { "are" }
        ));
        return ExitCode::from(FINDINGS);
    }
    if !writes {
        if is_listed {
            show.say("nothing was written: the same with --write writes it");
        }
        return ExitCode::SUCCESS;
    }
    match imported.write() {
        Ok(()) => {
            if is_listed {
                show.say(&written(&imported));
            }
            ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &SourceMap::default()));
            ExitCode::from(SYSTEM_FAILED)
        }
    }
}

/// Writes a report as a document.
pub fn export(options: &Options, report: &str, show: &Show) -> ExitCode {
    match export_document(options, report) {
        Ok(path) => {
            if !show.is_quiet() {
                show.say(&format!(
                    "wrote {path}; what comes back is read with `tally import FILE.docx --into {report}`"
                ));
            }
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            refusal.findings.iter().for_each(|finding| show.finding(finding, &refusal.sources));
            ExitCode::from(FINDINGS)
        }
    }
}

fn written(imported: &ImportedDocument) -> String {
    let count =
        imported.files.iter().filter(|file| matches!(file.state, FileState::New | FileState::Changed { .. })).count();
    let next = match imported.sections.is_empty() || count == 0 {
        true => "`tally check` looks at all of it",
        false => "put the lines above into report.yaml; then `tally check` looks at all of it",
    };
    format!("wrote {}; {next}", counted(count, "file"))
}

/// Everything for a person, in the order in which it is looked at.
fn listed(imported: &ImportedDocument, asked: &DocumentAsked) -> String {
    let mut blocks = vec![files(imported, asked)];
    blocks.extend(imported.files.iter().filter_map(changed));
    let has_new = imported.files.iter().any(|file| file.state == FileState::New);
    if has_new && !imported.sections.is_empty() {
        blocks.push(format!("lines for report.yaml, under sections:\n{}", imported.sections.trim_end()));
    }
    if has_new && !imported.notes.is_empty() {
        blocks.push(format!("lines for report.yaml, under notes:\n{}", imported.notes.trim_end()));
    }
    blocks.extend(changes(imported, asked));
    blocks.extend(comments(imported));
    if !imported.said.is_empty() {
        let lines: Vec<String> =
            imported.said.iter().map(|said| format!("  {:<12} {}", said.about, said.text)).collect();
        blocks.push(format!("to be looked at:\n{}", lines.join("\n")));
    }
    blocks.extend(numbers(&imported.numbers));
    blocks.join("\n\n") + "\n"
}

fn files(imported: &ImportedDocument, asked: &DocumentAsked) -> String {
    let mut lines = vec![format!("{} becomes", slashes(&asked.file))];
    if imported.files.is_empty() {
        lines.push("  nothing: it holds no text".to_owned());
    }
    let widest = imported.files.iter().map(|file| file.path.chars().count()).max().unwrap_or(0);
    lines.extend(imported.files.iter().map(|file| {
        let state = match &file.state {
            FileState::New => "new",
            FileState::Same => "says the same already",
            FileState::Kept => "is there already, and stays as it is",
            FileState::Changed { .. } => "is there already, and would be changed",
        };
        format!("  {:<widest$}   {:>7}   {state}", file.path, size(file.bytes.len(), Wording::english()))
    }));
    lines.join("\n")
}

/// What changes in a text that is there, word by word.
fn changed(file: &ImportedFile) -> Option<String> {
    let FileState::Changed { changes, .. } = &file.state else { return None };
    let lines: Vec<String> = changes.iter().flat_map(told).map(|line| format!("  {line}")).collect();
    Some(format!("changes in {}:\n{}", file.path, lines.join("\n")))
}

fn told(change: &WordChange) -> Vec<String> {
    if change.is_of_form {
        let words: Vec<String> = change.sentences.iter().map(sentence).collect();
        return vec![format!("form      {}", words.join(" "))];
    }
    let lines = change.sentences.iter().map(|fate| match fate {
        SentenceFate::Kept(_) => sentence(fate),
        SentenceFate::Added(_) => format!("added     {}", sentence(fate)),
        SentenceFate::Removed(_) => format!("removed   {}", sentence(fate)),
        SentenceFate::Changed(_) => format!("changed   {}", sentence(fate)),
    });
    lines.collect()
}

/// A sentence; what went and what came stand in brackets, `[118 → 124]`.
fn sentence(fate: &SentenceFate) -> String {
    match fate {
        SentenceFate::Kept(pieces) | SentenceFate::Added(pieces) | SentenceFate::Removed(pieces) => {
            words(pieces).trim().to_owned()
        }
        SentenceFate::Changed(stretches) => in_brackets(stretches),
    }
}

fn in_brackets(stretches: &[Stretch]) -> String {
    let mut text = String::new();
    let mut rest = stretches;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let own = words(&first.pieces);
        let space = if own.starts_with(' ') { " " } else { "" };
        match first.fate {
            Fate::Kept => text += &own,
            Fate::Added => text += &format!("{space}[+ {}]", own.trim()),
            Fate::Removed => match rest.split_first() {
                Some((next, after)) if next.fate == Fate::Added => {
                    text += &format!("{space}[{} → {}]", own.trim(), words(&next.pieces).trim());
                    rest = after;
                }
                _ => text += &format!("{space}[- {}]", own.trim()),
            },
        }
    }
    text.trim().to_owned()
}

fn words(pieces: &[Shown]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Shown::Words(text) => text.as_str(),
        Shown::Changed { is, .. } => is,
    });
    texts.collect()
}

fn changes(imported: &ImportedDocument, asked: &DocumentAsked) -> Option<String> {
    let first = imported.changes.first()?;
    let by = match imported.changes.iter().all(|change| (&change.by, &change.day) == (&first.by, &first.day)) {
        true if !first.by.is_empty() => format!(" by {}, {}", first.by, first.day),
        _ => String::new(),
    };
    let fate = match asked.changes {
        Some(tally::office::document::Changes::Accepted) => "accepted",
        Some(tally::office::document::Changes::Rejected) => "rejected",
        None => "not decided about; the text is shown as if they were accepted",
    };
    let is_of_one = !by.is_empty();
    let lines: Vec<String> =
        imported.changes.iter().map(|change| format!("  {}", change_told(change, is_of_one))).collect();
    Some(format!("{}{by}, {fate}:\n{}", counted(imported.changes.len(), "change"), lines.join("\n")))
}

fn change_told(change: &Change, is_of_one: bool) -> String {
    let has_number = |text: &str| text.contains(|letter: char| letter.is_ascii_digit());
    let number = |is: bool| if is { " (a number)" } else { "" };
    let what = match &change.what {
        Changed::Added(text) => format!("“{text}” added{}", number(has_number(text))),
        Changed::Removed(text) => format!("“{text}” removed{}", number(has_number(text))),
        Changed::Replaced { was, is } => format!("{was} → {is}{}", number(has_number(was) || has_number(is))),
        Changed::Moved(text) => format!("“{text}” moved"),
        Changed::Form { text, became } => format!("“{text}” became {became}"),
    };
    if is_of_one { what } else { format!("{what}   {} {}", change.by, change.day) }
}

fn comments(imported: &ImportedDocument) -> Option<String> {
    if imported.comments.is_empty() {
        return None;
    }
    let lines = imported.comments.iter().map(|comment| {
        let on = if comment.on.is_empty() { String::new() } else { format!(" on “{}”", comment.on) };
        format!("  {}{on}: {}", comment.by, comment.text)
    });
    let open = if imported.comments.len() == 1 {
        "1 comment is open"
    } else {
        &format!("{} comments are open", imported.comments.len())
    };
    Some(format!("{open}, and left out:\n{}", lines.collect::<Vec<_>>().join("\n")))
}

fn numbers(numbers: &[FoundNumber]) -> Option<String> {
    if numbers.is_empty() {
        return None;
    }
    let what = match numbers.len() {
        1 => "1 number is neither bound nor stated".to_owned(),
        count => format!("{count} numbers are neither bound nor stated"),
    };
    let lines = numbers.iter().flat_map(|number| {
        let name = number.file.rsplit('/').next().unwrap_or_default();
        let mut lines = vec![format!("  {name}:{}   {}   {}", number.line, number.typed, number.sentence)];
        lines.extend(number.bindings.iter().take(MOST_BINDINGS).map(|binding| format!("      may be {binding}")));
        lines
    });
    Some(format!(
        "{what}; `tally bind` asks for each once the files are there:\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

/// The same for programs, an object a line.
fn lines(imported: &ImportedDocument, show: &Show) {
    for file in &imported.files {
        let state = match &file.state {
            FileState::New => "new",
            FileState::Same => "same",
            FileState::Kept => "kept",
            FileState::Changed { .. } => "changed",
        };
        let changes = match &file.state {
            FileState::Changed { changes, .. } => changes.iter().flat_map(told).collect(),
            _ => Vec::new(),
        };
        show.say(
            &json!({"file": file.path, "bytes": file.bytes.len(), "state": state, "changes": changes}).to_string(),
        );
    }
    for change in &imported.changes {
        show.say(&json!({"change": change_told(change, true), "by": change.by, "day": change.day}).to_string());
    }
    for comment in &imported.comments {
        show.say(&json!({"comment": comment.text, "by": comment.by, "on": comment.on}).to_string());
    }
    for said in &imported.said {
        show.say(&json!({"about": said.about, "said": said.text}).to_string());
    }
    for number in &imported.numbers {
        show.say(&json!({"number": number.typed, "file": number.file, "line": number.line, "sentence": number.sentence, "bindings": number.bindings}).to_string());
    }
    show.say(
        &json!({"sections": imported.sections, "notes": imported.notes, "decided": imported.is_decided}).to_string(),
    );
}
