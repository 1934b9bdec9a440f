//! Tally: annual reports whose figures add up.
//!
//! Data flows one way: [`source`] reads a content folder, [`model`] makes typed values of it, [`fact`] gives every
//! figure an address, [`check`] looks for what is wrong, [`view`] says what is printed, [`render`] writes pages and
//! Typst, [`compile`] makes the PDF, [`readback`] reads the figures out of both again, [`publish`] writes the output.
//! [`wording`] has the words that Tally prints itself, in each language. [`import`] takes figures from workbooks, which
//! [`office`] reads.
//! [`build`] is that pipeline, and [`preview`] runs it after every change; [`mutate`] tells how much the checks would notice, [`bind`]
//! which figures the numbers of a text are, and [`due`] what is still as last year; [`transcript`] is what an edition says,
//! [`places`] finds where what is seen was written, [`edit`] writes what is changed where it is read, [`begin`] makes the first one and the next, and [`schema`] tells editors what files take. ARCHITECTURE.md tells the rest.

pub mod begin;
pub mod bind;
pub mod build;
pub mod check;
pub mod compare;
pub mod compile;
mod contrast;
pub mod diagnostic;
mod dom;
pub mod due;
pub mod edit;
pub mod fact;
pub mod fragment;
mod hold;
pub mod import;
mod letters;
mod lines;
pub mod manuscript;
pub mod markdown;
pub mod model;
pub mod mutate;
pub mod office;
mod patience;
pub mod picture;
pub mod places;
pub mod preview;
pub mod publish;
pub mod readback;
pub mod render;
pub mod schema;
pub mod source;
pub mod spreadsheet;
pub mod transcript;
mod typeface;
pub mod view;
pub mod wording;

pub mod yaml;
