//! Reads a workbook of LibreOffice: `.ods`.
//!
//! In: an opened package. Out: its [`Workbook`]. What a cell shows stands in the file as a text beside the number, so that no
//! format has to be worked out; but whether the number is among it must be known ([`styles`]). Sheets are read tag by tag
//! ([`table`]), since rows and columns repeat, each cell as it is seen ([`cell`]).

mod cell;
mod formats;
mod places;
mod styles;
mod table;
pub mod write;

use super::container::{Container, damaged, has_password};
use super::sheet::{DefinedName, Sheet, Unreadable, Workbook};
use super::tags::{Element, Event, Fault, Tags};
use super::workbook::Room;
use styles::Styles;

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Whether a package is such a workbook, or the template of one.
pub(super) fn is(container: &mut Container) -> Result<bool, Unreadable> {
    let kind = container.bytes("mimetype")?;
    Ok(kind.is_some_and(|kind| kind.trim_ascii().starts_with(KIND.as_bytes())))
}

/// Reads a workbook.
pub(super) fn read(mut container: Container) -> Result<Workbook, Unreadable> {
    let manifest = container.text("META-INF/manifest.xml")?;
    if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(has_password());
    }
    let content = container.text("content.xml")?.ok_or_else(|| damaged("content.xml"))?;
    let common = container.text("styles.xml")?;
    let styles = common.as_deref().map_or(Ok(Styles::default()), |text| Styles::default().with(text));
    let styles = styles.map_err(|_| damaged("styles.xml"))?.with(&content).map_err(|_| damaged("content.xml"))?;
    let (sheets, names) = spreadsheet(&content, &styles.joined())?;
    let meta = container.text("meta.xml")?;
    let meta = meta.as_deref().map(Element::read).transpose().map_err(|_| damaged("meta.xml"))?;
    let settings = container.text("settings.xml")?;
    let by_hand = settings.as_deref().map(is_computed_by_hand).transpose().map_err(|_| damaged("settings.xml"))?;
    Ok(Workbook {
        sheets,
        names,
        saved_by: said(meta.as_ref(), "creator"),
        saved_at: said(meta.as_ref(), "date"),
        computed_by_hand: by_hand.unwrap_or_default(),
    })
}

/// What the file says of itself.
fn said(meta: Option<&Element>, name: &str) -> Option<String> {
    let text = meta?.child("meta")?.child(name)?.text.trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

fn is_computed_by_hand(settings: &str) -> Result<bool, Fault> {
    let root = Element::read(settings)?;
    let items =
        root.descendants().into_iter().filter(|item| item.attribute("name").as_deref() == Some("AutoCalculate"));
    Ok(items.map(|item| item.text.trim()).any(|text| text == "false"))
}

/// The sheets, and the names for cells.
fn spreadsheet(content: &str, styles: &Styles) -> Result<(Vec<Sheet>, Vec<DefinedName>), Unreadable> {
    let broken = |_: Fault| damaged("content.xml");
    let (mut sheets, mut names, mut tables, mut room) = (Vec::new(), Vec::new(), Vec::new(), Room::new());
    let mut tags = Tags::new(content);
    while let Some(event) = tags.next() {
        let Event::Open(tag) = event.map_err(broken)? else { continue };
        match tag.name {
            "table" => sheets.push(table::read(&mut tags, tag, styles, &mut room, &mut names)?),
            "named-range" => names.extend(places::name(&tag, None)),
            "database-range" => tables.extend(places::table(&tag)),
            // What lies in them are other tables: of changes that were made, of links, of styles.
            "tracked-changes" | "dde-links" | "automatic-styles" | "content-validations" => {
                tags.pass_over().map_err(broken)?
            }
            _ => {}
        }
    }
    for (of_sheet, name, block) in tables {
        if let Some(sheet) = sheets.iter_mut().find(|sheet: &&mut Sheet| sheet.name == of_sheet) {
            sheet.tables.push((name, block));
        }
    }
    names.retain(|name: &DefinedName| sheets.iter().any(|sheet| sheet.name == name.sheet));
    Ok((sheets, names))
}

#[cfg(test)]
mod tests;
