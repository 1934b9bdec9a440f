//! `tally template`: a workbook for those who supply figures.

use std::path::PathBuf;
use std::process::ExitCode;

use tally::build::write_template;
use tally::source::slashes;

use crate::arguments::TemplateArguments;
use crate::exit_code;
use crate::show::{Show, counted};

/// Writes the workbook of a report, and says how it comes back.
pub fn template(asked: &TemplateArguments, show: &Show) -> ExitCode {
    let report = asked.report.trim_end_matches('/');
    let file = asked.output.clone().unwrap_or_else(|| PathBuf::from(format!("{report}-figures.xlsx")));
    let (outcome, template) = write_template(&asked.options(), report, &file);
    show.findings(&outcome);
    if let Some(template) = template {
        let cells: usize = template.sheets.iter().map(|(_, cells)| cells).sum();
        show.say(&format!("wrote {}: {} to fill in", slashes(&file), counted(cells, "cell")));
        for (sheet, cells) in &template.sheets {
            show.say(&format!("  sheet {sheet}: {}", counted(*cells, "cell")));
        }
        for (name, why) in &template.left_out {
            show.say(&format!("  no sheet for {name}: {why}"));
        }
        show.say(&format!(
            "\nfor {report}/imports.yaml, so that it comes back without a question:\n\nimports:\n{}\n\nwhen it is filled in, copy it into incoming/, beside the content; then `tally import {report}` lists what it would change",
            template.yaml
        ));
    }
    exit_code(&outcome)
}
