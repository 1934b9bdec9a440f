//! Deliverables as they are shown: the themes, their counts, and the cover.

use serde::Serialize;

use super::charts::{CoverPicture, ThemeRow};
use super::desk::{Desk, Piece, Words};
use crate::model::values::{Focus, Id};
use crate::model::{Deliverable, DeliverableFile, Theme, addresses};
use crate::yaml::Text;

/// A theme with its deliverables.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeView {
    pub id: String,
    pub number: String,
    /// What its title begins with in running heads and contents: `1. `, or `Theme 1: ` where sections have numbers too.
    pub begins: String,
    pub title: Words,
    pub outcomes: Vec<OutcomeView>,
    pub groups: Vec<FocusView>,
}

/// An outcome with its letter; beyond z with its number.
#[derive(Debug, PartialEq, Serialize)]
pub struct OutcomeView {
    pub letter: String,
    pub words: Words,
}

/// Deliverables under one focus.
#[derive(Debug, PartialEq, Serialize)]
pub struct FocusView {
    pub focus: Focus,
    pub title: &'static str,
    pub deliverables: Vec<DeliverableView>,
}

/// A deliverable as a theme words it; the text is cut where links stand in it.
#[derive(Debug, PartialEq, Serialize)]
pub struct DeliverableView {
    pub key: Words,
    pub text: Words,
    pub points: Vec<Words>,
}

/// How much each theme has.
#[derive(Debug, PartialEq, Serialize)]
pub struct MatrixView {
    pub id: String,
    /// Whether the report shows the themes too.
    pub linked: bool,
    pub caption: Words,
    pub themes: Vec<ThemeCount>,
    pub outcomes: Words,
    pub internal: Words,
    pub external: Words,
    /// Deliverables that serve more than one theme.
    pub shared: Vec<SharedView>,
}

/// How much a theme has.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeCount {
    pub id: String,
    pub number: String,
    pub title: Words,
    pub outcomes: Words,
    pub internal: Words,
    pub external: Words,
    /// One mark a deliverable.
    pub internal_marks: Vec<Focus>,
    pub external_marks: Vec<Focus>,
}

/// A deliverable with the themes that it serves.
#[derive(Debug, PartialEq, Serialize)]
pub struct SharedView {
    pub key: Words,
    pub focus: Focus,
    /// For each theme, in their order, whether it is served.
    pub themes: Vec<bool>,
}

pub fn themes(desk: &Desk, file: &DeliverableFile) -> Vec<ThemeView> {
    let outcome = |(place, text): (usize, &Text)| OutcomeView { letter: letter(place), words: desk.words(text) };
    let group = |theme: &Theme, focus: Focus| FocusView {
        focus,
        title: focus.shown(),
        deliverables: file
            .under(&theme.id.value, focus)
            .map(|deliverable| deliverable_view(desk, deliverable, &theme.id.value))
            .collect(),
    };
    let begins = |theme: &Theme| match desk.report.is_numbered() {
        true => format!("Theme {}: ", theme.number.value),
        false => format!("{}. ", theme.number.value),
    };
    let theme = |theme: &Theme| ThemeView {
        id: addresses::of_theme(&theme.id.value),
        number: theme.number.value.to_string(),
        begins: begins(theme),
        title: desk.words(&theme.title),
        outcomes: theme.outcomes.iter().enumerate().map(outcome).collect(),
        groups: Focus::ALL
            .iter()
            .map(|focus| group(theme, *focus))
            .filter(|group| !group.deliverables.is_empty())
            .collect(),
    };
    file.themes.iter().map(theme).collect()
}

fn letter(place: usize) -> String {
    ('a'..='z').nth(place).map_or_else(|| (place + 1).to_string(), String::from)
}

fn deliverable_view(desk: &Desk, deliverable: &Deliverable, theme: &Id) -> DeliverableView {
    let key = desk.words(&deliverable.key);
    let mut text = desk.words(deliverable.text_for(theme));
    for link in deliverable.links.iter().flatten() {
        let pieces = text.pieces.into_iter().flat_map(|piece| cut(piece, &link.text.value, &link.to.0));
        text = Words::join(pieces.map(Words::one));
    }
    DeliverableView { key, text, points: desk.list(&deliverable.points) }
}

/// Cuts a piece of plain text wherever the words of a link stand in it.
fn cut(piece: Piece, words: &str, to: &str) -> Vec<Piece> {
    if piece.to.is_some() || piece.see.is_some() || piece.fact.is_some() || piece.source.is_some() {
        return vec![piece];
    }
    let mut pieces = Vec::new();
    for (place, plain) in piece.text.split(words).enumerate() {
        if place > 0 {
            pieces.push(Piece { text: words.to_owned(), to: Some(to.to_owned()), ..Piece::default() });
        }
        if !plain.is_empty() {
            pieces.push(Piece { text: plain.to_owned(), ..Piece::default() });
        }
    }
    pieces
}

pub fn matrix(desk: &Desk, stem: &str, file: &DeliverableFile, linked: bool) -> MatrixView {
    let theme = |theme: &Theme| {
        let address = format!("{stem}.themes.{}", theme.id.value);
        ThemeCount {
            id: addresses::of_theme(&theme.id.value),
            number: theme.number.value.to_string(),
            title: desk.words(&theme.title),
            outcomes: desk.fact(&format!("{address}.outcomes")),
            internal: desk.fact(&format!("{address}.internal")),
            external: desk.fact(&format!("{address}.external")),
            internal_marks: file.under(&theme.id.value, Focus::Internal).map(|one| one.focus).collect(),
            external_marks: file.under(&theme.id.value, Focus::External).map(|one| one.focus).collect(),
        }
    };
    let caption = desk.caption(&file.caption);
    let themes = file.themes.iter().map(theme).collect();
    MatrixView {
        id: format!("matrix.{stem}"),
        linked,
        caption,
        themes,
        outcomes: desk.fact(&format!("{stem}.outcomes")),
        internal: desk.fact(&format!("{stem}.entries.internal")),
        external: desk.fact(&format!("{stem}.entries.external")),
        shared: shared(desk, file),
    }
}

/// Deliverables of more than one theme, those of the most themes first.
fn shared(desk: &Desk, file: &DeliverableFile) -> Vec<SharedView> {
    let mut shared: Vec<&Deliverable> = file.deliverables.iter().filter(|one| one.themes.len() > 1).collect();
    shared.sort_by_key(|one| std::cmp::Reverse(one.themes.len()));
    let serves = |one: &Deliverable, theme: &Theme| one.themes.iter().any(|named| named.value == theme.id.value);
    let view = |one: &Deliverable| SharedView {
        key: desk.words(&one.key),
        focus: one.focus,
        themes: file.themes.iter().map(|theme| serves(one, theme)).collect(),
    };
    shared.into_iter().map(view).collect()
}

/// The themes of the cover.
pub fn cover(desk: &Desk, file: &DeliverableFile) -> CoverPicture {
    let row = |theme: &Theme| ThemeRow {
        number: theme.number.value.to_string(),
        title: desk.plain(&theme.title),
        internal: file.under(&theme.id.value, Focus::Internal).count(),
        external: file.under(&theme.id.value, Focus::External).count(),
    };
    let themes: Vec<ThemeRow> = file.themes.iter().map(row).collect();
    let said =
        |row: &ThemeRow| format!("{}. {}: {} internal, {} external", row.number, row.title, row.internal, row.external);
    let description =
        format!("Deliverables of each theme. {}.", themes.iter().map(said).collect::<Vec<_>>().join("; "));
    CoverPicture::Themes { description, themes }
}

/// The deliverables of all themes, a group a theme.
pub fn groups(file: &DeliverableFile) -> Vec<Vec<&'static str>> {
    let group = |theme: &Theme| {
        let under = |focus: Focus| file.under(&theme.id.value, focus).map(move |_| focus.word());
        under(Focus::Internal).chain(under(Focus::External)).collect()
    };
    file.themes.iter().map(group).collect()
}
