//! What the style sheets and the attribute `style` say of an element, worked out once for both formats.

use roxmltree::{Document, Node};

use super::css::{Declaration, Rule, declarations, sheet};
use super::fault::Fault;
use super::selector::{Places, Selector};
use super::value::Variables;
use crate::picture::PictureFault;

/// More work than any drawing needs: the selectors of its style sheets, held against its elements.
const MOST_COMPARISONS: usize = 50_000_000;

/// The style sheets of a drawing.
pub struct Styles {
    places: Places,
    rules: Vec<Rule>,
    /// The selectors with the rules that they are for, the weakest first.
    selectors: Vec<(Selector, usize)>,
}

impl Styles {
    /// Reads every style sheet.
    pub fn of(document: &Document, faults: &mut Vec<Fault>) -> Result<Self, PictureFault> {
        let mut rules = Vec::new();
        for style in document.descendants().filter(|node| node.tag_name().name() == "style") {
            if style.attribute("media").is_some_and(|media| !matches!(media, "all" | "screen")) {
                faults.push(Fault::not_alike(style.range_of_name(), "a style sheet for some screens"));
                continue;
            }
            for text in style.children().filter(Node::is_text) {
                rules.extend(sheet(text.text().unwrap_or_default(), text.text_start(), faults));
            }
        }
        let mut selectors: Vec<(Selector, usize)> = Vec::new();
        for (place, rule) in rules.iter().enumerate() {
            selectors.extend(rule.selectors.iter().map(|selector| (selector.clone(), place)));
        }
        selectors.sort_by_key(|(selector, _)| selector.weight());
        let elements = document.descendants().filter(Node::is_element).count();
        if selectors.len().saturating_mul(elements) > MOST_COMPARISONS {
            return Err(PictureFault::TooComplicated);
        }
        Ok(Self { places: Places::of(document), rules, selectors })
    }

    /// Every declaration for an element, the weakest first; custom properties are added to its variables.
    pub fn declared(&self, element: Node, variables: &mut Variables, faults: &mut Vec<Fault>) -> Vec<Declaration> {
        let chosen = self.selectors.iter().filter(|(selector, _)| selector.chooses(element, &self.places));
        let mut declared: Vec<Declaration> =
            chosen.flat_map(|(_, rule)| &self.rules[*rule].declarations).cloned().collect();
        if let Some(style) = element.attribute_node("style") {
            declared.extend(declarations(style.value(), style.range_value().start, faults));
        }
        declared.sort_by_key(|declaration| declaration.is_important);
        let (custom, declared): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|declaration| declaration.name.starts_with("--"));
        for declaration in custom {
            if element.tag_name().name() == "use" {
                faults.push(Fault::not_alike(declaration.at.clone(), "a variable of `<use>`"));
            }
            variables.insert(declaration.name, declaration.value);
        }
        declared
    }
}

/// Places of nodes in the text of the drawing.
pub trait Placed {
    fn range_of_name(&self) -> std::ops::Range<usize>;
    fn text_start(&self) -> usize;
}

impl Placed for Node<'_, '_> {
    /// The name of an element, with the bracket before it.
    fn range_of_name(&self) -> std::ops::Range<usize> {
        let start = self.range().start;
        let written = self.document().input_text()[start..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
        start..written.map_or(self.range().end, |end| start + end)
    }

    /// Where a text begins; one in a section of characters begins behind its mark.
    fn text_start(&self) -> usize {
        let range = self.range();
        let written = &self.document().input_text()[range.clone()];
        range.start + if written.starts_with("<![CDATA[") { "<![CDATA[".len() } else { 0 }
    }
}
