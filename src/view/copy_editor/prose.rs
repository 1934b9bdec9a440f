//! Running text made ready for print: each block with its figures, and its notes apart from what they would be read with.

use super::words::is_apart_from;
use super::{CopyEditor, Piece};
use crate::diagnostic::{Places, Span};
use crate::markdown::{Block, Inline, Item, plain_text};

impl CopyEditor<'_> {
    /// Prose with its facts.
    pub fn blocks(&self, blocks: &[Block]) -> Vec<Block> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Block {
        match block {
            Block::Paragraph { inlines } => Block::Paragraph { inlines: self.inlines(inlines) },
            Block::Heading { level, id, inlines, at } => {
                let inlines = without_pages(self.inlines(inlines), *at);
                Block::Heading { level: *level, id: id.clone(), inlines, at: *at }
            }
            Block::List { ordered, start, items, .. } => Block::List {
                ordered: *ordered,
                start: *start,
                number: Places::default(),
                items: items.iter().map(|item| Item { blocks: self.blocks(&item.blocks) }).collect(),
            },
            Block::Quote { blocks } => Block::Quote { blocks: self.blocks(blocks) },
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> Vec<Inline> {
        let mut all: Vec<Inline> = Vec::new();
        for mut inline in inlines.iter().flat_map(|inline| self.inline(inline)) {
            if let (Inline::Note { note }, Some(before)) = (&mut inline, all.last_mut()) {
                let is_note = matches!(before, Inline::Note { .. });
                // What is strong or a link may end before the space.
                if let Inline::Text { text, .. } = before {
                    text.truncate(text.trim_end().len());
                }
                note.is_apart = is_note || is_apart_from(&plain_text(&all));
            }
            all.push(inline);
        }
        all
    }

    fn inline(&self, inline: &Inline) -> Vec<Inline> {
        match inline {
            Inline::Text { places, .. } => {
                let words = places.whole().map_or(&[][..], |at| self.texts.words(at));
                words.iter().map(|word| inline_of(self.piece(word))).collect()
            }
            Inline::Strong { inlines } => vec![Inline::Strong { inlines: self.inlines(inlines) }],
            Inline::Emphasis { inlines } => vec![Inline::Emphasis { inlines: self.inlines(inlines) }],
            Inline::Link { to, inlines, at } => {
                vec![Inline::Link { to: to.clone(), inlines: self.inlines(inlines), at: *at }]
            }
            Inline::Figure { .. }
            | Inline::Reference { .. }
            | Inline::Note { .. }
            | Inline::Foreign { .. }
            | Inline::Break => vec![inline.clone()],
        }
    }
}

fn inline_of(piece: Piece) -> Inline {
    let text = piece.text;
    if let Some(note) = piece.note {
        return Inline::Note { note };
    }
    match (piece.see, piece.language) {
        (Some(to), _) => Inline::Reference { text, to },
        (None, Some(language)) => Inline::Foreign { text, language },
        (None, None) if piece.fact.is_none() && piece.source.is_none() => {
            Inline::Text { text, places: Places::default() }
        }
        (None, None) => Inline::Figure { text, fact: piece.fact, source: piece.source },
    }
}

/// The words of a heading, which names no page in print: its references are links.
fn without_pages(inlines: Vec<Inline>, at: Span) -> Vec<Inline> {
    let without_page = |inline| match inline {
        Inline::Reference { text, to } => {
            let words = Inline::Text { text, places: Places::default() };
            Inline::Link { to: format!("#{to}"), inlines: vec![words], at }
        }
        Inline::Strong { inlines } => Inline::Strong { inlines: without_pages(inlines, at) },
        Inline::Emphasis { inlines } => Inline::Emphasis { inlines: without_pages(inlines, at) },
        Inline::Text { .. }
        | Inline::Link { .. }
        | Inline::Figure { .. }
        | Inline::Note { .. }
        | Inline::Foreign { .. }
        | Inline::Break => inline,
    };
    inlines.into_iter().map(without_page).collect()
}
