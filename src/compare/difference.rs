//! How much a figure is more or less than it was.

use rust_decimal::Decimal;

use crate::fact::round;
use crate::model::values::{Currency, TimeUnit};
use crate::transcript::Figure;
use crate::wording::Wording;

/// The difference in the figure's own unit, to the last place that is printed; nothing where it has none.
pub fn difference(old: &Figure, new: &Figure, [was, is]: [&str; 2], wording: &Wording) -> String {
    let (Some(before), Some(now)) = (&old.number, &new.number) else { return String::new() };
    if before.unit != now.unit || !before.width.is_zero() || !now.width.is_zero() {
        return String::new();
    }
    let places = decimals(was, before.value).max(decimals(is, now.value));
    let at = |number: Decimal| round(number, places);
    let Some(difference) = at(now.value).checked_sub(at(before.value)) else { return String::new() };
    if difference.is_zero() {
        return wording.say("changes.as-much", &[]);
    }
    let sign = if difference.is_sign_negative() { wording.minus() } else { "+".to_owned() };
    let amount = difference.abs();
    let number = wording.number(amount);
    sign + &match now.unit.as_str() {
        "per cent" | "percentage points" => wording.say("changes.points", &[("n", &number)]),
        "number" | "ratio" => number,
        unit => {
            let currency = Currency::ALL.iter().find(|currency| currency.code() == unit);
            match (currency, TimeUnit::typed(unit)) {
                (Some(currency), _) => {
                    let sign = currency.sign().to_string();
                    wording.say("number.money", &[("sign", &sign), ("n", &number)])
                }
                (None, Some(time)) => wording.say_of(amount, time.key(), &[("n", &number)]),
                (None, None) => wording.say("number.with-unit", &[("n", &number), ("unit", unit)]),
            }
        }
    }
}

/// How many decimals a printed figure has; none where it is in thousands or millions, since differences are in full. A
/// comma stands before decimals where the whole number stands before it, as French writes it.
fn decimals(shown: &str, value: Decimal) -> u32 {
    let whole = value.trunc().abs().normalize().to_string();
    let is_whole = |before: &str| before.chars().filter(char::is_ascii_digit).eq(whole.chars());
    let by_comma = || shown.rsplit_once(',').filter(|(before, _)| is_whole(before));
    let Some((_, behind)) = shown.rsplit_once('.').or_else(by_comma) else { return 0 };
    let digits = behind.chars().take_while(char::is_ascii_digit).count();
    let is_large = behind[digits..].starts_with(|letter: char| letter.is_alphabetic());
    if is_large { 0 } else { digits as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Number, Origin};
    use crate::wording::Wordings;

    fn of(unit: &str, was: (&str, &str), is: (&str, &str)) -> String {
        told("en", unit, was, is)
    }

    fn told(language: &str, unit: &str, was: (&str, &str), is: (&str, &str)) -> String {
        let all = Wordings::default();
        let figure = |(value, shown): (&str, &str)| Figure {
            address: "a.b".to_owned(),
            shown: shown.to_owned(),
            number: Some(Number { value: value.parse().unwrap(), width: Decimal::ZERO, unit: unit.to_owned() }),
            origin: Origin::Typed(None),
            printed: None,
            restated: None,
        };
        difference(&figure(was), &figure(is), [was.1, is.1], all.find(language, None).unwrap())
    }

    #[test]
    fn a_difference_has_the_unit_and_the_places_that_are_printed() {
        assert_eq!(of("GBP", ("540000", "£540,000"), ("522000", "£522,000")), "−£18,000");
        assert_eq!(of("GBP", ("21.38", "£21.38"), ("21.41", "£21.41")), "+£0.03");
        assert_eq!(of("per cent", ("20.9166", "20.92%"), ("21.0119", "21.01%")), "+0.09 points");
        assert_eq!(of("weeks", ("3", "3 weeks"), ("2", "2 weeks")), "−1 week");
        assert_eq!(of("GBP", ("4500000", "£4.5m"), ("5000000", "£5.0m")), "+£500,000");
        assert_eq!(of("number", ("8", "8"), ("9", "9")), "+1");
        assert_eq!(of("number", ("4.5", "4.5"), ("4.50", "4.50")), "as much");
        assert_eq!(of("GBP", ("1021.38", "1\u{a0}021,38\u{a0}£"), ("1021.41", "1\u{a0}021,41\u{a0}£")), "+£0.03");
        assert_eq!(of("number", ("1234", "1,234"), ("1236", "1,236")), "+2");
        assert_eq!(of("tco2e", ("8", "8 tCO2e"), ("9", "9 tCO2e")), "+1 tco2e");
    }

    #[test]
    fn a_difference_is_told_in_the_language_of_the_report() {
        let money = (("1021.38", "1\u{a0}021,38\u{a0}£"), ("2021.41", "2\u{a0}021,41\u{a0}£"));
        assert_eq!(told("fr", "GBP", money.0, money.1), "+1\u{a0}000,03\u{a0}£");
        assert_eq!(told("fr", "weeks", ("3", "3 semaines"), ("2", "2 semaines")), "−1 semaine");
        assert_eq!(told("cy", "weeks", ("3", "3 wythnos"), ("3", "3 wythnos")), "yr un faint");
        assert_eq!(told("cy", "per cent", ("20.9", "20.9%"), ("21.1", "21.1%")), "+0.2 pwynt");
    }
}
