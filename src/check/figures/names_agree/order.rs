//! Two figures of one sentence that stand at each other's names: "Nursing and Quality spent £2, Finance £1".
//!
//! Two names and two figures belong together in the order in which they stand, however they stand among each other; but
//! only where it is plain which belong together: a name and a figure with nothing but a few words between them, or a list
//! of names and a list of figures.

use std::ops::Range;

use super::family::Family;
use super::{Families, Fault, Said, figures, is_figure};
use crate::fact::{Called, FactId, Facts, Name, Segment, Word, is_small, stem, tokens};

/// Marks and words behind which a sentence speaks of something else.
const MARKS: [char; 8] = [',', ';', ':', '(', ')', '–', '—', '•'];
const WORDS: [&str; 7] = ["and", "but", "while", "whereas", "against", "than", "or"];

/// What may stand between the figures of a list.
const OF_LISTS: [&str; 2] = ["and", "or"];

/// By this a list of figures belongs to a list of names.
const RESPECTIVELY: &str = "respectively";

/// Two figures whose addresses differ in one segment, with what each is called.
struct Pair<'f> {
    family: &'f Family<'f>,
    other: &'f Called,
}

/// Pairs of figures that are bound the other way round, each told at its first.
pub fn exchanged<'f>(
    facts: &Facts,
    families: &'f Families,
    words: &[Word],
    said: &Said,
) -> Vec<(usize, FactId, &'f Family<'f>, Fault<'f>)> {
    let all: Vec<(usize, FactId)> =
        figures(words).filter(|(place, fact)| is_figure(facts, *fact, words[*place].text())).collect();
    let mut found = Vec::new();
    for (index, (place, fact)) in all.iter().enumerate() {
        let sentence = said.sentence(*place);
        let in_sentence = |place: usize| sentence.contains(&said.starts[place]);
        let is_once = |fact: FactId| all.iter().filter(|(place, one)| *one == fact && in_sentence(*place)).count() == 1;
        let behind = all[index + 1..].iter().take_while(|(next, _)| in_sentence(*next));
        let exchanged = behind.into_iter().find_map(|(next, other)| {
            let pair = Pair::of(facts, families, *fact, *other).filter(|_| is_once(*fact) && is_once(*other))?;
            let letters = |place: usize| said.starts[place]..said.starts[place] + words[place].text().len();
            pair.is_exchanged(&said.text, &sentence, letters(*place), letters(*next)).then_some(pair)
        });
        found.extend(exchanged.map(|pair| (*place, *fact, pair.family, Fault::Exchanged(pair.other))));
    }
    found
}

impl<'f> Pair<'f> {
    fn of(facts: &Facts, families: &'f Families, one: FactId, other: FactId) -> Option<Self> {
        let of = |fact: FactId| facts.get(fact).address.split('.');
        let unit = |fact: FactId| facts.quantity(fact).map(|quantity| quantity.unit);
        if of(one).count() != of(other).count() || unit(one) != unit(other) {
            return None;
        }
        let mut differing = of(one).zip(of(other)).filter(|(one, other)| one != other);
        let (own, segment) = differing.next().filter(|_| differing.next().is_none())?;
        let family = families.of_figure(one).find(|family| family.own == own)?;
        let other = family.other(segment)?;
        let is_one_of_many = |called: &Called| !matches!(called.segment, Segment::Single | Segment::Hinted);
        (is_one_of_many(&family.called) && is_one_of_many(&other.called))
            .then_some(Self { family, other: &other.called })
    }

    fn is_exchanged(&self, text: &str, sentence: &Range<usize>, one: Range<usize>, next: Range<usize>) -> bool {
        let own = mentions(text, sentence, &self.family.called, self.other);
        let other = mentions(text, sentence, self.other, &self.family.called);
        let (Some(own), Some(other)) = (own, other) else { return false };
        // The name of the first figure stands behind that of the second.
        if own.start < other.end {
            return false;
        }
        let (first, second) = (other, own);
        let between = |one: &Range<usize>, other: &Range<usize>| text.get(one.end..other.start).unwrap_or_default();
        let is_list = || {
            let is_respective = text[sentence.clone()].to_lowercase().contains(RESPECTIVELY);
            is_respective || joins_a_list(between(&one, &next))
        };
        if second.end <= one.start || next.end <= first.start {
            return is_list();
        }
        let mut items = [&first, &second, &one, &next];
        items.sort_by_key(|item| item.start);
        let [a, b, c, d] = items;
        a.end <= b.start && c.end <= d.start && is_close(between(a, b)) && is_close(between(c, d))
    }
}

/// Whether what stands between a name and a figure leaves them together.
fn is_close(between: &str) -> bool {
    !between.contains(MARKS) && tokens(between).all(|(_, word)| !WORDS.contains(&word.to_lowercase().as_str()))
}

/// Whether nothing but what joins a list stands between two figures.
fn joins_a_list(between: &str) -> bool {
    between.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || c == ',')
        && tokens(between).all(|(_, word)| OF_LISTS.contains(&word.to_lowercase().as_str()))
}

/// The letters of a sentence from the first to the last place that names one and not the other: by the whole name, or as a
/// reader shortens it, by its first word; of a long name by two.
fn mentions(text: &str, sentence: &Range<usize>, called: &Called, other: &Called) -> Option<Range<usize>> {
    let letters = |(start, word): (usize, &str)| sentence.start + start..sentence.start + start + word.len();
    let words: Vec<(Range<usize>, String)> =
        tokens(&text[sentence.clone()]).map(|token| (letters(token), stem(token.1))).collect();
    let large: Vec<usize> = (0..words.len()).filter(|place| !is_small(&words[*place].1)).collect();
    let mut found: Option<Range<usize>> = None;
    for name in &called.names {
        let shown = shortened(name, other);
        let is_inside = |other: &Name| other.windows(shown.len()).any(|part| part == shown);
        if shown.is_empty() || other.names.iter().any(is_inside) {
            continue;
        }
        let starts = large
            .windows(shown.len())
            .filter(|places| places.iter().zip(shown).all(|(place, stem)| words[*place].1 == *stem));
        for places in starts {
            // What else of the name follows belongs to it.
            let mut last = places[places.len() - 1];
            let rest = large.iter().filter(|place| **place > last).copied().collect::<Vec<_>>();
            for place in rest.into_iter().take_while(|place| called.has(&words[*place].1)) {
                last = place;
            }
            let here = words[places[0]].0.start..words[last].0.end;
            found = Some(found.map_or(here.clone(), |found| found.start.min(here.start)..found.end.max(here.end)));
        }
    }
    found
}

/// The stems of a name by which it is told from another.
fn shortened<'n>(name: &'n Name, other: &Called) -> &'n [String] {
    let is_telling = |stem: &String| !other.has(stem) && stem.chars().all(char::is_alphabetic);
    match &name[..] {
        [first, _] if is_telling(first) => &name[..1],
        [first, _, _, ..] if is_telling(first) => &name[..2],
        name => name,
    }
}
