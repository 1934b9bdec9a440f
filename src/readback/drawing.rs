//! Holds what charts draw against the figures that are drawn.
//!
//! In: the marks of a chart as they were read, with their places in per cent of their box, and the numbers that they
//! stand for. Out: what is not drawn, is drawn too often, or stands elsewhere than the scale of its chart says: the one
//! on which most marks, and the figures of its axis, stand.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::scale::{NEAR, Sample, Scale, number};
use super::{Difference, Fault};
use crate::wording::Wording;

/// A chart that should stand in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedChart<'a> {
    /// Id of the section in which it stands.
    pub section: &'a str,
    /// The number that fills its box, where that is not left to the figures.
    pub whole: Option<f64>,
    /// Whether the PDF may draw it in another form.
    pub is_of_page: bool,
    pub marks: Vec<ExpectedMark<'a>>,
}

/// A mark that should be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedMark<'a> {
    /// The number that stands on the page for the fact that it draws, and the address of the fact.
    pub mark: usize,
    pub address: &'a str,
    pub text: &'a str,
    /// From which to which number it reaches; a point stands at one.
    pub from: f64,
    pub to: f64,
    /// Its place among those along the axis.
    pub place: usize,
    /// How many places it goes across from there on, from edge to edge: a target, a limit, or the field between two. None
    /// of what stands in the middle of one.
    pub across: Option<usize>,
}

/// A chart as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadChart {
    pub section: String,
    pub marks: Vec<ReadMark>,
    pub axis: Vec<AxisFigure>,
    /// Lines from one mark to the next.
    pub joins: Vec<[Spot; 2]>,
}

/// A place in the box, in per cent to the right and up.
pub type Spot = (f64, f64);

/// A mark as it was read; what cannot be read is no number. In per cent of the box, to the right or up.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadMark {
    /// The number that stands for the fact that it draws.
    pub of: String,
    pub shape: Shape,
    pub low: f64,
    pub high: f64,
    /// Where its middle stands along the axis; none where marks stand one under the other.
    pub across: Option<f64>,
    /// How wide it is along the axis; nothing of a point.
    pub width: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Area,
    Point,
    Line,
}

/// A figure beside the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisFigure {
    pub at: f64,
    pub text: String,
    /// What it says, where that is a number.
    pub number: Option<f64>,
}

impl AxisFigure {
    /// A figure as English writes it.
    pub fn of(at: f64, text: String) -> Self {
        Self { at, number: number(&text), text }
    }

    /// The same as a language writes it.
    pub fn read_in(self, wording: &Wording) -> Self {
        Self { number: number(&wording.plain_digits(&self.text)), ..self }
    }
}

impl ExpectedMark<'_> {
    /// Where it should begin and end.
    pub fn samples(&self, read: &ReadMark) -> [Sample; 2] {
        [(self.from.min(self.to), read.low), (self.from.max(self.to), read.high)]
    }

    /// The places along the axis of its middle, or of both its ends, and where they should be.
    fn along(&self, read: &ReadMark) -> Vec<Sample> {
        let (place, half) = (self.place as f64, read.width / 2.0);
        match (read.across, self.across) {
            (None, _) => Vec::new(),
            (Some(middle), None) => vec![(place, middle)],
            (Some(middle), Some(count)) => {
                vec![(place - 0.5, middle - half), (place + count as f64 - 0.5, middle + half)]
            }
        }
    }
}

impl ReadMark {
    pub fn is_at(&self, (across, up): Spot) -> bool {
        self.off((across, up)) <= NEAR && (self.low - up).abs() <= NEAR
    }

    /// How far along the axis it is from a place.
    fn off(&self, (across, _): Spot) -> f64 {
        self.across.map_or(f64::MAX, |own| (own - across).abs())
    }
}

/// Holds the charts of a page against those that were meant, each in its section.
pub fn compare_charts(expected: &[ExpectedChart], read: &[ReadChart]) -> Vec<Difference> {
    let mut by_section: BTreeMap<&str, VecDeque<&ReadChart>> = BTreeMap::new();
    read.iter().for_each(|chart| by_section.entry(&chart.section).or_default().push_back(chart));
    let nothing = ReadChart::default();
    let compare = |chart: &ExpectedChart| {
        let read = by_section.get_mut(chart.section).and_then(VecDeque::pop_front);
        compare_chart(chart, read.unwrap_or(&nothing))
    };
    let mut differences: Vec<Difference> = expected.iter().flat_map(compare).collect();
    differences.extend(
        by_section.into_values().flatten().flat_map(|chart| {
            chart.marks.iter().map(|mark| difference(&chart.section, &mark.of, Fault::DrawnTooOften))
        }),
    );
    differences
}

fn compare_chart(expected: &ExpectedChart, read: &ReadChart) -> Vec<Difference> {
    if expected.marks.is_empty() && !expected.is_of_page {
        return vec![difference(expected.section, "chart", Fault::NothingDrawn)];
    }
    let mut left: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, mark) in read.marks.iter().enumerate() {
        left.entry(mark.of.clone()).or_default().push_back(place);
    }
    let (mut differences, mut drawn) = (Vec::new(), Vec::new());
    for mark in &expected.marks {
        match left.get_mut(&mark.mark.to_string()).and_then(VecDeque::pop_front) {
            Some(place) => drawn.push((place, mark, &read.marks[place])),
            None => {
                let fault = Fault::NotDrawn { expected: mark.text.to_owned() };
                differences.push(difference(expected.section, mark.address, fault));
            }
        }
    }
    let mut surplus: Vec<usize> = left.into_values().flatten().collect();
    surplus.sort_unstable();
    let address = |of: &str| {
        let known = expected.marks.iter().find(|mark| mark.mark.to_string() == of);
        known.map_or_else(|| of.to_owned(), |mark| mark.address.to_owned())
    };
    let too_often = |place: usize| difference(expected.section, &address(&read.marks[place].of), Fault::DrawnTooOften);
    differences.extend(surplus.into_iter().map(too_often));
    differences.extend(off_the_scale(expected, &drawn, &read.axis));
    differences.extend(out_of_place(expected.section, &drawn));
    let ends = read.joins.iter().flatten();
    let joined: Vec<&DrawnMark> = drawn.iter().filter(|(_, mark, _)| mark.across.is_none()).collect();
    let is_astray = |end: &&Spot| !joined.iter().any(|(.., mark)| mark.is_at(**end));
    differences.extend(ends.filter(is_astray).filter_map(|end| {
        let (_, mark, _) = joined.iter().min_by(|one, other| one.2.off(*end).total_cmp(&other.2.off(*end)))?;
        Some(Fault::Misjoined { expected: mark.text.to_owned() }.of(expected.section, mark))
    }));
    differences
}

/// A mark that was read, its place among all, and what it should be.
type DrawnMark<'m> = (usize, &'m ExpectedMark<'m>, &'m ReadMark);

/// The marks, and the figures of the axis, that are not where their numbers stand.
fn off_the_scale(expected: &ExpectedChart, drawn: &[DrawnMark], axis: &[AxisFigure]) -> Vec<Difference> {
    let Some((_, first, _)) = drawn.first() else { return Vec::new() };
    let of_axis = axis.iter().filter_map(|one| Some((one.number?, one.at)));
    let marks = drawn.iter().flat_map(|(_, mark, read)| mark.samples(read));
    // A chart is read by its axis, if that is a scale.
    let of_axis: Vec<Sample> = of_axis.collect();
    let by_axis = (of_axis.len() > 1).then(|| Scale::of(&of_axis)).flatten();
    let by_axis = by_axis.filter(|scale| of_axis.iter().all(|sample| scale.holds(*sample)));
    let whole = expected.whole.map(|whole| (whole, 100.0));
    let samples: Vec<Sample> = of_axis.into_iter().chain(marks).chain(whole).collect();
    let scale = by_axis.or_else(|| Scale::of(&samples));
    let shown = |at: f64| scale.and_then(|scale| scale.number(at)).map(|number| shown(number, &samples));
    let is_off = |sample: Sample| scale.is_none_or(|scale| !scale.holds(sample));
    let misread = |one: &AxisFigure| {
        let is_wrong = one.number.is_none_or(|number| is_off((number, one.at)));
        let fault = Fault::MisreadAxis { expected: shown(one.at), read: one.text.clone() };
        is_wrong.then(|| difference(expected.section, first.address, fault))
    };
    let misdrawn = |(_, mark, read): &DrawnMark| {
        let [low, high] = mark.samples(read);
        if !is_off(low) && !is_off(high) {
            return None;
        }
        let read = scale.and_then(|scale| reading(scale, &samples, mark, read.low, read.high));
        Some(difference(expected.section, mark.address, Fault::Misdrawn { expected: mark.text.to_owned(), read }))
    };
    axis.iter().filter_map(misread).chain(drawn.iter().filter_map(misdrawn)).collect()
}

/// The marks that stand in the place of others: along the axis, or one under the other.
fn out_of_place(section: &str, drawn: &[DrawnMark]) -> Vec<Difference> {
    let along: Vec<Sample> = drawn.iter().flat_map(|(_, mark, read)| mark.along(read)).collect();
    let scale = Scale::of(&along);
    let mut places: Vec<usize> = drawn.iter().map(|(place, ..)| *place).collect();
    places.sort_unstable();
    let is_out = |(meant, (place, mark, read)): &(&usize, &DrawnMark)| match read.across {
        Some(_) => mark.along(read).into_iter().any(|sample| scale.is_none_or(|scale| !scale.holds(sample))),
        None => *meant != place,
    };
    let misplaced =
        |(_, (_, mark, _)): (&usize, &DrawnMark)| Fault::Misplaced { expected: mark.text.to_owned() }.of(section, mark);
    places.iter().zip(drawn).filter(is_out).map(misplaced).collect()
}

impl Fault {
    fn of(self, section: &str, mark: &ExpectedMark) -> Difference {
        difference(section, mark.address, self)
    }
}

/// As what number a mark is drawn that reaches from one place of its scale to another; none where that cannot be told, or
/// where it is its own.
pub fn reading(scale: Scale, samples: &[Sample], mark: &ExpectedMark, low: f64, high: f64) -> Option<String> {
    // What stands for the figure is its far end; a part of a stack begins where the one before it ends.
    let far = scale.number(if mark.to < mark.from { low } else { high })?;
    let number = if mark.from == mark.to || mark.across.is_some() { far } else { far - mark.from };
    Some(shown(number, samples)).filter(|read| read != mark.text)
}

pub fn difference(section: &str, address: &str, fault: Fault) -> Difference {
    Difference { section: section.to_owned(), address: address.to_owned(), page: None, fault }
}

/// A number that was read off a scale with these samples, as exactly as it can be.
fn shown(number: f64, samples: &[Sample]) -> String {
    let ends = samples.iter().fold((f64::MAX, f64::MIN), |(low, high), (one, _)| (low.min(*one), high.max(*one)));
    let decimals = match ends.1 - ends.0 {
        300.0.. => 0,
        30.0.. => 1,
        3.0.. => 2,
        _ => 3,
    };
    let text = format!("{number:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    /// Figures by their places, each with the letter of its place as its address.
    fn expected(numbers: &[(f64, f64)]) -> Vec<ExpectedMark<'static>> {
        let mark = |(place, (from, to)): (usize, &(f64, f64))| ExpectedMark {
            mark: place + 1,
            address: ["a", "b", "c", "d"][place % 4],
            text: "it",
            from: *from,
            to: *to,
            place,
            across: None,
        };
        numbers.iter().enumerate().map(mark).collect()
    }

    fn chart(marks: Vec<ExpectedMark<'_>>) -> ExpectedChart<'_> {
        ExpectedChart { section: "s", whole: None, is_of_page: false, marks }
    }

    fn bar(of: usize, low: f64, high: f64) -> ReadMark {
        ReadMark { of: of.to_string(), shape: Shape::Area, low, high, across: None, width: 0.0 }
    }

    fn point(of: usize, across: f64, at: f64) -> ReadMark {
        ReadMark { of: of.to_string(), shape: Shape::Point, low: at, high: at, across: Some(across), width: 0.0 }
    }

    fn check(numbers: &[(f64, f64)], marks: Vec<ReadMark>, axis: &[(&str, f64)], differences: &[&str]) {
        let axis = axis.iter().map(|(text, at)| AxisFigure::of(*at, (*text).to_owned())).collect();
        let read = ReadChart { section: "s".to_owned(), marks, axis, joins: Vec::new() };
        let found = compare_charts(&[chart(expected(numbers))], &[read]);
        assert_eq!(found.iter().map(Difference::to_string).collect::<Vec<_>>(), differences);
    }

    const BARS: [(f64, f64); 3] = [(0.0, 4.0), (0.0, 2.0), (0.0, -1.0)];

    #[test]
    fn bars_are_as_long_as_their_figures_from_nought() {
        check(&BARS, vec![bar(1, 20.0, 100.0), bar(2, 20.0, 60.0), bar(3, 0.0, 20.0)], &[], &[]);
        check(
            &BARS,
            vec![bar(1, 20.0, 100.0), bar(2, 20.0, 100.0), bar(3, 0.0, 20.0)],
            &[],
            &["`b` in section `s` should be drawn as `it`, but is drawn as `4`"],
        );
        // One that does not begin at nought has no length that could be read.
        let elsewhere = vec![bar(1, 20.0, 100.0), bar(2, 30.0, 60.0), bar(3, 0.0, 20.0)];
        check(&BARS, elsewhere, &[], &["`b` in section `s` should be drawn as `it`, but is drawn as `2`"]);
        let none = vec![bar(1, 0.0, 0.0), bar(2, 0.0, 0.0), bar(3, 0.0, 0.0)];
        let unscaled = |of: &str| {
            format!("`{of}` in section `s` should be drawn as `it`, but is not drawn to the scale of its chart")
        };
        check(&BARS, none, &[], &[&unscaled("a"), &unscaled("b"), &unscaled("c")]);
    }

    #[test]
    fn every_figure_is_drawn_once_and_in_its_place() {
        check(
            &BARS,
            vec![bar(1, 20.0, 100.0), bar(1, 20.0, 100.0), bar(3, 0.0, 20.0)],
            &[],
            &[
                "`b` in section `s` should be drawn as `it`, but is not drawn",
                "`a` in section `s` should not be drawn here, or not so often",
            ],
        );
        check(
            &BARS,
            vec![bar(2, 20.0, 60.0), bar(1, 20.0, 100.0), bar(3, 0.0, 20.0)],
            &[],
            &[
                "`a` in section `s` is drawn as `it` in the place of another figure",
                "`b` in section `s` is drawn as `it` in the place of another figure",
            ],
        );
        let line = [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 4.0)];
        let moved = [(1, 10.0, 20.0), (2, 30.0, 40.0), (3, 50.0, 60.0), (4, 80.0, 80.0)];
        let moved = moved.map(|(of, across, at)| point(of, across, at)).to_vec();
        check(&line, moved, &[], &["`d` in section `s` is drawn as `it` in the place of another figure"]);
        assert_eq!(compare_charts(&[chart(expected(&line))], &[]).len(), 4, "a chart is left out");
        check(&[], Vec::new(), &[], &["`chart` in section `s` has nothing to draw"]);
    }

    #[test]
    fn a_chart_is_read_by_its_axis() {
        let line = [(10.0, 10.0), (10.0, 10.0), (10.0, 10.0)];
        let low = || vec![point(1, 0.0, 5.0), point(2, 50.0, 5.0), point(3, 100.0, 5.0)];
        let told = |of: &str| format!("`{of}` in section `s` should be drawn as `it`, but is drawn as `1`");
        let axis = [("0", 0.0), ("10", 50.0), ("20", 100.0)];
        check(&line, low(), &axis, &[&told("a"), &told("b"), &told("c")]);
        let line = [(10.0, 10.0), (15.0, 15.0), (20.0, 20.0)];
        let right = || vec![point(1, 0.0, 50.0), point(2, 50.0, 75.0), point(3, 100.0, 100.0)];
        check(&line, right(), &axis, &[]);
        check(
            &line,
            right(),
            &[("0", 0.0), ("12", 50.0), ("20", 100.0)],
            &["`a` in section `s` stands beside an axis that should read `10`, but reads `12`"],
        );
        check(
            &line,
            right(),
            &[("none", 0.0), ("10", 50.0), ("20", 100.0)],
            &["`a` in section `s` stands beside an axis that should read `0`, but reads `none`"],
        );
    }

    /// Heights of numbers from -50 to 50, as they are written on a page.
    fn drawn(numbers: &[i32]) -> Vec<ReadMark> {
        let height = |number: &i32| (f64::from(number + 50) * 100.0 / 137.0 * 100.0).round() / 100.0;
        let across = |place: usize| (place as f64 * 1000.0 / 7.0).round() / 100.0;
        numbers.iter().enumerate().map(|(place, number)| point(place + 1, across(place), height(number))).collect()
    }

    fn differences(numbers: &[i32], marks: Vec<ReadMark>) -> Vec<Difference> {
        let meant: Vec<(f64, f64)> = numbers.iter().map(|one| (f64::from(*one), f64::from(*one))).collect();
        let read = ReadChart { section: "s".to_owned(), marks, ..ReadChart::default() };
        compare_charts(&[chart(expected(&meant))], &[read])
    }

    proptest! {
        #[test]
        fn a_faithful_drawing_is_right(numbers in vec(-50..=50_i32, 1..80)) {
            prop_assert_eq!(differences(&numbers, drawn(&numbers)), []);
        }

        #[test]
        fn points_that_are_exchanged_are_told(numbers in vec(-50..=50_i32, 2..80), one: Index, other: Index) {
            let (one, other) = (one.index(numbers.len()), other.index(numbers.len()));
            prop_assume!(numbers[one] != numbers[other]);
            let mut marks = drawn(&numbers);
            let (low, high) = (marks[one].low, marks[other].low);
            (marks[one].low, marks[one].high, marks[other].low, marks[other].high) = (high, high, low, low);
            prop_assert!(!differences(&numbers, marks).is_empty());
        }
    }
}
