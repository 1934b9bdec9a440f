//! Hears what a page draws: its words, one after the other, and where they stand.

use std::vec::IntoIter;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, Rect, Shape};

use super::attachments::Attachment;
use super::guard::{Guard, Misfit, SeenWord};
use super::place::{Place, Step};
use super::plain;
use super::run::{Heard, Of, Run};
use super::surface::{Area, Ink};

/// Stands for a glyph whose text the file does not tell.
const UNKNOWN: &str = "\u{fffd}";

/// The foot of a page, as a part of its height.
const LOW: f64 = 0.4;

/// All hyphens of a font can be one glyph, and a glyph has one text here, that of the hyphen which came first. One that
/// is drawn is a hyphen in any case.
const SOFT_HYPHEN: char = '\u{ad}';

/// A page as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its words, with single spaces, and `\n` where a line ends.
    pub text: String,
    /// The same words where they are seen.
    pub words: Vec<SeenWord>,
    /// What cannot be read where it stands.
    pub misfits: Vec<Misfit>,
    pub last: Option<LastContent>,
    /// Everything that is drawn besides words, in the order in which it is.
    pub paths: Vec<Path>,
    /// Whether it is written from right to left.
    pub is_rtl: bool,
    /// Of the first page: the title and the bookmarks of the file.
    pub titles: Vec<String>,
    /// Of the first page: the files that lie in it.
    pub attachments: Vec<Attachment>,
}

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The upright box that it lies in.
    pub edges: Rect,
    /// Whether it is an area, or a line.
    pub is_filled: bool,
    /// How many bytes of the text of its page were read before it.
    pub at: usize,
}

/// What a page ends with.
#[derive(Debug, Clone, PartialEq)]
pub struct LastContent {
    /// The number by which tags name it.
    pub id: i32,
    pub words: String,
    /// Whether it stands at the foot of the page.
    pub is_low: bool,
}

/// Hears the glyphs of a page.
#[derive(Default)]
pub struct Listener {
    /// What stands outside of it is not seen.
    page: Rect,
    text: String,
    guard: Guard,
    /// The open marked contents, the innermost last, and how many have begun.
    marked: Vec<Marked>,
    begun: usize,
    /// What is read in the place of each marked content that is still to begin.
    actual: IntoIter<Option<String>>,
    /// The last glyph that was read, and the last that was seen.
    last: Option<Place>,
    last_seen: Option<Place>,
    /// What may be written from right to left, as it is drawn, until it is whole; and where the last such words stand.
    run: Run,
    last_run: Option<(Place, Place)>,
    /// Whether the file is written from right to left.
    is_rtl: bool,
    /// A sign that is not seen. It is drawn with the glyph of the space, which has one text in the file: that of the
    /// sign which came first. So only the room that it takes tells whether it is one.
    unseen: Option<Place>,
    last_content: Option<LastContent>,
    /// How what is drawn now is put on the page; and what that was outside of each open group, the innermost last.
    layer: Layer,
    outside: Vec<Layer>,
    /// Whether what is drawn next is mixed with what is there by more than its opacity.
    is_masked: bool,
    is_blended: bool,
    paths: Vec<Path>,
}

/// How a group of things is put on the page.
#[derive(Debug, Clone, Copy)]
struct Layer {
    opacity: f32,
    /// Whether it is mixed with what is there by its opacity alone.
    is_plain: bool,
}

impl Default for Layer {
    fn default() -> Self {
        Self { opacity: 1.0, is_plain: true }
    }
}

/// How a glyph is drawn.
struct Drawn<'d, 'a> {
    glyph: &'d Glyph<'a>,
    paint: &'d Paint<'a>,
    mode: &'d GlyphDrawMode,
}

impl Drawn<'_, '_> {
    /// Whether it is there to be found and not to be seen.
    fn is_invisible(&self) -> bool {
        matches!(self.mode, GlyphDrawMode::Invisible)
    }
}

/// What a glyph is drawn with, or was.
enum Drawing<'d, 'a> {
    Now(&'d Drawn<'d, 'a>),
    Heard(Ink),
}

/// Less of a colour is not seen.
const LEAST: f32 = 0.01;

/// A marked content.
struct Marked {
    is_artifact: bool,
    /// The number by which tags name it.
    id: Option<i32>,
    /// Its place among the marked contents of the page.
    place: usize,
    /// Whether its glyphs are drawn from the end of their words.
    is_reversed: bool,
    /// What is read in the place of its glyphs, and where those stand that were drawn so far.
    actual: Option<String>,
    drawn: Option<Cluster>,
}

/// Glyphs that are read as one.
struct Cluster {
    place: Place,
    ink: Ink,
    is_reversed: bool,
}

impl Listener {
    /// `page` is its media box, in points; `is_rtl` says that the file is written from right to left; `actual` is what is
    /// read in the place of each marked content.
    pub fn new(page: Rect, is_rtl: bool, actual: IntoIter<Option<String>>) -> Self {
        Self { page, guard: Guard::new(page), is_rtl, actual, ..Self::default() }
    }

    /// What was heard.
    pub fn sheet(mut self) -> Sheet {
        self.end_run();
        Sheet {
            titles: Vec::new(),
            attachments: Vec::new(),
            text: self.text.trim_end().to_owned(),
            words: self.guard.seen(),
            misfits: self.guard.misfits(),
            last: self.last_content,
            paths: self.paths,
            is_rtl: self.is_rtl,
        }
    }

    /// What is drawn now is of this marked content. A span within a text (of letters with a text of their own) parts no
    /// word.
    fn of(&self) -> Of {
        let is_text = |marked: &&Marked| marked.id.is_some() || marked.is_artifact;
        Of {
            id: self.marked.iter().rev().find_map(|marked| marked.id),
            is_artifact: self.marked.iter().any(|marked| marked.is_artifact),
            content: self.marked.iter().rev().find(is_text).map_or(0, |marked| marked.place),
        }
    }

    /// Keeps a glyph until its run is whole.
    fn keep(&mut self, letters: &str, place: Place, is_reversed: bool, ink: Ink) {
        if !(self.run.takes(letters, &place, self.is_rtl) || is_reversed && self.run.takes("", &place, self.is_rtl)) {
            self.end_run();
        }
        let of = self.of();
        let letters = if letters.chars().all(|char| plain(char).is_none()) { "" } else { letters };
        self.run.push(Heard { letters: letters.to_owned(), place, ink, is_reversed, of });
    }

    /// Takes a glyph to those of the span that is read as one.
    fn gather(&mut self, glyph: Cluster) {
        let Some(span) = self.marked.iter_mut().find(|marked| marked.actual.is_some()) else { return };
        span.drawn = Some(match span.drawn.take() {
            Some(all) => Cluster { place: all.place.with(&glyph.place), ..all },
            None => glyph,
        });
    }

    /// Reads letters that are drawn.
    fn read(&mut self, letters: &str, place: Place, is_reversed: bool, is_outline: bool, drawing: Drawing) {
        let ink = |own: &Self| match drawing {
            Drawing::Now(drawn) => own.ink_of(drawn),
            Drawing::Heard(ink) => ink,
        };
        if is_reversed || self.is_rtl || self.run.takes(letters, &place, false) {
            if !(is_outline && self.run.ends_at(&place)) {
                self.keep(letters, place, is_reversed, ink(self));
            }
            return;
        }
        self.end_run();
        if is_outline && self.last_seen == Some(place) {
            self.guard.outline(letters, &place, ink(self));
            return;
        }
        if letters.chars().all(|char| plain(char).is_none()) {
            self.unseen = Some(place);
            return;
        }
        if self.unseen.take().is_some_and(|unseen| unseen.is_wide_before(&place)) {
            self.guard.end_word();
            self.space();
        }
        let of = self.of();
        if !matches!(self.last_seen.map(|last| last.step(&place)), Some(Step::Close)) {
            self.guard.end_word();
        }
        self.watch(letters, &place, of.content, drawing);
        let last_run = self.last_run.take().zip(self.last);
        let step = match last_run {
            Some(((first, last), _)) => Some(Place::step_between((&first, &last), (&place, &place))),
            None => self.last.map(|last| last.step(&place)),
        };
        self.hear(letters, place, of, step);
    }

    /// Hears a run in the order of reading.
    fn end_run(&mut self) {
        let Some((first, last)) = self.run.ends() else { return };
        let before = self.last_run.or(self.last.map(|last| (last, last)));
        let mut step = before.map(|(from, to)| Place::step_between((&from, &to), (&first, &last)));
        // Words of both directions that touch are two: what one of them fills may lie on both sides of the other.
        self.guard.end_word();
        for Heard { letters, place, ink, of, .. } in self.run.in_order(self.is_rtl) {
            self.watch(&letters, &place, of.content, Drawing::Heard(ink));
            self.hear(&letters, place, of, step);
            step = Some(Step::Close);
        }
        self.last_run = Some((first, last));
    }

    fn hear(&mut self, letters: &str, place: Place, of: Of, step: Option<Step>) {
        let Of { id, is_artifact, .. } = of;
        if is_artifact || !self.page.contains(place.origin) {
            return;
        }
        let is_another_text = id.is_some() && id != self.last_content.as_ref().map(|last| last.id);
        if let (Some(last), Some(step)) = (self.last, step) {
            match step {
                Step::Line if ends_inside_a_word(&self.text) => {}
                Step::Line => self.end_line(),
                Step::Word => self.space(),
                Step::Close if is_another_text && last.is_clear_of(&place) => self.space(),
                Step::Close => {}
            }
        }
        self.last = Some(place);
        letters.chars().for_each(|char| self.write(char));
        if let Some(id) = id {
            let is_low = place.origin.y < self.page.y0 + LOW * self.page.height();
            match self.last_content.as_mut().filter(|last| last.id == id) {
                Some(last) => last.words.push_str(letters),
                None => self.last_content = Some(LastContent { id, words: letters.to_owned(), is_low }),
            }
        }
    }

    /// Every glyph takes its place on the page, be it content or artifact.
    fn watch(&mut self, letters: &str, place: &Place, content: usize, drawing: Drawing) {
        self.last_seen = Some(*place);
        if letters.chars().all(char::is_whitespace) {
            self.guard.end_word();
        } else {
            let seen: String = letters.chars().filter_map(plain).collect();
            // Colours are dear to work out: the letters of a word are taken to have one, and each sign of a figure its own.
            let ink = match drawing {
                Drawing::Heard(ink) => ink,
                Drawing::Now(drawn) => {
                    let is_letter = seen.chars().all(char::is_alphabetic) && !drawn.is_invisible();
                    self.guard.ink(content).filter(|_| is_letter).unwrap_or_else(|| self.ink_of(drawn))
                }
            };
            self.guard.glyph(&seen, place, content, ink);
        }
    }

    /// What a colour is on the page.
    fn ink(&self, paint: &Paint) -> Ink {
        let Paint::Color(colour) = paint else { return Ink::Unknown };
        let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
        let opacity = f32::from(alpha) / 255.0 * self.layer.opacity;
        if opacity < LEAST {
            Ink::None
        } else if self.is_masked || self.is_blended || !self.layer.is_plain {
            Ink::Unknown
        } else {
            Ink::Colour([red, green, blue], opacity)
        }
    }

    /// What letters are drawn with. Those that are small pictures have their own colours.
    fn ink_of(&self, drawn: &Drawn) -> Ink {
        match drawn.glyph {
            _ if drawn.is_invisible() => Ink::None,
            Glyph::Type3(_) => Ink::Unknown,
            Glyph::Outline(_) => self.ink(drawn.paint),
        }
    }

    fn paint(&mut self, area: Area, paint: &Paint) {
        match self.ink(paint) {
            Ink::None => {}
            Ink::Colour(colour, 1.0..) => self.guard.cover(area, colour),
            Ink::Colour(..) | Ink::Unknown => self.guard.veil(area),
        }
    }

    /// What has no words can follow a heading, too.
    fn draw_something(&mut self) {
        let id = self.marked.iter().rev().find_map(|marked| marked.id);
        let is_artifact = self.marked.iter().any(|marked| marked.is_artifact);
        let is_another = |last: &LastContent| id.is_some_and(|id| id != last.id);
        if !is_artifact && self.last_content.as_ref().is_some_and(is_another) {
            self.last_content = None;
        }
    }

    fn note_path(&mut self, edges: Rect, is_filled: bool) {
        self.paths.push(Path { edges, is_filled, at: self.text.len() });
    }

    fn write(&mut self, char: char) {
        if char.is_whitespace() || char.is_control() {
            self.space();
        } else {
            self.text.extend(plain(char));
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn end_line(&mut self) {
        let words = self.text.trim_end().len();
        self.text.truncate(words);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

impl<'a> Device<'a> for Listener {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        let place = Place::of(glyph, transform * glyph_transform);
        let drawn = Drawn { glyph, paint, mode };
        let is_reversed = self.marked.iter().any(|marked| marked.is_reversed);
        if self.marked.iter().any(|marked| marked.actual.is_some()) {
            let ink = self.ink_of(&drawn);
            return self.gather(Cluster { place, ink, is_reversed });
        }
        let mut one = [0; 4];
        let read = glyph.as_unicode();
        let letters = match &read {
            Some(BfString::Char(SOFT_HYPHEN)) => "-",
            Some(BfString::Char(char)) => char.encode_utf8(&mut one),
            Some(BfString::String(chars)) => chars,
            None => UNKNOWN,
        };
        if is_mark_alone(letters, &place) {
            return;
        }
        let is_outline = matches!(mode, GlyphDrawMode::Stroke(_));
        self.read(letters, place, is_reversed, is_outline, Drawing::Now(&drawn));
    }

    fn begin_marked_content(&mut self, tag: &[u8], id: Option<i32>) {
        self.begun += 1;
        let (is_artifact, is_reversed) = (tag == b"Artifact", tag == b"ReversedChars");
        let actual = self.actual.next().flatten();
        self.marked.push(Marked { is_artifact, id, place: self.begun, is_reversed, actual, drawn: None });
    }

    fn end_marked_content(&mut self) {
        let Some(Marked { actual: Some(letters), drawn: Some(drawn), .. }) = self.marked.pop() else { return };
        if is_mark_alone(&letters, &drawn.place) {
            return;
        }
        let letters = if letters == SOFT_HYPHEN.to_string() { "-" } else { &letters };
        self.read(letters, drawn.place, drawn.is_reversed, false, Drawing::Heard(drawn.ink));
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        self.end_run();
        self.draw_something();
        let edges = transform.transform_rect_bbox(path.control_box());
        self.note_path(edges, matches!(mode, PathDrawMode::Fill(_)));
        let area = match mode {
            PathDrawMode::Fill(rule) => Area::of_path(path, transform, *rule),
            PathDrawMode::Stroke(pen) => Area::of_line(path, transform, pen),
        };
        area.into_iter().for_each(|area| self.paint(area, paint));
    }

    fn draw_rect(&mut self, rect: &Rect, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        match mode {
            PathDrawMode::Fill(_) => {
                self.end_run();
                self.draw_something();
                self.note_path(transform.transform_rect_bbox(*rect), true);
                Area::of_box(rect, transform).into_iter().for_each(|area| self.paint(area, paint));
            }
            PathDrawMode::Stroke(_) => self.draw_path(&rect.to_path(0.1), transform, paint, mode),
        }
    }

    /// What is behind a picture may be seen through it, so that it covers no words; and it has no one colour.
    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        self.end_run();
        self.draw_something();
        let edges = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        Area::of_box(&edges, transform).into_iter().for_each(|area| self.guard.veil(area));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.end_run();
        self.guard.clip(Area::of_clip(&clip.path, clip.fill));
    }

    fn pop_clip_path(&mut self) {
        self.end_run();
        self.guard.end_clip();
    }

    fn set_soft_mask(&mut self, mask: Option<SoftMask<'a>>) {
        self.is_masked = mask.is_some();
    }

    fn set_blend_mode(&mut self, mode: BlendMode) {
        self.is_blended = mode != BlendMode::Normal;
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, mode: BlendMode) {
        let outer = self.layer;
        self.outside.push(outer);
        let is_plain = outer.is_plain && mask.is_none() && mode == BlendMode::Normal;
        self.layer = Layer { opacity: outer.opacity * opacity, is_plain };
    }

    fn pop_transparency_group(&mut self) {
        self.layer = self.outside.pop().unwrap_or_default();
    }
}

/// Whether this is a mark that is drawn apart from its letter, since it stands higher or lower. The file says of it the whole
/// letter once more.
fn is_mark_alone(letters: &str, place: &Place) -> bool {
    place.advance == 0.0 && letters.chars().nth(1).is_some()
}

/// Whether a line that ends here was broken in a word such as `2016/17` or `year-end`.
fn ends_inside_a_word(text: &str) -> bool {
    let mut back = text.chars().rev();
    matches!(back.next(), Some('-' | '–' | '—' | '/')) && back.next().is_some_and(char::is_alphanumeric)
}
