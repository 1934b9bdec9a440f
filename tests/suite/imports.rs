//! `tally import`: figures of workbooks find their places by what rows and columns are called, and nothing else changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use insta::assert_snapshot;
use proptest::prelude::*;
use tally::build::{Imports, ImportsAsked, list_facts, list_imports, look_into};
use tally::diagnostic::{Code, human};
use tally::import::{Change, ListedFigure};

use crate::command::run;
use crate::support::{Sandbox, root};

/// How the dashboard of indicators is taken.
const DASHBOARD: &str = "\
imports:
  - id: dashboard
    workbook: kpi-dashboard.xlsx
    source: annual-report-2016-17
    sheet: Dashboard 2016-17
    headings: 3-4
    into: indicators.yaml
    rows: {by: Indicator, are: name}
    take:
      q*.denominator: Quarter * / Denominator
      q*.number: Quarter * / Number
      q*.percentage: Quarter * / %
    reads: {N/A: n/a}
    leave-out: [\"WITHDRAWN: Number of faxes sent\"]
";

/// What the revised dashboard calls another indicator.
const RENAMED: &str = "Total number of unannounced/announced visits to providers carried out (cumulative) (all sites)";

/// A workbook of the fixtures lies in `incoming`.
fn deliver(sandbox: &Sandbox, workbook: &str, name: &str) {
    let bytes = fs::read(root().join("tests/fixtures/workbooks").join(workbook)).unwrap();
    deliver_bytes(sandbox, name, &bytes);
}

fn deliver_bytes(sandbox: &Sandbox, name: &str, bytes: &[u8]) {
    let folder = sandbox.path().join("incoming");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

/// The shipped reports with the dashboard to be taken.
fn dashboard(workbook: &str) -> Sandbox {
    let sandbox = Sandbox::shipped();
    sandbox.write("css-annual-report/imports.yaml", DASHBOARD);
    deliver(&sandbox, workbook, "kpi-dashboard.xlsx");
    sandbox
}

fn listed(sandbox: &Sandbox) -> Imports {
    list_imports(&sandbox.options(), &ImportsAsked::default())
}

fn figures(imports: &Imports) -> impl Iterator<Item = &ListedFigure> {
    imports.listings.iter().flat_map(|(_, listing)| &listing.figures)
}

/// Addresses with what stood there and what would.
fn changes(imports: &Imports) -> BTreeMap<&str, (&str, &str)> {
    let changed = figures(imports).filter(|figure| figure.change == Change::Changes);
    changed.map(|one| (one.taken.address.as_str(), (one.was.as_str(), one.is.as_str()))).collect()
}

/// What is said of imports, without the folder's own path.
fn messages(sandbox: &Sandbox, imports: &Imports) -> String {
    let texts = imports.outcome.findings.iter().map(|finding| human(finding, &imports.outcome.sources, false));
    texts.collect::<Vec<_>>().join("\n\n").replace(&tally::source::slashes(sandbox.path()), "")
}

/// Every file of the content, by its path.
fn content(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(sandbox.content()).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())).collect()
}

/// A name as the test makes it alike, by its letters and digits alone.
fn bare(name: &str) -> String {
    let name = name.replace('&', "and").to_lowercase();
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[test]
fn every_indicator_of_the_dashboard_is_found_and_no_figure_differs_but_those_that_are_acknowledged() {
    let sandbox = dashboard("01-kpi-dashboard.xlsx");
    let before = content(&sandbox);
    let imports = listed(&sandbox);
    assert!(!imports.is_refused(), "{}", messages(&sandbox, &imports));
    let text = fs::read_to_string(sandbox.content().join("css-annual-report/indicators.yaml")).unwrap();
    let mut rows = BTreeMap::new();
    for figure in figures(&imports) {
        rows.insert(figure.taken.row.clone(), figure.taken.address.split('.').nth(1).unwrap().to_owned());
    }
    assert_eq!(rows.len(), 39);
    for (row, id) in &rows {
        let (_, rest) = text.split_once(&format!("- id: {id}\n")).unwrap();
        let name = rest.lines().next().unwrap().trim().trim_start_matches("name: ").trim_matches('"');
        assert_eq!(bare(name), bare(row), "{id}");
    }
    // The errors of the printed report are those which its checks acknowledge.
    let acknowledged = sandbox.check().acknowledged;
    let of_ratios = acknowledged.iter().filter(|one| one.finding.code == Code::RatioAgrees);
    let addresses: BTreeSet<String> = of_ratios
        .filter_map(|one| Some(one.finding.about.as_ref()?.address.split_once('.')?.1.to_owned()))
        .filter(|address| address.starts_with("indicators."))
        .collect();
    let differ: BTreeSet<String> = changes(&imports).into_keys().map(str::to_owned).collect();
    assert_eq!((figures(&imports).count(), differ.len()), (360, 9));
    assert_eq!(differ, addresses);
    assert!(imports.listings.iter().all(|(_, listing)| listing.came.is_empty() && listing.gone.is_empty()));
    assert_eq!(content(&sandbox), before, "listing writes nothing");
}

#[test]
fn of_the_revised_dashboard_just_its_changes_are_listed() {
    let sandbox = dashboard("01-kpi-dashboard.xlsx");
    listed(&sandbox).write().unwrap();
    deliver(&sandbox, "01b-kpi-dashboard-revised.xlsx", "kpi-dashboard.xlsx");
    let imports = listed(&sandbox);
    assert_snapshot!("renamed", messages(&sandbox, &imports).replace("\r\n", "\n"));
    assert!(imports.is_refused() && imports.write().unwrap() == 0);
    let known_as = format!("{DASHBOARD}    known-as: {{provider-visits: \"{RENAMED}\"}}\n");
    sandbox.write("css-annual-report/imports.yaml", known_as);
    let imports = listed(&sandbox);
    assert!(!imports.is_refused(), "{}", messages(&sandbox, &imports));
    let expected = [
        ("indicators.clinical-contracts-signed.q4.number", ("175", "176")),
        ("indicators.clinical-contracts-signed.q4.percentage", ("97%", "98%")),
        ("indicators.coding-challenges.q4.number", ("£1,858,663", "£1,885,663")),
    ];
    assert_eq!(changes(&imports), BTreeMap::from(expected));
    let (_, listing) = &imports.listings[0];
    assert_eq!(
        listing.came.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
        ["Number of purchase orders raised in advance"]
    );
    assert_eq!(listing.gone, ["Continuous availability of email during core business hours (8.30–5.30)"]);
    let provisional = figures(&imports).filter(|figure| !figure.comments.is_empty()).collect::<Vec<_>>();
    assert_eq!(provisional.len(), 1);
    assert_eq!(provisional[0].comments, ["Provisional until the June return. JS"]);
}

#[test]
fn what_the_checks_would_say_is_what_they_say_then() {
    let sandbox = dashboard("01-kpi-dashboard.xlsx");
    let before = sandbox.check();
    let imports = listed(&sandbox);
    assert_eq!(imports.come.iter().filter(|one| one.code == Code::AcknowledgementUnused).count(), 9);
    assert!(imports.come.iter().any(|one| one.code == Code::ControlTotalAgrees));
    assert_eq!(imports.go.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::ImportNotRun]);
    assert_eq!(imports.write().unwrap(), 2);
    let after = sandbox.check();
    let said = |findings: &[tally::diagnostic::Diagnostic]| -> BTreeSet<(Code, String)> {
        findings.iter().map(|one| (one.code, one.message.clone())).collect()
    };
    let new: BTreeSet<_> = said(&after.findings).difference(&said(&before.findings)).cloned().collect();
    assert_eq!(new, said(&imports.come));
}

#[test]
fn the_command_lists_writes_and_says_where_a_figure_came_from() {
    let sandbox = dashboard("01-kpi-dashboard.xlsx");
    let list = run(&sandbox, &["import", "css-annual-report"]);
    assert_snapshot!("list", list);
    let letters = list.lines().find_map(|line| line.split_once("--listed ")).unwrap().1.to_owned();
    assert_snapshot!(
        "other",
        run(&sandbox, &["import", "css-annual-report", "--write", "--listed", "00000000"])
            .lines()
            .filter(|line| line.starts_with("error") || line.starts_with("exit"))
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert_snapshot!(
        "written",
        run(&sandbox, &["import", "css-annual-report", "--quiet", "--write", "--listed", &letters])
            .lines()
            .filter(|line| line.starts_with("wrote") || line.starts_with("exit"))
            .collect::<Vec<_>>()
            .join("\n")
    );
    let trace = run(&sandbox, &["trace", "indicators.clinical-contracts-signed.q4.percentage"]);
    assert_snapshot!("trace", trace.lines().filter(|line| line.contains("  taken ")).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_workbook_proposes_how_it_is_taken_and_the_proposal_takes_it() {
    let sandbox = Sandbox::shipped();
    for (workbook, rows) in [("01-kpi-dashboard.xlsx", 39), ("02-running-costs.xlsx", 39)] {
        deliver(&sandbox, workbook, workbook);
        let looked = look_into(&sandbox.options(), &sandbox.path().join("incoming").join(workbook));
        let [proposal] = &looked.proposals[..] else { panic!("{workbook}: {:?}", looked.proposals) };
        assert_eq!((proposal.report.as_str(), proposal.rows), ("css-annual-report", rows));
        assert_snapshot!(
            format!("proposal-{workbook}"),
            format!("{}\n\n{}", looked.contents.join("\n"), proposal.yaml)
        );
        sandbox.write("css-annual-report/imports.yaml", format!("imports:\n{}\n", proposal.yaml));
        let imports = listed(&sandbox);
        let wrong = imports
            .outcome
            .findings
            .iter()
            .filter(|one| one.code != Code::ImportRefused && one.code != Code::ImportDoubtful);
        assert_eq!(wrong.count(), 0, "{}", messages(&sandbox, &imports));
        assert!(figures(&imports).count() > 100);
    }
}

#[test]
fn a_figure_that_was_changed_by_hand_and_a_workbook_that_was_replaced_are_told() {
    let sandbox = dashboard("01-kpi-dashboard.xlsx");
    let of = |sandbox: &Sandbox, code: Code| {
        sandbox.check().findings.into_iter().filter(|one| one.code == code).map(|one| one.message).collect::<Vec<_>>()
    };
    assert_eq!(of(&sandbox, Code::ImportNotRun), ["nothing was taken from kpi-dashboard.xlsx yet"]);
    listed(&sandbox).write().unwrap();
    assert_eq!(listed(&sandbox).changes(), 0);
    assert!(of(&sandbox, Code::TakenDiffers).is_empty() && of(&sandbox, Code::SourceReplaced).is_empty());
    sandbox.replace("css-annual-report/indicators.yaml", "[180, 175, 97%]", "[180, 177, 97%]");
    let told = [
        "indicators.clinical-contracts-signed.q4.number is 177, and 175 was taken from kpi-dashboard.xlsx, Dashboard 2016-17!P6",
    ];
    assert_eq!(of(&sandbox, Code::TakenDiffers), told);
    // The same figure typed in another way is no other figure.
    sandbox.replace("css-annual-report/indicators.yaml", "[180, 177, 97%]", "[180, \"175\", 97%]");
    assert!(of(&sandbox, Code::TakenDiffers).is_empty());
    deliver(&sandbox, "01b-kpi-dashboard-revised.xlsx", "kpi-dashboard.xlsx");
    assert_eq!(of(&sandbox, Code::SourceReplaced).len(), 1);
    // Nobody needs the workbooks to check or build.
    fs::remove_dir_all(sandbox.path().join("incoming")).unwrap();
    assert!(of(&sandbox, Code::SourceReplaced).is_empty());
}

/// A small table of the full project, as somebody would send it.
const COSTS: &str = "\
imports:
  - id: costs
    workbook: costs.csv
    source: library-returns
    headings: 1
    into: costs.yaml
    rows: {by: Service, are: name}
    take: {total: Spent, share: \"% of all\"}
";

const COSTS_SENT: &str =
    "Service,Spent,% of all\nBooks,\"100,001\",62.5%\nFilms,\"20,000\",12.5%\nLearning,\"£40,000\",25%\n";

fn costs(imports: &str, sent: &str) -> Sandbox {
    let sandbox = Sandbox::full();
    sandbox.write("example/imports.yaml", imports);
    deliver_bytes(&sandbox, "costs.csv", sent.as_bytes());
    sandbox
}

#[test]
fn a_figure_keeps_the_manner_in_which_it_was_typed() {
    let sandbox = costs(COSTS, COSTS_SENT);
    let before = fs::read_to_string(sandbox.content().join("example/costs.yaml")).unwrap();
    let imports = listed(&sandbox);
    assert_eq!(changes(&imports), BTreeMap::from([("costs.books.total", ("100,000", "100,001"))]));
    imports.write().unwrap();
    let after = fs::read_to_string(sandbox.content().join("example/costs.yaml")).unwrap();
    assert_eq!(after, before.replace("100,000 | £0.83", "100,001 | £0.83"));
}

/// Loans of the full project, whose fees are in thousands of pounds.
const LOANS: &str = "\
imports:
  - id: loans
    workbook: loans.csv
    source: library-returns
    headings: 1
    into: loans.yaml
    rows: {by: Kind, are: name}
    take: {fees: Fees, share: Share}
";

fn loans(imports: &str, sent: &str) -> Sandbox {
    let sandbox = Sandbox::full();
    sandbox.write("example/imports.yaml", imports);
    deliver_bytes(&sandbox, "loans.csv", sent.as_bytes());
    sandbox
}

/// Pounds are no thousands of pounds, and a part is no percentage, until somebody says so.
#[test]
fn a_number_of_another_unit_is_refused_until_its_unit_is_said() {
    let in_pounds = "Kind,Fees,Share\nBooks,\"£35,120\",0.625\nFilms,\"£10,500\",0.375\n";
    let sandbox = loans(LOANS, in_pounds);
    let imports = listed(&sandbox);
    assert!(imports.is_refused() && imports.write().unwrap() == 0);
    assert_snapshot!("other-units", messages(&sandbox, &imports));
    let said = format!("{LOANS}    units: {{fees: £, share: ratio}}\n");
    for (digits, books) in [("", "35.12"), ("    digits: 0\n", "35")] {
        let sandbox = loans(&format!("{said}{digits}"), in_pounds);
        let imports = listed(&sandbox);
        assert!(!imports.is_refused(), "{}", messages(&sandbox, &imports));
        let given = figures(&imports).find(|figure| figure.taken.address == "loans.books.fees").unwrap();
        assert_eq!(given.is, books);
    }
    // Full pounds without a sign are told by what stands there, and a heading by what it says.
    for sent in ["Kind,Fees,Share\nBooks,35120,62.5%\n", "Kind,Fees (£m),Share\nBooks,0.035,62.5%\n"] {
        let headed = LOANS.replace("Fees, share", if sent.contains("£m") { "Fees (£m), share" } else { "Fees, share" });
        assert!(listed(&loans(&headed, sent)).is_refused(), "{sent}");
    }
    let strange = loans(&format!("{LOANS}    units: {{fee: £}}\n"), in_pounds);
    assert!(messages(&strange, &listed(&strange)).contains("did you mean `fees`?"));
}

/// The supplier's own sum goes into the control total, and is held against the figures before anything is written.
#[test]
fn a_control_total_is_taken_from_a_cell() {
    let import = format!("{COSTS}    totals: {{costs.books.*.total: {{at: costs!B5, beside: All books}}}}\n");
    let sent = format!("{COSTS_SENT}All books,\"£100,500\",\n");
    let import = format!("{import}    leave-out: [All books]\n").replace("costs.books.*.total", "costs.books.total");
    let sandbox = costs(&import, &sent);
    let unknown = messages(&sandbox, &listed(&sandbox));
    assert!(unknown.contains("the report has no control total of `costs.books.total`"), "{unknown}");
    let total = "control-totals:\n  - {of: costs.books.total, is: \"100,000\", source: library-returns}\n";
    sandbox.replace("example/checks.yaml", "control-totals:\n", total);
    let checks = fs::read_to_string(sandbox.content().join("example/checks.yaml")).unwrap();
    let imports = listed(&sandbox);
    assert!(!imports.is_refused(), "{}", messages(&sandbox, &imports));
    assert_eq!(changes(&imports)["control total of costs.books.total"], ("100,000", "100,500"));
    assert!(imports.come.iter().any(|one| one.code == Code::ControlTotalAgrees), "{:?}", imports.come);
    imports.write().unwrap();
    let after = fs::read_to_string(sandbox.content().join("example/checks.yaml")).unwrap();
    assert_eq!(after, checks.replace("is: \"100,000\"", "is: \"100,500\""));
    assert!(sandbox.check().findings.iter().all(|one| one.code != Code::TakenDiffers));
    assert_eq!(listed(&sandbox).changes(), 0);
}

#[test]
fn a_new_row_is_a_block_with_what_is_known_and_dots_for_the_rest() {
    let sent = format!("{COSTS_SENT}Maps,\"1,500\",0.9%\n");
    let sandbox = costs(COSTS, &sent);
    let before = fs::read_to_string(sandbox.content().join("example/costs.yaml")).unwrap();
    let imports = listed(&sandbox);
    assert!(!imports.is_refused(), "{}", messages(&sandbox, &imports));
    imports.write().unwrap();
    let after = fs::read_to_string(sandbox.content().join("example/costs.yaml")).unwrap();
    let last = "  - {id: contribution, name: Saved for next year, values: \"5,000 | n/a | n/a\"}\n";
    let block = "  - id: maps\n    name: Maps\n    values: 1,500 | … | 0.9%\n";
    let expected = before.replace("100,000 | £0.83", "100,001 | £0.83").replace(last, &format!("{last}{block}"));
    assert_eq!(after, expected);
    let outcome = sandbox.check();
    assert!(outcome.findings.iter().any(|one| one.code == Code::WrongValue), "what is not filled is an error");
}

#[test]
fn figures_that_are_kept_stay_with_their_reason() {
    let kept = format!("{COSTS}    keep: {{costs.books.total: Audited after the workbook was sent}}\n");
    let sandbox = costs(&kept, COSTS_SENT);
    let imports = listed(&sandbox);
    assert_eq!(imports.changes(), 0);
    imports.write().unwrap();
    let record = fs::read_to_string(sandbox.content().join("example/taken.csv")).unwrap();
    assert!(record.contains("costs.films.total,") && !record.contains("costs.books.total,"));
}

#[test]
fn cells_go_into_single_facts_where_what_stands_beside_them_says_so() {
    let imports = "\
imports:
  - id: staff
    workbook: costs.csv
    source: library-returns
    facts: {staff: {at: costs!B2, beside: Headcount}}
";
    let sandbox = costs(imports, "Return,\nHeadcount,39\n");
    let of = listed(&sandbox);
    assert_eq!(changes(&of), BTreeMap::from([("facts.staff", ("38", "39"))]));
    let moved = costs(imports, "Return,\nWomen,20\nHeadcount,39\n");
    assert_snapshot!("moved", messages(&moved, &listed(&moved)));
}

#[test]
fn a_paste_is_taken_for_the_workbook_of_one_import() {
    let sandbox = costs(COSTS, "");
    let pasted =
        COSTS_SENT.replace("\"100,001\"", "100001").replace("\"20,000\"", "20000").replace("\"£40,000\"", "40000");
    let asked = ImportsAsked {
        report: Some("example".to_owned()),
        ids: vec!["costs".to_owned()],
        pasted: Some(pasted.replace(',', "\t").into_bytes()),
    };
    let imports = list_imports(&sandbox.options(), &asked);
    assert_eq!(changes(&imports), BTreeMap::from([("costs.books.total", ("100,000", "100,001"))]));
}

/// What nobody can be sure of is told with sheet and cell, all at once, and nothing is written.
#[test]
fn what_is_not_certain_is_refused_and_nothing_is_written() {
    let with = |from: &str, to: &str| COSTS.replace(from, to);
    let sent = |from: &str, to: &str| COSTS_SENT.replace(from, to);
    let same = || COSTS.to_owned();
    let cases: [(&str, String, String); 16] = [
        ("a heading is gone", same(), sent("Spent", "Actual")),
        ("a heading stands twice", same(), sent("% of all", "Spent")),
        ("the headings moved", same(), format!("Costs of the year,,\n,,\n{COSTS_SENT}")),
        ("the sheet is gone", with("headings: 1", "sheet: Costs\n    headings: 1"), COSTS_SENT.to_owned()),
        ("a name stands twice", same(), sent("Films", "Books")),
        ("a name is nearly that of another", same(), sent("Films", "Fims")),
        ("two columns for one figure", with("take: {", "take: {per-head: Spent, "), COSTS_SENT.to_owned()),
        ("no such figure", with("total: Spent", "sum: Spent"), COSTS_SENT.to_owned()),
        ("an empty cell", same(), sent("62.5%", "")),
        ("words for a figure", same(), sent("62.5%", "tbc")),
        ("another unit", same(), sent("62.5%", "0.625")),
        ("a figure without a name", same(), sent("Films", "")),
        ("no such file", with("costs.csv", "cost.csv"), COSTS_SENT.to_owned()),
        ("no such table", with("into: costs.yaml", "into: cost.yaml"), COSTS_SENT.to_owned()),
        (
            "left out in vain",
            format!("{COSTS}    leave-out: [Maps]\n    keep: {{costs.maps.total: So}}\n    known-as: {{maps: Maps}}\n"),
            COSTS_SENT.to_owned(),
        ),
        ("an unknown source", with("source: library-returns", "source: library"), COSTS_SENT.to_owned()),
    ];
    let mut told = Vec::new();
    for (case, imports, sent) in cases {
        let sandbox = costs(&imports, &sent);
        let before = content(&sandbox);
        let imports = listed(&sandbox);
        assert!(imports.is_refused(), "{case}");
        assert_eq!(imports.write().unwrap(), 0, "{case}");
        assert_eq!(content(&sandbox), before, "{case}");
        told.push(format!("## {case}\n\n{}", messages(&sandbox, &imports)));
    }
    assert_snapshot!("refused", told.join("\n\n"));
}

/// What workbooks hide is never taken, and what cannot be read is told.
#[test]
fn what_workbooks_hide_or_have_not_calculated_is_refused() {
    let imports = |workbook: &str, rows: &str| {
        format!("imports:\n  - id: costs\n    workbook: {workbook}\n    source: library-returns\n{rows}")
    };
    let facts = |at: &str| format!("    facts: {{staff: {{at: {at}}}}}\n");
    let cases = [
        ("04-pay-and-suppression.xlsx", facts("Absence!B2")),
        ("04-pay-and-suppression.xlsx", facts("Absence!C2")),
        ("04-pay-and-suppression.xlsx", facts("Absence!D2")),
        ("04-pay-and-suppression.xlsx", facts("Absence!E2")),
        ("04-pay-and-suppression.xlsx", facts("Absence!H2")),
        ("10-no-cached-values.xlsx", facts("Export!D2")),
        ("14-encrypted.xlsx", facts("Return!B2")),
        ("32-cut-short.xlsx", facts("Return!B2")),
    ];
    let mut told = Vec::new();
    for (workbook, facts) in cases {
        let sandbox = Sandbox::full();
        deliver(&sandbox, workbook, workbook);
        sandbox.write("example/imports.yaml", imports(workbook, &facts));
        let imports = listed(&sandbox);
        assert!(imports.is_refused() && figures(&imports).count() == 0, "{workbook} {facts}");
        told.push(messages(&sandbox, &imports));
    }
    assert_snapshot!("hidden", told.join("\n\n"));
}

#[test]
fn a_file_that_changes_meanwhile_keeps_all_from_being_written() {
    let sandbox = costs(COSTS, COSTS_SENT);
    let imports = listed(&sandbox);
    sandbox.replace("example/costs.yaml", "100,000", "100,002");
    let before = content(&sandbox);
    assert!(imports.write().is_err());
    assert_eq!(content(&sandbox), before);
}

/// Everything of the content but the figures that were taken.
fn without_figures(sandbox: &Sandbox) -> (String, usize) {
    let imports = listed(sandbox);
    assert!(!imports.is_refused(), "{}", messages(sandbox, &imports));
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut places: Vec<_> = figures(&imports).map(|figure| figure.at).collect();
    places.sort();
    for at in places.iter().rev() {
        let file = imports.outcome.sources.file(at.file);
        let text = texts.entry(file.path.clone()).or_insert_with(|| file.text.clone());
        let letters = at.letters();
        // Quotation marks belong to the figure: a new one may need them.
        text.replace_range(letters, "#");
    }
    (texts.into_values().collect::<Vec<_>>().join("\n"), imports.changes())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever figures come, and come again, no letter outside them changes, and what was written is what was sent.
    #[test]
    fn no_letter_outside_the_figures_changes(
        sent in prop::collection::vec((0u32..2_000_000, 0u32..1000), 3),
        again in prop::collection::vec((0u32..2_000_000, 0u32..1000), 3),
        quotes in any::<bool>(),
        windows in any::<bool>(),
    ) {
        let csv = |figures: &[(u32, u32)]| {
            let row = |(name, (total, share)): (&str, &(u32, u32))| format!("{name},{total},{}.{}%\n", share / 10, share % 10);
            let rows: String = ["Books", "Films", "Learning"].into_iter().zip(figures).map(row).collect();
            format!("Service,Spent,% of all\n{rows}")
        };
        let sandbox = costs(COSTS, &csv(&sent));
        let text = fs::read_to_string(sandbox.content().join("example/costs.yaml")).unwrap();
        let text = if quotes { text.replace("100,000 | £0.83 | 62.5%", "[\"100,000\", £0.83, 62.5%] # all of them") } else { text };
        sandbox.write("example/costs.yaml", if windows { text.replace('\n', "\r\n") } else { text });
        let (before, _) = without_figures(&sandbox);
        for figures in [&sent, &again] {
            deliver_bytes(&sandbox, "costs.csv", csv(figures).as_bytes());
            listed(&sandbox).write().unwrap();
            let (after, left) = without_figures(&sandbox);
            prop_assert_eq!((&after, left), (&before, 0));
        }
        let (_, facts) = list_facts(&sandbox.options(), None);
        for (id, (total, _)) in ["books", "films", "learning"].into_iter().zip(&again) {
            let fact = facts.iter().find(|fact| fact.address == format!("example.costs.{id}.total")).unwrap();
            let digits: String = fact.value.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits.parse::<u32>().unwrap(), *total);
        }
    }
}

/// A workbook of costs in which one sum was typed over, as somebody saved it.
fn costs_workbook(author: &str, films: f64, all: &str) -> Vec<u8> {
    use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook};
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2026, if author == "B Khan" { 5 } else { 4 }, 5).unwrap();
    book.set_properties(&DocProperties::new().set_author(author).set_creation_datetime(&day));
    let sheet = book.add_worksheet();
    for (row, (name, spent)) in [("Books", 100_000.0), ("Films", films), ("Learning", 40_000.0)].into_iter().enumerate()
    {
        sheet.write(row as u32 + 1, 0, name).unwrap();
        sheet.write(row as u32 + 1, 1, spent).unwrap();
    }
    sheet.write(0, 0, "Service").unwrap().write(0, 1, "Spent").unwrap().write(4, 0, "What we spent").unwrap();
    sheet.write(4, 1, Formula::new("=SUM(B2:B4)").set_result(all)).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn an_older_workbook_another_author_and_a_sum_that_was_typed_over_are_told() {
    let sandbox = Sandbox::full();
    let imports = COSTS.replace("costs.csv", "costs.xlsx").replace(", share: \"% of all\"", "");
    sandbox.write("example/imports.yaml", &imports);
    deliver_bytes(&sandbox, "costs.xlsx", &costs_workbook("B Khan", 20_000.0, "160000"));
    let told = |sandbox: &Sandbox| -> Vec<String> {
        let imports = listed(sandbox);
        imports.outcome.findings.iter().map(|one| one.message.clone()).collect()
    };
    assert_eq!(told(&sandbox), [""; 0]);
    listed(&sandbox).write().unwrap();
    deliver_bytes(&sandbox, "costs.xlsx", &costs_workbook("A Smith", 20_001.0, "160000"));
    assert_snapshot!("another-workbook", told(&sandbox).join("\n"));
}

#[test]
fn the_workflow_for_github_is_written_once() {
    let sandbox = Sandbox::full();
    let asked = ["init-action", "--from", "https://example.org/tally.git"];
    assert_snapshot!("action", run(&sandbox, &asked));
    let path = sandbox.path().join(".github/workflows/report.yml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("cargo install --locked --git https://example.org/tally.git tally"), "{text}");
    assert!(text.contains("check --content content --message-format github"), "{text}");
    assert!(run(&sandbox, &asked).ends_with("exit code 1"), "it is written over");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}
