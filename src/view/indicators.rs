//! Indicators counted: by rating, by group, and by area; and the cover.

use serde::Serialize;

use super::charts::{
    self, AreaIndicators, CoverIndicator, CoverPicture, LineResult, LineTarget, WheelView, WheelWords,
};
use super::copy_editor::{CopyEditor, Words};
use super::dashboard::heads;
use super::marked_word::{MarkedWord, in_text};
use crate::fact::{FactId, Goal, PeriodResult, Slot, Word};
use crate::letters::capital;
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
    /// "Indicators in each area of the commissioning cycle", and "Indicators, area".
    pub caption: String,
    pub head: String,
    pub summary: Words,
    pub total: String,
    pub noun: String,
    pub wheel: WheelView,
    /// What the marks say.
    pub key: Vec<MarkedWord>,
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
    /// "Ratings by directorate", and "Indicators of each directorate by rating".
    pub by: String,
    pub table: String,
    pub groups: Vec<GroupCount>,
    pub all: GroupCount,
}

/// The indicators by rating, as a chart of one mark an indicator.
#[derive(Debug, PartialEq, Serialize)]
pub struct RatingsChart {
    pub description: String,
    /// "39 indicators", and "39 indicators by rating".
    pub total: Words,
    pub title: Words,
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
    pub see_why: Words,
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
    /// "6 green".
    pub words: Words,
}

/// A group under the chief officer.
#[derive(Debug, PartialEq, Serialize)]
pub struct BranchView {
    pub name: String,
    /// The functions that have an indicator, each once.
    pub functions: String,
    /// "11 indicators".
    pub count: Words,
    /// How many of them have each rating, and the same in one text.
    pub ratings: Vec<GivenCount>,
    pub rated: Words,
    /// One mark an indicator.
    pub marks: Vec<Mark>,
}

pub fn key(editor: &CopyEditor, file: &IndicatorFile) -> KeyView {
    let meaning = |rating: &Rating| RatingMeaning {
        rating: MarkedWord::of_rating(editor, rating),
        meaning: editor.words(&rating.means),
    };
    let ratings = file.ratings.iter().map(|rating| meaning(rating)).collect();
    let areas = file.areas.iter().map(|area| (area.number.value.to_string(), editor.words(&area.name)));
    let areas_title =
        file.called.areas.as_ref().map(|called| capital(&called.counted(file.areas.len(), editor.wording())));
    KeyView { ratings, areas_title, areas: areas.collect() }
}

/// The areas as a wheel.
pub fn cycle(editor: &CopyEditor, stem: &str, file: &IndicatorFile, called: &GroupingName) -> CycleView {
    let total = file.indicators().count();
    let places: usize = file.indicators().map(|one| one.areas.len()).sum();
    let segment = called.segment("areas");
    let summary = if places == total {
        all_of(editor, stem, file)
    } else {
        editor.phrase(
            "cycle.counted-again",
            [
                ("areas", Words::plain(&called.many.value)),
                ("places", editor.fact(&format!("{stem}.{segment}.places"))),
                ("n", editor.fact(&format!("{stem}.count"))),
            ],
        )
    };
    let area = |area: &Area| AreaIndicators {
        number: area.number.value.to_string(),
        name: editor.words(&area.name),
        count: editor.fact(&format!("{stem}.{segment}.{}.count", area.number.value.0)),
        marks: marks(file, of_area(file, area)),
    };
    let areas: Vec<AreaIndicators> = file.areas.iter().map(area).collect();
    let wording = editor.wording();
    let heading = capital(&called.one.value);
    let of_areas = if areas.len() == 1 { &called.one.value } else { &called.many.value };
    let names = charts::wheel_described(&areas, of_areas, total, wording);
    CycleView {
        caption: wording.say("cycle.caption", &[("area", &called.one_of(wording))]),
        head: wording.say("cycle.head", &[("area", &heading)]),
        heading,
        summary,
        total: total.to_string(),
        noun: noun(editor, file),
        wheel: charts::wheel(areas, names),
        key: file.ratings.iter().map(|rating| MarkedWord::of_rating(editor, rating)).collect(),
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
        let after = before + marks.len();
        // The first stands where reading begins.
        let from_left = if editor.wording().is_rtl() { total - after } else { before };
        let start = charts::per_cent(from_left.into(), total.into());
        before = after;
        RatingCount {
            rating: MarkedWord::of_rating(editor, rating),
            see_why: editor.phrase("ratings.see-why", [("rating", Words::plain(in_text(editor, rating)))]),
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
    let wording = editor.wording();
    let parts = file.ratings.iter().zip(&counts).map(|(rating, one)| {
        let counted = rating_count(editor, rating, &one.count.text);
        wording.say("ratings.part", &[("count", &counted), ("share", &one.share.text)])
    });
    let all = file.indicators().count();
    RatingsChart {
        description: wording.say_of(all, "ratings.described", &[("n", &total.text), ("list", &wording.listed(parts))]),
        title: editor.phrase_of(all, "ratings.by-rating", [("n", total.clone())]),
        total: editor.phrase_of(all, "indicators.count", [("n", total)]),
        counts,
    }
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
        name: editor.wording().say("ratings.all", &[("groups", &called.many.value)]),
        by_rating,
        count: editor.fact(&format!("{stem}.count")),
        marks: Vec::new(),
    };
    let of_group = |key: &str| editor.wording().say(key, &[("group", &called.one.value)]);
    ByGroup {
        heading: capital(&called.one.value),
        by: of_group("ratings.by"),
        table: of_group("ratings.table"),
        groups,
        all,
    }
}

/// The address of a group's counts.
pub fn address_of(stem: &str, called: &GroupingName, group: &IndicatorGroup) -> String {
    let id = group.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
    format!("{stem}.{}.{id}", called.segment("groups"))
}

/// What a group is called; nothing where a file has no groups.
pub fn name_of(editor: &CopyEditor, group: &IndicatorGroup) -> String {
    addresses::group_name(&editor.report.organisation, group)
}

/// Tag of the language of a group's name, where a draft has no translation of it.
pub fn language_of_name(editor: &CopyEditor, group: &IndicatorGroup) -> Option<String> {
    let name = addresses::group_text(&editor.report.organisation, group)?;
    let untranslated = &editor.report.translation.as_ref()?.untranslated;
    untranslated.holds(name.at).then(|| untranslated.language.clone())
}

/// The groups with their functions and the number of their indicators, under the chief officer.
pub fn tree(editor: &CopyEditor, stem: &str, file: &IndicatorFile, called: &GroupingName) -> Vec<BranchView> {
    let given = |rating: &Rating, address: &str| GivenCount {
        mark: rating.mark,
        words: rating_counted(editor, rating, address),
    };
    let branch = |group: &IndicatorGroup| {
        let address = address_of(stem, called, group);
        let count = editor.fact(&format!("{address}.count"));
        let ratings: Vec<GivenCount> = file.ratings.iter().map(|rating| given(rating, &address)).collect();
        BranchView {
            name: name_of(editor, group),
            functions: functions(editor, group),
            count: editor.phrase_of(group.indicators.len(), "indicators.count", [("n", count)]),
            rated: editor.listed(ratings.iter().map(|one| one.words.clone())),
            ratings,
            marks: marks(file, group.indicators.iter()),
        }
    };
    file.groups.iter().map(branch).collect()
}

/// "6 green, 2 amber, 3 no target": how many indicators have each rating; the counts have addresses below this one.
pub fn counts_of<'r>(editor: &CopyEditor, address: &str, ratings: impl Iterator<Item = &'r Rating>) -> Words {
    editor.listed(ratings.map(|rating| rating_counted(editor, rating, address)))
}

/// "6 green", with its fact, whose address is below this one.
fn rating_counted(editor: &CopyEditor, rating: &Rating, address: &str) -> Words {
    let count = editor.fact(&format!("{address}.{}", rating.id.value));
    editor.phrase("rating.count", [("n", count), ("rating", Words::plain(in_text(editor, rating)))])
}

/// The same without its fact.
fn rating_count(editor: &CopyEditor, rating: &Rating, count: &str) -> String {
    editor.wording().say("rating.count", &[("n", count), ("rating", &in_text(editor, rating))])
}

/// "39 indicators": all of a file, with their fact.
pub fn all_of(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> Words {
    let all = editor.fact(&format!("{stem}.count"));
    editor.phrase_of(file.indicators().count(), "indicators.count", [("n", all)])
}

/// "11 of 39 indicators", with the fact of the part at that address.
pub fn part_of_all(editor: &CopyEditor, stem: &str, file: &IndicatorFile, part: &str) -> Words {
    let (part, all) = (editor.fact(part), editor.fact(&format!("{stem}.count")));
    editor.phrase_of(file.indicators().count(), "indicators.of", [("part", part), ("n", all)])
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
    editor.wording().listed(functions)
}

/// "indicators", or "indicator" for a file of one: what stands beside their number.
fn noun(editor: &CopyEditor, file: &IndicatorFile) -> String {
    editor.wording().say_of(file.indicators().count(), "indicators.noun", &[])
}

/// The marks of all indicators in the order of the report, group by group.
pub fn groups(file: &IndicatorFile) -> Vec<Vec<&'static str>> {
    let group = |one: &IndicatorGroup| one.indicators.iter().map(|one| one.rating.value.mark.word()).collect();
    file.groups.iter().map(group).collect()
}

/// The indicators that a text counts, by their places in the order of the report: those with a rating, of an area, of a group,
/// or of a group with a rating. None where it counts none or all.
pub fn counted_in(editor: &CopyEditor, stem: &str, file: &IndicatorFile, text: &Text) -> Vec<usize> {
    let bound = |word: &Word| match word {
        Word::Bound { fact, .. } => Some(*fact),
        _ => None,
    };
    let bound: Vec<FactId> = editor.words_of(text).iter().filter_map(bound).collect();
    if bound.is_empty() {
        return Vec::new();
    }
    let is_counted =
        |address: String| editor.facts.find(&editor.report.id, &address).is_some_and(|fact| bound.contains(&fact));
    let rated = |address: &str| -> Vec<&Rating> {
        let ratings = file.ratings.iter().map(|rating| &**rating);
        ratings.filter(|rating| is_counted(format!("{address}.{}", rating.id.value))).collect()
    };
    let anywhere = rated(&format!("{stem}.ratings"));
    let address_of_area =
        |called: &GroupingName, area: &Area| format!("{stem}.{}.{}.count", called.segment("areas"), area.number.value);
    let is_area =
        |area: &&Area| file.called.areas.as_ref().is_some_and(|called| is_counted(address_of_area(called, area)));
    let areas: Vec<&Area> = file.areas.iter().filter(is_area).collect();
    let of_group = |group: &IndicatorGroup| -> Vec<bool> {
        let own = file.called.groups.as_ref().map(|called| address_of(stem, called, group));
        let is_whole = own.as_ref().is_some_and(|own| is_counted(format!("{own}.count")));
        let within = own.map(|own| rated(&own)).unwrap_or_default();
        let is_lit = |one: &Indicator| {
            is_whole
                || anywhere.iter().chain(&within).any(|rating| one.has(rating))
                || areas.iter().any(|area| one.areas.iter().any(|own| own.value == area.number.value))
        };
        group.indicators.iter().map(is_lit).collect()
    };
    let all: Vec<bool> = file.groups.iter().flat_map(of_group).collect();
    if all.iter().all(|is_lit| *is_lit) {
        return Vec::new();
    }
    all.iter().enumerate().filter(|(_, is_lit)| **is_lit).map(|(place, _)| place).collect()
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
    let count = |rating: &Rating| {
        let word = MarkedWord::of_rating(editor, rating).word;
        (rating.mark, word, shown(format!("{stem}.ratings.{}", rating.id.value)))
    };
    let key: Vec<_> = file.ratings.iter().map(|rating| count(rating)).collect();
    let total = shown(format!("{stem}.count"));
    let words = WheelWords {
        description: described(editor, file, called.as_ref().map(|called| (called, numbers.len())), &total, &key),
        legend: legend(editor, file, called.as_ref()),
        total,
        noun: noun(editor, file),
        numbers,
        periods: file.periods.iter().map(|period| period.short(editor.wording())).collect(),
        key,
    };
    let all =
        file.groups.iter().enumerate().flat_map(|(place, group)| group.indicators.iter().map(move |one| (place, one)));
    charts::cover_picture(words, &all.map(indicator).collect::<Vec<_>>())
}

/// The wheel of the cover in words; `of` says what its parts are, and how many there are.
fn described(
    editor: &CopyEditor,
    file: &IndicatorFile,
    of: Option<(&GroupingName, usize)>,
    total: &str,
    key: &[(Mark, String, String)],
) -> String {
    let wording = editor.wording();
    let parts = file.ratings.iter().zip(key).map(|(rating, (_, _, count))| rating_count(editor, rating, count));
    let list = wording.listed(parts);
    let indicators = wording.say_of(file.indicators().count(), "indicators.count", &[("n", total)]);
    let fills = [("indicators", &*indicators), ("list", &*list)];
    match of {
        Some((called, count)) => {
            let areas = [("n", &*count.to_string()), ("areas", &*called.counted(count, wording))];
            let areas = wording.say("cycle.areas", &areas);
            wording.say("cover.wheel-of", &[fills[0], fills[1], ("areas", &areas)])
        }
        None => wording.say("cover.wheel", &fills),
    }
}

/// How the wheel of the cover is read.
fn legend(editor: &CopyEditor, file: &IndicatorFile, called: Option<&GroupingName>) -> String {
    let wording = editor.wording();
    let spoke = match called {
        Some(called) => wording.say("cover.spoke-in", &[("area", &called.one_of(wording))]),
        None => editor.say("cover.spoke"),
    };
    let dots = match file.periods.count() {
        1 => editor.say("cover.dot"),
        _ => heads::of_periods(editor, &file.periods, "dots"),
    };
    [spoke, dots, editor.say("cover.rating")].join(" ")
}
