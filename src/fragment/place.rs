//! Where a fragment will stand: under which heading, with which ids, and where the files are that it leads to.

use std::collections::{BTreeMap, BTreeSet};

use crate::dom::{Element, Node, elements};

/// Where the files of a report are found, once they are uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    /// All in one place, by the names and folders that they have in the output.
    Under(String),
    /// Each at an address of its own, by its path in the report's folder: a site may give uploads other names.
    Named(BTreeMap<String, String>),
}

impl Files {
    /// The address of a file, by its path in the report's folder.
    pub fn address(&self, file: &str) -> Option<String> {
        match self {
            Self::Under(base) => Some(format!("{}/{file}", base.trim_end_matches('/'))),
            Self::Named(addresses) => addresses.get(file).cloned(),
        }
    }
}

/// The place of a fragment.
#[derive(Debug)]
pub struct Place<'a> {
    report: &'a str,
    /// How many levels its headings stand below those of the page.
    deeper: usize,
    files: &'a Files,
    /// For every id of the page the heading under which it stands; a heading stands under itself.
    headings: BTreeMap<String, String>,
    /// Whether ways within it lead to headings alone: other ids do not pass every filter.
    only_headings: bool,
}

impl<'a> Place<'a> {
    /// The place of a page's main part; its sections begin with headings of this level, from 2.
    pub fn new(report: &'a str, level: usize, files: &'a Files, main: &[Node], only_headings: bool) -> Self {
        let mut headings = BTreeMap::new();
        find_headings(main, &mut String::new(), &mut headings);
        Self { report, deeper: level.saturating_sub(2), files, headings, only_headings }
    }

    /// The name of a heading's element.
    pub fn heading(&self, level: usize) -> String {
        format!("h{}", (level + self.deeper).min(6))
    }

    /// The id under which the heading is found that an id of the page leads to.
    pub fn heading_of<'i>(&'i self, id: &'i str) -> &'i str {
        self.headings.get(id).map_or(id, String::as_str)
    }

    /// An id that no other part of the host's page has, of letters that every site takes.
    pub fn id(&self, id: &str) -> String {
        let letter = |letter: char| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
        format!("{}-{}", self.report, id.chars().map(letter).collect::<String>())
    }

    /// Where a link leads; none where it leads nowhere in the fragment.
    pub fn link(&self, to: &str) -> Option<String> {
        if let Some(id) = to.strip_prefix('#') {
            let heading = self.headings.get(id)?;
            let target = if self.only_headings { heading } else { id };
            return (!target.is_empty()).then(|| format!("#{}", self.id(target)));
        }
        match file_of(to) {
            Some(file) => self.files.address(file),
            None => (!to.starts_with("tel:") || !self.only_headings).then(|| to.to_owned()),
        }
    }

    /// A picture with its size, its words and the address at which it was uploaded.
    pub fn picture(&self, picture: &Element) -> Option<Element> {
        let source = self.link(picture.attribute("src")?)?;
        let kept = ["alt", "width", "height"].into_iter().filter_map(|name| Some((name, picture.attribute(name)?)));
        Some(kept.fold(Element::new("img", Vec::new()).with("src", source), |picture, (name, value)| {
            picture.with(name, value)
        }))
    }
}

/// The file of the report's folder that a link leads to; none where it leads elsewhere.
fn file_of(to: &str) -> Option<&str> {
    let is_elsewhere = to.starts_with('#') || to.contains("://") || to.starts_with("mailto:") || to.starts_with("tel:");
    (!is_elsewhere && !to.is_empty()).then_some(to)
}

/// The files that the main part of a page shows or leads to, by their paths in the report's folder.
pub fn files_of(main: &[Node]) -> BTreeSet<String> {
    let all = elements(main).flat_map(|one| std::iter::once(one).chain(one.all_elements()));
    let links = all.filter_map(|one| match one.name.as_str() {
        "a" => one.attribute("href"),
        "img" => one.attribute("src"),
        _ => None,
    });
    links.filter_map(file_of).map(str::to_owned).collect()
}

fn find_headings(nodes: &[Node], last: &mut String, headings: &mut BTreeMap<String, String>) {
    for element in elements(nodes) {
        let id = element.attribute("id");
        let begins = matches!(element.name.as_str(), "section" | "aside" | "nav");
        if let Some(id) = id {
            // The first heading of a section is found under the section's id.
            let is_named = headings.contains_key(id);
            if !is_named && (begins || element.heading().is_some()) {
                *last = id.to_owned();
            }
            headings.entry(id.to_owned()).or_insert_with(|| last.clone());
        }
        if let (true, Some(own)) = (begins, id)
            && let Some(heading) =
                element.all_elements().into_iter().find_map(|one| one.heading().and(one.attribute("id")))
        {
            headings.insert(heading.to_owned(), own.to_owned());
        }
        find_headings(&element.children, last, headings);
    }
}
