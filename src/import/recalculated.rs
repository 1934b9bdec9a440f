//! Whether what a formula is said to come to follows from the cells that it names.
//!
//! Sums, quotients, and cells that are added and taken away: what figures of a report are mostly made of. Of any other formula
//! nothing is said, and nothing of cells that hide what they hold.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::place::position;
use crate::office::sheet::{Cell, Position, Sheet, Shown};

/// So much of a result may be lost where a program calculates in binary numbers: a part in 10⁹.
const LOST: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
/// A sum of more cells than these is not looked at.
const MOST_CELLS: u64 = 100_000;

/// What the formula of a cell comes to, where that is another number than the one stored.
pub fn other_result(sheet: &Sheet, cell: &Cell) -> Option<Decimal> {
    let formula = cell.formula.as_ref().filter(|formula| !formula.from_elsewhere && !formula.changes_by_itself)?;
    let Shown::Number { .. } = cell.shown else { return None };
    let stored = number(&cell.stored)?;
    let result = result(sheet, &bare(&formula.text))?;
    let difference = (result - stored).abs();
    (difference > LOST.max(LOST.checked_mul(result.abs())?)).then(|| result.round_sf(15).unwrap_or(result).normalize())
}

/// A formula without what a format puts round places: `SUM([.F8:.F12])` is `SUM(F8:F12)`.
fn bare(formula: &str) -> String {
    let formula = formula.trim_start_matches("of:").trim_start_matches('=');
    formula.replace("[.", "").replace(":.", ":").replace([']', '$', ' '], "")
}

fn result(sheet: &Sheet, formula: &str) -> Option<Decimal> {
    if let Some(inside) = formula.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')) {
        return inside.split([',', ';']).try_fold(Decimal::ZERO, |sum, part| sum.checked_add(sum_of(sheet, part)?));
    }
    let inside = formula.strip_prefix("IFERROR(").and_then(|rest| rest.split([',', ';']).next());
    if let Some((over, under)) = inside.unwrap_or(formula).split_once('/') {
        return value(sheet, position(over)?)?.checked_div(value(sheet, position(under)?)?);
    }
    let mut signs = formula.matches(['+', '-']);
    let mut places = formula.split(['+', '-']).map(|place| value(sheet, position(place)?));
    let first = places.next()??;
    let mut rest = signs.by_ref().zip(places).peekable();
    rest.peek()?;
    rest.try_fold(first, |sum, (sign, value)| match sign {
        "+" => sum.checked_add(value?),
        _ => sum.checked_sub(value?),
    })
}

/// The sum of a range or a cell. Texts count for nothing, as programs have it.
fn sum_of(sheet: &Sheet, part: &str) -> Option<Decimal> {
    let (first, last) = part.split_once(':').unwrap_or((part, part));
    let (first, last) = (position(first)?, position(last)?);
    let cells = u64::from(last.row.checked_sub(first.row)? + 1) * u64::from(last.column.checked_sub(first.column)? + 1);
    if cells > MOST_CELLS {
        return None;
    }
    let inside = sheet.cells.range(first..=last).filter(|(at, _)| (first.column..=last.column).contains(&at.column));
    inside.map(|(_, cell)| cell).try_fold(Decimal::ZERO, |sum, cell| match cell.shown {
        Shown::Text(_) => Some(sum),
        _ => sum.checked_add(of(cell)?),
    })
}

/// What stands in a cell; an empty one is nought.
fn value(sheet: &Sheet, at: Position) -> Option<Decimal> {
    sheet.cells.get(&at).map_or(Some(Decimal::ZERO), of)
}

fn of(cell: &Cell) -> Option<Decimal> {
    match cell.shown {
        Shown::Number { .. } => number(&cell.stored),
        _ => None,
    }
}

fn number(stored: &str) -> Option<Decimal> {
    Decimal::from_str(stored).or_else(|_| Decimal::from_scientific(stored)).ok()
}

#[cfg(test)]
mod tests {
    use crate::office::workbook::{TextForm, read};

    use super::*;
    use crate::office::sheet::Formula;

    /// What is told of a formula in `D1` that is said to come to a number, beside A1 to C2.
    fn told(formula: &str, stored: &str) -> Option<String> {
        let mut book =
            read("a.csv", b"1,2,0.3\n4,words,6\n", &TextForm::default()).unwrap_or_else(|_| panic!("no sheet"));
        let formula = Formula { text: formula.to_owned(), from_elsewhere: false, changes_by_itself: false };
        let shown = Shown::Number { text: stored.to_owned(), from_region: false };
        let (stored, comments) = (stored.to_owned(), Vec::new());
        let cell = Cell { shown, stored, format: None, formula: Some(formula), comments, struck_through: false };
        other_result(&book.sheets.remove(0), &cell).map(|result| result.to_string())
    }

    #[test]
    fn a_sum_or_a_quotient_that_was_typed_over_is_told_with_what_it_comes_to() {
        for (formula, right, wrong, result) in [
            ("SUM(A1:C2)", "13.3", "13.2", "13.3"),
            ("SUM([.A1:.B1];[.C1])", "3.3", "3", "3.3"),
            ("A1/B1", "0.5", "0.6", "0.5"),
            ("IFERROR($A$1/C2,\"\")", "0.16666666666666666", "0.2", "0.166666666666667"),
            ("A1+B1-C1", "2.7", "2.71", "2.7"),
        ] {
            assert_eq!(told(formula, right), None, "{formula}");
            assert_eq!(told(formula, wrong).as_deref(), Some(result), "{formula}");
        }
        // What is not known for certain is not said.
        for formula in ["A1*2", "SUM(Other!A1:A2)", "A1+B2", "ROUND(A1/B1,1)", "A1", "SUM(C1:A1)", "A1/D9"] {
            assert_eq!(told(formula, "99"), None, "{formula}");
        }
    }
}
