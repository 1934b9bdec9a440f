//! Year after year: editions that follow each other, what is due, drafts, and what was published.

use std::collections::BTreeSet;
use std::fs;

use insta::assert_snapshot;
use tally::begin::Asked;
use tally::build::{Options, begin_first, begin_next, build, check_only, freeze, status};
use tally::diagnostic::{Code, Severity, any_errors};
use tally::due::ItemKind;
use tally::model::values::Date;
use tally::yaml::Parse;

use crate::command::run;
use crate::pdf::assert_conforms;
use crate::support::{Published, Sandbox, files, root};

const OLD: &str = "library-2024-25";
const NEW: &str = "library-2025-26";

/// Two editions of a small report; the second is a draft.
pub fn two_editions() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/cases/two-editions/content"))
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn of(sandbox: &Sandbox, report: &str) -> Options {
    Options { reports: vec![report.to_owned()], ..sandbox.options() }
}

/// What is said of the reports that are asked for, after a change.
fn messages_after(report: &str, change: impl Fn(&Sandbox)) -> String {
    let sandbox = two_editions();
    change(&sandbox);
    let outcome = check_only(&of(&sandbox, report), &|_| ());
    sandbox.messages(&outcome)
}

#[test]
fn figures_of_the_edition_before_stand_beside_those_of_this_one() {
    let sandbox = two_editions().built();
    let page = sandbox.text("library-2025-26/index.html");
    let text = |page: &str| {
        let text = scraper::Html::parse_document(page).root_element().text().collect::<String>();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = text(&page);
    for words in [
        "The libraries cost £380,000, up from £358,500 in 2024/25. That is 6.0% more.",
        "Restated from £360,000: A bill of the year before was booked again by mistake.",
    ] {
        assert!(said.contains(words), "“{words}” is missing in: {said}");
    }
    // The old edition says what it said, with the people and the directorate of its time.
    let old = text(&sandbox.text("library-2024-25/index.html"));
    assert!(old.contains("£360,000, or £2.99 for each person") && old.contains("Lending and Reading"), "{old}");
}

#[test]
fn editions_are_told_apart_and_lead_to_each_other() {
    let sandbox = two_editions();
    let links = |report: &str| {
        let page = scraper::Html::parse_document(&sandbox.text(&format!("{report}/index.html")));
        let link = scraper::Selector::parse("nav.editions a").unwrap();
        let shown = |link: scraper::ElementRef| {
            format!("{} {}", link.text().collect::<String>(), link.attr("href").unwrap_or_default())
        };
        page.select(&link).map(shown).collect::<Vec<_>>()
    };
    // The way to younger editions is not frozen.
    assert_eq!(freeze(&sandbox.options(), OLD).1.len(), 1);
    assert!(sandbox.build().manifest.is_some());
    assert_eq!(links(NEW), ["2024/25 ../library-2024-25/index.html", "2025/26, this edition #main"]);
    // What is published leads nobody to a draft.
    assert!(links(OLD).is_empty());
    // The address of the series stays, whichever edition is the latest.
    let latest = || {
        assert_eq!(files(&sandbox.output().join("latest")).len(), 1, "one series");
        let page = scraper::Html::parse_document(&sandbox.text(&format!("latest/{OLD}/index.html")));
        let refresh = scraper::Selector::parse("meta[http-equiv=refresh]").unwrap();
        let link = scraper::Selector::parse("main a").unwrap();
        let to = page.select(&link).next().unwrap().attr("href").unwrap().to_owned();
        let content = page.select(&refresh).next().unwrap().attr("content");
        assert_eq!(content, Some(format!("0; url={to}").as_str()));
        to
    };
    assert_eq!(latest(), format!("../../{OLD}/index.html"));
    sandbox.replace("library-2025-26/report.yaml", "draft: 2026-05-04\n", "");
    let confirmed = "confirmed:\n  - {of: [survey.**, \"indicators.*.target\"], by: Ada, date: 2026-05-04}\n  - {file: money.md, by: Ada, date: 2026-05-04}\n  - {file: report.yaml, by: Ada, date: 2026-05-04}\n";
    sandbox.write("library-2025-26/checks.yaml", confirmed);
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    assert_eq!(links(OLD)[1], "2025/26 ../library-2025-26/index.html");
    assert_eq!(latest(), format!("../../{NEW}/index.html"));
}

#[test]
fn slips_in_the_order_of_editions_are_told() {
    let after = |from: &'static str, to: &'static str| {
        messages_after(NEW, |sandbox| {
            sandbox.replace("library-2025-26/report.yaml", from, to);
        })
    };
    let own = "follows: library-2024-25";
    let mut all = vec![
        after(own, "follows: library-2025-26"),
        after(own, "follows: library-2024-52"),
        after("period: {from: 2025-04-01, to: 2026-03-31}", "period: {from: 2024-04-01, to: 2025-03-31}"),
    ];
    all.push(messages_after(NEW, |sandbox| {
        sandbox.replace("library-2024-25/report.yaml", "source: returns", "follows: library-2025-26\nsource: returns");
    }));
    all.push(messages_after("other", |sandbox| {
        let report = fs::read_to_string(sandbox.content().join("library-2025-26/report.yaml")).unwrap();
        for (name, bytes) in files(&sandbox.content().join(NEW)) {
            sandbox.write(&format!("other/{name}"), bytes);
        }
        sandbox.write("other/report.yaml", report);
    }));
    let orders: Vec<String> =
        all.iter().map(|messages| of_code(messages, &["edition-order", "unknown-reference"])).collect();
    assert_snapshot!(orders.join("\n\n----\n\n"));
}

/// Of messages those of some codes.
fn of_code(messages: &str, codes: &[&str]) -> String {
    let is_one = |message: &&str| codes.iter().any(|code| message.contains(&format!("[{code}]")));
    messages.split("\n\n").filter(is_one).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn an_address_that_the_edition_before_did_not_have_is_told() {
    let money = |text: &'static str| {
        messages_after(NEW, move |sandbox| {
            sandbox.write("library-2025-26/money.md", text);
        })
    };
    let mut all = vec![
        money("It was {{ last.costs.lendng.total }}."),
        money("It was {{ last.organisation.directorates.count }} and {{ last.last.costs.all.total }}."),
    ];
    // The edition before has no people of its own any more: it would be those of today.
    all.push(messages_after(NEW, |sandbox| {
        fs::remove_file(sandbox.content().join("library-2024-25/organisation.yaml")).unwrap();
        sandbox.write("library-2025-26/money.md", "It was {{ last.organisation.population }}.");
    }));
    let change = |from: &'static str, to: &'static str| {
        messages_after(NEW, |sandbox| {
            sandbox.replace("library-2025-26/change.yaml", from, to);
        })
    };
    all.push(change("last: costs.total", "last: costs.totl"));
    all.push(change("last: costs.total", "last: total"));
    all.push(change("values: \"310,000\"", "values: \"310,000 | 300,000 | 5\""));
    all.push(messages_after(NEW, |sandbox| {
        sandbox.replace("library-2025-26/indicators.yaml", "last: q4", "last: april");
    }));
    all.push(messages_after(NEW, |sandbox| {
        sandbox.replace("library-2025-26/costs.yaml", "name: Lending,", "name: Lending of books,");
        sandbox.replace("library-2024-25/costs.yaml", "name: Lending,", "name: Book lending,");
        sandbox.replace("library-2025-26/facts.yaml", "costs.lending", "costs.book-lending");
    }));
    let known = ["unknown-fact", "unknown-reference", "wrong-count", "row-renamed"];
    assert_snapshot!(all.iter().map(|messages| of_code(messages, &known)).collect::<Vec<_>>().join("\n\n----\n\n"));
}

/// Rows that were put together otherwise have a figure of last year that was never published.
#[test]
fn a_row_that_is_put_together_otherwise_is_restated_too() {
    let sandbox = two_editions();
    let more = "    date: 2026-05-04\n  - {of: last.costs.events.total, is: £9,000, reason: Events were a part of lending., by: Ada, date: 2026-05-04}\n";
    sandbox.replace("library-2025-26/change.yaml", "  - {id: all, name: Both, values: \"368,000\", total: yes}\n", "");
    sandbox.replace("library-2025-26/facts.yaml", "is: £298,500", "is: £289,500");
    let facts = fs::read_to_string(sandbox.content().join("library-2025-26/facts.yaml")).unwrap();
    let rest = facts.trim_end().strip_suffix("    date: 2026-05-04").unwrap();
    sandbox.write("library-2025-26/facts.yaml", format!("{rest}{more}").replace("£9,000", "\"£9,000\""));
    let sandbox = sandbox.built();
    let page = sandbox.text("library-2025-26/index.html");
    assert!(page.contains("Not published in this form: Events were a part of lending."), "{page}");
}

#[test]
fn a_restatement_is_of_a_figure_that_was_published_otherwise() {
    let after = |from: &'static str, to: &'static str| {
        messages_after(NEW, |sandbox| {
            sandbox.replace("library-2025-26/facts.yaml", from, to);
        })
    };
    let all = [
        after("of: last.costs.lending.total", "of: last.costs.lendin.total"),
        after("of: last.costs.lending.total", "of: costs.lending.total"),
        after("is: £298,500", "is: £300,000"),
        after("is: £298,500", "is: 298,500"),
        after("is: £298,500", "is: n/a"),
        after("of: last.costs.all.total", "of: last.costs.all.totl"),
        messages_after(NEW, |sandbox| {
            sandbox.replace(
                "library-2025-26/survey.yaml",
                "{year: 2024, percentage: 78%}",
                "{year: 2024, percentage: 79%}",
            );
        }),
    ];
    let codes = ["unknown-fact", "wrong-value", "units-do-not-fit", "not-as-published"];
    assert_snapshot!(all.iter().map(|messages| of_code(messages, &codes)).collect::<Vec<_>>().join("\n\n----\n\n"));
}

/// The folder of last year, copied, with only its period changed: nothing else would be wrong with it.
#[test]
fn a_copy_of_last_years_folder_is_due_as_a_whole() {
    let sandbox = two_editions();
    fs::remove_dir_all(sandbox.content().join(NEW)).unwrap();
    for (name, bytes) in files(&sandbox.content().join(OLD)) {
        sandbox.write(&format!("{NEW}/{name}"), bytes);
    }
    sandbox
        .replace("library-2025-26/report.yaml", "from: 2024-04-01, to: 2025-03-31", "from: 2025-04-01, to: 2026-03-31")
        .replace("library-2025-26/report.yaml", "source: returns", "follows: library-2024-25\nsource: returns");
    let (_, editions) = status(&sandbox.options());
    let [edition] = &editions[..] else { panic!("one edition follows another") };
    assert_eq!(edition.counts().due, edition.items.len(), "{:#?}", edition.items);
    let figures: BTreeSet<&str> = edition
        .items
        .iter()
        .filter(|item| item.kind == ItemKind::Figure)
        .filter_map(|item| item.address.as_deref())
        .collect();
    for address in
        ["costs.lending.total", "indicators.loans-on-time.q3.number", "survey.responses.2024", "survey.positive.1"]
    {
        assert!(figures.contains(address), "{address} is not among {figures:?}");
    }
    let outcome = sandbox.build();
    assert!(outcome.summary.built.iter().all(|one| one == OLD), "a final report with something due was built");
    assert_snapshot!(sandbox.messages(&outcome));
}

#[test]
fn what_is_due_is_listed_until_it_is_changed_or_confirmed() {
    let sandbox = two_editions();
    let due = |sandbox: &Sandbox| {
        let (_, mut editions) = status(&of(sandbox, NEW));
        let edition = editions.pop().unwrap();
        edition.due().map(|item| format!("{}: {}", item.kind.called(1), item.says)).collect::<Vec<_>>()
    };
    let described = "sentence: What the library service did in 2025/26.";
    assert_eq!(due(&sandbox), [described, "figure: 12%"]);
    // A sentence is as last year whatever its figures are, and an alternative text is one too.
    sandbox.replace(
        "library-2025-26/money.md",
        "Readers paid nothing.",
        "The libraries cost {{ costs.all.total | pounds }}, or {{ costs.all.per-head }} for each person.",
    );
    assert_eq!(
        due(&sandbox),
        ["sentence: The libraries cost £380,000, or £3.13 for each person.", described, "figure: 12%"]
    );
    sandbox.replace("library-2025-26/checks.yaml", "confirmed:", "confirmed:\n  - {file: money.md, by: Ada, date: 2026-05-05}\n  - {of: survey.negative.*, by: Ada, date: 2026-05-05}");
    assert_eq!(due(&sandbox), [described]);
    // What was confirmed a year ago confirms nothing now, nor does everything at once.
    let confirmed = fs::read_to_string(sandbox.content().join("library-2025-26/checks.yaml")).unwrap();
    sandbox.write("library-2024-25/checks.yaml", confirmed);
    assert_eq!(due(&sandbox).len(), 4);
    sandbox.write("library-2025-26/checks.yaml", "confirmed:\n  - {of: \"**\", by: Ada, date: 2026-05-05}\n  - {file: mony.md, by: Ada, date: 2026-05-05}\n  - {by: Ada, date: 2026-05-05}\n  - {of: costs.all.total, by: Ada, date: 2026-05-06}\n");
    assert_snapshot!(sandbox.messages(&check_only(&of(&sandbox, NEW), &|_| ())));
}

#[test]
fn a_draft_is_marked_on_every_page() {
    let sandbox = two_editions().built();
    let page = sandbox.text("library-2025-26/index.html");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    let (_, digest) = page.split_once("<strong>Draft</strong> of 4 May 2026, <span class=whole>").unwrap();
    let digest = &digest[..9];
    let pdf = sandbox.bytes("library-2025-26/library-2025-26.pdf");
    assert_conforms(&pdf);
    let sheets = tally::readback::pdf::Reader::default().pages(&pdf).unwrap();
    assert!(sheets.len() > 3);
    for sheet in &sheets {
        // The strip is 6.4 mm wide and as high as the page; its words are no part of the text that is read out.
        let is_strip = |width: f64, height: f64| (width - 18.14).abs() < 0.1 && height > 590.0;
        assert!(sheet.paths.iter().any(|one| one.is_filled && is_strip(one.edges.width(), one.edges.height())));
    }
    let old = sandbox.text("library-2024-25/index.html");
    assert!(!old.contains("noindex") && !old.contains("Draft"));
    assert!(sandbox.text("index.html").contains("draft of 4 May 2026"));
    // Another figure, another draft.
    sandbox.replace("library-2025-26/costs.yaml", "name: Films, values: \"58,000\"", "name: Films, values: \"57,000\"");
    sandbox.replace("library-2025-26/costs.yaml", "380,000", "379,000");
    let sandbox = sandbox.built();
    assert!(!sandbox.text("library-2025-26/index.html").contains(digest), "two drafts cannot be told apart");
}

#[test]
fn a_draft_with_faults_stops_nobody_else() {
    for broken in ["period: {from", "title"] {
        let sandbox = two_editions();
        sandbox.replace("library-2025-26/report.yaml", broken, "period {from");
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
        assert_eq!(outcome.summary.built, [OLD]);
        let codes: Vec<Code> = outcome.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::DraftLeftOut]);
        let named = build(&of(&sandbox, NEW), &|_| ());
        assert!(named.manifest.is_none() && any_errors(&named.findings), "who asks for a draft sees its faults");
    }
}

#[test]
fn a_first_report_is_made_and_nothing_is_overwritten() {
    let sandbox = Sandbox::empty();
    begin_first(&sandbox.options(), "annual-report", day("2026-05-04")).map_err(|_| "it is not made").unwrap();
    let outcome = sandbox.build();
    assert!(outcome.findings.is_empty(), "{}", sandbox.messages(&outcome));
    assert_conforms(&sandbox.bytes("annual-report/annual-report.pdf"));
    let report = fs::read_to_string(sandbox.content().join("annual-report/report.yaml")).unwrap();
    assert!(report.starts_with("# yaml-language-server: $schema=../.schemas/report.json"), "{report}");
    let before = files(&sandbox.content());
    let faults = begin_first(&sandbox.options(), "annual-report", day("2026-05-04")).err().unwrap();
    assert!(faults[0].message.ends_with("is there already: nothing was written"), "{}", faults[0].message);
    assert!(begin_first(&sandbox.options(), "Annual Report", day("2026-05-04")).is_err());
    assert_eq!(files(&sandbox.content()), before);
}

#[test]
fn the_next_edition_is_made_of_the_one_before() {
    let sandbox = two_editions();
    sandbox.write("library-2025-26/checks.yaml", "# What must hold.\nrelations:\n  - {id: more, holds: costs.all.total >= last.costs.all.total}\n\n# Of this year alone.\ncontrol-totals:\n  - {of: costs.*.total, is: \"760,000\", source: returns}\n");
    sandbox.write("library-2025-26/money.md", "The libraries cost {{ library-2025-26.costs.all.total | pounds }}.\n");
    // The services of this year are not all of the total.
    sandbox.replace("library-2025-26/change.yaml", "  - {id: all, name: Both, values: \"368,000\", total: yes}\n", "");
    let before = files(&sandbox.content());
    let asked = Asked { old: NEW, new: "library-2026-27", period: None, today: day("2027-05-03") };
    let (outcome, begun) = begin_next(&sandbox.options(), &asked);
    assert!(!any_errors(&outcome.findings), "{}", sandbox.messages(&outcome));
    let (begun, due) = begun.unwrap();
    let read = |name: &str| fs::read_to_string(sandbox.content().join("library-2026-27").join(name)).unwrap();
    assert_snapshot!(format!(
        "{}\n\ndue: {}\n\n{}\n----\n{}\n----\n{}\n----\n{}\n----\n{}",
        begun.done.join("\n"),
        due.unwrap().due_in_words(),
        read("report.yaml").lines().take(12).collect::<Vec<_>>().join("\n"),
        read("checks.yaml"),
        read("facts.yaml"),
        read("change.yaml"),
        read("money.md"),
    ));
    // What was there is as it was, but for what the organisation was then.
    let added: Vec<String> =
        files(&sandbox.content()).into_iter().filter(|file| !before.contains(file)).map(|(name, _)| name).collect();
    assert!(
        added.iter().all(|name| name.starts_with("library-2026-27/") || name == "library-2025-26/organisation.yaml"),
        "{added:?}"
    );
    let outcome = check_only(&of(&sandbox, "library-2026-27"), &|_| ());
    assert!(!any_errors(&outcome.findings), "{}", sandbox.messages(&outcome));
    let again = begin_next(&sandbox.options(), &asked).0;
    assert_snapshot!("next_edition_again", sandbox.messages(&again));
}

/// A column of the year before that was typed is taken from the edition before.
#[test]
fn a_column_of_the_year_before_is_no_longer_typed() {
    let sandbox = two_editions();
    fs::remove_dir_all(sandbox.content().join(NEW)).unwrap();
    sandbox.write(
        "library-2024-25/costs.yaml",
        "caption: Running costs 2024/25\nsource: returns\nrows-are: Service\ncolumns:\n  - {id: total, name: 2024/25, type: money, unit: £}\n  - id: before\n    name: \"2023/24\"\n    type: money\n    unit: £\nrows:\n  - {name: Lending, values: \"300,000 | 290,000\"}\n  - {name: Films, values: [\"60,000\", \"59,000\"]}\n  - {id: all, name: All costs, values: \"360,000 | 349,000\", total: yes}\n",
    );
    sandbox.write("library-2024-25/money.md", "The libraries cost {{ costs.all.total | pounds }}.");
    sandbox.replace("library-2024-25/report.yaml", "costs: costs.yaml", "table: costs.yaml");
    let asked = Asked { old: OLD, new: NEW, period: None, today: day("2026-05-04") };
    let (outcome, begun) = begin_next(&sandbox.options(), &asked);
    assert!(begun.is_some(), "{}", sandbox.messages(&outcome));
    assert_snapshot!(fs::read_to_string(sandbox.content().join("library-2025-26/costs.yaml")).unwrap());
    let outcome = check_only(&of(&sandbox, NEW), &|_| ());
    assert!(!any_errors(&outcome.findings), "{}", sandbox.messages(&outcome));
}

/// So are those of the years before it, wherever they stand beside each other.
#[test]
fn columns_of_several_years_before_are_no_longer_typed() {
    let columns = |names: [&str; 3]| -> String {
        let column =
            |(id, name): (&str, &str)| format!("  - id: {id}\n    name: \"{name}\"\n    type: money\n    unit: £\n");
        ["a", "b", "c"].into_iter().zip(names).map(column).collect()
    };
    let table = |names, rows: [&str; 2]| {
        let [lending, all] = rows;
        format!(
            "caption: Costs of the years\nsource: returns\nrows-are: Service\ncolumns:\n{}rows:\n  - {{name: Lending, values: \"{lending}\"}}\n  - {{id: all, name: All costs, values: \"{all}\", total: yes}}\n",
            columns(names)
        )
    };
    let rolled = |text: String| {
        let sandbox = two_editions();
        fs::remove_dir_all(sandbox.content().join(NEW)).unwrap();
        sandbox.write("library-2024-25/years.yaml", text);
        sandbox.replace(
            "library-2024-25/report.yaml",
            "costs: costs.yaml",
            "table: years.yaml\n      - costs: costs.yaml",
        );
        let asked = Asked { old: OLD, new: NEW, period: None, today: day("2026-05-04") };
        let (outcome, begun) = begin_next(&sandbox.options(), &asked);
        assert!(begun.is_some(), "{}", sandbox.messages(&outcome));
        let outcome = check_only(&of(&sandbox, NEW), &|_| ());
        assert!(!any_errors(&outcome.findings), "{}", sandbox.messages(&outcome));
        fs::read_to_string(sandbox.content().join("library-2025-26/years.yaml")).unwrap()
    };
    let newest_first = rolled(table(["2024/25", "2023/24", "2022/23"], ["30 | 20 | 10", "30 | 20 | 10"]));
    let oldest_first = rolled(table(["2022/23", "2023/24", "2024/25"], ["10 | 20 | 30", "10 | 20 | 30"]));
    assert_snapshot!(format!("{newest_first}\n----\n\n{oldest_first}"));
}

#[test]
fn what_was_published_cannot_change_by_accident() {
    let sandbox = two_editions();
    let (outcome, records) = freeze(&sandbox.options(), OLD);
    assert_eq!(records, ["library-2024-25/published.lock"], "{}", sandbox.messages(&outcome));
    let sandbox = sandbox.built();
    let published = files(&sandbox.output().join(OLD));
    // Shared data of today do not reach it, and it is built anew as it was.
    sandbox.replace("organisation.yaml", "121,300", "130,000").replace(
        "organisation.yaml",
        "name: Lending}",
        "name: Loans}",
    );
    fs::remove_dir_all(sandbox.output()).unwrap();
    let sandbox = sandbox.built();
    assert_eq!(files(&sandbox.output().join(OLD)), published);
    // A figure, a word, what held of the organisation: each is told, and nothing is written.
    let mut told = Vec::new();
    for (path, from, to) in [
        ("library-2024-25/costs.yaml", "\"60,000\"}\n", "\"61,000\"}\n"),
        ("library-2024-25/money.md", "cost", "spent"),
        ("library-2024-25/organisation.yaml", "120,500", "120,600"),
    ] {
        let before = fs::read_to_string(sandbox.content().join(path)).unwrap();
        sandbox.replace(path, from, to);
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_none());
        told.push(of_code(&sandbox.messages(&outcome), &["published-otherwise"]));
        sandbox.write(path, before);
    }
    assert_snapshot!(told.join("\n\n"));
}

#[test]
fn old_output_of_a_published_edition_is_kept_where_templates_changed() {
    let sandbox = two_editions();
    assert_eq!(freeze(&sandbox.options(), OLD).1.len(), 1);
    let sandbox = sandbox.built();
    let published = files(&sandbox.output().join(OLD));
    let templates = sandbox.path().join("templates");
    fs::create_dir_all(&templates).unwrap();
    let tokens = fs::read_to_string(root().join("templates/tokens.yaml")).unwrap();
    fs::write(templates.join("tokens.yaml"), tokens.replace("margin-side: 20mm", "margin-side: 21mm")).unwrap();
    let sandbox = sandbox.built();
    assert_eq!(files(&sandbox.output().join(OLD)), published);
    fs::remove_dir_all(sandbox.output()).unwrap();
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_none());
    assert_snapshot!(of_code(&sandbox.messages(&outcome), &["published-otherwise"]));
}

#[test]
fn a_record_is_not_edited_and_not_written_twice() {
    let sandbox = two_editions();
    assert!(freeze(&sandbox.options(), NEW).1.is_empty(), "a draft was frozen");
    assert_eq!(freeze(&sandbox.options(), OLD).1.len(), 1);
    let mut all = vec![
        sandbox.messages(&freeze(&sandbox.options(), OLD).0),
        sandbox.messages(&freeze(&sandbox.options(), NEW).0),
    ];
    all.push(sandbox.messages(&freeze(&sandbox.options(), "library").0));
    let record = fs::read_to_string(sandbox.content().join("library-2024-25/published.lock")).unwrap();
    for text in [
        record.replace("£360,000", "£370,000"),
        record.replace("tally published 1", "tally published 9"),
        "x".to_owned(),
    ] {
        sandbox.write("library-2024-25/published.lock", text);
        let outcome = sandbox.check();
        assert!(outcome.findings.iter().any(|finding| finding.severity == Severity::Error));
        all.push(of_code(&sandbox.messages(&outcome), &["transcript-unreadable"]));
    }
    assert_snapshot!(all.join("\n\n----\n\n"));
}

/// The team's next year, with figures that are made up: last year's folder rolled forward, then changed.
fn next_year() -> Sandbox {
    let sandbox = Sandbox::shipped();
    let asked = Asked { old: "css-annual-report", new: YEAR_AFTER, period: None, today: day("2018-06-14") };
    let (outcome, begun) = begin_next(&sandbox.options(), &asked);
    assert!(begun.is_some(), "{}", sandbox.messages(&outcome));
    sandbox.change(&root().join("tests/fixtures/next-year"));
    sandbox
}

const YEAR_AFTER: &str = "css-annual-report-2017-18";

#[test]
fn the_next_year_of_the_shipped_report_is_built_beside_it() {
    let sandbox = next_year();
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_some() && outcome.findings.is_empty(), "{}", sandbox.messages(&outcome));
    assert_eq!(outcome.summary.built.len(), 3);
    assert_conforms(&sandbox.bytes(&format!("{YEAR_AFTER}/{YEAR_AFTER}.pdf")));
    // The report of the year before says what it says without it, although the organisation is another one now.
    let alone = Published::shipped();
    for file in ["data/running-costs.csv", "data/indicators.csv", "css-annual-report.pdf"] {
        let path = format!("css-annual-report/{file}");
        assert!(sandbox.bytes(&path) == alone.bytes(&path), "{path}");
    }
    // What stands beside as last year's is data too.
    let data = sandbox.text(&format!("{YEAR_AFTER}/data/indicators.csv"));
    let of_last: Vec<&str> = data.lines().filter(|line| line.contains(",\"2016/17, Q4\",")).collect();
    assert_eq!(of_last.len(), 38);
    assert_snapshot!("rows_of_last_year", of_last[..4].join("\n"));
    let (_, editions) = status(&sandbox.options());
    assert_eq!(editions.len(), 1);
    assert_eq!(editions[0].counts().due, 0, "{}", editions[0].due_in_words());
    assert_snapshot!("status_of_an_edition", run(&sandbox, &["status", YEAR_AFTER]));
    // What changed since last year is a page and a PDF, however much that is.
    run(&sandbox, &["compare", "css-annual-report", YEAR_AFTER, "--output", "changes"]);
    assert_conforms(&fs::read(sandbox.path().join("changes").join(YEAR_AFTER).join("changes.pdf")).unwrap());
    // Without the mark of a draft it is final.
    sandbox.replace(&format!("{YEAR_AFTER}/report.yaml"), "draft: 2018-06-14\n", "");
    let outcome = sandbox.check();
    assert!(!any_errors(&outcome.findings), "{}", sandbox.messages(&outcome));
}

/// The shipped reports are published: whatever else changes, they are built byte for byte as they were.
#[test]
fn the_shipped_reports_are_frozen() {
    for report in ["css-annual-report", "od-progress-summary"] {
        assert!(root().join("content").join(report).join("published.lock").is_file(), "{report} is not frozen");
    }
    Sandbox::of(&root().join("content")).built();
}

/// What the edition before published is not copied, and a file is changed in its own form or not at all.
#[test]
fn files_stay_in_their_form_when_an_edition_is_rolled_forward() {
    let sandbox = two_editions();
    fs::remove_dir_all(sandbox.content().join(NEW)).unwrap();
    sandbox.replace(
        "library-2024-25/indicators.yaml",
        "caption: Indicators {{ report.year }}",
        "caption: \"The \\\"2024/25\\\" loans\"",
    );
    let shared = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("# One.\r\n# Two: £.\r\n{}", shared.replace('\n', "\r\n")));
    fs::remove_file(sandbox.content().join("library-2024-25/organisation.yaml")).unwrap();
    sandbox.replace("library-2024-25/report.yaml", "period:", "# The year.\r\nperiod:");
    let (outcome, records) = freeze(&sandbox.options(), OLD);
    assert_eq!(records.len(), 1, "{}", sandbox.messages(&outcome));
    let asked = Asked { old: OLD, new: NEW, period: None, today: day("2026-05-04") };
    let (outcome, begun) = begin_next(&sandbox.options(), &asked);
    assert!(begun.is_some(), "{}", sandbox.messages(&outcome));
    let read = |path: &str| fs::read_to_string(sandbox.content().join(path)).unwrap();
    assert!(!sandbox.content().join(NEW).join("published.lock").exists(), "the record of the old edition was copied");
    assert!(read("library-2025-26/indicators.yaml").contains("\"The \\\"2025/26\\\" loans\""));
    assert!(read("library-2024-25/organisation.yaml").ends_with(&shared.replace('\n', "\r\n")));
    let (_, editions) = status(&sandbox.options());
    assert!(editions[0].counts().due > 10, "nothing of a copy is due");
    let outcome = check_only(&of(&sandbox, NEW), &|_| ());
    assert!(!any_errors(&outcome.findings), "{}", sandbox.messages(&outcome));
}
