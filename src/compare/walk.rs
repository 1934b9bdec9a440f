//! Goes through both editions in the order of print and drafts what has changed.

use std::collections::HashMap;

use super::address::{Readdressed, renamed_columns};
use super::change::{Area, Change, ChangeKind, Coming};
use super::draft::{Draft, Drafts};
use super::edition::{Edition, Place, addresses_of};
use super::figures::{Changed, changed_figures};
use super::merged::{Merged, merged};
use super::moved::moved;
use super::names::{FigureNames, extent, name_of, titled};
use super::pairs::Pairs;
use super::why::Reasons;
use super::{Marks, Same};
use crate::transcript::{Figure, ItemKind};
use crate::wording::Wording;

/// What was found.
pub struct Walked {
    pub changes: Vec<Change>,
    pub marks: Marks,
    pub same: Same,
}

/// Goes through both editions.
pub fn walk(old: &Edition, new: &Edition, pairs: &Pairs, wording: &Wording) -> Walked {
    let addresses = Readdressed::of(old, new, pairs);
    let changed = changed_figures(old, new, &addresses);
    let mut walker = Walker {
        old,
        new,
        pairs,
        names: [FigureNames::of(old), FigureNames::of(new)],
        columns: renamed_columns(old, new, pairs),
        moved: moved(old, new, pairs, wording),
        wording,
        addresses: &addresses,
        changed: &changed,
        drafts: Drafts::default(),
        area: Area::Head,
        file: None,
        came: HashMap::new(),
        went: HashMap::new(),
        same: Same::default(),
    };
    walker.edition();
    let Walker { drafts, came, went, same, .. } = walker;
    let told = drafts.marks.figures.clone();
    let reasons = Reasons { old, new, addresses: &addresses, changed: &told, came: &came, went: &went };
    let (changes, marks) = drafts.numbered(wording, |drafts, place, number| reasons.why(drafts, place, number));
    Walked { changes, marks, same }
}

/// Goes through both editions.
pub struct Walker<'a, 't> {
    pub(super) old: &'a Edition<'t>,
    pub(super) new: &'a Edition<'t>,
    pub(super) pairs: &'a Pairs,
    /// The language in which changes are told.
    pub(super) wording: &'a Wording,
    /// Of the old edition and of the new one.
    pub(super) names: [FigureNames<'t>; 2],
    /// Columns that have another id now: their file in the old edition, both ids.
    pub(super) columns: Vec<(Place, &'t str, &'t str)>,
    pub(super) moved: HashMap<Place, String>,
    pub(super) addresses: &'a Readdressed,
    pub(super) changed: &'a Changed<'t>,
    pub(super) drafts: Drafts,
    pub(super) area: Area,
    /// The file that is being read.
    pub(super) file: Option<String>,
    /// Drafts of what figures came and went with, by their addresses.
    pub(super) came: HashMap<String, usize>,
    pub(super) went: HashMap<String, usize>,
    pub(super) same: Same,
}

impl<'a, 't> Walker<'a, 't> {
    fn edition(&mut self) {
        for one in merged(self.old, self.new, self.pairs, None, None) {
            let kind = match one {
                Merged::Both { new, .. } | Merged::Added(new) => self.new.item(new).kind,
                Merged::Removed(old) => self.old.item(old).kind,
            };
            match kind {
                ItemKind::File | ItemKind::Organisation => continue,
                ItemKind::Section => self.area = self.section_area(one),
                _ => self.area = Area::Head,
            }
            self.merged(one);
            self.figures_of_area();
        }
        self.area = Area::Behind;
        self.behind();
        self.area = Area::Organisation;
        for one in merged(self.old, self.new, self.pairs, None, None) {
            if matches!(one, Merged::Both { new, .. } if self.new.item(new).kind == ItemKind::Organisation) {
                self.merged(one);
            }
        }
        let told = &self.drafts.marks.figures;
        let printed = self.new.transcript.figures.iter().filter(|figure| figure.printed.is_some());
        let is_same = |figure: &&Figure| {
            !told.contains_key(&figure.address) && self.old.figure(&self.addresses.before(&figure.address)).is_some()
        };
        self.same.figures = printed.filter(is_same).count();
    }

    fn section_area(&self, one: Merged) -> Area {
        let item = match one {
            Merged::Both { new, .. } | Merged::Added(new) => self.new.item(new),
            Merged::Removed(old) => self.old.item(old),
        };
        Area::Section { id: item.id.clone(), title: name_of(item, self.wording) }
    }

    fn merged(&mut self, one: Merged) {
        match one {
            Merged::Both { old, new } => self.both(old, new),
            Merged::Added(new) => self.added(new),
            Merged::Removed(old) => self.removed(old),
        }
    }

    fn both(&mut self, old: Place, new: Place) {
        let before = self.drafts.list.len();
        self.moved(new);
        self.texts(old, new);
        let is_as_it_was = self.drafts.list.len() == before;
        match self.new.item(new).kind {
            ItemKind::Row => self.same.rows += usize::from(is_as_it_was),
            ItemKind::Indicator => self.same.indicators += usize::from(is_as_it_was),
            ItemKind::Deliverable => self.same.deliverables += usize::from(is_as_it_was),
            ItemKind::Part => self.same.parts += usize::from(is_as_it_was),
            _ => {}
        }
        for one in merged(self.old, self.new, self.pairs, Some(old), Some(new)) {
            self.merged(one);
        }
        self.shown_first(new);
    }

    /// Reads the file of the part that shows it first.
    fn shown_first(&mut self, part: Place) {
        let Some(stem) = self.new.shown_file(part).filter(|stem| self.new.part_of_file(stem) == Some(part)) else {
            return;
        };
        let root = self.new.roots.iter().copied().find(|root| {
            let item = self.new.item(*root);
            item.kind == ItemKind::File && item.id == stem
        });
        if let Some((old, new)) = root.and_then(|new| Some((self.pairs.of_new[new]?, new))) {
            self.file = Some(stem.to_owned());
            self.both(old, new);
            self.file = None;
        }
    }

    /// A change of a kind where the walk is.
    pub(super) fn draft(&self, kind: ChangeKind, what: String) -> Draft {
        Draft {
            area: self.area.clone(),
            kind,
            what,
            was: String::new(),
            is: String::new(),
            difference: String::new(),
            address: None,
            sentence: None,
            file: self.file.clone(),
        }
    }

    fn moved(&mut self, new: Place) {
        let Some(how) = self.moved.get(&new).cloned() else { return };
        let item = self.new.item(new);
        let draft = self.draft(ChangeKind::Item(item.kind, Coming::Moved), titled(item, self.wording));
        let draft = Draft { is: self.wording.say(Coming::Moved.key(), &[]), difference: how, ..draft };
        let place = self.drafts.add(draft);
        self.drafts.marks.new.entry(new).or_default().push(place);
    }

    /// An item that came: one change, whatever is in it, but for what was elsewhere before.
    fn added(&mut self, new: Place) {
        let item = self.new.item(new);
        let draft = self.draft(ChangeKind::Item(item.kind, Coming::Added), titled(item, self.wording));
        let draft =
            Draft { is: self.wording.say(Coming::Added.key(), &[]), difference: extent(item, self.wording), ..draft };
        let place = self.drafts.add(draft);
        self.with_added(new, place);
    }

    fn with_added(&mut self, new: Place, draft: usize) {
        self.drafts.marks.new.entry(new).or_default().push(draft);
        for text in &self.new.item(new).texts {
            for address in addresses_of(text) {
                self.figure(address);
                if self.old.figure(&self.addresses.before(address)).is_none() {
                    self.came.entry(address.to_owned()).or_insert(draft);
                }
            }
        }
        for one in self.new.within(Some(new)).to_vec() {
            match self.pairs.of_new[one] {
                Some(old) => self.both(old, one),
                None => self.with_added(one, draft),
            }
        }
        if let Some(stem) = self.new.shown_file(new).filter(|stem| self.new.part_of_file(stem) == Some(new)) {
            let is_it = |root: &Place| self.new.item(*root).kind == ItemKind::File && self.new.item(*root).id == stem;
            match self.new.roots.iter().copied().find(is_it) {
                Some(file) if self.pairs.of_new[file].is_none() => self.with_added(file, draft),
                _ => self.shown_first(new),
            }
        }
    }

    fn removed(&mut self, old: Place) {
        let item = self.old.item(old);
        let draft = self.draft(ChangeKind::Item(item.kind, Coming::Removed), titled(item, self.wording));
        let draft =
            Draft { is: self.wording.say(Coming::Removed.key(), &[]), difference: extent(item, self.wording), ..draft };
        let place = self.drafts.add(draft);
        self.with_removed(old, place);
    }

    fn with_removed(&mut self, old: Place, draft: usize) {
        self.drafts.marks.old.insert(old, draft);
        for address in self.old.item(old).texts.iter().flat_map(addresses_of) {
            if self.new.figure(&self.addresses.now(address)).is_none() {
                self.went.entry(address.to_owned()).or_insert(draft);
            }
        }
        for one in self.old.within(Some(old)).to_vec() {
            if self.pairs.of_old[one].is_none() {
                self.with_removed(one, draft);
            }
        }
        if let Some(stem) = self.old.shown_file(old) {
            let is_it = |root: &Place| self.old.item(*root).kind == ItemKind::File && self.old.item(*root).id == stem;
            if let Some(file) =
                self.old.roots.iter().copied().find(is_it).filter(|file| self.pairs.of_old[*file].is_none())
            {
                self.with_removed(file, draft);
            }
        }
    }
}
