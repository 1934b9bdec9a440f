//! claims-agree: words that say what figures do ("most", "rose", "the highest") are true of them.
//!
//! A claim is tied to a relation of checks.yaml (`{{ nearly all | claim ID }}`), which `relation-holds` keeps true; or it
//! follows from the figures that its sentence binds ("fell from … to …"), which is looked at here; or it is stated.

mod figures;
mod phrases;

use std::collections::HashSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::fact::{FactId, Kind, Passage, Pattern, Quantity, Word};
use crate::model::values::Unit;
use figures::{Beside, Moved, in_clause, rise, sentence_figures, share};
use phrases::Claim;

pub use phrases::claims;

pub fn check(subject: &Subject, audit: &mut Audit) {
    // A file of relations that cannot be read is told as that.
    let is_known_which = subject.project.states_everything();
    let known: Vec<(Vec<&str>, &str)> = check_files(subject)
        .into_iter()
        .flat_map(|Checks { file, scopes }| {
            file.relations.iter().flatten().map(move |relation| (scopes.clone(), relation.id.value.as_str()))
        })
        .collect();
    let mut said = HashSet::new();
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose) {
        let report = passage.report.id.as_str();
        let of_report = known.iter().filter(|(scopes, _)| scopes.contains(&report) || scopes.contains(&""));
        let relations: Vec<&str> = of_report.map(|(_, id)| *id).collect();
        for (place, word) in passage.words.iter().enumerate() {
            match word {
                Word::Claimed { relation, .. } if is_known_which && !relations.contains(&relation.as_str()) => {
                    let at = passage.place(&subject.tree.sources, place);
                    let finding =
                        Diagnostic::error(Code::UnknownReference, at, format!("there is no relation `{relation}`"))
                            .did_you_mean(relation, relations.iter().copied())
                            .help(
                                "relations stand under `relations` in checks.yaml, each with an `id` and what `holds`",
                            );
                    audit.push(finding);
                }
                Word::Plain(text) => {
                    for (letters, claim) in claims(passage.report.wording(), text) {
                        let at = passage.part(&subject.tree.sources, place, letters.clone());
                        let finding = judge(subject, passage, place, &letters, claim);
                        audit.findings.extend(
                            finding.filter(|_| said.insert(at)).map(|found| found.told(passage, place, letters, at)),
                        );
                    }
                }
                Word::Bound { .. }
                | Word::Named { .. }
                | Word::Broken(_)
                | Word::Stated { .. }
                | Word::Claimed { .. }
                | Word::Reference(_)
                | Word::Note(_)
                | Word::Foreign { .. } => {}
            }
        }
    }
}

/// What is wrong with a claim.
enum Fault {
    /// The figures of its sentence say otherwise.
    Untrue(String),
    /// Nothing holds it to figures; a relation that may be meant.
    Loose(Option<String>),
}

impl Fault {
    fn told(self, passage: &Passage, place: usize, letters: Range<usize>, at: Span) -> Diagnostic {
        let text = &passage.words[place].text()[letters.clone()];
        let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
        let sentence = passage.sentence(place, letters);
        let finding = match self {
            Fault::Untrue(why) => {
                Diagnostic::error(Code::ClaimsAgree, at, format!("“{text}” is not what the figures say: {why}"))
                    .help("mend the words, or the figures that the sentence binds")
            }
            Fault::Loose(holds) => {
                let holds = holds.unwrap_or_else(|| "A > B".to_owned());
                let finding = Diagnostic::error(
                    Code::ClaimsAgree,
                    at,
                    format!("“{text}” says what figures do, and nothing holds it to them"),
                );
                Diagnostic { severity: Severity::Warning, ..finding }
                    .help(format!("tie it to a relation: write {{{{ {text} | claim ID }}}}, and under `relations` in checks.yaml `- {{id: ID, holds: {holds}}}`"))
                    .help(format!("or say where it is stated: {{{{ \"{text}\" | stated id-of-the-source }}}}"))
            }
        };
        finding.about(address, vec![text.to_owned()]).in_sentence(sentence)
    }
}

/// Whether the figures of its sentence make a claim true.
fn judge(subject: &Subject, passage: &Passage, place: usize, letters: &Range<usize>, claim: Claim) -> Option<Fault> {
    let figures = sentence_figures(passage, place, letters);
    let loose = || Some(Fault::Loose(proposal(subject, passage, place, &figures, claim)));
    match claim {
        Claim::MoreThan(least) => is_share(subject, passage, &figures, |share| share > hundredths(least), loose),
        Claim::LessThan(most) => is_share(subject, passage, &figures, |share| share < hundredths(most), loose),
        Claim::Rise | Claim::Fall => {
            match rise(subject, passage.report.wording(), &in_clause(passage, place, letters, &figures)) {
                Some(Moved { by, shown, is_amount }) => {
                    // What fell by 5 is mostly typed as 5.
                    let is_size = is_amount && by > Decimal::ZERO;
                    let holds = is_size || if claim == Claim::Rise { by > Decimal::ZERO } else { by < Decimal::ZERO };
                    (!holds).then(|| {
                        let way = if by > Decimal::ZERO { "a rise" } else { "no rise" };
                        Fault::Untrue(format!("{shown} is {way}"))
                    })
                }
                // Away from figures these are words like others.
                None if figures.is_empty() && !is_display(passage) => None,
                None => loose(),
            }
        }
        Claim::Same | Claim::More | Claim::Less | Claim::Highest | Claim::Lowest => loose(),
        // Beside a figure, or where no verb says so of anything, the words say what is counted.
        Claim::Target if !figures.is_empty() || !says_of_something(passage, place, letters) => None,
        Claim::Target => Some(Fault::Loose(None)),
    }
}

/// Whether the share that a sentence gives is what its words say.
fn is_share(
    subject: &Subject,
    passage: &Passage,
    figures: &[Beside],
    holds: impl Fn(Decimal) -> bool,
    loose: impl Fn() -> Option<Fault>,
) -> Option<Fault> {
    match share(subject, passage, figures) {
        Some((share, shown)) => (!holds(share)).then_some(Fault::Untrue(shown)),
        None => loose(),
    }
}

fn hundredths(number: u32) -> Decimal {
    Decimal::new(number.into(), 2)
}

/// Whether a verb says the words of something: "visits were above target", but not "visits above target".
fn says_of_something(passage: &Passage, place: usize, letters: &Range<usize>) -> bool {
    let mut before = passage.words[place].text()[..letters.start].split(|c: char| !c.is_alphanumeric());
    before.any(|word| passage.report.wording().is_phrase("phrases.verbs", word))
}

/// Whether a text stands over others, as titles, standfirsts and captions do.
fn is_display(passage: &Passage) -> bool {
    passage.is_value() && passage.about.len() <= 1
}

/// What words ask of two figures.
#[derive(Debug, Clone, Copy)]
enum Asked {
    More,
    Less,
    Same,
    /// A share that is larger, or smaller, in hundredths.
    Above(u32),
    Below(u32),
}

impl Asked {
    fn by(claim: Claim) -> Self {
        match claim {
            Claim::MoreThan(least) => Self::Above(least),
            Claim::LessThan(most) => Self::Below(most),
            Claim::Fall | Claim::Less | Claim::Lowest => Self::Less,
            Claim::Same => Self::Same,
            Claim::Rise | Claim::More | Claim::Highest | Claim::Target => Self::More,
        }
    }

    fn is_true_of(self, one: Decimal, next: Decimal) -> bool {
        let share = || one.checked_div(next);
        match self {
            Self::More => one > next,
            Self::Less => one < next,
            Self::Same => one == next,
            Self::Above(least) => share().is_some_and(|share| share > hundredths(least)),
            Self::Below(most) => share().is_some_and(|share| share < hundredths(most)),
        }
    }

    fn written(self, one: &str, next: &str) -> String {
        let hundredths = |number: u32| hundredths(number).normalize();
        match self {
            Self::More => format!("{one} > {next}"),
            Self::Less => format!("{one} < {next}"),
            Self::Same => format!("{one} == {next}"),
            Self::Above(least) => format!("{one} / {next} > {}", hundredths(least)),
            Self::Below(most) => format!("{one} / {next} < {}", hundredths(most)),
        }
    }
}

/// A relation that may be what is meant: over figures that the sentence binds, those first that stand nearest to the words,
/// and true of them. One that is not would only be beside the point.
fn proposal(subject: &Subject, passage: &Passage, place: usize, figures: &[Beside], claim: Claim) -> Option<String> {
    let fold = match claim {
        Claim::Highest => Some("max"),
        Claim::Lowest => Some("min"),
        _ => None,
    };
    if let Some(fold) = fold {
        let one = figures.iter().find(|one| one.word > place).or(figures.last())?;
        return extreme(subject, &passage.report.id, one.fact, fold);
    }
    let asked = Asked::by(claim);
    let is_share = matches!(asked, Asked::Above(_) | Asked::Below(_));
    let mut pairs: Vec<&[Beside]> = figures.windows(2).collect();
    pairs.sort_by_key(|pair| pair.iter().map(|one| one.word.abs_diff(place)).sum::<usize>());
    pairs.into_iter().find_map(|pair| {
        let [one, next] = pair else { return None };
        let (of, than) = (subject.facts.quantity(one.fact)?, subject.facts.quantity(next.fact)?);
        let is_meant = of.unit == than.unit && !(is_share && of.unit == Unit::Percent);
        let [one, next] = [one, next].map(|figure| subject.facts.local(&passage.report.id, figure.fact));
        (is_meant && asked.is_true_of(of.number, than.number)).then(|| asked.written(one, next))
    })
}

/// That a figure is the largest or smallest of all that stand in its place in other rows or periods, where it is.
fn extreme(subject: &Subject, report: &str, fact: FactId, fold: &str) -> Option<String> {
    let own = subject.facts.quantity(fact)?;
    let address = subject.facts.local(report, fact);
    let segments: Vec<&str> = address.split('.').collect();
    let inner = 1..segments.len().saturating_sub(1);
    inner.rev().find_map(|gap| {
        let with_star = segments.iter().enumerate().map(|(place, one)| if place == gap { "*" } else { one });
        let pattern = with_star.collect::<Vec<_>>().join(".");
        let others = subject.facts.matching(report, &Pattern::parse(&pattern)?);
        let others: Vec<_> = others.into_iter().filter_map(|other| subject.facts.quantity(other)).collect();
        let is_first = |other: &Quantity| match fold {
            "max" => other.number <= own.number,
            _ => other.number >= own.number,
        };
        let is_it = others.len() > 1 && others.iter().all(|other| other.unit == own.unit && is_first(other));
        is_it.then(|| format!("{address} == {fold}({pattern})"))
    })
}
