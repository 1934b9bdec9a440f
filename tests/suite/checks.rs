//! Bad content: every fault is reported at its place, in plain words, and nothing is written.

use std::fs;

use insta::{assert_snapshot, with_settings};
use tally::diagnostic::{Code, Severity, any_errors};

use crate::support::{Sandbox, root};

/// One folder for each fault: how it differs from the full project, and the messages that leads to.
#[test]
fn every_fault_has_its_message_at_its_place() {
    let faults = root().join("tests/fixtures/faults");
    let mut folders: Vec<_> = fs::read_dir(&faults).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 30, "the faults are gone");
    for folder in folders {
        let sandbox = Sandbox::full();
        sandbox.change(&folder);
        let outcome = sandbox.build();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!outcome.findings.is_empty(), "{name} is no fault");
        assert!(outcome.manifest.is_some() || any_errors(&outcome.findings), "{name}: warnings stop a build");
        for error in outcome.findings.iter().filter(|finding| finding.severity == Severity::Error) {
            let path = error.at.map(|at| outcome.sources.file(at.file).path.clone()).unwrap_or_default();
            let folder = path.split('/').rev().nth(1).unwrap_or_default();
            let is_built = match folder {
                "content" | "" => outcome.manifest.is_some(),
                folder => outcome.summary.built.iter().any(|report| report == folder),
            };
            assert!(!is_built, "{name}: an error stops the report that it is in, or all");
        }
        assert_eq!(sandbox.output().exists(), outcome.manifest.is_some(), "{name}: nothing is written");
        with_settings!({snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true}, {
            assert_snapshot!("messages", sandbox.messages(&outcome));
        });
    }
}

/// A fault that is made by hand, and what the first message must contain.
fn check(sandbox: &Sandbox, code: Code, words: &str) {
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.findings.iter().any(|finding| finding.code == code), "no {} in:\n{messages}", code.name());
    assert!(messages.contains(words), "no “{words}” in:\n{messages}");
    assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "something was written");
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_place() {
    let sandbox = Sandbox::full();
    sandbox.write("example/loans.yaml", b"caption: Loans \xa3 1\n");
    check(&sandbox, Code::NotUtf8, "example/loans.yaml:1:16");
}

#[test]
fn brackets_without_end_do_not_exhaust_the_stack() {
    let sandbox = Sandbox::full();
    sandbox.write("example/loans.yaml", "[".repeat(100_000));
    check(&sandbox, Code::YamlTooDeep, "example/loans.yaml:1:");
    sandbox.write("example/loans.yaml", "{a: ".repeat(100_000));
    check(&sandbox, Code::YamlTooDeep, "example/loans.yaml:1:");
    let sandbox = Sandbox::full();
    sandbox.write("example/welcome.md", "> ".repeat(100_000) + "deep");
    check(&sandbox, Code::UnsupportedMarkdown, "example/welcome.md:1:");
}

#[test]
fn a_standfirst_is_measured_with_its_figures_where_they_are_known() {
    let sandbox = Sandbox::full();
    let figure = "{{ indicators.ratings.green | out-of indicators.count }}";
    let long = format!("{figure} are green, which is {figure}, and again, so that nobody forgets it: {figure}.");
    sandbox.replace("example/report.yaml", &format!("{figure} are green."), &long);
    assert_eq!(sandbox.messages(&sandbox.check()), "");
    sandbox.replace("example/report.yaml", "forgets it", "forgets it for as long as there are reports");
    check(&sandbox, Code::StandfirstLength, "characters; 95 fit");
    // A file that cannot be read is one fault, and none of a text that shows a figure of it.
    sandbox.replace("example/indicators.yaml", "caption:", "captoin:");
    let outcome = sandbox.check();
    assert!(!outcome.findings.iter().any(|finding| finding.code == Code::StandfirstLength));
}

#[test]
fn a_file_of_50_mb_is_refused_by_name() {
    let sandbox = Sandbox::full();
    sandbox.write("example/loans.yaml", vec![b'a'; 50 << 20]);
    check(&sandbox, Code::FileTooLarge, "example/loans.yaml has 50 MB");
}

#[test]
fn an_empty_content_folder_says_what_a_report_is() {
    let sandbox = Sandbox::full();
    fs::remove_dir_all(sandbox.content()).unwrap();
    check(&sandbox, Code::ContentEmpty, "does not exist");
    fs::create_dir_all(sandbox.content()).unwrap();
    check(&sandbox, Code::ContentEmpty, "holds no report");
}

#[test]
fn a_missing_organisation_is_named() {
    let sandbox = Sandbox::full();
    fs::remove_file(sandbox.content().join("organisation.yaml")).unwrap();
    check(&sandbox, Code::FileMissing, "organisation.yaml");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_content_folder_is_not_followed() {
    let sandbox = Sandbox::full();
    let secret = sandbox.path().join("secret.png");
    fs::copy(sandbox.content().join("example/branch.png"), &secret).unwrap();
    fs::remove_file(sandbox.content().join("example/branch.png")).unwrap();
    std::os::unix::fs::symlink(&secret, sandbox.content().join("example/branch.png")).unwrap();
    check(&sandbox, Code::OutsideContent, "example/branch.png leads out of the content folder");
}

#[test]
fn a_template_that_fails_is_shown_at_its_line() {
    let template = |path: &str, text: &str| {
        let sandbox = Sandbox::full();
        let path = sandbox.path().join("templates").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        sandbox
    };
    check(&template("html/index.html", "<p>\n{{ nobody }}"), Code::TemplateFailed, "html/index.html:2:");
    check(&template("html/report.html", "{% for %}"), Code::TemplateFailed, "html/report.html:1:");
    check(
        &template("pdf/lib/picture.typ", "#let picture(image, caption) = {"),
        Code::LayoutFailed,
        "pdf/lib/picture.typ:1:",
    );
    check(&template("tokens.yaml", "palette: {paper: white}"), Code::WrongValue, "tokens.yaml:1:18");
    let misspelt = "palette: {white: \"#ffffff\"}\nscreen-light: {page: whit}";
    check(&template("tokens.yaml", "screen-size: {space-33: 1rem}"), Code::UnknownField, "did you mean `space-3`?");
    check(&template("tokens.yaml", misspelt), Code::UnknownReference, "did you mean `white`?");
    check(
        &template(
            "components/part/part.html",
            "{% component Part(part: map, organisation: map) %}{{<Part part={part} organisation={organisation} />}}{% endcomponent Part %}",
        ),
        Code::TemplateFailed,
        "recursion",
    );
}

#[test]
fn a_template_that_fails_in_several_reports_is_told_once_and_their_own_faults_in_one_order() {
    let told = |path: &str, text: &str| {
        let sandbox = Sandbox::shipped();
        fs::create_dir_all(sandbox.path().join("templates").join(path).parent().unwrap()).unwrap();
        fs::write(sandbox.path().join("templates").join(path), text).unwrap();
        let outcome = sandbox.build();
        let codes: Vec<Code> = outcome.findings.iter().map(|finding| finding.code).collect();
        (codes, sandbox.messages(&outcome))
    };
    let (codes, messages) = told("html/report.html", "<p>\n{{ nobody }}");
    assert_eq!(codes, [Code::TemplateFailed], "{messages}");
    // Each report has a source of its own, and either may be laid out first.
    let own = || told("pdf/report.typ", "#panic() // {{ title.text }}");
    let (codes, messages) = own();
    assert_eq!(codes, [Code::LayoutFailed, Code::LayoutFailed], "{messages}");
    let place = |title: &str| messages.find(title).unwrap_or_else(|| panic!("{title} is not told: {messages}"));
    assert!(place("Commissioning Support") < place("Organisational"), "{messages}");
    for _ in 0..4 {
        assert_eq!(own().1, messages);
    }
}

#[test]
fn crlf_and_a_byte_order_mark_change_nothing() {
    let plain = Sandbox::full().built();
    let windows = Sandbox::full();
    for path in [
        "organisation.yaml",
        "example/report.yaml",
        "example/welcome.md",
        "example/indicators.yaml",
        "example/costs.yaml",
    ] {
        let text = fs::read_to_string(windows.content().join(path)).unwrap();
        windows.write(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    let windows = windows.built();
    assert_eq!(plain.text("example/index.html"), windows.text("example/index.html"));
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        assert!(code.doc().lines().count() >= 3, "{} says too little", code.name());
        assert_eq!(Code::by_name(code.name()), Some(*code));
    }
}
