//! Facts of a table: its figures by row and column, and what its totals should be, down and across.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Collector, quantity};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fact::{Expression, Fact, FactId, Formula, Operand, Origin, Quantity, Term, Uncast, Unit, Value};
use crate::model::values::{ColumnType, Figure};
use crate::model::{Cell, TableFile};
use crate::yaml::{self, Text};

/// The facts of a table, by row and column.
pub(super) type Grid = Vec<Vec<Option<FactId>>>;

impl Collector<'_, '_> {
    pub(super) fn table(&mut self, stem: &str, file: &TableFile) {
        self.enter(file.source.as_ref());
        let Some(scale) = self.scale(file) else { return };
        let mut grid: Grid = Vec::new();
        for row in &file.rows {
            let mut cells = Vec::new();
            for (column, cell) in file.columns.iter().zip(&row.values) {
                let address = format!("{stem}.{}.{}", row.id, column.id.value);
                cells.push(match cell.value {
                    Cell::Figure(figure) => self.cell(&address, figure, cell.at, scale),
                    Cell::Text(_) => None,
                });
            }
            grid.push(cells);
        }
        self.cast_grid(file, &grid);
    }

    /// What the totals of a table should be.
    pub(super) fn cast_grid(&mut self, file: &TableFile, grid: &Grid) {
        self.down(file, grid);
        self.across(file, grid);
    }

    /// How many pounds the unit of a table is. Money in a unit that is not known could not be compared with anything.
    pub(super) fn scale(&mut self, file: &TableFile) -> Option<Decimal> {
        let Some(unit) = file.unit.as_ref().filter(|_| file.columns.iter().any(|one| one.r#type == ColumnType::Money))
        else {
            return Some(Decimal::ONE);
        };
        let plain: String = unit.value.to_lowercase().replace(['\'', '’', ',', ' '], "");
        match plain.as_str() {
            "£" | "pounds" => Some(Decimal::ONE),
            "£000" | "£000s" | "£k" | "thousandpounds" | "£thousand" => Some(Decimal::ONE_THOUSAND),
            "£m" | "£million" | "£000000" => Some(Decimal::from(1_000_000)),
            _ => {
                self.findings.push(
                    Diagnostic::error(Code::WrongValue, unit.at, format!("`{}` is no unit of money", unit.value))
                        .help("write £, £'000 or £m"),
                );
                None
            }
        }
    }

    fn cell(&mut self, address: &str, figure: Figure, at: Span, scale: Decimal) -> Option<FactId> {
        let (value, typed) = Self::scaled(figure, scale)?;
        Some(self.add(address, value, typed, at, Origin::Typed(self.source.clone())))
    }

    /// The value of a figure of a table, and the figure itself where it says enough outside the table.
    pub(super) fn scaled(figure: Figure, scale: Decimal) -> Option<(Value, Option<Figure>)> {
        let quantity = quantity(figure)?;
        let quantity = if quantity.unit == Unit::Pounds { quantity.scaled(scale) } else { quantity };
        // In thousands, the figure as it was typed says too little outside its table.
        let typed = (quantity.unit != Unit::Pounds || scale == Decimal::ONE).then_some(figure);
        Some((Value::Quantity(quantity), typed))
    }

    /// Rows that say what they are, and totals of the rows above them.
    fn down(&mut self, file: &TableFile, grid: &Grid) {
        let (mut above, mut totals) = (Vec::new(), Vec::new());
        for (place, row) in file.rows.iter().enumerate() {
            match &row.is {
                Some(is) => {
                    let ids: Vec<&str> = file.rows.iter().map(|row| row.id.as_str()).collect();
                    let Some(expression) = self.expression(is, &ids, place, "row") else { continue };
                    for (column, total) in grid[place].iter().enumerate() {
                        let figure = |at: usize| grid[at][column];
                        self.cast_by(&expression, is, *total, &ids, &figure);
                    }
                }
                None if row.is_total => {
                    // A total right under totals is theirs.
                    let rows: &[usize] = if above.is_empty() { &totals } else { &above };
                    for (column, total) in grid[place].iter().enumerate() {
                        // What is absent adds nothing.
                        let parts: Vec<FactId> = rows.iter().filter_map(|at: &usize| grid[*at][column]).collect();
                        let adds_up = !matches!(file.columns[column].r#type, ColumnType::Percentage | ColumnType::Text);
                        if let (Some(total), true, true) = (total, adds_up, !rows.is_empty()) {
                            self.cast(*total, parts);
                        }
                    }
                }
                None => {}
            }
            if row.is_total {
                // A grand total ends what it adds up.
                if above.is_empty() {
                    totals.clear();
                }
                above.clear();
                totals.push(place);
            } else {
                above.push(place);
            }
        }
    }

    /// Columns that say what they are.
    fn across(&mut self, file: &TableFile, grid: &Grid) {
        let ids: Vec<&str> = file.columns.iter().map(|column| column.id.value.as_str()).collect();
        for (place, column) in file.columns.iter().enumerate() {
            let Some(is) = &column.is else { continue };
            let Some(expression) = self.expression(is, &ids, place, "column") else { continue };
            for row in grid {
                let figure = |at: usize| row[at];
                self.cast_by(&expression, is, row[place], &ids, &figure);
            }
        }
    }

    /// An expression over the ids of the other rows or columns.
    fn expression(&mut self, text: &Text, ids: &[&str], own: usize, what: &str) -> Option<Expression> {
        let sources = self.sources;
        let at = |range: Range<usize>| yaml::part(sources, text.at, range);
        let expression = match Expression::parse(&text.value) {
            Ok(expression) if !expression.compares => expression,
            Ok(_) => {
                let message = format!("a {what} is a calculation, not a comparison");
                self.findings
                    .push(Diagnostic::error(Code::BrokenExpression, text.at, message).help("such as `limit - costs`"));
                return None;
            }
            Err(fault) => {
                let finding = Diagnostic::error(Code::BrokenExpression, at(fault.at), fault.message);
                self.findings
                    .push(finding.help(format!("write it over the ids of the other {what}s: `limit - costs`")));
                return None;
            }
        };
        for (operand, range) in &expression.operands {
            let finding = match operand {
                Operand::Address(id) if id == ids[own] => Diagnostic::error(
                    Code::CircularDerivation,
                    at(range.clone()),
                    format!("the {what} is calculated from itself"),
                ),
                Operand::Address(id) if ids.contains(&id.as_str()) => continue,
                Operand::Number(_) => continue,
                Operand::Address(id) => {
                    Diagnostic::error(Code::UnknownReference, at(range.clone()), format!("there is no {what} `{id}`"))
                        .did_you_mean(id, ids.iter().copied())
                }
                Operand::Over(..) => Diagnostic::error(
                    Code::BrokenExpression,
                    at(range.clone()),
                    format!("a {what} is calculated from {what}s alone"),
                ),
            };
            self.findings.push(finding.help(format!("the {what}s are {}", ids.join(", "))));
            return None;
        }
        Some(expression)
    }

    /// The casting of a total by an expression. What is absent adds nothing to a sum, as in a total of the rows above;
    /// nothing else can be calculated with it.
    fn cast_by(
        &mut self,
        expression: &Expression,
        is: &Text,
        total: Option<FactId>,
        ids: &[&str],
        figure: &dyn Fn(usize) -> Option<FactId>,
    ) {
        let Some(total) = total else { return };
        let (Fact { at, .. }, Some(printed)) = (self.facts.get(total), self.facts.quantity(total)) else { return };
        let at = *at;
        let (mut parts, mut absent) = (Vec::new(), Vec::new());
        let value = expression.evaluate(|operand, _| match operand {
            Operand::Number(number) => Ok(*number),
            Operand::Address(id) => match ids.iter().position(|one| one == id).and_then(figure) {
                Some(fact) => {
                    parts.push(fact);
                    self.facts.quantity(fact).ok_or(())
                }
                None => {
                    absent.push(id.clone());
                    Ok(Quantity::exact(Decimal::ZERO, printed.unit))
                }
            },
            Operand::Over(..) => Err(()),
        });
        if !absent.is_empty() && (parts.is_empty() || !expression.uses_only("+")) {
            absent.dedup();
            let has = if absent.len() == 1 { "has" } else { "have" };
            let why = format!("`{}` cannot be calculated: {} {has} no figure", is.value, absent.join(" and "));
            return self.facts.uncast.push(Uncast { total, parts, why });
        }
        match value {
            Ok(Term::Quantity(sum)) => {
                let sum = sum.in_unit_of(printed.unit).unwrap_or(sum);
                let formula = Formula::Expression(is.value.clone(), parts.clone());
                self.note_casting(total, parts, sum, formula, expression.uses_only("+-"));
            }
            Ok(Term::Fault(fault)) => self.findings.push(
                Diagnostic::error(Code::UnitsDoNotFit, is.at, format!("this cannot be calculated: {fault}"))
                    .also(at, "for this figure"),
            ),
            Ok(_) | Err(()) => {}
        }
    }
}
