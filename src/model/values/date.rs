//! Days and periods.

use std::fmt;

use time::{Date as Day, Month};

use super::FinancialYear;
use crate::record;
use crate::wording::Wording;
use crate::yaml::{Parse, Texts};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(Day);

impl Date {
    pub fn year(self) -> i32 {
        self.0.year()
    }

    pub fn month(self) -> u8 {
        self.0.month() as u8
    }

    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The day so many days after the first of January 1970.
    pub fn of_unix_day(day: i64) -> Self {
        let first = Day::from_ordinal_date(1970, 1).unwrap_or(Day::MIN);
        Self(first.saturating_add(time::Duration::days(day)))
    }

    /// How many months later another day is, by the names of their months.
    pub fn months_to(self, later: Self) -> i32 {
        (later.year() - self.year()) * 12 + i32::from(later.month()) - i32::from(self.month())
    }

    /// The same day of a later month; its last, where it has no such day or this one is the last of its own.
    pub fn plus_months(self, months: i32) -> Self {
        let all = self.year() * 12 + i32::from(self.month()) - 1 + months;
        let (year, month) = (all.div_euclid(12), Month::January.nth_next(all.rem_euclid(12) as u8));
        let last = month.length(year);
        let is_last = self.day() == self.0.month().length(self.year());
        let day = if is_last { last } else { self.day().min(last) };
        Self(Day::from_calendar_date(year, month, day).unwrap_or(self.0))
    }

    /// The day after, or before.
    fn next_to(self, later: bool) -> Self {
        let day = if later { self.0.next_day() } else { self.0.previous_day() };
        Self(day.unwrap_or(self.0))
    }

    /// As it is printed: `31 March 2017`.
    pub fn shown(self, wording: &Wording) -> String {
        wording.day(self.year(), self.month(), self.day())
    }

    /// A day as messages print it: `31 March 2017`.
    pub fn of_words(text: &str) -> Option<Self> {
        let [day, month, year] = text.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        let month = (1..=12).filter_map(|month| Month::try_from(month).ok()).find(|one| one.to_string() == month)?;
        Day::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok().map(Self)
    }

    /// The day that a text in another form is meant for, as the British write days: `1st Sept 2025`, `01.09.25`.
    pub fn meant(text: &str) -> Option<Self> {
        let parts = text.split(|c: char| matches!(c, '/' | '.' | '-' | ',') || c.is_whitespace());
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
        let [day, month, year] = &parts[..] else { return None };
        let day = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
        let is_called = |one: &Month| month.len() >= 3 && one.to_string().to_lowercase().starts_with(month.as_str());
        let months = || (1..=12).filter_map(|month| Month::try_from(month).ok());
        let month = match month.parse::<u8>() {
            Ok(number) => Month::try_from(number).ok()?,
            Err(_) if month == "sept" => Month::September,
            Err(_) => months().find(is_called)?,
        };
        let year: i32 = match year.len() {
            2 => 2000 + year.parse::<i32>().ok()?,
            4 => year.parse().ok()?,
            _ => return None,
        };
        Day::from_calendar_date(year, month, day.parse().ok()?).ok().map(Self)
    }

    /// As it stands in data files: `2017-03-31`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Parse for Date {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "a date is written year-month-day, such as 2017-03-31";
        if text == "…" {
            return Err("write the day in the place of the dots, such as 2017-03-31".to_owned());
        }
        let otherwise = || match Date::meant(text) {
            Some(day) => format!("a date is written year-month-day: {}", day.iso()),
            None => expected.to_owned(),
        };
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(otherwise()) };
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return Err(otherwise());
        }
        let date = || {
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            Day::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
        };
        date().map(Date).ok_or_else(|| format!("{expected}; there is no such day"))
    }

    fn texts() -> Texts {
        Texts::like("[0-9]{4}-[0-9]{2}-[0-9]{2}")
    }
}

/// As it is printed in messages: `31 March 2017`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {} {}", self.day(), self.0.month(), self.year())
    }
}

record! {
    /// The first and the last day that a report covers.
    Period "the period" {
        required from: Date,
        required to: Date,
    }
}

impl Period {
    /// The first and last day of the period after it, which is as long.
    pub fn next(&self) -> (Date, Date) {
        let from = self.to.next_to(true);
        let is_of_months = self.from.day() == from.day();
        let months = if is_of_months { self.from.months_to(from).max(1) } else { 12 };
        (from, from.plus_months(months).next_to(false))
    }

    /// As it is printed: `1 April 2016 to 31 March 2017`.
    pub fn shown(&self, wording: &Wording) -> String {
        wording.span(&self.from.shown(wording), &self.to.shown(wording))
    }

    /// What it is called where periods are told apart: `2016/17`, `2016`, or its first and last day.
    pub fn name(&self, wording: &Wording) -> String {
        let (from, to) = (self.from, self.to);
        match ((from.month(), from.day()), (to.month(), to.day()), to.year() - from.year()) {
            ((4, 1), (3, 31), 1) => FinancialYear(from.year()).to_string(),
            ((1, 1), (12, 31), 0) => from.year().to_string(),
            _ => self.shown(wording),
        }
    }
}

/// As it is printed in messages.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.shown(Wording::english()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_after_one_is_as_long() {
        let next = |from: &str, to: &str| {
            let at = crate::diagnostic::Span::new(crate::diagnostic::FileId(0), 0..0);
            let (from, to) = Period { at, from: Date::parse(from).unwrap(), to: Date::parse(to).unwrap() }.next();
            format!("{} {}", from.iso(), to.iso())
        };
        assert_eq!(next("2016-04-01", "2017-03-31"), "2017-04-01 2018-03-31");
        assert_eq!(next("2019-01-01", "2019-12-31"), "2020-01-01 2020-12-31");
        assert_eq!(next("2025-10-01", "2025-12-31"), "2026-01-01 2026-03-31");
        assert_eq!(next("2023-12-01", "2024-01-31"), "2024-02-01 2024-03-31");
        assert_eq!(Date::parse("2024-02-29").unwrap().plus_months(12).iso(), "2025-02-28");
    }

    #[test]
    fn a_day_is_read_as_it_is_printed() {
        for text in ["29 February 2016", "3 June 2017"] {
            assert_eq!(Date::of_words(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Date::of_words("30 February 2016"), None);
        assert_eq!(Date::of_words("3 Juni 2017"), None);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Date::parse("2016-02-29").unwrap().to_string(), "29 February 2016");
        for text in ["2017-02-29", "31-03-2017", "2017-3-1", "2017-13-01", "soon"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }
}
