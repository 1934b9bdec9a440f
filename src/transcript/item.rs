//! The items of an edition: what has an identity, a place in an order, and texts.

use super::Sentence;
use crate::diagnostic::Span;

macro_rules! kinds {
    ($($variant:ident $name:literal $one:literal $many:literal,)*) => {
        /// What an item is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ItemKind { $($variant),* }

        impl ItemKind {
            /// The word in the written form.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The kind of that word.
            pub fn of(word: &str) -> Option<Self> {
                match word { $($name => Some(Self::$variant),)* _ => None }
            }

            /// What several of them are called, or one.
            pub fn called(self, count: usize) -> &'static str {
                match self { $(Self::$variant => if count == 1 { $one } else { $many }),* }
            }
        }
    };
}

kinds! {
    Report "report" "report" "reports",
    Section "section" "section" "sections",
    Part "part" "part" "parts",
    Heading "heading" "heading" "headings",
    Paragraph "paragraph" "paragraph" "paragraphs",
    List "list" "list" "lists",
    ListItem "list-item" "item of a list" "items of lists",
    Quote "quote" "quote" "quotes",
    Address "address" "link" "links",
    KeyFigure "key-figure" "key figure" "key figures",
    Term "term" "term" "terms",
    Picture "picture" "picture" "pictures",
    File "file" "file" "files",
    ColumnGroup "column-group" "group of columns" "groups of columns",
    Column "column" "column" "columns",
    Row "row" "row" "rows",
    Watched "watched" "watched column" "watched columns",
    Period "period" "period" "periods",
    Rating "rating" "rating" "ratings",
    Area "area" "area" "areas",
    Group "group" "group" "groups",
    Indicator "indicator" "indicator" "indicators",
    Theme "theme" "theme" "themes",
    Outcome "outcome" "outcome" "outcomes",
    Status "status" "status" "statuses",
    Deliverable "deliverable" "deliverable" "deliverables",
    Wording "wording" "wording" "wordings",
    Point "point" "point" "points",
    Response "response" "response" "responses",
    Statement "statement" "statement" "statements",
    Note "note" "note" "notes",
    Organisation "organisation" "organisation" "organisations",
    Directorate "directorate" "directorate" "directorates",
    Contact "contact" "contact" "contacts",
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
