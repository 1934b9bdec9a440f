//! What lies over the cells of a sheet, applied to them: merged cells, ink that is not seen, conditional formats, and noughts
//! that the sheet does not show.

use std::collections::BTreeMap;

use super::cell::Held;
use super::conditions::Rule;
use super::styles::Styles;
use crate::office::sheet::{Block, Cell, Position, Refused, Shown, Unreadable};
use crate::office::sweep::Sweep;

/// What lies over a sheet.
#[derive(Debug, Default)]
pub struct Cover {
    pub merged: Vec<Block>,
    pub rules: Vec<Rule>,
    pub hides_noughts: bool,
}

/// The cells as they are seen. `headings`: first rows of tables, whose style gives them a ground of their own.
pub fn apply(
    cells: BTreeMap<Position, Held>,
    cover: &Cover,
    headings: &[Block],
    styles: &Styles,
) -> Result<BTreeMap<Position, Cell>, Unreadable> {
    let mut merged = Sweep::new(cover.merged.iter().map(|block| (*block, &())));
    let blocks = cover.rules.iter().flat_map(|rule| rule.blocks.iter().map(move |block| (*block, rule)));
    let mut rules = Sweep::new(blocks);
    let mut seen = BTreeMap::new();
    for (place, held) in cells {
        let look = styles.look(held.style);
        let is_within = merged.at(place)?.any(|(block, ())| block.first != place);
        let is_hidden_by_rule = rules.at(place)?.any(|(_, rule)| rule.may_hide(look, held.value));
        let is_heading = held.value.is_none() && headings.iter().any(|heading| heading.contains(place));
        let is_hidden_nought = cover.hides_noughts && held.value == Some(0.0);
        let is_masked = is_hidden_by_rule || is_hidden_nought || !(look.is_seen() || is_heading);
        let cell = match (is_within, is_masked) {
            (true, _) => refused(held.cell, Refused::WithinMerged),
            (false, true) => refused(held.cell, Refused::Masked),
            (false, false) => held.cell,
        };
        seen.insert(place, without_secrets(cell));
    }
    Ok(seen)
}

/// A cell that holds something nobody sees. One without a value stays so: there is nothing to hide.
fn refused(cell: Cell, refused: Refused) -> Cell {
    match cell.shown {
        Shown::Refused(Refused::NoValue) => cell,
        _ => Cell { shown: Shown::Refused(refused), stored: String::new(), ..cell },
    }
}

/// A formula may spell out what its cell hides.
fn without_secrets(cell: Cell) -> Cell {
    match cell.shown {
        Shown::Refused(Refused::Masked | Refused::WithinMerged | Refused::UnknownFormat) => {
            Cell { formula: None, ..cell }
        }
        _ => cell,
    }
}
