//! What a formula says of its cell: whether it reads another workbook, and whether it comes out otherwise another day.

use super::sheet::{Formula, Position};

/// Functions that come out otherwise without a change of the cells they name.
const CHANGING: [&str; 9] = ["TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO"];

/// A piece of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'t> {
    /// Letters and digits in one: a name, a function, a cell.
    Word(&'t str),
    /// What stands in quotation marks or square brackets, with them.
    Enclosed(&'t str),
    Sign(&'t str),
}

/// What a formula says, of its text without the equals sign.
pub fn read(text: String) -> Formula {
    let pieces = pieces(&text);
    let changes_by_itself = pieces.windows(2).any(|pair| match pair {
        [Piece::Word(name), Piece::Sign("(")] => {
            let name = name.rsplit("_xlfn.").next().unwrap_or(name).to_uppercase();
            CHANGING.contains(&name.as_str())
        }
        _ => false,
    });
    let from_elsewhere = pieces.iter().enumerate().any(|(at, piece)| {
        let before = at.checked_sub(1).map(|before| pieces[before]);
        names_workbook(*piece, before)
    });
    Formula { text, from_elsewhere, changes_by_itself }
}

/// Whether a piece names another workbook: `[1]Sheet!`, `'[Returns.xlsx]Sheet 1'!`, `'file:///C:/Returns.ods'#`, `DDE(`.
fn names_workbook(piece: Piece, before: Option<Piece>) -> bool {
    match piece {
        // Behind a name square brackets are columns of a table.
        Piece::Enclosed(text) if text.starts_with('[') => {
            let inside = text[1..].trim_start();
            let is_file = inside.starts_with("'file:") || inside.to_lowercase().contains(".xls");
            let is_number = inside.trim_end_matches(']').bytes().all(|byte| byte.is_ascii_digit());
            is_file || (is_number && !matches!(before, Some(Piece::Word(_) | Piece::Enclosed(_))))
        }
        Piece::Enclosed(text) => text.starts_with('\'') && (text.contains('[') || text.starts_with("'file:")),
        Piece::Word(word) => word.eq_ignore_ascii_case("WEBSERVICE") || word.eq_ignore_ascii_case("DDE"),
        Piece::Sign(_) => false,
    }
}

/// The formula of a cell that shares that of another one: relative places move as far as the cells lie apart.
pub fn moved(text: &str, from: Position, to: Position) -> String {
    let pieces = pieces(text);
    let mut moved = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Word(word) if pieces.get(at + 1) != Some(&Piece::Sign("(")) => {
                let in_range = [at.wrapping_sub(1), at + 1].iter().any(|at| pieces.get(*at) == Some(&Piece::Sign(":")));
                moved.push_str(&moved_place(word, from, to, in_range).unwrap_or_else(|| word.to_owned()));
            }
            Piece::Word(text) | Piece::Enclosed(text) | Piece::Sign(text) => moved.push_str(text),
        }
    }
    moved
}

/// A cell, moved; of a range also a whole column or row. None if it is something else.
fn moved_place(word: &str, from: Position, to: Position, in_range: bool) -> Option<String> {
    let (column, rest) = split(word, |byte| byte.is_ascii_alphabetic());
    let (row, rest) = split(rest, |byte| byte.is_ascii_digit());
    let is_place = match (column.letters.is_empty(), row.letters.is_empty()) {
        (false, false) => Position::read(word).is_some(),
        (true, true) => false,
        _ => in_range && column.letters.len() <= 3,
    };
    if !is_place || !rest.is_empty() {
        return None;
    }
    let place = Position::read(&format!(
        "{}{}",
        if column.letters.is_empty() { "A" } else { column.letters },
        if row.letters.is_empty() { "1" } else { row.letters }
    ))?;
    let shift = |at: u32, from: u32, to: u32, is_fixed: bool, last: u32| {
        let at = if is_fixed { i64::from(at) } else { i64::from(at) + i64::from(to) - i64::from(from) };
        u32::try_from(at).ok().filter(|at| *at <= last)
    };
    let moved_row = shift(place.row, from.row, to.row, row.is_fixed, Position::LAST.row);
    let moved_column = shift(place.column, from.column, to.column, column.is_fixed, Position::LAST.column);
    let (Some(moved_row), Some(moved_column)) = (moved_row, moved_column) else { return Some("#REF!".to_owned()) };
    let shown = Position { row: moved_row, column: moved_column }.to_string();
    let (letters, digits) = shown.split_at(shown.bytes().take_while(u8::is_ascii_alphabetic).count());
    let mark = |is_fixed: bool| if is_fixed { "$" } else { "" };
    let column_text =
        if column.letters.is_empty() { String::new() } else { format!("{}{letters}", mark(column.is_fixed)) };
    let row_text = if row.letters.is_empty() { String::new() } else { format!("{}{digits}", mark(row.is_fixed)) };
    Some(column_text + &row_text)
}

/// One half of a place: its letters or digits, and whether a dollar sign fixes it.
struct Half<'t> {
    letters: &'t str,
    is_fixed: bool,
}

fn split<'t>(text: &'t str, is: impl Fn(&u8) -> bool) -> (Half<'t>, &'t str) {
    let bare = text.strip_prefix('$').unwrap_or(text);
    let count = bare.bytes().take_while(is).count();
    match count {
        0 => (Half { letters: "", is_fixed: false }, text),
        _ => (Half { letters: &bare[..count], is_fixed: bare.len() < text.len() }, &bare[count..]),
    }
}

/// The pieces of a formula; together they are its text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$' | '\\' | '?');
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            '[' => bracket_end(rest),
            _ if is_word(first) => rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let text = &rest[..end];
        pieces.push(match first {
            '"' | '\'' | '[' => Piece::Enclosed(text),
            _ if is_word(first) => Piece::Word(text),
            _ => Piece::Sign(text),
        });
        rest = &rest[end..];
    }
    pieces
}

/// Behind the bracket that closes the first one.
fn bracket_end(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flags(text: &str) -> (bool, bool) {
        let formula = read(text.to_owned());
        (formula.from_elsewhere, formula.changes_by_itself)
    }

    #[test]
    fn formulas_into_other_workbooks_are_known() {
        for text in [
            "[1]Sheet1!A1",
            "SUM('[2]My sheet'!A1:A3)",
            "'C:\\[Return.xlsx]Q4'!B2",
            "['file:///a.ods'#$Sheet1.A1]",
            "+[3]!Total",
        ] {
            assert_eq!(flags(text), (true, false), "{text}");
        }
        for text in [
            "SUM(Staff[2016])",
            "Staff[[#This Row],[FTE]]",
            "\"[1]\"&A1",
            "SUM([.A1:.A3])",
            "'My sheet'!A1",
            "Staff[FTE]",
        ] {
            assert_eq!(flags(text), (false, false), "{text}");
        }
    }

    #[test]
    fn formulas_that_change_by_themselves_are_known() {
        for text in ["TODAY()-A1", "sum(offset(A1,1,1))", "_xlfn.RANDARRAY(2)", "INDIRECT(\"A\"&1)"] {
            assert_eq!(flags(text), (false, true), "{text}");
        }
        for text in ["TODAYS(1)", "\"TODAY()\"", "Offset+1"] {
            assert_eq!(flags(text), (false, false), "{text}");
        }
    }

    #[test]
    fn shared_formulas_move_with_their_cells() {
        let (from, to) = (Position::new(1, 1), Position::new(3, 2));
        for (text, expected) in [
            ("A2/$B$1+B$2", "B4/$B$1+C$2"),
            ("SUM(A1:A3)&\"A1\"", "SUM(B3:B5)&\"A1\""),
            ("'A1 sheet'!A1+LOG10(A1)", "'A1 sheet'!B3+LOG10(B3)"),
            ("SUM(A:A)+SUM($1:2)", "SUM(B:B)+SUM($1:4)"),
            ("Staff[A1]+A1B+Q4_2016", "Staff[A1]+A1B+Q4_2016"),
            ("XFD1", "#REF!"),
        ] {
            assert_eq!(moved(text, from, to), expected);
        }
    }

    proptest! {
        #[test]
        fn no_formula_makes_it_panic(text in "[A-C1-3$!:()'\"\\[\\]é_.]{0,16}") {
            let _ = read(text.clone());
            prop_assert_eq!(moved(&text, Position::new(2, 2), Position::new(2, 2)), text);
        }
    }
}
