//! How much the checks would notice: every figure of the content is changed in turn, in memory, and checked again.
//!
//! In: the content as it was read. Out: a [`MutationReport`]: of how many changes a finding tells, by kind of table,
//! and the addresses of the figures whose change nothing notices. This is for figures what mutation testing is for
//! code. The same seed makes the same changes, whatever the number of threads.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::check::{Subject, check_figures};
use crate::diagnostic::{Diagnostic, FileId, Findings, SourceFile, Span};
use crate::fact::{FactId, Facts, Origin, facts, passages};
use crate::model::values::Unit;
use crate::model::{Data, Parsed, Part, Project, Report, load_parsed};
use crate::source::SourceTree;

/// Of a group the figures of no more than so many rows are changed.
const MOST_ROWS: usize = 12;

/// Where a figure stands; the report is by these kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlipKind {
    Tables,
    /// Number, denominator and a percentage that follows.
    IndicatorRatios,
    OtherIndicators,
    Targets,
    Surveys,
    SingleFacts,
    Organisation,
}

impl SlipKind {
    /// All kinds, in the order of the report.
    pub const ALL: [SlipKind; 7] = [
        SlipKind::Tables,
        SlipKind::IndicatorRatios,
        SlipKind::OtherIndicators,
        SlipKind::Targets,
        SlipKind::Surveys,
        SlipKind::SingleFacts,
        SlipKind::Organisation,
    ];

    pub fn shown(self) -> &'static str {
        match self {
            SlipKind::Tables => "tables",
            SlipKind::IndicatorRatios => "indicators with a percentage that follows",
            SlipKind::OtherIndicators => "other indicators",
            SlipKind::Targets => "targets",
            SlipKind::Surveys => "surveys",
            SlipKind::SingleFacts => "single facts",
            SlipKind::Organisation => "organisation",
        }
    }
}

/// What was done to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    DigitsSwapped,
    LastPlaceMoved,
    MagnitudeSlipped,
    NeighboursExchanged,
}

impl Change {
    const ALL: [Change; 4] =
        [Change::DigitsSwapped, Change::LastPlaceMoved, Change::MagnitudeSlipped, Change::NeighboursExchanged];

    pub fn shown(self) -> &'static str {
        match self {
            Change::DigitsSwapped => "two digits swapped",
            Change::LastPlaceMoved => "last place moved by one",
            Change::MagnitudeSlipped => "sign or magnitude slipped",
            Change::NeighboursExchanged => "exchanged with the next figure",
        }
    }
}

/// A change that no finding tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnoticed {
    pub kind: SlipKind,
    pub address: String,
    pub change: Change,
    pub from: String,
    pub to: String,
}

/// Changes that were made and noticed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    pub figures: usize,
    pub changes: usize,
    pub noticed: usize,
}

impl Score {
    /// In tenths of a per cent, rounded down.
    pub fn tenths_of_percent(self) -> usize {
        self.noticed * 1000 / self.changes.max(1)
    }
}

/// The outcome of all changes.
#[derive(Debug, Default)]
pub struct MutationReport {
    pub by_kind: BTreeMap<SlipKind, Score>,
    /// In the order of the content.
    pub unnoticed: Vec<Unnoticed>,
    /// Reports of large groups whose figures were not changed, since others stand for them.
    pub left_out: usize,
}

impl MutationReport {
    pub fn overall(&self) -> Score {
        self.by_kind.values().fold(Score::default(), |all, one| Score {
            figures: all.figures + one.figures,
            changes: all.changes + one.changes,
            noticed: all.noticed + one.noticed,
        })
    }
}

/// One change: what stands in place of which stretches of a file.
struct Mutant {
    figure: usize,
    change: Change,
    from: String,
    to: String,
    file: FileId,
    edits: Vec<(Range<usize>, String)>,
}

impl Mutant {
    /// The file's text with the change in it.
    fn applied(&self, text: &str) -> String {
        let mut changed = text.to_owned();
        // From the end, so that earlier places stay where they are.
        for (range, to) in self.edits.iter().rev() {
            changed.replace_range(range.clone(), to);
        }
        changed
    }
}

/// A typed figure: where it stands, without quotation marks.
struct Typed {
    kind: SlipKind,
    address: String,
    at: Span,
}

/// Changes every figure of the content in turn. The content must be readable; figures are those of all reports. Of a
/// large group a few rows, spread over its table, stand for all: their reports are made from the same texts and checks.
pub fn mutate(tree: &SourceTree, jobs: usize, seed: u64) -> MutationReport {
    let parsed = Parsed::read(tree).with_most_rows(MOST_ROWS);
    let Some(project) = load_parsed(tree, &parsed, &mut Findings::new()) else { return MutationReport::default() };
    let figures = typed_figures(&project, tree);
    let mutants = mutants(tree, &figures, seed);
    let before = findings_of(tree, &parsed);
    let jobs = jobs.clamp(1, mutants.len().max(1));
    let share = mutants.len().div_ceil(jobs).max(1);
    let noticed: Vec<bool> = std::thread::scope(|scope| {
        let workers: Vec<_> = mutants
            .chunks(share)
            .map(|mutants| {
                let (before, parsed) = (&before, &parsed);
                scope.spawn(move || {
                    let (mut tree, mut parsed) = (tree.clone(), parsed.clone());
                    let noticed = |mutant| is_noticed(&mut tree, &mut parsed, mutant, before);
                    mutants.iter().map(noticed).collect::<Vec<_>>()
                })
            })
            .collect();
        let joined =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    });
    let left_out = project.groups.iter().map(|group| group.size.saturating_sub(MOST_ROWS)).sum();
    MutationReport { left_out, ..report(&figures, &mutants, &noticed) }
}

fn report(figures: &[Typed], mutants: &[Mutant], noticed: &[bool]) -> MutationReport {
    let mut report = MutationReport::default();
    for figure in figures {
        report.by_kind.entry(figure.kind).or_default().figures += 1;
    }
    for (mutant, noticed) in mutants.iter().zip(noticed) {
        let figure = &figures[mutant.figure];
        let score = report.by_kind.entry(figure.kind).or_default();
        score.changes += 1;
        score.noticed += usize::from(*noticed);
        if !noticed {
            report.unnoticed.push(Unnoticed {
                kind: figure.kind,
                address: figure.address.clone(),
                change: mutant.change,
                from: mutant.from.clone(),
                to: mutant.to.clone(),
            });
        }
    }
    report
}

/// What is found in the content as it stands, without places, which a change may move. What cannot be read is not
/// checked further. The rules over texts are left out: they find nothing in a figure.
fn findings_of(tree: &SourceTree, parsed: &Parsed) -> BTreeSet<String> {
    let mut findings = Findings::new();
    let project = load_parsed(tree, parsed, &mut findings);
    if let Some(project) = project.filter(|project| project.whole) {
        let facts = facts(&project, &tree.sources, &mut findings);
        let passages = passages(&project, &facts, &tree.sources, &mut findings);
        let subject = Subject { project: &project, facts: &facts, passages: &passages, tree };
        findings.extend(check_figures(&subject, false).findings);
    }
    findings.iter().map(name_of).collect()
}

fn name_of(finding: &Diagnostic) -> String {
    format!("{} {}", finding.code.name(), finding.message)
}

/// Whether a change leads to a finding that was not there before.
fn is_noticed(tree: &mut SourceTree, parsed: &mut Parsed, mutant: &Mutant, before: &BTreeSet<String>) -> bool {
    let typed = tree.sources.file(mutant.file);
    let changed = SourceFile::new(typed.path.clone(), mutant.applied(&typed.text));
    // Others look at the same texts, so that this one changes in a map of its own.
    let original = Arc::make_mut(&mut tree.sources).replace(mutant.file, changed.into());
    let node = parsed.renew(tree, mutant.file);
    let after = findings_of(tree, parsed);
    Arc::make_mut(&mut tree.sources).replace(mutant.file, original);
    parsed.restore(mutant.file, node);
    !after.is_subset(before)
}

/// The typed figures in the order of their places. Days and years are no figures.
fn typed_figures(project: &Project, tree: &SourceTree) -> Vec<Typed> {
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
    files.extend(project.organisation.population.iter().map(|people| (people.at.file, SlipKind::Organisation)));
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

fn mutants(tree: &SourceTree, figures: &[Typed], seed: u64) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (place, figure) in figures.iter().enumerate() {
        let range = tree.sources.range(figure.at);
        let text = &tree.sources.file(figure.at.file).text;
        let next = figures
            .get(place + 1)
            .filter(|next| next.at.file == figure.at.file)
            .map(|next| tree.sources.range(next.at));
        for (number, change) in Change::ALL.into_iter().enumerate() {
            let mut chance = Chance(seed ^ ((place as u64) << 8) ^ number as u64);
            let from = &text[range.clone()];
            let changed = match (change, &next) {
                (Change::DigitsSwapped, _) => swapped(from, &mut chance),
                (Change::LastPlaceMoved, _) => Some(moved(from, chance.next().is_multiple_of(2))),
                (Change::MagnitudeSlipped, _) => Some(slipped(from, &mut chance)),
                (Change::NeighboursExchanged, Some(next)) => Some(text[next.clone()].to_owned()),
                (Change::NeighboursExchanged, None) => None,
            };
            let Some(to) = changed.filter(|to| to != from) else { continue };
            let mut edits = vec![(range.clone(), to.clone())];
            if change == Change::NeighboursExchanged {
                edits.extend(next.clone().map(|next| (next, from.to_owned())));
            }
            all.push(Mutant { figure: place, change, from: from.to_owned(), to, file: figure.at.file, edits });
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
fn moved(figure: &str, up: bool) -> String {
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

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit; none below nothing.
    fn below(&mut self, limit: usize) -> Option<usize> {
        (limit > 0).then(|| (self.next() % limit as u64) as usize)
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
