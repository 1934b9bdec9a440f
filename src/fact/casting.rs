//! Totals and what they should be.

use rust_decimal::Decimal;

use super::{Fact, FactId, FactValue, Facts, Quantity, Unit};
use crate::diagnostic::Span;
use crate::model::values::{ColumnSign, Figure};

/// A total and what it should be.
#[derive(Debug)]
pub struct Casting {
    pub total: FactId,
    pub parts: Vec<FactId>,
    /// What the parts come to, computed, in the unit of the total where it can be.
    pub sum: FactId,
    /// Whether the parts are only added and taken away, so that one precision holds for all of them.
    pub is_sum: bool,
    /// Whether some of its parts are taken away.
    pub takes_away: bool,
    /// Whether its figures were rounded one by one, so that the sum may be out by half a step for each.
    pub is_rounded: bool,
}

/// A figure whose column says which sign its figures have.
#[derive(Debug)]
pub struct Signed {
    pub figure: FactId,
    pub sign: ColumnSign,
    /// Where that is said.
    pub said: Span,
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
        if casting.is_rounded {
            let figures = [casting.total].into_iter().chain(casting.parts.iter().copied());
            let step: Decimal = figures.filter_map(|id| self.quantity(id)).map(|figure| figure.step).sum();
            return Some((Quantity { step, ..total }, Quantity { step, ..sum }));
        }
        let step = casting.is_sum.then(|| self.step_of_sum(casting.total, &casting.parts)).flatten();
        Some(match step {
            Some(step) => (Quantity { step, ..total }, Quantity { step, ..sum }),
            None => (total, sum),
        })
    }

    /// What the parts of a total come to, where that is something else than is printed.
    pub fn miscast(&self, casting: &Casting) -> Option<Quantity> {
        let (total, sum) = self.cast(casting)?;
        (!sum.is_anything() && total.agrees(sum) != Ok(true)).then(|| sum.beside(total))
    }

    /// The precision of figures that are added up, where all are written in full: among pence, whole pounds are exact,
    /// and the total follows to the penny.
    pub fn step_of_sum(&self, total: FactId, parts: &[FactId]) -> Option<Decimal> {
        let figures: Vec<FactId> = [total].into_iter().chain(parts.iter().copied()).collect();
        self.step_in_full(&figures)
    }

    /// The finest precision of figures, where all are written in full.
    pub fn step_in_full(&self, figures: &[FactId]) -> Option<Decimal> {
        let steps: Option<Vec<Decimal>> = figures.iter().map(|id| step_in_full(self.get(*id))).collect();
        // Nil is nought, however many decimals stand around it.
        steps?.into_iter().filter(|step| !step.is_zero()).min()
    }
}

/// The step of a figure that was written in full: not in thousands or millions among others, and no percentage, since
/// those are rounded one by one.
fn step_in_full(fact: &Fact) -> Option<Decimal> {
    let FactValue::Quantity(quantity) = fact.value else { return None };
    let is_short = fact.typed.and_then(Figure::amount).is_some_and(|amount| !amount.is_in_full());
    (!is_short && quantity.unit != Unit::Percent).then_some(quantity.step)
}
