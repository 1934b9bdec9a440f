//! total-undeclared: what is the total of others says so, so that it goes on being checked.
//!
//! A row or column is taken for a total where its name says so and one of its figures is the sum of those before it, or
//! where all of them are. One that is called just `Total` is a total, whatever its figures are.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::{FactId, Quantity};
use crate::model::{Column, Report, Row, RowKind, TableFile, without_notes};
use crate::wording::Wording;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for report in &subject.project.reports {
        for part in report.parts() {
            let Some((stem, table)) = part.table() else { continue };
            let table = Facts::of(subject, report, stem, table);
            table.rows(audit);
            table.columns(audit);
        }
    }
}

/// Whether a name begins as those of totals do.
fn is_called_a_total(wording: &Wording, name: &str) -> bool {
    wording.phrase_at("phrases.begins-total", name).is_some()
}

/// Whether a name says nothing but that it is the total of what stands before it.
fn is_called_the_total(wording: &Wording, name: &str) -> bool {
    wording.is_phrase("phrases.totals", name.trim())
}

/// A table with the facts of its cells.
struct Facts<'a> {
    subject: &'a Subject<'a>,
    wording: &'a Wording,
    table: &'a TableFile,
    /// Row by row, column by column.
    cells: Vec<Vec<Option<FactId>>>,
    /// Whether a column has one unit and nothing below nought, so that what is added only ever makes a sum larger.
    only_grows: Vec<bool>,
}

impl<'a> Facts<'a> {
    fn of(subject: &'a Subject, report: &'a Report, stem: &str, table: &'a TableFile) -> Self {
        let wording = report.wording();
        let cell = |row: &Row, column: &Column| {
            subject.facts.find(&report.id, &format!("{stem}.{}.{}", row.id, column.id.value))
        };
        let cells_of = |row| table.columns.iter().map(|column| cell(row, column)).collect();
        let cells: Vec<Vec<Option<FactId>>> = table.rows.iter().map(cells_of).collect();
        let only_grows = |column: usize| {
            let quantities = || cells.iter().filter_map(|row| subject.facts.quantity(row[column]?));
            let unit = quantities().next().map(|first| first.unit);
            quantities().all(|one| Some(one.unit) == unit && !one.number.is_sign_negative())
        };
        let only_grows = (0..table.columns.len()).map(only_grows).collect();
        Self { subject, wording, table, cells, only_grows }
    }

    fn at(&self, row: usize, column: usize) -> Option<FactId> {
        self.cells[row][column]
    }

    /// Rows under others of their level that say nothing of what they are.
    fn rows(&self, audit: &mut Audit) {
        for (place, row) in self.table.rows.iter().enumerate() {
            if row.kind != RowKind::Figures || row.is.is_some() {
                continue;
            }
            let siblings =
                |other: &usize| self.table.rows[*other].above == row.above && !self.table.rows[*other].is_heading();
            let above: Vec<usize> = (0..place).filter(siblings).collect();
            let lines = (0..self.table.columns.len()).filter_map(|column| {
                Some((self.at(place, column)?, above.iter().map(move |row| (*row, column)).collect()))
            });
            let help = "add `total: yes` where it is the sum of the rows above it, or `is: …` with their ids";
            self.tell(audit, lines.collect(), &without_notes(&row.name.value), "row", help);
        }
    }

    /// Columns beside others of their group that say nothing of what they are.
    fn columns(&self, audit: &mut Audit) {
        for (place, column) in self.table.columns.iter().enumerate() {
            if !column.has_figures() || column.is.is_some() {
                continue;
            }
            let group = self.table.groups.iter().find(|group| group.columns.contains(&place));
            let beside: Vec<usize> = (group.map_or(0, |group| group.columns.start)..place).collect();
            let lines = (0..self.table.rows.len()).filter_map(|row| {
                Some((self.at(row, place)?, beside.iter().map(move |column| (row, *column)).collect()))
            });
            let help = "add `is: …` with the ids of the columns that it is made of";
            self.tell(audit, lines.collect(), &without_notes(&column.name.value), "column", help);
        }
    }

    /// Tells of figures, each with the places before it, where they are the sums of these.
    fn tell(&self, audit: &mut Audit, lines: Vec<(FactId, Vec<(usize, usize)>)>, name: &str, what: &str, help: &str) {
        let are_sums: Vec<bool> = lines.iter().filter_map(|(total, before)| self.is_sum(*total, before)).collect();
        let sums = are_sums.iter().filter(|is_sum| **is_sum).count();
        let others = are_sums.len() - sums;
        let is_total = sums > 0 && (is_called_a_total(self.wording, name) || (sums > 1 && others == 0));
        let message = match is_total {
            true => format!("the {what} `{name}` adds up those before it, and does not say so"),
            false if others > 0 && is_called_the_total(self.wording, name) => {
                format!("the {what} `{name}` does not say what it adds up, and is no sum of those before it")
            }
            false => return,
        };
        let figures: Vec<FactId> = lines.iter().map(|(total, _)| *total).collect();
        let mut finding = audit.error(Code::TotalUndeclared, &figures, message);
        finding.severity = Severity::Warning;
        audit.push(finding.help(help));
    }

    /// Whether a figure is the sum of the last two or more before it; nothing where it is nought, or they are.
    fn is_sum(&self, total: FactId, before: &[(usize, usize)]) -> Option<bool> {
        let facts = self.subject.facts;
        let total = facts.quantity(total).filter(|total| !total.number.is_zero() && total.can_be_a_sum())?;
        let parts = before.iter().rev().filter_map(|(row, column)| facts.quantity(self.at(*row, *column)?));
        // Down a column, a sum that has passed the total has no way back to it.
        let is_down = before.first().map(|first| first.1) == before.last().map(|last| last.1);
        let only_grows = is_down && before.first().is_some_and(|(_, column)| self.only_grows[*column]);
        let (mut sum, mut count): (Option<Quantity>, usize) = (None, 0);
        for part in parts.filter(|part| !part.number.is_zero()) {
            sum = match sum {
                Some(sum) => Some(sum.plus(part).ok()?),
                None => Some(part),
            };
            count += 1;
            if count > 1 && sum.is_some_and(|sum| sum.unit == total.unit && sum.agrees(total) == Ok(true)) {
                return Some(true);
            }
            let has_passed = |sum: Quantity| {
                let step = total.step.max(sum.step);
                sum.number > total.number.saturating_add(total.width).saturating_add(step)
            };
            if count > 1 && only_grows && sum.is_some_and(has_passed) {
                return Some(false);
            }
        }
        (count > 1).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Wordings;

    #[test]
    fn names_of_totals_are_known_and_others_are_not_taken_for_them() {
        let wordings = Wordings::default();
        let all = |language: &str, names: &[&str], is: bool| {
            let wording = wordings.find(language, None).unwrap();
            names.iter().all(|name| is_called_a_total(wording, name) == is)
        };
        assert!(all("en", &["Total", "Total income", "Net movement in the year", "Sub-total", "GRAND TOTAL"], true));
        assert!(all("en", &["Totally new books", "Network costs", "All books", "Netball"], false));
        assert!(all("cy", &["Cyfanswm", "Cyfanswm yr incwm", "Is-gyfanswm", "Cyfanswm net"], true));
        assert!(all("cy", &["Llyfrau newydd", "Total"], false));
        assert!(all("fr", &["Total", "Total des recettes", "Sous-total", "Somme des recettes", "Ensemble"], true));
        assert!(all("fr", &["Totalement neufs", "Livres"], false));
    }
}
