//! Facts of columns that are watched over time: mean and limits, runs, and what the latest figure says.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::closing::Closing;
use super::value_of;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fact::{
    CalculationError, Fact, FactId, FactValue, Formula, Limits, Lines, Origin, Quantity, Rule, Run, Stretch,
    StretchFacts, Variation,
};
use crate::model::values::{Figure, Unit};
use crate::model::{Cell, WatchedColumn, WatchedStretch, without_notes};
use crate::wording::Wording;

/// What the addresses of a column that is watched end with.
const NAMES: &[&str] = &[
    "mean",
    "average-moving-range",
    "upper-limit",
    "lower-limit",
    "median",
    "special-causes",
    "run.length",
    "run.from",
    "run.to",
    "run.is",
    "trend.length",
    "trend.from",
    "trend.to",
    "trend.is",
    "target",
    "variation",
    "assurance",
];

/// A column that is being watched.
struct Watch<'p> {
    watched: &'p WatchedColumn,
    /// What the addresses of its facts begin with.
    address: String,
    unit: Unit,
    /// One in the last place of its figures, and of the lines that are drawn of them.
    step: Decimal,
    step_of_lines: Decimal,
    points: Vec<Option<(FactId, Decimal)>>,
}

impl Watch<'_> {
    fn numbers(&self) -> Vec<Option<Decimal>> {
        self.points.iter().map(|point| point.map(|(_, number)| number)).collect()
    }
}

impl<'p> Closing<'_, 'p, '_> {
    /// Adds what follows from the figures of a column that is watched over time.
    pub(super) fn watch(&mut self, watched: &'p WatchedColumn) {
        let file = self.table.file;
        let address = format!("{}.variation.{}", self.table.stem(), file.columns[watched.column].id.value);
        let variation = self.figures(watched, &address).and_then(|watch| self.variation(watch));
        match variation {
            Some(variation) => drop(self.collector.facts.variations.insert(address, variation)),
            None => {
                let earlier = (1..watched.stretches.len()).map(|place| format!("{address}.{place}"));
                for address in earlier.chain([address.clone()]) {
                    self.collector.facts.failed.extend(NAMES.iter().map(|name| format!("{address}.{name}")));
                }
            }
        }
    }

    /// The figures of the column, known exactly and of one unit; none where one of them is at fault.
    fn figures(&mut self, watched: &'p WatchedColumn, address: &str) -> Option<Watch<'p>> {
        let (file, column) = (self.table.file, watched.column);
        if (0..file.rows.len()).any(|row| self.failed.contains(&(row, column))) {
            return None; // Why one of them is not there was told.
        }
        let mut unit = None;
        let mut steps = Vec::new();
        let mut points = Vec::new();
        for row in 0..file.rows.len() {
            let fact = self.table.grid[row][column];
            let Some((fact, quantity)) = fact.and_then(|fact| Some((fact, self.collector.facts.quantity(fact)?)))
            else {
                points.push(None);
                continue;
            };
            let (at, shown) = (self.collector.facts.get(fact).at, self.collector.facts.shown(fact));
            if !quantity.is_known() {
                let message = format!("{shown} is not known exactly, and the column is watched over time");
                let help = "a mean and limits are made of figures that are known; write no data where there is none";
                self.refuse(at, watched.at, Code::WrongValue, message, help);
                return None;
            }
            let own = *unit.get_or_insert(quantity.unit);
            if quantity.unit != own && !quantity.is_nil() {
                let message = format!("{shown} is {}, and the figures before it are {own}", quantity.unit);
                let help = "a column that is watched over time has figures of one unit";
                self.refuse(at, watched.at, Code::UnitsDoNotFit, message, help);
                return None;
            }
            steps.push(quantity.step);
            points.push(Some((fact, quantity.number)));
        }
        let unit = unit.unwrap_or(Unit::Number);
        let (step, step_of_lines) = self.last_places(column, unit, &steps);
        Some(Watch { watched, address: address.to_owned(), unit, step, step_of_lines, points })
    }

    /// One in the last place of the figures of a column, and of mean and limits: the column says which, or these have
    /// one decimal more; money has none more.
    fn last_places(&self, column: usize, unit: Unit, steps: &[Decimal]) -> (Decimal, Decimal) {
        let (rows, column) = (&self.table.file.rows, &self.table.file.columns[column]);
        let denomination = rows.first().and_then(|row| self.table.file.denomination(row, column));
        if let Some(decimals) = &column.decimals {
            let step = Decimal::new(1, decimals.value.0) * denomination.map_or(Decimal::ONE, |one| one.value.scale);
            return (step, step);
        }
        // A percentage that is computed is printed as a whole one.
        let computed = if unit == Unit::Percent { Decimal::ONE } else { Decimal::ZERO };
        let step = steps.iter().copied().filter(|step| !step.is_zero()).min().unwrap_or(computed).normalize();
        match unit {
            Unit::Money(_) => (step, step),
            _ => (step, (step / Decimal::TEN).normalize()),
        }
    }

    fn variation(&mut self, watch: Watch<'p>) -> Option<Variation<'p>> {
        let numbers = watch.numbers();
        let said = &watch.watched.stretches;
        let mut stretches = Vec::new();
        let mut facts = Vec::new();
        for (place, one) in said.iter().enumerate() {
            self.expect_baseline(one, &numbers)?;
            let baseline = one.baseline.as_ref().map(|baseline| baseline.rows.clone());
            let stretch = Stretch::of(&numbers, one.rows.clone(), baseline, watch.watched.better);
            let stretch = self.calculated(stretch, &watch)?;
            // The latest has the plain addresses, so that a text follows where a step is added.
            let address = match place + 1 == said.len() {
                true => watch.address.clone(),
                false => format!("{}.{}", watch.address, place + 1),
            };
            facts.push(self.stretch(&watch, &address, one, &stretch));
            stretches.push(stretch);
        }
        let target = self.target(&watch)?;
        let latest = stretches.last()?;
        let change = latest.change(&numbers);
        let assurance = match target {
            Some((_, target)) => self.calculated(latest.assurance(&numbers, target, watch.watched.better), &watch)?,
            None => None,
        };
        let change = change.map(|change| {
            let formula = Formula::Follows("follows.the-special-causes-of-the-latest-figure");
            (self.words(&watch, "variation", change.shown(self.wording()), formula), change)
        });
        let assurance = assurance.map(|assurance| {
            let formula = Formula::Follows("follows.the-target-and-the-limits");
            (self.words(&watch, "assurance", assurance.shown(self.wording()), formula), assurance)
        });
        let Watch { watched, points, .. } = watch;
        let file = self.table.file;
        Some(Variation { file, watched, points, stretches, facts, target, change, assurance })
    }

    /// A baseline has as many figures as limits take.
    fn expect_baseline(&mut self, one: &WatchedStretch, numbers: &[Option<Decimal>]) -> Option<()> {
        let Some(baseline) = &one.baseline else { return Some(()) };
        let count = numbers[baseline.rows.clone()].iter().flatten().count();
        if count >= Limits::FEWEST {
            return Some(());
        }
        let figures = if count == 1 { "figure" } else { "figures" };
        let message = format!("this baseline has {count} {figures}, and limits take {} at least", Limits::FEWEST);
        self.collector.findings.push(
            Diagnostic::error(Code::WrongValue, baseline.at, message)
                .help("make it longer, or remove it: limits are then made of all figures up to the next step"),
        );
        None
    }

    /// The facts of a stretch.
    fn stretch(&mut self, watch: &Watch<'p>, address: &str, said: &WatchedStretch, stretch: &Stretch) -> StretchFacts {
        let rows = said.baseline.as_ref().map_or(&said.rows, |baseline| &baseline.rows);
        let basis: Vec<FactId> = watch.points[rows.clone()].iter().flatten().map(|(fact, _)| *fact).collect();
        let mut facts = StretchFacts::default();
        match stretch.lines {
            None => return facts,
            Some(Lines::Median(median)) => {
                // It is one of the figures, or lies half-way between two.
                let is_one = Quantity::exact(median, watch.unit).coarsened(watch.step).number == median;
                let step = if is_one { watch.step } else { watch.step_of_lines };
                let formula = Formula::Line("formula.median", basis);
                facts.median = Some(self.line(watch, address, ("median", median, step), formula));
                return facts;
            }
            Some(Lines::Limits(limits)) => {
                let step = watch.step_of_lines;
                let formula = Formula::Line("formula.mean", basis.clone());
                let mean = self.line(watch, address, ("mean", limits.mean(), step), formula);
                let formula = Formula::Line("formula.average-moving-range", basis);
                let range = ("average-moving-range", limits.average_moving_range(), step);
                let range = self.line(watch, address, range, formula);
                let limit = |sign: char| {
                    let text = format!("{address}.mean {sign} 2.66 * {address}.average-moving-range");
                    Formula::Expression(text, vec![mean, range])
                };
                facts.mean = Some(mean);
                facts.average_moving_range = Some(range);
                facts.upper_limit = Some(self.line(watch, address, ("upper-limit", limits.upper(), step), limit('+')));
                facts.lower_limit = Some(self.line(watch, address, ("lower-limit", limits.lower(), step), limit('-')));
            }
        }
        let count = Quantity::count(stretch.causes.iter().flatten().count());
        let formula = Formula::Counted("counted.figures-that-are-special-causes");
        let at = watch.watched.at;
        facts.special_causes = Some(self.fact(
            format!("{address}.special-causes"),
            FactValue::Quantity(count),
            None,
            Origin::Derived(formula),
            at,
        ));
        let latest = |rule| stretch.latest(rule);
        facts.run = latest(Rule::Run).map(|run| self.run(&format!("{address}.run"), run, at));
        facts.trend = latest(Rule::Trend).map(|trend| self.run(&format!("{address}.trend"), trend, at));
        facts
    }

    /// The facts of a run or a trend; gives its length.
    fn run(&mut self, address: &str, run: &Run, at: Span) -> FactId {
        let counted = match run.rule {
            Rule::Trend => "counted.figures-in-a-row-that-rise-or-fall",
            _ => "counted.figures-in-a-row-on-one-side-of-the-mean",
        };
        let count = FactValue::Quantity(Quantity::count(run.rows.len()));
        let length =
            self.fact(format!("{address}.length"), count, None, Origin::Derived(Formula::Counted(counted)), at);
        for (end, row) in [("from", run.rows.start), ("to", run.rows.end - 1)] {
            let name = &self.table.file.rows[row].name;
            let words = FactValue::Words(Arc::from(without_notes(&name.value)));
            let origin = Origin::Derived(Formula::Follows("follows.the-name-of-its-row"));
            self.fact(format!("{address}.{end}"), words, None, origin, name.at);
        }
        let origin = Origin::Derived(Formula::Follows("follows.what-its-figures-have-in-common"));
        self.fact(format!("{address}.is"), FactValue::Words(run.shown(self.wording()).into()), None, origin, at);
        length
    }

    /// The target as a fact: typed here, or one that stands elsewhere. The outer none means that it is at fault.
    fn target(&mut self, watch: &Watch<'p>) -> Option<Option<(FactId, Decimal)>> {
        let Some(said) = &watch.watched.target else { return Some(None) };
        let file = self.table.file;
        let denomination =
            file.rows.first().and_then(|row| file.denomination(row, &file.columns[watch.watched.column]));
        let (value, typed, origin) = match &said.value {
            Cell::Bound(address) => {
                let Some(fact) = self.find(address) else {
                    let facts = &self.collector.facts;
                    if facts.whole && !facts.has_failed(&self.table.scope, address) {
                        let finding = Diagnostic { at: Some(said.at), ..facts.unknown(&self.table.scope, address) };
                        self.collector.findings.push(finding);
                    }
                    return None;
                };
                self.collector.facts.used_in_formulas.push(fact);
                let origin = Origin::Derived(Formula::Expression(address.clone(), vec![fact]));
                let fact = self.collector.facts.get(fact);
                (fact.value.clone(), fact.typed, origin)
            }
            cell => {
                let (value, typed) = value_of(cell, denomination)?;
                (value, typed, Origin::Typed(self.collector.source.clone()))
            }
        };
        let quantity = match &value {
            FactValue::Quantity(quantity) if quantity.is_known() => *quantity,
            _ => {
                let message = "this target is no figure that is known exactly".to_owned();
                self.refuse(said.at, watch.watched.at, Code::WrongValue, message, "name one figure");
                return None;
            }
        };
        let has_figures = watch.points.iter().any(Option::is_some);
        if has_figures && quantity.unit != watch.unit && !quantity.is_nil() {
            let message = format!("the target is {}, and the figures are {}", quantity.unit, watch.unit);
            self.refuse(said.at, watch.watched.at, Code::UnitsDoNotFit, message, "write the target in their unit");
            return None;
        }
        let fact = self.fact(format!("{}.target", watch.address), value, typed, origin, said.at);
        Some(Some((fact, quantity.number)))
    }

    /// A line of the chart as a fact: its name, its number, and the step of the last place to which it is rounded.
    fn line(
        &mut self,
        watch: &Watch,
        address: &str,
        (name, number, step): (&str, Decimal, Decimal),
        formula: Formula,
    ) -> FactId {
        let value = Quantity::exact(number, watch.unit).coarsened(step);
        let origin = Origin::Derived(formula);
        self.fact(format!("{address}.{name}"), FactValue::Quantity(value), None, origin, watch.watched.at)
    }

    /// What Tally says in the language of the report.
    fn wording(&self) -> &Wording {
        &self.collector.facts.manner(&self.table.scope).wording
    }

    fn words(&mut self, watch: &Watch, name: &str, words: String, formula: Formula) -> FactId {
        let (address, value) = (format!("{}.{name}", watch.address), FactValue::Words(words.into()));
        self.fact(address, value, None, Origin::Derived(formula), watch.watched.at)
    }

    fn fact(&mut self, address: String, value: FactValue, typed: Option<Figure>, origin: Origin, at: Span) -> FactId {
        let fact = Fact { address: Arc::from(address), also: None, value, typed, at, origin };
        self.collector.facts.add(fact, self.collector.findings)
    }

    /// What was calculated; none, and a finding, where it has more digits than can be kept.
    fn calculated<T>(&mut self, outcome: Result<T, CalculationError>, watch: &Watch) -> Option<T> {
        let finding = |fault| {
            let message = format!("how these figures vary cannot be calculated: {fault}");
            Diagnostic::error(Code::UnitsDoNotFit, watch.watched.at, message)
        };
        outcome.map_err(|fault| self.collector.findings.push(finding(fault))).ok()
    }

    fn refuse(&mut self, at: Span, watched: Span, code: Code, message: String, help: &str) {
        let finding = Diagnostic::error(code, at, message).also(watched, "the column that is watched");
        self.collector.findings.push(finding.help(help));
    }
}
