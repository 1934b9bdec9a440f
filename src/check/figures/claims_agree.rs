//! claims-agree: words that say what figures do ("most", "rose", "the highest") are true of them.
//!
//! A claim is tied to a relation of checks.yaml (`{{ nearly all | claim ID }}`), which `relation-holds` keeps true; or it
//! follows from the figures that its sentence binds ("fell from … to …"), which is looked at here; or it is stated.

use std::collections::HashSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::fact::{FactId, FactValue, Formula, Kind, Origin, Passage, Word};
use crate::model::values::Unit;

/// What words say of figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Claim {
    /// A part of a whole, in hundredths: more than so many.
    MoreThan(u32),
    /// A part of a whole, in hundredths: less than so many.
    LessThan(u32),
    Rise,
    Fall,
    /// What no sentence holds the figures for: superlatives and comparisons with other years.
    Compares,
    /// On, above or below a target, of what the sentence counts or not.
    Target,
}

/// The words, in small letters.
const PHRASES: &[(&str, Claim)] = &[
    ("most of", Claim::MoreThan(50)),
    ("a majority", Claim::MoreThan(50)),
    ("the majority", Claim::MoreThan(50)),
    ("vast majority", Claim::MoreThan(75)),
    ("more than half", Claim::MoreThan(50)),
    ("over half", Claim::MoreThan(50)),
    ("nearly all", Claim::MoreThan(85)),
    ("almost all", Claim::MoreThan(85)),
    ("nearly every", Claim::MoreThan(85)),
    ("almost every", Claim::MoreThan(85)),
    ("less than half", Claim::LessThan(50)),
    ("fewer than half", Claim::LessThan(50)),
    ("under half", Claim::LessThan(50)),
    ("a minority", Claim::LessThan(50)),
    ("rose", Claim::Rise),
    ("has risen", Claim::Rise),
    ("have risen", Claim::Rise),
    ("grew", Claim::Rise),
    ("went up", Claim::Rise),
    ("up from", Claim::Rise),
    ("an increase", Claim::Rise),
    ("a rise", Claim::Rise),
    ("increased to", Claim::Rise),
    ("increased by", Claim::Rise),
    ("increased from", Claim::Rise),
    ("fell", Claim::Fall),
    ("has fallen", Claim::Fall),
    ("have fallen", Claim::Fall),
    ("went down", Claim::Fall),
    ("down from", Claim::Fall),
    ("declined", Claim::Fall),
    ("dropped", Claim::Fall),
    ("a decrease", Claim::Fall),
    ("a reduction", Claim::Fall),
    ("a fall of", Claim::Fall),
    ("decreased to", Claim::Fall),
    ("decreased by", Claim::Fall),
    ("decreased from", Claim::Fall),
    ("reduced to", Claim::Fall),
    ("reduced by", Claim::Fall),
    ("reduced from", Claim::Fall),
    ("unchanged", Claim::Compares),
    ("stayed the same", Claim::Compares),
    ("remained the same", Claim::Compares),
    ("more than in", Claim::Compares),
    ("fewer than in", Claim::Compares),
    ("less than in", Claim::Compares),
    ("higher than in", Claim::Compares),
    ("lower than in", Claim::Compares),
    ("more than last year", Claim::Compares),
    ("fewer than last year", Claim::Compares),
    ("higher than last year", Claim::Compares),
    ("lower than last year", Claim::Compares),
    ("than the year before", Claim::Compares),
    ("than ever before", Claim::Compares),
    ("the highest", Claim::Compares),
    ("the lowest", Claim::Compares),
    ("the largest", Claim::Compares),
    ("the smallest", Claim::Compares),
    ("the biggest", Claim::Compares),
    ("the fewest", Claim::Compares),
    ("the most of", Claim::Compares),
    ("on or close to target", Claim::Target),
    ("met its target", Claim::Compares),
    ("met their targets", Claim::Compares),
    ("met the target", Claim::Compares),
    ("missed its target", Claim::Compares),
    ("missed their targets", Claim::Compares),
    ("missed the target", Claim::Compares),
    ("exceeded its target", Claim::Compares),
    ("exceeded the target", Claim::Compares),
    ("above target", Claim::Target),
    ("below target", Claim::Target),
];

/// What may follow without a figure being meant: "the highest standards", "a reduction in waste".
const IDIOMS: &[&str] = &[
    "standard",
    "quality",
    "possible",
    "level of care",
    "priority",
    "regard",
    "common",
    "the time",
    "the year",
    "the day",
    "the week",
    "the month",
    "the spring",
    "the summer",
    "the autumn",
    "the winter",
];

/// What may stand before them: "making the most of".
const MAKING: &[&str] = &["make", "makes", "making", "made", "get", "getting"];

/// The words that say what figures do, each with its letters and what it says. The longest phrase at a place counts.
pub fn claims(text: &str) -> Vec<(Range<usize>, Claim)> {
    // The phrases are plain letters, and places stay where they are.
    let small = text.to_ascii_lowercase();
    let mut found: Vec<(Range<usize>, Claim)> = Vec::new();
    for (phrase, claim) in PHRASES {
        for (start, _) in small.match_indices(phrase) {
            let end = start + phrase.len();
            let stands_alone =
                !small[..start].ends_with(char::is_alphanumeric) && !small[end..].starts_with(char::is_alphanumeric);
            let before = small[..start].trim_end();
            let before = before.strip_suffix(" the").unwrap_or(before);
            let is_making = MAKING.iter().any(|make| before.ends_with(make));
            let is_idiom = is_making || IDIOMS.iter().any(|idiom| small[end..].trim_start().starts_with(idiom));
            if stands_alone && !is_idiom {
                found.push((start..end, *claim));
            }
        }
    }
    found.extend(most_of_many(text).map(|at| (at, Claim::MoreThan(50))));
    found.sort_by_key(|(at, _)| (at.start, usize::MAX - at.end));
    let mut end = 0;
    found.retain(|(at, _)| {
        let is_apart = at.start >= end;
        end = end.max(at.end);
        is_apart
    });
    found
}

/// "Most", where it begins a sentence and several things follow: "Most visits were made by bus."
fn most_of_many(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("Most ").map(|(start, _)| start..start + 4).filter(|at| {
        let begins = at.start == 0 || text[..at.start].ends_with(". ");
        let mut words = text[at.end..].split_whitespace();
        let is_many = |word: &str| word.ends_with('s') || matches!(word, "people" | "staff" | "children");
        begins && words.next().is_some_and(is_many)
    })
}

pub fn check(subject: &Subject, audit: &mut Audit) {
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
                Word::Claimed { relation, .. } if !relations.contains(&relation.as_str()) => {
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
                    for (letters, claim) in claims(text) {
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
    match claim {
        Claim::MoreThan(_) | Claim::LessThan(_) => share(subject, &figures).map_or_else(
            || Some(Fault::Loose(proposal(subject, passage, &figures, claim))),
            |(share, shown)| {
                let holds = match claim {
                    Claim::MoreThan(least) => share > Decimal::new(least.into(), 2),
                    Claim::LessThan(most) => share < Decimal::new(most.into(), 2),
                    Claim::Rise | Claim::Fall | Claim::Compares | Claim::Target => true,
                };
                (!holds).then_some(Fault::Untrue(shown))
            },
        ),
        Claim::Rise | Claim::Fall => match rise(subject, &in_clause(passage, place, letters, &figures)) {
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
            None => Some(Fault::Loose(proposal(subject, passage, &figures, claim))),
        },
        Claim::Compares => Some(Fault::Loose(proposal(subject, passage, &figures, claim))),
        // Beside a figure, or where no verb says so of anything, the words say what is counted.
        Claim::Target if !figures.is_empty() || !says_of_something(passage, place, letters) => None,
        Claim::Target => Some(Fault::Loose(None)),
    }
}

/// Whether a verb says the words of something: "visits were above target", but not "visits above target".
fn says_of_something(passage: &Passage, place: usize, letters: &Range<usize>) -> bool {
    let before = passage.words[place].text()[..letters.start].to_ascii_lowercase();
    let verbs = ["is", "are", "was", "were", "be", "been", "stayed", "remained", "finished", "ended", "came"];
    before.split(|c: char| !c.is_alphanumeric()).any(|word| verbs.contains(&word))
}

/// Whether a text stands over others, as titles, standfirsts and captions do.
fn is_display(passage: &Passage) -> bool {
    passage.is_value() && passage.about.len() <= 1
}

/// A figure of a sentence, and what is typed before it.
struct Beside<'a> {
    /// The place of its word.
    word: usize,
    before: &'a str,
    fact: FactId,
    text: &'a str,
}

/// The figures that are bound in the sentence of some letters.
fn sentence_figures<'a>(passage: &'a Passage, place: usize, letters: &Range<usize>) -> Vec<Beside<'a>> {
    let ends = [". ", "? ", "! "];
    let is_end = |text: &str| ends.iter().any(|end| text.contains(end));
    let mut first = place;
    if !is_end(&passage.words[place].text()[..letters.start]) {
        while first > 0 && !is_end(passage.words[first - 1].text()) {
            first -= 1;
        }
        first = first.saturating_sub(1);
    }
    let mut last = place;
    if !is_end(&passage.words[place].text()[letters.end..]) {
        while last + 1 < passage.words.len()
            && !is_end(passage.words[last].text().get(letters.end * usize::from(last == place)..).unwrap_or_default())
        {
            last += 1;
        }
    }
    let figure = |at: usize| match &passage.words[at] {
        Word::Bound { text, fact } => {
            let before = at.checked_sub(1).map_or("", |before| passage.words[before].text());
            Some(Beside { word: at, before, fact: *fact, text })
        }
        _ => None,
    };
    (first..=last).filter_map(figure).collect()
}

/// The share that a sentence gives: "48 of 51", or one percentage.
fn share(subject: &Subject, figures: &[Beside]) -> Option<(Decimal, String)> {
    let quantity = |one: &Beside| subject.facts.quantity(one.fact);
    let of = figures.windows(2).find(|pair| {
        let between = pair[1].before.trim();
        between == "of" || between == "out of" || between == "of the" || between == "out of the"
    });
    if let Some([part, whole]) = of {
        let (number, base) = (quantity(part)?, quantity(whole)?);
        let share = number.number.checked_div(base.number).filter(|_| number.unit == base.unit)?;
        return Some((share, format!("{} of {}", part.text, whole.text)));
    }
    let mut percentages =
        figures.iter().filter(|one| quantity(one).is_some_and(|quantity| quantity.unit == Unit::Percent));
    let only = percentages.next().filter(|_| percentages.next().is_none())?;
    Some((quantity(only)?.number / Decimal::ONE_HUNDRED, only.text.to_owned()))
}

/// The figures behind a word, up to the next word that says where figures went; all where it says "up from" or stands
/// behind its figure.
fn in_clause<'f, 'a>(
    passage: &Passage,
    place: usize,
    letters: &Range<usize>,
    figures: &'f [Beside<'a>],
) -> Vec<&'f Beside<'a>> {
    let is_moving = |(_, claim): &(Range<usize>, Claim)| matches!(claim, Claim::Rise | Claim::Fall);
    let moves = |word: usize| match &passage.words[word] {
        Word::Plain(text) => claims(text).into_iter().filter(is_moving).map(|(at, _)| at.start).collect(),
        _ => Vec::new(),
    };
    let next = (place..passage.words.len())
        .find(|word| moves(*word).iter().any(|start| *word > place || *start > letters.start))
        .unwrap_or(usize::MAX);
    let ends_word = passage.words[place].text()[letters.end..].trim().is_empty();
    let looks_back = passage.words[place].text()[letters.clone()].ends_with("from") && ends_word;
    // The word in which the next one stands is read before the figure behind it.
    figures.iter().filter(|figure| looks_back || (figure.word > place && figure.word <= next)).collect()
}

/// By how much figures went up or down.
struct Moved {
    by: Decimal,
    shown: String,
    /// Whether it is typed as a size, without its direction.
    is_amount: bool,
}

/// By how much a sentence says that something rose: "from A to B", "B, up from A", or a difference that is bound.
fn rise(subject: &Subject, figures: &[&Beside]) -> Option<Moved> {
    let quantity = |one: &Beside| subject.facts.quantity(one.fact);
    let moved = |from: &Beside, to: &Beside| {
        let (before, after) = (quantity(from)?, quantity(to)?);
        let by = after.number.checked_sub(before.number).filter(|_| before.unit == after.unit)?;
        Some(Moved { by, shown: format!("from {} to {}", from.text, to.text), is_amount: false })
    };
    for pair in figures.windows(2) {
        let [one, next] = pair else { continue };
        let (before, between) = (one.before.trim_end(), next.before.trim());
        let reaches =
            [" to", " to a low of", " to a high of", " to a total of"].iter().any(|end| between.ends_with(end));
        if before.ends_with("from") && (between == "to" || reaches) {
            return moved(one, next);
        }
        let comes_from =
            between.ends_with("up from") || between.ends_with("down from") || between.ends_with("compared with");
        if comes_from || (before.ends_with(" to") && between.ends_with("from")) {
            return moved(next, one);
        }
    }
    if let Some((by, shown)) = figures.iter().find_map(|one| direction_of_run(subject, one)) {
        return Some(Moved { by, shown, is_amount: false });
    }
    let is_change = |one: &&&Beside| {
        let fact = subject.facts.get(one.fact);
        let is_difference = matches!(fact.origin, Origin::Derived(Formula::Growth(..) | Formula::Difference(..)));
        let is_single = subject.facts.single.contains(&one.fact) && one.before.trim_end().ends_with(" by");
        let directions = ["up ", "down ", "Up ", "Down "];
        is_difference || is_single || directions.iter().any(|direction| one.text.starts_with(direction))
    };
    let one = figures.iter().find(is_change)?;
    let is_typed = matches!(subject.facts.get(one.fact).origin, Origin::Typed(_));
    Some(Moved { by: quantity(one)?.number, shown: one.text.to_owned(), is_amount: is_typed })
}

/// Where figures went, of a run or trend that a sentence binds something of: `visits.variation.visits.run.from`.
fn direction_of_run(subject: &Subject, one: &Beside) -> Option<(Decimal, String)> {
    let (run, _) = subject.facts.get(one.fact).address.rsplit_once('.')?;
    let is = subject.facts.find("", &format!("{run}.is")).filter(|_| run.contains(".variation."))?;
    let FactValue::Words(is) = &subject.facts.get(is).value else { return None };
    let by = if ["above", "rising"].iter().any(|up| is.contains(up)) { Decimal::ONE } else { -Decimal::ONE };
    Some((by, format!("a stretch that is {is}")))
}

/// A relation over the figures of the sentence that may be what is meant.
fn proposal(subject: &Subject, passage: &Passage, figures: &[Beside], claim: Claim) -> Option<String> {
    let [one, next, ..] = figures else { return None };
    let [one, next] = [one, next].map(|figure| subject.facts.local(&passage.report.id, figure.fact));
    Some(match claim {
        Claim::MoreThan(least) => format!("{one} / {next} > {}", Decimal::new(least.into(), 2).normalize()),
        Claim::LessThan(most) => format!("{one} / {next} < {}", Decimal::new(most.into(), 2).normalize()),
        Claim::Rise | Claim::Compares | Claim::Target => format!("{one} > {next}"),
        Claim::Fall => format!("{one} < {next}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_about_figures_are_told_from_others() {
        let found = |text: &str| claims(text).into_iter().map(|(at, _)| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("Most of the work was inside, and nearly all staff took part."), ["Most of", "nearly all"]);
        assert_eq!(found("Most visits were made by bus. Most important was the bus."), ["Most"]);
        assert_eq!(found("Quality has 18, the most of the five."), ["the most of"]);
        assert_eq!(
            found("Visits rose, the highest for five years, on or close to target."),
            ["rose", "the highest", "on or close to target"]
        );
        let none: [&str; 0] = [];
        assert_eq!(
            found("The highest standards, the rosette, our most recent almost-all-day event, making the most of it."),
            none
        );
    }
}
