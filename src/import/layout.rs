//! Where the rows of an import stand in a workbook: its sheet, what its columns are headed with, and the rows below.

use std::ops::RangeInclusive;

use super::alike::{alike, near};
use super::place::{Placed, column_name, shown};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{HeadingRows, Place, TakenRows};
use crate::office::sheet::{Block, Cell, DefinedName, Position, Sheet, Visibility, Workbook};
use crate::yaml::Text;

/// The part of a sheet that is taken.
#[derive(Debug)]
pub struct Layout<'w> {
    pub sheet: &'w Sheet,
    /// Each column with its headings, from the top, with strokes between them; those without any are left out.
    pub headings: Vec<Heading>,
    /// The rows below the headings, counted from 0.
    pub body: RangeInclusive<u32>,
    /// The rows of the headings, as they are shown.
    heading_rows: String,
}

/// The headings of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub column: u32,
    pub text: String,
}

impl<'w> Layout<'w> {
    /// Finds the place that an import names; the finding says why there is none.
    pub fn of(book: &'w Workbook, file: &str, rows: &TakenRows, hidden: bool) -> Result<Self, Box<Diagnostic>> {
        let (sheet, block, headings, at) = match &rows.place {
            Place::Sheet(name, headings) => {
                let at = name.as_ref().map_or(headings.at, |name| name.at);
                let wanted = rows.take.0.iter().map(|(_, heading)| heading.value.as_str());
                let wanted: Vec<&str> =
                    wanted.chain([rows.names.by.value.as_str()]).filter(|heading| !heading.contains('*')).collect();
                let sheet = sheet_named(book, file, name.as_ref(), at, (headings.value, &wanted))?;
                (sheet, whole(sheet), Some(headings), at)
            }
            Place::Table(name, headings) => {
                let tables = book.sheets.iter().flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet, table)));
                let known = tables.map(|(sheet, (own, block))| (own.as_str(), sheet, *block)).collect();
                let (sheet, block) = one_named(known, name, file, "table")?;
                (sheet, block, headings.as_ref(), name.at)
            }
            Place::Name(name, headings) => {
                let of = |named: &'w DefinedName| {
                    let sheet = book.sheets.iter().find(|sheet| sheet.name == named.sheet)?;
                    Some((named.name.as_str(), sheet, named.block))
                };
                let (sheet, block) = one_named(book.names.iter().filter_map(of).collect(), name, file, "name")?;
                (sheet, block, headings.as_ref(), name.at)
            }
        };
        let refuse = |message: String, help: &str| {
            Box::new(Diagnostic::error(Code::ImportRefused, at, message).help(help.to_owned()))
        };
        if sheet.is_chart {
            let message = format!("the sheet {} of {file} is a chart, which has no cells", sheet.name);
            return Err(refuse(message, "name the sheet that the chart is drawn of"));
        }
        if sheet.visibility != Visibility::Visible && !hidden {
            let message = format!("the sheet {} of {file} is hidden", sheet.name);
            return Err(refuse(
                message,
                "ask its sender whether it is meant; to take it all the same, add `hidden: taken`",
            ));
        }
        let rows =
            headings.map_or((block.first.row, block.first.row), |rows| (rows.value.first - 1, rows.value.last - 1));
        if rows.1 >= block.last.row || sheet.cells.is_empty() {
            let message = format!("{file}, {}: nothing stands below the headings in row {}", sheet.name, rows.1 + 1);
            return Err(refuse(message, "look where the headings stand now, and mend `headings`"));
        }
        let heading_rows = if rows.0 == rows.1 {
            format!("row {}", rows.0 + 1)
        } else {
            format!("rows {} to {}", rows.0 + 1, rows.1 + 1)
        };
        Ok(Self { sheet, headings: headings_of(sheet, block, rows), body: rows.1 + 1..=block.last.row, heading_rows })
    }

    /// The column of that heading; the finding says that there is none, or more than one.
    pub fn column(&self, heading: &str, named: Span, file: &str) -> Result<u32, Box<Diagnostic>> {
        let wanted = alike(heading);
        let found: Vec<&Heading> = self.headings.iter().filter(|one| alike(&one.text) == wanted).collect();
        let place = format!("{file}, {}, {}", self.sheet.name, self.heading_rows);
        match found[..] {
            [one] => Ok(one.column),
            [] => {
                let finding = Diagnostic::error(
                    Code::ImportRefused,
                    named,
                    format!("no column is headed “{heading}” in {place}"),
                );
                let elsewhere = self.elsewhere(heading);
                let near = near(heading, self.headings.iter().map(|one| one.text.as_str()));
                Err(Box::new(match (elsewhere, near) {
                    (Some(cell), _) => finding.help(format!("it stands in {cell}: were rows put in? mend `headings`")),
                    (None, Some(near)) => finding.help(format!("is it “{near}” now?")),
                    (None, None) => finding.help(format!("the headings are {}", listed(&self.headings))),
                }))
            }
            [one, other, ..] => {
                let (one, other) = (column_name(one.column), column_name(other.column));
                let message = format!("two columns are headed “{heading}” in {place}: {one} and {other}");
                Err(Box::new(
                    Diagnostic::error(Code::ImportRefused, named, message)
                        .help("one of them must be called otherwise: which is meant, only its sender knows"),
                ))
            }
        }
    }

    /// A cell outside the rows of headings that says the last part of a heading.
    fn elsewhere(&self, heading: &str) -> Option<Placed> {
        let wanted = alike(heading.rsplit(" / ").next().unwrap_or(heading));
        let says = |(_, cell): &(&Position, &Cell)| shown(cell).is_some_and(|text| alike(&text) == wanted);
        self.sheet.cells.iter().find(says).map(|(at, _)| Placed::of(*at))
    }
}

/// The first headings, for a message.
fn listed(headings: &[Heading]) -> String {
    const MOST: usize = 20;
    let mut texts: Vec<String> = headings.iter().take(MOST).map(|one| format!("“{}”", one.text)).collect();
    if headings.len() > MOST {
        texts.push("…".to_owned());
    }
    texts.join(", ")
}

/// The one sheet that has all of some headings in their rows. Last year's sheet has them, too, so that it is offered alone.
fn renamed<'w>(sheets: &'w [Sheet], (rows, headings): (HeadingRows, &[&str])) -> Option<&'w Sheet> {
    let has_all = |sheet: &&Sheet| {
        let found = headings_of(sheet, whole(sheet), (rows.first - 1, rows.last - 1));
        !headings.is_empty() && headings.iter().all(|one| found.iter().any(|other| alike(&other.text) == alike(one)))
    };
    let mut all = sheets.iter().filter(has_all);
    all.next().filter(|_| all.next().is_none())
}

fn sheet_named<'w>(
    book: &'w Workbook,
    file: &str,
    name: Option<&Text>,
    at: Span,
    wanted: (HeadingRows, &[&str]),
) -> Result<&'w Sheet, Box<Diagnostic>> {
    let names = || book.sheets.iter().map(|sheet| sheet.name.as_str());
    let known = || format!("its sheets are {}", names().collect::<Vec<_>>().join(", "));
    match (name, &book.sheets[..]) {
        (None, [one]) => Ok(one),
        (None, _) => {
            let message = format!("{file} has several sheets, and none is named");
            Err(Box::new(
                Diagnostic::error(Code::ImportRefused, at, message).help(format!("add `sheet: …`; {}", known())),
            ))
        }
        (Some(name), sheets) => sheets.iter().find(|sheet| sheet.name.trim() == name.value).ok_or_else(|| {
            let finding = Diagnostic::error(Code::ImportRefused, at, format!("{file} has no sheet “{}”", name.value));
            Box::new(match renamed(sheets, wanted) {
                Some(sheet) => finding.help(format!(
                    "“{0}” has the same headings: if it was renamed, write `sheet: {0}`, else ask its sender for the right workbook",
                    sheet.name
                )),
                None => finding.did_you_mean(&name.value, names()).help(known()),
            })
        }),
    }
}

/// The one block of that name.
fn one_named<'w>(
    known: Vec<(&'w str, &'w Sheet, Block)>,
    name: &Text,
    file: &str,
    what: &str,
) -> Result<(&'w Sheet, Block), Box<Diagnostic>> {
    let found: Vec<_> = known.iter().filter(|(own, ..)| own.eq_ignore_ascii_case(&name.value)).collect();
    match found[..] {
        [(_, sheet, block)] => Ok((sheet, *block)),
        [] => {
            let names: Vec<&str> = known.iter().map(|(own, ..)| *own).collect();
            let finding =
                Diagnostic::error(Code::ImportRefused, name.at, format!("{file} has no {what} “{}”", name.value));
            let finding = finding.did_you_mean(&name.value, names.iter().copied());
            Err(Box::new(match names.is_empty() {
                true => finding.help(format!("it has no {what}s at all: name a sheet")),
                false => finding.help(format!("its {what}s are {}", names.join(", "))),
            }))
        }
        _ => {
            let message = format!("{file} has the {what} “{}” on more than one sheet", name.value);
            Err(Box::new(
                Diagnostic::error(Code::ImportRefused, name.at, message)
                    .help("name the sheet and its headings instead"),
            ))
        }
    }
}

/// From the first cell of a sheet that holds something to the last.
pub fn whole(sheet: &Sheet) -> Block {
    let all = || sheet.cells.keys();
    let columns = (all().map(|at| at.column).min().unwrap_or(0), all().map(|at| at.column).max().unwrap_or(0));
    let rows = (all().map(|at| at.row).min().unwrap_or(0), all().map(|at| at.row).max().unwrap_or(0));
    Block { first: Position { row: rows.0, column: columns.0 }, last: Position { row: rows.1, column: columns.1 } }
}

/// The headings of the columns of a block, from the first of these rows to the last.
pub fn headings_of(sheet: &Sheet, block: Block, (first, last): (u32, u32)) -> Vec<Heading> {
    let columns = block.first.column..=block.last.column;
    let own = |row: u32, column: u32| {
        let at = Position { row, column };
        let merged = sheet.merged.iter().find(|merged| holds(merged, at));
        let first = merged.map_or(at, |merged| merged.first);
        let text =
            sheet.cells.get(&first).and_then(shown).map(|text| single_spaced(&text)).filter(|text| !text.is_empty());
        (first, text)
    };
    let knows_merging =
        |row: u32| sheet.merged.iter().any(|merged| (merged.first.row..=merged.last.row).contains(&row));
    let of_column = |column: u32| {
        let mut parts: Vec<(Position, String)> = Vec::new();
        let says_more = own(last, column).1.is_some();
        for row in first..=last {
            let (mut at, mut text) = own(row, column);
            if text.is_none() && row < last && says_more && !knows_merging(row) {
                // In a file that knows no merged cells a heading stands over the first of its columns.
                let left =
                    (block.first.column..column).rev().map(|left| own(row, left)).find(|(_, text)| text.is_some());
                (at, text) = left.unwrap_or((at, None));
            }
            if let Some(text) = text.filter(|_| parts.last().is_none_or(|(before, _)| *before != at)) {
                parts.push((at, text));
            }
        }
        let text = parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" / ");
        (!text.is_empty()).then_some(Heading { column, text })
    };
    columns.filter_map(of_column).collect()
}

fn holds(block: &Block, at: Position) -> bool {
    (block.first.row..=block.last.row).contains(&at.row)
        && (block.first.column..=block.last.column).contains(&at.column)
}

/// A text with single spaces between its words.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
