//! Why a figure changed: which other changes it follows from.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::address::Readdressed;
use super::change::{ChangeKind, Coming, Why};
use super::draft::Draft;
use super::edition::Edition;
use crate::transcript::{Figure, ItemKind, Origin};

/// Knows what figures follow from.
pub struct Reasons<'a, 't> {
    pub old: &'a Edition<'t>,
    pub new: &'a Edition<'t>,
    pub addresses: &'a Readdressed,
    /// The drafts by the addresses of figures: those that changed, by the new one, and those that came or went with what
    /// they stand in.
    pub changed: &'a HashMap<String, usize>,
    pub came: &'a HashMap<String, usize>,
    pub went: &'a HashMap<String, usize>,
}

impl Reasons<'_, '_> {
    /// Why the change of a draft happened.
    pub fn why(&self, drafts: &[Draft], place: usize, number: &dyn Fn(usize) -> usize) -> Why {
        let Some(address) = drafts[place].address.as_deref() else { return Why::Typed };
        let (old, new) = (self.old.figure(&self.addresses.before(address)), self.new.figure(address));
        let Some(figure) = new.or(old) else { return Why::Typed };
        if let Some(reason) = new.and_then(|new| new.restated.as_ref())
            && old.is_none_or(|old| old.restated.as_ref() != Some(reason))
        {
            return Why::Restated(reason.clone());
        }
        match &figure.origin {
            Origin::Typed(source) => match old.map(|old| &old.origin) {
                Some(Origin::Typed(before)) if new.is_some() && before != source => Why::SourceReplaced,
                _ => Why::Typed,
            },
            Origin::Computed(_) => {
                let mut numbers = BTreeSet::new();
                let mut seen = HashSet::new();
                new.into_iter().for_each(|figure| self.inputs(figure, true, &mut numbers, &mut seen));
                old.into_iter().for_each(|figure| self.inputs(figure, false, &mut numbers, &mut seen));
                numbers.remove(&place);
                Why::Computed(in_order(numbers, number))
            }
            Origin::Counted(_) => Why::Counted(in_order(self.counted(drafts, address), number)),
            Origin::Follows(what) => Why::Follows(what.clone()),
        }
    }

    /// The drafts of the figures that one is computed from; through those that are not told by themselves.
    fn inputs(&self, figure: &Figure, is_new: bool, found: &mut BTreeSet<usize>, seen: &mut HashSet<(bool, String)>) {
        let Origin::Computed(from) = &figure.origin else { return };
        for address in from {
            if !seen.insert((is_new, address.clone())) {
                continue;
            }
            let now = if is_new { address.clone() } else { self.addresses.now(address) };
            let gone = if is_new { self.came.get(address) } else { self.went.get(address) };
            if let Some(draft) = self.changed.get(&now).or(gone) {
                found.insert(*draft);
                continue;
            }
            let further = if is_new { self.new.figure(address) } else { self.old.figure(address) };
            further.into_iter().for_each(|figure| self.inputs(figure, is_new, found, seen));
        }
    }

    /// The drafts that a count is about: what came to its file or went from it, and ratings or statuses that changed; of
    /// a count of one rating those that changed to it or from it.
    fn counted(&self, drafts: &[Draft], address: &str) -> BTreeSet<usize> {
        let stem = address.split('.').next().unwrap_or_default();
        let step = self.step(stem, address);
        let is_about = |draft: &Draft| {
            let is_of_file = draft.file.as_deref() == Some(stem);
            let counts = |kind| {
                matches!(
                    kind,
                    ItemKind::Indicator | ItemKind::Deliverable | ItemKind::Area | ItemKind::Group | ItemKind::Theme
                )
            };
            is_of_file
                && match draft.kind {
                    ChangeKind::Item(kind, Coming::Added | Coming::Removed | Coming::Moved) => counts(kind),
                    ChangeKind::Rating => step.as_ref().is_none_or(|step| [&draft.was, &draft.is].contains(&step)),
                    ChangeKind::Word => step.is_none(),
                    ChangeKind::Item(..) | ChangeKind::Figure(_) | ChangeKind::Sentence(_) => false,
                }
        };
        drafts.iter().enumerate().filter(|(_, draft)| is_about(draft)).map(|(place, _)| place).collect()
    }

    /// The name of the rating or status that an address counts.
    fn step(&self, stem: &str, address: &str) -> Option<String> {
        let file = self.new.transcript.file(stem)?;
        let steps = file.items.iter().filter(|item| matches!(item.kind, ItemKind::Rating | ItemKind::Status));
        let named = steps.filter(|step| address.split('.').skip(1).any(|segment| segment == step.id));
        named.filter_map(|step| step.named("name")).map(|name| name.plain()).next()
    }
}

fn in_order(drafts: BTreeSet<usize>, number: &dyn Fn(usize) -> usize) -> Vec<usize> {
    drafts.into_iter().map(number).collect::<BTreeSet<usize>>().into_iter().collect()
}
