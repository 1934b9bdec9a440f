//! names-agree: a figure is the one that its sentence names.
//!
//! For each segment of a figure's address there are others that could stand there: another row, another quarter,
//! another column. If a sentence names one of these and not the one that is bound, or if nothing names a figure that is
//! one of many, the wrong one may be bound.

mod beside;
mod family;
mod order;

use std::ops::Range;
use std::sync::Arc;

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fact::{
    Called, FactId, FactValue, Facts, Kind, Name, Naming, Passage, Segment, Word, is_small, plain, sentence_around,
    stem, tokens,
};
use crate::wording::Wording;
use family::{Families, Family, Relative};

/// A name with so many telling stems is named by two of them.
const LONG_NAME: usize = 8;

pub fn check(subject: &Subject, audit: &mut Audit) {
    let bound = |passage: &Passage| passage.words.iter().any(|word| matches!(word, Word::Bound { .. }));
    let passages: Vec<&Passage> = subject.passages.iter().filter(|one| one.kind == Kind::Prose && bound(one)).collect();
    if passages.is_empty() {
        return;
    }
    let naming = Naming::new(subject.project);
    let figures = passages.iter().flat_map(|passage| figures(&passage.words)).map(|(_, fact)| fact);
    let families = Families::of(subject.facts, &naming, figures.collect());
    for passage in passages {
        check_passage(subject, audit, &families, passage);
    }
}

/// The figures of a text: each with the place of its word.
fn figures(words: &[Word]) -> impl Iterator<Item = (usize, FactId)> + '_ {
    words.iter().enumerate().filter_map(|(place, word)| match word {
        Word::Bound { fact, .. } => Some((place, *fact)),
        _ => None,
    })
}

/// The stems of some words, in their order.
struct Stems {
    all: Vec<String>,
    /// Without small words, which may stand in any name.
    large: Vec<String>,
}

impl Stems {
    fn of(text: &str) -> Self {
        let all: Vec<String> = tokens(text).map(|(_, token)| stem(token)).collect();
        Self { large: all.iter().filter(|stem| !is_small(stem)).cloned().collect(), all }
    }

    /// Whether a name stands there as one, whatever small words stand in it.
    fn has_name(&self, name: &Name) -> bool {
        self.large.windows(name.len().max(1)).any(|stems| stems == &name[..])
    }

    fn has(&self, stem: &str) -> bool {
        self.all.iter().any(|one| one == stem)
    }

    /// Whether it says of one that it is the first or the last of all: "the highest", but not "at least".
    fn has_superlative(&self, wording: &Wording) -> bool {
        let is_said = |phrase: &String| {
            let stems: Vec<String> = tokens(phrase).map(|(_, token)| stem(token)).collect();
            self.all.windows(stems.len().max(1)).any(|pair| pair == stems)
        };
        wording.phrases("phrases.superlatives").iter().any(is_said)
    }
}

/// What a text says, and how a sentence of it begins and ends.
struct Said {
    /// What is printed, with blanks for figures; years and days stay, which name what they are about.
    text: String,
    /// Where each word begins.
    starts: Vec<usize>,
}

impl Said {
    fn of(facts: &Facts, words: &[Word]) -> Self {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for word in words {
            starts.push(text.len());
            match word {
                Word::Bound { text: figure, fact } if is_figure(facts, *fact, figure) => {
                    text.extend(std::iter::repeat_n(' ', figure.len()));
                }
                word => text.push_str(word.text()),
            }
        }
        Self { text, starts }
    }

    /// The letters of the sentence that a word stands in.
    fn sentence(&self, word: usize) -> Range<usize> {
        sentence_around(&self.text, &(self.starts[word]..self.starts[word]))
    }
}

/// Whether a bound fact is a figure, and not a year or day that says what is meant.
fn is_figure(facts: &Facts, fact: FactId, printed: &str) -> bool {
    let is_year = printed.len() == 4 && printed.bytes().all(|byte| byte.is_ascii_digit());
    match facts.get(fact).value {
        FactValue::Quantity(_) => !is_year,
        FactValue::Words(_) => true,
        FactValue::Day(_) | FactValue::FinancialYear(_) => false,
    }
}

fn check_passage(subject: &Subject, audit: &mut Audit, families: &Families, passage: &Passage) {
    beside::pairs(subject, audit, passage);
    beside::units(subject, audit, passage);
    figures(&passage.words).for_each(|(_, fact)| audit.covers(Code::NamesAgree, &[fact]));
    let text = NamedIn::of(passage, &passage.words);
    for (place, fact, family, fault) in faults(subject.facts, families, &text) {
        report(subject, audit, passage, place, fact, family, fault);
    }
}

/// A text that names figures.
pub struct NamedIn<'a> {
    words: &'a [Word],
    /// The titles and labels that it stands under.
    about: &'a [Arc<str>],
    standfirst: Option<&'a str>,
    wording: &'a Wording,
}

impl<'a> NamedIn<'a> {
    /// Words in the place of those of a passage.
    pub fn of(passage: &'a Passage, words: &'a [Word]) -> Self {
        let wording = passage.report.wording();
        Self { words, about: &passage.about, standfirst: passage.standfirst.as_deref(), wording }
    }
}

/// The places of words that are figures which the text does not name, or names otherwise.
pub fn not_named(facts: &Facts, naming: &Naming, text: &NamedIn) -> Vec<usize> {
    let families = Families::of(facts, naming, figures(text.words).map(|(_, fact)| fact).collect());
    faults(facts, &families, text).into_iter().map(|(place, ..)| place).collect()
}

/// What may be wrong in a text, by figure: the family of the segment that is not named, or named otherwise.
fn faults<'f>(
    facts: &Facts,
    families: &'f Families,
    text: &NamedIn,
) -> Vec<(usize, FactId, &'f Family<'f>, Fault<'f>)> {
    let said = Said::of(facts, text.words);
    let near = format!("{} {}", text.about.join(" "), said.text);
    let all = Stems::of(&format!("{} {near}", text.standfirst.unwrap_or_default()));
    let (near, whole) = (Stems::of(&near), Stems::of(&said.text));
    let mut found = Vec::new();
    // Beside a figure of the edition before, its year names itself.
    let scope = |fact: FactId| facts.get(fact).address.split('.').next().unwrap_or_default();
    let is_of_last = |fact: FactId| {
        let is_last_year = facts.get(fact).address.ends_with(".report.last-year");
        is_last_year && figures(text.words).any(|(_, other)| facts.edition_before(scope(fact)) == Some(scope(other)))
    };
    for (place, fact) in figures(text.words).filter(|(_, fact)| !is_of_last(*fact)) {
        let range = said.sentence(place);
        let mut sentence = Stems::of(&said.text[range.clone()]);
        if let (true, Some(label)) = (sentence.all.is_empty(), text.about.last()) {
            sentence = Stems::of(label);
        }
        let beside: Vec<(usize, &str)> = figures(text.words)
            .filter(|(other, _)| *other != place)
            .map(|(other, fact)| (other, &*facts.get(fact).address))
            .collect();
        let is_bound = |segment: &str, within: &Range<usize>| {
            beside.iter().any(|(other, address)| {
                within.contains(&said.starts[*other]) && address.split('.').any(|one| one == segment)
            })
        };
        let own = &*facts.get(fact).address;
        // A column of the edition before is named for its figure, which is bound beside.
        let is_repeated = |family: &Family, segment: &str| {
            let place = |one| if one == family.own { segment } else { one };
            let other = facts.find("", &own.split('.').map(place).collect::<Vec<_>>().join("."));
            let repeats = other.and_then(|other| facts.repeats(other)).map(|figure| &*facts.get(figure).address);
            repeats.is_some_and(|repeated| beside.iter().any(|(_, address)| *address == repeated))
        };
        let is_figure = is_figure(facts, fact, text.words[place].text());
        for family in families.of_figure(fact) {
            let fault = match is_figure {
                true => named_otherwise(text.wording, family, &sentence, &all, |segment| {
                    is_bound(segment, &range) || is_repeated(family, segment)
                })
                .or_else(|| {
                    let again = beside.iter().any(|(_, address)| *address == own);
                    let twice = || bound_twice(family, &whole, |segment| is_bound(segment, &(0..said.text.len())));
                    again.then(twice).flatten()
                }),
                false => None,
            };
            // A year or a day that is a fact of its own says itself what it is.
            let is_single = family.called.segment == Segment::Single;
            let within = if is_single { &near } else { &all };
            let fault = fault.or_else(|| unnamed(family, within).filter(|_| is_figure || !is_single));
            if let Some(fault) = fault {
                found.push((place, fact, family, fault));
                break;
            }
        }
    }
    let exchanged = order::exchanged(facts, families, text, &said);
    found.extend(exchanged.into_iter().filter(|(place, ..)| !is_told(&found, *place)).collect::<Vec<_>>());
    found.sort_by_key(|(place, ..)| *place);
    found
}

/// Whether something is found of the figure at a place.
fn is_told<T, F>(found: &[(usize, FactId, T, F)], place: usize) -> bool {
    found.iter().any(|(other, ..)| *other == place)
}

/// Why a figure may be the wrong one.
enum Fault<'a> {
    /// The sentence names another one.
    Names(&'a Called),
    /// The same is bound twice, and another that is named is not.
    Twice(&'a Called),
    /// It stands at the name of another one, whose figure stands at its name.
    Exchanged(&'a Called),
    /// Nothing names it.
    Unnamed,
}

/// The other one that a sentence names, where it does not name the one that is bound.
fn named_otherwise<'a>(
    wording: &Wording,
    family: &'a Family,
    sentence: &Stems,
    all: &Stems,
    is_bound: impl Fn(&str) -> bool,
) -> Option<Fault<'a>> {
    let own = &family.called;
    let is_told = family.telling.iter().any(|stem| all.has(stem));
    let is_first_or_last = sentence.has_superlative(wording);
    let is_named = |name: &Name, other: &Called| {
        let telling = name.iter().filter(|stem| !own.has(stem)).count();
        // A word alone may be meant otherwise, unless nothing names the one that is bound, or the sentence says of one that
        // it is the first or the last of all.
        let tells_apart = |stem: &str| own.segment != Segment::Thing || !other.has(stem);
        let is_told_apart = family.telling.iter().any(|stem| all.has(stem) && tells_apart(stem));
        let is_one = matches!(other.segment, Segment::Period(_)) || is_first_or_last;
        telling > 0 && (telling > 1 || is_one || !is_told_apart) && sentence.has_name(name)
    };
    let names_own = |other: &Called| own.names.iter().flatten().any(|stem| !other.has(stem) && sentence.has(stem));
    // Of one of many a sentence may say what share it is of all.
    let is_of_all = |other: &Called| own.segment == Segment::Thing && other.segment == Segment::Usual && is_told;
    let is_other = |one: &&Relative| {
        let other = &*one.called;
        let may_be = is_name(other) && !is_of_all(other);
        may_be && other.names.iter().any(|name| is_named(name, other)) && !names_own(other) && !is_bound(one.segment)
    };
    family.others_beginning(sentence.large.iter()).find(is_other).map(|other| Fault::Names(&other.called))
}

/// Whether the words of another one name it when they stand in a sentence.
fn is_name(other: &Called) -> bool {
    other.segment != Segment::Hinted
}

/// The other one that a text names and does not bind, where the same figure is bound twice.
fn bound_twice<'a>(family: &'a Family, text: &Stems, is_bound: impl Fn(&str) -> bool) -> Option<Fault<'a>> {
    let own = &family.called;
    let is_word_alone = own.names.iter().any(|name| name.len() == 1 && text.has(&name[0]));
    let is_missing = |one: &&Relative| {
        let tells = |name: &&Name| {
            // "12 green and 12 amber": words alone are names where the one that is bound is named so too.
            let is_name = matches!(one.called.segment, Segment::Period(_)) || name.len() > 1 || is_word_alone;
            is_name && name.iter().any(|stem| !own.has(stem))
        };
        let is_named = one.called.names.iter().filter(tells).any(|name| text.has_name(name));
        is_name(&one.called) && is_named && !is_bound(one.segment)
    };
    family.others_beginning(text.large.iter()).find(is_missing).map(|other| Fault::Twice(&other.called))
}

/// Nothing says which of many is meant.
fn unnamed<'a>(family: &Family, all: &Stems) -> Option<Fault<'a>> {
    let must_be_named = match family.called.segment {
        Segment::Thing | Segment::Single | Segment::Hinted => true,
        Segment::Period(own) => {
            family.others().any(|one| matches!(one.called.segment, Segment::Period(other) if other > own))
        }
        Segment::Usual => false,
    };
    let named = family.telling.iter().filter(|stem| all.has(stem)).count();
    let enough = if family.telling.len() < LONG_NAME || family.called.segment == Segment::Hinted { 1 } else { 2 };
    (must_be_named && !family.telling.is_empty() && named < enough).then_some(Fault::Unnamed)
}

fn report(
    subject: &Subject,
    audit: &mut Audit,
    passage: &Passage,
    place: usize,
    fact: FactId,
    family: &Family,
    fault: Fault,
) {
    let at = passage.place(&subject.tree.sources, place);
    let figure = subject.facts.shown(fact);
    let bound = subject.facts.local(&passage.report.id, fact);
    let is_doubt = matches!(fault, Fault::Unnamed);
    let (message, help) = match fault {
        Fault::Names(other) => (
            format!(
                "the sentence names “{}”, and the figure {figure} is that of `{}` ({bound})",
                other.shown, family.own
            ),
            "bind the figure that the sentence names, or name the one that is bound",
        ),
        Fault::Twice(other) => (
            format!("`{bound}` is bound more than once, and that of “{}”, which is named here, is not", other.shown),
            "bind each figure that is named",
        ),
        Fault::Exchanged(other) => (
            format!(
                "the figure {figure} is that of `{}` ({bound}), and stands where “{}” is named, whose figure stands at its name",
                family.own, other.shown
            ),
            "exchange the two figures, or name each where it stands",
        ),
        Fault::Unnamed => (
            format!("nothing near the figure {figure} says that it is that of `{}` ({bound})", family.own),
            "name what is counted or measured, in the sentence or in its heading; or bind the figure that is meant",
        ),
    };
    let severity = if is_doubt { Severity::Warning } else { Severity::Error };
    let finding = audit.error(Code::NamesAgree, &[fact], message);
    let finding = Diagnostic { at: Some(at), severity, ..finding }
        .help(help)
        .in_sentence(passage.sentence(place, 0..plain(&passage.words[place..=place]).len()));
    audit.push(finding);
}
