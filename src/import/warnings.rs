//! What may be wrong with figures although they can be taken: told once where it is the same for many.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cell::Given;
use super::columns::Column;
use super::layout::Layout;
use super::lines::Line;
use super::listing::{Delivered, Source};
use super::number::Behind;
use super::place::{Placed, column_name, shown};
use super::recalculated::other_result;
use super::template::is_beside;
use crate::diagnostic::{Code, Diagnostic, Findings, Span, counted};
use crate::model::{Digits, Import, TakenRecord, TakenRows};
use crate::office::sheet::{Cell, Shown, Workbook};

/// Of more cells than these the first are named.
const MOST_NAMED: usize = 5;

/// Doubts about the cells of one import.
#[derive(Debug, Default)]
pub struct Doubts {
    /// By sheet and column: how many figures are stored otherwise than they are shown, and the largest difference.
    rounded: BTreeMap<(String, u32), Rounded>,
    /// Cells by what may be wrong with them.
    cells: BTreeMap<Doubt, Vec<String>>,
    /// Columns that nobody takes.
    columns: Vec<(String, Span)>,
}

#[derive(Debug)]
struct Rounded {
    count: usize,
    largest: Decimal,
    heading: String,
    asked: Span,
}

/// What may be wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    IsText,
    StruckThrough,
    FromElsewhere,
    ChangesByItself,
    FromRegion,
    NotFollowed,
    NobodyTakes,
}

impl Doubt {
    /// What is said of such cells, and what can be done.
    fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::IsText => ("a number stored as a text", "it was read as it stands; in the workbook no sum counts it"),
            Self::StruckThrough => ("struck through", "ask its sender whether it still holds"),
            Self::FromElsewhere => {
                ("calculated from another workbook", "ask its sender whether that was at hand when it was saved")
            }
            Self::ChangesByItself => (
                "calculated by what changes by itself (`TODAY`, `RAND`, `OFFSET`, `INDIRECT`)",
                "it may say something else tomorrow",
            ),
            Self::FromRegion => (
                "shown with a currency of the machine's own settings",
                "another machine would show another currency: look whether it is the one that is meant",
            ),
            Self::NotFollowed => (
                "not what its formula comes to",
                "open the workbook, calculate it (F9) and save it, or ask its sender who typed over it",
            ),
            Self::NobodyTakes => (
                "filled where the content has no such figure",
                "it is not taken: is a column missing in the data file?",
            ),
        }
    }
}

impl Doubts {
    /// Notes what may be wrong with a cell that gave a figure.
    pub(super) fn of_cell(&mut self, source: &Source, cell: Option<&Cell>, given: &Given, import: &Import) {
        let Some(cell) = cell else { return };
        let named = || format!("{}!{}", source.sheet.name, Placed::of(source.at));
        let formula = cell.formula.as_ref();
        let is_from_region = matches!(cell.shown, Shown::Number { from_region: true, .. });
        let doubts = [
            (given.is_text && !is_text_file(import), Doubt::IsText),
            (cell.struck_through, Doubt::StruckThrough),
            (formula.is_some_and(|formula| formula.from_elsewhere), Doubt::FromElsewhere),
            (formula.is_some_and(|formula| formula.changes_by_itself), Doubt::ChangesByItself),
            (is_from_region, Doubt::FromRegion),
        ];
        for (_, doubt) in doubts.into_iter().filter(|(holds, _)| *holds) {
            self.cells.entry(doubt).or_default().push(named());
        }
        if let Some(result) = other_result(source.sheet, cell) {
            let said = format!("{} ({result}, and {} is stored)", named(), cell.stored);
            self.cells.entry(Doubt::NotFollowed).or_default().push(said);
        }
        if let (Shown::Number { text, .. }, Digits::Shown) = (&cell.shown, import.digits) {
            self.rounded(source, text, &cell.stored);
        }
    }

    /// Notes that less is shown than is stored.
    fn rounded(&mut self, source: &Source, text: &str, stored: &str) {
        let difference = Behind::of(text, stored).map(Behind::difference).filter(|difference| !difference.is_zero());
        let Some(difference) = difference else { return };
        let new =
            || Rounded { count: 0, largest: Decimal::ZERO, heading: source.headings.to_owned(), asked: source.asked };
        let rounded = self.rounded.entry((source.sheet.name.clone(), source.at.column)).or_insert_with(new);
        rounded.count += 1;
        rounded.largest = rounded.largest.max(difference);
    }

    /// Notes a cell that holds something for which the row has no figure.
    pub(super) fn nobody_takes(&mut self, source: &Source, line: &Line, ending: &str, import: &Import) {
        let text = source.sheet.cells.get(&source.at).and_then(shown);
        let says_something =
            text.is_some_and(|text| !text.trim().is_empty() && import.reads.get(text.trim()).is_none());
        if says_something {
            let named = format!("{}!{} (`{}` has no {ending})", source.sheet.name, Placed::of(source.at), line.id);
            self.cells.entry(Doubt::NobodyTakes).or_default().push(named);
        }
    }

    /// Notes columns of the block that are neither taken nor name the rows.
    pub(super) fn columns_nobody_takes(&mut self, layout: &Layout, rows: &TakenRows, columns: &[Column], file: &str) {
        let by = layout.column(&rows.names.by.value, rows.names.by.at, file).ok();
        let is_used = |column: u32| by == Some(column) || columns.iter().any(|one| one.column == column);
        let unused = layout.headings.iter().filter(|heading| !is_used(heading.column) && !is_beside(&heading.text));
        let names: Vec<String> = unused.map(|heading| format!("“{}”", heading.text)).collect();
        if !names.is_empty() {
            self.columns.push((
                format!("{}: {}", layout.sheet.name, first_of(names)),
                rows.take.0.first().map_or(rows.into.at, |(name, _)| name.at),
            ));
        }
    }

    /// Tells all of it.
    pub(super) fn tell(self, import: &Import, book: &Workbook, findings: &mut Findings) {
        let file = &import.workbook.value;
        let warn = |at: Span, message: String, help: &str| {
            Diagnostic::warning(Code::ImportDoubtful, at, message).help(help.to_owned())
        };
        if book.computed_by_hand {
            let message =
                format!("{file} is calculated only when somebody asks for it, so that what it shows may be old");
            findings.push(warn(import.workbook.at, message, "open it, calculate it (F9) and save it"));
        }
        for ((sheet, column), Rounded { count, largest, heading, asked }) in self.rounded {
            let message = format!(
                "{file}, {sheet}, column {} (“{heading}”): {} with more digits than {} shown; the largest difference is {largest}",
                column_name(column),
                counted(count, "figure is stored", "figures are stored"),
                if count == 1 { "is" } else { "are" },
            );
            findings.push(warn(
                asked,
                message,
                "they are taken as they are shown; `digits: 2` or `digits: stored` takes more",
            ));
        }
        for (doubt, cells) in self.cells {
            let (what, help) = doubt.said();
            let count = counted(cells.len(), "cell is", "cells are");
            findings.push(warn(import.workbook.at, format!("{file}: {count} {what}: {}", first_of(cells)), help));
        }
        for (columns, at) in self.columns {
            findings.push(warn(
                at,
                format!("{file}, {columns}: nobody takes these columns"),
                "add them under `take`, if they hold figures of the report",
            ));
        }
    }
}

/// Tells of a workbook that is older than the one that was taken last, or comes from somebody else.
pub fn of_another(taken: &TakenRecord, import: &Import, delivered: &Delivered, findings: &mut Findings) {
    let Ok(book) = &delivered.book else { return };
    let of_import = taken.figures.values().filter(|one| one.import == import.id.value.as_str());
    let Some(last) = of_import.max_by_key(|one| day_and_time(&one.saved_at)) else { return };
    if last.sha256 == delivered.sha256 {
        return;
    }
    let file = &import.workbook.value;
    let warn = |message: String, help: &str| {
        Diagnostic::warning(Code::ImportDoubtful, import.workbook.at, message).help(help.to_owned())
    };
    let saved_at = book.saved_at.as_deref().unwrap_or_default();
    if !saved_at.is_empty() && day_and_time(saved_at) < day_and_time(&last.saved_at) {
        findings.push(warn(
            format!(
                "{file} was saved at {}, before the one that was taken last, {}",
                day_and_time(saved_at),
                day_and_time(&last.saved_at)
            ),
            "ask its sender which of the two is the newer one",
        ));
    }
    let saved_by = book.saved_by.as_deref().unwrap_or_default();
    if !saved_by.is_empty() && !last.saved_by.is_empty() && saved_by != last.saved_by {
        findings.push(warn(
            format!("{file} was saved by {saved_by}, and the one that was taken last by {}", last.saved_by),
            "look whether it comes from those who answer for these figures",
        ));
    }
}

/// Tells of sheets that stood in another place when figures were taken from them last.
pub fn of_moved_sheets(taken: &TakenRecord, import: &Import, book: &Workbook, findings: &mut Findings) {
    let figures = taken.figures.values().filter(|one| one.import == import.id.value.as_str());
    let known: BTreeMap<&str, &str> = figures
        .map(|one| (one.sheet.as_str(), one.sheet_number.as_str()))
        .filter(|(_, number)| !number.is_empty())
        .collect();
    for (name, before) in known {
        let now = book.sheets.iter().position(|sheet| sheet.name == name).map(|place| (place + 1).to_string());
        if let Some(now) = now.filter(|now| now != before) {
            let message = format!(
                "{}: the sheet {name} is now sheet {now}, and was sheet {before} when it was taken last",
                import.workbook.value
            );
            findings
                .push(Diagnostic::warning(Code::ImportDoubtful, import.workbook.at, message).help(
                    "look whether sheets were added or exchanged, and whether it is still the one that is meant",
                ));
        }
    }
}

/// `2017-05-05T09:12:00`, without parts of a second.
fn day_and_time(saved_at: &str) -> &str {
    saved_at.get(..19).unwrap_or(saved_at)
}

/// Whether all that a workbook has is text.
fn is_text_file(import: &Import) -> bool {
    let name = import.workbook.value.to_lowercase();
    [".csv", ".tsv", ".txt", ".tab"].iter().any(|ending| name.ends_with(ending))
}

/// The first of some, and how many more there are.
pub fn first_of(mut all: Vec<String>) -> String {
    let more = all.len().saturating_sub(MOST_NAMED);
    all.truncate(MOST_NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    all.join(", ") + &rest
}
