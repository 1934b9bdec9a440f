//! Reads a sheet tag by tag. Rows and columns that are alike stand once, with how often they repeat.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{self, Held};
use super::places;
use super::styles::{Map, Styles};
use crate::office::container::damaged;
use crate::office::ended::Ended;
use crate::office::sheet::{Block, Cell, DefinedName, Position, Refused, Sheet, Shown, Unreadable, Visibility};
use crate::office::sweep::Sweep;
use crate::office::tags::{Event, Fault, Tag, Tags};
use crate::office::workbook::Room;

/// A sheet while it is read.
#[derive(Default)]
struct Reading {
    row: u32,
    cells: BTreeMap<Position, Held>,
    /// Columns with the styles that cells in them have, if they have none of their own.
    columns: Vec<Alike>,
    hidden_rows: Vec<(u32, u32)>,
    filtered_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<Block>,
    rules: Vec<(Block, Map)>,
}

/// Columns from one to before another that are alike.
struct Alike {
    end: u32,
    style: Option<String>,
}

/// Reads a sheet that was opened. Names that it has for itself are added.
pub fn read(
    tags: &mut Tags,
    tag: Tag,
    styles: &Styles,
    room: &mut Room,
    names: &mut Vec<DefinedName>,
) -> Result<Sheet, Unreadable> {
    let name = tag.attribute("name").unwrap_or_default().into_owned();
    let mut reading = Reading::default();
    reading.tags(tags, styles, room, &name, names).map_err(|ended| match ended {
        Ended::Damaged => damaged("content.xml"),
        Ended::Unreadable(unreadable) => unreadable,
    })?;
    let is_hidden = tag.attribute("style-name").is_some_and(|style| styles.is_hidden_table(&style));
    reading.sheet(name, if is_hidden { Visibility::Hidden } else { Visibility::Visible }, styles)
}

impl Reading {
    fn tags(
        &mut self,
        tags: &mut Tags,
        styles: &Styles,
        room: &mut Room,
        sheet: &str,
        names: &mut Vec<DefinedName>,
    ) -> Result<(), Ended> {
        loop {
            match tags.next().ok_or(Fault)?? {
                Event::Open(tag) => match tag.name {
                    "table-column" => self.column(&tag),
                    "table-row" => self.row(tags, tag, styles, room)?,
                    "named-range" => names.extend(places::name(&tag, Some(sheet))),
                    "conditional-format" => self.rules(tags, tag)?,
                    "forms" | "shapes" | "table-source" | "scenario" | "sparkline-groups" => tags.pass_over()?,
                    _ => {}
                },
                Event::Close("table") => return Ok(()),
                Event::Close(_) | Event::Text(_) => {}
            }
        }
    }

    fn column(&mut self, tag: &Tag) {
        let start = self.columns.last().map_or(0, |alike| alike.end);
        let end = start.saturating_add(repeated(tag, "number-columns-repeated")).min(Position::LAST.column + 1);
        let is_hidden = tag.attribute("visibility").is_some_and(|said| said != "visible");
        self.hidden_columns.extend((is_hidden && end > start).then(|| (start, end - 1)));
        let style = tag.attribute("default-cell-style-name").map(|style| style.into_owned());
        self.columns.push(Alike { end, style });
    }

    /// A row that was opened, as often as it stands.
    fn row(&mut self, tags: &mut Tags, tag: Tag, styles: &Styles, room: &mut Room) -> Result<(), Ended> {
        let last = self.row.saturating_add(repeated(&tag, "number-rows-repeated") - 1).min(Position::LAST.row);
        if self.row > Position::LAST.row {
            return Err(Ended::Damaged);
        }
        match tag.attribute("visibility").as_deref() {
            None | Some("visible") => {}
            Some(said) => {
                self.hidden_rows.push((self.row, last));
                self.filtered_rows.extend((said == "filter").then_some((self.row, last)));
            }
        }
        let style = tag.attribute("default-cell-style-name");
        let mut column = 0;
        loop {
            match tags.next().ok_or(Fault)?? {
                Event::Open(tag) if matches!(tag.name, "table-cell" | "covered-table-cell") => {
                    let end = column + repeated(&tag, "number-columns-repeated").min(Position::LAST.column + 1);
                    let own = tag.attribute("style-name").or_else(|| style.clone());
                    let own = own.as_deref().or_else(|| self.style_of_column(column));
                    let held = cell::read(tags, tag, own, styles)?;
                    self.merge(&tag, column);
                    if let Some(held) = held.map(|held| covered(held, tag.name)) {
                        self.put(&held, last, column..end, room)?;
                    }
                    column = end;
                }
                Event::Open(_) => tags.pass_over()?,
                Event::Close(_) => break,
                Event::Text(_) => {}
            }
        }
        self.row = last + 1;
        Ok(())
    }

    fn style_of_column(&self, column: u32) -> Option<&str> {
        let at = self.columns.partition_point(|alike| alike.end <= column);
        self.columns.get(at)?.style.as_deref()
    }

    /// The cells that a cell lies over.
    fn merge(&mut self, tag: &Tag, column: u32) {
        let count = |name: &str| tag.number(name).unwrap_or(1).max(1);
        let (rows, columns) = (count("number-rows-spanned"), count("number-columns-spanned"));
        let first = Position { row: self.row, column };
        let last = Position {
            row: self.row.saturating_add(rows - 1).min(Position::LAST.row),
            column: column.saturating_add(columns - 1).min(Position::LAST.column),
        };
        self.merged.extend((last > first).then_some(Block { first, last }));
    }

    /// Puts a cell into each of its places.
    fn put(&mut self, held: &Held, last_row: u32, columns: std::ops::Range<u32>, room: &mut Room) -> Result<(), Ended> {
        for row in self.row..=last_row {
            for column in columns.clone() {
                if column > Position::LAST.column {
                    return Err(Ended::Damaged);
                }
                let formula = held.cell.formula.as_ref().map_or(0, |formula| formula.text.len());
                room.take(2 * held.cell.stored.len() + formula)?;
                self.cells.insert(Position { row, column }, held.clone());
            }
        }
        Ok(())
    }

    /// A conditional format that was opened.
    fn rules<'t>(&mut self, tags: &mut Tags<'t>, tag: Tag<'t>) -> Result<(), Fault> {
        let blocks = places::blocks(&tag.attribute("target-range-address").unwrap_or_default());
        for rule in tags.element(tag)?.children {
            // A bar or sign that stands alone hides the number, as a style that is nowhere does.
            let is_alone = rule.attribute("show-value").as_deref() == Some("false");
            let map = match rule.attribute("apply-style-name") {
                Some(style) => Some(Map::of(&rule.attribute("value").unwrap_or_default(), style.into_owned())),
                None => is_alone.then(|| Map::of("", String::new())),
            };
            self.rules.extend(map.into_iter().flat_map(|map| blocks.iter().map(move |block| (*block, map.clone()))));
        }
        Ok(())
    }

    /// The sheet, with what lies over its cells applied.
    fn sheet(self, name: String, visibility: Visibility, styles: &Styles) -> Result<Sheet, Unreadable> {
        let mut rules = Sweep::new(self.rules.iter().map(|(block, map)| (*block, map)));
        let mut cells = BTreeMap::new();
        let last_row = self.cells.keys().next_back().map_or(0, |place| place.row);
        let last_column = self.cells.keys().map(|place| place.column).max().unwrap_or_default();
        for (place, held) in self.cells {
            let mut all = rules.at(place)?.map(|(_, map)| map).chain(&held.style.maps);
            let is_hidden = all.any(|map| map.may_hold(held.value) && styles.may_hide(&map.style, &held.style));
            cells.insert(place, if is_hidden { hidden(held.cell, Refused::Masked) } else { held.cell });
        }
        Ok(Sheet {
            name,
            visibility,
            is_chart: false,
            cells,
            hidden_rows: numbers(&self.hidden_rows, last_row),
            hidden_columns: numbers(&self.hidden_columns, last_column),
            filtered_rows: numbers(&self.filtered_rows, last_row),
            merged: self.merged,
            tables: Vec::new(),
        })
    }
}

fn repeated(tag: &Tag, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

/// A cell that another one lies over is not seen.
fn covered(held: Held, element: &str) -> Held {
    match element {
        "covered-table-cell" => Held { cell: hidden(held.cell, Refused::WithinMerged), ..held },
        _ => held,
    }
}

/// A cell that holds something nobody sees. A formula may spell it out.
fn hidden(cell: Cell, refused: Refused) -> Cell {
    Cell { shown: Shown::Refused(refused), stored: String::new(), formula: None, ..cell }
}

/// All numbers of some ranges, up to a last one.
fn numbers(ranges: &[(u32, u32)], last: u32) -> BTreeSet<u32> {
    ranges.iter().flat_map(|(first, end)| *first..=(*end).min(last)).collect()
}
