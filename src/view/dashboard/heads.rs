//! The heads of a dashboard: what its columns are called.

use serde::Serialize;

use crate::model::values::{Date, Period};
use crate::model::{IndicatorFile, PeriodKind, Periods};
use crate::view::CopyEditor;

/// Short names of the months.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The ids of the columns that are of no single period.
pub const YEAR: &str = "year";
pub const LAST: &str = "last";

/// The heading of a column of figures, or the name of a period under a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnHead {
    /// What cells refer to: `q1`.
    pub id: String,
    pub name: String,
    /// What stands for the name where there is little room.
    pub short: String,
    /// What stands for it where there is even less; nothing where no letter is known for it.
    pub initial: String,
    /// What stands under it: the months of a quarter.
    pub detail: String,
}

impl ColumnHead {
    fn of(id: &str, name: &str, detail: String) -> Self {
        let (name, initial) = (name.to_owned(), String::new());
        Self { id: id.to_owned(), short: name.clone(), name, initial, detail }
    }
}

/// A head for each period, and for the year where there are figures of it.
pub fn periods(periods: &Periods, of: &Period, has_year: bool) -> Vec<ColumnHead> {
    let head = |period: &crate::model::ReportingPeriod| ColumnHead {
        short: period.short().to_owned(),
        initial: period.initial().map(String::from).unwrap_or_default(),
        ..ColumnHead::of(period.id.as_str(), &period.name, quarter_months(period.kind, of))
    };
    periods.iter().map(head).chain(year(periods, has_year)).collect()
}

/// Heads where the periods are a line: the latest figure, and that of the year.
pub fn latest(periods: &Periods, has_year: bool) -> Vec<ColumnHead> {
    let last = periods.iter().next_back().map(|period| period.name.clone()).unwrap_or_default();
    [ColumnHead::of("latest", "Latest", last)].into_iter().chain(year(periods, has_year)).collect()
}

fn year(periods: &Periods, has_year: bool) -> Option<ColumnHead> {
    has_year.then(|| ColumnHead::of(YEAR, "Year", format!("All {}s", periods.noun())))
}

/// The head over the results of the edition before, where the file shows them: that edition's time, and which period of it.
pub fn last(editor: &CopyEditor, file: &IndicatorFile) -> Option<ColumnHead> {
    let (last, before) = (file.last.as_ref()?, editor.project.edition_before(editor.report)?);
    let period = file.periods.place(&last.value).and_then(|place| file.periods.get(place));
    let detail = period.map_or_else(|| "Year".to_owned(), |period| period.name.clone());
    Some(ColumnHead::of(LAST, &before.head.period.name(), detail))
}

/// What the line of an indicator is called.
pub fn course(periods: &Periods) -> String {
    match periods.are_parts_of_a_year() {
        true => "The year".to_owned(),
        false => format!("The {}s", periods.noun()),
    }
}

/// What stands under the name of an indicator, of all that some indicator has.
pub fn about(file: &IndicatorFile) -> String {
    crate::view::capital(&said_of(file).join(", "))
}

/// What is said of an indicator besides its figures: "functional area", "what it measures".
pub fn said_of(file: &IndicatorFile) -> Vec<String> {
    let functions = file.called.functions.as_ref().map(|called| called.one.value.clone());
    let areas = file.called.areas.as_ref().map(|called| called.one_of());
    let measures = file.indicators().any(|one| one.measures.is_some()).then(|| "what it measures".to_owned());
    [functions, areas, measures].into_iter().flatten().collect()
}

/// The months of a quarter: three each from the month in which the period begins. They end where it ends: in a shorter
/// period, quarters after its end have no months; of a longer one, the last goes on to the end.
fn quarter_months(kind: PeriodKind, period: &Period) -> String {
    let PeriodKind::Quarter(quarter) = kind else { return String::new() };
    let month_of = |day: Date| day.year() * 12 + i32::from(day.month()) - 1;
    let (first, last) = (month_of(period.from), month_of(period.to));
    let from = first + (i32::from(quarter) - 1) * 3;
    let to = if quarter == 4 { last.max(from) } else { (from + 2).min(last) };
    if from <= last { months(from, to) } else { String::new() }
}

/// "Apr to Jun", or one month alone; with their years where they are a year or more apart.
fn months(from: i32, to: i32) -> String {
    let name = |month: i32| MONTHS[month.rem_euclid(12) as usize];
    match to - from {
        0 => name(from).to_owned(),
        1..12 => format!("{} to {}", name(from), name(to)),
        _ => format!("{} {} to {} {}", name(from), from.div_euclid(12), name(to), to.div_euclid(12)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::yaml::Parse;

    fn heads(from: &str, to: &str) -> Vec<String> {
        let day = |text| Date::parse(text).unwrap();
        let period = Period { from: day(from), to: day(to), at: Span::new(FileId(0), 0..0) };
        (1..=4).map(|quarter| quarter_months(PeriodKind::Quarter(quarter), &period)).collect()
    }

    #[test]
    fn quarters_end_where_the_period_ends() {
        let year = heads("2025-04-01", "2026-03-31");
        assert_eq!(year, ["Apr to Jun", "Jul to Sep", "Oct to Dec", "Jan to Mar"]);
        assert_eq!(heads("2025-04-01", "2025-09-30"), ["Apr to Jun", "Jul to Sep", "", ""]);
        assert_eq!(heads("2025-09-01", "2026-07-31")[3], "Jun to Jul");
        assert_eq!(heads("2025-01-01", "2025-10-31")[3], "Oct");
        assert_eq!(heads("2025-01-01", "2026-03-31")[3], "Oct to Mar");
        assert_eq!(heads("2024-04-01", "2026-03-31")[3], "Jan 2025 to Mar 2026");
    }

    #[test]
    fn a_period_from_the_middle_of_a_month_ends_in_the_month_of_its_last_day() {
        assert_eq!(heads("2025-04-06", "2026-04-05")[3], "Jan to Apr");
    }
}
