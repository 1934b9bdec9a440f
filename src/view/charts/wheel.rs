//! The cycle as a wheel: an area is a part of the ring, and its indicators are stacked outwards from it.

use std::ops::Range;

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

/// A wheel whose ring has a radius of 500 units round the point 0, 0.
#[derive(Debug, PartialEq, Serialize)]
pub struct WheelView {
    pub description: String,
    /// The same without what a table beside it says.
    pub name: String,
    /// How far marks stand from each other.
    pub pitch: i32,
    pub areas: Vec<AreaView>,
    /// What stands beside it, in the order of the areas.
    pub labels: Vec<LabelView>,
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
    /// Where its number stands in the ring, and where outside of it.
    pub middle: Point,
    pub edge: Point,
    pub marks: Vec<(Mark, Point)>,
    /// How far out the area reaches with its marks.
    pub reach: i32,
    /// Whether its label is that of the area before it.
    pub shares_label: bool,
}

/// What stands beside the wheel: the count and name of an area, or those of neighbours without indicators in one.
#[derive(Debug, PartialEq, Serialize)]
pub struct LabelView {
    /// `left` or `right` of the wheel.
    pub side: &'static str,
    pub is_empty: bool,
    /// The count of each of its areas, and their numbers and names.
    pub count: Words,
    pub names: Vec<(String, Words)>,
    /// An arc outside of its areas, where they are several.
    pub bracket: Vec<Point>,
    /// Where a line to it comes out of the ring, how far the marks reach there, and where the line may turn sideways and
    /// cross no marks.
    pub edge: Point,
    pub reach: i32,
    pub exit: Point,
}

/// An area with the marks of its indicators, those of a rating together.
pub struct AreaIndicators {
    pub number: String,
    pub name: Words,
    pub count: Words,
    pub marks: Vec<Mark>,
}

/// The wheel in words: whole, and in short where a table beside it says the counts.
#[derive(Debug, PartialEq)]
pub struct WheelNames {
    pub description: String,
    pub name: String,
}

/// `of_areas` is what so many areas are called, and `total` how many indicators there are.
pub fn described(areas: &[AreaIndicators], of_areas: &str, total: usize, wording: &Wording) -> WheelNames {
    let counts = areas.iter().map(|area| {
        let fills = [("number", &*area.number), ("name", &area.name.text), ("count", &area.count.text)];
        wording.say("cycle.area-count", &fills)
    });
    let list = wording.clauses(counts);
    let of_areas = wording.say("cycle.areas", &[("n", &areas.len().to_string()), ("areas", of_areas)]);
    let indicators = wording.say_of(total, "indicators.count", &[("n", &total.to_string())]);
    let fills = [("areas", &*of_areas), ("indicators", &indicators), ("list", &list)];
    WheelNames {
        description: wording.say("cycle.described", &fills),
        name: wording.say("cycle.beside-table", &fills[..2]),
    }
}

/// Draws the areas clockwise from the top, with the wheel in words.
pub fn wheel(areas: Vec<AreaIndicators>, WheelNames { description, name }: WheelNames) -> WheelView {
    let each = 360.0 / areas.len().max(1) as f64;
    let most = areas.iter().map(|area| area.marks.len()).max().unwrap_or_default();
    let reach_of = |indicators: usize, pitch: i32| rows(indicators, each, pitch).last().map_or(OUTER, Row::reach);
    let fullest = |pitch: &i32| reach_of(most, *pitch) <= REACH;
    let pitch = (LEAST_PITCH..=PITCH).rev().step_by(4).find(fullest).unwrap_or(LEAST_PITCH);
    let reaches: Vec<f64> = areas.iter().map(|area| reach_of(area.marks.len(), pitch)).collect();
    let labelled = labelled(&areas);
    let label = |(side, places): &(Side, Range<usize>)| label(*side, &areas[places.clone()], places, &reaches);
    let labels: Vec<LabelView> = labelled.iter().map(label).collect();
    let area = |(place, area): (usize, AreaIndicators)| {
        let (from, to) = (place as f64 * each, (place + 1) as f64 * each);
        let middle = (from + to) / 2.0;
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
            reach: super::rounded(reaches[place]),
            marks: stack(area.marks, middle, each, pitch),
            shares_label: labelled.iter().all(|(_, places)| places.start != place),
            number: area.number,
            name: area.name,
            count: area.count,
        }
    };
    WheelView { description, name, pitch, labels, areas: areas.into_iter().enumerate().map(area).collect() }
}

/// On which side of the wheel a label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

impl Side {
    /// The middle of the side, in degrees from the top.
    fn middle(self) -> f64 {
        match self {
            Self::Right => 90.0,
            Self::Left => 270.0,
        }
    }
}

/// The areas that each label is for, with its side. Neighbours of a side without indicators share one; an area at the very
/// foot stands where there are fewer.
fn labelled(areas: &[AreaIndicators]) -> Vec<(Side, Range<usize>)> {
    let runs = |side: Side, places: Range<usize>| {
        let mut runs: Vec<(Side, Range<usize>)> = Vec::new();
        for place in places {
            match runs.last_mut() {
                Some((_, run)) if areas[place].marks.is_empty() && areas[run.start].marks.is_empty() => {
                    run.end = place + 1;
                }
                _ => runs.push((side, place..place + 1)),
            }
        }
        runs
    };
    let (half, rest) = (areas.len() / 2, areas.len().div_ceil(2));
    let is_right = runs(Side::Right, 0..half).len() <= runs(Side::Left, rest..areas.len()).len();
    let cut = if is_right { rest } else { half };
    let mut all = runs(Side::Right, 0..cut);
    all.extend(runs(Side::Left, cut..areas.len()));
    all
}

fn label(side: Side, areas: &[AreaIndicators], places: &Range<usize>, reaches: &[f64]) -> LabelView {
    let middle = (places.start + places.end) as f64 * 180.0 / reaches.len() as f64;
    let reach = places.clone().map(|place| reaches[place]).fold(OUTER, f64::max);
    LabelView {
        side: match side {
            Side::Left => "left",
            Side::Right => "right",
        },
        is_empty: areas.iter().all(|area| area.marks.is_empty()),
        count: areas.first().map(|area| area.count.clone()).unwrap_or_default(),
        names: areas.iter().map(|area| (area.number.clone(), area.name.clone())).collect(),
        bracket: if areas.len() > 1 { arc(places, reaches.len()) } else { Vec::new() },
        edge: polar(OUTER, middle),
        reach: super::rounded(reach),
        exit: polar(exit(middle, side, reaches).max(reach) + AIR, middle),
    }
}

/// An arc beside these of so many areas, in steps of about five degrees.
fn arc(places: &Range<usize>, of: usize) -> Vec<Point> {
    let degrees = |place: usize| place as f64 * 360.0 / of as f64;
    let (from, to) = (degrees(places.start) + GAP, degrees(places.end) - GAP);
    let steps = ((to - from) / 5.0).ceil().max(1.0) as usize;
    (0..=steps).map(|step| polar(OUTER + AIR, from + (to - from) * step as f64 / steps as f64)).collect()
}

/// How far out a line that leaves at so many degrees must go before it turns sideways: beyond the marks of the other areas
/// that it then passes, which are those between it and the middle of its side.
fn exit(middle: f64, side: Side, reaches: &[f64]) -> f64 {
    let each = 360.0 / reaches.len() as f64;
    let from = middle - side.middle();
    let is_passed = |other: &usize| {
        let other = (*other as f64 + 0.5) * each - side.middle();
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

    fn unnamed() -> WheelNames {
        WheelNames { description: String::new(), name: String::new() }
    }

    #[test]
    fn every_indicator_has_its_mark_and_no_two_overlap() {
        for areas in 1..14 {
            let wheel = wheel((0..areas).map(|number| area(number, number * 4)).collect(), unnamed());
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
            wheel((0..areas).map(|number| area(number, if number == 0 { most } else { 0 })).collect(), unnamed())
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
                    unnamed(),
                );
                let all_marks = || wheel.areas.iter().flat_map(|area| &area.marks).map(|(_, at)| *at);
                for side in ["left", "right"] {
                    let mut exits: Vec<_> = wheel.labels.iter().filter(|label| label.side == side).collect();
                    if side == "left" {
                        exits.reverse();
                    }
                    assert!(exits.is_sorted_by(|above, below| above.exit.1 < below.exit.1), "{areas} areas: {side}");
                    for label in exits {
                        let ((right, down), (edge_right, edge_down)) = (label.exit, label.edge);
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
        let wheel = wheel(vec![area(1, 0), area(2, 8), area(3, 11), area(4, 21)], unnamed());
        let levels: Vec<_> = wheel.areas.iter().map(|area| area.level).collect();
        assert_eq!(levels, ["empty", "few", "many", "most"]);
        let areas = [area(1, 0), area(2, 8), area(3, 11), area(4, 21)];
        let WheelNames { description, name } = described(&areas, "areas", 39, Wording::english());
        assert_eq!(
            description,
            "A wheel of 4 areas with 39 indicators. 1. Area: 0; 2. Area: 8; 3. Area: 11; 4. Area: 21."
        );
        assert_eq!(name, "A wheel of 4 areas with 39 indicators; the table has their counts");
    }

    #[test]
    fn neighbours_without_indicators_share_a_label_and_every_area_has_one() {
        let counts = [0, 0, 0, 0, 4, 8, 3, 21, 11];
        let wheel = wheel(counts.iter().enumerate().map(|(place, count)| area(place + 1, *count)).collect(), unnamed());
        let numbers =
            |label: &LabelView| label.names.iter().map(|(number, _)| number.as_str()).collect::<Vec<_>>().join(" ");
        let labels: Vec<(&str, String)> = wheel.labels.iter().map(|label| (label.side, numbers(label))).collect();
        let labels: Vec<(&str, &str)> = labels.iter().map(|(side, numbers)| (*side, numbers.as_str())).collect();
        let expected =
            [("right", "1 2 3 4"), ("right", "5"), ("left", "6"), ("left", "7"), ("left", "8"), ("left", "9")];
        assert_eq!(labels, expected);
        let shared: Vec<&str> =
            wheel.areas.iter().filter(|area| area.shares_label).map(|area| area.number.as_str()).collect();
        assert_eq!(shared, ["2", "3", "4"]);
    }
}
