//! Columns that are watched over time: what is said of their figures, from which rows on something was changed, and of
//! which rows limits are made.

use std::ops::Range;

use super::{Cell, Column, Denomination, Row, RowKind, cells, denomination_of};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::values::{Better, FigureValue, Id};
use crate::model::without_notes;
use crate::record;
use crate::yaml::{At, Text};

record! {
    RawWatched "a column that is watched" {
        required column: At<Id>,
        required better: Better,
        /// What its figures should reach: a figure, or the address of one in braces.
        optional target: Text,
        /// Rows of which limits are made, where it is not all of them.
        optional baselines: Vec<RawBaseline>,
        /// Rows from which something was changed, so that limits begin anew.
        optional steps: Vec<RawStep>,
    }
}

record! {
    RawBaseline "a baseline" {
        required from: At<Id>,
        required to: At<Id>,
        /// Why limits are made of these rows; it is printed.
        required reason: Text,
    }
}

record! {
    RawStep "a step" {
        required from: At<Id>,
        /// What was changed; it is printed.
        required reason: Text,
    }
}

/// A column whose figures are watched over time, row after row.
#[derive(Debug, Clone)]
pub struct WatchedColumn {
    /// Where it is named.
    pub at: Span,
    /// Its place among all columns.
    pub column: usize,
    pub better: Better,
    /// What the figures should reach: typed, or one that stands elsewhere.
    pub target: Option<At<Cell>>,
    /// From the first row to the last, each from a step on.
    pub stretches: Vec<WatchedStretch>,
}

/// Rows over which nothing was changed.
#[derive(Debug, Clone)]
pub struct WatchedStretch {
    pub rows: Range<usize>,
    /// Why it begins; the first of all just begins.
    pub reason: Option<Text>,
    /// Of which rows its limits are made, if not of all.
    pub baseline: Option<Baseline>,
}

/// Rows of which limits are made.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub at: Span,
    pub rows: Range<usize>,
    pub reason: Text,
}

impl WatchedColumn {
    /// The fields of a column that is watched, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = RawWatched::FIELDS;

    /// The fields of a baseline, and whether they must be there.
    pub const BASELINE_FIELDS: &[(&str, bool)] = RawBaseline::FIELDS;

    /// The fields of a step, and whether they must be there.
    pub const STEP_FIELDS: &[(&str, bool)] = RawStep::FIELDS;

    /// Why limits are made as they are: the reasons of steps and baselines, which are printed.
    pub fn reasons(&self) -> impl Iterator<Item = &Text> {
        self.stretches
            .iter()
            .flat_map(|stretch| stretch.reason.iter().chain(stretch.baseline.iter().map(|baseline| &baseline.reason)))
    }
}

/// Reads what is said of columns that are watched; none where something is wrong with it.
pub(super) fn read(
    raw: Vec<RawWatched>,
    columns: &[Column],
    rows: &[Row],
    unit: Option<&At<Denomination>>,
    findings: &mut Findings,
) -> Option<Vec<WatchedColumn>> {
    let before = findings.len();
    let mut reader = Reader { columns, rows, unit, findings };
    if let Some(first) = raw.first() {
        reader.expect_time(first.column.at);
    }
    let mut seen: Vec<&At<Id>> = Vec::new();
    for one in &raw {
        match seen.iter().find(|first| first.value == one.column.value) {
            Some(first) => reader.findings.push(
                Diagnostic::error(Code::DuplicateId, one.column.at, format!("`{}` is watched twice", one.column.value))
                    .also(first.at, "the other one")
                    .help("remove one of the two"),
            ),
            None => seen.push(&one.column),
        }
    }
    let watched: Vec<WatchedColumn> = raw.iter().filter_map(|one| reader.watched(one)).collect();
    (findings.len() == before).then_some(watched)
}

struct Reader<'r> {
    columns: &'r [Column],
    rows: &'r [Row],
    unit: Option<&'r At<Denomination>>,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    fn refuse(&mut self, at: Span, message: String, help: &str) {
        self.findings.push(Diagnostic::error(Code::WrongValue, at, message).help(help));
    }

    /// Rows that follow each other in time are figures of their own, each with a name that can be bound in a text.
    fn expect_time(&mut self, at: Span) {
        let is_a_time = |row: &&Row| row.kind == RowKind::Figures && row.level == 0 && row.is.is_none();
        if let Some(row) = self.rows.iter().find(|row| !is_a_time(row)) {
            let message = format!("`{}` is no time: it is a total, a heading, a part or a calculation", row.id);
            self.findings.push(
                Diagnostic::error(Code::WrongValue, row.name.at, message)
                    .also(at, "this column is watched over time")
                    .help("keep the rows that follow each other in time in a table of their own"),
            );
        }
        if let Some(row) = self.rows.iter().find(|row| without_notes(&row.name.value).contains("{{")) {
            self.refuse(
                row.name.at,
                "the time of a row is named by a figure".to_owned(),
                "write the name out, so that texts can say when a run began",
            );
        }
    }

    fn watched(&mut self, raw: &RawWatched) -> Option<WatchedColumn> {
        let place = self.columns.iter().position(|column| column.id.value == raw.column.value);
        let of_figures = |column: &&Column| column.has_figures();
        let ids = || self.columns.iter().filter(of_figures).map(|column| column.id.value.as_str());
        let Some(place) = place else {
            let finding = Diagnostic::error(
                Code::UnknownReference,
                raw.column.at,
                format!("there is no column `{}`", raw.column.value),
            );
            let help = format!("the columns with figures are {}", ids().collect::<Vec<_>>().join(", "));
            self.findings.push(finding.did_you_mean(raw.column.value.as_str(), ids()).help(help));
            return None;
        };
        if !self.columns[place].has_figures() {
            let message = format!("the column `{}` holds no figures", raw.column.value);
            self.refuse(raw.column.at, message, "name a column of figures");
            return None;
        }
        let target = match &raw.target {
            Some(target) => Some(self.target(target, raw, place)?),
            None => None,
        };
        Some(WatchedColumn {
            at: raw.column.at,
            column: place,
            better: raw.better,
            target,
            stretches: self.stretches(raw)?,
        })
    }

    /// A target in the unit of its column: one figure, or one that stands elsewhere.
    fn target(&mut self, text: &Text, raw: &RawWatched, place: usize) -> Option<At<Cell>> {
        if raw.better == Better::Neither {
            let message = "a target needs a side that is better".to_owned();
            self.refuse(text.at, message, "write `better: higher` or `better: lower`, or leave the target out");
            return None;
        }
        let column = &self.columns[place];
        let cell = cells::read(text.clone(), column, denomination_of(None, column, self.unit), self.findings)?;
        match &cell.value {
            Cell::Figure(figure) if !matches!(figure.value, FigureValue::Exact(_) | FigureValue::Nil(_)) => {
                let message = format!("`{}` is no target: it is not one figure", text.value);
                self.refuse(text.at, message, "write one figure; `better` says which side of it is better");
                None
            }
            _ => Some(cell),
        }
    }

    /// The rows from each step to the next.
    fn stretches(&mut self, raw: &RawWatched) -> Option<Vec<WatchedStretch>> {
        let mut stretches = vec![WatchedStretch { rows: 0..self.rows.len(), reason: None, baseline: None }];
        for step in raw.steps.iter().flatten() {
            let from = self.row(&step.from)?;
            let latest = stretches.last_mut()?;
            if from <= latest.rows.start {
                let message = match from {
                    0 => format!("`{}` is the first row, where limits begin anyway", step.from.value),
                    _ => format!("`{}` does not come after `{}`", step.from.value, self.rows[latest.rows.start].id),
                };
                self.refuse(step.from.at, message, "write the steps in the order of the rows, none for the first row");
                return None;
            }
            latest.rows.end = from;
            let rows = from..self.rows.len();
            stretches.push(WatchedStretch { rows, reason: Some(step.reason.clone()), baseline: None });
        }
        for baseline in raw.baselines.iter().flatten() {
            let (from, to) = (self.row(&baseline.from)?, self.row(&baseline.to)?);
            if to < from {
                let message = format!("`{}` comes before `{}`", baseline.to.value, baseline.from.value);
                self.refuse(baseline.to.at, message, "write the first row as `from` and the last as `to`");
                return None;
            }
            let Some(stretch) = stretches.iter_mut().find(|stretch| stretch.rows.contains(&from)) else { continue };
            if !stretch.rows.contains(&to) {
                let message = format!("a step lies between `{}` and `{}`", baseline.from.value, baseline.to.value);
                self.refuse(baseline.at, message, "end the baseline before the step, or begin it there");
                return None;
            }
            if let Some(first) = &stretch.baseline {
                self.findings.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        baseline.at,
                        "there are two baselines, and no step between them",
                    )
                    .also(first.at, "the other one")
                    .help("remove one of the two"),
                );
                return None;
            }
            stretch.baseline = Some(Baseline { at: baseline.at, rows: from..to + 1, reason: baseline.reason.clone() });
        }
        Some(stretches)
    }

    /// The place of a row.
    fn row(&mut self, id: &At<Id>) -> Option<usize> {
        let place = self.rows.iter().position(|row| row.id == id.value);
        if place.is_none() {
            let ids = self.rows.iter().map(|row| row.id.as_str());
            let finding = Diagnostic::error(Code::UnknownReference, id.at, format!("there is no row `{}`", id.value));
            self.findings.push(
                finding
                    .did_you_mean(id.value.as_str(), ids)
                    .help("a row goes by its `id`, or else by its name in small letters: April 2023 is april-2023"),
            );
        }
        place
    }
}
