//! Writes what somebody changes where they read: from the texts of a content folder and some changes to new texts.
//!
//! In: [`Texts`] and [`Change`]s of places in them. Out: the texts that are [`Edited`], or every [`Refusal`]; nothing is done
//! by halves. Bytes outside the places stay as they were, and what is written is read again by the readers that a report is
//! made by. What can be added beside a place is said by [`levels`], as forms that are made from the declarations. Nothing here
//! touches the disk: the steps are [`apply`], a [`History`] that takes them back, [`Shift`] where other letters of a text were
//! changed meanwhile, and [`merge`] where they were changed by others.

mod apply;
mod asked;
mod cells;
mod change;
mod columns;
mod filled;
mod forms;
mod history;
mod merge;
mod room;
mod shift;
mod surroundings;

pub use apply::apply;
pub use asked::{Asked, AskedField, Way};
pub use change::{Change, Edited, Place, Refusal, Texts};
pub use filled::{Given, GivenPicture, begun};
pub use history::{History, Step};
pub use merge::{Merged, merge};
pub use room::{Level, OwnField, levels, notes, whole};
pub use shift::Shift;
