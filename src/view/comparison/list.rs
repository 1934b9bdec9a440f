//! The list of changes, section by section.

use serde::Serialize;

use super::passage::{Passage, of_sentence};
use super::{id_of, title_of};
use crate::compare::{Change, Comparison, Why, listed};

/// How many changes of a kind there are.
#[derive(Debug, PartialEq, Serialize)]
pub struct CountView {
    pub number: String,
    pub words: String,
}

/// The changes of a section.
#[derive(Debug, PartialEq, Serialize)]
pub struct AreaView {
    pub id: String,
    pub title: String,
    /// "5 to 12".
    pub numbers: String,
    pub is_open: bool,
    /// Whether its section is shown with its changes in place.
    pub is_shown: bool,
    pub changes: Vec<ChangeView>,
}

/// A change.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChangeView {
    pub number: usize,
    /// Whether it is shown in its place.
    pub is_shown: bool,
    pub what: String,
    pub was: String,
    pub is: String,
    pub difference: String,
    /// In words, and in pieces with the numbers of the changes that it follows from.
    pub why: String,
    pub from: Vec<FromView>,
    /// The address of a figure.
    pub address: Option<String>,
    /// The sentence that changed, word by word.
    pub sentence: Option<Passage>,
}

/// A stretch of a reason: words, or the number of another change.
#[derive(Debug, PartialEq, Serialize)]
pub struct FromView {
    pub text: String,
    pub number: Option<usize>,
}

pub fn counts(comparison: &Comparison) -> Vec<CountView> {
    let view = |(kind, count): (crate::compare::ChangeKind, usize)| CountView {
        number: comparison.wording.number(count.into()),
        words: kind.counted(count, comparison.wording),
    };
    comparison.counts().into_iter().map(view).collect()
}

/// The changes by section, the first few open where the list is folded.
pub fn areas(comparison: &Comparison, open: usize) -> Vec<AreaView> {
    let area = |(place, (area, changes)): (usize, (&crate::compare::Area, &[Change]))| {
        let numbers: Vec<usize> = changes.iter().map(|change| change.number).collect();
        AreaView {
            id: id_of(area),
            title: title_of(area, comparison.wording),
            numbers: listed(&numbers, comparison.wording),
            is_open: place < open,
            is_shown: false,
            changes: changes.iter().map(|change| view(comparison, change)).collect(),
        }
    };
    comparison.areas().enumerate().map(area).collect()
}

fn view(comparison: &Comparison, change: &Change) -> ChangeView {
    let why = change.why.words(comparison.wording);
    ChangeView {
        number: change.number,
        is_shown: false,
        what: change.what.clone(),
        was: change.was.clone(),
        is: change.is.clone(),
        difference: change.difference.clone(),
        from: from(&change.why, &why),
        why,
        address: change.address.clone(),
        sentence: change.sentence.as_ref().map(|fate| of_sentence(comparison, change.number, fate)),
    }
}

/// A reason cut at the numbers in it.
fn from(why: &Why, words: &str) -> Vec<FromView> {
    if !matches!(why, Why::Computed(_) | Why::Counted(_)) {
        return vec![FromView { text: words.to_owned(), number: None }];
    }
    let mut pieces: Vec<FromView> = Vec::new();
    for run in words.split_inclusive(|letter: char| !letter.is_ascii_digit()) {
        let digits = run.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let mut add = |text: &str, number: Option<usize>| match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.number.is_none() && number.is_none() => last.text.push_str(text),
            _ => pieces.push(FromView { text: text.to_owned(), number }),
        };
        add(digits, digits.parse().ok());
        add(&run[digits.len()..], None);
    }
    pieces
}
