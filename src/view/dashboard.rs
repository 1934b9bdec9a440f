//! Indicators as they are shown: the dashboard, its keys and its counts.

use serde::Serialize;

use super::PartView;
use crate::model::values::{Figure, Percent, Period, Rating, Target};
use crate::model::{Indicator, IndicatorFile, Project, Quarter, addresses};
use crate::yaml::At;

/// Short names of the months.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Every indicator, a directorate at a time.
#[derive(Debug, Serialize)]
pub struct DashboardView {
    pub intro: Option<String>,
    pub quarters: Vec<QuarterHead>,
    pub directorates: Vec<DirectorateView>,
}

/// The heading of a quarter.
#[derive(Debug, Serialize)]
pub struct QuarterHead {
    pub name: String,
    pub months: String,
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
    pub name: String,
    pub count: usize,
    pub by_rating: Vec<usize>,
}

pub fn dashboard(project: &Project, period: &Period, file: &IndicatorFile) -> DashboardView {
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
        intro: file.intro.as_ref().map(|intro| intro.value.clone()),
        quarters: quarters(period),
        directorates: directorates.collect(),
    }
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
        quarters: indicator.quarters.iter().map(|quarter| quarter_view(quarter, counts_money(indicator))).collect(),
        target: indicator.target.value.to_string(),
        has_target: indicator.target.value != Target::NotApplicable,
        frequency: indicator.frequency.shown(),
        rating: indicator.rating.value.into(),
        note: indicator.note.as_ref().map(|note| note.value.clone()),
    }
}

/// What the figures of an indicator mean, in every quarter alike: a percentage is the result, with the numbers under
/// it; where money is counted, the count of cases is, with the money under it; otherwise the number is.
fn quarter_view(quarter: &Quarter, counts_money: bool) -> QuarterView {
    let value = |figure: &Option<At<Figure>>| figure.as_ref().map(|one| one.value);
    let (denominator, number, percentage) =
        (value(&quarter.denominator), value(&quarter.number), value(&quarter.percentage));
    let of = denominator.filter(|of| !of.is_absent());
    let present = number.filter(|number| !number.is_absent());
    let (result, detail) = match (percentage, number) {
        (Some(percentage), _) => (percentage, numbers_under(present, of)),
        (None, Some(number)) if counts_money => {
            (denominator.unwrap_or(number), denominator.and(present).map(|money| money.to_string()))
        }
        (None, Some(number)) => (number, present.and(numbers_under(None, of))),
        (None, None) => (denominator.unwrap_or(Figure::NoData), None),
    };
    QuarterView { result: result.to_string(), detail, is_figure: !result.is_absent() }
}

/// "75 of 182", as far as there are figures.
fn numbers_under(number: Option<Figure>, of: Option<Figure>) -> Option<String> {
    match (number, of) {
        (Some(number), Some(of)) => Some(format!("{number} of {of}")),
        (Some(number), None) => Some(number.to_string()),
        (None, Some(of)) => Some(format!("of {of}")),
        (None, None) => None,
    }
}

/// Whether an indicator's numbers are amounts of money.
fn counts_money(indicator: &Indicator) -> bool {
    let numbers = indicator.quarters.iter().filter_map(|quarter| quarter.number.as_ref());
    numbers.map(|number| number.value).any(|number| matches!(number, Figure::Money(_)))
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
        id: format!("ratings.{stem}"),
        counts: counts.collect(),
        total,
        directorates: by_directorate(project, file),
    }
}

pub fn by_directorate(project: &Project, file: &IndicatorFile) -> Vec<DirectorateCount> {
    file.directorates
        .iter()
        .map(|directorate| {
            let name = addresses::directorate_name(&project.organisation, &directorate.directorate.value);
            let count =
                |rating: &Rating| directorate.indicators.iter().filter(|one| one.rating.value == *rating).count();
            DirectorateCount {
                name,
                count: directorate.indicators.len(),
                by_rating: Rating::ALL.iter().map(count).collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::yaml::Parse;

    /// A quarter as it is shown, from its denominator, number and percentage; an empty text is a column not used.
    fn shown(figures: [&str; 3], counts_money: bool) -> (String, Option<String>) {
        let at = Span::new(FileId(0), 0..0);
        let read = |text: &str| (!text.is_empty()).then(|| At { value: Figure::parse(text).unwrap(), at });
        let [denominator, number, percentage] = figures.map(read);
        let view = quarter_view(&Quarter { denominator, number, percentage }, counts_money);
        (view.result, view.detail)
    }

    #[test]
    fn a_quarter_means_the_same_whatever_is_absent() {
        let expect = |figures, counts_money, result: &str, detail: Option<&str>| {
            assert_eq!(shown(figures, counts_money), (result.to_owned(), detail.map(str::to_owned)), "{figures:?}");
        };
        expect(["9000", "8778", "98%"], false, "98%", Some("8,778 of 9,000"));
        expect(["0", "0", "0%"], false, "0%", Some("0 of 0"));
        expect(["n/a", "n/a", "n/a"], false, "n/a", None);
        expect(["n/a", "50", "50%"], false, "50%", Some("50"));
        expect(["100", "n/a", "n/a"], false, "n/a", Some("of 100"));
        expect(["", "", "99.55%"], false, "99.55%", None);
        expect(["", "9.5 weeks", ""], false, "9.5 weeks", None);
        expect(["0", "0", ""], false, "0", Some("of 0"));
        expect(["50", "no data", ""], false, "No data", None);
        expect(["45", "£2,187,920", ""], true, "45", Some("£2,187,920"));
        expect(["100", "no data", ""], true, "100", None);
        expect(["n/a", "£5", ""], true, "n/a", Some("£5"));
    }
}
