//! The part that names the sheets of a workbook, and its names for cells.

use super::visibility;
use crate::office::number_format::DateSystem;
use crate::office::sheet::{Block, DefinedName, Visibility};
use crate::office::tags::{Element, Fault};

/// What stands in `workbook.xml`.
pub struct Book {
    pub sheets: Vec<Listed>,
    pub names: Vec<DefinedName>,
    pub system: DateSystem,
    pub computed_by_hand: bool,
}

/// A sheet, as the workbook lists it.
pub struct Listed {
    pub name: String,
    pub visibility: Visibility,
    /// The relation that leads to its part.
    pub relation: String,
}

impl Book {
    pub fn read(text: &str) -> Result<Book, Fault> {
        let root = Element::read(text)?;
        let sheets: Vec<Listed> =
            root.child("sheets").into_iter().flat_map(|sheets| sheets.all("sheet")).filter_map(Listed::of).collect();
        let names = root.child("definedNames").into_iter().flat_map(|names| names.all("definedName"));
        let is_from_1904 = root.child("workbookPr").is_some_and(|properties| properties.is("date1904"));
        let mode = root.child("calcPr").and_then(|properties| properties.attribute("calcMode"));
        Ok(Book {
            names: names.filter_map(|name| defined(name, &sheets)).collect(),
            sheets,
            system: if is_from_1904 { DateSystem::From1904 } else { DateSystem::From1900 },
            computed_by_hand: mode.as_deref() == Some("manual"),
        })
    }
}

impl Listed {
    fn of(element: &Element) -> Option<Listed> {
        Some(Listed {
            name: element.attribute("name")?.into_owned(),
            visibility: visibility(element.attribute("state").as_deref()),
            relation: element.attribute("id")?.into_owned(),
        })
    }
}

/// A name for a cell or a block; none if it stands for a formula, or is the program's own.
fn defined(element: &Element, sheets: &[Listed]) -> Option<DefinedName> {
    let name = element.attribute("name")?;
    if element.is("hidden") || name.starts_with("_xl") {
        return None;
    }
    let (sheet, block) = element.text.trim().trim_start_matches('=').rsplit_once('!')?;
    let of_sheet = match element.number("localSheetId") {
        Some(at) => Some(sheets.get(usize::try_from(at).ok()?)?.name.clone()),
        None => None,
    };
    Some(DefinedName { name: name.into_owned(), of_sheet, sheet: unquoted(sheet), block: Block::read(block)? })
}

/// The name of a sheet, without the quotation marks that formulas need round some.
fn unquoted(name: &str) -> String {
    match name.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')) {
        Some(inside) => inside.replace("''", "'"),
        None => name.to_owned(),
    }
}
