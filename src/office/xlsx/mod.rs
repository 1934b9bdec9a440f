//! Reads a workbook of Excel: `.xlsx`, `.xlsm`, and what others save as such.
//!
//! In: an opened package. Out: its [`Workbook`]. The steps: the workbook names its sheets ([`book`]); texts are shared by all
//! sheets ([`strings`]), and so are the looks of cells ([`styles`], with colours of the [`palette`]); a sheet is read tag by
//! tag ([`sheet`]), each cell as it is seen ([`cell`]); then what lies over cells is applied ([`cover`]): merged cells,
//! conditional formats ([`conditions`]), filters and comments ([`comments`]).

mod book;
mod cell;
mod comments;
mod conditions;
mod cover;
mod palette;
mod sheet;
mod strings;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use super::container::{Container, Relation, damaged};
use super::number_format::DateSystem;
use super::sheet::{Block, DefinedName, Sheet, Unreadable, Visibility, Workbook};
use super::tags::Element;
use super::workbook::Room;
use book::{Book, Listed};
use palette::Palette;
use strings::Strings;
use styles::Styles;

/// What all sheets share.
struct Shared {
    strings: Strings,
    styles: Styles,
    system: DateSystem,
    /// Who wrote what in threaded comments, by the number of the person.
    people: BTreeMap<String, String>,
}

/// Reads a workbook.
pub(super) fn read(mut container: Container) -> Result<Workbook, Unreadable> {
    let roots = container.relations("")?;
    let main = target(&roots, "officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let text = part(&mut container, &main)?;
    let book = Book::read(&text).map_err(|_| damaged(&main))?;
    let relations = container.relations(&main)?;
    let shared = shared(&mut container, &relations, &book)?;
    let (mut sheets, mut room) = (Vec::new(), Room::new());
    for listed in &book.sheets {
        let relation = relations.iter().find(|relation| relation.id == listed.relation);
        let relation = relation.ok_or_else(|| damaged(&main))?;
        sheets.push(match relation.kind.as_str() {
            "worksheet" => worksheet(&mut container, &shared, listed, &relation.target, &mut room)?,
            _ => without_cells(listed),
        });
    }
    let (saved_by, saved_at) = saved(&mut container, &roots)?;
    let names = book.names.into_iter().filter(|name| sheets.iter().any(|sheet| sheet.name == name.sheet));
    let names = names.collect::<Vec<DefinedName>>();
    Ok(Workbook { sheets, names, saved_by, saved_at, computed_by_hand: book.computed_by_hand })
}

/// A part that must be there.
fn part(container: &mut Container, name: &str) -> Result<String, Unreadable> {
    container.text(name)?.ok_or_else(|| damaged(name))
}

/// The part that a relation of this kind leads to.
fn target<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    let mut found = relations.iter().filter(|relation| relation.kind == kind && !relation.is_outside);
    found.next().map(|relation| relation.target.as_str())
}

fn shared(container: &mut Container, relations: &[Relation], book: &Book) -> Result<Shared, Unreadable> {
    let mut optional = |kind: &str, usual: &str| {
        let name = target(relations, kind).unwrap_or(usual).to_owned();
        Ok::<_, Unreadable>((container.text(&name)?, name))
    };
    let (theme, name) = optional("theme", "xl/theme/theme1.xml")?;
    let palette = Palette::read(theme.as_deref()).map_err(|_| damaged(&name))?;
    let (styles, name) = optional("styles", "xl/styles.xml")?;
    let styles = Styles::read(styles.as_deref(), palette).map_err(|_| damaged(&name))?;
    let (strings, name) = optional("sharedStrings", "xl/sharedStrings.xml")?;
    let strings = Strings::read(strings.as_deref(), &styles.palette).map_err(|_| damaged(&name))?;
    let (people, name) = optional("person", "xl/persons/person.xml")?;
    let people = comments::people(people.as_deref()).map_err(|_| damaged(&name))?;
    Ok(Shared { strings, styles, system: book.system, people })
}

/// A sheet that is a chart, or a macro.
fn without_cells(listed: &Listed) -> Sheet {
    Sheet {
        name: listed.name.clone(),
        visibility: listed.visibility,
        is_chart: true,
        cells: BTreeMap::new(),
        hidden_rows: BTreeSet::new(),
        hidden_columns: BTreeSet::new(),
        filtered_rows: BTreeSet::new(),
        merged: Vec::new(),
        tables: Vec::new(),
    }
}

fn worksheet(
    container: &mut Container,
    shared: &Shared,
    listed: &Listed,
    name: &str,
    room: &mut Room,
) -> Result<Sheet, Unreadable> {
    let text = part(container, name)?;
    let mut raw = sheet::read(&text, shared, room, name)?;
    let (mut tables, mut comments) = (Vec::new(), comments::Comments::default());
    for relation in container.relations(name)?.iter().filter(|relation| !relation.is_outside) {
        match relation.kind.as_str() {
            "table" => {
                let text = part(container, &relation.target)?;
                let table = Element::read(&text).ok().and_then(|root| Table::of(&root));
                let table = table.ok_or_else(|| damaged(&relation.target))?;
                raw.filters.extend(table.is_filtered.then_some(table.block));
                tables.push(table);
            }
            "comments" | "threadedComment" => {
                let text = part(container, &relation.target)?;
                comments.add(&text, &shared.people).map_err(|_| damaged(&relation.target))?;
            }
            _ => {}
        }
    }
    let headings: Vec<Block> = tables.iter().filter_map(|table| table.heading).collect();
    let cells = cover::apply(raw.cells, &raw.cover, &headings, &shared.styles)?;
    let filtered_rows =
        raw.hidden_rows.iter().copied().filter(|row| raw.filters.iter().any(|filter| filter.has_row(*row)));
    Ok(Sheet {
        name: listed.name.clone(),
        visibility: listed.visibility,
        is_chart: false,
        cells: comments.joined(cells),
        filtered_rows: filtered_rows.collect(),
        hidden_rows: raw.hidden_rows,
        hidden_columns: raw.hidden_columns,
        merged: raw.cover.merged,
        tables: tables.into_iter().map(|table| (table.name, table.block)).collect(),
    })
}

/// A table with a name.
struct Table {
    name: String,
    block: Block,
    heading: Option<Block>,
    is_filtered: bool,
}

impl Table {
    fn of(root: &Element) -> Option<Table> {
        let block = Block::read(&root.attribute("ref")?)?;
        let mut heading = block;
        heading.last.row = block.first.row;
        Some(Table {
            name: root.attribute("displayName").or_else(|| root.attribute("name"))?.into_owned(),
            block,
            heading: (root.number("headerRowCount") != Some(0)).then_some(heading),
            is_filtered: root.child("autoFilter").is_some_and(|filter| !filter.children.is_empty()),
        })
    }
}

/// Who saved the workbook last, and when.
fn saved(container: &mut Container, roots: &[Relation]) -> Result<(Option<String>, Option<String>), Unreadable> {
    let name = target(roots, "core-properties").unwrap_or("docProps/core.xml").to_owned();
    let Some(text) = container.text(&name)? else { return Ok((None, None)) };
    let root = Element::read(&text).map_err(|_| damaged(&name))?;
    let said = |name: &str| {
        let text = root.child(name).map(|element| element.text.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    Ok((said("lastModifiedBy").or_else(|| said("creator")), said("modified")))
}

/// How a sheet is shown, by what its entry says.
fn visibility(state: Option<&str>) -> Visibility {
    match state {
        Some("hidden") => Visibility::Hidden,
        Some("veryHidden") => Visibility::VeryHidden,
        _ => Visibility::Visible,
    }
}

#[cfg(test)]
mod tests;
