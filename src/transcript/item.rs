//! The items of an edition: what has an identity, a place in an order, and texts.

use super::Sentence;
use crate::diagnostic::Span;

macro_rules! kinds {
    ($($variant:ident $name:literal,)*) => {
        /// What an item is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ItemKind { $($variant),* }

        impl ItemKind {
            /// The word in the written form, by which `kinds` in the files of words says what it is called.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The kind of that word.
            pub fn of(word: &str) -> Option<Self> {
                match word { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    Report "report",
    Section "section",
    Part "part",
    Heading "heading",
    Paragraph "paragraph",
    List "list",
    ListItem "list-item",
    Quote "quote",
    Address "address",
    KeyFigure "key-figure",
    Term "term",
    Picture "picture",
    File "file",
    ColumnGroup "column-group",
    Column "column",
    Row "row",
    Watched "watched",
    Period "period",
    Rating "rating",
    Area "area",
    Group "group",
    Indicator "indicator",
    Theme "theme",
    Outcome "outcome",
    Status "status",
    Deliverable "deliverable",
    Wording "wording",
    Point "point",
    Response "response",
    Statement "statement",
    Note "note",
    Organisation "organisation",
    Directorate "directorate",
    Contact "contact",
}

/// Something with texts and items within it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: ItemKind,
    /// What it is known by among its kind; empty where nothing names it, as a paragraph.
    pub id: String,
    pub texts: Vec<Text>,
    pub items: Vec<Item>,
    /// Where it stands in the content; none where it was read from its written form.
    pub at: Option<Span>,
}

/// A text of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub key: Key,
    pub sentences: Vec<Sentence>,
    /// Where it stands in the content; none where it was read from its written form.
    pub at: Option<Span>,
}

/// What a text is of its item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Its name, its title, its rating.
    Named(String),
    /// What stands in it under a column, by the column's id, or a period and a column: `q1.number`.
    Cell(String),
}

impl Item {
    /// The text of that name.
    pub fn named(&self, name: &str) -> Option<&Text> {
        self.texts.iter().find(|text| matches!(&text.key, Key::Named(own) if own == name))
    }

    /// What stands in it under a column.
    pub fn cell(&self, column: &str) -> Option<&Text> {
        self.texts.iter().find(|text| matches!(&text.key, Key::Cell(own) if own == column))
    }

    /// The items of a kind that are in it, not those in these.
    pub fn of_kind(&self, kind: ItemKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    /// Itself and all that is in it, in the order of print.
    pub fn each<'i>(&'i self, visit: &mut impl FnMut(&'i Item)) {
        visit(self);
        self.items.iter().for_each(|item| item.each(visit));
    }

    pub(super) fn forget_places(&mut self) {
        self.at = None;
        self.texts.iter_mut().for_each(|text| text.at = None);
        self.items.iter_mut().for_each(Item::forget_places);
    }
}

impl Text {
    /// As it is printed.
    pub fn plain(&self) -> String {
        self.sentences.iter().map(Sentence::plain).collect::<Vec<_>>().join(" ")
    }
}
