//! Changes reports from the browser: what can be pointed at, and what is asked of it.
//!
//! Only a preview that was begun with `--edit` has this part. [`known`] learns from every edition which places there are,
//! [`session`] changes the texts at these places and nothing else, and [`routes`] lets in who may ask for it. [`room`]
//! says what a place stands in and what can be added there. [`pictures`] takes in picture files, and [`paste`] writes nothing:
//! it says what a copied text is in Markdown.

mod confirm;
mod known;
pub mod messages;
mod paste;
mod pictures;
mod read;
mod room;
pub mod routes;
mod session;

pub use messages::EditState;
pub use session::Session;
