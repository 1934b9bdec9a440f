//! Which of several figures a sentence means: the one whose row, column, period and description it names.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::printed::within_reach;
use crate::check::numbers::numbers_in;
use crate::fact::{FactId, Facts, Name, Naming, Passage, Segment, sentence_around, stem, tokens};

/// What a word counts that names a figure, by where it stands.
const IN_SENTENCE: f64 = 1.0;
const IN_TEXT: f64 = 0.4;
const IN_TITLES: f64 = 0.3;
/// A word right beside the number counts so much more; one that is further away less.
const BESIDE: f64 = 1.0;
/// Words after which the nearness counts half.
const NEAR: f64 = 3.0;
/// A name of so many words is named by two of them.
const LONG_NAME: usize = 4;
/// What is taken away where a row or an indicator is not named at all.
const UNNAMED: f64 = 3.0;
/// What is taken away from an earlier period where none is named.
const EARLIER: f64 = 1.5;
/// What is taken away where the sentence names another period.
const NAMED_OTHERWISE: f64 = 9.0;

/// The words that figures of a report are named by, with how much each tells.
pub struct Words {
    documents: HashMap<FactId, Vec<Part>>,
    /// How much a stem tells: the more, the fewer figures have it.
    telling: HashMap<String, f64>,
    /// The names of all periods.
    periods: BTreeSet<Name>,
    /// The latest period of what is measured several times, by its address without the period.
    latest: HashMap<String, usize>,
}

/// What a segment of an address is called.
struct Part {
    /// The address without it.
    rest: String,
    segment: Segment,
    names: Vec<Name>,
}

impl Part {
    fn stems(&self) -> BTreeSet<&String> {
        self.names.iter().flatten().collect()
    }

    /// Whether all words of one of its names are among some.
    fn is_whole_in(&self, has: impl Fn(&String) -> bool) -> bool {
        self.names.iter().any(|name| name.iter().all(&has))
    }
}

/// What stands round a number: stems with their weight, and the words in which they stood.
pub struct Surroundings {
    /// Whether other figures stand in the sentence.
    pub has_others: bool,
    weights: BTreeMap<String, (f64, String)>,
    in_sentence: Vec<String>,
}

/// How well a figure is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    pub score: f64,
    /// The words of the sentence, or of the label above it, that name it.
    pub words: Vec<String>,
    /// Whether these name every part of its address that is one of many.
    pub is_whole: bool,
}

impl Words {
    /// Of all figures that a report's texts can name.
    pub fn of(facts: &Facts, naming: &Naming, report: &str) -> Self {
        let documents: HashMap<FactId, Vec<Part>> =
            within_reach(facts, report).map(|fact| (fact, parts(&facts.get(fact).address, naming))).collect();
        let mut having: HashMap<String, usize> = HashMap::new();
        for parts in documents.values() {
            let stems: BTreeSet<&String> = parts.iter().flat_map(Part::stems).collect();
            stems.into_iter().for_each(|stem| *having.entry(stem.clone()).or_default() += 1);
        }
        let all = documents.len() as f64;
        // As a logarithm would, but rounded alike by every system.
        let telling = having.into_iter().map(|(stem, having)| (stem, (all / having as f64).sqrt().sqrt())).collect();
        let is_period = |part: &&Part| matches!(part.segment, Segment::Period(_));
        let periods = documents.values().flatten().filter(is_period).flat_map(|part| part.names.clone()).collect();
        let mut latest: HashMap<String, usize> = HashMap::new();
        for part in documents.values().flatten() {
            if let Segment::Period(place) = part.segment {
                let known = latest.entry(part.rest.clone()).or_default();
                *known = place.max(*known);
            }
        }
        Self { documents, telling, periods, latest }
    }

    /// How well what stands round a number names a figure.
    pub fn named(&self, fact: FactId, around: &Surroundings) -> Named {
        let (mut score, mut length, mut words, mut is_whole) = (0.0, 0.0, Vec::new(), true);
        for part in self.documents.get(&fact).into_iter().flatten() {
            let (mut is_named, mut near) = (false, 0);
            for stem in part.stems() {
                let telling = self.telling.get(stem).copied().unwrap_or_default();
                length += telling;
                if let Some((weight, word)) = around.weights.get(stem) {
                    score += telling * weight;
                    is_named = true;
                    if *weight >= IN_SENTENCE && part.segment != Segment::Hinted {
                        near += 1;
                        words.extend((!words.contains(word)).then(|| word.clone()));
                    }
                }
            }
            is_whole &= match part.segment {
                Segment::Thing | Segment::Single => near > usize::from(part.stems().len() >= LONG_NAME),
                Segment::Period(_) => near > 0 || self.is_latest(part),
                Segment::Usual | Segment::Hinted => true,
            };
            score -= match part.segment {
                Segment::Thing | Segment::Single if !is_named => UNNAMED,
                Segment::Period(_) if !part.is_whole_in(|stem| around.weights.contains_key(stem)) => {
                    if self.another_period(part, around) {
                        NAMED_OTHERWISE
                    } else if self.is_latest(part) {
                        0.0
                    } else {
                        EARLIER
                    }
                }
                Segment::Thing | Segment::Single | Segment::Period(_) | Segment::Usual | Segment::Hinted => 0.0,
            };
        }
        is_whole &= !words.is_empty();
        Named { score: score / f64::max(length, 1.0).sqrt(), words, is_whole }
    }

    /// The figures that are named better than a figure whose words come to so much.
    pub fn named_better<'w>(&'w self, score: f64, around: &'w Surroundings) -> impl Iterator<Item = FactId> + 'w {
        self.documents.keys().copied().filter(move |other| self.named(*other, around).score > score)
    }

    /// Whether a period is the latest of what it is a period of.
    fn is_latest(&self, part: &Part) -> bool {
        matches!(part.segment, Segment::Period(place) if self.latest.get(&part.rest) == Some(&place))
    }

    /// Whether a sentence names another period than one.
    fn another_period(&self, own: &Part, around: &Surroundings) -> bool {
        let is_named = |name: &&Name| name.iter().all(|stem| around.in_sentence.contains(stem));
        self.periods.iter().filter(is_named).any(|name| !own.names.contains(name))
    }
}

/// What the segments of an address behind the first are called.
fn parts(address: &str, naming: &Naming) -> Vec<Part> {
    let segments: Vec<&str> = address.split('.').collect();
    let part = |place: usize| {
        let called = naming.of(address, segments[place]);
        let rest = [&segments[..place], &segments[place + 1..]].concat().join(".");
        Part { rest, segment: called.segment, names: called.names.clone() }
    };
    (1..segments.len()).map(part).collect()
}

impl Surroundings {
    /// Of the letters of a passage that a number stands in.
    pub fn of(passage: &Passage, text: &str, number: &Range<usize>) -> Self {
        let sentence = sentence_around(text, number);
        let has_others = numbers_in(&text[sentence.clone()], passage.report.wording()).len() > 1;
        let mut around = Self { has_others, weights: BTreeMap::new(), in_sentence: Vec::new() };
        let words: Vec<(usize, &str)> =
            tokens(text).filter(|(at, word)| *at >= number.end || at + word.len() <= number.start).collect();
        let place = words.iter().filter(|(at, _)| *at < number.start).count();
        let mut has_words = false;
        for (index, (at, word)) in words.iter().enumerate() {
            let distance = if index < place { place - index } else { index - place + 1 } as f64;
            let weight = match sentence.contains(at) {
                true => IN_SENTENCE + BESIDE * NEAR / (NEAR + distance - 1.0),
                false => IN_TEXT,
            };
            if sentence.contains(at) {
                has_words = true;
                around.in_sentence.push(stem(word));
            }
            around.add(word, weight);
        }
        let label = if has_words { IN_TITLES * 2.0 } else { IN_SENTENCE + BESIDE };
        if let Some(last) = passage.about.last() {
            tokens(last).for_each(|(_, word)| around.add(word, label));
        }
        let titles = passage.about.iter().rev().skip(1).chain(passage.standfirst.iter());
        titles.flat_map(|title| tokens(title)).for_each(|(_, word)| around.add(word, IN_TITLES));
        around
    }

    fn add(&mut self, word: &str, weight: f64) {
        let known = self.weights.entry(stem(word)).or_insert((weight, word.to_owned()));
        if known.0 < weight {
            *known = (weight, word.to_owned());
        }
    }
}
