//! Bars beside their names: one for each series, or one that is made of all of them.

use rust_decimal::Decimal;
use serde::Serialize;

use super::matter::{Matter, Point, Series};
use crate::view::charts::{self, Bar, Fill};
use crate::view::copy_editor::{CopyEditor, Words};

/// The bars of a place.
#[derive(Debug, PartialEq, Serialize)]
pub struct BarRow {
    pub name: String,
    pub bars: Vec<ChartBar>,
}

/// A bar with its figure.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChartBar {
    pub fill: Fill,
    /// None where there is no figure.
    pub bar: Option<Bar>,
    pub figure: Words,
}

/// A bar for each series.
pub fn beside(editor: &CopyEditor, matter: &Matter) -> Vec<BarRow> {
    let all: Vec<Decimal> = matter.numbers().collect();
    let bar = |place: usize, (series, one): (usize, &Series)| {
        let point = one.points.get(place).and_then(Option::as_ref);
        ChartBar {
            fill: match point.is_some_and(Point::may_change) && matter.series.len() == 1 {
                true => Fill::Hatched,
                false => Fill::of(series),
            },
            bar: point.map(|point| charts::bar_of(point.number, all.iter().copied())),
            figure: one.cell(editor, place),
        }
    };
    let row = |(place, name): (usize, &String)| BarRow {
        name: name.clone(),
        bars: matter.series.iter().enumerate().map(|series| bar(place, series)).collect(),
    };
    matter.places.iter().enumerate().map(row).collect()
}

/// One bar for each place, made of its figures one after the other.
pub fn stacked(editor: &CopyEditor, matter: &Matter) -> Vec<BarRow> {
    let of = |place: usize| matter.series.iter().filter_map(move |one| one.points.get(place)?.as_ref());
    let sum = |place: usize| of(place).fold(Decimal::ZERO, |sum, point| sum.saturating_add(point.number));
    let longest = (0..matter.places.len()).map(sum).max().unwrap_or_default();
    let row = |(place, name): (usize, &String)| {
        let mut before = Decimal::ZERO;
        let mut bar = |(series, one): (usize, &Series)| {
            let point: Option<&Point> = one.points.get(place).and_then(Option::as_ref);
            let (from, size) = (before, point.map(|point| point.number).unwrap_or_default());
            before = before.saturating_add(size);
            let (reach, from) = (charts::per_cent(before, longest), charts::per_cent(from, before));
            ChartBar {
                fill: Fill::of(series),
                bar: point.map(|_| Bar { reach, from, length: charts::in_hundredths(100.0 - from), nothing: None }),
                figure: one.cell(editor, place),
            }
        };
        BarRow { name: name.clone(), bars: matter.series.iter().enumerate().map(&mut bar).collect() }
    };
    matter.places.iter().enumerate().map(row).collect()
}
