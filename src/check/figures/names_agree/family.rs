//! Which other figures could stand in the place of one: those whose addresses differ in one segment.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::fact::{Called, FactId, Facts, Naming};

/// Stems that so many of its kind share say nothing of which is meant: a third of them, and more than two.
const SHARED_BY_ONE_IN: usize = 3;

/// Those that could stand for one segment of an address, with what they are called.
pub struct Family {
    pub own: String,
    pub called: Called,
    /// The own stems that tell it from most others.
    pub telling: BTreeSet<String>,
    pub others: Vec<(String, Called)>,
}

/// The families of each figure that is bound somewhere: one for each segment that has others.
pub struct Families(HashMap<FactId, Vec<Family>>);

impl Families {
    /// Of the figures that are bound somewhere.
    pub fn of(facts: &Facts, naming: &Naming, bound: BTreeSet<FactId>) -> Self {
        // An address without one of its segments, and the segments that stand there.
        let mut gaps: HashMap<(String, String), BTreeMap<&str, FactId>> = HashMap::new();
        for fact in &bound {
            for (before, _, after) in gaps_of(&facts.get(*fact).address) {
                gaps.entry((before.to_owned(), after.to_owned())).or_default();
            }
        }
        for (id, fact) in facts.all() {
            for (before, segment, after) in gaps_of(&fact.address) {
                if let Some(segments) = gaps.get_mut(&(before.to_owned(), after.to_owned())) {
                    segments.insert(segment, id);
                }
            }
        }
        let is_number = |fact| facts.quantity(fact).is_some();
        let families = |bound: &FactId| {
            let address = &*facts.get(*bound).address;
            let families = gaps_of(address).filter_map(|(before, own, after)| {
                let segments = gaps.get(&(before.to_owned(), after.to_owned()))?;
                let others: Vec<(String, Called)> = segments
                    .iter()
                    .filter(|(other, fact)| **other != own && is_number(**fact) == is_number(*bound))
                    .map(|(other, _)| ((*other).to_owned(), naming.of(address, other)))
                    .collect();
                (!others.is_empty()).then(|| Family::new(own, naming.of(address, own), others))
            });
            (*bound, families.collect())
        };
        Self(bound.iter().map(families).collect())
    }

    /// Those of a figure.
    pub fn of_figure(&self, fact: FactId) -> impl Iterator<Item = &Family> {
        self.0.get(&fact).into_iter().flatten()
    }
}

impl Family {
    fn new(own: &str, called: Called, others: Vec<(String, Called)>) -> Self {
        let shared_by = |stem: &str| others.iter().filter(|(_, other)| other.stems().contains(stem)).count();
        let most = (others.len() / SHARED_BY_ONE_IN).max(1);
        let telling = called.stems().into_iter().filter(|stem| shared_by(stem) <= most).map(str::to_owned).collect();
        Self { own: own.to_owned(), called, telling, others }
    }
}

/// The segments of an address behind the first, each with what stands before and after it.
fn gaps_of(address: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let first = address.find('.').map_or(address.len(), |dot| dot + 1);
    let mut start = first;
    std::iter::from_fn(move || {
        let rest = address.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.find('.').map_or(address.len(), |dot| start + dot);
        let gap = (&address[..start], &address[start..end], &address[end..]);
        start = end + 1;
        Some(gap)
    })
}
