//! Which blocks cover a cell, asked from the top of a sheet to its foot.

use crate::office::container::too_large;
use crate::office::sheet::{Block, Position, Unreadable};

/// Blocks with what they stand for. Cells must be asked for in their order.
pub struct Sweep<'b, T> {
    /// Those that begin further down, the nearest last.
    waiting: Vec<(Block, &'b T)>,
    active: Vec<(Block, &'b T)>,
    row: Option<u32>,
    /// How many comparisons may still be made: blocks that all lie over each other are no sheet that somebody made.
    steps: usize,
}

const MOST_STEPS: usize = 100_000_000;

impl<'b, T> Sweep<'b, T> {
    pub fn new(blocks: impl IntoIterator<Item = (Block, &'b T)>) -> Sweep<'b, T> {
        let mut waiting: Vec<_> = blocks.into_iter().collect();
        waiting.sort_by_key(|(one, _)| std::cmp::Reverse(one.first.row));
        Sweep { waiting, active: Vec::new(), row: None, steps: MOST_STEPS }
    }

    /// What covers a cell, with its block.
    pub fn at(&mut self, place: Position) -> Result<impl Iterator<Item = (Block, &'b T)>, Unreadable> {
        if self.row != Some(place.row) {
            self.row = Some(place.row);
            self.active.retain(|(block, _)| block.last.row >= place.row);
            while let Some(next) = self.waiting.pop_if(|(block, _)| block.first.row <= place.row) {
                self.active.extend(Some(next).filter(|(block, _)| block.last.row >= place.row));
            }
        }
        self.steps = self.steps.checked_sub(self.active.len()).ok_or_else(too_large)?;
        Ok(self.active.iter().copied().filter(move |(block, _)| block.contains(place)))
    }
}
