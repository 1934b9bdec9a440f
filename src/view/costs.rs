//! Running costs as they are shown: a chart and a table.

use rust_decimal::Decimal;
use serde::Serialize;

use super::charts::{self, BarView};
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
    /// Its length beside the largest line of the first level, in per cent.
    pub width: f64,
}

pub fn costs(desk: &Desk, stem: &str, costs: &CostFile) -> CostView {
    let money = |money: &At<Money>| desk.typed(money.at, money.value.bare());
    let percent = |percent: &At<Percent>| desk.typed(percent.at, percent.value.to_string());
    let none = || Words::plain("n/a");
    let caption = desk.words(&costs.caption);
    let bar = |line: &CostLine| BarView {
        name: desk.words(&line.name),
        figure: desk.typed(line.total.at, line.total.value.to_string()),
        share: percent(&line.share),
        width: 0.0,
        in_parts: line.lines.as_ref().is_some_and(|lines| !lines.is_empty()),
    };
    let bars = charts::bars(costs.lines.iter().map(|line| (line.total.value.pounds(), bar(line))).collect());
    let largest = costs.lines.iter().map(|line| line.total.value.pounds()).fold(Decimal::ZERO, Decimal::max);
    let lines = costs.each_line().into_iter().map(|(level, _, line)| CostRow {
        level,
        name: desk.words(&line.name),
        total: money(&line.total),
        per_head: money(&line.per_head),
        share: percent(&line.share),
        width: charts::per_cent(line.total.value.pounds(), largest),
    });
    let lines = lines.collect();
    let subtotal = CostRow {
        level: 1,
        name: desk.words(&costs.subtotal.name),
        total: money(&costs.subtotal.total),
        per_head: money(&costs.subtotal.per_head),
        share: percent(&costs.subtotal.share),
        width: 0.0,
    };
    let sum = |sum: &Contribution| CostRow {
        level: 1,
        name: desk.words(&sum.name),
        total: money(&sum.total),
        per_head: none(),
        share: none(),
        width: 0.0,
    };
    let sums = vec![subtotal, sum(&costs.contribution), sum(&costs.total)];
    let notes = costs.notes.iter().flatten().chain(&costs.rounding_note).map(|note| desk.words(note)).collect();
    let ranked: Vec<String> =
        bars.iter().map(|bar| format!("{} {} ({})", bar.name.text, bar.figure.text, bar.share.text)).collect();
    let description = format!("Bars, the largest first: {}.", ranked.join(", "));
    CostView { id: format!("costs.{stem}"), caption, bars, description, lines, sums, notes }
}
