//! The file that has a repository's own machines check and build the reports at every change.

use super::Beginning;

/// Where GitHub looks for it, from the folder of the repository.
const PATH: &str = ".github/workflows/report.yml";

const WORKFLOW: &str = include_str!("report-workflow.yml");

/// The workflow for a content folder of that name; `from` is the address of the repository that Tally is installed from.
pub fn workflow(content: &str, from: &str) -> Beginning {
    let text = WORKFLOW.replace("FROM", &quoted(from)).replace("CONTENT", &quoted(content));
    let done = vec![
        format!("made {PATH}: at every change it checks the reports, and keeps what was built as “reports”"),
        "commit it; what is wrong is shown in the pull request beside the lines that it is about".to_owned(),
    ];
    Beginning { files: vec![(PATH.to_owned(), text.into_bytes())], done }
}

/// A word for a shell, whatever is in it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/:.@_-".contains(c);
    match word.chars().all(is_plain) && !word.is_empty() {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
