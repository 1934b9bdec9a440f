//! Indicators as they are shown: the dashboard, its keys and its counts.

use rust_decimal::Decimal;
use serde::Serialize;

use super::charts::{self, AreaIndicators, CoverIndicator, CoverPicture, LineView, WheelWords};
use super::{Desk, PartView, Words};
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
        Words::plain(format!(" {}: ", indicators(file))),
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

/// The results of the quarters, with their words. Where nothing was counted (0 of 0) there is no result; results in
/// different units cannot be held against each other, and none is drawn.
fn results(indicator: &Indicator) -> Vec<Option<(Decimal, String)>> {
    let counts_money = counts_money(indicator);
    let result = |quarter: &Quarter| {
        let meaning = meaning(quarter, counts_money);
        let counted = meaning.number.is_none() || meaning.of.is_none_or(|of| of.value.number() != Some(Decimal::ZERO));
        meaning.result.filter(|_| counted).map(|result| result.value).filter(|result| !result.is_absent())
    };
    let results: Vec<Option<Figure>> = indicator.quarters.iter().map(result).collect();
    let mut units: Vec<&str> = results.iter().flatten().map(|result| result.unit()).collect();
    units.dedup();
    let shown = |result: Figure| Some((result.number()?, result.to_string()));
    results.into_iter().map(|result| result.filter(|_| units.len() == 1).and_then(shown)).collect()
}

/// The target, where it is of the same kind as every result.
fn comparable_target(indicator: &Indicator) -> Option<Decimal> {
    let Target::Set { figure, .. } = &indicator.target.value else { return None };
    let counts_money = counts_money(indicator);
    let results = indicator.quarters.iter().filter_map(|quarter| meaning(quarter, counts_money).result);
    let mut present = results.map(|result| result.value).filter(|result| !result.is_absent());
    let same = present.all(|result| result.unit() == figure.unit());
    figure.number().filter(|_| same)
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

/// What the figures of a quarter mean: the result, and the number and the whole under it.
struct Meaning<'q> {
    result: Option<&'q At<Figure>>,
    number: Option<&'q At<Figure>>,
    of: Option<&'q At<Figure>>,
}

/// The figures of an indicator mean the same in every quarter: a percentage is the result, with the numbers under it;
/// where money is counted, the count of cases is, with the money under it; otherwise the number is.
fn meaning(quarter: &Quarter, counts_money: bool) -> Meaning<'_> {
    fn present(figure: Option<&At<Figure>>) -> Option<&At<Figure>> {
        figure.filter(|figure| !figure.value.is_absent())
    }
    let (denominator, number, percentage) =
        (quarter.denominator.as_ref(), quarter.number.as_ref(), quarter.percentage.as_ref());
    let of = present(denominator);
    match (percentage, number) {
        (Some(_), _) => Meaning { result: percentage, number: present(number), of },
        (None, Some(_)) if counts_money => {
            Meaning { result: denominator.or(number), number: denominator.and(present(number)), of: None }
        }
        (None, Some(_)) => Meaning { result: number, number: None, of: of.filter(|_| present(number).is_some()) },
        (None, None) => Meaning { result: denominator, number: None, of: None },
    }
}

/// Whether an indicator's numbers are amounts of money.
fn counts_money(indicator: &Indicator) -> bool {
    let numbers = indicator.quarters.iter().filter_map(|quarter| quarter.number.as_ref());
    numbers.map(|number| number.value).any(|number| matches!(number, Figure::Money(_)))
}

pub fn key(desk: &Desk, file: &IndicatorFile) -> KeyView {
    let meaning =
        |rating: &Rating| RatingMeaning { rating: (*rating).into(), meaning: desk.words(file.ratings.of(*rating)) };
    let ratings = Rating::ALL.iter().map(meaning).collect();
    let areas = file.areas.iter().map(|area| (area.number.value.to_string(), desk.words(&area.name)));
    KeyView { ratings, areas: areas.collect() }
}

pub fn cycle(desk: &Desk, stem: &str, file: &IndicatorFile) -> PartView {
    let total = file.indicators().count();
    let places: usize = file.indicators().map(|one| one.areas.len()).sum();
    let summary = if places == total {
        Words::join([desk.fact(&format!("{stem}.count")), Words::plain(format!(" {}", indicators(file)))])
    } else {
        Words::join([
            Words::plain("An indicator in two areas is counted in both: "),
            desk.fact(&format!("{stem}.count")),
            Words::plain(format!(" {}, ", indicators(file))),
            desk.fact(&format!("{stem}.areas.places")),
            Words::plain(" places"),
        ])
    };
    let area = |area: &crate::model::Area| AreaIndicators {
        number: area.number.value.to_string(),
        name: desk.words(&area.name),
        count: desk.fact(&format!("{stem}.areas.{}.count", area.number.value.0)),
        ratings: of_area(file, area).map(|one| one.rating.value).collect(),
    };
    let areas = file.areas.iter().map(area).collect();
    PartView::Cycle {
        summary,
        total: total.to_string(),
        noun: indicators(file),
        wheel: charts::wheel(areas, &total.to_string()),
    }
}

fn of_area<'f>(file: &'f IndicatorFile, area: &'f crate::model::Area) -> impl Iterator<Item = &'f Indicator> {
    file.indicators().filter(|one| one.areas.iter().any(|named| named.value == area.number.value))
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
    let noun = indicators(file);
    RatingsChart { description: format!("{} {noun}: {}.", total.text, parts.join(", ")), total, noun, counts }
}

pub fn ratings(desk: &Desk, stem: &str, file: &IndicatorFile) -> PartView {
    let chart = ratings_chart(desk, stem, file);
    let directorates = by_directorate(desk, stem, file);
    let all = Rating::ALL.iter().map(|rating| desk.fact(&format!("{stem}.ratings.{}", rating.word()))).collect();
    let all_directorates = DirectorateCount {
        name: "All directorates".to_owned(),
        by_rating: all,
        count: desk.fact(&format!("{stem}.count")),
        marks: Vec::new(),
    };
    PartView::Ratings { id: format!("ratings.{stem}"), chart, directorates, all_directorates }
}

pub fn by_directorate(desk: &Desk, stem: &str, file: &IndicatorFile) -> Vec<DirectorateCount> {
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
fn indicators(file: &IndicatorFile) -> &'static str {
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
        results: results(one).into_iter().map(|result| Some(result?.0)).collect(),
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
            indicators(file),
            parts.join(", ")
        ),
        total,
        noun: indicators(file),
        numbers: file.areas.iter().map(|area| area.number.value.to_string()).collect(),
        key,
    };
    charts::cover_picture(words, &file.indicators().map(indicator).collect::<Vec<_>>())
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
        let quarter = Quarter { denominator, number, percentage };
        let Meaning { result, number, of } = meaning(&quarter, counts_money);
        let detail = [number.map(|number| number.value.to_string()), of.map(|of| format!("of {}", of.value))];
        let detail = detail.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (result.unwrap().value.to_string(), (!detail.is_empty()).then_some(detail))
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
