//! `tally compare`: what changed, in the terminal and where it is asked for as a page, a PDF and data.

use std::process::ExitCode;

use tally::build::{self, Refusal};
use tally::render::comparison_text;

use crate::arguments::{CompareArguments, MessageFormat};
use crate::show::Show;
use crate::{FINDINGS, SYSTEM_FAILED};

/// Compares, tells, and writes.
pub fn compare(asked: &CompareArguments, show: &Show) -> ExitCode {
    let options = asked.options();
    let compared = match build::compare(&options, &asked.compare()) {
        Ok(compared) => compared,
        Err(refusal) => return refused(&refusal, show, FINDINGS),
    };
    if show.format() == MessageFormat::Json {
        for report in compared.in_english() {
            show.say(&serde_json::json!(report).to_string());
        }
    } else {
        let texts: Vec<String> = compared.in_english().iter().map(comparison_text).collect();
        show.say(texts.join("\n").trim_end());
    }
    compared.notes.iter().for_each(|note| show.tell(&format!("note: {note}")));
    let Some(output) = asked.output() else { return ExitCode::SUCCESS };
    match build::write_comparison(&options, &compared, output) {
        Ok(written) => {
            if !show.is_quiet() {
                written.iter().for_each(|path| show.tell(&format!("wrote {path}")));
            }
            ExitCode::SUCCESS
        }
        Err(refusal) => refused(&refusal, show, SYSTEM_FAILED),
    }
}

fn refused(refusal: &Refusal, show: &Show, code: u8) -> ExitCode {
    refusal.findings.iter().for_each(|finding| show.finding(finding, &refusal.sources));
    ExitCode::from(code)
}
