//! Key figures: the few that are seen first, with their changes.

use serde::Serialize;

use super::copy_editor::{CopyEditor, Piece, Words};
use super::indicators::{RatingsChart, ratings_chart};
use crate::model::{KeyFigure, Part};

/// The few figures that are seen first.
#[derive(Debug, PartialEq, Serialize)]
pub struct KeyFiguresView {
    pub figures: Vec<KeyFigureView>,
    /// The ratings of the report's indicators, where it has any.
    pub ratings: Option<RatingsChart>,
}

/// A figure that is shown large.
#[derive(Debug, PartialEq, Serialize)]
pub struct KeyFigureView {
    pub label: Words,
    pub figure: Words,
    pub change: Option<ChangeView>,
    pub detail: Option<Words>,
}

/// A change on an earlier time: `up`, `down` or `none`, and in words.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChangeView {
    pub direction: &'static str,
    pub words: Words,
}

/// Key figures, with the ratings of the first indicator file of the report.
pub fn key_figures(editor: &CopyEditor, figures: &[KeyFigure]) -> KeyFiguresView {
    let figure = |one: &KeyFigure| KeyFigureView {
        label: editor.words(&one.label),
        figure: editor.words(&one.figure),
        change: one.change.as_ref().map(|text| change(editor.words(text))),
        detail: one.detail.as_ref().map(|text| editor.words(text)),
    };
    let figures = figures.iter().map(figure).collect();
    let indicators = editor.report.parts().find_map(Part::indicators);
    KeyFiguresView { figures, ratings: indicators.map(|(stem, file)| ratings_chart(editor, stem, file)) }
}

/// The first figure that says a direction gives it to the change.
fn change(words: Words) -> ChangeView {
    let says = |piece: &Piece| match piece.text.split_once(' ') {
        Some(("Up", _)) if piece.fact.is_some() => Some("up"),
        Some(("Down", _)) if piece.fact.is_some() => Some("down"),
        _ => None,
    };
    let direction = words.pieces.iter().find_map(says).unwrap_or("none");
    ChangeView { direction, words }
}
