//! What charts draw: for each mark the figure that it stands for, so that the finished drawing can be held against it.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::fact::FactId;

/// The marks that stand on one scale, in the order in which they are drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrawnChart {
    /// Id of the section.
    pub section: String,
    /// The number that fills the box, where that is not left to the figures.
    pub whole: Option<Decimal>,
    /// Whether the PDF may draw it in another form.
    pub is_of_page: bool,
    pub marks: Vec<DrawnMark>,
}

/// A bar, a column, a part of one, a point, or a line or field across others.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnMark {
    pub fact: FactId,
    /// The number that stands for the fact on the page.
    pub mark: usize,
    pub text: String,
    /// From where to where it reaches on its scale; a point stands at one number.
    pub from: Decimal,
    pub to: Decimal,
    /// Its place among those along the axis.
    pub place: usize,
    /// How many places it goes across from there on, from edge to edge; none of what stands in the middle of one.
    pub across: Option<usize>,
}

impl DrawnMark {
    /// Something that reaches from nought to a number.
    pub fn from_nought(fact: FactId, text: String, to: Decimal, place: usize) -> Self {
        Self { from: Decimal::ZERO, ..Self::point(fact, text, to, place) }
    }

    /// Something that stands at a number.
    pub fn point(fact: FactId, text: String, at: Decimal, place: usize) -> Self {
        Self { fact, mark: 0, text, from: at, to: at, place, across: None }
    }

    /// A line at a number, across places.
    pub fn level(fact: FactId, text: String, at: Decimal, places: Range<usize>) -> Self {
        Self { across: Some(places.len()), ..Self::point(fact, text, at, places.start) }
    }

    /// The field between a number and a higher one, across places.
    pub fn field(fact: FactId, text: String, (from, to): (Decimal, Decimal), places: Range<usize>) -> Self {
        Self { from, ..Self::level(fact, text, to, places) }
    }
}
