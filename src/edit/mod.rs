//! Writes what somebody changes where they read: from the texts of a content folder and some changes to new texts.
//!
//! In: [`Texts`] and [`Change`]s of places in them. Out: the texts that are [`Edited`], or every [`Refusal`]; nothing is done
//! by halves. Bytes outside the places stay as they were, and what is written is read again by the readers that a report is
//! made by. Nothing here touches the disk: the steps are [`apply`], a [`History`] that takes them back, [`Shift`] where
//! other letters of a text were changed meanwhile, and [`merge`] where they were changed by others.

mod apply;
mod cells;
mod change;
mod columns;
mod forms;
mod history;
mod merge;
mod shift;

pub use apply::apply;
pub use change::{Change, Edited, Place, Refusal, Texts};
pub use history::{History, Step};
pub use merge::{Merged, merge};
pub use shift::Shift;
