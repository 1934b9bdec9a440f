//! One report for every row of a table: `for-each`.

use std::fs;

use insta::{assert_snapshot, with_settings};
use scraper::{Html, Selector};
use tally::build::{Options, build, list_facts, trace_fact};
use tally::diagnostic::{Code, any_errors};
use tally::fact::Pattern;
use tally::mutate::SlipKind;

use crate::command::run;
use crate::support::{Sandbox, copy, root};

#[path = "../../benches/support/practices.rs"]
mod many;

fn practices() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/each/content"))
}

fn words(page: &str, selector: &str) -> String {
    let page = Html::parse_document(page);
    let found = page.select(&Selector::parse(selector).unwrap()).next().unwrap();
    found.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_row_but_the_total_makes_a_report_with_its_own_words_and_figures() {
    let sandbox = practices().built();
    let page = sandbox.text("practices-abbey-view/index.html");
    assert_eq!(
        words(&page, "title").split(" – ").next(),
        Some("Abbey View 2: a year in figures: Practice report 2025/26")
    );
    let main = words(&page, "main");
    for expected in [
        "Abbey View 2 cares for 9,120 patients in Shaftesbury with six doctors.",
        "That is 9,120 of 16,150 in all; 7,030 are cared for elsewhere.",
        "Abbey View 2 at a glance",
        "94.1%",
    ] {
        assert!(main.contains(expected), "no “{expected}” in:\n{main}");
    }
    let description = Html::parse_document(&page);
    let description = description.select(&Selector::parse("meta[name=description]").unwrap()).next().unwrap();
    assert_eq!(description.attr("content"), Some("What Abbey View 2 in Shaftesbury did in 2025/26."));
    assert!(page.contains("\"name\":\"Abbey View 2: a year in figures: Practice report 2025/26\""), "not in JSON-LD");
    let other = words(&sandbox.text("practices-corfe/index.html"), "main");
    assert!(other.contains("Corfe cares for 2,980 patients in Corfe Castle with two doctors."), "{other}");
    assert!(!other.contains("Abbey"), "{other}");
    for row in ["abbey-view", "bere-regis", "corfe"] {
        assert!(sandbox.bytes(&format!("practices-{row}/practices-{row}.pdf")).starts_with(b"%PDF-"));
    }
    assert!(!sandbox.output().join("practices-total").exists(), "a total makes no report");
    assert!(!sandbox.output().join("practices").exists(), "the folder itself is no report");
}

/// A note of a row stands in the table that the reports show, and not in what they name of the row.
#[test]
fn notes_in_the_table_of_a_group_stay_in_the_table() {
    let sandbox = practices();
    let (named, table) = ("practices/practices.yaml", "practices/table.yaml");
    fs::rename(sandbox.content().join(named), sandbox.content().join(table)).unwrap();
    sandbox.replace("practices/report.yaml", "row-of: practices.yaml", "row-of: table.yaml");
    sandbox.replace(table, "{name: Abbey View 2,", "{name: \"Abbey View 2 {{ note moved }}\",");
    sandbox.replace(table, "[Shaftesbury,", "[\"Shaftesbury {{ note town }}\",");
    sandbox.replace(
        "practices/report.yaml",
        "cover: blue\n",
        "cover: blue\nnotes:\n  - {id: moved, text: It moved in May.}\n  - {id: town, text: In the old town.}\n",
    );
    let unprinted = sandbox.check();
    let messages = sandbox.messages(&unprinted);
    assert!(!any_errors(&unprinted.findings), "{messages}");
    assert!(messages.contains("nothing that the report prints names the note `moved`"), "{messages}");
    sandbox.replace(
        "practices/report.yaml",
        "      - table: staff.yaml\n",
        "      - table: staff.yaml\n      - table: table.yaml\n",
    );
    let outcome = sandbox.build();
    assert!(outcome.findings.is_empty(), "{}", sandbox.messages(&outcome));
    let page = sandbox.text("practices-abbey-view/index.html");
    assert!(words(&page, "main").contains("Abbey View 2 cares for 9,120 patients in Shaftesbury with six doctors."));
    assert!(!words(&page, "h1").contains("note"));
    let footnotes = words(&page, "#patients .footnotes");
    assert!(footnotes.contains("It moved in May.") && footnotes.contains("In the old town."), "{footnotes}");
}

#[test]
fn the_list_shows_a_group_together_in_the_order_of_its_rows() {
    let sandbox = practices();
    copy(&root().join("tests/fixtures/full/content/example"), &sandbox.content().join("example"));
    for file in ["facts.yaml", "checks.yaml", "organisation.yaml", "logo.svg", "logo-white.svg"] {
        fs::copy(root().join("tests/fixtures/full/content").join(file), sandbox.content().join(file)).unwrap();
    }
    sandbox.replace("organisation.yaml", "directorates:\n", "directorates:\n  - {id: care, name: Care}\n");
    let outcome = sandbox.check();
    let directorates = outcome.findings.iter().all(|finding| !any_errors(std::slice::from_ref(finding)));
    assert!(directorates, "{}", sandbox.messages(&outcome));
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    let index = Html::parse_document(&sandbox.text("index.html"));
    let texts = |selector: &str| -> Vec<String> {
        index.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect::<String>()).collect()
    };
    assert_eq!(texts("main > .reports > li > h2").len(), 1, "the report that is in no group");
    assert_eq!(texts("main > section > h2"), ["Practice reports 2025/26"]);
    let names: Vec<String> =
        texts("main > section li h3 a").iter().map(|one| one.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(names, ["Abbey View 2", "Bere Regis", "Corfe"]);
}

#[test]
fn a_folder_means_all_its_reports_and_an_id_one() {
    let build_of = |name: &str| {
        let sandbox = practices();
        let outcome = build(&Options { reports: vec![name.to_owned()], ..sandbox.options() }, &|_| ());
        (outcome.summary.built.clone(), sandbox.messages(&outcome))
    };
    assert_eq!(build_of("practices").0, ["practices-abbey-view", "practices-bere-regis", "practices-corfe"]);
    assert_eq!(build_of("practices-corfe").0, ["practices-corfe"]);
    let (built, messages) = build_of("practices-corf");
    assert!(built.is_empty() && messages.contains("did you mean `practices-corfe`?"), "{messages}");
}

#[test]
fn a_report_is_made_from_the_shared_files_and_its_rows_own() {
    let sandbox = practices();
    let manifest = build(&Options { review: true, ..sandbox.options() }, &|_| ()).manifest.unwrap();
    let paths: Vec<&str> = manifest.inputs["practices-corfe"].iter().map(|input| input.path.as_str()).collect();
    assert!(
        paths.contains(&"content/practices/corfe/indicators.yaml") && paths.contains(&"content/practices/staff.yaml")
    );
    assert!(!paths.iter().any(|path| path.contains("abbey-view")), "{paths:?}");
}

#[test]
fn a_figure_of_a_row_is_traced_to_its_cell_by_both_its_addresses() {
    let sandbox = practices();
    for address in ["practices-corfe.row.patients", "practices.corfe.patients"] {
        let (_, traces) = trace_fact(&sandbox.options(), address);
        let [trace] = &traces[..] else { panic!("{} traces of {address}", traces.len()) };
        assert_eq!((trace.address.as_str(), trace.value.as_str()), ("practices-corfe.row.patients", "2,980"));
        assert_eq!(trace.origin, "practices/practices.yaml:12:42");
        assert_eq!(trace.source.as_deref(), Some("Annual returns of the practices 2025/26"));
        assert!(trace.checks.contains(&"totals-add-up"), "{:?}", trace.checks);
    }
    let (_, lines) = list_facts(&sandbox.options(), Pattern::parse("practices.*.patients").as_ref());
    let addresses: Vec<&str> = lines.iter().map(|line| line.address.as_str()).collect();
    assert_eq!(
        addresses,
        [
            "practices-abbey-view.row.patients",
            "practices-bere-regis.row.patients",
            "practices-corfe.row.patients",
            "practices.total.patients"
        ]
    );
}

/// Of two editions of a group, the reports of a row are compared with each other; or one of them alone.
#[test]
fn editions_of_a_group_are_compared_row_by_row() {
    let sandbox = practices();
    let content = sandbox.content();
    copy(&content.join("practices"), &content.join("next"));
    sandbox
        .replace("next/report.yaml", "cover: blue", "cover: blue\nfollows: practices")
        .replace("next/report.yaml", "{from: 2025-04-01, to: 2026-03-31}", "{from: 2026-04-01, to: 2027-03-31}")
        .replace("next/report.yaml", "2026-06-30", "2027-06-30\ndraft: 2027-06-01")
        .replace("next/report.yaml", "Our patients", "Who came to us");
    let compared = run(&sandbox, &["compare", "next"]);
    for row in ["abbey-view", "bere-regis", "corfe"] {
        assert!(compared.contains(&format!("next-{row}")), "{row}: {compared}");
    }
    let one = run(&sandbox, &["compare", "next-corfe"]);
    assert!(one.contains("Who came to us") && !one.contains("next-abbey-view"), "{one}");
    let both = run(&sandbox, &["compare", "practices-corfe", "next-corfe"]);
    assert!(both.contains("Who came to us"), "{both}");
    let unknown = run(&sandbox, &["compare", "practices-corf"]);
    assert!(unknown.contains("there is no report `practices-corf`") && unknown.contains("did you mean"), "{unknown}");
}

/// A finding of each of two rows, acknowledged in the file that both share.
#[test]
fn an_acknowledgement_holds_for_every_report_and_one_that_needs_it_is_enough() {
    let sandbox = practices();
    for row in ["abbey-view", "corfe"] {
        sandbox.replace(&format!("practices/{row}/indicators.yaml"), "[1000, 91", "[1001, 91");
    }
    let broken = sandbox.check();
    assert_eq!(broken.findings.iter().filter(|one| one.code == Code::RatioAgrees).count(), 2);
    let one = |figures: &str| {
        format!(
            "  - {{rule: ratio-agrees, address: indicators.seen-on-time.q1.percentage, figures: [{figures}], reason: Known, by: Editor, date: 2026-07-01}}\n"
        )
    };
    let checks = fs::read_to_string(sandbox.content().join("practices/checks.yaml")).unwrap();
    let messages = |outcome: &tally::build::Outcome| sandbox.messages(outcome);
    sandbox.write("practices/checks.yaml", format!("{checks}acknowledgements:\n{}", one("91.1%, 911, \"1,001\"")));
    let outcome = sandbox.check();
    assert_eq!(
        outcome.findings.iter().map(|one| one.code).collect::<Vec<_>>(),
        [Code::RatioAgrees],
        "{}",
        messages(&outcome)
    );
    assert_eq!(outcome.acknowledged.len(), 1);
    let both = one("91.1%, 911, \"1,001\"") + &one("91.3%, 913, \"1,001\"");
    sandbox.write("practices/checks.yaml", format!("{checks}acknowledgements:\n{both}"));
    let outcome = sandbox.check();
    assert!(outcome.findings.is_empty() && outcome.acknowledged.len() == 2, "{}", messages(&outcome));
}

#[test]
fn a_wrong_total_of_the_rows_is_found() {
    let sandbox = practices();
    sandbox.replace("practices/practices.yaml", "\"16,150\"", "\"16,151\"");
    let outcome = sandbox.check();
    let messages = sandbox.messages(&outcome);
    assert!(messages.contains("9,120 + 4,050 + 2,980 = 16,150"), "{messages}");
}

/// One folder for each fault: how it differs from the practices, and the messages that leads to.
#[test]
fn every_fault_of_a_group_has_its_message_at_its_place() {
    let mut folders: Vec<_> =
        fs::read_dir(root().join("tests/fixtures/each/faults")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 10, "the faults are gone");
    for folder in folders {
        let sandbox = practices();
        sandbox.change(&folder);
        let outcome = sandbox.check();
        assert!(!outcome.findings.is_empty(), "{} is no fault", folder.display());
        with_settings!({snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true}, {
            assert_snapshot!("messages", sandbox.messages(&outcome));
        });
    }
}

/// The content of so many practices that the measurements use.
fn measured(rows: usize) -> Sandbox {
    let empty = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::of(empty.path());
    for (path, text) in many::practices(rows) {
        sandbox.write(&path, text);
    }
    sandbox
}

/// The content that is measured is content: without a fault, and of the size that is claimed.
#[test]
fn the_practices_that_are_measured_build_to_four_pages() {
    let sandbox = measured(3);
    let outcome = sandbox.build();
    assert!(outcome.findings.is_empty(), "{}", sandbox.messages(&outcome));
    let manifest = outcome.manifest.unwrap();
    let pages: Vec<usize> = manifest.files.iter().filter_map(|file| file.pages).collect();
    assert_eq!(pages, [4, 4, 4]);
}

#[test]
fn a_slip_in_the_table_of_rows_is_one_slip_and_few_rows_stand_for_many() {
    // Two more than are changed: each change is checked in all of them.
    let rows = 14;
    let sandbox = measured(rows);
    // One indicator of each row stands for all four.
    for row in 0..rows {
        let path = format!("practices/practice-{row}/indicators.yaml");
        let text = fs::read_to_string(sandbox.content().join(&path)).unwrap();
        sandbox.write(&path, text.split("      - id: indicator-1\n").next().unwrap());
    }
    let (_, report) = tally::build::mutate_content(&sandbox.options(), 2, 1);
    // Of each row three figures of the table, three of its staff and thirteen of its indicator; two totals, one of all.
    let figures: usize =
        report.by_kind.iter().filter(|(kind, _)| kind.is_of_one_figure()).map(|(_, one)| one.figures).sum();
    assert_eq!((figures, report.left_out), (12 * (3 + 3 + 13) + 2 + 1, 2));
    let patients = report
        .unnoticed
        .iter()
        .filter(|one| one.kind != SlipKind::Pairs && one.address.ends_with(".row.patients"))
        .count();
    assert_eq!(patients, 0, "the total of the rows notices each slip");
}

/// A relation that is wrong for all, and a fault that all have alike: nobody reads forty messages.
#[test]
fn of_faults_in_many_reports_the_first_are_told_and_the_others_counted() {
    let sandbox = measured(40);
    sandbox.replace("practices/checks.yaml", "row.doctors ==", "row.patients ==");
    sandbox.replace("practices/patients.md", "in all practices", "in all {{ row.practices }} practices");
    let outcome = sandbox.check();
    let messages = sandbox.messages(&outcome);
    let of = |code: Code| outcome.findings.iter().filter(|one| one.code == code).count();
    assert_eq!((of(Code::RelationHolds), of(Code::UnknownFact), outcome.findings.len()), (3, 1, 4), "{messages}");
    assert!(messages.contains("the same is found in 37 more reports of the group"), "{messages}");
    assert!(messages.contains("in the report practices-practice-2\n"), "{messages}");
}
