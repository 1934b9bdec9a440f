//! Indicators as data.

use rust_decimal::Decimal;

use super::column::{PER_CENT, STATUS};
use super::{DataColumn, Dataset, Holds, figure_of_fact, names, number, said, unit};
use crate::fact::last_result;
use crate::model::values::{Absence, Aim, Figure, Frequency, IndicatorColumn, Measures};
use crate::model::{Indicator, IndicatorFile, IndicatorGroup, TargetStep, addresses};
use crate::view::{CopyEditor, capital, dashboard};

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
    let mut rows = Vec::new();
    let all = file.groups.iter().flat_map(|group| group.indicators.iter().map(move |one| (group, one)));
    for (group, one) in all {
        let before = before(editor, file, (group, one), &has);
        let row = |[name, id]: [&str; 2], figures: Vec<String>, after: Vec<String>| {
            before.iter().cloned().chain([name.to_owned(), id.to_owned()]).chain(figures).chain(after).collect()
        };
        let periods =
            file.periods.iter().enumerate().map(|(place, period)| (Some(place), &*period.name, period.id.as_str()));
        let periods = periods.chain([(None, "Year", dashboard::YEAR)]);
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
        description: "Each indicator by period: its figures, target and rating.",
        notes: said(editor, file.intro.iter().map(|intro| (&file.caption, intro))),
        columns: columns(file, of_last, &has),
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

fn columns(file: &IndicatorFile, of_last: Option<String>, has: &Has) -> Vec<DataColumn> {
    let called = &file.called;
    let name = |word: &str| word.replace([' ', '-'], "_");
    let words = |all: &[&str]| Holds::OneOf(all.iter().map(|word| (*word).to_owned()).collect());
    let groups = called.groups.iter().flat_map(|one| {
        let (word, title) = (name(&one.one.value), capital(&one.one_of()));
        let id = DataColumn::text("group_id", &format!("Id of the {}", one.one_of())).holding(Holds::Id);
        [DataColumn::text(&word, &title), id]
    });
    let functions =
        called.functions.as_ref().map(|one| DataColumn::text(&name(&one.one.value), &capital(&one.one_of())));
    let areas = called.areas.as_ref().map(|one| {
        let title = format!("Numbers of the {}, parted by spaces", one.counted(2));
        DataColumn::text(&name(&one.many.value), &title).holding(Holds::Several)
    });
    let measures = DataColumn::text("measures", "Whether the indicator measures quality or quantity")
        .holding(words(&Measures::ALL.iter().map(|one| one.shown()).collect::<Vec<_>>()));
    let periods = file.periods.iter().map(|period| period.name.clone()).chain(["Year".to_owned()]).chain(of_last);
    let frequency = DataColumn::text("frequency", "How often the indicator is measured")
        .holding(words(&Frequency::ALL.iter().map(|one| one.shown()).collect::<Vec<_>>()));
    let aims: Vec<&str> = Aim::ALL.iter().map(|aim| aim.word()).chain([NO_TARGET]).collect();
    let ratings = file.ratings.iter().map(|rating| rating.name.clone()).collect();
    let figures = IndicatorColumn::ALL.iter().flat_map(|column| {
        let name = column.word();
        let unit = (*column == IndicatorColumn::Percentage).then_some(PER_CENT);
        [
            DataColumn::number(name, &capital(name), unit),
            DataColumn::text(&format!("{name}_unit"), &format!("Unit of the {name}")),
            DataColumn::text(&format!("{name}_status"), &format!("{}: {STATUS}", capital(name))),
        ]
    });
    groups
        .chain(functions)
        .chain(areas)
        .chain(has.measures.then_some(measures))
        .chain([
            DataColumn::text("indicator_id", "Id of the indicator").holding(Holds::Id),
            DataColumn::text("indicator", "Name of the indicator"),
            DataColumn::text("period", "Period that the figures are of, or Year")
                .holding(Holds::OneOf(periods.collect())),
            DataColumn::text("period_id", "Id of the period in the addresses of its figures").holding(Holds::Id),
        ])
        .chain(figures)
        .chain([
            DataColumn::text("target", "Target as published"),
            DataColumn::number("target_number", "Target as a number", None),
            DataColumn::number("target_to", "Upper end of the target", None),
            DataColumn::text("target_unit", "Unit of the target"),
            DataColumn::text(
                "target_is",
                "Whether the target is to be reached at least, at most, over, under or within",
            )
            .holding(words(&aims)),
        ])
        .chain(has.frequency.then_some(frequency))
        .chain([
            DataColumn::text("rating", "Annual self-assessed rating").holding(Holds::OneOf(ratings)),
            DataColumn::text("note", "Note"),
        ])
        .collect()
}
