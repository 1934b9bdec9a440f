//! Findings for code scanners and editors: a log in SARIF 2.1.0, the OASIS format for results of static analysis.

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Code, Diagnostic, SourceMap, Span};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The version comes first, as the standard advises, so that a reader meets it before all else.
#[derive(Serialize)]
struct Log {
    version: &'static str,
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Value; 1],
}

/// Writes all findings as one log.
pub fn sarif(findings: &[Diagnostic], sources: &SourceMap) -> String {
    let log = Log { version: "2.1.0", schema: SCHEMA, runs: [run(findings, sources)] };
    // Strings and numbers always have a JSON form.
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn run(findings: &[Diagnostic], sources: &SourceMap) -> Value {
    let occurs = |code: &Code| findings.iter().any(|finding| finding.code == *code);
    let codes: Vec<Code> = Code::ALL.iter().copied().filter(occurs).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code, findings)).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &codes, sources)).collect();
    json!({
        "tool": { "driver": { "name": "Tally", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
        "columnKind": "unicodeCodePoints",
        "results": results,
    })
}

/// A code as a rule. Its level is the gravest that it has among the findings.
fn rule(code: Code, findings: &[Diagnostic]) -> Value {
    let (meaning, help) = code.doc().split_once("\n\n").unwrap_or((code.doc(), code.doc()));
    let gravest = findings.iter().filter(|finding| finding.code == code).map(|finding| finding.severity).min();
    json!({
        "id": code.name(),
        "shortDescription": message(meaning),
        "help": message(help),
        "defaultConfiguration": { "level": gravest.map(|severity| severity.word()) },
    })
}

fn result(finding: &Diagnostic, codes: &[Code], sources: &SourceMap) -> Value {
    let locations: Vec<Value> =
        finding.at.iter().map(|at| json!({ "physicalLocation": physical_location(*at, sources) })).collect();
    let related: Vec<Value> = finding
        .also
        .iter()
        .map(|(at, why)| json!({ "physicalLocation": physical_location(*at, sources), "message": message(why) }))
        .collect();
    let mut lines = vec![finding.message.as_str()];
    lines.extend(finding.help.iter().map(String::as_str));
    json!({
        "ruleId": finding.code.name(),
        "ruleIndex": codes.iter().position(|code| *code == finding.code),
        "level": finding.severity.word(),
        "message": message(&lines.join("\n")),
        "locations": locations,
        "relatedLocations": related,
        "partialFingerprints": { "tally/v1": fingerprint(finding, sources) },
    })
}

/// A text as a SARIF message, in which a single brace would begin or end a placeholder.
fn message(text: &str) -> Value {
    json!({ "text": text.replace('{', "{{").replace('}', "}}") })
}

/// The stretch of a file; the column of its end is the one after its last character.
fn physical_location(at: Span, sources: &SourceMap) -> Value {
    let end = sources.range(at).end;
    let (start_line, start_column) = sources.line_column(at);
    let (end_line, end_column) = sources.line_column(Span::new(at.file, end..end));
    json!({
        "artifactLocation": { "uri": uri(&sources.file(at.file).path) },
        "region": {
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    })
}

/// A path as a URI: relative where the path is, otherwise with the scheme `file`.
fn uri(path: &str) -> String {
    match path.as_bytes() {
        [b'/', b'/', ..] => format!("file:{}", percent_encoded(path)),
        [b'/', ..] => format!("file://{}", percent_encoded(path)),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => {
            format!("file:///{}{}", &path[..2], percent_encoded(&path[2..]))
        }
        _ => percent_encoded(path.trim_start_matches("./")),
    }
}

fn percent_encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Tells a finding from others, and stays the same when lines are added above it.
fn fingerprint(finding: &Diagnostic, sources: &SourceMap) -> String {
    let path = finding.at.map_or(String::new(), |at| sources.file(at.file).path.clone());
    let parts = [finding.code.name(), &path, &finding.message].join("\n");
    Sha256::digest(parts.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    const TEXT: &str = "title: Zahlen\nnotes: |\n  “£5” é\n  more\ntitle: Zwei\n";

    fn sample() -> (Vec<Diagnostic>, SourceMap) {
        let sources = SourceMap::default();
        let file = sources.add("content/été 5%/report.yaml", TEXT);
        let findings = vec![
            Diagnostic::error(Code::DuplicateField, span(file, "title: Zwei"), "the field `title` is given twice")
                .help("remove one of them")
                .help("or rename one")
                .also(span(file, "title: Zahlen"), "it is given here first"),
            Diagnostic::warning(Code::UnusedFile, Span::new(file, 0..0), "no part shows {0}"),
            Diagnostic::error(Code::WrongValue, span(file, "“£5” é\n  more"), "`“£5” é` is no figure"),
            Diagnostic::error(Code::UnusedFile, span(file, "notes"), "no part shows the notes"),
            Diagnostic::error_nowhere(Code::ContentEmpty, "the content folder holds no report"),
        ];
        (findings, sources)
    }

    fn span(file: FileId, part: &str) -> Span {
        let start = TEXT.find(part).unwrap();
        Span::new(file, start..start + part.len())
    }

    fn run_of(findings: &[Diagnostic], sources: &SourceMap) -> Value {
        let log: Value = serde_json::from_str(&sarif(findings, sources)).unwrap();
        log["runs"][0].clone()
    }

    fn list(value: &Value) -> &[Value] {
        value.as_array().unwrap()
    }

    /// Asserts that an object has these fields, all of them and no others.
    fn has_fields(object: &Value, expected: &[&str]) {
        let mut fields: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, expected);
    }

    fn is_text(message: &Value) {
        has_fields(message, &["text"]);
        assert!(!message["text"].as_str().unwrap().is_empty());
    }

    fn is_physical_location(place: &Value) {
        has_fields(place, &["artifactLocation", "region"]);
        has_fields(&place["artifactLocation"], &["uri"]);
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains([' ', '\\']), "{uri}");
        let region = &place["region"];
        has_fields(region, &["endColumn", "endLine", "startColumn", "startLine"]);
        let number = |name: &str| region[name].as_u64().unwrap();
        let start = (number("startLine"), number("startColumn"));
        let end = (number("endLine"), number("endColumn"));
        assert!(start.0 >= 1 && start.1 >= 1 && end.1 >= 1 && start <= end, "{region}");
    }

    #[test]
    fn a_log_keeps_the_rules_of_the_standard() {
        let (findings, sources) = sample();
        let text = sarif(&findings, &sources);
        assert!(text.starts_with("{\n  \"version\": \"2.1.0\",\n  \"$schema\": \"https://"), "{text}");
        let log: Value = serde_json::from_str(&text).unwrap();
        has_fields(&log, &["$schema", "runs", "version"]);
        let run = &log["runs"][0];
        has_fields(run, &["columnKind", "results", "tool"]);
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        has_fields(&run["tool"], &["driver"]);
        let driver = &run["tool"]["driver"];
        has_fields(driver, &["name", "rules", "version"]);
        assert_eq!((&driver["name"], &driver["version"]), (&json!("Tally"), &json!(env!("CARGO_PKG_VERSION"))));
        for rule in list(&driver["rules"]) {
            has_fields(rule, &["defaultConfiguration", "help", "id", "shortDescription"]);
            is_text(&rule["shortDescription"]);
            is_text(&rule["help"]);
            assert!(["error", "warning"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
        }
        for result in list(&run["results"]) {
            let expected = "level locations message partialFingerprints relatedLocations ruleId ruleIndex";
            has_fields(result, &expected.split(' ').collect::<Vec<_>>());
            assert_eq!(driver["rules"][result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
            assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
            is_text(&result["message"]);
            for location in list(&result["locations"]) {
                has_fields(location, &["physicalLocation"]);
                is_physical_location(&location["physicalLocation"]);
            }
            for location in list(&result["relatedLocations"]) {
                has_fields(location, &["message", "physicalLocation"]);
                is_physical_location(&location["physicalLocation"]);
                is_text(&location["message"]);
            }
        }
    }

    #[test]
    fn rules_are_the_codes_that_occur_in_their_fixed_order() {
        let (findings, sources) = sample();
        let run = run_of(&findings, &sources);
        let rules = list(&run["tool"]["driver"]["rules"]);
        let ids: Vec<&Value> = rules.iter().map(|rule| &rule["id"]).collect();
        assert_eq!(ids, ["content-empty", "duplicate-field", "wrong-value", "unused-file"]);
        assert_eq!(rules[1]["help"]["text"], "Remove one of them.");
        assert_eq!(rules[3]["defaultConfiguration"]["level"], "error");
        assert_eq!(run["results"][1]["level"], "warning");
    }

    #[test]
    fn every_code_has_a_meaning_and_a_help() {
        for code in Code::ALL {
            let (meaning, help) = code.doc().split_once("\n\n").unwrap();
            assert!(!meaning.is_empty() && !help.is_empty(), "{}", code.name());
        }
    }

    #[test]
    fn an_empty_log_has_a_run_without_results() {
        let run = run_of(&[], &SourceMap::default());
        assert_eq!((&run["results"], &run["tool"]["driver"]["rules"]), (&json!([]), &json!([])));
    }

    #[test]
    fn a_result_has_its_help_and_both_its_places() {
        let (findings, sources) = sample();
        let result = &run_of(&findings, &sources)["results"][0];
        assert_eq!(result["message"]["text"], "the field `title` is given twice\nremove one of them\nor rename one");
        let uri = "content/%C3%A9t%C3%A9%205%25/report.yaml";
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], uri);
        assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"]["endColumn"], 14);
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "it is given here first");
    }

    #[test]
    fn columns_count_code_points_and_the_end_is_left_out() {
        let (findings, sources) = sample();
        let results = &run_of(&findings, &sources)["results"];
        let region = |at: usize| &results[at]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region(2), &json!({ "startLine": 3, "startColumn": 3, "endLine": 4, "endColumn": 7 }));
        assert_eq!(region(1), &json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 }));
        let file = FileId(0);
        let figure = &physical_location(span(file, "“£5”"), &sources)["region"];
        assert_eq!(figure, &json!({ "startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 7 }));
        let beyond = &physical_location(Span::new(file, 9000..9001), &sources)["region"];
        assert_eq!(beyond, &json!({ "startLine": 6, "startColumn": 1, "endLine": 6, "endColumn": 1 }));
    }

    #[test]
    fn a_finding_that_no_text_holds_has_no_location() {
        let (findings, sources) = sample();
        let result = &run_of(&findings, &sources)["results"][4];
        assert_eq!((&result["locations"], &result["relatedLocations"]), (&json!([]), &json!([])));
    }

    #[test]
    fn a_brace_is_no_placeholder() {
        assert_eq!(message("no part shows {0}"), json!({ "text": "no part shows {{0}}" }));
    }

    #[test]
    fn paths_become_uris() {
        let expected = [
            ("content/a-b_c.~1/report.yaml", "content/a-b_c.~1/report.yaml"),
            ("./content/report.yaml", "content/report.yaml"),
            ("../content/report.yaml", "../content/report.yaml"),
            ("10% [a]?#&+.md", "10%25%20%5Ba%5D%3F%23%26%2B.md"),
            ("a:b.md", "a%3Ab.md"),
            ("/srv/my reports/a.md", "file:///srv/my%20reports/a.md"),
            ("C:/my reports/a:b.md", "file:///C:/my%20reports/a%3Ab.md"),
            ("//server/share/a b.md", "file://server/share/a%20b.md"),
            ("😀.md", "%F0%9F%98%80.md"),
        ];
        for (path, encoded) in expected {
            assert_eq!(uri(path), encoded);
        }
    }

    #[test]
    fn a_fingerprint_outlasts_a_move_but_not_another_message() {
        let sources = SourceMap::default();
        let file = sources.add("a.yaml", "a: 1\na: 2\n");
        let of = |start: usize, message: &str| {
            fingerprint(&Diagnostic::error(Code::WrongValue, Span::new(file, start..start + 1), message), &sources)
        };
        assert_eq!(of(0, "one"), of(5, "one"));
        assert_ne!(of(0, "one"), of(0, "two"));
        assert_eq!(of(0, "one"), "b119a592e82ba9298fe4cc0b548bfe07cba2481b968a92fe406bbdb2d51446b9");
    }
}
