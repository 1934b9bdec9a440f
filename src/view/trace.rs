//! What stands behind a fact, in words: where it comes from, where it is used and what is checked.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::Verdict;
use crate::diagnostic::{FileId, Span};
use crate::fact::{Fact, FactId, FactValue, Facts, Origin, Passage, Pattern, Word, plain};
use crate::model::TakenFigure;
use crate::source::SourceTree;
use crate::wording::Wording;

/// What is said of a fact that was not typed.
pub const COMPUTED: &str = "computed";

/// Tells of facts.
pub struct Tracer<'a> {
    pub facts: &'a Facts<'a>,
    tree: &'a SourceTree,
    /// Paths in the content folder.
    paths: BTreeMap<FileId, &'a str>,
}

/// A fact in a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactLine {
    pub address: String,
    pub value: String,
    pub unit: String,
    pub origin: String,
}

/// All that is known of a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    pub address: String,
    pub value: String,
    pub unit: String,
    pub origin: String,
    pub source: Option<String>,
    /// From which cell of which workbook it was taken, and what that shows and stores.
    pub taken: Option<String>,
    pub formula: Option<String>,
    /// The figures of the formula.
    pub from: Vec<FactLine>,
    /// Where it is printed, and what is computed from it.
    pub uses: Vec<String>,
    /// Names of the rules that look at it.
    pub checks: Vec<&'static str>,
    /// Rules that could have looked at it and did not, each with the reason.
    pub left_out: Vec<String>,
    /// Findings about it that the team lets stand.
    pub acknowledged: Vec<String>,
}

impl<'a> Tracer<'a> {
    pub fn new(facts: &'a Facts<'a>, tree: &'a SourceTree) -> Self {
        let paths = tree.texts.iter().map(|(path, file)| (*file, path.as_str())).collect();
        Self { facts, tree, paths }
    }

    /// The facts that fit a pattern; all without one.
    pub fn lines(&self, pattern: Option<&Pattern>) -> Vec<FactLine> {
        let fits = |address: &str| {
            let local = address.split_once('.').map_or(address, |(_, local)| local);
            pattern.is_none_or(|pattern| pattern.fits(address) || pattern.fits(local))
        };
        let named = |fact: &Fact| fits(&fact.address) || fact.also.as_ref().is_some_and(|also| fits(also));
        self.facts.all().filter(|(_, fact)| named(fact)).map(|(id, _)| self.line(id)).collect()
    }

    fn line(&self, id: FactId) -> FactLine {
        FactLine {
            address: self.facts.get(id).address.to_string(),
            value: self.facts.shown_precisely(id),
            unit: self.unit(id),
            origin: self.origin(id),
        }
    }

    /// The unit's name.
    pub fn unit(&self, id: FactId) -> String {
        match self.facts.get(id).value {
            FactValue::Quantity(quantity) => quantity.unit_name(),
            FactValue::Day(_) => "day".to_owned(),
            FactValue::FinancialYear(_) => "financial year".to_owned(),
            FactValue::Words(_) => "words".to_owned(),
        }
    }

    /// Where a fact was typed, or that it is computed.
    pub fn origin(&self, id: FactId) -> String {
        self.typed_at(id).unwrap_or_else(|| COMPUTED.to_owned())
    }

    /// Where a fact was typed; none where it is computed.
    pub fn typed_at(&self, id: FactId) -> Option<String> {
        let fact = self.facts.get(id);
        match fact.origin {
            Origin::Typed(_) => Some(self.place(fact.at)),
            Origin::Derived(_) => None,
        }
    }

    fn place(&self, at: Span) -> String {
        let (line, column) = self.tree.sources.line_column(at);
        format!("{}:{line}:{column}", self.paths.get(&at.file).copied().unwrap_or_default())
    }

    /// The id of the source of a typed fact.
    pub fn source(&self, id: FactId) -> Option<&str> {
        match &self.facts.get(id).origin {
            Origin::Typed(source) => source.as_deref(),
            Origin::Derived(_) => None,
        }
    }

    /// All that is known of a fact.
    pub fn trace(&self, id: FactId, passages: &[Passage], verdict: &Verdict) -> Trace {
        let FactLine { address, value, unit, origin } = self.line(id);
        let scope = address.split_once('.').map_or("", |(scope, _)| scope).to_owned();
        let inputs = self.inputs(id);
        Trace {
            source: self.source(id).map(|source| self.facts.source(&scope, source).unwrap_or(source).to_owned()),
            taken: self.facts.taken(id).map(taken_from),
            formula: self.facts.formula(id, Wording::english()),
            from: inputs.into_iter().map(|input| self.line(input)).collect(),
            uses: self.uses(id, passages),
            checks: verdict.covered.of(id).map(|code| code.name()).collect(),
            left_out: left_out(id, verdict),
            acknowledged: acknowledgement_of(self.facts, id, verdict),
            address,
            value,
            unit,
            origin,
        }
    }

    /// The facts that a fact is computed from.
    fn inputs(&self, id: FactId) -> Vec<FactId> {
        match &self.facts.get(id).origin {
            Origin::Typed(_) => Vec::new(),
            Origin::Derived(formula) => formula.inputs(),
        }
    }

    fn uses(&self, id: FactId, passages: &[Passage]) -> Vec<String> {
        let is_bound = |word: &Word| matches!(word, Word::Bound { fact, .. } if *fact == id);
        let printed = passages.iter().filter(|passage| passage.words.iter().any(is_bound)).map(|passage| {
            let text = plain(&passage.words);
            let short: String = text.chars().take(70).collect();
            let rest = if short.len() < text.len() { "…" } else { "" };
            format!("printed at {}: {short}{rest}", self.place(passage.at))
        });
        let computed = self.facts.all().filter(|(other, _)| self.inputs(*other).contains(&id));
        printed.chain(computed.map(|(_, fact)| format!("in {}", fact.address))).collect()
    }
}

/// Where a figure was taken from, in words.
pub fn taken_from(taken: &TakenFigure) -> String {
    let saved = match (taken.saved_at.as_str(), taken.saved_by.as_str()) {
        ("", "") => String::new(),
        (at, "") => format!(", saved {at}"),
        ("", by) => format!(", saved by {by}"),
        (at, by) => format!(", saved {at} by {by}"),
    };
    let digest = taken.sha256.get(..8).unwrap_or(&taken.sha256);
    let mut words = format!("{} ({digest}{saved}), sheet {}, {}", taken.workbook, taken.sheet, taken.cell);
    let mut add = |lead: &str, text: &str| {
        if !text.is_empty() {
            words = format!("{words}{lead}{text}");
        }
    };
    add(": ", &taken.headings);
    add(", row ", &quoted(&taken.row));
    add("; shown ", &taken.shown);
    add(", stored ", if taken.stored == taken.shown { "" } else { &taken.stored });
    add(", format ", &taken.format);
    add(", formula ", &taken.formula);
    words
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("“{text}”") }
}

/// The rules that pass over a fact, with their reasons.
fn left_out(id: FactId, verdict: &Verdict) -> Vec<String> {
    let of = verdict.left_out.iter().filter(|one| one.figure == id);
    let mut all: Vec<String> = of.map(|one| format!("{}: {}", one.rule.name(), one.why)).collect();
    all.dedup();
    all
}

/// Why findings about a fact stand.
pub fn acknowledgement_of(facts: &Facts, id: FactId, verdict: &Verdict) -> Vec<String> {
    let address = &*facts.get(id).address;
    let concerns = |one: &&crate::check::Acknowledged| {
        one.finding
            .about
            .as_ref()
            .is_some_and(|about| about.address == address || about.facts.iter().any(|fact| fact == address))
    };
    let reason = |one: &crate::check::Acknowledged| {
        format!("{}: {} ({}, {})", one.finding.code.name(), one.reason, one.by, one.date)
    };
    verdict.acknowledged.iter().filter(concerns).map(reason).collect()
}
