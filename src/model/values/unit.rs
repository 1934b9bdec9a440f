//! What numbers count: things, money, parts, time, and units that the organisation declares.

use std::fmt;

use super::Id;
use crate::wording::Wording;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Things, or a plain number whose unit is said beside it.
    Number,
    Money(Currency),
    Percent,
    /// The distance of two percentages.
    Points,
    /// One quantity by another of the same unit: 0.5 is 50 per cent, and `1:8` is an eighth.
    Ratio,
    /// So many of every so many: `5.2 per 1,000`.
    Rate(u32),
    Time(TimeUnit),
    /// A calendar year.
    Year,
    /// One that the organisation declares: `tco2e`.
    Declared(UnitId),
}

/// A currency, by its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    Pound,
    Dollar,
    Euro,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    Seconds,
    Minutes,
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// The id of a declared unit, kept in place, so that quantities can be copied like the numbers that they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    letters: [u8; UnitId::LONGEST],
}

impl Currency {
    pub const ALL: [Currency; 3] = [Currency::Pound, Currency::Dollar, Currency::Euro];

    pub fn sign(self) -> char {
        match self {
            Currency::Pound => '£',
            Currency::Dollar => '$',
            Currency::Euro => '€',
        }
    }

    /// An amount of it: its digits, and what stands for thousands, millions or billions.
    pub fn written(self, digits: &str, scale: &str, wording: &Wording) -> String {
        let sign = self.sign().to_string();
        match scale {
            "" => wording.say("number.money", &[("sign", &sign), ("n", digits)]),
            scale => wording.say("number.money-scaled", &[("sign", &sign), ("n", digits), ("scale", scale)]),
        }
    }

    /// Its code in data files (ISO 4217).
    pub fn code(self) -> &'static str {
        match self {
            Currency::Pound => "GBP",
            Currency::Dollar => "USD",
            Currency::Euro => "EUR",
        }
    }
}

impl TimeUnit {
    /// Each with the forms in which it is typed.
    const FORMS: [(TimeUnit, &'static [&'static str]); 8] = [
        (TimeUnit::Seconds, &["sec", "secs", "second", "seconds"]),
        (TimeUnit::Minutes, &["min", "mins", "minute", "minutes"]),
        (TimeUnit::Hours, &["hour", "hours", "hr", "hrs"]),
        (TimeUnit::Days, &["day", "days"]),
        (TimeUnit::WorkingDays, &["working day", "working days"]),
        (TimeUnit::Weeks, &["week", "weeks"]),
        (TimeUnit::Months, &["month", "months"]),
        (TimeUnit::Years, &["year", "years"]),
    ];

    /// The unit that is typed so.
    pub fn typed(word: &str) -> Option<Self> {
        Self::FORMS.iter().find(|(_, forms)| forms.contains(&word)).map(|(unit, _)| *unit)
    }

    /// The message that prints so much of it.
    pub fn key(self) -> &'static str {
        match self {
            TimeUnit::Seconds => "time.seconds",
            TimeUnit::Minutes => "time.minutes",
            TimeUnit::Hours => "time.hours",
            TimeUnit::Days => "time.days",
            TimeUnit::WorkingDays => "time.working-days",
            TimeUnit::Weeks => "time.weeks",
            TimeUnit::Months => "time.months",
            TimeUnit::Years => "time.years",
        }
    }

    /// The message that names it, over a column of it.
    pub fn name_key(self) -> &'static str {
        match self {
            TimeUnit::Seconds => "unit.seconds",
            TimeUnit::Minutes => "unit.minutes",
            TimeUnit::Hours => "unit.hours",
            TimeUnit::Days => "unit.days",
            TimeUnit::WorkingDays => "unit.working-days",
            TimeUnit::Weeks => "unit.weeks",
            TimeUnit::Months => "unit.months",
            TimeUnit::Years => "unit.years",
        }
    }

    /// Its name in data files.
    pub fn name(self) -> &'static str {
        match self {
            TimeUnit::Seconds => "seconds",
            TimeUnit::Minutes => "minutes",
            TimeUnit::Hours => "hours",
            TimeUnit::Days => "days",
            TimeUnit::WorkingDays => "working days",
            TimeUnit::Weeks => "weeks",
            TimeUnit::Months => "months",
            TimeUnit::Years => "years",
        }
    }
}

impl UnitId {
    /// Longest id of a unit.
    pub const LONGEST: usize = 24;

    /// `None` where it is too long.
    pub fn of(id: &Id) -> Option<Self> {
        let mut letters = [0; Self::LONGEST];
        letters.get_mut(..id.as_str().len())?.copy_from_slice(id.as_str().as_bytes());
        Some(Self { letters })
    }

    pub fn as_str(&self) -> &str {
        let length = self.letters.iter().position(|letter| *letter == 0).unwrap_or(Self::LONGEST);
        std::str::from_utf8(&self.letters[..length]).unwrap_or_default()
    }
}

impl fmt::Debug for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Unit {
    /// Pounds, the money of the reports.
    pub const POUNDS: Unit = Unit::Money(Currency::Pound);

    /// Whether figures of it can be added up: not percentages, which are of different things, ratios, rates and years.
    pub fn adds_up(self) -> bool {
        !matches!(self, Unit::Percent | Unit::Ratio | Unit::Rate(_) | Unit::Year)
    }

    /// The unit's name in data files. Things that can be counted are told from plain numbers by their figures.
    pub fn name(&self) -> String {
        match self {
            Unit::Number => "number".to_owned(),
            Unit::Money(currency) => currency.code().to_owned(),
            Unit::Percent => "per cent".to_owned(),
            Unit::Points => "percentage points".to_owned(),
            Unit::Ratio => "ratio".to_owned(),
            Unit::Rate(of) => format!("per {}", super::number::show_number((*of).into())),
            Unit::Time(unit) => unit.name().to_owned(),
            Unit::Year => "year".to_owned(),
            Unit::Declared(id) => id.as_str().to_owned(),
        }
    }
}

/// What kind of figure has this unit, for messages.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Unit::Number => f.write_str("a number"),
            Unit::Money(Currency::Pound) => f.write_str("an amount of money"),
            Unit::Money(currency) => write!(f, "an amount in {}", currency.sign()),
            Unit::Percent => f.write_str("a percentage"),
            Unit::Points => f.write_str("percentage points"),
            Unit::Ratio => f.write_str("a ratio"),
            Unit::Rate(_) => write!(f, "a rate {}", self.name()),
            Unit::Time(unit) => f.write_str(unit.name()),
            Unit::Year => f.write_str("a year"),
            Unit::Declared(id) => write!(f, "a figure in `{}`", id.as_str()),
        }
    }
}
