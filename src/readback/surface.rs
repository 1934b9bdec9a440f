//! What words stand on, and what lies over them: the surfaces of a page, in the order in which they are painted.

use std::collections::BTreeSet;
use std::iter::successors;
use std::rc::Rc;

use hayro_interpret::{FillRule, StrokeProps};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Stroke, StrokeOpts, stroke};

use crate::contrast::contrast;

/// Letters whose lightness is nearer to that of their ground cannot be told from it. (Of what is told readers with good
/// eyes can read some and others none: from 4.5 on it is good type, which is asked of the colours of a design.)
const TOLD_APART: f64 = 1.2;

/// A smaller area is a mark or a line: it carries no words and hides none. In points.
const SMALLEST: f64 = 4.0;

/// How near the outline of a broad line is followed, in points.
const NEAR: f64 = 0.1;

/// A line of more pieces is not followed.
const LONGEST: usize = 10_000;

/// Red, green and blue.
pub type Colour = [u8; 3];

/// What a page is printed on.
const PAPER: Colour = [255; 3];

/// What letters are drawn with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    /// Nothing at all: the letters are there to be found.
    None,
    /// A colour, and how much of it covers what is below, from 0 to 1.
    Colour(Colour, f32),
    /// A gradient, or a colour that is mixed with others.
    Unknown,
}

/// An area of a page.
#[derive(Debug, Clone)]
pub struct Area {
    edges: Rect,
    /// Its outline, where it is no upright box.
    outline: Option<(BezPath, FillRule)>,
    /// What it is cut to besides.
    clip: Option<Rc<Area>>,
}

/// The surfaces of a page.
#[derive(Debug, Default)]
pub struct Surfaces {
    /// Each with its colour, where that is known.
    painted: Vec<(Area, Option<Colour>)>,
    colours: BTreeSet<Colour>,
    /// The last ink that was held against the first so many colours, and whether one of them could swallow it.
    last: Option<(Ink, usize, bool)>,
}

impl Area {
    /// A box, or what a transformation makes of it; none where it is too small.
    pub fn of_box(edges: &Rect, transform: Affine) -> Option<Self> {
        if keeps_boxes(transform) {
            return Self::new(transform.transform_rect_bbox(*edges), || None);
        }
        Self::of_path(&edges.to_path(NEAR), transform, FillRule::NonZero)
    }

    /// What a path goes round; none where it is too small.
    pub fn of_path(path: &BezPath, transform: Affine, rule: FillRule) -> Option<Self> {
        Self::new(transform.transform_rect_bbox(path.control_box()), || {
            (!(keeps_boxes(transform) && is_box(path))).then(|| (transform * path.clone(), rule))
        })
    }

    /// What a line covers; none where it is fine.
    pub fn of_line(path: &BezPath, transform: Affine, pen: &StrokeProps) -> Option<Self> {
        let scale = transform.determinant().abs().sqrt();
        let width = f64::from(pen.line_width);
        let is_followed = path.elements().len() < LONGEST && pen.dash_array.is_empty();
        if !(width * scale >= SMALLEST && is_followed && path.control_box().is_finite()) {
            return None;
        }
        let style = Stroke::new(width).with_caps(pen.line_cap).with_join(pen.line_join);
        let style = style.with_miter_limit(f64::from(pen.miter_limit));
        let outline = stroke(path.iter(), &style, &StrokeOpts::default(), NEAR / scale);
        Self::of_path(&outline, transform, FillRule::NonZero)
    }

    fn new(edges: Rect, outline: impl FnOnce() -> Option<(BezPath, FillRule)>) -> Option<Self> {
        let area = Self { edges, outline: None, clip: None };
        area.is_large().then(|| Self { outline: outline(), ..area })
    }

    /// What a clip leaves seen, which may be nothing.
    pub fn of_clip(path: &BezPath, rule: FillRule) -> Self {
        let outline = (!is_box(path)).then(|| (path.clone(), rule));
        Self { edges: path.bounding_box(), outline, clip: None }
    }

    /// What is left of it inside another.
    pub fn within(self, clip: Option<&Rc<Self>>) -> Self {
        let Some(clip) = clip else { return self };
        let is_box = clip.outline.is_none() && clip.clip.is_none();
        Self { edges: self.edges.intersect(clip.edges), clip: (!is_box).then(|| Rc::clone(clip)), ..self }
    }

    /// The upright box that it lies in.
    pub fn edges(&self) -> Rect {
        self.edges
    }

    pub fn holds(&self, point: Point) -> bool {
        let mut parts = successors(Some(self), |area| area.clip.as_deref());
        parts.all(|area| area.edges.contains(point) && area.goes_round(point))
    }

    fn goes_round(&self, point: Point) -> bool {
        match &self.outline {
            None => true,
            Some((outline, FillRule::NonZero)) => outline.winding(point) != 0,
            Some((outline, FillRule::EvenOdd)) => outline.winding(point) % 2 != 0,
        }
    }

    /// Whether it can carry or hide words.
    pub fn is_large(&self) -> bool {
        self.edges.width() >= SMALLEST && self.edges.height() >= SMALLEST
    }
}

impl Surfaces {
    /// Paints an area over what is there; one whose colour is not known hides what it is painted over from being judged.
    pub fn paint(&mut self, area: Area, colour: Option<Colour>) {
        self.colours.extend(colour);
        self.painted.push((area, colour));
    }

    /// Whether letters cannot be told from what is known to lie below them, at each of these points.
    pub fn swallow(&mut self, ink: Ink, points: &[Point]) -> bool {
        // Nearly all words are told from every colour of their page, wherever they stand.
        self.could_swallow(ink)
            && points.iter().all(|point| self.at(*point).is_some_and(|ground| ink.sinks_into(ground)))
    }

    fn could_swallow(&mut self, ink: Ink) -> bool {
        match self.last {
            Some((last, colours, could)) if last == ink && colours == self.colours.len() => could,
            _ => {
                let could = ink.sinks_into(PAPER) || self.colours.iter().any(|colour| ink.sinks_into(*colour));
                self.last = Some((ink, self.colours.len(), could));
                could
            }
        }
    }

    /// The colour at a point, where it is known.
    fn at(&self, point: Point) -> Option<Colour> {
        self.painted.iter().rev().find(|(area, _)| area.holds(point)).map_or(Some(PAPER), |(_, colour)| *colour)
    }
}

impl Ink {
    /// Whether letters of it cannot be told from their ground.
    fn sinks_into(self, ground: Colour) -> bool {
        let Self::Colour(colour, cover) = self else { return false };
        let mixed = |of: usize| {
            let (above, below) = (f32::from(colour[of]), f32::from(ground[of]));
            (below + (above - below) * cover).round() as u8
        };
        contrast([mixed(0), mixed(1), mixed(2)], ground) < TOLD_APART
    }
}

/// Whether what was an upright box stays one.
fn keeps_boxes(transform: Affine) -> bool {
    let [a, b, c, d, ..] = transform.as_coeffs();
    (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0)
}

/// Whether a path is a box with upright sides.
fn is_box(path: &BezPath) -> bool {
    let points = path.elements().iter().map(|element| match element {
        PathEl::MoveTo(point) | PathEl::LineTo(point) => Some(Some(*point)),
        PathEl::ClosePath => Some(None),
        _ => None,
    });
    let Some(points) = points.collect::<Option<Vec<_>>>() else { return false };
    let points: Vec<_> = points.into_iter().flatten().collect();
    let is_upright = |pair: &[Point]| matches!(pair, [one, other] if one.x == other.x || one.y == other.y);
    matches!(points.len(), 4 | 5) && points.windows(2).all(is_upright)
}
