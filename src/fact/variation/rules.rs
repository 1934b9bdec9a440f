//! The rules by which a figure is a special cause, as NHS England's “Making data count” has them.

use std::cmp::Ordering;
use std::ops::Range;

use rust_decimal::Decimal;

use super::{Limits, Side};

/// So many figures in a row on one side of the mean are a run.
const RUN: usize = 7;

/// So many figures in a row, each higher than the one before or each lower, are a trend.
const TREND: usize = 6;

/// What makes a figure a special cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// It lies outside a limit.
    OutsideLimit,
    /// It is one of seven or more in a row on one side of the mean.
    Run,
    /// It is one of six or more in a row that rise, or that fall.
    Trend,
    /// It is one of two or three far out, of three in a row on one side of the mean.
    TwoOfThree,
}

/// Figures in a row that are special by one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Their places among all rows.
    pub rows: Range<usize>,
    /// A run or a trend.
    pub rule: Rule,
    /// Above the mean or rising, below it or falling.
    pub side: Side,
}

/// The runs and trends of figures, from the first to the last. A gap ends both, and a figure on the mean ends a run.
pub fn runs(points: &[Option<Decimal>], limits: Limits) -> Vec<Run> {
    let sides: Vec<Option<Side>> = points.iter().map(|point| limits.side((*point)?)).collect();
    let moves: Vec<Option<Side>> = points
        .windows(2)
        .map(|pair| match pair[1]?.cmp(&pair[0]?) {
            Ordering::Greater => Some(Side::High),
            Ordering::Less => Some(Side::Low),
            Ordering::Equal => None,
        })
        .collect();
    let run = |(rows, side)| Run { rows, rule: Rule::Run, side };
    // So many figures have one move fewer.
    let trend = |(moves, side): (Range<usize>, Side)| Run { rows: moves.start..moves.end + 1, rule: Rule::Trend, side };
    let mut runs: Vec<Run> = alike(&sides).map(run).filter(|run| run.rows.len() >= RUN).collect();
    runs.extend(alike(&moves).map(trend).filter(|trend| trend.rows.len() >= TREND));
    runs.sort_by_key(|run| (run.rows.start, run.rule));
    runs
}

/// Stretches of one and the same side.
fn alike(sides: &[Option<Side>]) -> impl Iterator<Item = (Range<usize>, Side)> {
    let mut at = 0;
    sides.chunk_by(|one, next| one == next).filter_map(move |same| {
        let from = at;
        at += same.len();
        same[0].map(|side| (from..at, side))
    })
}

/// The rules by which each figure is special, and the side of each.
pub fn found(points: &[Option<Decimal>], limits: Limits, runs: &[Run]) -> Vec<Vec<(Rule, Side)>> {
    let mut found = vec![Vec::new(); points.len()];
    for (place, point) in points.iter().enumerate() {
        let outside = point.filter(|point| limits.is_outside(*point)).and_then(|point| limits.side(point));
        found[place].extend(outside.map(|side| (Rule::OutsideLimit, side)));
    }
    for run in runs {
        run.rows.clone().for_each(|place| found[place].push((run.rule, run.side)));
    }
    for (place, side) in two_of_three(points, limits) {
        found[place].push((Rule::TwoOfThree, side));
    }
    found
}

/// The figures far out, where three in a row lie on one side of the mean and two of them or all three far out.
fn two_of_three(points: &[Option<Decimal>], limits: Limits) -> Vec<(usize, Side)> {
    let mut far_out = Vec::new();
    for (start, three) in points.windows(3).enumerate() {
        let side_of = |point: &Option<Decimal>| point.and_then(|point| limits.side(point));
        let Some(side) = side_of(&three[0]).filter(|side| three.iter().all(|point| side_of(point) == Some(*side)))
        else {
            continue;
        };
        let of_these = (0..3).filter(|place| three[*place].is_some_and(|point| limits.is_far_out(point)));
        let of_these: Vec<_> = of_these.map(|place| (start + place, side)).collect();
        if of_these.len() >= 2 {
            far_out.extend(of_these);
        }
    }
    far_out.sort();
    far_out.dedup();
    far_out
}
