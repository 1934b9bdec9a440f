//! Opens a workbook, whatever its format.
//!
//! In: a name and the bytes of a file. Out: its [`Workbook`], in which each cell has what a person sees. What a file is, its
//! bytes say; the name only tells text files apart and stands in messages.

use super::container::{Container, MOST_BYTES, too_large};
use super::sheet::{Unreadable, Workbook};
use super::{ods, text, xlsx};

/// The most cells that hold something, in all sheets together. A figure needs one, so that an annual report has a few
/// thousand; a sheet of a million rows is a database, of which a part is meant.
pub const MOST_CELLS: usize = 500_000;

/// The most letters that stand in its cells, in bytes.
const MOST_LETTERS: usize = 64 << 20;

/// How a text file is written (`.csv`, `.tsv`, a paste). What is not said is told from the file, but for a decimal comma,
/// which must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextForm {
    /// A comma parts decimals, and points part thousands.
    pub decimal_comma: bool,
    /// What stands between cells.
    pub separator: Option<char>,
    /// Whether the letters are those of Windows-1252 (otherwise of UTF-8). A mark at the front of the file goes before.
    pub windows_1252: Option<bool>,
}

/// Reads a workbook.
pub fn read(file_name: &str, bytes: &[u8], form: &TextForm) -> Result<Workbook, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large());
    }
    let (stem, ending) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    match ending.to_lowercase().as_str() {
        "csv" | "tsv" | "tab" | "txt" | "" if !is_binary(bytes) => text::read(stem, ending, bytes, form),
        _ => packaged(Container::open(bytes)?),
    }
}

/// Reads a workbook that is a package, by what is in it.
fn packaged(mut container: Container) -> Result<Workbook, Unreadable> {
    let folders = ["xl/", "word/", "ppt/", "index/"];
    let [has_xl, has_word, has_ppt, has_index] =
        folders.map(|start| container.names().any(|name| name.starts_with(start)));
    let is = |what: &str, help: &str| Err(Unreadable::new(format!("this is {what}"), help));
    let to_xlsx = "open it, and save it as .xlsx";
    match () {
        () if container.has("xl/workbook.bin") => is("a binary workbook (.xlsb)", to_xlsx),
        () if has_xl => xlsx::read(container),
        () if ods::is(&mut container)? => ods::read(container),
        () if has_word => is("a document of Word, no workbook", "name a workbook"),
        () if has_ppt => is("a presentation, no workbook", "name a workbook"),
        () if has_index || container.has("index.zip") => is("a file of Numbers", "export it from Numbers as .xlsx"),
        () => is("no workbook", to_xlsx),
    }
}

/// Whether the bytes begin as files of office programs do, whatever the name says.
fn is_binary(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF"].iter().any(|start| bytes.starts_with(*start))
}

/// What may still be read of a workbook: cells, and letters in them. One text may stand in many cells, so that a small file
/// can ask for much.
#[derive(Debug)]
pub(super) struct Room {
    cells: usize,
    letters: usize,
}

impl Room {
    pub(super) fn new() -> Room {
        Room { cells: MOST_CELLS, letters: MOST_LETTERS }
    }

    /// Takes the room of one cell.
    pub(super) fn take(&mut self, letters: usize) -> Result<(), Unreadable> {
        let (cells, letters) = (self.cells.checked_sub(1), self.letters.checked_sub(letters));
        (self.cells, self.letters) = (cells.ok_or_else(too_many_cells)?, letters.ok_or_else(too_many_letters)?);
        Ok(())
    }
}

pub(super) fn too_many_cells() -> Unreadable {
    Unreadable::new(
        format!("the workbook is too large: more than {MOST_CELLS} cells hold something"),
        "copy the rows and columns that are needed into a new workbook",
    )
}

fn too_many_letters() -> Unreadable {
    Unreadable::new(
        "the workbook is too large: its cells hold more than 64 MB of text",
        "copy the rows and columns that are needed into a new workbook",
    )
}
