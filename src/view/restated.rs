//! Figures of the edition before that are no longer as it published them: what a reader is told of them.

use super::copy_editor::CopyEditor;
use super::notes::Noted;
use crate::fact::{FactId, Word};

/// What is told of a figure that is restated, or repeats one that is; none of any other.
pub fn note(editor: &CopyEditor, figure: FactId) -> Option<Noted> {
    let repeated = editor.facts.repeats(figure).unwrap_or(figure);
    let all = editor.facts.restatements(&editor.report.id);
    let one = all.iter().find(|one| [figure, repeated].contains(&one.restated))?;
    let plain = |words: &str| Word::Plain(words.to_owned());
    let bound = |fact| Word::Bound { text: editor.facts.printed(&editor.report.id, fact), fact };
    let before = match one.published {
        Some(published) => vec![plain("Restated from "), bound(published), plain(": ")],
        None => vec![plain("Not published in this form: ")],
    };
    Some(Noted::Made(before.into_iter().chain(editor.words_of(&one.said.reason).iter().cloned()).collect()))
}
