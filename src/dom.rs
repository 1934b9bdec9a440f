//! A page as a small tree that can be changed, and written again.
//!
//! In: a finished page. Out: its elements and texts, of which fragments and pages of sections are made.

use scraper::node::Node as Read;
use scraper::{ElementRef, Html};

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element, its attributes in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// Elements that have no end tag.
const VOID: [&str; 7] = ["br", "col", "img", "link", "meta", "source", "wbr"];

/// Elements that stand in a line; all others begin one of their own.
const INLINE: [&str; 26] = [
    "a", "b", "br", "circle", "defs", "em", "g", "i", "img", "line", "path", "pattern", "polygon", "rect", "small",
    "span", "strong", "sub", "sup", "svg", "symbol", "time", "title", "tspan", "use", "wbr",
];

/// What stands in the main part of a page, and before it what says that the page is a draft.
pub fn main_of(page: &Html) -> Vec<Node> {
    let draft = all_of(page, "p").into_iter().find(|one| one.has_class("draft")).map(Node::Element);
    let main = all_of(page, "main").into_iter().next().map_or_else(Vec::new, |main| main.children);
    draft.into_iter().chain(main).collect()
}

/// All elements of a name.
pub fn all_of(page: &Html, name: &str) -> Vec<Element> {
    page.root_element().descendent_elements().filter(|one| one.value().name() == name).map(read).collect()
}

/// What stands in an element.
pub fn children(element: ElementRef) -> Vec<Node> {
    let nodes = element.children().filter_map(|node| match node.value() {
        Read::Text(text) => Some(Node::Text(text.to_string())),
        Read::Element(_) => ElementRef::wrap(node).map(|element| Node::Element(read(element))),
        _ => None,
    });
    nodes.collect()
}

/// An element with all that stands in it.
pub fn read(element: ElementRef) -> Element {
    let attributes = element.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Element { name: element.value().name().to_owned(), attributes, children: children(element) }
}

impl Element {
    /// An element without attributes.
    pub fn new(name: &str, children: Vec<Node>) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), children }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
    }

    /// Which heading it is, from 1; none where it is none.
    pub fn heading(&self) -> Option<usize> {
        self.name.strip_prefix('h')?.parse().ok()
    }

    /// Its words, with single spaces.
    pub fn text(&self) -> String {
        text_of(&self.children)
    }

    /// Its elements, without the texts between them.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        elements(&self.children)
    }

    /// All elements within it, in the order of the page.
    pub fn all_elements(&self) -> Vec<&Element> {
        self.elements().flat_map(|one| std::iter::once(one).chain(one.all_elements())).collect()
    }
}

impl Node {
    pub fn element(name: &str, children: Vec<Node>) -> Self {
        Self::Element(Element::new(name, children))
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether it stands in a line with others.
    pub fn is_inline(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::Element(element) => INLINE.contains(&element.name.as_str()),
        }
    }

    /// Whether it has no words.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// The elements among nodes.
pub fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// The words of nodes, with single spaces; what stands on lines of its own is set apart.
pub fn text_of(nodes: &[Node]) -> String {
    fn gather(nodes: &[Node], words: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => words.push_str(text),
                Node::Element(element) => {
                    let apart = if node.is_inline() && !element.is("br") { "" } else { " " };
                    words.push_str(apart);
                    gather(&element.children, words);
                    words.push_str(apart);
                }
            }
        }
    }
    let mut words = String::new();
    gather(nodes, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Nodes as HTML. What begins a line of its own does so in the text too, and so does every cell, so that no figure runs into
/// the next one where tags are taken away.
pub fn write(nodes: &[Node]) -> String {
    let mut html = String::new();
    nodes.iter().for_each(|node| write_node(node, &mut html));
    html
}

fn write_node(node: &Node, html: &mut String) {
    let element = match node {
        Node::Text(text) => return html.push_str(&escaped(text)),
        Node::Element(element) => element,
    };
    let attribute = |(name, value): &(String, String)| format!(" {name}=\"{}\"", escaped(value).replace('"', "&quot;"));
    let attributes: String = element.attributes.iter().map(attribute).collect();
    let begins_line = !node.is_inline();
    if begins_line && !html.is_empty() && !html.ends_with('\n') {
        html.push('\n');
    }
    html.push_str(&format!("<{}{attributes}>", element.name));
    if VOID.contains(&element.name.as_str()) {
        if element.is("br") {
            html.push('\n');
        }
        return;
    }
    match element.name.as_str() {
        // What a script holds is no HTML.
        "script" => html.extend(element.children.iter().filter_map(|child| match child {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        })),
        _ => element.children.iter().for_each(|child| write_node(child, html)),
    }
    html.push_str(&format!("</{}>", element.name));
    if begins_line {
        html.push('\n');
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_without_what_surrounds_its_main_part_and_written_again() {
        let page =
            "<header>Band</header><main><p>1 &lt; 2<br>next</p><table><tr><td>1,204<td>16</table></main><footer>Foot";
        assert_eq!(
            write(&main_of(&Html::parse_document(page))),
            "<p>1 &lt; 2<br>\nnext</p>\n<table>\n<tbody>\n<tr>\n<td>1,204</td>\n<td>16</td>\n</tr>\n</tbody>\n</table>\n"
        );
    }

    #[test]
    fn what_stands_on_lines_of_its_own_is_set_apart_in_words() {
        let page = Html::parse_document("<main><dl><dt>Rate<dd>9<b>5</b>%</dl>");
        assert_eq!(text_of(&main_of(&page)), "Rate 95%");
    }
}
