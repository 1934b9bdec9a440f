//! Deliverables as they are shown: by theme, counted, by status, and on the cover.

mod board;
mod matrix;
mod themes;

pub use board::{BoardView, board};
pub use matrix::{MatrixView, matrix};
pub use themes::{ThemeView, themes};

use serde::Serialize;

use super::charts::{CoverPicture, GroupKey, ThemeRow, Thread, thread as thread_of};
use super::copy_editor::{CopyEditor, Piece, Words};
use super::marked_word::MarkedWord;
use crate::model::values::Square;
use crate::model::{Deliverable, DeliverableFile, DeliverableGroup, Theme};
use crate::yaml::Text;

/// How far a deliverable is, and who brings it there.
#[derive(Debug, PartialEq, Serialize)]
pub struct ProgressView {
    pub status: Option<MarkedWord>,
    /// "Due 31 March 2017 · Head of Finance".
    pub line: Option<Words>,
    pub note: Option<Words>,
}

fn progress(editor: &CopyEditor, file: &DeliverableFile, one: &Deliverable) -> Option<ProgressView> {
    let status = file.status_of(one).map(|status| MarkedWord::of_status(editor, status));
    let due = one.due.as_ref().map(|due| {
        let day = editor.typed(due.at, due.value.shown(editor.wording()));
        editor.phrase("deliverables.due-on", [("day", day)])
    });
    let owner = one.owner.as_ref().map(|owner| editor.words(owner));
    let line = match (due, owner) {
        (Some(due), Some(owner)) => Some(editor.phrase("deliverables.line", [("due", due), ("owner", owner)])),
        (due, owner) => due.or(owner),
    };
    let note = one.note.as_ref().map(|note| editor.words(note));
    let is_known = status.is_some() || line.is_some() || note.is_some();
    is_known.then_some(ProgressView { status, line, note })
}

/// The title of a theme with its number: `1. Loans`.
fn numbered(editor: &CopyEditor, theme: &Theme) -> Words {
    let number = Words::plain(theme.number.value.to_string());
    editor.phrase("themes.numbered", [("number", number), ("title", editor.words(&theme.title))])
}

/// A text of a deliverable, cut where its links stand in it.
fn linked(editor: &CopyEditor, deliverable: &Deliverable, text: &Text) -> Words {
    let mut words = editor.words(text);
    for link in deliverable.links.iter().flatten() {
        let pieces = words.pieces.into_iter().flat_map(|piece| cut(piece, &link.text.value, &link.to.0));
        words = Words::join(pieces.map(Words::one));
    }
    words
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

/// What the squares stand for, a sentence each.
fn key(editor: &CopyEditor, file: &DeliverableFile) -> Vec<GroupKey> {
    let sentence = |(place, (group, square)): (usize, (Option<&DeliverableGroup>, Square))| {
        let key = if place == 0 { "deliverables.first-square" } else { "deliverables.square" };
        let words = match group {
            None => editor.say("deliverables.one-square"),
            Some(group) => {
                let shape = editor.say(&format!("deliverables.{}", square.word()));
                editor.wording().say(key, &[("square", &shape), ("means", &editor.plain(&group.means))])
            }
        };
        GroupKey { square, words }
    };
    file.squares().into_iter().enumerate().map(sentence).collect()
}

/// The themes of the cover.
pub fn cover(editor: &CopyEditor, file: &DeliverableFile) -> CoverPicture {
    let squares = file.squares();
    let count = |theme: &Theme| squares.iter().map(|(group, _)| file.under(&theme.id.value, *group).count()).collect();
    let row = |theme: &Theme| ThemeRow {
        number: theme.number.value.to_string(),
        title: editor.plain(&theme.title),
        counts: count(theme),
    };
    let themes: Vec<ThemeRow> = file.themes.iter().map(row).collect();
    let wording = editor.wording();
    let words: Vec<String> = squares
        .iter()
        .map(|(group, _)| group.map_or_else(|| editor.say("cover.deliverables"), |group| editor.plain(group.short())))
        .collect();
    let said = |row: &ThemeRow| {
        let counts = row
            .counts
            .iter()
            .zip(&words)
            .map(|(count, word)| wording.say("cover.group-count", &[("n", &count.to_string()), ("group", word)]));
        let counts = wording.listed(counts);
        wording.say("cover.theme", &[("number", &row.number), ("title", &row.title), ("counts", &counts)])
    };
    let description = wording.say("cover.themes", &[("list", &wording.clauses(themes.iter().map(said)))]);
    let legend = key(editor, file).into_iter().map(|one| one.words).collect::<Vec<_>>().join(" ");
    let groups = squares.iter().map(|(_, square)| *square).zip(words).collect();
    CoverPicture::Themes { description, groups, themes, legend }
}

/// The deliverables of all themes, a group a theme.
pub fn thread(editor: &CopyEditor, file: &DeliverableFile) -> Option<Thread> {
    let group = |theme: &Theme| {
        let squares = file.squares().into_iter();
        squares.flat_map(|(group, square)| file.under(&theme.id.value, group).map(move |_| square.word())).collect()
    };
    thread_of(file.themes.iter().map(group).collect(), key(editor, file))
}
