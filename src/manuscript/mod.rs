//! Texts from other programs: a document becomes files of a report, and a report a document for those who must comment
//! on it in Word.
//!
//! In: a [`Document`](crate::office::document::Document), and where it is to go. Out: a [`Manuscript`]: Markdown, draft
//! tables, pictures, and the lines that name them in report.yaml. Of a text that is there already [`revised`] keeps every
//! byte that was not changed, and the figures that are bound in it.

mod draft_table;
mod levels;
mod notes;
mod parts;
mod revise;
mod yaml_text;

pub use parts::{Destination, Manuscript, divide};
pub use revise::{Revision, WordChange, revised};
