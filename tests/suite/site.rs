//! What all reports share on the web: the list, the accessibility statement, and what search engines read.

use scraper::{Html, Selector};
use tally::build::{Options, build};
use tally::model::values::BaseAddress;
use tally::yaml::Parse;

use crate::support::{Published, Sandbox};

fn words(page: &str) -> String {
    let page = Html::parse_document(page);
    let main = page.select(&Selector::parse("main").unwrap()).next().unwrap();
    main.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn attribute(page: &str, selector: &str, name: &str) -> Option<String> {
    let page = Html::parse_document(page);
    page.select(&Selector::parse(selector).unwrap()).next()?.attr(name).map(str::to_owned)
}

#[test]
fn the_statement_says_what_was_tested_and_whom_to_ask() {
    let sandbox = Sandbox::full().built();
    let page = sandbox.text("accessibility.html");
    let words = words(&page);
    for expected in [
        "partially compliant with the Web Content Accessibility Guidelines version 2.2, standard AA",
        "The map of branches has no description yet.",
        "30 May 2026: Three readers who use screen readers tried every page.",
        "Prepared on 1 June 2026. Last reviewed on 20 June 2026.",
        "within five working days",
        "hello@example.org",
        "Equality and Human Rights Commission",
    ] {
        assert!(words.contains(expected), "no “{expected}” in:\n{words}");
    }
    for page in ["index.html", "example/index.html"] {
        let text = sandbox.text(page);
        assert!(text.contains("accessibility.html\""), "{page} does not lead to the statement");
    }
}

/// The law asks for a statement; who says nothing of it claims nothing.
#[test]
fn without_a_word_on_accessibility_nothing_is_claimed() {
    let sandbox = Sandbox::full();
    let organisation = std::fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    let (before, rest) = organisation.split_once("accessibility:").unwrap();
    let (_, after) = rest.split_once("directorates:").unwrap();
    sandbox.write("organisation.yaml", format!("{before}directorates:{after}"));
    let sandbox = sandbox.built();
    let words = words(&sandbox.text("accessibility.html"));
    assert!(words.contains("we do not claim that they comply") && words.contains("No test of the reports is recorded"));
    assert!(!words.contains("partially compliant") && !words.contains("fully compliant"));
}

#[test]
fn pages_know_their_address_where_it_is_given() {
    let sandbox = Sandbox::full();
    let base_url = Some(BaseAddress::parse("https://www.example.org/reports/").unwrap());
    let outcome = build(&Options { base_url, ..sandbox.options() }, &|_| ());
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    for (page, address) in
        [("index.html", ""), ("accessibility.html", "accessibility.html"), ("example/index.html", "example/")]
    {
        let text = sandbox.text(page);
        let canonical = attribute(&text, "link[rel=canonical]", "href");
        assert_eq!(canonical, Some(format!("https://www.example.org/reports/{address}")), "{page}");
        let shared = attribute(&text, "meta[property='og:url']", "content");
        assert_eq!(shared, canonical, "{page}");
        assert!(sandbox.text("sitemap.xml").contains(&format!("<loc>{}</loc>", canonical.unwrap())));
    }
    assert!(sandbox.text("sitemap.xml").contains("<lastmod>2026-06-30</lastmod>"));
    let line = "Sitemap: https://www.example.org/reports/sitemap.xml";
    assert_eq!(outcome.summary.robots.as_deref(), Some(line), "robots look at the root of a site alone");
    let base_url = Some(BaseAddress::parse("https://www.example.org/").unwrap());
    let at_root = build(&Options { base_url, ..sandbox.options() }, &|_| ());
    assert_eq!((at_root.manifest.is_some(), at_root.summary.robots), (true, None));
    assert!(sandbox.text("robots.txt").ends_with("Sitemap: https://www.example.org/sitemap.xml\n"));

    let sandbox = Sandbox::full().built();
    assert_eq!(attribute(&sandbox.text("example/index.html"), "link[rel=canonical]", "href"), None);
    assert!(!sandbox.output().join("sitemap.xml").exists(), "a map of the site needs its address");
}

/// Where the address of a report is shared, its cover is shown: a picture of the size that is asked for, and its words.
#[test]
fn a_report_has_a_picture_where_its_address_is_shared() {
    let sandbox = Sandbox::full();
    let base_url = Some(BaseAddress::parse("https://www.example.org/reports/").unwrap());
    let build_it = || build(&Options { base_url: base_url.clone(), ..sandbox.options() }, &|_| ());
    let outcome = build_it();
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    let page = sandbox.text("example/index.html");
    let said = |name: &str| attribute(&page, &format!("meta[property='{name}']"), "content").unwrap();
    assert_eq!(said("og:image"), "https://www.example.org/reports/example/card.png");
    assert_eq!(
        said("og:image:alt"),
        "Cover of the report: Library Service, Annual report 2025/26. Exampleshire Libraries"
    );
    assert_eq!(attribute(&page, "meta[name='twitter:card']", "content").as_deref(), Some("summary_large_image"));
    let card = sandbox.bytes("example/card.png");
    assert!(card.starts_with(b"\x89PNG") && card.len() < 150_000, "{} bytes", card.len());
    let number = |at: usize| u32::from_be_bytes(card[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (1200, 630));
    build_it();
    assert!(sandbox.bytes("example/card.png") == card, "the same content gives the same picture");
    let without = Sandbox::full().built();
    assert!(!without.text("example/index.html").contains("og:image"), "it is asked for by a full address");
    assert!(!without.output().join("example/card.png").exists());
}

/// A cover shows what its report says of it; what it leaves out stands in the report all the same.
#[test]
fn a_cover_shows_the_figures_its_colour_alone_or_words_on_paper() {
    let first_page = |sandbox: &Sandbox| {
        let bytes = sandbox.bytes("example/example.pdf");
        let sheets = tally::readback::pdf::Reader::default().pages(&bytes).unwrap();
        sheets[0].text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let with_figures = first_page(&Sandbox::full().built());
    for (shows, class) in [("colour", "band cover-blue"), ("plain", "band cover-blue cover-plain")] {
        let sandbox = Sandbox::full();
        sandbox.replace("example/report.yaml", "cover: blue\n", &format!("cover: blue\ncover-shows: {shows}\n"));
        let sandbox = sandbox.built();
        let cover = first_page(&sandbox);
        assert!(cover.contains("Library Service") && cover.contains("Annual report 2025/26"), "{cover}");
        assert!(cover.len() < with_figures.len(), "{shows}: {cover}");
        let page = sandbox.text("example/index.html");
        assert_eq!(attribute(&page, "header.band", "class").as_deref(), Some(class));
        let logo = attribute(&page, "header .logo img", "src").unwrap();
        assert_eq!(logo.contains("on-light"), shows == "plain", "the logo for a light ground stands on paper: {logo}");
    }
}

/// Search engines read the report's data without it ending the script element that holds them.
#[test]
fn structured_data_is_json_whatever_the_title() {
    let sandbox = Sandbox::full();
    sandbox.replace("example/report.yaml", "title: Library Service", "title: '</script><b>\"Library\" & Co'");
    let page = Html::parse_document(&sandbox.built().text("example/index.html"));
    let data = page.select(&Selector::parse("script[type='application/ld+json']").unwrap()).next().unwrap();
    let data: serde_json::Value = serde_json::from_str(&data.text().collect::<String>()).unwrap();
    assert_eq!(data["@type"], "Report");
    assert_eq!(data["name"], "</script><b>\"Library\" & Co: Annual report 2025/26");
    assert_eq!(data["temporalCoverage"], "2025-04-01/2026-03-31");
    assert_eq!(data["datePublished"], "2026-06-30");
    let datasets = data["hasPart"].as_array().unwrap();
    assert_eq!(datasets.len(), 8);
    for dataset in datasets {
        // Search engines leave out what is said in fewer letters.
        assert!(dataset["description"].as_str().is_some_and(|words| words.len() >= 50), "{dataset}");
        assert_eq!(
            (&dataset["isPartOf"], &dataset["temporalCoverage"]),
            (&serde_json::json!({ "@id": data["@id"] }), &data["temporalCoverage"])
        );
        assert!(dataset["url"].as_str().is_some_and(|url| url.starts_with('#')), "{dataset}");
        assert!(dataset["license"].as_str().is_some_and(|to| to.ends_with("/open-government-licence/version/3/")));
    }
}

#[test]
fn the_latest_report_is_listed_first() {
    let page = Published::shipped().text("index.html");
    let (annual, progress) = (page.find("css-annual-report/").unwrap(), page.find("od-progress-summary/").unwrap());
    assert!(annual < progress);
}

/// Three editions of one series, the last of them a draft, published at an address.
fn three_editions() -> Sandbox {
    let sandbox = Sandbox::full();
    let edition = |id: &str, follows: &str, year: u32, draft: &str| {
        sandbox.write(
            &format!("{id}/report.yaml"),
            format!(
                "title: Library Service\nsubtitle: \"Annual report {{{{ report.year }}}}\"\n\
                 description: What the library service did in {{{{ report.year }}}} & how <well>.\nlanguage: en-GB\n\
                 period: {{from: {year}-04-01, to: {}-03-31}}\npublished: {}-06-30\nfollows: {follows}\n{draft}\
                 sections:\n  - {{id: welcome, title: Welcome, parts: [prose: welcome.md]}}\n",
                year + 1,
                year + 1,
            ),
        );
        sandbox.write(&format!("{id}/welcome.md"), "Welcome to the library.\n");
    };
    edition("example-2027", "example", 2026, "");
    edition("example-2028", "example-2027", 2027, "draft: 2028-05-02\n");
    let base_url = Some(BaseAddress::parse("https://www.example.org/reports/").unwrap());
    let reports = ["example", "example-2027", "example-2028"].map(str::to_owned).to_vec();
    let outcome = build(&Options { base_url, reports, ..sandbox.options() }, &|_| ());
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    sandbox
}

/// What programs read of all reports, line by line: a draft is in the list, and neither in the feed nor in the map.
#[test]
fn lists_for_programs_say_every_report() {
    let sandbox = three_editions();
    for (name, file) in [("list-of-reports", "index.json"), ("feed", "feed.atom"), ("map-of-the-site", "sitemap.xml")] {
        insta::assert_snapshot!(name, sandbox.text(file));
    }
    assert_eq!(
        sandbox.text("hosting/redirects.txt"),
        "/reports/latest/example/ /reports/example-2027/ 302\n",
        "no address leads to a draft"
    );
}

/// Where no redirect is set up, the address that stays is a page, which leads on by itself and by a link.
#[test]
fn the_address_that_stays_leads_to_the_latest_edition() {
    let page = three_editions().text("latest/example/index.html");
    assert!(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=../../example-2027/index.html\">"), "{page}");
    let canonical = attribute(&page, "link[rel=canonical]", "href");
    assert_eq!(canonical.as_deref(), Some("https://www.example.org/reports/example-2027/"));
    assert_eq!(attribute(&page, "main a", "href").as_deref(), Some("../../example-2027/index.html"));
    assert!(words(&page).contains("Library Service: Annual report 2026/27"));
}

/// A server shows it in the place of any page: it names nothing by a path of its own, and robots leave it out.
#[test]
fn a_page_that_is_not_there_leads_to_those_that_are() {
    let sandbox = three_editions();
    let page = sandbox.text("404.html");
    assert_eq!(attribute(&page, "meta[name=robots]", "content").as_deref(), Some("noindex"));
    assert_eq!(attribute(&page, "link[rel=canonical]", "href"), None);
    let sheet = attribute(&page, "link[rel=stylesheet]", "href").unwrap();
    assert_eq!(sheet, format!("https://www.example.org/reports/{}", sandbox.stylesheet()));
    let all = "main a[href='https://www.example.org/reports/index.html']";
    assert!(attribute(&page, all, "href").is_some(), "{page}");
    assert!(!sandbox.text("sitemap.xml").contains("404.html"));
}

/// People read what the columns hold on a page, of which every word stands in the descriptions for programs too.
#[test]
fn what_the_columns_of_the_data_hold_is_said_on_a_page() {
    for published in [Published::full(), Published::shipped()] {
        for (path, _) in published.files().filter(|(path, _)| path.ends_with("/data/index.html")) {
            let folder = path.trim_end_matches("index.html");
            let report = published.text(&format!("{}index.html", folder.trim_end_matches("data/")));
            assert!(report.contains("<a href=data/index.html>What their columns hold</a>"), "nothing leads to {path}");
            let page = published.text(path);
            let words = words(page);
            let described = published.files().filter(|(path, _)| path.starts_with(folder));
            let described = described.filter(|(path, _)| path.ends_with(".csv-metadata.json"));
            let mut columns = 0;
            for (_, metadata) in described {
                let metadata: serde_json::Value = serde_json::from_slice(metadata).unwrap();
                let csv = metadata["url"].as_str().unwrap();
                assert_eq!(attribute(page, &format!("main a[href='{csv}']"), "href").as_deref(), Some(csv));
                let all = metadata["tableSchema"]["columns"].as_array().unwrap();
                let line = |column: &serde_json::Value| {
                    format!("{} {}", column["name"].as_str().unwrap(), column["dc:description"].as_str().unwrap())
                };
                for (place, column) in all.iter().enumerate() {
                    let unit = column["schema:unitText"].as_str().map(|unit| format!("Unit: {unit}"));
                    let told = line(column);
                    assert!(words.contains(&told), "{csv}: no “{told}” in {words}");
                    // Files have columns of the same name: one of them stands before this unit and the next column.
                    let next = all.get(place + 1).map(&line);
                    let own = |behind: &str| match &next {
                        Some(next) => behind.split_once(next.as_str()).map_or(String::new(), |(own, _)| own.to_owned()),
                        None => behind.to_owned(),
                    };
                    let is_there = |unit: &String| words.split(&told).skip(1).any(|behind| own(behind).contains(unit));
                    assert!(unit.as_ref().is_none_or(is_there), "{csv}: no {unit:?} behind {told}");
                    columns += 1;
                }
            }
            assert!(columns > 10, "{path}");
        }
    }
    assert!(Published::full().has("example/data/index.html"));
}
