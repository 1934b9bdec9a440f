//! The dashboard: every indicator with its quarters, target and rating.

use serde::Serialize;

use super::charts::{self, LineView};
use super::desk::{Desk, Words};
use super::indicators::{RatingView, Results, noun};
use crate::fact::{QuarterReading, Reading};
use crate::model::values::{Date, Figure, PercentageMeaning, Period, Rating, Target};
use crate::model::{DirectorateIndicators, Indicator, IndicatorFile, addresses};
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
                    indicator_view(desk, stem, indicator, number)
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

/// The four quarters of a period, three months each from the month in which it begins. They end where it ends: in a
/// shorter period, quarters after its end have no months; of a longer one, the last goes on to the end.
fn quarters(period: &Period) -> Vec<QuarterHead> {
    let month_of = |day: Date| day.year() * 12 + i32::from(day.month()) - 1;
    let (first, last) = (month_of(period.from), month_of(period.to));
    let months = |quarter: i32| {
        let from = first + quarter * 3;
        let to = if quarter == 3 { last.max(from) } else { (from + 2).min(last) };
        if from <= last { months(from, to) } else { String::new() }
    };
    (0..4).map(|quarter| QuarterHead { name: format!("Q{}", quarter + 1), months: months(quarter) }).collect()
}

/// "Apr to Jun", or one month alone; with their years where they are a year or more apart.
fn months(from: i32, to: i32) -> String {
    let name = |month: i32| MONTHS[month.rem_euclid(12) as usize];
    match to - from {
        0 => name(from).to_owned(),
        1..12 => format!("{} to {}", name(from), name(to)),
        _ => format!("{} {} to {} {}", name(from), from.div_euclid(12), name(to), to.div_euclid(12)),
    }
}

fn indicator_view(desk: &Desk, stem: &str, indicator: &Indicator, number: usize) -> IndicatorView {
    let areas: Vec<String> = indicator.areas.iter().map(|area| area.value.to_string()).collect();
    let areas = match &areas[..] {
        [one] => format!("area {one}"),
        [first @ .., last] => format!("areas {} and {last}", first.join(", ")),
        [] => "no area".to_owned(),
    };
    let reading = Reading::of(indicator);
    let results = Results::of(desk, stem, indicator);
    let growth =
        indicator.percentage_is.as_ref().is_some_and(|one| one.value == PercentageMeaning::GrowthOverDenominator);
    let between = if growth { " from " } else { " of " };
    IndicatorView {
        id: addresses::of_indicator(&indicator.id.value),
        key: format!("i{number}"),
        number,
        name: desk.plain(&indicator.name),
        context: format!("{}, {areas}, {}", desk.plain(&indicator.function), indicator.measures.word()),
        quarters: indicator
            .quarters
            .iter()
            .map(|quarter| quarter_view(desk, reading.quarter(quarter), between))
            .collect(),
        line: charts::line(&results.quarters, results.target, &indicator.target.value.to_string()),
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

fn quarter_view(desk: &Desk, quarter: QuarterReading, between: &str) -> QuarterView {
    let is_figure = quarter.result.is_some_and(|result| !result.value.is_absent());
    let figure = |figure: &At<Figure>| desk.figure(figure);
    let result = quarter.result.map_or_else(|| Words::plain(Figure::NoData.to_string()), figure);
    let counted = match (quarter.number, quarter.of) {
        (Some(number), Some(of)) => vec![figure(number), Words::plain(between), figure(of)],
        (Some(number), None) => vec![figure(number)],
        (None, Some(of)) => vec![Words::plain("of "), figure(of)],
        (None, None) => Vec::new(),
    };
    let percentage = quarter.percentage.map(|percentage| match counted.is_empty() {
        true => vec![figure(percentage)],
        false => vec![Words::plain(" ("), figure(percentage), Words::plain(")")],
    });
    let detail: Vec<Words> = counted.into_iter().chain(percentage.into_iter().flatten()).collect();
    QuarterView { result, detail: (!detail.is_empty()).then(|| Words::join(detail)), is_figure }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::yaml::Parse;

    fn heads(from: &str, to: &str) -> Vec<String> {
        let day = |text| Date::parse(text).unwrap();
        let period = Period { from: day(from), to: day(to), at: Span::new(FileId(0), 0..0) };
        quarters(&period).into_iter().map(|head| head.months).collect()
    }

    #[test]
    fn quarters_end_where_the_period_ends() {
        let year = heads("2025-04-01", "2026-03-31");
        assert_eq!(year, ["Apr to Jun", "Jul to Sep", "Oct to Dec", "Jan to Mar"]);
        assert_eq!(heads("2025-04-01", "2025-09-30"), ["Apr to Jun", "Jul to Sep", "", ""]);
        assert_eq!(heads("2025-09-01", "2026-07-31")[3], "Jun to Jul");
        assert_eq!(heads("2025-01-01", "2025-10-31")[3], "Oct");
        assert_eq!(heads("2025-01-01", "2026-03-31")[3], "Oct to Mar");
        assert_eq!(heads("2024-04-01", "2026-03-31")[3], "Jan 2025 to Mar 2026");
    }

    #[test]
    fn a_period_from_the_middle_of_a_month_ends_in_the_month_of_its_last_day() {
        assert_eq!(heads("2025-04-06", "2026-04-05")[3], "Jan to Apr");
    }
}
