//! Geometry of charts, worked out once for both formats, and what each chart says in words.
//!
//! In: figures and labels that are ready for print. Out: points in boxes of whole units, and shares in per cent. The
//! templates of both formats draw them at the size of their page, and place the labels for it.

mod axis;
mod bars;
mod cover;
mod line;
mod plot;
mod wheel;

pub use axis::Axis;
pub use bars::{Bar, BarView, YearColumn, bar_of, bars, columns, description, per_cent};
pub use cover::{CoverIndicator, CoverPicture, GroupKey, ThemeRow, Thread, WheelWords, cover_picture, thread};
pub use line::{LineBox, LineResult, LineTarget, LineView, line};
pub use plot::{
    AxisLine, Band, ColumnMark, Cut, Dot, DotShape, End, Fill, Label, Level, LevelKind, Missing, Place, Plot, Segment,
    StepMark, apart, line_of, middle, with_room,
};
pub use wheel::{AreaIndicators, WheelView, described as wheel_described, wheel};

use rust_decimal::Decimal;

/// A point in the box of a chart: to the right, and down.
pub type Point = (i32, i32);

/// The point at a distance from the middle; the angle in degrees runs clockwise from the top.
#[allow(clippy::disallowed_methods, reason = "what systems round otherwise is lost in whole units")]
fn polar(distance: f64, degrees: f64) -> Point {
    let angle = degrees.to_radians();
    (rounded(distance * angle.sin()), rounded(-distance * angle.cos()))
}

/// From the least to the most of some amounts; nothing is always between them.
#[derive(Debug, Clone, Copy)]
struct Scale {
    least: Decimal,
    most: Decimal,
}

impl Scale {
    fn of(amounts: impl Iterator<Item = Decimal>) -> Self {
        let nothing = Self { least: Decimal::ZERO, most: Decimal::ZERO };
        amounts.fold(nothing, |scale, amount| Self { least: scale.least.min(amount), most: scale.most.max(amount) })
    }

    /// The same, where amounts can be told apart on it; else from near the least, so that they are spread over most of it.
    fn that_parts(amounts: impl Iterator<Item = Decimal> + Clone) -> Self {
        let scale = Self::of(amounts.clone());
        let near = |least: Decimal| {
            let below = scale.most.checked_sub(least)?.checked_mul(Decimal::from(5))?.checked_div(Decimal::from(3))?;
            scale.most.checked_sub(below)
        };
        let least = amounts.min().filter(|least| nought_hides(*least, scale.most)).and_then(near);
        least.map_or(scale, |least| Self { least, ..scale })
    }

    /// Whether nothing is its end.
    fn begins_at_nothing(self) -> bool {
        self.least == Decimal::ZERO
    }

    /// Whether some amount is less than nothing.
    fn goes_below(self) -> bool {
        self.least < Decimal::ZERO
    }

    /// How far along an amount stands, from 0 to 1.
    fn share(self, amount: Decimal) -> Decimal {
        let (along, whole) = (amount.checked_sub(self.least), self.most.checked_sub(self.least));
        let share = along.zip(whole).and_then(|(along, whole)| along.checked_div(whole)).unwrap_or_default();
        share.clamp(Decimal::ZERO, Decimal::ONE)
    }
}

/// Whether a line from nought would hide how figures between these move: they lie in its last part.
fn nought_hides(low: Decimal, high: Decimal) -> bool {
    let is_narrow = || (high - low).checked_mul(Decimal::from(6)).is_some_and(|spread| spread < high);
    low > Decimal::ZERO && low < high && is_narrow()
}

/// The nearest whole unit. Charts are a few thousand units wide, far from the limits of the type.
fn rounded(length: f64) -> i32 {
    length.round() as i32
}

/// The outline of a part of a ring, from one angle to another, as a polygon that the eye takes for round.
fn ring_part(inner: f64, outer: f64, from: f64, to: f64) -> Vec<Point> {
    const STEP: f64 = 4.0;
    let steps = ((to - from) / STEP).ceil().max(1.0);
    let angle = |step: i32| from + (to - from) * f64::from(step) / steps;
    let steps = rounded(steps);
    let out = (0..=steps).map(|step| polar(outer, angle(step)));
    let back = (0..=steps).rev().map(|step| polar(inner, angle(step)));
    out.chain(back).collect()
}

/// How far one count is along another, in per cent with two decimals.
pub fn share(part: usize, whole: usize) -> f64 {
    in_hundredths(part as f64 * 100.0 / whole.max(1) as f64)
}

/// A share that is written with two decimals.
pub fn in_hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_run_clockwise_from_the_top() {
        assert_eq!(polar(100.0, 0.0), (0, -100));
        assert_eq!(polar(100.0, 90.0), (100, 0));
        assert_eq!(polar(100.0, 180.0), (0, 100));
    }

    #[test]
    fn a_part_of_a_ring_begins_and_ends_at_its_angles() {
        let outline = ring_part(50.0, 100.0, 0.0, 90.0);
        assert_eq!(outline.first(), Some(&(0, -100)));
        assert!(outline.contains(&(100, 0)) && outline.contains(&(50, 0)));
        assert_eq!(outline.last(), Some(&(0, -50)));
    }
}
