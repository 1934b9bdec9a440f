//! Two figures of one sentence that stand at each other's names: "Nursing and Quality spent £2, Finance £1".
//!
//! Two names and two figures belong together in the order in which they stand, however they stand among each other; but
//! only where it is plain which belong together: a name and a figure with nothing but a few words between them, or a list
//! of names and a list of figures. Where the one figure goes on to the name of the other, the sentence compares the two
//! and says itself which is which: "fell from 93% in the third quarter to 92%".

use std::collections::HashMap;
use std::ops::Range;

use super::family::Family;
use super::{Families, Fault, NamedIn, Said, figures, is_figure};
use crate::fact::{Called, FactId, Facts, Name, Segment, is_small, stem, tokens};
use crate::wording::Wording;

/// Marks behind which a sentence speaks of something else, as it does behind the words that part clauses.
const MARKS: [char; 8] = [',', ';', ':', '(', ')', '–', '—', '•'];

/// A figure is held against so many behind it: further apart nobody exchanges two, and a sentence may be a long list.
const NEAR: usize = 8;

/// Two figures whose addresses differ in one segment, with what each is called.
struct Pair<'f> {
    family: &'f Family<'f>,
    other: &'f Called,
}

/// Pairs of figures that are bound the other way round, each told at its first.
pub fn exchanged<'f>(
    facts: &Facts,
    families: &'f Families,
    text: &NamedIn,
    said: &Said,
) -> Vec<(usize, FactId, &'f Family<'f>, Fault<'f>)> {
    let NamedIn { words, wording, .. } = *text;
    let all: Vec<(usize, FactId)> =
        figures(words).filter(|(place, fact)| is_figure(facts, *fact, words[*place].text())).collect();
    let sentences: Vec<Range<usize>> = all.iter().map(|(place, _)| said.sentence(*place)).collect();
    let mut bound: HashMap<(usize, FactId), usize> = HashMap::new();
    for (sentence, (_, fact)) in sentences.iter().zip(&all) {
        *bound.entry((sentence.start, *fact)).or_default() += 1;
    }
    let mut found = Vec::new();
    let mut read: Option<Sentence> = None;
    for (index, (place, fact)) in all.iter().enumerate() {
        let range = &sentences[index];
        let is_once = |fact: FactId| bound.get(&(range.start, fact)) == Some(&1);
        let behind = (index + 1..all.len()).take(NEAR).take_while(|next| sentences[*next] == *range);
        let pairs = behind.filter(|next| is_once(*fact) && is_once(all[*next].1));
        let pairs = pairs.filter_map(|next| Some((all[next].0, Pair::of(facts, families, *fact, all[next].1)?)));
        for (next, pair) in pairs {
            let sentence = match read.take() {
                Some(sentence) if sentence.range == *range => read.insert(sentence),
                _ => read.insert(Sentence::of(&said.text, range.clone())),
            };
            let letters = |place: usize| said.starts[place]..said.starts[place] + words[place].text().len();
            if pair.is_exchanged(wording, sentence, letters(*place), letters(next)) {
                found.push((*place, *fact, pair.family, Fault::Exchanged(pair.other)));
                break;
            }
        }
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

    fn is_exchanged(&self, wording: &Wording, sentence: &Sentence, one: Range<usize>, next: Range<usize>) -> bool {
        let own = sentence.mentions(&self.family.called, self.other);
        let other = sentence.mentions(self.other, &self.family.called);
        let (Some(own), Some(other)) = (own, other) else { return false };
        // The name of the first figure stands behind that of the second.
        if own.start < other.end {
            return false;
        }
        let (first, second) = (other, own);
        let between =
            |one: &Range<usize>, other: &Range<usize>| sentence.text.get(one.end..other.start).unwrap_or_default();
        let is_list = || {
            has_phrase(wording, "phrases.respectively", &sentence.text[sentence.range.clone()])
                || joins_a_list(wording, between(&one, &next))
        };
        if second.end <= one.start || next.end <= first.start {
            return is_list();
        }
        let mut items = [&first, &second, &one, &next];
        items.sort_by_key(|item| item.start);
        let [a, b, c, d] = items;
        let is_close = |between: &str| is_close(wording, between);
        let is_parted = a.end <= b.start && b.end <= c.start && c.end <= d.start;
        is_parted && is_close(between(a, b)) && !is_close(between(b, c)) && is_close(between(c, d))
    }
}

/// Whether what stands between a name and a figure leaves them together.
fn is_close(wording: &Wording, between: &str) -> bool {
    !between.contains(MARKS) && !has_phrase(wording, "phrases.parts-clauses", between)
}

/// Whether one of the phrases of a list stands in a text.
fn has_phrase(wording: &Wording, list: &str, text: &str) -> bool {
    tokens(text).any(|(start, _)| wording.phrase_at(list, &text[start..]).is_some())
}

/// Whether nothing but what joins a list stands between two figures.
fn joins_a_list(wording: &Wording, between: &str) -> bool {
    between.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || c == ',')
        && tokens(between).all(|(_, word)| wording.is_phrase("phrases.joins-list", word))
}

/// A sentence, with the stems of its words.
struct Sentence<'t> {
    text: &'t str,
    range: Range<usize>,
    words: Vec<(Range<usize>, String)>,
    /// The places of words that are not small.
    large: Vec<usize>,
}

impl<'t> Sentence<'t> {
    fn of(text: &'t str, range: Range<usize>) -> Self {
        let letters = |(start, word): (usize, &str)| range.start + start..range.start + start + word.len();
        let words: Vec<(Range<usize>, String)> =
            tokens(&text[range.clone()]).map(|token| (letters(token), stem(token.1))).collect();
        let large = (0..words.len()).filter(|place| !is_small(&words[*place].1)).collect();
        Self { text, range, words, large }
    }

    /// The letters from the first to the last place that names one and not the other: by the whole name, or as a reader
    /// shortens it, by its first word; of a long name by two.
    fn mentions(&self, called: &Called, other: &Called) -> Option<Range<usize>> {
        let (words, large) = (&self.words, &self.large);
        let mut found: Option<Range<usize>> = None;
        for name in &called.names {
            let shown = shortened(name, other);
            let is_inside = |other: &Name| other.windows(shown.len()).any(|part| part == shown);
            if shown.is_empty() || other.names.iter().any(is_inside) {
                continue;
            }
            let is_shown = |places: &[usize]| places.iter().zip(shown).all(|(place, stem)| words[*place].1 == *stem);
            let starts = (0..large.len()).filter(|at| large.get(*at..at + shown.len()).is_some_and(is_shown));
            for at in starts {
                // What else of the name follows belongs to it.
                let end = at + shown.len();
                let rest = large[end..].iter().take_while(|place| called.has(&words[**place].1)).count();
                let here = words[large[at]].0.start..words[large[end + rest - 1]].0.end;
                found = Some(found.map_or(here.clone(), |found| found.start.min(here.start)..found.end.max(here.end)));
            }
        }
        found
    }
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
