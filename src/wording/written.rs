//! Numbers, amounts, days and words for numbers, as a language writes them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Counted, Wording};

/// The message of a place in digits: `4th`.
pub(super) const PLACE: &str = "number.place";

/// The message of a percentage: `98%`.
const PERCENT: &str = "number.percent";

/// The words that belong to the figure before them.
pub(super) const UNITS: &str = "units-after-figures";

/// What stands between a percentage and the number that it is of.
pub(super) const BASES: &str = "bases";

/// Whether names begin with a small letter within a sentence, and which way a language is written.
pub(super) const NAMES_IN_TEXT: &str = "writing.names-in-text";
pub(super) const DIRECTION: &str = "writing.direction";

/// The sign of a negative number, as it is printed. A hyphen may be parted from its figure; this is not.
const MINUS: char = '\u{2212}';
/// Is not seen, and keeps what follows it from left to right.
const LEFT_TO_RIGHT: &str = "\u{200e}";

impl Wording {
    /// A number with its thousands grouped and its decimals as they are kept; a negative one with the sign that is not
    /// parted from it.
    pub fn number(&self, number: Decimal) -> String {
        let text = number.abs().to_string();
        let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
        let mut shown = String::with_capacity(text.len() + 6);
        if number.is_sign_negative() && !number.is_zero() {
            shown.push_str(&self.minus());
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                shown.push_str(&self.numbers.group);
            }
            shown.push(digit);
        }
        if let Some(decimals) = decimals {
            shown.push_str(&self.numbers.decimal);
            shown.push_str(decimals);
        }
        shown
    }

    /// The sign of a negative number. Where lines are written from right to left it would stand behind its number, unless
    /// a mark says that both are one.
    pub fn minus(&self) -> String {
        format!("{}{MINUS}", self.left_to_right_mark())
    }

    /// A negative number, of which this is the amount, in brackets. Where lines are written from right to left these would
    /// stand the other way round, unless a mark says that all three are one.
    pub fn in_brackets(&self, amount: &str) -> String {
        format!("{}({amount})", self.left_to_right_mark())
    }

    /// The mark that keeps what follows it from left to right, where lines are written otherwise.
    fn left_to_right_mark(&self) -> &'static str {
        if self.is_rtl() { LEFT_TO_RIGHT } else { "" }
    }

    /// What stands before decimals.
    pub fn decimal_sign(&self) -> &str {
        &self.numbers.decimal
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(&self) -> bool {
        self.say(DIRECTION, &[]) == "rtl"
    }

    /// Whether numbers are written as in English.
    pub fn writes_as_english(&self) -> bool {
        self.numbers == Wording::english().numbers
    }

    /// Whether a space stands between the thousands of its numbers.
    pub fn has_spaces_in_thousands(&self) -> bool {
        self.numbers.group == "\u{a0}"
    }

    /// Whether a space stands before its percent sign.
    pub fn has_space_before_percent(&self) -> bool {
        self.say(PERCENT, &[]).split_once('%').is_some_and(|(before, _)| before.ends_with(char::is_whitespace))
    }

    /// A text of this language with the digits of its numbers as they stand in English and in data: `1234.5`.
    pub fn plain_digits(&self, written: &str) -> String {
        let (group, decimal) = (self.numbers.group.chars().next(), self.numbers.decimal.chars().next());
        let letters: Vec<char> = written.chars().collect();
        let is_digit = |place: usize| letters.get(place).is_some_and(char::is_ascii_digit);
        // What was read has spaces of one kind, and what was typed may have narrow ones.
        let is_group = |letter: char| {
            group.is_some_and(|sign| letter == sign || sign == '\u{a0}' && matches!(letter, ' ' | '\u{202f}'))
        };
        let parts_thousands = |at: usize| (at + 1..at + 4).all(is_digit) && !is_digit(at + 4);
        let mut plain = String::with_capacity(written.len());
        for (at, letter) in letters.iter().enumerate() {
            let is_behind_a_digit = at > 0 && is_digit(at - 1);
            match letter {
                letter if is_behind_a_digit && is_group(*letter) && parts_thousands(at) => {}
                letter if is_behind_a_digit && decimal == Some(*letter) && is_digit(at + 1) => plain.push('.'),
                letter => plain.push(*letter),
            }
        }
        plain
    }

    /// A number in words: "five". None where the language has no word for it here.
    pub fn in_words(&self, number: u64) -> Option<String> {
        self.nth("number-words", number)
    }

    /// A place in words: "fourth".
    pub fn place_in_words(&self, place: u64) -> Option<String> {
        self.nth("ordinal-words", place)
    }

    /// A place in digits: "4th".
    pub fn place(&self, place: u64) -> String {
        self.filled(PLACE, Some(Counted::Place(place.into())), &[("n", &place.to_string())])
    }

    /// The name of a month, from 1: "March".
    pub fn month(&self, month: u8) -> String {
        self.nth("months", u64::from(month).saturating_sub(1)).unwrap_or_default()
    }

    /// The name of a month where there is little room: "Mar".
    pub fn month_short(&self, month: u8) -> String {
        self.nth("months-short", u64::from(month).saturating_sub(1)).unwrap_or_default()
    }

    /// The month of that name in this language, from 1.
    pub fn month_named(&self, name: &str) -> Option<u8> {
        let months = self.lists.get("months")?;
        months.iter().zip(1..).find(|(month, _)| *month == name).map(|(_, number)| number)
    }

    /// Whether a name is that of a month where there is little room.
    pub fn is_month_short(&self, name: &str) -> bool {
        self.lists.get("months-short").is_some_and(|months| months.iter().any(|month| month == name))
    }

    /// A day: "31 March 2017".
    pub fn day(&self, year: i32, month: u8, day: u8) -> String {
        let (day_shown, year) = (day.to_string(), year.to_string());
        self.say_of(day, "date.day", &[("day", &day_shown), ("month", &self.month(month)), ("year", &year)])
    }

    /// A day of any year: "31 March".
    pub fn day_of_month(&self, month: u8, day: u8) -> String {
        self.say_of(day, "date.day-month", &[("day", &day.to_string()), ("month", &self.month(month))])
    }

    /// A month: "March 2017".
    pub fn month_of_year(&self, year: i32, month: u8) -> String {
        self.say("date.month-year", &[("month", &self.month(month)), ("year", &year.to_string())])
    }

    /// From one time to another: "1 April 2016 to 31 March 2017".
    pub fn span(&self, from: &str, to: &str) -> String {
        self.say("date.span", &[("from", from), ("to", to)])
    }

    /// A name of the content within a sentence: with a small letter, where the language writes names so, unless they are
    /// short forms.
    pub fn within_text(&self, name: &str) -> String {
        let is_small = self.say(NAMES_IN_TEXT, &[]) == "small";
        let first = name.split_whitespace().next().unwrap_or_default();
        let is_short_form = first.chars().skip(1).any(char::is_uppercase);
        let mut letters = name.chars();
        match letters.next().filter(|_| is_small && !is_short_form) {
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => name.to_owned(),
        }
    }

    /// The unit with which a text begins that stands after a figure, behind a space: up to the next space, so that it takes
    /// along the comma behind it. Of units of several words it is the longest.
    pub fn unit_after_figure<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = text.strip_prefix(' ')?;
        let units = self.lists.get(UNITS)?;
        let most = units.iter().map(|unit| unit.matches(' ').count()).max()?;
        let ends: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]).take(most + 1).collect();
        let is_mark = |c: char| !c.is_alphanumeric() && c != '%';
        let is_unit = |words: &&str| {
            units.iter().any(|unit| words.strip_prefix(unit.as_str()).is_some_and(|rest| rest.chars().all(is_mark)))
        };
        ends.into_iter().rev().map(|end| &words[..end]).find(is_unit)
    }

    /// What stands between a percentage and the number that it is of: "of the", "n =".
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.lists.get(BASES).into_iter().flatten().map(String::as_str)
    }

    /// Every word that means a number from two up, in small letters, with the number: those in which numbers and places
    /// are written, where they are one word, and those that the file names beside them.
    pub fn number_words(&self) -> impl Iterator<Item = (String, u64)> {
        let list = |name, least: u64| {
            let words = self.lists.get(name).map(Vec::as_slice).unwrap_or_default();
            words.iter().zip(0..).filter(move |(word, number)| *number >= least && !word.contains(' '))
        };
        let written = list("number-words", 2).chain(list("ordinal-words", 3));
        let also = self.also.iter().map(|(word, number)| (word, *number));
        written.chain(also).map(|(word, number)| (word.to_lowercase(), number))
    }

    /// Whether its texts have numbers in words, or months, that are no English.
    pub fn reads_more_than_english(&self) -> bool {
        !self.readings.is_empty()
    }

    /// The English that means the same as a word in small letters.
    pub fn in_english(&self, word: &str) -> Option<&str> {
        self.readings.get(word).map(String::as_str)
    }

    /// The words of this language that are no English, with the English that means the same.
    pub(super) fn read_as(&self, english: &Wording) -> BTreeMap<String, String> {
        const LARGE: [(u64, &str); 5] =
            [(12, "dozen"), (100, "hundred"), (1_000, "thousand"), (1_000_000, "million"), (1_000_000_000, "billion")];
        let large = |number: u64| LARGE.iter().find(|(large, _)| *large == number).map(|(_, word)| (*word).to_owned());
        let known: BTreeMap<String, u64> = english.number_words().collect();
        let numbers = self.number_words().filter(|(word, _)| !known.contains_key(word));
        let numbers =
            numbers.filter_map(|(word, number)| Some((word, large(number).or_else(|| english.in_words(number))?)));
        let places = (1..=31).map(|day| (self.place(day).to_lowercase(), english.place(day)));
        let months = (1..=12).map(|month| (self.month(month).to_lowercase(), english.month(month)));
        let own = numbers.chain(places).chain(months).filter(|(own, english)| *own != english.to_lowercase());
        self.read_as.clone().into_iter().chain(own).collect()
    }

    fn nth(&self, list: &str, place: u64) -> Option<String> {
        self.lists.get(list)?.get(usize::try_from(place).ok()?).cloned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wording::Wordings;

    #[test]
    fn numbers_and_days_are_written_as_each_language_does() {
        let all = Wordings::default();
        let of = |tag: &str| all.find(tag, None).unwrap();
        let number: Decimal = "-1234.50".parse().unwrap();
        assert_eq!(of("en").number(number), "−1,234.50");
        assert_eq!(of("fr").number(number), "−1\u{a0}234,50");
        assert_eq!(of("fr").plain_digits("4 sur 1 234,5, 12 £"), "4 sur 1234.5, 12 £");
        assert_eq!(of("fr").plain_digits("1\u{202f}234,5"), "1234.5");
        assert_eq!(of("en").day(2017, 3, 1), "1 March 2017");
        assert_eq!(of("cy").day(2017, 3, 1), "1 Mawrth 2017");
        assert_eq!(
            (of("fr").day(2017, 3, 1), of("fr").day(2017, 3, 31)),
            ("1er mars 2017".into(), "31 mars 2017".into())
        );
        assert_eq!([1, 2, 3, 11, 21].map(|place| of("en").place(place)), ["1st", "2nd", "3rd", "11th", "21st"]);
        assert_eq!([1, 2, 11, 20, 21].map(|place| of("cy").place(place)), ["1af", "2il", "11eg", "20fed", "21ain"]);
        assert_eq!([1, 2, 101].map(|place| of("fr").place(place)), ["1er", "2e", "101e"]);
        assert_eq!(of("cy").in_words(2).as_deref(), Some("dau"));
        assert!(of("cy").number_words().any(|(word, number)| (word.as_str(), number) == ("dwy", 2)));
    }

    #[test]
    fn spaces_stand_between_thousands_or_before_a_percent_sign_or_both() {
        let all = Wordings::default();
        let spaces = |wording: &Wording| (wording.has_spaces_in_thousands(), wording.has_space_before_percent());
        assert_eq!(spaces(all.find("en", None).unwrap()), (false, false));
        assert_eq!(spaces(all.find("fr", None).unwrap()), (true, true));
        let mut german = Wording::clone(all.find("fr", None).unwrap());
        german.numbers.group = ".".to_owned();
        assert_eq!(spaces(&german), (false, true));
    }

    #[test]
    fn a_unit_behind_a_figure_is_known_in_each_language() {
        let all = Wordings::default();
        let unit = |tag: &str, text: &'static str| all.find(tag, None).unwrap().unit_after_figure(text);
        assert_eq!(unit("en", " working days, on average"), Some("working days,"));
        assert_eq!(unit("en", " working people"), None);
        assert_eq!(unit("en", "weeks"), None);
        assert_eq!(unit("cy", " wythnos o aros"), Some("wythnos"));
        assert_eq!(unit("cy", " o bobl"), None);
        assert_eq!(unit("fr", " points de pourcentage de plus"), Some("points de pourcentage"));
        assert_eq!(unit("fr", " jours ouvrés."), Some("jours ouvrés."));
        assert_eq!(unit("fr", " jours fériés"), Some("jours"));
        assert_eq!(unit("fr", " k€, de plus"), Some("k€,"));
        assert_eq!(unit("fr", " €100"), None);
    }

    proptest! {
        #[test]
        fn a_number_of_any_language_has_the_digits_of_the_number(digits in -999_999_999_999_i64..999_999_999_999, scale in 0_u32..6) {
            let number = Decimal::new(digits, scale);
            for tag in ["en", "cy", "fr"] {
                let all = Wordings::default();
                let wording = all.find(tag, None).unwrap();
                let written = wording.plain_digits(&wording.number(number)).replace(MINUS, "-");
                prop_assert_eq!(written.parse(), Ok(number));
            }
        }
    }
}
