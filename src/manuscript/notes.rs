//! Footnotes and endnotes as notes of the report.

use std::collections::BTreeSet;

use crate::office::document::{Block, Document, Form, Inline, Said, plain};

/// The id of a note, by its number from 0.
pub fn id(name: &str, number: usize) -> String {
    format!("{name}-note-{}", number + 1)
}

/// What a note says, as a text of YAML: an address that words led to stands behind them.
pub fn text(inlines: &[Inline]) -> String {
    let with_address = |inline: &Inline| match inline {
        Inline::Text { text, form: Form { link: Some(to), .. } }
            if !text.contains(to.as_str()) && !to.starts_with('#') =>
        {
            format!("{text} ({})", to.trim_start_matches("mailto:"))
        }
        Inline::Text { text, .. } => text.clone(),
        Inline::Placeholder { source, .. } => source.clone(),
        Inline::Note(_) => String::new(),
        Inline::Break => " ".to_owned(),
    };
    inlines.iter().map(with_address).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Notes of headings are marked at the end of the words that follow, since headings have none.
pub fn below_headings(blocks: &mut [Block]) {
    let mut waiting: Vec<Inline> = Vec::new();
    for block in blocks {
        match block {
            Block::Heading { inlines, .. } => {
                waiting.extend(inlines.iter().filter(|inline| matches!(inline, Inline::Note(_))).cloned());
                inlines.retain(|inline| !matches!(inline, Inline::Note(_)));
            }
            Block::Paragraph { inlines } => inlines.append(&mut waiting),
            _ => {}
        }
    }
}

/// The numbers of the notes that words mark.
pub fn numbers(inlines: &[Inline]) -> impl Iterator<Item = usize> {
    inlines.iter().filter_map(|inline| if let Inline::Note(number) = inline { Some(*number) } else { None })
}

/// The numbers of the notes that a text marks.
pub fn marked(blocks: &[Block], all: &mut BTreeSet<usize>) {
    for block in blocks {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph { inlines } => all.extend(numbers(inlines)),
            Block::List { items, .. } => items.iter().for_each(|item| marked(item, all)),
            Block::Quote { blocks } => marked(blocks, all),
            Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => {}
        }
    }
}

/// Says which notes no text marks: those of captions and boxes, and those whose words were left out.
pub fn say_unmarked(document: &mut Document, marked: &BTreeSet<usize>) {
    let unmarked: Vec<String> = (document.notes.iter().enumerate())
        .filter(|(number, note)| !marked.contains(number) && !plain(note).is_empty())
        .map(|(_, note)| format!("“{}”", plain(note)))
        .collect();
    if !unmarked.is_empty() {
        let text = format!("{} stood where no note can be marked: say it in the text", unmarked.join(", "));
        document.said.push(Said { about: "notes", text });
    }
}
