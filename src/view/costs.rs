//! Running costs as they are shown: a table as a chart of its first column, and as rows of three levels.

use serde::Serialize;

use super::charts::{self, Bar, BarView};
use super::copy_editor::{CopyEditor, Words};
use super::table::{self, CellView, ColumnView};
use crate::model::{Row, TableFile};

/// Running costs, a row a line.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostView {
    pub id: String,
    pub caption: Words,
    pub rows_are: Words,
    /// The headings of the amount, of what it is per head, and of the share.
    pub columns: Vec<ColumnView>,
    /// The rows of the first level, the largest first, and what the chart says in words.
    pub bars: Vec<BarView>,
    pub description: String,
    pub lines: Vec<CostRow>,
    /// The rows from the first total on.
    pub sums: Vec<CostRow>,
    pub notes: Vec<Words>,
}

/// A row of the costs; `level` from 1.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostRow {
    pub level: usize,
    pub name: Words,
    /// A figure for each column.
    pub figures: Vec<CellView>,
    /// The bar of its amount beside those of all lines.
    pub bar: Bar,
}

/// The columns of amounts and of shares.
const AMOUNT: usize = 0;
const SHARE: usize = 2;

pub fn costs(editor: &CopyEditor, stem: &str, file: &TableFile) -> CostView {
    let caption = editor.caption(&file.caption);
    let (lines, sums) = table::lines_and_sums(file);
    let bars = table::bars(editor, stem, file, AMOUNT, Some(SHARE));
    let amount_of = |row: &Row| table::number(editor, stem, row, &file.columns[AMOUNT]);
    let beside_others = |row: &Row| Some(charts::bar_of(amount_of(row)?, lines.iter().filter_map(amount_of)));
    let shown = |row: &Row, bar: Bar| CostRow {
        level: row.level + 1,
        name: editor.words(&row.name),
        figures: (0..file.columns.len()).map(|place| table::cell(editor, stem, file, row, place)).collect(),
        bar,
    };
    CostView {
        id: format!("costs.{stem}"),
        caption,
        rows_are: editor.words(&file.rows_are),
        columns: table::columns(editor, file),
        description: charts::description(&bars),
        bars,
        lines: lines.iter().map(|row| shown(row, beside_others(row).unwrap_or_default())).collect(),
        sums: sums.iter().map(|row| shown(row, Bar::default())).collect(),
        notes: table::notes(editor, file),
    }
}
