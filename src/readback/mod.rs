//! Reads the figures back out of finished files, and compares them with what should stand there.
//!
//! In: the bytes of a web page and of a PDF, and the figures that were meant. Out: the [`Difference`]s. The steps:
//! [`html::figures`] and [`pdf::pages`] read what was written, as a reader's program reads it and without asking the
//! parts that wrote it; [`compare_html`] holds the page against the figures, and [`compare_pdf`] the PDF against the page.

mod align;
mod compare;
pub mod html;
pub mod pdf;
mod search;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::ops::Range;

pub use compare::compare;

use align::align;
use html::ReadFigure;
use search::{Wanted, Words};

/// Words that stand in the place of a figure are shown up to this many bytes; more are running text.
const LONGEST_SHOWN: usize = 80;

/// A figure that should stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected<'a> {
    /// Id of the section in which it stands; empty outside of all.
    pub section: &'a str,
    /// Address of the fact that it shows.
    pub address: &'a str,
    pub text: &'a str,
}

/// A figure that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub section: String,
    pub address: String,
    pub fault: Fault,
}

/// What is wrong with a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Something else stands in its place.
    Altered {
        expected: String,
        read: String,
    },
    Missing {
        expected: String,
    },
    /// It should not be there, or not so often.
    Surplus {
        read: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.section.as_str() {
            "" => write!(f, "`{}` ", self.address)?,
            section => write!(f, "`{}` in section `{section}` ", self.address)?,
        }
        match &self.fault {
            Fault::Altered { expected, read } => write!(f, "should read `{expected}`, but reads `{read}`"),
            Fault::Missing { expected } => write!(f, "should read `{expected}`, but is missing"),
            Fault::Surplus { read } => write!(f, "should not be there, but reads `{read}`"),
        }
    }
}

/// Holds a page against the figures that were meant: the same ones as often, each in its section. What is missing comes
/// first, in the order in which it was expected, then what is too much, in the order of the page.
pub fn compare_html(expected: &[Expected], read: &[ReadFigure]) -> Vec<Difference> {
    let expected: Vec<ReadFigure> = expected.iter().map(Into::into).collect();
    let missing = without(&expected, read);
    let surplus = without(read, &expected);
    pair_up(&missing, &surplus)
}

/// The figures of the one list that the other has not, or not so often.
fn without<'a>(figures: &'a [ReadFigure], others: &[ReadFigure]) -> Vec<&'a ReadFigure> {
    let mut counts: BTreeMap<&ReadFigure, usize> = BTreeMap::new();
    others.iter().for_each(|other| *counts.entry(other).or_default() += 1);
    let is_left = |figure: &&ReadFigure| match counts.get_mut(*figure) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    figures.iter().filter(is_left).collect()
}

/// Says of each missing figure what was read at its place, if anything was.
fn pair_up<'a>(missing: &[&'a ReadFigure], surplus: &[&'a ReadFigure]) -> Vec<Difference> {
    let mut read: BTreeMap<(&str, &str), VecDeque<&ReadFigure>> = BTreeMap::new();
    surplus.iter().for_each(|figure| read.entry(figure.place()).or_default().push_back(figure));
    let altered_or_missing = |figure: &&'a ReadFigure| {
        let instead = read.get_mut(&figure.place()).and_then(VecDeque::pop_front);
        figure.not_found(instead.map(|figure| figure.text.as_str()))
    };
    let mut differences: Vec<Difference> = missing.iter().map(altered_or_missing).collect();
    differences.extend(read.into_values().flatten().map(ReadFigure::not_meant));
    differences
}

/// Holds a PDF against the figures of the page: each must stand in the text of the PDF, one after the other.
pub fn compare_pdf(expected: &[ReadFigure], pages: &[String]) -> Vec<Difference> {
    let text = pages.join(" ");
    let words = Words::new(&text);
    let (figures, wanted): (Vec<&ReadFigure>, Vec<Wanted>) =
        expected.iter().filter_map(|figure| Some((figure, words.want(&figure.text)?))).unzip();
    let places = align(&words, &wanted);
    let missing = (0..figures.len()).filter(|index| places[*index].is_none());
    missing.map(|index| figures[index].not_found(instead(&words, &wanted, &places, index))).collect()
}

/// What stands in the place of a figure that is not found, where the figures on both sides of it are.
fn instead<'w>(words: &Words<'w>, wanted: &[Wanted], places: &[Option<Range<usize>>], index: usize) -> Option<&'w str> {
    let next = places.get(index + 1)?.as_ref()?;
    let before = index.checked_sub(1).filter(|before| places[*before].is_some())?;
    let last = words.last(&wanted[before], next.start)?;
    Some(words.between(last.end..next.start)).filter(|words| !words.is_empty() && words.len() <= LONGEST_SHOWN)
}

impl ReadFigure {
    fn place(&self) -> (&str, &str) {
        (&self.section, &self.address)
    }

    fn not_found(&self, instead: Option<&str>) -> Difference {
        let expected = self.text.clone();
        self.difference(match instead {
            Some(read) => Fault::Altered { expected, read: read.to_owned() },
            None => Fault::Missing { expected },
        })
    }

    fn not_meant(&self) -> Difference {
        self.difference(Fault::Surplus { read: self.text.clone() })
    }

    fn difference(&self, fault: Fault) -> Difference {
        Difference { section: self.section.clone(), address: self.address.clone(), fault }
    }
}

impl From<&Expected<'_>> for ReadFigure {
    fn from(expected: &Expected) -> Self {
        let Expected { section, address, text } = *expected;
        Self { section: section.to_owned(), address: address.to_owned(), text: single_spaced(text) }
    }
}

/// A text with single spaces between its words.
fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A character as it is seen: all hyphens alike, and none of those that only steer the setting of a text.
fn plain(char: char) -> Option<char> {
    match char {
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        _ => Some(char),
    }
}
