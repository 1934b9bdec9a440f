//! Where a glyph stands on its page, and how the next one follows it.

use hayro_interpret::font::Glyph;
use kurbo::{Affine, Point, Rect, Vec2};

/// From here on a step is another line or another word; in parts of the type size.
const NEW_LINE: f64 = 0.6;
const NEW_WORD: f64 = 0.3;

/// Where a glyph stands, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub origin: Point,
    /// The direction of the baseline, and how far along it the next glyph is due.
    along: Vec2,
    up: Vec2,
    pub advance: f64,
    pub size: f64,
}

/// A line that rises or falls by more, in parts of its length, is no level one.
const SLANT: f64 = 0.01;

/// So much room is a space, in parts of the type size.
const SPACE: f64 = 0.1;

/// How one glyph follows another.
pub enum Step {
    /// In the same word, as far as the place tells.
    Close,
    Word,
    Line,
}

impl Place {
    /// A glyph whose width the font does not tell is taken for half as wide as it is high.
    pub fn of(glyph: &Glyph, transform: Affine) -> Self {
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(_) => None,
        };
        let [a, b, c, d, ..] = transform.as_coeffs();
        let (along, up) = (Vec2::new(a, b), Vec2::new(c, d));
        Self {
            origin: transform * Point::ORIGIN,
            along: along.normalize(),
            up: up.normalize(),
            advance: along.hypot() * width.map_or(UNITS_PER_EM / 2.0, f64::from),
            size: up.hypot() * UNITS_PER_EM,
        }
    }

    /// Where two glyphs stand that are read as one: on the line of the wider, since marks stand above and below it, and as far
    /// as both reach.
    pub fn with(&self, other: &Self) -> Self {
        let (wide, narrow) = if other.advance > self.advance { (other, self) } else { (self, other) };
        let from = (narrow.origin - wide.origin).dot(wide.along);
        let (start, end) = (from.min(0.0), (from + narrow.advance).max(wide.advance));
        Self { origin: wide.origin + wide.along * start, advance: end - start, ..*wide }
    }

    /// What the glyph takes of the page from one height to another, both from the baseline in parts of the type size.
    pub fn frame(&self, from: f64, to: f64) -> Rect {
        let corner = |forward: f64, up: f64| self.origin + self.along * forward + self.up * up * self.size;
        let [first, last] = [corner(0.0, from), corner(self.advance, to)];
        Rect::from_points(first, last)
    }

    /// Whether it stands upright on a level line.
    pub fn is_level(&self) -> bool {
        self.along.x > 0.0 && self.along.y.abs() < SLANT
    }

    /// Whether room is left for this glyph before the next.
    pub fn is_wide_before(&self, next: &Self) -> bool {
        (next.origin - self.origin).dot(self.along) > SPACE * self.size
    }

    /// Whether this glyph and the next, of another text, are seen as two: cells of a narrow table may stand nearer to
    /// each other than two words.
    pub fn is_clear_of(&self, next: &Self) -> bool {
        (next.origin - self.origin).dot(self.along) > self.advance + SPACE * self.size
    }

    /// A glyph without width, for tests.
    #[cfg(test)]
    pub fn at(transform: Affine) -> Self {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let origin = transform * Point::ORIGIN;
        Self { origin, along: Vec2::new(a, b), up: Vec2::new(c, d), advance: 0.0, size: 1.0 }
    }

    /// Whether the next glyph stands right behind this one, as far as the place tells.
    pub fn goes_on(&self, next: &Self) -> bool {
        let is_forward = (next.origin - self.origin).dot(self.along) >= 0.0;
        is_forward && matches!(self.step(next), Step::Close) && !self.is_clear_of(next)
    }

    /// How a run, of which these are the first and the last glyph from left to right, is followed by another on either
    /// side of it.
    pub fn step_between((first, last): (&Self, &Self), (next_first, next_last): (&Self, &Self)) -> Step {
        let way = next_first.origin - first.origin;
        let forward = (next_first.origin - last.origin).dot(last.along) - last.advance;
        let backward = (first.origin - next_last.origin).dot(last.along) - next_last.advance;
        if way.cross(last.along).abs() > NEW_LINE * last.size.min(next_first.size) {
            Step::Line
        } else if forward.max(backward) > SPACE * last.size.max(next_first.size) {
            Step::Word
        } else {
            Step::Close
        }
    }

    /// How this glyph is followed by the next.
    pub fn step(&self, next: &Self) -> Step {
        let (smaller, size) = (self.size.min(next.size), self.size.max(next.size));
        let way = next.origin - self.origin;
        let (forward, sideways) = (way.dot(self.along), way.cross(self.along));
        if sideways.abs() > NEW_LINE * smaller {
            Step::Line
        } else if forward > self.advance + NEW_WORD * size || forward < -NEW_WORD * size {
            Step::Word
        } else {
            Step::Close
        }
    }
}

/// What a glyph's own measures are parts of.
const UNITS_PER_EM: f64 = 1000.0;
