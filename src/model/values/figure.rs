//! A figure of a table: a plain number, money, a percentage, a time, or the statement that there is none.

use std::fmt;

use rust_decimal::Decimal;

use super::{Duration, Money, Number, Percent};
use crate::yaml::Parse;

const EXPECTED: &str = "a figure is written 1,323 or 38.6 or £4.5M or 98% or 9.5 weeks, or `n/a` or `no data`";

/// One cell of a table of figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    Number(Number),
    Money(Money),
    Percent(Percent),
    Duration(Duration),
    /// The figure does not apply.
    NotApplicable,
    /// There is no data for it.
    NoData,
}

impl Figure {
    /// The number alone, for data files; money in pounds. `None` where there is no figure.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Figure::Number(number) => Some(number.0),
            Figure::Money(money) => Some(money.pounds()),
            Figure::Percent(percent) => Some(percent.0),
            Figure::Duration(time) => Some(time.amount),
            Figure::NotApplicable | Figure::NoData => None,
        }
    }

    /// The unit's name in data files.
    pub fn unit(self) -> &'static str {
        match self {
            Figure::Number(number) => number.unit(),
            Figure::Money(_) => "GBP",
            Figure::Percent(_) => "per cent",
            Figure::Duration(time) => time.unit.name(),
            Figure::NotApplicable => "not applicable",
            Figure::NoData => "no data",
        }
    }

    /// What kind of figure this is, for messages.
    pub fn kind(self) -> &'static str {
        match self {
            Figure::Number(_) => "a number",
            Figure::Money(_) => "an amount of money",
            Figure::Percent(_) => "a percentage",
            Figure::Duration(_) => "a time",
            Figure::NotApplicable | Figure::NoData => "no figure",
        }
    }

    /// Whether it says that there is none.
    pub fn is_absent(self) -> bool {
        matches!(self, Figure::NotApplicable | Figure::NoData)
    }
}

impl Parse for Figure {
    /// The form decides: a pound sign makes money, a per cent sign a percentage, a unit a time.
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "n/a" | "N/A" => Ok(Figure::NotApplicable),
            "no data" => Ok(Figure::NoData),
            _ if text.starts_with('£') || text.starts_with("-£") => Money::parse(text).map(Figure::Money),
            _ if text.ends_with('%') => Percent::parse(text).map(Figure::Percent),
            _ if text.contains(' ') => Duration::parse(text).map(Figure::Duration),
            _ => match Number::parse(text) {
                Ok(number) if number.0.is_sign_negative() => {
                    Err(format!("{EXPECTED}; a number of things is not negative"))
                }
                Ok(number) => Ok(Figure::Number(number)),
                Err(why) => Err(format!("{EXPECTED}; {why}")),
            },
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Figure::Number(number) => number.fmt(f),
            Figure::Money(money) => money.fmt(f),
            Figure::Percent(percent) => percent.fmt(f),
            Figure::Duration(time) => time.fmt(f),
            Figure::NotApplicable => f.write_str("n/a"),
            Figure::NoData => f.write_str("No data"),
        }
    }
}
