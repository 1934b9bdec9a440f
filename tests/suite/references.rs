//! References lead to what they name, on the page and on paper, and so do lists of tables.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::parts::{all, texts};
use crate::support::pdf::TaggedPdf;
use crate::support::{Sandbox, root};

const ON_PAGE: &str = " on page ";

/// A report of thirty tables, and two that show one table.
const LARGE: &str = "cases/references-in-a-large-report";

/// Every page of a PDF as text, with single spaces.
fn sheets(bytes: &[u8]) -> Vec<String> {
    let pages = tally::readback::pdf::Reader::default().pages(bytes).unwrap();
    pages.iter().map(|sheet| sheet.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Every reference that a PDF prints, with the page that it names: `table 3`.
fn printed(pages: &[String]) -> Vec<(String, usize)> {
    let whole = pages.join(" ");
    let reference = |(at, _): (usize, &str)| {
        let words: Vec<&str> = whole[..at].rsplitn(3, ' ').collect();
        let page = whole[at + ON_PAGE.len()..].split(|c: char| !c.is_ascii_digit()).next().unwrap();
        (format!("{} {}", words[1].trim_start_matches('(').to_lowercase(), words[0]), page.parse().unwrap())
    };
    whole.match_indices(ON_PAGE).map(reference).collect()
}

/// The titles that the links of a page lead to, by the words of the links.
fn titles(page: &Html) -> BTreeMap<String, String> {
    let links = page.select(&Selector::parse("main a[href^='#']").unwrap()).collect::<Vec<_>>();
    let title = |id: &str| texts(page, &format!("section[id='{id}'] > h2, span[id='{id}']")).concat();
    let words = |text: String| text.replace('\u{a0}', " ").to_lowercase();
    links.iter().map(|one| (words(one.text().collect()), title(&one.attr("href").unwrap()[1..]))).collect()
}

/// What the title of something begins with: `table 3` has `Table 3: `. In print an appendix has a letter of its own.
fn beginning(name: &str) -> String {
    match name.split_once(' ').unwrap() {
        ("section", number) => format!("{number}. "),
        ("appendix", letter) => format!("Appendix {letter}"),
        (kind, number) => format!("{}{} {number}: ", kind[..1].to_uppercase(), &kind[1..]),
    }
}

#[test]
fn references_lead_to_what_they_name_on_the_page_and_on_paper() {
    for (project, report, count) in [("full", "example", 9), (LARGE, "branches", 20), (LARGE, "vans-south", 3)] {
        let sandbox = Sandbox::of(&root().join("tests/fixtures").join(project).join("content")).built();
        let titles = titles(&Html::parse_document(&sandbox.text(&format!("{report}/index.html"))));
        let pages = sheets(&sandbox.bytes(&format!("{report}/{report}.pdf")));
        let printed = printed(&pages);
        assert_eq!(printed.len(), count, "{printed:?}");
        for (name, page) in printed {
            let begins = beginning(&name);
            assert!(pages[page - 1].contains(&begins), "{name} is not on page {page}: {}", pages[page - 1]);
            let title = titles.get(&name.to_lowercase()).unwrap_or_else(|| panic!("{name} is none of {titles:?}"));
            assert!(title.starts_with(&begins), "{name} leads to {title}");
        }
    }
}

#[test]
fn a_list_of_tables_is_a_list_of_contents_with_pages() {
    let sandbox = Sandbox::full().built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let listed = texts(&page, ".list-of a");
    assert_eq!(listed.len(), 5 + 4 + 2);
    assert_eq!(
        (listed[0].as_str(), listed[9].as_str()),
        ("Table 1: Loans in 2025/26", "Chart 1: Staff who answered the survey, out of 38")
    );
    for to in page.select(&Selector::parse(".list-of a").unwrap()).map(|one| one.attr("href").unwrap()) {
        assert_eq!(texts(&page, &format!("[id='{}']", &to[1..])).len(), 1, "{to}");
    }
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    for (first, count) in [("Table 1 Loans in 2025/26 5", 5), ("Figure 1 The new branch", 4), ("Chart 1 Staff who", 2)]
    {
        let list = all(&pdf, "TOC").into_iter().find(|list| list.text.starts_with(first)).expect(first);
        assert_eq!(list.children.len(), count);
        for line in &list.children {
            let (reference, link) = (&line.children[0], &line.children[0].children[0]);
            assert_eq!(
                (line.kind.as_str(), reference.kind.as_str(), link.kind.as_str()),
                ("TOCI", "Reference", "Link")
            );
        }
    }
}

#[test]
fn a_report_without_numbers_prints_none_and_its_appendices_can_be_referred_to() {
    let sandbox = Sandbox::full();
    let lists = "      - list-of: tables\n      - list-of: figures\n      - list-of: charts\n";
    sandbox.replace("example/report.yaml", "numbered: yes\n", "");
    sandbox.replace("example/report.yaml", lists, "      - contacts: organisation\n");
    for (file, named) in [("report", "loans.yaml"), ("costs", "survey.yaml"), ("plan", "bus.svg")] {
        sandbox.replace(&format!("example/{file}.yaml"), &format!("{{{{ see {named} }}}}"), "that");
    }
    sandbox.replace("example/indicators.yaml", "{{ see stories }}", "{{ see words-we-use }}");
    sandbox.write("example/bus.md", "{{ See words-we-use }} says what a loan is.\n");
    let sandbox = sandbox.built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    assert_eq!(texts(&page, "#stories > h2"), ["Stories"]);
    assert_eq!(texts(&page, "#plan h3"), ["1. Reading for everybody", "2. Learning together"]);
    assert!(texts(&page, "[id='table_loans']")[0].starts_with("Loans in"));
    assert_eq!(texts(&page, ".case-study p > a"), ["Appendix\u{a0}A"]);
}
