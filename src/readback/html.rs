//! The figures of a finished web page.
//!
//! In: a page as it is published. Out: every element that names the fact it shows, in the order of the page. The
//! page is parsed as a browser parses it, so that what is read is what a reader gets.

use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};

use super::single_spaced;

/// The attribute that holds the mark of the fact that an element shows.
const FACT: &str = "data-fact";

/// The attribute of what stands on the page alone: figures that the PDF shows as a line.
const PAGE_ONLY: &str = "data-page-only";

/// The attribute of notes under a section, which stand at the feet of pages in the PDF.
const AT_FEET: &str = "data-at-feet";

/// Elements that set words apart without a space being written. (Between others a space is written where one is meant.)
const BREAKS: [&str; 8] = ["br", "dd", "div", "dt", "li", "p", "td", "tr"];

/// A figure as it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadFigure {
    /// Id of the section in which it stands; empty outside of all.
    pub section: String,
    /// The mark of the fact that it shows, as it stands on the page; [`super::check_page`] puts the address in its place.
    pub address: String,
    /// Its words, with single spaces.
    pub text: String,
    pub stands: Stands,
}

/// Where a figure of the page stands in the PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// Where it stands on the page.
    #[default]
    InText,
    /// At the foot of a page.
    AtFoot,
    /// Nowhere: there is no room for it.
    OnPageOnly,
}

/// Every figure of the page.
pub fn figures(html: &str) -> Vec<ReadFigure> {
    let page = Html::parse_document(html);
    page.root_element().descendent_elements().filter_map(figure).collect()
}

fn figure(element: ElementRef) -> Option<ReadFigure> {
    let address = element.attr(FACT)?.to_owned();
    let is_in = |attribute| element.ancestors().filter_map(ElementRef::wrap).any(|one| one.attr(attribute).is_some());
    let stands = match (is_in(PAGE_ONLY), is_in(AT_FEET)) {
        (true, _) => Stands::OnPageOnly,
        (false, true) => Stands::AtFoot,
        (false, false) => Stands::InText,
    };
    Some(ReadFigure { section: section(element), address, text: text(element), stands })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(&str, &str, &str)]) {
        let read = figures(html);
        let read: Vec<_> = read.iter().map(|figure| (&*figure.section, &*figure.address, &*figure.text)).collect();
        assert_eq!(read, expected, "{html}");
    }

    #[test]
    fn a_figure_is_read_with_its_section_and_address() {
        check("<p data-fact=a>1</p>", &[("", "a", "1")]);
        check("<section id=s><section><p data-fact=a.b>1</p></section></section>", &[("s", "a.b", "1")]);
        check(
            "<section id=s><section id=t><b data-fact=a>1</b></section><b data-fact=b>2</b></section>",
            &[("t", "a", "1"), ("s", "b", "2")],
        );
    }

    #[test]
    fn figures_come_in_the_order_of_the_page_also_one_in_another() {
        check(
            "<table><tr><td data-fact=a>1 <i data-fact=b>2</i></td><td data-fact=c>3</td></tr></table>",
            &[("", "a", "1 2"), ("", "b", "2"), ("", "c", "3")],
        );
    }

    #[test]
    fn text_is_read_with_single_spaces_as_it_is_seen() {
        check("<b data-fact=a> £1,<wbr>234&nbsp;&ndash;\n <i>5</i>% &amp;c. </b>", &[("", "a", "£1,234 – 5% &c.")]);
        check("<table><td data-fact=a>45<br>£2,187", &[("", "a", "45 £2,187")]);
        check("<b data-fact=a></b>", &[("", "a", "")]);
    }

    #[test]
    fn any_text_is_a_page() {
        check("", &[]);
        check("<section id=s><b data-fact=\"<\">1", &[("s", "<", "1")]);
    }
}
