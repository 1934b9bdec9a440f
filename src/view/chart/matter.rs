//! What a chart draws, in one form for tables and indicators.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{KeyEntry, variation};
use crate::fact::{FactId, Quantity, Slot, Variation, plain};
use crate::model::values::{Along, ChartForm, FigureMark, Unit};
use crate::model::{Chart, Data, Indicator, IndicatorFile, TableFile, Target, is_time};
use crate::view::charts::Fill;
use crate::view::copy_editor::{CopyEditor, Words};
use crate::view::dashboard::{heads, period_names};
use crate::view::drawn::DrawnMark;
use crate::view::indicators::Results;
use crate::view::marked_word::MarkedWord;
use crate::view::table;
use crate::view::target::target_words;
use crate::wording::Wording;

/// The figures of a chart by place and series.
pub struct Matter<'m> {
    /// Heading of the places.
    pub places_are: String,
    pub places: Vec<String>,
    pub series: Vec<Series<'m>>,
    /// The unit of all figures, where it is not printed with them.
    pub unit: Option<String>,
    /// The file of indicators, where they are drawn.
    pub indicators: Option<&'m IndicatorFile>,
}

/// The figures of a line, or of the columns of one fill.
pub struct Series<'m> {
    pub name: String,
    /// By place; none where there is no figure.
    pub points: Vec<Option<Point>>,
    /// What they are held against, one after the other.
    pub aims: Vec<Aim>,
    pub indicator: Option<&'m Indicator>,
    /// Another figure of its unit, where that is printed with each of them.
    unit: Option<Quantity>,
}

/// A target over some places, or a range.
#[derive(Debug, Clone)]
pub struct Aim {
    pub places: Range<usize>,
    pub at: Point,
    /// The upper end of a range.
    pub to: Option<Point>,
}

/// A figure, and how it is printed.
#[derive(Debug, Clone)]
pub struct Point {
    /// In the unit in which it is printed.
    pub number: Decimal,
    pub text: String,
    pub mark: Option<FigureMark>,
    fact: FactId,
}

impl Point {
    /// A figure of an indicator, without the letters of its mark.
    fn of(editor: &CopyEditor, fact: FactId, printed: Quantity) -> Self {
        let marked = editor.facts.get(fact).typed.filter(|figure| figure.mark.is_some());
        Self {
            number: printed.number,
            text: match marked {
                Some(figure) => figure.unmarked().shown(editor.manner()),
                None => editor.facts.printed(&editor.report.id, fact),
            },
            mark: marked.and_then(|figure| figure.mark),
            fact,
        }
    }

    /// Whether it may still become another one, and so is drawn otherwise than what is settled.
    pub fn may_change(&self) -> bool {
        self.mark.is_some_and(FigureMark::may_change)
    }

    /// Whether it cannot be compared with those before it, so that nothing joins them.
    pub fn begins_anew(&self) -> bool {
        self.mark == Some(FigureMark::BreakInSeries)
    }

    /// Its figure as it is printed here.
    pub fn words(&self, editor: &CopyEditor) -> Words {
        editor.fact_as(self.fact, self.text.clone())
    }

    /// The number of its figure on the page.
    pub fn mark(&self, editor: &CopyEditor) -> usize {
        editor.mark(self.fact)
    }
}

impl Aim {
    /// Its figure, or both ends of its range, as they are printed here.
    pub fn words(&self, editor: &CopyEditor) -> Words {
        let at = self.at.words(editor);
        match &self.to {
            Some(to) => editor.phrase("target.to", [("from", at), ("to", to.words(editor))]),
            None => at,
        }
    }

    /// Where its name stands: in the middle of its range.
    pub fn middle(&self) -> Decimal {
        match &self.to {
            Some(to) => (self.at.number / Decimal::TWO).saturating_add(to.number / Decimal::TWO),
            None => self.at.number,
        }
    }
}

impl Series<'_> {
    pub fn numbers(&self) -> impl Iterator<Item = Decimal> + Clone + '_ {
        self.points.iter().flatten().map(|point| point.number)
    }

    /// What it is held against.
    pub fn aimed(&self) -> impl Iterator<Item = Decimal> + '_ {
        self.aims.iter().flat_map(|aim| [Some(&aim.at), aim.to.as_ref()].into_iter().flatten()).map(|one| one.number)
    }

    /// The places with a figure.
    pub fn known(&self) -> impl DoubleEndedIterator<Item = (usize, &Point)> {
        self.points.iter().enumerate().filter_map(|(place, point)| Some((place, point.as_ref()?)))
    }

    /// A mark for each of its figures.
    fn drawn(&self, mark: impl Fn(FactId, String, Decimal, usize) -> DrawnMark) -> impl Iterator<Item = DrawnMark> {
        self.known().map(move |(place, point)| mark(point.fact, point.text.clone(), point.number, place))
    }

    /// What is drawn of what it is held against: the field of a range, and a line at each end.
    fn drawn_aims(&self) -> impl Iterator<Item = DrawnMark> + '_ {
        self.aims.iter().flat_map(|Aim { places, at, to }| {
            let level = |one: &Point| DrawnMark::level(one.fact, one.text.clone(), one.number, places.clone());
            let field = to
                .as_ref()
                .map(|to| DrawnMark::field(to.fact, to.text.clone(), (at.number, to.number), places.clone()));
            field.into_iter().chain([level(at)]).chain(to.as_ref().map(level))
        })
    }

    /// The figure of a place in a cell.
    pub fn cell(&self, editor: &CopyEditor, place: usize) -> Words {
        match self.points.get(place) {
            Some(Some(point)) => point.words(editor),
            _ => Words::plain(editor.say("chart.no-data")),
        }
    }

    /// The places whose figures matter most: the last, the highest, the lowest, the first.
    pub fn that_matter(&self) -> Vec<usize> {
        let highest = self.known().reduce(|most, next| if next.1.number > most.1.number { next } else { most });
        let lowest = self.known().reduce(|least, next| if next.1.number < least.1.number { next } else { least });
        let all = [self.known().next_back(), highest, lowest, self.known().next()];
        all.into_iter().flatten().map(|(place, _)| place).collect()
    }

    /// Whether its figures are percentages.
    pub fn is_percentage(&self) -> bool {
        self.unit.is_some_and(|one| one.unit == Unit::Percent)
    }

    /// A number of its unit beside the axis.
    pub fn on_axis(&self, editor: &CopyEditor, number: Decimal) -> String {
        match self.unit {
            Some(one) => Quantity::typed(number, one.unit).shown(editor.manner()),
            None => Quantity::typed(number, Unit::Number).bare(editor.manner()),
        }
    }

    /// What is said of it in words: every figure of a few, or its course.
    pub fn said(&self, places: &[String], wording: &Wording) -> String {
        const FEW: usize = 14;
        let figure = |(place, point): (usize, &Point)| {
            wording.say("chart.figure", &[("place", &places[place]), ("figure", &point.text)])
        };
        if self.known().next().is_none() {
            return wording.say("chart.no-data", &[]);
        }
        let figures = match places.len() <= FEW {
            true => wording.listed(self.known().map(figure)),
            false => {
                let mut known = self.known();
                let (Some(first), Some(last)) = (known.next(), known.next_back()) else {
                    return wording.say("chart.no-data", &[]);
                };
                let matter = self.that_matter();
                let at = |place: Option<&usize>| {
                    let known = place.and_then(|place| Some((*place, self.points[*place].as_ref()?)));
                    known.map(figure).unwrap_or_default()
                };
                let (highest, lowest) = (at(matter.get(1)), at(matter.get(2)));
                let (first, last) = (figure(first), figure(last));
                let fills = [("first", &*first), ("last", &last), ("highest", &highest), ("lowest", &lowest)];
                wording.say("chart.course", &fills)
            }
        };
        match self.known().count() < places.len() {
            true => wording.say("chart.gap", &[("figures", &figures)]),
            false => figures,
        }
    }
}

impl<'m> Matter<'m> {
    pub fn of(editor: &CopyEditor, chart: &'m Chart) -> Self {
        match &chart.data {
            Data::Table(file, _) => Self::of_table(editor, chart, file),
            Data::Indicators(file, _) => Self::of_indicators(editor, chart, file),
            Data::Survey(_) | Data::Deliverables(..) => {
                Self { places_are: String::new(), places: Vec::new(), series: Vec::new(), unit: None, indicators: None }
            }
        }
    }

    fn of_table(editor: &CopyEditor, chart: &Chart, file: &TableFile) -> Self {
        let row_names = || chart.rows.iter().map(|row| editor.plain(&file.rows[*row].name)).collect();
        let column_names = || chart.columns.iter().map(|column| editor.plain(&file.columns[*column].name)).collect();
        let (places_are, places, names): (String, Vec<String>, Vec<String>) = match chart.along {
            Along::Rows => (editor.plain(&file.rows_are), row_names(), column_names()),
            Along::Columns => {
                let names: Vec<String> = column_names();
                let are_times = names.iter().all(|name| is_time(name));
                (editor.say(if are_times { "chart.period" } else { "chart.column" }), names, row_names())
            }
        };
        let mut units: Vec<Option<String>> = Vec::new();
        let mut series = Vec::new();
        for (one, name) in names.into_iter().enumerate() {
            let mut unit = None;
            let points = (0..places.len()).map(|place| {
                let (row, column) = match chart.along {
                    Along::Rows => (&file.rows[chart.rows[place]], chart.columns[one]),
                    Along::Columns => (&file.rows[chart.rows[one]], chart.columns[place]),
                };
                let figure = table::drawn_figure(editor, &chart.stem, file, row, column)?;
                unit = figure.unit.is_none().then_some(figure.quantity);
                units.push(figure.unit);
                Some(Point { number: figure.number, text: figure.text, mark: figure.mark, fact: figure.fact })
            });
            let points = points.collect();
            series.push(Series { name, points, aims: Vec::new(), indicator: None, unit });
        }
        units.dedup();
        let unit = if let [Some(unit)] = &units[..] { Some(unit.clone()) } else { None };
        Self { places_are, places, series, unit, indicators: None }
    }

    fn of_indicators(editor: &CopyEditor, chart: &Chart, file: &'m IndicatorFile) -> Self {
        let all: Vec<&Indicator> = file.indicators().collect();
        let series = |row: &usize| {
            let indicator = all[*row];
            let results = Results::of(editor, &chart.stem, indicator);
            let mut points = vec![None; file.periods.count()];
            for result in &results.all {
                if let Slot::Period(place) = result.slot {
                    points[place] = Some(Point::of(editor, result.fact, result.printed));
                }
            }
            let unit = results.all.first().map(|result| result.printed);
            let name = editor.plain(&indicator.name);
            let ends = results.goals.iter().skip(1).map(|next| next.from).chain([points.len()]);
            let aims = results.goals.iter().zip(ends).map(|(goal, next)| Aim {
                places: goal.from..next,
                at: Point::of(editor, goal.fact, goal.figure),
                to: goal.to.map(|(fact, figure)| Point::of(editor, fact, figure)),
            });
            let aims = aims.collect();
            Series { name, points, aims, indicator: Some(indicator), unit }
        };
        Self {
            places_are: heads::of_periods(editor, &file.periods, "name"),
            places: period_names(editor, file),
            series: chart.rows.iter().map(series).collect(),
            unit: None,
            indicators: Some(file),
        }
    }

    pub fn numbers(&self) -> impl Iterator<Item = Decimal> + Clone + '_ {
        self.series.iter().flat_map(Series::numbers)
    }

    /// What a form draws, for each of its boxes; `watched` is what an XmR chart shows of its figures.
    pub fn boxes(&self, editor: &CopyEditor, form: ChartForm, watched: Option<&Variation>) -> Vec<Vec<DrawnMark>> {
        let points = |one: &Series| one.drawn(DrawnMark::point).collect::<Vec<_>>();
        match form {
            ChartForm::Columns => {
                let first = self.series.iter().take(1).flat_map(|one| one.drawn(DrawnMark::from_nought));
                vec![first.chain(self.series.iter().skip(1).flat_map(|one| one.drawn(DrawnMark::point))).collect()]
            }
            ChartForm::Bars => {
                let mut all: Vec<DrawnMark> =
                    self.series.iter().flat_map(|one| one.drawn(DrawnMark::from_nought)).collect();
                all.sort_by_key(|one| one.place);
                vec![all]
            }
            ChartForm::StackedBars => vec![(0..self.places.len()).flat_map(|place| self.stack(place)).collect()],
            ChartForm::Line if self.shows_aims(form) => self.small_boxes(),
            ChartForm::Line | ChartForm::Slope => vec![self.series.iter().flat_map(points).collect()],
            ChartForm::Xmr => {
                let lines = watched.map(|watched| variation::drawn(editor, self, watched)).unwrap_or_default();
                vec![lines.into_iter().chain(self.series.iter().flat_map(points)).collect()]
            }
            ChartForm::SmallMultiples => self.small_boxes(),
        }
    }

    /// Whether a form shows what the figures are held against: the target of a line stands beside no other line.
    pub fn shows_aims(&self, form: ChartForm) -> bool {
        form == ChartForm::SmallMultiples || form == ChartForm::Line && self.series.len() == 1
    }

    /// A box for each series with figures, with what they are held against; where none has any, one that is empty, which the
    /// comparison with the finished files tells.
    fn small_boxes(&self) -> Vec<Vec<DrawnMark>> {
        let with_figures = self.series.iter().filter(|one| one.known().next().is_some());
        let marks = |one: &Series| one.drawn_aims().chain(one.drawn(DrawnMark::point)).collect();
        let boxes: Vec<Vec<DrawnMark>> = with_figures.map(marks).collect();
        if boxes.is_empty() { vec![Vec::new()] } else { boxes }
    }

    /// The figures of a place, each from where the one before it ends.
    fn stack(&self, place: usize) -> Vec<DrawnMark> {
        let mut end = Decimal::ZERO;
        let mut part = |one: &Series| {
            let point = one.points.get(place)?.as_ref()?;
            let from = end;
            end = end.saturating_add(point.number);
            Some(DrawnMark { from, ..DrawnMark::from_nought(point.fact, point.text.clone(), end, place) })
        };
        self.series.iter().filter_map(&mut part).collect()
    }

    /// Whether all series can stand on one axis.
    pub fn are_alike(&self) -> bool {
        let mut units =
            self.series.iter().filter(|one| one.known().next().is_some()).map(|one| one.unit.map(|one| one.unit));
        let first = units.next();
        units.all(|unit| Some(unit) == first)
    }

    /// What the fills of columns stand for.
    pub fn key_of_columns(&self, wording: &Wording) -> Vec<KeyEntry> {
        let before = |(place, series): (usize, &Series)| match place {
            0 => KeyEntry { fill: Fill::Solid, name: series.name.clone() },
            _ => KeyEntry { fill: Fill::Dark, name: wording.say("chart.across", &[("name", &series.name)]) },
        };
        let series = self.series.iter().enumerate().filter(|_| self.series.len() > 1).map(before);
        series.chain(self.key_of_what_may_change(wording)).collect()
    }

    /// What the fills of bars stand for.
    pub fn key_of_bars(&self, wording: &Wording) -> Vec<KeyEntry> {
        if self.series.len() == 1 {
            return self.key_of_what_may_change(wording).into_iter().collect();
        }
        let series = self.series.iter().enumerate();
        series.map(|(place, series)| KeyEntry { fill: Fill::of(place), name: series.name.clone() }).collect()
    }

    fn key_of_what_may_change(&self, wording: &Wording) -> Option<KeyEntry> {
        let points = || self.series.first().into_iter().flat_map(|one| one.points.iter().flatten());
        let is_there = |mark: &FigureMark| mark.may_change() && points().any(|point| point.mark == Some(*mark));
        let marks = FigureMark::ALL.into_iter().map(|(mark, ..)| mark).filter(is_there);
        let name = wording.listed(marks.map(|mark| wording.say(mark.meaning(), &[])));
        (!name.is_empty()).then_some(KeyEntry { fill: Fill::Hatched, name })
    }

    /// The chart in words, with what its figures are held against and what is found in them.
    pub fn description(&self, form: ChartForm, watched: Option<&Variation>, editor: &CopyEditor) -> String {
        let wording = editor.wording();
        let said = |one: &Series| {
            let figures = one.said(&self.places, wording);
            let indicator = one.indicator.filter(|_| self.shows_aims(form));
            let aimed = self.indicators.zip(indicator).filter(|(_, one)| one.target != Target::NotApplicable);
            let target = aimed.map(|(file, indicator)| {
                wording.say("chart.target", &[("target", &plain(&target_words(editor, file, indicator)))])
            });
            let rated = indicator.filter(|_| form == ChartForm::SmallMultiples);
            let rating = rated.map(|indicator| MarkedWord::of_rating(editor, &indicator.rating.value).word);
            let figures = wording.listed([Some(figures), target, rating].into_iter().flatten());
            match self.series.len() {
                1 => figures,
                _ => wording.say("chart.series", &[("name", &one.name), ("figures", &figures)]),
            }
        };
        let variation = watched.map(|watched| variation::said(editor, self, watched)).unwrap_or_default();
        let figures = wording.clauses(self.series.iter().map(said).chain(variation));
        wording.say(&format!("chart.{}", form.word()), &[("figures", &figures)])
    }
}
