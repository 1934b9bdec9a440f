//! Numbers in running text: where they stand, what they are, and how many of them have something behind them.
//!
//! A text is read word by word (`token`). At each word a name (`names`, `shapes`), a date (`dates`) or a figure
//! (`figures`) may begin, and reaches as far as it can. Names, and dates of the report's time, need nothing behind them.

mod dates;
mod figures;
mod names;
mod shapes;
mod token;
mod units;

use std::ops::Range;

use crate::fact::{Kind, Passage, Word, numerals};
use crate::model::values::Period;
use crate::model::{Organisation, Report};
use crate::wording::Wording;
use dates::Months;
use names::Names;
pub use names::hides_a_figure;
use token::{Token, tokens_in};

/// How many numbers of the published texts have something behind them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct FigureCoverage {
    /// Bound to a fact.
    pub bound: usize,
    /// Marked as a statement with its source.
    pub stated: usize,
    /// In names of a file that gives its source, or of the row of such a table.
    pub named: usize,
    /// Typed by hand with nothing behind them.
    pub loose: usize,
}

impl FigureCoverage {
    pub fn all(self) -> usize {
        self.bound + self.stated + self.named + self.loose
    }

    /// In whole per cent, rounded down, so that 100 means all.
    pub fn percentage(self) -> usize {
        if self.all() == 0 { 100 } else { (self.all() - self.loose) * 100 / self.all() }
    }
}

/// Counts the numbers of texts that are figures.
pub fn coverage(passages: &[Passage], organisation: &Organisation) -> FigureCoverage {
    let reader = Reader::of(organisation);
    let mut coverage = FigureCoverage::default();
    for passage in passages {
        for word in &passage.words {
            match word {
                Word::Bound { .. } => coverage.bound += 1,
                Word::Stated { .. } => coverage.stated += 1,
                Word::Claimed { text, .. } => {
                    coverage.bound += numbers_in(text, passage.report.wording()).len();
                }
                Word::Broken(_) => coverage.loose += 1,
                Word::Reference(_) | Word::Note(_) | Word::Plain(_) | Word::Foreign { .. } => {}
                Word::Named { text, has_source, .. } => {
                    let numbers = reader.asked(text, passage.report).len();
                    *(if *has_source { &mut coverage.named } else { &mut coverage.loose }) += numbers;
                }
            }
        }
        let is_named = passage.kind == Kind::Label && passage.has_source;
        *(if is_named { &mut coverage.named } else { &mut coverage.loose }) += reader.loose(passage).len();
    }
    coverage
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub at: Range<usize>,
    /// What it counts, where it is a whole number.
    pub value: Option<u64>,
}

impl Number {
    fn of(text: &str, tokens: &[Token], wording: &Wording) -> Option<Self> {
        let at = tokens.first()?.at.start..tokens.last()?.at.end;
        let written = text[at.clone()].replace(['\u{2010}', '\u{2011}'], "-");
        let in_words = || match tokens {
            // Of another language it stands in the token.
            [one] => numerals::meant_by(&one.lower),
            _ => None,
        };
        let digits = wording.plain_digits(&written);
        let value = digits.parse().ok().or_else(|| numerals::meant_by(&written)).or_else(in_words);
        Some(Self { value, at })
    }
}

/// The numbers of an English text.
fn numbers(text: &str) -> Vec<Number> {
    numbers_in(text, Wording::english())
}

/// The numbers of a text in a language, whatever they are: what holds a digit, words from "two" up, and parts, multiples
/// and nothing in words. "One", "first" and "second" mean too much else.
pub fn numbers_in(text: &str, wording: &Wording) -> Vec<Number> {
    read(text, wording, |_, _| None)
        .into_iter()
        .filter_map(|(number, is)| (is == Is::Figure).then_some(number))
        .collect()
}

/// What a number is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Is {
    Figure,
    Name,
    /// A day of the report's own year, or the months of a date.
    Date(Option<Months>),
}

/// The numbers of a text with what they are, each as far as it reaches; `other` knows what is no figure.
fn read(text: &str, wording: &Wording, other: impl Fn(&[Token], usize) -> Option<(usize, Is)>) -> Vec<(Number, Is)> {
    let tokens = tokens_in(text, wording);
    let (mut all, mut place) = (Vec::new(), 0);
    while place < tokens.len() {
        let found = other(&tokens, place).or_else(|| Some((figures::reach(&tokens, place)?, Is::Figure)));
        let words = found.as_ref().map_or(1, |(words, _)| *words);
        let number = Number::of(text, &tokens[place..place + words], wording);
        all.extend(number.zip(found.map(|(_, is)| is)));
        place += words;
    }
    all
}

/// What is known of numbers that are no figures.
pub struct Reader {
    names: Names,
}

impl Reader {
    /// Knows the names that ship and those of an organisation.
    pub fn of(organisation: &Organisation) -> Self {
        let own = organisation.names.iter().flatten().filter(|name| names::hides_a_figure(&name.value).is_none());
        Self { names: Names::with(own.map(|name| name.value.as_str())) }
    }

    /// The numbers of a text that need a figure or a source: no names, and no dates in the report's period or next to
    /// it.
    pub fn asked(&self, text: &str, report: &Report) -> Vec<Number> {
        self.asked_as(text, &report.head.period, report.wording()).map(|(number, _)| number).collect()
    }

    /// The same, each with whether it is a date.
    fn asked_as(&self, text: &str, period: &Period, wording: &Wording) -> impl Iterator<Item = (Number, bool)> {
        self.read(text, wording).into_iter().filter_map(|(number, is)| match is {
            Is::Figure => Some((number, false)),
            Is::Name | Is::Date(None) => None,
            Is::Date(Some(months)) => (!months.is_near(period)).then_some((number, true)),
        })
    }

    fn read(&self, text: &str, wording: &Wording) -> Vec<(Number, Is)> {
        // Most texts have no digit and no capital that begins a name: the words decide.
        read(text, wording, |tokens, place| {
            let date = dates::date(tokens, place);
            let name = self.names.longest(tokens, place).or_else(|| shapes::name(text, tokens, place));
            match (date, name) {
                (Some((words, months)), name) if name.is_none_or(|name| name < words) => {
                    Some((words, Is::Date(months)))
                }
                (_, name) => name.map(|words| (words, Is::Name)),
            }
        })
    }

    /// The figures and dates of a passage that were typed by hand, with all that belongs to each; names are passed over.
    pub fn typed_by_hand(&self, passage: &Passage) -> Vec<Typed> {
        let period = &passage.report.head.period;
        let typed = |(number, is): (Number, Is)| match is {
            Is::Name => None,
            Is::Figure => Some(Typed { at: number.at, is_date: false, is_asked: true }),
            Is::Date(months) => {
                let is_asked = months.is_some_and(|months| !months.is_near(period));
                Some(Typed { at: number.at, is_date: true, is_asked })
            }
        };
        self.read(&typed_text(passage), passage.report.wording()).into_iter().filter_map(typed).collect()
    }

    /// What the numbers of a passage come to that need a figure or a source: in digits where they are whole numbers, so
    /// that numbers in words of two languages are alike, and else as they would stand in data.
    pub fn loose_values(&self, passage: &Passage) -> Vec<String> {
        let text = typed_text(passage);
        let value = |number: Number| match number.value {
            Some(value) => value.to_string(),
            None => plain_figure(&text[number.at], passage.report.wording()),
        };
        self.asked(&text, passage.report).into_iter().map(value).collect()
    }

    /// The numbers of a passage that need a figure or a source. What is bound or marked is passed over; a number may
    /// begin in one text and end in the next. The number of a list is no date.
    pub fn loose(&self, passage: &Passage) -> Vec<Loose> {
        let text = typed_text(passage);
        let (period, wording) = (&passage.report.head.period, passage.report.wording());
        let in_word = |(number, is_date): (Number, bool)| {
            let (word, start) = passage.word_at(number.at.start);
            let end = number.at.end.min(start + passage.words[word].text().len());
            Loose { word, letters: number.at.start - start..end - start, is_date }
        };
        match passage.kind {
            Kind::ListNumber => numbers(&text).into_iter().map(|number| in_word((number, false))).collect(),
            Kind::Prose | Kind::Label => self.asked_as(&text, period, wording).map(in_word).collect(),
        }
    }
}

/// A number of a passage with nothing behind it.
pub struct Loose {
    /// The word that it begins in, by its place, and its letters there.
    pub word: usize,
    pub letters: Range<usize>,
    /// Whether it is a date, far from the report's period.
    pub is_date: bool,
}

/// A number of a passage that was typed by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its letters in the passage as it is printed.
    pub at: Range<usize>,
    pub is_date: bool,
    /// Whether it needs a figure or a source; a date of the report's time does not.
    pub is_asked: bool,
}

/// The text of a passage as it is printed, with blanks for what is bound or marked.
fn typed_text(passage: &Passage) -> String {
    let is_typed = |word: &Word| matches!(word, Word::Plain(_) | Word::Foreign { .. });
    let blank = |word: &Word| BLANK.repeat(word.text().len());
    passage.words.iter().map(|word| if is_typed(word) { word.text().to_owned() } else { blank(word) }).collect()
}

/// The figure of a number without the words behind it, alike in all languages: `12.5%` of `12,5 %`.
fn plain_figure(written: &str, wording: &Wording) -> String {
    let plain = wording.plain_digits(written).split_whitespace().collect::<Vec<_>>().join(" ").replace(" %", "%");
    plain.split(' ').next().unwrap_or_default().to_owned()
}

/// Stands for a letter of what is bound: no letter, no space and no mark.
const BLANK: &str = "\u{1a}";

#[cfg(test)]
mod tests;
