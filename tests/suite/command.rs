//! The command as it is typed: transcripts, exit codes, messages for people and for programs.

use std::fs::{self, File, OpenOptions};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::support::Sandbox;

/// A line of a transcript without what changes with every line of the content: times, and the sizes of files.
fn lasting(line: &str) -> String {
    let line = line.split_once("done in ").map_or(line.to_owned(), |(lead, rest)| {
        format!(
            "{lead}done in [time]{}",
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start_matches(" s")
        )
    });
    let pieces: Vec<&str> = line.split(" KB").collect();
    let without_size = |(place, piece): (usize, &&str)| match place + 1 < pieces.len() {
        true => format!("{}[size]", piece.trim_end_matches(|c: char| c.is_ascii_digit())),
        false => (*piece).to_owned(),
    };
    pieces.iter().enumerate().map(without_size).collect::<Vec<_>>().join(" KB")
}

/// Runs the command in a sandbox and writes down what it says.
pub fn run(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_tally")).args(arguments).current_dir(sandbox.path()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(".exe", "");
    let said = format!(
        "$ tally {}\n{}{}exit code {}",
        arguments.join(" "),
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().unwrap_or(-1)
    );
    said.lines().map(lasting).collect::<Vec<_>>().join("\n")
}

#[test]
fn building_and_checking() {
    let sandbox = Sandbox::full();
    assert_snapshot!("build", run(&sandbox, &["build"]));
    assert_snapshot!("build-one-format", run(&sandbox, &["build", "example", "--format", "html"]));
    assert_snapshot!("check", run(&sandbox, &["check"]));
    assert_snapshot!("quiet", run(&sandbox, &["--quiet"]));
}

#[test]
fn a_mistake_keeps_the_last_good_build() {
    let sandbox = Sandbox::full().built();
    sandbox.replace("example/costs.yaml", "£0.33", "0,33");
    assert_snapshot!("mistake", run(&sandbox, &[]));
    assert_snapshot!("mistake-json", run(&sandbox, &["check", "--message-format", "json"]));
    assert!(sandbox.output().join("example/index.html").exists());
}

#[test]
fn figures_are_listed_and_traced() {
    let sandbox = Sandbox::full();
    assert_snapshot!("facts", run(&sandbox, &["facts", "costs.books.**"]));
    assert_snapshot!("facts-nowhere", run(&sandbox, &["facts", "costs.*.nothing"]));
    assert_snapshot!("trace", run(&sandbox, &["trace", "costs.books.total"]));
    assert_snapshot!("trace-computed", run(&sandbox, &["trace", "example.costs.lending.share.sum"]));
    assert_snapshot!("trace-left-out", run(&sandbox, &["trace", "indicators.pleased.q1.percentage"]));
    assert_snapshot!("trace-unknown", run(&sandbox, &["trace", "costs.boks.total"]));
}

/// A total of which nothing can be said is not passed over in silence.
#[test]
fn a_total_with_a_part_that_is_kept_back_is_traced_as_unchecked() {
    let sandbox = Sandbox::full();
    sandbox
        .replace("example/statement.yaml", "\"1,210 | 310 (p) | 1,490 (r)\"", "\"[c] | 310 (p) | 1,490 (r)\"")
        .replace("example/statement.yaml", "45.5 {{ note renewals }}", "(45.5)")
        .replace(
            "example/statement.yaml",
            "id: income, total: yes",
            "id: income, total: yes, values: 99 | 310 | 1528.25",
        );
    assert_snapshot!("trace-kept-back", run(&sandbox, &["trace", "statement.income.lending"]));
}

/// A wrong figure, told to people and to each kind of program.
#[test]
fn a_wrong_figure_is_told_in_every_format() {
    let sandbox = Sandbox::full();
    sandbox.replace("example/costs.yaml", "name: Poems, values: \"34,000", "name: Poems, values: \"35,000");
    assert_snapshot!("wrong-figure", run(&sandbox, &["check"]));
    assert_snapshot!("wrong-figure-json", run(&sandbox, &["check", "--message-format", "json"]));
    assert_snapshot!("wrong-figure-github", run(&sandbox, &["check", "--message-format", "github"]));
    assert_snapshot!("wrong-figure-sarif", run(&sandbox, &["check", "--message-format", "sarif"]));
}

#[test]
fn wrong_use() {
    let sandbox = Sandbox::full();
    assert_snapshot!("unknown-report", run(&sandbox, &["build", "exampel"]));
    assert_snapshot!("unknown-option", run(&sandbox, &["--fomrat", "html"]));
    assert_snapshot!("unknown-templates", run(&sandbox, &["--templates", "nowhere"]));
    assert_snapshot!(
        "unknown-code",
        run(&sandbox, &["explain", "unknown"]).lines().take(4).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn help_and_explanations() {
    let sandbox = Sandbox::full();
    assert_snapshot!("help", run(&sandbox, &["--help"]));
    assert_snapshot!("explain", run(&sandbox, &["explain", "unknown-field"]));
}

/// What nobody could read must not pass for a success.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_said_is_a_failure() {
    let sandbox = Sandbox::full();
    for arguments in [&["check"][..], &["facts"], &["explain", "totals-add-up"], &["--help"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
        let status = command.args(arguments).current_dir(sandbox.path()).stdout(full).stderr(Stdio::null()).status();
        assert_eq!(status.unwrap().code(), Some(3), "{arguments:?}");
    }
}

/// What no report shows is named in a short list, and left alone: it may be large, and it may not even be readable.
#[test]
fn what_is_no_content_is_left_alone() {
    let sandbox = Sandbox::full();
    for number in 0..5000 {
        fs::write(sandbox.content().join(format!("example/IMG_{number:04}.jpg")), "").unwrap();
    }
    File::create(sandbox.content().join("example/film.mp4")).unwrap().set_len(3 << 30).unwrap();
    let said = run(&sandbox, &["check"]);
    assert!(said.contains("4996 more files beside it are not used either") && said.contains("exit code 0"), "{said}");
    assert_eq!(said.matches("warning[unused-file]").count(), 5, "{said}");
}
