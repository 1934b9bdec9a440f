//! Single facts that no table holds, with their sources: `facts.yaml`.

use super::table::Denomination;
use super::values::figure::OR_NONE;
use super::values::{Date, Figure, FinancialYear, Id, When, is_unknown};
use crate::record;
use crate::yaml::{At, Parse, Text, Texts};

record! {
    /// A facts file.
    FactFile "a facts file" {
        /// The documents that figures are taken from.
        optional sources: Vec<Source>,
        /// Figures that no table holds, each with its source or its formula.
        optional facts: Vec<SingleFact>,
        /// Figures of the edition before that are no longer as it published them.
        optional restated: Vec<Restatement>,
    }
}

record! {
    /// A document that figures are taken from.
    Source "a source" {
        required id: At<Id>,
        /// Its title, as it is printed.
        required title: Text,
    }
}

record! {
    /// A fact: a value with its source, or a formula over other facts.
    SingleFact "a fact" {
        required id: At<Id>,
        /// What the figure is, in words.
        required is: Text,
        optional value: At<SingleFactValue>,
        /// The unit of a value that has none of its own.
        optional unit: At<Denomination>,
        /// What the figure follows from, as an expression over addresses.
        optional formula: Text,
        /// Id of the source of the value.
        optional source: At<Id>,
        /// What time the value is about.
        optional period: At<When>,
        /// Addresses of facts elsewhere that are this one.
        optional same_as: Vec<Text>,
    }
}

record! {
    /// A figure of the edition before as it is known now.
    Restatement "a restatement" {
        /// Its address: `last.costs.total`.
        required of: At<LastAddress>,
        required is: At<Figure>,
        /// Why it is no longer what was published.
        required reason: Text,
        /// Who knows it.
        required by: Text,
        required date: Date,
        /// Id of the source that it was taken from.
        optional source: At<Id>,
    }
}

/// The address of a figure of the edition before, `last.costs.total`, without the `last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAddress(pub String);

impl Parse for LastAddress {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "a figure of the edition before is named by `last.` and its address there: last.costs.total";
        let rest = text.strip_prefix("last.").filter(|rest| !rest.is_empty()).ok_or(expected)?;
        Ok(Self(rest.to_owned()))
    }

    fn texts() -> Texts {
        Texts::like("last[.].+")
    }
}

/// What is said where no value stands.
const NO_VALUE: &str = "a fact has a value: leave it out until its value is known";

/// What a single fact can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SingleFactValue {
    Figure(Figure),
    Day(Date),
    FinancialYear(FinancialYear),
}

impl Parse for SingleFactValue {
    fn parse(text: &str) -> Result<Self, String> {
        if let Ok(day) = Date::parse(text) {
            return Ok(SingleFactValue::Day(day));
        }
        if let Ok(year) = FinancialYear::parse(text) {
            return Ok(SingleFactValue::FinancialYear(year));
        }
        match Figure::parse(text) {
            Ok(figure) if !figure.is_absent() => Ok(SingleFactValue::Figure(figure)),
            Ok(_) => Err(NO_VALUE.to_owned()),
            Err(_) if is_unknown(text) => Err(NO_VALUE.to_owned()),
            Err(why) => Err(why.replace(OR_NONE, "")),
        }
    }

    fn texts() -> Texts {
        Figure::texts()
    }
}
