//! The cycle as a wheel: an area is a part of the ring, and its indicators are stacked outwards from it.

use serde::Serialize;

use super::{Point, polar, ring_part};
use crate::model::values::Mark;
use crate::view::Words;
use crate::wording::Wording;

const INNER: f64 = 304.0;
const OUTER: f64 = 500.0;
/// How far from marks a line stays.
const AIR: f64 = 20.0;
/// Degrees between the parts of the ring.
const GAP: f64 = 1.6;
/// How far marks stand from each other, where they are few, and at least; and how far out they may reach before they
/// stand closer.
const PITCH: i32 = 88;
const LEAST_PITCH: i32 = 24;
const REACH: f64 = 900.0;
/// How far up and down the labels beside the wheel reach.
const LABELS: f64 = 800.0;

/// A wheel whose ring has a radius of 500 units round the point 0, 0.
#[derive(Debug, PartialEq, Serialize)]
pub struct WheelView {
    pub description: String,
    /// How far marks stand from each other.
    pub pitch: i32,
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
    pub marks: Vec<(Mark, Point)>,
    /// How far out the area reaches with its marks.
    pub reach: i32,
    /// Where a line that comes out of the area may turn sideways to its label and cross no marks.
    pub exit: Point,
}

/// An area with the marks of its indicators, those of a rating together.
pub struct AreaIndicators {
    pub number: String,
    pub name: Words,
    pub count: Words,
    pub marks: Vec<Mark>,
}

/// The wheel in words; `of_areas` is what so many areas are called, and `total` how many indicators there are.
pub fn described(areas: &[AreaIndicators], of_areas: &str, total: usize, wording: &Wording) -> String {
    let counts = areas.iter().map(|area| {
        let fills = [("number", &*area.number), ("name", &area.name.text), ("count", &area.count.text)];
        wording.say("cycle.area-count", &fills)
    });
    let of_areas = wording.say("cycle.areas", &[("n", &areas.len().to_string()), ("areas", of_areas)]);
    let indicators = wording.say_of(total, "indicators.count", &[("n", &total.to_string())]);
    let fills = [("areas", &*of_areas), ("indicators", &indicators), ("list", &wording.clauses(counts))];
    wording.say("cycle.described", &fills)
}

/// Draws the areas clockwise from the top, with the wheel in words.
pub fn wheel(areas: Vec<AreaIndicators>, description: String) -> WheelView {
    let each = 360.0 / areas.len().max(1) as f64;
    let most = areas.iter().map(|area| area.marks.len()).max().unwrap_or_default();
    let on_the_right = |place: usize| (place as f64 + 0.5) * each < 180.0;
    let right = (0..areas.len()).filter(|place| on_the_right(*place)).count();
    let left = areas.len() - right;
    let reach_of = |indicators: usize, pitch: i32| rows(indicators, each, pitch).last().map_or(OUTER, Row::reach);
    let fullest = |pitch: &i32| reach_of(most, *pitch) <= REACH;
    let pitch = (LEAST_PITCH..=PITCH).rev().step_by(4).find(fullest).unwrap_or(LEAST_PITCH);
    let reaches: Vec<f64> = areas.iter().map(|area| reach_of(area.marks.len(), pitch)).collect();
    let area = |(place, area): (usize, AreaIndicators)| {
        let (from, to) = (place as f64 * each, (place + 1) as f64 * each);
        let middle = (from + to) / 2.0;
        let (side, row, rows) = match on_the_right(place) {
            true => ("right", place, right),
            false => ("left", left - 1 - (place - right), left),
        };
        AreaView {
            level: match area.marks.len() {
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
            reach: super::rounded(reaches[place]),
            exit: polar(exit(place, &reaches) + AIR, middle),
            marks: stack(area.marks, middle, each, pitch),
            number: area.number,
            name: area.name,
            count: area.count,
        }
    };
    WheelView { description, pitch, areas: areas.into_iter().enumerate().map(area).collect() }
}

/// How far out a line from an area must go before it turns sideways: beyond the marks of the areas that it then passes,
/// which are those between it and the middle of its side.
fn exit(place: usize, reaches: &[f64]) -> f64 {
    let each = 360.0 / reaches.len() as f64;
    let middle = |place: usize| (place as f64 + 0.5) * each;
    let aside = |place: usize| if middle(place) < 180.0 { 90.0 } else { 270.0 };
    let is_passed = |other: &usize| {
        let (from, other) = (middle(place) - aside(place), middle(*other) - aside(place));
        let reaches_over = other.abs() < each / 2.0;
        other.abs() <= from.abs() && (reaches_over || other.signum() == from.signum())
    };
    (0..reaches.len()).filter(is_passed).map(|other| reaches[other]).fold(OUTER, f64::max)
}

/// A row of marks: how far out it stands, how many degrees lie between its marks, and how many there are.
struct Row {
    distance: f64,
    between: f64,
    marks: usize,
    pitch: f64,
}

impl Row {
    /// Where its marks end.
    fn reach(&self) -> f64 {
        self.distance + self.pitch / 2.0
    }
}

/// Rows for so many marks, each as wide as the area is at its distance.
fn rows(mut marks: usize, each: f64, pitch: i32) -> Vec<Row> {
    let pitch = f64::from(pitch);
    let mut distance = OUTER + pitch * 0.9;
    let mut rows = Vec::new();
    while marks > 0 {
        let between = (pitch / distance).to_degrees();
        let fit = (((each - GAP) / between).floor() as usize).clamp(1, marks);
        rows.push(Row { distance, between, marks: fit, pitch });
        marks -= fit;
        distance += pitch;
    }
    rows
}

/// Marks in rows round the middle of their area.
fn stack(marks: Vec<Mark>, middle: f64, each: f64, pitch: i32) -> Vec<(Mark, Point)> {
    let rows = rows(marks.len(), each, pitch);
    let points = rows.iter().flat_map(|row| {
        let first = middle - row.between * (row.marks - 1) as f64 / 2.0;
        (0..row.marks).map(move |place| polar(row.distance, first + row.between * place as f64))
    });
    marks.into_iter().zip(points).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(number: usize, indicators: usize) -> AreaIndicators {
        AreaIndicators {
            number: number.to_string(),
            name: Words::plain("Area"),
            count: Words::plain(indicators.to_string()),
            marks: vec![Mark::Green; indicators],
        }
    }

    #[test]
    fn every_indicator_has_its_mark_and_no_two_overlap() {
        for areas in 1..14 {
            let wheel = wheel((0..areas).map(|number| area(number, number * 4)).collect(), String::new());
            for (number, area) in wheel.areas.iter().enumerate() {
                assert_eq!(area.marks.len(), number * 4);
            }
            let points: Vec<Point> = wheel.areas.iter().flat_map(|area| &area.marks).map(|(_, at)| *at).collect();
            for (place, (x, y)) in points.iter().enumerate() {
                for (other_x, other_y) in &points[..place] {
                    let apart = f64::from((x - other_x).pow(2) + (y - other_y).pow(2)).sqrt();
                    assert!(apart > 0.65 * f64::from(wheel.pitch), "{areas} areas: marks {apart} apart");
                }
            }
        }
    }

    #[test]
    fn more_marks_stand_closer_and_reach_no_further_than_there_is_room() {
        let wheel_of = |areas: usize, most: usize| {
            wheel((0..areas).map(|number| area(number, if number == 0 { most } else { 0 })).collect(), String::new())
        };
        assert_eq!((wheel_of(4, 3).pitch, wheel_of(4, 3).areas[1].reach), (PITCH, 500));
        for (areas, most) in [(1, 200), (4, 60), (9, 21), (9, 200), (30, 40)] {
            let wheel = wheel_of(areas, most);
            let furthest = wheel.areas[0].marks.iter().map(|(_, (x, y))| f64::from(x.pow(2) + y.pow(2)).sqrt());
            let furthest = furthest.fold(0.0, f64::max);
            assert!(furthest <= f64::from(wheel.areas[0].reach), "{areas} areas: {furthest}");
            assert!(wheel.areas[0].reach <= 900 || wheel.pitch == LEAST_PITCH, "{areas} areas");
        }
    }

    #[test]
    fn lines_to_labels_meet_their_area_and_cross_neither_marks_nor_each_other() {
        for areas in 1..=30 {
            for full in 0..areas {
                let wheel = wheel(
                    (0..areas).map(|one| area(one, if one % 7 == full % 7 { 40 } else { one % 4 })).collect(),
                    String::new(),
                );
                let all_marks = || wheel.areas.iter().flat_map(|area| &area.marks).map(|(_, at)| *at);
                for side in ["left", "right"] {
                    let mut exits: Vec<_> = wheel.areas.iter().filter(|area| area.side == side).collect();
                    exits.sort_by_key(|area| area.label);
                    assert!(exits.is_sorted_by(|above, below| above.exit.1 < below.exit.1), "{areas} areas: {side}");
                    for area in exits {
                        let ((right, down), (edge_right, edge_down)) = (area.exit, area.edge);
                        let turned = f64::from(right * edge_down - down * edge_right).abs();
                        assert!(turned < 2_000.0, "{areas} areas: a line does not come out of its area");
                        // From its exit a line goes sideways, away from the wheel.
                        let is_under = |(x, _): &Point| if side == "left" { *x < right } else { *x > right };
                        let near =
                            all_marks().filter(is_under).map(|(_, y)| (y - down).abs()).min().unwrap_or(i32::MAX);
                        assert!(near > wheel.pitch * 3 / 8, "{areas} areas: a line {near} from a mark");
                    }
                }
            }
        }
    }

    #[test]
    fn levels_follow_the_counts() {
        let wheel = wheel(vec![area(1, 0), area(2, 8), area(3, 11), area(4, 21)], String::new());
        let levels: Vec<_> = wheel.areas.iter().map(|area| area.level).collect();
        assert_eq!(levels, ["empty", "few", "many", "most"]);
        let areas = [area(1, 0), area(2, 8), area(3, 11), area(4, 21)];
        assert_eq!(
            described(&areas, "areas", 39, Wording::english()),
            "A wheel of 4 areas with 39 indicators. 1. Area: 0; 2. Area: 8; 3. Area: 11; 4. Area: 21."
        );
    }

    #[test]
    fn labels_of_a_side_stand_from_top_to_bottom() {
        let wheel = wheel((1..=9).map(|number| area(number, 1)).collect(), String::new());
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
