//! Where everything that is seen of a report was written, and where everything that was written is seen.
//!
//! In: the texts and figures of a report, its finished page and its finished PDF. Out: each text and figure that was
//! typed ([`Written`]), the elements of the page and the areas of the PDF that show it ([`Seen`]), and how much of both
//! was found ([`Share`]); what there is to know of a figure ([`Card`]), and what can be done about a finding ([`Offer`]). Nothing is added to what is published: figures are known by the marks that the page has anyway,
//! and texts by their letters, the longest first, each in its section and in order ([`matching`]). What nobody typed, such
//! as what Tally itself says, has no place.

mod figure;
mod matching;
mod mends;
mod page;
mod paper;
mod selector;
mod written;

use serde::Serialize;

pub use figure::{Card, Check, Teller, Use};
pub use mends::{Offer, offers};
pub use page::{OnPage, on_page};
pub use paper::{OnPaper, on_paper};
pub use written::{BoundFigure, Written, figures, written};

/// An element of a page: what finds it, and it alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Element {
    /// A selector of CSS that holds for the published page as it stands.
    pub selector: String,
}

/// A part of a page of the PDF, in per cent of the page, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Area {
    /// The page, from 1.
    pub page: usize,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// Where one text or figure is seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Seen {
    /// In the order of the page.
    pub page: Vec<Element>,
    /// In the order of the PDF, a line each.
    pub paper: Vec<Area>,
}

/// How much of a finished file was found, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// Words whose text or figure is known.
    pub found: usize,
    /// Words that nobody typed, or whose place was not found, in the order of the file.
    pub other: Vec<String>,
}
