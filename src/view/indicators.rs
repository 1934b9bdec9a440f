//! Indicators counted: by rating, by group, and by area; and the cover.

use serde::Serialize;

use super::capital;
use super::charts::{
    self, AreaIndicators, CoverIndicator, CoverPicture, LineResult, LineTarget, WheelView, WheelWords,
};
use super::copy_editor::{CopyEditor, Words};
use super::marked_word::MarkedWord;
use crate::fact::{Goal, PeriodResult, Slot};
use crate::model::values::Mark;
use crate::model::{
    Area, GroupingName, Indicator, IndicatorFile, IndicatorGroup, IndicatorShow, Rating, Show, addresses,
};
use crate::yaml::Text;

/// The results of an indicator's periods with their words, and its targets, as they can be held against each other in a
/// picture: none of them where the results have different units.
pub struct Results {
    pub periods: Vec<LineResult>,
    pub goals: Vec<Goal>,
    /// The results themselves, in the order of the periods.
    pub all: Vec<PeriodResult>,
}

impl Results {
    pub fn of(editor: &CopyEditor, stem: &str, indicator: &Indicator) -> Self {
        let series = editor.facts.series_of(&editor.report.id, &format!("{stem}.{}", indicator.id.value));
        let results = series.map(|series| series.results(editor.facts)).unwrap_or_default();
        let unit = results.first().map(|first| first.printed.unit);
        let alike = results.iter().all(|result| Some(result.printed.unit) == unit);
        let mut periods = vec![None; indicator.periods.len()];
        let all: Vec<PeriodResult> = results.into_iter().filter(|_| alike).collect();
        for result in &all {
            if let Slot::Period(place) = result.slot {
                periods[place] = Some((result.printed.number, editor.facts.printed(&editor.report.id, result.fact)));
            }
        }
        let goals = series.map(|series| &series.goals[..]).unwrap_or_default();
        let goals = goals.iter().filter(|goal| alike && Some(goal.figure.unit) == unit).copied().collect();
        Self { periods, goals, all }
    }

    /// The targets as lines show them.
    pub fn targets(&self) -> Vec<LineTarget> {
        let target = |goal: &Goal| LineTarget {
            from: goal.from,
            figure: goal.figure.number,
            to: goal.to.map(|(_, to)| to.number),
        };
        self.goals.iter().map(target).collect()
    }
}

/// What ratings and areas mean.
#[derive(Debug, PartialEq, Serialize)]
pub struct KeyView {
    pub ratings: Vec<RatingMeaning>,
    /// What the areas are called; none where there are none.
    pub areas_title: Option<String>,
    /// Numbers and names.
    pub areas: Vec<(String, Words)>,
}

/// A rating and what it means.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingMeaning {
    pub rating: MarkedWord,
    pub meaning: Words,
}

/// The areas of the file, such as those of the commissioning cycle.
#[derive(Debug, PartialEq, Serialize)]
pub struct CycleView {
    /// "Area".
    pub heading: String,
    /// "area of the commissioning cycle".
    pub each: String,
    pub summary: Words,
    pub total: String,
    pub noun: &'static str,
    pub wheel: WheelView,
}

/// The ratings of all indicators, and of each group.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingsView {
    pub id: String,
    pub chart: RatingsChart,
    pub by_group: Option<ByGroup>,
}

/// The ratings of each group.
#[derive(Debug, PartialEq, Serialize)]
pub struct ByGroup {
    /// "Directorate", as a heading.
    pub heading: String,
    /// "directorate".
    pub one: String,
    pub groups: Vec<GroupCount>,
    pub all: GroupCount,
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
    pub rating: MarkedWord,
    pub meaning: Words,
    pub count: Words,
    pub share: Words,
    /// The list of reasons for it, where the report shows one.
    pub why: Option<String>,
    /// Where its part of a bar of all indicators begins, and how long it is, in per cent.
    pub start: f64,
    pub width: f64,
    /// One mark an indicator.
    pub marks: Vec<Mark>,
}

/// A group with the number of its indicators, in all and by rating (in the order of the ratings).
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupCount {
    pub name: String,
    pub count: Words,
    pub by_rating: Vec<Words>,
    /// One mark an indicator.
    pub marks: Vec<Mark>,
}

/// How often a rating is given.
#[derive(Debug, PartialEq, Serialize)]
pub struct GivenCount {
    pub mark: Mark,
    /// "green".
    pub word: String,
    pub count: Words,
}

/// A group under the chief officer.
#[derive(Debug, PartialEq, Serialize)]
pub struct BranchView {
    pub name: String,
    /// The functions that have an indicator, each once.
    pub functions: String,
    /// "11 indicators".
    pub count: Words,
    /// How many of them have each rating.
    pub ratings: Vec<GivenCount>,
    /// One mark an indicator.
    pub marks: Vec<Mark>,
}

pub fn key(editor: &CopyEditor, file: &IndicatorFile) -> KeyView {
    let meaning =
        |rating: &Rating| RatingMeaning { rating: MarkedWord::of_rating(rating), meaning: editor.words(&rating.means) };
    let ratings = file.ratings.iter().map(|rating| meaning(rating)).collect();
    let areas = file.areas.iter().map(|area| (area.number.value.to_string(), editor.words(&area.name)));
    let areas_title = file.called.areas.as_ref().map(|called| capital(&called.counted(file.areas.len())));
    KeyView { ratings, areas_title, areas: areas.collect() }
}

/// The areas as a wheel.
pub fn cycle(editor: &CopyEditor, stem: &str, file: &IndicatorFile, called: &GroupingName) -> CycleView {
    let total = file.indicators().count();
    let places: usize = file.indicators().map(|one| one.areas.len()).sum();
    let segment = called.segment();
    let summary = if places == total {
        Words::join([editor.fact(&format!("{stem}.count")), Words::plain(format!(" {}", noun(file)))])
    } else {
        Words::join([
            Words::plain(format!(
                "An indicator in two {} is counted in both, so the counts add up to ",
                called.many.value
            )),
            editor.fact(&format!("{stem}.{segment}.places")),
            Words::plain(", not "),
            editor.fact(&format!("{stem}.count")),
        ])
    };
    let area = |area: &Area| AreaIndicators {
        number: area.number.value.to_string(),
        name: editor.words(&area.name),
        count: editor.fact(&format!("{stem}.{segment}.{}.count", area.number.value.0)),
        marks: marks(file, of_area(file, area)),
    };
    let areas: Vec<AreaIndicators> = file.areas.iter().map(area).collect();
    let of_areas = charts::noun(areas.len(), &called.one.value, &called.many.value).to_owned();
    CycleView {
        heading: capital(&called.one.value),
        each: called.one_of(),
        summary,
        total: total.to_string(),
        noun: noun(file),
        wheel: charts::wheel(areas, &of_areas, &total.to_string()),
    }
}

fn of_area<'f>(file: &'f IndicatorFile, area: &'f Area) -> impl Iterator<Item = &'f Indicator> {
    file.indicators().filter(|one| one.areas.iter().any(|named| named.value == area.number.value))
}

/// One mark an indicator, those of a rating together, in the order of the ratings.
fn marks<'f>(file: &IndicatorFile, indicators: impl Iterator<Item = &'f Indicator>) -> Vec<Mark> {
    let indicators: Vec<&Indicator> = indicators.collect();
    let of = |rating: &Rating| vec![rating.mark; indicators.iter().filter(|one| one.has(rating)).count()];
    file.ratings.iter().flat_map(|rating| of(rating)).collect()
}

pub fn ratings(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> RatingsView {
    let chart = ratings_chart(editor, stem, file);
    let by_group = file.called.groups.as_ref().map(|called| by_group(editor, stem, file, called));
    RatingsView { id: format!("ratings_{stem}"), chart, by_group }
}

/// The indicators by rating.
pub fn ratings_chart(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> RatingsChart {
    let total = file.indicators().count();
    let mut before = 0;
    let has_reasons = editor.report.shows(stem, Show::Indicators(IndicatorShow::Reasons));
    let count = |rating: &Rating| {
        let address = format!("{stem}.ratings.{}", rating.id.value);
        let marks = vec![rating.mark; file.indicators().filter(|one| one.has(rating)).count()];
        let start = charts::per_cent(before.into(), total.into());
        before += marks.len();
        RatingCount {
            rating: MarkedWord::of_rating(rating),
            meaning: editor.words(&rating.means),
            count: editor.fact(&address),
            share: editor.fact(&format!("{address}.share")),
            why: (has_reasons && rating.mark == Mark::Red && !marks.is_empty()).then(|| addresses::of_reasons(stem)),
            start,
            width: charts::per_cent(marks.len().into(), total.into()),
            marks,
        }
    };
    let mut count = count;
    let total = editor.fact(&format!("{stem}.count"));
    let counts: Vec<RatingCount> = file.ratings.iter().map(|rating| count(rating)).collect();
    let parts: Vec<String> = counts
        .iter()
        .map(|one| format!("{} {} ({})", one.count.text, one.rating.word.to_lowercase(), one.share.text))
        .collect();
    let noun = noun(file);
    RatingsChart { description: format!("{} {noun}: {}.", total.text, parts.join(", ")), total, noun, counts }
}

fn by_group(editor: &CopyEditor, stem: &str, file: &IndicatorFile, called: &GroupingName) -> ByGroup {
    let count = |group: &IndicatorGroup| {
        let address = address_of(stem, called, group);
        GroupCount {
            name: name_of(editor, group),
            by_rating: file.ratings.iter().map(|one| editor.fact(&format!("{address}.{}", one.id.value))).collect(),
            count: editor.fact(&format!("{address}.count")),
            marks: marks(file, group.indicators.iter()),
        }
    };
    let groups = file.groups.iter().map(count).collect();
    let by_rating = file.ratings.iter().map(|one| editor.fact(&format!("{stem}.ratings.{}", one.id.value))).collect();
    let all = GroupCount {
        name: format!("All {}", called.many.value),
        by_rating,
        count: editor.fact(&format!("{stem}.count")),
        marks: Vec::new(),
    };
    ByGroup { heading: capital(&called.one.value), one: called.one.value.clone(), groups, all }
}

/// The address of a group's counts.
pub fn address_of(stem: &str, called: &GroupingName, group: &IndicatorGroup) -> String {
    let id = group.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
    format!("{stem}.{}.{id}", called.segment())
}

/// What a group is called; nothing where a file has no groups.
pub fn name_of(editor: &CopyEditor, group: &IndicatorGroup) -> String {
    addresses::group_name(&editor.report.organisation, group)
}

/// The groups with their functions and the number of their indicators, under the chief officer.
pub fn tree(editor: &CopyEditor, stem: &str, file: &IndicatorFile, called: &GroupingName) -> Vec<BranchView> {
    let given = |rating: &Rating, address: &str| GivenCount {
        mark: rating.mark,
        word: rating.name.to_lowercase(),
        count: editor.fact(&format!("{address}.{}", rating.id.value)),
    };
    let branch = |group: &IndicatorGroup| {
        let noun = charts::noun(group.indicators.len(), " indicator", " indicators");
        let address = address_of(stem, called, group);
        let count = editor.fact(&format!("{address}.count"));
        BranchView {
            name: name_of(editor, group),
            functions: functions(editor, group),
            count: Words::join([count, Words::plain(noun)]),
            ratings: file.ratings.iter().map(|rating| given(rating, &address)).collect(),
            marks: marks(file, group.indicators.iter()),
        }
    };
    file.groups.iter().map(branch).collect()
}

/// "6 green, 2 amber, 3 no target": how many indicators have each rating; the counts have addresses below this one.
pub fn counts_of<'r>(editor: &CopyEditor, address: &str, ratings: impl Iterator<Item = &'r Rating>) -> Words {
    let mut words = Vec::new();
    for (place, rating) in ratings.enumerate() {
        words.extend((place > 0).then(|| Words::plain(", ")));
        words.push(editor.fact(&format!("{address}.{}", rating.id.value)));
        words.push(Words::plain(format!(" {}", rating.name.to_lowercase())));
    }
    Words::join(words)
}

/// The functions of a group that have an indicator, each once, in their order.
fn functions(editor: &CopyEditor, group: &IndicatorGroup) -> String {
    let mut functions: Vec<String> = Vec::new();
    for function in group.indicators.iter().filter_map(|one| one.function.as_ref()).map(|one: &Text| editor.plain(one))
    {
        if !functions.contains(&function) {
            functions.push(function);
        }
    }
    functions.join(", ")
}

/// "indicators", or "indicator" for a file of one.
pub fn noun(file: &IndicatorFile) -> &'static str {
    charts::noun(file.indicators().count(), "indicator", "indicators")
}

/// The marks of all indicators in the order of the report, group by group.
pub fn groups(file: &IndicatorFile) -> Vec<Vec<&'static str>> {
    let group = |one: &IndicatorGroup| one.indicators.iter().map(|one| one.rating.value.mark.word()).collect();
    file.groups.iter().map(group).collect()
}

/// The wheel of the cover: of the areas, or of the groups where there are none. Its figures are those of the report, and
/// are not counted as print of their own.
pub fn cover(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> CoverPicture {
    let shown = |address: String| editor.shown(&address);
    let place = |number| file.areas.iter().position(|area| area.number.value == number);
    let (numbers, called): (Vec<String>, _) = match file.areas.is_empty() {
        false => (file.areas.iter().map(|area| area.number.value.to_string()).collect(), &file.called.areas),
        true => (vec![String::new(); file.groups.len()], &file.called.groups),
    };
    let indicator = |(group, one): (usize, &Indicator)| CoverIndicator {
        areas: match file.areas.is_empty() {
            false => one.areas.iter().filter_map(|area| place(area.value)).collect(),
            true => vec![group],
        },
        results: Results::of(editor, stem, one).periods.into_iter().map(|result| Some(result?.0)).collect(),
        rating: one.rating.value.mark,
    };
    let count =
        |rating: &Rating| (rating.mark, rating.name.clone(), shown(format!("{stem}.ratings.{}", rating.id.value)));
    let key: Vec<_> = file.ratings.iter().map(|rating| count(rating)).collect();
    let total = shown(format!("{stem}.count"));
    let parts: Vec<String> = key.iter().map(|(_, word, count)| format!("{count} {}", word.to_lowercase())).collect();
    let of_areas = called.as_ref().map(|called| format!(" of the {} {}", numbers.len(), called.counted(numbers.len())));
    let in_area = called.as_ref().map(|called| format!(", in its {}", called.one_of())).unwrap_or_default();
    let words = WheelWords {
        description: format!(
            "A wheel{} with {total} {}, a spoke each: {}.",
            of_areas.unwrap_or_default(),
            noun(file),
            parts.join(", ")
        ),
        legend: format!("Each spoke is an indicator{in_area}. {} The mark at the end is the rating.", dots(file)),
        total,
        noun: noun(file),
        numbers,
        periods: file.periods.iter().map(|period| period.short().to_owned()).collect(),
        key,
    };
    let all =
        file.groups.iter().enumerate().flat_map(|(place, group)| group.indicators.iter().map(move |one| (place, one)));
    charts::cover_picture(words, &all.map(indicator).collect::<Vec<_>>())
}

/// What the dots of the wheel are.
fn dots(file: &IndicatorFile) -> String {
    match file.periods.count() {
        1 => "Its dot is the result.".to_owned(),
        _ => format!("Dots are the {}s, from the inside out: the bigger, the higher the result.", file.periods.noun()),
    }
}
