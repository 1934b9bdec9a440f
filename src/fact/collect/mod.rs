//! Finds the facts of a project: a file for each kind of content.

mod deliverables;
mod group;
mod indicators;
mod survey;
mod table;

use table::OpenTable;

use std::collections::btree_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::address::scope_of;
use super::{
    CalculationError, Casting, Fact, FactId, FactValue, Facts, Formula, Origin, Quantity, Scope, Uncast, restatement,
    single,
};
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, Span};
use crate::model::values::{Figure, FinancialYear, Id, Unit};
use crate::model::{Data, Organisation, Project, Report, Statements, numbering};
use crate::yaml::At;

/// Finds all facts of a project. Findings say where they contradict each other in form: two of one address, a formula
/// that cannot be computed.
pub fn facts<'p>(project: &'p Project, sources: &SourceMap, findings: &mut Findings) -> Facts<'p> {
    let mut collector = Collector {
        facts: Facts { whole: project.whole, ..Facts::default() },
        scope: String::new(),
        source: None,
        open_tables: Vec::new(),
        being_closed: Vec::new(),
        sources,
        findings,
    };
    collector.note_sources(&project.statements);
    collector.facts.taken = Some(&project.statements.taken);
    let units = project.organisation.units.iter().flatten();
    collector.facts.units = units.map(|unit| (unit.id.value.as_str(), unit)).collect();
    collector.organisation(&project.organisation);
    for group in &project.groups {
        let statements = project.reports.iter().find(|report| report.folder == group.folder);
        collector.rows_of(group, statements.map(|report| &*report.statements));
    }
    for report in &project.reports {
        let before = collector.findings.len();
        collector.scope = format!("{}.", report.id);
        collector.note_sources(&report.statements);
        collector.facts.scopes.entry(report.id.clone()).or_default().row = report.row.as_ref();
        let scope = collector.facts.scopes.entry(report.id.clone()).or_default();
        scope.taken = Some(&report.statements.taken);
        scope.manner = Some(report.manner.clone());
        scope.last = report.before.as_deref();
        scope.follows_nothing = report.head.follows.is_some() && report.before.is_none();
        scope.references = numbering::references(report);
        scope.notes = report.notes().iter().map(|note| (note.id.value.as_str(), &note.text)).collect();
        if report.has_own_organisation(project) {
            collector.organisation(&report.organisation);
        }
        collector.report(report);
        report.mark(&mut collector.findings[before..]);
    }
    restatement::add(project, &mut collector.facts, collector.findings);
    let formulas = single::add_values(project, &mut collector.facts, sources, collector.findings);
    collector.close_tables();
    let Collector { mut facts, .. } = collector;
    formulas.solve(&mut facts, sources, findings);
    restatement::hold(project, &mut facts, findings);
    facts
}

/// Gathers facts under a scope.
struct Collector<'p, 'f> {
    facts: Facts<'p>,
    /// What addresses begin with: nothing, or a report's id and a dot.
    scope: String,
    /// The source of the file that is being read.
    source: Option<Arc<str>>,
    /// Tables whose totals are still to be cast.
    open_tables: Vec<OpenTable<'p>>,
    /// What the addresses of tables begin with that are being closed, each for the one before it.
    being_closed: Vec<String>,
    sources: &'f SourceMap,
    findings: &'f mut Findings,
}

impl<'p> Collector<'p, '_> {
    fn note_sources(&mut self, statements: &'p Statements) {
        let sources = statements.facts.iter().flat_map(|file| file.sources.iter().flatten());
        for source in sources {
            let id = format!("{}{}", self.scope, source.id.value);
            match self.facts.sources.entry(id) {
                Entry::Occupied(_) => {
                    let message = format!("two sources have the id `{}`", source.id.value);
                    let finding = Diagnostic::error(Code::DuplicateId, source.id.at, message);
                    self.findings.push(finding.help("give one of them another id"));
                }
                Entry::Vacant(place) => drop(place.insert(&source.title)),
            }
        }
    }

    /// Notes which source a file is taken from; it must be known.
    fn enter(&mut self, source: Option<&At<Id>>) {
        self.source = source.map(|id| Arc::from(id.value.as_str()));
        if let Some(id) = source {
            let scope = self.scope.trim_end_matches('.').to_owned();
            self.facts.check_source(&scope, id, self.findings);
        }
    }

    fn organisation(&mut self, organisation: &'p Organisation) {
        if let Some(population) = &organisation.population {
            if population.people.value.0 == 0 {
                self.findings.push(
                    Diagnostic::error(
                        Code::DivisionByZero,
                        population.people.at,
                        "nothing can be given per head of no people",
                    )
                    .help("write the population that the organisation serves, or leave `population` out"),
                );
            }
            self.typed("organisation.population", population.people.value.into(), population.people.at);
        }
        let directorates = organisation.directorates();
        if let Some(first) = directorates.first() {
            self.counted(
                "organisation.directorates.count",
                directorates.len(),
                "counted.directorates-of-the-organisation",
                first.at,
            );
        }
    }

    fn report(&mut self, report: &'p Report) {
        self.head(report);
        let mut seen = BTreeSet::new();
        for part in report.sections.iter().flat_map(|section| &section.parts) {
            if let Some((stem, data)) = part.data().filter(|(stem, _)| seen.insert(stem.to_string())) {
                self.data(report, stem, data);
            }
        }
        self.source = None;
    }

    fn data(&mut self, report: &Report, stem: &str, data: &'p Data) {
        match data {
            Data::Table(file, _) => self.table(stem, file),
            Data::Indicators(file, _) => self.indicators(stem, file),
            Data::Survey(file) => self.survey(stem, file),
            Data::Deliverables(file, _) => self.deliverables(stem, file, report.head.period.to),
        }
    }

    fn head(&mut self, report: &Report) {
        let head = &report.head;
        let period = &head.period;
        for (address, day) in [("from", period.from), ("to", period.to)] {
            self.add(&format!("report.period.{address}"), FactValue::Day(day), None, period.at, Origin::Typed(None));
        }
        self.follows("report.published", FactValue::Day(head.published), period.at, "follows.the-reports-date");
        let (first, last) = (period.from.year(), period.to.year());
        let year = |year: i32| {
            FactValue::Quantity(Quantity {
                step: rust_decimal::Decimal::ONE,
                ..Quantity::exact(year.into(), Unit::Year)
            })
        };
        if last - first > 1 {
            return; // A period of several years is no year.
        }
        for (name, offset) in [("year", 0), ("next-year", 1), ("last-year", -1)] {
            let value = match first == last {
                true => year(first + offset),
                false => FactValue::FinancialYear(FinancialYear(first + offset)),
            };
            self.follows(&format!("report.{name}"), value, period.at, "follows.the-reports-period");
        }
        self.follows("report.year.start", year(first), period.at, "follows.the-reports-period");
        self.follows("report.year.end", year(last), period.at, "follows.the-reports-period");
    }

    fn follows(&mut self, address: &str, value: FactValue, at: Span, what: &'static str) {
        self.add(address, value, None, at, Origin::Derived(Formula::Follows(what)));
    }

    /// A figure that was typed. Where it says that there is none, there is no fact.
    fn typed(&mut self, address: &str, figure: Figure, at: Span) -> Option<FactId> {
        let quantity = Quantity::of_figure(figure)?;
        let origin = Origin::Typed(self.source.clone());
        Some(self.add(address, FactValue::Quantity(quantity), Some(figure), at, origin))
    }

    fn counted(&mut self, address: &str, number: usize, what: &'static str, at: Span) -> FactId {
        self.derived(address, Quantity::count(number), Formula::Counted(what), at)
    }

    fn derived(&mut self, address: &str, quantity: Quantity, formula: Formula, at: Span) -> FactId {
        self.add(address, FactValue::Quantity(quantity), None, at, Origin::Derived(formula))
    }

    fn add(&mut self, address: &str, value: FactValue, typed: Option<Figure>, at: Span, origin: Origin) -> FactId {
        let address = Arc::from(format!("{}{address}", self.scope));
        self.facts.add(Fact { address, also: None, value, typed, at, origin }, self.findings)
    }

    /// The sum of facts as a fact of its own, and the casting of a total that should be that sum.
    fn cast(&mut self, total: FactId, parts: Vec<FactId>) {
        let sum = match self.facts.sum(&parts) {
            Some(Ok(sum)) => sum,
            Some(Err(fault)) => {
                let why = format!("its parts cannot be added up: {fault}");
                return self.facts.uncast.push(Uncast { total, parts, why });
            }
            None => {
                let why = "there is no figure that it could be the total of".to_owned();
                return self.facts.uncast.push(Uncast { total, parts, why });
            }
        };
        let formula = Formula::Sum(parts.clone());
        self.note_casting(total, parts, sum, formula, true, false);
    }

    /// A casting, with what the parts come to as a fact beside the total. A total is cast down and across; the second
    /// sum needs a name of its own.
    fn note_casting(
        &mut self,
        total: FactId,
        parts: Vec<FactId>,
        sum: Quantity,
        formula: Formula,
        is_sum: bool,
        is_rounded: bool,
    ) {
        let first = format!("{}.sum", self.facts.get(total).address);
        let is_second = self.facts.index.contains_key(first.as_str());
        let name = if is_second { "cross-sum" } else { "sum" };
        let casting = self.casting(total, name, parts, sum, formula, is_sum, is_rounded);
        self.facts.castings.push(casting);
    }

    /// Some of what a figure consists of, with what it comes to as a fact beside the figure.
    fn note_portion(&mut self, whole: FactId, parts: Vec<FactId>, sum: Quantity, is_rounded: bool) {
        let formula = Formula::Sum(parts.clone());
        let portion = self.casting(whole, "of-which", parts, sum, formula, true, is_rounded);
        self.facts.portions.push(portion);
    }

    #[allow(clippy::too_many_arguments, reason = "all of them are what a casting is")]
    fn casting(
        &mut self,
        total: FactId,
        name: &str,
        parts: Vec<FactId>,
        sum: Quantity,
        formula: Formula,
        is_sum: bool,
        is_rounded: bool,
    ) -> Casting {
        let takes_away = matches!(&formula, Formula::Expression(text, _) if text.contains(" - "));
        let step = is_sum.then(|| self.facts.step_of_sum(total, &parts)).flatten().unwrap_or(sum.step);
        let Fact { address, at, .. } = self.facts.get(total);
        let (address, at) = (Arc::from(format!("{address}.{name}")), *at);
        let (origin, value) = (Origin::Derived(formula), FactValue::Quantity(Quantity { step, ..sum }));
        let sum = self.facts.add(Fact { address, also: None, value, typed: None, at, origin }, self.findings);
        Casting { total, parts, sum, is_sum, takes_away, is_rounded }
    }
}

impl Facts<'_> {
    /// Adds a fact. A second one of the same address is a finding, and cannot be reached by its address.
    pub(super) fn add(&mut self, fact: Fact, findings: &mut Findings) -> FactId {
        let id = FactId(self.list.len() as u32);
        // Of an indicator, a line or a row that is there twice, the first figure is enough; ids have a rule of their own.
        let is_said = |first: FactId| {
            let below = self.duplicate.as_ref().is_some_and(|one| is_below(&fact.address, one));
            let scope = scope_of(&fact.address);
            let series = self.series.iter().rev().take_while(|series| scope_of(&series.address) == scope);
            below
                || series.into_iter().any(|series| is_below(&fact.address, &series.address))
                || self.get(first).at == fact.at
        };
        match self.index.get(&fact.address) {
            Some(first) if is_said(*first) => {}
            Some(first) => {
                self.duplicate = Some(Arc::clone(&fact.address));
                findings.push(
                    Diagnostic::error(
                        Code::DuplicateId,
                        fact.at,
                        format!("two figures have the address `{}`", fact.address),
                    )
                    .also(self.get(*first).at, "the other one")
                    .help("give one of the two another name or id"),
                );
            }
            None => {
                self.index.insert(Arc::clone(&fact.address), id);
            }
        }
        let scope = self.scopes.entry(scope_of(&fact.address).to_owned()).or_default();
        scope.add(&fact.address, id);
        if matches!(fact.origin, Origin::Typed(_)) {
            scope.places.insert(fact.at, id);
        }
        note_ending(&mut self.endings, &fact.address, id);
        if let Some(also) = &fact.also {
            self.index.insert(Arc::clone(also), id);
            self.scopes.entry(scope_of(also).to_owned()).or_default().add(also, id);
        }
        self.list.push(fact);
        id
    }

    /// The sum of facts; none of nothing.
    fn sum(&self, parts: &[FactId]) -> Option<Result<Quantity, CalculationError>> {
        let mut quantities = parts.iter().filter_map(|part| self.quantity(*part));
        let first = quantities.next()?;
        Some(quantities.try_fold(first, Quantity::plus))
    }
}

impl Scope<'_> {
    fn add(&mut self, address: &Arc<str>, id: FactId) {
        note_ending(&mut self.endings, address, self.facts.len());
        self.facts.push((Arc::clone(address), id));
    }
}

/// Notes something under the last segment of its address.
fn note_ending<T>(endings: &mut HashMap<String, Vec<T>>, address: &str, one: T) {
    let ending = address.rsplit('.').next().unwrap_or_default();
    match endings.get_mut(ending) {
        Some(alike) => alike.push(one),
        None => drop(endings.insert(ending.to_owned(), vec![one])),
    }
}

/// Whether an address belongs to another.
fn is_below(address: &str, above: &str) -> bool {
    address.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
}
