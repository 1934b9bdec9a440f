//! Days and periods.

use std::fmt;

use time::{Date as Day, Month};

use crate::record;
use crate::yaml::Parse;

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

    /// The month's name: `March`.
    pub fn month_name(self) -> String {
        self.0.month().to_string()
    }

    /// A day as it is printed: `31 March 2017`.
    pub fn of_words(text: &str) -> Option<Self> {
        let [day, month, year] = text.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        let month = (1..=12).filter_map(|month| Month::try_from(month).ok()).find(|one| one.to_string() == month)?;
        Day::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok().map(Self)
    }

    /// As it stands in data files: `2017-03-31`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Parse for Date {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "a date is written year-month-day, such as 2017-03-31";
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(expected.to_owned()) };
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return Err(expected.to_owned());
        }
        let date = || {
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            Day::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
        };
        date().map(Date).ok_or_else(|| format!("{expected}; there is no such day"))
    }
}

/// As it is printed: `31 March 2017`.
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

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
