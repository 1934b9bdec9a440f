//! The small line of an indicator's quarters, with its target.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{Point, rounded};

const WIDTH: i32 = 240;
const HEIGHT: i32 = 72;
/// Kept free at every edge, so that the dots are whole.
const EDGE: i32 = 8;

/// A line in a box of 240 by 72 units; nothing stands at the foot of it. A quarter without a result is a gap.
#[derive(Debug, PartialEq, Serialize)]
pub struct LineView {
    /// What the line says: "Up from 41% to 97%; target 100%".
    pub description: String,
    /// Points of quarters that follow each other.
    pub runs: Vec<Vec<Point>>,
    /// The last result.
    pub last: Option<Point>,
    /// How far down the target stands, where there is one that the results can be held against.
    pub target: Option<i32>,
}

/// Draws the results of the quarters, each with the words that are printed for it, and the target, where the results
/// can be held against it. `aim` is the target as it is printed.
pub fn line(quarters: &[Option<(Decimal, String)>], target: Option<Decimal>, aim: &str) -> LineView {
    let results = quarters.iter().flatten().map(|(result, _)| *result);
    let highest = results.chain(target).fold(Decimal::ZERO, Decimal::max);
    let down = |result: Decimal| {
        let share = result.checked_div(highest).and_then(|share| share.to_f64()).unwrap_or_default();
        HEIGHT - EDGE - rounded(share.clamp(0.0, 1.0) * f64::from(HEIGHT - 2 * EDGE))
    };
    let steps = i32::try_from(quarters.len()).unwrap_or(1).saturating_sub(1).max(1);
    let right = |quarter: usize| EDGE + (WIDTH - 2 * EDGE) * i32::try_from(quarter).unwrap_or(0) / steps;
    let point = |quarter: usize| quarters[quarter].as_ref().map(|(result, _)| (right(quarter), down(*result)));
    let points: Vec<Option<Point>> = (0..quarters.len()).map(point).collect();
    let runs = points.split(Option::is_none).map(|run| run.iter().copied().flatten().collect::<Vec<_>>());
    LineView {
        description: format!("{}; target {aim}", course(quarters)),
        runs: runs.filter(|run| !run.is_empty()).collect(),
        last: points.iter().rev().find_map(|point| *point),
        target: target.map(down),
    }
}

/// How the results went from the first that there is to the last.
fn course(quarters: &[Option<(Decimal, String)>]) -> String {
    let mut results = quarters.iter().flatten();
    let gap = if quarters.iter().any(Option::is_none) { "; not every quarter has a result" } else { "" };
    match (results.next(), results.next_back()) {
        (Some((first, from)), Some((last, to))) if first < last => format!("Up from {from} to {to}{gap}"),
        (Some((first, from)), Some((last, to))) if first > last => format!("Down from {from} to {to}{gap}"),
        (Some((_, from)), Some(_)) => format!("{from} at first and at last{gap}"),
        (Some((_, only)), None) => format!("{only} in the one quarter with a result"),
        (None, _) => "No results that can be compared".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(percent: i64) -> Option<(Decimal, String)> {
        Some((Decimal::from(percent), format!("{percent}%")))
    }

    #[test]
    fn results_stand_between_nothing_and_the_highest_of_results_and_target() {
        let line = line(&[result(0), result(50), result(50), result(75)], Some(Decimal::ONE_HUNDRED), "100%");
        assert_eq!(line.runs, [[(8, 64), (82, 36), (157, 36), (232, 22)]]);
        assert_eq!((line.last, line.target), (Some((232, 22)), Some(8)));
        assert_eq!(line.description, "Up from 0% to 75%; target 100%");
    }

    #[test]
    fn a_quarter_without_a_result_is_a_gap() {
        let line = line(&[result(67), result(79), None, result(60)], None, "N/A");
        assert_eq!(line.runs.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(line.description, "Down from 67% to 60%; not every quarter has a result; target N/A");
    }

    #[test]
    fn any_results_make_a_line() {
        let said = |quarters: &[Option<(Decimal, String)>]| line(quarters, None, "5%").description;
        assert_eq!(said(&[None, None]), "No results that can be compared; target 5%");
        assert_eq!(
            said(&[None, result(84), result(79), result(84)]),
            "84% at first and at last; not every quarter has a result; target 5%"
        );
        assert_eq!(said(&[None, result(1)]), "1% in the one quarter with a result; target 5%");
        assert_eq!(line(&[result(0), result(0)], Some(Decimal::ZERO), "0%").target, Some(64));
        assert_eq!(line(&[], Some(Decimal::ONE), "1%").runs, Vec::<Vec<Point>>::new());
        assert_eq!(line(&[result(-5), result(5)], None, "").runs, [[(8, 64), (232, 8)]]);
        assert_eq!(line(&[result(-5), result(-40)], None, "").runs, [[(8, 64), (232, 64)]], "debts have no height");
        assert_eq!(line(&[result(5), None], None, "").last, Some((8, 8)));
    }
}
