//! Cells that go into control totals: a sum that the supplier made, against which the checks hold the figures that were taken.

use rust_decimal::Decimal;

use super::cell::{self, Given, NotGiven};
use super::lines::{Says, Slot};
use super::listing::{Lister, Source};
use super::single::{found, left_of};
use super::units;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::values::number::show_number;
use crate::model::values::{Amount, Figure, Unit};
use crate::model::{ControlTotal, TakenFigure};
use crate::yaml::Text;

/// Lists the control totals of an import.
pub(super) fn totals_of(lister: &mut Lister) {
    for (patterns, wanted) in &lister.import.totals {
        let total = control_total(lister, patterns);
        let place = found(lister.book, wanted, &lister.import.workbook.value);
        let (total, (sheet, at)) = match (total, place) {
            (Ok(total), Ok(place)) => (total, place),
            (total, place) => {
                lister.listing.findings.extend([total.err(), place.err()].into_iter().flatten().map(|fault| *fault));
                continue;
            }
        };
        let row = left_of(sheet, at).map(|(_, text)| text).unwrap_or_default();
        let source = Source { sheet, at, headings: "", row: &row, asked: wanted.cell.at, unit: None };
        let cell = sheet.cells.get(&at);
        if let Some(fault) = lister.hidden(&source, cell) {
            lister.listing.findings.push(fault);
            continue;
        }
        let slot = slot(total, patterns);
        match cell::read(cell, lister.import, &open(&slot), units::Says { heading: "", unit: None }).and_then(plain) {
            Ok(given) => lister.give(&source, cell, &slot, &given, None),
            Err(NotGiven { why, help }) => {
                let message = format!("{} {why} ({})", lister.named(&source), slot.address);
                lister.listing.findings.push(Diagnostic::error(Code::ImportRefused, source.asked, message).help(help));
            }
        }
    }
}

/// The control total of the report's checks file that is of these patterns.
fn control_total<'a>(lister: &Lister<'a>, patterns: &Text) -> Result<&'a ControlTotal, Box<Diagnostic>> {
    let all = || lister.report.statements.checks.iter().flat_map(|file| file.control_totals.iter().flatten());
    let total = all().find(|total| called(total) == patterns.value);
    total.ok_or_else(|| {
        let message = format!("the report has no control total of `{}`", patterns.value);
        let known: Vec<String> = all().map(called).collect();
        let finding = Diagnostic::error(Code::UnknownReference, patterns.at, message);
        let finding = finding.did_you_mean(&patterns.value, known.iter().map(String::as_str));
        Box::new(finding.help(format!(
            "add to checks.yaml, under `control-totals`: {{of: \"{}\", is: 0, source: {}}}",
            patterns.value, lister.import.source.value
        )))
    })
}

/// A control total by its patterns, with commas between them.
fn called(total: &ControlTotal) -> String {
    total.of.0.iter().map(|pattern| pattern.value.as_str()).collect::<Vec<_>>().join(", ")
}

fn slot(total: &ControlTotal, patterns: &Text) -> Slot {
    Slot {
        ending: String::new(),
        period: None,
        address: format!("{}{}", TakenFigure::CONTROL_TOTAL, patterns.value),
        at: total.is.at,
        says: Says::Figure(number(total.is.value.0)),
        bare: Unit::Number,
        size: Decimal::ONE,
    }
}

fn number(number: Decimal) -> Figure {
    Figure::exact(Amount::new(number, Unit::Number))
}

/// The place as one for a figure of any unit: a control total is the sum of the plain numbers.
fn open(slot: &Slot) -> Slot {
    Slot { says: Says::Figure(Figure::NO_DATA), ..slot.clone() }
}

/// The plain number of what a cell gives, in full.
fn plain(given: Given) -> Result<Given, NotGiven> {
    let amount = match &given.says {
        Says::Figure(figure) => figure.amount(),
        Says::Day(_) | Says::Words(_) => None,
    };
    let full = amount.map(Amount::in_full).ok_or_else(|| NotGiven {
        why: format!("says {}, which is no sum", given.typed),
        help: "name the cell in which the supplier adds up the figures".to_owned(),
    })?;
    Ok(Given { typed: show_number(full.normalize()), says: Says::Figure(number(full)), is_text: given.is_text })
}
