//! Figures that changed, told where they are met first; and those that stand behind others.

use std::collections::HashSet;

use super::change::{Area, ChangeKind, Coming};
use super::difference::difference;
use super::draft::Draft;
use super::edition::{Edition, addresses_of};
use super::figures::printed_otherwise;
use super::walk::Walker;
use crate::transcript::{Figure, Origin};

impl<'t> Walker<'_, 't> {
    /// Drafts the change of a figure where it is met first.
    pub(super) fn figure(&mut self, address: &str) {
        let Some((&address, (before, now))) = self.changed.get_key_value(address) else { return };
        if self.drafts.marks.figures.contains_key(address) {
            return;
        }
        let (was, is) = printed_otherwise(before, now);
        let what = self.names[1].name(self.new, address, self.wording);
        let difference = difference(before, now, [&was, &is], self.wording);
        let draft = self.draft(ChangeKind::Figure(Coming::Changed), what);
        let draft = Draft { was, is, difference, address: Some(address.to_owned()), ..draft };
        let place = self.drafts.add(draft);
        self.drafts.marks.figures.insert(address.to_owned(), place);
    }

    /// The figures of a section that no text holds: those that are counted and drawn.
    pub(super) fn figures_of_area(&mut self) {
        let section = match &self.area {
            Area::Head => "",
            Area::Section { id, .. } => id.as_str(),
            Area::Behind | Area::Organisation => return,
        };
        let printed_here = |figure: &&Figure| figure.printed.as_ref().is_some_and(|printed| printed.section == section);
        let new = self.new;
        let here: Vec<&str> =
            new.transcript.figures.iter().filter(printed_here).map(|figure| figure.address.as_str()).collect();
        here.into_iter().for_each(|address| self.figure(address));
    }

    /// Figures that stand behind others: those that changed, came and went.
    pub(super) fn behind(&mut self) {
        let new = self.new;
        new.transcript.figures.iter().for_each(|figure| self.figure(&figure.address));
        let held = |edition: &Edition<'t>| -> HashSet<&'t str> {
            edition.entries.iter().flat_map(|entry| entry.item.texts.iter().flat_map(addresses_of)).collect()
        };
        let (held_old, held_new) = (held(self.old), held(self.new));
        let is_alone = |figure: &Figure, held: &HashSet<&str>| {
            matches!(figure.origin, Origin::Typed(_)) && !held.contains(figure.address.as_str())
        };
        for figure in new.transcript.figures.iter().filter(|figure| is_alone(figure, &held_new)) {
            if self.old.figure(&self.addresses.before(&figure.address)).is_none() {
                self.lone(figure, Coming::Added);
            }
        }
        let old = self.old;
        for figure in old.transcript.figures.iter().filter(|figure| is_alone(figure, &held_old)) {
            if self.new.figure(&self.addresses.now(&figure.address)).is_none() {
                self.lone(figure, Coming::Removed);
            }
        }
    }

    fn lone(&mut self, figure: &Figure, coming: Coming) {
        let is_added = coming == Coming::Added;
        let edition = if is_added { self.new } else { self.old };
        let what = self.names[usize::from(is_added)].name(edition, &figure.address, self.wording);
        let draft = self.draft(ChangeKind::Figure(coming), what);
        let draft = Draft {
            was: if is_added { String::new() } else { figure.shown.clone() },
            is: if is_added { figure.shown.clone() } else { self.wording.say(coming.key(), &[]) },
            address: Some(figure.address.clone()),
            ..draft
        };
        let place = self.drafts.add(draft);
        let (came, went) = (&mut self.came, &mut self.went);
        if is_added { came } else { went }.insert(figure.address.clone(), place);
    }
}
