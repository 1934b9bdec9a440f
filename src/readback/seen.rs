//! Figures of a page that are not seen, or not where they stand in it: by its own attributes, or by its style sheet.
//!
//! In: the style sheet and the page. Out: the figures that a rule hides or moves which holds on every screen. What holds on
//! some alone (a phone, print) leaves figures out on purpose, and the tests in browsers look at it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::html::{FACT, section, text};
use super::said::Stray;

/// Declarations with which an element is not seen.
const HIDING: [&str; 12] = [
    "display:none",
    "visibility:hidden",
    "visibility:collapse",
    "opacity:0",
    "opacity:0%",
    "font-size:0",
    "color:transparent",
    "clip-path:inset(50%)",
    "clip-path:inset(100%)",
    "clip:rect(0,0,0,0)",
    "content-visibility:hidden",
    "transform:scale(0)",
];

/// Values that show what stands in an element in another order.
const MOVING: [&str; 5] =
    ["row-reverse", "column-reverse", "wrap-reverse", "direction:rtl", "unicode-bidi:bidi-override"];

/// A declaration with which an element changes its place among the others.
const ORDER: &str = "order:";

/// The attribute by which an element is not seen.
const HIDDEN: &str = "[hidden]";

/// The selectors of what a style sheet hides and moves on every screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    hides: BTreeSet<String>,
    moves: BTreeSet<String>,
}

impl Style {
    /// Reads a style sheet without comments.
    pub fn of(css: &str) -> Self {
        let mut style = Self { hides: BTreeSet::from([HIDDEN.to_owned()]), ..Self::default() };
        style.read(css);
        style
    }

    fn read(&mut self, mut rest: &str) {
        while let Some(open) = rest.find(['{', ';']) {
            let head = rest[..open].trim();
            if rest[open..].starts_with(';') {
                rest = &rest[open + 1..];
                continue;
            }
            let (block, after) = block(&rest[open + 1..]);
            rest = after;
            match head.strip_prefix('@') {
                None => self.rule(head, block),
                Some(condition) if holds_everywhere(condition) => self.read(block),
                Some(_) => {}
            }
        }
    }

    fn rule(&mut self, selector: &str, block: &str) {
        for declaration in block.split(';').filter(|one| !one.contains(['{', '}'])) {
            let plain: String = declaration.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
            let plain = plain.trim_end_matches("!important");
            let is_order = plain.strip_prefix(ORDER).is_some_and(|place| place != "0");
            if HIDING.contains(&plain) {
                self.hides.insert(selector.to_owned());
            } else if is_order || MOVING.iter().any(|moving| plain.ends_with(moving)) {
                self.moves.insert(selector.to_owned());
            }
        }
    }

    /// The figures of a page that it hides, where none with the same words is seen in their section, and those that it
    /// moves.
    pub fn unseen(&self, page: &Html) -> Vec<Stray> {
        let fact = Selector::parse(&format!("[{FACT}]"));
        let figures = |selectors: &BTreeSet<String>| -> Vec<ElementRef> {
            // What only some browsers know, and what stands before or behind elements, selects nothing.
            let selectors = selectors.iter().filter_map(|selector| Selector::parse(selector).ok());
            let elements: Vec<ElementRef> =
                selectors.flat_map(|selector| page.select(&selector).collect::<Vec<_>>()).collect();
            let inside = elements.iter().flat_map(|element| element.descendent_elements());
            inside.filter(|element| element.attr(FACT).is_some()).collect()
        };
        let (hidden, moved) = (figures(&self.hides), figures(&self.moves));
        if hidden.is_empty() && moved.is_empty() {
            return Vec::new();
        }
        let is_hidden = |one: &ElementRef| hidden.iter().any(|hidden| hidden.id() == one.id());
        let what = |one: &ElementRef| (section(*one), one.attr(FACT).unwrap_or_default().to_owned(), text(*one));
        let all = fact.iter().flat_map(|fact| page.select(fact));
        let seen: BTreeSet<_> = all.filter(|one| !is_hidden(one)).map(|one| what(&one)).collect();
        let unseen: BTreeSet<_> = hidden.iter().map(what).filter(|what| !seen.contains(what)).collect();
        let moved: BTreeSet<_> = moved.iter().map(what).collect();
        let unseen = unseen.into_iter().map(|(section, mark, _)| Stray::Unseen { section, mark });
        unseen.chain(moved.into_iter().map(|(section, mark, _)| Stray::Moved { section, mark })).collect()
    }
}

/// The inside of a block that has begun, and what stands behind it.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (at, letter) in text.char_indices().filter(|(_, letter)| matches!(letter, '{' | '}')) {
        depth += if letter == '{' { 1 } else { -1 };
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}

/// Whether what stands in an at-rule holds on every screen that reads it.
fn holds_everywhere(condition: &str) -> bool {
    let condition = condition.trim();
    condition.starts_with("layer")
        || condition.starts_with("supports")
        || matches!(condition, "media all" | "media screen")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str, html: &str, expected: &[Stray]) {
        assert_eq!(Style::of(css).unseen(&Html::parse_document(html)), expected, "{css}");
    }

    fn unseen(mark: &str) -> Stray {
        Stray::Unseen { section: "s".to_owned(), mark: mark.to_owned() }
    }

    const PAGE: &str = "<section id=s><p class=a><b data-fact=1>5</b> of <b data-fact=2>9</b></p><i class=b data-fact=1>5</i></section>";

    #[test]
    fn a_figure_that_a_rule_hides_is_told_unless_it_is_seen_elsewhere() {
        check("p { margin: 0 }", PAGE, &[]);
        check(".a { color: red; display: none }", PAGE, &[unseen("2")]);
        check(".b { VISIBILITY : hidden !important; }", PAGE, &[]);
        check(".a, .b { opacity: 0 }", PAGE, &[unseen("1"), unseen("2")]);
        check("@media print { .a { display: none } } .c { display: none }", PAGE, &[]);
        check(
            "@media screen { .a { display: none } } @import url(x); b::before { display: none }",
            PAGE,
            &[unseen("2")],
        );
        check("", &PAGE.replace("<b data-fact=2", "<b hidden data-fact=2"), &[unseen("2")]);
    }

    #[test]
    fn a_figure_that_is_seen_in_another_place_is_told() {
        let moved = |mark: &str| Stray::Moved { section: "s".to_owned(), mark: mark.to_owned() };
        check(".a { display: flex; flex-direction: row-reverse }", PAGE, &[moved("1"), moved("2")]);
        check(".b { order: -1; } .a { order: 0; border: 1px }", PAGE, &[moved("1")]);
    }
}
