//! The figures of a finished web page.
//!
//! In: a page as it is published. Out: every element that names the fact it shows, in the order of the page. The
//! page is parsed as a browser parses it, so that what is read is what a reader gets.

use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};

use super::single_spaced;

/// The attribute that holds the address of the fact that an element shows.
const FACT: &str = "data-fact";

/// Elements that set words apart without a space being written. (Between others a space is written where one is meant.)
const BREAKS: [&str; 8] = ["br", "dd", "div", "dt", "li", "p", "td", "tr"];

/// A figure as it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadFigure {
    /// Id of the section in which it stands; empty outside of all.
    pub section: String,
    /// Address of the fact that it shows.
    pub address: String,
    /// Its words, with single spaces.
    pub text: String,
}

/// Every figure of the page.
pub fn figures(html: &str) -> Vec<ReadFigure> {
    let page = Html::parse_document(html);
    page.root_element().descendent_elements().filter_map(figure).collect()
}

fn figure(element: ElementRef) -> Option<ReadFigure> {
    let address = element.attr(FACT)?.to_owned();
    Some(ReadFigure { section: section(element), address, text: text(element) })
}

/// Id of the nearest section around an element that has one.
fn section(element: ElementRef) -> String {
    let around = element.ancestors().filter_map(|node| node.value().as_element());
    around.filter(|element| element.name() == "section").find_map(Element::id).unwrap_or_default().to_owned()
}

fn text(element: ElementRef) -> String {
    let mut words = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(element) if BREAKS.contains(&element.name()) => words.push(' '),
            _ => {}
        }
    }
    single_spaced(&words)
}
