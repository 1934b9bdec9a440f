//! The dashboard: every indicator with its periods, target and rating.

pub mod heads;
mod reading;

use serde::Serialize;

use super::as_published::{self, AsPublished};
use super::charts::{self, LineBox, LineResult, LineView};
use super::copy_editor::{CopyEditor, Words};
use super::indicators::{Results, address_of, all_of, counts_of, language_of_name, name_of, part_of_all};
use super::marked_word::{MarkedWord, in_text};
use super::notes::{NoteList, NoteView, Noted};
use super::target::{target, target_text};
use super::{pictured, restated};
use crate::fact::{PeriodReading, PeriodResult, Reading, Slot, last_result};
use crate::markdown::NoteMark;
use crate::model::values::{Figure, Mark, PercentageMeaning};
use crate::model::{
    Indicator, IndicatorFile, IndicatorGroup, IndicatorShow, Part, PeriodFigures, Show, Target, addresses,
};
use crate::yaml::At;
pub use heads::{ColumnHead, LAST, YEAR, last as head_of_last};
pub use reading::ReadingAid;

/// As many periods have columns of figures at most; more are a line.
const MOST_COLUMNS: usize = 5;

/// Every indicator, a group at a time.
#[derive(Debug, PartialEq, Serialize)]
pub struct DashboardView {
    pub intro: Option<Words>,
    pub layout: Layout,
    /// What a period is: "quarter".
    pub period: &'static str,
    /// What is said of the results as a whole, and of every period of an indicator behind its line.
    pub results: String,
    pub table: String,
    /// Every period, and the year where there are figures of it.
    pub periods: Vec<ColumnHead>,
    /// The columns of figures.
    pub columns: Vec<ColumnHead>,
    /// What the line shows: "The year".
    pub course: String,
    /// What stands under the name of an indicator: "Functional area, what it measures".
    pub about: String,
    /// How a row is read, from its left end to its right, where the report has a key to the ratings.
    pub reading: Vec<ReadingAid>,
    pub has_frequency: bool,
    /// Whether the marks of its indicators are the thread of the report.
    pub has_thread: bool,
    pub groups: Vec<GroupView>,
}

/// How the figures of an indicator stand.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// One figure.
    Single,
    /// A column for each period, and a small line.
    Columns,
    /// A line, the latest figure, and that of the year.
    Line,
}

/// The indicators of one group.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupView {
    pub id: String,
    /// A short name for cells that refer to its columns: `d1`.
    pub key: String,
    /// Nothing where the file has no groups.
    pub name: String,
    /// Tag of the language of the name, where it is another than the report's.
    pub language: Option<String>,
    /// "11 of 39 indicators: 6 green, 2 amber, 3 no target".
    pub summary: Words,
    pub indicators: Vec<IndicatorView>,
}

/// One indicator.
#[derive(Debug, PartialEq, Serialize)]
pub struct IndicatorView {
    pub id: String,
    /// A short name for cells that refer to its row: `i12`.
    pub key: String,
    /// Its place among all indicators, from 1.
    pub number: usize,
    /// Without the addresses of its figures: the layout draws names after the periods, out of their order.
    pub name: String,
    /// "Core Finance, area 8, quality".
    pub context: String,
    /// A figure for each column.
    pub figures: Vec<FigureView>,
    /// A figure for each period, where these have no columns.
    pub periods: Vec<FigureView>,
    /// "Highest 98% in May, lowest 91% in January", where the periods have no columns.
    pub extremes: Option<Words>,
    pub line: LineView,
    pub target: Words,
    pub has_target: bool,
    pub frequency: Option<String>,
    /// What leads to the figures of all periods, and to the note, where these are folded.
    pub every: Words,
    pub note_summary: Words,
    pub rating: MarkedWord,
    /// Of the rating that needs a reason: the next one with it.
    pub next: Option<NextView>,
    pub note: Option<Words>,
    /// What is told of its figures, such as those that stand as published: by letters, in each table anew.
    pub lettered: Vec<NoteView>,
}

/// The next indicator of a rating: "Next red: 22".
#[derive(Debug, PartialEq, Serialize)]
pub struct NextView {
    pub words: String,
    pub to: String,
}

/// A period: the result, and what it comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FigureView {
    pub result: Words,
    pub detail: Option<Words>,
    /// Whether there is a result.
    pub is_figure: bool,
    /// The mark of the note on the result.
    pub mark: Option<NoteMark>,
}

pub fn dashboard(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> DashboardView {
    let layout = match file.periods.count() {
        1 => Layout::Single,
        2..=MOST_COLUMNS => Layout::Columns,
        _ => Layout::Line,
    };
    let has_year = file.indicators().any(|indicator| indicator.year.is_some());
    let periods = heads::periods(editor, &file.periods, has_year);
    let mut columns = match layout {
        Layout::Single | Layout::Columns => periods.clone(),
        Layout::Line => heads::latest(editor, &file.periods, has_year),
    };
    columns.extend(heads::last(editor, file));
    let drawing = Drawing { editor, stem, file, layout, has_year, key: key_of(editor, stem) };
    let intro = file.intro.as_ref().map(|intro| editor.words(intro));
    let mut number = 0;
    let groups = file.groups.iter().enumerate().map(|(place, group)| {
        let name = name_of(editor, group);
        let key = format!("d{}{}", drawing.key, place + 1);
        let mut letters = NoteList::new(&key, Vec::new());
        GroupView {
            id: addresses::of_group(stem, &name),
            key,
            language: language_of_name(editor, group),
            summary: summary(editor, stem, file, group),
            indicators: group
                .indicators
                .iter()
                .map(|indicator| {
                    number += 1;
                    drawing.indicator(indicator, number, &mut letters)
                })
                .collect(),
            name,
        }
    });
    DashboardView {
        intro,
        layout,
        period: file.periods.noun(),
        results: match layout {
            Layout::Single => editor.say("dashboard.result"),
            Layout::Columns => heads::of_periods(editor, &file.periods, "each"),
            Layout::Line => heads::of_periods(editor, &file.periods, "over"),
        },
        table: heads::table(editor, file),
        periods,
        reading: match editor.report.shows(stem, Show::Indicators(IndicatorShow::Key)) {
            true => reading::aids(editor, file, layout, &columns),
            false => Vec::new(),
        },
        columns,
        course: heads::course(editor, &file.periods),
        about: heads::about(editor, file),
        has_frequency: file.indicators().any(|indicator| indicator.frequency.is_some()),
        has_thread: pictured(editor.report).is_some_and(|(first, _)| first == stem),
        groups: groups.collect(),
    }
}

/// Nothing for the first indicator file of a report, and the place of each other one.
fn key_of(editor: &CopyEditor, stem: &str) -> String {
    let mut stems: Vec<&str> = Vec::new();
    for (stem, _) in editor.report.parts().filter_map(Part::indicators) {
        stems.extend((!stems.contains(&stem)).then_some(stem));
    }
    match stems.iter().position(|one| *one == stem) {
        None | Some(0) => String::new(),
        Some(place) => format!("{}-", place + 1),
    }
}

fn summary(editor: &CopyEditor, stem: &str, file: &IndicatorFile, group: &IndicatorGroup) -> Words {
    let (indicators, counts) = match &file.called.groups {
        Some(called) => {
            let own = address_of(stem, called, group);
            (part_of_all(editor, stem, file, &format!("{own}.count")), own)
        }
        None => (all_of(editor, stem, file), format!("{stem}.ratings")),
    };
    let given = file.ratings.iter().filter(|rating| group.indicators.iter().any(|one| one.has(rating)));
    let ratings = counts_of(editor, &counts, given.map(|rating| &**rating));
    editor.phrase("dashboard.summary", [("indicators", indicators), ("ratings", ratings)])
}

/// What the indicators of one dashboard are drawn with.
struct Drawing<'d> {
    editor: &'d CopyEditor<'d>,
    stem: &'d str,
    file: &'d IndicatorFile,
    layout: Layout,
    has_year: bool,
    /// What tells the short names of its cells from those of the report's other files.
    key: String,
}

impl Drawing<'_> {
    fn indicator(&self, indicator: &Indicator, number: usize, letters: &mut NoteList) -> IndicatorView {
        let editor = self.editor;
        let reading = Reading::of(indicator);
        let as_published = as_published::of_indicator(editor, self.stem, indicator, |_| true);
        let mut view = |slot: Slot, figures: &PeriodFigures| {
            let view = figure_view(editor, reading.period(figures), between(indicator));
            FigureView { mark: marked(as_published.as_ref(), slot, letters), ..view }
        };
        let results = Results::of(editor, self.stem, indicator);
        let names = period_names(editor, self.file);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let targets = results.targets();
        let course: Vec<(&str, LineResult)> = names.iter().copied().zip(results.periods).collect();
        let within = if self.layout == Layout::Line { LineBox::Wide } else { LineBox::Small };
        let aim = target_text(editor, indicator);
        let line = charts::line(within, &course, &targets, &aim, editor.wording());
        // Where others have figures of the year, one without says so.
        let none = || FigureView { result: editor.not_applicable(), ..FigureView::default() };
        let mut latest_or_all: Vec<FigureView> = match self.layout {
            Layout::Single | Layout::Columns => each_period(indicator, &mut view),
            Layout::Line => vec![latest(editor, indicator, &reading, &names, &mut view)],
        };
        if self.has_year {
            latest_or_all.push(indicator.year.as_ref().map_or_else(none, |year| view(Slot::Year, &year.figures)));
        }
        let (extremes, periods) = match self.layout {
            Layout::Single | Layout::Columns => (None, Vec::new()),
            Layout::Line => (self.extremes(&results.all, &names), each_period(indicator, &mut view)),
        };
        let own = as_published.and_then(|one| letters.find(&one.note));
        let last = self.last(indicator, letters);
        let of_last = last.as_ref().and_then(|(_, note)| letters.find(note.as_ref()?));
        latest_or_all.extend(last.map(|(view, _)| view));
        IndicatorView {
            id: addresses::of_indicator(&indicator.id.value),
            key: format!("i{}{number}", self.key),
            number,
            name: editor.plain(&indicator.name),
            context: self.context(indicator),
            figures: latest_or_all,
            periods,
            extremes,
            line,
            target: target(editor, self.file, indicator),
            has_target: indicator.target != Target::NotApplicable,
            frequency: indicator.frequency.map(|frequency| editor.say(frequency.key())),
            every: heads::every(editor, &self.file.periods, &indicator.name),
            note_summary: editor.phrase("dashboard.note", [("indicator", Words::plain(editor.plain(&indicator.name)))]),
            rating: MarkedWord::of_rating(editor, &indicator.rating.value),
            next: self.next(indicator, number),
            note: indicator.note.as_ref().map(|note| editor.words(note)),
            lettered: own.into_iter().chain(of_last).map(|note| editor.note(note)).collect(),
        }
    }

    /// The result of the edition before, where the file shows one beside its own, with the note on it; an indicator that it
    /// did not have has none.
    fn last(&self, indicator: &Indicator, letters: &mut NoteList) -> Option<(FigureView, Option<Noted>)> {
        let editor = self.editor;
        let (_, address) = last_result(self.stem, self.file, indicator)?;
        let Some(figure) = editor.facts.find(&editor.report.id, &address) else {
            return Some((FigureView { result: editor.not_applicable(), ..FigureView::default() }, None));
        };
        let note = restated::note(editor, figure);
        let note = note.or_else(|| as_published::of_last(editor, self.stem, indicator, figure));
        let mark = note.clone().map(|note| letters.letter(note));
        Some((FigureView { result: editor.fact(&address), detail: None, is_figure: true, mark }, note))
    }

    /// The next indicator with the rating that needs a reason, where this one has it.
    fn next(&self, indicator: &Indicator, number: usize) -> Option<NextView> {
        let rating = &*indicator.rating.value;
        let mut others = self.file.indicators().enumerate().skip(number);
        let (place, next) = others.find(|(_, one)| rating.mark == Mark::Red && one.has(rating))?;
        let number = (place + 1).to_string();
        let fills = [("rating", &*in_text(self.editor, rating)), ("number", &*number)];
        let words = self.editor.wording().say("dashboard.next", &fills);
        Some(NextView { words, to: addresses::of_indicator(&next.id.value) })
    }

    /// "Core Finance, area 8, quality".
    fn context(&self, indicator: &Indicator) -> String {
        let wording = self.editor.wording();
        let numbers: Vec<String> = indicator.areas.iter().map(|area| area.value.to_string()).collect();
        let areas = self.file.called.areas.as_ref().map(|called| match &numbers[..] {
            [one] => wording.say("dashboard.area", &[("area", &called.one.value), ("number", one)]),
            [] => wording.say("dashboard.no-area", &[("area", &called.one.value)]),
            all => wording.say("dashboard.areas", &[("areas", &called.many.value), ("numbers", &wording.and(all))]),
        });
        let function = indicator.function.as_ref().map(|function| self.editor.plain(function));
        let measures = indicator.measures.map(|measures| self.editor.say(measures.key()));
        wording.listed([function, areas, measures].into_iter().flatten())
    }

    /// The highest and the lowest result, where they differ.
    fn extremes(&self, results: &[PeriodResult], names: &[&str]) -> Option<Words> {
        let of_periods = || {
            results.iter().filter_map(|one| match one.slot {
                Slot::Period(place) => Some((place, one)),
                Slot::Year => None,
            })
        };
        let number = |one: &PeriodResult| one.printed.number;
        // The first of several that are alike.
        let highest = of_periods().reduce(|most, next| if number(next.1) > number(most.1) { next } else { most })?;
        let lowest = of_periods().reduce(|least, next| if number(next.1) < number(least.1) { next } else { least })?;
        if number(highest.1) == number(lowest.1) {
            return None;
        }
        let figure = |one: &PeriodResult| {
            let fact = self.editor.facts.get(one.fact);
            self.editor.typed(fact.at, self.editor.facts.printed(&self.editor.report.id, one.fact))
        };
        let named = |place: usize| Words::plain(names.get(place).copied().unwrap_or_default());
        Some(self.editor.phrase(
            "dashboard.extremes",
            [
                ("highest", figure(highest.1)),
                ("highest-in", named(highest.0)),
                ("lowest", figure(lowest.1)),
                ("lowest-in", named(lowest.0)),
            ],
        ))
    }
}

/// Every period of an indicator, in a view.
fn each_period(indicator: &Indicator, mut view: impl FnMut(Slot, &PeriodFigures) -> FigureView) -> Vec<FigureView> {
    indicator.periods.iter().enumerate().map(|(place, period)| view(Slot::Period(place), period)).collect()
}

/// The mark of the note on a figure that stands as published.
pub(super) fn marked(as_published: Option<&AsPublished>, slot: Slot, letters: &mut NoteList) -> Option<NoteMark> {
    let one = as_published.filter(|one| one.slots.contains(&slot))?;
    Some(letters.letter(one.note.clone()))
}

/// The names of the periods of a file, as they are printed.
pub fn period_names(editor: &CopyEditor, file: &IndicatorFile) -> Vec<String> {
    file.periods.iter().map(|period| period.shown(editor.wording())).collect()
}

/// The message for the figures that a percentage comes from.
pub(super) fn between(indicator: &Indicator) -> &'static str {
    let growth = PercentageMeaning::GrowthOverDenominator;
    let is_growth = indicator.percentage_is.as_ref().is_some_and(|one| one.value == growth);
    if is_growth { "dashboard.from" } else { "dashboard.of" }
}

/// The last period that has a result; its name stands under the figure where it is not the last of all.
pub(super) fn latest(
    editor: &CopyEditor,
    indicator: &Indicator,
    reading: &Reading,
    names: &[&str],
    mut view: impl FnMut(Slot, &PeriodFigures) -> FigureView,
) -> FigureView {
    let has_result =
        |period: &&PeriodFigures| reading.period(period).result.is_some_and(|result| !result.value.is_absent());
    let place = indicator.periods.iter().rposition(|period| has_result(&period));
    let Some((place, period)) = place.and_then(|place| Some((place, indicator.periods.get(place)?))) else {
        let last = indicator.periods.len().saturating_sub(1);
        return indicator.periods.last().map(|period| view(Slot::Period(last), period)).unwrap_or_default();
    };
    let mut latest = view(Slot::Period(place), period);
    if place + 1 < indicator.periods.len() {
        let name = ("period", Words::plain(names.get(place).copied().unwrap_or_default()));
        latest.detail = Some(match latest.detail {
            Some(detail) => editor.phrase("dashboard.detail-in", [("detail", detail), name]),
            None => editor.phrase("dashboard.in-period", [name]),
        });
    }
    latest
}

pub(super) fn figure_view(editor: &CopyEditor, period: PeriodReading, between: &str) -> FigureView {
    let is_figure = period.result.is_some_and(|result| !result.value.is_absent());
    let figure = |figure: &At<Figure>| editor.figure(figure);
    let result = period.result.map_or_else(|| Words::plain(Figure::NO_DATA.shown(editor.manner())), figure);
    let counted = match (period.number, period.of) {
        (Some(number), Some(of)) => {
            Some(editor.phrase(between, [("number", figure(number)), ("denominator", figure(of))]))
        }
        (Some(number), None) => Some(figure(number)),
        (None, Some(of)) => Some(editor.phrase("dashboard.of-alone", [("denominator", figure(of))])),
        (None, None) => None,
    };
    let detail = match (counted, period.percentage.map(figure)) {
        (Some(counted), Some(percentage)) => {
            Some(editor.phrase("dashboard.with-percentage", [("counted", counted), ("percentage", percentage)]))
        }
        (counted, percentage) => counted.or(percentage),
    };
    FigureView { result, detail, is_figure, mark: None }
}
