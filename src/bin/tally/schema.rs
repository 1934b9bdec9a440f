//! `tally schema`: what editors are told of the files, shown first and written when it is said so.

use std::process::ExitCode;

use tally::build::find_schemas;
use tally::diagnostic::any_errors;
use tally::publish::Renewal;
use tally::schema::Named;
use tally::source::slashes;

use crate::arguments::SchemaArguments;
use crate::show::{Show, counted};
use crate::{FINDINGS, SYSTEM_FAILED};

/// Shows what would be written, or writes it.
pub fn schema(asked: &SchemaArguments, show: &Show) -> ExitCode {
    let options = asked.options();
    let found = find_schemas(&options);
    if any_errors(&found.outcome.findings) {
        show.findings(&found.outcome);
        return ExitCode::from(FINDINGS);
    }
    let content = slashes(&options.content);
    let mut lines: Vec<String> = found
        .schemas
        .iter()
        .filter_map(|(path, renewal)| {
            let becomes = match renewal {
                Renewal::New => "new",
                Renewal::Renewed => "renewed",
                Renewal::Kept => return None,
            };
            Some(format!("  {becomes:<10} {content}/{path}"))
        })
        .collect();
    for file in &found.files {
        if let Named::ByLine { line, .. } = &file.named {
            lines.push(format!("  first line {content}/{}: {line}", file.path));
        }
    }
    let frozen = found.files.iter().filter(|file| file.named == Named::Frozen).count();
    if let Some((path, _)) = &found.settings {
        lines.push(format!("  new        {path} names the schemas of {}", counted(frozen, "file")));
    }
    if frozen > 0 {
        lines.push(format!(
            "  {} of published editions keep their lines: their data says of each figure in which line it was typed",
            counted(frozen, "file")
        ));
    }
    if !show.is_quiet() {
        lines.iter().for_each(|line| show.say(line));
    }
    if found.is_done() {
        show.say("editors are told everything: there is nothing to write");
        return ExitCode::SUCCESS;
    }
    if !asked.write {
        show.say("nothing was written: `tally schema --write` writes this, and nothing else");
        return ExitCode::SUCCESS;
    }
    match found.write() {
        Ok(()) => {
            show.say("written; VS Code needs its extension “YAML” (redhat.vscode-yaml) to use it");
            ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &found.outcome.sources));
            ExitCode::from(SYSTEM_FAILED)
        }
    }
}
