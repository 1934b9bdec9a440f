//! Figures of the edition before that are no longer as it published them: what a reader is told of them.

use super::copy_editor::CopyEditor;
use super::notes::Noted;
use crate::fact::{FactId, Word};

/// What is told of a figure that is restated, or repeats one that is; none of any other.
pub fn note(editor: &CopyEditor, figure: FactId) -> Option<Noted> {
    let repeated = editor.facts.repeats(figure).unwrap_or(figure);
    let all = editor.facts.restatements(&editor.report.id);
    let one = all.iter().find(|one| [figure, repeated].contains(&one.restated))?;
    let bound = |fact| Word::Bound { text: editor.facts.printed(&editor.report.id, fact), fact };
    let mut fills = vec![("reason", editor.words_of(&one.said.reason).to_vec())];
    let key = match one.published {
        Some(published) => {
            fills.push(("figure", vec![bound(published)]));
            "notes.restated"
        }
        None => "notes.newly-published",
    };
    Some(Noted::Made(editor.wording().pieces(key, None, fills)))
}
