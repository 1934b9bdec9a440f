//! How much the checks would notice: slips are made in the content one by one, in memory, and the content is checked
//! again.
//!
//! In: the content as it was read. Out: a [`MutationReport`]: of how many changes a finding tells, by kind, and the
//! addresses of what can be changed without a word. This is for figures what mutation testing is for
//! code. The same seed makes the same changes, whatever the number of threads.

mod bindings;
mod chance;
mod entries;
mod figures;
mod notice;
mod pairs;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::Subject;
use crate::diagnostic::{FileId, Findings, Span};
use crate::fact::{facts, passages};
use crate::model::{Parsed, load_parsed};
use crate::source::SourceTree;
use notice::{Notice, Unchanged};

/// Of a group the figures of no more than so many rows are changed.
const MOST_ROWS: usize = 12;

/// Of slips in more than one figure no more than so many of a kind are made.
const MOST_OF_A_KIND: usize = 250;

/// What a slip is made in; the report is by these kinds.
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
    /// Two figures at once, so that their sum stays as it was.
    Pairs,
    /// Figures that texts name by their addresses.
    Bindings,
    /// Lines of a list, each as a whole.
    Entries,
    /// What the same field says in two lines of a list.
    Fields,
    /// Numbers that are no figures: in names, dates and statements.
    Numbers,
}

impl SlipKind {
    /// All kinds, in the order of the report.
    pub const ALL: [SlipKind; 12] = [
        SlipKind::Tables,
        SlipKind::IndicatorRatios,
        SlipKind::OtherIndicators,
        SlipKind::Targets,
        SlipKind::Surveys,
        SlipKind::SingleFacts,
        SlipKind::Organisation,
        SlipKind::Pairs,
        SlipKind::Bindings,
        SlipKind::Entries,
        SlipKind::Fields,
        SlipKind::Numbers,
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
            SlipKind::Pairs => "two figures whose sum stays",
            SlipKind::Bindings => "figures named in texts",
            SlipKind::Entries => "lines of lists",
            SlipKind::Fields => "fields of neighbouring lines",
            SlipKind::Numbers => "numbers in names, dates and statements",
        }
    }

    /// Whether the slip is in what stands round figures, so that the rules over texts are asked too.
    pub fn is_of_texts(self) -> bool {
        self != SlipKind::Pairs && !self.is_of_one_figure()
    }

    /// Whether one typed figure is changed, and nothing else.
    pub fn is_of_one_figure(self) -> bool {
        match self {
            SlipKind::Tables
            | SlipKind::IndicatorRatios
            | SlipKind::OtherIndicators
            | SlipKind::Targets
            | SlipKind::Surveys
            | SlipKind::SingleFacts
            | SlipKind::Organisation => true,
            SlipKind::Pairs | SlipKind::Bindings | SlipKind::Entries | SlipKind::Fields | SlipKind::Numbers => false,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    DigitsSwapped,
    LastPlaceMoved,
    MagnitudeSlipped,
    NeighboursExchanged,
    MovedToTheNext,
    AnotherBound,
    LinesExchanged,
    LineDropped,
    FieldsExchanged,
}

impl Change {
    pub fn shown(self) -> &'static str {
        match self {
            Change::DigitsSwapped => "two digits swapped",
            Change::LastPlaceMoved => "last place moved by one",
            Change::MagnitudeSlipped => "sign or magnitude slipped",
            Change::NeighboursExchanged => "exchanged with the next figure",
            Change::MovedToTheNext => "one taken away, and added to the next line",
            Change::AnotherBound => "another figure bound",
            Change::LinesExchanged => "line exchanged with the next",
            Change::LineDropped => "line dropped",
            Change::FieldsExchanged => "exchanged with the next line",
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
    /// Of those noticed, the ones of which nothing tells but that the file was compared with its source as it was.
    pub by_digest: usize,
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
            by_digest: all.by_digest + one.by_digest,
        })
    }
}

/// One change: what stands in place of which stretches of a file.
struct Mutant {
    kind: SlipKind,
    /// The address of the figure, or the field of a file.
    address: String,
    change: Change,
    from: String,
    to: String,
    file: FileId,
    /// Stretches of the file in their order, which do not overlap, with what stands there instead.
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

/// Makes every slip of the content in turn. The content must be readable; figures are those of all reports. Of a
/// large group a few rows, spread over its table, stand for all: their reports are made from the same texts and checks.
pub fn mutate(tree: &SourceTree, jobs: usize, seed: u64) -> MutationReport {
    let parsed = Parsed::read(tree).with_most_rows(MOST_ROWS);
    let Some(project) = load_parsed(tree, &parsed, &mut Findings::new()) else { return MutationReport::default() };
    let facts = facts(&project, &tree.sources, &mut Findings::new());
    let passages = passages(&project, &facts, &tree.sources, &mut Findings::new());
    let subject = Subject { project: &project, facts: &facts, passages: &passages, tree };
    let typed = figures::typed_figures(&project, tree);
    let mut mutants = figures::mutants(tree, &typed, seed);
    mutants.extend(pairs::mutants(tree, &typed));
    mutants.extend(bindings::mutants(&subject, seed));
    mutants.extend(entries::mutants(&subject, &parsed, &typed));
    // Words of Tally itself that lie beside the content are no figures of it.
    let of_content: BTreeSet<FileId> = tree.texts.values().copied().collect();
    mutants.retain(|mutant| of_content.contains(&mutant.file));
    let mut mutants = spread(mutants);
    mutants.sort_by_key(|mutant| mutant.kind.is_of_texts());
    let unchanged = Unchanged::of(tree, &parsed);
    let jobs = jobs.clamp(1, mutants.len().max(1));
    // The kinds take unlike times, so that each worker takes some of each.
    let noticed: Vec<Vec<(usize, Notice)>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs)
            .map(|first| {
                let (unchanged, parsed, mutants) = (&unchanged, &parsed, &mutants);
                scope.spawn(move || {
                    let (mut tree, mut parsed) = (tree.clone(), parsed.clone());
                    let own = mutants.iter().enumerate().skip(first).step_by(jobs);
                    own.map(|(place, mutant)| (place, unchanged.notice(&mut tree, &mut parsed, mutant))).collect()
                })
            })
            .collect();
        let joined =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.collect()
    });
    let mut noticed: Vec<(usize, Notice)> = noticed.into_iter().flatten().collect();
    noticed.sort_by_key(|(place, _)| *place);
    let left_out = project.groups.iter().map(|group| group.size.saturating_sub(MOST_ROWS)).sum();
    MutationReport { left_out, ..report(&mutants, noticed.into_iter().map(|(_, notice)| notice)) }
}

/// Of each kind no more than are made, taken from all of them alike.
fn spread(mutants: Vec<Mutant>) -> Vec<Mutant> {
    let mut counts: BTreeMap<SlipKind, usize> = BTreeMap::new();
    mutants.iter().for_each(|mutant| *counts.entry(mutant.kind).or_default() += 1);
    let mut seen: BTreeMap<SlipKind, usize> = BTreeMap::new();
    let is_taken = |mutant: &Mutant| {
        let (all, place) = (counts[&mutant.kind], seen.entry(mutant.kind).or_default());
        *place += 1;
        let taken = |place: usize| place * MOST_OF_A_KIND / all.max(1);
        mutant.kind.is_of_one_figure() || all <= MOST_OF_A_KIND || taken(*place) > taken(*place - 1)
    };
    mutants.into_iter().filter(is_taken).collect()
}

fn report(mutants: &[Mutant], noticed: impl Iterator<Item = Notice>) -> MutationReport {
    let mut report = MutationReport::default();
    let mut places: BTreeMap<SlipKind, BTreeSet<(FileId, &str)>> = BTreeMap::new();
    for (mutant, notice) in mutants.iter().zip(noticed) {
        let score = report.by_kind.entry(mutant.kind).or_default();
        places.entry(mutant.kind).or_default().insert((mutant.file, &mutant.address));
        score.changes += 1;
        score.noticed += usize::from(notice != Notice::Nothing);
        score.by_digest += usize::from(notice == Notice::Digest);
        if notice == Notice::Nothing {
            report.unnoticed.push(Unnoticed {
                kind: mutant.kind,
                address: mutant.address.clone(),
                change: mutant.change,
                from: mutant.from.clone(),
                to: mutant.to.clone(),
            });
        }
    }
    for (kind, places) in places {
        report.by_kind.entry(kind).or_default().figures = places.len();
    }
    report
}

/// The file, in the content folder, and the line of a place.
fn place_of(tree: &SourceTree, at: Span) -> String {
    let path = tree.texts.iter().find(|(_, file)| **file == at.file).map_or("", |(path, _)| path);
    format!("{path}:{}", tree.sources.line_column(at).0)
}
