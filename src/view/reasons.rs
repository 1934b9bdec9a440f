//! The reasons for the worst ratings: which indicators have them, what they came to, and what is being done.

use serde::Serialize;

use super::as_published;
use super::copy_editor::{CopyEditor, Words};
use super::dashboard::{FigureView, between, figure_view, latest, marked, period_names};
use super::indicators::{address_of, name_of, part_of_all};
use super::marked_word::{MarkedWord, in_text};
use super::notes::{NoteList, NoteView};
use super::target::target;
use crate::fact::{Goal, PeriodResult, Reading, Slot};
use crate::model::values::Mark;
use crate::model::{Indicator, IndicatorFile, IndicatorShow, PeriodFigures, Rating, Show, addresses};

/// The indicators of the rating that needs a reason.
#[derive(Debug, PartialEq, Serialize)]
pub struct ReasonsView {
    pub id: String,
    /// That no indicator has it.
    pub none: Option<Words>,
    pub rating: MarkedWord,
    /// "9 of 39 indicators".
    pub total: Words,
    pub groups: Vec<ReasonGroup>,
    /// What follows from figures that stand as published.
    pub lettered: Vec<NoteView>,
}

/// The indicators of one group that have the rating.
#[derive(Debug, PartialEq, Serialize)]
pub struct ReasonGroup {
    /// Nothing where the file has no groups.
    pub name: String,
    /// "5 of 18 indicators".
    pub count: Words,
    pub indicators: Vec<ReasonView>,
}

/// Why an indicator is rated so.
#[derive(Debug, PartialEq, Serialize)]
pub struct ReasonView {
    /// Its place among all indicators, from 1, and where the dashboard has it.
    pub number: usize,
    pub name: String,
    pub to: Option<String>,
    pub outcome: FigureView,
    pub target: Words,
    pub reason: Option<Words>,
    /// "On target in Q4; missed in Q1 and Q2.": of one whose latest result, which stands beside the target, reaches it.
    pub met: Option<String>,
}

/// None where no rating of the file needs a reason.
pub fn reasons(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> Option<ReasonsView> {
    let rating = file.ratings.iter().find(|rating| rating.mark == Mark::Red)?;
    let id = addresses::of_reasons(stem);
    if !file.indicators().any(|one| one.has(rating)) {
        return Some(none(editor, id, rating));
    }
    let has_dashboard = editor.report.shows(stem, Show::Indicators(IndicatorShow::Dashboard));
    let mut letters = NoteList::new(&id, Vec::new());
    let mut reason = |(place, one): (usize, &Indicator)| ReasonView {
        number: place + 1,
        name: editor.plain(&one.name),
        to: has_dashboard.then(|| addresses::of_indicator(&one.id.value)),
        outcome: outcome(editor, stem, file, one, &mut letters),
        target: target(editor, file, one),
        reason: one.note.as_ref().map(|note| editor.words(note)),
        met: met(editor, stem, file, one),
    };
    let of_all = part_of_all(editor, stem, file, &format!("{stem}.ratings.{}", rating.id.value));
    let mut groups = Vec::new();
    let mut before = 0;
    for group in &file.groups {
        let own = group.indicators.iter().enumerate().filter(|(_, one)| one.has(rating));
        let own: Vec<_> = own.map(|(place, one)| (before + place, one)).collect();
        before += group.indicators.len();
        if own.is_empty() {
            continue;
        }
        let count = file.called.groups.as_ref().map(|called| {
            let address = address_of(stem, called, group);
            let part = editor.fact(&format!("{address}.{}", rating.id.value));
            let fills = [("part", part), ("n", editor.fact(&format!("{address}.count")))];
            editor.phrase_of(group.indicators.len(), "indicators.of", fills)
        });
        groups.push(ReasonGroup {
            name: name_of(editor, group),
            count: count.unwrap_or_default(),
            indicators: own.into_iter().map(&mut reason).collect(),
        });
    }
    let lettered = letters.into_notes().into_iter().map(|note| editor.note(note)).collect();
    Some(ReasonsView { id, none: None, rating: MarkedWord::of_rating(editor, rating), total: of_all, groups, lettered })
}

/// A sentence in the place of a table without a row.
fn none(editor: &CopyEditor, id: String, rating: &Rating) -> ReasonsView {
    let fills = [("rating", Words::plain(in_text(editor, rating)))];
    ReasonsView {
        id,
        none: Some(editor.phrase("reasons.no-indicator", fills)),
        rating: MarkedWord::of_rating(editor, rating),
        total: Words::default(),
        groups: Vec::new(),
        lettered: Vec::new(),
    }
}

/// What an indicator came to: the figure of the year, or that of the last period with a result.
fn outcome(
    editor: &CopyEditor,
    stem: &str,
    file: &IndicatorFile,
    indicator: &Indicator,
    letters: &mut NoteList,
) -> FigureView {
    let reading = Reading::of(indicator);
    let mut view = |slot: Slot, figures: &PeriodFigures| {
        let view = figure_view(editor, reading.period(figures), between(indicator));
        let as_published = as_published::of_indicator(editor, stem, indicator, |one| one == slot);
        FigureView { mark: marked(as_published.as_ref(), slot, letters), ..view }
    };
    let names = period_names(editor, file);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match &indicator.year {
        Some(year) => view(Slot::Year, &year.figures),
        None => latest(editor, indicator, &reading, &names, view),
    }
}

/// Which results reach the target and which do not, where the last does: what stands in the list alone would not tell why the
/// indicator is in it.
fn met(editor: &CopyEditor, stem: &str, file: &IndicatorFile, indicator: &Indicator) -> Option<String> {
    let series = editor.facts.series_of(&editor.report.id, &format!("{stem}.{}", indicator.id.value))?;
    let results = series.results_against_targets(editor.facts);
    let reaches = |(result, goal): &(PeriodResult, Goal)| goal.is_reached_by(result.printed);
    let (last, _) = results.last().filter(|last| reaches(last))?;
    let names = period_names(editor, file);
    let name = |slot: Slot| match slot {
        Slot::Period(place) => names.get(place).cloned().unwrap_or_default(),
        Slot::Year => editor.say("reading.whole-year"),
    };
    let missed: Vec<String> = results.iter().filter(|one| !reaches(one)).map(|(result, _)| name(result.slot)).collect();
    let met = name(last.slot);
    let wording = editor.wording();
    Some(match missed.is_empty() {
        true => wording.say("reasons.met", &[("met", &met)]),
        false => wording.say("reasons.met-and-missed", &[("met", &met), ("missed", &wording.and(&missed))]),
    })
}
