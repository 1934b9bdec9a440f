//! How much work it is to draw a drawing: a small text can ask for very much.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

use super::fault::Fault;
use super::lists::has;
use super::style::Placed;

/// More elements than the most detailed map has, with what is drawn again where something refers to it.
const MOST_DRAWN: u64 = 300_000;
/// More steps of filters than a chart with shadows has; each is worked out pixel by pixel for the PDF.
const MOST_FILTERED: u64 = 100;
/// More elements within each other than any program writes, through references too.
pub const DEEPEST: usize = 200;

const TOO_DEEP: &str = "the drawing has too many parts within each other";

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
    let help = "simplify the drawing, or save it as PNG";
    match measuring.effort(root, 0) {
        Err(fault) => Some(*fault),
        Ok(effort) if effort.drawn > MOST_DRAWN => {
            let message = format!("the drawing draws more than {MOST_DRAWN} parts, with those that are drawn again");
            Some(Fault::unfit(root.range_of_name(), message, help))
        }
        Ok(effort) if effort.filtered > MOST_FILTERED => {
            let message = format!("the drawing has more than {MOST_FILTERED} steps of shadows and other filters");
            Some(Fault::unfit(root.range_of_name(), message, help))
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
            None if depth > DEEPEST => return fault(TOO_DEEP),
            None => {}
        }
        self.known.insert(element.id(), None);
        let mut effort = Effort { drawn: 1, filtered: 0, height: 1 };
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
            effort.filtered = 0;
        }
        if effort.height > DEEPEST {
            return fault(TOO_DEEP);
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
    let outline = element.attribute("d").or_else(|| element.attribute("points")).unwrap_or_default();
    (outline.len() as u64).div_ceil(2).max(2)
}
