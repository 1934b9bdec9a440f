//! The figures of a finished web page.
//!
//! In: a page as it is published. Out: every element that names the fact it shows, in the order of the page. The
//! page is parsed as a browser parses it, so that what is read is what a reader gets.

use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};

use super::drawing::{AxisFigure, ReadChart, ReadMark, Shape};
use super::single_spaced;
use crate::wording::Wording;

/// The attribute that holds the mark of the fact that an element shows.
pub const FACT: &str = "data-fact";

/// The attribute of what stands on the page alone: figures that the PDF shows as a line.
const PAGE_ONLY: &str = "data-page-only";

/// The attribute of notes under a section, which stand at the feet of pages in the PDF.
const AT_FEET: &str = "data-at-feet";

/// Elements that set words apart without a space being written. (Between others a space is written where one is meant.)
const BREAKS: [&str; 20] = [
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "h2",
    "h3",
    "h4",
    "li",
    "ol",
    "p",
    "small",
    "summary",
    "table",
    "td",
    "th",
    "tr",
];

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

/// The attribute of what holds the marks of a chart that stand on one scale.
const CHART: &str = "data-chart";

/// The attribute that holds the mark of the fact that a shape draws.
const DRAWS: &str = "data-draws";

/// The attribute of figures beside an axis.
const AXIS: &str = "data-axis";

/// The attribute of lines from one mark to the next.
const JOINS: &str = "data-joins";

/// What was read of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadPage {
    pub figures: Vec<ReadFigure>,
    pub charts: Vec<ReadChart>,
}

impl ReadPage {
    /// The same of a page in a language, which writes numbers in its own way.
    pub fn in_language(mut self, wording: &Wording) -> Self {
        if !wording.writes_as_english() {
            for chart in &mut self.charts {
                chart.axis = std::mem::take(&mut chart.axis).into_iter().map(|one| one.read_in(wording)).collect();
            }
        }
        self
    }
}

/// Parses a page as a browser does.
pub fn parse(html: &str) -> Html {
    Html::parse_document(html)
}

/// Every figure of the page, and every chart.
pub fn read(page: &Html) -> ReadPage {
    let mut read = ReadPage::default();
    read.visit(page.root_element(), Around::default());
    read
}

/// What an element stands in, and is.
#[derive(Debug, Clone, Copy, Default)]
struct Around<'p> {
    /// Id of the nearest section that has one.
    section: &'p str,
    is_page_only: bool,
    is_at_feet: bool,
}

impl<'p> Around<'p> {
    fn stands(self) -> Stands {
        match (self.is_page_only, self.is_at_feet) {
            (true, _) => Stands::OnPageOnly,
            (false, true) => Stands::AtFoot,
            (false, false) => Stands::InText,
        }
    }
}

impl ReadPage {
    fn visit<'p>(&mut self, element: ElementRef<'p>, around: Around<'p>) {
        let has = |attribute: &str| element.attr(attribute).is_some();
        let around = Around {
            is_page_only: around.is_page_only || has(PAGE_ONLY),
            is_at_feet: around.is_at_feet || has(AT_FEET),
            ..around
        };
        self.figures.extend(element.attr(FACT).map(|mark| ReadFigure {
            section: around.section.to_owned(),
            address: mark.to_owned(),
            text: text(element),
            stands: around.stands(),
        }));
        self.charts.extend(element.attr(CHART).map(|_| chart(element)));
        let own = element.value().id().filter(|_| element.value().name() == "section");
        let inside = Around { section: own.unwrap_or(around.section), ..around };
        element.child_elements().for_each(|inner| self.visit(inner, inside));
    }
}

fn chart(around: ElementRef) -> ReadChart {
    let mark = |element: ElementRef| Some(drawn(element.attr(DRAWS)?, element, around));
    let on_axis = |element: ElementRef| {
        element.attr(AXIS)?;
        Some(AxisFigure::of(up(per_cent(element, "y")), text(element)))
    };
    let join = |line: ElementRef| {
        line.attr(JOINS)?;
        let end = |across, down| (per_cent(line, across), up(per_cent(line, down)));
        Some([end("x1", "y1"), end("x2", "y2")])
    };
    ReadChart {
        section: section(around),
        joins: around.descendent_elements().filter_map(join).collect(),
        marks: around.descendent_elements().filter_map(mark).collect(),
        axis: around.descendent_elements().filter_map(on_axis).collect(),
    }
}

/// A mark of a chart: a point or a line stands at a height, a rectangle reaches from one to another or, where it has no
/// place in a box, along its track, and a drawing of its own is as high as it says.
fn drawn(of: &str, element: ElementRef, around: ElementRef) -> ReadMark {
    let of_element = |attribute| per_cent(element, attribute);
    let has = |attribute: &str| element.attr(attribute).is_some();
    let upright = |shape, across, (low, high), width| ReadMark {
        of: of.to_owned(),
        shape,
        low,
        high,
        across: Some(across),
        width,
    };
    let lying = |low, high| ReadMark { of: of.to_owned(), shape: Shape::Area, low, high, across: None, width: 0.0 };
    match element.value().name() {
        "circle" => {
            let at = up(of_element("cy"));
            upright(Shape::Point, of_element("cx"), (at, at), 0.0)
        }
        "line" => {
            let (from, to) = (of_element("x1"), of_element("x2"));
            upright(Shape::Line, (from + to) / 2.0, (up(of_element("y2")), up(of_element("y1"))), to - from)
        }
        "svg" if has("y") => {
            let at = up(of_element("y"));
            upright(Shape::Point, of_element("x"), (at, at), 0.0)
        }
        "svg" => lying(0.0, of_element("height")),
        _ if has("y") => {
            let top = of_element("y");
            let width = of_element("width");
            let across = of_element("x") + width / 2.0;
            upright(Shape::Area, across, (up(top + of_element("height")), up(top)), width)
        }
        _ => {
            let from = if has("x") { of_element("x") } else { 0.0 };
            let outer = element.ancestors().take_while(|node| *node != *around).filter_map(ElementRef::wrap);
            let share = |width: f64, outer: ElementRef| match outer.attr("width") {
                Some(_) if outer.value().name() == "svg" => width * per_cent(outer, "width") / 100.0,
                _ => width,
            };
            let track = outer.fold(1.0, share);
            lying(from * track, (from + of_element("width")) * track)
        }
    }
}

/// A share of the box; no number where it is written otherwise.
fn per_cent(element: ElementRef, attribute: &str) -> f64 {
    let share = element.attr(attribute).and_then(|text| text.strip_suffix('%')?.parse().ok());
    share.unwrap_or(f64::NAN)
}

/// A height that was measured from the top.
fn up(down: f64) -> f64 {
    100.0 - down
}

/// Id of the nearest section around an element that has one.
pub fn section(element: ElementRef) -> String {
    let around = element.ancestors().filter_map(|node| node.value().as_element());
    around.filter(|element| element.name() == "section").find_map(Element::id).unwrap_or_default().to_owned()
}

pub fn text(element: ElementRef) -> String {
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
        let read = read(&parse(html)).figures;
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
