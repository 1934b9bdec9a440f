//! What is calculated in the workbook: totals of rows, and percentages of two figures beside each other.

use crate::import::lines::Line;
use crate::model::values::PercentageMeaning;
use crate::model::{Data, IndicatorFile, Row, TableFile};

/// How a cell follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follows {
    /// Rows, by their places among the lines, that are added up or taken away.
    Sum(Vec<(Sign, usize)>),
    /// One figure of the same row by another: by what stands behind the row in their addresses.
    Share { of: String, by: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// How the figure of a line follows from others; none where it is filled in.
pub fn follows(data: &Data, lines: &[Line], line: usize, ending: &str) -> Option<Follows> {
    match data {
        Data::Table(table, _) => {
            total(table, lines, line).filter(|rows| all_have(lines, rows, ending)).map(Follows::Sum)
        }
        Data::Indicators(file, _) => share(file, &lines[line], ending),
        Data::Survey(_) | Data::Deliverables(..) => None,
    }
}

/// The rows that a total adds up, or those that its row is said to be.
fn total(table: &TableFile, lines: &[Line], line: usize) -> Option<Vec<(Sign, usize)>> {
    let place = |row: &Row| lines.iter().position(|line| line.at == row.name.at);
    let row = table.rows.iter().position(|row| row.name.at == lines[line].at)?;
    if let Some(is) = &table.rows[row].is {
        let by_id = |id: &str| table.rows.iter().find(|row| row.id.as_str() == id).and_then(place);
        return terms(&is.value, by_id);
    }
    let parts = table.added_up_by(row).filter(|parts| !parts.is_empty())?;
    parts.into_iter().map(|part| Some((Sign::Plus, place(&table.rows[part])?))).collect()
}

/// The terms of `subtotal + saved - spent`; none where it is more than sums.
fn terms(text: &str, by_id: impl Fn(&str) -> Option<usize>) -> Option<Vec<(Sign, usize)>> {
    let (mut terms, mut sign) = (Vec::new(), Some(Sign::Plus));
    for word in text.split_whitespace() {
        match (word, sign) {
            ("+", None) => sign = Some(Sign::Plus),
            ("-", None) => sign = Some(Sign::Minus),
            (id, Some(of)) => {
                terms.push((of, by_id(id)?));
                sign = None;
            }
            (_, None) => return None,
        }
    }
    sign.is_none().then_some(terms)
}

fn all_have(lines: &[Line], rows: &[(Sign, usize)], ending: &str) -> bool {
    rows.iter().all(|(_, row)| lines[*row].slots.iter().any(|slot| slot.ending == ending))
}

/// The percentage that an indicator says is that of its two figures.
fn share(file: &IndicatorFile, line: &Line, ending: &str) -> Option<Follows> {
    let indicator = file.indicators().find(|indicator| indicator.name.at == line.at)?;
    let meaning = indicator.percentage_is.as_ref()?;
    let period = ending.strip_suffix(".percentage").filter(|_| meaning.value == PercentageMeaning::OfDenominator)?;
    let has = |ending: &str| line.slots.iter().any(|slot| slot.ending == ending);
    let (of, by) = (format!("{period}.number"), format!("{period}.denominator"));
    (has(&of) && has(&by)).then_some(Follows::Share { of, by })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_sums_of_others_are_known() {
        let by_id = |id: &str| ["a", "b-c"].iter().position(|known| *known == id);
        assert_eq!(terms("a - b-c", by_id), Some(vec![(Sign::Plus, 0), (Sign::Minus, 1)]));
        for text in ["a / b-c", "a + x", "a +", "a b-c", ""] {
            assert_eq!(terms(text, by_id), None, "{text}");
        }
    }
}
