//! A target that was typed without the unit of its results: 95 for 95%.

use rust_decimal::Decimal;

use super::indicator::PeriodFigures;
use super::target::{Target, TargetStep};
use super::values::{Amount, Figure, IndicatorColumn, Unit};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::yaml::At;

/// Tells of targets that are plain numbers where the results are none, or where they are near to the percentages and far
/// from the numbers that stand beside these.
pub fn check(target: &Target, periods: &[PeriodFigures], findings: &mut Findings) {
    let results: Vec<Amount> = IndicatorColumn::ALL.iter().filter_map(|column| last(periods, *column)).collect();
    let plain = target.steps().iter().filter(|step| step.of.is_none() && unit(step) == Some(Unit::Number));
    findings.extend(plain.filter_map(|step| {
        let meant = meant(step.figure.value.amount()?.in_full(), &results)?;
        let message = format!("the target is {}, and the results are {}", step.shown(), called(meant.unit));
        let written = TargetStep { figure: At { value: Figure::exact(meant), at: step.figure.at }, ..step.clone() };
        let help = match written.to {
            None => format!("write {}", written.shown()),
            Some(_) => format!("write both ends with their unit, as {} is", Figure::exact(meant)),
        };
        let finding = Diagnostic::error(Code::WrongValue, step.figure.at, message).help(help);
        Some(match meant.unit {
            Unit::Percent => finding.help("a target of a number of things says of which: 95 of the visits"),
            _ => finding,
        })
    }));
}

fn unit(step: &TargetStep) -> Option<Unit> {
    step.figure.value.unit()
}

/// The last figure of a column that has one.
fn last(periods: &[PeriodFigures], column: IndicatorColumn) -> Option<Amount> {
    periods.iter().rev().find_map(|period| period.figure(column)?.value.amount())
}

/// The amount that a plain number was meant for; none where it may be one of the plain numbers.
fn meant(number: Decimal, results: &[Amount]) -> Option<Amount> {
    let away = |result: &Amount| (result.in_full() - number).abs();
    let of_kind = |is_meant: fn(Unit) -> bool| results.iter().filter(move |result| is_meant(result.unit));
    let percentage = of_kind(|unit| unit == Unit::Percent).next();
    let nearest_number = of_kind(|unit| unit == Unit::Number).map(away).min();
    match (percentage, nearest_number) {
        (Some(percentage), nearest) if nearest.is_none_or(|nearest| away(percentage) < nearest) => {
            let is_part = number > Decimal::ZERO && number < Decimal::ONE && percentage.in_full() > Decimal::ONE;
            let hundredth = if is_part { number * Decimal::ONE_HUNDRED } else { number };
            Some(Amount::new(hundredth.normalize(), Unit::Percent))
        }
        (None, None) => Some(Amount::new(number, results.first()?.unit)),
        _ => None,
    }
}

/// What figures of a unit are called, more than one of them.
fn called(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percentages",
        Unit::Money(_) => "amounts of money",
        Unit::Time(unit) => unit.name(),
        Unit::Points => "percentage points",
        Unit::Ratio => "ratios",
        Unit::Rate(_) => "rates",
        Unit::Number | Unit::Year | Unit::Declared(_) => "figures of another unit",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant_for(number: &str, results: &[&str]) -> Option<String> {
        let results: Vec<Amount> = results.iter().filter_map(|text| Amount::parse(text, Unit::Number).ok()).collect();
        meant(number.parse().unwrap(), &results).map(|amount| amount.to_string())
    }

    #[test]
    fn a_plain_number_is_meant_for_what_it_is_near_to() {
        for (number, results, meant) in [
            ("95", &["1200", "1104", "92%"][..], Some("95%")),
            ("95", &["92%"], Some("95%")),
            ("0.95", &["92%"], Some("95%")),
            ("5", &["8000", "8560", "7%"], Some("5%")),
            ("2", &["9.5 weeks"], Some("2 weeks")),
            ("1000", &["£990"], Some("£1,000")),
            ("1000", &["1200", "1104", "92%"], None),
            ("40", &["23", "£13,158"], None),
            ("17", &["17", "12", "71%"], None),
            ("15", &["10"], None),
            ("15", &[], None),
        ] {
            assert_eq!(meant_for(number, results).as_deref(), meant, "{number} among {results:?}");
        }
    }
}
