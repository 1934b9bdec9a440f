//! The cells of a table, by the type of their column.

use super::{Cell, Column, Denomination};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::values::{Amount, ColumnType, Date, Figure, FigureValue, Unit};
use crate::yaml::{At, Parse, Text};

/// Reads a cell; `denomination` is the unit that its place has.
pub(super) fn read(
    text: Text,
    column: &Column,
    denomination: Option<&At<Denomination>>,
    findings: &mut Findings,
) -> Option<At<Cell>> {
    let holds = column.holds();
    let unit = denomination.map(|one| one.value.unit);
    let figure = |bare: Unit| Figure::parse_in(&text.value, bare);
    let cell = match holds {
        _ if matches!(text.value.as_str(), "n/a" | "N/A") => Ok(Cell::Figure(Figure::NOT_APPLICABLE)),
        _ if text.value == "no data" => Ok(Cell::Figure(Figure::NO_DATA)),
        ColumnType::Text => Ok(Cell::Text(text.value.clone())),
        _ if text.value.starts_with("{{") => bound(&text.value),
        ColumnType::Date => Date::parse(&text.value).map(Cell::Day),
        ColumnType::Count => figure(Unit::Number).and_then(count).map(Cell::Figure),
        ColumnType::Number => only(figure(unit.unwrap_or(Unit::Number)), unit.unwrap_or(Unit::Number)),
        ColumnType::Money => {
            let money = unit.unwrap_or(Unit::POUNDS);
            only(figure(money).map_err(|why| expected_money(&why)), money)
        }
        ColumnType::Percentage => match figure(Unit::Number) {
            Ok(read) if matches!(read.value, FigureValue::Nil(_)) => only(figure(Unit::Percent), Unit::Percent),
            read => only(read, Unit::Percent),
        },
        ColumnType::Duration => figure(Unit::Number).and_then(|read| match read.unit() {
            Some(Unit::Time(_)) if read.amount().is_some_and(Amount::is_negative) => {
                Err("a time is not negative; give the column `type: figure` and a `unit` for a change of time"
                    .to_owned())
            }
            Some(Unit::Time(_)) | None => Ok(Cell::Figure(read)),
            Some(Unit::Number) => {
                Err(format!("a time is written with its unit: {read} weeks, {read} days or {read} mins"))
            }
            Some(_) => Err("a time is written 9.5 weeks or 5 mins".to_owned()),
        }),
        ColumnType::Figure => match unit {
            Some(unit) => only(figure(unit), unit),
            None => Figure::parse(&text.value).map(Cell::Figure),
        },
    };
    let cell = cell.and_then(|cell| match (&cell, denomination) {
        (Cell::Figure(figure), Some(one)) if one.value.scale > rust_decimal::Decimal::ONE && !is_in_full(*figure) => {
            Err("the table has a unit already: write the amount in that unit, without k or M".to_owned())
        }
        _ => Ok(cell),
    });
    match cell {
        Ok(value) => Some(At { value, at: text.at }),
        Err(expected) => {
            findings.push(
                Diagnostic::error(Code::WrongValue, text.at, format!("`{}` is no {}", text.value, holds.shown()))
                    .help(expected),
            );
            None
        }
    }
}

/// The address of a figure that stands elsewhere. It is printed as the other cells are, so that it has no format.
fn bound(text: &str) -> Result<Cell, String> {
    let expected =
        "a figure that stands elsewhere is written \"{{ money.costs.total }}\", alone in its cell and without a format";
    let address = text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}")).map(str::trim).ok_or(expected)?;
    let is_address = address.split('.').all(|part| {
        !part.is_empty() && part.bytes().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-')
    });
    if is_address { Ok(Cell::Bound(address.to_owned())) } else { Err(expected.to_owned()) }
}

fn is_in_full(figure: Figure) -> bool {
    figure.ends().into_iter().all(Amount::is_in_full)
}

fn expected_money(why: &str) -> String {
    // What it looks like says more than what is expected.
    let says_what_it_is = ["an amount of money", "a figure that", "thousands are", "this is an error of"];
    match says_what_it_is.iter().any(|start| why.starts_with(start)) {
        true => why.to_owned(),
        false => format!("an amount of money is written £1,323,536, £21.41 or £4.5M; {why}"),
    }
}

/// A figure of one unit; nil and what is absent have none of their own.
fn only(figure: Result<Figure, String>, unit: Unit) -> Result<Cell, String> {
    let figure = figure?;
    match figure.unit() {
        Some(Unit::Number) if unit == Unit::Percent => {
            Err(format!("a percentage is expected here, and this is a number: write {figure}% if it is one"))
        }
        Some(own) if own != unit => Err(format!("{unit} is expected here, and this is {own}")),
        _ => Ok(Cell::Figure(figure)),
    }
}

/// A number of things: whole, not negative. What could be another number is told the type for that.
fn count(figure: Figure) -> Result<Figure, String> {
    let ends = figure.ends();
    let is_count =
        |amount: &Amount| amount.unit == Unit::Number && amount.in_full().scale() == 0 && !amount.is_negative();
    match ends.iter().all(is_count) {
        true => Ok(figure),
        false if ends.iter().all(|amount| amount.unit == Unit::Number) => Err("write a whole number that is not negative, or give the column `type: number`, which takes decimals and negatives: 38.6, -4".to_owned()),
        false => {
            let own = figure.unit().map(|own| format!(": this is {own}")).unwrap_or_default();
            Err(format!("write a whole number that is not negative{own}"))
        }
    }
}
