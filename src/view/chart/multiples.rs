//! A small chart for each series, all on one scale where they have one unit.

use serde::Serialize;

use super::lines::small;
use super::matter::{Matter, Series};
use crate::model::Target;
use crate::view::charts::{Axis, Plot};
use crate::view::copy_editor::{CopyEditor, Words};
use crate::view::marked_word::MarkedWord;
use crate::view::target::target;

/// A small chart.
#[derive(Debug, PartialEq, Serialize)]
pub struct SmallChart {
    pub name: String,
    /// The last figure, and the place that it is of where that is not the last.
    pub latest: Words,
    pub latest_in: Option<String>,
    pub target: Option<Words>,
    pub rating: Option<MarkedWord>,
    /// None where there is no figure.
    pub plot: Option<Plot>,
    /// The same in words.
    pub description: String,
}

pub fn multiples(editor: &CopyEditor, matter: &Matter) -> Vec<SmallChart> {
    let shared = matter.are_alike().then(|| {
        let aimed = matter.series.iter().flat_map(Series::aimed);
        let numbers: Vec<_> = matter.numbers().chain(aimed).collect();
        Axis::from_nought(numbers.iter().copied())
    });
    let chart = |one: &Series| {
        let axis = shared.unwrap_or_else(|| {
            let numbers: Vec<_> = one.numbers().chain(one.aimed()).collect();
            Axis::from_nought(numbers.iter().copied())
        });
        let last = one.known().next_back();
        let aimed = matter.indicators.zip(one.indicator).filter(|(_, one)| one.target != Target::NotApplicable);
        SmallChart {
            name: one.name.clone(),
            latest: last.map_or_else(|| one.cell(editor, 0), |(place, _)| one.cell(editor, place)),
            latest_in: last
                .filter(|(place, _)| place + 1 < matter.places.len())
                .map(|(place, _)| editor.wording().say("chart.latest-in", &[("period", &matter.places[place])])),
            target: aimed
                .map(|(file, indicator)| editor.phrase("chart.target", [("target", target(editor, file, indicator))])),
            rating: one.indicator.map(|indicator| MarkedWord::of_rating(editor, &indicator.rating.value)),
            plot: last.map(|_| small(editor, matter, one, axis).with_rooms()),
            description: editor
                .wording()
                .say("chart.figures", &[("figures", &one.said(&matter.places, editor.wording()))]),
        }
    };
    matter.series.iter().map(chart).collect()
}
