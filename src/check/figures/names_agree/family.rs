//! Which other figures could stand in the place of one: those whose addresses differ in one segment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::fact::{Called, FactId, Facts, Naming};

/// Stems that so many of its kind share say nothing of which is meant: a third of them, and more than two.
const SHARED_BY_ONE_IN: usize = 3;

/// Those that could stand for one segment of an address, with what they are called.
pub struct Family<'f> {
    pub own: &'f str,
    pub called: Arc<Called>,
    /// The own stems that tell it from most others.
    pub telling: BTreeSet<String>,
    is_number: bool,
    relatives: Arc<Relatives<'f>>,
}

/// All that stand in one gap of addresses; a table of thousands of rows has them once, however many are bound.
#[derive(Default)]
struct Relatives<'f> {
    all: Vec<Relative<'f>>,
    /// How many of them have a stem: of those that are numbers, and of the others.
    having: HashMap<String, [usize; 2]>,
    /// Their places by the stems that their names begin with.
    beginning: HashMap<String, Vec<usize>>,
    /// How many are numbers, and how many are not.
    counts: [usize; 2],
}

/// One that stands in a gap.
pub struct Relative<'f> {
    pub segment: &'f str,
    pub called: Arc<Called>,
    is_number: bool,
}

/// The families of each figure that is bound somewhere: one for each segment that has others.
pub struct Families<'f>(HashMap<FactId, Vec<Family<'f>>>);

/// An address without one of its segments: what stands before it and behind it.
type Gap<'f> = (&'f str, &'f str);

impl<'f> Families<'f> {
    /// Of the figures that are bound somewhere.
    pub fn of(facts: &'f Facts, naming: &Naming, bound: BTreeSet<FactId>) -> Self {
        let mut gaps: HashMap<Gap, BTreeMap<&str, FactId>> = HashMap::new();
        for (gap, _) in bound.iter().flat_map(|fact| gaps_of(&facts.get(*fact).address)) {
            gaps.entry(gap).or_default();
        }
        for (id, fact) in facts.all() {
            for (gap, segment) in gaps_of(&fact.address) {
                if let Some(segments) = gaps.get_mut(&gap) {
                    segments.insert(segment, id);
                }
            }
        }
        // What stands in a gap is called by the file of the whole address.
        let mut known: HashMap<(Gap, (&str, &str)), Arc<Relatives>> = HashMap::new();
        let mut families = |bound: &FactId| {
            let address = &*facts.get(*bound).address;
            let families = gaps_of(address).filter_map(|(gap, own)| {
                let segments = gaps.get(&gap).filter(|segments| segments.len() > 1)?;
                let relatives = known
                    .entry((gap, Naming::file_of(address)))
                    .or_insert_with(|| Arc::new(Relatives::of(facts, naming, address, segments)));
                let family = Family::new(own, facts.quantity(*bound).is_some(), relatives);
                family.filter(|family| family.others().next().is_some())
            });
            (*bound, families.collect())
        };
        Self(bound.iter().map(&mut families).collect())
    }

    /// Those of a figure.
    pub fn of_figure(&self, fact: FactId) -> impl Iterator<Item = &Family<'f>> {
        self.0.get(&fact).into_iter().flatten()
    }
}

impl<'f> Relatives<'f> {
    fn of(facts: &Facts, naming: &Naming, address: &str, segments: &BTreeMap<&'f str, FactId>) -> Self {
        let mut relatives = Self::default();
        for (segment, fact) in segments {
            let (called, is_number) = (naming.of(address, segment), facts.quantity(*fact).is_some());
            for stem in called.stems() {
                relatives.having.entry(stem.to_owned()).or_default()[usize::from(is_number)] += 1;
            }
            for first in called.names.iter().filter_map(|name| name.first()) {
                relatives.beginning.entry(first.clone()).or_default().push(relatives.all.len());
            }
            relatives.counts[usize::from(is_number)] += 1;
            relatives.all.push(Relative { segment, called, is_number });
        }
        relatives
    }
}

impl<'f> Family<'f> {
    fn new(own: &'f str, is_number: bool, relatives: &Arc<Relatives<'f>>) -> Option<Self> {
        // They stand in the order of their segments.
        let place = relatives.all.binary_search_by(|one| one.segment.cmp(own)).ok()?;
        let called = &relatives.all[place].called;
        let others = relatives.counts[usize::from(is_number)].saturating_sub(1);
        let most = (others / SHARED_BY_ONE_IN).max(1);
        let shared_by = |stem: &str| relatives.having.get(stem).map_or(0, |having| having[usize::from(is_number)] - 1);
        let telling = called.stems().into_iter().filter(|stem| shared_by(stem) <= most).map(str::to_owned).collect();
        Some(Self { own, called: Arc::clone(called), telling, is_number, relatives: Arc::clone(relatives) })
    }

    /// The others, which are figures where it is one.
    pub fn others(&self) -> impl Iterator<Item = &Relative<'f>> {
        self.relatives.all.iter().filter(|one| self.is_other(one))
    }

    /// Those of the others that have a name which begins with one of these stems.
    pub fn others_beginning<'s>(&self, stems: impl Iterator<Item = &'s String>) -> impl Iterator<Item = &Relative<'f>> {
        let places = stems.filter_map(|stem| self.relatives.beginning.get(stem)).flatten().copied();
        let places: BTreeSet<usize> = places.collect();
        places.into_iter().map(|place| &self.relatives.all[place]).filter(|one| self.is_other(one))
    }

    /// The other one of a segment.
    pub fn other(&self, segment: &str) -> Option<&Relative<'f>> {
        let place = self.relatives.all.binary_search_by(|one| one.segment.cmp(segment)).ok()?;
        Some(&self.relatives.all[place]).filter(|one| self.is_other(one))
    }

    fn is_other(&self, one: &Relative) -> bool {
        one.is_number == self.is_number && one.segment != self.own
    }
}

/// The segments of an address behind the first, each with what stands before and behind it.
fn gaps_of(address: &str) -> impl Iterator<Item = (Gap<'_>, &str)> {
    let first = address.find('.').map_or(address.len(), |dot| dot + 1);
    let mut start = first;
    std::iter::from_fn(move || {
        let rest = address.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.find('.').map_or(address.len(), |dot| start + dot);
        let gap = ((&address[..start], &address[end..]), &address[start..end]);
        start = end + 1;
        Some(gap)
    })
}
