//! Reads a sheet tag by tag.

use std::collections::{BTreeMap, BTreeSet};

use super::Shared;
use super::cell::{self, Held, SharedFormulas};
use super::conditions::Rule;
use super::cover::Cover;
use crate::office::container::damaged;
use crate::office::ended::Ended;
use crate::office::sheet::{Block, Position, Unreadable};
use crate::office::tags::{Element, Event, Fault, Tag, Tags};
use crate::office::workbook::Room;

/// A sheet as its part has it.
#[derive(Default)]
pub struct RawSheet {
    pub cells: BTreeMap<Position, Held>,
    pub cover: Cover,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    /// Blocks of which a filter leaves rows out, with their headings.
    pub filters: Vec<Block>,
}

/// Where the reading stands.
#[derive(Default)]
struct Cursor {
    row: u32,
    column: u32,
}

/// Reads the part of this name.
pub fn read(text: &str, shared: &Shared, room: &mut Room, name: &str) -> Result<RawSheet, Unreadable> {
    tags(text, shared, room).map_err(|ended| match ended {
        Ended::Damaged => damaged(name),
        Ended::Unreadable(unreadable) => unreadable,
    })
}

fn tags(text: &str, shared: &Shared, room: &mut Room) -> Result<RawSheet, Ended> {
    let (mut sheet, mut cursor, mut formulas) = (RawSheet::default(), Cursor::default(), SharedFormulas::default());
    let mut tags = Tags::new(text);
    while let Some(event) = tags.next() {
        let Event::Open(tag) = event? else { continue };
        match tag.name {
            "row" => sheet.row(&tag, &mut cursor)?,
            "c" => {
                let element = tags.element(tag)?;
                let place = cursor.place(&element)?;
                if let Some(held) = cell::read(&element, place, shared, &mut formulas)? {
                    room.take(letters(&held))?;
                    if sheet.cells.insert(place, held).is_some() {
                        return Err(Ended::Damaged);
                    }
                }
            }
            "col" => sheet.column(&tag),
            "sheetView" => {
                sheet.cover.hides_noughts |=
                    tag.attribute("showZeros").is_some_and(|said| said == "0" || said == "false")
            }
            "mergeCell" => sheet.cover.merged.extend(tag.attribute("ref").and_then(|block| Block::read(&block))),
            "autoFilter" => sheet.filter(&tags.element(tag)?),
            "conditionalFormatting" => sheet.cover.rules.extend(Rule::read(&tags.element(tag)?, &shared.styles)),
            _ => {}
        }
    }
    Ok(sheet)
}

/// How many letters a cell needs.
fn letters(held: &Held) -> usize {
    let cell = &held.cell;
    let formula = cell.formula.as_ref().map_or(0, |formula| formula.text.len());
    2 * cell.stored.len() + cell.format.as_ref().map_or(0, String::len) + formula
}

impl RawSheet {
    fn row(&mut self, tag: &Tag, cursor: &mut Cursor) -> Result<(), Fault> {
        let row = match tag.number("r") {
            Some(number) => number.checked_sub(1).ok_or(Fault)?,
            None => cursor.row,
        };
        if row > Position::LAST.row {
            return Err(Fault);
        }
        *cursor = Cursor { row: row + 1, column: 0 };
        let is_flat = tag.attribute("ht").and_then(|height| height.parse::<f64>().ok()) == Some(0.0);
        self.hidden_rows.extend((tag.is("hidden") || is_flat).then_some(row));
        Ok(())
    }

    /// Columns from one to another.
    fn column(&mut self, tag: &Tag) {
        let is_narrow = tag.attribute("width").and_then(|width| width.parse::<f64>().ok()) == Some(0.0);
        if let (Some(first), Some(last)) = (tag.number("min"), tag.number("max"))
            && first > 0
            && (tag.is("hidden") || is_narrow)
        {
            self.hidden_columns.extend(first - 1..last.min(Position::LAST.column + 1));
        }
    }

    fn filter(&mut self, filter: &Element) {
        let block = filter.attribute("ref").and_then(|block| Block::read(&block));
        self.filters.extend(block.filter(|_| !filter.children.is_empty()));
    }
}

impl Cursor {
    /// The place of a cell, which need not say it. The row of the cursor is the next one.
    fn place(&mut self, element: &Element) -> Result<Position, Fault> {
        let place = match element.attribute("r") {
            Some(place) => Position::read(&place).ok_or(Fault)?,
            None => Position { row: self.row.checked_sub(1).ok_or(Fault)?, column: self.column },
        };
        self.column = place.column + 1;
        if place.column > Position::LAST.column { Err(Fault) } else { Ok(place) }
    }
}
