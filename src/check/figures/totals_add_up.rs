//! totals-add-up: a total is the sum of its parts, down and across.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{Casting, Expression, FactId, Formula, Operand, Origin, Quantity};
use crate::wording::Wording;

/// Sums of more parts than this are not written out in the message.
const MOST_SHOWN: usize = 12;

/// A total, and what its parts come to instead.
type Key = (FactId, Decimal);

/// A total that its parts do not come to.
struct Wrong<'f> {
    total: Quantity,
    sum: Quantity,
    /// The castings, down and across, that come to the same other sum.
    castings: Vec<&'f Casting>,
}

pub fn check(subject: &Subject, audit: &mut Audit) {
    // One wrong figure is told once, however many sums it stands in.
    let mut wrong: BTreeMap<Key, Wrong> = BTreeMap::new();
    for casting in &subject.facts.castings {
        let Some((total, sum)) = subject.facts.cast(casting) else { continue };
        if sum.is_anything() {
            audit.leaves_out(
                Code::TotalsAddUp,
                &figures_of([casting]),
                "a part is kept back, so that the parts can come to anything",
            );
            continue;
        }
        audit.covers(Code::TotalsAddUp, &figures_of([casting]));
        if total.agrees(sum) == Ok(true) {
            continue;
        }
        let key = (casting.total, sum.number.normalize());
        wrong.entry(key).or_insert(Wrong { total, sum, castings: Vec::new() }).castings.push(casting);
    }
    let told = causes(&wrong);
    for (key @ (fact, _), one) in &wrong {
        if !told.contains(key) {
            continue;
        }
        let sum = one.sum.beside(one.total);
        let unit = if one.total.agrees(sum).is_err() { ", which has another unit" } else { "" };
        let calculated = one.castings.iter().find(|casting| !casting.is_sum);
        let message = match calculated {
            None => format!("{} is printed as the total, but its parts come to {sum}{unit}", audit.shown(*fact)),
            Some(casting) => {
                format!("{} is printed, but {} is {sum}{unit}", audit.shown(*fact), in_figures(casting, audit))
            }
        };
        let mut finding = audit.error(Code::TotalsAddUp, &figures_of(one.castings.iter().copied()), message);
        if let Some(difference) = one.total.minus(sum).ok().filter(|_| calculated.is_none()) {
            finding = finding.help(format!("the difference is {difference}"));
        }
        for casting in &one.castings {
            finding = finding.help(working(casting, sum, audit));
        }
        audit.push(finding);
    }
    for total in &subject.facts.not_added {
        audit.leaves_out(
            Code::TotalsAddUp,
            &[*total],
            "figures of this unit are not added up; percentages only to 100%",
        );
    }
    for one in &subject.facts.uncast {
        let figures: Vec<_> = [one.total].into_iter().chain(one.parts.iter().copied()).collect();
        audit.covers(Code::TotalsAddUp, &figures);
        let message = format!("{} is printed, but {}", audit.shown(one.total), one.why);
        let finding = audit.error(Code::TotalsAddUp, &figures, message);
        audit.push(finding.help("write n/a for what cannot be calculated, and 0 for what is nothing"));
    }
}

/// The total and the parts of castings of one total, each once.
fn figures_of<'f>(castings: impl IntoIterator<Item = &'f Casting>) -> Vec<FactId> {
    let mut figures = Vec::new();
    for casting in castings {
        for fact in [casting.total].into_iter().chain(casting.parts.iter().copied()) {
            if !figures.contains(&fact) {
                figures.push(fact);
            }
        }
    }
    figures
}

/// Those of the wrong totals that are out by themselves. The others are so only because one of their parts is a wrong
/// total itself, and by as much: with the right part each of their castings is right.
fn causes(wrong: &BTreeMap<Key, Wrong>) -> BTreeSet<Key> {
    // A total waits until every one of its castings is explained by a part; who explains it knows who waits for it.
    let mut waiting: BTreeMap<Key, BTreeSet<usize>> = BTreeMap::new();
    let mut explains: BTreeMap<Key, Vec<(Key, usize)>> = BTreeMap::new();
    let mut ready: Vec<Key> = Vec::new();
    for (key, one) in wrong {
        let by_casting: Vec<Vec<Key>> = one.castings.iter().map(|casting| explained_by(one, casting, wrong)).collect();
        if by_casting.iter().any(Vec::is_empty) {
            ready.push(*key);
            continue;
        }
        waiting.insert(*key, (0..by_casting.len()).collect());
        for (casting, parts) in by_casting.iter().enumerate() {
            parts.iter().for_each(|part| explains.entry(*part).or_default().push((*key, casting)));
        }
    }
    let mut causes: BTreeSet<Key> = ready.iter().copied().collect();
    loop {
        while let Some(known) = ready.pop() {
            for (key, casting) in explains.remove(&known).unwrap_or_default() {
                let Some(castings) = waiting.get_mut(&key) else { continue };
                castings.remove(&casting);
                if castings.is_empty() {
                    waiting.remove(&key);
                    ready.push(key);
                }
            }
        }
        // The rest follow from each other: the first is told.
        let Some((first, _)) = waiting.pop_first() else { return causes };
        causes.insert(first);
        ready.push(first);
    }
}

/// The parts of a casting that are wrong totals, out by as much the other way. Where parts are taken away, either way may
/// be.
fn explained_by(one: &Wrong, casting: &Casting, wrong: &BTreeMap<Key, Wrong>) -> Vec<Key> {
    let distance = |wrong: &Wrong| wrong.total.minus(wrong.sum).map(|apart| apart.number).ok();
    let Some(apart) = distance(one).filter(|_| casting.is_sum) else { return Vec::new() };
    let explains = |out: Decimal| out == -apart || (casting.takes_away && out == apart);
    let of_part = |part: &FactId| wrong.range((*part, Decimal::MIN)..=(*part, Decimal::MAX));
    let parts = casting.parts.iter().flat_map(of_part);
    parts.filter(|(_, part)| distance(part).is_some_and(explains)).map(|(key, _)| *key).collect()
}

/// The calculation with its figures in the places of their names: `£20,000 / 120,500`.
fn in_figures(casting: &Casting, audit: &Audit) -> String {
    let text = audit.facts.formula(casting.sum, Wording::english()).unwrap_or_default();
    let Ok(expression) = Expression::parse(&text) else { return text };
    let named = expression.operands.iter().filter(|(operand, _)| !matches!(operand, Operand::Number(_)));
    let (mut said, mut end) = (String::new(), 0);
    for ((_, letters), part) in named.zip(&casting.parts) {
        said += &text[end..letters.start];
        said += &audit.shown(*part);
        end = letters.end;
    }
    said + &text[end..]
}

/// The calculation that was made.
fn working(casting: &Casting, sum: Quantity, audit: &Audit) -> String {
    if casting.parts.len() > MOST_SHOWN {
        return format!(
            "{} figures were added; `tally trace {}` lists them",
            casting.parts.len(),
            audit.facts.get(casting.sum).address
        );
    }
    match &audit.facts.get(casting.sum).origin {
        Origin::Derived(Formula::Sum(parts)) => {
            let parts: Vec<String> = parts.iter().map(|part| audit.shown(*part)).collect();
            format!("{} = {sum}", parts.join(" + "))
        }
        _ => format!("{} = {sum}", audit.facts.formula(casting.sum, Wording::english()).unwrap_or_default()),
    }
}
