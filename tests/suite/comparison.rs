//! What changed between two editions: every change is told, once, and nothing else is.

mod edits;

use tally::compare::{Change, ChangeKind, Coming, Comparison, compare};
use tally::transcript::{ItemKind, Transcript};

use crate::support::Sandbox;
use crate::transcript::transcripts;
use edits::{Edit, Editor};

/// The changes as lines that can be compared.
fn lines(comparison: &Comparison) -> Vec<String> {
    comparison.changes.iter().map(line).collect()
}

fn line(change: &Change) -> String {
    let Change { number, kind, what, was, is, difference, why, .. } = change;
    format!("{number} {kind:?}: {what}: {was} -> {is} ({difference}) {}", why.words())
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
        let comparison = compare(&transcript, &transcript);
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
    let mut kinds = std::collections::BTreeMap::new();
    for round in 0..1_000 {
        let old = &editions[round % editions.len()];
        let mut new = old.clone();
        let Edit { said, kind, holds, is_name } = editor.edit(&mut new);
        *kinds.entry(format!("{kind:?}")).or_insert(0) += 1;
        let comparison = compare(old, &new);
        let told = lines(&comparison);
        let context = || format!("round {round}, {said}:\n{}", told.join("\n"));
        assert_eq!(comparison.changes.len(), 1, "{}", context());
        let change = &comparison.changes[0];
        assert_eq!(change.kind, kind, "{}", context());
        assert!(holds.is_empty() || told[0].contains(&holds), "{holds} is not named: {}", context());
        let back = compare(&new, old);
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
        let comparison = compare(old, &new);
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
    let comparison = compare(&old, &new);
    assert_eq!(lines(&comparison).len(), 1, "{:#?}", lines(&comparison));
    assert_eq!(comparison.changes[0].kind, ChangeKind::Item(ItemKind::Row, Coming::Moved));
}
