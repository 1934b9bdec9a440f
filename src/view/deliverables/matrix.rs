//! How many deliverables each theme has, by group.

use serde::Serialize;

use super::numbered;
use crate::model::values::Square;
use crate::model::{Deliverable, DeliverableFile, DeliverableGroup, Theme, addresses};
use crate::view::copy_editor::{CopyEditor, Words};

/// How much each theme has.
#[derive(Debug, PartialEq, Serialize)]
pub struct MatrixView {
    pub id: String,
    /// Whether the report shows the themes too.
    pub linked: bool,
    pub caption: Words,
    /// The groups, a column each.
    pub groups: Vec<GroupName>,
    pub themes: Vec<ThemeCount>,
    pub outcomes: Words,
    /// Entries of each group.
    pub entries: Vec<Words>,
    /// Deliverables that serve more than one theme.
    pub shared: Vec<SharedView>,
}

/// A group with its square.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupName {
    pub square: Square,
    pub name: Words,
    /// As it stands in a row.
    pub short: String,
}

/// How much a theme has.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeCount {
    pub id: String,
    pub number: String,
    /// Its title with its number.
    pub numbered: Words,
    pub outcomes: Words,
    /// Of each group.
    pub groups: Vec<GroupCount>,
}

/// How many deliverables of a group a theme has, with one mark a deliverable.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupCount {
    pub count: Words,
    pub marks: Vec<Square>,
}

/// A deliverable with the themes that it serves.
#[derive(Debug, PartialEq, Serialize)]
pub struct SharedView {
    pub key: Words,
    pub square: Square,
    /// The short name of its group.
    pub group: String,
    /// For each theme, in their order, whether it is served.
    pub themes: Vec<bool>,
}

pub fn matrix(editor: &CopyEditor, stem: &str, file: &DeliverableFile, linked: bool) -> MatrixView {
    let groups: Vec<(&DeliverableGroup, Square)> =
        file.squares().into_iter().filter_map(|(group, square)| Some((group?, square))).collect();
    let caption = editor.caption(&file.caption);
    let name = |(group, square): &(&DeliverableGroup, Square)| GroupName {
        square: *square,
        name: editor.words(&group.name),
        short: editor.plain(group.short()),
    };
    let names = groups.iter().map(name).collect();
    let theme = |theme: &Theme| {
        let address = format!("{stem}.themes.{}", theme.id.value);
        let count = |(group, square): &(&DeliverableGroup, Square)| GroupCount {
            count: editor.fact(&format!("{address}.{}", group.id.value)),
            marks: file.under(&theme.id.value, Some(group)).map(|_| *square).collect(),
        };
        ThemeCount {
            id: addresses::of_theme(&theme.id.value),
            number: theme.number.value.to_string(),
            numbered: numbered(editor, theme),
            outcomes: editor.fact(&format!("{address}.outcomes")),
            groups: groups.iter().map(count).collect(),
        }
    };
    let themes = file.themes.iter().map(theme).collect();
    MatrixView {
        id: format!("matrix_{stem}"),
        linked,
        caption,
        groups: names,
        themes,
        outcomes: editor.fact(&format!("{stem}.outcomes")),
        entries: groups.iter().map(|(group, _)| editor.fact(&format!("{stem}.entries.{}", group.id.value))).collect(),
        shared: shared(editor, file, &groups),
    }
}

/// Deliverables of more than one theme, those of the most themes first.
fn shared(editor: &CopyEditor, file: &DeliverableFile, groups: &[(&DeliverableGroup, Square)]) -> Vec<SharedView> {
    let mut shared: Vec<&Deliverable> = file.deliverables.iter().filter(|one| one.themes.len() > 1).collect();
    shared.sort_by_key(|one| std::cmp::Reverse(one.themes.len()));
    let view = |one: &Deliverable| {
        let named = one.group.as_ref()?;
        let (group, square) = groups.iter().find(|(group, _)| group.id.value == named.value)?;
        Some(SharedView {
            key: editor.words(&one.key),
            square: *square,
            group: editor.plain(group.short()),
            themes: file.themes.iter().map(|theme| one.serves(&theme.id.value)).collect(),
        })
    };
    shared.into_iter().filter_map(view).collect()
}
