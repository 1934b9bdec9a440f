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
    pub fn of_rating(rating: &Rating) -> Self {
        Self { key: rating.mark, word: rating.name.clone() }
    }

    pub fn of_status(editor: &CopyEditor, status: &Status) -> Self {
        Self { key: status.mark.value, word: editor.plain(&status.name) }
    }
}
