//! Holds the charts of a PDF against those of the page, which are right.
//!
//! A PDF names no figure that it draws. So the paths of a chart are found by what else is known of it: its gridlines
//! with their figures beside them, which also say where its box stands; or, where it has none, by as many shapes one
//! after the other as it has marks, whose places are those of the page at another size.

use kurbo::Rect;

use super::drawing::{ExpectedChart, ExpectedMark, ReadChart, ReadMark, Shape, Spot, difference, reading};
use super::listener::{Path, Sheet};
use super::scale::{NEAR, Sample, Scale};
use super::{Difference, Fault, plain, single_spaced};

/// Lengths that differ by less are the same, in points.
const SAME: f64 = 0.05;

/// What is flatter is not seen, in points.
const SEEN: f64 = 0.5;

/// So many letters are shown of what stands beside a gridline.
const SHOWN: usize = 20;

/// Everything that the pages draw, in order.
struct Drawing<'s> {
    paths: Vec<(usize, &'s Path)>,
    sheets: &'s [Sheet],
}

/// A chart as it is meant, with its marks as the page draws them.
struct Chart<'c> {
    expected: &'c ExpectedChart<'c>,
    read: &'c ReadChart,
    marks: Vec<(&'c ExpectedMark<'c>, &'c ReadMark)>,
}

/// The box of a chart on its page.
struct Frame {
    page: usize,
    edges: Rect,
    /// Where its first gridline is, and its first path after the gridlines.
    begins: usize,
    inside: usize,
}

/// Holds the charts of a PDF against those that were meant, as the page draws them.
pub fn compare_printed(expected: &[ExpectedChart], read: &[ReadChart], sheets: &[Sheet]) -> Vec<Difference> {
    let paths = sheets.iter().enumerate().flat_map(|(page, sheet)| sheet.paths.iter().map(move |path| (page, path)));
    let drawing = Drawing { paths: paths.collect(), sheets };
    let mut from = 0;
    let mut differences = Vec::new();
    let both = expected.iter().zip(read).filter(|(expected, _)| !expected.is_of_page);
    for chart in both.filter_map(|(expected, read)| Chart::of(expected, read)) {
        let (next, found) = match chart.read.axis.len() {
            2.. => drawing.with_axis(&chart, from),
            _ => drawing.without_axis(&chart, from),
        };
        from = next;
        differences.extend(found);
    }
    differences
}

impl<'c> Chart<'c> {
    /// None where nothing is drawn.
    fn of(expected: &'c ExpectedChart, read: &'c ReadChart) -> Option<Self> {
        let of = |read: &'c ReadMark| {
            let mark = expected.marks.iter().find(|mark| mark.mark.to_string() == read.of)?;
            Some((mark, read))
        };
        let is_seen = |read: &&ReadMark| read.shape != Shape::Area || read.high - read.low > SAME;
        let marks: Vec<_> = read.marks.iter().filter(is_seen).filter_map(of).collect();
        (!marks.is_empty()).then_some(Self { expected, read, marks })
    }

    fn difference(&self, mark: &ExpectedMark, page: usize, fault: Fault) -> Difference {
        Difference { page: Some(page + 1), ..difference(self.expected.section, mark.address, fault) }
    }

    fn not_drawn(&self, mark: &ExpectedMark) -> Difference {
        difference(self.expected.section, mark.address, Fault::NotDrawn { expected: mark.text.to_owned() })
    }

    /// A mark that reaches up to, or along to, another place of the box than it should.
    fn misdrawn(&self, mark: &ExpectedMark, page: usize, low: f64, high: f64) -> Difference {
        let samples: Vec<Sample> = self.marks.iter().flat_map(|(mark, read)| mark.samples(read)).collect();
        let read = Scale::of(&samples).and_then(|scale| reading(scale, &samples, mark, low, high));
        self.difference(mark, page, Fault::Misdrawn { expected: mark.text.to_owned(), read })
    }
}

impl Drawing<'_> {
    /// What stands after a path was drawn, up to the next one.
    fn words_after(&self, place: usize) -> String {
        let Some((page, path)) = self.paths.get(place) else { return String::new() };
        let end = self.paths.get(place + 1).filter(|(next, _)| next == page).map(|(_, next)| next.at);
        let text = &self.sheets[*page].text;
        single_spaced(text.get(path.at..end.unwrap_or(text.len())).unwrap_or_default())
    }

    /// Whether a figure stands beside a path.
    fn stands_beside(&self, place: usize, figure: &str) -> bool {
        let words = self.words_after(place);
        let figure: String = figure.chars().filter_map(plain).collect();
        words.strip_prefix(figure.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }

    fn with_axis(&self, chart: &Chart, from: usize) -> (usize, Vec<Difference>) {
        let Some(start) = (from..self.paths.len()).find(|start| self.are_gridlines(chart, *start)) else {
            return (from, vec![chart.not_drawn(chart.marks[0].0)]);
        };
        let axis = &chart.read.axis;
        let frame = self.frame(chart, start);
        let misread = axis.iter().zip(start..).filter(|(one, place)| !self.stands_beside(*place, &one.text));
        let misread = misread.map(|(one, place)| {
            let read = self.words_after(place).chars().take(SHOWN).collect();
            let fault = Fault::MisreadAxis { expected: Some(one.text.clone()), read };
            chart.difference(chart.marks[0].0, frame.page, fault)
        });
        let mut differences: Vec<Difference> = misread.collect();
        differences.extend(self.in_frame(chart, &frame));
        (frame.inside, differences)
    }

    /// Whether the lines across a chart begin here: as far from each other as on the page, most of them with their figures.
    fn are_gridlines(&self, chart: &Chart, start: usize) -> bool {
        let axis = &chart.read.axis;
        let Some(lines) = self.paths.get(start..start + axis.len()) else { return false };
        let (page, first) = lines[0];
        let is_across = |(on, line): &(usize, &Path)| {
            let edges = line.edges;
            let is_as_long = (edges.x0 - first.edges.x0).abs() < SAME && (edges.x1 - first.edges.x1).abs() < SAME;
            *on == page && !line.is_filled && edges.height() < SAME && is_as_long
        };
        if first.edges.width() < SAME || !lines.iter().all(is_across) {
            return false;
        }
        let heights: Vec<Sample> = lines.iter().zip(axis).map(|((_, line), one)| (line.edges.y0, one.at)).collect();
        let named = axis.iter().zip(start..).filter(|(one, place)| self.stands_beside(*place, &one.text));
        Scale::of(&heights).is_some_and(|scale| heights.iter().all(|one| scale.holds(*one)))
            && named.count() * 2 >= axis.len()
    }

    /// The box whose lines begin there.
    fn frame(&self, chart: &Chart, start: usize) -> Frame {
        let axis = &chart.read.axis;
        let last = axis.len() - 1;
        let ((page, low), (_, high)) = (self.paths[start], self.paths[start + last]);
        let step = (high.edges.y0 - low.edges.y0) / (axis[last].at - axis[0].at);
        let height = |at: f64| low.edges.y0 + (at - axis[0].at) * step;
        let edges = Rect::new(low.edges.x0, height(0.0), low.edges.x1, height(100.0));
        Frame { page, edges, begins: start, inside: start + axis.len() }
    }

    /// Holds all that stands in the box against the marks.
    fn in_frame(&self, chart: &Chart, frame: &Frame) -> Vec<Difference> {
        let inside = self.paths[frame.inside..].iter().take_while(|(page, _)| *page == frame.page);
        let inside: Vec<&Path> = inside.map(|(_, path)| *path).filter(|path| frame.holds(path)).collect();
        let is_astray = |join: &&[Spot; 2]| !inside.iter().any(|path| frame.joins(path, join));
        let astray = chart.read.joins.iter().filter(is_astray).filter_map(|[from, _]| {
            let (mark, _) = chart.marks.iter().find(|(_, read)| read.is_at(*from))?;
            let fault = Fault::Misjoined { expected: mark.text.to_owned() };
            Some(chart.difference(mark, frame.page, fault))
        });
        let mut differences: Vec<Difference> = astray.collect();
        let (areas, lines): (Vec<&Path>, Vec<&Path>) = inside.into_iter().partition(|path| path.is_filled);
        let lines = lines.into_iter().filter(|line| line.edges.height() < SAME).collect();
        // Fields are drawn before the gridlines, which are seen over them.
        let before = self.paths[..frame.begins].iter().rev();
        let fields = before.take_while(|(page, path)| *page == frame.page && path.is_filled && frame.holds(path));
        let mut fields: Vec<&Path> = fields.map(|(_, path)| *path).collect();
        fields.reverse();
        let (mut areas, mut lines, mut fields) = (Unclaimed::of(areas), Unclaimed::of(lines), Unclaimed::of(fields));
        for (mark, read) in &chart.marks {
            let paths = match read.shape {
                Shape::Line => &mut lines,
                Shape::Area if mark.across.is_some() => &mut fields,
                Shape::Area | Shape::Point => &mut areas,
            };
            let Some(path) = paths.claim(frame, mark, read) else {
                differences.push(chart.not_drawn(mark));
                continue;
            };
            let (low, high) = frame.reach(path, read.shape);
            if (low - read.low).abs() > NEAR || (high - read.high).abs() > NEAR {
                differences.push(chart.misdrawn(mark, frame.page, low, high));
            }
        }
        let (first, _) = chart.marks[0];
        let left = areas.left().chain(fields.left());
        differences.extend(left.map(|_| chart.difference(first, frame.page, Fault::DrawnTooOften)));
        differences
    }

    /// Holds as many shapes, one after the other, as a chart has marks against it.
    fn without_axis(&self, chart: &Chart, from: usize) -> (usize, Vec<Difference>) {
        let is_rtl = self.sheets.iter().any(|sheet| sheet.is_rtl);
        let starts = || from..self.paths.len();
        let runs = starts().filter_map(|start| self.run(chart, start, false));
        // Where lines run from right to left bars begin at the right, too.
        let mirrored = starts().filter(|_| is_rtl).filter_map(|start| self.run(chart, start, true));
        let runs = mirrored.chain(runs);
        let mut best: Option<(usize, Run)> = None;
        for run in runs {
            if run.fitting(chart) == chart.marks.len() {
                return (run.end, Vec::new());
            }
            let count = run.fitting(chart).max(self.named(chart, &run));
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, run));
            }
        }
        match best.filter(|(count, _)| *count * 2 >= chart.marks.len()) {
            Some((_, run)) => (run.end, run.differences(chart)),
            None => (from, vec![chart.not_drawn(chart.marks[0].0)]),
        }
    }

    /// How many shapes of a run have their figures behind them.
    fn named(&self, chart: &Chart, run: &Run) -> usize {
        let is_named =
            |(place, (mark, _)): &(&usize, &(&ExpectedMark, &ReadMark))| self.stands_beside(**place, mark.text);
        run.places.iter().zip(&chart.marks).filter(is_named).count()
    }

    /// The shapes from one on; those of bars are all as thick as it.
    fn run(&self, chart: &Chart, start: usize, is_mirrored: bool) -> Option<Run<'_>> {
        let (_, first) = self.paths.get(start).filter(|(_, path)| path.is_filled)?;
        let is_bar = chart.marks[0].1.across.is_none();
        let is_one =
            |path: &Path| path.is_filled && (!is_bar || (path.edges.height() - first.edges.height()).abs() < SAME);
        let ones = (start..self.paths.len()).filter(|place| is_one(self.paths[*place].1)).take(chart.marks.len());
        let ones: Vec<usize> = ones.collect();
        let end = ones.last()? + 1;
        let paths: Vec<_> = ones.iter().map(|place| self.paths[*place]).collect();
        (paths.len() == chart.marks.len()).then_some(Run { paths, places: ones, end, is_mirrored })
    }
}

/// Shapes one after the other.
struct Run<'s> {
    paths: Vec<(usize, &'s Path)>,
    /// Where they are among all.
    places: Vec<usize>,
    end: usize,
    /// Whether it is read from right to left.
    is_mirrored: bool,
}

impl Run<'_> {
    /// How the lengths or heights of the shapes are turned into those of the page, and how their places are; none where
    /// that cannot be.
    fn scales(&self, chart: &Chart) -> Option<(Scale, Option<Scale>)> {
        let reaches: Vec<Sample> = self.marks(chart).flat_map(|(_, _, read, path)| self.reach(path, read)).collect();
        let along: Vec<Sample> = self.marks(chart).filter_map(|(_, _, read, path)| along(path, read)).collect();
        let across = if along.is_empty() { None } else { Some(Scale::of(&along)?) };
        Some((Scale::of(&reaches)?, across))
    }

    fn marks<'a>(
        &'a self,
        chart: &'a Chart,
    ) -> impl Iterator<Item = (usize, &'a ExpectedMark<'a>, &'a ReadMark, &'a Path)> {
        self.paths.iter().zip(&chart.marks).map(|((page, path), (mark, read))| (*page, *mark, *read, *path))
    }

    /// How many shapes are where the marks are.
    fn fitting(&self, chart: &Chart) -> usize {
        let Some((scale, across)) = self.scales(chart) else { return 0 };
        let fits = |read: &ReadMark, path: &Path| {
            let is_along = along(path, read).zip(across).is_none_or(|(sample, across)| across.holds(sample));
            is_along && self.reach(path, read).into_iter().all(|sample| scale.holds(sample))
        };
        self.marks(chart).filter(|(_, _, read, path)| fits(read, path)).count()
    }

    /// From where to where a shape reaches, in points, and where that is on the page.
    fn reach(&self, path: &Path, read: &ReadMark) -> [Sample; 2] {
        // What is drawn at one place is written with errors far below a point.
        let rounded = |length: f64| (length * 50.0).round() / 50.0;
        let edges = path.edges;
        let edges = Rect::new(rounded(edges.x0), rounded(edges.y0), rounded(edges.x1), rounded(edges.y1));
        let middle = edges.center();
        match (read.across, read.shape) {
            (None, _) if self.is_mirrored => [(-edges.x1, read.low), (-edges.x0, read.high)],
            (None, _) => [(edges.x0, read.low), (edges.x1, read.high)],
            (Some(_), Shape::Area) => [(edges.y0, read.low), (edges.y1, read.high)],
            (Some(_), Shape::Point | Shape::Line) => [(middle.y, read.low), (middle.y, read.high)],
        }
    }

    fn differences(&self, chart: &Chart) -> Vec<Difference> {
        let Some((scale, across)) = self.scales(chart) else { return vec![chart.not_drawn(chart.marks[0].0)] };
        let difference = |(page, mark, read, path): (usize, &ExpectedMark, &ReadMark, &Path)| {
            let [low, high] = self.reach(path, read);
            if !scale.holds(low) || !scale.holds(high) {
                return Some(chart.misdrawn(mark, page, scale.place(low.0), scale.place(high.0)));
            }
            let is_out = along(path, read).zip(across).is_some_and(|(sample, across)| !across.holds(sample));
            is_out.then(|| chart.difference(mark, page, Fault::Misplaced { expected: mark.text.to_owned() }))
        };
        self.marks(chart).filter_map(difference).collect()
    }
}

fn along(path: &Path, read: &ReadMark) -> Option<Sample> {
    Some((path.edges.center().x, read.across?))
}

impl Frame {
    fn holds(&self, path: &Path) -> bool {
        self.edges.inflate(SAME, SAME).contains(path.edges.center())
    }

    /// Where something stands in the box, in per cent.
    fn across(&self, path: &Path) -> f64 {
        (path.edges.center().x - self.edges.x0) / self.edges.width() * 100.0
    }

    fn width(&self, path: &Path) -> f64 {
        path.edges.width() / self.edges.width() * 100.0
    }

    fn height(&self, y: f64) -> f64 {
        (y - self.edges.y0) / self.edges.height() * 100.0
    }

    /// Whether a line goes from one place to another. Of a slanted one the box is known, not the diagonal.
    fn joins(&self, path: &Path, [from, to]: &[Spot; 2]) -> bool {
        let edges = Rect::from_points(*from, *to);
        let is_near = |one: f64, other: f64| (one - other).abs() <= NEAR;
        let across = |x: f64| (x - self.edges.x0) / self.edges.width() * 100.0;
        !path.is_filled
            && is_near(across(path.edges.x0), edges.x0)
            && is_near(across(path.edges.x1), edges.x1)
            && is_near(self.height(path.edges.y0), edges.y0)
            && is_near(self.height(path.edges.y1), edges.y1)
    }

    /// From where to where a path reaches, in per cent.
    fn reach(&self, path: &Path, shape: Shape) -> (f64, f64) {
        let middle = self.height(path.edges.center().y);
        match shape {
            Shape::Area => (self.height(path.edges.y0), self.height(path.edges.y1)),
            Shape::Point | Shape::Line => (middle, middle),
        }
    }
}

/// Paths of a box that stand for no mark yet.
struct Unclaimed<'s> {
    paths: Vec<Option<&'s Path>>,
    /// The one behind the last that was claimed.
    next: usize,
}

impl<'s> Unclaimed<'s> {
    fn of(paths: Vec<&'s Path>) -> Self {
        Self { paths: paths.into_iter().map(Some).collect(), next: 0 }
    }

    /// The path of a mark: the next one, since both formats draw in one order; or else the one that is nearest in the place
    /// of the mark.
    fn claim(&mut self, frame: &Frame, mark: &ExpectedMark, read: &ReadMark) -> Option<&'s Path> {
        let is_as_wide = |path: &Path| mark.across.is_none() || (frame.width(path) - read.width).abs() <= NEAR;
        let is_in_place = |path: &Path| {
            is_as_wide(path) && read.across.is_some_and(|across| (frame.across(path) - across).abs() <= NEAR)
        };
        let off = |path: &Path| (frame.reach(path, read.shape).0 - read.low).abs();
        let is_next = self.paths.get(self.next).copied().flatten().is_some_and(is_in_place);
        let place = if is_next && read.shape != Shape::Line {
            self.next
        } else {
            let known = self.paths.iter().enumerate().filter_map(|(place, path)| Some((place, (*path)?)));
            let in_place = known.filter(|(_, path)| is_in_place(path));
            in_place.min_by(|(_, one), (_, other)| off(one).total_cmp(&off(other)))?.0
        };
        self.next = place + 1;
        self.paths[place].take()
    }

    /// Those that are too many; what is too flat to be seen is none.
    fn left(self) -> impl Iterator<Item = &'s Path> {
        self.paths.into_iter().flatten().filter(|path| path.edges.height() > SEEN)
    }
}
