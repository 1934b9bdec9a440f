//! Findings for another program: one JSON object a line.

use serde::Serialize;

use super::{Diagnostic, SourceMap};

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    help: &'a [String],
    /// Address of the figure, and all figures of the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<&'a [String]>,
    /// What mends it beyond doubt.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mends: Vec<Mend<'a>>,
}

/// Letters of a file, from the first byte to the one behind the last, and what stands in their place.
#[derive(Serialize)]
struct Mend<'a> {
    file: String,
    start: usize,
    end: usize,
    with: &'a str,
}

/// Line and columns count from 1, columns in characters.
#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    text: String,
}

/// Writes one finding as a JSON object without a line break.
pub fn json(finding: &Diagnostic, sources: &SourceMap) -> String {
    let place = finding.at.map(|at| {
        let (line, column) = sources.line_column(at);
        let file = sources.file(at.file);
        Place { file: file.path.clone(), line, column, text: file.text[sources.range(at)].to_owned() }
    });
    let line = Line {
        code: finding.code.name(),
        severity: finding.severity.word(),
        message: &finding.message,
        place,
        help: &finding.help,
        address: finding.about.as_ref().map(|about| about.address.as_str()),
        figures: finding.about.as_ref().map(|about| about.figures.as_slice()),
        mends: finding.mends.iter().map(|mend| of_mend(mend, sources)).collect(),
    };
    serde_json::to_string(&line).unwrap_or_else(|error| format!("{{\"message\":\"{error}\"}}"))
}

fn of_mend<'a>(mend: &'a super::Mend, sources: &SourceMap) -> Mend<'a> {
    let range = sources.range(mend.at);
    Mend { file: sources.file(mend.at.file).path.clone(), start: range.start, end: range.end, with: &mend.with }
}
