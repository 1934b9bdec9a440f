//! Which cells of a text file are numbers, and which of its marks parts decimals.

use crate::office::sheet::Refused;

/// How the numbers of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// `1,204.5`
    Point,
    /// `1.204,5`, which was declared.
    Comma,
    /// Either: what could be both is refused. So is everything with a comma or a point where some numbers only make sense
    /// with a decimal comma, which nobody declared.
    InDoubt,
}

/// A number of a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As it is written in English, with its signs: `£1,250.00`, `(45)`, `98.7%`.
    pub shown: String,
    /// The decimal that it is: `1250`, `-45`, `0.987`.
    pub stored: String,
}

/// The parts of a cell that is a number.
struct Written<'t> {
    before: &'t str,
    digits: &'t str,
    after: &'t str,
}

impl Decimals {
    /// How the numbers of these cells are written, if no decimal comma was declared.
    pub fn told_from<'t>(cells: impl Iterator<Item = &'t str>, separator: char) -> Decimals {
        let (mut only_point, mut only_comma) = (false, false);
        for written in cells.filter_map(Written::read) {
            let (as_point, as_comma) = written.readings();
            only_point |= as_point && !as_comma;
            // Where a comma parts cells it parts no decimals: what has one is a list, such as of areas.
            only_comma |= as_comma && !as_point && separator != ',';
        }
        match (only_comma, only_point || separator != ';') {
            (false, true) => Decimals::Point,
            (true, _) | (false, false) => Decimals::InDoubt,
        }
    }

    /// The number that a cell is, or why it may not be taken; none if it is no number.
    pub fn number(self, cell: &str) -> Option<Result<Number, Refused>> {
        let written = Written::read(cell)?;
        if written.readings() == (false, false) {
            return None; // A day (31.03.2017), a list (1,2,3), the number of a chapter.
        }
        let bare = !written.digits.contains(['.', ',']);
        let plain = match self {
            _ if bare => Some(written.digits.to_owned()),
            Decimals::Point => plain(written.digits, '.', ','),
            Decimals::Comma => plain(written.digits, ',', '.'),
            Decimals::InDoubt => None,
        };
        let Some(plain) = plain else { return Some(Err(Refused::DecimalInDoubt)) };
        if plain.bytes().filter(u8::is_ascii_digit).count() > 28 {
            return Some(Err(Refused::TooManyDigits));
        }
        Some(Ok(Number { shown: self.shown(&written), stored: written.stored(&plain) }))
    }

    /// In English: where a comma parts decimals, it and the point change places.
    fn shown(self, written: &Written) -> String {
        let digits = match self {
            Decimals::Comma => written.digits.chars().map(|mark| match mark {
                ',' => '.',
                '.' => ',',
                digit => digit,
            }),
            Decimals::Point | Decimals::InDoubt => return written.whole(written.digits),
        };
        written.whole(&digits.collect::<String>())
    }
}

impl<'t> Written<'t> {
    /// Reads a cell: a sign or brackets, a currency, digits with marks between them, and a per cent sign.
    fn read(cell: &'t str) -> Option<Written<'t>> {
        let cell = cell.trim();
        let start = cell.find(|letter: char| letter.is_ascii_digit())?;
        let end = cell.rfind(|letter: char| letter.is_ascii_digit())? + 1;
        let (before, digits, after) = (&cell[..start], &cell[start..end], &cell[end..]);
        let is_before = |letter| matches!(letter, '-' | '−' | '+' | '(' | '£' | '$' | '€' | ' ' | '\u{A0}');
        let is_after = |letter| matches!(letter, '%' | ')' | '€' | '-' | ' ' | '\u{A0}');
        let opens = before.matches('(').count();
        let signs = cell.matches(['-', '−', '+']).count() + opens;
        let is_number = before.chars().all(is_before)
            && digits.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ','))
            && after.chars().all(is_after)
            && opens == after.matches(')').count()
            && signs <= 1
            && after.matches('%').count() <= 1;
        is_number.then_some(Written { before, digits, after })
    }

    /// Whether its digits can be read with a decimal point, and with a decimal comma.
    fn readings(&self) -> (bool, bool) {
        (plain(self.digits, '.', ',').is_some(), plain(self.digits, ',', '.').is_some())
    }

    fn whole(&self, digits: &str) -> String {
        [self.before, digits, self.after].concat()
    }

    /// The decimal that is meant, of plain digits with a point.
    fn stored(&self, plain: &str) -> String {
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        // A hundredth: the point moves two places to the front.
        let zeros = if self.after.contains('%') { "00" } else { "" };
        let digits = [zeros, whole, fraction].concat();
        let (whole, fraction) = digits.split_at(whole.len());
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_negative = self.before.contains(['-', '−', '(']) || self.after.contains('-');
        let sign = if is_negative && !(whole.is_empty() && fraction.is_empty()) { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { whole };
        match fraction {
            "" => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{fraction}"),
        }
    }
}

/// The digits with a point, if they are written with these marks: thousands in threes, one mark before decimals.
fn plain(digits: &str, decimal: char, thousands: char) -> Option<String> {
    let (whole, fraction) = match digits.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_right = is_grouped
        && !first.is_empty()
        && all_digits(first)
        && rest.iter().all(|group| all_digits(group))
        && fraction.is_none_or(all_digits);
    let whole = [&[first], rest.as_slice()].concat().concat();
    is_right.then(|| fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(decimals: Decimals, cell: &str) -> Option<Result<String, Refused>> {
        decimals.number(cell).map(|number| number.map(|number| format!("{} {}", number.shown, number.stored)))
    }

    #[test]
    fn numbers_are_what_they_say() {
        for (cell, expected) in [
            ("1,204", "1,204 1204"),
            ("(45.00)", "(45.00) -45"),
            (" -£1,250.50 ", "-£1,250.50 -1250.5"),
            ("7.5%", "7.5% 0.075"),
            ("250%", "250% 2.5"),
            ("0%", "0% 0"),
            ("−0.0", "−0.0 0"),
            ("12-", "12- -12"),
            ("00123", "00123 123"),
        ] {
            assert_eq!(stored(Decimals::Point, cell), Some(Ok(expected.to_owned())));
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for cell in [
            "",
            "n/a",
            "5-10",
            "1 204",
            "c. 40",
            "31/03/2017",
            "05-Oct",
            "<5",
            "--5",
            "(5",
            "12 [p]",
            "1e5",
            "31.03.2017",
            "1,2,3",
            "12,04.5",
        ] {
            assert_eq!(stored(Decimals::Point, cell), None, "{cell}");
        }
    }

    #[test]
    fn marks_that_part_neither_thousands_nor_decimals_are_in_doubt() {
        for cell in ["98,7", "1.204,5", "1,2"] {
            assert_eq!(stored(Decimals::Point, cell), Some(Err(Refused::DecimalInDoubt)), "{cell}");
        }
        let told = |separator| Decimals::told_from(["1,204", "1,2", "12.5"].into_iter(), separator);
        assert_eq!((told(','), told('\t')), (Decimals::Point, Decimals::InDoubt));
        assert_eq!(stored(Decimals::Comma, "12.5"), Some(Err(Refused::DecimalInDoubt)));
        assert_eq!(stored(Decimals::Comma, "1.204"), Some(Ok("1,204 1204".to_owned())));
    }
}
