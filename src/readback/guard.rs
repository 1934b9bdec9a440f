//! Looks whether the words of a page can be read where they stand.
//!
//! In: the glyphs of a page with their places, and what is drawn over or cuts them, in the order in which they are drawn.
//! Out: a [`Misfit`] for each word that leaves the page, lies over another, touches another figure, is cut or is hidden.
//! Words of artifacts (running heads, repeated heads of tables) count like all others: eyes see them.

use kurbo::{Point, Rect};

use super::place::Place;

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

/// What covers a word is at least so wide and high, in points: smaller shapes are marks.
const COVER: f64 = 4.0;

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

/// What is wrong with where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Legibility {
    OffThePage,
    Overprinted,
    Touching,
    Cut,
    Hidden,
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
    /// What the open clips leave, the innermost last.
    clips: Vec<Rect>,
}

impl Guard {
    pub fn new(page: Rect) -> Self {
        Self { page, ..Self::default() }
    }

    /// A glyph of a word. `is_visible` is false for text that is there to be found and not to be seen.
    pub fn glyph(&mut self, letters: &str, place: &Place, content: usize, is_visible: bool) {
        let core = place.frame(CORE.0, CORE.1);
        let fault = self.fault(core, is_visible);
        match self.words.last_mut().filter(|word| self.is_open && word.content == content) {
            Some(word) => {
                word.text.push_str(letters);
                word.core = word.core.union(core);
                word.fault = word.fault.or(fault);
            }
            None => self.words.push({
                let (text, size, is_level) = (letters.to_owned(), place.size, place.is_level());
                Word { text, core, size, content, fault, is_level }
            }),
        }
        self.is_open = true;
    }

    /// The word ends.
    pub fn end_word(&mut self) {
        self.is_open = false;
    }

    fn fault(&self, core: Rect, is_visible: bool) -> Option<Legibility> {
        let within = |edges: &Rect| edges.inflate(EDGE, EDGE).contains_rect(core);
        if !is_visible {
            Some(Legibility::Hidden)
        } else if !within(&self.page) {
            Some(Legibility::OffThePage)
        } else if !self.clips.last().is_none_or(within) {
            Some(Legibility::Cut)
        } else {
            None
        }
    }

    /// From here on only what is inside is seen.
    pub fn clip(&mut self, edges: Rect) {
        let outer = self.clips.last().copied().unwrap_or(edges);
        self.clips.push(outer.intersect(edges));
    }

    pub fn end_clip(&mut self) {
        self.clips.pop();
    }

    /// Something that nothing can be seen through is drawn over what is there.
    pub fn cover(&mut self, shape: Rect) {
        let shape = self.clips.last().map_or(shape, |clip| shape.intersect(*clip));
        if shape.width() < COVER || shape.height() < COVER {
            return;
        }
        let hides = |word: &&mut Word| shape.contains(word.core.center());
        self.words.iter_mut().filter(hides).for_each(|word| word.fault = word.fault.or(Some(Legibility::Hidden)));
    }

    /// What cannot be read, in the order in which it is drawn.
    pub fn misfits(self) -> Vec<Misfit> {
        let mut misfits: Vec<(usize, Misfit)> = Vec::new();
        for (place, word) in self.words.iter().enumerate() {
            let fault = word.fault.or_else(|| word.joins_figures().then_some(Legibility::Touching));
            misfits.extend(fault.map(|fault| (place, self.misfit(fault, place, None))));
        }
        for (place, other, fault) in self.meetings() {
            misfits.push((place, self.misfit(fault, place, Some(other))));
        }
        misfits.sort_by_key(|(place, misfit)| (*place, misfit.fault));
        misfits.into_iter().map(|(_, misfit)| misfit).collect()
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

impl Word {
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
