//! Documents as Markdown, and Markdown as documents.

mod escape;
mod inlines;
mod read;
mod write;

pub use read::{placed, read};
pub use write::{Manner, write};
