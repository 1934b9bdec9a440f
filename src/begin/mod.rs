//! How an edition begins: as the next one of a report that is there, or as a first report with a sample of each part.
//!
//! In: the content as it was read. Out: a [`Beginning`]: the files of a new folder, and what was done to make them. The
//! files of the edition before are copied letter by letter, but for the places that are known to be last year's.

mod blocks;
mod roll_forward;
mod sample;
mod workflow;

pub use roll_forward::{Asked, roll_forward};
pub use sample::sample;
pub use workflow::workflow;

/// The files of a new report.
#[derive(Debug, Default)]
pub struct Beginning {
    /// By their paths from the content folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was done, a sentence each.
    pub done: Vec<String>,
}
