//! How far figures are expected to vary about their mean: the limits of an XmR chart.

use rust_decimal::Decimal;

use super::Side;
use crate::fact::CalculationError;

/// How many average moving ranges a limit lies from the mean.
const REACH: Decimal = Decimal::from_parts(266, 0, 0, false, 2);

/// Mean and limits, kept as the sums that they are made of, so that a figure is held against them without a division.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    sum: Decimal,
    count: Decimal,
    /// The sum of the moving ranges: the distances of figures that follow each other.
    ranges: Decimal,
    moves: Decimal,
}

impl Limits {
    /// Fewer figures than these give no limits.
    pub const FEWEST: usize = 12;

    /// The limits that figures give; none where there are too few. A gap has no moving range on either side.
    pub fn of(points: &[Option<Decimal>]) -> Option<Self> {
        let figures: Vec<Decimal> = points.iter().flatten().copied().collect();
        let ranges: Vec<Decimal> = points.windows(2).filter_map(|pair| Some((pair[1]? - pair[0]?).abs())).collect();
        (figures.len() >= Self::FEWEST && !ranges.is_empty()).then(|| Self {
            sum: figures.iter().sum(),
            count: figures.len().into(),
            ranges: ranges.iter().sum(),
            moves: ranges.len().into(),
        })
    }

    /// The mean.
    pub fn mean(self) -> Decimal {
        self.sum / self.count
    }

    /// The average moving range.
    pub fn average_moving_range(self) -> Decimal {
        self.ranges / self.moves
    }

    /// The upper limit.
    pub fn upper(self) -> Decimal {
        (self.sum * self.moves + self.width()) / (self.count * self.moves)
    }

    /// The lower limit.
    pub fn lower(self) -> Decimal {
        (self.sum * self.moves - self.width()) / (self.count * self.moves)
    }

    /// The side of the mean on which a figure lies; none where it is the mean.
    pub fn side(self, figure: Decimal) -> Option<Side> {
        match self.distance(figure) {
            distance if distance > Decimal::ZERO => Some(Side::High),
            distance if distance < Decimal::ZERO => Some(Side::Low),
            _ => None,
        }
    }

    /// Whether a figure lies beyond a limit.
    pub fn is_outside(self, figure: Decimal) -> bool {
        self.distance(figure).abs() > self.width()
    }

    /// Whether a figure lies in the outer third between mean and limit, or beyond.
    pub fn is_far_out(self, figure: Decimal) -> bool {
        Decimal::from(3) * self.distance(figure).abs() > Decimal::TWO * self.width()
    }

    /// Whether a figure lies on the limit of a side, or beyond.
    pub fn is_reached_by(self, figure: Decimal, side: Side) -> bool {
        match side {
            Side::High => self.distance(figure) >= self.width(),
            Side::Low => -self.distance(figure) >= self.width(),
        }
    }

    /// How far a figure is above the mean, so many times as there are figures and moving ranges.
    fn distance(self, figure: Decimal) -> Decimal {
        (figure * self.count - self.sum) * self.moves
    }

    /// How far a limit is from the mean, so many times as there are figures and moving ranges.
    fn width(self) -> Decimal {
        REACH * self.ranges * self.count
    }
}

/// Refuses figures for which the sums above have more digits than a decimal holds, so that what they say is exact.
pub fn expect_exact(figures: &[Decimal]) -> Result<(), CalculationError> {
    let decimals = figures.iter().map(|figure| figure.normalize().scale()).max().unwrap_or_default();
    let largest = figures.iter().map(|figure| figure.abs()).max().unwrap_or_default();
    let mut most = largest.checked_mul(Decimal::from(2_000 * figures.len() * figures.len()));
    for _ in 0..decimals {
        most = most.and_then(|most| most.checked_mul(Decimal::TEN));
    }
    most.map(|_| ()).ok_or(CalculationError::TooLarge)
}

/// The figure in the middle, or half-way between the two that are; none of nothing.
pub fn median(points: &[Option<Decimal>]) -> Option<Decimal> {
    let mut figures: Vec<Decimal> = points.iter().flatten().copied().collect();
    figures.sort();
    let middle = figures.len() / 2;
    let upper = *figures.get(middle)?;
    Some(match figures.len() % 2 {
        0 => (figures[middle - 1] + upper) / Decimal::TWO,
        _ => upper,
    })
}
