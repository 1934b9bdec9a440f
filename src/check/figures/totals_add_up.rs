//! totals-add-up: a total is the sum of its parts, down and across.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::{Casting, Expression, FactId, Formula, Operand, Origin, Quantity};

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
/// total itself, and by as much.
fn causes(wrong: &BTreeMap<Key, Wrong>) -> BTreeSet<Key> {
    let mut causes: BTreeSet<Key> = BTreeSet::new();
    let mut followers: BTreeSet<Key> = BTreeSet::new();
    loop {
        let rest = || wrong.iter().filter(|(key, _)| !causes.contains(key) && !followers.contains(key));
        let known: Vec<Key> = causes.iter().chain(&followers).copied().collect();
        let is_known = |part: &Key| known.contains(part);
        if let Some((key, _)) = rest().find(|(_, one)| follows(one, wrong, is_known)) {
            followers.insert(*key);
        } else if let Some((key, _)) = rest().find(|(_, one)| !follows(one, wrong, |_| true)) {
            causes.insert(*key);
        } else if let Some((key, _)) = rest().next() {
            causes.insert(*key); // They follow from each other: the first is told.
        } else {
            return causes;
        }
    }
}

/// Whether each casting of a total has a part that is out by as much the other way, among those that count: with the
/// right part the total is right. Where parts are taken away, either way may be.
fn follows(one: &Wrong, wrong: &BTreeMap<Key, Wrong>, counts: impl Fn(&Key) -> bool) -> bool {
    let distance = |wrong: &Wrong| wrong.total.minus(wrong.sum).map(|apart| apart.number).ok();
    let Some(apart) = distance(one) else { return false };
    one.castings.iter().all(|casting| {
        let is_a_part = |total: &FactId| casting.is_sum && casting.parts.contains(total);
        let explains = |out: Decimal| out == -apart || (casting.takes_away && out == apart);
        wrong.iter().any(|(key, part)| is_a_part(&key.0) && counts(key) && distance(part).is_some_and(explains))
    })
}

/// The calculation with its figures in the places of their names: `£20,000 / 120,500`.
fn in_figures(casting: &Casting, audit: &Audit) -> String {
    let text = audit.facts.formula(casting.sum).unwrap_or_default();
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
        _ => format!("{} = {sum}", audit.facts.formula(casting.sum).unwrap_or_default()),
    }
}
