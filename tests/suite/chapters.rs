//! A report as a page for each of its sections: nothing is lost or said twice, and every way leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use tally::build::{Options, Verify, build};
use tally::readback::html;

use crate::support::{Sandbox, files};

fn select<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The pages of each report, by their names, with an address and without.
fn made() -> Vec<(String, BTreeMap<String, String>)> {
    let mut all = Vec::new();
    for (sandbox, base) in [(Sandbox::shipped(), Some("https://www.example.org/reports")), (Sandbox::full(), None)] {
        let mut options = Options { in_chapters: true, ..sandbox.options() };
        options.formats.pdf = false;
        options.base_url = base.map(|base| tally::yaml::Parse::parse(base).unwrap());
        let outcome = build(&options, &|_| ());
        let manifest = outcome.manifest.as_ref().unwrap_or_else(|| panic!("{}", sandbox.messages(&outcome)));
        let mut reports: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for file in &manifest.files {
            if let Some((report, name)) = file
                .path
                .split_once('/')
                // The page about the data lies in their folder, and is one of its own.
                .filter(|(report, name)| !["assets", "latest"].contains(report) && name.ends_with(".html"))
                .filter(|(_, name)| !name.contains('/'))
            {
                reports.entry(report.to_owned()).or_default().insert(name.to_owned(), sandbox.text(&file.path));
            }
        }
        all.extend(reports);
    }
    assert_eq!(all.len(), 3);
    all
}

#[test]
fn every_figure_stands_on_one_page_and_on_the_whole_one() {
    // The band names the report and its period on every page; of a section it has the heading.
    let figures = |name: &str, text: &str| -> Vec<String> {
        let is_chapter = !["index.html", "whole.html"].contains(&name);
        let shown = if is_chapter { "main [data-fact], h1 [data-fact]" } else { "main [data-fact]" };
        let page = Html::parse_document(text);
        let figure = |one: &ElementRef| format!("{} {}", one.attr("data-fact").unwrap(), html::text(*one));
        select(&page, shown).iter().map(figure).collect()
    };
    for (report, pages) in made() {
        assert!(pages.len() > 4, "{report}");
        let parts = pages.iter().filter(|(name, _)| *name != "whole.html");
        let mut parted: Vec<String> = parts.flat_map(|(name, text)| figures(name, text)).collect();
        let mut whole = figures("whole.html", &pages["whole.html"]);
        parted.sort();
        whole.sort();
        assert_eq!(parted, whole, "{report}");
    }
}

#[test]
fn every_way_of_every_page_leads_to_a_place() {
    for (report, pages) in made() {
        let parsed: BTreeMap<&str, Html> =
            pages.iter().map(|(name, text)| (name.as_str(), Html::parse_document(text))).collect();
        let ids: BTreeMap<&str, BTreeSet<String>> = parsed
            .iter()
            .map(|(name, page)| {
                let ids: Vec<String> =
                    select(page, "[id]").iter().map(|one| one.value().id().unwrap().to_owned()).collect();
                let unique: BTreeSet<String> = ids.iter().cloned().collect();
                assert_eq!(ids.len(), unique.len(), "{report}/{name} has an id twice");
                (*name, unique)
            })
            .collect();
        for (name, page) in &parsed {
            for link in select(page, "a[href]").iter().filter_map(|one| one.attr("href")) {
                if link.contains(':') || link.starts_with("../") || link.starts_with("data/") {
                    continue;
                }
                let (file, id) = link.split_once('#').unwrap_or((link, ""));
                let file = if file.is_empty() { name } else { file };
                let known = ids.get(file).unwrap_or_else(|| panic!("{report}/{name}: {link} leads to no page"));
                assert!(id.is_empty() || known.contains(id), "{report}/{name}: {link} leads to no place");
            }
            for label in select(page, "[aria-labelledby]").iter().filter_map(|one| one.attr("aria-labelledby")) {
                assert!(ids[name].contains(label), "{report}/{name}: {label} names nothing");
            }
        }
        // Links of old to a section come to its entry on the first page.
        for name in parsed.keys().filter(|name| !["index.html", "whole.html"].contains(name)) {
            assert!(ids["index.html"].contains(name.trim_end_matches(".html")), "{report}/{name} has no entry");
        }
    }
}

#[test]
fn each_page_has_its_own_title_heading_address_and_neighbours() {
    for (report, pages) in made() {
        let mut titles = BTreeSet::new();
        let mut neighbours = BTreeSet::new();
        for (name, text) in &pages {
            let page = Html::parse_document(text);
            let headings: Vec<u8> =
                select(&page, "h1, h2, h3, h4").iter().map(|one| one.value().name().as_bytes()[1] - b'0').collect();
            assert_eq!(headings.iter().filter(|level| **level == 1).count(), 1, "{report}/{name}");
            assert!(headings.windows(2).all(|two| two[1] <= two[0] + 1), "{report}/{name}: {headings:?}");
            if let Some(canonical) = select(&page, "link[rel=canonical]").first().and_then(|one| one.attr("href")) {
                let own = if name == "index.html" { "" } else { name.as_str() };
                assert_eq!(canonical, format!("https://www.example.org/reports/{report}/{own}"));
            }
            if name != "whole.html" {
                assert!(
                    titles.insert(select(&page, "title")[0].text().collect::<String>()),
                    "{report}/{name}: a title twice"
                );
            }
            for way in select(&page, "nav.neighbours a") {
                neighbours.insert((
                    name.clone(),
                    way.attr("rel").unwrap().to_owned(),
                    way.attr("href").unwrap().to_owned(),
                ));
            }
            let data: serde_json::Value =
                serde_json::from_str(&select(&page, "script")[0].text().collect::<String>()).unwrap();
            let is_chapter = !["index.html", "whole.html"].contains(&name.as_str());
            assert_eq!(data["@type"] == "Chapter", is_chapter, "{report}/{name}");
        }
        // Who is before is found again by going back.
        assert!(!neighbours.is_empty());
        for (name, relation, to) in &neighbours {
            let back = if relation == "next" { "prev" } else { "next" };
            assert!(neighbours.contains(&(to.clone(), back.to_owned(), name.clone())), "{report}/{name} to {to}");
        }
    }
}

/// A page of a section is read back against that page, and the whole one against the whole: a slip is told on each.
#[test]
fn a_saved_page_of_a_section_is_read_back() {
    let sandbox = Sandbox::full();
    let mut options = Options { in_chapters: true, ..sandbox.options() };
    options.formats.pdf = false;
    assert!(build(&options, &|_| ()).manifest.is_some());
    let told = |page: &str, from: &str, to: &str| {
        let text = sandbox.text(&format!("example/{page}"));
        assert!(text.contains(from), "{page} has no {from}");
        let saved = sandbox.path().join("saved.html");
        std::fs::write(&saved, text.replacen(from, to, 1)).unwrap();
        let all = tally::build::verify(&Verify { saved, output: sandbox.output(), report: None }).unwrap();
        assert_eq!(all.len(), 1, "{page}");
        let (name, verified) = all.into_iter().next().unwrap();
        (name, verified.differences.len())
    };
    let pages = files(&sandbox.output()).into_iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("example/").filter(|name| name.ends_with(".html") && !name.contains('/'))?;
        Some((name.to_owned(), String::from_utf8(bytes).unwrap()))
    });
    let mut chapters =
        pages.filter(|(name, text)| !["index.html", "whole.html"].contains(&&**name) && text.contains("12,500"));
    let (chapter, _) = chapters.next().expect("a section with loans");
    for (page, name) in [("whole.html", "example/whole.html"), (&*chapter, &*format!("example/{chapter}"))] {
        assert_eq!(told(page, "12,500", "12,500"), (name.to_owned(), 0));
        assert_eq!(told(page, "12,500", "15,200"), (name.to_owned(), 1));
    }
    assert_eq!(told("index.html", "Library", "Library"), ("example".to_owned(), 0));
}
