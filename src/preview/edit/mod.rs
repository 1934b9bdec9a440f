//! Changes reports from the browser: what can be pointed at, and what is asked of it.
//!
//! Only a preview that was begun with `--edit` has this part. [`known`] learns from every edition which places there are,
//! [`session`] changes the texts at these places and nothing else, and [`routes`] lets in who may ask for it.

mod known;
pub mod messages;
pub mod routes;
mod session;

pub use messages::EditState;
pub use session::Session;
