//! Figures of the edition before that a report restates: they are no longer what was published.
//!
//! A restated figure is a fact of the report, `REPORT.last.ADDRESS`, which stands in the place of the published one
//! wherever the report names that.

use std::sync::Arc;

use super::last::LAST;
use super::{Fact, FactId, FactValue, Facts, Origin, Quantity};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::values::{Figure, FigureMark};
use crate::model::{Project, Report, Restatement};

/// A figure of the edition before, as it was published and as it is known now.
#[derive(Debug, Clone, Copy)]
pub struct Restated<'p> {
    /// None where the edition before has no such figure, as of rows that were put together otherwise.
    pub published: Option<FactId>,
    pub restated: FactId,
    pub said: &'p Restatement,
}

/// Adds the figures that reports restate, before anything is computed with them.
pub(super) fn add(project: &Project, facts: &mut Facts, findings: &mut Findings) {
    for report in &project.reports {
        let before = findings.len();
        report.statements.restated().for_each(|said| add_one(report, said, facts, findings));
        report.mark(&mut findings[before..]);
    }
}

fn add_one(report: &Report, said: &Restatement, facts: &mut Facts, findings: &mut Findings) {
    said.source.iter().for_each(|source| facts.check_source(&report.id, source, findings));
    let figure = Figure { mark: said.is.value.mark.or(Some(FigureMark::Restated)), ..said.is.value };
    let Some(quantity) = Quantity::of_figure(figure) else {
        return findings.push(
            Diagnostic::error(Code::WrongValue, said.is.at, "a restated figure has a value")
                .help("write the figure as it is known now"),
        );
    };
    let source = said.source.as_ref().map(|source| Arc::from(source.value.as_str()));
    let address = Arc::from(format!("{}.{LAST}.{}", report.id, said.of.value.0));
    let value = FactValue::Quantity(quantity);
    let fact = Fact { address, also: None, value, typed: Some(figure), at: said.is.at, origin: Origin::Typed(source) };
    facts.add(fact, findings);
}

/// Holds them against what was published, once all figures are known.
pub(super) fn hold<'p>(project: &'p Project, facts: &mut Facts<'p>, findings: &mut Findings) {
    for report in &project.reports {
        let before = findings.len();
        report.statements.restated().for_each(|said| hold_one(report, said, facts, findings));
        report.mark(&mut findings[before..]);
    }
}

fn hold_one<'p>(report: &Report, said: &'p Restatement, facts: &mut Facts<'p>, findings: &mut Findings) {
    let Some(restated) = facts.typed_at(&report.id, said.is.at) else { return };
    let published = published(facts, report, said);
    match published {
        Some(published) => findings.extend(fault(facts, (published, restated), said)),
        None if is_shown(facts, report, restated) => {}
        None if facts.whole => return findings.extend(unknown(facts, report, said)),
        None => return,
    }
    facts.restatements.entry(report.id.clone()).or_default().push(Restated { published, restated, said });
}

/// The figure as the edition before prints it.
fn published(facts: &Facts, report: &Report, said: &Restatement) -> Option<FactId> {
    let edition = report.before.as_deref()?;
    facts.find("", &format!("{edition}.{}", said.of.value.0))
}

/// Whether a column of the report that repeats the edition before shows a figure which that does not have.
fn is_shown(facts: &Facts, report: &Report, restated: FactId) -> bool {
    facts.within(&report.id).any(|(_, figure)| facts.repeats(figure) == Some(restated))
}

fn fault(facts: &Facts, (published, restated): (FactId, FactId), said: &Restatement) -> Option<Diagnostic> {
    let (was, is) = (facts.quantity(published), facts.quantity(restated));
    let (Some(was), Some(is)) = (was, is) else {
        let message = format!("{} is no figure", facts.get(published).address);
        return Some(Diagnostic::error(Code::UnitsDoNotFit, said.of.at, message).help("restate figures alone"));
    };
    let shown = facts.shown(published);
    if was.unit != is.unit {
        let message = format!("this is {}, and {shown}, which was published, is {}", is.unit, was.unit);
        return Some(
            Diagnostic::error(Code::UnitsDoNotFit, said.is.at, message).help("write it in the unit that was published"),
        );
    }
    (was.number == is.number).then(|| {
        Diagnostic::error(Code::WrongValue, said.is.at, format!("{shown} is what was published"))
            .help("remove the restatement: the figure is taken from the edition before as it is")
    })
}

fn unknown(facts: &Facts, report: &Report, said: &Restatement) -> Option<Diagnostic> {
    let address = format!("{LAST}.{}", said.of.value.0);
    let finding = facts.not_in_last(&report.id, &address)?;
    Some(Diagnostic { at: Some(said.of.at), ..finding })
}
