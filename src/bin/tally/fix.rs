//! `tally fix`: mends what is beyond doubt, shown first and written when it is said so.

use std::process::ExitCode;

use serde_json::json;
use tally::build::find_mends;
use tally::diagnostic::{Diagnostic, SourceMap};

use crate::arguments::{FixArguments, MessageFormat};
use crate::show::{Show, counted};
use crate::{FINDINGS, SYSTEM_FAILED};

/// Shows what would be mended, or mends it. What is left is a reason to go on, so that it is told by the exit code.
pub fn fix(asked: &FixArguments, show: &Show) -> ExitCode {
    let found = find_mends(&asked.options());
    let sources = &found.outcome.sources;
    let of_people = show.format() != MessageFormat::Json;
    for finding in found.findings() {
        match of_people {
            true if show.is_quiet() => {}
            true => show.say(&shown(finding, sources)),
            false => show.finding(finding, sources),
        }
    }
    let (mended, left) = (found.mended.len(), found.outcome.findings.len() - found.mended.len());
    if asked.write
        && let Err(faults) = found.write()
    {
        faults.iter().for_each(|fault| show.finding(fault, sources));
        return ExitCode::from(SYSTEM_FAILED);
    }
    let (what, files) = (counted(mended, "finding"), counted(found.files(), "file"));
    let said = match (asked.write, mended) {
        (_, 0) => format!("nothing can be mended beyond doubt; {}", rest(left)),
        (true, _) => format!("mended {what} in {files}; `tally check` says what is left"),
        (false, _) => format!(
            "{what} in {files} can be mended beyond doubt; nothing was written: `tally fix --write` writes this, and nothing else; {}",
            rest(left)
        ),
    };
    match of_people {
        true => show.say(&said),
        false => show.say(
            &json!({"summary": {"mended": mended, "files": found.files(), "left": left, "written": asked.write}})
                .to_string(),
        ),
    }
    if left > 0 { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
}

fn rest(left: usize) -> String {
    match left {
        0 => "there is no other finding".to_owned(),
        _ => format!("{} for you to look at: `tally check` shows them", counted(left, "finding")),
    }
}

/// A finding with its line as it is and as it would be.
fn shown(finding: &Diagnostic, sources: &SourceMap) -> String {
    let Some(first) = finding.mends.first() else { return finding.message.clone() };
    let file = sources.file(first.at.file);
    let (line, _) = sources.line_column(first.at);
    let start = file.text[..first.at.letters().start].rfind('\n').map_or(0, |end| end + 1);
    let end = finding.mends.iter().map(|mend| mend.at.letters().end).max().unwrap_or(start);
    let end = file.text[end..].find('\n').map_or(file.text.len(), |length| end + length);
    let mut after = file.text[start..end].to_owned();
    let mut mends: Vec<_> = finding.mends.iter().collect();
    mends.sort_by_key(|mend| mend.at);
    for mend in mends.into_iter().rev() {
        let letters = mend.at.letters();
        after.replace_range(letters.start - start..letters.end - start, &mend.with);
    }
    let lines = |sign: &str, text: &str| {
        let lines = text.lines().map(|line| format!("  {sign} {}", tally::diagnostic::made_visible(line)));
        lines.collect::<Vec<_>>().join("\n")
    };
    format!("{}:{line}: {}\n{}\n{}", file.path, finding.message, lines("-", &file.text[start..end]), lines("+", &after))
}
