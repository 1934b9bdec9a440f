//! Takes figures from workbooks into the content.
//!
//! In: the content, the workbooks that its `imports.yaml` names, and what that says of them. Out: a [`Listing`] of every figure
//! that would change, the new texts, and what the checks would say of these. The steps: [`layout`] finds the block of cells and
//! the headings of its columns, [`columns`] and [`pairing`] find which of them is which figure, by what they say and never by
//! number; [`cell`] reads what a cell gives and [`units`] whether it counts what it goes to, [`listing`] puts it together,
//! [`edit`] and [`added`] make the new texts, and [`foresee`] has them checked. [`look`] proposes what `imports.yaml` could say.
//! Nothing is written here.

mod added;
mod alike;
mod cell;
mod columns;
mod edit;
mod foresee;
mod layout;
mod lines;
mod listing;
mod look;
mod number;
mod pairing;
mod place;
mod recalculated;
mod single;
mod template;
mod total;
mod units;
mod warnings;

pub use added::{List, with_rows};
pub use edit::{Edit, edited};
pub use foresee::{Foreseen, New, foresee};
pub use listing::{Change, Delivered, ListedFigure, Listing, NewRow, list};
pub use look::{Proposal, contents, propose};
pub use template::{Template, template};
