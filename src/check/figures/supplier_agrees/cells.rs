//! Whether a cell says what the supplier's file says in its place.

use rust_decimal::Decimal;

use super::printed::Says;
use super::supplied::single_spaced;
use crate::fact::{FactId, Facts, Quantity};
use crate::model::values::{Date, Figure, FigureValue, Unit};
use crate::yaml::Parse;

/// Whether a cell says what the supplier typed. Of money in thousands, plain numbers may be `in_full`.
pub fn agree(facts: &Facts, says: &Says, typed: &str, in_full: bool) -> bool {
    match says {
        Says::Figure { fact, scale, .. } => {
            let scale = if in_full { Decimal::ONE } else { *scale };
            figures_agree(facts, *fact, typed, scale)
        }
        Says::Day(day) => day_of(typed).is_some_and(|other| other == *day),
        Says::Words(forms) => forms.iter().any(|form| *form == single_spaced(typed)),
        Says::Nothing(_) => is_nothing(typed),
    }
}

/// As it stands in the report.
pub fn shown(facts: &Facts, says: &Says) -> String {
    match says {
        Says::Figure { fact, typed, .. } if typed.is_empty() || typed.starts_with("{{") => facts.shown(*fact),
        Says::Figure { typed, .. } => typed.clone(),
        Says::Day(day) => day.to_string(),
        Says::Words(forms) => forms.first().map(|form| format!("“{form}”")).unwrap_or_default(),
        Says::Nothing(why) if why.is_empty() => "nothing".to_owned(),
        Says::Nothing(why) => why.clone(),
    }
}

/// What a supplier typed is exact, whatever noughts his spreadsheet left out: a figure is what that comes to at the places
/// that it is printed with. One that was computed is held against it at the places that he typed.
fn figures_agree(facts: &Facts, fact: FactId, typed: &str, scale: Decimal) -> bool {
    let Some(own) = facts.quantity(fact) else { return false };
    let Some(figure) = figure_of(typed, own.unit) else { return false };
    let is_plain = Figure::parse(typed).is_ok_and(|figure| figure.unit() == Some(Unit::Number));
    let Some(supplied) = Quantity::of_figure(figure) else { return false };
    let supplied = if is_plain { supplied.scaled(scale) } else { supplied };
    let is_exact = matches!(figure.value, FigureValue::Exact(_)) && !own.step.is_zero();
    let supplied = if is_exact { Quantity { step: Decimal::ZERO, ..supplied } } else { supplied };
    own.agrees(supplied).unwrap_or(false)
}

/// A figure of a unit, which a spreadsheet mostly leaves out.
fn figure_of(typed: &str, unit: Unit) -> Option<Figure> {
    let figure = Figure::parse(typed).or_else(|_| Figure::parse_in(typed, unit)).ok()?;
    Some(figure.in_unit(unit).unwrap_or(figure))
}

/// A day as the content has it, as it is printed, or as spreadsheets show it: 31/03/2017.
fn day_of(typed: &str) -> Option<Date> {
    let of_parts = || {
        let [day, month, year] = typed.split('/').collect::<Vec<_>>()[..] else { return None };
        Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok()
    };
    Date::parse(typed).ok().or_else(of_parts)
}

/// Whether a cell says that there is no figure: by nothing, a dash or a word.
fn is_nothing(typed: &str) -> bool {
    let is_absent =
        Figure::parse(typed).is_ok_and(|figure| figure.is_absent() || matches!(figure.value, FigureValue::Nil(_)));
    typed.is_empty() || is_absent
}
