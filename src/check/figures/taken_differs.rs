//! taken-differs: a figure is no longer what was taken from a workbook.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fact::{FactId, Origin, Quantity};
use crate::model::values::{Figure, Unit};
use crate::model::{Report, TakenFigure, without_notes};
use crate::yaml::Parse;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for report in subject.project.reports.iter().filter(|report| report.is_first_of_folder()) {
        // A control total is no figure, and is held against the figures themselves.
        for taken in report.statements.taken.figures.values().filter(|taken| !taken.is_control_total()) {
            look_at(subject, audit, report, taken);
        }
    }
}

fn look_at(subject: &Subject, audit: &mut Audit, report: &Report, taken: &TakenFigure) {
    let fact = subject.facts.find(&report.id, &taken.address);
    let Some(fact) = fact.filter(|fact| matches!(subject.facts.get(*fact).origin, Origin::Typed(_))) else {
        // What says that there is no figure has no address.
        if subject.facts.whole && !is_absent(&taken.written) {
            audit.push(gone(subject, report, taken));
        }
        return;
    };
    audit.covers(Code::TakenDiffers, &[fact]);
    let typed = typed(subject, fact);
    let unit = subject.facts.quantity(fact).map_or(Unit::Number, |quantity| quantity.unit);
    if is_same(&typed, &taken.written, unit) {
        return;
    }
    let TakenFigure { address, workbook, sheet, cell, written, .. } = taken;
    let message = format!("{address} is {typed}, and {written} was taken from {workbook}, {sheet}!{cell}");
    audit.push(audit.error(Code::TakenDiffers, &[fact], message).help(
        "`tally import` puts it right; if it is mended by hand, name it under `keep` in imports.yaml, with the reason, and import again",
    ));
}

/// A figure that was taken and is not there.
fn gone(subject: &Subject, report: &Report, taken: &TakenFigure) -> Diagnostic {
    let imports = subject.tree.texts.get(&format!("{}/imports.yaml", report.folder));
    let at = imports.map_or(report.head.title.at, |file| Span::new(*file, 0..0));
    let TakenFigure { address, workbook, sheet, cell, written, .. } = taken;
    let message =
        format!("there is no figure {address}, and {written} was taken for it from {workbook}, {sheet}!{cell}");
    Diagnostic::error(Code::TakenDiffers, at, message)
        .help("if its row was renamed or removed on purpose, take its line out of taken.csv, or import again")
}

/// What stands in the content, without quotation marks and notes.
fn typed(subject: &Subject, fact: FactId) -> String {
    let sources = &subject.tree.sources;
    let at = subject.facts.get(fact).at;
    let typed = &sources.file(at.file).text[sources.range(at)];
    let bare = ['"', '\''].into_iter().find_map(|mark| typed.strip_prefix(mark)?.strip_suffix(mark));
    without_notes(bare.unwrap_or(typed))
}

/// Whether two figures of a unit say the same, however they are typed.
fn is_same(one: &str, other: &str, unit: Unit) -> bool {
    let quantity = |text: &str| Figure::parse_in(text, unit).ok().and_then(Quantity::of_figure);
    one == other || quantity(one).is_some_and(|own| quantity(other) == Some(own))
}

fn is_absent(text: &str) -> bool {
    Figure::parse(text).is_ok_and(Figure::is_absent)
}
