//! Themes with their outcomes, and the deliverables that serve them.

use super::values::{Count, Focus, Id, LinkTarget};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// Themes and deliverables.
    DeliverableFile "a deliverable file" {
        required caption: Text,
        required themes: Vec<Theme>,
        required deliverables: Vec<Deliverable>,
        /// Id of the source that the file is taken from.
        optional source: At<Id>,
    }
}

record! {
    /// A theme.
    Theme "a theme" {
        required id: At<Id>,
        required number: At<Count>,
        required title: Text,
        required outcomes: Vec<Text>,
    }
}

record! {
    /// What was delivered: one record, however many themes it serves.
    Deliverable "a deliverable" {
        required id: At<Id>,
        required themes: Vec<At<Id>>,
        required focus: Focus,
        /// The key phrase.
        required key: Text,
        required text: Text,
        /// Sentences of single themes, where their facts differ.
        optional wording: Vec<Wording>,
        optional points: Vec<Text>,
        optional links: Vec<Link>,
    }
}

record! {
    /// A theme's own sentence.
    Wording "a theme's wording" {
        required theme: At<Id>,
        required text: Text,
    }
}

record! {
    /// A link: words and where they lead.
    Link "a link" {
        required text: Text,
        required to: LinkTarget,
    }
}

impl DeliverableFile {
    /// The deliverables of a theme under one focus, in the order of the file.
    pub fn under<'d>(&'d self, theme: &'d Id, focus: Focus) -> impl Iterator<Item = &'d Deliverable> {
        self.deliverables.iter().filter(move |deliverable| {
            deliverable.focus == focus && deliverable.themes.iter().any(|named| named.value == *theme)
        })
    }
}

impl Deliverable {
    /// The sentence under a theme: its own wording where there is one.
    pub fn text_for(&self, theme: &Id) -> &Text {
        let own = self.wording.iter().flatten().find(|wording| wording.theme.value == *theme);
        own.map_or(&self.text, |wording| &wording.text)
    }
}
