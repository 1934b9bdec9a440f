//! Finds what was written in the finished PDF.
//!
//! In: what was written, the words of each page as they were read back, and the figures of the web page in their order.
//! Out: the areas of the pages that show each text and figure. Texts are known by their letters; figures stand in the
//! order in which they stand on the page, as the comparison of both has it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::matching::{Sought, Stream, claim};
use super::{Area, Share, Written};
use crate::readback::html::{self, ReadFigure, Stands};
use crate::readback::pdf::Sheet;
use crate::readback::{SeenWord, places_of_figures};

/// What small letters fill of the size of type, and how far letters reach below and above that.
const CORE: f64 = 0.46;
const BELOW: f64 = 0.26;
const ABOVE: f64 = 0.34;

/// Where everything stands in a PDF.
#[derive(Debug, Default)]
pub struct OnPaper {
    /// For each text and figure the areas that show it, a line each.
    pub places: Vec<Vec<Area>>,
    /// The areas that show each figure, by its address.
    pub figures: BTreeMap<String, Vec<Area>>,
    pub share: Share,
}

/// Finds what was written; `sizes` are those of the pages, in points, and `marks` as for the page.
pub fn on_paper(
    written: &[Written],
    sheets: &[Sheet],
    sizes: &[[f64; 2]],
    (page, marks): (&str, &BTreeMap<String, String>),
) -> OnPaper {
    let words: Vec<(usize, &SeenWord)> =
        (0..).zip(sheets).flat_map(|(page, sheet)| sheet.words.iter().map(move |word| (page, word))).collect();
    let mut stream = Stream::default();
    words.iter().for_each(|(_, word)| stream.push(&word.text, 0, None));
    let sought: Vec<Sought> = written.iter().map(Written::sought).collect();
    let claims = claim(&stream, &sought);
    let figures = figures(&words, page, marks);
    let areas = |range: &Range<usize>| lines(&words[range.clone()], sizes);
    let place = |(one, texts): (&Written, &Vec<Range<usize>>)| {
        let shown = one.address.as_ref().and_then(|address| figures.get(address));
        texts.iter().chain(shown.into_iter().flatten()).flat_map(areas).collect()
    };
    let places = written.iter().zip(&claims.places).map(place).collect();
    let mut is_figure = vec![false; words.len()];
    figures.values().flatten().for_each(|range| is_figure[range.clone()].fill(true));
    let mut share = Share::default();
    for (place, (_, word)) in words.iter().enumerate() {
        if is_figure[place] || claims.has(&stream, place) {
            share.found += 1;
        } else {
            share.other.push(word.text.clone());
        }
    }
    let of_figure = |(address, shown): (String, Vec<Range<usize>>)| (address, shown.iter().flat_map(areas).collect());
    OnPaper { places, figures: figures.into_iter().map(of_figure).collect(), share }
}

/// The words that show each figure, by its address.
fn figures(
    words: &[(usize, &SeenWord)],
    page: &str,
    marks: &BTreeMap<String, String>,
) -> BTreeMap<String, Vec<Range<usize>>> {
    let read = html::read(&html::parse(page)).figures;
    let (mut text, mut starts) = (String::new(), Vec::with_capacity(words.len()));
    for (_, word) in words {
        starts.push(text.len());
        text.push_str(&word.text);
        text.push('\n');
    }
    let word_at = |byte: usize| starts.partition_point(|start| *start <= byte).saturating_sub(1);
    let mut figures: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    // Notes at the feet of pages have an order of their own.
    for stands in [Stands::InText, Stands::AtFoot] {
        let here: Vec<&ReadFigure> = read.iter().filter(|figure| figure.stands == stands).collect();
        for (figure, place) in here.iter().zip(places_of_figures(&here, &text)) {
            if let (Some(address), Some(place)) = (marks.get(&figure.address), place) {
                let words = word_at(place.start)..word_at(place.end.saturating_sub(1)) + 1;
                figures.entry(address.clone()).or_default().push(words);
            }
        }
    }
    figures
}

/// The areas of words that follow each other, a line each.
fn lines(words: &[(usize, &SeenWord)], sizes: &[[f64; 2]]) -> Vec<Area> {
    let is_next = |one: &(usize, &SeenWord), next: &(usize, &SeenWord)| {
        let (a, b) = (one.1.at, next.1.at);
        one.0 == next.0
            && (a.y0 - b.y0).abs() < a.height().min(b.height())
            && b.x0 >= a.x0
            && b.x0 - a.x1 < 3.0 * a.height()
    };
    let area = |line: &[(usize, &SeenWord)]| {
        let &(page, first) = line.first()?;
        let [width, height] = *sizes.get(page)?;
        let core = line.iter().map(|(_, word)| word.at).fold(first.at, |all, one| all.union(one));
        let size = core.height() / CORE;
        let per_cent = |part: f64, whole: f64| (part / whole * 10_000.0).round() / 100.0;
        Some(Area {
            page: page + 1,
            left: per_cent(core.x0, width),
            top: per_cent(height - core.y1 - ABOVE * size, height),
            width: per_cent(core.width(), width),
            height: per_cent(core.height() + (ABOVE + BELOW) * size, height),
        })
    };
    words.chunk_by(is_next).filter_map(area).collect()
}
