//! The heads of a dashboard: what its columns are called.

use serde::Serialize;

use crate::letters::capital;
use crate::model::values::{Date, Period};
use crate::model::{IndicatorFile, PeriodKind, Periods};
use crate::view::{CopyEditor, Words};
use crate::wording::Wording;
use crate::yaml::Text;

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
pub fn periods(editor: &CopyEditor, periods: &Periods, has_year: bool) -> Vec<ColumnHead> {
    let (wording, of) = (editor.wording(), &editor.report.head.period);
    let head = |period: &crate::model::ReportingPeriod| {
        let name = period.shown(wording);
        ColumnHead {
            short: period.short(wording),
            initial: period.initial(wording).map(String::from).unwrap_or_default(),
            ..ColumnHead::of(period.id.as_str(), &name, quarter_months(period.kind, of, wording))
        }
    };
    periods.iter().map(head).chain(year(editor, periods, has_year)).collect()
}

/// Heads where the periods are a line: the latest figure, and that of the year.
pub fn latest(editor: &CopyEditor, periods: &Periods, has_year: bool) -> Vec<ColumnHead> {
    let last = periods.iter().next_back().map(|period| period.shown(editor.wording())).unwrap_or_default();
    let latest = ColumnHead::of("latest", &editor.say("dashboard.latest"), last);
    [latest].into_iter().chain(year(editor, periods, has_year)).collect()
}

fn year(editor: &CopyEditor, periods: &Periods, has_year: bool) -> Option<ColumnHead> {
    has_year.then(|| ColumnHead::of(YEAR, &editor.say("dashboard.year"), of_periods(editor, periods, "all")))
}

/// The head over the results of the edition before, where the file shows them: that edition's time, and which period of it.
pub fn last(editor: &CopyEditor, file: &IndicatorFile) -> Option<ColumnHead> {
    let (last, before) = (file.last.as_ref()?, editor.project.edition_before(editor.report)?);
    let period = file.periods.place(&last.value).and_then(|place| file.periods.get(place));
    let detail = period.map_or_else(|| editor.say("dashboard.year"), |period| period.shown(editor.wording()));
    Some(ColumnHead::of(LAST, &before.head.period.name(editor.wording()), detail))
}

/// What is said of the periods of a file, by the name of its message: `all` for "All quarters".
pub fn of_periods(editor: &CopyEditor, periods: &Periods, what: &str) -> String {
    editor.say(&key_of_periods(periods, what))
}

pub fn key_of_periods(periods: &Periods, what: &str) -> String {
    format!("periods.of-{}.{what}", periods.noun())
}

/// What leads to the figures of all periods of an indicator, where these are folded.
pub fn every(editor: &CopyEditor, periods: &Periods, indicator: &Text) -> Words {
    editor.phrase(&key_of_periods(periods, "every"), [("indicator", Words::plain(editor.plain(indicator)))])
}

/// What the table holds, for those who listen.
pub fn table(editor: &CopyEditor, file: &IndicatorFile) -> String {
    let key = match file.indicators().any(|indicator| indicator.frequency.is_some()) {
        true => "dashboard.table-often",
        false => "dashboard.table",
    };
    editor.wording().say(key, &[("periods", &of_periods(editor, &file.periods, "plural"))])
}

/// What the line of an indicator is called.
pub fn course(editor: &CopyEditor, periods: &Periods) -> String {
    match periods.are_parts_of_a_year() {
        true => editor.say("dashboard.the-year"),
        false => of_periods(editor, periods, "the"),
    }
}

/// What stands under the name of an indicator, of all that some indicator has.
pub fn about(editor: &CopyEditor, file: &IndicatorFile) -> String {
    capital(&editor.wording().listed(said_of(editor, file)))
}

/// What is said of an indicator besides its figures: "functional area", "what it measures".
pub fn said_of(editor: &CopyEditor, file: &IndicatorFile) -> Vec<String> {
    let functions = file.called.functions.as_ref().map(|called| called.one.value.clone());
    let areas = file.called.areas.as_ref().map(|called| called.one_of(editor.wording()));
    let measures = file.indicators().any(|one| one.measures.is_some());
    let measures = measures.then(|| editor.say("dashboard.what-it-measures"));
    [functions, areas, measures].into_iter().flatten().collect()
}

/// The months of a quarter: three each from the month in which the period begins. They end where it ends: in a shorter
/// period, quarters after its end have no months; of a longer one, the last goes on to the end.
fn quarter_months(kind: PeriodKind, period: &Period, wording: &Wording) -> String {
    let PeriodKind::Quarter(quarter) = kind else { return String::new() };
    let month_of = |day: Date| day.year() * 12 + i32::from(day.month()) - 1;
    let (first, last) = (month_of(period.from), month_of(period.to));
    let from = first + (i32::from(quarter) - 1) * 3;
    let to = if quarter == 4 { last.max(from) } else { (from + 2).min(last) };
    if from <= last { months(from, to, wording) } else { String::new() }
}

/// "Apr to Jun", or one month alone; with their years where they are a year or more apart.
fn months(from: i32, to: i32, wording: &Wording) -> String {
    let name = |month: i32| wording.month_short(month.rem_euclid(12) as u8 + 1);
    let with_year = |month: i32| {
        let year = month.div_euclid(12).to_string();
        wording.say("date.month-year", &[("month", &name(month)), ("year", &year)])
    };
    match to - from {
        0 => name(from),
        1..12 => wording.span(&name(from), &name(to)),
        _ => wording.span(&with_year(from), &with_year(to)),
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
        (1..=4).map(|quarter| quarter_months(PeriodKind::Quarter(quarter), &period, Wording::english())).collect()
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
