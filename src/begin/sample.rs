//! A first report, with a sample of each part that is easily thrown away.

use include_dir::{Dir, include_dir};

use super::Beginning;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::is_reserved;
use crate::model::values::{Date, Id};
use crate::source::portable::objection;
use crate::yaml::Parse;

static SAMPLE: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/begin/sample");

/// The name of the report's folder in the sample.
const REPORT: &str = "REPORT";

/// The files of a content folder with one report of that name, about the last year from April to March that was over on a
/// day, as a draft of that day.
pub fn sample(report: &str, today: Date) -> Result<Beginning, Findings> {
    let reserved = is_reserved(report).then(|| "Tally uses the name itself".to_owned());
    if let Some(why) = Id::parse(report).err().or_else(|| objection(report).map(str::to_owned)).or(reserved) {
        let message = format!("`{report}` cannot be the folder of a report: {why}");
        return Err(vec![Diagnostic::error_nowhere(Code::FileName, message).help("such as annual-report-2025-26")]);
    }
    let words = words(today);
    let mut files = Vec::new();
    collect(&SAMPLE, report, &words, &mut files);
    files.sort();
    let done = vec![
        format!("made a first report in {report}, a draft with a sample of each part"),
        "put your own words and figures in the place of these; a part is thrown away with its line in report.yaml and its file".to_owned(),
    ];
    Ok(Beginning { files, done })
}

/// The words of the sample that follow from the day, with what stands for each.
fn words(today: Date) -> [(&'static str, String); 6] {
    let year = if today.month() < 4 { today.year() - 1 } else { today.year() };
    [
        ("PERIOD-FROM", format!("{}-04-01", year - 1)),
        ("PERIOD-TO", format!("{year}-03-31")),
        ("PUBLISHED", format!("{year}-07-31")),
        ("TODAY", today.iso()),
        ("LAST-YEAR", (year - 1).to_string()),
        ("YEAR-BEFORE", (year - 2).to_string()),
    ]
}

fn collect(folder: &Dir, report: &str, words: &[(&str, String)], files: &mut Vec<(String, Vec<u8>)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().unwrap_or_default().to_owned();
        let text = words.iter().fold(text, |text, (word, own)| text.replace(word, own));
        files.push((path.replacen(REPORT, report, 1), text.into_bytes()));
    }
    folder.dirs().for_each(|folder| collect(folder, report, words, files));
}
