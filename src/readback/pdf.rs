//! The words of a finished PDF, page by page.
//!
//! In: the bytes of a PDF. Out: a [`Sheet`] for each page: its text in the order in which it is drawn, and what of it
//! cannot be read where it stands. What is tagged as an artifact (running heads, repeated table heads, ornaments) is left
//! out of the text, as a screen reader leaves it out. The file is drawn, on a device that listens to the glyphs and to
//! what lies over them: a space is written where one is drawn and where the next glyph stands clear of the last one, the
//! end of a line where it stands on another.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread::{available_parallelism, scope};

use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use kurbo::{Affine, Rect};

use super::actual::actual_texts;
use super::attachments::attachments;
use super::bookmarks::titles;
use super::digest::Digester;
use super::guard::{Legibility, Misfit};
use super::heading::Headings;
use super::listener::Listener;
pub use super::listener::Sheet;

/// The mark that ends every PDF, and in how many of the last bytes it must stand.
const END: &[u8] = b"%%EOF";
const TAIL: usize = 1024;

/// So many pages are worth more than one reader.
const MANY: usize = 8;

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
    /// Each page that was read last, where a next PDF is expected in which most pages are the same.
    known: Option<HashMap<u64, Sheet>>,
    /// Whether what is read next is written from right to left. The file says so only of some languages.
    is_rtl: bool,
}

impl Reader {
    /// A reader of one edition after another, that reads what is new in each.
    pub fn keeping() -> Self {
        Self { known: Some(HashMap::new()), is_rtl: false }
    }

    /// Says whether what is read next is written from right to left.
    pub fn from_right_to_left(&mut self, is_rtl: bool) -> &mut Self {
        if self.is_rtl != is_rtl {
            self.known.iter_mut().for_each(HashMap::clear);
        }
        self.is_rtl = is_rtl;
        self
    }

    /// Each page.
    pub fn pages(&mut self, bytes: &[u8]) -> Result<Vec<Sheet>, PdfError> {
        let pdf = open(bytes)?;
        let mut sheets = self.sheets(&pdf)?;
        strand_headings(&pdf, &mut sheets);
        if let Some(first) = sheets.first_mut() {
            first.titles = titles(&pdf);
            first.attachments = attachments(&pdf);
        }
        Ok(sheets)
    }

    fn sheets(&mut self, pdf: &Pdf) -> Result<Vec<Sheet>, PdfError> {
        let pages = pdf.pages().iter();
        let is_rtl = self.is_rtl;
        let Some(known) = &mut self.known else { return read(pdf, &pages.collect::<Vec<_>>(), is_rtl) };
        let mut digester = Digester::default();
        let digests: Vec<Option<u64>> = pdf.pages().iter().map(|page| digester.page(page)).collect();
        let of = |digest: &Option<u64>| digest.and_then(|digest| known.get(&digest)).cloned();
        let former: Vec<Option<Sheet>> = digests.iter().map(of).collect();
        let new: Vec<&Page> = pages.zip(&former).filter(|(_, sheet)| sheet.is_none()).map(|(page, _)| page).collect();
        let mut new = read(pdf, &new, is_rtl)?.into_iter();
        let sheets: Vec<Sheet> = former.into_iter().filter_map(|sheet| sheet.or_else(|| new.next())).collect();
        let with_digest = digests.into_iter().zip(&sheets);
        *known = with_digest.filter_map(|(digest, sheet)| Some((digest?, sheet.clone()))).collect();
        Ok(sheets)
    }
}

/// Notes the pages at whose foot a heading stands alone. On the last page nothing is parted from its heading.
fn strand_headings(pdf: &Pdf, sheets: &mut [Sheet]) {
    let headings = Headings::of(pdf);
    let Some((_, all_but_last)) = sheets.split_last_mut() else { return };
    for (sheet, page) in all_but_last.iter_mut().zip(pdf.pages().iter()) {
        if let Some(last) = sheet.last.as_ref().filter(|last| last.is_low && headings.hold(page, last.id)) {
            let word = last.words.clone();
            sheet.misfits.push(Misfit { fault: Legibility::StrandedHeading, word, other: None, before: String::new() });
        }
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

/// Each of these pages; where they are many, they are read side by side.
fn read(pdf: &Pdf, pages: &[&Page], is_rtl: bool) -> Result<Vec<Sheet>, PdfError> {
    let read = |pages: &[&Page]| -> Result<Vec<Sheet>, PdfError> {
        let cache = InterpreterCache::new();
        pages.iter().map(|page| sheet(pdf, page, &cache, is_rtl)).collect()
    };
    if pages.len() < MANY {
        return read(pages);
    }
    let readers = available_parallelism().map_or(1, NonZeroUsize::get);
    let share = pages.len().div_ceil(readers);
    let shares: Result<Vec<Vec<Sheet>>, PdfError> = scope(|scope| {
        let readers: Vec<_> = pages.chunks(share).map(|pages| scope.spawn(move || read(pages))).collect();
        readers.into_iter().map(|reader| reader.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    shares.map(|shares| shares.concat())
}

/// A file that was cut off would be repaired as far as it goes; here it is no PDF.
fn has_end(bytes: &[u8]) -> bool {
    bytes[bytes.len().saturating_sub(TAIL)..].windows(END.len()).any(|window| window == END)
}

fn sheet<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>, is_rtl: bool) -> Result<Sheet, PdfError> {
    if page.raw().contains_key(CONTENTS) && page.page_stream().is_none() {
        return Err(PdfError::Damaged);
    }
    let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    let mut context = Context::new(Affine::IDENTITY, Rect::ZERO, cache, pdf.xref(), settings);
    let edges = page.media_box();
    let paper = Rect::new(edges.x0, edges.y0, edges.x1, edges.y1);
    let mut listener = Listener::new(paper, is_rtl, actual_texts(page));
    interpret_page(page, &mut context, &mut listener);
    Ok(listener.sheet())
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
        let widths = "500 ".repeat(256);
        let font = format!(
            "/Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> \
             /Encoding << /Differences [] >> /FirstChar 0 /LastChar 255 /Widths [{widths}] /ToUnicode 6 0 R"
        );
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
        texts(Reader::default().pages(bytes))
    }

    fn texts(sheets: Result<Vec<Sheet>, PdfError>) -> Result<Vec<String>, PdfError> {
        sheets.map(|sheets| sheets.into_iter().map(|sheet| sheet.text).collect())
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
            (with_form("(45) Tj", "(29) Tj"), "45\n29"),
            (with_form("(45) Tj", "(92) Tj"), "45\n92"),
            // The glyphs mean other letters, and stand off the page.
            (changed("<7e> <0020>", "<7e> <0021>"), "56"),
            (changed("0 0 612 792", "0 0 100 100"), ""),
            (pdf("(45) Tj"), "45"),
        ];
        let mut reader = Reader::keeping();
        for (bytes, expected) in files {
            assert_eq!(texts(reader.pages(&bytes)), Ok(vec![expected.to_owned()]));
            assert_eq!(reader.pages(&bytes), Reader::default().pages(&bytes));
        }
    }

    #[test]
    fn glyphs_are_read_as_the_text_that_they_stand_for() {
        check("(45% of e\x01cient \x0212) Tj", "45% of efficient –12");
        check("(2016\x0317) Tj", "2016-17");
        check("<ff> Tj", "\u{fffd}");
    }

    #[test]
    fn a_line_ends_in_one_mark_unless_it_breaks_a_word() {
        check("(one ) Tj 0 -14 Td (two) Tj", "one\ntwo");
        check("(one) Tj 0 -14 Td (two) Tj", "one\ntwo");
        check("(2016/) Tj 0 -14 Td (17 year-) Tj 0 -14 Td (end) Tj", "2016/17 year-end");
        check("(-) Tj 0 -14 Td (45) Tj", "-\n45");
    }

    #[test]
    fn what_stands_apart_on_a_line_is_another_word_and_what_is_raised_is_not() {
        check("(45) Tj 60 0 Td (29) Tj", "45 29");
        check("(45) Tj -60 0 Td (29) Tj", "45 29");
        check("(m) Tj 5 3.5 Td /F 6 Tf (2) Tj", "m2");
        check("0 1 -1 0 50 50 Tm (45) Tj 0 -14 Td (29) Tj", "45\n29");
    }

    #[test]
    fn cells_of_a_narrow_table_are_words_of_their_own() {
        let cells =
            |gap: u32| format!("/P <</MCID 0>> BDC (45) Tj EMC /P <</MCID 1>> BDC {} 0 Td (-29) Tj EMC", 10 + gap);
        check(&cells(2), "45 -29");
        check(&cells(0), "45-29");
        check("/P <</MCID 0>> BDC (4) Tj 7 0 Td (5) Tj EMC", "45");
    }

    #[test]
    fn what_stands_outside_the_page_is_not_seen() {
        check("(on) Tj 0 -500 Td (below) Tj 0 480 Td (and) Tj 900 0 Td (beside) Tj", "on\nand");
    }

    /// The same in a file that is read from right to left.
    fn check_rtl(content: &str, expected: &str) {
        let read = texts(Reader::default().from_right_to_left(true).pages(&pdf(content)));
        assert_eq!(read, Ok(vec![expected.to_owned()]), "{content}");
    }

    #[test]
    fn lines_from_right_to_left_are_read_from_their_beginning() {
        let reversed = |letters: &str| format!("/ReversedChars BMC ({letters}) Tj EMC");
        // Pieces of a line, each to the left of the one before; a single sign is not said to be reversed.
        check_rtl(&format!("{} -10 0 Td (12) Tj -5 0 Td (.) Tj", reversed("olleh")), "hello12.");
        check_rtl("(\\() Tj -10 0 Td (12) Tj -5 0 Td (\\)) Tj", "(12)");
        check_rtl("(12) Tj -5 0 Td (\x02) Tj -10 0 Td (34) Tj", "12–34");
        // Cells of a table, and lines.
        check_rtl("/P <</MCID 0>> BDC (45) Tj EMC /P <</MCID 1>> BDC -40 0 Td (29) Tj EMC", "45 29");
        check_rtl(&format!("{} 0 -14 Td {}", reversed("eno"), reversed("owt")), "one\ntwo");
        // Words in a file that is read from left to right.
        check(&format!("(a ) Tj {}( ) Tj {}( b) Tj", reversed("dlrow"), reversed("olleh")), "a hello world b");
    }

    #[test]
    fn artifacts_are_left_out() {
        check("/P << /MCID 0 >> BDC (text) Tj EMC /Artifact BMC /Span BMC ( 7) Tj EMC EMC ( on) Tj", "text on");
    }

    /// What cannot be read: `PLACE: WORD`, or `PLACE: WORD / OTHER`.
    fn check_misfits(content: &str, expected: &[&str]) {
        let sheets = Reader::default().pages(&pdf(content)).expect("a PDF");
        let line = |misfit: &Misfit| {
            let other = misfit.other.iter().map(|other| format!(" / {other}")).collect::<String>();
            format!("{:?}: {}{other}", misfit.fault, misfit.word)
        };
        assert_eq!(sheets[0].misfits.iter().map(line).collect::<Vec<_>>(), expected, "{content}");
    }

    #[test]
    fn words_that_stand_clear_are_read() {
        check_misfits("(Name) Tj 60 0 Td (45) Tj -60 -12 Td (Below) Tj", &[]);
        // Lines that are set close, and a raised figure.
        check_misfits("(Name) Tj 0 -6 Td (Below) Tj", &[]);
        check_misfits("(m) Tj 5 4 Td /F 6 Tf (2) Tj", &[]);
    }

    #[test]
    fn words_that_leave_the_page_are_told() {
        check_misfits("395 0 Td (away) Tj", &["OffThePage: away"]);
        check_misfits("0 -399 Td (foot) Tj", &[]);
        check_misfits("0 -402 Td (foot) Tj", &["OffThePage: foot"]);
        check_misfits("/Artifact BMC 0 386 Td (head) Tj 0 13 Td (above) Tj EMC", &["OffThePage: above"]);
    }

    #[test]
    fn words_over_other_words_are_told() {
        check_misfits("(Replace) Tj -8 0 Td (12) Tj", &["Overprinted: 12 / Replace"]);
        check_misfits("(Replace) Tj 5 -1 Td (Done) Tj", &["Overprinted: Done / Replace"]);
        // Bold letters that are made by drawing them twice.
        check_misfits("/P BMC (Bold) Tj EMC /P BMC 0.2 0 Td (Bold) Tj EMC", &[]);
    }

    #[test]
    fn figures_that_touch_are_told_and_letters_are_not() {
        let cells =
            |first: &str, next: &str| format!("/P <</MCID 0>> BDC ({first}) Tj EMC /P <</MCID 1>> BDC ({next}) Tj EMC");
        check_misfits(&cells("12", "34"), &["Touching: 34 / 12"]);
        check_misfits(&cells("bold", "er"), &[]);
        check_misfits("(76.5%77.5%) Tj", &["Touching: 76.5%77.5%"]);
        check_misfits("(45£2,187) Tj", &[]);
    }

    #[test]
    fn words_that_are_cut_or_hidden_are_told() {
        let boxed = |edges: &str, words: &str| format!("ET q {edges} re W n BT /F 10 Tf 200 400 Td {words} ET Q BT");
        check_misfits(&boxed("190 390 100 30", "(whole) Tj"), &[]);
        check_misfits(&boxed("190 390 30 30", "(cut off) Tj"), &["Cut: off"]);
        check_misfits("(under) Tj ET 1 1 1 rg 190 390 100 30 re f BT", &["Hidden: under"]);
        check_misfits("(beside) Tj ET 1 1 1 rg 300 390 100 30 re f BT", &[]);
        check_misfits("ET 1 1 1 rg 190 390 100 30 re f BT /F 10 Tf 200 400 Td (over) Tj", &[]);
        check_misfits("3 Tr (unseen) Tj", &["Transparent: unseen"]);
    }

    #[test]
    fn words_on_slanted_lines_of_a_drawing_are_not_held_against_each_other() {
        let slanted = |words: &str, x: u32| format!("0.7 0.7 -0.7 0.7 {x} 400 Tm ({words}) Tj ");
        check_misfits(&format!("{}{}", slanted("2019/20", 200), slanted("2020/21", 212)), &[]);
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
            prop_assert_eq!(reader.pages(&bytes), Reader::default().pages(&bytes));
        }
    }
}
