//! The cycle as a wheel: an area is a part of the ring, and its indicators are stacked outwards from it.

use serde::Serialize;

use super::{Point, noun, polar, ring_part};
use crate::model::values::Rating;
use crate::view::Words;

const INNER: f64 = 304.0;
const OUTER: f64 = 500.0;
/// Degrees between the parts of the ring.
const GAP: f64 = 1.6;
/// Where the first row of marks stands, and how far marks stand from each other.
const FIRST_ROW: f64 = 580.0;
const PITCH: f64 = 88.0;
/// How far up and down the labels beside the wheel reach.
const LABELS: f64 = 800.0;

/// A wheel whose ring has a radius of 500 units round the point 0, 0.
#[derive(Debug, PartialEq, Serialize)]
pub struct WheelView {
    pub description: String,
    pub areas: Vec<AreaView>,
}

/// A part of the ring.
#[derive(Debug, PartialEq, Serialize)]
pub struct AreaView {
    pub number: String,
    pub name: Words,
    pub count: Words,
    /// `empty`, `few` (under half of the most), `many`, or `most`.
    pub level: &'static str,
    pub outline: Vec<Point>,
    /// Where its number stands, and where a line to its label begins.
    pub middle: Point,
    pub edge: Point,
    /// `left` or `right` of the wheel, and how far down its label stands there.
    pub side: &'static str,
    pub label: i32,
    pub marks: Vec<(Rating, Point)>,
}

/// An area with the ratings of its indicators.
pub struct AreaIndicators {
    pub number: String,
    pub name: Words,
    pub count: Words,
    pub ratings: Vec<Rating>,
}

/// Draws the areas clockwise from the top.
pub fn wheel(areas: Vec<AreaIndicators>, total: &str) -> WheelView {
    let each = 360.0 / areas.len().max(1) as f64;
    let most = areas.iter().map(|area| area.ratings.len()).max().unwrap_or_default();
    let counts: Vec<String> =
        areas.iter().map(|area| format!("{}. {}: {}", area.number, area.name.text, area.count.text)).collect();
    let indicators = if total == "1" { "indicator" } else { "indicators" };
    let of_areas = noun(areas.len(), "area", "areas");
    let description =
        format!("A wheel of {} {of_areas} with {total} {indicators}. {}.", areas.len(), counts.join("; "));
    let on_the_right = |place: usize| (place as f64 + 0.5) * each < 180.0;
    let right = (0..areas.len()).filter(|place| on_the_right(*place)).count();
    let left = areas.len() - right;
    let area = |(place, area): (usize, AreaIndicators)| {
        let (from, to) = (place as f64 * each, (place + 1) as f64 * each);
        let middle = (from + to) / 2.0;
        let (side, row, rows) = match on_the_right(place) {
            true => ("right", place, right),
            false => ("left", left - 1 - (place - right), left),
        };
        AreaView {
            level: match area.ratings.len() {
                0 => "empty",
                count if count == most => "most",
                count if 2 * count >= most => "many",
                _ => "few",
            },
            outline: ring_part(INNER, OUTER, from + GAP / 2.0, to - GAP / 2.0),
            middle: polar((INNER + OUTER) / 2.0, middle),
            edge: polar(OUTER, middle),
            side,
            label: super::rounded(LABELS * ((2 * row + 1) as f64 / rows as f64 - 1.0)),
            marks: stack(super::marks(area.ratings.into_iter()), middle, each),
            number: area.number,
            name: area.name,
            count: area.count,
        }
    };
    WheelView { description, areas: areas.into_iter().enumerate().map(area).collect() }
}

/// Rows of marks, each as wide as the area is at its distance.
fn stack(marks: Vec<Rating>, middle: f64, each: f64) -> Vec<(Rating, Point)> {
    let mut placed = Vec::new();
    let mut rest = marks.as_slice();
    let mut distance = FIRST_ROW;
    while !rest.is_empty() {
        let between = (PITCH / distance).to_degrees();
        let fit = (((each - GAP) / between).floor() as usize).clamp(1, rest.len());
        let (row, others) = rest.split_at(fit);
        let first = middle - between * (row.len() - 1) as f64 / 2.0;
        placed.extend(
            row.iter().enumerate().map(|(place, mark)| (*mark, polar(distance, first + between * place as f64))),
        );
        rest = others;
        distance += PITCH;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(number: usize, indicators: usize) -> AreaIndicators {
        AreaIndicators {
            number: number.to_string(),
            name: Words::plain("Area"),
            count: Words::plain(indicators.to_string()),
            ratings: vec![Rating::Green; indicators],
        }
    }

    #[test]
    fn every_indicator_has_its_mark_and_no_two_overlap() {
        for areas in 1..14 {
            let wheel = wheel((0..areas).map(|number| area(number, number * 4)).collect(), "many");
            for (number, area) in wheel.areas.iter().enumerate() {
                assert_eq!(area.marks.len(), number * 4);
            }
            let points: Vec<Point> = wheel.areas.iter().flat_map(|area| &area.marks).map(|(_, at)| *at).collect();
            for (place, (x, y)) in points.iter().enumerate() {
                for (other_x, other_y) in &points[..place] {
                    let apart = f64::from((x - other_x).pow(2) + (y - other_y).pow(2)).sqrt();
                    assert!(apart > 57.0, "{areas} areas: marks {apart} apart");
                }
            }
        }
    }

    #[test]
    fn levels_follow_the_counts() {
        let wheel = wheel(vec![area(1, 0), area(2, 8), area(3, 11), area(4, 21)], "39");
        let levels: Vec<_> = wheel.areas.iter().map(|area| area.level).collect();
        assert_eq!(levels, ["empty", "few", "many", "most"]);
        assert_eq!(
            wheel.description,
            "A wheel of 4 areas with 39 indicators. 1. Area: 0; 2. Area: 8; 3. Area: 11; 4. Area: 21."
        );
    }

    #[test]
    fn labels_of_a_side_stand_from_top_to_bottom() {
        let wheel = wheel((1..=9).map(|number| area(number, 1)).collect(), "9");
        let side = |side: &str| -> Vec<i32> {
            let mut labels: Vec<_> =
                wheel.areas.iter().filter(|area| area.side == side).map(|area| (area.edge.1, area.label)).collect();
            labels.sort();
            labels.into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(side("right").len() + side("left").len(), 9);
        assert!(side("right").is_sorted() && side("left").is_sorted());
    }
}
