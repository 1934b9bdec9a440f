//! When a fact holds: a financial year, a calendar year or a day.

use std::fmt;

use super::{Count, Date};
use crate::yaml::{Parse, Texts};

/// A financial year, by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FinancialYear(pub i32);

impl FinancialYear {
    /// With both years in full: `2016/2017`.
    pub fn long(self) -> String {
        format!("{}/{}", self.0, self.0 + 1)
    }
}

impl Parse for FinancialYear {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = "a financial year is written 2016/17";
        let (first, second) = text.split_once('/').ok_or(expected)?;
        let all_digits = [first, second].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if !all_digits || (first.len(), second.len()) != (4, 2) {
            return Err(expected.to_owned());
        }
        let first: i32 = first.parse().map_err(|_| expected)?;
        match format!("{:02}", (first + 1) % 100) == second {
            true => Ok(Self(first)),
            false => Err(format!("{expected}: the second year follows the first")),
        }
    }

    fn texts() -> Texts {
        Texts::like("[0-9]{4}/[0-9]{2}")
    }
}

/// As it is printed: `2016/17`.
impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1) % 100)
    }
}

/// The time that a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    FinancialYear(FinancialYear),
    Year(i32),
    Day(Date),
}

impl When {
    /// Whether it is over before a day.
    pub fn ends_before(self, day: Date) -> bool {
        let ends = match self {
            When::FinancialYear(year) => (year.0 + 1, 3, 31),
            When::Year(year) => (year, 12, 31),
            When::Day(this) => (this.year(), this.month(), this.day()),
        };
        ends < (day.year(), day.month(), day.day())
    }

    /// Whether it begins after a day.
    pub fn begins_after(self, day: Date) -> bool {
        let begins = match self {
            When::FinancialYear(year) => (year.0, 4, 1),
            When::Year(year) => (year, 1, 1),
            When::Day(this) => (this.year(), this.month(), this.day()),
        };
        begins > (day.year(), day.month(), day.day())
    }
}

impl Parse for When {
    fn parse(text: &str) -> Result<Self, String> {
        if let Some(day) = Date::meant(text) {
            return Err(format!("a day is written year-month-day: {}", day.iso()));
        }
        if text.contains('/') {
            return FinancialYear::parse(text).map(When::FinancialYear);
        }
        if text.contains('-') {
            return Date::parse(text).map(When::Day);
        }
        match Count::parse(text) {
            Ok(Count(year @ 1000..=9999)) => Ok(When::Year(year as i32)),
            _ => Err("a time is written 2016/17, 2016 or 2016-12-31".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::like("[0-9]{4}(/[0-9]{2}|-[0-9]{2}-[0-9]{2})?|[0-9],[0-9]{3}")
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            When::FinancialYear(year) => year.fmt(f),
            When::Year(year) => write!(f, "{year}"),
            When::Day(day) => day.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_taken_as_people_write_them() {
        for (text, shown) in
            [("2016/17", "2016/17"), ("1999/00", "1999/00"), ("2015", "2015"), ("2016-12-31", "31 December 2016")]
        {
            assert_eq!(When::parse(text).map(|when| when.to_string()), Ok(shown.to_owned()));
        }
        for text in ["2016/18", "16/17", "2016/2017", "2016-13-01", "soon", "12"] {
            assert!(When::parse(text).is_err(), "{text} must be refused");
        }
        assert_eq!(FinancialYear(2016).long(), "2016/2017");
    }
}
