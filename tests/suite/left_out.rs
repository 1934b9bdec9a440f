//! A report with errors stops nobody else's: it is left out, what takes figures from it is left out with it, and the others
//! are published.

use std::fs;

use insta::assert_snapshot;
use tally::build::{Options, build};
use tally::diagnostic::{Code, Severity};

use crate::command::run;
use crate::support::{Sandbox, copy, root};

const LIBRARY: &str = "library-2024-25";

/// Three reports: the library's, another one, and one that takes a figure from the library's.
fn three_reports() -> Sandbox {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/two-editions/content"));
    fs::remove_dir_all(sandbox.content().join("library-2025-26")).unwrap();
    for name in ["museum", "summary"] {
        copy(&sandbox.content().join(LIBRARY), &sandbox.content().join(name));
        sandbox.replace(&format!("{name}/report.yaml"), "Library Service", name);
    }
    let cited = "\n\nThe libraries cost {{ library-2024-25.costs.all.total | pounds }}.\n";
    sandbox.write("summary/money.md", format!("It cost {{{{ costs.all.total | pounds }}}}.{cited}"));
    sandbox
}

fn index(sandbox: &Sandbox) -> String {
    sandbox.text("index.html")
}

#[test]
fn the_others_are_published_and_the_command_says_what_is_missing() {
    let sandbox = three_reports();
    sandbox.replace("library-2024-25/costs.yaml", "\"60,000\"", "\"61,000\"");
    assert_snapshot!("left-out", run(&sandbox, &["build"]));
    assert!(sandbox.output().join("museum/museum.pdf").exists());
    for report in [LIBRARY, "summary"] {
        assert!(!sandbox.output().join(report).exists(), "{report} was published");
        assert!(!index(&sandbox).contains(report), "the list of reports leads to {report}");
    }
    let told = sandbox.check().findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    assert_eq!(told.map(|finding| finding.code).collect::<Vec<_>>(), [Code::TotalsAddUp], "a check tells nothing else");
}

/// What readers have stays where it is, until there is something better.
#[test]
fn what_was_published_before_stays_and_is_led_to() {
    let sandbox = three_reports().built();
    let was = sandbox.bytes("library-2024-25/index.html");
    for broken in [("costs.yaml", "\"60,000\"", "\"61,000\""), ("report.yaml", "period: {from", "period {from")] {
        let (file, from, to) = broken;
        sandbox.replace(&format!("{LIBRARY}/{file}"), from, to);
        let outcome = sandbox.build();
        assert_eq!(outcome.summary.built, ["museum"], "{}", sandbox.messages(&outcome));
        assert_eq!(sandbox.bytes("library-2024-25/index.html"), was);
        assert!(sandbox.bytes("library-2024-25/library-2024-25.pdf").starts_with(b"%PDF"));
        assert!(index(&sandbox).contains("summary/index.html"), "the list of reports leads to it still");
    }
    // Nothing of it is forgotten when all is well again.
    sandbox.replace("library-2024-25/report.yaml", "period {from", "period: {from");
    sandbox.replace("library-2024-25/costs.yaml", "\"61,000\"", "\"60,000\"");
    assert_eq!(sandbox.build().summary.built.len(), 3);
    assert_eq!(sandbox.bytes("library-2024-25/index.html"), was);
}

#[test]
fn a_report_that_cannot_be_laid_out_stops_no_other() {
    let sandbox = three_reports();
    let wide = "9".repeat(17);
    let columns: Vec<String> = (0..14).map(|at| format!("  - {{id: c{at}, name: C{at}, unit: £}}")).collect();
    let values = vec![format!("\"{wide}\""); 14].join(", ");
    sandbox.write(
        "library-2024-25/wide.yaml",
        format!(
            "caption: Wide\nrows-are: Item\nsource: returns\ncolumns:\n{}\nrows:\n  - {{name: All, values: [{values}]}}\n",
            columns.join("\n")
        ),
    );
    sandbox.replace(
        "library-2024-25/report.yaml",
        "      - costs: costs.yaml",
        "      - costs: costs.yaml\n      - table: wide.yaml",
    );
    let outcome = sandbox.build();
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let codes: std::collections::BTreeSet<Code> = errors.map(|finding| finding.code).collect();
    assert_eq!(outcome.summary.built, ["museum"], "{}", sandbox.messages(&outcome));
    assert!(codes.into_iter().eq([Code::ReportLeftOut, Code::DoesNotFit]), "{}", sandbox.messages(&outcome));
}

/// Who asks for a report by name is told of others in a line.
#[test]
fn a_report_that_was_not_asked_for_is_a_warning() {
    let sandbox = three_reports();
    sandbox.replace("library-2024-25/costs.yaml", "\"60,000\"", "\"61,000\"");
    let of = |name: &str| Options { reports: vec![name.to_owned()], ..sandbox.options() };
    let outcome = build(&of("museum"), &|_| ());
    assert_snapshot!("not-asked", sandbox.messages(&outcome));
    assert_eq!(outcome.summary.built, ["museum"]);
    let outcome = build(&of(LIBRARY), &|_| ());
    assert!(outcome.manifest.is_none() && outcome.findings.iter().any(|one| one.code == Code::TotalsAddUp));
    // An edition that it follows is no report to be built in its place.
    sandbox.replace(
        "museum/report.yaml",
        "period: {from: 2024-04-01, to: 2025-03-31}",
        "period: {from: 2023-04-01, to: 2024-03-31}",
    );
    sandbox.replace("library-2024-25/report.yaml", "source: returns", "follows: museum\nsource: returns");
    assert!(build(&of(LIBRARY), &|_| ()).manifest.is_none());
    let outcome = build(&of("summary"), &|_| ());
    assert!(outcome.manifest.is_none(), "a figure is published that has an error");
}

/// What all reports share is nobody's alone.
#[test]
fn an_error_in_what_all_share_stops_all() {
    let sandbox = three_reports();
    sandbox.replace("organisation.yaml", "email:", "e-mail:");
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "{}", sandbox.messages(&outcome));
}

/// A relation between two reports that all share says nothing while one of them is left out.
#[test]
fn checks_that_all_share_stop_no_report_because_another_is_missing() {
    for (file, from, to) in [("report.yaml", "period:", "period"), ("staff-survey.yaml", "year: 2015", "year: 2O15")] {
        let sandbox = Sandbox::shipped();
        sandbox.replace(&format!("css-annual-report/{file}"), from, to);
        let outcome = sandbox.build();
        assert_eq!(outcome.summary.built, ["od-progress-summary"], "{}", sandbox.messages(&outcome));
    }
}
