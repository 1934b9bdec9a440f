//! Which items stand elsewhere than they did: as few as the new order asks for.

use std::collections::HashMap;

use super::edition::{Edition, Place};
use super::names::{beginning, name_of};
use super::pairs::Pairs;
use super::sequence::rising;
use crate::transcript::ItemKind;
use crate::wording::Wording;

/// Items of the new edition that stand elsewhere now, each with how: "up by 2", "to Foreword".
pub fn moved(old: &Edition, new: &Edition, pairs: &Pairs, wording: &Wording) -> HashMap<Place, String> {
    let mut moved = HashMap::new();
    let parents = (0..new.entries.len()).map(Some).chain([None]);
    for parent in parents {
        let old_parent = parent.and_then(|parent| pairs.of_new[parent]);
        if parent.is_some() && old_parent.is_none() {
            continue;
        }
        let mut families: HashMap<u8, Vec<(Place, Place)>> = HashMap::new();
        for one in new.within(parent) {
            let Some(before) = pairs.of_new[*one] else { continue };
            if old.entries[before].above == old_parent
                && let Some(family) = family(new.item(*one).kind)
            {
                families.entry(family).or_default().push((*one, before));
            }
        }
        for siblings in families.into_values() {
            let before: Vec<Place> = siblings.iter().map(|(_, before)| *before).collect();
            if before.is_sorted() {
                continue;
            }
            let mut sorted = before.clone();
            sorted.sort_unstable();
            let stays = rising(&before);
            for (place, (one, was)) in siblings.iter().enumerate().filter(|(place, _)| !stays[*place]) {
                let was = sorted.partition_point(|other| other < was);
                let way = if place < was { "changes.up-by" } else { "changes.down-by" };
                let by = place.abs_diff(was).max(1).to_string();
                moved.insert(*one, wording.say(way, &[("n", &by)]));
            }
        }
    }
    for (one, before) in pairs.of_new.iter().enumerate() {
        let Some(before) = before else { continue };
        let (above, above_before) = (new.entries[one].above, old.entries[*before].above);
        let has_stayed = match above {
            Some(above) => pairs.of_new[above] == above_before,
            None => above_before.is_none(),
        };
        if !has_stayed {
            let to = above.map(|above| beginning(&name_of(new.item(above), wording))).unwrap_or_default();
            moved.insert(one, wording.say("changes.to", &[("place", &to)]));
        }
    }
    moved
}

/// Items of one family stand in one order; none for what has no order that anybody chose.
fn family(kind: ItemKind) -> Option<u8> {
    match kind {
        ItemKind::Report | ItemKind::File | ItemKind::Organisation => None,
        ItemKind::Heading | ItemKind::Paragraph | ItemKind::List | ItemKind::Quote => Some(u8::MAX),
        other => Some(other as u8),
    }
}
