//! How much work it is to draw a drawing: a small text can ask for very much.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

use super::fault::Fault;
use super::lists::{SILENT, has};
use super::style::Placed;

/// More elements than the most detailed map has, with what is drawn again where something refers to it.
const MOST_DRAWN: u64 = 100_000;
/// Letters of an outline that take as long to draw as an element; of a text, every one does.
const OF_OUTLINE: usize = 100;
/// More steps of filters than a chart with shadows has, and than a shadow has; each is worked out pixel by pixel for the
/// PDF, and those of one filter are kept until it is done.
const MOST_FILTERED: u64 = 100;
const MOST_IN_FILTER: u64 = 24;
/// More elements within each other than any program writes, through references too.
pub const DEEPEST: usize = 200;

/// What is told of an element that lies too deep.
pub fn too_deep(element: Node) -> Fault {
    let help = "save the drawing anew in the program that made it, or as PNG";
    Fault::unfit(element.range_of_name(), "the drawing has too many parts within each other", help)
}

const SIMPLIFY: &str = "simplify the drawing, or save it as PNG";

/// Ids that elements refer to, as far as they are drawn by it.
pub type References = HashMap<NodeId, Vec<String>>;

/// What an element takes to be drawn.
#[derive(Clone, Copy, Default)]
struct Effort {
    drawn: u64,
    filtered: u64,
    /// How many elements lie within each other.
    height: usize,
}

struct Measuring<'a, 'input> {
    by_id: HashMap<&'a str, Node<'a, 'input>>,
    references: &'a References,
    /// `None` while an element is being measured.
    known: HashMap<NodeId, Option<Effort>>,
}

/// Refuses what refers to itself, and what would take too long.
pub fn too_much(document: &Document, references: &References) -> Option<Fault> {
    let mut by_id = HashMap::new();
    for element in document.descendants().filter(Node::is_element) {
        element.attribute("id").map(|id| by_id.entry(id).or_insert(element));
    }
    let mut measuring = Measuring { by_id, references, known: HashMap::new() };
    let root = document.root_element();
    match measuring.effort(root, 0) {
        Err(fault) => Some(*fault),
        Ok(effort) if effort.drawn > MOST_DRAWN => {
            let message = format!("the drawing draws more than {MOST_DRAWN} parts, with those that are drawn again");
            Some(Fault::unfit(root.range_of_name(), message, SIMPLIFY))
        }
        Ok(effort) if effort.filtered > MOST_FILTERED => {
            let message = format!("the drawing has more than {MOST_FILTERED} steps of shadows and other filters");
            Some(Fault::unfit(root.range_of_name(), message, SIMPLIFY))
        }
        Ok(_) => None,
    }
}

impl Measuring<'_, '_> {
    fn effort(&mut self, element: Node, depth: usize) -> Result<Effort, Box<Fault>> {
        let fault = |message: &str| {
            let help = "save the drawing anew in the program that made it, or as PNG";
            Err(Box::new(Fault::unfit(element.range_of_name(), message, help)))
        };
        match self.known.get(&element.id()) {
            Some(Some(effort)) => return Ok(*effort),
            Some(None) => return fault("a part of the drawing refers to itself"),
            None if depth > DEEPEST => return Err(Box::new(too_deep(element))),
            None => {}
        }
        self.known.insert(element.id(), None);
        let mut effort = Effort { drawn: 1 + content(element), filtered: 0, height: 1 };
        for child in element.children().filter(Node::is_element) {
            effort = effort.and(self.effort(child, depth + 1)?, 1);
        }
        let references = self.references;
        for id in references.get(&element.id()).into_iter().flatten() {
            let Some(target) = self.by_id.get(id.as_str()).copied() else { continue };
            let own = self.effort(target, depth + 1)?;
            effort = match target.tag_name().name() {
                "linearGradient" | "radialGradient" => effort,
                "filter" => Effort { filtered: effort.filtered.saturating_add(own.drawn), ..effort },
                "marker" => effort.and(own, corners(element)),
                _ => effort.and(own, 1),
            };
        }
        if has("filter", element.tag_name().name()) {
            if effort.drawn > MOST_IN_FILTER {
                let message = format!("a filter has more than {MOST_IN_FILTER} steps");
                return Err(Box::new(Fault::unfit(element.range_of_name(), message, SIMPLIFY)));
            }
            effort.filtered = 0;
        }
        if effort.height > DEEPEST {
            return Err(Box::new(too_deep(element)));
        }
        self.known.insert(element.id(), Some(effort));
        Ok(effort)
    }
}

impl Effort {
    fn and(self, other: Self, times: u64) -> Self {
        let sum = |one: u64, other: u64| one.saturating_add(other.saturating_mul(times));
        Self {
            drawn: sum(self.drawn, other.drawn),
            filtered: sum(self.filtered, other.filtered),
            height: self.height.max(other.height + 1),
        }
    }
}

/// At most so many corners has an outline: a marker stands at each.
fn corners(element: Node) -> u64 {
    (outline(element) as u64).div_ceil(2).max(2)
}

/// How long the outline of an element is written.
fn outline(element: Node) -> usize {
    element.attribute("d").or_else(|| element.attribute("points")).unwrap_or_default().len()
}

/// What is drawn of an element beside its children.
fn content(element: Node) -> u64 {
    let texts = element.children().filter(|child| child.is_text() && !has(SILENT, element.tag_name().name()));
    let text: usize = texts.filter_map(|text| text.text()).map(|text| text.trim().len()).sum();
    (outline(element) / OF_OUTLINE + text) as u64
}

#[cfg(test)]
mod tests {
    use super::super::samples::cleaned;

    #[test]
    fn what_would_be_drawn_without_end_is_told() {
        let laughs: String = (1..12)
            .map(|level| format!("<g id='a{level}'>{}</g>", format!("<use href='#a{}'/>", level - 1).repeat(10)))
            .collect();
        let chain: String = (1..700).map(|level| format!("<use id='a{level}' href='#a{}'/>", level - 1)).collect();
        let shadows = "<filter id='f'><feGaussianBlur stdDeviation='999'/></filter>".to_owned()
            + &"<rect filter='url(#f)'/>".repeat(60);
        for (inner, message) in [
            (format!("<defs><rect id='a0'/>{laughs}</defs><use href='#a11'/>"), "draws more than"),
            (format!("<defs><rect id='a0'/>{chain}</defs><use href='#a699'/>"), "too many parts within each other"),
            ("<g id='a'><use href='#a'/></g>".to_owned(), "refers to itself"),
            ("<pattern id='a'><rect fill='url(#a)'/></pattern><rect fill='url(#a)'/>".to_owned(), "refers to itself"),
            (
                format!(
                    "<marker id='m'>{}</marker><path style='marker:url(#m)' d='{}'/>",
                    "<rect/>".repeat(900),
                    "L1 1".repeat(900)
                ),
                "draws more than",
            ),
            (shadows, "steps of shadows"),
            (
                format!("<filter id='f'>{}</filter><rect filter='url(#f)'/>", "<feOffset/>".repeat(40)),
                "a filter has more than 24 steps",
            ),
            (
                format!("<path id='a' d='{}'/>{}", "L1 1".repeat(100_000), "<use href='#a'/>".repeat(40)),
                "draws more than",
            ),
            (format!("<text>{}</text>", "Loans ".repeat(20_000)), "draws more than"),
        ] {
            let said = cleaned(&inner).1;
            assert!(said.iter().any(|one| one.contains(message)), "{message}: {said:?}");
        }
        assert_eq!(
            cleaned("<filter id='f'><feTurbulence numOctaves='1000'/></filter><rect/>").1,
            ["`<feTurbulence>` cannot be shown"]
        );
    }
}
