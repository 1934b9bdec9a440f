//! From paragraphs to blocks: lists are nested by their levels and by how far they are indented.

use super::{InList, Paragraph, Piece, block_of};
use crate::office::document::docx::numbering::Mark;
use crate::office::document::docx::styles::Role;
use crate::office::document::{Block, plain};

/// Indents that differ by no more than this are one, in twentieths of a point.
const ALIKE: i32 = 60;

/// A list that is still open.
struct Open {
    place: InList,
    start: Option<u64>,
    items: Vec<Vec<Block>>,
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    lists: Vec<Open>,
    /// Boxes that stand beside a list wait for its end.
    boxes: Vec<Block>,
    /// Whether every list has an id of its own, as in documents that Tally wrote.
    is_own: bool,
}

/// The blocks that pieces make.
pub fn blocks(pieces: Vec<Piece>, is_own: bool) -> Vec<Block> {
    let pieces = quoted(pieces, is_own);
    let mut builder = Builder { is_own, ..Builder::default() };
    let lists: Vec<Option<String>> = pieces.iter().map(list_of).collect();
    for (place, piece) in pieces.into_iter().enumerate() {
        let next = lists[place + 1..].first().cloned().flatten();
        match piece {
            Gathered::Piece(Piece::Paragraph(paragraph)) => builder.paragraph(paragraph, next.as_deref()),
            Gathered::Quote(blocks) => {
                builder.close_all();
                builder.blocks.push(Block::Quote { blocks });
            }
            Gathered::Piece(Piece::Box(text)) if !builder.lists.is_empty() => builder.boxes.push(Block::Box { text }),
            Gathered::Piece(other) => {
                builder.close_all();
                builder.blocks.extend(block_of(&other));
            }
        }
    }
    builder.close_all();
    builder.blocks
}

/// A piece, or the pieces of a quotation as its blocks.
enum Gathered {
    Piece(Piece),
    Quote(Vec<Block>),
}

/// Puts the paragraphs of each quotation together.
fn quoted(pieces: Vec<Piece>, is_own: bool) -> Vec<Gathered> {
    let place = |piece: &Piece| match piece {
        Piece::Paragraph(paragraph) if paragraph.role == Role::Quote => Some(if is_own { paragraph.quote } else { 0 }),
        _ => None,
    };
    let mut all = Vec::new();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(first) = pieces.next() {
        let Some(own) = place(&first) else {
            all.push(Gathered::Piece(first));
            continue;
        };
        let mut inside = vec![first];
        while let Some(next) = pieces.next_if(|next| place(next) == Some(own)) {
            inside.push(next);
        }
        for piece in &mut inside {
            if let Piece::Paragraph(paragraph) = piece {
                paragraph.role = Role::Text;
            }
        }
        all.push(Gathered::Quote(blocks(inside, is_own)));
    }
    all
}

fn list_of(piece: &Gathered) -> Option<String> {
    match piece {
        Gathered::Piece(Piece::Paragraph(paragraph)) => paragraph.in_list.as_ref().map(|place| place.list.clone()),
        _ => None,
    }
}

impl Builder {
    fn paragraph(&mut self, paragraph: Paragraph, next: Option<&str>) {
        let block = Block::Paragraph { inlines: paragraph.inlines };
        match (&paragraph.in_list, paragraph.role) {
            (Some(place), _) if place.mark != Mark::Nothing => self.item(place.clone(), block),
            (Some(_), _) if !self.lists.is_empty() => self.go_on(block),
            (_, Role::Continues) if !self.lists.is_empty() => {
                self.close_down_to(paragraph.indent);
                self.go_on(block);
            }
            (None, Role::Text) if self.is_between_items(paragraph.indent, next) => self.go_on(block),
            (_, role) => {
                self.close_all();
                self.block(block, role);
            }
        }
    }

    /// Whether a paragraph that is indented as the item before it stands between that item and the next.
    fn is_between_items(&self, indent: i32, next: Option<&str>) -> bool {
        let (Some(outermost), Some(open)) = (self.lists.first(), self.lists.last()) else { return false };
        indent > 0
            && indent + ALIKE >= open.place.indent
            && next.is_some_and(|next| next == open.place.list || next == outermost.place.list)
    }

    /// Closes the lists that are indented further than a paragraph that goes on with one above them.
    fn close_down_to(&mut self, indent: i32) {
        while self.lists.len() > 1 && self.lists.last().is_some_and(|open| open.place.indent > indent + ALIKE) {
            self.close();
        }
    }

    /// More of the item before.
    fn go_on(&mut self, block: Block) {
        if let Some(item) = self.lists.last_mut().and_then(|open| open.items.last_mut()) {
            item.push(block);
        }
    }

    fn block(&mut self, block: Block, role: Role) {
        let Block::Paragraph { inlines } = block else { return };
        match role {
            Role::Title | Role::Heading(_) if plain(&inlines).is_empty() => {}
            Role::Title => self.blocks.push(Block::Heading { level: 0, inlines }),
            Role::Heading(level) => self.blocks.push(Block::Heading { level, inlines }),
            Role::Quote | Role::Text | Role::Words | Role::Caption | Role::Contents | Role::Continues => {
                self.blocks.push(Block::Paragraph { inlines });
            }
        }
    }

    /// An item goes into the list that is open at its level; deeper ones are closed before, and a new one is opened where
    /// there is none.
    fn item(&mut self, place: InList, block: Block) {
        while self.lists.last().is_some_and(|open| !is_deeper(&place, &open.place)) {
            let is_of_a_list_above =
                self.lists.len() > 1 && !is_deeper(&place, &self.lists[self.lists.len() - 2].place);
            let goes_on = self
                .lists
                .last()
                .is_some_and(|open| open.takes(&place.mark) && (!self.is_own || open.place.list == place.list));
            if !is_of_a_list_above && goes_on {
                if let Some(open) = self.lists.last_mut() {
                    open.items.push(vec![block]);
                }
                return;
            }
            self.close();
            if !is_of_a_list_above {
                break;
            }
        }
        let start = match place.mark {
            Mark::Number(number, _) => Some(number),
            Mark::Bullet | Mark::Nothing => None,
        };
        self.lists.push(Open { place, start, items: vec![vec![block]] });
    }

    /// Closes the innermost list.
    fn close(&mut self) {
        let Some(Open { start, items, .. }) = self.lists.pop() else { return };
        let list = Block::List { start, items };
        match self.lists.last_mut().and_then(|open| open.items.last_mut()) {
            Some(item) => item.push(list),
            None => {
                self.blocks.push(list);
                self.blocks.append(&mut self.boxes);
            }
        }
    }

    fn close_all(&mut self) {
        while !self.lists.is_empty() {
            self.close();
        }
    }
}

impl Open {
    /// Whether the next item may bear this mark: a bullet among bullets, and the number that comes next.
    fn takes(&self, mark: &Mark) -> bool {
        match (self.start, mark) {
            (None, Mark::Bullet) => true,
            (Some(start), Mark::Number(number, _)) => *number == start.saturating_add(self.items.len() as u64),
            _ => false,
        }
    }
}

/// Whether a paragraph stands below the items of a list.
fn is_deeper(place: &InList, open: &InList) -> bool {
    match place.list == open.list {
        true => place.level > open.level,
        false => place.indent > open.indent + ALIKE,
    }
}
