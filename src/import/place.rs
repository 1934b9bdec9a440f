//! Cells as a person names them, and what they show.

use std::fmt;

use crate::office::sheet::{Cell, Position, Shown};

/// A cell by its column and row, `F8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed(Position);

impl Placed {
    pub fn of(at: Position) -> Self {
        Self(at)
    }
}

impl fmt::Display for Placed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", column_name(self.0.column), self.0.row + 1)
    }
}

/// The letters of a column, counted from 0: A to Z, then AA.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The cell of a name such as `$C$12`; none where it is no such name.
pub fn position(name: &str) -> Option<Position> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let is_column = (1..=3).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
    let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = is_column.then(|| letters.bytes().fold(0, |column, letter| column * 26 + value(letter)))?;
    let row: u32 = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    Some(Position { row: row - 1, column: column - 1 })
}

/// What a cell shows; nothing where it must not be taken.
pub fn shown(cell: &Cell) -> Option<String> {
    match &cell.shown {
        Shown::Text(text) | Shown::Number { text, .. } | Shown::Day { text, .. } | Shown::Duration { text } => {
            Some(text.clone())
        }
        Shown::Truth(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Shown::Error(error) => Some(error.clone()),
        Shown::Refused(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_programs_give_them() {
        for (name, row, column) in [("A1", 0, 0), ("Z9", 8, 25), ("AA10", 9, 26), ("XFD1", 0, 16_383)] {
            let at = Position { row, column };
            assert_eq!((Placed::of(at).to_string().as_str(), position(name)), (name, Some(at)));
        }
        assert_eq!(position("$C$12"), Some(Position { row: 11, column: 2 }));
        assert_eq!([position("12"), position("C"), position("C0"), position("ABCD1"), position("Rate")], [None; 5]);
    }
}
