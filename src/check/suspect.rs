//! The one figure that would put right what does not add up.
//!
//! In: figures of which several sums disagree. Out: the [`Suspect`]: the typed figure which, written otherwise, makes all of
//! them agree, and control totals with them. Every sum that is out says what each of its figures would have to be. Those of
//! which more than one sum or quotient says the same are written so in memory, one after the other, and the figures are
//! checked again. Only one that settles everything, and alone does, is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Rules, Subject, check_figures};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, SourceFile, Span, counted};
use crate::fact::{FactId, Origin, Passages, facts};
use crate::model::values::number::show_number;
use crate::model::{Parsed, load_parsed};

/// So many figures are tried, each of which costs reading the content once more. Where more could be meant, none is told.
const MOST_TRIED: usize = 8;

/// Of more findings no single figure is the cause.
const MOST_SETTLED: usize = 40;

/// Rules whose findings one figure may settle.
const SETTLED: [Code; 5] =
    [Code::TotalsAddUp, Code::ControlTotalAgrees, Code::RatioAgrees, Code::RelationHolds, Code::SameFactSameValue];

/// A figure that is probably mistyped.
#[derive(Debug)]
pub struct Suspect {
    /// Its digits.
    at: Span,
    /// What it should be, as it would be typed.
    should_be: String,
    /// How many findings would be settled.
    settles: usize,
}

/// Whether a finding is an error about figures that do not agree.
fn is_disagreement(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && SETTLED.contains(&finding.code)
}

/// Says of the first of several disagreements which figure would settle them all, where there is one.
pub fn tell(subject: &Subject, findings: &mut Findings) {
    let Some(suspect) = Suspect::of(subject, findings) else { return };
    let Suspect { at, should_be, settles } = suspect;
    let first = findings.iter_mut().filter(|finding| is_disagreement(finding)).min_by_key(|finding| finding.at);
    if let Some(first) = first {
        let place = subject.tree.sources.line_column(at).0;
        let path = subject.tree.sources.file(at.file).path.clone();
        first.help.insert(
            0,
            format!(
                "look at {path}:{place} first: if this figure were {should_be}, this and {} would be settled",
                counted(settles - 1, "other finding", "other findings")
            ),
        );
        if first.also.is_none() {
            first.also = Some((at, format!("if this were {should_be}, all would agree")));
        }
    }
}

impl Suspect {
    fn of(subject: &Subject, findings: &[Diagnostic]) -> Option<Self> {
        let settles = findings.iter().filter(|finding| is_disagreement(finding)).count();
        let candidates = if (2..=MOST_SETTLED).contains(&settles) { wanted(subject) } else { Vec::new() };
        if candidates.is_empty() || candidates.len() > MOST_TRIED {
            return None;
        }
        let parsed = Parsed::read(subject.tree);
        let mut found = candidates.into_iter().filter_map(|(fact, value)| {
            let (at, should_be) = written(subject, fact, value)?;
            let after = disagreements_with(subject, &parsed, at, &should_be)?;
            after.is_empty().then_some(Self { at, should_be, settles })
        });
        let suspect = found.next()?;
        found.next().is_none().then_some(suspect)
    }
}

/// What figures would have to be by a sum, where another sum says the same or a quotient of the figure is out, too; those
/// first of which most say so.
fn wanted(subject: &Subject) -> Vec<(FactId, Decimal)> {
    let facts = subject.facts;
    let mut said: BTreeMap<(FactId, Decimal), usize> = BTreeMap::new();
    let mut quotients: BTreeMap<FactId, usize> = BTreeMap::new();
    for casting in &facts.castings {
        let Some((total, sum)) = facts.cast(casting) else { continue };
        if sum.is_anything() || total.unit != sum.unit || total.agrees(sum) == Ok(true) {
            continue;
        }
        if !casting.is_sum {
            casting.parts.iter().chain([&casting.total]).for_each(|fact| *quotients.entry(*fact).or_default() += 1);
            continue;
        }
        let apart = total.number - sum.number;
        let mut say = |fact: FactId, value: Decimal| *said.entry((fact, value.normalize())).or_default() += 1;
        say(casting.total, sum.number);
        for part in &casting.parts {
            let Some(quantity) = facts.quantity(*part) else { continue };
            say(*part, quantity.number + apart);
            if casting.takes_away {
                say(*part, quantity.number - apart);
            }
        }
    }
    for ((fact, _), votes) in &mut said {
        *votes += quotients.get(fact).copied().unwrap_or_default();
    }
    let is_typed = |fact: FactId| matches!(facts.get(fact).origin, Origin::Typed(_));
    let mut wanted: Vec<((FactId, Decimal), usize)> =
        said.into_iter().filter(|((fact, _), votes)| *votes > 1 && is_typed(*fact)).collect();
    wanted.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    wanted.into_iter().map(|(figure, _)| figure).collect()
}

/// The digits of a typed figure, and how another value would be typed there; nothing where it cannot be typed in their form.
fn written(subject: &Subject, fact: FactId, value: Decimal) -> Option<(Span, String)> {
    let sources = &subject.tree.sources;
    let whole = subject.facts.get(fact).at;
    let file = sources.file(whole.file);
    let typed = &file.text[sources.range(whole)];
    let is_digit = |c: char| c.is_ascii_digit();
    let (first, last) = (typed.find(is_digit)?, typed.rfind(is_digit)?);
    let digits = &typed[first..=last];
    let number: Decimal = digits.replace(',', "").parse().ok()?;
    let own = subject.facts.quantity(fact)?.number;
    // Of what is typed in thousands the digits say a thousandth.
    let scale = if number.is_zero() { Decimal::ONE } else { own.abs().checked_div(number)? };
    let same_sign = value.is_zero() || own.is_zero() || value.is_sign_negative() == own.is_sign_negative();
    let mut value = value.abs().checked_div(scale)?.normalize();
    if !same_sign || value.scale() > number.scale() {
        return None;
    }
    value.rescale(number.scale());
    let shown = show_number(value);
    // In a list a comma parts two values, unless it stands in quotation marks.
    let is_quoted = file.text[..sources.range(whole).start + first].ends_with(['"', '\'']);
    let has_commas = digits.contains(',') || is_quoted;
    Some((whole.part(first..last + 1), if has_commas { shown } else { shown.replace(',', "") }))
}

/// What still disagrees where other digits stand at a place; nothing where the content cannot be read so.
fn disagreements_with(subject: &Subject, parsed: &Parsed, at: Span, digits: &str) -> Option<Vec<Diagnostic>> {
    let (mut tree, mut parsed) = (subject.tree.clone(), parsed.clone());
    let file = tree.sources.file(at.file);
    let mut text = file.text.clone();
    text.replace_range(tree.sources.range(at), digits);
    Arc::make_mut(&mut tree.sources).replace(at.file, SourceFile::new(file.path.clone(), text).into());
    parsed.renew(&tree, at.file);
    let mut findings = Findings::new();
    let project = load_parsed(&tree, &parsed, &mut findings).filter(|project| project.whole)?;
    let facts = facts(&project, &tree.sources, &mut findings);
    let passages = Passages::default();
    let subject = Subject { project: &project, facts: &facts, passages: &passages, tree: &tree };
    let verdict = check_figures(&subject, Rules::OfFigures);
    Some(verdict.findings.into_iter().filter(is_disagreement).collect())
}
