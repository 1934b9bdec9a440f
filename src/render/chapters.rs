//! A report as a page for each of its sections, for those that are long.
//!
//! In: the finished page. Out: a first page with what leads and the contents, a page a section with ways to its neighbours,
//! and the page itself as it is, for print and for search. Each of them is the page with other things in its main part, so
//! that head, foot, figures and words are those of the page; what led to a place on it leads to the page where that is now.

use std::collections::BTreeMap;

use scraper::Html;
use serde_json::json;

use crate::dom::{self, Element, Node};

/// The page with everything.
const WHOLE: &str = "whole.html";

/// The first page, which is found under the report's own address.
const FIRST: &str = "index.html";

/// What the pages say that the whole page does not.
pub struct ChapterWords<'a> {
    /// On the first page, before the way to the whole page.
    pub whole: String,
    /// The ways to the section before, of this title, and to the next one.
    pub previous: &'a dyn Fn(&str) -> String,
    pub next: &'a dyn Fn(&str) -> String,
    /// What the ways to the neighbours are called together.
    pub neighbours: String,
}

/// A page, and the name of its file in the folder of the report.
pub struct ChapterFile {
    pub name: String,
    pub text: String,
}

/// A section as a page.
struct Chapter {
    id: String,
    file: String,
    title: Vec<Node>,
    standfirst: String,
    section: Element,
}

struct Report<'a> {
    page: Element,
    title: String,
    /// Under which the pages are found, where that is known; it ends with a stroke.
    address: Option<&'a str>,
    chapters: Vec<Chapter>,
    /// The page on which each id stands.
    files: BTreeMap<String, String>,
    words: &'a ChapterWords<'a>,
}

/// The pages of a report, made of its one page; none where it has no sections to be parted.
pub fn chapters(page: &str, address: Option<&str>, words: &ChapterWords) -> Option<Vec<ChapterFile>> {
    let whole = Html::parse_document(page);
    let document = dom::read(whole.root_element());
    let body = find(&document, &|one| one.is("div") && one.has_class("body") && !one.has_class("lead"))?;
    let chapters: Vec<Chapter> = body.elements().filter(|one| one.is("section")).filter_map(chapter).collect();
    if chapters.len() < 2 {
        return None;
    }
    let mut files = BTreeMap::new();
    for one in &chapters {
        let ids = std::iter::once(&one.section).chain(one.section.all_elements());
        files.extend(ids.filter_map(|element| Some((element.attribute("id")?.to_owned(), one.file.clone()))));
    }
    let title = find(&document, &|one| one.attribute("property") == Some("og:title"));
    let title = title.and_then(|one| one.attribute("content")).unwrap_or_default().to_owned();
    let report = Report { page: document, title, address, chapters, files, words };
    let mut pages = vec![report.first(), report.whole(page)];
    pages.extend((0..report.chapters.len()).map(|place| report.chapter(place)));
    Some(pages)
}

fn chapter(section: &Element) -> Option<Chapter> {
    let id = section.attribute("id")?.to_owned();
    let heading = section.elements().find(|one| one.heading() == Some(2))?;
    let standfirst = section.elements().find(|one| one.has_class("standfirst")).map(Element::text);
    // A section may be called as one of the other pages is.
    let is_taken = [FIRST, WHOLE].contains(&format!("{id}.html").as_str());
    let file = format!("{id}{}.html", if is_taken { "-section" } else { "" });
    Some(Chapter {
        id,
        file,
        title: heading.children.clone(),
        standfirst: standfirst.unwrap_or_default(),
        section: section.clone(),
    })
}

impl Report<'_> {
    /// The page without its sections; the entries of its contents have the ids of the sections, so that links of old to a
    /// section come at least to its entry.
    fn first(&self) -> ChapterFile {
        let mut page = self.page.clone();
        visit(&mut page, &mut |one| {
            if one.is("div") && one.has_class("body") && !one.has_class("lead") {
                let is_section = |node: &Node| matches!(node, Node::Element(one) if one.is("section"));
                one.children.retain(|node| !is_section(node));
                let link = Element::new("a", vec![Node::text(self.words.whole.clone())]).with("href", WHOLE);
                one.children.insert(0, Node::element("p", vec![Node::Element(link)]));
            }
            if one.is("a")
                && let Some(id) = one.attribute("href").and_then(|to| to.strip_prefix('#')).map(str::to_owned)
            {
                let is_entry = self.chapters.iter().any(|chapter| chapter.id == id);
                if is_entry && one.attribute("id").is_none() {
                    *one = one.clone().with("id", id);
                }
            }
        });
        self.file(FIRST, self.linked(page, FIRST))
    }

    /// The page as it is, under an address of its own.
    fn whole(&self, page: &str) -> ChapterFile {
        let text = match self.address {
            Some(address) => page.replace(&format!("\"{address}\">"), &format!("\"{address}{WHOLE}\">")),
            None => page.to_owned(),
        };
        ChapterFile { name: WHOLE.to_owned(), text }
    }

    fn chapter(&self, place: usize) -> ChapterFile {
        let chapter = &self.chapters[place];
        let title = dom::text_of(&chapter.title);
        let mut page = self.page.clone();
        let mut section = chapter.section.clone();
        section.children.retain(|node| !matches!(node, Node::Element(one) if one.heading() == Some(2)));
        visit(&mut section, &mut |one| {
            if let Some(level @ 3..) = one.heading() {
                one.name = format!("h{}", level - 1);
            }
        });
        let contents = find(&page, &|one| one.is("nav") && one.has_class("contents")).cloned();
        let main: Vec<Node> = contents.into_iter().map(Node::Element).chain([self.body(section, place)]).collect();
        visit(&mut page, &mut |one| match one.name.as_str() {
            "title" => {
                let after = one.text();
                one.children = vec![Node::text(format!("{title} – {after}"))];
            }
            "h1" => {
                one.children = chapter.title.clone();
                *one = one.clone().with("id", format!("{}_title", chapter.id));
            }
            "meta" => match one.attribute("property").or(one.attribute("name")) {
                Some("og:title") => set(one, "content", &format!("{title} – {}", self.title)),
                Some("description" | "og:description") if !chapter.standfirst.is_empty() => {
                    set(one, "content", &chapter.standfirst);
                }
                _ => {}
            },
            "script" if one.attribute("type") == Some("application/ld+json") => {
                one.children = vec![Node::text(self.structured(place, &title))];
            }
            "ol" if one
                .children
                .iter()
                .any(|node| matches!(node, Node::Element(item) if leads_to(item, "../index.html"))) =>
            {
                let link = Element::new("a", vec![Node::text(self.title.clone())]).with("href", FIRST);
                one.children.push(Node::element("li", vec![Node::Element(link)]));
            }
            "main" => {
                let way_back = one.elements().find(|inner| inner.has_class("to-contents")).cloned();
                let report = Element::new("div", main.clone()).with("class", "report");
                one.children = std::iter::once(report).chain(way_back).map(Node::Element).collect();
            }
            _ => {}
        });
        self.address_as(&mut page, &chapter.file);
        in_languages(&mut page, &chapter.file);
        self.file(&chapter.file, self.linked(page, &chapter.file))
    }

    /// A section with the ways to its neighbours.
    fn body(&self, section: Element, place: usize) -> Node {
        let way = |said: &dyn Fn(&str) -> String, place: Option<usize>, relation: &str| {
            let chapter = self.chapters.get(place?)?;
            let words = vec![Node::text(said(&dom::text_of(&chapter.title)))];
            Some(Node::Element(Element::new("a", words).with("rel", relation).with("href", chapter.file.clone())))
        };
        let ways =
            [way(self.words.previous, place.checked_sub(1), "prev"), way(self.words.next, Some(place + 1), "next")];
        let ways = Element::new("nav", ways.into_iter().flatten().collect())
            .with("class", "neighbours")
            .with("aria-label", self.words.neighbours.clone());
        Node::Element(Element::new("div", vec![Node::Element(section), Node::Element(ways)]).with("class", "body"))
    }

    /// Structured data of a section.
    fn structured(&self, place: usize, title: &str) -> String {
        let at = |file: &str| self.address.map_or(file.to_owned(), |address| format!("{address}{file}"));
        let report = json!({"@type": "Report", "name": self.title, "url": at("")});
        let chapter = json!({
            "@context": "https://schema.org",
            "@type": "Chapter",
            "name": title,
            "position": place + 1,
            "url": at(&self.chapters[place].file),
            "isPartOf": report,
        });
        // An end tag inside a string would end the script element.
        chapter.to_string().replace('<', "\\u003c")
    }

    /// A page under an address of its own.
    fn address_as(&self, page: &mut Element, file: &str) {
        let Some(address) = self.address else { return };
        visit(page, &mut |one| match (one.attribute("rel"), one.attribute("property")) {
            (Some("canonical"), _) => set(one, "href", &format!("{address}{file}")),
            (_, Some("og:url")) => set(one, "content", &format!("{address}{file}")),
            _ => {}
        });
    }

    /// A page whose ways lead to the pages on which their places are.
    fn linked(&self, mut page: Element, own: &str) -> Element {
        visit(&mut page, &mut |one| {
            let to = one.attribute("href").and_then(|to| to.strip_prefix('#')).map(str::to_owned);
            let Some(id) = to.filter(|_| one.is("a")) else { return };
            let is_chapter = self.chapters.iter().any(|chapter| chapter.id == id);
            match self.files.get(&id) {
                Some(file) if file == own && is_chapter => *one = one.clone().with("aria-current", "page"),
                Some(file) if file == own => {}
                Some(file) => {
                    let to = if is_chapter { file.clone() } else { format!("{file}#{id}") };
                    set(one, "href", &to);
                }
                // What leads and what lists the files stand on the first page alone.
                None if !["main", "contents"].contains(&id.as_str()) && own != FIRST => {
                    set(one, "href", &format!("{FIRST}#{id}"));
                }
                None => {}
            }
        });
        page
    }

    fn file(&self, name: &str, page: Element) -> ChapterFile {
        let text = format!("<!DOCTYPE html>\n{}", dom::write(&[Node::Element(page)]));
        ChapterFile { name: name.to_owned(), text }
    }
}

/// A section in another language is the same file beside the report in that language.
fn in_languages(page: &mut Element, file: &str) {
    visit(page, &mut |one| {
        let to = one.attribute("hreflang").and_then(|_| one.attribute("href")).map(str::to_owned);
        if let Some(to) = to {
            let folder = to.strip_suffix(FIRST).unwrap_or(&to);
            set(one, "href", &format!("{folder}{file}"));
        }
    });
}

fn leads_to(item: &Element, to: &str) -> bool {
    item.elements().any(|one| one.attribute("href") == Some(to))
}

fn set(element: &mut Element, name: &str, value: &str) {
    if let Some((_, own)) = element.attributes.iter_mut().find(|(own, _)| own == name) {
        *own = value.to_owned();
    }
}

fn find<'e>(element: &'e Element, is_it: &dyn Fn(&Element) -> bool) -> Option<&'e Element> {
    element.elements().find_map(|one| if is_it(one) { Some(one) } else { find(one, is_it) })
}

/// Changes an element and all within it, from the outside in.
fn visit(element: &mut Element, change: &mut dyn FnMut(&mut Element)) {
    change(element);
    for node in &mut element.children {
        if let Node::Element(inner) = node {
            visit(inner, change);
        }
    }
}
