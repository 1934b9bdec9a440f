//! Finds what was written on the finished web page.
//!
//! In: what was written, the page, and the addresses of the figures by the marks that stand on it. Out: the elements that
//! show each text and figure. The page is parsed as a browser parses it. Marks of notes and what is only heard stand
//! between the words of a text without being of it, so that they come after everything else.

use std::collections::BTreeMap;

use scraper::node::Node;
use scraper::{ElementRef, Html};

use super::matching::{Sought, Stream, claim, letters};
use super::selector::selector;
use super::{Element, Share, Written};
use crate::readback::html::{self, FACT};

/// Attributes that are heard in the place of what is seen.
const HEARD: [&str; 2] = ["alt", "aria-label"];

/// Elements within a line: a text goes on through them.
const INLINE: [&str; 12] = ["a", "abbr", "b", "br", "code", "em", "i", "q", "span", "strong", "sub", "wbr"];

/// The figures that a statement of the text itself makes.
const STATED: &str = "data-source";

/// Where everything stands on a page.
#[derive(Debug, Default)]
pub struct OnPage {
    /// For each text and figure the elements that show it.
    pub places: Vec<Vec<Element>>,
    /// The elements that show each figure, by its address.
    pub figures: BTreeMap<String, Vec<Element>>,
    pub share: Share,
}

/// Finds what was written; `marks` has the addresses of figures by the numbers that stand for them on the page.
pub fn on_page(written: &[Written], page: &str, marks: &BTreeMap<String, String>) -> OnPage {
    let page = html::parse(page);
    let reading = Reading::of(&page);
    let sought: Vec<Sought> = written.iter().map(Written::sought).collect();
    let claims = claim(&reading.stream, &sought);
    let element = |words: &std::ops::Range<usize>| {
        let around = reading.words[words.clone()].iter().map(|word| word.element);
        around.reduce(common).map(|element| Element { selector: selector(element) })
    };
    let mut places: Vec<Vec<Element>> =
        claims.places.iter().map(|places| places.iter().filter_map(element).collect()).collect();
    let figures = figures(&page, marks);
    for (one, places) in written.iter().zip(&mut places) {
        let shown = one.address.as_ref().and_then(|address| figures.get(address));
        places.extend(shown.into_iter().flatten().cloned());
    }
    let mut share = Share::default();
    for (place, word) in reading.words.iter().enumerate() {
        if word.is_figure || claims.has(&reading.stream, place) {
            share.found += 1;
        } else if !word.is_mark {
            share.other.push(word.text.clone());
        }
    }
    OnPage { places, figures, share }
}

impl Written {
    /// What is looked for; figures are known by more than their letters.
    pub(super) fn sought(&self) -> Sought {
        let letters = if self.address.is_some() { String::new() } else { letters(&self.says) };
        Sought { letters, section: self.section.clone(), file: self.at.file.0 }
    }
}

/// The elements that show each figure.
fn figures(page: &Html, marks: &BTreeMap<String, String>) -> BTreeMap<String, Vec<Element>> {
    let mut figures: BTreeMap<String, Vec<Element>> = BTreeMap::new();
    for element in page.root_element().descendent_elements() {
        if let Some(address) = element.attr(FACT).and_then(|mark| marks.get(mark)) {
            figures.entry(address.clone()).or_default().push(Element { selector: selector(element) });
        }
    }
    figures
}

/// The innermost element around two.
fn common<'a>(one: ElementRef<'a>, other: ElementRef<'a>) -> ElementRef<'a> {
    if one == other {
        return one;
    }
    let around = |element: ElementRef<'a>| {
        let mut all: Vec<ElementRef> = element.ancestors().filter_map(ElementRef::wrap).collect();
        all.reverse();
        all.push(element);
        all
    };
    let shared = around(one).into_iter().zip(around(other)).take_while(|(a, b)| a == b).last();
    shared.map_or(one, |(element, _)| element)
}

/// A word of the page.
struct PageWord<'p> {
    text: String,
    element: ElementRef<'p>,
    /// Whether it belongs to a figure with its mark, or to the mark of a note.
    is_figure: bool,
    is_mark: bool,
}

/// The words of a page in the order in which they are looked through.
#[derive(Default)]
struct Reading<'p> {
    stream: Stream,
    words: Vec<PageWord<'p>>,
    blocks: usize,
}

/// What words are, by the elements around them.
#[derive(Clone, Copy, Default)]
struct Around<'s> {
    section: Option<&'s str>,
    is_figure: bool,
    is_mark: bool,
}

impl<'p> Reading<'p> {
    fn of(page: &'p Html) -> Self {
        let mut reading = Self::default();
        let Some(body) = page.root_element().child_elements().find(|one| one.value().name() == "body") else {
            return reading;
        };
        let mut aside = Vec::new();
        let around = Around { section: Some(""), ..Around::default() };
        reading.read(body, around, &mut aside);
        let mut next = 0;
        while let Some((element, around)) = aside.get(next).copied() {
            reading.blocks += 1;
            reading.children(element, around, &mut aside);
            next += 1;
        }
        for element in body.descendent_elements() {
            for text in HEARD.iter().filter_map(|name| element.attr(name)) {
                reading.blocks += 1;
                reading.text(text, element, Around { is_mark: true, ..around });
            }
        }
        reading
    }

    fn read(&mut self, element: ElementRef<'p>, around: Around<'p>, aside: &mut Vec<(ElementRef<'p>, Around<'p>)>) {
        let value = element.value();
        let mut inner = around;
        if value.name() == "section" {
            inner.section = value.id().or(inner.section);
        }
        inner.is_figure |= value.attr(FACT).is_some() || value.attr(STATED).is_some();
        let has = |name: &str| value.classes().any(|class| class == name);
        if matches!(value.name(), "script" | "style" | "defs") {
            return;
        }
        if has("hidden") || value.name() == "sup" && has("ref") || value.name() == "desc" || value.name() == "title" {
            inner.is_mark |= has("ref");
            aside.push((element, inner));
            return;
        }
        let is_block = !INLINE.contains(&value.name());
        self.blocks += usize::from(is_block);
        self.children(element, inner, aside);
        self.blocks += usize::from(is_block);
    }

    fn children(&mut self, element: ElementRef<'p>, around: Around<'p>, aside: &mut Vec<(ElementRef<'p>, Around<'p>)>) {
        for child in element.children() {
            match (child.value(), ElementRef::wrap(child)) {
                (Node::Text(text), _) => self.text(text, element, around),
                (_, Some(inner)) => self.read(inner, around, aside),
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str, element: ElementRef<'p>, around: Around) {
        for word in text.split_whitespace() {
            self.stream.push(word, self.blocks, around.section);
            let Around { is_figure, is_mark, .. } = around;
            self.words.push(PageWord { text: word.to_owned(), element, is_figure, is_mark });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};

    fn text(section: &str, says: &str) -> Written {
        Written {
            at: Span::new(FileId(0), 0..0),
            kind: "Text",
            section: Some(section.to_owned()),
            about: Vec::new(),
            says: says.to_owned(),
            address: None,
            figures: Vec::new(),
        }
    }

    fn found(page: &str, written: &[Written]) -> Vec<Vec<String>> {
        let all = on_page(written, page, &BTreeMap::from([("1".to_owned(), "staff".to_owned())])).places;
        all.into_iter().map(|places| places.into_iter().map(|place| place.selector).collect()).collect()
    }

    #[test]
    fn a_text_is_found_through_marks_links_and_figures() {
        let page = "<section id=s><p>We had <b data-fact=1>5</b> sta<wbr>ff<sup class=ref><a>1<i class=hidden>note</i></a></sup> \
                    <a href=x>in all</a>.<p>Other<p>We had 5 staff</section>";
        let figure = Written { address: Some("staff".to_owned()), ..text("s", "5") };
        let places = found(page, &[text("s", "We had 5 staff in all."), text("t", "Other"), figure]);
        assert_eq!(places[0], ["[id=\"s\"] > p:nth-of-type(1)"]);
        assert_eq!(places[1], ["[id=\"s\"] > p:nth-of-type(2)"]);
        assert_eq!(places[2], ["[id=\"s\"] > p:nth-of-type(1) > b:nth-of-type(1)"]);
    }

    #[test]
    fn what_is_heard_has_a_place_and_what_nobody_typed_is_told() {
        let page = "<section id=s><img alt='A red bus'><p>Back to top</section>";
        let all = on_page(&[text("s", "A red bus")], page, &BTreeMap::new());
        assert_eq!(all.places[0][0].selector, "[id=\"s\"] > img:nth-of-type(1)");
        assert_eq!(all.share, Share { found: 3, other: ["Back", "to", "top"].map(str::to_owned).to_vec() });
    }
}
