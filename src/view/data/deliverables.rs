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
        description: editor.say("data.deliverables"),
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
        DataColumn::text("status", &editor.say("data.status")).holding(Holds::OneOf(names))
    });
    let group = DataColumn::text("group", &editor.say("data.group")).holding(Holds::OneOf(groups));
    [
        DataColumn::text("theme_number", &editor.say("data.theme-number")).holding(Holds::Whole),
        DataColumn::text("theme_id", &editor.say("data.theme-id")).holding(Holds::Id),
        DataColumn::text("theme", &editor.say("data.theme")),
    ]
    .into_iter()
    .chain(file.groups.is_some().then_some(group))
    .chain([
        DataColumn::text("deliverable_id", &editor.say("data.deliverable-id")).holding(Holds::Id),
        DataColumn::text("key_phrase", &editor.say("data.key-phrase")),
        DataColumn::text("text", &editor.say("data.what-was-done")),
        DataColumn::text("points", &editor.say("data.points")),
        DataColumn::text("links", &editor.say("data.links")).holding(Holds::Several),
    ])
    .chain(statuses)
    .chain(dates.then(|| DataColumn::text("due", &editor.say("data.due")).holding(Holds::Day)))
    .chain(owners.then(|| DataColumn::text("owner", &editor.say("data.owner"))))
    .chain(notes.then(|| DataColumn::text("note", &editor.say("data.note"))))
    .collect()
}
