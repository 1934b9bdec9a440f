//! Reads the style sheets of a drawing.
//!
//! In: the text of a `style` element or attribute. Out: rules and declarations with their places; at-rules and
//! selectors that could make the two formats differ are faults.

use std::ops::Range;

use super::fault::{Fault, Faults};
use super::selector::Selector;

/// A property and its value.
#[derive(Debug, Clone)]
pub struct Declaration {
    pub name: String,
    pub value: String,
    pub is_important: bool,
    pub at: Range<usize>,
}

/// Declarations, and the elements that they are for.
#[derive(Debug)]
pub struct Rule {
    pub selectors: Vec<Selector>,
    pub declarations: Vec<Declaration>,
}

/// Reads a style sheet that begins at a place of the drawing.
pub fn sheet(css: &str, start: usize, faults: &mut Faults) -> Vec<Rule> {
    let css = without_comments(css);
    let mut rules = Vec::new();
    let mut at = 0;
    loop {
        let rest = &css[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = css[at..].trim_end();
        if rest.is_empty() {
            return rules;
        }
        if let Some(marks) = ["<!--", "-->"].into_iter().find(|marks| rest.starts_with(marks)) {
            at += marks.len();
        } else if rest.starts_with('@') {
            let end = at + statement_end(rest);
            at_rule(&css[at..end], start + at, faults);
            at = end;
        } else {
            let end = at + statement_end(rest);
            rules.extend(rule(&css[at..end], start + at, faults));
            at = end;
        }
    }
}

/// Reads declarations that begin at a place of the drawing.
pub fn declarations(css: &str, start: usize, faults: &mut Faults) -> Vec<Declaration> {
    let css = without_comments(css);
    let mut declarations = Vec::new();
    for (at, text) in split(&css, ';') {
        let place = place(start, at, text);
        let Some((name, value)) = text.split_once(':') else {
            if !text.trim().is_empty() {
                faults.push(Fault::not_alike(place, &format!("`{}`", shortened(text))));
            }
            continue;
        };
        let is_important = value.trim_end().to_ascii_lowercase().ends_with("!important");
        let value = if is_important { value.rsplit_once('!').map_or(value, |(value, _)| value) } else { value };
        let name = name.trim();
        let name = if name.starts_with("--") { name.to_owned() } else { name.to_ascii_lowercase() };
        declarations.push(Declaration { name, value: value.trim().to_owned(), is_important, at: place });
    }
    declarations
}

/// Pieces of a text between a mark, with their places; brackets and quotation marks hold it together.
pub fn split(text: &str, mark: char) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, _) if c == mark && depth == 0 => {
                pieces.push((start, &text[start..at]));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push((start, &text[start..]));
    pieces
}

/// The beginning of a text, for a message.
pub fn shortened(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn place(start: usize, at: usize, text: &str) -> Range<usize> {
    let indent = text.len() - text.trim_start().len();
    start + at + indent..start + at + indent + text.trim().len()
}

/// Where a rule or an at-rule ends: behind its block, or behind the semicolon before any.
fn statement_end(text: &str) -> usize {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth <= 1 => return at + 1,
            (None, '}') => depth -= 1,
            (None, ';') if depth == 0 && text.starts_with('@') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Fonts and movement are left out; what depends on the reader's screen cannot stand in a PDF.
fn at_rule(text: &str, start: usize, faults: &mut Faults) {
    let name_end = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(text.len(), |end| end + 1);
    let (name, place) = (&text[..name_end], start..start + name_end);
    match name.to_ascii_lowercase().trim_start_matches("@-webkit-").trim_start_matches('@') {
        "charset" | "namespace" => {}
        "font-face" | "import" | "keyframes" | "font-feature-values" | "page" => {
            faults.push(Fault::left_out(place, name));
        }
        _ => faults.push(Fault::not_alike(place, &format!("what stands under {name}"))),
    }
}

fn rule(text: &str, start: usize, faults: &mut Faults) -> Option<Rule> {
    let (head, body) = text.split_once('{').map_or((text, ""), |(head, rest)| (head, rest));
    let body = body.strip_suffix('}').unwrap_or(body);
    if !text.contains('{') || body.contains('{') {
        faults.push(Fault::not_alike(place(start, 0, text), &format!("`{}`", shortened(text))));
        return None;
    }
    let mut selectors = Vec::new();
    for (at, selector) in split(head, ',') {
        match Selector::read(selector.trim()) {
            Some(selector) => selectors.push(selector),
            None => faults
                .push(Fault::not_alike(place(start, at, selector), &format!("what `{}` chooses", shortened(selector)))),
        }
    }
    let declarations = declarations(body, start + head.len() + 1, faults);
    Some(Rule { selectors, declarations })
}

/// The text with a space for every byte of a comment, so that places stay.
fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(open) = rest.find("/*") {
        let close = rest[open + 2..].find("*/").map_or(rest.len(), |close| open + 2 + close + 2);
        plain.push_str(&rest[..open]);
        plain.extend(std::iter::repeat_n(' ', close - open));
        rest = &rest[close..];
    }
    plain + rest
}
