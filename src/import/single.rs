//! Cells that go into single facts: each by its name or place, with what must stand beside it.

use rust_decimal::Decimal;

use super::alike::alike;
use super::layout::single_spaced;
use super::lines::{Says, Slot};
use super::listing::{Lister, Source};
use super::place::{Placed, position, shown};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::values::Unit;
use crate::model::{FactCell, SingleFact, SingleFactValue};
use crate::office::sheet::{Position, Sheet, Workbook};
use crate::yaml::Text;

/// Lists the single facts of an import.
pub(super) fn facts_of(lister: &mut Lister) {
    for (id, cell) in &lister.import.facts {
        let slot = match slot(lister, id) {
            Ok(slot) => slot,
            Err(fault) => {
                lister.listing.findings.push(*fault);
                continue;
            }
        };
        match found(lister.book, cell, &lister.import.workbook.value) {
            Ok((sheet, at)) => {
                let row = left_of(sheet, at).map(|(_, text)| text).unwrap_or_default();
                lister.figure(&Source { sheet, at, headings: "", row: &row, asked: cell.cell.at, unit: None }, &slot);
            }
            Err(fault) => lister.listing.findings.push(*fault),
        }
    }
}

/// The fact of that id in the report's own facts.yaml.
fn slot(lister: &Lister, id: &Text) -> Result<Slot, Box<Diagnostic>> {
    let all = || lister.report.statements.facts.iter().flat_map(|file| file.facts.iter().flatten());
    let fact = all().find(|fact| fact.id.value.as_str() == id.value).ok_or_else(|| {
        Diagnostic::error(Code::UnknownReference, id.at, format!("the report has no fact `{}`", id.value))
            .did_you_mean(&id.value, all().map(|fact| fact.id.value.as_str()))
            .help("facts stand in facts.yaml in the same folder")
    })?;
    place_of(fact).ok_or_else(|| {
        let message = format!("`{}` has no figure or day that could be taken from a cell", id.value);
        let finding = Diagnostic::error(Code::WrongValue, id.at, message);
        Box::new(finding.help("it is computed, or a financial year: remove the line"))
    })
}

fn place_of(fact: &SingleFact) -> Option<Slot> {
    let value = fact.value.as_ref()?;
    let says = match value.value {
        SingleFactValue::Figure(figure) => Says::Figure(figure),
        SingleFactValue::Day(day) => Says::Day(day),
        SingleFactValue::FinancialYear(_) => return None,
    };
    let address = format!("facts.{}", fact.id.value);
    Some(Slot {
        ending: String::new(),
        period: None,
        address,
        at: value.at,
        says,
        bare: Unit::Number,
        size: Decimal::ONE,
    })
}

/// The cell that is meant, as long as what stands beside it says so.
pub(super) fn found<'w>(
    book: &'w Workbook,
    cell: &FactCell,
    file: &str,
) -> Result<(&'w Sheet, Position), Box<Diagnostic>> {
    let (sheet, at) = named(book, &cell.cell, file)?;
    let Some(beside) = &cell.beside else { return Ok((sheet, at)) };
    match left_of(sheet, at) {
        Some((_, text)) if alike(&text) == alike(&beside.value) => Ok((sheet, at)),
        other => {
            let place = format!("{file}, {}!{}", sheet.name, Placed::of(at));
            let message = match other {
                Some((_, text)) => format!("“{text}” stands beside {place}, and not “{}”", beside.value),
                None => format!("nothing stands beside {place}, where “{}” should stand", beside.value),
            };
            let finding = Diagnostic::error(Code::ImportRefused, beside.at, message);
            Err(Box::new(match elsewhere(sheet, &beside.value) {
                Some(cell) => finding.help(format!("it stands in {cell} now: mend `at`, if the figure moved along")),
                None => finding.help("look where the figure stands now, and mend `at`"),
            }))
        }
    }
}

/// `VacancyRate`, or `Workforce!C12`.
fn named<'w>(book: &'w Workbook, at: &Text, file: &str) -> Result<(&'w Sheet, Position), Box<Diagnostic>> {
    let refuse = |message: String| Diagnostic::error(Code::ImportRefused, at.at, message);
    if let Some((sheet, cell)) = at.value.rsplit_once('!') {
        let name = sheet.trim_matches('\'');
        let sheets = || book.sheets.iter().map(|sheet| sheet.name.as_str());
        let sheet = book.sheets.iter().find(|sheet| sheet.name == name).ok_or_else(|| {
            refuse(format!("{file} has no sheet “{name}”"))
                .did_you_mean(name, sheets())
                .help(format!("its sheets are {}", sheets().collect::<Vec<_>>().join(", ")))
        })?;
        let at = position(cell).ok_or_else(|| {
            refuse(format!("`{cell}` is no cell")).help("a cell is named by its column and row: Workforce!C12")
        })?;
        return Ok((sheet, at));
    }
    let found: Vec<_> = book.names.iter().filter(|one| one.name.eq_ignore_ascii_case(&at.value)).collect();
    let names = || book.names.iter().map(|one| one.name.as_str());
    let finding = match found[..] {
        [one] if one.block.first == one.block.last => match book.sheets.iter().find(|sheet| sheet.name == one.sheet) {
            Some(sheet) => return Ok((sheet, one.block.first)),
            None => refuse(format!("the name {} of {file} leads to no sheet", at.value)),
        },
        [one] => refuse(format!("the name {} of {file} is a block of several cells", one.name))
            .help("name one cell: Workforce!C12"),
        [] => refuse(format!("{file} has no name “{}”", at.value))
            .did_you_mean(&at.value, names())
            .help("a cell without a name is named by its sheet, column and row: Workforce!C12"),
        _ => refuse(format!("{file} has the name {} on more than one sheet", at.value))
            .help("name the cell by its sheet, column and row"),
    };
    Err(Box::new(finding))
}

/// The nearest cell to the left that says something.
pub(super) fn left_of(sheet: &Sheet, at: Position) -> Option<(Position, String)> {
    let row = Position { row: at.row, column: 0 }..at;
    let said = sheet.cells.range(row).rev().filter_map(|(at, cell)| Some((*at, single_spaced(&shown(cell)?))));
    said.into_iter().find(|(_, text)| !text.is_empty())
}

/// The cell that says it.
fn elsewhere(sheet: &Sheet, text: &str) -> Option<Placed> {
    let wanted = alike(text);
    sheet
        .cells
        .iter()
        .find(|(_, cell)| shown(cell).is_some_and(|text| alike(&text) == wanted))
        .map(|(at, _)| Placed::of(*at))
}
