//! Facts of a table: its figures by row and column, those that follow from others, and what its totals should be, down
//! and across.
//!
//! A table is opened when it is found, and closed when all typed figures of the project are known, so that what it
//! calculates with may stand elsewhere.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Collector;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fact::{
    CalculationError, Expression, Fact, FactId, Formula, Operand, Origin, Quantity, Term, Uncast, Value,
};
use crate::model::values::{ColumnType, Figure, Unit};
use crate::model::{Cell, Column, Denomination, Group, Row, RowKind, TableFile};
use crate::yaml::{self, At, Text};

/// A table whose typed figures are facts already.
pub(super) struct OpenTable<'p> {
    file: &'p TableFile,
    addresses: Addresses<'p>,
    /// The report that it stands in, or the folder of a group.
    scope: String,
    source: Option<Arc<str>>,
    /// The facts by row and column.
    grid: Vec<Vec<Option<FactId>>>,
}

/// How the addresses of a table's figures are made.
pub(super) enum Addresses<'p> {
    /// Of a part: `REPORT.STEM.ROW.COLUMN`.
    Part(String),
    /// Of the table that makes reports: `REPORT.row.COLUMN`, and `FOLDER.ROW.COLUMN` too.
    Rows(&'p Group),
}

impl Addresses<'_> {
    fn of(&self, row: &Row, column: &Column) -> (Arc<str>, Option<Arc<str>>) {
        let column = column.id.value.as_str();
        match self {
            Self::Part(stem) => (Arc::from(format!("{stem}.{}.{column}", row.id)), None),
            Self::Rows(group) => {
                let in_table = Arc::from(format!("{}.{}.{column}", group.folder, row.id));
                match row.is_total() {
                    true => (in_table, None),
                    false => (Arc::from(format!("{}.row.{column}", group.report_id(row))), Some(in_table)),
                }
            }
        }
    }
}

impl<'p> Collector<'p, '_> {
    pub(super) fn table(&mut self, stem: &str, file: &'p TableFile) {
        self.enter(file.source.as_ref());
        let addresses = Addresses::Part(format!("{}{stem}", self.scope));
        let scope = self.scope.trim_end_matches('.').to_owned();
        self.open(file, addresses, scope, |_| true);
    }

    /// Adds the figures that were typed in a table; `has_facts` says of which rows.
    pub(super) fn open(
        &mut self,
        file: &'p TableFile,
        addresses: Addresses<'p>,
        scope: String,
        has_facts: impl Fn(usize) -> bool,
    ) {
        // A unit that the organisation does not declare has no name to be printed.
        file.units().for_each(|unit| self.facts.check_unit(unit, self.findings));
        let mut grid = Vec::new();
        for (place, row) in file.rows.iter().enumerate() {
            let cell = |(column, cell): (&Column, &At<Cell>)| {
                let denomination = file.denomination(row, column);
                let (value, typed) = value_of(&cell.value, denomination)?;
                let (address, also) = addresses.of(row, column);
                let origin = Origin::Typed(self.source.clone());
                Some(self.facts.add(Fact { address, also, value, typed, at: cell.at, origin }, self.findings))
            };
            let mut cells: Vec<Option<FactId>> = match has_facts(place) {
                true => file.columns.iter().zip(&row.values).map(cell).collect(),
                false => Vec::new(),
            };
            cells.resize(file.columns.len(), None);
            grid.push(cells);
        }
        self.open_tables.push(OpenTable { file, addresses, scope, source: self.source.clone(), grid });
    }

    /// Computes what the tables leave out, and what their totals should be.
    pub(super) fn close_tables(&mut self) {
        for table in std::mem::take(&mut self.open_tables) {
            let before = self.findings.len();
            let scope = table.scope.clone();
            self.source = table.source.clone();
            Closing::of(self, table).close();
            if let Some(row) = self.facts.row(&scope) {
                row.mark(&mut self.findings[before..]);
            }
        }
        self.source = None;
    }
}

/// The value of a cell, and the figure itself where it says enough outside the table.
fn value_of(cell: &Cell, denomination: Option<&At<Denomination>>) -> Option<(Value, Option<Figure>)> {
    match cell {
        Cell::Figure(figure) => {
            let quantity = Quantity::of_figure(*figure)?;
            let scale = denomination.map_or(Decimal::ONE, |one| one.value.scale);
            match scale == Decimal::ONE {
                true => Some((Value::Quantity(quantity), Some(*figure))),
                // In thousands, the figure as it was typed says too little outside its table.
                false => Some((Value::Quantity(quantity.scaled(scale)), None)),
            }
        }
        Cell::Day(day) => Some((Value::Day(*day), None)),
        Cell::Text(_) | Cell::Bound(_) | Cell::Computed => None,
    }
}

/// Whether what stands in a cell is found elsewhere.
fn is_left_out(cell: &Cell) -> bool {
    matches!(cell, Cell::Bound(_) | Cell::Computed)
}

/// What an operand of an `is` means.
#[derive(Clone, Copy)]
enum Meaning {
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
    fn place(self, row: usize, column: usize, across: bool) -> Option<(usize, usize)> {
        match self {
            Meaning::Along(place) if across => Some((row, place)),
            Meaning::Along(place) => Some((place, column)),
            Meaning::Cell(row, column) => Some((row, column)),
            Meaning::Number(_) | Meaning::Fact(_) => None,
        }
    }
}

/// An `is` that was understood.
struct Rule<'p> {
    text: &'p Text,
    expression: Expression,
    meanings: Vec<Meaning>,
}

/// What a rule comes to in one place.
enum Outcome {
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

/// A table that is being closed.
struct Closing<'c, 'p, 'f> {
    collector: &'c mut Collector<'p, 'f>,
    table: OpenTable<'p>,
    rows: Vec<Option<Rule<'p>>>,
    columns: Vec<Option<Rule<'p>>>,
    /// Cells that are being computed, to find circles.
    path: Vec<(usize, usize)>,
    /// Cells that could not be computed.
    failed: Vec<(usize, usize)>,
    /// The places at which a fault was told, and why: of one `is` the first figure stands for all.
    told: Vec<(Span, String)>,
    /// Cells that were left out and follow from what is not there.
    absent: Vec<(usize, usize)>,
}

impl<'c, 'p, 'f> Closing<'c, 'p, 'f> {
    fn of(collector: &'c mut Collector<'p, 'f>, table: OpenTable<'p>) -> Self {
        let (rows, columns) = (Vec::new(), Vec::new());
        let mut closing = Self {
            collector,
            table,
            rows,
            columns,
            path: Vec::new(),
            failed: Vec::new(),
            absent: Vec::new(),
            told: Vec::new(),
        };
        let file = closing.table.file;
        closing.rows =
            (0..file.rows.len()).map(|place| closing.rule(file.rows[place].is.as_ref()?, place, true)).collect();
        closing.columns =
            (0..file.columns.len()).map(|place| closing.rule(file.columns[place].is.as_ref()?, place, false)).collect();
        closing
    }

    fn close(mut self) {
        let file = self.table.file;
        for (row, one) in file.rows.iter().enumerate() {
            for (column, cell) in one.values.iter().enumerate() {
                if is_left_out(&cell.value) {
                    self.compute(row, column);
                }
            }
        }
        for row in 0..file.rows.len() {
            for column in 0..file.columns.len() {
                self.cast(row, column);
            }
        }
    }

    /// Casts what was typed where it follows from others, down and across.
    fn cast(&mut self, row: usize, column: usize) {
        let file = self.table.file;
        let is_typed = file.rows[row].values.get(column).is_some_and(|cell| cell.value != Cell::Computed);
        let Some(total) = self.table.grid[row][column].filter(|_| is_typed) else { return };
        for across in [false, true] {
            let Some(outcome) = self.follows(row, column, across) else { continue };
            match outcome {
                Outcome::Comes { value, parts, is_sum, .. } => {
                    let formula = match self.rule_of(row, column, across) {
                        Some(rule) => Formula::Expression(rule.text.value.clone(), parts.clone()),
                        None => Formula::Sum(parts.clone()),
                    };
                    let rounded = is_sum && (file.is_rounded() || value.unit == Unit::Percent);
                    self.collector.note_casting(total, parts, value, formula, is_sum, rounded);
                }
                Outcome::Nothing { why, parts, .. } => self.collector.facts.uncast.push(Uncast { total, parts, why }),
                Outcome::Fault => {}
            }
        }
    }

    fn rule_of(&self, row: usize, column: usize, across: bool) -> Option<&Rule<'p>> {
        if across { self.columns[column].as_ref() } else { self.rows[row].as_ref() }
    }

    /// What a place should be by its row, or by its column; none where nothing says so.
    fn follows(&mut self, row: usize, column: usize, across: bool) -> Option<Outcome> {
        let one = &self.table.file.rows[row];
        let has_rule = if across { self.table.file.columns[column].is.is_some() } else { one.is.is_some() };
        if has_rule {
            return Some(self.evaluate(row, column, across));
        }
        if across {
            return None;
        }
        let rows = match one.kind {
            RowKind::Total => self.above(row),
            RowKind::Whole => self.children(Some(row)).flat_map(|child| self.contribution(child)).collect(),
            RowKind::Figures | RowKind::Heading => return None,
        };
        self.adds_up(row, column).then(|| self.sum(&rows, column))
    }

    /// Whether figures of a place add up: percentages only to a hundred, ratios and rates not at all.
    fn adds_up(&self, row: usize, column: usize) -> bool {
        let of = |fact: Option<FactId>| fact.and_then(|fact| self.collector.facts.quantity(fact));
        let printed = of(self.table.grid[row][column]);
        let unit = printed.map(|printed| printed.unit).or_else(|| self.unit_of(row, column));
        // What was left out is of the unit of what stands in its column.
        let unit = unit.or_else(|| self.table.grid.iter().find_map(|cells| of(cells[column])).map(|other| other.unit));
        match (self.table.file.columns[column].holds(), unit) {
            (ColumnType::Text | ColumnType::Date, _) => false,
            (_, Some(Unit::Percent)) => printed.is_some_and(|printed| printed.number == Decimal::ONE_HUNDRED),
            (_, Some(Unit::Ratio | Unit::Rate(_) | Unit::Year)) => false,
            _ => true,
        }
    }

    fn children(&self, above: Option<usize>) -> impl Iterator<Item = usize> + use<'p> {
        let rows = &self.table.file.rows;
        (0..rows.len()).filter(move |place| rows[*place].above == above)
    }

    /// What a row adds to a total under it: itself; a heading, what stands under it since its last total, and that.
    fn contribution(&self, row: usize) -> Vec<usize> {
        if !self.table.file.rows[row].is_heading() {
            return vec![row];
        }
        let under: Vec<usize> = self.children(Some(row)).collect();
        let from = under.iter().rposition(|child| self.table.file.rows[*child].is_total()).unwrap_or_default();
        under[from..].iter().flat_map(|child| self.contribution(*child)).collect()
    }

    /// The rows that a total adds up: those beside it since the last total, or the totals where it follows one.
    fn above(&self, total: usize) -> Vec<usize> {
        let rows = &self.table.file.rows;
        let (mut above, mut totals) = (Vec::new(), Vec::new());
        for row in self.children(rows[total].above).take_while(|row| *row < total) {
            if rows[row].is_total() {
                // A grand total ends what it adds up.
                if above.is_empty() {
                    totals.clear();
                }
                above.clear();
                totals.push(row);
            } else {
                above.extend(self.contribution(row));
            }
        }
        if above.is_empty() { totals } else { above }
    }

    /// The sum of rows in a column. What is absent adds nothing.
    fn sum(&mut self, rows: &[usize], column: usize) -> Outcome {
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
    fn figure(&mut self, row: usize, column: usize) -> Option<FactId> {
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
                let finding =
                    Diagnostic::error(Code::UnitsDoNotFit, text.at, format!("this cannot be calculated: {fault}"));
                let finding = match self.table.grid[row][column] {
                    Some(total) => finding.also(self.collector.facts.get(total).at, "for this figure"),
                    None => finding,
                };
                self.tell(text.at, &fault.to_string(), finding);
                Outcome::Fault
            }
            Term::Truth { .. } | Term::Chain => Outcome::Fault,
        }
    }

    /// The unit that a place has: that of what was typed there, or what its row, column or table says.
    fn unit_of(&self, row: usize, column: usize) -> Option<Unit> {
        let file = self.table.file;
        let typed = self.table.grid[row][column].and_then(|fact| self.collector.facts.quantity(fact));
        let said = || file.denomination(&file.rows[row], &file.columns[column]).map(|one| one.value.unit);
        typed.map(|typed| typed.unit).or_else(|| match file.columns[column].holds() {
            ColumnType::Percentage => Some(Unit::Percent),
            _ => said(),
        })
    }

    /// Computes a place that was left out: by its column where that says what it is, else by its row.
    fn compute(&mut self, row: usize, column: usize) -> Option<FactId> {
        if self.table.grid[row][column].is_some() || self.failed.contains(&(row, column)) {
            return self.table.grid[row][column];
        }
        let file = self.table.file;
        let text = file.columns[column].is.as_ref().or(file.rows[row].is.as_ref());
        let at = text.map_or(file.rows[row].name.at, |text| text.at);
        if self.path.contains(&(row, column)) {
            self.failed.extend(self.path.clone());
            let message =
                format!("`{}` under `{}` is calculated from itself", file.rows[row].id, file.columns[column].id.value);
            self.tell(
                at,
                "circle",
                Diagnostic::error(Code::CircularDerivation, at, message).help("type one of the figures of the circle"),
            );
            return None;
        }
        if !file.columns[column].has_figures() {
            return None;
        }
        if let At { value: Cell::Bound(address), at } = &file.rows[row].values[column] {
            return self.bind(row, column, address, *at);
        }
        self.path.push((row, column));
        let outcome = self.follows(row, column, true).or_else(|| self.follows(row, column, false));
        self.path.pop();
        let (value, parts, is_sum) = match outcome {
            // What could be anything, because a part of it is kept back, is not there to be printed.
            Some(Outcome::Comes { value, is_open: true, .. }) if value.is_anything() => {
                self.absent.push((row, column));
                return None;
            }
            Some(Outcome::Comes { value, parts, is_sum, .. }) => (value, parts, is_sum),
            Some(Outcome::Fault) => {
                self.failed.push((row, column));
                return None;
            }
            // What follows from what is not there is not there either.
            Some(Outcome::Nothing { is_said: true, .. }) => {
                self.absent.push((row, column));
                return None;
            }
            outcome => {
                let why = match outcome {
                    Some(Outcome::Nothing { why, .. }) => why,
                    _ => "nothing adds up to it".to_owned(),
                };
                return self.cannot_be_derived(row, column, at, &why);
            }
        };
        if self.failed.contains(&(row, column)) {
            return None;
        }
        if value.is_anything() {
            return self.cannot_be_derived(row, column, at, "it could be any figure");
        }
        if value.unit == Unit::Points && self.unit_of(row, column) == Some(Unit::Percent) {
            let why =
                "the difference of two percentages is in percentage points: give the column `unit: percentage points`";
            return self.cannot_be_derived(row, column, at, why);
        }
        let step = is_sum.then(|| self.collector.facts.step_in_full(&parts)).flatten().unwrap_or(value.step);
        let formula = match text {
            Some(text) => Formula::Expression(text.value.clone(), parts),
            None => Formula::Sum(parts),
        };
        let at = file.rows[row].values[column].at;
        Some(self.add(row, column, Quantity { step, ..value }, formula, at))
    }

    /// A figure that stands elsewhere, in the unit of its place.
    fn bind(&mut self, row: usize, column: usize, address: &str, at: Span) -> Option<FactId> {
        let facts = &self.collector.facts;
        let found = facts.find(&self.table.scope, address);
        let fault = match found.map(|fact| (fact, facts.quantity(fact))) {
            Some((fact, Some(quantity))) => match self
                .unit_of(row, column)
                .map_or(Ok(quantity), |unit| quantity.in_unit_of(unit))
            {
                Ok(quantity) => {
                    let quantity = quantity.coarsened(self.step_of(row, column));
                    self.collector.facts.used_in_formulas.push(fact);
                    return Some(self.add(
                        row,
                        column,
                        quantity,
                        Formula::Expression(address.to_owned(), vec![fact]),
                        at,
                    ));
                }
                Err(fault) => {
                    Diagnostic::error(Code::UnitsDoNotFit, at, format!("`{address}` does not fit its place: {fault}"))
                }
            },
            Some((_, None)) => {
                Diagnostic::error(Code::UnitsDoNotFit, at, format!("`{address}` is no figure, but a day or a year"))
            }
            None if !facts.whole => {
                self.failed.push((row, column)); // It may stand in a file that could not be read.
                return None;
            }
            None => Diagnostic { at: Some(at), ..facts.unknown(&self.table.scope, address) }.help(
                "a formula of facts.yaml is calculated after all tables: write it as the `is` of a row or column",
            ),
        };
        self.failed.push((row, column));
        self.collector.findings.push(fault);
        None
    }

    /// One in the last place that is printed in a column of thousands or millions: what was typed there says which.
    fn step_of(&self, row: usize, column: usize) -> Decimal {
        let file = self.table.file;
        let scale =
            file.denomination(&file.rows[row], &file.columns[column]).map_or(Decimal::ONE, |one| one.value.scale);
        if scale == Decimal::ONE {
            return Decimal::ZERO;
        }
        let typed = self.table.grid.iter().filter_map(|cells| self.collector.facts.quantity(cells[column]?));
        typed.map(|quantity| quantity.step).filter(|step| !step.is_zero()).min().unwrap_or(scale).min(scale)
    }

    /// Adds the fact of a place that was left out.
    fn add(&mut self, row: usize, column: usize, value: Quantity, formula: Formula, at: Span) -> FactId {
        let file = self.table.file;
        let (address, also) = self.table.addresses.of(&file.rows[row], &file.columns[column]);
        let (value, origin) = (Value::Quantity(value), Origin::Derived(formula));
        let fact = Fact { address, also, value, typed: None, at, origin };
        let fact = self.collector.facts.add(fact, self.collector.findings);
        self.table.grid[row][column] = Some(fact);
        fact
    }

    fn cannot_be_derived(&mut self, row: usize, column: usize, at: Span, why: &str) -> Option<FactId> {
        self.failed.push((row, column));
        let file = self.table.file;
        let message = format!(
            "the figure of `{}` under `{}` is left out and does not follow from others: {why}",
            file.rows[row].name.value, file.columns[column].name.value
        );
        self.tell(
            at,
            why,
            Diagnostic::error(Code::NotDerived, at, message).help("type the figure, or n/a where there is none"),
        );
        None
    }

    /// Tells of a fault, once at a place for one reason.
    fn tell(&mut self, at: Span, why: &str, finding: Diagnostic) {
        if !self.told.iter().any(|(place, known)| *place == at && known == why) {
            self.told.push((at, why.to_owned()));
            self.collector.findings.push(finding);
        }
    }

    /// An expression over the other rows or columns, single cells (`ROW.COLUMN`) and figures that stand elsewhere.
    fn rule(&mut self, text: &'p Text, own: usize, is_row: bool) -> Option<Rule<'p>> {
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
        if let Some((row, column)) = cell {
            return Ok(Some(Meaning::Cell(row, column)));
        }
        if let Some(fact) = self.collector.facts.find(&self.table.scope, address) {
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
        if !self.collector.facts.whole {
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
