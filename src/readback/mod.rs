//! Reads the figures back out of finished files, and compares them with what should stand there.
//!
//! In: the bytes of a web page and of a PDF, and the figures that were meant. Out: the [`Difference`]s. The steps:
//! [`html::figures`] and [`pdf::Reader`] read what was written, as a reader's program reads it and without asking the
//! parts that wrote it; [`compare_html`] holds the page against the figures, and [`compare_pdf`] the PDF against the page.
//! With the words of the PDF come those that cannot be read where they stand ([`guard`]).

mod actual;
mod align;
mod attachments;
mod bookmarks;
mod compare;
mod data;
mod digest;
mod drawing;
mod guard;
mod heading;
pub mod html;
mod listener;
mod lists;
pub mod pdf;
mod place;
mod printed;
mod run;
mod said;
mod scale;
mod search;
mod seen;
mod surface;
mod workbook;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::ops::Range;

pub use compare::{Subject, unreadable};
pub use data::{DataFault, DataFile, PackagedFile, ReadCsv, data_faults, package_faults};
pub use drawing::{ExpectedChart, ExpectedMark};
pub use guard::SeenWord;
pub use lists::misplaced;
pub use said::{Said, Stray, generated_numbers};
pub use seen::Style;
pub use workbook::workbook_faults;

use align::align;
use html::{ReadFigure, Stands};
use search::{Wanted, Words};

/// Words that stand in the place of a figure are shown up to this many bytes; more are running text.
const LONGEST_SHOWN: usize = 80;

/// So many pieces on both sides of where a figure should be are shown.
const AROUND: usize = 6;

/// A figure that should stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected<'a> {
    /// Id of the section in which it stands; empty outside of all.
    pub section: &'a str,
    /// The number that stands on the page for the fact that it shows, and the address of the fact.
    pub mark: usize,
    pub address: &'a str,
    pub text: &'a str,
}

/// A figure that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub section: String,
    pub address: String,
    /// The page on which it should stand, from 1, as far as that is known.
    pub page: Option<usize>,
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
    /// The words that stand where it should be are given where they are known.
    Missing {
        expected: String,
        around: Option<String>,
    },
    /// It should not be there, or not so often.
    Surplus {
        read: String,
    },
    /// It should be drawn in a chart, or drawn once.
    NotDrawn {
        expected: String,
    },
    DrawnTooOften,
    /// A chart that has nothing to draw.
    NothingDrawn,
    /// It is drawn as if it were another number, where that is known.
    Misdrawn {
        expected: String,
        read: Option<String>,
    },
    /// It is drawn in the place of another.
    Misplaced {
        expected: String,
    },
    /// The line to it or from it goes elsewhere.
    Misjoined {
        expected: String,
    },
    /// The axis that it is held against says another number there.
    MisreadAxis {
        expected: Option<String>,
        read: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.section.as_str() {
            "" => write!(f, "`{}` ", self.address)?,
            section => write!(f, "`{}` in section `{section}` ", self.address)?,
        }
        if let Some(page) = self.page {
            write!(f, "on page {page} ")?;
        }
        match &self.fault {
            Fault::Altered { expected, read } => write!(f, "should read `{expected}`, but reads `{read}`"),
            Fault::Missing { expected, around: None } => write!(f, "should read `{expected}`, but is missing"),
            Fault::Missing { expected, around: Some(words) } => {
                write!(f, "should read `{expected}`, but is missing; there stands `… {words} …`")
            }
            Fault::Surplus { read } => write!(f, "should not be there, but reads `{read}`"),
            Fault::NotDrawn { expected } => write!(f, "should be drawn as `{expected}`, but is not drawn"),
            Fault::NothingDrawn => write!(f, "has nothing to draw"),
            Fault::DrawnTooOften => write!(f, "should not be drawn here, or not so often"),
            Fault::Misdrawn { expected, read: Some(read) } => {
                write!(f, "should be drawn as `{expected}`, but is drawn as `{read}`")
            }
            Fault::Misdrawn { expected, read: None } => {
                write!(f, "should be drawn as `{expected}`, but is not drawn to the scale of its chart")
            }
            Fault::Misplaced { expected } => write!(f, "is drawn as `{expected}` in the place of another figure"),
            Fault::Misjoined { expected } => write!(f, "is drawn as `{expected}`, but a line beside it goes elsewhere"),
            Fault::MisreadAxis { expected: Some(expected), read } => {
                write!(f, "stands beside an axis that should read `{expected}`, but reads `{read}`")
            }
            Fault::MisreadAxis { expected: None, read } => {
                write!(f, "stands beside an axis that reads `{read}` and is no scale")
            }
        }
    }
}

/// Holds a page against the figures that were meant: the same ones as often, each in its section. What is missing comes
/// first, in the order in which it was expected, then what is too much, by section and address.
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
        figure.not_found(instead.map(|figure| figure.text.clone()))
    };
    let mut differences: Vec<Difference> = missing.iter().map(altered_or_missing).collect();
    differences.extend(read.into_values().flatten().map(ReadFigure::not_meant));
    differences
}

/// Holds a PDF against the figures of the page: each must stand in the text of the PDF, one after the other. The pages
/// are those that show what the page shows: in an appendix that lists the figures again, wrong ones would be found.
pub fn compare_pdf(expected: &[ReadFigure], pages: &[&str]) -> Vec<Difference> {
    let text = pages.join(" ");
    let words = Words::new(&text);
    let (figures, wanted): (Vec<&ReadFigure>, Vec<Wanted>) =
        expected.iter().filter_map(|figure| Some((figure, words.want(&figure.text)?))).unzip();
    let places = align(&words, &wanted);
    let missing = (0..figures.len()).filter(|index| places[*index].is_none());
    let difference = |index: usize| {
        let missing = figures[index].not_found(instead(&words, &wanted, &places, index));
        // It stands behind the last figure that was found.
        let Some(before) = places[..index].iter().rev().flatten().next() else { return missing };
        let page = Some(page_of(pages, words.at(before.start)));
        let around = || single_spaced(words.between(before.end.saturating_sub(AROUND)..before.end + AROUND));
        let fault = match missing.fault {
            Fault::Missing { expected, .. } => Fault::Missing { expected, around: Some(around()) },
            fault => fault,
        };
        Difference { page, fault, ..missing }
    };
    missing.map(difference).collect()
}

/// Where figures stand in a text, in bytes, one after the other; none for those that are not found in their order. Words
/// that a line may part are parted by `\n`.
pub fn places_of_figures(figures: &[&ReadFigure], text: &str) -> Vec<Option<Range<usize>>> {
    let words = Words::new(text);
    let (found, wanted): (Vec<usize>, Vec<Wanted>) =
        figures.iter().enumerate().filter_map(|(place, one)| Some((place, words.want(&one.text)?))).unzip();
    let mut places = vec![None; figures.len()];
    for (place, pieces) in found.into_iter().zip(align(&words, &wanted)) {
        places[place] = pieces.map(|pieces| words.at(pieces.start)..words.at(pieces.end));
    }
    places
}

/// The page, from 1, in which a byte of the joined text stands.
fn page_of(pages: &[&str], at: usize) -> usize {
    let ends = pages.iter().scan(0, |end, page| {
        *end += page.len() + 1;
        Some(*end)
    });
    (1 + ends.take_while(|end| *end <= at).count()).min(pages.len())
}

/// What stands in the place of a figure that is not found, where the figures on both sides of it are.
fn instead(words: &Words, wanted: &[Wanted], places: &[Option<Range<usize>>], index: usize) -> Option<String> {
    let next = places.get(index + 1)?.as_ref()?;
    let before = index.checked_sub(1).filter(|before| places[*before].is_some())?;
    let last = words.last(&wanted[before], next.start)?;
    let between = words.between(last.end..next.start);
    (!between.is_empty() && between.len() <= LONGEST_SHOWN).then(|| single_spaced(between))
}

impl ReadFigure {
    fn place(&self) -> (&str, &str) {
        (&self.section, &self.address)
    }

    fn not_found(&self, instead: Option<String>) -> Difference {
        let expected = self.text.clone();
        self.difference(match instead {
            Some(read) => Fault::Altered { expected, read },
            None => Fault::Missing { expected, around: None },
        })
    }

    fn not_meant(&self) -> Difference {
        self.difference(Fault::Surplus { read: self.text.clone() })
    }

    fn difference(&self, fault: Fault) -> Difference {
        Difference { section: self.section.clone(), address: self.address.clone(), page: None, fault }
    }
}

impl From<&Expected<'_>> for ReadFigure {
    fn from(expected: &Expected) -> Self {
        let Expected { section, address, text, .. } = *expected;
        Self {
            section: section.to_owned(),
            address: address.to_owned(),
            text: single_spaced(text),
            stands: Stands::InText,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    fn read(section: &str, address: &str, text: &str) -> ReadFigure {
        let stands = Stands::InText;
        ReadFigure { section: section.to_owned(), address: address.to_owned(), text: text.to_owned(), stands }
    }

    /// Figures of a page, each with its place in the list as its address.
    fn figures<S: AsRef<str>>(texts: &[S]) -> Vec<ReadFigure> {
        texts.iter().enumerate().map(|(index, text)| read("s", &index.to_string(), text.as_ref())).collect()
    }

    fn lines(differences: &[Difference]) -> Vec<String> {
        differences.iter().map(Difference::to_string).collect()
    }

    fn check_html(expected: &[(&str, &str, &str)], page: &[(&str, &str, &str)], differences: &[&str]) {
        let expected: Vec<Expected> =
            expected.iter().map(|&(section, address, text)| Expected { section, mark: 0, address, text }).collect();
        let page: Vec<ReadFigure> = page.iter().map(|(section, address, text)| read(section, address, text)).collect();
        assert_eq!(lines(&compare_html(&expected, &page)), differences);
    }

    fn check_pdf(figures_of_page: &[&str], pages: &[&str], differences: &[&str]) {
        assert_eq!(lines(&compare_pdf(&figures(figures_of_page), pages)), differences);
    }

    #[test]
    fn a_page_with_the_figures_that_were_meant_is_right_in_any_order() {
        check_html(
            &[("s", "a", "1"), ("s", "b", "2\u{a0}%"), ("s", "a", "1")],
            &[("s", "b", "2 %"), ("s", "a", "1"), ("s", "a", "1")],
            &[],
        );
    }

    #[test]
    fn a_page_is_told_what_it_reads_instead_of_what_it_should() {
        check_html(
            &[("s", "a", "1"), ("s", "b", "2"), ("t", "b", "2"), ("", "c", "3")],
            &[("s", "b", "4"), ("s", "a", "1"), ("s", "a", "1"), ("u", "b", "2")],
            &[
                "`b` in section `s` should read `2`, but reads `4`",
                "`b` in section `t` should read `2`, but is missing",
                "`c` should read `3`, but is missing",
                "`a` in section `s` should not be there, but reads `1`",
                "`b` in section `u` should not be there, but reads `2`",
            ],
        );
    }

    /// A contents page, running text, and a table that goes on over the page with its head repeated.
    const FAITHFUL: [&str; 4] = [
        "Contents Introduction 3 Results 12",
        "Introduction In 2016/17 we had 39 indicators; 21 of them were green, which is",
        "54%. Name Q1 Q2 Target 1. Coding 45 £2,187,920 29 £1,796,345 N/A Quarterly",
        "Name Q1 Q2 Target 2. Contracts 41% 75 of 182 76% 137 of 182 100% Annual",
    ];
    const FIGURES: [&str; 15] = [
        "39",
        "21",
        "54%",
        "45",
        "£2,187,920",
        "29",
        "£1,796,345",
        "N/A",
        "Quarterly",
        "41%",
        "75 of 182",
        "76%",
        "137 of 182",
        "100%",
        "Annual",
    ];

    #[test]
    fn a_faithful_pdf_is_right() {
        check_pdf(&FIGURES, &FAITHFUL, &[]);
        check_pdf(&[], &FAITHFUL, &[]);
        check_pdf(&["", " "], &[], &[]);
    }

    #[test]
    fn a_wrong_figure_is_told_alone_and_with_what_stands_in_its_place() {
        let altered = |from: &str, to: &str| FAITHFUL.map(|page| page.replace(from, to));
        let check = |from: &str, to: &str, difference: &str| {
            check_pdf(&FIGURES, &altered(from, to).each_ref().map(String::as_str), &[difference]);
        };
        check(
            "£2,187,920",
            "£2,187,290",
            "`4` in section `s` on page 3 should read `£2,187,920`, but reads `£2,187,290`",
        );
        check(
            " 29 ",
            " ",
            "`5` in section `s` on page 3 should read `29`, but is missing; there stands `… £2,187,920 £1,796,345 …`",
        );
        check("76%", "76.5%", "`11` in section `s` on page 4 should read `76%`, but reads `76.5%`");
        check(
            "75 of 182 76%",
            "76% 75 of 182",
            "`10` in section `s` on page 4 should read `75 of 182`, but is missing; there stands `… Target 2. Contracts 41% 76% 75 of 182 137 …`",
        );
    }

    #[test]
    fn a_wrong_figure_is_not_found_a_hundred_pages_on() {
        let table: Vec<String> = (0..2_000).map(|row| format!("{}", row % 100)).collect();
        let mut altered = table.clone();
        altered[700] = "x".to_owned();
        let difference = "`700` in section `s` on page 1 should read `0`, but reads `x`";
        assert_eq!(lines(&compare_pdf(&figures(&table), &[&*altered.join(" ")])), [difference]);
    }

    #[test]
    fn a_pdf_without_the_figures_is_told_all_of_them() {
        let table: Vec<String> = (0..3_000).map(|row| row.to_string()).collect();
        assert_eq!(compare_pdf(&figures(&table), &[]).len(), table.len());
        let second_half = table[1_500..].join(" ");
        assert_eq!(compare_pdf(&figures(&table), &[&*second_half]).len(), 1_500);
    }

    /// Figures as reports have them, few enough that the same come again and again, and none with another in it.
    fn figure() -> impl Strategy<Value = String> {
        prop_oneof![
            (0..30_u32).prop_map(|number| number.to_string()),
            (0..30_u32).prop_map(|number| format!("{number}%")),
            (0..30_u32, 0..4_u32).prop_map(|(number, tenths)| format!("{number}.{tenths} weeks")),
            (0..3_u32, 0..9_u32).prop_map(|(thousands, rest)| format!("£{thousands},00{rest}")),
            (40..49_u32, 40..49_u32).prop_map(|(part, whole)| format!("{part} of {whole}")),
            (0..9_u32).prop_map(|number| format!("-{number}")),
            Just("N/A".to_owned()),
            Just("–".to_owned()),
        ]
    }

    /// A text in which the figures stand, each before some words.
    fn text(figures: &[(String, String)]) -> Vec<String> {
        let pages = figures.chunks(7).map(|page| page.iter().map(|(figure, noise)| format!("{figure} {noise}")));
        pages.map(|page| page.collect::<Vec<_>>().join(" ")).collect()
    }

    fn in_the_pdf(page: &[(String, String)], pdf: &[(String, String)]) -> Vec<Difference> {
        let text = text(pdf);
        compare_pdf(&on_page(page), &text.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn on_page(figures: &[(String, String)]) -> Vec<ReadFigure> {
        self::figures(&figures.iter().map(|(figure, _)| figure).collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn faithful_text_is_right(figures in vec((figure(), "([a-z]{1,5}[.,]? ?){0,3}"), 0..60)) {
            prop_assert_eq!(in_the_pdf(&figures, &figures), []);
        }

        #[test]
        fn an_altered_figure_is_told(
            figures in vec((figure(), "([a-z]{1,5}[.,]? ?){0,3}"), 1..60), at: Index, instead in figure(),
        ) {
            let mut altered = figures.clone();
            let at = at.index(figures.len());
            prop_assume!(altered[at].0 != instead);
            altered[at].0 = instead;
            prop_assert_eq!(in_the_pdf(&figures, &altered).len(), 1);
        }

        #[test]
        fn a_dropped_figure_is_told(
            figures in vec((figure(), "([a-z]{1,5}[.,]? ?){0,3}"), 1..60), at: Index,
        ) {
            let mut altered = figures.clone();
            altered[at.index(figures.len())].0.clear();
            prop_assert_eq!(in_the_pdf(&figures, &altered).len(), 1);
        }

        #[test]
        fn swapped_neighbours_are_told(
            figures in vec((figure(), "([a-z]{1,5}[.,]? ?){0,3}"), 2..60), at: Index,
        ) {
            let mut altered = figures.clone();
            let at = at.index(figures.len() - 1);
            prop_assume!(altered[at].0 != altered[at + 1].0);
            altered.swap(at, at + 1);
            prop_assert!(!in_the_pdf(&figures, &altered).is_empty());
        }
    }
}
