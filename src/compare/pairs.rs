//! Which item of one edition is which of the other: by what it is known by, where it stands and what it says.

use std::collections::{BTreeMap, HashMap};

use super::edition::{Edition, Place};
use super::sequence::{alike, common};
use crate::transcript::{Item, ItemKind, Sentence};

/// Items that are alike to this share of their words are one that was changed.
const LEAST: f64 = 0.5;
/// A text without an id that stands elsewhere is the same one only if it has so many words.
const FEW_WORDS: usize = 4;

/// Where more pairs than these could be one thing under two names, only those in the same order are looked at.
pub const MOST_TRIED: usize = 40_000;

/// The items of both editions, each with its partner.
pub struct Pairs {
    pub of_old: Vec<Option<Place>>,
    pub of_new: Vec<Option<Place>>,
}

/// Finds the pairs.
pub fn pairs(old: &Edition, new: &Edition) -> Pairs {
    let mut pairing = Pairing {
        old,
        new,
        pairs: Pairs { of_old: vec![None; old.entries.len()], of_new: vec![None; new.entries.len()] },
        next: vec![(None, None)],
        done: Vec::new(),
    };
    loop {
        pairing.within_pairs();
        if !(pairing.elsewhere() || pairing.renamed()) {
            return pairing.pairs;
        }
    }
}

struct Pairing<'a, 't> {
    old: &'a Edition<'t>,
    new: &'a Edition<'t>,
    pairs: Pairs,
    /// Pairs whose items are still to be paired, and those whose items are.
    next: Vec<(Option<Place>, Option<Place>)>,
    done: Vec<(Option<Place>, Option<Place>)>,
}

/// What an item is known by.
type Name<'t> = (ItemKind, &'t str);

impl<'t> Pairing<'_, 't> {
    fn pair(&mut self, old: Place, new: Place) {
        self.pairs.of_old[old] = Some(new);
        self.pairs.of_new[new] = Some(old);
        self.next.push((Some(old), Some(new)));
    }

    fn left(&self, (old, new): (Option<Place>, Option<Place>)) -> (Vec<Place>, Vec<Place>) {
        let left_old = self.old.within(old).iter().copied().filter(|one| self.pairs.of_old[*one].is_none());
        let left_new = self.new.within(new).iter().copied().filter(|one| self.pairs.of_new[*one].is_none());
        (left_old.collect(), left_new.collect())
    }

    /// Pairs the items within items that are pairs.
    fn within_pairs(&mut self) {
        while let Some(parents) = self.next.pop() {
            self.by_name(parents);
            self.by_order(parents);
            self.done.push(parents);
        }
    }

    /// Those with a name that only one of each has.
    fn by_name(&mut self, parents: (Option<Place>, Option<Place>)) {
        let (left_old, left_new) = self.left(parents);
        let old = unique(self.old, &left_old);
        let new = unique(self.new, &left_new);
        let named: Vec<(Place, Place)> = left_new
            .iter()
            .filter_map(|one| {
                let name = name(self.new, *one);
                let is_one = new.get(&name).copied().flatten() == Some(*one);
                let other = old.get(&name).copied().flatten().filter(|_| is_one)?;
                Some((other, *one))
            })
            .collect();
        named.into_iter().for_each(|(one, other)| self.pair(one, other));
    }

    /// Those without one: what says the same in the same order, then what says the same, then what is alike in between.
    fn by_order(&mut self, parents: (Option<Place>, Option<Place>)) {
        let (left_old, left_new) = self.left(parents);
        let (known_old, known_new) = (unique(self.old, &left_old), unique(self.new, &left_new));
        let is_of_several = |name: &Name| [&known_old, &known_new].iter().any(|known| known.get(name) == Some(&None));
        let unnamed = |edition: &Edition<'t>, left: &[Place]| {
            left.iter().copied().filter(|one| is_of_several(&name(edition, *one))).collect::<Vec<_>>()
        };
        let (unnamed_old, unnamed_new) = (unnamed(self.old, &left_old), unnamed(self.new, &left_new));
        let digest = |edition: &Edition, place: Place| (edition.item(place).kind, edition.entries[place].digest);
        let olds: Vec<_> = unnamed_old.iter().map(|one| digest(self.old, *one)).collect();
        let news: Vec<_> = unnamed_new.iter().map(|one| digest(self.new, *one)).collect();
        for (one, other) in common(&olds, &news) {
            self.pair(unnamed_old[one], unnamed_new[other]);
        }
        for (place, one) in unnamed_old.iter().enumerate() {
            let same = |other: &usize| news[*other] == olds[place] && self.pairs.of_new[unnamed_new[*other]].is_none();
            if self.pairs.of_old[*one].is_none()
                && let Some(other) = (0..news.len()).find(same)
            {
                self.pair(*one, unnamed_new[other]);
            }
        }
        for (gap_old, gap_new) in self.gaps(&unnamed_old, &unnamed_new) {
            let likeness = |one: usize, other: usize| self.likeness(gap_old[one], gap_new[other]);
            for (one, other) in alike(gap_old.len(), gap_new.len(), LEAST, likeness) {
                self.pair(gap_old[one], gap_new[other]);
            }
        }
    }

    /// What has no partner between those that have one and did not move.
    fn gaps(&self, old: &[Place], new: &[Place]) -> Vec<(Vec<Place>, Vec<Place>)> {
        let paired: Vec<Place> = new.iter().filter_map(|one| self.pairs.of_new[*one]).collect();
        let stays = super::sequence::rising(&paired);
        let fixed: Vec<Place> = paired.into_iter().zip(stays).filter(|(_, stays)| *stays).map(|(one, _)| one).collect();
        let mut gaps = vec![(Vec::new(), Vec::new()); fixed.len() + 1];
        let mut gap = 0;
        for one in old {
            match self.pairs.of_old[*one] {
                Some(_) if fixed.get(gap) == Some(one) => gap += 1,
                Some(_) => {}
                None => gaps[gap].0.push(*one),
            }
        }
        gap = 0;
        for one in new {
            match self.pairs.of_new[*one] {
                Some(other) if fixed.get(gap) == Some(&other) => gap += 1,
                Some(_) => {}
                None => gaps[gap].1.push(*one),
            }
        }
        gaps.retain(|(old, new)| !old.is_empty() && !new.is_empty());
        gaps
    }

    /// Pairs what stands in another item now; says whether there was any.
    fn elsewhere(&mut self) -> bool {
        let left = self.done.iter().map(|parents| self.left(*parents));
        let (olds, news): (Vec<_>, Vec<_>) = left.unzip();
        let (olds, news) = (olds.concat(), news.concat());
        let mut known: BTreeMap<(ItemKind, String), Vec<Place>> = BTreeMap::new();
        for one in &olds {
            if let Some(key) = self.key_elsewhere(self.old, *one) {
                known.entry(key).or_default().push(*one);
            }
        }
        known.values_mut().for_each(|places| places.sort_by(|one, other| other.cmp(one)));
        let mut any = false;
        let mut news = news;
        news.sort_unstable();
        for one in news {
            let key = self.key_elsewhere(self.new, one);
            if let Some(other) = key.and_then(|key| known.get_mut(&key)?.pop()) {
                self.pair(other, one);
                any = true;
            }
        }
        any
    }

    /// By what an item is known wherever it stands: a part in the whole report, anything else in its file; what has no
    /// name by what it says.
    fn key_elsewhere(&self, edition: &Edition<'t>, place: Place) -> Option<(ItemKind, String)> {
        let item = edition.item(place);
        let root = edition.item(edition.entries[place].root);
        let is_in_file = root.kind == ItemKind::File;
        match item.id.as_str() {
            "" if edition.words(place).len() < FEW_WORDS => None,
            "" => Some((item.kind, format!("\u{0}{}", edition.entries[place].digest))),
            id if item.kind == ItemKind::Part || is_in_file => {
                Some((item.kind, if is_in_file { format!("{} {id}", root.id) } else { id.to_owned() }))
            }
            _ => None,
        }
    }

    /// Pairs what has another name now, within items that are pairs; says whether there was any.
    fn renamed(&mut self) -> bool {
        let mut found: Vec<(Place, Place)> = Vec::new();
        for parents in &self.done {
            let (olds, news) = self.left(*parents);
            let mut likely: Vec<(f64, Place, Place)> = Vec::new();
            for (at, one) in olds.iter().enumerate() {
                let others = match olds.len() * news.len() <= MOST_TRIED {
                    true => &news[..],
                    false => news.get(at..=at).unwrap_or_default(),
                };
                for other in others {
                    let likeness = self.likeness(*one, *other);
                    likely.extend((likeness >= LEAST).then_some((likeness, *one, *other)));
                }
            }
            likely.sort_by(|(one, old, new), (other, old_other, new_other)| {
                other.total_cmp(one).then((old, new).cmp(&(old_other, new_other)))
            });
            for (_, one, other) in likely {
                if !found.iter().any(|(old, new)| *old == one || *new == other) {
                    found.push((one, other));
                }
            }
        }
        found.iter().for_each(|(one, other)| self.pair(*one, *other));
        !found.is_empty()
    }

    /// How much of their words two items have in common, from 0 to 1; nothing where they are of two kinds.
    fn likeness(&self, old: Place, new: Place) -> f64 {
        let (one, other) = (self.old.item(old), self.new.item(new));
        if one.kind != other.kind {
            return 0.0;
        }
        let mut olds = self.old.words(old);
        let mut news = self.new.words(new);
        if one.kind == ItemKind::Part {
            olds.extend(one.id.split(' '));
            news.extend(other.id.split(' '));
        }
        let likeness = likeness(&olds, &news);
        if likeness < LEAST && shares_a_sentence(one, other) { LEAST } else { likeness }
    }
}

/// Whether two items have a sentence of some words in common, by which a text is known however much of it is new; or one is
/// what is left of the other.
fn shares_a_sentence(old: &Item, new: &Item) -> bool {
    /// Those of what stands in it too: the words of an item of a list are those of its paragraphs.
    fn sentences(item: &Item) -> Vec<&Sentence> {
        let own = item.texts.iter().flat_map(|text| &text.sentences);
        own.chain(item.items.iter().flat_map(sentences)).collect()
    }
    let (old, new) = (sentences(old), sentences(new));
    let is_long = |sentence: &Sentence| sentence.plain().split(' ').count() >= FEW_WORDS;
    let is_left =
        |one: &[&Sentence], of: &[&Sentence]| !one.is_empty() && one.iter().all(|sentence| of.contains(sentence));
    is_left(&new, &old) || is_left(&old, &new) || old.iter().any(|one| is_long(one) && new.contains(one))
}

/// How much of their words two texts have in common, from 0 to 1.
pub fn likeness(old: &[&str], new: &[&str]) -> f64 {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in old {
        *counts.entry(word).or_default() += 1;
    }
    let mut is_common = |word: &&&str| match counts.get_mut(**word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let common = new.iter().filter(&mut is_common).count();
    let all = old.len() + new.len();
    if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 }
}

fn name<'t>(edition: &Edition<'t>, place: Place) -> Name<'t> {
    let item = edition.item(place);
    (item.kind, item.id.as_str())
}

/// The items by their names; a name that several have, or that is none, leads to nothing.
fn unique<'t>(edition: &Edition<'t>, places: &[Place]) -> HashMap<Name<'t>, Option<Place>> {
    let mut known: HashMap<Name, Option<Place>> = HashMap::new();
    for place in places {
        let name = name(edition, *place);
        let first = (!name.1.is_empty()).then_some(*place);
        known.entry(name).and_modify(|one| *one = None).or_insert(first);
    }
    known
}
