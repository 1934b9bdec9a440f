//! Slips in figures that were typed.

use std::collections::{BTreeMap, HashSet};

use super::chance::Chance;
use super::{Change, Mutant, SlipKind};
use crate::diagnostic::{FileId, Findings, Span};
use crate::fact::{FactId, Facts, Origin, facts};
use crate::model::values::Unit;
use crate::model::{Data, Part, Project, Report};
use crate::source::SourceTree;

/// What is done to each figure.
const CHANGES: [Change; 4] =
    [Change::DigitsSwapped, Change::LastPlaceMoved, Change::MagnitudeSlipped, Change::NeighboursExchanged];

/// A typed figure: where it stands, without quotation marks.
pub struct Typed {
    pub kind: SlipKind,
    pub address: String,
    pub at: Span,
}

/// The typed figures in the order of their places. Days and years are no figures.
pub fn typed_figures(project: &Project, tree: &SourceTree) -> Vec<Typed> {
    let facts = facts(project, &tree.sources, &mut Findings::new());
    let kinds = kinds(project, &facts);
    let read = project.by_id();
    let ids = project.groups.iter().flat_map(|group| group.rows().map(|(_, row)| group.report_id(row)));
    let unread: HashSet<String> = ids.filter(|id| !read.contains_key(id.as_str())).collect();
    let mut figures: Vec<Typed> = facts
        .all()
        .filter(|(id, fact)| {
            let is_figure = facts.quantity(*id).is_some_and(|quantity| quantity.unit != Unit::Year);
            is_figure && matches!(fact.origin, Origin::Typed(_))
        })
        .filter(|(_, fact)| !unread.contains(fact.address.split_once('.').map_or("", |(report, _)| report)))
        .filter_map(|(id, fact)| {
            let kind = kinds(id, fact.at.file)?;
            Some(Typed { kind, address: fact.address.to_string(), at: digits(tree, fact.at) })
        })
        .collect();
    figures.sort_by_key(|figure| figure.at);
    // What several reports show was typed once.
    figures.dedup_by_key(|figure| figure.at);
    figures
}

/// Tells the kind of a figure by its indicator, or else by the file that it stands in.
fn kinds<'a>(project: &'a Project, facts: &'a Facts) -> impl Fn(FactId, FileId) -> Option<SlipKind> + 'a {
    let mut files = BTreeMap::new();
    for (_, data) in project.reports.iter().flat_map(Report::parts).filter_map(Part::data) {
        let kind = match data {
            Data::Table(..) => SlipKind::Tables,
            Data::Survey(_) => SlipKind::Surveys,
            // Figures of indicators are told apart by what they are; a plan has none.
            Data::Indicators(..) | Data::Deliverables(..) => continue,
        };
        files.insert(data.caption().at.file, kind);
    }
    files.extend(project.groups.iter().map(|group| (group.table.caption.at.file, SlipKind::Tables)));
    files.extend(
        project.organisations().flat_map(|one| &one.population).map(|people| (people.at.file, SlipKind::Organisation)),
    );
    let mut series = BTreeMap::new();
    for one in &facts.series {
        for (_, figures) in one.slots() {
            let kind = if figures.exact.is_some() { SlipKind::IndicatorRatios } else { SlipKind::OtherIndicators };
            series.extend(figures.all().map(|fact| (fact, kind)));
        }
        series.extend(one.goals.iter().flat_map(|goal| goal.facts()).map(|fact| (fact, SlipKind::Targets)));
    }
    let singles: HashSet<FactId> = facts.single.iter().copied().collect();
    move |fact, file| {
        let single = singles.contains(&fact).then_some(SlipKind::SingleFacts);
        series.get(&fact).copied().or_else(|| files.get(&file).copied()).or(single)
    }
}

/// The stretch of a figure from its first digit to its last, so that quotation marks and units stay where they are.
fn digits(tree: &SourceTree, at: Span) -> Span {
    let text = &tree.sources.file(at.file).text[tree.sources.range(at)];
    let is_digit = |c: char| c.is_ascii_digit();
    match (text.find(is_digit), text.rfind(is_digit)) {
        (Some(first), Some(last)) => at.part(first..last + 1),
        _ => at,
    }
}

/// Changes of each figure by itself.
pub fn mutants(tree: &SourceTree, figures: &[Typed], seed: u64) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (place, figure) in figures.iter().enumerate() {
        let range = tree.sources.range(figure.at);
        let text = &tree.sources.file(figure.at.file).text;
        let next = figures
            .get(place + 1)
            .filter(|next| next.at.file == figure.at.file)
            .map(|next| tree.sources.range(next.at));
        for (number, change) in CHANGES.into_iter().enumerate() {
            let mut chance = Chance(seed ^ ((place as u64) << 8) ^ number as u64);
            let from = &text[range.clone()];
            let changed = match change {
                Change::DigitsSwapped => swapped(from, &mut chance),
                Change::LastPlaceMoved => Some(moved(from, chance.next().is_multiple_of(2))),
                Change::MagnitudeSlipped => Some(slipped(from, &mut chance)),
                _ => next.clone().map(|next| text[next].to_owned()),
            };
            let Some(to) = changed.filter(|to| to != from) else { continue };
            let mut edits = vec![(range.clone(), to.clone())];
            if change == Change::NeighboursExchanged {
                edits.extend(next.clone().map(|next| (next, from.to_owned())));
            }
            let (kind, address, file) = (figure.kind, figure.address.clone(), figure.at.file);
            all.push(Mutant { kind, address, change, from: from.to_owned(), to, file, edits });
        }
    }
    all
}

/// Two neighbouring digits that differ, exchanged. None where all digits are alike.
fn swapped(figure: &str, chance: &mut Chance) -> Option<String> {
    let mut letters: Vec<char> = figure.chars().collect();
    let digits: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_ascii_digit()).collect();
    let pairs: Vec<(usize, usize)> = digits
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(one, next)| letters[*one] != letters[*next])
        .collect();
    let (one, next) = *pairs.get(chance.below(pairs.len())?)?;
    letters.swap(one, next);
    Some(letters.into_iter().collect())
}

/// The last place one up or down; nought goes up.
pub fn moved(figure: &str, up: bool) -> String {
    let mut letters: Vec<char> = figure.chars().collect();
    let nothing = letters.iter().all(|c| !c.is_ascii_digit() || *c == '0');
    let up = up || nothing;
    for at in (0..letters.len()).rev().filter(|at| figure.is_char_boundary(*at)) {
        match (letters[at], up) {
            ('9', true) => letters[at] = '0',
            ('0', false) => letters[at] = '9',
            (digit @ '0'..='8', true) => {
                letters[at] = char::from(digit as u8 + 1);
                return letters.into_iter().collect();
            }
            (digit @ '1'..='9', false) => {
                letters[at] = char::from(digit as u8 - 1);
                return without_leading_nought(letters.into_iter().collect());
            }
            _ => {}
        }
    }
    format!("1{}", letters.into_iter().collect::<String>())
}

/// A hundred less one is 99, not 099.
fn without_leading_nought(figure: String) -> String {
    match figure.strip_prefix('0') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => figure,
    }
}

/// Ten times as much, a tenth, or the other sign.
fn slipped(figure: &str, chance: &mut Chance) -> String {
    let plain: String = figure.replace(',', "");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    match chance.next() % 3 {
        0 => format!("-{figure}"),
        1 if whole.len() > 1 => {
            let (rest, last) = whole.split_at(whole.len() - 1);
            if decimals.is_empty() { rest.to_owned() } else { format!("{rest}.{last}{decimals}") }
        }
        _ => match decimals.split_at_checked(1) {
            Some((first, "")) => without_leading_nought(format!("{whole}{first}")),
            Some((first, rest)) => format!("{}.{rest}", without_leading_nought(format!("{whole}{first}"))),
            None if whole == "0" => "10".to_owned(),
            None => format!("{whole}0"),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_change_by_small_steps() {
        assert_eq!(moved("1,323", true), "1,324");
        assert_eq!(moved("99.9", true), "100.0");
        assert_eq!(moved("100", false), "99");
        assert_eq!(moved("0", false), "1");
        assert_eq!(swapped("11", &mut Chance(1)), None);
        assert_eq!(swapped("12", &mut Chance(1)).as_deref(), Some("21"));
    }

    proptest! {
        #[test]
        fn a_change_is_a_change(number in 0_u32..100_000, decimals in 0_u32..3, seed: u64) {
            let figure = rust_decimal::Decimal::new(number.into(), decimals).to_string();
            prop_assert_ne!(moved(&figure, seed.is_multiple_of(2)), figure.clone());
            prop_assert_ne!(slipped(&figure, &mut Chance(seed)), figure);
        }
    }
}
