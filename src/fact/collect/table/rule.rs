//! What a row or a column is, as an expression over the others: `limit - costs`.

use std::ops::Range;

use super::closing::Closing;
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{Expression, FactId, Operand, Quantity};
use crate::yaml::{self, Text};

/// What an operand of an `is` means.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Number(Quantity),
    /// The same column of another row, or the same row of another column.
    Along(usize),
    /// A cell, by row and column.
    Cell(usize, usize),
    /// A figure that stands elsewhere.
    Fact(FactId),
}

impl Meaning {
    /// The cell that it means, seen from another one.
    pub(super) fn place(self, row: usize, column: usize, across: bool) -> Option<(usize, usize)> {
        match self {
            Meaning::Along(place) if across => Some((row, place)),
            Meaning::Along(place) => Some((place, column)),
            Meaning::Cell(row, column) => Some((row, column)),
            Meaning::Number(_) | Meaning::Fact(_) => None,
        }
    }
}

/// An `is` that was understood.
pub(super) struct Rule<'p> {
    pub(super) text: &'p Text,
    pub(super) expression: Expression,
    pub(super) meanings: Vec<Meaning>,
}

impl Rule<'_> {
    /// Whether it divides what it goes along by one and the same figure: `total / organisation.population`.
    pub(super) fn is_quotient(&self) -> bool {
        let is_the_same = |meaning: &Meaning| !matches!(meaning, Meaning::Along(_));
        self.expression.uses_only("/") && matches!(&self.meanings[..], [Meaning::Along(_), by] if is_the_same(by))
    }
}

impl<'p> Closing<'_, 'p, '_> {
    /// An expression over the other rows or columns, single cells (`ROW.COLUMN`) and figures that stand elsewhere.
    pub(super) fn rule(&mut self, text: &'p Text, own: usize, is_row: bool) -> Option<Rule<'p>> {
        let what = if is_row { "row" } else { "column" };
        let sources = self.collector.sources;
        let at = |range: Range<usize>| yaml::part(sources, text.at, range);
        let expression = match Expression::parse(&text.value) {
            Ok(expression) if !expression.compares => expression,
            Ok(_) => {
                let message = format!("a {what} is a calculation, not a comparison");
                let finding = Diagnostic::error(Code::BrokenExpression, text.at, message);
                self.collector.findings.push(finding.help("such as `limit - costs`"));
                return None;
            }
            Err(fault) => {
                let finding = Diagnostic::error(Code::BrokenExpression, at(fault.at), fault.message);
                let help = format!("write it over the ids of the other {what}s: `limit - costs`");
                self.collector.findings.push(finding.help(help));
                return None;
            }
        };
        let mut meanings = Vec::new();
        for (operand, range) in &expression.operands {
            match self.meaning(operand, own, is_row) {
                Ok(Some(meaning)) => meanings.push(meaning),
                Ok(None) => return None,
                Err(finding) => {
                    self.collector.findings.push(Diagnostic { at: Some(at(range.clone())), ..*finding });
                    return None;
                }
            }
        }
        Some(Rule { text, expression, meanings })
    }

    /// What an operand means; nothing where it may stand in a file that could not be read.
    fn meaning(&mut self, operand: &Operand, own: usize, is_row: bool) -> Result<Option<Meaning>, Box<Diagnostic>> {
        let file = self.table.file;
        let what = if is_row { "row" } else { "column" };
        let row_of = |id: &str| file.rows.iter().position(|row| row.id.as_str() == id && !row.is_heading());
        let column_of = |id: &str| file.columns.iter().position(|column| column.id.value.as_str() == id);
        let address = match operand {
            Operand::Number(number) => return Ok(Some(Meaning::Number(*number))),
            Operand::Address(address) => address,
            Operand::Over(..) => {
                let message = format!("a {what} is calculated from {what}s, not from a pattern");
                return Err(Box::new(Diagnostic::error_nowhere(Code::BrokenExpression, message)));
            }
        };
        match if is_row { row_of(address) } else { column_of(address) } {
            Some(place) if place == own => {
                let message = format!("the {what} is calculated from itself");
                return Err(Box::new(Diagnostic::error_nowhere(Code::CircularDerivation, message)));
            }
            Some(place) if !is_row && !file.columns[place].has_figures() => {
                let message = format!("the column `{address}` holds no figures");
                return Err(Box::new(Diagnostic::error_nowhere(Code::UnitsDoNotFit, message)));
            }
            Some(place) => return Ok(Some(Meaning::Along(place))),
            None => {}
        }
        let cell = address.split_once('.').and_then(|(row, column)| Some((row_of(row)?, column_of(column)?)));
        let cell = cell.or_else(|| self.table.place_of(address));
        if let Some((row, column)) = cell {
            return Ok(Some(Meaning::Cell(row, column)));
        }
        if let Some(fact) = self.find(address) {
            return match self.collector.facts.quantity(fact) {
                Some(_) => {
                    self.collector.facts.used_in_formulas.push(fact);
                    Ok(Some(Meaning::Fact(fact)))
                }
                None => {
                    let message = format!("{address} is no figure that can be calculated with");
                    Err(Box::new(Diagnostic::error_nowhere(Code::UnitsDoNotFit, message)))
                }
            };
        }
        if !self.collector.facts.whole || self.collector.facts.has_failed(&self.table.scope, address) {
            return Ok(None);
        }
        let ids: Vec<&str> = match is_row {
            true => file.rows.iter().filter(|row| !row.is_heading()).map(|row| row.id.as_str()).collect(),
            false => file.columns.iter().map(|column| column.id.value.as_str()).collect(),
        };
        let finding = Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no {what} `{address}`"))
            .did_you_mean(address, ids.iter().copied())
            .help(format!("the {what}s are {}", ids.join(", ")));
        Err(Box::new(finding))
    }
}
