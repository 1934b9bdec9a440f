//! Charts with an axis: columns, lines and slopes.

use rust_decimal::Decimal;

use super::matter::{Aim, Matter, Point, Series};
use super::places::{Across, Room, SMALL, WIDE, WITH_ENDS, along};
use crate::model::chart::ends::{HEIGHT, in_lines};
use crate::model::values::ChartForm;
use crate::view::charts::{
    self, Axis, AxisLine, Band, ColumnMark, Dot, DotShape, End, Fill, Label, Level, LevelKind, Missing, Place, Plot,
    Segment,
};
use crate::view::copy_editor::CopyEditor;

/// How much of its place a column takes.
const SHARE: f64 = 0.58;

/// A column for each place; what a second series says stands across it.
pub fn columns(editor: &CopyEditor, matter: &Matter) -> Plot {
    let lowest = matter.numbers().min().unwrap_or_default();
    let axis = Axis::from_nought(matter.numbers()).with_room_below(lowest);
    let count = matter.places.len();
    let width = 100.0 / count.max(1) as f64 * SHARE;
    let Some(series) = matter.series.first() else { return Plot::default() };
    let column = |(place, point): (usize, &Point)| {
        let (foot, end) = (axis.foot(), axis.down(point.number));
        let fill = match () {
            () if point.may_change() => Fill::Hatched,
            () if point.number.is_sign_negative() => Fill::Outlined,
            () => Fill::Solid,
        };
        let (y, height) = (foot.min(end), charts::in_hundredths((foot - end).abs()));
        ColumnMark {
            draws: point.mark(editor),
            x: charts::in_hundredths(charts::middle(place, count) - width / 2.0),
            width: charts::in_hundredths(width),
            y,
            height,
            fill,
        }
    };
    let across = width * 1.16;
    let before = |(place, point): (usize, &Point)| Level {
        draws: point.mark(editor),
        x: charts::in_hundredths(charts::middle(place, count) - across / 2.0),
        width: charts::in_hundredths(across),
        y: axis.down(point.number),
        kind: LevelKind::Before,
    };
    // A line across a column that would go through its figure takes it along.
    let stands = |place: usize, point: &Point| {
        const NEAR: f64 = 9.0;
        let end = axis.down(point.number);
        let across =
            matter.series.get(1).and_then(|one| one.points.get(place)?.as_ref()).map(|one| axis.down(one.number));
        let is_below = point.number.is_sign_negative();
        let beyond = |across: &f64| if is_below { across - end } else { end - across };
        let over = across.filter(|across| (0.0..NEAR).contains(&beyond(across)));
        Some((over.unwrap_or(end), is_below))
    };
    Plot {
        columns: series.known().map(column).collect(),
        levels: matter.series.get(1).into_iter().flat_map(Series::known).map(before).collect(),
        labels: labels(editor, series, WIDE, stands),
        missing: gaps(editor, series),
        breaks: breaks(series, charts::middle),
        ..frame(editor, &matter.places, Some(series), axis, (charts::middle, WIDE))
    }
}

/// A line for each series, with its name at its end.
pub fn line(editor: &CopyEditor, matter: &Matter) -> Plot {
    let numbers: Vec<_> = matter.numbers().chain(aimed(matter)).collect();
    let axis = Axis::cut(numbers.iter().copied()).unwrap_or_else(|| Axis::from_nought(numbers.iter().copied()));
    let lowest = numbers.iter().min().copied().unwrap_or_default();
    let axis = if matter.series.len() == 1 { axis.with_room_below(lowest) } else { axis };
    let only = if let [only] = &matter.series[..] { Some(only) } else { None };
    let target = only.and_then(|one| target(editor, axis, one));
    let room = match (only, &target) {
        (None, _) => WITH_ENDS,
        (Some(_), Some(target)) => WIDE.beside(target.letters()),
        (Some(_), None) => WIDE,
    };
    let (bands, levels) = only.map(|one| aims(editor, axis, one)).unwrap_or_default();
    // The last figure stands at the end of the line.
    let last = only.and_then(|one| one.known().next_back()).map(|(place, _)| place);
    let labels = only.map(|one| {
        labels(editor, one, room, |place, point| {
            (Some(place) != last).then(|| (axis.down(point.number), is_in_a_dip(one, place)))
        })
    });
    let ends = matter.series.iter().enumerate().filter_map(|(place, one)| end(editor, axis, matter, place, one));
    let ends = ends.chain(target).collect();
    Plot {
        bands,
        levels,
        labels: labels.unwrap_or_default(),
        breaks: only.map(|one| breaks(one, charts::middle)).unwrap_or_default(),
        ends: spread(ends, ChartForm::Line, matter.series.len()),
        ..joined(
            editor,
            &matter.series,
            axis,
            frame(editor, &matter.places, matter.series.first(), axis, (charts::middle, room)),
            charts::middle,
        )
    }
}

/// Two or three times beside each other, joined by a line for each series.
pub fn slope(editor: &CopyEditor, matter: &Matter) -> Plot {
    let axis = Axis::cut(matter.numbers()).unwrap_or_else(|| Axis::from_nought(matter.numbers()));
    let last = matter.places.len().saturating_sub(1);
    let ends = |is_left: bool| {
        let end = |(place, one): (usize, &Series)| {
            let at = if is_left { 0 } else { last };
            let point = one.points.get(at)?.as_ref()?;
            let name = if is_left { Vec::new() } else { in_lines(&one.name) };
            let stands = (axis.down(point.number), is_left);
            Some(End::new(charts::line_of(place), stands, point.words(editor), name))
        };
        spread(matter.series.iter().enumerate().filter_map(end).collect(), ChartForm::Slope, matter.series.len())
    };
    let mut all = ends(true);
    all.extend(ends(false));
    let from_edge_to_edge = |place: usize, count: usize| charts::share(place, count.saturating_sub(1));
    let frame = frame(editor, &matter.places, None, axis, (from_edge_to_edge, WIDE));
    // On a phone a name between those at both edges has no room.
    let on_paper = |one: Place| match one.x > 0.0 && one.x < 100.0 {
        true => Place { kept: String::new(), rest: one.name.clone(), ..one },
        false => one,
    };
    let frame = Plot { places: frame.places.into_iter().map(on_paper).collect(), ..frame };
    Plot {
        lines: Vec::new(),
        nought: None,
        cut: None,
        ends: all,
        is_tall: ChartForm::Slope.is_tall(matter.series.len()),
        ..joined(editor, &matter.series, axis, frame, from_edge_to_edge)
    }
}

/// The small line of one series.
pub fn small(editor: &CopyEditor, matter: &Matter, one: &Series, axis: Axis) -> Plot {
    let (bands, levels) = aims(editor, axis, one);
    let frame = frame(editor, &matter.places, Some(one), axis, (charts::middle, SMALL));
    let breaks = breaks(one, charts::middle);
    Plot { bands, levels, breaks, ..joined(editor, std::slice::from_ref(one), axis, frame, charts::middle) }
}

/// The box with its axis, in the unit of a series, and the names of its places.
pub fn frame(
    editor: &CopyEditor,
    places: &[String],
    series: Option<&Series>,
    axis: Axis,
    (across, room): (Across, Room),
) -> Plot {
    let line = |number| AxisLine {
        y: axis.down(number),
        figure: series.map(|one| one.on_axis(editor, number)).unwrap_or_default(),
    };
    Plot {
        lines: axis.lines().into_iter().map(line).collect(),
        nought: axis.nought_lies().is_none().then(|| axis.foot()),
        cut: axis.nought_lies(),
        places: along(places, across, room, editor.wording()),
        ..Plot::default()
    }
}

/// A box with lines in it.
pub fn joined(editor: &CopyEditor, all: &[Series], axis: Axis, frame: Plot, across: Across) -> Plot {
    let count = frame.places.len();
    let mut plot = frame;
    for (place, one) in all.iter().enumerate() {
        let series = charts::line_of(place);
        let last = one.known().next_back().map(|(place, _)| place);
        let point = |(place, point): (usize, &Point)| (across(place, count), axis.down(point.number));
        for (place, pair) in one.points.windows(2).enumerate() {
            if let [Some(this), Some(next)] = pair
                && !next.begins_anew()
            {
                plot.segments.push(Segment { series, from: point((place, this)), to: point((place + 1, next)) });
            }
        }
        let dot = |(place, one): (usize, &Point)| {
            let (x, y) = point((place, one));
            let shape = if one.may_change() { DotShape::Ring } else { DotShape::Disc };
            Dot { draws: one.mark(editor), series, x, y, is_last: Some(place) == last, shape }
        };
        plot.dots.extend(one.known().map(dot));
    }
    plot
}

/// What a series is held against, as fields and lines.
fn aims(editor: &CopyEditor, axis: Axis, one: &Series) -> (Vec<Band>, Vec<Level>) {
    let edge = |place: usize| charts::share(place, one.points.len());
    let (mut bands, mut levels) = (Vec::new(), Vec::new());
    for Aim { places, at, to } in &one.aims {
        let x = edge(places.start);
        let width = charts::in_hundredths(edge(places.end) - x);
        let level = |end: &Point| Level {
            draws: end.mark(editor),
            x,
            width,
            y: axis.down(end.number),
            kind: LevelKind::Target,
        };
        levels.push(level(at));
        if let Some(to) = to {
            let (top, foot) = (axis.down(to.number), axis.down(at.number));
            bands.push(Band { draws: to.mark(editor), x, width, y: top, height: charts::in_hundredths(foot - top) });
            levels.push(level(to));
        }
    }
    (bands, levels)
}

/// The targets of a line that stands alone.
fn aimed<'m>(matter: &'m Matter<'_>) -> impl Iterator<Item = Decimal> + 'm {
    matter.series.iter().filter(|_| matter.series.len() == 1).flat_map(Series::aimed)
}

/// The figures beside the points of a series, as far as they have room; `stands` says how far down one stands, and whether
/// it stands below that, or that it stands elsewhere.
fn labels(
    editor: &CopyEditor,
    series: &Series,
    room: Room,
    stands: impl Fn(usize, &Point) -> Option<(f64, bool)>,
) -> Vec<Label> {
    let letters: Vec<usize> =
        series.points.iter().map(|point| point.as_ref().map_or(0, |point| point.text.chars().count())).collect();
    let matter = series.that_matter();
    let [wide, narrow] = [room.wide, room.narrow].map(|room| charts::with_room(&letters, &matter, room));
    let label = |(place, point): (usize, &Point)| {
        let (y, is_below) = stands(place, point).filter(|_| wide[place])?;
        let x = charts::middle(place, letters.len());
        Some(Label { x, y, is_below, words: point.words(editor), on_phone: narrow[place] })
    };
    series.known().filter_map(label).collect()
}

/// Whether a point lies below the straight line between its neighbours, so that its figure has room below it.
pub fn is_in_a_dip(series: &Series, place: usize) -> bool {
    let number = |place: Option<usize>| series.points.get(place?)?.as_ref().map(|point| point.number);
    let (before, after) = (number(place.checked_sub(1)), number(Some(place + 1)));
    let between = match (before, after) {
        (Some(before), Some(after)) => Some((before / Decimal::TWO).saturating_add(after / Decimal::TWO)),
        (one, other) => one.or(other),
    };
    between.zip(number(Some(place))).is_some_and(|(between, number)| number < between)
}

/// Where figures begin that cannot be compared with those before them: halfway between the two places.
fn breaks(series: &Series, across: Across) -> Vec<f64> {
    let count = series.points.len();
    let halfway = |place: usize| charts::in_hundredths((across(place - 1, count) + across(place, count)) / 2.0);
    let anew = series.known().filter(|(place, point)| *place > 0 && point.begins_anew());
    anew.map(|(place, _)| halfway(place)).collect()
}

/// Where no figure is said to be: in the middle of places beside each other that have room for the words, between the
/// columns at both sides.
fn gaps(editor: &CopyEditor, series: &Series) -> Vec<Missing> {
    let count = series.points.len();
    let letters = editor.say("chart.no-data").chars().count();
    let places: Vec<usize> = (0..count).filter(|place| series.points[*place].is_none()).collect();
    let stretches = places.chunk_by(|one, next| one + 1 == *next).filter_map(|stretch| {
        let (first, last) = (stretch.first()?, stretch.last()?);
        let has_room = |room: usize| (stretch.len() as f64 + 1.0 - SHARE) * room as f64 > (letters * count) as f64;
        let x = charts::in_hundredths((charts::middle(*first, count) + charts::middle(*last, count)) / 2.0);
        has_room(WIDE.wide).then(|| Missing { x, on_phone: has_room(WIDE.narrow) })
    });
    stretches.collect()
}

/// The end of a line: its last figure, and its name where there are several.
fn end(editor: &CopyEditor, axis: Axis, matter: &Matter, place: usize, series: &Series) -> Option<End> {
    let (_, point) = series.known().next_back()?;
    let name = if matter.series.len() > 1 { in_lines(&series.name) } else { Vec::new() };
    Some(End::new(charts::line_of(place), (axis.down(point.number), false), point.words(editor), name))
}

/// What the target of a line is called, at its end: that of the last places.
fn target(editor: &CopyEditor, axis: Axis, series: &Series) -> Option<End> {
    let aim = series.aims.last()?;
    Some(End::new(0, (axis.down(aim.middle()), false), aim.words(editor), vec![editor.say("variation.target")]))
}

/// Ends as far apart as their lines ask for. Names of the report's first language that have no room are refused before;
/// of a translation the guard over the finished forms tells it.
pub fn spread(ends: Vec<End>, form: ChartForm, series: usize) -> Vec<End> {
    let line = form.end_line(series);
    let wanted: Vec<f64> = ends.iter().map(|end| end.y).collect();
    let sizes: Vec<f64> = ends.iter().map(|end| line * end.name.len().max(1) as f64).collect();
    let middles = charts::apart(&wanted, &sizes, HEIGHT).unwrap_or(wanted);
    ends.into_iter().zip(middles).map(|(end, y)| End { y, ..end }).collect()
}
