//! Indicators counted: by rating, by directorate, and by area of the cycle; and the cover.

use rust_decimal::Decimal;
use serde::Serialize;

use super::charts::{self, AreaIndicators, CoverIndicator, CoverPicture, WheelView, WheelWords};
use super::desk::{Desk, Words};
use crate::model::values::Rating;
use crate::model::{Area, DirectorateIndicators, Indicator, IndicatorFile, addresses};

/// A rating: its key for colour and shape, and its word.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RatingView {
    pub key: Rating,
    pub word: &'static str,
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        Self { key: rating, word: rating.shown() }
    }
}

/// The results of an indicator's quarters with their words, and its target, as they can be held against each other in a
/// picture: none of them where the results have different units.
pub struct Results {
    pub quarters: Vec<Option<(Decimal, String)>>,
    pub target: Option<Decimal>,
}

impl Results {
    pub fn of(desk: &Desk, stem: &str, indicator: &Indicator) -> Self {
        let series = desk.facts.series_of(&desk.report.id, &format!("{stem}.{}", indicator.id.value));
        let results = series.map(|series| series.results(desk.facts)).unwrap_or_default();
        let unit = results.first().map(|first| first.printed.unit);
        let alike = results.iter().all(|result| Some(result.printed.unit) == unit);
        let mut quarters = vec![None; indicator.quarters.len()];
        for result in results.iter().filter(|_| alike) {
            quarters[result.quarter] = Some((result.printed.number, desk.facts.shown(result.fact)));
        }
        let goal =
            series.and_then(|series| series.goal(desk.facts)).filter(|goal| alike && Some(goal.figure.unit) == unit);
        Self { quarters, target: goal.map(|goal| goal.figure.number) }
    }
}

/// What ratings and areas mean.
#[derive(Debug, PartialEq, Serialize)]
pub struct KeyView {
    pub ratings: Vec<RatingMeaning>,
    /// Numbers and names.
    pub areas: Vec<(String, Words)>,
}

/// A rating and what it means.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingMeaning {
    pub rating: RatingView,
    pub meaning: Words,
}

/// The areas of the commissioning cycle.
#[derive(Debug, PartialEq, Serialize)]
pub struct CycleView {
    pub summary: Words,
    pub total: String,
    pub noun: &'static str,
    pub wheel: WheelView,
}

/// The ratings of all indicators, and of each directorate.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingsView {
    pub id: String,
    pub chart: RatingsChart,
    pub directorates: Vec<DirectorateCount>,
    pub all_directorates: DirectorateCount,
}

/// The indicators by rating, as a chart of one mark an indicator.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingsChart {
    pub description: String,
    pub total: Words,
    /// "indicators", or "indicator" for one.
    pub noun: &'static str,
    pub counts: Vec<RatingCount>,
}

/// How many indicators have a rating.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingCount {
    pub rating: RatingView,
    pub meaning: Words,
    pub count: Words,
    pub share: Words,
    /// Where its part of a bar of all indicators begins, and how long it is, in per cent.
    pub start: f64,
    pub width: f64,
    /// One mark an indicator.
    pub marks: Vec<Rating>,
}

/// A directorate with the number of its indicators, in all and by rating (in the order of the ratings).
#[derive(Debug, PartialEq, Serialize)]
pub struct DirectorateCount {
    pub name: String,
    pub count: Words,
    pub by_rating: Vec<Words>,
    /// One mark an indicator.
    pub marks: Vec<Rating>,
}

/// A directorate under the chief officer.
#[derive(Debug, PartialEq, Serialize)]
pub struct BranchView {
    pub name: String,
    /// The functions that have an indicator, each once.
    pub functions: String,
    /// "11 indicators".
    pub count: Words,
    /// One mark an indicator.
    pub marks: Vec<Rating>,
}

pub fn key(desk: &Desk, file: &IndicatorFile) -> KeyView {
    let meaning =
        |rating: &Rating| RatingMeaning { rating: (*rating).into(), meaning: desk.words(file.ratings.of(*rating)) };
    let ratings = Rating::ALL.iter().map(meaning).collect();
    let areas = file.areas.iter().map(|area| (area.number.value.to_string(), desk.words(&area.name)));
    KeyView { ratings, areas: areas.collect() }
}

pub fn cycle(desk: &Desk, stem: &str, file: &IndicatorFile) -> CycleView {
    let total = file.indicators().count();
    let places: usize = file.indicators().map(|one| one.areas.len()).sum();
    let summary = if places == total {
        Words::join([desk.fact(&format!("{stem}.count")), Words::plain(format!(" {}", noun(file)))])
    } else {
        Words::join([
            Words::plain("An indicator in two areas is counted in both: "),
            desk.fact(&format!("{stem}.count")),
            Words::plain(format!(" {}, ", noun(file))),
            desk.fact(&format!("{stem}.areas.places")),
            Words::plain(" places"),
        ])
    };
    let area = |area: &Area| AreaIndicators {
        number: area.number.value.to_string(),
        name: desk.words(&area.name),
        count: desk.fact(&format!("{stem}.areas.{}.count", area.number.value.0)),
        ratings: of_area(file, area).map(|one| one.rating.value).collect(),
    };
    let areas = file.areas.iter().map(area).collect();
    CycleView { summary, total: total.to_string(), noun: noun(file), wheel: charts::wheel(areas, &total.to_string()) }
}

fn of_area<'f>(file: &'f IndicatorFile, area: &'f Area) -> impl Iterator<Item = &'f Indicator> {
    file.indicators().filter(|one| one.areas.iter().any(|named| named.value == area.number.value))
}

pub fn ratings(desk: &Desk, stem: &str, file: &IndicatorFile) -> RatingsView {
    let chart = ratings_chart(desk, stem, file);
    let directorates = by_directorate(desk, stem, file);
    let all = Rating::ALL.iter().map(|rating| desk.fact(&format!("{stem}.ratings.{}", rating.word()))).collect();
    let all_directorates = DirectorateCount {
        name: "All directorates".to_owned(),
        by_rating: all,
        count: desk.fact(&format!("{stem}.count")),
        marks: Vec::new(),
    };
    RatingsView { id: format!("ratings.{stem}"), chart, directorates, all_directorates }
}

/// The indicators by rating.
pub fn ratings_chart(desk: &Desk, stem: &str, file: &IndicatorFile) -> RatingsChart {
    let total = file.indicators().count();
    let of = |rating: Rating| file.indicators().map(|one| one.rating.value).filter(move |one| *one == rating);
    let mut before = 0;
    let count = |rating: &Rating| {
        let address = format!("{stem}.ratings.{}", rating.word());
        let marks: Vec<Rating> = of(*rating).collect();
        let start = charts::per_cent(before.into(), total.into());
        before += marks.len();
        RatingCount {
            rating: (*rating).into(),
            meaning: desk.words(file.ratings.of(*rating)),
            count: desk.fact(&address),
            share: desk.fact(&format!("{address}.share")),
            start,
            width: charts::per_cent(marks.len().into(), total.into()),
            marks,
        }
    };
    let total = desk.fact(&format!("{stem}.count"));
    let counts: Vec<RatingCount> = Rating::ALL.iter().map(count).collect();
    let parts: Vec<String> = counts
        .iter()
        .map(|one| format!("{} {} ({})", one.count.text, one.rating.word.to_lowercase(), one.share.text))
        .collect();
    let noun = noun(file);
    RatingsChart { description: format!("{} {noun}: {}.", total.text, parts.join(", ")), total, noun, counts }
}

fn by_directorate(desk: &Desk, stem: &str, file: &IndicatorFile) -> Vec<DirectorateCount> {
    let count = |directorate: &DirectorateIndicators| {
        let address = format!("{stem}.directorates.{}", directorate.directorate.value);
        DirectorateCount {
            name: addresses::directorate_name(&desk.project.organisation, &directorate.directorate.value),
            by_rating: Rating::ALL.iter().map(|rating| desk.fact(&format!("{address}.{}", rating.word()))).collect(),
            count: desk.fact(&format!("{address}.count")),
            marks: marks(directorate),
        }
    };
    file.directorates.iter().map(count).collect()
}

/// The directorates with their functions and the number of their indicators.
pub fn tree(desk: &Desk, stem: &str, file: &IndicatorFile) -> Vec<BranchView> {
    let branch = |directorate: &DirectorateIndicators| {
        let noun = charts::noun(directorate.indicators.len(), " indicator", " indicators");
        let count = desk.fact(&format!("{stem}.directorates.{}.count", directorate.directorate.value));
        BranchView {
            name: addresses::directorate_name(&desk.project.organisation, &directorate.directorate.value),
            functions: functions(desk, directorate),
            count: Words::join([count, Words::plain(noun)]),
            marks: marks(directorate),
        }
    };
    file.directorates.iter().map(branch).collect()
}

/// The functions of a directorate that have an indicator, each once, in their order.
fn functions(desk: &Desk, directorate: &DirectorateIndicators) -> String {
    let mut functions: Vec<String> = Vec::new();
    for function in directorate.indicators.iter().map(|one| desk.plain(&one.function)) {
        if !functions.contains(&function) {
            functions.push(function);
        }
    }
    functions.join(", ")
}

fn marks(directorate: &DirectorateIndicators) -> Vec<Rating> {
    charts::marks(directorate.indicators.iter().map(|one| one.rating.value))
}

/// "indicators", or "indicator" for a file of one.
pub fn noun(file: &IndicatorFile) -> &'static str {
    charts::noun(file.indicators().count(), "indicator", "indicators")
}

/// The ratings of all indicators in the order of the report, a group a directorate.
pub fn groups(file: &IndicatorFile) -> Vec<Vec<&'static str>> {
    let group = |one: &DirectorateIndicators| one.indicators.iter().map(|one| one.rating.value.word()).collect();
    file.directorates.iter().map(group).collect()
}

/// The wheel of the cover. Its figures are those of the report, and are not counted as print of their own.
pub fn cover(desk: &Desk, stem: &str, file: &IndicatorFile) -> CoverPicture {
    let shown = |address: String| desk.shown(&address);
    let place = |number| file.areas.iter().position(|area| area.number.value == number);
    let indicator = |one: &Indicator| CoverIndicator {
        areas: one.areas.iter().filter_map(|area| place(area.value)).collect(),
        results: Results::of(desk, stem, one).quarters.into_iter().map(|result| Some(result?.0)).collect(),
        rating: one.rating.value,
    };
    let count = |rating: &Rating| (*rating, rating.shown(), shown(format!("{stem}.ratings.{}", rating.word())));
    let key: Vec<_> = Rating::ALL.iter().map(count).collect();
    let total = shown(format!("{stem}.count"));
    let parts: Vec<String> = key.iter().map(|(_, word, count)| format!("{count} {}", word.to_lowercase())).collect();
    let words = WheelWords {
        description: format!(
            "A wheel of the {} {} of the commissioning cycle with {total} {}, a spoke each: {}.",
            file.areas.len(),
            charts::noun(file.areas.len(), "area", "areas"),
            noun(file),
            parts.join(", ")
        ),
        total,
        noun: noun(file),
        numbers: file.areas.iter().map(|area| area.number.value.to_string()).collect(),
        key,
    };
    charts::cover_picture(words, &file.indicators().map(indicator).collect::<Vec<_>>())
}
