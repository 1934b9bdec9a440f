//! Rules over structure, texts and pictures.

mod abbreviations;
mod addresses;
mod alternatives;
mod charts;
mod glyphs;
mod headings;
mod imports;
mod key_figures;
mod links;
mod lists;
mod marks;
mod names;
mod notes;
mod periods;
mod plans;
mod references;
mod script;
mod standfirsts;
mod statement;
mod translations;
mod widths;

use typst::text::Font;

use super::{Subject, parts, passages_by_report, quoted};
use crate::diagnostic::Findings;

const RULES: &[fn(&Subject, &mut Findings)] = &[
    abbreviations::check,
    addresses::check,
    alternatives::check,
    charts::check,
    headings::check,
    imports::check,
    key_figures::check,
    links::check,
    lists::check,
    marks::check,
    names::check,
    notes::check,
    periods::check,
    plans::check,
    references::check,
    standfirsts::check,
    statement::check,
    translations::check,
    widths::check,
];

pub fn check(subject: &Subject, fonts: &[Font], findings: &mut Findings) {
    check_without_fonts(subject, findings);
    glyphs::check(subject, fonts, findings);
}

/// Runs the rules that look at no font.
pub fn check_without_fonts(subject: &Subject, findings: &mut Findings) {
    RULES.iter().for_each(|rule| rule(subject, findings));
}
