//! What a way of showing asks of a table.

use super::{Cell, Column, Row, TableFile};
use crate::diagnostic::Span;
use crate::model::values::{ColumnType, Figure, FigureValue};
use crate::model::{TableShow, Unshowable};

impl TableShow {
    /// The first thing in a table that cannot be shown in this way.
    pub fn unshowable(self, file: &TableFile) -> Option<Unshowable> {
        match self {
            TableShow::Table => None,
            TableShow::Costs => costs(file),
        }
    }
}

/// Running costs have three columns and perhaps that of the edition before, three levels that can be told apart, and no
/// marks beside their figures.
fn costs(file: &TableFile) -> Option<Unshowable> {
    const HOLDS: [ColumnType; 3] = [ColumnType::Money, ColumnType::Money, ColumnType::Percentage];
    const DEEPEST: usize = 2;
    // The figures of the edition before stand before the shares, which have the bars beside them.
    let is_last = |(place, column): &(usize, &Column)| *place + 1 == HOLDS.len() && column.last.is_some();
    let own: Vec<&Column> = file.columns.iter().enumerate().filter(|one| !is_last(one)).map(|(_, own)| own).collect();
    let is_other = |(place, column): &(usize, &&Column)| HOLDS.get(*place) != Some(&column.holds());
    let column = own.iter().enumerate().find(is_other).map(|(_, column)| column.at);
    let too_few = (own.len() < HOLDS.len()).then_some(file.rows_are.at);
    let group = file.groups.first().map(|group| group.name.at);
    let row = |is: fn(&Row) -> bool| file.rows.iter().find(|row| is(row)).map(|row| row.name.at);
    let cell = file.rows.iter().flat_map(|row| &row.values).find(|cell| has_more_than_a_figure(&cell.value));
    [
        (
            column.or(too_few).or(group),
            "whose three columns are an amount (`type: money`), what that is per head (`type: money`) and a share (`type: percentage`), perhaps with a column of the edition before (`last`) in front of it",
        ),
        (row(Row::is_heading), "whose rows all have values"),
        (row(|row| row.level > DEEPEST), "whose rows lie at most two deep in others"),
        (row(|row| row.is_some_of_above), "whose rows add up: with `rows`, not with `of-which`"),
        (row(|row| row.unit.is_some()), "whose rows have no `unit` of their own"),
        (file.unit.as_ref().map(|unit| unit.at), "whose `unit` stands on its columns"),
        (under_a_sum(file), "whose sums, from the first total on, stand under no other row"),
        (cell.map(|cell| cell.at), "whose figures stand in it or are left out, and have no marks"),
    ]
    .into_iter()
    .find_map(|(at, must)| {
        let help = "change the table, or show it as it is, with `table`".to_owned();
        Some(Unshowable { at: at?, must: format!("a table {must}"), help })
    })
}

/// The first row that stands under another behind the first total of all.
fn under_a_sum(file: &TableFile) -> Option<Span> {
    let sums = file.rows.iter().skip_while(|row| !row.is_total() || row.level > 0);
    sums.filter(|row| row.level > 0).map(|row| row.name.at).next()
}

/// Whether a cell has a mark, or may have the one of another figure.
fn has_more_than_a_figure(cell: &Cell) -> bool {
    match cell {
        Cell::Figure(Figure { mark, value, .. }) => {
            mark.is_some() || matches!(value, FigureValue::Absent(absence) if absence.meaning().is_some())
        }
        Cell::Bound(_) => true,
        Cell::Text(_) | Cell::Day(_) | Cell::Computed => false,
    }
}
