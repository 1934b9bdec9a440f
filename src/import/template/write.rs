//! Writes the sheets as a workbook.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::form::{Cell, Form, HEADINGS, Row};
use super::sums::{Follows, Sign};
use crate::import::place::column_name;

/// How many columns stand before the figures.
const FIXED: u16 = super::FIXED.len() as u16;

const INSTRUCTION: &str = "Fill in the white cells. What stands in grey beside them is the figure so far. Where there is no figure, type \
n/a, no data or nil. Shaded cells are calculated or not needed. Please leave rows, columns and sheets as they are.";

/// What all sheets are written with.
struct Looks {
    caption: Format,
    instruction: Format,
    heading: Format,
    name: Format,
    before: Format,
    closed: Format,
}

/// The bytes of the workbook, the same ones every time.
pub fn workbook(title: &str, forms: &[Form]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: a workbook of the same content is the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let looks = Looks::new();
    for form in forms {
        sheet(workbook.add_worksheet(), form, &looks)?;
    }
    workbook.save_to_buffer()
}

impl Looks {
    fn new() -> Looks {
        let bordered = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x8C8C8C));
        Looks {
            caption: Format::new().set_bold().set_font_size(14),
            instruction: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            heading: bordered()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::Bottom)
                .set_background_color(SHADE),
            name: bordered().set_text_wrap().set_align(FormatAlign::Top).set_background_color(SHADE),
            before: bordered().set_font_color(Color::RGB(0x595959)).set_align(FormatAlign::Right),
            closed: bordered().set_background_color(SHADE),
        }
    }

    /// The look of a cell for a figure.
    fn figure(&self, code: &str, is_open: bool) -> Format {
        let format = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x8C8C8C))
            .set_align(FormatAlign::Right)
            .set_num_format(code);
        if is_open { format.set_unlocked() } else { format.set_background_color(SHADE) }
    }
}

/// The ground of cells that are not to be filled in.
const SHADE: Color = Color::RGB(0xEDEDED);

/// The row of the first figures.
fn first_row(form: &Form) -> u32 {
    HEADINGS + if form.is_grouped() { 2 } else { 1 }
}

/// The column of a figure; what stands so far is in the one behind it.
fn figure_column(place: usize) -> u16 {
    FIXED + 2 * u16::try_from(place).unwrap_or(u16::MAX / 4)
}

fn sheet(sheet: &mut Worksheet, form: &Form, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(&form.sheet)?;
    sheet.write_with_format(0, 0, &form.caption, &looks.caption)?;
    sheet.merge_range(1, 0, 1, FIXED + 5, INSTRUCTION, &looks.instruction)?;
    sheet.set_row_height(1, 48)?;
    headings(sheet, form, looks)?;
    for (row, at) in form.rows.iter().zip(first_row(form)..) {
        for (column, text) in [&row.id, &row.name, &row.units].into_iter().enumerate() {
            sheet.write_string_with_format(at, column as u16, text, &looks.name)?;
        }
        cells(sheet, form, row, at, looks)?;
    }
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 48)?;
    sheet.set_column_width(2, 12)?;
    for place in 0..form.columns.len() {
        sheet.set_column_width(figure_column(place), 14)?;
        sheet.set_column_width(figure_column(place) + 1, 14)?;
    }
    sheet.set_freeze_panes(first_row(form), FIXED)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADINGS, first_row(form) - 1)?;
    sheet.protect();
    Ok(())
}

/// The headings: in two rows where some stand under one.
fn headings(sheet: &mut Worksheet, form: &Form, looks: &Looks) -> Result<(), XlsxError> {
    let last = first_row(form) - 1;
    for (column, text) in (0..).zip(super::FIXED) {
        heading(sheet, HEADINGS, column, last, column, text, looks)?;
    }
    let mut place = 0;
    while place < form.columns.len() {
        let group = &form.columns[place].group;
        let end = place + form.columns[place..].iter().take_while(|column| column.group == *group).count();
        if let Some(group) = group {
            heading(sheet, HEADINGS, figure_column(place), HEADINGS, figure_column(end - 1) + 1, group, looks)?;
        }
        for (column, at) in form.columns[place..end].iter().zip(place..) {
            let top = if group.is_some() { last } else { HEADINGS };
            let at = figure_column(at);
            heading(sheet, top, at, last, at, &column.heading, looks)?;
            heading(sheet, top, at + 1, last, at + 1, &format!("{}{}", column.heading, super::SO_FAR), looks)?;
        }
        place = end;
    }
    Ok(())
}

fn heading(
    sheet: &mut Worksheet,
    top: u32,
    left: u16,
    bottom: u32,
    right: u16,
    text: &str,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match (top, left) == (bottom, right) {
        true => drop(sheet.write_string_with_format(top, left, text, &looks.heading)?),
        false => drop(sheet.merge_range(top, left, bottom, right, text, &looks.heading)?),
    }
    Ok(())
}

fn cells(sheet: &mut Worksheet, form: &Form, row: &Row, at: u32, looks: &Looks) -> Result<(), XlsxError> {
    for (place, cell) in row.cells.iter().enumerate() {
        let column = figure_column(place);
        let before = match cell {
            Cell::Closed => {
                sheet.write_blank(at, column, &looks.closed)?;
                sheet.write_blank(at, column + 1, &looks.closed)?;
                continue;
            }
            Cell::Open { code, before } => {
                sheet.write_blank(at, column, &looks.figure(code, true))?;
                before
            }
            Cell::Follows { code, before, from } => {
                let is_share = matches!(from, Follows::Share { .. });
                // Nothing is calculated until a program opens the workbook. A blank is no figure; without it the crate
                // would write 0.
                let formula = Formula::new(formula(form, from, at, column)).set_result(" ");
                sheet.write_formula_with_format(at, column, formula, &looks.figure(code, is_share))?;
                before
            }
        };
        sheet.write_string_with_format(at, column + 1, before, &looks.before)?;
    }
    Ok(())
}

/// The formula of a cell; it shows nothing until there is something to calculate.
fn formula(form: &Form, from: &Follows, at: u32, column: u16) -> String {
    let name = |column: u16, row: u32| format!("{}{}", column_name(u32::from(column)), row + 1);
    match from {
        Follows::Sum(rows) => {
            let of = |wanted: Sign| {
                let rows = rows.iter().filter(|(sign, _)| *sign == wanted);
                rows.map(|(_, row)| name(column, first_row(form) + *row as u32)).collect::<Vec<_>>()
            };
            let (plus, minus) = (of(Sign::Plus), of(Sign::Minus));
            let all = [plus.as_slice(), minus.as_slice()].concat();
            let sum = match minus.is_empty() {
                true => format!("SUM({})", ranges(&plus)),
                false => format!("SUM({})-SUM({})", ranges(&plus), ranges(&minus)),
            };
            format!("=IF(COUNT({})=0,\"\",{sum})", ranges(&all))
        }
        Follows::Share { of, by } => {
            let cell = |ending: &str| {
                let place = form.columns.iter().position(|column| column.ending == ending);
                name(place.map_or(column, figure_column), at)
            };
            let (of, by) = (cell(of), cell(by));
            // Of nought in nought there is no share. A word for a figure that there is not says so of what follows, too.
            format!(
                "=IF(COUNT({of},{by})=2,IF({by}<>0,{of}/{by},IF({of}=0,\"n/a\",\"\")),IF(ISTEXT({of}),{of},IF(ISTEXT({by}),{by},\"\")))"
            )
        }
    }
}

/// Cells of one column, one below the other as ranges.
fn ranges(cells: &[String]) -> String {
    let row = |cell: &str| cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse::<u32>().ok();
    let mut ranges: Vec<(&str, &str)> = Vec::new();
    for cell in cells {
        match ranges.last_mut() {
            Some((_, last)) if row(last).map(|row| row + 1) == row(cell) => *last = cell,
            _ => ranges.push((cell, cell)),
        }
    }
    let text = |(first, last): (&str, &str)| if first == last { first.to_owned() } else { format!("{first}:{last}") };
    ranges.into_iter().map(text).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_range() {
        let cells = ["D5", "D6", "D7", "D9", "D11", "D12"].map(str::to_owned);
        assert_eq!(ranges(&cells), "D5:D7,D9,D11:D12");
    }
}
