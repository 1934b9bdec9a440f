//! Files of office programs: the bytes of a workbook or document, as what a person sees in it.

mod colour;
pub mod container;
pub mod document;
mod ended;
mod formula;
mod number_format;
pub mod ods;
mod pack;
pub mod sheet;
mod sweep;
mod tags;
mod text;
pub mod workbook;
mod xlsx;
mod xml;
