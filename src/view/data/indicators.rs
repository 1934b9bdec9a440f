//! Indicators as data.

use rust_decimal::Decimal;

use super::column::PER_CENT;
use super::{DataColumn, Dataset, Holds, figure_of_fact, names, number, said, unit};
use crate::fact::last_result;
use crate::letters::capital;
use crate::model::values::{Absence, Aim, Figure, Frequency, IndicatorColumn, Measures};
use crate::model::{Indicator, IndicatorFile, IndicatorGroup, TargetStep, addresses};
use crate::view::{CopyEditor, dashboard};

/// What stands for the way of a target where there is none.
const NO_TARGET: &str = "none";

/// What the files of indicators have columns for, besides those that all have.
struct Has {
    measures: bool,
    frequency: bool,
}

/// One row for each indicator and period, for the year where there are figures of it, and for the result of the edition
/// before where the file shows it. What a file does not have has no column.
pub fn dataset(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> Dataset {
    let has = |any: fn(&Indicator) -> bool| file.indicators().any(any);
    let has = Has { measures: has(|one| one.measures.is_some()), frequency: has(|one| one.frequency.is_some()) };
    let of_last = dashboard::head_of_last(editor, file).map(|head| format!("{}, {}", head.name, head.detail));
    let the_year = editor.say("dashboard.year");
    let period_names: Vec<String> = file.periods.iter().map(|period| period.shown(editor.wording())).collect();
    let mut rows = Vec::new();
    let all = file.groups.iter().flat_map(|group| group.indicators.iter().map(move |one| (group, one)));
    for (group, one) in all {
        let before = before(editor, file, (group, one), &has);
        let row = |[name, id]: [&str; 2], figures: Vec<String>, after: Vec<String>| {
            before.iter().cloned().chain([name.to_owned(), id.to_owned()]).chain(figures).chain(after).collect()
        };
        let periods = file
            .periods
            .iter()
            .enumerate()
            .map(|(place, period)| (Some(place), &*period_names[place], period.id.as_str()));
        let periods = periods.chain([(None, &*the_year, dashboard::YEAR)]);
        rows.extend(periods.zip(one.all_figures()).map(|((place, name, id), period)| {
            let figure = |column: &IndicatorColumn| match period.figure(*column) {
                Some(figure) => figure_with_unit(Some(figure.value)),
                None => [String::new(), String::new(), Absence::NotApplicable.shorthand().to_owned()],
            };
            row([name, id], IndicatorColumn::ALL.iter().flat_map(figure).collect(), after(editor, one, place, &has))
        }));
        rows.extend(of_last.as_deref().zip(last_result(stem, file, one)).map(|(name, (result, address))| {
            let known = editor.facts.find(&editor.report.id, &address);
            let figure = known.and_then(|fact| figure_of_fact(editor, fact, Decimal::ONE));
            // Of the year before the result alone is known here: its target and its rating were its own.
            let cell = |column: &IndicatorColumn| figure_with_unit(figure.filter(|_| *column == result));
            let nothing = vec![String::new(); after(editor, one, None, &has).len()];
            row([name, dashboard::LAST], IndicatorColumn::ALL.iter().flat_map(cell).collect(), nothing)
        }));
    }
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        description: editor.say("data.indicators"),
        notes: said(editor, file.intro.iter().map(|intro| (&file.caption, intro))),
        columns: columns(editor, file, of_last, &has),
        rows,
        key: names(["indicator_id", "period_id"]),
        parents: None,
    }
}

/// What stands before the figures: where the indicator belongs, and what it is.
fn before(
    editor: &CopyEditor,
    file: &IndicatorFile,
    (group, one): (&IndicatorGroup, &Indicator),
    has: &Has,
) -> Vec<String> {
    let called = &file.called;
    let areas: Vec<String> = one.areas.iter().map(|area| area.value.to_string()).collect();
    let function = one.function.as_ref().map(|function| editor.plain(function)).unwrap_or_default();
    let group_id = group.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
    let measures = one.measures.map(Measures::shown).unwrap_or_default().to_owned();
    let group = called.groups.as_ref().map(|_| [addresses::group_name(&editor.report.organisation, group), group_id]);
    let group = group.into_iter().flatten();
    let function = called.functions.as_ref().map(|_| function);
    let areas = called.areas.as_ref().map(|_| areas.join(" "));
    let about = [function, areas, has.measures.then_some(measures)].into_iter().flatten();
    group.chain(about).chain([one.id.value.to_string(), editor.plain(&one.name)]).collect()
}

/// What stands behind the figures of a period, or of the year: the target of that time, the rating and the note.
fn after(editor: &CopyEditor, one: &Indicator, period: Option<usize>, has: &Has) -> Vec<String> {
    let steps = one.target.steps();
    let step = match period {
        Some(period) => steps.iter().rev().find(|step| step.from <= period),
        None => steps.last(),
    };
    let figure = |of: fn(&TargetStep) -> Option<Figure>| step.and_then(of);
    let target = [
        one.target_shown(),
        number(figure(|step| Some(step.figure.value))),
        number(figure(|step| step.to.as_ref().map(|to| to.value))),
        unit(figure(|step| Some(step.figure.value))),
        step.map_or(NO_TARGET, |step| step.aim.word()).to_owned(),
    ];
    let frequency = has.frequency.then(|| one.frequency.map(Frequency::shown).unwrap_or_default().to_owned());
    let note = one.note.as_ref().map(|note| editor.plain(note)).unwrap_or_default();
    target.into_iter().chain(frequency).chain([one.rating.value.name.clone(), note]).collect()
}

/// A figure as a number, its unit, and what is to be known of it.
fn figure_with_unit(figure: Option<Figure>) -> [String; 3] {
    [number(figure), unit(figure), figure.map(Figure::shorthand).unwrap_or_default()]
}

fn columns(editor: &CopyEditor, file: &IndicatorFile, of_last: Option<String>, has: &Has) -> Vec<DataColumn> {
    let called = &file.called;
    let name = |word: &str| word.replace([' ', '-'], "_");
    let about = |key: &str, place: &'static str, name: &str| editor.wording().say(key, &[(place, name)]);
    let groups = called.groups.iter().flat_map(|one| {
        let (word, title) = (name(&one.one.value), capital(&one.one_of(editor.wording())));
        let id = DataColumn::text("group_id", &about("data.group-id", "group", &one.one_of(editor.wording())))
            .holding(Holds::Id);
        [DataColumn::text(&word, &title), id]
    });
    let functions = called
        .functions
        .as_ref()
        .map(|one| DataColumn::text(&name(&one.one.value), &capital(&one.one_of(editor.wording()))));
    let areas = called.areas.as_ref().map(|one| {
        let title = about("data.area-numbers", "areas", &one.counted(2, editor.wording()));
        DataColumn::text(&name(&one.many.value), &title).holding(Holds::Several)
    });
    let measures = DataColumn::text("measures", &editor.say("data.measures"))
        .holding(Holds::Code(Measures::ALL.iter().map(|one| (one.shown(), editor.say(one.key()))).collect()));
    let periods = file
        .periods
        .iter()
        .map(|period| period.shown(editor.wording()))
        .chain([editor.say("dashboard.year")])
        .chain(of_last);
    let frequency = DataColumn::text("frequency", &editor.say("data.frequency"))
        .holding(Holds::Code(Frequency::ALL.iter().map(|one| (one.shown(), editor.say(one.key()))).collect()));
    let aims = Aim::ALL.iter().map(|aim| (aim.word(), editor.say(said_of(*aim))));
    let aims = aims.chain([(NO_TARGET, editor.say("data.no-target"))]).collect();
    let ratings = file.ratings.iter().map(|rating| rating.name.clone()).collect();
    let figures = IndicatorColumn::ALL.iter().flat_map(|column| {
        let (name, title) = (column.word(), editor.say(headed(*column)));
        let unit = (*column == IndicatorColumn::Percentage).then_some(PER_CENT);
        [
            DataColumn::number(name, &title, unit),
            DataColumn::text(&format!("{name}_unit"), &about("data.unit-of", "column", &title)).holding(Holds::Unit),
            DataColumn::text(&format!("{name}_status"), &about("data.status-of", "column", &title)),
        ]
    });
    groups
        .chain(functions)
        .chain(areas)
        .chain(has.measures.then_some(measures))
        .chain([
            DataColumn::text("indicator_id", &editor.say("data.indicator-id")).holding(Holds::Id),
            DataColumn::text("indicator", &editor.say("data.indicator")),
            DataColumn::text("period", &editor.say("data.period")).holding(Holds::OneOf(periods.collect())),
            DataColumn::text("period_id", &editor.say("data.period-id")).holding(Holds::Id),
        ])
        .chain(figures)
        .chain([
            DataColumn::text("target", &editor.say("data.target")),
            DataColumn::number("target_number", &editor.say("data.target-number"), None),
            DataColumn::number("target_to", &editor.say("data.target-to"), None),
            DataColumn::text("target_unit", &editor.say("data.target-unit")).holding(Holds::Unit),
            DataColumn::text("target_is", &editor.say("data.target-is")).holding(Holds::Code(aims)),
        ])
        .chain(has.frequency.then_some(frequency))
        .chain([
            DataColumn::text("rating", &editor.say("data.rating")).holding(Holds::OneOf(ratings)),
            DataColumn::text("note", &editor.say("data.note")),
        ])
        .collect()
}

/// What a column of figures is called.
fn headed(column: IndicatorColumn) -> &'static str {
    match column {
        IndicatorColumn::Denominator => "data.denominator",
        IndicatorColumn::Number => "data.number",
        IndicatorColumn::Percentage => "data.percentage",
    }
}

/// What is said of the way of a target.
fn said_of(aim: Aim) -> &'static str {
    match aim {
        Aim::AtLeast => "data.at-least",
        Aim::AtMost => "data.at-most",
        Aim::Under => "data.under",
        Aim::Over => "data.over",
        Aim::Within => "data.within",
    }
}
