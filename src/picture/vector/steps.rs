//! How much work a drawing may ask for before it is written: its rules can meet very many elements.

use roxmltree::Node;

use super::fault::Fault;
use super::style::Placed;

/// More than the most detailed map takes, and a second or two: a letter of a value is one step.
const MOST: usize = 50_000_000;
/// What it takes to hold a selector against an element, and to copy a declaration, measured in letters.
pub const COMPARISON: usize = 4;
pub const DECLARATION: usize = 128;

/// The steps that are left.
pub struct Steps(usize);

impl Default for Steps {
    fn default() -> Self {
        Self(MOST)
    }
}

impl Steps {
    pub fn take(&mut self, steps: usize) {
        self.0 = self.0.saturating_sub(steps);
    }

    pub fn are_left(&self) -> bool {
        self.0 > 0
    }

    /// Refuses a drawing that asks for more, at the element where it does.
    pub fn enough_for(&self, element: Node) -> Result<(), Box<Fault>> {
        if self.are_left() {
            return Ok(());
        }
        let message = "the drawing is too large: its styles would take too long to be worked out";
        Err(Box::new(Fault::unfit(element.range_of_name(), message, "simplify its style sheet, or save it as PNG")))
    }
}
