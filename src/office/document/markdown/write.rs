//! Blocks as Markdown, in the one form that is written here: `-` and `1.` for lists, `**` and `*`, a line a paragraph.

use super::{escape, inlines};
use crate::office::document::{Block, Inline, plain};

/// How some things are written that only the report knows.
pub struct Manner<'m> {
    /// How many number signs a heading of a level has.
    pub level: &'m dyn Fn(u8) -> usize,
    /// The id of a note, by its number.
    pub note: &'m dyn Fn(usize) -> String,
}

/// Writes blocks. Tables, pictures and boxes stand in files and lines of their own, and are passed over.
pub fn write(blocks: &[Block], manner: &Manner) -> String {
    let mut text = lines(blocks, manner).join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The lines of blocks, with an empty one between them.
fn lines(blocks: &[Block], manner: &Manner) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    // Two lists one after the other would be one if they had the same marks.
    let mut before: Option<(bool, bool)> = None;
    for block in blocks {
        let (own, list) = match block {
            Block::List { start, items } => {
                let is_other = before.is_some_and(|(numbered, other)| numbered == start.is_some() && !other);
                (list(*start, items, is_other, manner), Some((start.is_some(), is_other)))
            }
            other => (one(other, manner), None),
        };
        if own.is_empty() {
            continue;
        }
        before = list;
        if !all.is_empty() {
            all.push(String::new());
        }
        all.extend(own);
    }
    all
}

fn one(block: &Block, manner: &Manner) -> Vec<String> {
    match block {
        Block::Heading { level, inlines } => heading((manner.level)(*level), inlines, manner),
        Block::Paragraph { inlines } => by_lines(&inlines::write(inlines, manner.note)),
        Block::Quote { blocks } => {
            let inside = lines(blocks, manner);
            inside.iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }).collect()
        }
        Block::List { start, items } => list(*start, items, false, manner),
        Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => Vec::new(),
    }
}

fn heading(level: usize, inlines: &[Inline], manner: &Manner) -> Vec<String> {
    let line: Vec<Inline> = inlines
        .iter()
        .map(|inline| if *inline == Inline::Break { Inline::text(" ") } else { inline.clone() })
        .collect();
    let words = inlines::write(&without_common_form(line), manner.note);
    match plain(inlines).is_empty() && words.is_empty() {
        true => Vec::new(),
        false => vec![format!("{} {}", "#".repeat(level), escape::end_of_heading(&words))],
    }
}

/// A heading that is strong or emphasised as a whole is so by its style.
fn without_common_form(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let is_all = |has: &dyn Fn(&crate::office::document::Form) -> bool| {
        inlines.iter().all(|inline| match inline {
            Inline::Text { text, form } => has(form) || text.trim().is_empty(),
            Inline::Placeholder { form, .. } => has(form),
            Inline::Note(_) | Inline::Break => true,
        })
    };
    let (bold, italic) = (is_all(&|form| form.bold), is_all(&|form| form.italic));
    for inline in &mut inlines {
        if let Inline::Text { form, .. } | Inline::Placeholder { form, .. } = inline {
            form.bold &= !bold;
            form.italic &= !italic;
        }
    }
    inlines
}

fn list(start: Option<u64>, items: &[Vec<Block>], is_other: bool, manner: &Manner) -> Vec<String> {
    let mut all = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let mark = match (start, is_other) {
            (Some(start), false) => format!("{}. ", start.saturating_add(place as u64)),
            (Some(start), true) => format!("{}) ", start.saturating_add(place as u64)),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        all.extend(item_lines(&mark, item, manner));
    }
    all
}

/// The lines of an item: a list within it follows its words at once, other blocks behind an empty line.
fn item_lines(mark: &str, item: &[Block], manner: &Manner) -> Vec<String> {
    let indent = " ".repeat(mark.chars().count());
    let mut all: Vec<String> = Vec::new();
    let mut rest = item;
    while !rest.is_empty() {
        // A paragraph and the list right behind it are set tight.
        let end = rest
            .iter()
            .skip(1)
            .position(|block| !matches!(block, Block::List { .. }))
            .map_or(rest.len(), |end| end + 1);
        let (tight, after) = rest.split_at(end);
        let own: Vec<Vec<String>> = match tight.split_first() {
            Some((first, lists)) if !lists.is_empty() => vec![one(first, manner), lines(lists, manner)],
            _ => vec![lines(tight, manner)],
        };
        if !all.is_empty() {
            all.push(String::new());
        }
        all.extend(own.into_iter().flatten());
        rest = after;
    }
    if all.is_empty() {
        all.push(String::new());
    }
    let lines = all.into_iter().enumerate().map(|(place, line)| match (place, line.is_empty()) {
        (0, _) => format!("{mark}{line}"),
        (_, true) => line,
        (_, false) => format!("{indent}{line}"),
    });
    lines.collect()
}

fn by_lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
