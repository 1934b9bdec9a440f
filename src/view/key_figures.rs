//! Key figures: the few that are seen first, with their changes.

use std::cmp::Ordering;

use serde::Serialize;

use super::copy_editor::{CopyEditor, Words};
use super::indicators::{RatingsChart, ratings_chart};
use crate::fact::Word;
use crate::model::{KeyFigure, Part};
use crate::yaml::Text;

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
        change: one.change.as_ref().map(|text| change(editor, text)),
        detail: one.detail.as_ref().map(|text| editor.words(text)),
    };
    let figures = figures.iter().map(figure).collect();
    let indicators = editor.report.parts().find_map(Part::indicators);
    KeyFiguresView { figures, ratings: indicators.map(|(stem, file)| ratings_chart(editor, stem, file)) }
}

/// The first figure that is printed as a change gives it its direction, by its sign.
fn change(editor: &CopyEditor, text: &Text) -> ChangeView {
    let of = |word: &Word| match word {
        Word::Bound { text, fact } => editor.facts.direction(&editor.report.id, *fact, text),
        _ => None,
    };
    let direction = match editor.words_of(text).iter().find_map(of) {
        Some(Ordering::Greater) => "up",
        Some(Ordering::Less) => "down",
        Some(Ordering::Equal) | None => "none",
    };
    ChangeView { direction, words: editor.words(text) }
}
