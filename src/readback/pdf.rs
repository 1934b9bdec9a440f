//! The words of a finished PDF, page by page.
//!
//! In: the bytes of a PDF. Out: the text of each page in the order in which it is drawn, with single spaces. What is
//! tagged as an artifact (running heads, repeated table heads, ornaments) is left out, as a screen reader leaves it
//! out. The file is drawn, on a device that listens to the glyphs and to nothing else: a space is written where one
//! is drawn, and where the next glyph stands on another line or clear of the last one.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread::{available_parallelism, scope};

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

use super::digest::Digester;
use super::plain;

/// The mark that ends every PDF, and in how many of the last bytes it must stand.
const END: &[u8] = b"%%EOF";
const TAIL: usize = 1024;

/// So many pages are worth more than one reader.
const MANY: usize = 8;

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

/// Reads one PDF after another.
#[derive(Debug, Default)]
pub struct Reader {
    /// The text of each page that was read last, where a next PDF is expected in which most pages are the same.
    known: Option<HashMap<u64, String>>,
}

impl Reader {
    /// A reader of one edition after another, that reads what is new in each.
    pub fn keeping() -> Self {
        Self { known: Some(HashMap::new()) }
    }

    /// The text of each page.
    pub fn pages(&mut self, bytes: &[u8]) -> Result<Vec<String>, PdfError> {
        let pdf = open(bytes)?;
        let pages = pdf.pages().iter();
        let Some(known) = &mut self.known else { return read(&pdf, &pages.collect::<Vec<_>>()) };
        let mut digester = Digester::default();
        let digests: Vec<Option<u64>> = pdf.pages().iter().map(|page| digester.page(page)).collect();
        let of = |digest: &Option<u64>| digest.and_then(|digest| known.get(&digest)).cloned();
        let former: Vec<Option<String>> = digests.iter().map(of).collect();
        let new: Vec<&Page> = pages.zip(&former).filter(|(_, text)| text.is_none()).map(|(page, _)| page).collect();
        let mut new = read(&pdf, &new)?.into_iter();
        let texts: Vec<String> = former.into_iter().filter_map(|text| text.or_else(|| new.next())).collect();
        let with_digest = digests.into_iter().zip(&texts);
        *known = with_digest.filter_map(|(digest, text)| Some((digest?, text.clone()))).collect();
        Ok(texts)
    }
}

fn open(bytes: &[u8]) -> Result<Pdf, PdfError> {
    if !has_end(bytes) {
        return Err(PdfError::Damaged);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Locked,
        LoadPdfError::Invalid => PdfError::Damaged,
    })?;
    if pdf.pages().is_empty() { Err(PdfError::Damaged) } else { Ok(pdf) }
}

/// The text of each of these pages; where they are many, they are read side by side.
fn read(pdf: &Pdf, pages: &[&Page]) -> Result<Vec<String>, PdfError> {
    let read = |pages: &[&Page]| -> Result<Vec<String>, PdfError> {
        let cache = InterpreterCache::new();
        pages.iter().map(|page| text(pdf, page, &cache)).collect()
    };
    if pages.len() < MANY {
        return read(pages);
    }
    let readers = available_parallelism().map_or(1, NonZeroUsize::get);
    let share = pages.len().div_ceil(readers);
    let shares: Result<Vec<Vec<String>>, PdfError> = scope(|scope| {
        let readers: Vec<_> = pages.chunks(share).map(|pages| scope.spawn(move || read(pages))).collect();
        readers.into_iter().map(|reader| reader.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    shares.map(|shares| shares.concat())
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
    let edges = page.media_box();
    let paper = Rect::new(edges.x0, edges.y0, edges.x1, edges.y1);
    let mut listener = Listener { page: paper, ..Listener::default() };
    interpret_page(page, &mut context, &mut listener);
    Ok(listener.text.trim_end().to_owned())
}

/// Hears the glyphs of a page.
#[derive(Default)]
struct Listener {
    /// What stands outside of it is not seen.
    page: Rect,
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
        if !drawn_again && !self.marked.contains(&true) && self.page.contains(place.origin) {
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

/// Whether a line that ends here was broken in a word such as `2016/17` or `year-end`.
fn ends_inside_a_word(text: &str) -> bool {
    let mut back = text.chars().rev();
    matches!(back.next(), Some('-' | '–' | '—' | '/')) && back.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A PDF of one page. Its font has the letters of ASCII, `ffi` at 1, an en dash at 2 and a soft hyphen at 3.
    fn pdf(content: &str) -> Vec<u8> {
        with_form(content, "")
    }

    /// The same with something that is drawn in a form of its own, where there is anything.
    fn with_form(content: &str, form: &str) -> Vec<u8> {
        let text_of_glyphs = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange \
             3 beginbfchar <01> <006600660069> <02> <2013> <03> <00ad> endbfchar";
        let font = "/Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> \
             /Encoding << /Differences [] >> /FirstChar 1 /LastChar 1 /Widths [500] /ToUnicode 6 0 R";
        let stream =
            |entries: &str, text: &str| format!("<< {entries} /Length {} >> stream\n{text}\nendstream", text.len());
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 7 0 R >>".to_owned(),
            stream("", &format!("BT /F 10 Tf 200 400 Td {content} ET {}", if form.is_empty() { "" } else { "/X Do" })),
            format!("<< {font} >>"),
            stream("", text_of_glyphs),
            "<< /Font << /F 5 0 R >> /XObject << /X 8 0 R >> >>".to_owned(),
            stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F 5 0 R >> >>",
                &format!("BT /F 10 Tf 200 300 Td {form} ET"),
            ),
        ];
        let body: Vec<String> =
            (1..).zip(objects).map(|(id, object)| format!("{id} 0 obj {object} endobj\n")).collect();
        format!("%PDF-1.7\n{}trailer << /Root 1 0 R >>\n%%EOF", body.concat()).into_bytes()
    }

    fn pages(bytes: &[u8]) -> Result<Vec<String>, PdfError> {
        Reader::default().pages(bytes)
    }

    fn check(content: &str, expected: &str) {
        assert_eq!(pages(&pdf(content)), Ok(vec![expected.to_owned()]), "{content}");
    }

    #[test]
    fn a_reader_that_keeps_pages_sees_whatever_changed() {
        let changed = |from: &str, to: &str| String::from_utf8_lossy(&pdf("(45) Tj")).replace(from, to).into_bytes();
        let files = [
            (pdf("(45) Tj"), "45"),
            (pdf("(45) Tj"), "45"),
            (pdf("(54) Tj"), "54"),
            (pdf("(45) Tj"), "45"),
            (with_form("(45) Tj", "(29) Tj"), "45 29"),
            (with_form("(45) Tj", "(92) Tj"), "45 92"),
            // The glyphs mean other letters, and stand off the page.
            (changed("<7e> <0020>", "<7e> <0021>"), "56"),
            (changed("0 0 612 792", "0 0 100 100"), ""),
            (pdf("(45) Tj"), "45"),
        ];
        let mut reader = Reader::keeping();
        for (bytes, expected) in files {
            assert_eq!(reader.pages(&bytes), Ok(vec![expected.to_owned()]));
            assert_eq!(reader.pages(&bytes), pages(&bytes));
        }
    }

    #[test]
    fn glyphs_are_read_as_the_text_that_they_stand_for() {
        check("(45% of e\x01cient \x0212) Tj", "45% of efficient –12");
        check("(2016\x0317) Tj", "2016-17");
        check("<ff> Tj", "\u{fffd}");
    }

    #[test]
    fn a_line_ends_in_one_space_unless_it_breaks_a_word() {
        check("(one ) Tj 0 -14 Td (two) Tj", "one two");
        check("(one) Tj 0 -14 Td (two) Tj", "one two");
        check("(2016/) Tj 0 -14 Td (17 year-) Tj 0 -14 Td (end) Tj", "2016/17 year-end");
        check("(-) Tj 0 -14 Td (45) Tj", "- 45");
    }

    #[test]
    fn what_stands_apart_on_a_line_is_another_word_and_what_is_raised_is_not() {
        check("(45) Tj 60 0 Td (29) Tj", "45 29");
        check("(45) Tj -60 0 Td (29) Tj", "45 29");
        check("(m) Tj 5 3.5 Td /F 6 Tf (2) Tj", "m2");
        check("0 1 -1 0 50 50 Tm (45) Tj 0 -14 Td (29) Tj", "45 29");
    }

    #[test]
    fn what_stands_outside_the_page_is_not_seen() {
        check("(on) Tj 0 -500 Td (below) Tj 0 480 Td (and) Tj 900 0 Td (beside) Tj", "on and");
    }

    #[test]
    fn artifacts_are_left_out() {
        check("/P << /MCID 0 >> BDC (text) Tj EMC /Artifact BMC /Span BMC ( 7) Tj EMC EMC ( on) Tj", "text on");
    }

    #[test]
    fn what_is_filled_and_outlined_is_read_once() {
        check("2 Tr (45) Tj", "45");
    }

    #[test]
    fn no_bytes_make_it_fall_over() {
        let whole = pdf("(45) Tj");
        assert_eq!(pages(b""), Err(PdfError::Damaged));
        assert_eq!(pages(b"%PDF-1.7\n%%EOF"), Err(PdfError::Damaged));
        assert_eq!(pages(&[0xff; 4096]), Err(PdfError::Damaged));
        for length in 0..whole.len() {
            assert_eq!(pages(&whole[..length]), Err(PdfError::Damaged), "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn damage_is_no_panic(at in 0..4096_usize, damage: Vec<u8>) {
            let whole = pdf("(45) Tj");
            let mut bytes = whole.clone();
            let at = at % bytes.len();
            let end = bytes.len().min(at + damage.len());
            bytes.splice(at..end, damage);
            let mut reader = Reader::keeping();
            let _ = reader.pages(&whole);
            prop_assert_eq!(reader.pages(&bytes), pages(&bytes));
        }
    }
}
