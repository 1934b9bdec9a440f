//! A number with its unit, in the form in which it was typed: `£4.5M`, `98.0%`, `(589)`, `9.5 weeks`, `1:8`.

use std::fmt;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use super::number::parse_number;
use super::unit::{Currency, TimeUnit, Unit};
use super::words::{Negatives, NilShown};
use crate::wording::Wording;

/// The sign of a negative number, as it is printed. A hyphen may be parted from its figure; this is not.
pub const MINUS: char = '\u{2212}';

/// What is typed for it: Word makes a dash of a hyphen.
pub const TYPED_MINUS: [char; 3] = ['-', MINUS, '–'];

/// A number with its unit, as it was typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// As it was typed: 4.5 for £4.5M, 12 for 12p.
    number: Decimal,
    pub unit: Unit,
    form: Form,
    /// Whether a plus was typed before it.
    has_plus: bool,
}

/// What was typed beside the digits, besides the sign of the unit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Plain,
    Scaled(Scale),
    Pence,
    /// Before the colon of `1:8`; the number stands behind it.
    Colon(Decimal),
    /// Before the word of `1 in 4`.
    In(Decimal),
}

/// Thousands, millions or billions, with the letter or word that says so, and the message that prints it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    word: &'static str,
    of: u32,
    key: &'static str,
}

const LETTERS: [Scale; 6] = [
    Scale { word: "k", of: 1_000, key: "scale.k" },
    Scale { word: "K", of: 1_000, key: "scale.upper-k" },
    Scale { word: "m", of: 1_000_000, key: "scale.m" },
    Scale { word: "M", of: 1_000_000, key: "scale.upper-m" },
    Scale { word: "bn", of: 1_000_000_000, key: "scale.bn" },
    Scale { word: "b", of: 1_000_000_000, key: "scale.b" },
];

const WORDS: [Scale; 3] = [
    Scale { word: " thousand", of: 1_000, key: "scale.thousand" },
    Scale { word: " million", of: 1_000_000, key: "scale.million" },
    Scale { word: " billion", of: 1_000_000_000, key: "scale.billion" },
];

/// How a report prints its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    pub negatives: Negatives,
    pub nil: NilShown,
    /// How its language writes them.
    pub wording: Arc<Wording>,
}

static OF_MESSAGES: LazyLock<Manner> = LazyLock::new(|| Manner {
    negatives: Negatives::Minus,
    nil: NilShown::Dash,
    wording: Arc::clone(Wording::english()),
});

impl Manner {
    /// That of messages, and of reports that say nothing of it: in English, negatives with a minus, and nil as a dash.
    pub fn of_messages() -> &'static Self {
        &OF_MESSAGES
    }

    /// The sign of a negative figure, or brackets, round what is printed.
    pub fn negative(&self, shown: String) -> String {
        match self.negatives {
            Negatives::Minus => self.wording.minus() + &shown,
            Negatives::Brackets => self.wording.in_brackets(&shown),
        }
    }
}

impl Amount {
    /// A plain number of a unit.
    pub fn new(number: Decimal, unit: Unit) -> Self {
        Self { number, unit, form: Form::Plain, has_plus: false }
    }

    /// Reads an amount; a number without a unit is one of `bare`. The error says what is expected.
    pub fn parse(text: &str, bare: Unit) -> Result<Self, String> {
        let (text, sign) = signed(text);
        let amount = unsigned(text, bare)?;
        let number = if sign == Sign::Minus { -amount.number } else { amount.number };
        if amount.number.is_zero() && sign == Sign::Minus {
            return Err("nought has no sign: write 0".to_owned());
        }
        Ok(Self { number, has_plus: sign == Sign::Plus, ..amount })
    }

    /// The number in whole units: 4,500,000 for £4.5M, 0.12 for 12p, 0.125 for 1:8.
    pub fn in_full(self) -> Decimal {
        match self.form {
            Form::Plain => self.number,
            Form::Scaled(scale) => (self.number * Decimal::from(scale.of)).normalize(),
            Form::Pence => self.number / Decimal::ONE_HUNDRED,
            Form::Colon(first) | Form::In(first) => first.checked_div(self.number).unwrap_or_default(),
        }
    }

    /// One in the last place that was typed, in whole units: 100,000 for £4.5M. Nothing for a ratio, which is exact.
    pub fn step(self) -> Decimal {
        let step = Decimal::new(1, self.number.scale());
        match self.form {
            Form::Plain => step,
            Form::Scaled(scale) => (step * Decimal::from(scale.of)).normalize(),
            Form::Pence => step / Decimal::ONE_HUNDRED,
            Form::Colon(_) | Form::In(_) => Decimal::ZERO,
        }
    }

    /// In thousands, millions or pence as another is, where it was typed without.
    pub fn in_size_of(self, other: Self) -> Self {
        match (self.form, other.form) {
            (Form::Plain, Form::Scaled(_) | Form::Pence) => Self { form: other.form, ..self },
            _ => self,
        }
    }

    /// The same number of another unit.
    pub fn of_unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    pub fn is_negative(self) -> bool {
        self.number.is_sign_negative() && !self.number.is_zero()
    }

    /// Whether it was typed in full, not in thousands, millions or pence.
    pub fn is_in_full(self) -> bool {
        !matches!(self.form, Form::Scaled(_) | Form::Pence)
    }

    /// Whether both were typed in the same scale and unit.
    pub fn is_typed_as(self, other: Self) -> bool {
        let scale = |form: Form| match form {
            Form::Scaled(scale) => scale.of,
            Form::Plain | Form::Pence | Form::Colon(_) | Form::In(_) => 1,
        };
        let is_pence = |form: Form| form == Form::Pence;
        self.unit == other.unit && scale(self.form) == scale(other.form) && is_pence(self.form) == is_pence(other.form)
    }

    /// As it is printed.
    pub fn shown(self, manner: &Manner) -> String {
        self.with_sign(self.unsigned(true, &manner.wording), manner)
    }

    /// As it is printed where its unit stands beside it: in the heading of its column, or with the caption.
    pub fn bare(self, manner: &Manner) -> String {
        self.with_sign(self.unsigned(false, &manner.wording), manner)
    }

    fn with_sign(self, shown: String, manner: &Manner) -> String {
        match self.is_negative() {
            true => manner.negative(shown),
            false if self.has_plus => format!("+{shown}"),
            false => shown,
        }
    }

    fn unsigned(self, with_unit: bool, wording: &Wording) -> String {
        let number = self.number.abs();
        let digits = match self.unit {
            Unit::Year => number.to_string(),
            _ => wording.number(number),
        };
        let (digits, scale) = match self.form {
            Form::Plain => (digits, String::new()),
            Form::Scaled(scale) => (digits, wording.say(scale.key, &[])),
            Form::Pence => return wording.say("number.pence", &[("n", &digits)]),
            Form::Colon(first) => (format!("{}:{digits}", wording.number(first)), String::new()),
            Form::In(first) => {
                let fills = [("part", &*wording.number(first)), ("whole", &*digits)];
                (wording.say("number.in", &fills), String::new())
            }
        };
        let n = ("n", digits.as_str());
        match self.unit {
            Unit::Money(currency) if with_unit => currency.written(&digits, &scale, wording),
            Unit::Percent if with_unit => wording.say("number.percent", &[n]),
            Unit::Points if with_unit => wording.say_of(number, "number.points", &[n]),
            Unit::Time(unit) if with_unit => wording.say_of(number, unit.key(), &[n]),
            Unit::Rate(of) if with_unit => wording.say("number.rate", &[n, ("whole", &wording.number(of.into()))]),
            _ if scale.is_empty() => digits,
            _ => wording.say("number.scaled", &[n, ("scale", &scale)]),
        }
    }
}

/// As it was typed, for messages and data: negatives with a minus.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.shown(Manner::of_messages()))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    None,
    Plus,
    Minus,
}

/// Takes the sign away: `-5`, `−5`, `–5`, `£-5`, `(5)`, `(£5)`, `£(5)`, `(5)%`.
fn signed(text: &str) -> (std::borrow::Cow<'_, str>, Sign) {
    let minus = |c: char| TYPED_MINUS.contains(&c);
    if let Some(rest) = text.strip_prefix(minus) {
        return (rest.trim_start().into(), Sign::Minus);
    }
    if let Some(rest) = text.strip_prefix('+') {
        return (rest.trim_start().into(), Sign::Plus);
    }
    let is_currency = |c: char| Currency::ALL.iter().any(|one| one.sign() == c);
    let (currency, rest) = match text.strip_prefix(is_currency) {
        Some(rest) => (&text[..text.len() - rest.len()], rest),
        None => ("", text),
    };
    if let Some(rest) = rest.strip_prefix(minus).filter(|_| !currency.is_empty()) {
        return (format!("{currency}{rest}").into(), Sign::Minus);
    }
    match rest.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        // What goes on in digits behind the bracket is no figure in brackets.
        Some((inside, behind))
            if !inside.contains('(') && !behind.starts_with(|c: char| !c.is_alphabetic() && !"% ".contains(c)) =>
        {
            (format!("{currency}{inside}{behind}").into(), Sign::Minus)
        }
        _ => (text.into(), Sign::None),
    }
}

fn unsigned(text: std::borrow::Cow<'_, str>, bare: Unit) -> Result<Amount, String> {
    let text = text.trim();
    let plain = |number: Decimal, unit: Unit| Amount::new(number, unit);
    let currency = Currency::ALL.into_iter().find(|one| text.starts_with(one.sign()));
    if let Some(currency) = currency {
        let expected = "an amount of money is written £1,323,536, £21.41 or £4.5M";
        let digits = text.trim_start_matches(currency.sign()).trim_start();
        return scaled(digits, Unit::Money(currency), true).map_err(|why| format!("{expected}; {why}"));
    }
    if let Some(digits) = text.strip_suffix('%') {
        let number = parse_unsigned(digits.trim_end());
        return number
            .map(|number| plain(number, Unit::Percent))
            .map_err(|why| format!("a percentage is written 98% or 99.55%; {why}"));
    }
    // `1:30` is a ratio only where ratios are expected: it could be a time. `1:8` could not.
    let is_ratio = |time: &str| bare == Unit::Ratio || (bare == Unit::Number && !is_time(time));
    let colon = text.split_once(':').filter(|_| is_ratio(text));
    if let Some((first, second)) = colon.or_else(|| text.split_once(" in ")) {
        return ratio(text, first, second);
    }
    if let Some((digits, of)) = text.split_once(" per ") {
        let expected = "a rate is written 5.2 per 1,000";
        let of = parse_unsigned(of).ok().and_then(|of| u32::try_from(of).ok()).filter(|of| *of > 0).ok_or(expected)?;
        return parse_unsigned(digits)
            .map(|number| plain(number, Unit::Rate(of)))
            .map_err(|why| format!("{expected}; {why}"));
    }
    if let Some(digits) = text.strip_suffix('p').filter(|digits| digits.ends_with(|c: char| c.is_ascii_digit())) {
        let number = parse_unsigned(digits).map_err(|why| format!("pence are written 12p; {why}"))?;
        return Ok(Amount { form: Form::Pence, ..plain(number, Unit::POUNDS) });
    }
    if let Some((digits, word)) = text.split_once(' ') {
        let unit = match word.trim_start() {
            "percentage point" | "percentage points" => Some(Unit::Points),
            "thousand" | "million" | "billion" => return scaled(text, bare, false),
            word => TimeUnit::typed(word).map(Unit::Time),
        };
        let unit = unit.ok_or_else(|| {
            format!("`{}` is no unit that is known: a time is written 9.5 weeks or 5 mins", word.trim_start())
        })?;
        return parse_unsigned(digits).map(|number| plain(number, unit)).map_err(|why| why.to_string());
    }
    scaled(text, bare, matches!(bare, Unit::Money(_))).map_err(|why| why.to_string())
}

fn parse_unsigned(digits: &str) -> Result<Decimal, String> {
    match digits.starts_with('-') {
        true => Err("a figure has one sign".to_owned()),
        false => parse_number(digits).map_err(|why| why.to_string()),
    }
}

/// Digits with what says that they are thousands, millions or billions; a letter does so only of money.
fn scaled(text: &str, unit: Unit, is_money: bool) -> Result<Amount, String> {
    let letters = LETTERS.iter().filter(|_| is_money);
    let scale = WORDS.iter().chain(letters).find(|scale| text.ends_with(scale.word));
    let (digits, form) = match scale {
        Some(scale) => (&text[..text.len() - scale.word.len()], Form::Scaled(*scale)),
        None => (text, Form::Plain),
    };
    let number = parse_unsigned(digits.trim_end())?;
    Ok(Amount { form, ..Amount::new(number, unit) })
}

/// Whether a text could be a time of hours and minutes, or of minutes and seconds: `1:30`, `12:05:00`.
fn is_time(text: &str) -> bool {
    text.split(':').skip(1).all(|part| part.trim().len() == 2)
}

/// `1:8`, or `1 in 4`.
fn ratio(text: &str, first: &str, second: &str) -> Result<Amount, String> {
    let expected = "a ratio is written 1:8 or 1 in 4";
    let number = |digits: &str| parse_unsigned(digits.trim()).map_err(|why| format!("{expected}; {why}"));
    let (first, second) = (number(first)?, number(second)?);
    if second.is_zero() {
        return Err(format!("{expected}: nothing is a part of nought"));
    }
    let form = if text.contains(':') { Form::Colon(first) } else { Form::In(first) };
    Ok(Amount { form, ..Amount::new(second, Unit::Ratio) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn brackets() -> Manner {
        Manner { negatives: Negatives::Brackets, ..Manner::of_messages().clone() }
    }

    fn read(text: &str) -> (String, String, Unit) {
        let amount = Amount::parse(text, Unit::Number).unwrap_or_else(|why| panic!("{text}: {why}"));
        (amount.to_string(), amount.in_full().normalize().to_string(), amount.unit)
    }

    #[test]
    fn an_amount_keeps_the_form_in_which_it_was_typed() {
        let money = Unit::POUNDS;
        for (text, shown, number, unit) in [
            ("£4.5M", "£4.5M", "4500000", money),
            ("£4.5m", "£4.5m", "4500000", money),
            ("£ 1", "£1", "1", money),
            ("£21.40", "£21.40", "21.4", money),
            ("£234 million", "£234 million", "234000000", money),
            ("$2bn", "$2bn", "2000000000", Unit::Money(Currency::Dollar)),
            ("€5k", "€5k", "5000", Unit::Money(Currency::Euro)),
            ("12p", "12p", "0.12", money),
            ("1.2 million", "1.2 million", "1200000", Unit::Number),
            ("98.0%", "98.0%", "98", Unit::Percent),
            ("5 percentage points", "5 percentage points", "5", Unit::Points),
            ("9.5 weeks", "9.5 weeks", "9.5", Unit::Time(TimeUnit::Weeks)),
            ("1 minute", "1 min", "1", Unit::Time(TimeUnit::Minutes)),
            ("62 working days", "62 working days", "62", Unit::Time(TimeUnit::WorkingDays)),
            ("1 in 4", "1 in 4", "0.25", Unit::Ratio),
            ("5.2 per 1,000", "5.2 per 1,000", "5.2", Unit::Rate(1000)),
            ("9000", "9,000", "9000", Unit::Number),
            ("+12.6", "+12.6", "12.6", Unit::Number),
        ] {
            assert_eq!(read(text), (shown.to_owned(), number.to_owned(), unit), "{text}");
        }
    }

    #[test]
    fn negatives_are_typed_in_several_ways_and_printed_in_one() {
        for text in ["-£5", "−£5", "£-5", "(£5)", "£(5)"] {
            let amount = Amount::parse(text, Unit::Number).unwrap();
            assert_eq!(
                (amount.shown(Manner::of_messages()).as_str(), amount.shown(&brackets()).as_str()),
                ("−£5", "(£5)")
            );
        }
        let ratio = Amount::parse("1:8", Unit::Ratio).unwrap();
        assert_eq!((ratio.to_string().as_str(), ratio.in_full().to_string().as_str()), ("1:8", "0.125"));
        let amount = Amount::parse("(17.5)", Unit::POUNDS).unwrap();
        assert_eq!((amount.bare(&brackets()).as_str(), amount.in_full().to_string().as_str()), ("(17.5)", "-17.5"));
        assert_eq!(read("(5)%").0, "−5%");
    }

    #[test]
    fn slips_are_refused() {
        for text in [
            "£",
            "£k",
            "--5",
            "(-5)",
            "-(5)-",
            "-0",
            "(0)",
            "(1)2",
            "£(1),234",
            "5 metres",
            "1:30",
            "1 in 0",
            "1 in",
            "5 per 0",
            "010",
            "4.5M",
            "p",
            "£5p",
            "%",
        ] {
            assert!(Amount::parse(text, Unit::Number).is_err(), "{text} must be refused");
        }
        assert!(Amount::parse("4.5M", Unit::POUNDS).is_ok(), "where money is expected, a letter is a scale");
    }

    #[test]
    fn every_sign_that_is_typed_for_a_minus_is_one() {
        for text in ["\u{2212}5", "–5", "£–5", "–£5", "(£5)"] {
            let amount = Amount::parse(text, Unit::POUNDS).map(|amount| amount.number);
            assert_eq!(amount, Ok(Decimal::from(-5)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same(text in "[-−(]?[£$]?[0-9]{1,4}(\\.[0-9]{1,2})?(k|m|bn| million|%| weeks|p)?\\)?") {
            if let Ok(amount) = Amount::parse(&text, Unit::Number) {
                for manner in [Manner::of_messages(), &brackets()] {
                    prop_assert_eq!(Amount::parse(&amount.shown(manner), Unit::Number), Ok(amount));
                }
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}|[-−()£$%:.,0-9 a-z]{0,12}") {
            let _ = Amount::parse(&text, Unit::POUNDS);
        }
    }
}
