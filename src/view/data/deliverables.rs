//! Deliverables as data.

use super::{DataColumn, Dataset, Holds, names, said};
use crate::model::{Deliverable, DeliverableFile, DeliverableGroup, Theme};
use crate::view::CopyEditor;
use crate::yaml::Text;

/// One row for each deliverable under each theme that it serves. What a file does not have has no column.
pub fn dataset(editor: &CopyEditor, stem: &str, file: &DeliverableFile) -> Dataset {
    let has = |any: fn(&Deliverable) -> bool| file.deliverables.iter().any(any);
    let (dates, owners, notes) =
        (has(|one| one.due.is_some()), has(|one| one.owner.is_some()), has(|one| one.note.is_some()));
    let row = |theme: &Theme, group: Option<&DeliverableGroup>, one: &Deliverable| -> Vec<String> {
        let points: Vec<String> = one.points.iter().flatten().map(|point| editor.plain(point)).collect();
        let links: Vec<&str> = one.links.iter().flatten().map(|link| link.to.0.as_str()).collect();
        let plain = |text: &Option<Text>| text.as_ref().map(|text| editor.plain(text)).unwrap_or_default();
        let status = file.status_of(one).map(|status| editor.plain(&status.name)).unwrap_or_default();
        let due = one.due.as_ref().map(|due| due.value.iso()).unwrap_or_default();
        [theme.number.value.to_string(), theme.id.value.to_string(), editor.plain(&theme.title)]
            .into_iter()
            .chain(group.map(|group| group.id.value.to_string()))
            .chain([
                one.id.value.to_string(),
                editor.plain(&one.key),
                editor.plain(one.text_for(&theme.id.value)),
                points.join("; "),
                links.join(" "),
            ])
            .chain(file.statuses.is_some().then_some(status))
            .chain(dates.then_some(due))
            .chain(owners.then(|| plain(&one.owner)))
            .chain(notes.then(|| plain(&one.note)))
            .collect()
    };
    let mut rows = Vec::new();
    for theme in &file.themes {
        for (group, _) in file.squares() {
            rows.extend(file.under(&theme.id.value, group).map(|one| row(theme, group, one)));
        }
    }
    let texts = file.deliverables.iter().flat_map(|one| {
        let wordings = one.wording.iter().flatten().map(|wording| &wording.text);
        let texts = [&one.text].into_iter().chain(wordings).chain(one.points.iter().flatten()).chain(&one.note);
        texts.map(|text| (&one.key, text))
    });
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        description: "Each deliverable under each theme that it serves: what was done.",
        notes: said(editor, [(&file.caption, &file.caption)].into_iter().chain(texts)),
        columns: columns(editor, file, [dates, owners, notes]),
        rows,
        key: names(["theme_number", "deliverable_id"]),
        parents: None,
    }
}

fn columns(editor: &CopyEditor, file: &DeliverableFile, [dates, owners, notes]: [bool; 3]) -> Vec<DataColumn> {
    let groups: Vec<String> = file.groups().iter().map(|group| group.id.value.to_string()).collect();
    let statuses = file.statuses.is_some().then(|| {
        let names = file.statuses().iter().map(|status| editor.plain(&status.name)).collect();
        DataColumn::text("status", "How far the deliverable is").holding(Holds::OneOf(names))
    });
    let group = DataColumn::text("group", &groups.join(" or ")).holding(Holds::OneOf(groups));
    [
        DataColumn::text("theme_number", "Number of the theme").holding(Holds::Whole),
        DataColumn::text("theme_id", "Id of the theme").holding(Holds::Id),
        DataColumn::text("theme", "Title of the theme"),
    ]
    .into_iter()
    .chain(file.groups.is_some().then_some(group))
    .chain([
        DataColumn::text("deliverable_id", "Id of the deliverable").holding(Holds::Id),
        DataColumn::text("key_phrase", "Key phrase"),
        DataColumn::text("text", "What was done"),
        DataColumn::text("points", "Sub-points, parted by semicolons"),
        DataColumn::text("links", "Links, parted by spaces").holding(Holds::Several),
    ])
    .chain(statuses)
    .chain(dates.then(|| DataColumn::text("due", "Day by which it is to be done").holding(Holds::Day)))
    .chain(owners.then(|| DataColumn::text("owner", "Who answers for it")))
    .chain(notes.then(|| DataColumn::text("note", "Note")))
    .collect()
}
