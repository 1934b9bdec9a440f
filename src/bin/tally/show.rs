//! What a person at the terminal sees: progress, findings, and a short summary.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::Duration;

use tally::build::{Options, Outcome, Stage};
use tally::diagnostic::{Code, Severity, any_errors, human, json};
use tally::source::slashes;

use crate::arguments::{Arguments, MessageFormat};

/// Clears the line on which progress is shown.
const CLEAR_LINE: &str = "\r\x1b[2K";

pub struct Show {
    quiet: bool,
    json: bool,
    /// Progress is for terminals only, so that logs stay readable.
    progress: bool,
    styled: bool,
}

impl Show {
    pub fn new(arguments: &Arguments) -> Self {
        let json = arguments.message_format == MessageFormat::Json;
        let terminal = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self {
            quiet: arguments.quiet,
            json,
            progress: terminal && !arguments.quiet && !json,
            styled: terminal && !json,
        }
    }

    /// Shows a stage as it begins.
    pub fn stage(&self, stage: Stage) {
        if self.progress {
            let words = match stage {
                Stage::Reading => "reading the content".to_owned(),
                Stage::Checking => "checking".to_owned(),
                Stage::Building(report) => format!("building {report}"),
                Stage::Publishing => "writing the output".to_owned(),
            };
            let _ = write!(stderr(), "{CLEAR_LINE}  {words} …").and_then(|()| stderr().flush());
        }
    }

    /// Shows the findings and the summary of a build.
    pub fn built(&self, outcome: &Outcome, options: &Options, time: Duration) {
        self.findings(outcome);
        if self.json {
            return self.say(&json_summary(outcome));
        }
        let Some(manifest) = outcome.manifest.as_ref() else {
            let kept = options.output.join("manifest.json").exists();
            let output = slashes(&options.output);
            let rest = if kept { format!("; {output}/ still holds the last good build") } else { String::new() };
            let _ = writeln!(stderr(), "{}, nothing was written{rest}", totals(outcome));
            return;
        };
        if self.quiet {
            return;
        }
        let output = slashes(&options.output);
        let mut lines = vec![
            format!(
                "  content   {}, {}",
                counted(outcome.summary.reports, "report"),
                counted(outcome.summary.files, "file")
            ),
            format!("  checked   {}", totals(outcome)),
        ];
        let widest = outcome.summary.built.iter().map(String::len).max().unwrap_or(0);
        for (place, report) in outcome.summary.built.iter().enumerate() {
            let lead = if place == 0 { "wrote" } else { "" };
            let folder = format!("{output}/{report:<widest$}");
            lines.push(format!("  {lead:<9} {folder}   {}", sizes(manifest, report)));
        }
        lines.push(format!("  done in {:.2} s; open {output}/index.html", time.as_secs_f64()));
        self.say(&lines.join("\n"));
    }

    /// Shows the findings and the summary of a check.
    pub fn checked(&self, outcome: &Outcome) {
        self.findings(outcome);
        if self.json {
            self.say(&json_summary(outcome));
        } else if !self.quiet || any_errors(&outcome.findings) {
            let summary = &outcome.summary;
            self.say(&format!(
                "checked {} in {}: {}",
                counted(summary.reports, "report"),
                counted(summary.files, "file"),
                totals(outcome)
            ));
        }
    }

    pub fn explain(&self, code: Code) {
        self.say(&format!("{}\n\n{}", code.name(), code.doc()));
    }

    pub fn unknown_code(&self, name: &str) {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        let _ = writeln!(stderr(), "error: there is no code `{name}`\n\nThe codes are: {}", names.join(", "));
    }

    fn findings(&self, outcome: &Outcome) {
        if self.progress {
            let _ = write!(stderr(), "{CLEAR_LINE}");
        }
        for finding in &outcome.findings {
            if self.json {
                self.say(&json(finding, &outcome.sources));
            } else {
                let _ = writeln!(stderr(), "{}\n", human(finding, &outcome.sources, self.styled));
            }
        }
    }

    /// Writes to standard output; a reader that has gone away is no fault of ours.
    fn say(&self, text: &str) {
        let _ = writeln!(stdout(), "{text}");
    }
}

fn sizes(manifest: &tally::publish::Manifest, report: &str) -> String {
    let of = |ending: &str| {
        manifest
            .files
            .iter()
            .filter(move |file| file.report.as_deref() == Some(report))
            .find(move |file| file.path == format!("{report}/{ending}"))
    };
    let data = manifest
        .files
        .iter()
        .filter(|file| file.report.as_deref() == Some(report) && file.path.ends_with(".csv"))
        .count();
    let page = of("index.html").map(|page| format!("page {}", tally::view::size(page.bytes)));
    let pdf = of(&format!("{report}.pdf"))
        .map(|pdf| format!("PDF {}, {}", counted(pdf.pages.unwrap_or(0), "page"), tally::view::size(pdf.bytes)));
    [page, pdf, Some(counted(data, "data file"))].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn totals(outcome: &Outcome) -> String {
    let of = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
    format!("{}, {}", counted(of(Severity::Error), "error"), counted(of(Severity::Warning), "warning"))
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The last line of the JSON form.
fn json_summary(outcome: &Outcome) -> String {
    let of = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
    serde_json::json!({
        "summary": {
            "reports": outcome.summary.reports,
            "files": outcome.summary.files,
            "errors": of(Severity::Error),
            "warnings": of(Severity::Warning),
            "written": outcome.summary.built,
        }
    })
    .to_string()
}
