//! The small line of an indicator's quarters, with its target.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{Point, Scale, rounded};

const WIDTH: i32 = 240;
const HEIGHT: i32 = 72;
/// Kept free at every edge, so that the dots are whole.
const EDGE: i32 = 8;

/// A line in a box of 240 by 72 units. Nothing stands at the foot of it, or inside it where a result or the target is
/// less. A quarter without a result is a gap.
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
    /// How far down nothing stands, where it stands inside.
    pub nothing: Option<i32>,
}

/// Draws the results of the quarters, each with the words that are printed for it, and the target, where the results
/// can be held against it. `aim` is the target as it is printed.
pub fn line(quarters: &[Option<(Decimal, String)>], target: Option<Decimal>, aim: &str) -> LineView {
    let scale = Scale::of(quarters.iter().flatten().map(|(result, _)| *result).chain(target));
    let down = |result: Decimal| {
        HEIGHT - EDGE - rounded(scale.share(result).to_f64().unwrap_or_default() * f64::from(HEIGHT - 2 * EDGE))
    };
    let steps = i32::try_from(quarters.len()).unwrap_or(1).saturating_sub(1).max(1);
    let right = |quarter: usize| EDGE + (WIDTH - 2 * EDGE) * i32::try_from(quarter).unwrap_or(0) / steps;
    let point = |quarter: usize| quarters[quarter].as_ref().map(|(result, _)| (right(quarter), down(*result)));
    let points: Vec<Option<Point>> = (0..quarters.len()).map(point).collect();
    let runs = points.split(Option::is_none).map(|run| run.iter().copied().flatten().collect::<Vec<_>>());
    LineView {
        description: format!("{}{}; target {aim}", course(quarters), below_nothing(quarters)),
        runs: runs.filter(|run| !run.is_empty()).collect(),
        last: points.iter().rev().find_map(|point| *point),
        target: target.map(down),
        nothing: scale.goes_below().then(|| down(Decimal::ZERO)),
    }
}

/// Which quarters lie below nothing, where some do: "; below nought in Q1 and Q3".
fn below_nothing(quarters: &[Option<(Decimal, String)>]) -> String {
    let is_below =
        |result: &Option<(Decimal, String)>| result.as_ref().is_some_and(|(result, _)| *result < Decimal::ZERO);
    let below: Vec<String> =
        (1..).zip(quarters).filter(|(_, result)| is_below(result)).map(|(quarter, _)| format!("Q{quarter}")).collect();
    match &below[..] {
        [] => String::new(),
        [one] => format!("; below nought in {one}"),
        [first @ .., last] => format!("; below nought in {} and {last}", first.join(", ")),
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
        assert_eq!(line(&[result(5), None], None, "").last, Some((8, 8)));
    }

    #[test]
    fn results_below_nothing_stand_under_its_line() {
        let fallen = line(&[result(-5), result(5)], None, "N/A");
        assert_eq!((&fallen.runs[..], fallen.nothing), (&[vec![(8, 64), (232, 8)]][..], Some(36)));
        assert_eq!(fallen.description, "Up from -5% to 5%; below nought in Q1; target N/A");
        let debts = line(&[result(-10), result(-40), result(-20)], Some(Decimal::ZERO), "0%");
        assert_eq!(debts.runs, [[(8, 22), (120, 64), (232, 36)]]);
        assert_eq!((debts.target, debts.nothing), (Some(8), Some(8)));
        assert_eq!(debts.description, "Down from -10% to -20%; below nought in Q1, Q2 and Q3; target 0%");
        assert_eq!(line(&[result(3)], Some(Decimal::from(-3)), "-3%").nothing, Some(36), "a target may lie below");
        assert_eq!(line(&[result(0), result(3)], None, "").nothing, None);
    }
}
