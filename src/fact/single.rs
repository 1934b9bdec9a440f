//! Single facts of `facts.yaml`: values with their sources, and formulas over other facts.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::address::scope_of;
use super::evaluate::{evaluate, report, unknown};
use super::{Expression, Fact, FactValue, Facts, Formula, Operand, Origin, Quantity, Term};
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, Span};
use crate::model::values::{Date, Figure};
use crate::model::{Project, SingleFact, SingleFactValue, Statements};
use crate::yaml::{self, At, Text};

/// Nobody can follow a longer chain of formulas.
const DEEPEST: usize = 100;

/// Formulas that were read and are not computed yet, and the files that they stand in.
pub(super) struct Unsolved<'p> {
    files: Vec<(&'p str, &'p Statements)>,
    pending: Vec<Pending<'p>>,
    by_scope: HashMap<String, Vec<usize>>,
}

/// Adds the single values of a project, and reads its formulas.
pub(super) fn add_values<'p>(
    project: &'p Project,
    facts: &mut Facts<'p>,
    sources: &SourceMap,
    findings: &mut Findings,
) -> Unsolved<'p> {
    let latest = project.reports.iter().map(|report| report.head.published).max();
    let reports =
        project.reports.iter().map(|report| (report.id.as_str(), &*report.statements, Some(report.head.published)));
    let all: Vec<(&str, &Statements, Option<Date>)> =
        [("", &project.statements, latest)].into_iter().chain(reports).collect();
    let earlier = project.reports.iter().filter_map(|report| report.before.as_deref()).collect();
    let (pending, by_scope) = (Vec::new(), HashMap::new());
    let mut formulas = Formulas { facts, sources, findings, pending, by_scope, earlier, path: Vec::new() };
    for (scope, statements, published) in &all {
        let before = formulas.findings.len();
        for fact in statements.facts.iter().flat_map(|file| file.facts.iter().flatten()) {
            formulas.add(scope, fact, *published);
        }
        formulas.mark(scope, before);
    }
    let Formulas { pending, by_scope, .. } = formulas;
    Unsolved { files: all.into_iter().map(|(scope, statements, _)| (scope, statements)).collect(), pending, by_scope }
}

impl<'p> Unsolved<'p> {
    /// Computes the formulas, once everything that they can name is known.
    pub(super) fn solve(self, facts: &mut Facts<'p>, sources: &SourceMap, findings: &mut Findings) {
        let Self { files, pending, by_scope } = self;
        let earlier = HashSet::new();
        Formulas { facts, sources, findings, pending, by_scope, earlier, path: Vec::new() }.solve();
        for (scope, statements) in files {
            let before = findings.len();
            for fact in statements.facts.iter().flat_map(|file| file.facts.iter().flatten()) {
                same_as(scope, fact, facts, findings);
            }
            facts.row(scope).into_iter().for_each(|row| row.mark(&mut findings[before..]));
        }
    }
}

fn same_as(scope: &str, fact: &SingleFact, facts: &mut Facts, findings: &mut Findings) {
    let own = facts.find(scope, &format!("facts.{}", fact.id.value));
    for address in fact.same_as.iter().flatten() {
        match (own, facts.find(scope, &address.value)) {
            (Some(own), Some(other)) => {
                facts.same.push((own, other, address.at));
                facts.used_in_formulas.push(own);
            }
            (_, None) if facts.whole => findings.push(unknown(facts, scope, &address.value, address.at)),
            _ => {}
        }
    }
}

/// Formulas that are not computed yet, and those that are being computed.
struct Formulas<'a, 'p> {
    facts: &'a mut Facts<'p>,
    sources: &'a SourceMap,
    findings: &'a mut Findings,
    pending: Vec<Pending<'p>>,
    /// The places of the formulas of each report, and of what all share under no name.
    by_scope: HashMap<String, Vec<usize>>,
    /// The reports that another edition follows: they say for themselves what held then.
    earlier: HashSet<&'p str>,
    path: Vec<usize>,
}

struct Pending<'p> {
    scope: String,
    address: String,
    text: &'p Text,
    expression: Expression,
    id_at: Span,
    done: bool,
}

impl<'p> Formulas<'_, 'p> {
    fn add(&mut self, scope: &str, fact: &'p SingleFact, published: Option<Date>) {
        let prefix = if scope.is_empty() { String::new() } else { format!("{scope}.") };
        let address = format!("{prefix}facts.{}", fact.id.value);
        let shared = self.facts.find("", &format!("facts.{}", fact.id.value)).filter(|_| !scope.is_empty());
        let shared = shared.map(|shared| self.facts.get(shared).at).or_else(|| {
            let address = format!("facts.{}", fact.id.value);
            let same = |one: &&Pending| one.address == address;
            self.within("")
                .map(|place| &self.pending[place])
                .find(same)
                .map(|one| one.id_at)
                .filter(|_| !scope.is_empty())
        });
        if let Some(shared) = shared.filter(|_| !self.earlier.contains(scope)) {
            let message = format!("`{}` is the id of a fact of all reports", fact.id.value);
            self.findings.push(
                Diagnostic::error(Code::DuplicateId, fact.id.at, message)
                    .also(shared, "the other one")
                    .help("give it an id of its own, so that nobody takes one for the other"),
            );
        }
        match (&fact.value, &fact.formula) {
            (Some(value), None) => self.add_value(scope, address, fact, value, published),
            (None, Some(formula)) => {
                let beside = fact.source.as_ref().map(|one| one.at).or(fact.period.as_ref().map(|one| one.at));
                if let Some(at) = beside {
                    self.findings.push(
                        Diagnostic::error(Code::WrongValue, at, "a formula has no source and no period of its own")
                            .help("remove the line: both follow from the figures of the formula"),
                    );
                }
                self.add_formula(scope, address, fact, formula);
            }
            (Some(_), Some(formula)) => {
                self.facts.failed.insert(address);
                self.findings.push(
                    Diagnostic::error(Code::WrongValue, formula.at, "a fact has a value or a formula, not both")
                        .help("remove one of the two"),
                );
            }
            (None, None) => {
                self.facts.failed.insert(address);
                self.findings.push(
                    Diagnostic::error(
                        Code::MissingField,
                        fact.id.at,
                        "a fact needs a field `value` or a field `formula`",
                    )
                    .help("write `value: 78%`, or `formula:` and a calculation with other figures"),
                );
            }
        }
    }

    fn add_value(
        &mut self,
        scope: &str,
        address: String,
        fact: &SingleFact,
        value: &At<SingleFactValue>,
        published: Option<Date>,
    ) {
        match &fact.source {
            Some(source) => self.facts.check_source(scope, source, self.findings),
            None => self.missing(fact, "source", "the id of the source that the value is taken from"),
        }
        match &fact.period {
            Some(period) => {
                if let Some(published) = published.filter(|day| period.value.begins_after(*day)) {
                    let message = format!("{} lies after {published}, the day of the report", period.value);
                    self.findings.push(
                        Diagnostic::error(Code::DateInFuture, period.at, message)
                            .help("a report states what was known on its day: mend one of the two dates"),
                    );
                }
            }
            None => self.missing(fact, "period", "the time that the value is about: 2016/17, 2016 or 2016-12-31"),
        }
        let (value_of, typed) = match value.value {
            SingleFactValue::Figure(figure) => {
                let Some(figure) = self.in_unit(figure, fact) else { return };
                match Quantity::of_figure(figure) {
                    Some(quantity) => (FactValue::Quantity(quantity), Some(figure)),
                    None => return,
                }
            }
            SingleFactValue::Day(day) => (FactValue::Day(day), None),
            SingleFactValue::FinancialYear(year) => (FactValue::FinancialYear(year), None),
        };
        let source = fact.source.as_ref().map(|source| Arc::from(source.value.as_str()));
        let fact = Fact {
            address: Arc::from(address),
            also: None,
            value: value_of,
            typed,
            at: value.at,
            origin: Origin::Typed(source),
        };
        let address = Arc::clone(&fact.address);
        let id = self.facts.add(fact, self.findings);
        if self.facts.find("", &address) == Some(id) {
            self.facts.single.push(id);
        }
    }

    /// A figure in the unit that is given beside it.
    fn in_unit(&mut self, figure: Figure, fact: &SingleFact) -> Option<Figure> {
        let Some(unit) = &fact.unit else { return Some(figure) };
        self.facts.check_unit(unit, self.findings);
        if unit.value.scale != Decimal::ONE {
            let message = format!("`{}` is a unit of tables", unit.value.typed());
            self.findings.push(
                Diagnostic::error(Code::WrongValue, unit.at, message)
                    .help("write the size with the value: £17,698k or £4.5M"),
            );
            return None;
        }
        let of_unit = figure.in_unit(unit.value.unit);
        if of_unit.is_none() {
            self.findings.push(
                Diagnostic::error(Code::WrongValue, unit.at, format!("{figure} has a unit of its own"))
                    .help("remove the line, or write the value without its unit"),
            );
        }
        of_unit
    }

    fn missing(&mut self, fact: &SingleFact, field: &str, what: &str) {
        let message = format!("a fact with a value needs a field `{field}`");
        self.findings.push(
            Diagnostic::error(Code::MissingField, fact.id.at, message).help(format!("add a line `{field}: …`: {what}")),
        );
    }

    fn add_formula(&mut self, scope: &str, address: String, fact: &'p SingleFact, text: &'p Text) {
        match Expression::parse(&text.value) {
            Ok(expression) if !expression.compares => {
                self.by_scope.entry(scope.to_owned()).or_default().push(self.pending.len());
                let (scope, id_at) = (scope.to_owned(), fact.id.at);
                self.pending.push(Pending { scope, address, text, expression, id_at, done: false });
            }
            Ok(_) => {
                self.facts.failed.insert(address);
                self.findings.push(
                    Diagnostic::error(Code::BrokenExpression, text.at, "a formula is a calculation, not a comparison")
                        .help("comparisons stand under `relations` in checks.yaml"),
                );
            }
            Err(fault) => {
                self.facts.failed.insert(address);
                let at = yaml::part(self.sources, text.at, fault.at);
                self.findings.push(Diagnostic::error(Code::BrokenExpression, at, fault.message));
            }
        }
    }

    fn solve(&mut self) {
        for place in 0..self.pending.len() {
            self.compute(place);
        }
    }

    /// Computes a formula, after those that it needs.
    fn compute(&mut self, place: usize) {
        if self.pending[place].done {
            return;
        }
        if let Some(start) = self.path.iter().position(|one| *one == place) {
            return self.report_circle(start);
        }
        if self.path.len() >= DEEPEST {
            let one = &mut self.pending[place];
            one.done = true;
            self.facts.failed.insert(one.address.clone());
            let message = format!("{} rests on more than {DEEPEST} formulas, one on the other", one.address);
            return self.findings.push(
                Diagnostic::error(Code::CircularDerivation, one.text.at, message).help("give one of them a value"),
            );
        }
        self.path.push(place);
        for (operand, _) in self.pending[place].expression.operands.clone() {
            for needed in self.needed(place, &operand) {
                self.compute(needed);
            }
        }
        self.path.pop();
        if self.pending[place].done {
            return; // It was found in a circle.
        }
        self.pending[place].done = true;
        let before = self.findings.len();
        self.finish(place);
        self.mark(&self.pending[place].scope.clone(), before);
    }

    /// Says of the findings since then that they were made in a report.
    fn mark(&mut self, scope: &str, before: usize) {
        if let Some(row) = self.facts.row(scope) {
            row.mark(&mut self.findings[before..]);
        }
    }

    /// The places of the formulas of a report.
    fn within(&self, scope: &str) -> impl Iterator<Item = usize> {
        self.by_scope.get(scope).into_iter().flatten().copied()
    }

    /// The pending formulas that an operand means.
    fn needed(&self, place: usize, operand: &Operand) -> Vec<usize> {
        let scope = &self.pending[place].scope;
        let operand = &self.facts.operand_without_last(scope, operand);
        let local = |named: &str| format!("{scope}.{named}");
        let means = |address: &str| match operand {
            Operand::Address(named) => address == named || address == local(named),
            Operand::Over(_, pattern) => {
                pattern.fits(address)
                    || address
                        .strip_prefix(scope.as_str())
                        .and_then(|rest| rest.strip_prefix('.'))
                        .is_some_and(|rest| pattern.fits(rest))
            }
            Operand::Number(_) => false,
        };
        let first = match operand {
            Operand::Address(named) => Some(scope_of(named)),
            Operand::Over(_, pattern) => pattern.first(),
            Operand::Number(_) => return Vec::new(),
        };
        let is_meant = |at: &usize| !self.pending[*at].done && means(&self.pending[*at].address);
        // Its own report's, and what the first segment names: another report's, or those that all share.
        let mut needed: Vec<usize> = match first {
            Some("facts") => self.within(scope).chain(self.within("")).filter(is_meant).collect(),
            Some(other) => self.within(scope).chain(self.within(other)).filter(is_meant).collect(),
            None => (0..self.pending.len()).filter(is_meant).collect(),
        };
        needed.sort();
        needed.dedup();
        needed
    }

    fn report_circle(&mut self, start: usize) {
        let circle: Vec<usize> = self.path[start..].to_vec();
        let mut names: Vec<String> = circle.iter().map(|place| self.pending[*place].address.clone()).collect();
        names.push(names[0].clone());
        let first = &self.pending[circle[0]];
        self.findings.push(
            Diagnostic::error(
                Code::CircularDerivation,
                first.text.at,
                format!("{} is calculated from itself", first.address),
            )
            .help(format!("the circle is {}", names.join(" → "))),
        );
        for place in circle {
            self.pending[place].done = true;
            self.facts.failed.insert(self.pending[place].address.clone());
        }
    }

    fn finish(&mut self, place: usize) {
        let one = &self.pending[place];
        let from = self.facts.named_in(&one.scope, &one.expression);
        self.facts.used_in_formulas.extend(&from);
        match evaluate(self.facts, &one.scope, &one.expression) {
            Ok(Term::Quantity(quantity)) => {
                let origin = Origin::Derived(Formula::Expression(one.text.value.clone(), from));
                let fact = Fact {
                    address: Arc::from(one.address.as_str()),
                    also: None,
                    value: FactValue::Quantity(quantity),
                    typed: None,
                    at: one.id_at,
                    origin,
                };
                let id = self.facts.add(fact, self.findings);
                self.facts.single.push(id);
            }
            outcome => {
                let finding = report(self.facts, &one.scope, one.text, &outcome, self.sources);
                self.findings.extend(finding);
                self.facts.failed.insert(one.address.clone());
            }
        }
    }
}
