//! Days and periods.

use std::fmt;

use time::{Date as Day, Month};

use super::FinancialYear;
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

impl Period {
    /// What it is called where periods are told apart: `2016/17`, `2016`, or its first and last day.
    pub fn name(&self) -> String {
        let (from, to) = (self.from, self.to);
        match ((from.month(), from.day()), (to.month(), to.day()), to.year() - from.year()) {
            ((4, 1), (3, 31), 1) => FinancialYear(from.year()).to_string(),
            ((1, 1), (12, 31), 0) => from.year().to_string(),
            _ => self.to_string(),
        }
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
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Date::parse("2016-02-29").unwrap().to_string(), "29 February 2016");
        for text in ["2017-02-29", "31-03-2017", "2017-3-1", "2017-13-01", "soon"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }
}
