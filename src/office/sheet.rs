//! A workbook as a person sees it in its program: each cell with what it shows, what is stored behind it, and why it may not
//! be taken.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A workbook, of whatever format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// The names that the workbook gives to cells or blocks, in its order.
    pub names: Vec<DefinedName>,
    /// Who saved it last, and when, as the file says (`2017-05-05T09:12:00Z`); text files say neither.
    pub saved_by: Option<String>,
    pub saved_at: Option<String>,
    /// Formulas are computed only when somebody asks for it, so that what is shown may be old.
    pub computed_by_hand: bool,
}

/// A name for a cell or a block: of the whole workbook, or of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedName {
    pub name: String,
    pub of_sheet: Option<String>,
    pub sheet: String,
    pub block: Block,
}

/// Cells from one corner to the other, both included; rows and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    pub first: Position,
    pub last: Position,
}

/// Where a cell stands; rows and columns count from 0. Displayed as `C12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub row: u32,
    pub column: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Visible,
    Hidden,
    /// Hidden so that the program's own menu does not show it.
    VeryHidden,
}

/// One sheet of cells. A sheet that is a chart has no cells and says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub visibility: Visibility,
    pub is_chart: bool,
    /// The cells that hold something, by place.
    pub cells: BTreeMap<Position, Cell>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    /// Rows that a filter leaves out (they are among the hidden rows too, where the file says so).
    pub filtered_rows: BTreeSet<u32>,
    pub merged: Vec<Block>,
    /// Tables with a name, heading row included.
    pub tables: Vec<(String, Block)>,
}

/// One cell that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub shown: Shown,
    /// What is stored: the shortest decimal of a number, the text of a text.
    pub stored: String,
    /// The code of its number format, `0.0%`; none for General and in text files.
    pub format: Option<String>,
    pub formula: Option<Formula>,
    pub comments: Vec<Comment>,
    pub struck_through: bool,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A text, as it stands.
    Text(String),
    /// A number, as its format shows it, in exact decimals: `7.5%`, `(1,204)`, `£4.5M`.
    /// `from_region`: the currency or the form of a day comes from the settings of the machine that shows it.
    Number {
        text: String,
        from_region: bool,
    },
    /// A day or time, as its format shows it, and the day (and time) itself (`2017-03-31`, `2017-03-31T09:30:00`).
    Day {
        text: String,
        iso: String,
        from_region: bool,
    },
    /// A length of time, `[h]:mm`.
    Duration {
        text: String,
    },
    Truth(bool),
    /// `#DIV/0!`
    Error(String),
    /// What must not be taken, and why.
    Refused(Refused),
}

/// Why what a cell shows cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// A formula that no program has computed.
    NoValue,
    /// A format that hides the number (`;;;`, `[<5]"<5"`), ink of the paper's colour, a conditional format that shows another.
    Masked,
    /// A format code that is not known for certain: fractions, powers, days of another language or of the machine's own style.
    UnknownFormat,
    /// A negative number whose format does not show that it is one.
    SignNotShown,
    /// More than 15 digits.
    TooManyDigits,
    /// A cell within a merged one, other than its first, that holds something which nobody sees.
    WithinMerged,
    /// A number of a text file of which nobody said whether a point or a comma parts its decimals: `98,7`, or `1.204` between
    /// semicolons.
    DecimalInDoubt,
}

/// The formula behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// As the file has it, without the equals sign.
    pub text: String,
    /// It reads another workbook.
    pub from_elsewhere: bool,
    /// It comes out otherwise another day, or elsewhere: `TODAY`, `RAND`, `OFFSET`, `INDIRECT`.
    pub changes_by_itself: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub by: Option<String>,
    pub text: String,
}

/// Why a file cannot be read as a workbook or a document, in words for its reader (the help says what to do).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub message: String,
    pub help: String,
}

impl Workbook {
    /// The sheet of a name, which programs find without regard to capitals.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        let name = name.to_lowercase();
        self.sheets.iter().find(|sheet| sheet.name.to_lowercase() == name)
    }
}

impl Position {
    /// The furthest row and column that a sheet can have (`XFD1048576`).
    pub const LAST: Position = Position { row: 1_048_575, column: 16_383 };

    pub const fn new(row: u32, column: u32) -> Position {
        Position { row, column }
    }

    /// Reads `C12` or `$C$12`.
    pub fn read(text: &str) -> Option<Position> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at(letters);
        let row = row.strip_prefix('$').unwrap_or(row);
        if !(1..=3).contains(&letters)
            || !(1..=7).contains(&row.len())
            || !row.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let column = column.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
        let place = Position { row: row.parse::<u32>().ok()?.checked_sub(1)?, column: column.checked_sub(1)? };
        (place.row <= Position::LAST.row && place.column <= Position::LAST.column).then_some(place)
    }
}

impl Block {
    /// Reads `A1:C12`, `A1`, whole columns `A:C` and whole rows `1:4`, with or without dollar signs.
    pub fn read(text: &str) -> Option<Block> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let bare = |corner: &str| corner.replace('$', "");
        let (first, last) = match (Position::read(first), Position::read(last)) {
            (Some(first), Some(last)) => (first, last),
            _ if !text.contains(':') => return None,
            // A whole column has no row of its own, and a whole row no column.
            _ => match (Position::read(&(bare(first) + "1")), Position::read(&(bare(last) + "1048576"))) {
                (Some(first), Some(last)) => (first, last),
                _ => (Position::read(&format!("A{}", bare(first)))?, Position::read(&format!("XFD{}", bare(last)))?),
            },
        };
        Some(Block {
            first: Position { row: first.row.min(last.row), column: first.column.min(last.column) },
            last: Position { row: first.row.max(last.row), column: first.column.max(last.column) },
        })
    }

    pub fn has_row(&self, row: u32) -> bool {
        (self.first.row..=self.last.row).contains(&row)
    }

    pub fn contains(&self, place: Position) -> bool {
        self.has_row(place.row) && (self.first.column..=self.last.column).contains(&place.column)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (mut letters, mut left) = (Vec::new(), self.column + 1);
        while left > 0 {
            left -= 1;
            letters.push(char::from(b'A' + (left % 26) as u8));
            left /= 26;
        }
        let column: String = letters.into_iter().rev().collect();
        write!(f, "{column}{}", self.row + 1)
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}:{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for text in ["A1", "Z9", "AA10", "XFD1048576", "B2:D4"] {
            assert_eq!(Block::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Position::read("$C$12"), Some(Position::new(11, 2)));
        assert_eq!(Block::read("$D$4:$B$2").unwrap().to_string(), "B2:D4");
        assert_eq!(Block::read("A:C").unwrap().to_string(), "A1:C1048576");
        assert_eq!(Block::read("$2:$4").unwrap().to_string(), "A2:XFD4");
    }

    #[test]
    fn what_is_no_place_is_none() {
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "ABCD1", "A1B", "é1", "A-1", "TRUE", "A1:", ":"] {
            assert_eq!(Block::read(text), None, "{text}");
        }
    }
}
