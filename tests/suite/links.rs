//! Every address that an output names: none leads nowhere, wherever the output lies.

use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;
use serde_json::Value;
use tally::build::{Options, build};
use tally::model::values::BaseAddress;
use tally::yaml::Parse;

use crate::support::{Published, Sandbox, files};

/// The address under which the tests publish.
const BASE: &str = "https://www.example.org/a/reports";

/// What a link may begin with that leads out of the output.
const OUTWARD: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// An output: its files, and the ids of its pages.
struct Site {
    files: BTreeSet<String>,
    pages: BTreeMap<String, Html>,
    /// Texts that are no pages.
    texts: BTreeMap<String, String>,
}

impl Site {
    fn of<'f>(all: impl Iterator<Item = (&'f str, &'f [u8])>) -> Self {
        let mut site = Self { files: BTreeSet::new(), pages: BTreeMap::new(), texts: BTreeMap::new() };
        for (path, bytes) in all {
            site.files.insert(path.to_owned());
            match std::str::from_utf8(bytes) {
                Ok(text) if path.ends_with(".html") => {
                    drop(site.pages.insert(path.to_owned(), Html::parse_document(text)));
                }
                Ok(text) => drop(site.texts.insert(path.to_owned(), text.to_owned())),
                Err(_) => {}
            }
        }
        assert!(site.pages.len() > 2, "no pages");
        site
    }

    /// Where an address on a page leads in the output, and to which id there; none where it leads out of it.
    fn inside(&self, page: &str, address: &str) -> Option<(String, Option<String>)> {
        let (path, id) = match address.split_once('#') {
            Some((path, id)) => (path, Some(id.to_owned())),
            None => (address, None),
        };
        if let Some(rest) = path.strip_prefix(BASE) {
            let file = rest.trim_start_matches('/');
            let is_folder = file.is_empty() || file.ends_with('/');
            return Some((if is_folder { format!("{file}index.html") } else { file.to_owned() }, id));
        }
        if OUTWARD.iter().any(|scheme| path.starts_with(scheme)) {
            return None;
        }
        assert!(!path.starts_with('/'), "{page}: {address} works at the root of a site alone");
        let mut steps: Vec<&str> = page.split('/').collect();
        if !path.is_empty() {
            steps.pop();
            for step in path.split('/') {
                match step {
                    ".." => assert!(steps.pop().is_some(), "{page}: {address} leads out of the output"),
                    "." => {}
                    step => steps.push(step),
                }
            }
        }
        Some((steps.join("/"), id))
    }

    /// Holds an address against what is there. A folder is no file, so that pages can be read from a disk.
    fn check(&self, page: &str, address: &str) {
        let Some((file, id)) = self.inside(page, address) else { return };
        assert!(self.files.contains(&file), "{page}: {address} leads to no file");
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            let target = &self.pages[&file];
            let found = target.root_element().descendent_elements().filter(|one| one.value().id() == Some(id.as_str()));
            assert_eq!(found.count(), 1, "{page}: {address} leads to no place");
        }
    }

    /// How many addresses there are; each was looked at.
    fn check_all(&self) -> usize {
        let mut checked = 0;
        for (path, page) in &self.pages {
            // A page of no address is shown at any: what it names are full addresses.
            let is_anywhere = path == "404.html";
            for element in page.root_element().descendent_elements() {
                for name in ["href", "src", "srcset", "poster"] {
                    let all = element.value().attr(name).into_iter().flat_map(|value| value.split(", "));
                    for address in all.filter_map(|one| one.split(' ').next()) {
                        let is_full = address.starts_with('#') || OUTWARD.iter().any(|one| address.starts_with(one));
                        assert!(!is_anywhere || is_full, "{path}: {address} is no full address");
                        self.check(path, address);
                        checked += 1;
                    }
                }
                let refresh = element.value().attr("content").and_then(|content| content.strip_prefix("0; url="));
                refresh.into_iter().for_each(|address| self.check(path, address));
            }
        }
        checked + self.check_lists()
    }

    /// The addresses in what programs read.
    fn check_lists(&self) -> usize {
        let mut checked = 0;
        let mut check = |list: &str, address: &str| {
            self.check(list, address);
            checked += 1;
        };
        for list in ["sitemap.xml", "feed.atom", "robots.txt"] {
            let text = self.texts.get(list).map(String::as_str).unwrap_or_default();
            text.match_indices(BASE).for_each(|(at, _)| {
                check(list, text[at..].split(['<', '"', '\n']).next().unwrap());
            });
        }
        let list: Value = serde_json::from_str(&self.texts["index.json"]).unwrap();
        for one in ["reports", "latest"].iter().flat_map(|name| list[*name].as_array().unwrap()) {
            let files = ["page", "pdf", "data", "figures", "workbook"].map(|name| one[name].as_str());
            files.into_iter().flatten().for_each(|address| check("index.json", address));
        }
        for (path, text) in self.texts.iter().filter(|(path, _)| path.ends_with("/datapackage.json")) {
            let package: Value = serde_json::from_str(text).unwrap();
            let resources = package["resources"].as_array().unwrap();
            resources.iter().for_each(|one| check(path, one["path"].as_str().unwrap()));
        }
        checked
    }
}

/// Builds a project for an address.
fn built_for(sandbox: &Sandbox, base: &str) -> Vec<(String, Vec<u8>)> {
    let base_url = Some(BaseAddress::parse(base).unwrap());
    let outcome = build(&Options { base_url, ..sandbox.options() }, &|_| ());
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    files(&sandbox.output())
}

/// From a disk, and in any folder of any site.
#[test]
fn no_link_leads_nowhere() {
    for published in [Published::shipped(), Published::full()] {
        assert!(Site::of(published.files()).check_all() > 50);
    }
}

#[test]
fn no_link_leads_nowhere_under_an_address() {
    let all = built_for(&Sandbox::full(), BASE);
    let site = Site::of(all.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    assert!(site.check_all() > 50);
    assert!(site.files.contains("404.html") && site.files.contains("feed.atom"));
}

/// The headers for servers forbid what the pages do not do: nothing runs, and nothing brings a style of its own.
#[test]
fn pages_keep_the_policy_that_is_recommended() {
    for published in [Published::shipped(), Published::full()] {
        for (path, page) in Site::of(published.files()).pages {
            for element in page.root_element().descendent_elements() {
                let value = element.value();
                let is_data = value.name() == "script" && value.attr("type") == Some("application/ld+json");
                assert!(!matches!(value.name(), "script" | "style" | "iframe" | "form" | "base") || is_data, "{path}");
                let inline = value.attrs().find(|(name, _)| *name == "style" || name.starts_with("on"));
                assert_eq!(inline, None, "{path}");
            }
        }
    }
}

#[test]
fn servers_are_told_of_the_address_and_of_latest_editions() {
    let sandbox = Sandbox::full();
    let all = built_for(&sandbox, BASE);
    let text = |path: &str| String::from_utf8(all.iter().find(|(one, _)| one == path).unwrap().1.clone()).unwrap();
    for file in ["nginx.conf", "apache.txt", "iis.xml", "headers.txt", "redirects.txt", "README.txt"] {
        let text = text(&format!("hosting/{file}"));
        assert!(!text.contains("{{") && text.contains("/a/reports"), "{file}:\n{text}");
        let needs_policy = !matches!(file, "redirects.txt" | "README.txt");
        assert_eq!(needs_policy, text.contains("default-src 'none'; style-src 'self'"), "{file}");
    }
    assert_eq!(text("hosting/redirects.txt"), "/a/reports/latest/example/ /a/reports/example/ 302\n");
    roxmltree::Document::parse(&text("hosting/iis.xml")).unwrap();
    roxmltree::Document::parse(&text("feed.atom")).unwrap();
    // Robots do not look for it in a folder.
    assert!(!all.iter().any(|(path, _)| path == "robots.txt"));
    assert!(text("hosting/README.txt").contains("Sitemap: https://www.example.org/a/reports/sitemap.xml"));
    let at_root = built_for(&sandbox, "https://www.example.org");
    assert!(at_root.iter().any(|(path, _)| path == "robots.txt"));
}
