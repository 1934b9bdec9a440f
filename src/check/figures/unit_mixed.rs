//! unit-mixed: the figures of one row are written alike.

use super::{Audit, Subject};
use crate::diagnostic::{Code, Severity};
use crate::fact::FactId;
use crate::model::Cell;
use crate::model::values::{Figure, IndicatorColumn, Unit};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for series in &subject.facts.series {
        let row: Vec<FactId> = series.slots().filter_map(|(_, slot)| slot.figure(IndicatorColumn::Number)).collect();
        compare(subject, audit, &row, |one, other| one.unit() != other.unit() || differs(one, other));
    }
    let parts = subject.project.reports.iter().flat_map(|report| report.parts().map(move |part| (report, part)));
    for (report, part) in parts {
        let Some((_, table)) = part.table() else { continue };
        for row in &table.rows {
            let figures = row.values.iter().filter(|cell| matches!(cell.value, Cell::Figure(_)));
            let figures: Vec<FactId> = figures.filter_map(|cell| subject.facts.typed_at(&report.id, cell.at)).collect();
            // Columns of a table may hold different things.
            compare(subject, audit, &figures, differs);
        }
    }
}

fn compare(subject: &Subject, audit: &mut Audit, row: &[FactId], differs: impl Fn(Figure, Figure) -> bool) {
    audit.covers(Code::UnitMixed, row);
    let figure = |fact: &FactId| subject.facts.get(*fact).typed;
    let Some((first, other)) = row.iter().enumerate().find_map(|(place, one)| {
        let before =
            row[..place].iter().find(|before| figure(before).zip(figure(one)).is_some_and(|(a, b)| differs(a, b)));
        before.map(|before| (*before, *one))
    }) else {
        return;
    };
    let message = format!("{} stands in one row with {}", audit.shown(first), audit.shown(other));
    let figures: Vec<FactId> = [first].into_iter().chain(row.iter().copied().filter(|fact| *fact != first)).collect();
    let mut finding = audit.error(Code::UnitMixed, &figures, message);
    finding.severity = Severity::Warning;
    audit.push(
        finding
            .also(subject.facts.get(other).at, "the other one")
            .help("write them alike, so that they can be compared along the row"),
    );
}

/// Whether two figures of the same kind are written in different units.
fn differs(one: Figure, other: Figure) -> bool {
    match (one.amount(), other.amount()) {
        (Some(one), Some(other)) => match (one.unit, other.unit) {
            (Unit::Money(_), Unit::Money(_)) | (Unit::Time(_), Unit::Time(_)) => !one.is_typed_as(other),
            _ => false,
        },
        _ => false,
    }
}
