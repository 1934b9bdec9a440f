//! Totals and what they should be.

use rust_decimal::Decimal;

use super::{Fact, FactId, Facts, Quantity, Unit, Value};
use crate::diagnostic::Span;
use crate::model::values::Figure;

/// A total and what it should be.
#[derive(Debug)]
pub struct Casting {
    pub total: FactId,
    pub parts: Vec<FactId>,
    /// What the parts come to, computed, in the unit of the total where it can be.
    pub sum: FactId,
    /// Whether the parts are only added and taken away, so that one precision holds for all of them.
    pub is_sum: bool,
}

/// A total that is printed, although its parts come to nothing that it could be compared with.
#[derive(Debug)]
pub struct Uncast {
    pub total: FactId,
    /// The parts that there are.
    pub parts: Vec<FactId>,
    /// "`limit - costs` cannot be calculated: costs has no figure"
    pub why: String,
}

/// Sums of rounded figures in one file, and whether a note tells the reader that they may not add up.
#[derive(Debug)]
pub struct RoundedSums {
    pub sums: Vec<(FactId, Vec<FactId>)>,
    pub has_note: bool,
    pub at: Span,
}

impl Facts<'_> {
    /// A total and what its parts come to, at the precision at which they are to agree.
    pub fn cast(&self, casting: &Casting) -> Option<(Quantity, Quantity)> {
        let (total, sum) = (self.quantity(casting.total)?, self.quantity(casting.sum)?);
        let step = casting.is_sum.then(|| self.step_of_sum(casting.total, &casting.parts)).flatten();
        Some(match step {
            Some(step) => (Quantity { step, ..total }, Quantity { step, ..sum }),
            None => (total, sum),
        })
    }

    /// The precision of figures that are added up, where all are written in full: among pence, whole pounds are exact,
    /// and the total follows to the penny.
    pub fn step_of_sum(&self, total: FactId, parts: &[FactId]) -> Option<Decimal> {
        let figures = [total].into_iter().chain(parts.iter().copied());
        let steps: Option<Vec<Decimal>> = figures.map(|id| step_in_full(self.get(id))).collect();
        steps?.into_iter().min()
    }
}

/// The step of a figure that was written in full: not in thousands or millions among others, and no percentage, since
/// those are rounded one by one.
fn step_in_full(fact: &Fact) -> Option<Decimal> {
    let Value::Quantity(quantity) = fact.value else { return None };
    let is_short = matches!(fact.typed, Some(Figure::Money(money)) if !money.mark().is_empty());
    (!is_short && quantity.unit != Unit::Percent).then_some(quantity.step)
}
