//! Figures that are typed: as in the edition before, or not.

use std::collections::BTreeSet;

use super::{Editions, Item, ItemKind, State};
use crate::fact::{Fact, FactId, LAST, Origin, Pattern};
use crate::model::values::IndicatorColumn;
use crate::model::{MONTHS, Report, SingleFact};

/// What else has four digits is no year.
const YEARS: std::ops::Range<i32> = 1900..2100;

/// The typed figures of the report, and the periods of its single facts.
pub fn items(editions: &Editions) -> Vec<Item> {
    let Editions { subject, report, before } = editions;
    let facts = subject.facts;
    let typed = facts.within(&report.id).map(|(_, id)| (id, facts.get(id)));
    let typed = typed.filter(|(_, fact)| matches!(fact.origin, Origin::Typed(_)));
    let figures = typed.filter_map(|(id, fact)| {
        let address = facts.local(&report.id, id);
        let is_own = !matches!(address.split('.').next(), Some("report" | LAST | "row"));
        (is_own && !is_for_good(editions, address)).then(|| Item {
            kind: ItemKind::Figure,
            at: fact.at,
            address: Some(address.to_owned()),
            says: facts.printed(&report.id, id),
            state: match is_as_before(editions, fact, address) {
                true => State::Due,
                false => State::New,
            },
        })
    });
    let mut items: Vec<Item> = figures.collect();
    let follows = follows_from_new(editions, &items);
    for item in items.iter_mut().filter(|item| item.address.as_ref().is_some_and(|one| follows.contains(one))) {
        item.state = State::New;
    }
    items.extend(singles(report).filter_map(|fact| period(editions, singles(before), fact)));
    items
}

fn singles(report: &Report) -> impl Iterator<Item = &SingleFact> {
    report.statements.facts.iter().flat_map(|file| file.facts.iter().flatten())
}

/// The addresses of typed figures that follow from others of which one is new: a percentage, a share, a total. Rules hold
/// them against these.
fn follows_from_new(editions: &Editions, items: &[Item]) -> BTreeSet<String> {
    let Editions { subject, report, .. } = editions;
    let facts = subject.facts;
    let new: BTreeSet<&str> =
        items.iter().filter(|item| item.state == State::New).filter_map(|item| item.address.as_deref()).collect();
    let castings = facts.castings.iter().map(|casting| (casting.total, casting.parts.clone()));
    let slots = facts.series.iter().flat_map(|series| series.slots()).filter_map(|(_, slot)| {
        let percentage = slot.exact.and(slot.figure(IndicatorColumn::Percentage))?;
        Some((percentage, slot.all().filter(|fact| *fact != percentage).collect()))
    });
    let all =
        castings.chain(slots).map(|(total, parts): (FactId, Vec<FactId>)| (facts.local(&report.id, total), parts));
    all.filter(|(_, parts)| parts.iter().any(|part| new.contains(facts.local(&report.id, *part))))
        .map(|(address, _)| address.to_owned())
        .collect()
}

/// Whether a figure is of a time that was over in the edition before, and the report has one of a later time beside it:
/// the share of 2015 in a survey that goes on to 2017.
fn is_for_good(editions: &Editions, address: &str) -> bool {
    let segments: Vec<&str> = address.split('.').collect();
    let times = segments.iter().enumerate().filter_map(|(place, segment)| Some((place, end_of(segment)?)));
    times.filter(|(_, end)| *end <= end_before(editions)).any(|(place, end)| {
        let beside = segments.iter().enumerate().map(|(at, segment)| if at == place { "*" } else { segment });
        let pattern = Pattern::parse(&beside.collect::<Vec<_>>().join("."));
        let facts = editions.subject.facts;
        let all = pattern.map(|pattern| facts.local_matching(&editions.report.id, &pattern)).unwrap_or_default();
        let time = |id| facts.local(&editions.report.id, id).split('.').nth(place).and_then(end_of);
        all.into_iter().filter_map(time).any(|other| other > end)
    })
}

/// Whether a figure is what the edition before has at its address.
fn is_as_before(editions: &Editions, fact: &Fact, address: &str) -> bool {
    let facts = editions.subject.facts;
    let former = facts.find("", &format!("{}.{address}", editions.before.id)).map(|id| facts.get(id));
    former.is_some_and(|former| matches!(former.origin, Origin::Typed(_)) && former.value == fact.value)
}

/// Whether a figure is of a time that was over in the edition before.
pub fn is_over(editions: &Editions, address: &str) -> bool {
    address.split('.').filter_map(end_of).any(|end| end <= end_before(editions))
}

/// The last month of the edition before, with its year.
fn end_before(editions: &Editions) -> (i32, u8) {
    let to = editions.before.head.period.to;
    (to.year(), to.month())
}

/// The period of a single fact whose value is new.
fn period<'f>(
    editions: &Editions,
    mut former: impl Iterator<Item = &'f SingleFact>,
    fact: &SingleFact,
) -> Option<Item> {
    let period = fact.period.as_ref()?;
    let former = former.find(|one| one.id.value == fact.id.value)?;
    let is_the_same = former.period.as_ref().is_some_and(|one| one.value == period.value);
    let has_new_value = former.value.as_ref().map(|value| value.value) != fact.value.as_ref().map(|value| value.value);
    let is_over = period.value.ends_before(editions.report.head.period.from);
    (is_the_same && has_new_value && is_over).then(|| Item {
        kind: ItemKind::Period,
        at: period.at,
        address: Some(format!("facts.{}", fact.id.value)),
        says: period.value.to_string(),
        state: State::Due,
    })
}

/// The last month of the time that a segment of an address names, with its year: `2015`, `2015-16`, `april-2016`.
fn end_of(segment: &str) -> Option<(i32, u8)> {
    let year = |text: &str| {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i32>().ok().filter(|year| is_year && YEARS.contains(year))
    };
    match segment.rsplit_once('-') {
        None => year(segment).map(|year| (year, 12)),
        Some((first, next)) if next.len() == 2 => {
            let first = year(first)?;
            (next.parse() == Ok((first + 1) % 100)).then_some((first + 1, 3))
        }
        Some((month, of)) => {
            let place = MONTHS.iter().position(|name| name.to_lowercase() == month)?;
            Some((year(of)?, u8::try_from(place).ok()? + 1))
        }
    }
}
