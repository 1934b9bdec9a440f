//! Figures of the edition before: `last.costs.total`, and of the one before that: `last.last.costs.total`.
//!
//! They are what that edition publishes, but for those that this one restates, which are facts of its own of that
//! address. What all reports share is no figure of the edition before: it says nothing of that time.

use std::borrow::Cow;

use super::{FactId, Facts, Operand, Pattern, Reading};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::values::IndicatorColumn;
use crate::model::{Indicator, IndicatorFile};

/// What the address of a figure of the edition before begins with.
pub const LAST: &str = "last";

/// The result of the edition before that stands beside those of an indicator: its column, and its address; none where
/// the file shows none.
pub fn last_result(stem: &str, file: &IndicatorFile, indicator: &Indicator) -> Option<(IndicatorColumn, String)> {
    let period = &file.last.as_ref()?.value;
    let column = Reading::of(indicator).result;
    Some((column, format!("{LAST}.{stem}.{}.{period}.{}", indicator.id.value, column.word())))
}

impl<'p> Facts<'p> {
    /// The edition before a report.
    pub fn edition_before(&self, report: &str) -> Option<&'p str> {
        self.scopes.get(report)?.last
    }

    /// The figure of the edition before; `rest` is the address there.
    pub(super) fn find_in_last(&self, scope: &str, address: &str, rest: &str) -> Option<FactId> {
        let own = |scope: &str, address: &str| self.index.get(format!("{scope}.{address}").as_str()).copied();
        own(scope, address).or_else(|| {
            let edition = self.edition_before(scope)?;
            match behind_last(rest) {
                Some(further) => self.find_in_last(edition, rest, further),
                None => own(edition, rest),
            }
        })
    }

    /// The figures of the edition before that fit a pattern.
    pub(super) fn matching_in_last(&self, scope: &str, rest: &Pattern) -> Vec<FactId> {
        let Some(edition) = self.edition_before(scope) else { return Vec::new() };
        let figures = match rest.behind(LAST) {
            Some(further) => self.matching_in_last(edition, &further),
            None => {
                self.local_matching(edition, rest).into_iter().filter(|id| !self.is_restatement(edition, *id)).collect()
            }
        };
        figures.into_iter().map(|id| self.restated(scope, id).unwrap_or(id)).collect()
    }

    /// The address of a fact as it is written in a report: without the report's name, and with `last` for each
    /// edition before it.
    pub fn relative(&self, report: &str, id: FactId) -> String {
        let own = self.local(report, id);
        let (mut lasts, mut edition) = (String::new(), report);
        while let Some(before) = self.edition_before(edition) {
            lasts.push_str(LAST);
            lasts.push('.');
            if let Some(rest) = own.strip_prefix(before).and_then(|rest| rest.strip_prefix('.')) {
                return lasts + rest;
            }
            edition = before;
        }
        own.to_owned()
    }

    /// The figure as a report restates it, where it does: of the edition before.
    pub fn restated(&self, report: &str, id: FactId) -> Option<FactId> {
        let edition = self.edition_before(report)?;
        let address = self.get(id).address.strip_prefix(edition)?.strip_prefix('.')?;
        self.index.get(format!("{report}.{LAST}.{address}").as_str()).copied()
    }

    /// Whether a figure of a report is one of the edition before that it restates.
    pub fn is_restatement(&self, report: &str, id: FactId) -> bool {
        behind_last(self.local(report, id)).is_some()
    }

    /// An address without `last`: that of the figure which it means.
    pub(super) fn without_last<'t>(&self, scope: &str, address: &'t str) -> Cow<'t, str> {
        match (behind_last(address), self.edition_before(scope)) {
            (Some(rest), Some(edition)) if behind_last(rest).is_some() => {
                self.without_last(edition, rest).into_owned().into()
            }
            (Some(rest), Some(edition)) => format!("{edition}.{rest}").into(),
            _ => address.into(),
        }
    }

    /// An operand without `last`.
    pub(super) fn operand_without_last(&self, scope: &str, operand: &Operand) -> Operand {
        match operand {
            Operand::Address(address) => Operand::Address(self.without_last(scope, address).into_owned()),
            Operand::Over(fold, pattern) => Operand::Over(*fold, self.pattern_without_last(scope, pattern)),
            Operand::Number(_) => operand.clone(),
        }
    }

    fn pattern_without_last(&self, scope: &str, pattern: &Pattern) -> Pattern {
        match (pattern.behind(LAST), self.edition_before(scope)) {
            (Some(rest), Some(edition)) if rest.behind(LAST).is_some() => self.pattern_without_last(edition, &rest),
            (Some(rest), Some(edition)) => rest.within(edition),
            _ => pattern.clone(),
        }
    }

    /// Why an address that begins with `last` leads to no figure; none where it does not. It still lacks its place.
    pub(super) fn not_in_last(&self, scope: &str, address: &str) -> Option<Diagnostic> {
        let rest = behind_last(address)?;
        let Some(edition) = self.edition_before(scope) else {
            let message = format!("`{address}` is a figure of the edition before, and {scope} follows none");
            return Some(
                Diagnostic::error_nowhere(Code::UnknownFact, message)
                    .help("name the folder of that edition in report.yaml: `follows: annual-report-2016-17`"),
            );
        };
        if let Some(finding) = self.not_in_last(edition, rest) {
            return Some(finding);
        }
        if self.index.contains_key(rest) {
            let message = format!("`{rest}` is shared by all reports, and {edition} has none of its own");
            let home = if rest.starts_with("organisation.") { "organisation.yaml" } else { "facts.yaml" };
            return Some(
                Diagnostic::error_nowhere(Code::UnknownFact, message)
                    .help(format!("write what held then into {edition}/{home}")),
            );
        }
        let local = format!("{edition}.");
        let known = self.within(edition).map(|(known, _)| known.strip_prefix(local.as_str()).unwrap_or(known));
        Some(
            Diagnostic::error_nowhere(Code::UnknownFact, format!("{edition} has no figure `{rest}`"))
                .did_you_mean(rest, known)
                .help(format!("`tally facts \"{edition}.**\"` lists all that it has")),
        )
    }
}

/// The address in the edition before, where an address means one there.
pub(super) fn behind_last(address: &str) -> Option<&str> {
    address.strip_prefix(LAST)?.strip_prefix('.')
}
