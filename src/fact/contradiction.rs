//! Percentages that do not follow from the figures which are printed beside them.

use super::{FactId, Facts, Quantity, Series, Slot, Word};
use crate::model::values::{IndicatorColumn, Manner, PercentageMeaning};

/// A percentage that is printed although the figures beside it come to another, or to none.
#[derive(Debug, Clone, Copy)]
pub struct Contradiction {
    pub slot: Slot,
    pub printed: FactId,
    number: FactId,
    denominator: FactId,
    is_growth: bool,
    /// What follows, as exactly as what is printed; none from nothing.
    follows: Option<(FactId, Quantity)>,
}

impl Series<'_> {
    /// Its percentages that contradict the figures beside them.
    pub fn contradictions<'s>(&'s self, facts: &'s Facts) -> impl Iterator<Item = Contradiction> + 's {
        let meaning = self.indicator.percentage_is.as_ref().map(|one| one.value);
        let is_growth = meaning == Some(PercentageMeaning::GrowthOverDenominator);
        self.slots().filter_map(move |(slot, figures)| {
            let figure = |column| Some((figures.figure(column)?, facts.quantity(figures.figure(column)?)?));
            let (printed, is) = figure(IndicatorColumn::Percentage)?;
            let (number, _) = figure(IndicatorColumn::Number)?;
            let (denominator, of) = figure(IndicatorColumn::Denominator)?;
            let follows = match figures.exact.and_then(|exact| Some((exact, facts.quantity(exact)?))) {
                Some((_, follows)) if is.agrees(follows) == Ok(true) => return None,
                Some((exact, follows)) => Some((exact, follows.rounded_as(is))),
                None if of.number.is_zero() => None,
                None => return None,
            };
            Some(Contradiction { slot, printed, number, denominator, is_growth, follows })
        })
    }
}

impl Contradiction {
    /// Whether something else follows from the figures; else nothing does.
    pub fn has_result(&self) -> bool {
        self.follows.is_some()
    }

    /// All figures, the contradicted one first.
    pub fn figures(&self) -> [FactId; 3] {
        [self.printed, self.number, self.denominator]
    }

    /// "22 of 69 is 32%".
    pub fn words(&self, manner: &Manner, shown: impl Fn(FactId) -> String) -> Vec<Word> {
        let bound = |fact| vec![Word::Bound { text: shown(fact), fact }];
        let mut fills = vec![("number", bound(self.number)), ("whole", bound(self.denominator))];
        let key = match (self.is_growth, self.follows) {
            (false, None) => "notes.no-result",
            (true, None) => "notes.no-growth",
            (false, Some(_)) => "notes.is",
            (true, Some((_, follows))) if follows.number.is_sign_negative() => "notes.has-fallen",
            (true, Some(_)) => "notes.has-grown",
        };
        fills.extend(self.follows.map(|(fact, follows)| {
            let number = if self.is_growth { follows.number.abs() } else { follows.number };
            let text = Quantity { number, ..follows }.shown(manner);
            ("percentage", vec![Word::Bound { text, fact }])
        }));
        manner.wording.pieces(key, None, fills)
    }
}
