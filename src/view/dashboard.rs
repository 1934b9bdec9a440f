//! Indicators as they are shown: the dashboard, its keys and its counts.

use serde::Serialize;

use super::PartView;
use crate::model::values::{Figure, Percent, Rating, Target};
use crate::model::{Indicator, IndicatorFile, Project, Quarter, addresses};

/// The four quarters of a financial year, and their months.
const QUARTERS: [(&str, &str); 4] =
    [("Q1", "Apr to Jun"), ("Q2", "Jul to Sep"), ("Q3", "Oct to Dec"), ("Q4", "Jan to Mar")];

/// Every indicator, a directorate at a time.
#[derive(Debug, Serialize)]
pub struct DashboardView {
    pub caption: String,
    pub intro: Option<String>,
    pub quarters: Vec<QuarterHead>,
    pub total: usize,
    pub directorates: Vec<DirectorateView>,
}

/// The heading of a quarter.
#[derive(Debug, Serialize)]
pub struct QuarterHead {
    pub name: &'static str,
    pub months: &'static str,
}

/// The indicators of one directorate.
#[derive(Debug, Serialize)]
pub struct DirectorateView {
    pub id: String,
    pub name: String,
    /// "11 of 39 indicators: 6 green, 2 amber, 3 no target".
    pub summary: String,
    pub indicators: Vec<IndicatorView>,
}

/// One indicator.
#[derive(Debug, Serialize)]
pub struct IndicatorView {
    pub id: String,
    /// Its place among all indicators, from 1.
    pub number: usize,
    pub name: String,
    /// "Core Finance, area 8, quality".
    pub context: String,
    pub quarters: Vec<QuarterView>,
    pub target: String,
    pub has_target: bool,
    pub frequency: &'static str,
    pub rating: RatingView,
    pub note: Option<String>,
}

/// A quarter: the result, and what it comes from.
#[derive(Debug, Serialize)]
pub struct QuarterView {
    pub result: String,
    pub detail: Option<String>,
    /// Whether there is a result.
    pub is_figure: bool,
}

/// A rating: its key for colour and shape, and its word.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RatingView {
    pub key: Rating,
    pub word: &'static str,
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        Self { key: rating, word: rating.shown() }
    }
}

/// What ratings and areas mean.
#[derive(Debug, Serialize)]
pub struct KeyView {
    pub ratings: Vec<RatingMeaning>,
    pub areas: Vec<AreaView>,
}

/// A rating and what it means.
#[derive(Debug, Serialize)]
pub struct RatingMeaning {
    pub rating: RatingView,
    pub meaning: String,
}

/// An area of the cycle with the number of its indicators.
#[derive(Debug, Serialize)]
pub struct AreaView {
    pub number: String,
    pub name: String,
    pub count: usize,
}

/// How many indicators have a rating.
#[derive(Debug, Serialize)]
pub struct RatingCount {
    pub rating: RatingView,
    pub meaning: String,
    pub count: usize,
    pub share: String,
}

/// A directorate with the number of its indicators, in all and by rating (in the order of the ratings).
#[derive(Debug, Serialize)]
pub struct DirectorateCount {
    pub id: String,
    pub name: String,
    pub count: usize,
    pub by_rating: Vec<usize>,
    pub ratings: Vec<RatingView>,
}

pub fn dashboard(project: &Project, file: &IndicatorFile) -> DashboardView {
    let total = file.indicators().count();
    let mut number = 0;
    let directorates = file.directorates.iter().map(|directorate| {
        let name = addresses::directorate_name(&project.organisation, &directorate.directorate.value);
        let count = |rating| directorate.indicators.iter().filter(|one| one.rating.value == rating).count();
        let by_rating: Vec<String> = Rating::ALL
            .iter()
            .map(|rating| (count(*rating), rating.shown().to_lowercase()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        DirectorateView {
            id: addresses::of_directorate(&name),
            summary: format!("{} of {total} indicators: {}", directorate.indicators.len(), by_rating.join(", ")),
            indicators: directorate
                .indicators
                .iter()
                .map(|indicator| {
                    number += 1;
                    indicator_view(indicator, number)
                })
                .collect(),
            name,
        }
    });
    DashboardView {
        caption: file.caption.value.clone(),
        intro: file.intro.as_ref().map(|intro| intro.value.clone()),
        quarters: QUARTERS.iter().map(|(name, months)| QuarterHead { name, months }).collect(),
        directorates: directorates.collect(),
        total,
    }
}

fn indicator_view(indicator: &Indicator, number: usize) -> IndicatorView {
    let areas: Vec<String> = indicator.areas.iter().map(|area| area.value.to_string()).collect();
    let areas = match &areas[..] {
        [one] => format!("area {one}"),
        [first @ .., last] => format!("areas {} and {last}", first.join(", ")),
        [] => "no area".to_owned(),
    };
    IndicatorView {
        id: addresses::of_indicator(&indicator.id.value),
        number,
        name: indicator.name.value.clone(),
        context: format!("{}, {areas}, {}", indicator.function.value, indicator.measures.word()),
        quarters: indicator.quarters.iter().map(quarter_view).collect(),
        target: indicator.target.value.to_string(),
        has_target: indicator.target.value != Target::NotApplicable,
        frequency: indicator.frequency.shown(),
        rating: indicator.rating.value.into(),
        note: indicator.note.as_ref().map(|note| note.value.clone()),
    }
}

/// The percentage is the result where there is one, with the numbers under it; otherwise the number, or, where money
/// is counted, the count of cases with the money under it.
fn quarter_view(quarter: &Quarter) -> QuarterView {
    let [denominator, number, percentage] =
        [&quarter.denominator, &quarter.number, &quarter.percentage].map(|figure| figure.as_ref().map(|one| one.value));
    let all_absent = [denominator, number, percentage].iter().flatten().all(|figure| figure.is_absent());
    let (result, detail) = match (denominator, number, percentage) {
        (_, number, Some(percentage)) if all_absent => (percentage, number.and(None)),
        (Some(of), Some(number), Some(percentage)) => (percentage, Some(format!("{number} of {of}"))),
        (None, Some(number), Some(percentage)) => (percentage, Some(number.to_string())),
        (Some(of), None, Some(percentage)) => (percentage, Some(format!("of {of}"))),
        (None, None, Some(percentage)) => (percentage, None),
        (Some(cases), Some(money @ Figure::Money(_)), None) => (cases, Some(money.to_string())),
        (Some(of), Some(number), None) => (number, Some(format!("of {of}"))),
        (Some(only), None, None) | (None, Some(only), None) => (only, None),
        (None, None, None) => (Figure::NoData, None),
    };
    QuarterView { result: result.to_string(), detail, is_figure: !result.is_absent() }
}

pub fn key(file: &IndicatorFile) -> KeyView {
    let meaning =
        |rating: &Rating| RatingMeaning { rating: (*rating).into(), meaning: file.ratings.of(*rating).to_owned() };
    KeyView { ratings: Rating::ALL.iter().map(meaning).collect(), areas: areas(file) }
}

fn areas(file: &IndicatorFile) -> Vec<AreaView> {
    let count = |number| file.indicators().filter(|one| one.areas.iter().any(|area| area.value == number)).count();
    file.areas
        .iter()
        .map(|area| AreaView {
            number: area.number.value.to_string(),
            name: area.name.value.clone(),
            count: count(area.number.value),
        })
        .collect()
}

pub fn cycle(file: &IndicatorFile) -> PartView {
    let areas = areas(file);
    PartView::Cycle { total: file.indicators().count(), sum: areas.iter().map(|area| area.count).sum(), areas }
}

pub fn ratings(stem: &str, project: &Project, file: &IndicatorFile) -> PartView {
    let total = file.indicators().count();
    let counts = Rating::ALL.iter().map(|rating| {
        let count = file.indicators().filter(|one| one.rating.value == *rating).count();
        RatingCount {
            rating: (*rating).into(),
            meaning: file.ratings.of(*rating).to_owned(),
            count,
            share: Percent::share(count, total).map_or(Figure::NotApplicable.to_string(), |share| share.to_string()),
        }
    });
    PartView::Ratings {
        id: format!("ratings-{stem}"),
        counts: counts.collect(),
        total,
        directorates: by_directorate(project, file),
    }
}

pub fn by_directorate(project: &Project, file: &IndicatorFile) -> Vec<DirectorateCount> {
    let ratings: Vec<RatingView> = Rating::ALL.iter().map(|rating| (*rating).into()).collect();
    file.directorates
        .iter()
        .map(|directorate| {
            let name = addresses::directorate_name(&project.organisation, &directorate.directorate.value);
            let count =
                |rating: &Rating| directorate.indicators.iter().filter(|one| one.rating.value == *rating).count();
            DirectorateCount {
                id: addresses::of_directorate(&name),
                name,
                count: directorate.indicators.len(),
                by_rating: Rating::ALL.iter().map(count).collect(),
                ratings: ratings.clone(),
            }
        })
        .collect()
}
