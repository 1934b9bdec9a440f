//! What a place of a table follows from: the rows that it adds up, or an expression.

use rust_decimal::Decimal;

use super::closing::Closing;
use super::is_left_out;
use super::rule::Meaning;
use crate::diagnostic::Diagnostic;
use crate::fact::{CalculationError, FactId, Quantity, Term};
use crate::model::Cell;
use crate::model::values::{ColumnType, Figure, Unit};

/// What a place follows from, and comes to.
pub(super) enum Outcome {
    Comes {
        value: Quantity,
        parts: Vec<FactId>,
        is_sum: bool,
        /// Whether one of its parts is kept back or not known.
        is_open: bool,
    },
    /// The words for why it comes to nothing, the parts that there are, and whether the content says that the others
    /// are not there: n/a.
    Nothing { why: String, parts: Vec<FactId>, is_said: bool },
    /// It cannot be calculated; that is told, or it follows from a fault that is.
    Fault,
}

impl Closing<'_, '_, '_> {
    /// What a place should be by its row, or by its column; none where nothing says so.
    pub(super) fn follows(&mut self, row: usize, column: usize, across: bool) -> Option<Outcome> {
        let file = self.table.file;
        let has_rule = if across { file.columns[column].is.is_some() } else { file.rows[row].is.is_some() };
        if has_rule {
            return Some(self.evaluate(row, column, across));
        }
        let rows = self.table.file.added_up_by(row).filter(|_| !across)?;
        self.adds_up(row, column).then(|| self.sum(&rows, column))
    }

    /// Whether figures of a place add up: percentages only to a hundred, ratios and rates not at all.
    pub(super) fn adds_up(&self, row: usize, column: usize) -> bool {
        if !self.table.file.columns[column].has_figures() {
            return false;
        }
        let of = |fact: Option<FactId>| fact.and_then(|fact| self.collector.facts.quantity(fact));
        if let Some(printed) = of(self.table.grid[row][column]) {
            return printed.can_be_a_sum();
        }
        // What was left out is of the unit of its place, or of what stands in its column.
        let beside = || self.table.grid.iter().find_map(|cells| of(cells[column])).map(|other| other.unit);
        self.unit_of(row, column).or_else(beside).is_none_or(Unit::adds_up)
    }

    /// The sum of rows in a column. What is absent adds nothing.
    pub(super) fn sum(&mut self, rows: &[usize], column: usize) -> Outcome {
        let parts: Vec<FactId> = rows.iter().filter_map(|row| self.figure(*row, column)).collect();
        if rows.iter().any(|row| self.failed.contains(&(*row, column))) {
            return Outcome::Fault; // Why one of them is not there was told.
        }
        match self.collector.facts.sum(&parts) {
            Some(Ok(value)) => {
                let is_open = rows.iter().any(|row| self.is_kept_back(*row, column));
                let value = if is_open { value.and_more(self.are_positive(&parts)) } else { value };
                Outcome::Comes { value, parts, is_sum: true, is_open }
            }
            Some(Err(fault)) => {
                Outcome::Nothing { why: format!("its parts cannot be added up: {fault}"), parts, is_said: false }
            }
            None => {
                let why = "there is no figure that it could be the total of".to_owned();
                let is_said = rows.iter().all(|row| self.is_said_to_be_absent(*row, column));
                Outcome::Nothing { why, parts, is_said }
            }
        }
    }

    /// The figure of a place, computed where it was left out.
    pub(super) fn figure(&mut self, row: usize, column: usize) -> Option<FactId> {
        let cell = self.table.file.rows[row].values.get(column);
        match self.table.grid[row][column] {
            None if cell.is_some_and(|cell| is_left_out(&cell.value)) => self.compute(row, column),
            figure => figure,
        }
    }

    /// Whether the content says that there is no figure in a place.
    fn is_said_to_be_absent(&self, row: usize, column: usize) -> bool {
        let cell = self.table.file.rows[row].values.get(column);
        cell.is_some_and(|cell| cell.value.is_absent()) || self.absent.contains(&(row, column))
    }

    /// Whether there is a figure in a place, which is not said: kept back, or not known. Only what does not apply is none.
    fn is_kept_back(&self, row: usize, column: usize) -> bool {
        let cell = self.table.file.rows[row].values.get(column).map(|cell| &cell.value);
        matches!(cell, Some(Cell::Figure(figure)) if figure.is_absent() && *figure != Figure::NOT_APPLICABLE)
    }

    fn are_positive(&self, parts: &[FactId]) -> bool {
        let mut parts = parts.iter().filter_map(|part| self.collector.facts.quantity(*part));
        parts.all(|part| part.number >= Decimal::ZERO)
    }

    /// What a rule comes to in a place. What is absent adds nothing to a sum, as in a total of the rows above; nothing
    /// else can be calculated with it.
    fn evaluate(&mut self, row: usize, column: usize, across: bool) -> Outcome {
        let Some(rule) = self.rule_of(row, column, across) else { return Outcome::Fault };
        let (expression, meanings, text) = (rule.expression.clone(), rule.meanings.clone(), rule.text);
        let places: Vec<Option<(usize, usize)>> =
            meanings.iter().map(|meaning| meaning.place(row, column, across)).collect();
        let figures: Vec<Option<FactId>> = meanings
            .iter()
            .zip(&places)
            .map(|(meaning, place)| match (meaning, place) {
                (Meaning::Fact(fact), _) => Some(*fact),
                (_, Some((row, column))) => self.figure(*row, *column),
                _ => None,
            })
            .collect();
        // Why one of them is not there was told.
        if places.iter().flatten().any(|place| self.failed.contains(place)) {
            return Outcome::Fault;
        }
        let facts = &self.collector.facts;
        let known: Vec<Option<Quantity>> = meanings
            .iter()
            .zip(&figures)
            .map(|(meaning, figure)| match meaning {
                Meaning::Number(number) => Some(*number),
                _ => figure.and_then(|figure| facts.quantity(figure)),
            })
            .collect();
        let parts: Vec<FactId> = figures.iter().flatten().copied().collect();
        let mut absent: Vec<&str> = known
            .iter()
            .zip(&expression.operands)
            .filter(|(quantity, _)| quantity.is_none())
            .map(|(_, (_, letters))| &text.value[letters.clone()])
            .collect();
        if !absent.is_empty() && (parts.is_empty() || !expression.uses_only("+")) {
            absent.dedup();
            let has = if absent.len() == 1 { "has" } else { "have" };
            let why = format!("`{}` cannot be calculated: {} {has} no figure", text.value, absent.join(" and "));
            let mut nowhere = places.iter().zip(&known).filter(|(_, quantity)| quantity.is_none());
            let is_said =
                nowhere.all(|(place, _)| place.is_some_and(|(row, column)| self.is_said_to_be_absent(row, column)));
            return Outcome::Nothing { why, parts, is_said };
        }
        let unit = known.iter().flatten().next().map_or(Unit::Number, |quantity| quantity.unit);
        let nothing = Quantity::exact(Decimal::ZERO, unit);
        let mut values = known.into_iter();
        let value = expression
            .evaluate(|_, _| Ok::<_, ()>(values.next().flatten().unwrap_or(nothing)))
            .unwrap_or(Term::Fault(CalculationError::TooLarge));
        match value {
            Term::Quantity(value) => {
                let is_open = places.iter().flatten().any(|(row, column)| self.is_kept_back(*row, *column));
                let value = if is_open { value.and_more(self.are_positive(&parts)) } else { value };
                let is_left_out = self.table.grid[row][column].is_none();
                let unit = self.unit_of(row, column).filter(|_| !(is_left_out && value.unit == Unit::Points));
                let value = unit.and_then(|unit| value.in_unit_of(unit).ok()).unwrap_or(value);
                Outcome::Comes { value, parts, is_sum: expression.uses_only("+-"), is_open }
            }
            Term::Fault(fault) => {
                let finding = Diagnostic::error(fault.code(), text.at, format!("this cannot be calculated: {fault}"));
                let finding = match self.table.grid[row][column] {
                    Some(total) => finding.also(self.collector.facts.get(total).at, "for this figure"),
                    None => finding.also(self.table.file.rows[row].name.at, "in this row"),
                };
                let finding = match fault {
                    CalculationError::ByZero => finding.help("type the figures of the row that follow from others, and n/a where there is nothing to divide by"),
                    _ => finding,
                };
                self.tell(text.at, &fault.to_string(), finding);
                Outcome::Fault
            }
            Term::Truth { .. } | Term::Chain => Outcome::Fault,
        }
    }

    /// The unit that a place has: that of what was typed there, or what its row, column or table says.
    pub(super) fn unit_of(&self, row: usize, column: usize) -> Option<Unit> {
        let file = self.table.file;
        let typed = self.table.grid[row][column].and_then(|fact| self.collector.facts.quantity(fact));
        let said = || file.denomination(&file.rows[row], &file.columns[column]).map(|one| one.value.unit);
        typed.map(|typed| typed.unit).or_else(|| match file.columns[column].holds() {
            ColumnType::Percentage => Some(Unit::Percent),
            _ => said(),
        })
    }
}
