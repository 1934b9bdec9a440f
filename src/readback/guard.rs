//! Looks whether the words of a page can be read where they stand.
//!
//! In: the glyphs of a page with their places and their ink, and what lies below, cuts or covers them, in the order in
//! which all is drawn. Out: a [`Misfit`] for each word that leaves the page, lies over another, touches another figure,
//! is cut, hidden or transparent, or has the colour of its ground. Words of artifacts (running heads, repeated heads of
//! tables) count like all others: eyes see them. Where the ground is not known, such as on a picture, nothing is said.

use std::rc::Rc;

use kurbo::{Point, Rect};

use super::place::Place;
use super::surface::{Area, Colour, Ink, Surfaces};

/// The part of a glyph that no other may touch, from the baseline in parts of the type size: what small letters fill.
/// Accents and descenders of neighbouring lines may meet.
const CORE: (f64, f64) = (0.02, 0.48);

/// How far words may run into each other, and how near two figures may come, in parts of the type size. Kerning and
/// slanted letters take a little; a space takes about a fifth.
const OVERLAP: f64 = 0.12;
const TOUCH: f64 = 0.12;

/// How far a glyph may reach over the edge of the page or of the box that cuts it, in points.
const EDGE: f64 = 0.75;

/// Signs that begin an amount.
const CURRENCIES: [char; 3] = ['£', '€', '$'];

/// Signs without which an amount is another.
const SIGNS: [char; 6] = ['£', '€', '$', '-', '−', '+'];

/// Words that cannot be read where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    pub fault: Legibility,
    /// The word, and the one that it lies over or touches, where there is one.
    pub word: String,
    pub other: Option<String>,
    /// The words before it on the page, so that its text can be found.
    pub before: String,
}

/// A word where it is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenWord {
    pub text: String,
    /// What its small letters fill, in points of the page, of which y grows upwards.
    pub at: Rect,
}

/// What is wrong with where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Legibility {
    OffThePage,
    Overprinted,
    Touching,
    Cut,
    Hidden,
    Transparent,
    Faint,
    StrandedHeading,
}

/// A word on the page.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// What no other word may touch.
    core: Rect,
    size: f64,
    /// Number of the marked content that it is drawn in.
    content: usize,
    fault: Option<Legibility>,
    /// What its first letter is drawn with.
    ink: Ink,
    /// Whether it stands on a level line. Words on slanted lines, as drawings have them, are not held against others.
    is_level: bool,
}

/// Listens to what a page draws.
#[derive(Debug, Default)]
pub struct Guard {
    page: Rect,
    words: Vec<Word>,
    /// Whether the last word goes on with the next glyph.
    is_open: bool,
    /// What the ink of the last glyph makes of it: it may be outlined with another.
    pending: Option<Legibility>,
    surfaces: Surfaces,
    /// What the open clips leave, the innermost last.
    clips: Vec<Rc<Area>>,
}

impl Guard {
    pub fn new(page: Rect) -> Self {
        Self { page, ..Self::default() }
    }

    /// What the word that goes on is drawn with, if one does.
    pub fn ink(&self, content: usize) -> Option<Ink> {
        self.words.last().filter(|word| self.is_open && word.content == content).map(|word| word.ink)
    }

    /// A glyph of a word.
    pub fn glyph(&mut self, letters: &str, place: &Place, content: usize, ink: Ink) {
        self.end_glyph();
        let core = place.frame(CORE.0, CORE.1);
        let fault = self.fault(core);
        match self.words.last_mut().filter(|word| self.is_open && word.content == content) {
            Some(word) => {
                word.text.push_str(letters);
                word.core = word.core.union(core);
                word.fault = word.fault.or(fault);
            }
            None => self.words.push({
                let (text, size, is_level) = (letters.to_owned(), place.size, place.is_level());
                Word { text, core, size, content, fault, ink, is_level }
            }),
        }
        self.is_open = true;
        self.pending = self.fault_of_ink(letters, core, ink);
    }

    /// The last glyph is outlined, and may be seen by that.
    pub fn outline(&mut self, letters: &str, place: &Place, ink: Ink) {
        if self.pending.is_some() {
            self.pending = self.fault_of_ink(letters, place.frame(CORE.0, CORE.1), ink);
        }
    }

    fn end_glyph(&mut self) {
        if let (Some(fault), Some(word)) = (self.pending.take(), self.words.last_mut()) {
            word.fault = word.fault.or(Some(fault));
        }
    }

    /// The word ends.
    pub fn end_word(&mut self) {
        self.is_open = false;
    }

    fn fault(&self, core: Rect) -> Option<Legibility> {
        let within = |edges: Rect| edges.inflate(EDGE, EDGE).contains_rect(core);
        if !within(self.page) {
            Some(Legibility::OffThePage)
        } else if !self.clips.last().is_none_or(|clip| within(clip.edges())) {
            Some(Legibility::Cut)
        } else {
            None
        }
    }

    /// Pale dots and dashes may be ornaments; of words and figures every sign must be seen.
    fn fault_of_ink(&mut self, letters: &str, core: Rect, ink: Ink) -> Option<Legibility> {
        if ink == Ink::None {
            return Some(Legibility::Transparent);
        }
        let tells = |letter: char| letter.is_alphanumeric() || letter == '%' || SIGNS.contains(&letter);
        // A line or an edge behind a letter is its ground in one point and not in all.
        let points = [core.center(), Point::new(core.x0, core.y0), Point::new(core.x1, core.y1)];
        (self.surfaces.swallow(ink, &points) && letters.contains(tells)).then_some(Legibility::Faint)
    }

    /// From here on only what is inside is seen.
    pub fn clip(&mut self, area: Area) {
        let area = area.within(self.clips.last());
        self.clips.push(Rc::new(area));
    }

    pub fn end_clip(&mut self) {
        self.clips.pop();
    }

    /// Something that nothing can be seen through is drawn over what is there.
    pub fn cover(&mut self, area: Area, colour: Colour) {
        let area = area.within(self.clips.last());
        if !area.is_large() {
            return;
        }
        let hides = |word: &&mut Word| word.spots().into_iter().any(|spot| area.holds(spot));
        self.words.iter_mut().filter(hides).for_each(|word| word.fault = word.fault.or(Some(Legibility::Hidden)));
        self.surfaces.paint(area, Some(colour));
    }

    /// Something is drawn of which it is not known what is seen of it and what through it.
    pub fn veil(&mut self, area: Area) {
        let area = area.within(self.clips.last());
        if area.is_large() {
            self.surfaces.paint(area, None);
        }
    }

    /// The words, in the order in which they are drawn.
    pub fn seen(&self) -> Vec<SeenWord> {
        self.words.iter().map(|word| SeenWord { text: word.text.clone(), at: word.core }).collect()
    }

    /// What cannot be read, in the order in which it is drawn.
    pub fn misfits(mut self) -> Vec<Misfit> {
        self.end_glyph();
        let mut misfits: Vec<(usize, Misfit)> = Vec::new();
        for (place, word) in self.words.iter().enumerate() {
            let fault = word.fault.filter(|fault| !(fault.is_of_sight() && self.is_seen_elsewhere(word)));
            let fault = fault.or_else(|| word.joins_figures().then_some(Legibility::Touching));
            misfits.extend(fault.map(|fault| (place, self.misfit(fault, place, None))));
        }
        for (place, other, fault) in self.meetings() {
            misfits.push((place, self.misfit(fault, place, Some(other))));
        }
        misfits.sort_by_key(|(place, misfit)| (*place, misfit.fault));
        misfits.into_iter().map(|(_, misfit)| misfit).collect()
    }

    /// Whether a word is drawn at the same place once more, so that it is seen: a shadow or a ground has its words, too.
    fn is_seen_elsewhere(&self, word: &Word) -> bool {
        self.words.iter().any(|other| other.fault.is_none() && other.text == word.text && other.stands_like(word))
    }

    fn misfit(&self, fault: Legibility, place: usize, other: Option<usize>) -> Misfit {
        let before = &self.words[place.saturating_sub(3)..place];
        Misfit {
            fault,
            word: self.words[place].text.clone(),
            other: other.map(|other| self.words[other].text.clone()),
            before: before.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
        }
    }

    /// Pairs of words that meet, each by its place, the later one first. Words are looked at from the left to the right,
    /// each against those that reach as far as it begins.
    fn meetings(&self) -> Vec<(usize, usize, Legibility)> {
        let mut order: Vec<usize> = (0..self.words.len()).filter(|place| self.words[*place].is_level).collect();
        let left = |place: &usize| self.words[*place].core.x0;
        order.sort_by(|a, b| left(a).total_cmp(&left(b)));
        let mut reaching: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for place in order {
            let word = &self.words[place];
            reaching.retain(|other| self.words[*other].core.x1 + TOUCH * word.size >= word.core.x0);
            for other in &reaching {
                if let Some(fault) = self.words[*other].meets(word) {
                    found.push((place.max(*other), place.min(*other), fault));
                }
            }
            reaching.push(place);
        }
        found
    }
}

impl Legibility {
    /// Whether the words stand well, and are not seen.
    fn is_of_sight(self) -> bool {
        matches!(self, Self::Hidden | Self::Transparent | Self::Faint)
    }
}

impl Word {
    /// Where it must be seen: in its middle, and along a level line in its quarters as well.
    fn spots(&self) -> [Point; 3] {
        let middle = self.core.center();
        let aside = if self.is_level { self.core.width() / 4.0 } else { 0.0 };
        [middle, Point::new(middle.x - aside, middle.y), Point::new(middle.x + aside, middle.y)]
    }

    /// How this word meets one that begins further right.
    fn meets(&self, right: &Self) -> Option<Legibility> {
        let smaller = self.size.min(right.size);
        let shared = self.core.y1.min(right.core.y1) - self.core.y0.max(right.core.y0);
        if shared < OVERLAP * smaller {
            return None;
        }
        let overlap = self.core.x1.min(right.core.x1) - right.core.x0;
        // What is drawn twice at one place is one word.
        if overlap >= OVERLAP * smaller && !(self.text == right.text && self.stands_like(right)) {
            return Some(Legibility::Overprinted);
        }
        let is_near = overlap.abs() < TOUCH * smaller && self.content != right.content;
        (is_near && ends_a_figure(&self.text) && begins_a_figure(&right.text)).then_some(Legibility::Touching)
    }

    fn stands_like(&self, other: &Self) -> bool {
        let near = |a: Point, b: Point| a.distance(b) < EDGE;
        near(self.core.origin(), other.core.origin())
    }

    /// Whether two figures became one, such as `76.5%77.5%`.
    fn joins_figures(&self) -> bool {
        let letters: Vec<char> = self.text.chars().collect();
        let ends_figure = |letter: char| letter.is_ascii_digit() || letter == '%';
        letters.windows(3).any(|three| match *three {
            [_, '%', next] => next.is_ascii_digit(),
            [before, sign, next] => ends_figure(before) && CURRENCIES.contains(&sign) && next.is_ascii_digit(),
            _ => false,
        })
    }
}

fn ends_a_figure(text: &str) -> bool {
    text.ends_with(|last: char| last.is_ascii_digit() || last == '%')
}

fn begins_a_figure(text: &str) -> bool {
    text.starts_with(|first: char| {
        first.is_ascii_digit() || CURRENCIES.contains(&first) || matches!(first, '-' | '−' | '+')
    })
}
