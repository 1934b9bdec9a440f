//! The picture of a cover, and the thread of marks along the bands: both made of what the report counts.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Point, Scale, polar, ring_part};
use crate::model::values::{Mark, Square};

const INNER: f64 = 714.0;
const OUTER: f64 = 1000.0;
const GAP: f64 = 1.4;
/// Rings that are far enough from each other to be named, and how far from a spoke a name stands.
const MOST_RINGS: usize = 5;
const NAME_OF_RING: f64 = 110.0;
/// Degrees between spokes, where there is room for that.
const APART: f64 = 2.0;

/// The picture of a cover.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CoverPicture {
    /// The cycle: a spoke is an indicator, its dots are the periods, its end is its rating.
    Wheel {
        description: String,
        total: String,
        /// "indicators", or "indicator" for one.
        noun: String,
        /// How to read it.
        legend: String,
        parts: Vec<RingPart>,
        spokes: Vec<Spoke>,
        /// The names of the periods, from the inside out, and the direction in which they stand on their rings; none where
        /// spokes leave no room for them.
        rings: Option<RingNames>,
        /// Ratings with their words and counts.
        key: Vec<(Mark, String, String)>,
    },
    /// The themes, with a square a deliverable.
    Themes {
        description: String,
        /// The groups: their squares, and the words behind their counts.
        groups: Vec<(Square, String)>,
        themes: Vec<ThemeRow>,
        /// What the squares stand for.
        legend: String,
    },
}

/// A part of the ring, whose radius is 1,000 units.
#[derive(Debug, PartialEq, Serialize)]
pub struct RingPart {
    pub number: String,
    pub outline: Vec<Point>,
    pub middle: Point,
    pub has_indicators: bool,
}

/// A spoke of the wheel.
#[derive(Debug, PartialEq, Serialize)]
pub struct Spoke {
    /// The point at a distance of 1,000 units in its direction.
    pub direction: Point,
    /// Sizes of the dots in per cent of the area of the largest; none where there is no result.
    pub dots: Vec<Option<f64>>,
    pub rating: Mark,
}

/// The names of the rings of dots.
#[derive(Debug, PartialEq, Serialize)]
pub struct RingNames {
    /// The point at a distance of 1,000 units in their direction.
    pub direction: Point,
    pub names: Vec<String>,
}

/// A theme on the cover.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeRow {
    pub number: String,
    pub title: String,
    /// Deliverables of each group.
    pub counts: Vec<usize>,
}

/// Marks along a band, in groups.
#[derive(Debug, PartialEq, Serialize)]
pub struct Thread {
    /// Marks of the indicators, or squares for deliverables, a group each, or a theme.
    pub groups: Vec<Vec<&'static str>>,
    /// What the squares stand for.
    pub key: Vec<GroupKey>,
}

/// A square with the sentence that says what it stands for.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupKey {
    pub square: Square,
    pub words: String,
}

/// An indicator as the cover sees it.
pub struct CoverIndicator {
    /// Places of its areas in the wheel, from 0.
    pub areas: Vec<usize>,
    pub results: Vec<Option<Decimal>>,
    pub rating: Mark,
}

/// The words of the wheel.
pub struct WheelWords {
    pub description: String,
    pub total: String,
    pub noun: String,
    pub legend: String,
    pub numbers: Vec<String>,
    /// The periods, from the inside out.
    pub periods: Vec<String>,
    pub key: Vec<(Mark, String, String)>,
}

/// Draws the wheel of the cover.
pub fn cover_picture(words: WheelWords, indicators: &[CoverIndicator]) -> CoverPicture {
    let count = words.numbers.len().max(1);
    let each = 360.0 / count as f64;
    let part = |(place, number): (usize, &String)| RingPart {
        number: number.clone(),
        outline: ring_part(INNER, OUTER, place as f64 * each + GAP / 2.0, (place + 1) as f64 * each - GAP / 2.0),
        middle: polar((INNER + OUTER) / 2.0, (place as f64 + 0.5) * each),
        has_indicators: indicators.iter().any(|one| one.areas.contains(&place)),
    };
    let spokes = spokes(indicators, count);
    CoverPicture::Wheel {
        rings: ring_names(words.periods, &spokes),
        description: words.description,
        total: words.total,
        noun: words.noun,
        legend: words.legend,
        parts: words.numbers.iter().enumerate().map(part).collect(),
        spokes,
        key: words.key,
    }
}

/// Periods are named near the top, or else in the first direction that is as far from all spokes as their names are wide.
fn ring_names(names: Vec<String>, spokes: &[Spoke]) -> Option<RingNames> {
    let is_free = |direction: &Point| {
        let apart = |spoke: &Spoke| {
            f64::hypot(f64::from(direction.0 - spoke.direction.0), f64::from(direction.1 - spoke.direction.1))
        };
        spokes.iter().all(|spoke| apart(spoke) >= NAME_OF_RING)
    };
    let fits = (2..=MOST_RINGS).contains(&names.len()) && names.iter().all(|name| name.chars().count() <= 3);
    let direction =
        (8..352).step_by(4).map(|degrees| polar(1000.0, f64::from(degrees))).find(is_free).filter(|_| fits)?;
    Some(RingNames { direction, names })
}

/// Spokes stand in the middle of their area; those of two neighbours on the border between them.
fn spokes(indicators: &[CoverIndicator], count: usize) -> Vec<Spoke> {
    let each = 360.0 / count as f64;
    // Twice the place, so that borders are the odd places between.
    let seat = |one: &CoverIndicator| match one.areas[..] {
        [first, second] if (first + 1) % count == second => (2 * first + 1) % (2 * count),
        [second, first] if (first + 1) % count == second => (2 * first + 1) % (2 * count),
        [first, ..] => 2 * first,
        [] => 0,
    };
    let all = || indicators.iter();
    let seated = |place: usize| all().filter(move |one| seat(one) == place);
    let widest = (0..count)
        .map(|area| {
            let borders = seated((2 * area + 2 * count - 1) % (2 * count)).count() + seated(2 * area + 1).count();
            seated(2 * area).count() as f64 + borders as f64 / 2.0
        })
        .fold(1.0, f64::max);
    // In a ring of one part they stand all round.
    let apart = match count {
        1 => each / widest,
        _ => APART.min((each - GAP) / (widest + 1.0)),
    };
    let spoke = |(angle, one): (f64, &CoverIndicator)| Spoke {
        direction: polar(1000.0, angle),
        dots: dots(&one.results),
        rating: one.rating,
    };
    (0..2 * count)
        .flat_map(|place| {
            let group: Vec<&CoverIndicator> = seated(place).collect();
            let first = (place as f64 + 1.0) / 2.0 * each - apart * (group.len().saturating_sub(1)) as f64 / 2.0;
            group.into_iter().enumerate().map(move |(turn, one)| (first + apart * turn as f64, one)).collect::<Vec<_>>()
        })
        .map(spoke)
        .collect()
}

fn dots(results: &[Option<Decimal>]) -> Vec<Option<f64>> {
    let scale = Scale::of(results.iter().flatten().copied());
    results.iter().map(|result| result.map(|result| super::per_cent(scale.share(result), Decimal::ONE))).collect()
}

/// The thread of groups.
pub fn thread(groups: Vec<Vec<&'static str>>, key: Vec<GroupKey>) -> Option<Thread> {
    groups.iter().any(|group| !group.is_empty()).then_some(Thread { groups, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(areas: &[usize]) -> CoverIndicator {
        CoverIndicator { areas: areas.to_vec(), results: vec![Some(Decimal::ONE), None], rating: Mark::Red }
    }

    #[test]
    fn a_spoke_stands_in_its_area_or_on_the_border_of_two() {
        let spokes = spokes(&[indicator(&[0]), indicator(&[1, 0]), indicator(&[3, 0])], 4);
        let directions: Vec<Point> = spokes.iter().map(|spoke| spoke.direction).collect();
        // The middle of the first quarter, the border to the second, and the border of the last and the first.
        assert_eq!(directions, [(707, -707), (1000, 0), (0, -1000)]);
        assert_eq!(spokes[0].dots, [Some(100.0), None]);
    }

    #[test]
    fn spokes_of_one_area_stand_all_round() {
        let spokes = spokes(&[indicator(&[0]), indicator(&[0])], 1);
        assert_eq!(spokes.iter().map(|spoke| spoke.direction).collect::<Vec<_>>(), [(1000, 0), (-1000, 0)]);
    }

    #[test]
    fn many_spokes_stay_in_their_area() {
        let many: Vec<CoverIndicator> = (0..300).map(|_| indicator(&[2])).collect();
        let spokes = spokes(&many, 4);
        assert_eq!(spokes.len(), 300);
        assert!(spokes.iter().all(|spoke| spoke.direction.0 <= 0 && spoke.direction.1 >= 0));
    }
}
