//! What is drawn in the box of a chart: columns, lines, dots and the words beside them, in shares of the box. Both formats
//! draw it at the size of their page.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{in_hundredths, share};
use crate::view::Words;

/// How far the foot of letters stands below the middle of their line on the page, and lines of a name below each other, in
/// ems.
const FOOT: f64 = 0.35;
const LINE: f64 = 1.15;

/// The box of a chart. Shares are in per cent, to the right and down.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Plot {
    /// The lines across it, the highest last.
    pub lines: Vec<AxisLine>,
    /// How far down nought stands, where it is in the box.
    pub nought: Option<f64>,
    /// Where nought lies if it is not in the box, so that only its lines say how long something is.
    pub cut: Option<Cut>,
    pub bands: Vec<Band>,
    pub columns: Vec<ColumnMark>,
    /// Lines at one height: targets, limits, what was before.
    pub levels: Vec<Level>,
    /// Where something was changed.
    pub steps: Vec<StepMark>,
    /// Where figures begin that cannot be compared with those before them.
    pub breaks: Vec<f64>,
    pub segments: Vec<Segment>,
    pub dots: Vec<Dot>,
    /// Figures beside what they are.
    pub labels: Vec<Label>,
    /// Places of which there is no figure, where there is room to say so.
    pub missing: Vec<Missing>,
    /// The names of the places along the foot.
    pub places: Vec<Place>,
    /// What lines are called, at their ends.
    pub ends: Vec<End>,
    /// Whether its ends ask for a higher box.
    pub is_tall: bool,
    /// The longest of the words at its left, and at its right, for which room is left beside it.
    pub axis_room: String,
    pub end_room: String,
}

impl Plot {
    /// With the longest words beside it, for which room is left there.
    pub fn with_rooms(self) -> Self {
        let of_ends = |is_left: bool| {
            let ends = self.ends.iter().filter(move |end| end.is_left == is_left);
            ends.flat_map(move |end| std::iter::once(end.first_words()).chain(end.name.iter().skip(1).cloned()))
        };
        let longest =
            |all: &mut dyn Iterator<Item = String>| all.max_by_key(|one| one.chars().count()).unwrap_or_default();
        let at_edge = self.places.iter().filter(|place| place.x == 0.0).map(|place| place.name.clone());
        let axis = self.lines.iter().map(|line| line.figure.clone());
        let axis_room = longest(&mut axis.chain(of_ends(true)).chain(at_edge));
        let end_room = longest(&mut of_ends(false));
        Self { axis_room, end_room, ..self }
    }

    /// Whether each figure that it draws stands in it, too.
    pub fn names_all(&self) -> bool {
        let words = self.labels.iter().map(|label| &label.words).chain(self.ends.iter().map(|end| &end.figure));
        let named: BTreeSet<&str> =
            words.flat_map(|words| &words.pieces).filter_map(|piece| piece.fact.as_deref()).collect();
        let before = self.levels.iter().filter(|level| level.kind == LevelKind::Before).map(|level| level.draws);
        let columns = self.columns.iter().map(|column| column.draws);
        let mut drawn = self.dots.iter().map(|dot| dot.draws).chain(columns).chain(before);
        drawn.all(|one| named.contains(one.to_string().as_str()))
    }
}

/// Where nought lies outside the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    Below,
    Above,
}

/// A line across the box with its figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AxisLine {
    pub y: f64,
    pub figure: String,
}

/// A range between two heights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// The number of the figure at its upper end.
    pub draws: usize,
    pub x: f64,
    pub width: f64,
    pub y: f64,
    pub height: f64,
}

/// How something is filled, so that it can be told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    Solid,
    Outlined,
    Hatched,
    Dark,
}

impl Fill {
    /// That of a series by its place.
    pub fn of(place: usize) -> Self {
        [Fill::Solid, Fill::Outlined, Fill::Hatched, Fill::Dark][place % 4]
    }
}

/// A column from nought, with the figure that it stands for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnMark {
    /// The number of the figure that it draws.
    pub draws: usize,
    pub x: f64,
    pub width: f64,
    pub y: f64,
    pub height: f64,
    pub fill: Fill,
}

/// A line at one height.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// The number of the figure that it draws.
    pub draws: usize,
    pub x: f64,
    pub width: f64,
    pub y: f64,
    pub kind: LevelKind,
}

/// What a line at one height says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelKind {
    Target,
    /// What stood at this place before, across a column.
    Before,
    /// The mean, or the median.
    Mean,
    /// Up to where figures are expected.
    Limit,
}

/// A line from the foot to the top where something was changed, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepMark {
    pub x: f64,
    /// None where it has no room beside the line: then it stands below the chart.
    pub reason: Option<Words>,
    /// The name of the place, which stands with the reason below the chart where it has no room in it on a phone.
    pub place: String,
    pub on_phone: bool,
}

/// A piece of a line, from one point to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// How its line is drawn, from 0.
    pub series: usize,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// A point of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dot {
    /// The number of the figure that it draws.
    pub draws: usize,
    pub series: usize,
    pub x: f64,
    pub y: f64,
    /// Whether it is larger than others.
    pub is_last: bool,
    pub shape: DotShape,
}

/// How a point is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DotShape {
    Disc,
    Ring,
    Square,
}

/// A figure beside its point or column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    pub is_below: bool,
    pub words: Words,
    /// Whether it has room on a phone.
    pub on_phone: bool,
}

/// Places beside each other without a figure: where their middle stands, and whether a phone has room for the words, too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    pub x: f64,
    pub on_phone: bool,
}

/// The name of a place, as much of it as has room: nothing where others stand for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    pub x: f64,
    /// Whether it ends there; else its middle stands there, or it goes on outwards from the edge of the box.
    pub ends_there: bool,
    pub name: String,
    /// What of it a phone shows, and the rest.
    pub kept: String,
    pub rest: String,
    /// The year that begins there, where names of months leave it out.
    pub year: String,
}

/// The name of a line at its end, in lines that have room there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct End {
    pub series: usize,
    /// Where its middle stands; apart from others.
    pub y: f64,
    pub is_left: bool,
    pub figure: Words,
    pub name: Vec<String>,
    /// How far below its middle its first line stands on the page, in ems.
    pub first_line: f64,
}

impl End {
    /// An end whose middle stands so far down, at the left or the right.
    pub fn new(series: usize, (y, is_left): (f64, bool), figure: Words, name: Vec<String>) -> Self {
        let above = LINE / 2.0 * name.len().saturating_sub(1) as f64;
        Self { series, y, is_left, figure, name, first_line: in_hundredths(FOOT - above) }
    }

    /// The words of its first line: the figure, and the name or its beginning.
    fn first_words(&self) -> String {
        let name = self.name.first().map_or("", String::as_str);
        [self.figure.text.as_str(), name].join(" ").trim_end().to_owned()
    }

    /// How many letters its first line has.
    pub fn letters(&self) -> usize {
        self.first_words().chars().count()
    }
}

/// Where the middle of a place stands among others.
pub fn middle(place: usize, count: usize) -> f64 {
    share(2 * place + 1, 2 * count)
}

/// How a line is drawn, by the place of its series: more than four are told apart by their names alone.
pub fn line_of(place: usize) -> usize {
    place.min(3)
}

/// Things that stand one under the other, each as near to where it is wanted as the others allow; `sizes`, `height` and
/// places in per cent, the middle of the height at fifty. None where they do not all have room.
pub fn apart(wanted: &[f64], sizes: &[f64], height: f64) -> Option<Vec<f64>> {
    if sizes.iter().sum::<f64>() > height {
        return None;
    }
    let edge = (height - 100.0) / 2.0;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, two| wanted[*one].total_cmp(&wanted[*two]));
    let mut middles = vec![0.0; wanted.len()];
    let mut free = -edge;
    for place in &order {
        middles[*place] = (wanted[*place]).max(free + sizes[*place] / 2.0);
        free = middles[*place] + sizes[*place] / 2.0;
    }
    let mut end = 100.0 + edge;
    for place in order.iter().rev() {
        middles[*place] = middles[*place].min(end - sizes[*place] / 2.0);
        end = middles[*place] - sizes[*place] / 2.0;
    }
    Some(middles.into_iter().map(in_hundredths).collect())
}

/// Which of some labels are printed: all, where each has room in its share of the box, or else those that matter most, in
/// that order, as far as they do not meet. `room` is how many letters the box has.
pub fn with_room(letters: &[usize], matter: &[usize], room: usize) -> Vec<bool> {
    let share = room / letters.len().max(1);
    if letters.iter().all(|count| *count < share) {
        return vec![true; letters.len()];
    }
    let middle = |place: usize| (2 * place + 1) * room / (2 * letters.len());
    let mut shown = vec![false; letters.len()];
    for place in matter {
        let meets = |other: usize| {
            let needed = (letters[*place] + letters[other]) / 2 + 2;
            middle(*place).abs_diff(middle(other)) < needed
        };
        let is_free = (0..letters.len()).all(|other| !shown[other] || !meets(other));
        shown[*place] |= is_free;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_meet_are_moved_apart() {
        assert_eq!(apart(&[50.0, 52.0], &[10.0, 10.0], 108.0).unwrap(), [50.0, 60.0]);
        assert_eq!(apart(&[99.0, 98.0], &[10.0, 10.0], 108.0).unwrap(), [99.0, 89.0], "none leaves the box");
        assert_eq!(apart(&[10.0, 90.0], &[10.0, 10.0], 108.0).unwrap(), [10.0, 90.0]);
        assert_eq!(apart(&[10.0, 20.0, 30.0], &[40.0, 40.0, 40.0], 108.0), None);
    }

    #[test]
    fn labels_are_printed_as_far_as_they_have_room() {
        assert_eq!(with_room(&[3; 12], &[], 84), [true; 12]);
        let some = with_room(&[3; 40], &[39, 12, 13, 0], 84);
        let shown: Vec<usize> = (0..40).filter(|place| some[*place]).collect();
        assert_eq!(shown, [0, 12, 39], "13 would meet 12, which matters more");
        assert_eq!(with_room(&[], &[], 84), Vec::<bool>::new());
    }

    proptest::proptest! {
        #[test]
        fn what_stands_apart_never_meets(wanted in proptest::collection::vec(0.0..100.0_f64, 1..9)) {
            let sizes = vec![10.0; wanted.len()];
            let mut middles = apart(&wanted, &sizes, 108.0).unwrap();
            middles.sort_by(f64::total_cmp);
            assert!(middles.windows(2).all(|pair| pair[1] - pair[0] >= 9.98), "{middles:?}");
            assert!(middles.iter().all(|middle| (-4.0..=104.0).contains(middle)));
        }
    }
}
