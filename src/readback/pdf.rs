//! The words of a finished PDF, page by page.
//!
//! In: the bytes of a PDF. Out: the text of each page in the order in which it is drawn, with single spaces. What is
//! tagged as an artifact (running heads, repeated table heads, ornaments) is left out, as a screen reader leaves it
//! out. The file is drawn, on a device that listens to the glyphs and to nothing else: a space is written where one
//! is drawn, and where the next glyph stands on another line or clear of the last one.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use super::plain;

/// The mark that ends every PDF, and in how many of the last bytes it must stand.
const END: &[u8] = b"%%EOF";
const TAIL: usize = 1024;

/// From here on a step is another line or another word; in parts of the type size.
const NEW_LINE: f64 = 0.6;
const NEW_WORD: f64 = 0.3;

/// Stands for a glyph whose text the file does not tell.
const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// All hyphens of a font can be one glyph, and a glyph has one text here, that of the hyphen which came first. One that
/// is drawn is a hyphen in any case.
const SOFT_HYPHEN: char = '\u{ad}';

/// Why a PDF cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    #[error("the PDF is damaged")]
    Damaged,
    #[error("the PDF is locked with a password")]
    Locked,
}

/// The text of each page.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, PdfError> {
    if !has_end(bytes) {
        return Err(PdfError::Damaged);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Locked,
        LoadPdfError::Invalid => PdfError::Damaged,
    })?;
    if pdf.pages().is_empty() {
        return Err(PdfError::Damaged);
    }
    let cache = InterpreterCache::new();
    pdf.pages().iter().map(|page| text(&pdf, page, &cache)).collect()
}

/// A file that was cut off would be repaired as far as it goes; here it is no PDF.
fn has_end(bytes: &[u8]) -> bool {
    bytes[bytes.len().saturating_sub(TAIL)..].windows(END.len()).any(|window| window == END)
}

fn text<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>) -> Result<String, PdfError> {
    if page.raw().contains_key(CONTENTS) && page.page_stream().is_none() {
        return Err(PdfError::Damaged);
    }
    let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    let mut context = Context::new(Affine::IDENTITY, Rect::ZERO, cache, pdf.xref(), settings);
    let mut listener = Listener::default();
    interpret_page(page, &mut context, &mut listener);
    Ok(listener.text.trim_end().to_owned())
}

/// Hears the glyphs of a page.
#[derive(Default)]
struct Listener {
    text: String,
    /// For each open marked content, whether it is an artifact.
    marked: Vec<bool>,
    last: Option<Place>,
}

impl Listener {
    fn hear(&mut self, glyph: &Glyph, place: Place) {
        match self.last.map(|last| last.step(&place)) {
            Some(Step::Line) if !ends_inside_a_word(&self.text) => self.space(),
            Some(Step::Word) => self.space(),
            _ => {}
        }
        self.last = Some(place);
        match glyph.as_unicode() {
            Some(BfString::Char(SOFT_HYPHEN)) => self.write('-'),
            Some(BfString::Char(char)) => self.write(char),
            Some(BfString::String(chars)) => chars.chars().for_each(|char| self.write(char)),
            None => self.write(UNKNOWN),
        }
    }

    fn write(&mut self, char: char) {
        if char.is_whitespace() || char.is_control() {
            self.space();
        } else {
            self.text.extend(plain(char));
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

impl<'a> Device<'a> for Listener {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        let place = Place::of(glyph, transform * glyph_transform);
        let drawn_again = matches!(mode, GlyphDrawMode::Stroke(_)) && self.last == Some(place);
        if !drawn_again && !self.marked.contains(&true) {
            self.hear(glyph, place);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<i32>) {
        self.marked.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Where a glyph stands, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    origin: Point,
    /// The direction of the baseline, and how far along it the next glyph is due.
    along: Vec2,
    advance: f64,
    size: f64,
}

/// How one glyph follows another.
enum Step {
    /// In the same word, as far as the place tells.
    Close,
    Word,
    Line,
}

impl Place {
    fn of(glyph: &Glyph, transform: Affine) -> Self {
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(_) => None,
        };
        let [a, b, c, d, ..] = transform.as_coeffs();
        let (along, up) = (Vec2::new(a, b), Vec2::new(c, d));
        Self {
            origin: transform * Point::ORIGIN,
            along: along.normalize(),
            advance: along.hypot() * width.map_or(UNITS_PER_EM, f64::from),
            size: up.hypot() * UNITS_PER_EM,
        }
    }

    fn step(&self, next: &Self) -> Step {
        let size = self.size.max(next.size);
        let way = next.origin - self.origin;
        let (forward, sideways) = (way.dot(self.along), way.cross(self.along));
        if sideways.abs() > NEW_LINE * size {
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

/// Whether a line that ends here was broken in a word such as `2016/17` or `year-end`.
fn ends_inside_a_word(text: &str) -> bool {
    let mut back = text.chars().rev();
    matches!(back.next(), Some('-' | '–' | '—' | '/')) && back.next().is_some_and(char::is_alphanumeric)
}
