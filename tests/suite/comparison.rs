//! What changed between two editions: every change is told, once, and nothing else is.

mod edits;

use std::collections::BTreeMap;

use tally::compare::{Area, Change, ChangeKind, Coming, Comparison, compare};
use tally::diagnostic::{Findings, any_errors};
use tally::fact::{facts, passages};
use tally::model::load;
use tally::source;
use tally::transcript::{ItemKind, Transcript};
use tally::view::{CopyEditor, page, transcript};
use tally::wording::Wording;

use crate::support::{Sandbox, files};
use crate::transcript::transcripts;
use edits::{Edit, Editor};

/// The changes as lines that can be compared.
fn lines(comparison: &Comparison) -> Vec<String> {
    comparison.changes.iter().map(line).collect()
}

fn line(change: &Change) -> String {
    let Change { number, kind, what, was, is, difference, why, .. } = change;
    format!("{number} {kind:?}: {what}: {was} -> {is} ({difference}) {}", why.words(Wording::english()))
}

/// What a change is, seen from the other side.
fn mirrored(kind: ChangeKind) -> ChangeKind {
    let turned = |coming| match coming {
        Coming::Added => Coming::Removed,
        Coming::Removed => Coming::Added,
        Coming::Changed | Coming::Moved | Coming::Renamed => coming,
    };
    match kind {
        ChangeKind::Figure(coming) => ChangeKind::Figure(turned(coming)),
        ChangeKind::Sentence(coming) => ChangeKind::Sentence(turned(coming)),
        ChangeKind::Item(kind, coming) => ChangeKind::Item(kind, turned(coming)),
        ChangeKind::Rating | ChangeKind::Word => kind,
    }
}

fn all() -> Vec<Transcript> {
    [Sandbox::shipped(), Sandbox::full()].iter().flat_map(transcripts).collect()
}

#[test]
fn an_edition_compared_with_itself_has_no_changes() {
    for transcript in all() {
        let comparison = compare(&transcript, &transcript, Wording::english());
        assert_eq!(lines(&comparison), Vec::<String>::new());
        let printed = transcript.figures.iter().filter(|figure| figure.printed.is_some()).count();
        assert_eq!(comparison.same.figures, printed);
    }
}

/// A thousand edits of every kind, each alone.
#[test]
fn every_edit_is_told_and_nothing_else_is() {
    let editions = all();
    let mut editor = Editor::new(17);
    let mut kinds = BTreeMap::new();
    for round in 0..1_000 {
        let old = &editions[round % editions.len()];
        let mut new = old.clone();
        let Edit { said, kind, holds, is_name } = editor.edit(&mut new);
        *kinds.entry(format!("{kind:?}")).or_insert(0) += 1;
        let comparison = compare(old, &new, Wording::english());
        let told = lines(&comparison);
        let context = || format!("round {round}, {said}:\n{}", told.join("\n"));
        assert_eq!(comparison.changes.len(), 1, "{}", context());
        let change = &comparison.changes[0];
        assert_eq!(change.kind, kind, "{}", context());
        assert!(holds.is_empty() || told[0].contains(&holds), "{holds} is not named: {}", context());
        let back = compare(&new, old, Wording::english());
        assert_eq!(back.changes.len(), 1, "back, {}\n{}", context(), lines(&back).join("\n"));
        let back = &back.changes[0];
        assert_eq!(back.kind, mirrored(kind), "back, {}", context());
        if matches!(kind, ChangeKind::Figure(Coming::Changed) | ChangeKind::Rating | ChangeKind::Word) || is_name {
            assert_eq!((&back.was, &back.is), (&change.is, &change.was), "{}", context());
        }
        if let (ChangeKind::Figure(_), [sign @ ('+' | '−'), rest @ ..]) =
            (kind, &change.difference.chars().collect::<Vec<_>>()[..])
        {
            let other = if *sign == '+' { '−' } else { '+' };
            assert_eq!(back.difference, format!("{other}{}", rest.iter().collect::<String>()));
        }
    }
    assert!(kinds.len() >= 12, "{kinds:?}");
}

/// Several edits at once: as many changes, and the way back has as many.
#[test]
fn several_edits_are_told_each() {
    let editions = all();
    let mut editor = Editor::new(23);
    for round in 0..200 {
        let old = &editions[round % editions.len()];
        let mut new = old.clone();
        let said = editor.figures(&mut new, 5);
        let comparison = compare(old, &new, Wording::english());
        let told: Vec<&str> = comparison.changes.iter().filter_map(|change| change.address.as_deref()).collect();
        for address in &said {
            assert!(told.contains(&address.as_str()), "{address}: {told:?}");
        }
        assert_eq!(comparison.changes.len(), said.len(), "{:#?}", lines(&comparison));
    }
}

#[test]
fn neighbours_that_changed_places_are_one_move() {
    let old = transcripts(&Sandbox::full()).remove(0);
    let mut new = old.clone();
    let file = new.items.iter_mut().find(|item| item.kind == ItemKind::File && item.id == "loans").unwrap();
    let rows: Vec<usize> = (0..file.items.len()).filter(|place| file.items[*place].kind == ItemKind::Row).collect();
    file.items.swap(rows[0], rows[1]);
    let comparison = compare(&old, &new, Wording::english());
    assert_eq!(lines(&comparison).len(), 1, "{:#?}", lines(&comparison));
    assert_eq!(comparison.changes[0].kind, ChangeKind::Item(ItemKind::Row, Coming::Moved));
}

/// What a report of a sandbox says, and all that its page shows.
struct Drawn {
    transcript: Transcript,
    page: serde_json::Value,
}

/// Reads the first report of a sandbox; none where it cannot be read.
fn drawn(sandbox: &Sandbox) -> Option<Drawn> {
    let (tree, mut findings) = source::read(&sandbox.content());
    let project = load(&tree, &mut findings)?;
    let mut faults = Findings::new();
    let facts = facts(&project, &tree.sources, &mut faults);
    let passages = passages(&project, &facts, &tree.sources, &mut faults);
    if any_errors(&findings) || any_errors(&faults) {
        return None;
    }
    let report = &project.reports[0];
    let editor = CopyEditor::new(&project, report, &facts, &passages);
    let page = without_addresses(serde_json::json!(page(&editor, None)));
    Some(Drawn { transcript: transcript(&project, report, &facts, &passages, &tree.sources), page })
}

/// A page without what is no word of it: names by which places of it are known, and tags of languages.
fn without_addresses(page: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match page {
        Value::Object(fields) => {
            let is_address = |name: &str, value: &Value| match name {
                "id" | "see" | "anchor" | "language" => true,
                "key" => value.is_string(),
                "to" => value.as_str().is_some_and(|to| !to.contains([':', '#'])),
                _ => false,
            };
            let kept = fields.into_iter().filter(|(name, value)| !is_address(name, value));
            Value::Object(kept.map(|(name, value)| (name, without_addresses(value))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(without_addresses).collect()),
        other => other,
    }
}

/// A word or a number of a text file becomes another one.
fn edited(text: &str, chance: &mut Editor) -> Option<(String, String)> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).collect();
    let word = chance.one_of(&words)?;
    let start = word.as_ptr() as usize - text.as_ptr() as usize;
    let other = match word.chars().all(|c| c.is_ascii_digit()) {
        true => {
            let last = word.chars().last().and_then(|digit| digit.to_digit(10)).unwrap_or_default();
            format!("{}{}", &word[..word.len() - 1], (last + 1) % 10)
        }
        false => format!("{word}x"),
    };
    Some((format!("{}{other}{}", &text[..start], &text[start + word.len()..]), format!("{word} -> {other}")))
}

/// Edits of the content itself: the comparison is empty exactly when the page is as it was.
#[test]
fn whatever_changes_the_page_is_told() {
    let rounds: usize = std::env::var("TALLY_EDITS").map_or(150, |rounds| rounds.parse().expect("a number"));
    let mut chance = Editor::new(5);
    let mut told = 0;
    let mut missed = Vec::new();
    let sandboxes = [Sandbox::full(), Sandbox::shipped()];
    let before: Vec<Drawn> = sandboxes.iter().map(|sandbox| drawn(sandbox).expect("the content can be read")).collect();
    for round in 0..rounds {
        let (sandbox, before) = (&sandboxes[round % 2], &before[round % 2]);
        let folder = sandbox.content();
        let texts: Vec<(String, Vec<u8>)> = files(&folder)
            .into_iter()
            .filter(|(path, _)| path.ends_with(".md") || path.ends_with(".yaml"))
            .filter(|(path, _)| path.starts_with(&before.transcript.report) || path == "organisation.yaml")
            .collect();
        let (path, bytes) = chance.one_of(&texts).expect("there are texts");
        let text = String::from_utf8(bytes).expect("a text");
        let Some((new, said)) = edited(&text, &mut chance) else { continue };
        sandbox.write(&path, &new);
        let after = drawn(sandbox);
        sandbox.write(&path, &text);
        let Some(after) = after else { continue };
        let comparison = compare(&before.transcript, &after.transcript, Wording::english());
        let is_told = comparison.changes.iter().any(|change| change.section != Area::Behind);
        // What a group of deliverables means is printed on covers alone that show them.
        let is_meaning = comparison.changes.iter().all(|change| change.what.ends_with(": means"));
        if is_told != (before.page != after.page) && !(is_told && is_meaning) {
            missed.push(format!("{path}: {said}: {}told: {:?}", if is_told { "" } else { "not " }, lines(&comparison)));
        }
        told += usize::from(is_told);
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(told > rounds / 4, "only {told} edits changed anything");
}
