//! What a data file has in each cell, by the names of its rows and columns.

use rust_decimal::Decimal;

use super::supplied::single_spaced;
use crate::check::Subject;
use crate::diagnostic::Span;
use crate::fact::{FactId, FactValue, Facts, Reading};
use crate::model::values::{Date, IndicatorColumn};
use crate::model::{Cell, Data, Group, Indicator, IndicatorFile, PeriodFigures, Row, TableFile, without_notes};
use crate::wording::Wording;

/// The segment of the figures of a year.
const YEAR: &str = "year";

/// A row of a table, or an indicator.
pub struct Line {
    /// Its name, and its id.
    pub names: Vec<String>,
    pub at: Span,
    pub cells: Vec<PrintedCell>,
}

/// What stands in one cell.
pub struct PrintedCell {
    /// What a column may be called that has it; the first is how it is told.
    pub names: Vec<String>,
    pub at: Span,
    pub address: String,
    pub says: Says,
}

/// What a cell says.
pub enum Says {
    /// A figure as it was typed; a plain number stands for so many of its unit.
    Figure {
        fact: FactId,
        scale: Decimal,
        typed: String,
    },
    Day(Date),
    /// Words, in any of these forms.
    Words(Vec<String>),
    /// Why there is no figure.
    Nothing(String),
}

/// The lines of the data file of that path, as a report of these scopes shows it; none where it is no table and no file of
/// indicators.
pub fn find(subject: &Subject, scopes: &[&str], path: &str) -> Option<Vec<Line>> {
    let file = subject.tree.readable(path)?;
    let reports = subject.project.reports.iter().filter(|report| scopes.contains(&report.id.as_str()));
    let shown = reports.into_iter().find_map(|report| {
        let (stem, data) =
            report.parts().filter_map(|part| part.data()).find(|(_, data)| data.caption().at.file == file)?;
        Some((format!("{}.{stem}", report.id), data, report.wording()))
    });
    let facts = subject.facts;
    match shown {
        Some((stem, Data::Table(table, _), _)) => Some(of_table(facts, table, &stem)),
        Some((stem, Data::Indicators(indicators, _), wording)) => {
            Some(of_indicators(wording, facts, indicators, &stem))
        }
        Some((_, Data::Survey(_) | Data::Deliverables(..), _)) => None,
        None => {
            let group = subject
                .project
                .groups
                .iter()
                .find(|group: &&std::sync::Arc<Group>| group.table.caption.at.file == file);
            group.map(|group| of_table(facts, &group.table, &group.folder))
        }
    }
}

fn of_table(facts: &Facts, table: &TableFile, stem: &str) -> Vec<Line> {
    let column_names = |place: usize| {
        let column = &table.columns[place];
        let name = bare(&column.name.value);
        let group =
            table.groups.iter().find(|group| group.columns.contains(&place)).map(|group| bare(&group.name.value));
        let grouped = group.iter().flat_map(|group| [format!("{group} {name}"), format!("{group}: {name}")]);
        grouped.chain([name.clone(), column.id.value.to_string()]).collect::<Vec<String>>()
    };
    let cell = |row: &Row, place: usize| {
        let (column, cell) = (&table.columns[place], row.values.get(place)?);
        let address = format!("{stem}.{}.{}", row.id, column.id.value);
        let scale = table.denomination(row, column).map_or(Decimal::ONE, |unit| unit.value.scale);
        let says = match (facts.find("", &address), &cell.value) {
            (_, Cell::Text(text)) => Says::Words(vec![bare(text)]),
            (Some(fact), cell) => of_fact(facts, fact, scale, cell.typed()),
            (None, cell) => Says::Nothing(cell.typed()),
        };
        Some(PrintedCell { names: column_names(place), at: cell.at, address, says })
    };
    let rows = table.rows.iter().filter(|row| !row.is_heading());
    let line = |row: &Row| Line {
        names: vec![bare(&row.name.value), row.id.to_string()],
        at: row.name.at,
        cells: (0..table.columns.len()).filter_map(|place| cell(row, place)).collect(),
    };
    rows.map(line).collect()
}

fn of_indicators(wording: &Wording, facts: &Facts, file: &IndicatorFile, stem: &str) -> Vec<Line> {
    file.indicators().map(|indicator| of_indicator(wording, facts, file, indicator, stem)).collect()
}

fn of_indicator(wording: &Wording, facts: &Facts, file: &IndicatorFile, indicator: &Indicator, stem: &str) -> Line {
    // Headings are English ones, or those that the report prints.
    let headings = |english: &str, key: &str| vec![english.to_owned(), wording.say(key, &[])];
    let address = format!("{stem}.{}", indicator.id.value);
    let result = Reading::of(indicator).result;
    let of_period = |name: &str, id: &str, figures: &PeriodFigures| {
        let cell = |column: &IndicatorColumn| {
            let figure = figures.figure(*column)?;
            let word = column.word();
            let address = format!("{address}.{id}.{word}");
            let names = [format!("{name} {word}"), format!("{word} {name}"), format!("{id}.{word}")].into_iter();
            // The period alone means its result.
            let alone = if id == YEAR { headings("Year", "dashboard.year") } else { vec![name.to_owned()] };
            let names = names.chain(alone.into_iter().filter(|_| *column == result)).collect();
            let shown = figure.value.to_string();
            let says = match facts.find("", &address) {
                Some(fact) => of_fact(facts, fact, Decimal::ONE, shown),
                None => Says::Nothing(shown),
            };
            Some(PrintedCell { names, at: figure.at, address, says })
        };
        IndicatorColumn::ALL.iter().filter_map(cell).collect::<Vec<_>>()
    };
    let periods = file.periods.iter().zip(&indicator.periods);
    let mut cells: Vec<PrintedCell> =
        periods.flat_map(|(period, figures)| of_period(&period.name, period.id.as_str(), figures)).collect();
    cells.extend(indicator.year.iter().flat_map(|year| of_period("Year", YEAR, &year.figures)));
    cells.push(target(facts, indicator, &address, headings("Target", "dashboard.target")));
    let rating = &indicator.rating;
    let forms = [&rating.value.name, &rating.value.means.value].map(|form| bare(form)).into_iter();
    cells.push(PrintedCell {
        names: headings("Rating", "dashboard.rating"),
        at: rating.at,
        address: format!("{address}.rating"),
        says: Says::Words(forms.chain([rating.value.id.value.to_string()]).collect()),
    });
    Line { names: vec![bare(&indicator.name.value), indicator.id.value.to_string()], at: indicator.name.at, cells }
}

fn target(facts: &Facts, indicator: &Indicator, address: &str, names: Vec<String>) -> PrintedCell {
    let address = format!("{address}.target");
    let (shown, steps) = (indicator.target_shown(), indicator.target.steps());
    let says = match (facts.find("", &address), steps.len()) {
        (Some(fact), 1) => of_fact(facts, fact, Decimal::ONE, shown),
        (_, 0) => Says::Nothing(shown),
        _ => Says::Words(vec![single_spaced(&shown)]),
    };
    let at = steps.first().map_or(indicator.at, |step| step.figure.at);
    PrintedCell { names, at, address, says }
}

fn of_fact(facts: &Facts, fact: FactId, scale: Decimal, shown: String) -> Says {
    match facts.get(fact).value {
        FactValue::Quantity(_) => Says::Figure { fact, scale, typed: shown },
        FactValue::Day(day) => Says::Day(day),
        FactValue::FinancialYear(_) | FactValue::Words(_) => Says::Words(vec![single_spaced(&shown)]),
    }
}

/// A name as a supplier has it: without notes, and with single spaces.
fn bare(name: &str) -> String {
    single_spaced(&without_notes(name))
}
