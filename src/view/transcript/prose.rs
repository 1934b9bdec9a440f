//! Running text: paragraphs, headings, lists and quotes.

use super::{Gatherer, item, said};
use crate::diagnostic::Span;
use crate::markdown::{Block, Inline, each_inline, each_inline_of, each_text};
use crate::transcript::{Item, ItemKind, Key, Piece, Text, sentences};

/// Where a running text begins.
pub(super) fn place(blocks: &[Block]) -> Option<Span> {
    let mut first = None;
    each_inline(blocks, &mut |inline| first = first.or_else(|| inline.at()));
    first
}

impl Gatherer<'_> {
    pub(super) fn blocks(&self, blocks: &[Block]) -> Vec<Item> {
        blocks.iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Option<Item> {
        let at = place(std::slice::from_ref(block))?;
        Some(match block {
            Block::Paragraph { inlines } => self.running(ItemKind::Paragraph, inlines, at),
            Block::Heading { level, inlines, .. } => {
                let mut heading = self.running(ItemKind::Heading, inlines, at);
                heading.texts.push(said("level", &level.to_string(), at));
                heading
            }
            Block::List { ordered, start, items, .. } => {
                let numbered = ordered.then(|| said("numbered-from", &start.to_string(), at));
                let entry = |entry: &crate::markdown::Item| Item {
                    items: self.blocks(&entry.blocks),
                    ..item(ItemKind::ListItem, place(&entry.blocks).unwrap_or(at))
                };
                Item {
                    texts: numbered.into_iter().collect(),
                    items: items.iter().map(entry).collect(),
                    ..item(ItemKind::List, at)
                }
            }
            Block::Quote { blocks } => Item { items: self.blocks(blocks), ..item(ItemKind::Quote, at) },
        })
    }

    /// A text whatever is strong or a link in it, and where its links lead.
    fn running(&self, kind: ItemKind, inlines: &[Inline], at: Span) -> Item {
        let mut pieces: Vec<Piece> = Vec::new();
        each_text(inlines, &mut |text, places| match places.whole() {
            Some(at) => pieces.extend(self.pieces(self.texts.words(at))),
            None => pieces.push(Piece::Words(text.to_owned())),
        });
        let words = Text { key: Key::Named("words".to_owned()), sentences: sentences(pieces), at: Some(at) };
        let links = links(inlines)
            .into_iter()
            .map(|(to, at)| Item { texts: vec![said("leads-to", to, at)], ..item(ItemKind::Address, at) });
        Item { texts: vec![words], items: links.collect(), ..item(kind, at) }
    }
}

/// The addresses that links lead to.
fn links(inlines: &[Inline]) -> Vec<(&str, Span)> {
    let mut links = Vec::new();
    each_inline_of(inlines, &mut |inline| {
        if let Inline::Link { to, at, .. } = inline {
            links.push((to.as_str(), *at));
        }
    });
    links
}
