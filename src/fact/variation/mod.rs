//! What an XmR chart or a run chart is made of: how the figures of a column vary over time, and whether they changed.
//!
//! In: the figures of a table's column, row after row, and what the content says of them. Out: a [`Variation`]: its
//! [`Stretch`]es with mean and limits, or the median where there are too few figures; the special causes, each with the
//! rules that found it; and what that means for the latest figure and for the target. Nothing is rounded: a figure is
//! held against the limits as they are, and only what is printed has a last place.

mod limits;
mod rules;

pub use limits::Limits;
pub use rules::{Rule, Run};

use std::ops::Range;

use rust_decimal::Decimal;

use super::{CalculationError, FactId, Facts};
use crate::model::values::Better;
use crate::model::{TableFile, WatchedColumn};
use crate::wording::Wording;

/// How the figures of a column vary over time.
#[derive(Debug)]
pub struct Variation<'p> {
    pub file: &'p TableFile,
    /// What the content says of it.
    pub watched: &'p WatchedColumn,
    /// The figure of each row, and its number.
    pub points: Vec<Option<(FactId, Decimal)>>,
    /// From the first row to the last, each from a step on.
    pub stretches: Vec<Stretch>,
    /// The facts of each stretch.
    pub facts: Vec<StretchFacts>,
    pub target: Option<(FactId, Decimal)>,
    /// What the latest figure says; none where the latest stretch has no limits.
    pub change: Option<(FactId, Change)>,
    /// Whether the target will be met; none where there is no target, or no limits.
    pub assurance: Option<(FactId, Assurance)>,
}

/// Figures over which nothing was changed, with one mean and one pair of limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Its places among the rows of the table.
    pub rows: Range<usize>,
    /// None where it has no figure.
    pub lines: Option<Lines>,
    /// The special cause of each of its rows; none where there is none.
    pub causes: Vec<Option<SpecialCause>>,
    /// Its runs and trends, from the first to the last.
    pub runs: Vec<Run>,
}

/// The facts of a stretch.
#[derive(Debug, Clone, Copy, Default)]
pub struct StretchFacts {
    pub mean: Option<FactId>,
    pub average_moving_range: Option<FactId>,
    pub upper_limit: Option<FactId>,
    pub lower_limit: Option<FactId>,
    pub median: Option<FactId>,
    pub special_causes: Option<FactId>,
    /// How long its latest run and its latest trend are.
    pub run: Option<FactId>,
    pub trend: Option<FactId>,
}

/// The lines that figures are held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lines {
    /// Those of an XmR chart.
    Limits(Limits),
    /// That of a run chart: there are too few figures for limits.
    Median(Decimal),
}

/// Which way a figure differs from what was to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    High,
    Low,
}

/// What a special cause means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Better,
    Worse,
    Neither,
}

/// A figure that is not what was to be expected.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecialCause {
    /// The rules that found it, each with the side that it speaks of.
    pub rules: Vec<(Rule, Side)>,
    /// The side that holds: of two the worse, so that nobody is told of what is better where a rule says worse.
    pub side: Side,
    pub effect: Effect,
}

/// What the latest figure says of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    None,
    Special(Effect, Side),
}

/// Whether a target will be met, if nothing is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    LikelyToMeet,
    LikelyToMiss,
    MayMeetOrMiss,
}

impl Stretch {
    /// Reads the figures of some rows; limits come from those of the baseline, where there is one.
    pub fn of(
        points: &[Option<Decimal>],
        rows: Range<usize>,
        baseline: Option<Range<usize>>,
        better: Better,
    ) -> Result<Self, CalculationError> {
        let own = &points[rows.clone()];
        limits::expect_exact(&own.iter().flatten().copied().collect::<Vec<_>>())?;
        let none = |lines| Self { causes: vec![None; own.len()], lines, runs: Vec::new(), rows: rows.clone() };
        let Some(limits) = Limits::of(&points[baseline.unwrap_or_else(|| rows.clone())]) else {
            return Ok(none(limits::median(own).map(Lines::Median)));
        };
        let mut runs = rules::runs(own, limits);
        let causes =
            rules::found(own, limits, &runs).into_iter().map(|rules| SpecialCause::of(rules, better)).collect();
        runs.iter_mut().for_each(|run| run.rows = run.rows.start + rows.start..run.rows.end + rows.start);
        Ok(Self { rows, lines: Some(Lines::Limits(limits)), causes, runs })
    }

    /// Its limits; none where it has too few figures.
    pub fn limits(&self) -> Option<Limits> {
        match self.lines? {
            Lines::Limits(limits) => Some(limits),
            Lines::Median(_) => None,
        }
    }

    /// What the last of its figures says; none where nothing can be said.
    pub fn change(&self, points: &[Option<Decimal>]) -> Option<Change> {
        self.limits()?;
        let last = self.rows.clone().rev().find(|row| points[*row].is_some())?;
        Some(match &self.causes[last - self.rows.start] {
            Some(cause) => Change::Special(cause.effect, cause.side),
            None => Change::None,
        })
    }

    /// Whether a target will be met; none where nothing can be said.
    pub fn assurance(
        &self,
        points: &[Option<Decimal>],
        target: Decimal,
        better: Better,
    ) -> Result<Option<Assurance>, CalculationError> {
        let Some(limits) = self.limits() else { return Ok(None) };
        let own = points[self.rows.clone()].iter().flatten().copied();
        limits::expect_exact(&own.chain([target]).collect::<Vec<_>>())?;
        let (met, missed) = match better {
            Better::Higher => (Side::Low, Side::High),
            Better::Lower => (Side::High, Side::Low),
            Better::Neither => return Ok(None),
        };
        Ok(Some(match () {
            () if limits.is_reached_by(target, met) => Assurance::LikelyToMeet,
            () if limits.is_reached_by(target, missed) => Assurance::LikelyToMiss,
            () => Assurance::MayMeetOrMiss,
        }))
    }

    /// The last of its runs, or of its trends.
    pub fn latest(&self, rule: Rule) -> Option<&Run> {
        self.runs.iter().rev().find(|run| run.rule == rule)
    }
}

impl SpecialCause {
    fn of(rules: Vec<(Rule, Side)>, better: Better) -> Option<Self> {
        let prevails = if better == Better::Higher { Side::Low } else { Side::High };
        let side = match rules.iter().any(|(_, side)| *side == prevails) {
            true => prevails,
            false => rules.first()?.1,
        };
        Some(Self { rules, side, effect: Effect::of(side, better) })
    }
}

impl Effect {
    fn of(side: Side, better: Better) -> Self {
        match (better, side) {
            (Better::Neither, _) => Self::Neither,
            (Better::Higher, Side::High) | (Better::Lower, Side::Low) => Self::Better,
            (Better::Higher, Side::Low) | (Better::Lower, Side::High) => Self::Worse,
        }
    }
}

impl Change {
    /// In words.
    pub fn shown(self, wording: &Wording) -> String {
        let key = match self {
            Self::None => "variation.no-change",
            Self::Special(Effect::Better, Side::High) => "variation.better-high",
            Self::Special(Effect::Better, Side::Low) => "variation.better-low",
            Self::Special(Effect::Worse, Side::High) => "variation.worse-high",
            Self::Special(Effect::Worse, Side::Low) => "variation.worse-low",
            Self::Special(Effect::Neither, Side::High) => "variation.high",
            Self::Special(Effect::Neither, Side::Low) => "variation.low",
        };
        wording.say(key, &[])
    }
}

impl Assurance {
    /// In words.
    pub fn shown(self, wording: &Wording) -> String {
        let key = match self {
            Self::LikelyToMeet => "variation.likely-to-meet",
            Self::LikelyToMiss => "variation.likely-to-miss",
            Self::MayMeetOrMiss => "variation.may-meet-or-miss",
        };
        wording.say(key, &[])
    }
}

impl Run {
    /// What its figures have in common, in words.
    pub fn shown(&self, wording: &Wording) -> String {
        let key = match (self.rule, self.side) {
            (Rule::Trend, Side::High) => "variation.rising",
            (Rule::Trend, Side::Low) => "variation.falling",
            (_, Side::High) => "variation.above-mean",
            (_, Side::Low) => "variation.below-mean",
        };
        wording.say(key, &[])
    }
}

impl Facts<'_> {
    /// The run or the trend whose length is a fact.
    pub fn run_of_length(&self, length: FactId) -> Option<&Run> {
        let mut stretches = self.variations.values().flat_map(|one| one.facts.iter().zip(&one.stretches));
        stretches.find_map(|(facts, stretch)| match Some(length) {
            is if is == facts.run => stretch.latest(Rule::Run),
            is if is == facts.trend => stretch.latest(Rule::Trend),
            _ => None,
        })
    }

    /// How the figures of a column vary, by the name of its table in a report and its id; none where it is not watched.
    pub fn variation_of(&self, report: &str, stem: &str, column: &str) -> Option<&Variation<'_>> {
        self.variations.get(&format!("{report}.{stem}.variation.{column}"))
    }

    /// What a fact says of how likely a watched column meets its target; none where it says something else.
    pub fn assurance(&self, fact: FactId) -> Option<Assurance> {
        let of_columns = self.variations.values().filter_map(|variation| variation.assurance);
        of_columns.into_iter().find(|(one, _)| *one == fact).map(|(_, assurance)| assurance)
    }
}
