//! A word whose mark says the same by colour and shape.

use serde::Serialize;

use super::copy_editor::CopyEditor;
use crate::model::values::Mark;
use crate::model::{Rating, Status};

/// How far something has come: the rating of an indicator, or the status of a deliverable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarkedWord {
    pub key: Mark,
    pub word: String,
}

impl MarkedWord {
    pub fn of_rating(editor: &CopyEditor, rating: &Rating) -> Self {
        Self { key: rating.mark, word: name_of(editor, rating) }
    }

    pub fn of_status(editor: &CopyEditor, status: &Status) -> Self {
        Self { key: status.mark.value, word: editor.plain(&status.name) }
    }
}

/// What a rating is called: by the content, or by the words of the language.
fn name_of(editor: &CopyEditor, rating: &Rating) -> String {
    match rating.is_named {
        true => rating.name.clone(),
        false => editor.say(&format!("rating.{}", rating.mark.word())),
    }
}

/// The same within a sentence: "6 green".
pub fn in_text(editor: &CopyEditor, rating: &Rating) -> String {
    match rating.is_named {
        true => editor.wording().within_text(&rating.name),
        false => editor.say(&format!("rating.in-text-{}", rating.mark.word())),
    }
}
