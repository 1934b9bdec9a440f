//! Findings for a run on GitHub: a workflow command for each, which GitHub shows beside the line that it is about.

use super::{Diagnostic, SourceMap, Span};

/// Writes one finding as a workflow command without a line break.
pub fn github(finding: &Diagnostic, sources: &SourceMap) -> String {
    let mut properties = finding.at.map(|at| place(at, sources)).unwrap_or_default();
    properties.push(("title", finding.code.name().to_owned()));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", escaped_property(value))).collect();
    let mut lines = vec![finding.message.as_str()];
    lines.extend(finding.help.iter().map(String::as_str));
    format!("::{} {}::{}", finding.severity.word(), properties.join(","), escaped(&lines.join("\n")))
}

/// File, lines and columns; the last column is the one after the last character. GitHub takes columns only within one
/// line, and shows a finding under its last line, so that a line break at the end is left out.
fn place(at: Span, sources: &SourceMap) -> Vec<(&'static str, String)> {
    let file = sources.file(at.file);
    let range = sources.range(at);
    let end = range.start + file.text[range].trim_end_matches(['\r', '\n']).len();
    let (line, column) = sources.line_column(at);
    let (end_line, end_column) = sources.line_column(Span::new(at.file, end..end));
    let path = file.path.trim_start_matches("./").to_owned();
    let mut place = vec![("file", path), ("line", line.to_string()), ("endLine", end_line.to_string())];
    if line == end_line {
        place.extend([("col", column.to_string()), ("endColumn", end_column.to_string())]);
    }
    place
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    const TEXT: &str = "title: £5\nnotes: |\n  one\n  two\nend: 1\r\n";

    fn command(path: &str, part: &str) -> String {
        let sources = SourceMap::default();
        let file = sources.add(path, TEXT);
        let start = TEXT.find(part).unwrap();
        github(&Diagnostic::error(Code::WrongValue, Span::new(file, start..start + part.len()), "no"), &sources)
    }

    /// Reads a command as GitHub's runner does.
    fn read(command: &str) -> (String, Vec<(String, String)>, String) {
        let (head, data) = command.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
        let property = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap();
            let value = unescaped(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
            (name.to_owned(), value)
        };
        let properties = properties.split(',').map(property).collect();
        (name.to_owned(), properties, unescaped(data).replace("%25", "%"))
    }

    #[test]
    fn a_finding_stands_at_its_characters() {
        assert_eq!(
            command("content/a.yaml", "£5"),
            "::error file=content/a.yaml,line=1,endLine=1,col=8,endColumn=10,title=wrong-value::no"
        );
    }

    #[test]
    fn several_lines_have_no_columns() {
        assert_eq!(command("./a.yaml", "one\n  two"), "::error file=a.yaml,line=3,endLine=4,title=wrong-value::no");
    }

    #[test]
    fn a_line_break_at_the_end_is_no_further_line() {
        assert_eq!(command("a", "  two\n"), "::error file=a,line=4,endLine=4,col=1,endColumn=6,title=wrong-value::no");
        assert_eq!(command("a", "1\r\n"), "::error file=a,line=5,endLine=5,col=6,endColumn=7,title=wrong-value::no");
    }

    #[test]
    fn a_finding_that_no_text_holds_has_its_title_alone() {
        let finding = Diagnostic::error_nowhere(Code::ContentEmpty, "no report").help("add one").help("or another");
        assert_eq!(
            github(&finding, &SourceMap::default()),
            "::error title=content-empty::no report%0Aadd one%0Aor another"
        );
    }

    #[test]
    fn what_is_written_is_what_the_runner_reads() {
        let sources = SourceMap::default();
        let file = sources.add("C:/5%, a=b/%2C::.yaml", "a: 1\n");
        let message = "100 %, :: %0A and %25\r\n::error::";
        let finding = Diagnostic::warning(Code::BrokenYaml, Span::new(file, 0..0), message).help("50%0D, or not: yes");
        let written = github(&finding, &sources);
        assert!(!written.contains(['\r', '\n']), "{written}");
        let (name, properties, data) = read(&written);
        let expected = [
            ("file", "C:/5%, a=b/%2C::.yaml"),
            ("line", "1"),
            ("endLine", "1"),
            ("col", "1"),
            ("endColumn", "1"),
            ("title", "broken-yaml"),
        ];
        assert_eq!(properties, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!((name.as_str(), data), ("warning", format!("{message}\n50%0D, or not: yes")));
    }
}
