//! What an edition says: everything that a reader of either format can read and that the content decides.
//!
//! A [`Transcript`] holds the items of a report in the order of print (sections, parts, files with their rows,
//! indicators and deliverables), their texts sentence by sentence, and every figure by its address. It is gathered from
//! the content (`view::transcript`) or read from its written form, and says the same either way: so an edition can be
//! kept, and two can be compared, without the content that they were made of. This floor knows neither model nor facts.

mod item;
mod published;
mod read;
mod sentence;
mod written;

pub use item::{Item, ItemKind, Key, Text};
pub use published::{PublishedEdition, RECORD, read_any};
pub use read::read;
pub use sentence::{Piece, Sentence, sentences};

use rust_decimal::Decimal;

/// The version of the written form. One of another version is refused, since what it does not say cannot be compared.
pub const VERSION: u32 = 1;

/// What an edition says.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The report's address: the name of its folder, followed by the row's id where it is made for a row.
    pub report: String,
    /// What the report says of itself, its sections, the files that they show, each where it is shown first, and the
    /// organisation.
    pub items: Vec<Item>,
    /// Every figure: those that are printed in the order of print, then the others in the order of the content.
    pub figures: Vec<Figure>,
}

/// A figure of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Without the report's name: `running-costs.subtotal.total`.
    pub address: String,
    /// As the report prints it where nothing else is said.
    pub shown: String,
    /// Its number; none for days, years and words.
    pub number: Option<Number>,
    pub origin: Origin,
    /// Where and how it is printed; none where it stands behind others.
    pub printed: Option<Printed>,
    /// Why it is not what an earlier edition published.
    pub restated: Option<String>,
}

/// Where a figure is printed first, and in which forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// Id of the section; empty above the sections.
    pub section: String,
    /// Each once, in the order of print.
    pub forms: Vec<String>,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// In full, or the lower end of what it lies between.
    pub value: Decimal,
    /// How far the upper end is above the lower one; nothing where the number is known.
    pub width: Decimal,
    /// The name of the unit in data files: `GBP`, `per cent`, `weeks`.
    pub unit: String,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Typed, from the source of that id.
    Typed(Option<String>),
    /// Computed from the figures of these addresses.
    Computed(Vec<String>),
    /// Things of a kind that stand in the content, counted.
    Counted(String),
    /// Taken from another statement of the content, such as the report's period.
    Follows(String),
}

impl Figure {
    /// Whether it follows from others.
    pub fn is_computed(&self) -> bool {
        !matches!(self.origin, Origin::Typed(_))
    }
}

impl Transcript {
    /// The section of that id.
    pub fn section(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.kind == ItemKind::Section && item.id == id)
    }

    /// The file of that name, without ending.
    pub fn file(&self, stem: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.kind == ItemKind::File && item.id == stem)
    }

    /// The tag of its language.
    pub fn language(&self) -> String {
        let head = self.items.iter().find(|item| item.kind == ItemKind::Report);
        head.and_then(|head| head.named("language")).map(Text::plain).unwrap_or_default()
    }

    /// What the report is called: its title and subtitle.
    pub fn title(&self) -> String {
        let head = self.items.iter().find(|item| item.kind == ItemKind::Report);
        let text = |name: &str| head.and_then(|head| head.named(name)).map(Text::plain).unwrap_or_default();
        let (title, subtitle) = (text("title"), text("subtitle"));
        if subtitle.is_empty() { title } else { format!("{title}: {subtitle}") }
    }

    /// The same without the places in the content, which the written form does not hold.
    pub fn without_places(mut self) -> Self {
        self.items.iter_mut().for_each(Item::forget_places);
        self
    }

    /// Eight letters of the digest of all that it says: `4b1e-07aa`.
    pub fn short_digest(&self) -> String {
        let digest = written::digest(&written::body(self));
        format!("{}-{}", &digest[..4], &digest[4..8])
    }

    /// Its written form: one entry a line, in the order of print, with a digest of itself.
    pub fn written(&self) -> String {
        written::write(self)
    }
}
