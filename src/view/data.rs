//! The data beside the tables: one dataset for each data file that a report shows, in plain numbers.

use std::collections::BTreeMap;

use super::{CopyEditor, Words, dashboard};
use crate::fact::{FactId, last_result};
use crate::model::values::{ColumnType, Figure, Id, IndicatorColumn, Unit};
use crate::model::{
    Cell, Column, Data, Deliverable, DeliverableFile, DeliverableGroup, Indicator, IndicatorFile, Part, SurveyFile,
    TableFile, Theme, addresses,
};
use crate::wording::Wording;
use crate::yaml::Text;

/// A table as data: columns that are described, rows of plain text.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Name of its file, without ending.
    pub stem: String,
    pub title: String,
    /// What notes say of its columns and texts, and of the whole.
    pub notes: Vec<String>,
    pub columns: Vec<DataColumn>,
    pub rows: Vec<Vec<String>>,
}

/// A column of a dataset.
#[derive(Debug, Clone)]
pub struct DataColumn {
    /// Name in the CSV file's first row.
    pub name: String,
    /// What it holds, in words.
    pub title: String,
    /// Unit of its numbers; none for texts, and where a column of units says it.
    pub unit: Option<&'static str>,
}

/// What leads to the description of a dataset.
pub fn about(dataset: &Dataset, wording: &Wording) -> Words {
    Words::join(wording.pieces("report.about-data", None, [("title", vec![Words::plain(&dataset.title)])]))
        .with_whole_asides()
}

/// The datasets of a report, by the names of their files, each once.
pub fn datasets(editor: &CopyEditor) -> Vec<Dataset> {
    // Several parts can show one file.
    let shown: BTreeMap<&str, &Data> = editor.report.parts().filter_map(Part::data).collect();
    shown.into_iter().map(|(stem, data)| dataset(editor, stem, data)).collect()
}

fn dataset(editor: &CopyEditor, stem: &str, data: &Data) -> Dataset {
    match data {
        Data::Table(file, _) => table(editor, stem, file),
        Data::Indicators(file, _) => indicators(editor, stem, file),
        Data::Survey(file) => survey(editor, stem, file),
        Data::Deliverables(file, _) => deliverables(editor, stem, file),
    }
}

fn column(name: &str, title: &str, unit: Option<&'static str>) -> DataColumn {
    DataColumn { name: name.to_owned(), title: title.to_owned(), unit }
}

/// What the notes of texts say, each behind the words that it belongs to.
fn said<'t>(editor: &CopyEditor, texts: impl IntoIterator<Item = (&'t Text, &'t Text)>) -> Vec<String> {
    let of_text = |(name, text): (&Text, &Text)| {
        let name = editor.plain(name);
        editor.said_in_notes(text).into_iter().map(move |note| format!("{name}: {note}")).collect::<Vec<_>>()
    };
    texts.into_iter().flat_map(of_text).collect()
}

/// One row for each indicator and period, and for the year where there are figures of it. What a file does not have has
/// no column.
fn indicators(editor: &CopyEditor, stem: &str, file: &IndicatorFile) -> Dataset {
    let has = |any: fn(&Indicator) -> bool| file.indicators().any(any);
    let called = &file.called;
    let (measures, frequency) = (has(|one| one.measures.is_some()), has(|one| one.frequency.is_some()));
    let of_last = dashboard::head_of_last(editor, file).map(|head| format!("{}, {}", head.name, head.detail));
    let mut rows = Vec::new();
    for group in &file.groups {
        for one in &group.indicators {
            let areas: Vec<String> = one.areas.iter().map(|area| area.value.to_string()).collect();
            let function = one.function.as_ref().map(|function| editor.plain(function)).unwrap_or_default();
            let before: Vec<String> = [
                called.groups.as_ref().map(|_| addresses::group_name(&editor.report.organisation, group)),
                called.functions.as_ref().map(|_| function),
                called.areas.as_ref().map(|_| areas.join(" ")),
                measures.then(|| one.measures.map(|measures| measures.shown()).unwrap_or_default().to_owned()),
            ]
            .into_iter()
            .flatten()
            .chain([one.id.value.to_string(), editor.plain(&one.name)])
            .collect();
            let after: Vec<String> = [one.target_shown()]
                .into_iter()
                .chain(frequency.then(|| one.frequency.map(|often| often.shown()).unwrap_or_default().to_owned()))
                .chain([
                    one.rating.value.name.clone(),
                    one.note.as_ref().map(|note| editor.plain(note)).unwrap_or_default(),
                ])
                .collect();
            let row = |name: String, cells: Vec<String>, after: &[String]| -> Vec<String> {
                before.iter().cloned().chain([name]).chain(cells).chain(after.iter().cloned()).collect()
            };
            let names = file.periods.iter().map(|period| period.name.clone()).chain(["Year".to_owned()]);
            rows.extend(names.zip(one.all_figures()).map(|(name, period)| {
                let figure = |column: &IndicatorColumn| period.figure(*column).map(|figure| figure.value);
                row(
                    name,
                    IndicatorColumn::ALL.iter().flat_map(|column| figure_and_unit(figure(column))).collect(),
                    &after,
                )
            }));
            rows.extend(of_last.as_deref().zip(last_result(stem, file, one)).map(|(name, (result, address))| {
                let known = editor.facts.find(&editor.report.id, &address);
                let figure = known.and_then(|fact| figure_of_fact(editor, fact, rust_decimal::Decimal::ONE));
                // Of the year before the result alone is known here: its target and its rating were its own.
                let cell = |column: &IndicatorColumn| match *column == result {
                    true => figure_and_unit(figure),
                    false => Default::default(),
                };
                let after = vec![String::new(); after.len()];
                row(name.to_owned(), IndicatorColumn::ALL.iter().flat_map(cell).collect(), &after)
            }));
        }
    }
    let grouping = |word: &str, title: String| column(&word.replace([' ', '-'], "_"), &title, None);
    let columns: Vec<DataColumn> = [
        called.groups.as_ref().map(|one| grouping(&one.one.value, super::capital(&one.one_of()))),
        called.functions.as_ref().map(|one| grouping(&one.one.value, super::capital(&one.one_of()))),
        called
            .areas
            .as_ref()
            .map(|one| grouping(&one.many.value, format!("Numbers of the {}, parted by spaces", one.counted(2)))),
        measures.then(|| column("measures", "Whether the indicator measures quality or quantity", None)),
    ]
    .into_iter()
    .flatten()
    .chain([
        column("indicator_id", "Id of the indicator", None),
        column("indicator", "Name of the indicator", None),
        column("period", "Period that the figures are of, or Year", None),
        column("denominator", "Denominator", None),
        column("denominator_unit", "Unit of the denominator, or why there is none", None),
        column("number", "Number", None),
        column("number_unit", "Unit of the number, or why there is none", None),
        column("percentage", "Percentage as published", Some("per cent")),
        column("percentage_unit", "Unit of the percentage, or why there is none", None),
        column("target", "Target as published", None),
    ])
    .chain(frequency.then(|| column("frequency", "How often the indicator is measured", None)))
    .chain([column("rating", "Annual self-assessed rating", None), column("note", "Note", None)])
    .collect();
    let notes = said(editor, file.intro.iter().map(|intro| (&file.caption, intro)));
    Dataset { stem: stem.to_owned(), title: editor.plain(&file.caption), notes, columns, rows }
}

/// A figure and its unit; a column that the indicator does not have is "not used".
fn figure_and_unit(figure: Option<Figure>) -> [String; 2] {
    match figure {
        Some(figure) => [figure.number().map(|number| number.to_string()).unwrap_or_default(), figure.unit_name()],
        None => [String::new(), "not used".to_owned()],
    }
}

fn table(editor: &CopyEditor, stem: &str, file: &TableFile) -> Dataset {
    let has_levels = file.rows.iter().any(|row| row.above.is_some());
    let has_units = file.rows.iter().any(|row| row.unit.is_some());
    let taken: Vec<String> = file.columns.iter().map(|one| data_name(&one.id.value)).collect();
    // A column of the table keeps its name, and one that stands beside it has another.
    let free = |name: &str| if taken.iter().any(|one| one == name) { format!("row_{name}") } else { name.to_owned() };
    let mut columns = vec![column(&free("name"), &editor.plain(&file.rows_are), None)];
    if has_levels {
        columns.push(column(&free("part_of"), "The row that it is a part of, or stands under", None));
    }
    if has_units {
        columns.push(column(&free("unit"), "Unit of the figures of the row", None));
    }
    // A column whose figures have marks, or are not all numbers, has what is beside the numbers in a column of its own.
    let figures = |place: usize| file.rows.iter().filter_map(move |row| figure_of(editor, stem, file, row, place));
    let is_marked = |place: usize| figures(place).any(|figure| !figure.shorthand().is_empty());
    let marked: Vec<bool> =
        (0..file.columns.len()).map(|place| file.columns[place].has_figures() && is_marked(place)).collect();
    for (one, marked) in file.columns.iter().zip(&marked) {
        let name = data_name(&one.id.value);
        let group = file.groups.iter().find(|group| group.columns.contains(&place_of(file, one)));
        let title = match group {
            Some(group) => format!("{}: {}", editor.plain(&group.name), editor.plain(&one.name)),
            None => editor.plain(&one.name),
        };
        columns.push(column(&name, &titled(editor, file, one, &title), unit_of(file, one)));
        if *marked {
            let beside = ["note", "mark", "figure_note"].map(|word| format!("{name}_{word}"));
            let beside = beside.into_iter().find(|one| !taken.contains(one)).unwrap_or_else(|| format!("{name}__note"));
            columns.push(column(
                &beside,
                &format!("{title}: mark of the figure, a range in which it lies, or why there is none"),
                None,
            ));
        }
    }
    let notes: Vec<String> = file.rows.iter().map(|row| notes_of(editor, file, row)).collect();
    let has_notes = notes.iter().any(|notes| !notes.is_empty());
    if has_notes {
        columns.push(column(&free("notes"), "What notes say of the row and its figures", None));
    }
    let row = |(row, notes): (&crate::model::Row, String)| {
        let mut cells = vec![editor.plain(&row.name)];
        if has_levels {
            cells.push(row.above.map(|above| editor.plain(&file.rows[above].name)).unwrap_or_default());
        }
        if has_units {
            cells.push(row.unit.as_ref().map(|unit| editor.unit(&unit.value)).unwrap_or_default());
        }
        for (place, (one, marked)) in file.columns.iter().zip(&marked).enumerate() {
            cells.push(
                row.values
                    .get(place)
                    .map(|cell| cell_of(editor, stem, file, row, one, cell, *marked))
                    .unwrap_or_default(),
            );
            if *marked {
                cells.push(figure_of(editor, stem, file, row, place).map(Figure::shorthand).unwrap_or_default());
            }
        }
        cells.extend(has_notes.then_some(notes));
        cells
    };
    let heads = [&file.caption, &file.rows_are].into_iter().chain(file.groups.iter().map(|group| &group.name));
    let heads = heads.chain(file.columns.iter().map(|column| &column.name));
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        notes: said(editor, heads.map(|name| (name, name))),
        rows: file.rows.iter().zip(notes).map(row).collect(),
        columns,
    }
}

/// What the notes of a row say: of its name, and of its cells behind the names of their columns.
fn notes_of(editor: &CopyEditor, file: &TableFile, row: &crate::model::Row) -> String {
    let texts = file.columns.iter().zip(&row.values).filter_map(|(column, cell)| match &cell.value {
        Cell::Text(text) => Some((column, Text { value: text.clone(), at: cell.at })),
        Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => None,
    });
    let beside = row.notes.iter().map(|(place, notes)| (&file.columns[*place], notes.clone()));
    let cells: Vec<(&Column, Text)> = texts.chain(beside).collect();
    let of_cells = said(editor, cells.iter().map(|(column, text)| (&column.name, text)));
    editor.said_in_notes(&row.name).into_iter().chain(of_cells).collect::<Vec<_>>().join(" / ")
}

/// The name of a column in data files.
fn data_name(id: &Id) -> String {
    id.as_str().replace('-', "_")
}

fn place_of(file: &TableFile, column: &crate::model::Column) -> usize {
    file.columns.iter().position(|one| std::ptr::eq(one, column)).unwrap_or_default()
}

/// The figure of a place, in the unit of its column; of one that was left out, what was computed.
fn figure_of(
    editor: &CopyEditor,
    stem: &str,
    file: &TableFile,
    row: &crate::model::Row,
    place: usize,
) -> Option<Figure> {
    let (cell, column) = (row.values.get(place)?, &file.columns[place]);
    match cell.value {
        Cell::Figure(figure) => Some(figure),
        Cell::Text(_) | Cell::Day(_) => None,
        Cell::Bound(_) | Cell::Computed => {
            let address = format!("{stem}.{}.{}", row.id, column.id.value);
            let scale = file.denomination(row, column).map_or(rust_decimal::Decimal::ONE, |one| one.value.scale);
            figure_of_fact(editor, editor.facts.find(&editor.report.id, &address)?, scale)
        }
    }
}

/// A figure as it was typed; of one that is computed its value.
fn figure_of_fact(editor: &CopyEditor, fact: FactId, scale: rust_decimal::Decimal) -> Option<Figure> {
    match editor.facts.get(fact).typed {
        Some(typed) => Some(typed),
        None => Some(editor.facts.quantity(fact)?.in_scale(scale).rounded()),
    }
}

/// The title of a column; with the unit in which its figures stand, where that is no unit of its own in data.
fn titled(editor: &CopyEditor, file: &TableFile, column: &crate::model::Column, title: &str) -> String {
    let scaled = column.unit.as_ref().or(file.unit.as_ref()).filter(|_| column.has_figures() && takes_unit(column));
    match scaled {
        Some(unit) if unit.value.scale > rust_decimal::Decimal::ONE || unit.value.is_declared() => {
            format!("{title} ({})", editor.unit(&unit.value))
        }
        _ => title.to_owned(),
    }
}

fn takes_unit(column: &crate::model::Column) -> bool {
    matches!(column.holds(), ColumnType::Money | ColumnType::Figure | ColumnType::Number)
}

/// The unit of a column in data, where all its figures have one and it is not said in the title.
fn unit_of(file: &TableFile, column: &crate::model::Column) -> Option<&'static str> {
    let said = column.unit.as_ref().or(file.unit.as_ref()).map(|unit| (unit.value.unit, unit.value.scale));
    match (column.holds(), said) {
        (ColumnType::Percentage, _) => Some("per cent"),
        (ColumnType::Money, None) => Some("GBP"),
        (ColumnType::Money | ColumnType::Figure, Some((Unit::Money(currency), scale)))
            if scale == rust_decimal::Decimal::ONE =>
        {
            Some(currency.code())
        }
        (ColumnType::Figure, Some((Unit::Percent, _))) => Some("per cent"),
        _ => None,
    }
}

fn cell_of(
    editor: &CopyEditor,
    stem: &str,
    file: &TableFile,
    row: &crate::model::Row,
    column: &crate::model::Column,
    cell: &crate::yaml::At<Cell>,
    is_marked: bool,
) -> String {
    match &cell.value {
        // A time keeps its unit, which may differ from row to row.
        Cell::Figure(time) if matches!(time.unit(), Some(Unit::Time(_))) && column.holds() == ColumnType::Duration => {
            time.unmarked().to_string()
        }
        Cell::Figure(figure) => match figure.number() {
            Some(number) => number.to_string(),
            None if is_marked => String::new(),
            None => figure.to_string(),
        },
        Cell::Day(day) => day.iso(),
        Cell::Text(text) => editor.plain(&crate::yaml::Text { value: text.clone(), at: cell.at }),
        Cell::Bound(_) | Cell::Computed => {
            let place = place_of(file, column);
            figure_of(editor, stem, file, row, place)
                .and_then(Figure::number)
                .map(|number| number.to_string())
                .unwrap_or_default()
        }
    }
}

fn survey(editor: &CopyEditor, stem: &str, file: &SurveyFile) -> Dataset {
    let responses = file.responses.iter().map(|response| {
        vec![
            "response".to_owned(),
            response.year.value.0.to_string(),
            response.percentage.value.0.to_string(),
            String::new(),
        ]
    });
    let group = |kind: &'static str, group: &crate::model::SurveyGroup| -> Vec<Vec<String>> {
        group
            .results
            .iter()
            .map(|one| {
                vec![kind.to_owned(), String::new(), one.percentage.value.0.to_string(), editor.plain(&one.statement)]
            })
            .collect()
    };
    let statements = [&file.positive, &file.negative].into_iter().flat_map(|group| &group.results);
    let statements = statements.map(|result| &result.statement);
    let rows = responses.chain(group("positive", &file.positive)).chain(group("negative", &file.negative)).collect();
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        notes: said(editor, [&file.caption].into_iter().chain(statements).map(|text| (text, text))),
        columns: vec![
            column("kind", "response: share of staff who answered; positive or negative: a result", None),
            column("year", "Year of the response", None),
            column("percentage", "Percentage", Some("per cent")),
            column("statement", "What the percentage of staff said", None),
        ],
        rows,
    }
}

/// One row for each deliverable under each theme that it serves. What a file does not have has no column.
fn deliverables(editor: &CopyEditor, stem: &str, file: &DeliverableFile) -> Dataset {
    let has = |any: fn(&Deliverable) -> bool| file.deliverables.iter().any(any);
    let (dates, owners, notes) =
        (has(|one| one.due.is_some()), has(|one| one.owner.is_some()), has(|one| one.note.is_some()));
    let row = |theme: &Theme, group: Option<&DeliverableGroup>, one: &Deliverable| -> Vec<String> {
        let points: Vec<String> = one.points.iter().flatten().map(|point| editor.plain(point)).collect();
        let links: Vec<&str> = one.links.iter().flatten().map(|link| link.to.0.as_str()).collect();
        let plain = |text: &Option<Text>| text.as_ref().map(|text| editor.plain(text)).unwrap_or_default();
        let status = file.status_of(one).map(|status| editor.plain(&status.name)).unwrap_or_default();
        let due = one.due.as_ref().map(|due| due.value.iso()).unwrap_or_default();
        [theme.number.value.to_string(), editor.plain(&theme.title)]
            .into_iter()
            .chain(group.map(|group| group.id.value.to_string()))
            .chain([
                one.id.value.to_string(),
                editor.plain(&one.key),
                editor.plain(one.text_for(&theme.id.value)),
                points.join("; "),
                links.join(" "),
            ])
            .chain(file.statuses.is_some().then_some(status))
            .chain(dates.then_some(due))
            .chain(owners.then(|| plain(&one.owner)))
            .chain(notes.then(|| plain(&one.note)))
            .collect()
    };
    let mut rows = Vec::new();
    for theme in &file.themes {
        for (group, _) in file.squares() {
            rows.extend(file.under(&theme.id.value, group).map(|one| row(theme, group, one)));
        }
    }
    let texts = file.deliverables.iter().flat_map(|one| {
        let wordings = one.wording.iter().flatten().map(|wording| &wording.text);
        let texts = [&one.text].into_iter().chain(wordings).chain(one.points.iter().flatten()).chain(&one.note);
        texts.map(|text| (&one.key, text))
    });
    let ids: Vec<&str> = file.groups().iter().map(|group| group.id.value.as_str()).collect();
    let columns = [column("theme_number", "Number of the theme", None), column("theme", "Title of the theme", None)]
        .into_iter()
        .chain(file.groups.is_some().then(|| column("group", &ids.join(" or "), None)))
        .chain([
            column("deliverable_id", "Id of the deliverable", None),
            column("key_phrase", "Key phrase", None),
            column("text", "What was done", None),
            column("points", "Sub-points, parted by semicolons", None),
            column("links", "Links, parted by spaces", None),
        ])
        .chain(file.statuses.is_some().then(|| column("status", "How far the deliverable is", None)))
        .chain(dates.then(|| column("due", "Day by which it is to be done", None)))
        .chain(owners.then(|| column("owner", "Who answers for it", None)))
        .chain(notes.then(|| column("note", "Note", None)))
        .collect();
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        notes: said(editor, [(&file.caption, &file.caption)].into_iter().chain(texts)),
        columns,
        rows,
    }
}
