//! What a text that is no figure looks like.

use super::number::parse_number;
use super::{Currency, Date, Figure};
use crate::yaml::Parse;

/// Words for a figure that is not known yet, without their points and blanks.
const UNKNOWN: [&str; 17] = [
    "tbc",
    "tba",
    "tbd",
    "tobeconfirmed",
    "pending",
    "unknown",
    "notknown",
    "notyetknown",
    "notavailable",
    "nk",
    "n/k",
    "missing",
    "blank",
    "…",
    "?",
    "x",
    "xx",
];
const NOT_APPLICABLE: [&str; 4] = ["na", "notapplicable", "nota", "n\\a"];
const KEPT_BACK: [&str; 7] = ["*", "**", "***", "c", "suppressed", "withheld", "redacted"];
const ERRORS_OF_SPREADSHEETS: [&str; 9] =
    ["#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "####"];
/// Words that say that a figure is not exact, before it or behind it.
const ABOUT: [&str; 11] =
    ["circa", "approx", "approx.", "approximately", "about", "around", "roughly", "nearly", "almost", "some", "ca."];
/// Words before a figure that is a limit, each with the sign for it.
const LIMITS: [(&str, char); 7] = [
    ("above ", '>'),
    ("below ", '<'),
    ("at most ", '≤'),
    ("maximum ", '≤'),
    ("max ", '≤'),
    ("minimum ", '≥'),
    ("min ", '≥'),
];
const PER_CENT: [&str; 5] = ["per cent", "percent", "pct", "pc", "%age"];
/// Short forms of times, each with the word for it.
const TIMES: [(&str, &str); 9] = [
    ("wk", "week"),
    ("wks", "weeks"),
    ("mth", "month"),
    ("mths", "months"),
    ("yr", "year"),
    ("yrs", "years"),
    ("h", "hours"),
    ("d", "days"),
    ("wd", "working days"),
];
const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A text as one of the words above may be typed.
fn word(text: &str) -> String {
    text.trim().to_lowercase().replace(['.', ' '], "")
}

/// Whether a text says that a figure is not known yet.
pub fn is_unknown(text: &str) -> bool {
    UNKNOWN.contains(&word(text).as_str()) || (text.contains("..") && word(text).is_empty())
}

/// What a text that is no figure was probably meant to be, and how that is written.
pub fn likely(text: &str) -> Option<String> {
    meant(text, |text| Figure::parse(text).is_ok())
}

/// What a text that is no figure was probably meant to be, where its form says so, and how that is written.
pub fn meant(text: &str, is_figure: impl Fn(&str) -> bool) -> Option<String> {
    let text = text.trim();
    no_figure(text)
        .or_else(|| several(text, &is_figure))
        .or_else(|| not_exact(text, &is_figure))
        .or_else(|| of_two_parts(text))
        .or_else(|| of_a_unit(text))
        .or_else(|| noted(text, &is_figure))
        .or_else(|| large(text))
        .or_else(|| in_other_digits(text))
}

/// A word or sign that says why there is no figure.
fn no_figure(text: &str) -> Option<String> {
    let word = word(text);
    let is_one_of = |words: &[&str]| words.contains(&word.as_str());
    if is_unknown(text) {
        Some("a figure that is not known yet is written `no data`, one that does not apply `n/a`".to_owned())
    } else if is_one_of(&NOT_APPLICABLE) {
        Some("what does not apply is written `n/a`, and `no data` where there is none".to_owned())
    } else if is_one_of(&KEPT_BACK) {
        Some("a figure that is kept back is written \"[c]\"".to_owned())
    } else if is_one_of(&ERRORS_OF_SPREADSHEETS) {
        Some("this is an error of a spreadsheet: find the figure there, or write `no data`".to_owned())
    } else {
        let number = NUMBERS.iter().position(|one| *one == word)?;
        Some(format!("a figure is written in digits: {number}"))
    }
}

/// Several figures that nothing parts, or another sign than a comma; and quotation marks as a word processor makes them.
fn several(text: &str, is_figure: impl Fn(&str) -> bool) -> Option<String> {
    let inside = text.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
    if inside != text && is_figure(inside) {
        return Some(format!("quotation marks are straight here: \"{inside}\""));
    }
    let figures = |sign: fn(char) -> bool| -> Option<String> {
        let parts: Vec<&str> = text.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect();
        let is_list = parts.len() > 1 && parts.iter().all(|part| is_figure(part));
        is_list.then(|| parts.join(", "))
    };
    if let Some(list) = figures(|c| matches!(c, ';' | '|')) {
        return Some(format!("figures are parted by commas: {list}"));
    }
    // Two numbers may be one whose thousands are parted by a space.
    figures(char::is_whitespace)
        .filter(|list| list.matches(", ").count() > 1 && parse_number(&text.replace(' ', ",")).is_err())
        .map(|list| format!("commas are missing between the figures: {list}"))
}

/// About so much, or more or less than it.
fn not_exact(text: &str, is_figure: impl Fn(&str) -> bool) -> Option<String> {
    let lower = text.to_lowercase();
    let about = ABOUT.iter().find_map(|word| {
        let figure = lower.strip_prefix(word).or_else(|| lower.strip_suffix(word))?.trim();
        is_figure(figure).then(|| format!("a figure that is not exact is written `c. {figure}`"))
    });
    let limit = || {
        LIMITS.iter().find_map(|(word, sign)| {
            let behind = || lower.strip_suffix(&format!(" {}", word.trim_end()));
            let figure = lower.strip_prefix(word).or_else(behind)?.trim();
            is_figure(figure).then(|| format!("a limit is written with its sign, \"{sign}{figure}\""))
        })
    };
    let or_more = || {
        let figure = lower.strip_suffix('+').or_else(|| lower.strip_suffix(" or more"))?.trim();
        is_figure(figure).then(|| format!("a limit is written with its sign, \"≥{figure}\""))
    };
    about.or_else(limit).or_else(or_more)
}

/// A range, a financial year, a ratio, a day or a fraction.
fn of_two_parts(text: &str) -> Option<String> {
    if let Some((low, high)) = text.split_once(['-', '‑', '‐']).filter(|(low, high)| is_number(low) && is_number(high))
    {
        let is_year = low.len() == 4 && matches!(high.len(), 2 | 4) && low.starts_with(['1', '2']);
        return Some(match is_year {
            true => format!(
                "a financial year is written {low}/{}, a range {low}–{high}, with a long dash",
                &high[high.len() - 2..]
            ),
            false => format!("a range is written {0}–{1}, with a long dash, or {0} to {1}", low.trim(), high.trim()),
        });
    }
    if text.split_once(':').is_some_and(|(one, of)| is_number(one) && is_number(of)) {
        return Some(
            "it could be a ratio or a time: a ratio stands where `unit: ratio` is, a time is written 90 minutes or 1.5 hours"
                .to_owned(),
        );
    }
    let parts: Vec<&str> = text.split(['/', '.', ' ', '-']).filter(|part| !part.is_empty()).collect();
    let is_digits = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
    if let [day, month, year] = parts[..]
        && is_digits(&year)
        && matches!(year.len(), 2 | 4)
        && day.starts_with(|c: char| c.is_ascii_digit())
        && (is_digits(&month) && text.contains('/') || MONTHS.iter().any(|one| month.to_lowercase().starts_with(one)))
    {
        let written = Date::meant(text).map_or("2017-03-31".to_owned(), Date::iso);
        return Some(format!("a day is written as {written}: the year, the month and the day"));
    }
    if text.ends_with(['½', '¼', '¾']) || text.split_once('/').is_some_and(|(one, of)| is_number(one) && is_number(of))
    {
        return Some("a part is written with a decimal point, such as 0.5, or as 1 in 4".to_owned());
    }
    None
}

/// A percentage or a time whose unit is written otherwise.
fn of_a_unit(text: &str) -> Option<String> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, unit) = (&text[..end], text[end..].trim().to_lowercase());
    let unit = unit.trim_end_matches('.');
    if !is_number(number) {
        return None;
    }
    if PER_CENT.contains(&unit) || unit == "%%" {
        return Some(format!("a percentage is written {number}%"));
    }
    let (_, time) = TIMES.iter().find(|(short, _)| *short == unit)?;
    Some(format!("a time is written {number} {time}"))
}

/// A figure with the mark of a note behind it.
fn noted(text: &str, is_figure: impl Fn(&str) -> bool) -> Option<String> {
    let unmarked = text.trim_end_matches(|c| matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    (unmarked != text && is_figure(unmarked)).then(|| {
        format!("a note beside a figure is written {unmarked} {{{{ note id }}}}, with its text in report.yaml")
    })
}

/// Thousands and millions with a letter for them, or powers of ten.
fn large(text: &str) -> Option<String> {
    let starts_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let number = |ends: &[&str]| ends.iter().find_map(|end| text.strip_suffix(end)).filter(|number| is_number(number));
    if let Some(number) = number(&["k", "K"]).filter(|_| starts_with_digit) {
        return Some(format!("`{text}` could mean several things: write {number} thousand, or £{number}k"));
    }
    if let Some(number) = number(&["m", "M", "bn"]).filter(|_| starts_with_digit) {
        let word = if text.ends_with("bn") { "billion" } else { "million" };
        return Some(format!("`{text}` could mean several things: write {number} {word}, or £{text}"));
    }
    let is_power = text
        .split_once(['e', 'E', '^'])
        .is_some_and(|(one, ten)| is_number(one) && is_number(ten.trim_start_matches(['+', '-'])));
    is_power.then(|| "a figure is written out in digits, such as 1,200,000, or 1.2 million".to_owned())
}

/// Digits that are parted otherwise, or letters that look like digits.
fn in_other_digits(text: &str) -> Option<String> {
    let grouped = text.replace([' ', '\u{a0}', '\u{202f}', '\'', '’'], ",");
    if grouped != text && is_number(&grouped) {
        return Some(format!("thousands are parted by commas: {grouped}"));
    }
    // `1.234,56` and `4,5` are written so on the continent.
    let exchanged: String = text
        .chars()
        .map(|c| {
            if c == ',' {
                '.'
            } else if c == '.' {
                ','
            } else {
                c
            }
        })
        .collect();
    if text.contains(',') && is_number(&exchanged) {
        return Some(format!("decimals stand behind a point, and a comma before every three digits: {exchanged}"));
    }
    if let Some(digits) = text.strip_suffix('.').filter(|digits| is_number(digits)) {
        return Some(format!("no point stands behind it: {digits}"));
    }
    if let Some(digits) = Some(format!("0{text}")).filter(|digits| text.starts_with('.') && is_number(digits)) {
        return Some(format!("a nought stands before the decimal point: {digits}"));
    }
    // What was saved in one encoding and read in another has a letter before its sign.
    if let Some(rest) = text.strip_prefix('Â') {
        return Some(format!("`Â` is left of another encoding, and no part of the figure: {rest}"));
    }
    let digits = text.replace(['O', 'o'], "0").replace(['l', 'I'], "1");
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    (digits != text && has_digit && is_number(&digits))
        .then(|| format!("a letter stands among the digits, an O or l for a 0 or 1: {digits}"))
}

/// Whether a text is a number, with a sign of money or per cent or without.
fn is_number(text: &str) -> bool {
    let bare = text.trim().trim_start_matches(|c| Currency::ALL.iter().any(|one| one.sign() == c));
    parse_number(bare.trim_end_matches('%')).is_ok()
}

#[cfg(test)]
mod tests {
    use crate::model::values::Figure;
    use crate::yaml::Parse;

    #[test]
    fn what_a_text_looks_like_is_said_with_the_form_for_it() {
        let told = |text: &str| Figure::parse(text).expect_err(text);
        for (text, help) in [
            ("tbc", "`no data`"),
            ("n.a.", "`n/a`"),
            ("*", "\"[c]\""),
            ("#DIV/0!", "an error of a spreadsheet"),
            ("Two", "in digits: 2"),
            ("circa 40", "`c. 40`"),
            ("40 approx", "`c. 40`"),
            ("40+", "\"≥40\""),
            ("below 5", "\"<5\""),
            ("5-10", "a range is written 5–10"),
            ("2016-17", "a financial year is written 2016/17"),
            ("1:30", "a ratio or a time"),
            ("01/04/2017", "a day is written as 2017-04-01"),
            ("1 April 2017", "a day is written as 2017-04-01"),
            ("12; 9; 15", "parted by commas: 12, 9, 15"),
            ("12 9 15 10", "commas are missing between the figures: 12, 9, 15, 10"),
            ("“10”", "quotation marks are straight here: \"10\""),
            ("15 max", "\"≤15\""),
            ("1½", "a decimal point"),
            ("5 per cent", "a percentage is written 5%"),
            ("4 wks", "a time is written 4 weeks"),
            ("12*", "a note beside a figure"),
            ("12k", "write 12 thousand, or £12k"),
            ("4.5m", "write 4.5 million, or £4.5m"),
            ("1e6", "written out in digits"),
            ("1 234", "parted by commas: 1,234"),
            ("1.234,56", "a comma before every three digits: 1,234.56"),
            ("12.", "no point stands behind it: 12"),
            (".5", "a nought stands before the decimal point: 0.5"),
            ("Â£5", "no part of the figure: £5"),
            ("1O", "a letter stands among the digits"),
        ] {
            assert!(told(text).contains(help), "{text}: {}", told(text));
        }
    }
}
