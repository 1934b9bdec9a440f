//! What there is to know of a figure: what it is, where it comes from, what looks at it, and where it is used.
//!
//! In: a figure of a report, with the facts, the texts and the verdict of the checks. Out: its [`Card`]. Texts that print
//! it and figures that follow from it are named by what was [`Written`], so that each leads to where it is seen.

use std::collections::HashMap;

use serde::Serialize;

use super::Written;
use crate::check::Verdict;
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{FactId, Facts, LAST, Naming, Origin};
use crate::wording::Wording;

/// What there is to know of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// As the report writes it.
    pub address: String,
    /// What is counted or measured, from its file to the figure.
    pub what: Vec<String>,
    pub printed: String,
    /// As it was typed; none where it follows from others.
    pub typed: Option<String>,
    /// Where it was typed, by its place among what was written.
    pub place: Option<usize>,
    /// How it follows from others.
    pub follows: Option<String>,
    /// What the edition before says, and how far this one is from it.
    pub last_year: Option<String>,
    pub change: Option<String>,
    /// The title of the document that it was taken from.
    pub source: Option<String>,
    pub checks: Vec<Check>,
    pub uses: Vec<Use>,
}

/// A rule that looks at a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    pub rule: &'static str,
    /// Whether it has nothing to say; an acknowledged finding says something.
    pub holds: bool,
    /// What it says.
    pub words: Vec<String>,
    /// Why the team lets that stand.
    pub acknowledged: Option<String>,
}

/// Where a figure is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// By its place among what was written; none for a figure that follows from it.
    pub place: Option<usize>,
    /// The text that prints it, or the address of a figure that follows from it.
    pub words: String,
}

/// Tells of the figures of a report.
pub struct Teller<'a> {
    report: &'a str,
    facts: &'a Facts<'a>,
    naming: &'a Naming,
    verdict: &'a Verdict,
    written: &'a [Written],
    /// Where figures were typed, and the texts that print them, by their addresses.
    typed: HashMap<&'a str, usize>,
    bound: HashMap<&'a str, Vec<usize>>,
    /// The figures that follow from one.
    following: HashMap<FactId, Vec<FactId>>,
}

impl<'a> Teller<'a> {
    pub fn new(
        report: &'a str,
        facts: &'a Facts<'a>,
        naming: &'a Naming,
        verdict: &'a Verdict,
        written: &'a [Written],
    ) -> Self {
        let (mut typed, mut bound) = (HashMap::new(), HashMap::<&str, Vec<usize>>::new());
        for (place, one) in written.iter().enumerate() {
            if let Some(address) = &one.address {
                typed.entry(&**address).or_insert(place);
            }
            let mut addresses: Vec<&str> = one.figures.iter().map(|figure| &*figure.address).collect();
            addresses.sort_unstable();
            addresses.dedup();
            addresses.into_iter().for_each(|address| bound.entry(address).or_default().push(place));
        }
        let mut following: HashMap<FactId, Vec<FactId>> = HashMap::new();
        for (id, fact) in facts.all() {
            if let Origin::Derived(formula) = &fact.origin {
                formula.inputs().into_iter().for_each(|input| following.entry(input).or_default().push(id));
            }
        }
        Self { report, facts, naming, verdict, written, typed, bound, following }
    }

    /// The card of the figure at an address; none where there is no such figure.
    pub fn card(&self, address: &str) -> Option<Card> {
        let id = self.facts.find(self.report, address)?;
        let fact = self.facts.get(id);
        let local = self.facts.local(self.report, id).to_owned();
        let last = self.facts.find(self.report, &format!("{LAST}.{local}"));
        let source = match &fact.origin {
            Origin::Typed(Some(source)) => Some(self.facts.source(self.report, source).unwrap_or(source).to_owned()),
            Origin::Typed(None) | Origin::Derived(_) => None,
        };
        Some(Card {
            what: self.what(&fact.address),
            printed: self.facts.printed(self.report, id),
            typed: fact.typed.map(|_| self.facts.shown(id)),
            place: self.typed.get(&*local).copied(),
            follows: self.facts.formula(id, Wording::english()),
            last_year: last.map(|last| self.facts.printed(self.report, last)),
            change: last.and_then(|last| self.change(id, last)),
            source,
            checks: self.checks(id),
            uses: self.uses(id, &local),
            address: local,
        })
    }

    /// What the segments of an address are called.
    fn what(&self, address: &str) -> Vec<String> {
        let local = address.strip_prefix(self.report).and_then(|rest| rest.strip_prefix('.')).unwrap_or(address);
        local.split('.').map(|segment| self.naming.of(address, segment).shown.clone()).collect()
    }

    fn change(&self, id: FactId, last: FactId) -> Option<String> {
        let (now, before) = (self.facts.quantity(id)?, self.facts.quantity(last)?);
        let change = now.minus(before).ok()?;
        let sign = if change.number > rust_decimal::Decimal::ZERO { "+" } else { "" };
        Some(format!("{sign}{}", change.shown(self.facts.manner(self.report))))
    }

    fn checks(&self, id: FactId) -> Vec<Check> {
        let address = &*self.facts.get(id).address;
        let concerns = |finding: &Diagnostic| {
            let about = finding.about.as_ref();
            about.is_some_and(|about| about.address == address || about.facts.iter().any(|fact| fact == address))
        };
        let check = |code: Code| {
            let found = self.verdict.findings.iter().filter(|one| one.code == code && concerns(one));
            let stands =
                || self.verdict.acknowledged.iter().filter(|one| one.finding.code == code && concerns(&one.finding));
            let words: Vec<String> =
                found.chain(stands().map(|one| &one.finding)).map(|one| one.message.clone()).collect();
            let acknowledged = stands().next().map(|one| one.reason.clone());
            Check { rule: code.name(), holds: words.is_empty(), words, acknowledged }
        };
        self.verdict.covered.of(id).map(check).collect()
    }

    fn uses(&self, id: FactId, local: &str) -> Vec<Use> {
        let texts = self.bound.get(local).into_iter().flatten();
        let texts = texts.map(|place| Use { place: Some(*place), words: self.written[*place].says.clone() });
        let following = self.following.get(&id).into_iter().flatten();
        let following = following.map(|id| Use { place: None, words: self.facts.local(self.report, *id).to_owned() });
        texts.chain(following).collect()
    }
}
