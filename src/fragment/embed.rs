//! A fragment for sites that take HTML as it is: the page's main part with its shapes, and a style sheet beside it.
//!
//! In: a page, and what it is made of. Out: one element in which every class and id is the fragment's own, every shape stands
//! by itself, and nothing runs, hides behind another element or says how it looks where the style sheet should; and the
//! classes that it has.

use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;

use super::PREFIX;
use super::place::Place;
use crate::dom::{self, Element, Node};

/// The colours of shapes, by what they mean: a page without the style sheet has them all the same.
pub type Colours<'a> = &'a dyn Fn(&str) -> String;

/// Attributes that name ids, one or several.
const NAMES_IDS: [&str; 4] = ["aria-labelledby", "aria-describedby", "headers", "for"];

/// Attributes of the page alone that go with it: the figures' addresses, by which a published page is read back, and what
/// stands over a figure where a table has no room for columns.
const KEPT_DATA: [&str; 2] = ["data-fact", "data-of"];

/// What a class of a shape means as a colour.
const INKS: [(&str, &str); 7] = [
    ("green", "green"),
    ("amber", "amber"),
    ("red", "red"),
    ("no-target", "no-target"),
    ("blue", "data"),
    ("square", "data"),
    ("bar", "data"),
];

struct Embedding<'a> {
    place: &'a Place<'a>,
    colours: Colours<'a>,
    shapes: BTreeMap<String, Element>,
    classes: BTreeSet<String>,
}

/// The fragment's element, and its classes.
pub fn of_page(
    page: &Html,
    main: &[Node],
    place: &Place,
    colours: Colours,
    language: &str,
) -> (Element, BTreeSet<String>) {
    let shapes = dom::all_of(page, "symbol").into_iter().filter_map(|one| Some((one.attribute("id")?.to_owned(), one)));
    let mut embedding = Embedding { place, colours, shapes: shapes.collect(), classes: BTreeSet::new() };
    let children = embedding.nodes(main);
    let root = Element::new("div", children)
        .with("class", PREFIX.trim_end_matches('-'))
        .with("id", place.id("").trim_end_matches('-'))
        .with("lang", language);
    (root, embedding.classes)
}

impl Embedding<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> Vec<Node> {
        nodes
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(Node::text(text.clone())),
                Node::Element(element) => self.element(element).map(Node::Element),
            })
            .collect()
    }

    fn element(&mut self, element: &Element) -> Option<Element> {
        if element.has_class("to-contents") || matches!(element.name.as_str(), "script" | "style") {
            return None;
        }
        if element.is("use") {
            return Some(self.shape(element));
        }
        let name = element.heading().map_or_else(|| element.name.clone(), |level| self.place.heading(level));
        let mut own = Element::new(&name, self.nodes(&element.children));
        own.attributes = element.attributes.iter().flat_map(|(name, value)| self.attribute(name, value)).collect();
        if let Some(ink) = INKS.iter().find(|(class, _)| element.has_class(class)).map(|(_, ink)| (self.colours)(ink))
            && own.attribute("fill").is_none()
            && is_shape(element)
        {
            own = own.with("fill", ink);
        }
        Some(own)
    }

    /// A shape itself, where the page refers to one that stands elsewhere.
    fn shape(&mut self, element: &Element) -> Element {
        let id = element.attribute("href").unwrap_or_default().trim_start_matches('#');
        let shape = self.shapes.get(id).cloned();
        let inside = shape.as_ref().map_or_else(Vec::new, |shape| self.nodes(&shape.children));
        let mut own = Element::new("svg", inside);
        own.attributes = element.attributes.iter().filter(|(name, _)| name != "href").cloned().collect();
        let view = shape.as_ref().and_then(|shape| shape.attribute("viewBox"));
        view.into_iter().fold(own, |own, view| own.with("viewBox", view))
    }

    fn attribute(&mut self, name: &str, value: &str) -> Vec<(String, String)> {
        let ids = |value: &str| value.split_whitespace().map(|id| self.place.id(id)).collect::<Vec<_>>().join(" ");
        let one = |value: String| vec![(name.to_owned(), value)];
        match name {
            "class" => {
                let classes: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
                self.classes.extend(classes.iter().cloned());
                one(classes.iter().map(|class| format!("{PREFIX}{class}")).collect::<Vec<_>>().join(" "))
            }
            "id" => one(self.place.id(value)),
            "href" | "src" => self.place.link(value).map(one).unwrap_or_default(),
            // The sizes of a picture that a site has once.
            "srcset" | "sizes" | "style" => Vec::new(),
            "fill" if value.starts_with("url(") => {
                let ink = (self.colours)("data");
                [("fill", "none".to_owned()), ("stroke", ink), ("stroke-width", "1.5".to_owned())]
                    .map(|(name, value)| (name.to_owned(), value))
                    .into()
            }
            _ if NAMES_IDS.contains(&name) => one(ids(value)),
            _ if name.starts_with("data-") && !KEPT_DATA.contains(&name) => Vec::new(),
            _ => one(value.to_owned()),
        }
    }
}

fn is_shape(element: &Element) -> bool {
    matches!(element.name.as_str(), "svg" | "rect" | "path" | "circle" | "polygon" | "line")
}
