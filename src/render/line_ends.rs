//! Where a line may end, and where not: a figure is not parted from its sign, currency or unit, and on a web page words
//! that a stroke joins may part after it.

use tera::{Kwargs, State, TeraResult, Value, escape_html};

/// Words that belong to the figure before them.
const UNITS: [&str; 24] = [
    "%",
    "bn",
    "billion",
    "day",
    "days",
    "hour",
    "hours",
    "k",
    "m",
    "million",
    "min",
    "mins",
    "minute",
    "minutes",
    "month",
    "months",
    "pence",
    "per",
    "percentage",
    "thousand",
    "week",
    "weeks",
    "year",
    "years",
];
/// What is longer finds no room on a line of a phone.
const LONGEST: usize = 20;

/// The filter `line_ends` of templates: a text as HTML. With `after` it stands right after a figure.
pub fn filter(text: &str, arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let after = arguments.get::<bool>("after")?.unwrap_or_default();
    Ok(Value::safe_string(&html(text, after)))
}

fn html(text: &str, after: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    if after && let Some(unit) = text.strip_prefix(' ').filter(|rest| begins_with_unit(rest)) {
        out.push_str("&nbsp;");
        rest = unit;
    }
    while !rest.is_empty() {
        let (stretch, is_whole) = next(rest);
        // A text that is one stretch needs no mark: a figure is whole by itself.
        match is_whole && stretch.len() < text.len() {
            true => write(&mut out, stretch, ["<span class=\"whole\">", "</span>"]),
            false => write(&mut out, stretch, ["", ""]),
        }
        rest = &rest[stretch.len()..];
    }
    out
}

/// The next word, with its unit where it is a figure that has one; and whether it must stay on one line. Spaces that
/// begin a text are a stretch of their own.
fn next(text: &str) -> (&str, bool) {
    let spaces = text.len() - text.trim_start_matches(' ').len();
    if spaces > 0 {
        return (&text[..spaces], false);
    }
    let word = text.split(' ').next().unwrap_or_default();
    let with_unit = text[word.len()..].strip_prefix(' ').filter(|rest| is_figure(word) && begins_with_unit(rest));
    let stretch = match with_unit {
        Some(rest) => &text[..word.len() + 1 + rest.split(' ').next().unwrap_or_default().len()],
        None => word,
    };
    let is_whole = with_unit.is_some() || has_break_before_a_figure(word);
    (stretch, is_whole && stretch.chars().count() <= LONGEST)
}

/// `(£4.5`, `-12`, `1,200`.
fn is_figure(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text that stands after a figure and a space begins with its unit.
pub fn begins_with_unit(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    UNITS.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%'))
}

/// Browsers end a line after a hyphen: `-£5`, `COVID-19`.
fn has_break_before_a_figure(word: &str) -> bool {
    let is_sign = |c: char| matches!(c, '-' | '−' | '–');
    let begins_figure = |c: char| c.is_ascii_digit() || matches!(c, '£' | '$' | '€');
    word.char_indices().any(|(at, sign)| is_sign(sign) && word[at + sign.len_utf8()..].starts_with(begins_figure))
}

/// Writes a stretch between two marks.
fn write(out: &mut String, stretch: &str, [before, behind]: [&str; 2]) {
    out.push_str(before);
    let is_address = stretch.contains(['@', '.']);
    for (place, part) in stretch.split('/').enumerate() {
        let joins_words = !is_address && part.starts_with(char::is_alphabetic);
        out.push_str(match (place, joins_words) {
            (0, _) => "",
            (_, true) => "/<wbr>",
            (_, false) => "/",
        });
        let mut escaped = Vec::new();
        // Nothing fails that is written into memory.
        let _ = escape_html(part, &mut escaped);
        out.push_str(&String::from_utf8_lossy(&escaped));
    }
    out.push_str(behind);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let marked = html(text, false).replace("<span class=\"whole\">", "[").replace("</span>", "]");
        assert_eq!(marked, expected);
    }

    #[test]
    fn a_figure_stays_with_its_sign_and_its_unit() {
        check("a loss of -£5,250 in a year", "a loss of [-£5,250] in a year");
        check("contracts over £4.5 million, signed", "contracts over [£4.5 million,] signed");
        check("within 20 days (or 5 %)", "within [20 days] (or [5 %)]");
        check("after COVID-19, in 24-hour care", "after [COVID-19,] in 24-hour care");
        check("Up 11.7 percentage points", "Up [11.7 percentage] points");
        check("20 working days of 9 people", "20 working days of 9 people");
    }

    #[test]
    fn what_is_one_figure_or_longer_than_a_line_is_not_marked() {
        check("-£5,250", "-£5,250");
        check("12 weeks", "12 weeks");
        check("a -£16,311,270,123,456.78 loss", "a -£16,311,270,123,456.78 loss");
    }

    #[test]
    fn words_part_after_a_stroke_and_addresses_do_not() {
        check("absence/turnover/vacancy", "absence/<wbr>turnover/<wbr>vacancy");
        check("2016/17 at www.example.org/reports", "2016/17 at www.example.org/reports");
    }

    #[test]
    fn text_is_text() {
        check("<b> & \"c\"  d", "&lt;b&gt; &amp; &quot;c&quot;  d");
        check("", "");
    }

    #[test]
    fn a_unit_stays_with_the_figure_before_the_text() {
        assert_eq!(html(" weeks later", true), "&nbsp;weeks later");
        assert_eq!(html(" people", true), " people");
        assert_eq!(html(" weeks", false), " weeks");
    }
}
