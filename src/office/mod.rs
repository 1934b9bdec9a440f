//! Files of office programs: the bytes of a workbook or document, as what a person sees in it.

pub mod container;
pub mod document;
pub mod sheet;
