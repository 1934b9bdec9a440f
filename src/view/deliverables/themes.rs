//! Themes with their outcomes and deliverables.

use serde::Serialize;

use super::{ProgressView, linked, progress};
use crate::fact::{FactId, Word};
use crate::model::values::{Id, Square, Unit};
use crate::model::{Deliverable, DeliverableFile, DeliverableGroup, Theme, addresses};
use crate::view::copy_editor::{CopyEditor, Piece, Words};
use crate::yaml::Text;

/// A theme with its deliverables.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeView {
    pub id: String,
    pub number: String,
    pub title: Words,
    /// Its title with its number, in headings, running heads and contents: `1. Loans`, or `Theme 1: Loans` where sections
    /// have numbers too.
    pub numbered: Words,
    pub outcomes: Vec<OutcomeView>,
    pub groups: Vec<GroupView>,
}

/// An outcome with its letter; beyond z with its number.
#[derive(Debug, PartialEq, Serialize)]
pub struct OutcomeView {
    pub letter: String,
    pub words: Words,
}

/// The deliverables of a group; without a title where the file has no groups.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupView {
    pub square: Square,
    pub title: Option<Words>,
    pub deliverables: Vec<DeliverableView>,
}

/// A deliverable as a theme words it; the text is cut where links stand in it.
#[derive(Debug, PartialEq, Serialize)]
pub struct DeliverableView {
    pub key: Words,
    pub text: Words,
    pub points: Vec<Words>,
    pub progress: Option<ProgressView>,
}

pub fn themes(editor: &CopyEditor, file: &DeliverableFile) -> Vec<ThemeView> {
    let key = if editor.report.is_numbered() { "themes.theme-title" } else { "themes.numbered" };
    let numbered = |theme: &Theme, title: Words| {
        editor.phrase(key, [("number", Words::plain(theme.number.value.to_string())), ("title", title)])
    };
    let outcome = |(place, text): (usize, &Text)| OutcomeView { letter: letter(place), words: editor.words(text) };
    let theme = |theme: &Theme| {
        let title = editor.words(&theme.title);
        ThemeView {
            id: addresses::of_theme(&theme.id.value),
            number: theme.number.value.to_string(),
            numbered: numbered(theme, title.clone()),
            title,
            outcomes: theme.outcomes.iter().enumerate().map(outcome).collect(),
            groups: groups(editor, file, &theme.id.value),
        }
    };
    file.themes.iter().map(theme).collect()
}

/// The groups that have deliverables under the theme.
fn groups(editor: &CopyEditor, file: &DeliverableFile, theme: &Id) -> Vec<GroupView> {
    let view = |(group, square): (Option<&DeliverableGroup>, Square)| {
        let mut deliverables = file.under(theme, group).peekable();
        deliverables.peek()?;
        Some(GroupView {
            square,
            title: group.map(|group| editor.words(&group.name)),
            deliverables: deliverables.map(|one| deliverable(editor, file, one, theme)).collect(),
        })
    };
    file.squares().into_iter().filter_map(view).collect()
}

fn letter(place: usize) -> String {
    ('a'..='z').nth(place).map_or_else(|| (place + 1).to_string(), String::from)
}

fn deliverable(editor: &CopyEditor, file: &DeliverableFile, one: &Deliverable, theme: &Id) -> DeliverableView {
    let text = one.text_for(theme);
    DeliverableView {
        key: editor.words(&one.key),
        text: with_strong_results(editor, text, linked(editor, one, text)),
        points: editor.list(&one.points),
        progress: progress(editor, file, one),
    }
}

/// Results are strong, so that they are found among the words: figures in per cent, money or another unit. Counts, years and
/// days are not.
fn with_strong_results(editor: &CopyEditor, text: &Text, words: Words) -> Words {
    let is_result = |fact: FactId| {
        let unit = editor.facts.quantity(fact).map(|quantity| quantity.unit);
        unit.is_some_and(|unit| !matches!(unit, Unit::Number | Unit::Year))
    };
    let mark_of = |word: &Word| match word {
        Word::Bound { fact, .. } if is_result(*fact) => Some(editor.mark(*fact).to_string()),
        _ => None,
    };
    let results: Vec<String> = editor.words_of(text).iter().filter_map(mark_of).collect();
    let strong = |piece: Piece| {
        let is_strong = piece.fact.as_ref().is_some_and(|mark| results.contains(mark));
        Words::one(Piece { is_strong, ..piece })
    };
    Words::join(words.pieces.into_iter().map(strong))
}
