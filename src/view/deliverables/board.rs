//! A board's page: the deliverables by status, beside how far each theme is.

use serde::Serialize;

use super::{linked, numbered};
use crate::model::values::Mark;
use crate::model::{Deliverable, DeliverableFile, Status, Theme, addresses};
use crate::view::copy_editor::{CopyEditor, Words};
use crate::view::marked_word::MarkedWord;
use crate::view::notes::NoteView;

/// The deliverables by status.
#[derive(Debug, PartialEq, Serialize)]
pub struct BoardView {
    pub id: String,
    /// "40 deliverables, 3 overdue on 31 March 2017".
    pub total: Words,
    pub counts: Vec<StatusCount>,
    /// Whether the report shows the themes too.
    pub linked: bool,
    pub themes: Vec<ThemeProgress>,
    /// Whether a deliverable is counted under several themes.
    pub counted_again: bool,
    /// Whether any deliverable has an owner, and a due date.
    pub has_owners: bool,
    pub has_dates: bool,
    /// The deliverables of each status that has some.
    pub statuses: Vec<StatusView>,
}

/// How many deliverables have a status.
#[derive(Debug, PartialEq, Serialize)]
pub struct StatusCount {
    pub status: MarkedWord,
    pub meaning: Words,
    pub count: Words,
    /// One mark a deliverable.
    pub marks: Vec<Mark>,
}

/// How far the deliverables of a theme are.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeProgress {
    pub id: String,
    pub number: String,
    /// Its title with its number.
    pub numbered: Words,
    /// Of each status.
    pub counts: Vec<Words>,
}

/// The deliverables of a status.
#[derive(Debug, PartialEq, Serialize)]
pub struct StatusView {
    pub id: String,
    pub status: MarkedWord,
    /// "3 deliverables".
    pub total: Words,
    pub deliverables: Vec<BoardRow>,
    /// The notes that its texts name, by letters.
    pub lettered: Vec<NoteView>,
}

/// A deliverable as a board reads it.
#[derive(Debug, PartialEq, Serialize)]
pub struct BoardRow {
    pub key: Words,
    pub text: Words,
    pub note: Option<Words>,
    /// Numbers of its themes.
    pub themes: String,
    /// Who answers for it, and when it is due, or that nobody does and no day is set.
    pub owner: Words,
    pub due: Words,
    pub overdue: bool,
}

pub fn board(editor: &CopyEditor, stem: &str, file: &DeliverableFile, linked: bool) -> BoardView {
    let total = total(editor, stem, file);
    let count = |status: &Status| StatusCount {
        status: MarkedWord::of_status(editor, status),
        meaning: editor.words(&status.means),
        count: editor.fact(&format!("{stem}.statuses.{}", status.id.value)),
        marks: file.with(status).map(|_| status.mark.value).collect(),
    };
    let counts = file.statuses().iter().map(count).collect();
    let theme = |theme: &Theme| {
        let of = |status: &Status| format!("{stem}.themes.{}.statuses.{}", theme.id.value, status.id.value);
        ThemeProgress {
            id: addresses::of_theme(&theme.id.value),
            number: theme.number.value.to_string(),
            numbered: numbered(editor, theme),
            counts: file.statuses().iter().map(|status| editor.fact(&of(status))).collect(),
        }
    };
    let themes = file.themes.iter().map(theme).collect();
    let shown = file.statuses().iter().filter(|status| file.with(status).next().is_some());
    BoardView {
        id: format!("board_{stem}"),
        total,
        counts,
        linked,
        themes,
        counted_again: file.deliverables.iter().any(|one| one.themes.len() > 1),
        has_owners: file.deliverables.iter().any(|one| one.owner.is_some()),
        has_dates: file.deliverables.iter().any(|one| one.due.is_some()),
        statuses: shown.map(|status| status_table(editor, stem, file, status)).collect(),
    }
}

/// How many deliverables there are, and how many of them are overdue.
fn total(editor: &CopyEditor, stem: &str, file: &DeliverableFile) -> Words {
    let (count, all) = (file.deliverables.len(), ("n", editor.fact(&format!("{stem}.count"))));
    if !file.can_be_overdue() {
        return editor.phrase_of(count, "deliverables.count", [all]);
    }
    let overdue = editor.fact(&format!("{stem}.overdue"));
    let fills = [all, ("overdue", overdue), ("day", editor.fact("report.period.to"))];
    editor.phrase_of(count, "deliverables.count-overdue", fills)
}

/// The deliverables of a status, those that are due first at the top.
fn status_table(editor: &CopyEditor, stem: &str, file: &DeliverableFile, status: &Status) -> StatusView {
    let mut deliverables: Vec<&Deliverable> = file.with(status).collect();
    deliverables.sort_by_key(|one| (one.due.is_none(), one.due.as_ref().map(|due| due.value)));
    let count = editor.fact(&format!("{stem}.statuses.{}", status.id.value));
    let id = format!("board_{stem}_{}", status.id.value);
    let rows = || deliverables.iter().map(|one| row(editor, file, one)).collect();
    let (rows, lettered) = editor.with_letters(&id, Vec::new(), rows);
    StatusView {
        id,
        status: MarkedWord::of_status(editor, status),
        total: editor.phrase_of(deliverables.len(), "deliverables.count", [("n", count)]),
        deliverables: rows,
        lettered,
    }
}

fn row(editor: &CopyEditor, file: &DeliverableFile, one: &Deliverable) -> BoardRow {
    let served = file.themes.iter().filter(|theme| one.serves(&theme.id.value));
    let numbers: Vec<String> = served.map(|theme| theme.number.value.to_string()).collect();
    BoardRow {
        key: editor.words(&one.key),
        text: linked(editor, one, &one.text),
        note: one.note.as_ref().map(|note| editor.words(note)),
        themes: editor.wording().listed(numbers),
        owner: one.owner.as_ref().map_or_else(|| Words::plain(editor.say("board.nobody")), |owner| editor.words(owner)),
        due: one.due.as_ref().map_or_else(
            || Words::plain(editor.say("board.no-date")),
            |due| editor.typed(due.at, due.value.shown(editor.wording())),
        ),
        overdue: file.is_overdue(one, editor.report.head.period.to),
    }
}
