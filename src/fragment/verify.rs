//! A page of the live site, read back: whether it says what was published.
//!
//! In: the finished page of a report, and a page that was saved from a browser. Out: the words that differ, each with the
//! heading and the row where it stands. What surrounds the report on the saved page is passed over, and so is what sites change
//! of every text: the form of quotation marks, dashes and blanks.

use scraper::{CaseSensitivity, ElementRef, Html};

use super::place::{Files, Place};
use super::{PREFIX, plain};
use crate::dom::{self, Element, Node};

/// How many words must follow each other in both for the texts to be at the same place again.
const ENOUGH: usize = 4;

/// How far ahead such words are looked for.
const FARTHEST: usize = 600;

/// What reading back came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many words were compared, and how many of them have figures.
    pub words: usize,
    pub figures: usize,
    /// How many words are not on the saved page where they should be.
    pub lost: usize,
    pub differences: Vec<Difference>,
}

/// Words that are others on the saved page.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The heading under which they stand.
    pub heading: String,
    /// The name of the row, or the words before.
    pub beside: String,
    pub published: String,
    pub found: String,
}

impl Verified {
    /// Whether the report stands on the page: another one of the same organisation may have some words in common with it.
    pub fn stands_there(&self) -> bool {
        self.lost * 3 < self.words
    }

    /// How many words are on both.
    pub fn in_common(&self) -> usize {
        self.words.saturating_sub(self.lost)
    }
}

impl Difference {
    /// Whether a figure differs, and not words alone.
    pub fn is_of_figures(&self) -> bool {
        figures(&self.published) != figures(&self.found)
    }
}

/// The figures of a text, each as it is written.
fn figures(text: &str) -> Vec<&str> {
    let pieces = text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    pieces.map(|piece| piece.trim_matches([',', '.'])).filter(|piece| !piece.is_empty()).collect()
}

/// A word of the published page, with where it stands.
struct Word {
    text: String,
    heading: usize,
    row: usize,
}

/// The words of a page in order, and the names of the places where they stand.
#[derive(Default)]
struct Words {
    all: Vec<Word>,
    headings: Vec<String>,
    rows: Vec<String>,
    /// Whether the last word may go on in the next text: tags within a word part nothing.
    is_open: bool,
}

/// Compares a saved page with the published one of a report; none where nothing of the report stands on it.
pub fn verify(report: &str, published: &str, saved: &str) -> Option<Verified> {
    let (published, saved) = (Html::parse_document(published), Html::parse_document(saved));
    let main = dom::main_of(&published);
    let find = |is_it: &dyn Fn(&ElementRef) -> bool| saved.root_element().descendent_elements().find(is_it);
    let embedded =
        find(&|element| element.value().has_class(PREFIX.trim_end_matches('-'), CaseSensitivity::CaseSensitive));
    let whole = embedded.map(dom::children).or_else(|| find(&is_own_main).map(|_| dom::main_of(&saved)));
    let (meant, found) = match whole {
        Some(whole) => (Words::of(&without_ways(&main)), Words::of(&without_ways(&whole))),
        None => {
            let files = Files::Under(String::new());
            let place = Place::new(report, 2, &files, &main, true);
            let body = find(&|element| element.value().name() == "body")?;
            (Words::of(&plain::of_page(&main, &place)), Words::of(&dom::children(body)))
        }
    };
    compare(&meant, &found.all)
}

/// Whether it is the main part of a page of ours, which marks its figures: sites call theirs so, too.
fn is_own_main(element: &ElementRef) -> bool {
    let marks_figures = || element.descendent_elements().any(|one| one.attr("data-fact").is_some());
    element.value().name() == "main" && element.value().id() == Some("main") && marks_figures()
}

/// What a fragment has of the page: all but the way back to its contents.
fn without_ways(nodes: &[Node]) -> Vec<Node> {
    let kept = nodes.iter().filter(|node| !matches!(node, Node::Element(one) if one.has_class("to-contents")));
    kept.cloned().collect()
}

impl Words {
    fn of(nodes: &[Node]) -> Self {
        let mut words = Self::default();
        words.gather(nodes);
        words
    }

    fn gather(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(element) if is_unread(&element.name) => {}
                Node::Element(element) => {
                    let is_apart = !node.is_inline() || element.is("br");
                    self.is_open &= !is_apart;
                    self.begin(element);
                    self.gather(&element.children);
                    self.is_open &= !is_apart;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let (heading, row) = (self.headings.len(), self.rows.len());
        let mut pieces = split(text);
        if self.is_open
            && !text.starts_with(char::is_whitespace)
            && let (Some(last), Some(first)) = (self.all.last_mut(), pieces.next())
        {
            last.text.push_str(&first);
        }
        self.all.extend(pieces.map(|text| Word { text, heading, row }));
        self.is_open = !text.ends_with(char::is_whitespace) && (self.is_open || !text.is_empty());
    }

    /// Notes a heading, or the name of a row, before its words.
    fn begin(&mut self, element: &Element) {
        let words = || dom::text_of(&element.children);
        if element.heading().is_some() {
            self.headings.push(words());
        }
        // A line of figures alone belongs to the row that was named before it.
        let is_named = element.is("tr") && element.elements().any(|cell| cell.is("th"));
        let is_row = is_named || ["tbody", "li", "p", "dt"].iter().any(|name| element.is(name));
        if is_row || matches!(element.attribute("scope"), Some("row" | "rowgroup")) {
            self.rows.push(if is_named || element.is("tbody") { String::new() } else { words() });
        }
    }
}

fn is_unread(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript")
}

/// The words of a text, in the one form that all sites leave.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(|word| word.chars().map(same).collect())
}

fn same(letter: char) -> char {
    match letter {
        '‘' | '’' | '′' => '\'',
        '“' | '”' | '″' => '"',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        letter => letter,
    }
}

/// Walks along both; where they part, to the nearest place at which some words follow each other in both again.
fn compare(words: &Words, found: &[Word]) -> Option<Verified> {
    let texts = |words: &'_ [Word]| -> Vec<String> { words.iter().map(|word| word.text.clone()).collect() };
    let (meant, found) = (texts(&words.all), texts(found));
    let (mut at, mut there) = (0, start(&meant, &found)?);
    let (mut differences, mut lost) = (Vec::new(), 0);
    while at < meant.len() {
        if found.get(there) == Some(&meant[at]) {
            (at, there) = (at + 1, there + 1);
            continue;
        }
        let (next, next_there) = meeting(&meant[at..], &found[there.min(found.len())..]);
        let place = &words.all[at];
        let name = |names: &[String], number: usize| {
            number.checked_sub(1).map_or_else(String::new, |last| names[last].clone())
        };
        let beside = match name(&words.rows, place.row) {
            row if row.is_empty() => meant[at.saturating_sub(ENOUGH)..at].join(" "),
            row => row,
        };
        let end = found.len().min(there + next_there);
        differences.push(Difference {
            heading: name(&words.headings, place.heading),
            beside,
            published: meant[at..at + next].join(" "),
            found: found[there.min(end)..end].join(" "),
        });
        (at, there, lost) = (at + next, there + next_there, lost + next);
    }
    let figures = meant.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    Some(Verified { words: meant.len(), figures, lost, differences })
}

/// Where the report begins on the saved page: at the first of its words that follow each other there.
fn start(meant: &[String], found: &[String]) -> Option<usize> {
    let enough = ENOUGH.min(meant.len());
    let starts = meant.windows(enough).take(FARTHEST).enumerate();
    let mut found_at = starts.filter_map(|(at, first)| {
        let there = found.windows(enough).position(|words| words == first)?;
        Some(there.saturating_sub(at))
    });
    found_at.next()
}

/// How many words of each come before they meet again; all that is left where they never do.
fn meeting(meant: &[String], found: &[String]) -> (usize, usize) {
    let meets = |at: usize, there: usize| {
        let ahead = ENOUGH.min(meant.len() - at);
        ahead > 0 && found.len() >= there + ahead && (0..ahead).all(|step| meant[at + step] == found[there + step])
    };
    for sum in 1..FARTHEST {
        let near = (0..=sum).map(|at| (at, sum - at)).find(|(at, there)| *at < meant.len() && meets(*at, *there));
        if let Some(near) = near {
            return near;
        }
    }
    (meant.len(), found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<main id=main><section id=a><h2 id=a_title>Costs of the year</h2><table><caption>What it cost in pounds</caption>\
        <thead><tr><th scope=col>What<th scope=col>Cost<tbody><tr><th scope=row>Books and films<td>1,204<tr><th scope=row>Rent of rooms<td>16,311</table>\
        <p>We spent ‘less’ than in the year before that.</section></main>";

    fn check(saved: &str) -> Vec<(String, String, String)> {
        let differences = verify("report", PAGE, saved).unwrap().differences;
        differences.into_iter().map(|one| (one.beside, one.published, one.found)).collect()
    }

    #[test]
    fn a_page_that_says_the_same_in_other_elements_is_as_published() {
        let saved = "<body><nav>Home <a>About us</a></nav><h2>Costs of the year</h2><div><b>What it cost in pounds</b></div>\
            <table><tr><th>What</th><th>Cost</th></tr><tr><td>Books and films</td><td>1,<span>204</span></td></tr><tr><td>Rent of rooms</td><td>16,311</td></tr></table>\
            <p>We spent 'less' than in the year before that.</p><footer>Contact us</footer>";
        assert_eq!(check(saved), []);
        assert_eq!(verify("report", PAGE, saved).unwrap().figures, 2);
    }

    #[test]
    fn figures_that_changed_run_together_or_are_gone_are_told_with_their_row() {
        let told = |row: &str, is: &str, found: &str| (row.to_owned(), is.to_owned(), found.to_owned());
        let saved = |figure: &str, rest: &str| {
            format!(
                "<main id=main><h2>Costs of the year</h2><p>What it cost in pounds</p>What Cost Books and films {figure} Rent of rooms {rest} We spent \"less\" than in the year before that.</main>"
            )
        };
        assert_eq!(check(&saved("1,240", "16,311"))[0], told("Books and films", "1,204", "1,240"));
        assert_eq!(check(&saved("", "16,311"))[0], told("Books and films", "1,204", ""));
        let joined = verify("report", PAGE, &saved("1,20416,311", "").replace("Rent of rooms", "")).unwrap();
        assert!(joined.differences.iter().any(Difference::is_of_figures), "{joined:?}");
    }

    #[test]
    fn a_draft_is_as_it_was_made() {
        let page =
            format!("<body><p class=draft>Draft of 1 December 2026</p>{}", PAGE.replace("<td>", "<td data-fact=1>"));
        assert_eq!(verify("report", &page, &page).unwrap().differences, []);
    }

    #[test]
    fn the_main_part_of_a_site_is_not_taken_for_a_page_of_ours() {
        let published = PAGE.replace("<td>1,204", "<td><span class=visually-hidden>No change</span> 1,204");
        let files = Files::Under(String::new());
        let main = dom::main_of(&Html::parse_document(&published));
        let plain = dom::write(&plain::of_page(&main, &Place::new("report", 2, &files, &main, true)));
        let site = format!("<body><main id=main><h1>Reports</h1>{plain}<p>Share this page</p></main>");
        assert_eq!(verify("report", &published, &site).unwrap().differences, []);
        assert_ne!(plain, dom::write(&main));
    }

    #[test]
    fn a_page_without_the_report_is_none() {
        assert_eq!(verify("report", PAGE, "<body><p>About us and what we do all day long"), None);
    }
}
