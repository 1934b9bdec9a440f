//! Running costs as they are shown: a chart and a table.

use serde::Serialize;

use super::charts::{self, Bar, BarView};
use super::desk::{Desk, Words};
use crate::model::values::{Money, Percent};
use crate::model::{Contribution, CostFile, CostLine};
use crate::yaml::At;

/// Running costs, a row a line.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostView {
    pub id: String,
    pub caption: Words,
    /// The lines of the first level, the largest first, and what the chart says in words.
    pub bars: Vec<BarView>,
    pub description: String,
    pub lines: Vec<CostRow>,
    pub sums: Vec<CostRow>,
    pub notes: Vec<Words>,
}

/// A row of the costs; `level` from 1, "n/a" where a sum has no figure.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostRow {
    pub level: usize,
    pub name: Words,
    pub total: Words,
    pub per_head: Words,
    pub share: Words,
    /// Its bar beside those of all lines.
    pub bar: Bar,
}

pub fn costs(desk: &Desk, stem: &str, costs: &CostFile) -> CostView {
    let money = |money: &At<Money>| desk.typed(money.at, money.value.0.bare(desk.manner()));
    let percent = |percent: &At<Percent>| desk.typed(percent.at, percent.value.to_string());
    let none = || Words::plain("n/a");
    let caption = desk.caption(&costs.caption);
    let bar = |line: &CostLine| BarView {
        name: desk.words(&line.name),
        figure: desk.typed(line.total.at, line.total.value.0.shown(desk.manner())),
        share: percent(&line.share),
        bar: Bar::default(),
        is_below: false,
        in_parts: line.lines.as_ref().is_some_and(|lines| !lines.is_empty()),
    };
    let bars = charts::bars(costs.lines.iter().map(|line| (line.total.value.0.in_full(), bar(line))).collect());
    let amounts = || costs.each_line().into_iter().map(|(_, _, line)| line.total.value.0.in_full());
    let lines = costs.each_line().into_iter().map(|(level, _, line)| CostRow {
        level,
        name: desk.words(&line.name),
        total: money(&line.total),
        per_head: money(&line.per_head),
        share: percent(&line.share),
        bar: charts::bar_of(line.total.value.0.in_full(), amounts()),
    });
    let lines = lines.collect();
    let subtotal = CostRow {
        level: 1,
        name: desk.words(&costs.subtotal.name),
        total: money(&costs.subtotal.total),
        per_head: money(&costs.subtotal.per_head),
        share: percent(&costs.subtotal.share),
        bar: Bar::default(),
    };
    let sum = |sum: &Contribution| CostRow {
        level: 1,
        name: desk.words(&sum.name),
        total: money(&sum.total),
        per_head: none(),
        share: none(),
        bar: Bar::default(),
    };
    let sums = vec![subtotal, sum(&costs.contribution), sum(&costs.total)];
    let notes = costs.notes.iter().flatten().chain(&costs.rounding_note).map(|note| desk.words(note)).collect();
    let description = description(&bars);
    CostView { id: format!("costs.{stem}"), caption, bars, description, lines, sums, notes }
}

/// What the chart says in words.
fn description(bars: &[BarView]) -> String {
    let (below, above): (Vec<&BarView>, Vec<&BarView>) = bars.iter().partition(|bar| bar.is_below);
    let said = |bars: Vec<&BarView>| -> String {
        let bars = bars.iter().map(|bar| format!("{} {} ({})", bar.name.text, bar.figure.text, bar.share.text));
        bars.collect::<Vec<_>>().join(", ")
    };
    match (above.is_empty(), below.is_empty()) {
        (_, true) => format!("Bars, the largest first: {}.", said(above)),
        (false, false) => {
            format!("Bars, the largest first: {}. On the other side of nought: {}.", said(above), said(below))
        }
        (true, false) => format!("Bars, all of them below nought: {}.", said(below)),
    }
}
