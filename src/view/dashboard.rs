//! The dashboard: every indicator with its quarters, target and rating.

use serde::Serialize;

use super::charts::{self, LineView};
use super::desk::{Desk, Words};
use super::indicators::{RatingView, noun};
use super::quarter::{comparable_target, counts_money, meaning, results};
use crate::model::values::{Figure, PercentageMeaning, Period, Rating, Target};
use crate::model::{DirectorateIndicators, Indicator, IndicatorFile, Quarter, addresses};
use crate::yaml::At;

/// Short names of the months.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Every indicator, a directorate at a time.
#[derive(Debug, PartialEq, Serialize)]
pub struct DashboardView {
    pub intro: Option<Words>,
    pub quarters: Vec<QuarterHead>,
    pub directorates: Vec<DirectorateView>,
}

/// The heading of a quarter.
#[derive(Debug, PartialEq, Serialize)]
pub struct QuarterHead {
    pub name: String,
    pub months: String,
}

/// The indicators of one directorate.
#[derive(Debug, PartialEq, Serialize)]
pub struct DirectorateView {
    pub id: String,
    /// A short name for cells that refer to its columns: `d1`.
    pub key: String,
    pub name: String,
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
    /// Without the addresses of its figures: the layout draws names after the quarters, out of their order.
    pub name: String,
    /// "Core Finance, area 8, quality".
    pub context: String,
    pub quarters: Vec<QuarterView>,
    pub line: LineView,
    pub target: Words,
    pub has_target: bool,
    pub frequency: &'static str,
    pub rating: RatingView,
    pub note: Option<Words>,
}

/// A quarter: the result, and what it comes from.
#[derive(Debug, PartialEq, Serialize)]
pub struct QuarterView {
    pub result: Words,
    pub detail: Option<Words>,
    /// Whether there is a result.
    pub is_figure: bool,
}

pub fn dashboard(desk: &Desk, stem: &str, file: &IndicatorFile) -> DashboardView {
    let intro = file.intro.as_ref().map(|intro| desk.words(intro));
    let mut number = 0;
    let directorates = file.directorates.iter().enumerate().map(|(place, directorate)| {
        let name = addresses::directorate_name(&desk.project.organisation, &directorate.directorate.value);
        DirectorateView {
            id: addresses::of_directorate(&name),
            key: format!("d{}", place + 1),
            summary: summary(desk, stem, file, directorate),
            indicators: directorate
                .indicators
                .iter()
                .map(|indicator| {
                    number += 1;
                    indicator_view(desk, indicator, number)
                })
                .collect(),
            name,
        }
    });
    DashboardView { intro, quarters: quarters(&desk.report.head.period), directorates: directorates.collect() }
}

fn summary(desk: &Desk, stem: &str, file: &IndicatorFile, directorate: &DirectorateIndicators) -> Words {
    let own = format!("{stem}.directorates.{}", directorate.directorate.value);
    let mut words = vec![
        desk.fact(&format!("{own}.count")),
        Words::plain(" of "),
        desk.fact(&format!("{stem}.count")),
        Words::plain(format!(" {}: ", noun(file))),
    ];
    let has = |rating: &&Rating| directorate.indicators.iter().any(|one| one.rating.value == **rating);
    for (place, rating) in Rating::ALL.iter().filter(has).enumerate() {
        words.extend((place > 0).then(|| Words::plain(", ")));
        words.push(desk.fact(&format!("{own}.{}", rating.word())));
        words.push(Words::plain(format!(" {}", rating.shown().to_lowercase())));
    }
    Words::join(words)
}

/// The four quarters of a period, from the month in which it begins.
fn quarters(period: &Period) -> Vec<QuarterHead> {
    let first = usize::from(period.from.month()) - 1;
    let month = |place: usize| MONTHS[(first + place) % 12];
    let head = |quarter: usize| QuarterHead {
        name: format!("Q{}", quarter + 1),
        months: format!("{} to {}", month(quarter * 3), month(quarter * 3 + 2)),
    };
    (0..4).map(head).collect()
}

fn indicator_view(desk: &Desk, indicator: &Indicator, number: usize) -> IndicatorView {
    let areas: Vec<String> = indicator.areas.iter().map(|area| area.value.to_string()).collect();
    let areas = match &areas[..] {
        [one] => format!("area {one}"),
        [first @ .., last] => format!("areas {} and {last}", first.join(", ")),
        [] => "no area".to_owned(),
    };
    let counts_money = counts_money(indicator);
    let growth =
        indicator.percentage_is.as_ref().is_some_and(|one| one.value == PercentageMeaning::GrowthOverDenominator);
    let between = if growth { " from " } else { " of " };
    IndicatorView {
        id: addresses::of_indicator(&indicator.id.value),
        key: format!("i{number}"),
        number,
        name: desk.plain(&indicator.name),
        context: format!("{}, {areas}, {}", desk.plain(&indicator.function), indicator.measures.word()),
        quarters: indicator.quarters.iter().map(|quarter| quarter_view(desk, quarter, counts_money, between)).collect(),
        line: charts::line(&results(indicator), comparable_target(indicator), &indicator.target.value.to_string()),
        target: target(desk, &indicator.target),
        has_target: indicator.target.value != Target::NotApplicable,
        frequency: indicator.frequency.shown(),
        rating: indicator.rating.value.into(),
        note: indicator.note.as_ref().map(|note| desk.words(note)),
    }
}

/// The target: its figure is a fact, the words round it are not.
fn target(desk: &Desk, target: &At<Target>) -> Words {
    let Target::Set { under, figure, of } = &target.value else { return Words::plain(target.value.to_string()) };
    let before = under.then(|| Words::plain("<"));
    let after = of.as_ref().map(|of| Words::plain(format!(" of {of}")));
    Words::join(before.into_iter().chain([desk.typed(target.at, figure.to_string())]).chain(after))
}

fn quarter_view(desk: &Desk, quarter: &Quarter, counts_money: bool, between: &str) -> QuarterView {
    let meaning = meaning(quarter, counts_money);
    let is_figure = meaning.result.is_some_and(|result| !result.value.is_absent());
    let figure = |figure: &At<Figure>| desk.figure(figure);
    let result = meaning.result.map_or_else(|| Words::plain(Figure::NoData.to_string()), figure);
    let detail = match (meaning.number, meaning.of) {
        (Some(number), Some(of)) => Some(Words::join([figure(number), Words::plain(between), figure(of)])),
        (Some(number), None) => Some(figure(number)),
        (None, Some(of)) => Some(Words::join([Words::plain("of "), figure(of)])),
        (None, None) => None,
    };
    QuarterView { result, detail, is_figure }
}
