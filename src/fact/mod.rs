//! Every figure of the content as a fact: with an address, a unit and an origin.
//!
//! In: a [`Project`](crate::model::Project). Out: [`Facts`]: the facts themselves, how they hang together (what casts
//! to what, which percentage is of which figures), and the texts with the facts that are bound in them. What is
//! computed is computed here, once; checks compare it and views print it.

mod address;
mod bound_texts;
mod casting;
mod collect;
mod contradiction;
mod data_lines;
mod evaluate;
mod expression;
mod format;
mod last;
mod naming;
mod notes;
pub mod numerals;
mod passage;
mod passages;
mod quantity;
mod reference;
mod restatement;
mod row;
mod series;
mod single;
mod sources;
mod units;
mod variation;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;

pub use address::{Pattern, is_address};
pub use bound_texts::{BoundTexts, Passages};
pub use casting::{Casting, RoundedSums, Signed, Uncast};
pub use collect::facts;
pub use contradiction::Contradiction;
pub use data_lines::{DataCell, DataLine};
pub use evaluate::{EvaluationError, evaluate, report as report_expression};
pub use expression::{Expression, ExpressionError, Fold, Operand, Term};
pub use format::FORMATS;
pub use last::{LAST, last_result};
pub use naming::{Called, Name, Naming, Segment, is_small, stem, tokens};
pub use passage::{Kind, Passage, sentence_around};
pub use passages::passages;
pub use quantity::{CalculationError, FactValue, Quantity, round};
pub use restatement::Restated;
pub use series::{Goal, PeriodReading, PeriodResult, Reading, Series, Slot, SlotFacts};
pub use variation::{
    Assurance, Change, Effect, Limits, Lines, Rule, Run, Side, SpecialCause, Stretch, StretchFacts, Variation,
};
pub use words::{Word, plain};

use crate::diagnostic::Span;
use crate::model::numbering::{Reference, Unreferable};
use crate::model::values::{Figure, Manner, Unit};
use crate::model::{DeclaredUnit, GroupRow, TakenFigure, TakenRecord};
use crate::wording::Wording;
use crate::yaml::Text;

/// A fact, by its place in [`Facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(u32);

impl FactId {
    /// Its place among all facts, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A value of the content, or one that is computed from others.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Unique in the project: `css-annual-report.running-costs.subtotal.total`.
    pub address: Arc<str>,
    /// Another address that leads to it: a figure of a report's row also stands in the table of all rows.
    pub also: Option<Arc<str>>,
    pub value: FactValue,
    /// The figure as it was typed, whose form it is printed in.
    pub typed: Option<Figure>,
    /// Where it was typed, or what it is computed from.
    pub at: Span,
    pub origin: Origin,
}

/// Where a fact comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// Typed in the content, taken from the source of that id.
    Typed(Option<Arc<str>>),
    /// Computed.
    Derived(Formula),
}

/// How a fact is computed.
#[derive(Debug, Clone)]
pub enum Formula {
    /// Things of a kind that stand in the content, counted: the message that names them.
    Counted(&'static str),
    Sum(Vec<FactId>),
    /// The first by the second.
    Quotient(FactId, FactId),
    /// How much larger the first is, as a share of the second.
    Growth(FactId, FactId),
    /// The second taken from the first.
    Difference(FactId, FactId),
    /// As it was written, with the facts that it names.
    Expression(String, Vec<FactId>),
    /// What a line of a chart is of the facts that it is made of: the message that says it.
    Line(&'static str, Vec<FactId>),
    /// Taken from another statement of the content: the message that names it.
    Follows(&'static str),
}

impl Formula {
    /// The facts that it is computed from.
    pub fn inputs(&self) -> Vec<FactId> {
        match self {
            Formula::Counted(_) | Formula::Follows(_) => Vec::new(),
            Formula::Sum(parts) => parts.clone(),
            Formula::Quotient(one, other) | Formula::Growth(one, other) | Formula::Difference(one, other) => {
                vec![*one, *other]
            }
            Formula::Expression(_, from) | Formula::Line(_, from) => from.clone(),
        }
    }
}

/// The facts whose addresses have one first segment: mostly those of a report. A project may have a thousand reports,
/// so what is asked of one is looked up here.
#[derive(Debug, Default)]
struct Scope<'p> {
    /// By their addresses, in the order of the content.
    facts: Vec<(Arc<str>, FactId)>,
    /// Their places in that list by the last segments of their addresses.
    endings: HashMap<String, Vec<usize>>,
    /// Typed facts by their places, which reports of a group may share.
    places: HashMap<Span, FactId>,
    /// What was taken from workbooks.
    taken: Option<&'p TakenRecord>,
    /// The row that the report is made for.
    row: Option<&'p GroupRow>,
    /// How the report prints its figures.
    manner: Option<Manner>,
    /// What its texts can refer to.
    references: BTreeMap<String, Result<Reference, Unreferable>>,
    /// The edition before it, which `last` means.
    last: Option<&'p str>,
    /// Whether it names an edition that it cannot follow, which is told.
    follows_nothing: bool,
    /// The notes that they can name, by their ids.
    notes: BTreeMap<&'p str, &'p Text>,
}

/// All facts of a project and how they hang together.
#[derive(Debug, Default)]
pub struct Facts<'p> {
    list: Vec<Fact>,
    index: HashMap<Arc<str>, FactId>,
    /// The facts of each scope, by the first segment of their addresses.
    scopes: HashMap<String, Scope<'p>>,
    /// What was taken from workbooks into the facts that all reports share.
    taken: Option<&'p TakenRecord>,
    /// The facts by the last segment of their addresses.
    endings: HashMap<String, Vec<FactId>>,
    pub series: Vec<Series<'p>>,
    /// How the figures of columns vary that are watched over time, by their addresses.
    variations: BTreeMap<String, Variation<'p>>,
    /// The places of series by their addresses.
    series_places: HashMap<String, usize>,
    pub castings: Vec<Casting>,
    /// Figures whose column says which sign they have.
    pub signed: Vec<Signed>,
    /// Figures with some of what they consist of, which come to no more.
    pub portions: Vec<Casting>,
    /// Totals whose parts come to nothing that they could be compared with.
    pub uncast: Vec<Uncast>,
    /// Figures of total rows whose unit is not added up.
    pub not_added: Vec<FactId>,
    pub rounded_sums: Vec<RoundedSums>,
    /// Facts that must have one value, with the place that says so.
    pub same: Vec<(FactId, FactId, Span)>,
    /// The units that the organisation declares, by their ids.
    units: BTreeMap<&'p str, &'p DeclaredUnit>,
    /// What each report restates of the edition before, by its id.
    restatements: BTreeMap<String, Vec<Restated<'p>>>,
    /// Sources by their ids.
    sources: BTreeMap<String, &'p Text>,
    /// Single facts, which are there to be used.
    pub single: Vec<FactId>,
    /// Facts that formulas and other statements about facts name.
    pub used_in_formulas: Vec<FactId>,
    /// The last address that was found twice.
    duplicate: Option<Arc<str>>,
    /// Addresses of facts that could not be computed; a finding says why.
    failed: HashSet<String>,
    /// Whether everything was read, so that a fact that is not found is not there.
    pub whole: bool,
}

impl<'p> Facts<'p> {
    /// What a report restates of the edition before, in the order of its file.
    pub fn restatements(&self, report: &str) -> &[Restated<'p>] {
        self.restatements.get(report).map_or(&[], Vec::as_slice)
    }

    /// The one fact that another repeats in its place: a cell that is bound to it.
    pub fn repeats(&self, id: FactId) -> Option<FactId> {
        match &self.get(id).origin {
            Origin::Derived(Formula::Expression(_, parts)) if parts.len() == 1 => parts.first().copied(),
            _ => None,
        }
    }

    /// Every fact, in the order of the content.
    pub fn all(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        (0..).map(FactId).zip(&self.list)
    }

    pub fn get(&self, id: FactId) -> &Fact {
        &self.list[id.0 as usize]
    }

    /// From which cell of which workbook a fact was taken; none where it was typed by hand or is computed.
    pub fn taken(&self, id: FactId) -> Option<&'p TakenFigure> {
        let fact = self.get(id);
        let (scope, local) = fact.address.split_once('.')?;
        let (figures, local) = match self.scopes.get(scope).and_then(|scope| scope.taken) {
            Some(taken) => (&taken.figures, local),
            None => (&self.taken?.figures, &*fact.address),
        };
        figures.get(local).or_else(|| figures.get(&**fact.also.as_ref()?))
    }

    /// The fact that was typed at a place, for a report.
    pub fn typed_at(&self, report: &str, at: Span) -> Option<FactId> {
        self.scopes.get(report)?.places.get(&at).copied()
    }

    /// The facts whose addresses begin with a report's id, with these addresses.
    pub fn within(&self, scope: &str) -> impl Iterator<Item = (&Arc<str>, FactId)> {
        self.scopes.get(scope).into_iter().flat_map(|scope| &scope.facts).map(|(address, id)| (address, *id))
    }

    /// The number and unit of a fact; none for days, years and words.
    pub fn quantity(&self, id: FactId) -> Option<Quantity> {
        match self.get(id).value {
            FactValue::Quantity(quantity) => Some(quantity),
            FactValue::Day(_) | FactValue::FinancialYear(_) | FactValue::Words(_) => None,
        }
    }

    /// The fact of that address, seen from a scope: a report's id, or nothing. Of the edition before what it publishes:
    /// what all reports share says nothing of that time.
    pub fn find(&self, scope: &str, address: &str) -> Option<FactId> {
        if let Some(rest) = last::behind_last(address) {
            return self.find_in_last(scope, address, rest);
        }
        let local = (!scope.is_empty()).then(|| self.index.get(format!("{scope}.{address}").as_str())).flatten();
        local.or_else(|| self.index.get(address)).copied()
    }

    /// The address of a fact as it is written in a report: without the report's name.
    pub fn local(&self, report: &str, id: FactId) -> &str {
        let address = &*self.get(id).address;
        address.strip_prefix(report).and_then(|rest| rest.strip_prefix('.')).unwrap_or(address)
    }

    /// The facts that fit a pattern, seen from a scope: those of the report, or else those of the project.
    pub fn matching(&self, scope: &str, pattern: &Pattern) -> Vec<FactId> {
        if let Some(rest) = pattern.behind(last::LAST) {
            return self.matching_in_last(scope, &rest);
        }
        let local = self.local_matching(scope, pattern);
        if !local.is_empty() {
            return local;
        }
        match pattern.first() {
            Some(first) => self.within(first).filter(|(address, _)| pattern.fits(address)).map(|(_, id)| id).collect(),
            None => self.ending_as(pattern).filter(|id| pattern.fits(&self.get(*id).address)).collect(),
        }
    }

    /// The facts that a pattern over all reports may mean.
    fn ending_as(&self, pattern: &Pattern) -> Box<dyn Iterator<Item = FactId> + '_> {
        match pattern.last() {
            Some(last) => Box::new(self.endings.get(last).into_iter().flatten().copied()),
            None => Box::new(self.all().map(|(id, _)| id)),
        }
    }

    /// The facts of a report that fit a pattern.
    pub fn local_matching(&self, scope: &str, pattern: &Pattern) -> Vec<FactId> {
        let Some(own) = self.scopes.get(scope) else { return Vec::new() };
        let fits = |(address, _): &&(Arc<str>, FactId)| {
            // Every address of a scope begins with it.
            address.get(scope.len() + 1..).is_some_and(|local| pattern.fits(local))
        };
        match pattern.last() {
            Some(last) => {
                let alike = own.endings.get(last).into_iter().flatten().map(|place| &own.facts[*place]);
                alike.filter(fits).map(|(_, id)| *id).collect()
            }
            None => own.facts.iter().filter(fits).map(|(_, id)| *id).collect(),
        }
    }

    /// Whether an address is that of a fact that could not be computed.
    fn has_failed(&self, scope: &str, address: &str) -> bool {
        let follows_nothing = || self.scopes.get(scope).is_some_and(|scope| scope.follows_nothing);
        self.failed.contains(address)
            || self.failed.contains(&format!("{scope}.{address}"))
            || last::behind_last(address).is_some() && follows_nothing()
    }

    /// A fact as it is shown in messages.
    pub fn shown(&self, id: FactId) -> String {
        self.shown_in(id, Manner::of_messages())
    }

    /// A fact as a report prints it where nothing else is said.
    pub fn printed(&self, report: &str, id: FactId) -> String {
        self.shown_in(id, self.manner(report))
    }

    /// Every way in which a report can print a fact: what is written between the braces, and what is printed.
    pub fn ways(&self, report: &str, id: FactId) -> Vec<(String, String)> {
        let address = self.local(report, id);
        let needs_form = self.quantity(id).is_some_and(|quantity| quantity.unit == Unit::Ratio);
        let bare = (!needs_form).then(|| (address.to_owned(), self.printed(report, id)));
        let forms = format::forms(&self.get(id).value, self.manner(report));
        bare.into_iter().chain(forms.map(|(form, printed)| (format!("{address} | {form}"), printed))).collect()
    }

    /// Which way a fact goes, where a text of a report prints it as a change: up, down, or not at all.
    pub fn direction(&self, report: &str, id: FactId, printed: &str) -> Option<std::cmp::Ordering> {
        let (value, manner) = (&self.get(id).value, self.manner(report));
        let changes = [None, Some("points")].into_iter();
        let mut changes = changes.filter_map(|argument| format::format(value, "change", argument, manner));
        let is_change = changes.any(|change| change == printed);
        self.quantity(id).filter(|_| is_change).map(|one| one.number.cmp(&rust_decimal::Decimal::ZERO))
    }

    /// How a report prints its figures.
    pub fn manner(&self, report: &str) -> &Manner {
        let own = self.scopes.get(report).and_then(|scope| scope.manner.as_ref());
        own.unwrap_or(Manner::of_messages())
    }

    fn shown_in(&self, id: FactId, manner: &Manner) -> String {
        let fact = self.get(id);
        let shown = match (fact.typed, &fact.value) {
            (Some(figure), _) => figure.shown(manner),
            (None, FactValue::Quantity(quantity)) => quantity.shown(manner),
            (None, FactValue::Day(day)) => day.shown(&manner.wording),
            (None, FactValue::FinancialYear(year)) => year.to_string(),
            (None, FactValue::Words(words)) => words.to_string(),
        };
        match self.quantity(id).map(|quantity| quantity.unit) {
            Some(Unit::Declared(unit)) => match self.declared(unit) {
                Some(unit) => {
                    let name = &unit.short.as_ref().unwrap_or(&unit.name).value;
                    manner.wording.say("number.with-unit", &[("n", &shown), ("unit", name)])
                }
                None => shown,
            },
            _ => shown,
        }
    }

    /// A fact as it is shown to those who look into it: a computed percentage with two decimals.
    pub fn shown_precisely(&self, id: FactId) -> String {
        match (self.get(id).typed, self.quantity(id)) {
            (None, Some(quantity)) if quantity.unit == Unit::Percent && quantity.step.is_zero() => {
                let step = rust_decimal::Decimal::new(1, 2);
                Quantity { number: round(quantity.number, 2).normalize(), step, ..quantity }.to_string()
            }
            _ => self.shown(id),
        }
    }

    /// How a fact is computed, in the words of a language; none where it was typed.
    pub fn formula(&self, id: FactId, wording: &Wording) -> Option<String> {
        let Origin::Derived(formula) = &self.get(id).origin else { return None };
        let name = |id: &FactId| self.get(*id).address.to_string();
        Some(match formula {
            Formula::Counted(what) => wording.say("formula.count", &[("what", &wording.say(what, &[]))]),
            Formula::Sum(parts) => {
                let mut text = String::new();
                for (place, part) in parts.iter().enumerate() {
                    let _ = write!(text, "{}{}", if place > 0 { " + " } else { "" }, name(part));
                }
                text
            }
            Formula::Quotient(part, whole) => format!("{} / {}", name(part), name(whole)),
            Formula::Growth(number, base) => format!("({0} - {1}) / {1}", name(number), name(base)),
            Formula::Difference(now, before) => format!("{} - {}", name(now), name(before)),
            Formula::Expression(text, _) => text.clone(),
            Formula::Line(line, basis) => {
                let address = |fact: Option<&FactId>| fact.map(name).unwrap_or_default();
                wording.say(line, &[("from", &address(basis.first())), ("to", &address(basis.last()))])
            }
            Formula::Follows(what) => wording.say("formula.follows", &[("what", &wording.say(what, &[]))]),
        })
    }
}
