//! A table that is being closed: what was left out is computed, and what was typed is held against what it follows from.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::follows::Outcome;
use super::rule::Rule;
use super::{Collector, OpenTable, is_left_out};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fact::{
    Fact, FactId, FactValue, Formula, LAST, Origin, Pattern, Quantity, RoundedSums, Signed, Uncast, stem,
};
use crate::model::values::{Figure, Id, Unit};
use crate::model::{Cell, Column, LastColumn, without_notes};
use crate::yaml::At;

/// A table that is being closed.
pub(super) struct Closing<'c, 'p, 'f> {
    pub(super) collector: &'c mut Collector<'p, 'f>,
    pub(super) table: OpenTable<'p>,
    rows: Vec<Option<Rule<'p>>>,
    columns: Vec<Option<Rule<'p>>>,
    /// Cells that are being computed, to find circles.
    path: Vec<(usize, usize)>,
    /// Cells that could not be computed.
    pub(super) failed: Vec<(usize, usize)>,
    /// The places at which a fault was told, and why: of one `is` the first figure stands for all.
    told: Vec<(Span, String)>,
    /// Cells that were left out and follow from what is not there.
    pub(super) absent: Vec<(usize, usize)>,
}

impl<'c, 'p, 'f> Closing<'c, 'p, 'f> {
    pub(super) fn of(collector: &'c mut Collector<'p, 'f>, table: OpenTable<'p>) -> Self {
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

    pub(super) fn close(mut self) {
        let file = self.table.file;
        for (row, one) in file.rows.iter().enumerate() {
            for (column, cell) in one.values.iter().enumerate() {
                if is_left_out(&cell.value) {
                    self.compute(row, column);
                }
            }
        }
        self.note_rounded_sums();
        for row in 0..file.rows.len() {
            let some = file.some_of(row);
            for column in 0..file.columns.len() {
                self.cast(row, column);
                self.hold_some(row, column, &some);
            }
        }
        for (place, column) in file.columns.iter().enumerate() {
            if let Some(sign) = &column.sign {
                let figures = self.table.grid.iter().filter_map(|cells| cells[place]);
                let signed = figures.map(|figure| Signed { figure, sign: sign.value, said: sign.at });
                self.collector.facts.signed.extend(signed);
            }
            self.expect_computed(place, column);
        }
        file.variation.iter().for_each(|watched| self.watch(watched));
    }

    /// What is said of the computed figures of a column is said of some.
    fn expect_computed(&mut self, place: usize, column: &Column) {
        let mut cells = self.table.file.rows.iter().filter_map(|row| row.values.get(place));
        let is_watched = self.table.file.variation.iter().any(|watched| watched.column == place);
        if let Some(decimals) = &column.decimals
            && !is_watched
            && !cells.any(|cell| is_left_out(&cell.value))
        {
            let message = format!("no figure under `{}` is computed", without_notes(&column.name.value));
            self.collector.findings.push(
                Diagnostic::error(Code::WrongValue, decimals.at, message)
                    .help("`decimals` is for figures that are left out; those that are typed are printed as they were typed: remove it"),
            );
        }
    }

    /// Casts what was typed where it follows from others, down and across.
    fn cast(&mut self, row: usize, column: usize) {
        let file = self.table.file;
        // What repeats the edition before is as good as typed: its total need not be the sum of what stands here.
        let is_repeated = file.columns[column].last.is_some();
        let is_typed =
            is_repeated || file.rows[row].values.get(column).is_some_and(|cell| cell.value != Cell::Computed);
        let Some(total) = self.table.grid[row][column].filter(|_| is_typed) else { return };
        if file.rows[row].is.is_none() && file.added_up_by(row).is_some() && !self.adds_up(row, column) {
            self.collector.facts.not_added.push(total);
        }
        for across in [false, true] {
            let Some(outcome) = self.follows(row, column, across) else { continue };
            match outcome {
                Outcome::Comes { value, parts, is_sum, .. } => {
                    let formula = match self.rule_of(row, column, across) {
                        Some(rule) => Formula::Expression(rule.text.value.clone(), parts.clone()),
                        None => Formula::Sum(parts.clone()),
                    };
                    let is_quotient = !across && self.is_quotient(column);
                    let rounded = is_sum && (file.is_rounded() || is_quotient || value.unit == Unit::Percent);
                    self.collector.note_casting(total, parts, value, formula, is_sum, rounded);
                }
                Outcome::Nothing { why, parts, .. } => self.collector.facts.uncast.push(Uncast { total, parts, why }),
                Outcome::Fault => {}
            }
        }
    }

    /// Whether the figures of a column are those of another by one and the same figure, so that they add up as those do,
    /// but were rounded one by one.
    fn is_quotient(&self, column: usize) -> bool {
        self.columns[column].as_ref().is_some_and(Rule::is_quotient)
    }

    /// Notes the sums of shares and other quotients, which a reader may find not to add up.
    fn note_rounded_sums(&mut self) {
        let file = self.table.file;
        let mut sums = Vec::new();
        for row in 0..file.rows.len() {
            let Some(parts) = file.added_up_by(row).filter(|_| file.rows[row].is.is_none()) else { continue };
            for column in (0..file.columns.len()).filter(|column| self.is_quotient(*column)) {
                let Some(total) = self.table.grid[row][column] else { continue };
                let parts: Vec<FactId> = parts.iter().filter_map(|part| self.table.grid[*part][column]).collect();
                sums.push((total, parts));
            }
        }
        if !sums.is_empty() {
            let (has_note, at) = (file.says_it_is_rounded(), file.caption.at);
            self.collector.facts.rounded_sums.push(RoundedSums { sums, has_note, at });
        }
    }

    /// Holds what is said to be some of a figure against it.
    fn hold_some(&mut self, row: usize, column: usize, some: &[usize]) {
        let Some(whole) = self.table.grid[row][column].filter(|_| !some.is_empty() && self.adds_up(row, column)) else {
            return;
        };
        if let Outcome::Comes { value, parts, .. } = self.sum(some, column) {
            self.collector.note_portion(whole, parts, value, self.table.file.is_rounded());
        }
    }

    pub(super) fn rule_of(&self, row: usize, column: usize, across: bool) -> Option<&Rule<'p>> {
        if across { self.columns[column].as_ref() } else { self.rows[row].as_ref() }
    }

    /// Computes a place that was left out: by its column where that says what it is, else by its row.
    pub(super) fn compute(&mut self, row: usize, column: usize) -> Option<FactId> {
        if self.table.grid[row][column].is_some() || self.failed.contains(&(row, column)) {
            return self.table.grid[row][column];
        }
        let file = self.table.file;
        let text = file.columns[column].is.as_ref().or(file.rows[row].is.as_ref());
        let at = text.map_or(file.rows[row].name.at, |text| text.at);
        if self.path.contains(&(row, column)) {
            self.path.clone().into_iter().for_each(|(row, column)| self.fail(row, column));
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
        if let Some(last) = &file.columns[column].last {
            return self.repeat(row, column, last);
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
                self.fail(row, column);
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
        let value = match is_sum.then(|| self.collector.facts.step_in_full(&parts)).flatten() {
            Some(step) => Quantity { step, ..value },
            None => value,
        };
        let value = value.coarsened(self.step_of_computed(row, column, value));
        let formula = match text {
            Some(text) => Formula::Expression(text.value.clone(), parts),
            None => Formula::Sum(parts),
        };
        let at = file.rows[row].values[column].at;
        Some(self.add(row, column, value, None, formula, at))
    }

    /// A figure that stands elsewhere, in the unit of its place.
    fn bind(&mut self, row: usize, column: usize, address: &str, at: Span) -> Option<FactId> {
        let Some(fact) = self.find(address).or_else(|| self.of_own(row, column, address)) else {
            return self.is_not_there(row, column, address, at);
        };
        let facts = &self.collector.facts;
        let unit = self.unit_of(row, column);
        let quantity = facts.quantity(fact).map(|quantity| match unit {
            Some(unit) => quantity.in_unit_of(unit),
            None => Ok(quantity),
        });
        let fault = match quantity {
            Some(Ok(quantity)) => {
                let value = quantity.coarsened(self.step_of(row, column));
                // A mark, a range and the form in which it was typed come with it.
                let is_the_same = value == quantity && self.scale_of(row, column) == Decimal::ONE;
                let typed = facts.get(fact).typed.filter(|typed| is_the_same && typed.unit() == Some(value.unit));
                self.collector.facts.used_in_formulas.push(fact);
                let formula = Formula::Expression(address.to_owned(), vec![fact]);
                return Some(self.add(row, column, value, typed, formula, at));
            }
            Some(Err(fault)) => format!("`{address}` does not fit its place: {fault}"),
            None => format!("`{address}` is no figure, but a day or a year"),
        };
        self.fail(row, column);
        self.collector.findings.push(Diagnostic::error(Code::UnitsDoNotFit, at, fault));
        None
    }

    /// The figure of the edition before, in the row of the same address. A row that it did not have has none.
    fn repeat(&mut self, row: usize, column: usize, last: &At<LastColumn>) -> Option<FactId> {
        let LastColumn { file, column: of } = &last.value;
        let file = file.as_ref().map_or_else(|| self.table.local_stem().to_owned(), Id::to_string);
        let of_row = |row: &str| format!("{LAST}.{file}.{row}.{of}");
        let address = of_row(self.table.file.rows[row].id.as_str());
        if self.find(&address).is_some() {
            return self.bind(row, column, &address, self.table.file.rows[row].values[column].at);
        }
        let is_told = self.collector.facts.has_failed(&self.table.scope, &address);
        let any = Pattern::parse(&of_row("*"));
        let all = any.map(|any| self.collector.facts.matching(&self.table.scope, &any)).unwrap_or_default();
        if is_told || !all.is_empty() {
            self.tell_renamed(row, last, &all);
            self.absent.push((row, column));
            return None;
        }
        self.fail(row, column);
        if self.collector.facts.whole {
            let finding = self.collector.facts.unknown(&self.table.scope, &address);
            self.tell(last.at, "last", Diagnostic { at: Some(last.at), ..finding });
        }
        None
    }

    /// A row whose name is nearly that of one that is gone may be that row: then its figure is lost in silence.
    fn tell_renamed(&mut self, row: usize, last: &At<LastColumn>, all: &[FactId]) {
        let file = self.table.file;
        let row = &file.rows[row];
        // An id that was given was chosen.
        if Id::of_name(&without_notes(&row.name.value)).as_ref() != Some(&row.id) || row.is_heading() {
            return;
        }
        let words = |id: &str| -> BTreeSet<String> { id.split('-').map(stem).collect() };
        let own = words(row.id.as_str());
        let rows = all.iter().filter_map(|figure| self.collector.facts.get(*figure).address.rsplit('.').nth(1));
        let gone = rows.filter(|id| !file.rows.iter().any(|row| row.id.as_str() == *id));
        let shared = |id: &&str| own.intersection(&words(id)).count();
        let alike = gone.filter(|id| shared(id) * 2 > own.len().max(words(id).len())).max_by_key(shared);
        let Some(alike) = alike.map(str::to_owned) else { return };
        let message = format!("this row has no figure in the edition before, which has one in `{alike}`");
        let finding = Diagnostic::warning(Code::RowRenamed, row.name.at, message).also(last.at, "in this column").help(
            format!("give it `id: {alike}`, if it is that row under another name; or an `id` of its own, if not"),
        );
        self.tell(row.name.at, "renamed", finding);
    }

    /// A figure that stands elsewhere; of a table that is still open, once it is closed.
    pub(super) fn find(&mut self, address: &str) -> Option<FactId> {
        let found = self.collector.facts.find(&self.table.scope, address);
        found.or_else(|| {
            self.collector.close_table_of(&self.table.scope, address);
            self.collector.facts.find(&self.table.scope, address)
        })
    }

    /// A figure of this table that is still to be computed, for a cell that is bound to it.
    fn of_own(&mut self, row: usize, column: usize, address: &str) -> Option<FactId> {
        let (of_row, of_column) = self.table.place_of(address)?;
        self.path.push((row, column));
        let fact = self.compute(of_row, of_column);
        self.path.pop();
        fact
    }

    fn is_not_there(&mut self, row: usize, column: usize, address: &str, at: Span) -> Option<FactId> {
        // Why it could not be computed was told; or it may stand in a file that could not be read.
        let is_told = self.collector.facts.has_failed(&self.table.scope, address);
        if !is_told && self.table.place_of(address).is_some_and(|place| self.absent.contains(&place)) {
            self.absent.push((row, column));
            return None;
        }
        self.fail(row, column);
        if is_told || !self.collector.facts.whole {
            return None;
        }
        self.collector.findings.push(match self.collector.is_being_closed(&self.table.scope, address) {
            true => Diagnostic::error(
                Code::CircularDerivation,
                at,
                format!("`{address}` stands in a table that is calculated from this one"),
            )
            .help("type one of the figures of the circle"),
            false => Diagnostic { at: Some(at), ..self.collector.facts.unknown(&self.table.scope, address) }.help(
                "a formula of facts.yaml is calculated after all tables: write it as the `is` of a row or column",
            ),
        });
        None
    }

    /// How many of its unit one in a place stands for: 1,000 pounds in thousands.
    fn scale_of(&self, row: usize, column: usize) -> Decimal {
        let file = self.table.file;
        file.denomination(&file.rows[row], &file.columns[column]).map_or(Decimal::ONE, |one| one.value.scale)
    }

    /// One in the last place that is printed in a column of thousands or millions: what was typed there says which.
    fn step_of(&self, row: usize, column: usize) -> Decimal {
        let scale = self.scale_of(row, column);
        if scale == Decimal::ONE {
            return Decimal::ZERO;
        }
        let typed = self.table.grid.iter().filter_map(|cells| self.collector.facts.quantity(cells[column]?));
        typed.map(|quantity| quantity.step).filter(|step| !step.is_zero()).min().unwrap_or(scale).min(scale)
    }

    /// One in the last place with which a computed figure is printed: the column says which, or of a quotient what was
    /// typed there.
    fn step_of_computed(&self, row: usize, column: usize, value: Quantity) -> Decimal {
        let one = &self.table.file.columns[column];
        if let Some(decimals) = &one.decimals {
            return Decimal::new(1, decimals.value.0) * self.scale_of(row, column);
        }
        let typed = self.table.grid.iter().filter_map(|cells| self.collector.facts.quantity(cells[column]?));
        let alike = typed.filter(|typed| typed.unit == value.unit && !typed.step.is_zero());
        alike.map(|typed| typed.step).min().filter(|_| value.step.is_zero()).unwrap_or_default()
    }

    /// Adds the fact of a place that was left out.
    fn add(
        &mut self,
        row: usize,
        column: usize,
        value: Quantity,
        typed: Option<Figure>,
        formula: Formula,
        at: Span,
    ) -> FactId {
        let file = self.table.file;
        let (address, also) = self.table.addresses.of(&file.rows[row], &file.columns[column]);
        let (value, origin) = (FactValue::Quantity(value), Origin::Derived(formula));
        let fact = Fact { address, also, value, typed, at, origin };
        let fact = self.collector.facts.add(fact, self.collector.findings);
        self.table.grid[row][column] = Some(fact);
        fact
    }

    fn cannot_be_derived(&mut self, row: usize, column: usize, at: Span, why: &str) -> Option<FactId> {
        self.fail(row, column);
        let file = self.table.file;
        let message = format!(
            "the figure of `{}` under `{}` is left out and does not follow from others: {why}",
            without_notes(&file.rows[row].name.value),
            without_notes(&file.columns[column].name.value)
        );
        self.tell(
            at,
            why,
            Diagnostic::error(Code::NotDerived, at, message).help("type the figure, or n/a where there is none"),
        );
        None
    }

    /// Notes that there is no figure in a place because of a fault, which is told: what names it is not told too.
    fn fail(&mut self, row: usize, column: usize) {
        self.failed.push((row, column));
        let (address, also) = self.table.addresses.of(&self.table.file.rows[row], &self.table.file.columns[column]);
        self.collector.facts.failed.extend([Some(address), also].into_iter().flatten().map(|one| one.to_string()));
    }

    /// Tells of a fault, once at a place for one reason.
    pub(super) fn tell(&mut self, at: Span, why: &str, finding: Diagnostic) {
        if !self.told.iter().any(|(place, known)| *place == at && known == why) {
            self.told.push((at, why.to_owned()));
            self.collector.findings.push(finding);
        }
    }
}
