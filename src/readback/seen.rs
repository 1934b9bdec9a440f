//! Figures of a page that are not seen, or not where they stand in it: by its own attributes, or by its style sheet.
//!
//! In: the style sheet and the page. Out: the figures that a rule hides or moves which holds on every screen. What holds on
//! some alone (a phone, print) leaves figures out on purpose, and the tests in browsers look at it. This is no browser: of
//! several rules the last one counts, whatever their weight, so that no honest style sheet is refused; and what only the
//! layout hides (boxes without a size, ground in the colour of the words) is not seen here.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};

use super::html::{FACT, section, text};
use super::said::Stray;

/// What a declaration does to the element that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It is not seen.
    Hides,
    /// What stands in it is seen in another order.
    Moves,
    /// It does neither, and undoes what came before it.
    Shows,
}

/// A declaration that may hide or move, with a selector of the elements that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    selector: String,
    property: String,
    effect: Effect,
}

/// What a style sheet hides and moves on every screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    rules: Vec<Rule>,
    /// The selectors of what lays its elements out as boxes, in which these have an order.
    boxes: BTreeSet<String>,
}

/// Properties that move only what lies in boxes.
const OF_BOXES: [&str; 4] = ["order", "flex-direction", "flex-flow", "flex-wrap"];

/// Properties that an element hands down to what stands in it.
const INHERITED: [&str; 3] = ["color", "font-size", "visibility"];

/// So far outside, in pixels or letters, nothing is seen.
const FAR: f64 = -999.0;

impl Style {
    /// Reads a style sheet without comments.
    pub fn of(css: &str) -> Self {
        let mut style = Self::default();
        style.declare(&["[hidden]".to_owned()], "display:none");
        style.read(&[], css);
        // What nothing hides or moves need not be looked for.
        let matters: BTreeSet<String> =
            style.rules.iter().filter(|rule| rule.effect != Effect::Shows).map(|rule| rule.property.clone()).collect();
        style.rules.retain(|rule| matters.contains(&rule.property));
        style
    }

    /// Reads rules, or the inside of one whose selectors are `within`.
    fn read(&mut self, within: &[String], mut rest: &str) {
        while let Some(end) = rest.find(['{', ';']) {
            let head = rest[..end].trim();
            let is_block = rest[end..].starts_with('{');
            let (block, after) = if is_block { block(&rest[end + 1..]) } else { ("", &rest[end + 1..]) };
            rest = after;
            match (is_block, head.strip_prefix('@')) {
                (false, _) => self.declare(within, head),
                (true, None) => self.read(&nested(within, head), block),
                (true, Some(condition)) if holds_everywhere(condition) => self.read(within, block),
                (true, Some(_)) => {}
            }
        }
        self.declare(within, rest);
    }

    fn declare(&mut self, selectors: &[String], declaration: &str) {
        let Some((property, value)) = plain(declaration) else { return };
        if property == "display" && (value.contains("flex") || value.contains("grid")) {
            self.boxes.extend(selectors.iter().cloned());
        }
        // Letters cut out of a ground are seen by its colour.
        let is_cut_out = property.ends_with("background-clip") && value == "text";
        let property = if is_cut_out { "color".to_owned() } else { property };
        if let Some(effect) = effect(&property, &value) {
            let rule = |selector: &String| Rule { selector: selector.clone(), property: property.clone(), effect };
            self.rules.extend(selectors.iter().map(rule));
        }
    }

    /// The figures of a page that it hides, where none with the same words is seen in their section, and those that it
    /// moves.
    pub fn unseen(&self, page: &Html) -> Vec<Stray> {
        // Most pages have no figure in anything that some rule hides or moves, and the other rules do not matter.
        if !self.may_hide_figures(page) {
            return Vec::new();
        }
        let effects = self.effects(page);
        let shown: BTreeSet<_> = effects
            .iter()
            .filter(|(_, _, effect)| *effect == Effect::Shows)
            .map(|(element, property, _)| (element.id(), property.as_str()))
            .collect();
        // What is handed down may be undone nearer to the figure.
        let is_undone = |figure: &ElementRef, from: &ElementRef, property: &str| {
            let way = std::iter::once(figure.id()).chain(figure.ancestors().map(|one| one.id()));
            let mut nearer = way.take_while(|one| *one != from.id());
            INHERITED.contains(&property) && nearer.any(|one| shown.contains(&(one, property)))
        };
        let figures = |wanted: Effect| -> Vec<ElementRef> {
            let of = effects.iter().filter(|(_, _, effect)| *effect == wanted);
            let inside = of.flat_map(|(from, property, _)| {
                let figures = from.descendent_elements().filter(|element| element.attr(FACT).is_some());
                figures.filter(|figure| !is_undone(figure, from, property)).collect::<Vec<_>>()
            });
            inside.collect()
        };
        let (hidden, moved) = (figures(Effect::Hides), figures(Effect::Moves));
        if hidden.is_empty() && moved.is_empty() {
            return Vec::new();
        }
        let is_hidden = |one: &ElementRef| hidden.iter().any(|hidden| hidden.id() == one.id());
        let what = |one: &ElementRef| (section(*one), one.attr(FACT).unwrap_or_default().to_owned(), text(*one));
        let all = selected(page, &format!("[{FACT}]"));
        let seen: BTreeSet<_> = all.filter(|one| !is_hidden(one)).map(|one| what(&one)).collect();
        let unseen: BTreeSet<_> = hidden.iter().map(what).filter(|what| !seen.contains(what)).collect();
        let moved: BTreeSet<_> = moved.iter().map(what).collect();
        let unseen = unseen.into_iter().map(|(section, mark, _)| Stray::Unseen { section, mark });
        unseen.chain(moved.into_iter().map(|(section, mark, _)| Stray::Moved { section, mark })).collect()
    }

    /// Whether a figure stands in an element that a rule hides or moves, or that says something of itself.
    fn may_hide_figures(&self, page: &Html) -> bool {
        let rules = self.rules.iter().filter(|rule| rule.effect != Effect::Shows).map(|rule| rule.selector.as_str());
        let mut elements = rules.chain(["[style]"]).flat_map(|selector| selected(page, selector));
        elements.any(|element| element.descendent_elements().any(|inner| inner.attr(FACT).is_some()))
    }

    /// What becomes of elements, by the last declaration of each property; an element's own come last.
    fn effects<'p>(&self, page: &'p Html) -> Vec<(ElementRef<'p>, String, Effect)> {
        let mut effects = BTreeMap::new();
        for rule in &self.rules {
            for element in selected(page, &rule.selector) {
                effects.insert((element.id(), rule.property.clone()), (element, rule.effect));
            }
        }
        for element in selected(page, "[style]") {
            let mut own = Self::default();
            let declarations = element.attr("style").unwrap_or_default().split(';');
            declarations.for_each(|one| own.declare(&["*".to_owned()], one));
            for rule in own.rules {
                effects.insert((element.id(), rule.property), (element, rule.effect));
            }
        }
        let boxes = self.boxes.iter().flat_map(|selector| selected(page, selector)).map(|element| element.id());
        let boxes: BTreeSet<_> = boxes.collect();
        let is_in_boxes = |element: &ElementRef, property: &str| match property {
            "order" => element.parent().is_some_and(|parent| boxes.contains(&parent.id())),
            property => !OF_BOXES.contains(&property) || boxes.contains(&element.id()),
        };
        let has_effect = |(_, property): &(_, String), (element, effect): &(ElementRef, Effect)| match effect {
            Effect::Moves => is_in_boxes(element, property),
            Effect::Hides | Effect::Shows => true,
        };
        let effects = effects.into_iter().filter(|(place, what)| has_effect(place, what));
        effects.map(|((_, property), (element, effect))| (element, property, effect)).collect()
    }
}

/// The elements of a selector. What only some browsers know, and what stands before or behind elements, selects nothing.
fn selected<'p>(page: &'p Html, selector: &str) -> impl Iterator<Item = ElementRef<'p>> + use<'p> {
    let selector = Selector::parse(selector).ok();
    let elements = selector.map(|selector| page.select(&selector).collect::<Vec<_>>());
    elements.into_iter().flatten()
}

/// The selectors of a rule within others.
fn nested(within: &[String], selectors: &str) -> Vec<String> {
    let own = selectors_of(selectors);
    if within.is_empty() {
        return own;
    }
    let both = |outer: &String, inner: &String| match inner.contains('&') {
        true => inner.replace('&', outer),
        false => format!("{outer} {inner}"),
    };
    own.iter().flat_map(|inner| within.iter().map(move |outer| both(outer, inner))).collect()
}

/// The selectors of a list, each alone: one that cannot be read leaves the others as they are.
fn selectors_of(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut selectors) = (0, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                selectors.push(list[start..at].trim().to_owned());
                start = at + 1;
            }
            _ => {}
        }
    }
    selectors.push(list[start..].trim().to_owned());
    selectors
}

/// A declaration as its property and its value, without spaces.
fn plain(declaration: &str) -> Option<(String, String)> {
    let (property, value) = declaration.split_once(':')?;
    let narrow = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let value = narrow(value);
    Some((narrow(property), value.trim_end_matches("!important").to_owned()))
}

/// What a declaration does; nothing where its property neither hides nor moves.
fn effect(property: &str, value: &str) -> Option<Effect> {
    let is = |hides: bool| Some(if hides { Effect::Hides } else { Effect::Shows });
    let moves = |moves: bool| Some(if moves { Effect::Moves } else { Effect::Shows });
    let size = size(value);
    match property {
        "display" => is(value == "none"),
        "visibility" => is(matches!(value, "hidden" | "collapse")),
        "content-visibility" => is(value == "hidden"),
        "opacity" | "font-size" => is(size == Some(0.0)),
        "color" => is(value == "transparent" || value.ends_with(",0)") || value.ends_with("/0)")),
        "clip-path" => is(matches!(value, "inset(50%)" | "inset(100%)")),
        "clip" => is(value.replace("px", "") == "rect(0,0,0,0)"),
        "transform" => is(value == "scale(0)"),
        "left" | "right" | "top" | "inset-inline-start" | "inset-inline-end" | "text-indent" | "margin-left" => {
            is(size.is_some_and(|size| size < FAR))
        }
        "flex-direction" | "flex-flow" | "flex-wrap" => moves(value.contains("reverse")),
        "order" => moves(value != "0"),
        "direction" => moves(value == "rtl"),
        "unicode-bidi" => moves(value.contains("override")),
        _ => None,
    }
}

/// The number of a size, whatever it is counted in, but for shares of the window.
fn size(value: &str) -> Option<f64> {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = &value[number.len()..];
    number.parse().ok().filter(|_| !matches!(unit, "vh" | "vw" | "vmin" | "vmax"))
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
    let is_every = |media: &str| {
        let media = media.trim();
        let media = media.strip_prefix("only ").unwrap_or(media);
        matches!(media, "all" | "screen" | "not print" | "(min-width:0)" | "(min-width: 0)")
    };
    condition.starts_with("layer")
        || condition.starts_with("supports") && !condition.contains("not")
        || condition.strip_prefix("media").is_some_and(|media| media.split(',').any(is_every))
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
        check("", &PAGE.replace("<p class=a>", "<p class=a style='display: none'>"), &[unseen("2")]);
        check(".a, b::after, i:hover { display: none }", PAGE, &[unseen("2")]);
        check("section { p { display: none } &:hover { color: red } }", PAGE, &[unseen("2")]);
        for hides in [
            "opacity: 0.0",
            "font-size:0px",
            "left: -9999px",
            "inset-inline-start: -9999px",
            "color: rgba(0, 0, 0, 0)",
            "clip: rect(0 ,0,0px,0)",
        ] {
            check(&format!("@media only screen {{ .a {{ {hides} }} }}"), PAGE, &[unseen("2")]);
        }
        check("@media screen, print { .a { display: none } }", PAGE, &[unseen("2")]);
        check("@media (min-width: 60em) { .a { display: none } } .a { top: -100vh; opacity: .5 }", PAGE, &[]);
        check(".a { display: none } p.a { display: block }", PAGE, &[]);
        check("@supports not (display: grid) { .a { display: none } }", PAGE, &[]);
        check("@media not print { .a { display: none } }", PAGE, &[unseen("2")]);
        check(".a { font-size: 0 } .a b { font-size: 1rem }", PAGE, &[]);
        check("p { color: red } [data-fact] { color: transparent }", PAGE, &[unseen("1"), unseen("2")]);
        check(".a { color: transparent; background-clip: text }", PAGE, &[]);
    }

    #[test]
    fn a_figure_that_is_seen_in_another_place_is_told() {
        let moved = |mark: &str| Stray::Moved { section: "s".to_owned(), mark: mark.to_owned() };
        check(".a { display: flex; flex-direction: row-reverse }", PAGE, &[moved("1"), moved("2")]);
        check("section { display: grid } .b { order: -1; } .a { order: 0; border: 1px }", PAGE, &[moved("1")]);
        check(".b { order: -1; } .a { flex-flow: row-reverse wrap }", PAGE, &[]);
        check(".a { display: inline-flex; flex-flow: row-reverse wrap }", PAGE, &[moved("1"), moved("2")]);
    }
}
