//! The rows of a data file, and the figures in them that a cell can be taken into.

use rust_decimal::Decimal;

use super::added::ListOf;
use crate::check::Subject;
use crate::diagnostic::{FileId, Span};
use crate::model::values::{ColumnType, Date, Figure, IndicatorColumn, Unit};
use crate::model::{
    Cell, Data, Indicator, IndicatorFile, PeriodFigures, Report, Row, SurveyFile, TableFile, without_notes,
};

/// A row of a table, an indicator, or a line of a survey.
#[derive(Debug)]
pub struct Line {
    /// Its id, where it has one or its name makes one.
    pub id: String,
    pub name: String,
    pub at: Span,
    pub slots: Vec<Slot>,
}

/// The place of a figure.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What stands behind the row in its address: `q1.number`, `total`.
    pub ending: String,
    /// The period as it is called, where one stands in the ending.
    pub period: Option<String>,
    /// Without the report's name.
    pub address: String,
    /// Where it was typed.
    pub at: Span,
    pub says: Says,
    /// The unit of a number that is typed without one.
    pub bare: Unit,
    /// In how many of that unit it is typed: 1,000 in a table in thousands.
    pub size: Decimal,
}

/// What stands at the place of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    Figure(Figure),
    Day(Date),
    Words(String),
}

/// The rows of a data file.
pub struct DataFile<'p> {
    pub file: FileId,
    pub lines: Vec<Line>,
    /// The list that new rows are added to, where there is one.
    pub list: Option<ListOf<'p>>,
}

/// The data file of that name that a report shows; the error says why nothing can be taken into it.
pub fn data_file<'p>(subject: &Subject<'p>, report: &'p Report, name: &str) -> Result<DataFile<'p>, &'static str> {
    let path = format!("{}/{name}", report.folder);
    let file = subject.tree.readable(&path).ok_or("there is no such file in the folder of the report")?;
    let stem = name.strip_suffix(".yaml").unwrap_or(name);
    let shown = report.parts().filter_map(|part| part.data()).map(|(_, data)| data);
    let data = shown.into_iter().find(|data| data.caption().at.file == file);
    let group = || subject.project.groups.iter().find(|group| group.folder == report.folder && group.file == name);
    let (lines, list) = match (data, group()) {
        (Some(Data::Table(table, _)), _) => (of_table(table, stem), Some(ListOf::Rows(table))),
        (Some(Data::Indicators(indicators, _)), _) => {
            (of_indicators(indicators, stem), Some(ListOf::Indicators(indicators)))
        }
        (Some(Data::Survey(survey)), _) => (of_survey(survey, stem), None),
        (Some(Data::Deliverables(..)), _) => return Err("the figures of plans are typed, not taken from workbooks"),
        (None, Some(group)) => (of_table(&group.table, &group.folder), Some(ListOf::Rows(&group.table))),
        (None, None) => return Err("the report shows no such data"),
    };
    Ok(DataFile { file, lines, list })
}

fn of_table(table: &TableFile, stem: &str) -> Vec<Line> {
    let slot = |row: &Row, place: usize| {
        let (column, cell) = (table.columns.get(place)?, row.values.get(place)?);
        let says = match &cell.value {
            Cell::Figure(figure) => Says::Figure(*figure),
            Cell::Day(day) => Says::Day(*day),
            Cell::Text(text) => Says::Words(text.clone()),
            Cell::Bound(_) | Cell::Computed => return None,
        };
        let denomination = table.denomination(row, column).map(|unit| &unit.value);
        let (unit, size) = (denomination.map(|one| one.unit), denomination.map_or(Decimal::ONE, |one| one.scale));
        let usual = if column.holds() == ColumnType::Money { Unit::POUNDS } else { Unit::Number };
        let ending = column.id.value.to_string();
        let address = format!("{stem}.{}.{ending}", row.id);
        Some(Slot { ending, period: None, address, at: cell.at, says, bare: unit.unwrap_or(usual), size })
    };
    let line = |row: &Row| Line {
        id: row.id.to_string(),
        name: without_notes(&row.name.value),
        at: row.name.at,
        slots: (0..table.columns.len()).filter_map(|place| slot(row, place)).collect(),
    };
    table.rows.iter().filter(|row| !row.is_heading()).map(line).collect()
}

fn of_indicators(file: &IndicatorFile, stem: &str) -> Vec<Line> {
    file.indicators().map(|indicator| of_indicator(file, indicator, stem)).collect()
}

fn of_indicator(file: &IndicatorFile, indicator: &Indicator, stem: &str) -> Line {
    let address = format!("{stem}.{}", indicator.id.value);
    let mut slots = Vec::new();
    let mut add = |ending: String, period: Option<String>, figure: Figure, at: Span| {
        let address = format!("{address}.{ending}");
        slots.push(Slot {
            ending,
            period,
            address,
            at,
            says: Says::Figure(figure),
            bare: Unit::Number,
            size: Decimal::ONE,
        });
    };
    let mut of_period = |id: &str, name: &str, figures: &PeriodFigures| {
        for column in IndicatorColumn::ALL {
            if let Some(figure) = figures.figure(*column) {
                add(format!("{id}.{}", column.word()), Some(name.to_owned()), figure.value, figure.at);
            }
        }
    };
    for (period, figures) in file.periods.iter().zip(&indicator.periods) {
        of_period(period.id.as_str(), &period.name, figures);
    }
    if let Some(year) = &indicator.year {
        of_period("year", "Year", &year.figures);
    }
    // A target in words, in steps or with a sign is the author's.
    if let [step] = indicator.target.steps()
        && step.sign.is_empty()
        && step.to.is_none()
        && step.of.is_none()
    {
        add("target".to_owned(), None, step.figure.value, step.figure.at);
    }
    Line {
        id: indicator.id.value.to_string(),
        name: without_notes(&indicator.name.value),
        at: indicator.name.at,
        slots,
    }
}

fn of_survey(file: &SurveyFile, stem: &str) -> Vec<Line> {
    let line = |address: String, name: String, at: Span, figure: Figure, typed: Span| Line {
        id: address.rsplit('.').next().unwrap_or_default().to_owned(),
        name,
        at,
        slots: vec![Slot {
            ending: "percentage".to_owned(),
            period: None,
            address,
            at: typed,
            says: Says::Figure(figure),
            bare: Unit::Percent,
            size: Decimal::ONE,
        }],
    };
    let responses = file.responses.iter().map(|one| {
        let year = one.year.value.0.to_string();
        line(format!("{stem}.responses.{year}"), year, one.at, one.percentage.value.into(), one.percentage.at)
    });
    let groups = [("positive", &file.positive), ("negative", &file.negative)].into_iter();
    let results = groups.flat_map(|(word, group)| {
        group.results.iter().enumerate().map(move |(place, one)| {
            let address = format!("{stem}.{word}.{}", place + 1);
            let name = without_notes(&one.statement.value);
            line(address, name, one.at, one.percentage.value.into(), one.percentage.at)
        })
    });
    responses.chain(results).collect()
}
