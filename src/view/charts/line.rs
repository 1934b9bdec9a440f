//! The small line of an indicator's periods, with its target.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{Point, Scale, rounded};
use crate::wording::Wording;

/// Kept free at every edge, so that the dots are whole.
const EDGE: i32 = 8;

/// How large the box of a line is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LineBox {
    /// Beside figures.
    Small,
    /// In the place of figures.
    Wide,
}

/// A line in a box of units. Nothing stands at the foot of it, or inside it where a result or the target is less; where results
/// and targets lie so near to each other that they could not be told apart, the foot is near the least of them. A period
/// without a result is a gap.
#[derive(Debug, PartialEq, Serialize)]
pub struct LineView {
    pub width: i32,
    pub height: i32,
    /// What the line says: "Up from 41% to 97%; target 100%".
    pub description: String,
    /// Points of periods that follow each other.
    pub runs: Vec<Vec<Point>>,
    /// The last result.
    pub last: Option<Point>,
    /// The targets that the results can be held against, one after the other: from left to right, from the upper edge to
    /// the lower, which are one where the target is no range.
    pub targets: Vec<[i32; 4]>,
    /// How far down nothing stands, where it stands inside.
    pub nothing: Option<i32>,
    /// Whether its foot is not nothing.
    pub is_cut: bool,
    /// How far to the right each period stands.
    pub places: Vec<i32>,
}

/// The result of a period: its number and the words that are printed for it.
pub type LineResult = Option<(Decimal, String)>;

/// A target from a period on: its figure, and the upper end of a range.
#[derive(Debug, Clone, Copy)]
pub struct LineTarget {
    pub from: usize,
    pub figure: Decimal,
    pub to: Option<Decimal>,
}

impl LineBox {
    fn size(self) -> (i32, i32) {
        match self {
            LineBox::Small => (240, 72),
            LineBox::Wide => (800, 144),
        }
    }
}

/// Draws the results of the periods, each with its name, and the targets, where the results can be held against them.
/// `aim` is the target as it is printed.
pub fn line(
    within: LineBox,
    periods: &[(&str, LineResult)],
    targets: &[LineTarget],
    aim: &str,
    wording: &Wording,
) -> LineView {
    let (width, height) = within.size();
    let results = || periods.iter().filter_map(|(_, result)| result.as_ref());
    let ends = targets.iter().flat_map(|target| [target.figure].into_iter().chain(target.to));
    let scale = Scale::that_parts(results().map(|(result, _)| *result).chain(ends));
    let down = |result: Decimal| {
        height - EDGE - rounded(scale.share(result).to_f64().unwrap_or_default() * f64::from(height - 2 * EDGE))
    };
    let steps = i32::try_from(periods.len()).unwrap_or(1).saturating_sub(1).max(1);
    let right = |place: usize| EDGE + (width - 2 * EDGE) * i32::try_from(place).unwrap_or(0) / steps;
    let point = |(place, (_, result)): (usize, &(&str, LineResult))| {
        result.as_ref().map(|(result, _)| (right(place), down(*result)))
    };
    let points: Vec<Option<Point>> = periods.iter().enumerate().map(point).collect();
    let runs = points.split(Option::is_none).map(|run| run.iter().copied().flatten().collect::<Vec<_>>());
    // A target changes half-way between two periods.
    let border = |place: usize| if place == 0 { 0 } else { (right(place - 1) + right(place)) / 2 };
    let target = |(place, target): (usize, &LineTarget)| {
        let end = targets.get(place + 1).map_or(width, |next| border(next.from));
        [border(target.from), end, down(target.to.unwrap_or(target.figure)), down(target.figure)]
    };
    LineView {
        width,
        height,
        description: described(periods, aim, wording),
        runs: runs.filter(|run| !run.is_empty()).collect(),
        last: points.iter().rev().find_map(|point| *point),
        targets: targets.iter().enumerate().map(target).collect(),
        nothing: scale.goes_below().then(|| down(Decimal::ZERO)),
        is_cut: !scale.goes_below() && !scale.begins_at_nothing(),
        places: (0..periods.len()).map(right).collect(),
    }
}

/// The line in words: how the results went from the first that there is to the last, where they have gaps or lie below
/// nothing, and the target.
fn described(periods: &[(&str, LineResult)], aim: &str, wording: &Wording) -> String {
    let course = course(periods, wording);
    let is_below = |result: &LineResult| result.as_ref().is_some_and(|(result, _)| *result < Decimal::ZERO);
    let below: Vec<&str> = periods.iter().filter(|(_, result)| is_below(result)).map(|(name, _)| *name).collect();
    let course = match below.is_empty() {
        true => course,
        false => wording.say("line.below", &[("course", &course), ("periods", &wording.and(below))]),
    };
    wording.say("line.target", &[("course", &course), ("target", aim)])
}

fn course(periods: &[(&str, LineResult)], wording: &Wording) -> String {
    let mut results = periods.iter().filter_map(|(_, result)| result.as_ref());
    let has_gap = periods.iter().any(|(_, one)| one.is_none());
    let over = |key: &str, from: &str, to: &str| {
        let course = wording.say(key, &[("from", from), ("to", to)]);
        if has_gap { wording.say("line.gap", &[("course", &course)]) } else { course }
    };
    match (results.next(), results.next_back()) {
        (Some((first, from)), Some((last, to))) if first < last => over("line.up", from, to),
        (Some((first, from)), Some((last, to))) if first > last => over("line.down", from, to),
        (Some((_, from)), Some((_, to))) => over("line.same", from, to),
        (Some((_, only)), None) if periods.len() == 1 => only.clone(),
        (Some((_, only)), None) => wording.say("line.only", &[("figure", only)]),
        (None, _) => wording.say("line.none", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["Q1", "Q2", "Q3", "Q4"];

    fn result(percent: i64) -> LineResult {
        Some((Decimal::from(percent), format!("{percent}%")))
    }

    fn drawn(results: &[LineResult], target: Option<i64>, aim: &str) -> LineView {
        let periods: Vec<(&str, LineResult)> = NAMES.into_iter().zip(results.iter().cloned()).collect();
        let targets: Vec<_> =
            target.map(|figure| LineTarget { from: 0, figure: figure.into(), to: None }).into_iter().collect();
        line(LineBox::Small, &periods, &targets, aim, Wording::english())
    }

    #[test]
    fn results_stand_between_nothing_and_the_highest_of_results_and_target() {
        let line = drawn(&[result(0), result(50), result(50), result(75)], Some(100), "100%");
        assert_eq!(line.runs, [[(8, 64), (82, 36), (157, 36), (232, 22)]]);
        assert_eq!((line.last, &line.targets[..]), (Some((232, 22)), &[[0, 240, 8, 8]][..]));
        assert_eq!(line.description, "Up from 0% to 75%; target 100%");
    }

    #[test]
    fn results_near_their_target_are_told_from_it_over_a_cut_foot() {
        let near = drawn(&[result(93), result(93), result(97), result(98)], Some(100), "100%");
        assert_eq!((near.is_cut, &near.targets[..]), (true, &[[0, 240, 8, 8]][..]));
        assert_eq!(near.runs, [[(8, 42), (82, 42), (157, 22), (232, 18)]]);
        let is_cut = |first, last, target| drawn(&[result(first), result(last)], target, "").is_cut;
        assert!(is_cut(84, 100, None) && !is_cut(83, 100, None), "a sixth of the height is seen");
        assert!(!is_cut(100, 100, Some(100)), "what is the same lies on one line anywhere");
        assert!(!is_cut(-5, -4, None) && !is_cut(0, 0, None));
    }

    #[test]
    fn a_target_that_changes_is_a_step_and_a_range_a_band() {
        let periods: Vec<(&str, LineResult)> = NAMES.into_iter().map(|name| (name, result(50))).collect();
        let targets = [
            LineTarget { from: 0, figure: Decimal::from(50), to: None },
            LineTarget { from: 2, figure: Decimal::from(50), to: Some(Decimal::ONE_HUNDRED) },
        ];
        let line = line(LineBox::Small, &periods, &targets, "50%, then 50% to 100%", Wording::english());
        assert_eq!(line.targets, [[0, 119, 36, 36], [119, 240, 8, 36]]);
    }

    #[test]
    fn a_period_without_a_result_is_a_gap() {
        let line = drawn(&[result(67), result(79), None, result(60)], None, "N/A");
        assert_eq!(line.runs.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(line.description, "Down from 67% to 60%; not every period has a result; target N/A");
    }

    #[test]
    fn any_results_make_a_line() {
        let said = |results: &[LineResult]| drawn(results, None, "5%").description;
        assert_eq!(said(&[None, None]), "No results that can be compared; target 5%");
        assert_eq!(
            said(&[None, result(84), result(79), result(84)]),
            "84% at first and at last; not every period has a result; target 5%"
        );
        assert_eq!(said(&[None, result(1)]), "1% in the one period with a result; target 5%");
        assert_eq!(said(&[result(1)]), "1%; target 5%");
        assert_eq!(drawn(&[result(0), result(0)], Some(0), "0%").targets, [[0, 240, 64, 64]]);
        assert_eq!(drawn(&[], Some(1), "1%").runs, Vec::<Vec<Point>>::new());
        assert_eq!(drawn(&[result(5), None], None, "").last, Some((8, 8)));
    }

    #[test]
    fn results_below_nothing_stand_under_its_line() {
        let fallen = drawn(&[result(-5), result(5)], None, "N/A");
        assert_eq!((&fallen.runs[..], fallen.nothing), (&[vec![(8, 64), (232, 8)]][..], Some(36)));
        assert_eq!(fallen.description, "Up from -5% to 5%; below nought in Q1; target N/A");
        let debts = drawn(&[result(-10), result(-40), result(-20)], Some(0), "0%");
        assert_eq!(debts.runs, [[(8, 22), (120, 64), (232, 36)]]);
        assert_eq!((debts.targets[0][2], debts.nothing), (8, Some(8)));
        assert_eq!(debts.description, "Down from -10% to -20%; below nought in Q1, Q2 and Q3; target 0%");
        assert_eq!(drawn(&[result(3)], Some(-3), "-3%").nothing, Some(36), "a target may lie below");
        assert_eq!(drawn(&[result(0), result(3)], None, "").nothing, None);
    }
}
