//! Makes changes in texts: each file by the writer of its kind, all of them or none.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{Change, Edited, Place, Refusal, Texts};
use super::columns::{self, Becomes};
use super::{cells, forms};
use crate::diagnostic::FileId;
use crate::markdown::write as prose;
use crate::yaml::{Draft, Entry, Form, New, NoRoom, Side, Value};

/// The texts that some changes make, in the order of their paths; or every change that cannot be made. A text that stays
/// as it was is none of them.
pub fn apply(texts: &Texts, changes: &[Change]) -> Result<Vec<Edited>, Vec<Refusal>> {
    let mut by_file: BTreeMap<&str, Vec<(usize, &Change)>> = BTreeMap::new();
    for (number, change) in changes.iter().enumerate() {
        by_file.entry(change.file()).or_default().push((number, change));
    }
    let (mut edited, mut refused) = (Vec::new(), Vec::new());
    for (file, of_file) in by_file {
        match in_file(texts, file, &of_file) {
            Ok(one) => edited.extend(one),
            Err(why) => refused.extend(why),
        }
    }
    refused.sort_by_key(|one: &Refusal| (one.change, one.cell));
    if refused.is_empty() { Ok(edited) } else { Err(refused) }
}

fn in_file(texts: &Texts, file: &str, changes: &[(usize, &Change)]) -> Result<Option<Edited>, Vec<Refusal>> {
    let first = changes[0].0;
    if let [(number, Change::File { text, .. })] = changes {
        return match texts.contains_key(file) {
            true => Err(vec![Refusal::new(*number, format!("{file} is there already"), "choose another name")]),
            false => Ok(Some(Edited { file: file.to_owned(), before: None, after: Some(text.as_str().into()) })),
        };
    }
    let Some(before) = texts.get(file) else {
        return Err(vec![Refusal::new(first, format!("{file} is not there"), "load the page again")]);
    };
    let outside = |(number, change): &(usize, &Change)| {
        let range = change.place().map(|at| at.range.clone()).filter(|range| before.get(range.clone()).is_none())?;
        let message = format!("the text has no bytes {} to {}", range.start, range.end);
        Some(Refusal::new(*number, message, "load the page again: the file may have changed meanwhile"))
    };
    let gone: Vec<Refusal> = changes.iter().filter_map(outside).collect();
    if !gone.is_empty() {
        return Err(gone);
    }
    let after = match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("md") => in_prose(before, changes)?,
        Some("yaml") => in_yaml(file, before, changes)?,
        _ => {
            return Err(vec![Refusal::new(first, format!("{file} is not written here"), "change it where it is made")]);
        }
    };
    let is_same = *after == **before;
    Ok((!is_same).then(|| Edited {
        file: file.to_owned(),
        before: Some(Arc::clone(before)),
        after: Some(after.into()),
    }))
}

/// All changes of a YAML text, on one draft of it.
fn in_yaml(file: &str, text: &str, changes: &[(usize, &Change)]) -> Result<String, Vec<Refusal>> {
    let mut draft = Draft::of(FileId(0), text).map_err(|_| {
        vec![Refusal::new(
            changes[0].0,
            format!("{file} cannot be read as YAML"),
            "mend what the findings say of it first",
        )]
    })?;
    let form = forms::of_file(file, draft.tree());
    let mut refused = Vec::new();
    for (number, change) in changes {
        match change {
            Change::Cells { at, cells } => refused.extend(
                cells::set(&mut draft, text, &at.range, cells)
                    .into_iter()
                    .map(|(cell, why)| Refusal { cell: Some(cell), ..Refusal::of(*number, why) }),
            ),
            _ => refused.extend(in_draft(&mut draft, form.as_ref(), change).err().map(|why| Refusal::of(*number, why))),
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    draft.written().map_err(|why| vec![Refusal::of(changes[0].0, why)])
}

fn in_draft(draft: &mut Draft, form: Option<&Form>, change: &Change) -> Result<(), NoRoom> {
    let gone = || {
        NoRoom::new("no entry of such a list stands here", "load the page again: the file may have changed meanwhile")
    };
    let entry = |draft: &Draft, at: &Place, list: &Option<String>| match list {
        Some(list) if columns::IN_ORDER.contains(&list.as_str()) => Err(NoRoom::new(
            format!("`{list}` stand in the order of something else"),
            "change them one by one, or with the columns or periods that they stand under",
        )),
        Some(list) => draft.entry(&at.range, |name| name == list).ok_or_else(gone),
        None => draft.entry(&at.range, |name| !columns::IN_ORDER.contains(&name)).ok_or_else(gone),
    };
    let follow =
        |draft: &mut Draft, entry: Entry, becomes: Becomes| match columns::is_list_of_columns(draft, entry.list) {
            true => columns::follow(draft, entry, becomes),
            false => Ok(()),
        };
    match change {
        Change::Text { at, text } if text.trim().is_empty() => remove_optional(draft, form, at),
        Change::Text { at, text } | Change::Figure { at, text } => draft.set(at.range.clone(), text),
        Change::Field { of, name, text } => set_field(draft, form, of, name, text.as_deref()),
        Change::Insert { beside, list, side, values } => {
            let entry = entry(draft, beside, list)?;
            let new = forms::new_entry(form, draft.tree(), entry, values)?;
            let follows = values.iter().any(|(name, _)| name == "is" || name == "last");
            follow(draft, entry, Becomes::Beside(*side, follows))?;
            draft.insert(entry, *side, &new)
        }
        Change::Begin { of, list, values } => {
            let record = draft.record(&of.range).ok_or_else(gone)?;
            let (new, order) = forms::first_entry(form, draft.tree(), record, list, values)?;
            draft.add_field(record, list, &order, &new)
        }
        Change::Remove { at, list } => {
            let entry = entry(draft, at, list)?;
            follow(draft, entry, Becomes::Gone)?;
            draft.remove(entry)
        }
        Change::Move { at, list, by } => {
            let entry = entry(draft, at, list)?;
            follow(draft, entry, Becomes::Moved(*by))?;
            draft.shift(entry, *by)
        }
        Change::Duplicate { at, list } => {
            let entry = entry(draft, at, list)?;
            follow(draft, entry, Becomes::Twice)?;
            draft.duplicate(entry)
        }
        Change::Cells { .. } | Change::File { .. } => Err(gone()),
    }
}

/// Takes out the field whose value a place is, where it may be left out; else the entry of a list that it is.
fn remove_optional(draft: &mut Draft, form: Option<&Form>, at: &Place) -> Result<(), NoRoom> {
    let needed =
        || NoRoom::new("nothing is left of the value", "write the value, or remove the entry that it stands in");
    let record = draft.record(&at.range).ok_or_else(needed)?;
    let name = draft.field_name(record, &at.range).ok_or_else(needed)?.to_owned();
    match forms::may_be_left_out(form, draft.tree(), record, &name) {
        true => draft.remove_field(record, &name),
        false => Err(needed()),
    }
}

/// Sets, adds or takes out a field of the innermost record that a place stands in.
fn set_field(draft: &mut Draft, form: Option<&Form>, of: &Place, name: &str, text: Option<&str>) -> Result<(), NoRoom> {
    let gone = || NoRoom::new("no record stands here", "load the page again: the file may have changed meanwhile");
    let record = draft.record(&of.range).ok_or_else(gone)?;
    let value = draft.field(record, name).map(|value| (value.at, matches!(value.value, Value::Scalar { .. })));
    match (text, value) {
        (Some(text), Some((at, true))) => draft.set(at.letters(), text),
        (Some(_), Some(_)) => Err(NoRoom::new(format!("`{name}` has several values"), "change each of them by itself")),
        (Some(text), None) => {
            let order = forms::order(form, draft.tree(), record, name)?;
            draft.add_field(record, name, &order, &New::Text(text.to_owned()))
        }
        (None, Some(_)) if forms::may_be_left_out(form, draft.tree(), record, name) => draft.remove_field(record, name),
        (None, Some(_)) => Err(NoRoom::new(format!("`{name}` must be there"), "write another value")),
        (None, None) => Ok(()),
    }
}

/// All changes of a text of prose, the last first, so that places before it stay where they are.
fn in_prose(text: &str, changes: &[(usize, &Change)]) -> Result<String, Vec<Refusal>> {
    let mut sorted = changes.to_vec();
    sorted.sort_by_key(|(_, change)| std::cmp::Reverse(change.place().map(|at| at.range.start)));
    let moves = |(_, change): &&(usize, &Change)| matches!(change, Change::Move { .. });
    if let (Some((number, _)), true) = (sorted.iter().find(moves), sorted.len() > 1) {
        return Err(vec![Refusal::new(
            *number,
            "a block is moved while others change",
            "make one change, then the other",
        )]);
    }
    let (mut written, mut refused) = (text.to_owned(), Vec::new());
    for (number, change) in sorted {
        match in_block(&written, change) {
            Ok(new) => written = new,
            Err(message) => {
                refused.push(Refusal::new(number, message, "write it otherwise, or change the file itself"))
            }
        }
    }
    if refused.is_empty() { Ok(written) } else { Err(refused) }
}

fn in_block(text: &str, change: &Change) -> Result<String, String> {
    match change {
        Change::Text { at, text: new } => prose::set(text, &at.range, new),
        Change::Figure { at, text: new } => prose::set_letters(text, &at.range, new),
        Change::Insert { beside, side, values, .. } => {
            let new = values.iter().find(|(name, _)| name == "text").map_or("", |(_, value)| value);
            prose::insert(text, &beside.range, *side == Side::Before, new)
        }
        Change::Remove { at, .. } => prose::remove(text, &at.range),
        Change::Move { at, by, .. } => prose::shift(text, &at.range, *by),
        Change::Duplicate { at, .. } => prose::duplicate(text, &at.range),
        Change::Cells { .. } | Change::Field { .. } | Change::Begin { .. } | Change::File { .. } => {
            Err("prose has no such place".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "title: A\nsections:\n  - id: one\n    title: One\n    parts:\n      - prose: one.md\n      - key-figures:\n          - label: L\n            figure: \"{{ a.b }}\"\n  # The second.\n  - id: two\n    title: Two\n    standfirst: \"Much: more\"\n    parts:\n      - table: t.yaml\n";
    const TABLE: &str = "columns:\n  - {id: a, name: A}\n  - {id: b, name: B}\n  - {id: c, name: C}\nrows:\n  - name: One\n    values: 1 | 2 (p) | 3\n  - {name: Two, values: [4, \"1,005\", 6]}\n  - name: Three\n    values: [7, 8, 9]\n";
    const PROSE: &str = "## Much\r\n\r\nWe lent 5 books.\r\n";

    fn texts() -> Texts {
        let all = [("r/report.yaml", REPORT), ("r/t.yaml", TABLE), ("r/one.md", PROSE)];
        all.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
    }

    /// The place of some words in a file.
    fn at(file: &str, words: &str) -> Place {
        let start = texts()[file].find(words).unwrap();
        Place { file: file.to_owned(), range: start..start + words.len() }
    }

    /// What a file says after some changes.
    fn after(changes: &[Change]) -> String {
        let edited = apply(&texts(), changes).unwrap();
        assert_eq!(edited.len(), 1, "{edited:?}");
        edited[0].after.as_deref().unwrap_or_default().to_owned()
    }

    fn values(values: &[(&str, &str)]) -> Vec<(String, String)> {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn texts_and_figures_change_where_they_stand() {
        let text = |place, text: &str| after(&[Change::Text { at: place, text: text.to_owned() }]);
        assert_eq!(
            text(at("r/report.yaml", "Two"), "Two: three"),
            REPORT.replace("title: Two", "title: \"Two: three\"")
        );
        assert_eq!(text(at("r/one.md", "We lent"), "We lent 6 books."), PROSE.replace('5', "6"));
        let figure = Change::Figure { at: at("r/one.md", "5"), text: "12".to_owned() };
        assert_eq!(after(&[figure]), PROSE.replace('5', "12"));
        let two = [
            Change::Figure { at: at("r/t.yaml", "1,005"), text: "1,006".to_owned() },
            Change::Figure { at: at("r/t.yaml", "2 (p)"), text: "3".to_owned() },
        ];
        assert_eq!(after(&two), TABLE.replace("1,005", "1,006").replace("2 (p)", "3"));
    }

    #[test]
    fn a_change_that_changes_nothing_writes_nothing() {
        let same = [
            Change::Text { at: at("r/report.yaml", "\"Much: more\""), text: "Much: more".to_owned() },
            Change::Text { at: at("r/one.md", "We lent"), text: "We lent 5 books.".to_owned() },
            Change::Field { of: at("r/report.yaml", "one"), name: "standfirst".to_owned(), text: None },
        ];
        assert_eq!(apply(&texts(), &same), Ok(Vec::new()));
    }

    #[test]
    fn all_changes_are_made_or_none_and_each_refusal_says_why() {
        let changes = [
            Change::Text { at: at("r/one.md", "We lent"), text: "We lent 6 books.".to_owned() },
            Change::Text { at: at("r/report.yaml", "Two"), text: " ".to_owned() },
            Change::Figure { at: at("r/t.yaml", "2 (p)"), text: "1 | 2".to_owned() },
            Change::Text { at: Place { file: "r/gone.md".to_owned(), range: 0..1 }, text: "x".to_owned() },
            Change::Text { at: Place { file: "r/one.md".to_owned(), range: 70..71 }, text: "x".to_owned() },
        ];
        let refused = apply(&texts(), &changes).unwrap_err();
        assert_eq!(refused.iter().map(|one| one.change).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(refused.iter().all(|one| !one.message.is_empty() && !one.help.is_empty()));
    }

    #[test]
    fn a_block_of_cells_goes_in_whole_or_not_at_all() {
        let cells = |rows: &[&[&str]]| Change::Cells {
            at: at("r/t.yaml", "2 (p)"),
            cells: rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect(),
        };
        let new = after(&[cells(&[&["20", "30"], &["50", ""], &["80", "9,000"]])]);
        let expected =
            TABLE.replace("2 (p) | 3", "20 | 30").replace("\"1,005\"", "\"50\"").replace("8, 9", "80, \"9,000\"");
        assert_eq!(new, expected);
        let refused = apply(&texts(), &[cells(&[&["20", "many"], &["50", "60", "70"], &["1"], &["1"]])]).unwrap_err();
        let places: Vec<_> = refused.iter().filter_map(|one| one.cell).collect();
        assert_eq!(places, [(0, 1), (1, 2), (3, 0)]);
    }

    #[test]
    fn fields_come_in_the_order_of_their_declaration_and_only_optional_ones_go() {
        let field = |of: &str, name: &str, text: Option<&str>| Change::Field {
            of: at("r/report.yaml", of),
            name: name.to_owned(),
            text: text.map(str::to_owned),
        };
        let new = after(&[field("title: One", "standfirst", Some("More"))]);
        assert_eq!(new, REPORT.replace("title: One\n", "title: One\n    standfirst: More\n"));
        let without = REPORT.replace("    standfirst: \"Much: more\"\n", "");
        assert_eq!(after(&[field("title: Two", "standfirst", None)]), without);
        let emptied = Change::Text { at: at("r/report.yaml", "\"Much: more\""), text: String::new() };
        assert_eq!(after(&[emptied]), without);
        for change in [field("title: Two", "title", None), field("title: Two", "standfrist", Some("x"))] {
            assert_eq!(apply(&texts(), &[change]).unwrap_err().len(), 1);
        }
    }

    #[test]
    fn a_new_entry_has_what_must_be_there() {
        let insert = |place, list: &str, given: &[(&str, &str)]| {
            let side = Side::After;
            after(&[Change::Insert { beside: place, list: Some(list.to_owned()), side, values: values(given) }])
        };
        assert_eq!(
            insert(at("r/report.yaml", "one.md"), "sections", &[("id", "new"), ("title", "New: yes")]),
            REPORT.replace(
                "  # The second.",
                "  - id: new\n    title: \"New: yes\"\n    parts:\n      - prose: …\n  # The second."
            )
        );
        assert_eq!(
            insert(at("r/report.yaml", "one.md"), "parts", &[("pull-out", "Much")]),
            REPORT.replace("- prose: one.md\n", "- prose: one.md\n      - pull-out: Much\n")
        );
        assert_eq!(
            insert(at("r/report.yaml", "L\n"), "key-figures", &[("figure", "{{ x }}")]).matches("label: …").count(),
            1
        );
        assert_eq!(
            insert(at("r/t.yaml", "One"), "rows", &[("name", "New")]),
            TABLE.replace("| 3\n", "| 3\n  - name: New\n    values: … | … | …\n")
        );
    }

    #[test]
    fn entries_are_moved_written_twice_and_taken_out() {
        let second = || at("r/report.yaml", "id: two");
        let list = || Some("sections".to_owned());
        let up = after(&[Change::Move { at: second(), list: list(), by: -1 }]);
        assert!(up.starts_with("title: A\nsections:\n  # The second.\n  - id: two\n"), "{up}");
        let twice = after(&[Change::Duplicate { at: second(), list: list() }]);
        assert!(twice.ends_with("  # The second.\n  - id: two-2\n    title: Two\n    standfirst: \"Much: more\"\n    parts:\n      - table: t.yaml\n"));
        let gone = after(&[Change::Remove { at: second(), list: list() }]);
        assert!(gone.ends_with("figure: \"{{ a.b }}\"\n"));
    }

    #[test]
    fn columns_take_their_figures_along_and_figures_have_no_order_of_their_own() {
        let list = || Some("columns".to_owned());
        let moved = after(&[Change::Move { at: at("r/t.yaml", "id: c"), list: list(), by: -2 }]);
        for line in ["- {id: c, name: C}\n  - {id: a", "values: 3 | 1 | 2 (p)", "[6, 4, \"1,005\"]", "[9, 7, 8]"] {
            assert!(moved.contains(line), "{moved}");
        }
        let cell = || at("r/t.yaml", "1,005");
        let refused = apply(&texts(), &[Change::Remove { at: cell(), list: Some("values".to_owned()) }]).unwrap_err();
        assert!(refused[0].message.contains("order"));
        let row = after(&[Change::Remove { at: cell(), list: None }]);
        assert!(!row.contains("Two") && row.contains("One") && row.contains("Three"));
    }

    #[test]
    fn a_new_file_is_where_none_is() {
        let file = |path: &str| Change::File { file: path.to_owned(), text: "New.\n".to_owned() };
        let edited = apply(&texts(), &[file("r/new.md")]).unwrap();
        assert_eq!((edited[0].before.as_deref(), edited[0].after.as_deref()), (None, Some("New.\n")));
        assert!(apply(&texts(), &[file("r/one.md")]).is_err());
    }
}
