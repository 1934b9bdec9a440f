//! Slips that a person makes who knows Word and Excel: each is told by its own cause, at its own place, with what to type.

use insta::assert_snapshot;

use crate::command::run;
use crate::support::{Sandbox, copy};

const LOANS: &str = "example/loans.yaml";
const INDICATORS: &str = "example/indicators.yaml";
const WELCOME: &str = "example/welcome.md";
const FACTS: &str = "facts.yaml";

/// What is typed, by what is wrong with it: the file, its words, and what stands there instead.
type Typed = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const TYPED: [Typed; 24] = [
    (
        "words for a figure",
        &[
            (LOANS, "\"7,500\", 10.5", "1 234, tbc"),
            (INDICATORS, "[12, 9, 15, 10]", "[12, 1 234, tbc, 10]"),
            (FACTS, "value: 6", "value: tbc"),
            (FACTS, "value: 500", "value: 12,00"),
        ],
    ),
    (
        "other ways to write a figure",
        &[
            (LOANS, "\"7,500\", 10.5", "circa 40, .5"),
            (INDICATORS, "[12, 9, 15, 10]", "[12k, 40+, \"1.234,56\", 1O]"),
            (FACTS, "value: 6", "value: 01/04/2017"),
            (FACTS, "value: 500", "value: 1:30"),
        ],
    ),
    (
        "letters behind a quotation mark",
        &[
            (LOANS, "caption: Loans in {{ report.year }}", "caption: \"Loans\" in {{ report.year }}"),
            (INDICATORS, "intro: Each quarter gives", "intro: \"Each quarter\" gives"),
        ],
    ),
    (
        "a backslash",
        &[
            (LOANS, "caption: Loans in {{ report.year }}", "caption: \"Loans \\& returns\""),
            (INDICATORS, "caption: Library indicators {{ report.year }}", "caption: \"Kept in S:\\reports\""),
        ],
    ),
    (
        "brackets and commas in a list",
        &[
            (INDICATORS, "[12, 9, 15, 10]", "[12 [p], 9,, 15, 10]"),
            (INDICATORS, "[1000, 900, 90%]", "[\"1,000\" 900, 90%]"),
        ],
    ),
    ("a list for a field", &[(INDICATORS, "number: 1,", "number: tbc,"), (INDICATORS, "number: 2,", "number: 4.2,")]),
    (
        "a target without its unit",
        &[
            (INDICATORS, "target: 90%", "target: 95"),
            (INDICATORS, "target: 5%", "target: 5"),
            (INDICATORS, "target: 80%", "target: 0.8"),
            (INDICATORS, "target: \"<2 weeks\"", "target: <2"),
        ],
    ),
    ("a target in words", &[(INDICATORS, "target: 15", "target: max 15"), (INDICATORS, "target: 80%", "target: tbc")]),
    (
        "a list without its brackets or commas",
        &[
            (INDICATORS, "[12, 9, 15, 10]", "12, 9, 15, 10"),
            (INDICATORS, "[82%, 84%, 79%, 83%]", "[82% 84% 79% 83%]"),
            (INDICATORS, "[3 weeks, 9.5 weeks, no data, 1 week]", "(3 weeks; 9.5 weeks; no data; 1 week)"),
        ],
    ),
    ("a list of one item", &[(WELCOME, "We opened", "– Books\n\nWe opened")]),
    (
        "days and ids",
        &[
            (FACTS, "period: 2025-09-01", "period: 1 September 2025"),
            (FACTS, "value: 2025-09-01", "value: 1st Sept 2025"),
            (FACTS, "id: villages", "id: Villages of the bus"),
            (INDICATORS, "aim: at-most", "aim: At most"),
        ],
    ),
    ("a cell without its unit", &[(LOANS, "62.5%, 2 weeks", "62.5, 2")]),
    ("a star", &[(LOANS, "\"7,500\", 10.5", "*, 10.5")]),
    ("a hyphen", &[(LOANS, "\"7,500\", 10.5", "-, 10.5")]),
    ("a question mark", &[(LOANS, "\"7,500\", 10.5", "?, 10.5")]),
    (
        "a space that does not break",
        &[(LOANS, "caption: ", "caption:\u{a0}"), (INDICATORS, "  green:", "\u{a0} green:")],
    ),
    ("a colon too few", &[(INDICATORS, "target: 90%", "target 90%"), (LOANS, "unit: ", "unit:")]),
    (
        "a bracket and a quotation mark too few",
        &[(INDICATORS, "[1200, 1104, 92%]", "[1200, 1104, 92%"), (LOANS, "unit: \"£'000\"", "unit: \"£'000")],
    ),
    ("a comma in a list", &[(INDICATORS, "[1000, 900, 90%]", "[1,000, 900, 90%]")]),
    ("semicolons", &[(INDICATORS, "[1000, 900, 90%]", "[1000; 900; 90%]")]),
    ("a change", &[(INDICATORS, "[8000, 8320, 4%]", "[8000, 8340, 4.1%]")]),
    ("an address", &[(WELCOME, "{{ indicators.count", "{{ indicators.coutn"), (FACTS, "id: villages", "id: vilages")]),
    ("signs as they are printed", &[(LOANS, "24.5, 25%", "–24.5, −25%")]),
    ("a figure that is the cause", &[(LOANS, "\"12,500\", 35", "\"12,600\", 35")]),
];

#[test]
fn each_slip_is_told_by_its_cause() {
    for (what, changes) in TYPED {
        let sandbox = Sandbox::full();
        for (path, from, to) in changes {
            sandbox.replace(path, from, to);
        }
        assert_snapshot!(what.replace(' ', "-"), sandbox.messages(&sandbox.check()));
    }
}

/// What a name of a file says that it is decides what is to be done; that its place is then shown nowhere follows from it.
#[test]
fn a_workbook_or_a_document_in_the_place_of_a_file_is_told_how_it_is_taken() {
    let mut told = Vec::new();
    for (from, to) in [
        ("table: loans.yaml", "table: visits.xlsx"),
        ("table: loans.yaml", "table: loan.yaml"),
        ("table: loans.yaml", "table: loans.yml"),
        ("table: loans.yaml", "table: loans"),
        ("prose: welcome.md", "prose: welcome.docx"),
    ] {
        let sandbox = Sandbox::full();
        sandbox.replace("example/report.yaml", from, to);
        told.push(sandbox.messages(&sandbox.check()));
    }
    assert_snapshot!("files-of-other-programs", told.join("\n\n"));
}

/// A paragraph is a line, however long: the words around the place are shown.
#[test]
fn a_place_in_a_long_paragraph_is_shown_with_the_words_around_it() {
    let sandbox = Sandbox::full();
    let long = "We lent many books, and ".repeat(200);
    sandbox.replace(WELCOME, "We opened", &format!("{long} read 47 of them.\n\nWe opened"));
    let outcome = sandbox.check();
    let messages = sandbox.messages(&outcome);
    let excerpt: Vec<&str> = messages.lines().take(6).collect();
    assert_snapshot!("long-paragraph", excerpt.join("\n"));
    assert!(excerpt.iter().all(|line| line.chars().count() < 200), "{messages}");
}

/// One thing is one finding: a day, a service with a number in its name, round the clock.
#[test]
fn a_thing_with_numbers_is_one_finding_or_none() {
    let sandbox = Sandbox::full();
    sandbox.replace(WELCOME, "We opened", "On 30 June 2017 our line began 24/7, beside NHS 111.\n\nWe opened");
    assert_snapshot!("things-with-numbers", sandbox.messages(&sandbox.check()));
}

/// The acknowledgement that a message offers can be pasted as it is; what is left is to say who, when and why.
#[test]
fn an_offered_acknowledgement_can_be_pasted() {
    let sandbox = Sandbox::full();
    sandbox.replace(INDICATORS, "[8000, 8320, 4%]", "[8000, 8340, 4.1%]");
    let outcome = sandbox.check();
    let help = outcome.findings[0].help.iter().find(|help| help.contains("acknowledge it in")).unwrap();
    let (_, offered) = help.split_once("checks.yaml: ").unwrap();
    let paste = |offered: &str| {
        let pasted = format!("acknowledgements:\n  - {offered}");
        sandbox.replace("example/checks.yaml", "acknowledgements:", &pasted);
    };
    paste(offered);
    assert_snapshot!("pasted", sandbox.messages(&sandbox.check()));
    sandbox.replace(
        "example/checks.yaml",
        "reason: …, by: …, date: …",
        "reason: As printed, by: A. Reader, date: 2026-05-01",
    );
    assert_eq!(sandbox.messages(&sandbox.check()), "");
}

/// Where errors are, and what to do next, stands at the end.
#[test]
fn the_last_line_says_in_which_report_the_errors_are() {
    let sandbox = Sandbox::full();
    copy(&sandbox.content().join("example"), &sandbox.content().join("second"));
    sandbox.replace("second/loans.yaml", "caption:", "captoin:");
    assert_snapshot!("in-one-report", run(&sandbox, &["check"]));
    sandbox.replace("example/loans.yaml", "caption:", "caption:\u{a0}");
    assert_snapshot!("in-two-reports", run(&sandbox, &["build"]));
}

/// The same is written by a command, which shows it first.
#[test]
fn an_acknowledgement_is_shown_and_then_written() {
    let sandbox = Sandbox::full();
    sandbox.replace(INDICATORS, "[8000, 8320, 4%]", "[8000, 8340, 4.1%]");
    let before = crate::support::files(&sandbox.content());
    let address = run(&sandbox, &["acknowledge"]);
    let (_, address) = address.split_once("ratio-agrees ").unwrap();
    let address = address.split(':').next().unwrap();
    let asked = ["acknowledge", "ratio-agrees", address, "--date", "2026-05-01"];
    let who = ["--reason", "As printed: \"4.1%\"", "--by", "A. Reader"];
    let shown = [
        run(&sandbox, &["acknowledge"]),
        run(&sandbox, &asked),
        run(&sandbox, &[&asked[..], &["--write"]].concat()),
        run(&sandbox, &[&asked[..], &who[..]].concat()),
    ];
    assert_eq!(crate::support::files(&sandbox.content()), before, "what is shown writes nothing");
    let written = run(&sandbox, &[&asked[..], &who[..], &["--write"]].concat());
    assert_snapshot!("acknowledge", format!("{}\n\n{written}", shown.join("\n\n")));
    assert_eq!(sandbox.messages(&sandbox.check()), "");
    for (path, text) in crate::support::files(&sandbox.content()) {
        let was = &before.iter().find(|(one, _)| *one == path).unwrap().1;
        let is_there = path != "example/checks.yaml" && text == *was;
        assert!(is_there || (path == "example/checks.yaml" && text.len() > was.len()), "{path} was changed");
    }
    // Where there is no checks file yet it is made.
    let sandbox = Sandbox::of(&crate::support::root().join("tests/fixtures/cases/two-editions/content"));
    sandbox.replace("library-2024-25/costs.yaml", "\"60,000\"", "\"61,000\"");
    run(
        &sandbox,
        &[&["acknowledge", "totals-add-up", "library-2024-25.costs.all.total"], &who[..], &["--write"]].concat(),
    );
    let text = std::fs::read_to_string(sandbox.content().join("library-2024-25/checks.yaml")).unwrap();
    assert!(text.starts_with("acknowledgements:\n  - rule: totals-add-up\n"), "{text}");
}
