//! Running costs as they are shown: a table as a chart of its first column, and as rows of three levels.

use serde::Serialize;

use super::charts::{self, Bar, BarView};
use super::copy_editor::{CopyEditor, Words};
use super::notes::NoteView;
use super::table::{self, CellView, ColumnView};
use crate::model::{Row, TableFile};

/// Running costs, a row a line.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostView {
    pub id: String,
    pub caption: Words,
    pub rows_are: Words,
    /// The headings of the amount, of what it is per head, perhaps of the edition before, and of the share.
    pub columns: Vec<ColumnView>,
    /// What the figures of a bar are: the amount, and the share where there is one.
    pub figures_are: String,
    /// The rows of the first level, the largest first, and what the chart says in words.
    pub bars: Vec<BarView>,
    pub description: String,
    /// What solid and outlined bars stand for.
    pub key: String,
    pub lines: Vec<CostRow>,
    /// The rows from the first total on.
    pub sums: Vec<CostRow>,
    /// The notes that its names and figures name, by letters.
    pub lettered: Vec<NoteView>,
    pub notes: Vec<Words>,
}

/// A row of the costs; `level` from 1.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostRow {
    pub level: usize,
    pub name: Words,
    /// The name of the row that it is a part of.
    pub part_of: Option<String>,
    /// A figure for each column.
    pub figures: Vec<CellView>,
    /// The bar of its amount beside those of all lines.
    pub bar: Bar,
}

/// The column of amounts.
const AMOUNT: usize = 0;

pub fn costs(editor: &CopyEditor, stem: &str, file: &TableFile) -> CostView {
    let id = format!("costs_{stem}");
    let (view, lettered) = editor.with_letters(&id, Vec::new(), || drawn(editor, stem, file, &id));
    CostView { lettered, notes: table::notes(editor, file), ..view }
}

/// The costs without what stands under them.
fn drawn(editor: &CopyEditor, stem: &str, file: &TableFile, id: &str) -> CostView {
    let caption = editor.caption(&file.caption);
    let (lines, sums) = table::lines_and_sums(file);
    let share = file.columns.len().checked_sub(1);
    let bars = table::bars(editor, stem, file, AMOUNT, share);
    let amount_of = |row: &Row| table::number(editor, stem, row, &file.columns[AMOUNT]);
    let beside_others = |row: &Row| Some(charts::bar_of(amount_of(row)?, lines.iter().filter_map(amount_of)));
    let shown = |row: &Row, bar: Bar| CostRow {
        level: row.level + 1,
        name: editor.name(&row.name),
        part_of: table::part_of(editor, file, row),
        figures: (0..file.columns.len()).map(|place| table::cell(editor, stem, file, row, place)).collect(),
        bar,
    };
    let (rows_are, columns) = (editor.name(&file.rows_are), table::columns(editor, file));
    let rows: Vec<CostRow> = lines.iter().map(|row| shown(row, beside_others(row).unwrap_or_default())).collect();
    // A bar that has no length is not drawn.
    let has_bar = lines.iter().zip(&rows).filter(|(_, shown)| shown.bar.length > 0.0);
    let drawn = has_bar.filter_map(|(row, _)| table::drawn_bar(editor, stem, row, &file.columns[AMOUNT]));
    editor.draw_on_page(drawn, None);
    let key = key(editor, &bars);
    CostView {
        id: id.to_owned(),
        caption,
        figures_are: figures_of_bars(&columns),
        rows_are,
        columns,
        description: charts::description(&bars, !key.is_empty(), editor.wording()),
        key,
        bars,
        lines: rows,
        sums: sums.iter().map(|row| shown(row, Bar::default())).collect(),
        lettered: Vec::new(),
        notes: Vec::new(),
    }
}

/// The heads of the columns of amounts and of shares, each with its unit.
fn figures_of_bars(columns: &[ColumnView]) -> String {
    let with_unit = |column: &ColumnView| match &column.unit {
        Some(unit) => format!("{} ({unit})", column.name.text),
        None => column.name.text.clone(),
    };
    let share = columns.last().filter(|_| columns.len() > 1);
    columns.get(AMOUNT).into_iter().chain(share).map(with_unit).collect::<Vec<_>>().join(", ")
}

/// What the fillings of the bars say, of those that there are.
fn key(editor: &CopyEditor, bars: &[BarView]) -> String {
    let solid = bars.iter().any(|bar| bar.solid).then(|| editor.say("bars.split"));
    let outlined = bars.iter().any(|bar| !bar.solid).then(|| editor.say("bars.single"));
    solid.into_iter().chain(outlined).collect::<Vec<_>>().join(" ")
}
