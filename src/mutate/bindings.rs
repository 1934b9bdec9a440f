//! Slips in the addresses that texts name: another row, another quarter, another single fact.

use std::collections::BTreeSet;

use super::chance::Chance;
use super::{Change, Mutant, SlipKind};
use crate::check::Subject;
use crate::fact::{FactId, Word};

/// So many other figures are tried in the place of each.
const MOST_OTHERS: usize = 8;

/// Other figures in the place of each that a text names.
pub fn mutants(subject: &Subject, seed: u64) -> Vec<Mutant> {
    let (facts, sources) = (subject.facts, &subject.tree.sources);
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for passage in subject.passages.iter() {
        for (place, word) in passage.words.iter().enumerate() {
            let Word::Bound { fact, .. } = word else { continue };
            let at = passage.place(sources, place);
            let range = sources.range(at);
            let from = &sources.file(at.file).text[range.clone()];
            // Reports of a group share their texts.
            if !seen.insert(at) || facts.find(&passage.report.id, from) != Some(*fact) {
                continue;
            }
            let mut others = similar(subject, *fact);
            let mut chance = Chance(seed ^ (range.start as u64) << 8 ^ u64::from(at.start));
            while others.len() > MOST_OTHERS {
                let dropped = chance.below(others.len()).unwrap_or(0);
                others.remove(dropped);
            }
            for other in others {
                let to = facts.local(&passage.report.id, other).to_owned();
                let edits = vec![(range.clone(), to.clone())];
                let (kind, address, change) = (
                    SlipKind::Bindings,
                    format!("{from} ({})", super::place_of(subject.tree, at)),
                    Change::AnotherBound,
                );
                all.push(Mutant { kind, address, change, from: from.to_owned(), to, file: at.file, edits });
            }
        }
    }
    all
}

/// Figures whose addresses differ in one segment.
fn similar(subject: &Subject, fact: FactId) -> Vec<FactId> {
    let address = &*subject.facts.get(fact).address;
    let own: Vec<&str> = address.split('.').collect();
    let is_similar = |other: &str| {
        let other: Vec<&str> = other.split('.').collect();
        other.len() == own.len() && own.iter().zip(&other).filter(|(one, other)| one != other).count() == 1
    };
    let scope = own.first().copied().unwrap_or_default();
    subject.facts.within(scope).filter(|(other, _)| is_similar(other)).map(|(_, other)| other).collect()
}
